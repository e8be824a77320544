//! Raised digits in the texts of workbooks: a mark of a footnote behind a number must not become a part of it.

use super::parts::WorkbookPart;

/// Bytes of a run of text; what a longer one raises stays as it is.
const LONGEST_RUN: usize = 4096;
/// Styles that are looked for.
const MOST_STYLES: usize = 50;

/// The parts of an XLSX workbook, with the digits of raised runs as raised digits of Unicode (ISO/IEC 29500-1, 18.4.14).
pub(super) fn of_xlsx(parts: &mut [WorkbookPart]) {
    for part in parts.iter_mut().filter(|part| part.name.to_ascii_lowercase().ends_with("xml")) {
        rewrite(part, |text| {
            let marks = text.match_indices("vertAlign").filter_map(|(at, _)| {
                let near = &text[at..text.floor_char_boundary(at + LONGEST_RUN)];
                let run = &near[..near.find("</r>").or_else(|| near.find(":r>"))?];
                let (tag, _) = run.split_once('>')?;
                let begin = run.find("<t").or_else(|| run.find(":t"))?;
                let begin = begin + run[begin..].find('>')? + 1;
                let end = begin + run[begin..].find("</")?;
                tag.contains("superscript").then_some((at + begin, at + end))
            });
            marks.collect()
        });
    }
}

/// The same of an ODS workbook, whose styles say what is raised (`text-position`).
pub(super) fn of_ods(parts: &mut [WorkbookPart]) {
    for part in parts.iter_mut().filter(|part| part.name == "content.xml") {
        rewrite(part, |text| {
            let styles =
                text.match_indices("text-position=\"super").take(MOST_STYLES).filter_map(|(at, _)| {
                    let name = text[..at].rfind("style:name=\"")? + "style:name=\"".len();
                    Some(format!("<text:span text:style-name=\"{}\">", text[name..].split('"').next()?))
                });
            let mut marks: Vec<(usize, usize)> = styles
                .flat_map(|span| {
                    let begins =
                        text.match_indices(&*span).map(|(at, _)| at + span.len()).collect::<Vec<_>>();
                    begins.into_iter().filter_map(|begin| Some((begin, begin + text[begin..].find('<')?)))
                })
                .collect();
            marks.sort_unstable();
            marks.dedup();
            marks
        });
    }
}

/// Raises the digits in these spans of a part, in their order.
fn rewrite(part: &mut WorkbookPart, marks: impl Fn(&str) -> Vec<(usize, usize)>) {
    let Ok(text) = std::str::from_utf8(&part.content) else { return };
    let marks = marks(text);
    if marks.is_empty() {
        return;
    }
    let (mut out, mut from) = (String::with_capacity(text.len() + marks.len() * 4), 0);
    for (begin, end) in marks.into_iter().filter(|(begin, end)| begin <= end) {
        if begin < from {
            continue;
        }
        out.push_str(&text[from..begin]);
        out.extend(text[begin..end].chars().map(raised));
        from = end;
    }
    out.push_str(&text[from..]);
    part.content = out.into_bytes();
}

const fn raised(c: char) -> char {
    match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Holds what becomes of a part, and that one that is cut off ends nothing.
    fn holds(raise: fn(&mut [WorkbookPart]), name: &str, text: &str, want: &str) {
        let raised = |text: &str| {
            let mut parts = [WorkbookPart { name: name.to_owned(), content: text.as_bytes().to_vec() }];
            raise(&mut parts);
            String::from_utf8(parts[0].content.clone()).expect("UTF-8")
        };
        assert_eq!(raised(text), want);
        for cut in 0..text.len() {
            assert!(raised(&text[..cut]).len() >= cut);
        }
    }

    #[test]
    fn raised_runs_of_xlsx() {
        let text = r#"<si><r><t>12</t></r><r><rPr><sz val="8"/><vertAlign val="superscript"/></rPr><t xml:space="preserve">3,4a</t></r><r><t>5</t></r></si><si><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r></si>"#;
        holds(of_xlsx, "xl/sharedStrings.xml", text, &text.replace("3,4a", "³,⁴a"));
    }

    #[test]
    fn raised_spans_of_ods() {
        let text = r#"<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style><text:p>12<text:span text:style-name="T1">3</text:span><text:span text:style-name="T2">4</text:span></text:p>"#;
        holds(of_ods, "content.xml", text, &text.replace(">3<", ">³<"));
    }
}
