//! Markdown: one table whose cells cannot end a row, start a link or hold HTML, with its sources below.

use super::Style;
use crate::core::{
    framework::Source,
    report::{Align, Column, Field, Report, Shown, TOOL, Table, source_line},
};

pub(super) fn write(report: &dyn Report, _style: &Style) -> Vec<u8> {
    let table = report.table();
    let mut blocks = vec![format!("# {}", escaped(table.title.raw())), escaped(table.context.line().raw())];
    blocks.extend(table.context.notice.iter().map(|notice| format!("**{}**", escaped(notice.raw()))));
    blocks.extend(table.lines.iter().map(|line| escaped(line.raw())));
    blocks.push(rows(&table).join("\n"));
    blocks.extend(table.more());
    let notes: Vec<String> = table.notes.iter().map(|note| format!("- {}", escaped(note.raw()))).collect();
    blocks.push(notes.join("\n"));
    if !table.sources.is_empty() {
        let sources = table.sources.iter().enumerate();
        let sources: Vec<String> =
            sources.map(|(at, source)| format!("{}. {}", at + 1, source_words(source))).collect();
        blocks.extend(["## Sources".to_owned(), sources.join("\n")]);
    }
    blocks.push(format!("Made with {TOOL}.\n"));
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n").into_bytes()
}

fn rows(table: &Table) -> Vec<String> {
    if table.rows.is_empty() {
        return vec![];
    }
    let shown = table.page_columns();
    let heading = table.columns.iter().position(|column| column.shown == Shown::AsHeading);
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let rule = |column: &Column| if column.align == Align::Right { "---:" } else { "---" }.to_owned();
    let mut lines = vec![
        line(shown.iter().map(|at| escaped(table.columns[*at].title.raw())).collect()),
        line(shown.iter().map(|at| rule(&table.columns[*at])).collect()),
    ];
    let mut under = None;
    for row in table.page_rows() {
        let over = heading.map(|at| row[at].raw());
        if over != under {
            let first = format!("**{}**", escaped(over.unwrap_or_default()));
            lines.push(line(
                std::iter::once(first).chain(shown.iter().skip(1).map(|_| String::new())).collect(),
            ));
            under = over;
        }
        lines.push(line(shown.iter().map(|at| field(&row[*at])).collect()));
    }
    lines
}

fn field(field: &Field) -> String {
    escaped(field.raw())
}

/// The source with its address, as a link if that is a plain web address.
pub(super) fn source_words(source: &Source) -> String {
    let mut without = source.clone();
    let url = without.url.take();
    let mut parts: Vec<String> = vec![];
    let words = source_line(&without);
    if !words.is_empty() {
        parts.push(escaped(words.raw()));
    }
    if let Some(url) = url {
        parts.push(if is_plain_address(url.raw()) { format!("<{}>", url.raw()) } else { escaped(url.raw()) });
    }
    parts.join(", ")
}

/// Whether this is a web address that cannot end the angle brackets around it.
pub(super) fn is_plain_address(url: &str) -> bool {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web
        && url
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'\\' | b'`' | b'|'))
}

/// The text made safe, on one line, with every character escaped that has a meaning in Markdown, its tables or HTML.
pub(super) fn escaped(text: &str) -> String {
    let joined = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let safe = crate::text::safe_line(&joined);
    let mut out = String::with_capacity(safe.len());
    for (at, c) in safe.char_indices() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '#' | '!' | '$' => {
                out.push('\\');
                out.push(c);
            }
            // A bare address would become a link.
            ':' if safe[at..].starts_with("://") => out.push_str("\\:"),
            '@' => out.push_str("\\@"),
            '.' if ends_in_www(&safe[..at]) => out.push_str("\\."),
            '.' | ')'
                if ordinal(&safe[..at]) && !safe[at + 1..].starts_with(|c: char| !c.is_whitespace()) =>
            {
                out.push('\\');
                out.push(c);
            }
            // At the start of a line these begin a list.
            '-' | '+' | '=' if at == 0 => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// Whether the text before a point or a bracket is a number, which would begin a numbered list.
fn ordinal(before: &str) -> bool {
    (1..=9).contains(&before.len()) && before.bytes().all(|byte| byte.is_ascii_digit())
}

fn ends_in_www(text: &str) -> bool {
    text.len() >= 3
        && text.is_char_boundary(text.len() - 3)
        && text[text.len() - 3..].eq_ignore_ascii_case("www")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_can_end_no_row_and_start_no_markup() {
        for (text, want) in [
            ("a | b", "a \\| b"),
            ("a\nb\r\nc", "a b c"),
            ("<script>", "&lt;script&gt;"),
            ("[x](javascript:y)", "\\[x\\](javascript:y)"),
            ("`rm`", "\\`rm\\`"),
            ("\\|", "\\\\\\|"),
            ("https://example.org", "https\\://example.org"),
            ("www.example.org", "www\\.example.org"),
            ("- a", "\\- a"),
            ("1. a", "1\\. a"),
            ("12) a", "12\\) a"),
            ("1.5 a 2. b", "1.5 a 2. b"),
            ("3.", "3\\."),
            ("a\u{1b}[2J", "a^\\[\\[2J"),
        ] {
            assert_eq!(escaped(text), want);
        }
    }

    #[test]
    fn only_a_plain_web_address_becomes_a_link() {
        assert!(is_plain_address("https://example.org/a?b=c&d"));
        for no in
            ["javascript:alert(1)", "https://a> <script>", "https://a b", "https://a|b", "file:///etc/passwd"]
        {
            assert!(!is_plain_address(no), "{no}");
        }
    }
}
