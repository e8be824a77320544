//! A pane and the report of the same thing say the same, cell by cell, for every edition of the sample sets.

use std::{path::PathBuf, sync::Arc};

use ratatui::layout::Size;
use serde_json::Value;
use visavis::{
    core::{
        changes::Changes,
        compare::compare,
        dataset::{Dataset, EditionId},
        findings::Findings,
        groups,
        read::{Loader, Options},
        report::{CardReport, CompareReport, FindingsReport, Only, RankReport, Report as _},
        score::{RankedBy, Rules},
        subject::Subject,
    },
    text::{Raw, safe_line},
    tui::{
        Model, Msg,
        keymap::{Keymap, chord},
        look::{Look, Palette, UNICODE},
        update::update,
        view,
    },
};

const SETS: [&str; 3] = ["osce-2009-2012", "progress-cards-2010", "child-labour-2016-2022"];

fn data(set: &str) -> Arc<Dataset> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "sample-data", set].iter().collect();
    let mut loader = Loader::new(Options::default());
    let mut files: Vec<PathBuf> =
        walkdir(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    for path in files {
        loader.add(Raw::new(path.display().to_string()), std::fs::read(&path).unwrap());
    }
    Arc::new(loader.finish(Raw::from_static("sample"), &|_| ()))
}

fn walkdir(folder: &PathBuf) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walkdir(&path) } else { vec![path] }).collect()
}

/// The lines of a wide terminal in an edition after these keys.
fn screen(data: &Arc<Dataset>, edition: EditionId, keys: &str) -> Vec<String> {
    let mut model = Model::new(Size::new(240, 120), Keymap::new(&[]).unwrap());
    model.begin_at = Some(data.edition(edition).label.clone());
    let mut model = model.with_data(Arc::clone(data));
    for key in chord(keys).unwrap() {
        update(&mut model, Msg::Key(key));
    }
    let area = ratatui::layout::Rect::new(0, 0, 240, 120);
    let mut buf = ratatui::buffer::Buffer::empty(area);
    view::render(&model, &Look::new(Palette::Mono, &UNICODE), area, &mut buf);
    buf.content.chunks(240).map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect()).collect()
}

fn rows(report: &Value) -> &Vec<Value> {
    report["rows"].as_array().unwrap()
}

fn words(value: &Value) -> String {
    safe_line(value.as_str().unwrap_or_default()).into_string()
}

/// That a line, or it with the next one, says all of this, in this order, in letters of either case.
fn assert_said(screen: &[String], parts: &[String], context: &str) {
    let says = |line: &String| {
        let line = line.to_lowercase();
        let mut rest = &line[..];
        parts.iter().all(|part| match rest.find(&part.to_lowercase()) {
            Some(at) => {
                rest = &rest[at + part.len()..];
                true
            }
            None => false,
        })
    };
    let pairs = screen.windows(2).map(<[String]>::concat);
    assert!(
        screen.iter().cloned().chain(pairs).any(|line| says(&line)),
        "{context}: {parts:?}\n{}",
        screen.join("\n")
    );
}

/// The first letters of a cell, as a column has room for them. What does not apply is written short.
fn cell(value: &Value) -> String {
    let label = words(&value["label"]);
    match value["value"].as_f64() {
        _ if value["gap"] == "not-applicable" => "n/a".to_owned(),
        // The unit may have no room.
        Some(_) => label.split_whitespace().next().unwrap_or_default().to_owned(),
        None => start(&label, 6),
    }
}

fn start(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect()
}

#[test]
fn the_findings_of_the_pane_are_those_of_the_report() {
    let mut compared = 0;
    for set in SETS {
        let data = data(set);
        for edition in data.edition_ids() {
            let report =
                FindingsReport::new(&data, Findings::of(&data, &groups::everyone(&data), edition)).json();
            let screen = screen(&data, edition, "5");
            for row in rows(&report) {
                let counts = format!("{} of {} ({})", row["k"], row["assessed"], row["set"]);
                let percent = row["percent"].as_f64().map_or("??".into(), |share| format!("{share:.1} %"));
                assert_said(&screen, &[counts, percent, start(&words(&row["text"]), 30)], set);
                compared += 1;
            }
        }
    }
    assert!(compared > 40, "{compared}");
}

/// What the binary is about when nobody names a group is what the panes are about: all countries.
#[test]
fn the_default_group_of_every_subcommand_is_that_of_the_panes() {
    for set in SETS {
        let data = data(set);
        let edition = data.newest_edition().unwrap();
        let folder = format!("sample-data/{set}");
        let run = |command: &str| -> Value {
            let run = std::process::Command::new(env!("CARGO_BIN_EXE_visavis"))
                .args([command, "-d", &folder, "--format", "json"])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .envs(
                    ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"].map(|name| (name, "/nonexistent")),
                )
                .output()
                .unwrap();
            serde_json::from_slice(&run.stdout).unwrap()
        };
        for command in ["findings", "rank", "missing", "report"] {
            assert_eq!(run(command)["group"], groups::EVERYONE, "{command} of {set}");
        }
        let everyone = Findings::of(&data, &groups::everyone(&data), edition);
        assert_eq!(run("findings")["rows"], FindingsReport::new(&data, everyone).json()["rows"], "{set}");
    }
}

#[test]
fn the_sides_and_verdicts_of_the_comparison_are_those_of_the_report() {
    let data = data("osce-2009-2012");
    for edition in data.edition_ids() {
        let screen = screen(&data, edition, "c s w e d e n enter");
        let country = |code| Subject::Country(data.find_country(code).unwrap(), edition);
        let comparison = compare(&data, vec![country("ALB"), country("SWE")]);
        let report = CompareReport::new(&data, &comparison, Only::default()).json();
        for row in rows(&report) {
            let sign = match row["verdict"].as_str().unwrap() {
                "left" => "ALB +",
                "right" => "SWE +",
                "equal" => "equal",
                "not-comparable" => "?",
                other => panic!("{other}"),
            };
            let values = &row["values"];
            let is_asked = values[0]["gap"] != "not-applicable" || values[1]["gap"] != "not-applicable";
            let sign = if is_asked { sign } else { "n/a" };
            let parts = [words(&row["title"]), sign.to_owned(), cell(&values[0]), cell(&values[1])];
            assert_said(&screen, &parts, &data.edition(edition).label);
        }
    }
}

#[test]
fn the_values_of_the_card_are_those_of_the_report() {
    for set in SETS {
        let data = data(set);
        for edition in data.edition_ids() {
            let screen = screen(&data, edition, "2");
            let first = data.country_ids().next().unwrap();
            let report = CardReport::new(&data, vec![(first, edition)], groups::everyone(&data)).json();
            for row in rows(&report["cards"][0]) {
                let parts = [start(&words(&row["title"]), 20), cell(&row["value"])];
                assert_said(&screen, &parts, set);
            }
        }
    }
}

/// `+3 -1 of 5`, as the list says it, of what the report counts.
fn moved(row: &Value) -> String {
    let many = |key: &str| row[key].as_u64().unwrap();
    let (better, worse) = (many("improved"), many("worsened"));
    let all = better + worse + many("differs") + many("appeared") + many("disappeared");
    let signed = [(better, '+'), (worse, '-')].into_iter().filter(|(many, _)| *many > 0);
    let signed = signed.map(|(many, sign)| format!("{sign}{many}")).collect::<Vec<_>>().join(" ");
    match all {
        0 => "unchanged".to_owned(),
        _ if better + worse == 0 => format!("{all} changed"),
        _ if better + worse == all => signed,
        _ => format!("{signed} of {all}"),
    }
}

#[test]
fn the_countries_sorted_by_change_say_what_the_changes_report_counts() {
    let mut compared = 0;
    for set in SETS {
        let data = data(set);
        let members: Vec<_> = data.country_ids().collect();
        let editions: Vec<EditionId> = data.edition_ids().collect();
        for pair in editions.windows(2) {
            let screen = screen(&data, pair[1], "s s s s");
            let changes = Changes::between(&data, &members, pair[0], pair[1]);
            for (country, moves) in &changes.by_country {
                if data.card(*country, pair[0]).is_none() || data.card(*country, pair[1]).is_none() {
                    continue;
                }
                let code = data.country(*country).code.line().into_string();
                assert_said(&screen, &[code, moved(&serde_json::to_value(moves).unwrap())], set);
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn the_countries_sorted_by_score_have_the_ranks_and_scores_of_the_report() {
    for set in ["osce-2009-2012", "child-labour-2016-2022"] {
        let data = data(set);
        let edition = data.newest_edition().unwrap();
        let rules = Rules::of(&data.framework);
        let report =
            RankReport::new(&data, groups::everyone(&data), edition, &rules, RankedBy::Overall).unwrap();
        let report = report.json();
        let screen = screen(&data, edition, "s s s");
        for row in rows(&report) {
            let tied = if row["tied"].as_bool().unwrap_or(row["tied"] == "true") { "=" } else { "" };
            let rank = format!("{}{tied}", row["rank"]);
            let score = format!("{:.1}", row["score"].as_f64().unwrap());
            assert_said(&screen, &[words(&row["country"]), rank, score], set);
        }
        for row in report["unranked"].as_array().unwrap() {
            assert_said(&screen, &[words(&row["country"]), "no score".to_owned()], set);
        }
    }
}

/// The answers of all editions under the value are those that the card's report gives edition by edition.
#[test]
fn the_trend_of_the_card_has_the_values_of_the_reports() {
    let data = data("osce-2009-2012");
    let edition = data.newest_edition().unwrap();
    let first = data.country_ids().next().unwrap();
    let screen = screen(&data, edition, "2 g g");
    let indicator = data.framework.indicator_ids().next().unwrap();
    let id = &*data.framework.indicator(indicator).id;
    let mut labels = vec![];
    let mut answers = vec![];
    for edition in data.edition_ids() {
        let report = CardReport::new(&data, vec![(first, edition)], groups::everyone(&data)).json();
        let row = rows(&report["cards"][0]).iter().find(|row| row["indicator"] == id).unwrap();
        let label = words(&row["value"]["label"]);
        labels
            .push(data.edition(edition).label.chars().skip(if labels.is_empty() { 0 } else { 2 }).collect());
        let level = row["value"]["level"].as_str().and_then(|level| {
            let levels = &data.framework.scale(indicator).levels;
            let at = levels.iter().position(|known| &*known.id == level)?;
            Some(format!("{}/{}", at + 1, levels.len()))
        });
        answers.push(
            level.unwrap_or_else(|| if row["value"]["gap"].is_string() { "?".to_owned() } else { label }),
        );
    }
    assert!(labels.len() > 1);
    assert_said(&screen, &labels, "the editions");
    assert_said(&screen, &answers, "the answers");
}
