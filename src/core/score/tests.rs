//! Scores and ranks, checked against tables computed by hand, and properties that hold for any data.

mod explained;

use proptest::prelude::*;

use super::{
    Origin::{Framework, Set},
    *,
};
use crate::core::{
    groups, read,
    scale::{Better, NumberScale},
};

/// Two goals: levels (none 0, some ½, full 1) and yes/no; a number of which less is better, without bounds.
fn data(weights: (&str, &str), cards: &[(&str, &str)]) -> Dataset {
    let cards: Vec<String> = cards
        .iter()
        .map(|(country, cells)| {
            format!(r#"{{"framework":"f","country":"{country}","edition":"2010","assessments":{{{cells}}}}}"#)
        })
        .collect();
    let (law, plan) = weights;
    let text = format!(
        r#"{{"framework": {{"id": "f", "coverage_threshold": 0.6, "scales": {{
            "m": {{"kind": "levels", "levels": ["none", "some", "full"]}}, "y": {{"kind": "yes_no"}},
            "n": {{"kind": "number", "better": "lower"}}, "t": {{"kind": "text"}}}},
          "goals": [
            {{"id": "law", "weight": {law}, "indicators": [{{"id": "act", "scale": "m"}}, {{"id": "age", "scale": "n"}}]}},
            {{"id": "care", "indicators": [{{"id": "plan", "scale": "y", "weight": {plan}}}, {{"id": "line", "scale": "m"}},
                                            {{"id": "words", "scale": "t"}}]}}]}},
          "cards": [{}]}}"#,
        cards.join(",")
    );
    let data = read::from_texts("test", &[("cards.json", &text)]);
    // Numbers made at random may look like anything.
    assert!(data.problems.iter().all(|problem| problem.code == "looks-missing"), "{:?}", data.problems);
    data
}

const CARDS: [(&str, &str); 5] = [
    // law: act 1, age (20 − 15) / 10 = ½ → ¾; care: plan 0, line 1 → ½
    ("ALB", r#""act":"full","age":15,"plan":"no","line":"full","words":"x""#),
    // law: ½, age 1 → ¾; care: plan ½ (partial), line ½ → ½
    ("ARM", r#""act":"some","age":10,"plan":"partial","line":"some""#),
    // law: 0, age 0 → 0; care: plan 1, line not applicable → 1
    ("AZE", r#""act":"none","age":20,"plan":"yes","line":{"gap":"not-applicable"}"#),
    // 3 of 4 given; law: 1, age ½ → ¾; care: line 1 → 1
    ("BIH", r#""act":"full","age":15,"line":"full""#),
    // 2 of 4 given is less than 60 %
    ("BRA", r#""act":"full","age":10"#),
];

fn ranked(data: &Dataset, rules: &Rules, what: RankedBy) -> (Vec<String>, Vec<String>) {
    let edition = data.newest_edition().unwrap();
    let members: Vec<CountryId> = data.country_ids().collect();
    let scoring = Scoring::new(data, &members, edition, rules);
    let ranking = Ranking::of(&scoring, what).unwrap();
    let code = |id: CountryId| data.country(id).code.raw();
    let rows = ranking.rows.iter().map(|row| {
        let points = row.points.map_or_else(String::new, |points| format!(" {points:.2}"));
        format!(
            "{} {}{points} {}/{}",
            row.words(),
            code(row.country),
            row.coverage.given,
            row.coverage.denominator()
        )
    });
    let unranked = ranking.unranked.iter().map(|row| format!("{} {}", code(row.country), row.why.id()));
    (rows.collect(), unranked.collect())
}

#[test]
fn the_mean_of_goals_is_as_a_hand_reckons_it() {
    let data = data(("1", "1"), &CARDS);
    let rules = Rules::of(&data.framework);
    let (rows, unranked) = ranked(&data, &rules, RankedBy::Overall);
    assert_eq!(rows, ["1 BIH 87.50 3/4", "2= ALB 62.50 4/4", "2= ARM 62.50 4/4", "4 AZE 50.00 3/3"]);
    assert_eq!(unranked, ["BRA coverage"]);
}

#[test]
fn a_goal_is_ranked_alone_and_a_country_without_enough_of_it_is_not() {
    let data = data(("1", "1"), &CARDS);
    let rules = Rules::of(&data.framework);
    let goal = |at| RankedBy::Goal(GoalId(at));
    let (law, nobody) = ranked(&data, &rules, goal(0));
    assert_eq!(
        law,
        ["1 BRA 100.00 2/2", "2= ALB 75.00 2/2", "2= ARM 75.00 2/2", "2= BIH 75.00 2/2", "5 AZE 0.00 2/2"]
    );
    assert!(nobody.is_empty());
    let (care, unranked) = ranked(&data, &rules, goal(1));
    assert_eq!(care, ["1 AZE 100.00 1/1", "2= ALB 50.00 2/2", "2= ARM 50.00 2/2"]);
    assert_eq!(unranked, ["BIH coverage", "BRA coverage"]);
}

#[test]
fn the_lowest_is_first_where_lower_is_better_and_nothing_is_said_of_a_gap() {
    let cards = [&CARDS[..4], &[("BRA", r#""age":{"gap":"no-data"}"#)]].concat();
    let data = data(("1", "1"), &cards);
    let rules = Rules::of(&data.framework);
    let (rows, unranked) = ranked(&data, &rules, RankedBy::Indicator(IndicatorId(1)));
    assert_eq!(rows, ["1 ARM 1/1", "2= ALB 1/1", "2= BIH 1/1", "4 AZE 1/1"]);
    assert_eq!(unranked, ["BRA no-data"]);
    let members: Vec<CountryId> = data.country_ids().collect();
    let scoring = Scoring::new(&data, &members, data.newest_edition().unwrap(), &rules);
    assert_eq!(Ranking::of(&scoring, RankedBy::Indicator(IndicatorId(4))), Err(LeftOut::Unordered));
}

#[test]
fn what_a_goal_weighs_in_the_total_changes_nothing_in_its_own_score() {
    let data = data(("0", "1"), &CARDS);
    let rules = Rules::of(&data.framework);
    let law = RankedBy::Goal(data.framework.goal_named("law").unwrap());
    let (rows, unranked) = ranked(&data, &rules, law);
    assert_eq!(rows[..2], ["1 BRA 100.00 2/2", "2= ALB 75.00 2/2"]);
    assert_eq!((rows.len(), unranked.len()), (5, 0));
    // The overall score is that of the other goal.
    assert_eq!(ranked(&data, &rules, RankedBy::Overall).0[0], "1 AZE 100.00 1/1");
    let members: Vec<CountryId> = data.country_ids().collect();
    let scoring = Scoring::new(&data, &members, data.newest_edition().unwrap(), &rules);
    let of_law = |out: Vec<(IndicatorId, LeftOut)>| out.iter().filter(|(id, _)| id.0 < 2).count();
    assert_eq!(of_law(scoring.left_out().collect()), 2);
    assert_eq!(scoring.left_out_of(GoalId(0)).count(), 0);
}

#[test]
fn a_goal_and_an_indicator_of_the_same_id_are_told_apart() {
    let text = r#"{"framework":{"id":"f","scales":{"y":{"kind":"yes_no"}},"goals":[
        {"id":"care","title":"Care for all","indicators":[{"id":"care","scale":"y"},{"id":"plan","title":"The Plan","scale":"y"}]}]},
        "cards":[]}"#;
    let data = read::from_texts("test", &[("f.json", text)]);
    let framework = &data.framework;
    let named = |name: &str| Weighs::named(framework, name).map(|what| what.address(framework));
    for (name, wanted) in [
        ("care", "goal:care"),
        ("goal:care", "goal:care"),
        ("indicator:care", "indicator:care"),
        ("care for ALL", "goal:care"),
        ("the plan", "indicator:plan"),
        ("PLAN", "indicator:plan"),
    ] {
        assert_eq!(named(name).as_deref(), Some(wanted), "{name}");
    }
    assert_eq!((named("goal:plan"), named("")), (None, None));
    assert!(Weighs::is_shared(framework, "care") && !Weighs::is_shared(framework, "plan"));
}

#[test]
fn weights_move_scores_as_they_say() {
    let data = data(("3", "0"), &CARDS);
    let mut rules = Rules::of(&data.framework);
    // ALB: (3 × ¾ + 1 × 1) / 4; ARM: (3 × ¾ + ½) / 4; AZE: care has nothing that applies, so law alone.
    let (rows, unranked) = ranked(&data, &rules, RankedBy::Overall);
    assert_eq!(rows, ["1= ALB 81.25 3/3", "1= BIH 81.25 3/3", "3 ARM 68.75 3/3", "4 AZE 0.00 2/2"]);
    assert_eq!(unranked, ["BRA empty-goal"]);
    assert!(rules.weigh(&data.framework, "law", 1.0) && rules.weigh(&data.framework, "plan", 1.0));
    assert!(!rules.weigh(&data.framework, "no-such", 1.0) && rules.are_equal(&data.framework));
    let changed: Vec<(String, f64)> = rules
        .changed(&data.framework)
        .into_iter()
        .map(|(what, weight)| (what.address(&data.framework), weight))
        .collect();
    assert_eq!(changed, [("goal:law".to_owned(), 1.0), ("indicator:plan".to_owned(), 1.0)]);
    assert_eq!(ranked(&data, &rules, RankedBy::Overall).0[0], "1 BIH 87.50 3/4");
}

#[test]
fn the_geometric_mean_forgives_less_and_knows_no_zero() {
    let data = data(("1", "1"), &CARDS);
    let mut rules = Rules::of(&data.framework);
    rules.method = Method::Geometric;
    let (rows, _) = ranked(&data, &rules, RankedBy::Overall);
    // On 1–100: ALB law √(100 × 50.5) = 71.06, care √(1 × 100) = 10, together √(71.06 × 10) = 26.66.
    // ARM law √(50.5 × 100) = 71.06, care 50.5, together 59.91. AZE law 1, care 100, together 10.
    assert_eq!(rows, ["1 BIH 84.30 3/4", "2 ARM 59.91 4/4", "3 ALB 26.66 4/4", "4 AZE 10.00 3/3"]);
}

#[test]
fn numbers_are_normalised_between_the_frameworks_bounds_else_the_sets_and_it_says_which() {
    let number = |min, max| {
        Scale::number("n", NumberScale { better: Better::Higher, min, max, ..NumberScale::default() })
    };
    let between = |min, max| {
        let scale = number(min, max);
        let ends = scale.ends(|| vec![-5.0, 15.0])?;
        bounds(&scale, ends).map(|bounds| (bounds.min, bounds.max))
    };
    assert_eq!(between(None, None), Some(((-5.0, Set), (15.0, Set))));
    assert_eq!(between(Some(-10.0), None), Some(((-10.0, Framework), (15.0, Set))));
    assert_eq!(between(Some(0.0), Some(100.0)), Some(((0.0, Framework), (100.0, Framework))));
    assert_eq!(norm(&number(None, None), || vec![3.0, 3.0]), Norm::Out(LeftOut::NoSpread));
    assert_eq!(norm(&number(None, None), Vec::new), Norm::Out(LeftOut::NoSpread));
}

#[test]
fn who_has_no_card_is_unranked_and_says_so() {
    let data = data(("1", "1"), &[("ALB", ""), CARDS[1], CARDS[2]]);
    let mut rules = Rules::of(&data.framework);
    assert_eq!(ranked(&data, &rules, RankedBy::Overall).1, ["ALB coverage"]);
    rules.threshold = 0.0;
    assert_eq!(ranked(&data, &rules, RankedBy::Overall).1, ["ALB coverage"], "a score of nothing is none");
}

/// A cell of the first goal's levels and of the number, or a gap.
fn cells() -> impl Strategy<Value = Vec<(usize, usize, Option<i8>)>> {
    proptest::collection::vec((0..5_usize, 0..4_usize, proptest::option::of(any::<i8>())), 2..7)
}

fn any_data(cells: &[(usize, usize, Option<i8>)]) -> Dataset {
    const CODES: [&str; 6] = ["ALB", "ARM", "AZE", "BIH", "BRA", "CHL"];
    let level = ["\"none\"", "\"some\"", "\"full\"", r#"{"gap":"no-data"}"#, r#"{"gap":"not-applicable"}"#];
    let yes = ["\"no\"", "\"yes\"", r#"{"gap":"no-data"}"#, r#"{"gap":"not-applicable"}"#];
    let card = |(act, plan, age): &(usize, usize, Option<i8>)| {
        let age = age.map_or_else(|| "null".to_owned(), |age| age.to_string());
        format!(r#""act":{},"plan":{},"age":{age},"line":{}"#, level[*act], yes[*plan], level[4 - *act])
    };
    let words: Vec<String> = cells.iter().map(card).collect();
    let cards: Vec<(&str, &str)> =
        CODES.iter().zip(&words).map(|(code, words)| (*code, words.as_str())).collect();
    data(("2", "3"), &cards)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn everybody_is_ranked_or_says_why_and_ranks_are_competition_ranks(cells in cells(), geometric: bool) {
        let data = any_data(&cells);
        let mut rules = Rules::of(&data.framework);
        rules.method = if geometric { Method::Geometric } else { Method::Arithmetic };
        let members = groups::members(&data, &groups::everyone(&data), EditionId(0));
        let scoring = Scoring::new(&data, &members, EditionId(0), &rules);
        for what in [RankedBy::Overall, RankedBy::Goal(GoalId(0)), RankedBy::Indicator(IndicatorId(0))] {
            let ranking = Ranking::of(&scoring, what).unwrap();
            prop_assert_eq!(ranking.rows.len() + ranking.unranked.len(), members.len());
            for row in &ranking.rows {
                let ahead = ranking.rows.iter().filter(|other| other.rank < row.rank).count();
                prop_assert_eq!(row.rank as usize, ahead + 1);
                let same = ranking.rows.iter().filter(|other| other.rank == row.rank).count();
                prop_assert_eq!(row.tied, same > 1);
                let share = f64::from(row.coverage.given) / f64::from(row.coverage.denominator());
                prop_assert!(matches!(what, RankedBy::Indicator(_)) || share >= rules.threshold - 1e-9);
                prop_assert!(row.points.is_none_or(|points| (-1e-9..=100.0 + 1e-9).contains(&points)));
            }
            prop_assert!(ranking.rows.is_sorted_by(|a, b| a.points >= b.points
                || (a.points.unwrap() - b.points.unwrap()).abs() < 1e-9));
            prop_assert!(ranking.unranked.iter().all(|row| what != RankedBy::Overall
                || row.why != Why::Coverage
                || f64::from(row.coverage.given) < rules.threshold * f64::from(row.coverage.denominator())));
        }
    }

    #[test]
    fn twice_all_weights_change_nothing(cells in cells()) {
        let data = any_data(&cells);
        let (rules, mut twice) = (Rules::of(&data.framework), Rules::of(&data.framework));
        for goal in data.framework.goal_ids() {
            twice.weigh_goal(goal, rules.goal(goal) * 2.0);
        }
        for indicator in data.framework.indicator_ids() {
            twice.weigh_indicator(indicator, rules.indicator(indicator) * 2.0);
        }
        prop_assert_eq!(ranked(&data, &rules, RankedBy::Overall), ranked(&data, &twice, RankedBy::Overall));
    }

    /// A better answer of a country never costs it points.
    #[test]
    fn a_better_answer_is_never_worse(cells in cells(), geometric: bool) {
        let mut better = cells.clone();
        better[0].0 = if cells[0].0 < 2 { cells[0].0 + 1 } else { cells[0].0 };
        let points = |cells: &[(usize, usize, Option<i8>)]| {
            let data = any_data(cells);
            let mut rules = Rules::of(&data.framework);
            // "line" of the second goal is the mirror of "act" in the first: it gets weight 0 so that only "act"
            // counts.
            rules.weigh(&data.framework, "line", 0.0);
            rules.method = if geometric { Method::Geometric } else { Method::Arithmetic };
            let members: Vec<CountryId> = data.country_ids().collect();
            Scoring::new(&data, &members, EditionId(0), &rules).overall(CountryId(0)).points
        };
        if let (Ok(before), Ok(after)) = (points(&cells), points(&better)) {
            prop_assert!(after >= before - 1e-9, "{before} {after}");
        }
    }
}
