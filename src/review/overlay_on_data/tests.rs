//! Tests a book over cards that change later.

use super::*;
use crate::{
    core::read,
    review::record::{Act, FlagKind, Id, Record},
    text::Raw,
};

fn cards(assessments: &str) -> Dataset {
    let text = format!(
        r#"{{"framework": {{"id": "f", "scales": {{"m": {{"kind": "levels", "levels": ["none", "some", "full"]}}}},
            "goals": [{{"id": "g", "title": "G", "indicators": [
                {{"id": "plan", "title": "Plan", "scale": "m"}},
                {{"id": "opsc", "title": "OPSC", "scale": "m"}},
                {{"id": "line", "title": "Line", "scale": "m"}}]}}]}},
          "cards": [{{"framework": "f", "country": "ALB", "edition": "2022", "assessments": {{{assessments}}}}}]}}"#
    );
    read::from_texts("test", &[("cards.json", &text)])
}

fn cell(data: &Dataset, indicator: &str) -> (CountryId, EditionId, IndicatorId) {
    let indicator = data.framework.find_indicator(indicator).unwrap();
    (data.find_country("ALB").unwrap(), data.newest_edition().unwrap(), indicator)
}

fn review(data: &Dataset, acts: Vec<Act>) -> Book {
    let record = |(number, act)| Record {
        id: Id::new("ana.0", number),
        lamport: number,
        time: "2026-11-24T02:00:00Z".into(),
        author: Raw::from_static("ana"),
        act,
        over: vec![],
    };
    assert!(data.card_count() > 0);
    Book::of((1..).zip(acts).map(record))
}

fn reviewed(data: &Dataset, indicator: &str) -> Act {
    let (c, e, i) = cell(data, indicator);
    Act::Review { on: Target::of(data, TargetIds::Cell(c, e, i)), seen: fingerprint(data, c, e, i) }
}

fn state(review: &Review, data: &Dataset, indicator: &str) -> ReviewState {
    let (c, e, i) = cell(data, indicator);
    review.cell(c, e, i).state
}

#[test]
fn a_cell_whose_words_change_is_changed_since_review_and_one_whose_layout_changes_is_not() {
    let before = cards(r#""plan": {"level": "some", "note": "adopted"}, "opsc": "full""#);
    let acts = ["plan", "opsc", "line"].map(|id| reviewed(&before, id)).to_vec();
    let book = review(&before, acts);
    let review = Review::over(book.clone(), Reviewer::default(), &before);
    assert!(["plan", "opsc", "line"].iter().all(|id| state(&review, &before, id) == ReviewState::Reviewed));

    let after = cards(
        "\n \"opsc\" : { \"level\":\"full\" }, \"line\": \"none\",\n \"plan\": {\"note\": \"repealed\", \"level\": \"some\"}",
    );
    let review = Review::over(book, Reviewer::default(), &after);
    assert_eq!(state(&review, &after, "opsc"), ReviewState::Reviewed);
    assert_eq!(state(&review, &after, "plan"), ReviewState::Changed, "the note is another");
    assert_eq!(state(&review, &after, "line"), ReviewState::Changed, "a gap became a value");
    let progress = review.progress(&after, &[cell(&after, "plan").0], cell(&after, "plan").1);
    assert_eq!(progress, ReviewProgress { reviewed: 1, changed: 2, of: 3 });
}

#[test]
fn an_assigned_gap_stands_beside_a_silence_and_never_over_a_value() {
    let data = cards(r#""plan": "some", "opsc": null"#);
    let assign = |id: &str, gap| {
        let (c, e, i) = cell(&data, id);
        Act::Assign { on: Target::of(&data, TargetIds::Cell(c, e, i)), gap: Some(gap), seen: 0 }
    };
    let acts = vec![
        assign("plan", Gap::NoData),
        assign("opsc", Gap::Withheld),
        assign("line", Gap::NoData),
        assign("line", Gap::NotApplicable),
    ];
    let review = Review::over(review(&data, acts), Reviewer::default(), &data);
    let at = |id: &str| {
        let (c, e, i) = cell(&data, id);
        review.cell(c, e, i)
    };
    assert_eq!((at("plan").assigned, at("opsc").assigned), (None, Some(Gap::Withheld)));
    assert_eq!((at("line").assigned, at("line").has_conflict), (None, true), "two reviewers differ");
}

#[test]
fn flags_on_a_card_an_indicator_and_a_country_that_is_gone_are_counted_where_they_belong() {
    let data = cards(r#""plan": "some""#);
    let (c, e, i) = cell(&data, "plan");
    let flag = |on| Act::Flag { on, kind: FlagKind::Question, note: Raw::default() };
    let gone = Target { country: Some("BRA".into()), edition: "2022".into(), indicator: None };
    let places = [TargetIds::Cell(c, e, i), TargetIds::Country(c, e), TargetIds::Indicator(i, e)];
    let acts = places.iter().map(|place| flag(Target::of(&data, *place))).chain([flag(gone.clone())]);
    let review = Review::over(review(&data, acts.collect()), Reviewer::default(), &data);
    assert_eq!(
        (review.cell(c, e, i).open, review.flags_of_row(c, e), review.flags_of_column(i, e)),
        (1, 1, 1)
    );
    assert_eq!((review.flags_of_card(c, e), review.open_flags(&[c], e)), (2, 3));
    assert!(Review::is_elsewhere(&gone, &data));
    assert_eq!(review.book.flags().len(), 4, "nothing is lost");
}
