//! Numbers that look like signs of missing values: given as written, told with a count, and said wherever they count.

use visavis::core::{
    cell::{Gap, Marks, Value},
    dataset::Dataset,
    groups,
    read::from_texts,
    report::{RankReport, Report as _},
    score::{RankedBy, Rules},
    subject,
};

const COUNTRIES: [&str; 12] =
    ["IRL", "SWE", "DNK", "FIN", "NOR", "ISL", "FRA", "ESP", "PRT", "ITA", "AUT", "BEL"];

/// A card a country, with these answers; without enough of them, the others are 10, 11, 12 …
fn cards(framework: &str, answers: &[&str]) -> Dataset {
    let cards = COUNTRIES.iter().zip(10..).enumerate().map(|(at, (country, other))| {
        let answer = answers.get(at).map_or_else(|| other.to_string(), ToString::to_string);
        format!(r#"{{ "country": "{country}", "edition": "2010", "assessments": {{ "i": {answer} }} }}"#)
    });
    let cards: Vec<String> = cards.collect();
    let text = format!(
        r#"{{ "framework": {{ "id": "f"{framework}, "scales": {{ "n": {{ "kind": "number", "better": "lower" }} }},
            "goals": [{{ "id": "g", "indicators": [{{ "id": "i", "title": "Rate", "scale": "n" }}] }}] }}, "cards": [{}] }}"#,
        cards.join(", ")
    );
    from_texts("d", &[("c.json", &text)])
}

#[test]
fn a_sentinel_is_told_with_a_count_and_stays_as_written_until_it_is_declared() {
    for (answers, found, many) in [
        (&["-99", "-99"][..], "-99", "2 cells"),
        (&["-999"], "-999", "1 cell"),
        (&["99999"], "99999", "1 cell"),
        (&["-1", "-1", "-1"], "-1", "3 cells"),
        (&["0", "0", "0"], "0", "3 cells"),
    ] {
        let data = cards("", answers);
        let told: Vec<String> = data.problems.iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].contains(&format!("{found} in {many} of i looks")), "{told:?}");
        let (edition, id) = (data.newest_edition().unwrap(), data.framework.indicator_ids().next().unwrap());
        let first = data.find_country("IRL").unwrap();
        let cell = data.cell(first, edition, id);
        assert_eq!(cell.state, Ok(Value::Number(found.parse().unwrap())));
        assert!(cell.marks.contains(Marks::LOOKS_MISSING));
        let everyone = groups::everyone(&data);
        let median = subject::median(&data, &everyone, edition, id);
        assert!(median.cell.marks.contains(Marks::LOOKS_MISSING));
        let rules = Rules::of(&data.framework);
        for what in [RankedBy::Indicator(id), RankedBy::Overall] {
            let report = RankReport::new(&data, groups::everyone(&data), edition, &rules, what).unwrap();
            let caution = report.json()["caution"].as_str().unwrap().to_owned();
            assert!(caution.contains(&format!("Rate ({found})")), "{caution}");
            assert!(report.table().lines.iter().any(|line| line.raw() == caution));
        }
        // What the hint says settles it.
        let declaration = format!(r#""missing": {{ "{found}": "no-data" }}"#);
        assert!(told[0].contains(&declaration), "{told:?}");
        let declared = cards(&format!(", {declaration}"), answers);
        assert!(declared.problems.is_empty(), "{:?}", declared.problems);
        assert_eq!(declared.cell(first, edition, id).state, Err(Gap::NoData));
    }
}

#[test]
fn a_number_among_its_like_is_a_number() {
    for answers in [&["9"][..], &["0"], &["-3"], &["29"], &["0", "0", "0", "1"], &["99", "98", "97", "101"]] {
        let data = cards("", answers);
        assert!(data.problems.is_empty(), "{answers:?}: {:?}", data.problems);
        let rules = Rules::of(&data.framework);
        let edition = data.newest_edition().unwrap();
        let rank =
            RankReport::new(&data, groups::everyone(&data), edition, &rules, RankedBy::Overall).unwrap();
        assert!(rank.json().get("caution").is_none());
    }
}
