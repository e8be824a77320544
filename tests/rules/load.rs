//! Folders as they are found: broken files, odd cells, FIFOs, links and leftovers beside good cards.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;
use visavis::{
    core::{
        cell::{Gap, Marks, Value},
        compare::compare,
        dataset::{CountryId, Dataset, EditionId},
        groups,
        problem::Problem,
        read::{again_from_texts, from_texts},
        report::Tidy,
        severity::Severity,
        subject::Subject,
    },
    export::tidy,
    store::load::{LoadError, LoadOptions, open},
    text::is_safe,
};

const FRAMEWORK: &str = r#"{ "id": "f", "title": "F",
  "scales": { "grade": { "kind": "levels", "levels": [{ "id": "none" }, { "id": "some" }] } },
  "goals": [{ "id": "g", "title": "G", "indicators": [
    { "id": "a", "title": "A", "scale": "grade" }, { "id": "b", "title": "B", "scale": "grade" }] }] }"#;

const WORDS_AND_NUMBERS: &str = r#"{ "id": "f", "title": "F",
  "scales": { "number": { "kind": "number" }, "words": { "kind": "text" } },
  "goals": [{ "id": "g", "title": "G", "indicators": [
    { "id": "n", "title": "N", "scale": "number" }, { "id": "m", "title": "M", "scale": "number" },
    { "id": "w", "title": "W", "scale": "words" }] }] }"#;

fn card(country: &str, assessments: &str) -> String {
    format!(
        r#"{{ "framework": "f", "country": "{country}", "edition": "2010", "assessments": {{ {assessments} }} }}"#
    )
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a temporary folder"));
        folder.write("framework.json", FRAMEWORK);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file in the temporary folder");
    }

    fn open(&self) -> Dataset {
        load(&[self.0.path()]).expect("a folder with good files opens")
    }
}

fn load(paths: &[&Path]) -> Result<Dataset, LoadError> {
    let paths = paths.iter().map(|path| path.to_path_buf()).collect();
    open(&LoadOptions { paths, ..LoadOptions::default() }, &|_| ())
}

fn told<'a>(data: &'a Dataset, code: &str) -> &'a Problem {
    let found = data.problems.iter().find(|problem| problem.code == code);
    found.unwrap_or_else(|| panic!("no {code} among {:#?}", data.problems))
}

#[test]
fn a_folder_with_five_troubles_opens_and_tells_each_with_place_and_hint() {
    let folder = Folder::new();
    folder.write("good.json", &card("IRL", r#""a": "none", "b": "some""#));
    folder.write("broken.json", "{ \"framework\": \"f\", \"country\": \"SWE\", \n  oops }");
    folder.write("bad-cell.json", &card("DNK", r#""a": "sme", "b": "some""#));
    folder.write("twice.json", &card("FIN", r#""a": "none", "b": "some", "a": "some""#));
    folder.write("hostile.json", &card("NOR", "\"a\": \"\\u001b]0;owned\\u0007\", \"b\": \"none\""));
    let made = Command::new("mkfifo").arg(folder.path("pipe.json")).status().expect("mkfifo runs");
    assert!(made.success());

    let data = folder.open();

    let codes: Vec<&str> = data.countries().iter().map(|country| country.code.raw()).collect();
    assert_eq!(codes, ["DNK", "FIN", "IRL", "NOR"], "everything that can be read is there");
    for (code, file) in [
        ("syntax", "broken.json"),
        ("unknown-level", "bad-cell.json"),
        ("duplicate-key", "twice.json"),
        ("not-a-file", "pipe.json"),
    ] {
        let problem = told(&data, code);
        assert!(problem.file.as_ref().is_some_and(|name| name.raw().ends_with(file)), "{problem}");
        assert!(problem.hint.is_some(), "{problem}");
        assert!(problem.place.is_some() || code == "not-a-file", "{problem}");
    }
    let hostile = data.problems.iter().find(|p| p.to_string().contains("hostile.json")).expect("it is told");
    assert!(hostile.to_string().contains("^[") && hostile.hint.is_some(), "{hostile}");
    assert!(data.problems.iter().all(|problem| is_safe(&problem.to_string())));
    let dnk = data.find_country("DNK").expect("it is there");
    let edition = data.newest_edition().expect("there is one");
    let good = data.framework.find_indicator("b").expect("it is there");
    assert!(data.cell(dnk, edition, good).is_given(), "the bad cell spoils itself alone");
}

#[test]
fn a_link_out_of_the_folder_is_not_followed_and_a_broken_one_is_told() {
    let outside = Folder::new();
    outside.write("secret.json", &card("SWE", r#""a": "none""#));
    let folder = Folder::new();
    folder.write("good.json", &card("IRL", r#""a": "none""#));
    symlink(outside.path("secret.json"), folder.path("out.json")).expect("a link");
    symlink("nowhere.json", folder.path("broken.json")).expect("a link");
    symlink("good.json", folder.path("again.json")).expect("a link");
    symlink(".", folder.path("loop")).expect("a link");
    let data = folder.open();
    assert_eq!(data.countries().len(), 1);
    assert_eq!(told(&data, "link-outside").severity, Severity::Error);
    assert_eq!(told(&data, "unreadable-file").severity, Severity::Error);
    assert_eq!(told(&data, "same-file").severity, Severity::Warning);
}

#[test]
fn a_file_over_the_limit_is_refused_before_it_is_read() {
    let folder = Folder::new();
    folder.write("good.json", &card("IRL", r#""a": "none""#));
    let file = fs::File::create(folder.path("big.json")).expect("a file");
    file.set_len(5 << 30).expect("a sparse file");
    let data = folder.open();
    assert!(told(&data, "too-large").to_string().contains("larger than"));
    assert_eq!(data.card_count(), 1);
}

#[test]
fn a_glob_opens_what_it_matches_and_says_when_that_is_nothing() {
    let folder = Folder::new();
    folder.write("good.json", &card("IRL", r#""a": "none""#));
    let data = load(&[&folder.path("*.json")]).expect("the pattern matches");
    assert_eq!(data.card_count(), 1);
    let error = load(&[&folder.path("*.cards")]).expect_err("nothing matches");
    assert!(error.to_string().contains("no file matches"), "{error}");
}

#[test]
fn what_is_not_there_is_an_error_unless_something_else_is() {
    let folder = Folder::new();
    folder.write("good.json", &card("IRL", r#""a": "none""#));
    assert!(load(&[&folder.path("missing.json")]).is_err());
    let data = load(&[folder.0.path(), &folder.path("missing.json")]).expect("the rest opens");
    assert_eq!((data.card_count(), told(&data, "unreadable-file").severity), (1, Severity::Error));
}

#[test]
fn cards_without_a_framework_open_in_the_order_they_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cards.jsonl");
    let card = r#"{ "country": "IRL", "edition": "2010", "assessments": { "b": 3, "a": "some words", "t": { "signed": "2001-01-01", "bound": null } } }"#;
    fs::write(&path, card).expect("a file");
    let data = load(&[&path]).expect("it opens");
    let ids: Vec<&str> = data.framework.indicators.iter().map(|indicator| &*indicator.id).collect();
    assert_eq!((ids, data.framework.inferred), (vec!["b", "a", "t"], true));
    assert_eq!(data.edition_counts(data.newest_edition().expect("one")).given, 3);
}

#[test]
fn editors_leftovers_and_hidden_files_are_counted_and_left_alone() {
    let folder = Folder::new();
    folder.write("good.json", &card("IRL", r#""a": "none""#));
    for name in ["good.json~", "#good.json#", ".good.json.swp", "good.json.orig", ".hidden.json"] {
        folder.write(name, "{");
    }
    let data = folder.open();
    assert!(told(&data, "skipped-files").to_string().contains('5'));
    assert_eq!(data.problems.iter().filter(|p| p.severity == Severity::Error).count(), 0);
}

#[test]
fn a_disputed_cell_keeps_all_its_readings_and_an_outdated_one_is_marked() {
    let folder = Folder::new();
    let framework = FRAMEWORK.replacen("\"id\": \"f\"", "\"id\": \"f\", \"outdated_after_years\": 3", 1);
    folder.write("framework.json", &framework);
    let cells = r#""a": { "level": "none", "values": ["none", "some"], "sources": ["s"] },
        "b": { "level": "some", "as_of": "2004", "sources": ["s"] }"#;
    folder.write("card.json", &card("IRL", cells));
    let data = folder.open();
    let (country, edition) = (data.find_country("IRL").expect("it"), data.newest_edition().expect("one"));
    let [a, b] = ["a", "b"].map(|id| data.framework.find_indicator(id).expect("it is there"));
    assert_eq!(data.cell(country, edition, a).marks, Marks::DISPUTED);
    let readings = data.detail(country, edition, a).values;
    assert_eq!(readings.iter().map(|value| value.raw().to_owned()).collect::<Vec<_>>(), ["none", "some"]);
    assert_eq!(data.cell(country, edition, b).marks, Marks::OUTDATED);
    assert!(data.problems.is_empty(), "{:?}", data.problems);
}

#[test]
fn a_fault_in_a_line_of_json_lines_costs_that_value_or_that_card_alone_and_is_told() {
    const CODES: [&str; 4] = ["DNK", "FIN", "NOR", "SWE"];
    let good = |code: &str| {
        card(
            code,
            &format!(
                r#""n": {}, "w": {{ "value": "words of {code}", "note": "note of {code}" }}"#,
                code.len()
            ),
        )
    };
    let unreadable = Some(Err(Gap::Unreadable));
    // What stands wrongly, the line, and what is left of the number in it; nothing if the card is lost.
    for (what, bad, left) in [
        (
            "NaN",
            r#"{ "framework": "f", "country": "FIN", "edition": "2010", "assessments": { "n": NaN, "w": "lost" } }"#,
            Some(Err(Gap::Empty)),
        ),
        (
            "Infinity",
            r#"{ "framework": "f", "country": "FIN", "edition": "2010", "assessments": { "n": 1, "w": "lost", "m": Infinity } }"#,
            Some(Ok(Value::Number(1.0))),
        ),
        (
            "an empty value",
            r#"{ "framework": "f", "country": "FIN", "edition": "2010", "assessments": { "n": , "w": "lost" } }"#,
            unreadable,
        ),
        (
            "a missing brace",
            r#"{ "framework": "f", "country": "FIN", "edition": "2010", "assessments": { "n": 1, "w": "lost" }"#,
            None,
        ),
        (
            "a line cut off",
            r#"{ "framework": "f", "country": "FIN", "edition": "2010", "assessments": { "n": 1, "w": { "note": "#,
            None,
        ),
        (
            "something after the card",
            r#"{ "framework": "f", "country": "FIN", "edition": "2010", "assessments": { "n": 1, "w": "lost" } } x"#,
            Some(Ok(Value::Number(1.0))),
        ),
        (
            "two cards on a line",
            r#"{ "framework": "f", "country": "FIN", "edition": "2010", "assessments": { "n": 1 } } { "a": 1 }"#,
            Some(Ok(Value::Number(1.0))),
        ),
    ] {
        for (at, line) in (0..CODES.len()).zip(1..) {
            let folder = Folder::new();
            folder.write("framework.json", WORDS_AND_NUMBERS);
            let others: Vec<&str> = CODES.into_iter().filter(|code| *code != "FIN").collect();
            let mut lines: Vec<String> = others.iter().map(|code| good(code)).collect();
            lines.insert(at, bad.to_owned());
            folder.write("cards.jsonl", &lines.join("\n"));
            let data = folder.open();
            let here: Vec<&str> = data.countries().iter().map(|country| country.code.raw()).collect();
            let all = |code: &&&str| **code != "FIN" || left.is_some();
            assert_eq!(here, CODES.iter().filter(all).copied().collect::<Vec<_>>(), "{what} on line {line}");
            let [number, words] =
                ["n", "w"].map(|id| data.framework.find_indicator(id).expect("it is there"));
            let edition = data.newest_edition().expect("one");
            for code in others {
                let country = data.find_country(code).expect("it is there");
                let told = format!("{what} on line {line}: {code}");
                assert_eq!(data.cell(country, edition, number).state, Ok(Value::Number(3.0)), "{told}");
                let detail = data.detail(country, edition, words);
                assert_eq!(detail.note.expect("a note").raw(), format!("note of {code}"), "{told}");
            }
            if let (Some(left), Some(fin)) = (left, data.find_country("FIN")) {
                assert_eq!(data.cell(fin, edition, number).state, left, "{what} on line {line}");
            }
            let errors: Vec<&Problem> =
                data.problems.iter().filter(|p| p.severity == Severity::Error).collect();
            assert_eq!(errors.len(), 1, "{errors:?}");
            assert_eq!(errors[0].place.expect("a place").line, line, "{}", errors[0]);
        }
    }
}

fn card_of(framework: &str, country: &str) -> String {
    card(country, r#""a": "some""#).replacen("\"f\"", &format!("\"{framework}\""), 1)
}

#[test]
fn a_card_whose_first_key_is_escaped_and_holds_a_brace_is_read() {
    for head in [r#""\u0063ampaign": { "x": 1 }"#, r#""\u006eame": "Irel{and""#] {
        let text = format!(
            r#"{{ {head}, "framework": "f", "country": "IRL", "edition": "2010", "assessments": {{ "a": "some" }} }}"#
        );
        for text in [text.clone(), format!("[{text}]")] {
            let data = from_texts("d", &[("framework.json", FRAMEWORK), ("irl.json", &text)]);
            assert_eq!(data.card_count(), 1, "{text}\n{:#?}", data.problems);
        }
    }
}

#[test]
fn problems_are_told_once_when_the_framework_is_made_up_after_all() {
    let alb = card_of("other", "ALB");
    let data = from_texts("d", &[("framework.json", FRAMEWORK), ("alb.json", &alb), ("bad.json", "{oops")]);
    assert_eq!(data.card_count(), 1);
    let bad = data.problems.iter().filter(|p| p.file.as_ref().is_some_and(|f| f.raw() == "bad.json")).count();
    assert_eq!(bad, 1, "{:#?}", data.problems);
}

#[test]
fn what_is_made_up_is_told_of_one_framework_only() {
    let cards = [card_of("other", "ALB"), card_of("other", "IRL"), card_of("third", "SWE")];
    let text = format!("[{}]", cards.join(","));
    let data = from_texts("d", &[("framework.json", FRAMEWORK), ("c.json", &text)]);
    let made_up: Vec<String> = data
        .problems
        .iter()
        .map(|p| p.message.to_string())
        .filter(|m| m.contains("made up") && m.contains("third"))
        .collect();
    assert!(
        made_up.is_empty(),
        "{:#?}",
        data.problems.iter().map(|p| p.message.to_string()).collect::<Vec<_>>()
    );
}

#[test]
fn a_bundle_that_became_broken_keeps_its_groups() {
    let bundle = format!(
        r#"{{ "groups": [{{ "id": "ours", "members": ["ALB"] }}], "cards": [{}] }}"#,
        card_of("f", "ALB")
    );
    let before = from_texts("d", &[("framework.json", FRAMEWORK), ("b.json", &bundle)]);
    assert_eq!(before.framework.groups.len(), 1);
    let after =
        again_from_texts(&before, &[("framework.json", FRAMEWORK), ("b.json", &bundle[..bundle.len() - 3])]);
    assert_eq!(after.card_count(), 1);
    assert_eq!(after.framework.groups.len(), 1);
}

#[test]
fn more_editions_than_there_is_room_for_are_told_and_the_rest_is_shown() {
    let days = (1000..1300)
        .flat_map(|year| (1..=12).flat_map(move |month| (1..=28).map(move |day| (year, month, day))));
    let card = |(year, month, day)| {
        format!(
            r#"{{"framework":"f","country":"IRL","edition":"{year}-{month:02}-{day:02}","assessments":{{"a":"some"}}}}"#
        )
    };
    let cards: Vec<String> = days.take(65_545).map(card).collect();
    let data =
        from_texts("d", &[("framework.json", FRAMEWORK), ("c.json", &format!("[{}]", cards.join(",")))]);
    assert_eq!(data.card_count(), 65_535);
    assert!(told(&data, "too-many-editions").to_string().contains("10 cards"), "{:?}", data.problems);
}

#[test]
fn a_framework_of_too_many_goals_says_so_and_the_last_that_fits_is_compared() {
    let goal = |at| match at {
        65_534.. => format!(r#"{{"id":"g{at}","indicators":[{{"id":"i{at}","scale":"s"}}]}}"#),
        _ => format!(r#"{{"id":"g{at}","indicators":[]}}"#),
    };
    for (many, is_told) in [(65_535, false), (65_536, true), (65_540, true)] {
        let goals: Vec<String> = (0..many).map(goal).collect();
        let text =
            format!(r#"{{"id":"f","scales":{{"s":{{"kind":"yes_no"}}}},"goals":[{}]}}"#, goals.join(","));
        let cards = format!("[{},{}]", card("ALB", r#""i65534": "yes""#), card("IRL", ""));
        let data = from_texts("d", &[("framework.json", &text), ("c.json", &cards)]);
        let errors = data.problems.iter().filter(|problem| problem.code == "too-many-goals");
        assert_eq!(errors.count(), usize::from(is_told), "{many}: {:?}", data.problems);
        assert_eq!(data.framework.goal_ids().len(), data.framework.goals.len(), "{many}");
        let subjects = [0, 1].map(|at| Subject::Country(CountryId(at), EditionId(0)));
        assert_eq!(compare(&data, subjects.into()).rows.len(), 1, "{many}");
    }
}

/// A data package of two cards in a folder of its own.
fn package(folder: &Folder) -> PathBuf {
    folder.write("cards.json", &format!("[{}]", card("IRL", r#""a": "some""#)));
    let data = folder.open();
    fs::remove_file(folder.path("cards.json")).unwrap();
    let everything = Tidy::new(&data, groups::everyone(&data), data.edition_ids().collect());
    let written: Result<_, ()> = tidy::package(everything, &mut |file| {
        fs::write(folder.path(&file.name), file.bytes).unwrap();
        Ok(())
    });
    written.unwrap();
    folder.path("cells.csv")
}

#[test]
fn a_table_that_is_no_file_or_leaves_the_folder_of_its_package_is_an_error() {
    type Spoil<'s> = (&'s str, &'s dyn Fn(&Path));

    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("cells.csv"), "country,edition").unwrap();
    let spoil: [Spoil<'_>; 4] = [
        ("a FIFO", &|path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success())),
        ("a folder", &|path| fs::create_dir(path).unwrap()),
        ("a link", &|path| symlink(outside.path().join("cells.csv"), path).unwrap()),
        ("nothing", &|_| ()),
    ];
    for (what, spoil) in spoil {
        let folder = Folder::new();
        let cells = package(&folder);
        fs::remove_file(&cells).unwrap();
        spoil(&cells);
        let data = folder.open();
        let errors: Vec<_> =
            data.problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert!(
            errors.len() == 1
                && errors[0].to_string().contains("datapackage.json")
                && errors[0].to_string().contains("cells.csv"),
            "{what}: {:?}",
            data.problems
        );
        let (country, edition) = (data.country_ids().next().unwrap(), data.newest_edition().unwrap());
        let indicator = data.framework.indicator_ids().next().unwrap();
        assert_eq!(data.cell(country, edition, indicator).state, Err(Gap::Unreadable), "{what}");
    }
}
