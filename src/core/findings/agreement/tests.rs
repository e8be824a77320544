//! Which published figures are explained by rounding and which are not.

use super::*;
use crate::core::framework::{Finding, Where};

fn row(k: u32, assessed: u32) -> Counted {
    let finding = Finding {
        id: "x".into(),
        goal: None,
        indicators: vec![],
        conditions: Ok(vec![Where::Bound]),
        counts_answers: false,
        all: false,
        text: Raw::default(),
        published: None,
        own: false,
    };
    Counted {
        finding,
        k,
        assessed,
        set: assessed,
        not_applicable: 0,
        passed_over: 0,
        answers: vec![],
        agreement: Agreement::default(),
        explained: Raw::default(),
        elsewhere: None,
    }
}

fn published(text: &'static str, percent: Option<f64>) -> Published {
    Published { text: Raw::from_static(text), percent, edition: None, group: None }
}

#[test]
fn the_published_figure_agrees_when_rounding_or_truncation_explains_it() {
    let of = |k, n, percent| agreement(&row(k, n), &published("", Some(percent)));
    assert_eq!(of(5, 26, 19.0), Agreement::Same);
    assert_eq!(of(16, 26, 61.0), Agreement::Truncated);
    assert_eq!(of(16, 26, 62.0), Agreement::Same);
    assert_eq!(of(16, 26, 61.5), Agreement::Same);
    assert_eq!((of(5, 26, 20.0), of(5, 26, 18.5)), (Agreement::RoundedUp, Agreement::WithinOnePoint));
    assert_eq!(of(5, 26, 25.0), Agreement::Differs);
    assert_eq!(
        (of(2, 3, 66.67), of(2, 3, 66.66), of(2, 3, 66.7)),
        (Agreement::Same, Agreement::Truncated, Agreement::Same)
    );
    assert_eq!((of(1, 3, 34.0), of(1, 3, 33.4)), (Agreement::RoundedUp, Agreement::RoundedUp));
    assert_eq!(of(0, 26, 0.0), Agreement::Same);
    assert_eq!(of(0, 0, 0.0), Agreement::NotComparable);
    let words = |k, text| agreement(&row(k, 26), &published(text, None));
    assert_eq!(words(2, "2 countries"), Agreement::Same);
    assert_eq!(words(3, "2 countries"), Agreement::Differs);
    assert_eq!(words(6, "nearly one in four"), Agreement::InWords);
    assert_eq!(words(2, "Two countries"), Agreement::Same);
    assert_eq!(
        (words(0, "none"), words(0, "no countries"), words(1, "none")),
        (Agreement::Same, Agreement::Same, Agreement::Differs)
    );
    assert_eq!(
        (words(6, "six of the countries"), words(6, "one in four")),
        (Agreement::Same, Agreement::InWords)
    );
}

#[test]
fn what_rounding_explains_is_said_with_the_figures() {
    let of = |k, n, text, percent| {
        let (mut row, published) = (row(k, n), published(text, percent));
        row.agreement = agreement(&row, &published);
        words(&row, &published)
    };
    assert_eq!(of(16, 26, "61 %", Some(61.0)), "16 of 26 is 61.5 %, printed as 61 %: truncated, not rounded");
    assert_eq!(of(5, 26, "", Some(19.0)), "5 of 26 is 19.2 %, printed as 19 %: ok");
    assert!(of(5, 26, "18.5 %", Some(18.5)).ends_with("within one point, and no rounding explains it"));
    assert!(
        of(5, 26, "a quarter", Some(25.0)).ends_with("differs by 5.8 points, which no rounding explains")
    );
    assert!(of(3, 26, "2 countries", None).ends_with("printed as 2 countries: another count"));
    assert!(of(6, 26, "nearly one in four", None).ends_with("in words, no figure to compare"));
    assert!(
        of(0, 0, "19 %", Some(19.0)).ends_with("nobody is assessed here, so there is nothing to compare")
    );
}
