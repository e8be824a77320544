//! What is missing in the child labour findings, counted three ways: the report, the pane, and the files themselves.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use ratatui::layout::Size;
use serde_json::Value;
use visavis::{
    core::{
        cell::Gap,
        coverage::{AssignedGaps, Question},
        dataset::Dataset,
        groups,
        read::{Loader, Options},
        report::{MissingReport, Report as _},
    },
    text::Raw,
    tui::{
        Model, Msg,
        keymap::{Keymap, chord},
        look::{Look, Palette, UNICODE},
        update::update,
        view,
    },
};

const EDITION: &str = "2022";

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/child-labour-2016-2022")
}

fn files() -> Vec<std::path::PathBuf> {
    let mut cards: Vec<_> =
        fs::read_dir(folder().join("cards")).unwrap().map(|e| e.unwrap().path()).collect();
    cards.sort();
    cards
}

fn data() -> Dataset {
    let mut loader = Loader::new(Options::default());
    for path in std::iter::once(folder().join("framework.json")).chain(files()) {
        loader.add(Raw::new(path.display().to_string()), fs::read(&path).unwrap());
    }
    loader.finish(Raw::from_static("child labour"), &|_| ())
}

/// Given, gaps, not applicable; and gaps by country and by indicator.
#[derive(Debug, Default, PartialEq)]
struct Count {
    given: u64,
    gaps: u64,
    not_applicable: u64,
    by_country: BTreeMap<String, u64>,
    by_indicator: BTreeMap<String, u64>,
}

impl Count {
    fn add(&mut self, country: &str, indicator: &str, reading: Reading) {
        let gap = u64::from(reading == Reading::Gap);
        self.given += u64::from(reading == Reading::Given);
        self.not_applicable += u64::from(reading == Reading::NotApplicable);
        self.gaps += gap;
        *self.by_country.entry(country.to_owned()).or_default() += gap;
        *self.by_indicator.entry(indicator.to_owned()).or_default() += gap;
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    Given,
    Gap,
    NotApplicable,
}

fn report() -> Value {
    let data = data();
    let group = groups::everyone(&data);
    let edition = data.find_edition(EDITION).unwrap();
    let question = Question::of_edition(groups::members(&data, &group, edition), edition);
    MissingReport::new(&data, group, &question, AssignedGaps::default(), None).json()
}

fn of_report(report: &Value) -> Count {
    let by = |key: &str, name: &str| {
        let rows = report[key].as_array().unwrap().iter();
        rows.map(|row| (row[name].as_str().unwrap().to_owned(), row["gaps"].as_u64().unwrap())).collect()
    };
    Count {
        given: report["given"].as_u64().unwrap(),
        gaps: report["gaps"].as_u64().unwrap(),
        not_applicable: report["not_applicable"].as_u64().unwrap(),
        by_country: by("by_country", "country"),
        by_indicator: by("by_indicator", "indicator"),
    }
}

/// Straight from the JSON, knowing nothing of the program.
fn of_files() -> Count {
    let framework: Value =
        serde_json::from_slice(&fs::read(folder().join("framework.json")).unwrap()).unwrap();
    let goals = framework["goals"].as_array().unwrap().iter();
    let indicators: Vec<String> = goals
        .flat_map(|goal| goal["indicators"].as_array().unwrap())
        .map(|indicator| indicator["id"].as_str().unwrap().to_owned())
        .collect();
    let mut count = Count::default();
    for path in files() {
        let value: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let one = [value.clone()];
        let cards = value.as_array().map_or(&one[..], |cards| cards);
        for card in cards.iter().filter(|card| card["edition"] == EDITION) {
            for indicator in &indicators {
                let cell = &card["assessments"][indicator];
                let reading = match cell.get("gap").and_then(Value::as_str) {
                    Some("not-applicable") => Reading::NotApplicable,
                    Some(_) => Reading::Gap,
                    None if cell.is_null() => Reading::Gap,
                    None => Reading::Given,
                };
                count.add(card["country"].as_str().unwrap(), indicator, reading);
            }
        }
    }
    count
}

#[test]
fn the_report_counts_what_stands_in_the_files() {
    let report = report();
    assert_eq!(of_report(&report), of_files());
    assert_eq!((report["cells"].as_u64(), report["gaps"].as_u64()), (Some(528), Some(37)));
    assert_eq!((report["given"].as_u64(), report["not_applicable"].as_u64()), (Some(483), Some(8)));
    assert_eq!(report["by_reason"]["no-data"].as_u64(), Some(37));
    assert_eq!(report["rows"].as_array().unwrap().len(), 37);
}

#[test]
fn the_pane_shows_what_the_report_counts() {
    let size = Size { width: 100, height: 50 };
    let mut model = Model::new(size, Keymap::new(&[]).unwrap()).with_data(Arc::new(data()));
    for key in chord("4").unwrap() {
        update(&mut model, Msg::Key(key));
    }
    let area = ratatui::layout::Rect::new(0, 0, size.width, size.height);
    let mut buf = ratatui::buffer::Buffer::empty(area);
    view::render(&model, &Look::new(Palette::Mono, &UNICODE), area, &mut buf);
    let lines: Vec<String> =
        (0..size.height).map(|y| (0..size.width).map(|x| buf[(x, y)].symbol()).collect()).collect();
    let report = of_report(&report());
    let names: BTreeMap<String, String> = data()
        .countries()
        .iter()
        .map(|country| (country.code.raw().to_owned(), country.name.raw().to_owned()))
        .collect();
    let mut missing = 0;
    for (code, gaps) in &report.by_country {
        let start: String = names[code].chars().take(18).collect();
        let row =
            lines.iter().find(|line| line[3..].trim_start_matches('>').trim_start().starts_with(&start));
        let row = row.unwrap_or_else(|| panic!("{start} is not shown: {lines:#?}"));
        let total: u64 = row.trim_end_matches(['│', ' ']).rsplit(' ').next().unwrap().parse().unwrap();
        assert_eq!(total, *gaps, "{row}");
        let cells = &row[row.char_indices().nth(27).unwrap().0..];
        missing += cells.matches('?').count();
    }
    assert_eq!(missing as u64, report.gaps, "a sign for every gap");
}

/// What the sample calls an indicator of the source.
fn id_of(source: &str) -> &'static str {
    match source {
        "LEGAL.PALERMO" => "palermo-protocol",
        "LEGAL.OPSC" => "opsc",
        "LEGAL.CRC" => "crc",
        "LEGAL.C182" => "ilo-c182",
        "LEGAL.C138" => "ilo-c138",
        "LEGAL.TRAFF" => "trafficking-prohibited",
        "LEGAL.CSEC" => "csec-prohibited",
        "LEGAL.FORCED" => "forced-labour-prohibited",
        "LEGAL.ILLICIT" => "illicit-activities-prohibited",
        "LEGAL.MINAGE" => "minimum-age",
        "PREV.COORD" => "coordination",
        "PREV.POLICY" => "policy",
        "PREV.PROGRAM" => "social-programme",
        "PREV.COMPLAINT" => "complaint-mechanism",
        "PREV.INSPECTORS" => "labour-inspectors",
        "VICT.LABREF" => "referral-labour",
        "VICT.CRIMREF" => "referral-criminal",
        "PROS.TRAIN" => "investigator-training",
        "PROS.INVEST" => "investigations",
        "PROS.PROSEC" => "prosecutions",
        "PROS.CONV" => "convictions",
        "OVERALL.ADV" => "advancement",
        other => panic!("{other} is no indicator of the sample"),
    }
}

/// From the table the sample was made from, where that is at hand: a source says Yes, No, Unknown, N/A, nothing at all,
/// or MIXED with a reading for each territory.
#[test]
fn the_report_counts_what_the_source_says() {
    let Some(facts) = std::env::var_os("VISAVIS_FACTS") else {
        eprintln!("VISAVIS_FACTS names no folder: the count from the source's table is not made");
        return;
    };
    let path = Path::new(&facts).join("child-labour-findings-24-countries.csv");
    let mut table = csv::Reader::from_path(path).unwrap();
    let heads = table.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let [country, year, indicator, value, territories] =
        ["iso3", "year", "indicator_id", "value", "by_territory"].map(column);
    let data = data();
    let mut count = Count::default();
    let mut mixed = 0;
    for row in table.records().map(Result::unwrap) {
        let place = (data.find_country(&row[country]).unwrap(), data.find_edition(&row[year]).unwrap());
        let id = data.framework.find_indicator(id_of(&row[indicator])).unwrap();
        let cell = data.cell(place.0, place.1, id);
        let reading = match row[value].trim() {
            "N/A" | "Not Applicable" => Reading::NotApplicable,
            "" | "Unknown" | "Unknown*" => Reading::Gap,
            "MIXED" => {
                mixed += 1;
                let note = data.detail(place.0, place.1, id).note.unwrap();
                for territory in row[territories].split("; ") {
                    assert!(note.raw().contains(territory), "{territory}: {}", note.raw());
                }
                continue;
            }
            _ => Reading::Given,
        };
        let seen = match cell.state {
            Ok(_) => Reading::Given,
            Err(Gap::NotApplicable) => Reading::NotApplicable,
            Err(gap) => {
                assert_eq!(gap, Gap::NoData, "{row:?}");
                Reading::Gap
            }
        };
        assert_eq!(seen, reading, "{row:?}");
        if row[year] == *EDITION {
            count.add(&row[country], id_of(&row[indicator]), reading);
        }
    }
    assert!(mixed > 50, "{mixed} mixed readings, none of them in {EDITION}");
    assert_eq!((count.given, count.gaps, count.not_applicable), (483, 37, 8));
    assert_eq!(count, of_report(&report()));
}
