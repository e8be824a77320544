//! An exported data set, opened again, is the same data set.

use visavis::{
    core::{dataset::Dataset, groups, read::from_texts, report::Tidy},
    export::tidy,
    store::sample,
    text::is_safe,
};

use super::{damage::Random, laws};

/// The files of the package of everything, with their paths.
pub(super) fn exported(data: &Dataset) -> Vec<(String, String)> {
    let everything = Tidy::new(data, groups::everyone(data), data.edition_ids().collect());
    let mut files = vec![];
    let done: Result<_, ()> = tidy::package(everything, &mut |file| {
        files.push((format!("out/{}", file.name), String::from_utf8(file.bytes).unwrap()));
        Ok(())
    });
    done.unwrap();
    files
}

pub(super) fn opened(files: &[(String, String)]) -> Dataset {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
    from_texts("out", &files)
}

/// Every cell, word, card, country, edition and finding is as it was, and so is the next export.
fn assert_same(before: &Dataset, after: &Dataset, told: &str) {
    let mut framework = before.framework.clone();
    // It has a file now.
    (framework.inferred, framework.of_table) = (false, false);
    assert_eq!(framework, after.framework, "{told}");
    assert_eq!(before.countries(), after.countries(), "{told}");
    assert!(before.edition_ids().eq(after.edition_ids()), "{told}");
    for edition in before.edition_ids() {
        assert_eq!(before.edition(edition), after.edition(edition), "{told}");
        for country in before.country_ids() {
            let code = before.country(country).code.raw();
            let told = format!("{told}: {code} {}", before.edition(edition).label);
            let cards = (before.card(country, edition), after.card(country, edition));
            assert_eq!(cards.0.is_some(), cards.1.is_some(), "{told}");
            assert_eq!(before.counts(country, edition), after.counts(country, edition), "{told}");
            if let (Some(was), Some(is)) = cards {
                assert_eq!(before.card_detail(was), after.card_detail(is), "{told}");
                assert_eq!(before.as_of(was), after.as_of(is), "{told}");
            }
            for id in before.framework.indicator_ids() {
                let told = format!("{told} {}", before.framework.indicator(id).id);
                assert_eq!(before.cell(country, edition, id), after.cell(country, edition, id), "{told}");
                assert_eq!(before.detail(country, edition, id), after.detail(country, edition, id), "{told}");
            }
        }
    }
}

pub(super) fn hold_identity(data: &Dataset, told: &str) {
    let files = exported(data);
    for (name, text) in &files {
        assert!(text.replace("\r\n", "\n").lines().all(is_safe), "{told}: {name}");
    }
    let again = opened(&files);
    assert_same(data, &again, told);
    let tables = |files: Vec<(String, String)>| {
        files.into_iter().filter(|(name, _)| !name.ends_with("datapackage.json")).collect::<Vec<_>>()
    };
    assert_eq!(tables(files), tables(exported(&again)), "{told}");
}

#[test]
fn an_export_opened_again_is_the_same_data_set() {
    let data = sample::open(None, &|_| ());
    hold_identity(&data, "the embedded sample");
    assert_eq!(opened(&exported(&data)).problems, []);
    let cases = std::env::var("VISAVIS_LAWS").ok().and_then(|count| count.parse().ok()).unwrap_or(150);
    for case in 0..cases {
        let text = laws::bundle(&mut Random::new(case));
        let data = from_texts("laws", &[("laws.json", &text)]);
        if data.card_count() > 0 {
            hold_identity(&data, &format!("case {case}"));
        }
    }
}

#[test]
fn findings_with_several_conditions_or_a_problem_come_back_the_same_whatever_their_layout() {
    let findings = [
        r#"{ "at_most": 3, "at_least": -0.0 }"#,
        r#"{ "less_than": 3, "more_than": 1e3 }"#,
        r#"{ "gap": ["not-applicable"] }"#,
        r#"{ "at_least": { "a" : [ 1.50, null ] }, "odd": "\u202e" }"#,
        r#"{ "levels": ["x"] }"#,
        r#"{ "gap": [ 7 ] }"#,
        "[]",
        "{ }",
    ];
    let findings = findings.iter().zip(0..).map(|(condition, at)| {
        format!(r#"{{ "where": {condition}, "id": "f{at}", "text": "do so", "indicators": ["j"] }}"#)
    });
    let text = format!(
        r#"{{ "framework": {{ "id": "f", "scales": {{ "n": {{ "kind": "number" }} }},
          "goals": [{{ "id": "g", "indicators": [{{ "id": "j", "scale": "n" }}] }}], "findings": [{}] }},
        "cards": [{{ "country": "IRL", "edition": "2010", "assessments": {{ "j": 2 }} }}] }}"#,
        findings.collect::<Vec<_>>().join(",")
    );
    let data = from_texts("d", &[("d.json", &text)]);
    let problems = data.framework.findings.iter().map(|finding| finding.problem().is_some());
    assert_eq!(problems.collect::<Vec<_>>(), [false, true, false, true, true, true, true, true]);
    hold_identity(&data, "findings");
}

/// The package of two cards with every kind of part.
pub(super) fn package() -> Vec<(String, String)> {
    let cards = r#"{ "framework": { "id": "f", "scales": { "l": { "kind": "levels", "levels": ["a", "b"] }, "n": { "kind": "number", "max": 300 },
            "t": { "kind": "treaty" } },
          "goals": [{ "id": "g", "indicators": [{ "id": "i", "scale": "l" }, { "id": "j", "scale": "n" }, { "id": "k", "scale": "t" }] }] },
        "cards": [
          { "country": "IRL", "edition": "2010", "summary": "s", "priority_actions": ["Act."], "campaign": { "c": 1 }, "sources": { "s": "Report" },
            "assessments": { "i": { "level": "a", "sources": ["s"] }, "j": { "values": [1, 2] }, "k": { "signed": "2001" } } },
          { "country": "SWE", "edition": "2010", "assessments": { "i": "b", "j": 5, "k": { "gap": "no-data" } } }] }"#;
    exported(&from_texts("cards", &[("cards.json", cards)]))
}

/// The package with a part of one file exchanged, or without that file.
fn changed(name: &str, change: Option<(&str, &str)>) -> Dataset {
    let mut files = package();
    let at = files.iter().position(|(known, _)| *known == format!("out/{name}")).unwrap();
    match change {
        Some((from, to)) => {
            assert!(files[at].1.contains(from), "{from} in {}", files[at].1);
            files[at].1 = files[at].1.replacen(from, to, 1);
        }
        None => _ = files.remove(at),
    }
    opened(&files)
}

/// Each of the cells of both cards, in words.
fn cells(data: &Dataset) -> Vec<String> {
    let cells = data.country_ids().flat_map(|country| {
        let edition = data.newest_edition().unwrap();
        data.framework.indicator_ids().map(move |id| data.label(country, edition, id).raw().to_owned())
    });
    cells.collect()
}

#[test]
fn a_fault_in_a_package_is_told_at_its_place_and_costs_no_other_cell() {
    let whole = ["a", "1", "signed only", "b", "5", "no data"];
    let but = |at: usize, cell: &'static str| {
        let mut cells = whole;
        cells[at] = cell;
        cells
    };
    let irl_i = "IRL,Ireland,2010,i,i,a,a,,,,,,";
    assert_eq!(cells(&opened(&package())), whole);
    for (name, from, to, code, wanted) in [
        ("cells.csv", "2010,i,i,b,b,", "2010,i,i,b,c,", "unknown-level", but(3, "unreadable")),
        ("cells.csv", "2010,j,j,5,5,", "2010,j,j,5,five,", "not-a-number", but(4, "unreadable")),
        ("cells.csv", "no data,,no-data", "no data,,nodata", "unknown-gap", but(5, "unreadable")),
        ("cells.csv", "signed only,signed-only", "signed only,bound", "two-answers", but(2, "unreadable")),
        ("cells.csv", ",,5,,,,A,", ",,5,,,,A,x,", "bad-row", but(4, "unreadable")),
        ("cells.csv", irl_i, "IRE,Ireland,2010,i,i,a,a,,,,,,", "stray-row", but(0, "unreadable")),
        (
            "cells.csv",
            "2010,j,j,5",
            "2010,i,i,5",
            "two-answers",
            ["a", "1", "signed only", "unreadable", "unreadable", "no data"],
        ),
        ("cells.csv", "2010,j,j,5", "2010,x,x,5", "unknown-indicator", but(4, "unreadable")),
        ("cells.csv", "2010,j,j,5,5,", "2010,j,j,5,340,", "out-of-range", but(4, "unreadable")),
        ("readings.csv", "IRL", "IRE", "stray-row", whole),
        ("card_items.csv", "campaign", "champaign", "stray-row", whole),
        ("cards.csv", "SWE", "IRL", "duplicate-card", whole),
        ("sources.csv", "title", "titel", "no-column", whole),
        ("datapackage.json", "visavis.package/1", "visavis.package/2", "unknown-schema", whole),
    ] {
        let data = changed(name, Some((from, to)));
        let told = data.problems.iter().find(|problem| problem.code == code);
        let told = told.unwrap_or_else(|| panic!("{code} for {to}: {:?}", data.problems));
        assert_eq!(told.file.as_ref().map(|file| file.raw().to_owned()), Some(format!("out/{name}")), "{to}");
        assert!(told.place.is_some() && told.hint.is_some(), "{told:?}");
        assert!(code != "out-of-range" || told.message.as_str().contains("found 340"), "{told:?}");
        let line = told.place.unwrap().line;
        let is_there =
            |text: &str| text.lines().nth(line as usize - 1).is_some_and(|row| row.contains(&to[..3]));
        let (_, text) = package().into_iter().find(|(known, _)| *known == format!("out/{name}")).unwrap();
        let text = text.replacen(from, to, 1);
        assert!(
            name == "datapackage.json" || matches!(code, "no-column" | "duplicate-card") || is_there(&text),
            "{to}: told in line {line}"
        );
        if code != "duplicate-card" {
            assert_eq!(cells(&data), wanted, "{to}");
        }
    }
}

#[test]
fn a_package_without_one_of_its_files_keeps_what_the_others_say() {
    let whole = cells(&opened(&package()));
    for name in ["readings.csv", "card_items.csv", "countries.csv", "sources.csv", "indicators.csv"] {
        assert_eq!(cells(&changed(name, None)), whole, "{name}");
    }
    // Without the framework it is made up from the cells.
    let made_up = changed("framework.json", None);
    assert!(made_up.framework.inferred);
    assert_eq!(cells(&made_up), ["a", "1", "signed only", "b", "5", "no data"]);
    let treaty = |dates: &str| format!(r#""edition": "2010", "assessments": {{ "t": {{ {dates} }} }} }}"#);
    let (signed, unsigned) = (treaty(r#""signed": "2001""#), treaty(r#""signed": null"#));
    let cards = format!(r#"[{{ "country": "IRL", {signed}, {{ "country": "SWE", {unsigned}]"#);
    let mut files = exported(&from_texts("cards", &[("cards.json", &cards)]));
    files.retain(|(name, _)| name != "out/framework.json");
    let made_up = opened(&files);
    assert_eq!(
        (cells(&made_up), &made_up.problems[..]),
        (vec!["signed only".into(), "not signed".into()], &[][..])
    );
    // Lost sources are told once, and no cell is called unsourced for them.
    let lost = changed("sources.csv", None);
    let (country, edition) = (lost.find_country("IRL").unwrap(), lost.newest_edition().unwrap());
    assert!(lost.cell(country, edition, lost.framework.find_indicator("i").unwrap()).marks.is_empty());
    assert!(!lost.problems.iter().any(|problem| problem.code == "not-a-source"), "{:?}", lost.problems);
    // A package that names itself as one of its tables is still there to be told.
    let own = changed("datapackage.json", Some(("\"cells.csv\"", "\"datapackage.json\"")));
    assert_eq!(own.card_count(), 2);
    assert!(own.problems.iter().any(|problem| problem.code == "no-column"), "{:?}", own.problems);
    assert_eq!(changed("cards.csv", None).card_count(), 0);
    // A table that cannot be read says nothing, and above all not that a card does not mention what it asks.
    for lost in [None, Some(("country,", "country;")), Some(("gap", "gaps"))] {
        assert_eq!(cells(&changed("cells.csv", lost)), ["unreadable"; 6], "{lost:?}");
    }
    // A column of words costs those words.
    assert_eq!(cells(&changed("cells.csv", Some(("note", "notes")))), whole);
}

#[test]
fn a_package_of_another_program_is_told_and_its_tables_are_tables_as_any() {
    let data = changed("datapackage.json", Some(("visavis.package/1", "1")));
    assert_eq!(data.readings.len(), 1);
    assert!(data.problems.iter().any(|problem| problem.code == "foreign-package"), "{:?}", data.problems);
}

#[test]
fn a_package_says_that_its_data_had_errors() {
    let cards = r#"[{ "country": "IRL", "edition": "2010", "assessments": { "i": "yes" } }, { "country": "Nowhere", "edition": "2010", "assessments": {} }]"#;
    let data = opened(&exported(&from_texts("cards", &[("cards.json", cards)])));
    let codes: Vec<&str> = data.problems.iter().map(|problem| problem.code).collect();
    assert_eq!((data.card_count(), codes), (1, vec!["exported-with-errors"]));
}

#[test]
fn rows_in_any_order_and_columns_too_say_the_same() {
    let mut files = package();
    let cells_csv = &mut files.iter_mut().find(|(name, _)| name == "out/cells.csv").unwrap().1;
    let mut lines: Vec<String> = cells_csv.lines().map(str::to_owned).collect();
    lines[1..].reverse();
    // The title of the indicator goes to the end of its row.
    let moved = lines.iter().map(|line| {
        let mut fields: Vec<&str> = line.split(',').collect();
        let title = fields.remove(4);
        fields.push(title);
        fields.join(",") + "\r\n"
    });
    *cells_csv = format!("\u{feff}{}", moved.collect::<String>());
    let (before, after) = (opened(&package()), opened(&files));
    assert_same(&before, &after, "moved");
    assert_eq!(after.problems, []);
}

#[test]
fn characters_made_visible_come_back_visible_and_that_is_said_once() {
    let cards = r#"{ "framework": { "id": "f", "title": "\u001b[31mRed", "scales": { "l": { "kind": "levels", "levels": ["a\u0007"] } },
          "goals": [{ "id": "g", "indicators": [{ "id": "=i\u200b", "scale": "l" }] }] },
        "cards": [{ "country": "IRL", "edition": "2010", "assessments": { "=i\u200b": { "level": "a\u0007", "note": "\u001b[2J" } } }] }"#;
    let before = from_texts("cards", &[("cards.json", cards)]);
    let after = opened(&exported(&before));
    let (country, edition) = (after.country_ids().next().unwrap(), after.newest_edition().unwrap());
    let indicator = after.framework.indicator_ids().next().unwrap();
    assert_eq!(before.framework, after.framework, "JSON keeps what is written");
    assert_eq!(before.cell(country, edition, indicator), after.cell(country, edition, indicator));
    assert_eq!(after.detail(country, edition, indicator).note.unwrap().raw(), "^[[2J");
    let told: Vec<_> = after.problems.iter().filter(|problem| problem.code == "made-visible").collect();
    assert_eq!(told.len(), 1);
    hold_identity(&opened(&exported(&before)), "visible");
}

#[test]
fn cards_and_their_export_opened_together_are_copies_of_one_another() {
    let cards = laws::bundle(&mut Random::new(7));
    let data = from_texts("cards", &[("cards.json", &cards)]);
    let mut files = exported(&data);
    files.insert(0, ("cards.json".to_owned(), cards));
    let both = opened(&files);
    assert_same(&data, &both, "both");
    let copies = both.problems.iter().filter(|problem| problem.code == "duplicate-card").count();
    assert_eq!(copies, data.card_count());
}
