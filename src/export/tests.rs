//! Tests a hostile card in every format, and the table of formats.

use super::*;
use crate::{
    core::{
        compare::compare,
        coverage::{AssignedGaps, Question},
        dataset::{CountryId, Dataset},
        findings::Findings,
        groups,
        read::from_texts,
        report::{
            Briefing, CardReport, ChangesReport, CompareReport, CountryBriefing, FindingsReport,
            MissingReport, Only, PairBriefing, Paper, RankReport, Report, Table, Tidy,
        },
        score::{RankedBy, Rules},
        subject::Subject,
    },
    text::is_safe,
};

pub(super) const SAMPLE: &str = include_str!("../../sample-data/embedded/child-labour-2016-2022.json");

const HOSTILE: &str = r#"{"framework":{"id":"f","title":"F|\u001b[31m","notice":"<b>n</b>","scales":{"t":{"kind":"text"},"n":{"kind":"number","unit":"=u"}},
"goals":[{"id":"g","title":"=G","indicators":[{"id":"a","title":"A | a\nb","scale":"t"},{"id":"b","title":"@B","scale":"n"}]}]},
"cards":[{"country":"IRL","edition":"2010","assessments":{"a":{"value":"=cmd|' /C calc'!A0","note":"x\u202e\u0007","sources":[{"title":"](javascript:x)","url":"https://a> b"}]},"b":-5}},
{"country":"SWE","edition":"2010","assessments":{"a":"<script>","b":{"value":7,"sources":["https://example.org/?a=1"]}}}]}"#;

fn hostile() -> Dataset {
    from_texts("hostile\u{1b}]0;x\u{7}", &[("x.json", HOSTILE)])
}

fn written(format: &str) -> String {
    let data = hostile();
    let subjects = ["IRL", "SWE"].map(|code| Subject::parse(&data, code, None).unwrap());
    let comparison = compare(&data, subjects.to_vec());
    let report = CompareReport::new(&data, &comparison, Only::Everything);
    let bytes = (find(format).unwrap().write)(&report, &Style::default());
    String::from_utf8(bytes).unwrap()
}

#[test]
fn nothing_a_card_says_can_act_on_a_terminal_in_any_format() {
    for format in FORMATS.iter().filter(|format| !format.is_binary) {
        let text = written(format.name).replace("\r\n", "\n");
        // The tab between two fields belongs to the format.
        let text = if format.name == "tsv" { text.replace('\t', " ") } else { text };
        assert!(is_safe(&text), "{}", format.name);
    }
}

#[test]
fn json_keeps_the_raw_value() {
    let report: serde_json::Value = serde_json::from_str(&written("json")).unwrap();
    assert_eq!(report["rows"][0]["values"][0]["value"], "=cmd|' /C calc'!A0");
    assert_eq!(report["rows"][0]["values"][0]["note"], "x\u{202e}\u{7}");
    assert_eq!(report["rows"][1]["values"][0]["value"], -5);
    assert_eq!(report["rows"][1]["distance"], 12);
    assert_eq!(report["data"], "hostile\u{1b}]0;x\u{7}");
}

#[test]
fn every_csv_record_has_every_column_and_runs_nothing() {
    let text = written("csv");
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    for column in ["goal", "indicator", "value_1", "as_of_2", "sources_2", "notice", "tool"] {
        assert!(header.iter().any(|name| name == column), "{column} in {header:?}");
    }
    let records: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), 2);
    for cell in records.iter().flatten() {
        let is_number = cell.parse::<f64>().is_ok();
        assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    let value = |row: usize, name: &str| &records[row][header.iter().position(|at| at == name).unwrap()];
    assert_eq!((value(0, "value_1"), value(1, "value_1")), ("'=cmd|' /C calc'!A0", "-5"));
}

#[test]
fn every_tsv_line_has_every_column_and_runs_nothing() {
    let text = written("tsv");
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{text}");
    let at = |name: &str| rows[0].iter().position(|title| *title == name).unwrap();
    assert_eq!((rows[1][at("value_1")], rows[2][at("value_1")]), ("'=cmd|' /C calc'!A0", "-5"));
}

#[test]
fn json_lines_say_what_they_are_about_and_keep_raw_values() {
    let text = written("jsonl");
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines.len(), &lines[0]["report"]), (3, &"compare".into()));
    assert_eq!(lines[1]["value_1"], "=cmd|' /C calc'!A0");
    assert_eq!((&lines[2]["value_1"], &lines[2]["verdict"]), (&(-5).into(), &"differ".into()));
    assert!(lines[1]["distance"].is_null(), "what is not said is null");
}

/// Calls `each` with every report of a sample set.
pub(super) fn reports(data: &Dataset, rules: &Rules, each: &mut dyn FnMut(&dyn Report)) {
    let (group, edition) = (groups::everyone(data), data.newest_edition().unwrap());
    let editions: Vec<_> = data.edition_ids().collect();
    let question = Question::of_edition(groups::members(data, &group, edition), edition);
    each(&FindingsReport::new(data, Findings::of(data, &group, edition)));
    each(&MissingReport::new(data, group.clone(), &question, AssignedGaps::default(), None));
    each(&RankReport::new(data, group.clone(), edition, rules, RankedBy::Overall).unwrap());
    each(&ChangesReport::new(data, group, &editions, &[], None));
    let subjects = [0, 1].map(|at| Subject::Country(CountryId(at), edition));
    each(&CompareReport::new(data, &compare(data, subjects.to_vec()), Only::Everything));
    each(&CardReport::new(data, vec![(CountryId(0), edition)], groups::everyone(data)));
}

/// Checks that every row of Markdown, of the aligned table and of the linear text has the fields of the report, in
/// order.
fn hold_pages(report: &dyn Report, table: &Table, written: &dyn Fn(&str) -> String) {
    let (md, aligned, linear) = (written("md"), written("table"), written("plain"));
    let (mut md, mut aligned, mut linear) = (md.lines(), aligned.lines(), linear.lines());
    for row in table.page_rows() {
        let cells: Vec<&str> = table.page_columns().into_iter().map(|at| row[at].raw()).collect();
        let wanted: Vec<String> = cells.iter().map(|cell| markdown::escaped(cell)).collect();
        let wanted = format!("| {} |", wanted.join(" | "));
        assert!(md.any(|line| line == wanted), "{}: {wanted} in Markdown", report.name());
        let says = |line: &str| {
            let mut rest = line;
            cells.iter().all(|cell| {
                let cell = html::safe(cell);
                let at = rest.find(&cell);
                rest = at.map_or(rest, |at| &rest[at + cell.len()..]);
                at.is_some()
            })
        };
        assert!(aligned.any(says), "{}: {cells:?} in the table", report.name());
        assert!(linear.any(says), "{}: {cells:?} in linear text", report.name());
    }
}

/// Checks that every record has the values of the JSON under the same keys.
fn hold_json(report: &dyn Report, header: &::csv::StringRecord, records: &[::csv::StringRecord]) {
    use serde_json::Value;
    let json = report.json();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let nested = |outer: &str| list(&json[outer]).iter().flat_map(|one| list(&one["rows"])).collect();
    let rows: Vec<Value> = match report.name() {
        "rank" => [list(&json["rows"]), list(&json["unranked"])].concat(),
        "changes" => nested("steps"),
        "show" => nested("cards"),
        _ => list(&json["rows"]),
    };
    assert_eq!(rows.len(), records.len(), "{}", report.name());
    let mut compared = 0;
    for (row, record) in rows.iter().zip(records) {
        for (key, cell) in header.iter().zip(record) {
            let said = match &row[key] {
                Value::Null | Value::Object(_) => continue,
                Value::String(text) => records::cell(text),
                Value::Array(words) => words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
                other => other.to_string(),
            };
            let numbers = said.parse::<f64>().ok().zip(cell.parse::<f64>().ok());
            let is_same = said == cell || numbers.is_some_and(|(a, b)| (a - b).abs() < 0.051);
            // The published figure is an object in JSON and text in a record.
            assert!(is_same, "{} {key}: {said} in JSON, {cell} in the record", report.name());
            compared += 1;
        }
    }
    assert!(compared >= 2 * records.len(), "{}: {compared}", report.name());
}

#[test]
fn json_in_parts_is_the_whole_document() {
    for text in [SAMPLE, HOSTILE] {
        let data = from_texts("sample\u{1b}", &[("x.json", text)]);
        let rules = Rules::of(&data.framework);
        let mut in_parts = 0;
        reports(&data, &rules, &mut |report| {
            let whole = json::escaped(&format!("{:#}", report.json())) + "\n";
            assert_eq!(String::from_utf8(json::write(report, &Style::default())).unwrap(), whole);
            in_parts += usize::from(report.json_in_parts().is_some());
        });
        assert!(in_parts > 0);
    }
}

#[test]
fn every_format_of_a_report_has_the_same_cells() {
    let data = from_texts("sample", &[("x.json", SAMPLE)]);
    let rules = Rules::of(&data.framework);
    let mut compared = 0;
    reports(&data, &rules, &mut |report| {
        let table = report.table();
        let written = |format: &str| {
            String::from_utf8((find(format).unwrap().write)(report, &Style::default())).unwrap()
        };
        let csv = written("csv");
        let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
        let header = reader.headers().unwrap().clone();
        let records: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let one_line = |cell: &str| {
            cell.split(['\n', '\r']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let tsv = written("tsv");
        let of_tsv = tsv.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
        let plain = records.iter().map(|record| record.iter().map(one_line).collect::<Vec<_>>());
        assert!(of_tsv.eq(plain), "{}", report.name());
        let jsonl = written("jsonl");
        for (line, record) in jsonl.lines().skip(1).zip(&records) {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            for (name, cell) in header.iter().zip(record).filter(|(name, _)| line.get(name).is_some()) {
                let said = match &line[name] {
                    serde_json::Value::String(text) => records::cell(text),
                    serde_json::Value::Null => String::new(),
                    number => number.to_string(),
                };
                let is_number = said.parse::<f64>().ok().zip(cell.parse::<f64>().ok());
                assert!(
                    said == cell || is_number.is_some_and(|(a, b)| (a - b).abs() < 1e-9),
                    "{name}: {said} {cell}"
                );
                compared += 1;
            }
        }
        hold_pages(report, &table, &written);
        hold_json(report, &header, &records);
        let shown = table.page_columns();
        let rows = table.page_rows();
        let wanted: Vec<String> =
            rows.flat_map(|row| shown.iter().map(|at| html::safe(row[*at].raw()))).collect();
        assert_eq!(
            texts(&scraper::Html::parse_document(&written("html")), "tbody td"),
            wanted,
            "{}",
            report.name()
        );
        let md = written("md");
        assert!(wanted.iter().all(|cell| md.contains(&markdown::escaped(cell))), "{}", report.name());
        assert_eq!(report.json()["report"], report.name());
    });
    assert!(compared > 1000, "{compared}");
}

/// Every element a page may have, with its allowed attributes.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("html", &["lang"]),
    ("head", &[]),
    ("meta", &["charset", "http-equiv", "content", "name"]),
    ("title", &["id"]),
    ("svg", &["class", "viewBox", "role", "aria-labelledby"]),
    ("desc", &["id"]),
    ("pattern", &["id", "width", "height", "patternUnits"]),
    ("path", &["d"]),
    ("rect", &["class", "x", "y", "width", "height", "fill"]),
    ("text", &["class", "x", "y", "text-anchor"]),
    ("style", &[]),
    ("body", &[]),
    ("main", &[]),
    ("footer", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("nav", &[]),
    ("section", &["id"]),
    ("strong", &[]),
    ("span", &["class", "style"]),
    ("p", &["class", "aria-hidden"]),
    ("div", &["class"]),
    ("table", &[]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["scope", "class", "colspan"]),
    ("td", &["class"]),
    ("ul", &["class"]),
    ("ol", &["class"]),
    ("li", &["id"]),
    ("a", &["href", "rel"]),
];

/// Parses the page as a browser does and checks that it has only the allowed elements and attributes.
fn hold_to_elements(page: &str) -> scraper::Html {
    let tree = scraper::Html::parse_document(page);
    for element in tree.tree.nodes().filter_map(|node| node.value().as_element()) {
        let known = ELEMENTS.iter().find(|(name, _)| *name == element.name());
        let (_, attributes) = known.unwrap_or_else(|| panic!("<{}> in {page}", element.name()));
        for (name, value) in element.attrs() {
            assert!(attributes.contains(&name), "{name} on <{}>", element.name());
            let is_ours = match name {
                "href" => ["https://", "http://", "#"].iter().any(|start| value.starts_with(start)),
                "style" => value
                    .strip_prefix("width:")
                    .is_some_and(|rest| rest.trim_end_matches('%').parse::<f64>().is_ok()),
                "fill" => value.starts_with("url(#chart-"),
                _ => true,
            };
            assert!(is_ours, "{name}={value}");
        }
    }
    tree
}

fn texts(tree: &scraper::Html, selector: &str) -> Vec<String> {
    let selector = scraper::Selector::parse(selector).unwrap();
    tree.select(&selector).map(|element| element.text().collect()).collect()
}

#[test]
fn a_page_holds_no_element_that_is_not_ours_and_shows_what_was_said() {
    let tree = hold_to_elements(&written("html"));
    let cells = texts(&tree, "tbody td");
    assert!(cells.iter().any(|cell| cell.starts_with("<script>")), "{cells:?}");
    assert!(cells.iter().any(|cell| cell.starts_with("=cmd|' /C calc'!A0")), "{cells:?}");
    assert_eq!(texts(&tree, "p.notice"), ["<b>n</b>"]);
    assert_eq!(texts(&tree, "a"), ["https://example.org/?a=1"]);
    assert_eq!(texts(&tree, "h1").len(), 1);
}

/// A data set of two countries and two editions with this string in every text of framework and cards.
fn hostile_set(string: &str) -> Dataset {
    let card = |country: &str, edition: &str, level: &str| {
        serde_json::json!({ "framework": "f", "country": country, "edition": edition, "summary": string,
            "assessments": {
                "a": { "value": string, "note": string, "sources": [{ "title": string, "url": string }] },
                "b": { "level": level, "printed": string, "note": string },
                "c": { "gap": "no-data", "note": string } },
            "priority_actions": [string] })
    };
    let all = serde_json::json!({ "framework": { "id": "f", "title": string, "notice": string, "version": string,
        "scales": { "t": { "kind": "text" },
            "l": { "kind": "levels", "levels": [{ "id": "low", "label": string }, { "id": "high", "label": string }] } },
        "goals": [{ "id": "g", "title": string, "indicators": [
            { "id": "a", "title": string, "question": string, "scale": "t" },
            { "id": "b", "title": string, "question": string, "scale": "l" },
            { "id": "c", "title": string, "scale": "t" }] }],
        "findings": [
            { "id": "x", "goal": "g", "indicators": ["a"], "where": { "gap": true }, "text": string,
              "published": { "text": string } },
            { "id": "y", "indicators": ["b"], "where": { "levels": ["low"] }, "text": string,
              "published": { "text": string, "percent": 5, "group": string, "edition": "1999" } }] },
        "cards": [card("IRL", "2010", "low"), card("IRL", "2012", "high"), card("SWE", "2012", "low")] });
    from_texts(string, &[("x.json", &all.to_string())])
}

/// Checks for every format that the string cannot act on a terminal or become an element.
fn hold_inert(report: &dyn Report, string: &str, with_workbook: bool) {
    for format in FORMATS.iter().filter(|format| with_workbook || !format.is_binary) {
        if format.is_binary {
            xlsx::tests::hold_safe(&(format.write)(report, &Style::default()));
            continue;
        }
        let page = String::from_utf8((format.write)(report, &Style::default())).unwrap();
        let page = if format.name == "tsv" { page.replace('\t', " ") } else { page };
        let page = page.replace("\r\n", "\n");
        let wrong = page.lines().find(|line| !is_safe(line));
        assert!(
            wrong.is_none() && is_safe(&page),
            "{string:?} as {} of {}: {wrong:?}",
            format.name,
            report.name()
        );
        if format.name == "html" {
            hold_to_elements(&page);
        }
    }
}

/// The strings are in the file that `VISAVIS_HOSTILE_STRINGS` names; without it only those of the card above are
/// tried.
#[test]
fn no_hostile_string_becomes_an_element_of_a_page() {
    let Some(path) = std::env::var_os("VISAVIS_HOSTILE_STRINGS") else {
        println!("VISAVIS_HOSTILE_STRINGS is not set: only the card of the other tests is tried");
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let all: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut tried = 0;
    for string in strings(&all).into_iter().filter(|string| string.len() < 20_000) {
        let data = hostile_set(string);
        let edition = data.newest_edition().unwrap();
        let rules = Rules::of(&data.framework);
        // A workbook is slow to write and to read: each string stands in one of another report.
        let mut turn = 0;
        reports(&data, &rules, &mut |report| {
            hold_inert(report, string, turn % 7 == tried % 7);
            turn += 1;
        });
        let package = Tidy::new(&data, groups::everyone(&data), data.edition_ids().collect());
        let mut files = vec![];
        let taken: Result<_, ()> = tidy::package(package, &mut |file| {
            files.push(file.bytes);
            Ok(())
        });
        taken.unwrap();
        for file in files {
            let text = String::from_utf8(file).unwrap().replace("\r\n", "\n");
            assert!(text.lines().all(is_safe), "{string:?} in the export");
        }
        let briefing = Briefing::new(&data, groups::everyone(&data), edition);
        let subject = |code: &str| Subject::parse(&data, code, None).unwrap();
        let country = CountryBriefing::new(&data, data.find_country("IRL").unwrap(), edition, None);
        let pair = PairBriefing::new(&data, [subject("IRL"), subject("SWE")], None);
        let papers: [&dyn Paper; 3] = [&briefing, &country, &pair];
        for (paper, (format, write)) in
            papers.into_iter().flat_map(|paper| of_briefings().map(move |of| (paper, of)))
        {
            let name = format.name;
            let page = String::from_utf8(write(paper)).unwrap();
            let wrong = page.lines().find(|line| !is_safe(line));
            assert!(wrong.is_none(), "{string:?} as {name}: {wrong:?}");
            if name == "html" {
                hold_to_elements(&page);
            }
        }
        tried += 1;
    }
    assert!(tried > 50, "{tried} strings tried");
}

fn strings(value: &serde_json::Value) -> Vec<&str> {
    match value {
        serde_json::Value::String(text) => vec![text],
        serde_json::Value::Array(list) => list.iter().flat_map(strings).collect(),
        serde_json::Value::Object(map) => map.values().flat_map(strings).collect(),
        _ => vec![],
    }
}

#[test]
fn every_markdown_row_has_as_many_cells_as_its_header() {
    let text = written("md");
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    let bars = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
    assert!(rows.len() > 3 && rows.iter().all(|row| bars(row) == bars(rows[0])), "{text}");
    assert!(
        !text.contains("<script") && !text.contains("<b>") && !text.replace("\\]", "").contains("]("),
        "{text}"
    );
    assert!(text.contains("<https://example.org/?a=1>"), "{text}");
}

#[test]
fn a_page_is_as_wide_as_it_may_be_and_names_what_it_cites() {
    let text = written("table");
    assert!(text.lines().all(|line| crate::text::width(line) <= 100), "{text}");
    assert!(text.contains("[2] https://example.org/?a=1") && text.contains("Notice: <b>n</b>"), "{text}");
    assert!(text.ends_with(&format!("{}\n", crate::core::report::TOOL)));
}

#[test]
fn ascii_pages_are_ascii() {
    let data = from_texts("d", &[("x.json", &HOSTILE.replace("<script>", "Türkiye – “ja”"))]);
    let subject = |code| match Subject::parse(&data, code, None).unwrap() {
        Subject::Country(country, edition) => (country, edition),
        Subject::Group(..) => panic!("only countries are compared here"),
    };
    let report = CardReport::new(&data, vec![subject("SWE"), subject("IRL")], groups::everyone(&data));
    let page = table::write(&report, &Style { width: 60, cuts: true, ascii: true });
    assert!(page.is_ascii(), "{}", String::from_utf8_lossy(&page));
}

#[test]
fn formats_have_their_own_names_and_endings() {
    for (at, format) in FORMATS.iter().enumerate() {
        let mut others = FORMATS[at + 1..].iter();
        assert!(
            others.all(|other| other.name != format.name && other.extension != format.extension),
            "{}",
            format.name
        );
        assert_eq!(find(format.name).unwrap().name, format.name);
    }
    assert_eq!(of_file(Path::new("a/b.CSV")).unwrap().name, "csv");
    assert!(of_file(Path::new("a/b")).is_none());
}
