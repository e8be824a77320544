//! Changes by a table made by hand, and what holds for any two editions.

use proptest::prelude::*;
use strum::IntoEnumIterator as _;

use super::*;
use crate::core::{cell::Gap, read};

/// One country in two editions; `m` is ordered, `n` lower is better, `c` is a count, `t` is text.
fn data(before: &str, after: &str) -> Dataset {
    let text = format!(
        r#"{{"framework": {{"id": "f", "scales": {{"m": {{"kind": "levels", "levels": ["none", "some", "full"]}},
            "n": {{"kind": "number", "better": "lower"}}, "c": {{"kind": "number"}}, "t": {{"kind": "text"}}}},
          "goals": [{{"id": "g", "indicators": [{{"id": "a", "scale": "m"}}, {{"id": "b", "scale": "m"}}, {{"id": "n", "scale": "n"}}]}},
                    {{"id": "h", "indicators": [{{"id": "c", "scale": "c"}}, {{"id": "t", "scale": "t"}}]}}]}},
          "cards": [{{"framework": "f", "country": "ALB", "edition": "2010", "assessments": {{{before}}}}},
                    {{"framework": "f", "country": "ALB", "edition": "2012", "assessments": {{{after}}}}}]}}"#
    );
    read::from_texts("test", &[("cards.json", &text)])
}

fn changes(data: &Dataset) -> Changes {
    Changes::between(data, &[CountryId(0)], EditionId(0), EditionId(1))
}

#[test]
fn each_cell_changes_as_a_hand_says_it_does() {
    let data = data(
        r#""a":"none","b":"full","n":3,"c":4,"t":"x""#,
        r#""a":"full","b":{"gap":"no-data"},"n":5,"c":9,"t":"x""#,
    );
    let changes = changes(&data);
    let kinds: Vec<Change> = changes.rows.iter().map(|row| row.change).collect();
    assert_eq!(
        kinds,
        [
            Change::Improved(2.0),
            Change::Disappeared,
            Change::Worsened(2.0),
            Change::Differs(Some(5.0)),
            Change::Equal
        ]
    );
    assert_eq!((changes.all.comparable(), changes.all.changed(), changes.all.all()), (4, 4, 5));
    assert_eq!((changes.before.given, changes.after.given, changes.after.missing), (5, 4, 1));
    assert_eq!(changes.by_goal[1].1, Moves { differs: 1, equal: 1, ..Moves::default() });
    assert_eq!(of_country(&data, CountryId(0), EditionId(0), EditionId(1)), changes.all);
}

#[test]
fn what_does_not_apply_in_either_edition_is_compared_with_nothing() {
    let data = data(
        r#""a":"none","b":{"gap":"not-applicable"}"#,
        r#""a":{"gap":"not-applicable"},"b":"full","n":1"#,
    );
    let changes = changes(&data);
    let reasons: Vec<Change> = changes.rows.iter().map(|row| row.change).collect();
    let out = Change::NotComparable(Reason::NotApplicable);
    let silent = Change::NotComparable(Reason::BothGaps);
    assert_eq!(reasons, [out, out, Change::Appeared, silent, silent]);
}

/// The assessments of a card: a value or a gap for each indicator.
fn card() -> impl Strategy<Value = String> {
    let level =
        prop::sample::select(vec!["\"none\"", "\"some\"", "\"full\"", "null", r#"{"gap":"not-applicable"}"#]);
    let number = prop::sample::select(vec!["1", "2.5", "-3", "null", r#"{"gap":"withheld"}"#]);
    let text = prop::sample::select(vec!["\"x\"", "\"y\"", "null"]);
    (level.clone(), level, number.clone(), number, text)
        .prop_map(|(a, b, n, c, t)| format!(r#""a":{a},"b":{b},"n":{n},"c":{c},"t":{t}"#))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn looking_back_what_improved_worsened_and_what_appeared_disappeared(before in card(), after in card()) {
        let (there, back) = (changes(&data(&before, &after)).all, changes(&data(&after, &before)).all);
        let swapped = Moves {
            improved: back.worsened, worsened: back.improved, appeared: back.disappeared, disappeared: back.appeared, ..back
        };
        prop_assert_eq!(there, swapped);
    }

    #[test]
    fn a_gap_is_never_better_or_worse_and_every_cell_is_counted_once(before in card(), after in card()) {
        let changes = changes(&data(&before, &after));
        for row in &changes.rows {
            let given = row.before.is_given() && row.after.is_given();
            prop_assert_eq!(given, row.change.distance().is_some() || row.change == Change::Differs(None));
            if row.before.state == Err(Gap::NotApplicable) || row.after.state == Err(Gap::NotApplicable) {
                prop_assert_eq!(row.change.kind(), ChangeKind::NotComparable);
            }
        }
        let sum: u32 = ChangeKind::iter().map(|kind| changes.all.of(kind)).sum();
        prop_assert_eq!(sum as usize, changes.rows.len());
        prop_assert_eq!(changes.all.all() as usize, changes.rows.len());
        let goals: u32 = changes.by_goal.iter().map(|(_, moves)| moves.changed()).sum();
        let indicators: u32 = changes.by_indicator.iter().map(|(_, moves)| moves.changed()).sum();
        prop_assert_eq!((goals, indicators), (changes.all.changed(), changes.all.changed()));
    }
}
