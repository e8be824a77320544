//! Signs of missing values and numbers in quotes: each is read as what it means for sure, and told; nothing is guessed.

use visavis::core::{
    cell::{Gap, Value},
    dataset::Dataset,
    read::from_texts,
};

use super::ambiguous::{bundle, told};

/// The state of the one card's cell.
fn state(data: &Dataset, indicator: &str) -> Result<Value, Gap> {
    let (country, edition) = (data.country_ids().next().unwrap(), data.newest_edition().unwrap());
    data.cell(country, edition, data.framework.find_indicator(indicator).unwrap()).state
}

/// Sure signs are the gap they mean, ambiguous ones are unreadable; none becomes *not applicable* by a guess.
#[test]
fn a_sign_of_a_missing_value_is_the_gap_that_it_means_for_sure_or_unreadable() {
    for (sign, want) in [
        ("..", Gap::NoData),
        (":", Gap::NoData),
        ("NaN", Gap::NoData),
        ("n.a.", Gap::NoData),
        ("No data", Gap::NoData),
        ("not available", Gap::NoData),
        ("NA", Gap::NoData),
        ("not assessed", Gap::NotAssessed),
        ("Not applicable", Gap::NotApplicable),
        ("-", Gap::Unreadable),
        ("–", Gap::Unreadable),
        ("—", Gap::Unreadable),
        (".", Gap::Unreadable),
        ("…", Gap::Unreadable),
        ("x", Gap::Unreadable),
        ("/", Gap::Unreadable),
        ("n/a", Gap::Unreadable),
        ("N/A", Gap::Unreadable),
        (" ", Gap::Empty),
    ] {
        for indicator in ["l", "n", "y", "d"] {
            let data = bundle("", &format!(r#""{indicator}": "{sign}""#));
            assert_eq!(state(&data, indicator), Err(want), "{sign:?} for {indicator}");
            assert_eq!(data.problems.len(), 1, "{sign:?} for {indicator}: {:?}", data.problems);
            // What the hint says, applied, leaves nothing to tell.
            let declared = bundle(
                &format!(r#", "missing": {{ "{sign}": "no-data" }}"#),
                &format!(r#""{indicator}": "{sign}""#),
            );
            let is_said = want != Gap::Unreadable
                || state(&declared, indicator) == Err(Gap::NoData) && declared.problems.is_empty();
            assert!(is_said, "{sign:?} declared: {:?}", declared.problems);
        }
    }
    // Once a sign, with how many.
    let data = bundle("", r#""l": "-", "n": "-", "y": "..""#);
    let words: Vec<&str> = data.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(words.len() == 2 && words[0].contains("(1 more like it)"), "{words:?}");
}

#[test]
fn a_declared_sign_is_a_gap_and_a_level_of_that_name_is_a_level() {
    let missing = r#", "missing": { "-999": "no-data", "a": "withheld", "z": "not-assessed" }"#;
    for (answers, indicator, want) in [
        (r#""n": -999"#, "n", Err(Gap::NoData)),
        (r#""n": "-999""#, "n", Err(Gap::NoData)),
        (r#""n": { "value": -999.0 }"#, "n", Err(Gap::NoData)),
        (r#""y": "z""#, "y", Err(Gap::NotAssessed)),
        (r#""l": "a""#, "l", Ok(Value::Level(0))),
        (r#""n": 9"#, "n", Ok(Value::Number(9.0))),
    ] {
        let data = bundle(missing, answers);
        assert_eq!((state(&data, indicator), &data.problems[..]), (want, &[][..]), "{answers}");
    }
    let wrong = bundle(r#", "missing": { "-999": "nodata", "-99": 3 }"#, r#""n": 1"#);
    assert_eq!(
        told(&wrong).into_iter().map(|(code, _)| code).collect::<Vec<_>>(),
        ["unknown-gap", "unknown-gap"]
    );
    let hint = bundle("", r#""n": -999"#).problems[0].hint.clone().unwrap();
    assert!(hint.as_str().contains(r#""missing": { "-999": "no-data" }"#), "{hint}");
}

#[test]
fn a_number_in_quotes_is_read_and_told() {
    for (answer, want) in [
        ("12.5", Ok(Value::Number(12.5))),
        (" 7 ", Ok(Value::Number(7.0))),
        ("1e2", Ok(Value::Number(100.0))),
    ] {
        let data = bundle("", &format!(r#""n": "{answer}""#));
        assert_eq!((state(&data, "n"), told(&data).len()), (want, 1), "{answer}");
    }
    for answer in ["0012", "+5", ".5", "12,5", "12 %", "1234567890123456", "101"] {
        assert_eq!(state(&bundle("", &format!(r#""n": "{answer}""#)), "n"), Err(Gap::Unreadable), "{answer}");
    }
}

/// Without a framework neither a sign of a missing value nor a number in quotes makes a column of numbers one of words.
#[test]
fn a_missing_sign_or_a_quoted_number_is_no_evidence_of_words() {
    for (odd, want) in
        [("\"..\"", Err(Gap::NoData)), ("\"n/a\"", Err(Gap::Unreadable)), ("\"4.5\"", Ok(Value::Number(4.5)))]
    {
        let card = |code: &str, rate: &str| {
            format!(r#"{{ "country": "{code}", "edition": "2010", "assessments": {{ "r": {rate} }} }}"#)
        };
        let cards = [card("DNK", odd), card("IRL", "1"), card("SWE", "2.5"), card("FIN", "3")];
        let data = from_texts("d", &[("c.json", &format!("[{}]", cards.join(", ")))]);
        assert_eq!(state(&data, "r"), want, "{odd}");
        let given = data.edition_counts(data.newest_edition().unwrap()).given;
        assert_eq!(given, 3 + u32::from(want.is_ok()), "{odd}");
    }
}
