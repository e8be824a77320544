//! Workbooks unpacked: what stands in each cell, and of which kind.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read as _},
    process::Command,
};

use super::*;
use crate::{
    core::{
        compare::compare,
        dataset::Dataset,
        groups,
        read::from_texts,
        report::{CardReport, CompareReport, Only},
        score::Rules,
        subject::Subject,
    },
    export::{find, tests as formats},
    text::is_safe,
};

/// The cells of a sheet by their place, each as kind and content.
type Cells = BTreeMap<String, (String, String)>;

/// A workbook, read by its parts.
pub(crate) struct Unpacked {
    sheets: Vec<(String, Cells)>,
    parts: BTreeMap<String, String>,
}

impl Unpacked {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            let name = part.name().unwrap().into_owned();
            parts.insert(name, text);
        }
        let strings: Vec<String> = elements(&parts["xl/sharedStrings.xml"], "si")
            .map(|(_, inner)| elements(inner, "t").map(|(_, text)| unescaped(text)).collect())
            .collect();
        let names = parts["xl/workbook.xml"].split("<sheet name=\"").skip(1);
        let names = names.map(|rest| unescaped(rest.split('"').next().unwrap()));
        let sheets = (1..).zip(names).map(|(number, name)| {
            let cells =
                elements(&parts[&format!("xl/worksheets/sheet{number}.xml")], "c").map(|(head, inner)| {
                    let value = elements(inner, "v").next().map_or("", |(_, value)| value);
                    let (kind, at) = (attribute(head, "t"), attribute(head, "r"));
                    let said = if kind == "s" {
                        strings[value.parse::<usize>().unwrap()].clone()
                    } else {
                        value.to_owned()
                    };
                    (at, (kind, said))
                });
            (name, cells.collect())
        });
        let sheets = sheets.collect();
        Self { sheets, parts }
    }

    pub(crate) fn names(&self) -> Vec<&str> {
        self.sheets.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn cells(&self, sheet: &str) -> &BTreeMap<String, (String, String)> {
        &self.sheets.iter().find(|(name, _)| name == sheet).unwrap().1
    }

    pub(crate) fn holds(&self, sheet: &str, at: &str) -> bool {
        self.cells(sheet).contains_key(at)
    }

    pub(crate) fn text(&self, sheet: &str, at: &str) -> &str {
        let (kind, said) = &self.cells(sheet)[at];
        assert_eq!(kind, "s", "{sheet}!{at}: {said}");
        said
    }

    pub(crate) fn number(&self, sheet: &str, at: &str) -> f64 {
        let (kind, said) = &self.cells(sheet)[at];
        assert_eq!(kind, "", "{sheet}!{at}: {said}");
        said.parse().unwrap()
    }

    fn everything(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().flat_map(|(_, cells)| cells.values().map(|(_, said)| said.as_str()))
    }
}

/// The elements of that name, each as its attributes and its inside; none of them stands in another.
fn elements<'a>(xml: &'a str, name: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = xml;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find(&open)?;
            let after = &rest[at + open.len()..];
            rest = after;
            if !after.starts_with([' ', '>', '/']) {
                continue;
            }
            let (head, inside) = after.split_once('>')?;
            if head.ends_with('/') {
                rest = inside;
                return Some((head, ""));
            }
            let end = inside.find(&close)?;
            rest = &inside[end + close.len()..];
            return Some((head, &inside[..end]));
        }
    })
}

fn attribute(head: &str, name: &str) -> String {
    let start = format!(" {name}=\"");
    head.split_once(&start)
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("", |(value, _)| value)
        .to_owned()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// No cell holds what acts on a terminal, and none is a formula or a link.
pub(crate) fn hold_safe(bytes: &[u8]) {
    let unpacked = Unpacked::of(bytes);
    for said in unpacked.everything() {
        assert!(is_safe(said), "{said:?}");
    }
    for (name, part) in &unpacked.parts {
        assert!(!part.contains("<f>") && !part.contains("<hyperlink"), "{name}");
    }
}

const ODD: &str = r#"{"framework":{"id":"f","title":"F","notice":"CC BY 4.0","scales":{"t":{"kind":"text"},"n":{"kind":"number","decimals":1,"unit":"kg"}},
"goals":[{"id":"g","title":"G","indicators":[{"id":"a","title":"A","scale":"t"},{"id":"b","title":"B","scale":"n"},{"id":"c","title":"C","scale":"n"}]}]},
"cards":[{"country":"IRL","edition":"2010","assessments":{"a":{"value":"=1+2","note":"_x0041_ & <b>","sources":[{"title":"@x","url":"https://example.org"}]},"b":-5.5,"c":{"gap":"not-applicable"}}},
{"country":"SWE","edition":"2010","assessments":{"a":"+46 1","b":{"gap":"no-data"}}}]}"#;

fn compared(data: &Dataset) -> Vec<u8> {
    let subjects = ["IRL", "SWE"].map(|code| Subject::parse(data, code, None).unwrap());
    write(&CompareReport::new(data, &compare(data, subjects.to_vec()), Only::Everything), &Style::default())
}

/// The place of a record: the column of that key, and the row after the head.
fn record(unpacked: &Unpacked, key: &str, row: usize) -> String {
    let head = unpacked.cells("Records").iter().find(|(at, (_, said))| said == key && at.ends_with('1'));
    let (at, _) = head.unwrap_or_else(|| panic!("{key}"));
    format!("{}{}", at.trim_end_matches('1'), row + 1)
}

#[test]
fn numbers_are_numbers_texts_are_texts_and_gaps_are_words() {
    let unpacked = Unpacked::of(&compared(&from_texts("/home/anna/set", &[("x.json", ODD)])));
    assert_eq!(unpacked.names(), ["Compare Ireland (IRL) 2010 and…", "Records", "Notes", "Sources", "About"]);
    let at = |key: &str, row: usize| record(&unpacked, key, row);
    assert_eq!(unpacked.text("Records", &at("value_1", 1)), "=1+2");
    assert_eq!(unpacked.text("Records", &at("value_2", 1)), "+46 1");
    assert_eq!(unpacked.text("Records", &at("note_1", 1)), "_x005F_x0041_ & <b>");
    assert!((unpacked.number("Records", &at("value_1", 2)) + 5.5).abs() < 1e-9);
    assert_eq!(unpacked.text("Records", &at("value_2", 2)), "?? no data");
    assert_eq!(unpacked.text("Records", &at("value_1", 3)), "n/a");
    assert_eq!(unpacked.text("Records", &at("value_2", 3)), "?? absent");
    assert_eq!(unpacked.text("Sources", "B2"), "@x");
    let about: Vec<&str> = unpacked.cells("About").values().map(|(_, said)| said.as_str()).collect();
    for words in ["CC BY 4.0", "set", "nothing", crate::core::report::TOOL] {
        assert!(about.contains(&words), "{words} in {about:?}");
    }
    let first = &unpacked.parts["xl/worksheets/sheet1.xml"];
    assert!(first.contains("state=\"frozen\"") && first.contains("<autoFilter"), "{first}");
}

#[test]
fn the_same_report_is_the_same_file() {
    let data = from_texts("d", &[("x.json", ODD)]);
    let bytes = compared(&data);
    assert_eq!(bytes, compared(&data));
    assert!(Unpacked::of(&bytes).parts["docProps/core.xml"].contains("2000-01-01T00:00:00Z"));
}

#[test]
fn a_country_without_a_rank_has_words_in_place_of_a_score() {
    let data = from_texts("d", &[("x.json", formats::SAMPLE)]);
    let rules = Rules::of(&data.framework);
    let mut blank = 0;
    formats::reports(&data, &rules, &mut |report| {
        let table = report.table();
        for row in &table.rows {
            for (at, column) in table.columns.iter().enumerate() {
                let is_gap = row[at] == Field::Empty && column.why_empty.is_some();
                let why = column.why_empty.as_deref().and_then(|key| table.position(key));
                assert!(column.why_empty.is_none() || why.is_some(), "{}: {}", report.name(), column.key);
                if is_gap && why.is_some_and(|why| row[why] != Field::Empty) {
                    assert!(matches!(cell(&table, row, at), XlsxCell::Gap(_)), "{}", column.key);
                    blank += 1;
                }
            }
        }
        hold_safe(&write(report, &Style::default()));
    });
    assert!(blank > 10, "{blank}");
}

#[test]
fn an_empty_report_is_a_workbook_too() {
    let data = from_texts("d", &[("x.json", ODD)]);
    let bytes = write(&CardReport::new(&data, vec![], groups::everyone(&data)), &Style::default());
    assert!(Unpacked::of(&bytes).names().contains(&"About"));
}

/// Prints every cell of every sheet as JSON: `{"Records": [["country", ...], ...]}`.
const READER: &str = "import sys, json, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
for sheet in book:
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != 'f' and cell.hyperlink is None, cell.coordinate
print(json.dumps({s.title: [list(r) for r in s.iter_rows(values_only=True)] for s in book}))";

fn read_back(bytes: &[u8]) -> Option<serde_json::Value> {
    let file = tempfile::NamedTempFile::with_suffix(".xlsx").unwrap();
    fs::write(file.path(), bytes).unwrap();
    let python = Command::new("python3").args(["-c", READER]).arg(file.path()).output().ok()?;
    let told = String::from_utf8_lossy(&python.stderr).into_owned();
    if told.contains("No module named 'openpyxl'") {
        return None;
    }
    assert!(python.status.success(), "{told}");
    Some(serde_json::from_slice(&python.stdout).unwrap())
}

/// Every record of the report against the CSV of the same: a value as the same number or text, a gap as its words.
fn hold_read_back(report: &dyn Report) -> Option<usize> {
    let read = read_back(&write(report, &Style::default()))?;
    let csv = (find("csv").unwrap().write)(report, &Style::default());
    let mut reader = ::csv::Reader::from_reader(&*csv);
    let header = reader.headers().unwrap().clone();
    let records: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let rows = read["Records"].as_array().unwrap();
    assert_eq!(rows.len(), records.len() + 1, "{}", report.name());
    let keys: Vec<&str> = rows[0].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
    let mut compared = 0;
    for (row, record) in rows[1..].iter().zip(&records) {
        let of = |key: &str| header.iter().position(|name| name == key).map_or("", |at| &record[at]);
        for (key, have) in keys.iter().zip(row.as_array().unwrap()) {
            let want = of(key);
            let is_same = match have {
                serde_json::Value::Null => want.is_empty(),
                serde_json::Value::Bool(is) => want == is.to_string(),
                serde_json::Value::Number(number) => want.parse::<f64>().ok() == number.as_f64(),
                serde_json::Value::String(text) if want.is_empty() => {
                    text.starts_with("?? ") || text == "n/a"
                }
                serde_json::Value::String(text) => super::super::records::cell(text) == want,
                _ => false,
            };
            assert!(is_same, "{} {key}: {have} in the workbook, {want:?} in CSV", report.name());
            if let Some(gap) =
                key.strip_suffix("value").map(|side| of(&format!("{side}gap"))).filter(|gap| !gap.is_empty())
            {
                let title = crate::core::cell::Gap::from_id(gap).unwrap().title();
                let words = have.as_str().unwrap();
                assert!(
                    words == format!("?? {title}") || words == "n/a" && gap == "not-applicable",
                    "{key}: {words}"
                );
            }
            compared += 1;
        }
    }
    let table = report.table();
    let listed = |sheet: &str| read[sheet].as_array().map_or(0, |rows| rows.len() - 1);
    assert_eq!((listed("Notes"), listed("Sources")), (table.notes.len(), table.sources.len()));
    for (note, row) in table.notes.iter().zip(read["Notes"].as_array().into_iter().flatten().skip(1)) {
        assert_eq!(row[1], crate::text::safe_block(note.raw()).as_str());
    }
    for (source, row) in table.sources.iter().zip(read["Sources"].as_array().into_iter().flatten().skip(1)) {
        assert_eq!(row[1].as_str(), source.title.as_ref().map(crate::text::Raw::raw));
        assert_eq!(row[4].as_str(), source.url.as_ref().map(crate::text::Raw::raw));
    }
    Some(compared)
}

#[test]
fn an_independent_reader_finds_every_value_gap_and_note() {
    let data = from_texts("sample", &[("x.json", formats::SAMPLE)]);
    let rules = Rules::of(&data.framework);
    let mut compared = Some(0);
    formats::reports(&data, &rules, &mut |report| {
        compared = compared.and_then(|so_far| Some(so_far + hold_read_back(report)?));
    });
    match compared {
        Some(compared) => assert!(compared > 1000, "{compared}"),
        None => println!("there is no python3 with openpyxl: no workbook was read back"),
    }
}
