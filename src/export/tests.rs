//! A hostile card in every format, and the table of formats itself.

use super::*;
use crate::{
    core::{
        compare::compare,
        dataset::Dataset,
        read::from_texts,
        report::{CardReport, CompareReport, Only},
        subject::Subject,
    },
    text::is_safe,
};

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
    for format in FORMATS {
        assert!(is_safe(&written(format.name).replace("\r\n", "\n")), "{}", format.name);
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
        Subject::Group(..) => unreachable!(),
    };
    let report = CardReport::new(&data, vec![subject("SWE"), subject("IRL")]);
    let page = table::write(&report, &Style { width: 60, ascii: true });
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
