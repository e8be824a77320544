//! Breaks in series: across one nothing improved, worsened or is ahead; each side is normalised on its own bounds.

use visavis::core::{
    cautions,
    changes::Changes,
    compare::{Reason, compare},
    dataset::Dataset,
    groups,
    read::from_texts,
    report::{ChangesReport, Report as _},
    score::{RankedBy, Ranking, Rules, Scoring},
    subject::Subject,
};

/// An index that went from 0–10 to 0–100 in 2012.
fn index(framework: &str, indicator: &str, marked: &str) -> Dataset {
    let card = |country: &str, edition: &str, value: &str| {
        format!(r#"{{ "country": "{country}", "edition": "{edition}", "assessments": {{ "i": {value} }} }}"#)
    };
    let first = format!(r#"{{ "value": 90{marked} }}"#);
    let cards = [
        card("DNK", "2010", "9.3"),
        card("DNK", "2011", "9.4"),
        card("DNK", "2012", &first),
        card("DNK", "2013", "91"),
        card("GRC", "2011", "3.4"),
        card("GRC", "2012", "36"),
        card("AFG", "2011", "1.5"),
        card("AFG", "2012", "8"),
    ];
    let text = format!(
        r#"{{ "framework": {{ "id": "f"{framework}, "coverage_threshold": 0,
            "scales": {{ "n": {{ "kind": "number", "min": 0, "max": 100, "better": "higher" }} }},
            "goals": [{{ "id": "g", "indicators": [{{ "id": "i", "scale": "n"{indicator} }}] }}] }}, "cards": [{}] }}"#,
        cards.join(", ")
    );
    from_texts("d", &[("c.json", &text)])
}

/// How many improved and how many are not comparable between two editions.
fn moves(data: &Dataset, from: &str, to: &str) -> (u32, u32) {
    let [from, to] = [from, to].map(|label| data.find_edition(label).unwrap());
    let changes = Changes::between(data, &data.country_ids().collect::<Vec<_>>(), from, to);
    (changes.all.improved, changes.all.not_comparable)
}

fn reason(data: &Dataset, one: &str, other: &str) -> Option<Reason> {
    let [one, other] = [one, other].map(|text| Subject::parse(data, text, None).unwrap());
    compare(data, vec![one, other]).rows[0].verdict.reason()
}

#[test]
fn nothing_improves_across_a_break() {
    let (declared, whole) = (r#", "comparable_from": "2012""#, index("", "", ""));
    assert_eq!(moves(&whole, "2011", "2012"), (3, 0));
    for data in [index(declared, "", ""), index("", declared, "")] {
        assert!(data.problems.is_empty(), "{:?}", data.problems);
        assert_eq!(moves(&data, "2011", "2012"), (0, 3));
        assert_eq!(moves(&data, "2012", "2011"), (0, 3), "backwards too");
        assert_eq!(moves(&data, "2010", "2011"), (1, 0), "before the break");
        assert_eq!(moves(&data, "2012", "2013"), (1, 0), "after the break");
        assert_eq!(reason(&data, "DNK@2011", "DNK@2012"), Some(Reason::Break));
        assert_eq!(reason(&data, "DNK@2011", "GRC@2012"), Some(Reason::Break));
        assert_eq!(reason(&data, "group:all@2011", "group:all@2012"), Some(Reason::Break));
        assert_eq!(reason(&data, "DNK@2012", "GRC@2012"), None);
    }
}

#[test]
fn a_jump_of_all_numbers_is_said_wherever_both_sides_of_it_meet() {
    let (declared, whole) = (r#", "comparable_from": "2012""#, index("", "", ""));
    let told = [
        (2011, 2012, true),
        (2012, 2011, true),
        (2010, 2013, true),
        (2010, 2011, false),
        (2012, 2013, false),
    ];
    for (from, to, is_told) in told {
        let [one, other] = [from, to].map(|edition| whole.find_edition(&edition.to_string()).unwrap());
        for (data, is_told) in [(&whole, is_told), (&index("", declared, ""), false)] {
            let said = cautions::rescaled(data, &[one, other], data.framework.indicator_ids());
            assert_eq!(said.is_some(), is_told, "{from} {to}");
        }
        let changes = ChangesReport::new(&whole, groups::everyone(&whole), &[one, other], &[], None);
        let breaks = changes.json()["steps"][0]["suspected_breaks"].clone();
        assert_eq!(breaks.as_array().map(Vec::len), Some(usize::from(is_told)));
    }
    let editions: Vec<_> = whole.edition_ids().collect();
    let said = cautions::rescaled(&whole, &editions, whole.framework.indicator_ids()).unwrap();
    for part in ["(9.6)", "from 2011 to 2012", "\"comparable_from\": \"2012\""] {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn a_mark_on_a_cell_breaks_the_series_of_its_country() {
    let data = index("", "", r#", "status": "B""#);
    assert_eq!(moves(&data, "2011", "2012"), (2, 1));
    assert_eq!(moves(&data, "2010", "2013"), (0, 3), "the mark lies between; two have no card in either");
    assert_eq!(moves(&data, "2012", "2013"), (1, 0));
    assert_eq!(reason(&data, "DNK@2011", "DNK@2013"), Some(Reason::Break));
    assert_eq!(reason(&data, "DNK@2011", "GRC@2012"), None);
}

#[test]
fn the_bounds_of_the_new_scale_are_not_those_of_the_old_one() {
    let points = |data: &Dataset, edition: &str, country: &str| {
        let (members, rules) = (data.country_ids().collect::<Vec<_>>(), Rules::of(&data.framework));
        let scoring = Scoring::new(data, &members, data.find_edition(edition).unwrap(), &rules);
        let ranking = Ranking::of(&scoring, RankedBy::Overall).unwrap();
        ranking.row(data.find_country(country).unwrap()).and_then(|row| row.points)
    };
    let data = index("", r#", "comparable_from": "2012""#, "");
    assert_eq!((points(&data, "2011", "DNK"), points(&data, "2012", "DNK")), (Some(100.0), Some(90.0)));
    assert_eq!(points(&index("", "", ""), "2011", "DNK"), Some(9.4));
    assert_eq!(groups::everyone(&data).members.len(), 3);
}
