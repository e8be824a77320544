//! What filters say of countries, and what is said of texts that are none.

use proptest::prelude::*;

use super::*;
use crate::core::{findings::own, read};

const CARDS: &str = r#"{"framework":{"id":"f","scales":{"yn":{"kind":"yes_no"},"n":{"kind":"number","unit":"%"},"d":{"kind":"date"},"t":{"kind":"text"},
       "tier":{"kind":"levels","levels":[{"id":"tier-3","label":"Tier 3"},{"id":"tier-2","label":"Tier 2"},{"id":"tier-1","label":"Tier 1"}]}},
      "goals":[{"id":"g","indicators":[{"id":"opsc","scale":"yn"},{"id":"Share","scale":"n"},{"id":"tip tier","scale":"tier"},
        {"id":"since","scale":"d"},{"id":"words","scale":"t"}]}]},
     "cards":[
      {"country":"ALB","edition":"2010","assessments":{"opsc":"no","Share":19.5,"tip tier":"tier-3","since":"2009","words":"x"}},
      {"country":"DNK","edition":"2010","assessments":{"opsc":"partial","Share":"<20","tip tier":"tier-2","since":"2010-05","words":"x"}},
      {"country":"FIN","edition":"2010","assessments":{"opsc":"yes","Share":30,"tip tier":"tier-1","since":"2011-03-04"}},
      {"country":"IRL","edition":"2010","assessments":{"opsc":{"gap":"no-data"},"Share":{"gap":"not-applicable"},"tip tier":{"gap":"withheld"}}},
      {"country":"SWE","edition":"2009","assessments":{"opsc":"no"}}]}"#;

fn data() -> Dataset {
    let data = read::from_texts("d", &[("x.json", CARDS)]);
    assert_eq!(data.problems, []);
    data
}

/// The codes that a filter finds, and how many it cannot judge.
fn found(data: &Dataset, text: &str) -> (String, usize) {
    let filter = AnswerFilter::parse(text, &data.framework).unwrap_or_else(|why| panic!("{text}: {why}"));
    let all: Vec<CountryId> = data.country_ids().collect();
    let filtered = filter.select(data, &all, data.newest_edition().unwrap());
    let codes: Vec<&str> = filtered.ids.iter().map(|id| data.country(*id).code.raw()).collect();
    (codes.join(" "), filtered.unjudged)
}

#[test]
fn a_question_finds_who_answers_so_and_tells_whom_it_cannot_judge() {
    let data = data();
    for (text, codes, unjudged) in [
        ("", "ALB DNK FIN IRL SWE", 0),
        ("opsc=no", "ALB", 2),
        ("OPSC=No", "ALB", 2),
        ("opsc != no", "DNK FIN", 2),
        ("!opsc=no", "DNK FIN", 2),
        ("!opsc!=no", "ALB", 2),
        ("opsc<yes", "ALB DNK", 2),
        ("opsc>=partial", "DNK FIN", 2),
        ("share<20", "ALB DNK", 2),
        ("share<20%", "ALB DNK", 2),
        // Less than 20 may be 19.5 or not, and is at most 20, and not 20 or more.
        ("share=19.5", "ALB", 3),
        ("share!=19.5", "FIN", 3),
        ("share>19", "ALB FIN", 3),
        ("share>=20", "FIN", 2),
        ("share<=20", "ALB DNK", 2),
        ("\"tip tier\"=tier-2", "DNK", 2),
        ("\"tip tier\">=\"tier 2\"", "DNK FIN", 2),
        ("\"tip tier\" < tier-2", "ALB", 2),
        ("since=2010", "DNK", 2),
        ("since<2010-05-10", "ALB", 3),
        ("since<=2010", "ALB DNK", 2),
        ("since>2010", "FIN", 2),
        ("gap(opsc)", "IRL SWE", 0),
        ("gap( opsc , no-data )", "IRL", 0),
        ("gap(opsc,no-card)", "SWE", 0),
        ("!gap(opsc)", "ALB DNK FIN", 0),
        ("gap(any,withheld)", "IRL", 0),
        ("GAP(any)", "FIN IRL SWE", 0),
        ("!gap(any)", "ALB DNK", 0),
        // What is not applicable is missing only where it is asked for.
        ("gap(share)", "SWE", 0),
        ("gap(share,not-applicable)", "IRL", 0),
        // One "no" decides, whatever the other question cannot judge.
        ("opsc=no share<20", "ALB", 2),
        ("opsc=no gap(words)", "", 2),
        ("opsc=no !gap(words)", "ALB", 0),
        ("opsc!=no finland", "FIN", 0),
        ("!ireland opsc=no", "ALB", 1),
        ("finland", "FIN", 0),
        ("\"finland", "FIN", 0),
    ] {
        assert_eq!(found(&data, text), (codes.to_owned(), unjudged), "{text}");
    }
}

#[test]
fn a_text_that_is_no_filter_is_told_with_its_place_and_what_is_expected() {
    let data = data();
    for (text, character, words) in [
        ("opsc=", 6, "expected a level: no, partial or yes, found the end"),
        ("alb opsc<", 10, "expected a level, worst first: no, partial or yes, found the end"),
        ("opsc=yess", 6, "expected a level: no, partial or yes, found \"yess\"; did you mean yes?"),
        ("\"tip tier\">=2", 13, "expected a level, worst first: tier-3, tier-2 or tier-1, found \"2\""),
        ("opcs=no", 1, "expected the id of an indicator, found \"opcs\"; did you mean opsc?"),
        ("share<many", 7, "expected a number, found \"many\""),
        ("share<inf", 7, "expected a number, found \"inf\""),
        ("since>May", 7, "expected a date such as 2010 or 2010-07-01, found \"May\""),
        ("words=x", 7, "expected gap(words) or !gap(words), because its answers are texts, found \"x\""),
        ("=no", 1, "expected an indicator before the sign, such as opsc, found \"=no\""),
        ("!", 2, "expected a question such as opsc=no, or a name, found the end"),
        ("opsc!", 5, "expected =, !=, <, <=, > or >=, found \"!\""),
        ("gap(", 5, "expected an indicator or any, such as opsc, found the end"),
        ("gap(opsc", 9, "expected ) or a comma and a reason, found the end"),
        ("gap(opsc no-data)", 10, "expected ) or a comma and a reason, found \"no-data)\""),
        (
            "gap(any,nodata)",
            9,
            "expected a reason: no-card, absent, empty, not-assessed, no-data, not-applicable, withheld or unreadable, \
             found \"nodata\"; did you mean no-data?",
        ),
        ("\"tip tier\"=\"tier 2", 19, "expected a closing quote, found the end"),
    ] {
        let fault = AnswerFilter::parse(text, &data.framework).unwrap_err();
        assert_eq!((fault.character, fault.to_string()), (character, words.to_owned()), "{text}");
        assert_eq!(fault.is_unfinished, words.ends_with("the end"), "{text}");
    }
}

#[test]
fn the_question_of_an_answer_finds_as_many_as_gave_it() {
    let data = data();
    let (all, edition) = (data.country_ids().collect::<Vec<_>>(), data.newest_edition().unwrap());
    for indicator in data.framework.indicator_ids() {
        for answer in own::answers(&data, &all, edition, indicator) {
            let text = question_text(&data, indicator, &answer.asks);
            let filter = AnswerFilter::parse(&text, &data.framework).unwrap();
            let exact = filter.select(&data, &all, edition).ids.into_iter();
            // The count of an answer does not know of bounds that satisfy the question.
            let exact = exact
                .filter(|id| !matches!(data.cell(*id, edition, indicator).state, Ok(Value::Interval(_))));
            assert_eq!(exact.count(), answer.count as usize, "{text}");
        }
    }
}

proptest! {
    #[test]
    fn a_gap_satisfies_neither_a_question_nor_its_negation(
        indicator in 0_usize..4, sign in "=|!=|<|<=|>|>=", answer in 0_usize..3,
    ) {
        let data = data();
        let edition = data.newest_edition().unwrap();
        let id = ["opsc", "share", "\"tip tier\"", "since"][indicator];
        let answers = [["no", "partial", "yes"], ["19", "20", "30"], ["tier-3", "tier-2", "tier-1"], ["2009", "2010-05-02", "2012"]];
        let question = format!("{id}{sign}{}", answers[indicator][answer]);
        let judge = |text: &str| {
            let filter = AnswerFilter::parse(text, &data.framework).unwrap();
            data.country_ids().map(|country| filter.judge(&data, country, edition)).collect::<Vec<_>>()
        };
        let (yes, no) = (judge(&question), judge(&format!("!{question}")));
        for (country, (yes, no)) in data.country_ids().zip(yes.iter().zip(&no)) {
            let indicator = data.framework.indicator_named(id.trim_matches('"')).unwrap();
            if !data.cell(country, edition, indicator).is_given() {
                prop_assert_eq!((*yes, *no), (Judgement::CannotJudge, Judgement::CannotJudge));
            }
            prop_assert_eq!(*no, yes.not());
        }
        let many = |of: &[Judgement], wanted| of.iter().filter(|judgement| **judgement == wanted).count();
        let unjudged = many(&yes, Judgement::CannotJudge);
        prop_assert_eq!(many(&yes, Judgement::Yes) + many(&no, Judgement::Yes) + unjudged, data.countries().len());
        prop_assert_eq!(found(&data, &question).1, unjudged);
    }

    #[test]
    fn no_text_is_too_odd_to_be_read(text in "[a-z<>=!\"(), é]{0,24}|gap\\(.{0,9}") {
        let data = data();
        if let Err(fault) = AnswerFilter::parse(&text, &data.framework) {
            prop_assert!(fault.character <= text.chars().count() + 1);
        }
    }
}
