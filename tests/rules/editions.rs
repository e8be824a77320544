//! Editions that are no calendar year: kept as written, ordered by the period they mean, all labels of a set by one rule.

use visavis::core::{dataset::Dataset, read::from_texts};

/// Cards of one country, one an edition, given in this order.
fn cards(framework: &str, editions: &[&str]) -> Dataset {
    let card = |edition: &&str| {
        format!(r#"{{ "country": "AUT", "edition": {edition}, "assessments": {{ "i": 1 }} }}"#)
    };
    let cards: Vec<String> = editions.iter().map(card).collect();
    let text = format!(
        r#"{{ "framework": {{ "id": "f"{framework}, "scales": {{ "n": {{ "kind": "number" }} }},
            "goals": [{{ "id": "g", "indicators": [{{ "id": "i", "scale": "n" }}] }}] }}, "cards": [{}] }}"#,
        cards.join(", ")
    );
    from_texts("d", &[("c.json", &text)])
}

fn labels(data: &Dataset) -> Vec<&str> {
    data.edition_ids().map(|id| &*data.edition(id).label).collect()
}

fn codes(data: &Dataset) -> Vec<&str> {
    data.problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn every_label_opens_as_it_is_written_in_the_order_of_what_it_means() {
    let data = cards(
        "",
        &[
            r#""FY2019""#,
            r#""2019Q2""#,
            r#""2018/19""#,
            r#""2016_2018""#,
            r#""1981-82""#,
            r#""2019""#,
            r#""Q1 2019""#,
            r#""2017-2018""#,
        ],
    );
    let wanted = ["1981-82", "2016_2018", "2017-2018", "2018/19", "2019", "FY2019", "Q1 2019", "2019Q2"];
    assert_eq!(labels(&data), wanted);
    assert!(data.problems.is_empty(), "{:?}", data.problems);
    // Another way of writing it finds it too.
    assert_eq!(data.find_edition("2018-2019"), data.find_edition("2018/19"));
    assert_eq!(data.find_edition("2019"), data.find_edition("2019"));
    assert!(data.find_edition("2018").is_none());
}

#[test]
fn two_digits_after_a_year_mean_the_same_in_the_whole_set_or_it_is_told() {
    let last = |data: &Dataset| {
        let ends = data.edition_ids().map(|id| data.edition(id).period.last.to_string());
        ends.collect::<Vec<_>>()
    };
    let spans = cards("", &[r#""2001-02""#, r#""1981-82""#]);
    assert_eq!((last(&spans), codes(&spans)), (vec!["1982".to_owned(), "2002".into()], vec![]));
    let months = cards("", &[r#""2001-02""#, r#""2001-05""#]);
    assert_eq!((last(&months), codes(&months)), (vec!["2001-02".to_owned(), "2001-05".into()], vec![]));
    let both = cards("", &[r#""1981-82""#, r#""2001-05""#]);
    assert_eq!((labels(&both), codes(&both)), (vec!["1981-82", "2001-05"], vec!["mixed-editions"]));
    // What the hint says to declare settles it.
    let declared = cards(r#", "edition_labels": "span""#, &[r#""1981-82""#, r#""2001-05""#]);
    assert_eq!((last(&declared), codes(&declared)), (vec!["1982".to_owned(), "2005".into()], vec![]));
    let months = cards(r#", "edition_labels": "month""#, &[r#""2001-02""#]);
    assert_eq!((last(&months), codes(&months)), (vec!["2001-02".to_owned()], vec![]));
}

#[test]
fn a_fiscal_year_gets_days_only_from_the_framework() {
    let plain = cards("", &[r#""FY2019""#, r#""2018-08""#, r#""2019-03""#]);
    assert_eq!(labels(&plain), ["2018-08", "FY2019", "2019-03"]);
    let stated = cards(r#", "fy2000_begins": "1999-07""#, &[r#""FY2019""#, r#""2018-08""#, r#""2019-03""#]);
    assert_eq!(labels(&stated), ["FY2019", "2018-08", "2019-03"]);
    let as_of = |data: &Dataset| {
        let card =
            data.card(data.find_country("AUT").unwrap(), data.find_edition("FY2019").unwrap()).unwrap();
        data.as_of(card).to_string()
    };
    assert_eq!((as_of(&plain), as_of(&stated)), ("2019".into(), "2019-06-30".into()));
}

#[test]
fn what_is_no_period_is_told_and_opens_with_the_date_that_the_hint_asks_for() {
    for (label, year) in
        [("latest", "YYYY"), ("Jan.1981-Aug. 1982", "1981"), ("2019a", "2019"), ("2019.0", "2019")]
    {
        let data = cards("", &[&format!("{label:?}")]);
        assert_eq!((data.card_count(), codes(&data)), (0, vec!["bad-edition"]), "{label}");
        let hint = data.problems[0].hint.as_ref().unwrap().to_string();
        let said = format!(r#""edition": "{year}", "edition_label": "{label}""#);
        assert!(hint.contains(&said), "{hint}");
        let year = if year == "YYYY" { "2010" } else { year };
        let mended = cards("", &[&format!(r#""{year}", "edition_label": "{label}""#)]);
        assert_eq!((labels(&mended), codes(&mended)), (vec![label], vec![]));
        assert_eq!(mended.find_edition(label), mended.find_edition(year));
    }
    let number = cards("", &["2019"]);
    assert_eq!((labels(&number), codes(&number)), (vec!["2019"], vec!["edition-number"]));
    let alike = cards("", &[r#""2018/19""#, r#""2018-19""#]);
    assert_eq!((labels(&alike), codes(&alike)), (vec!["2018-19", "2018/19"], vec!["similar-editions"]));
}
