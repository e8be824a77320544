//! Explained scores: the parts make the whole, and the range of ranks is what a slower way finds.

use super::*;
use crate::core::{cell::Marks, dataset::EditionId, framework::GoalId};

fn explained(data: &Dataset, rules: &Rules, code: &str) -> Explained {
    let members: Vec<CountryId> = data.country_ids().collect();
    let scoring = Scoring::new(data, &members, data.newest_edition().unwrap(), rules);
    Explained::of(&scoring, RankedBy::Overall, data.find_country(code).unwrap()).unwrap()
}

fn range(data: &Dataset, rules: &Rules, code: &str) -> Option<RankRange> {
    let members: Vec<CountryId> = data.country_ids().collect();
    let scoring = Scoring::new(data, &members, data.newest_edition().unwrap(), rules);
    let ranking = Ranking::of(&scoring, RankedBy::Overall).unwrap();
    Robustness::of(&scoring, &ranking).range(data.find_country(code).unwrap())
}

#[test]
fn a_sum_names_what_is_in_it_and_what_is_not_and_why() {
    let data = data(("1", "1"), &CARDS);
    let rules = Rules::of(&data.framework);
    let azerbaijan = explained(&data, &rules, "AZE");
    let care = &azerbaijan.goals[1];
    assert_eq!((care.mean, care.cells.len(), care.cells[0].share), (Some(100.0), 1, 1.0));
    let why: Vec<&str> = care.left_out.iter().map(|(_, why)| why.id()).collect();
    assert_eq!(why, ["not-applicable", "unordered"]);
    let cautions = azerbaijan.cautions(&rules);
    assert!(matches!(cautions[1], ScoreCaution::HeavyCell { share: 1.0, cells: 1, .. }), "{cautions:?}");
    let firmness = Firmness::of(&azerbaijan, &rules);
    assert_eq!(
        (firmness.count_words().as_str(), firmness.reason_words().as_str()),
        ("3 of 3", "3 unsourced")
    );
    let bosnia = Firmness::of(&explained(&data, &rules, "BIH"), &rules);
    assert_eq!((bosnia.count_words().as_str(), bosnia.share), ("3 of 4", 0.75));
    assert_eq!(bosnia.reason_words(), "1 gap; 3 unsourced");
}

#[test]
fn a_cell_that_is_doubted_twice_is_counted_once() {
    let age = r#""act":"full","plan":"no","line":"full","age":{"value":15,"marks":["disputed","estimated"]}"#;
    let data = data(("1", "1"), &[("ALB", age), CARDS[1]]);
    let rules = Rules::of(&data.framework);
    let of = explained(&data, &rules, "ALB");
    assert!(of.goals[0].cells[1].cell.marks.contains(Marks::DISPUTED | Marks::ESTIMATED));
    let firmness = Firmness::of(&of, &rules);
    assert_eq!(firmness.count_words(), "3 of 4");
    assert!(firmness.reason_words().starts_with("1 disputed"), "{}", firmness.reason_words());
}

#[test]
fn few_that_apply_are_told_apart_from_few_that_are_given() {
    let mut rules = Rules::of(&data(("1", "1"), &CARDS).framework);
    rules.threshold = 0.8;
    let counts = |given, missing, not_applicable| Counts { given, missing, not_applicable };
    assert!(rules.rests_on_few(counts(7, 0, 3)) && rules.rests_on_few(counts(7, 1, 3)));
    assert!(!rules.rests_on_few(counts(8, 0, 2)) && !rules.rests_on_few(counts(0, 0, 3)));
    assert!(!rules.rests_on_few(counts(7, 3, 0)), "that is no score at all");
}

#[test]
fn those_that_are_tied_stand_on_all_places_of_their_tie() {
    let same = r#""act":"full","age":15,"plan":"yes","line":"full""#;
    let worse = r#""act":"none","age":20,"plan":"no","line":"none""#;
    let data = data(("1", "1"), &[("ALB", same), ("ARM", same), ("AZE", same), ("BIH", worse)]);
    let rules = Rules::of(&data.framework);
    let found = range(&data, &rules, "ARM").unwrap();
    assert_eq!(
        (found.now.words(), found.union.words(), found.largest),
        ("1st–3rd".into(), "1st–3rd".into(), None)
    );
    // Four indicators that are scored, the other mean, and two goals twice.
    assert_eq!(found.runs, 9);
    assert_eq!(range(&data, &rules, "BIH").unwrap().union.words(), "4th");
}

#[test]
fn the_only_indicator_of_a_goal_takes_its_goal_with_it() {
    let mut rules = Rules::of(&data(("1", "1"), &CARDS).framework);
    let data = data(("1", "1"), &CARDS);
    rules.weigh(&data.framework, "line", 0.0);
    rules.weigh(&data.framework, "age", 0.0);
    // Law is act alone (1, ½, 0), care is plan alone (0, ½, 1): all are tied at 50, until one of them is left out.
    let found = range(&data, &rules, "ALB").unwrap();
    assert_eq!((found.now.words().as_str(), found.union.words().as_str()), ("1st–3rd", "1st–3rd"));
    let (change, places) = found.largest.unwrap();
    assert_eq!((change, places.words().as_str()), (Variation::Without(IndicatorId(0)), "3rd"));
    assert_eq!(range(&data, &rules, "BRA"), None);
}

/// The places of every country that is ranked now, by rules that are changed and computed from the start.
fn slowly(data: &Dataset, rules: &Rules, ranked: &[CountryId]) -> Vec<Option<(usize, usize)>> {
    let members: Vec<CountryId> = data.country_ids().collect();
    let mut rules = rules.clone();
    rules.threshold = 0.0;
    let scoring = Scoring::new(data, &members, EditionId(0), &rules);
    let points: Vec<Option<f64>> = ranked.iter().map(|id| scoring.overall(*id).points.ok()).collect();
    let place = |of: &Option<f64>| {
        let of = (*of)?;
        let others = points.iter().flatten();
        let ahead = others.clone().filter(|other| **other > of + 1e-9).count();
        Some((ahead + 1, others.filter(|other| **other > of - 1e-9).count()))
    };
    points.iter().map(place).collect()
}

/// The rules after each single change.
fn changes(data: &Dataset, rules: &Rules) -> Vec<Rules> {
    let members: Vec<CountryId> = data.country_ids().collect();
    let scoring = Scoring::new(data, &members, EditionId(0), rules);
    let out: Vec<IndicatorId> = scoring.left_out().map(|(id, _)| id).collect();
    let mut other = rules.clone();
    other.method = rules.method.other();
    let mut all = vec![other];
    for id in data.framework.indicator_ids().filter(|id| !out.contains(id)) {
        let mut without = rules.clone();
        without.weigh_indicator(id, 0.0);
        all.push(without);
    }
    for (goal, factor) in data.framework.goal_ids().flat_map(|goal| FACTORS.map(|factor| (goal, factor))) {
        let mut weighed = rules.clone();
        weighed.weigh_goal(goal, rules.goal(goal) * factor);
        all.push(weighed);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_parts_of_a_sum_make_the_score(cells in cells(), geometric: bool) {
        let data = any_data(&cells);
        let mut rules = Rules::of(&data.framework);
        rules.method = if geometric { Method::Geometric } else { Method::Arithmetic };
        let members: Vec<CountryId> = data.country_ids().collect();
        let scoring = Scoring::new(&data, &members, EditionId(0), &rules);
        for country in data.country_ids() {
            let sum = Explained::of(&scoring, RankedBy::Overall, country).unwrap();
            prop_assert_eq!(sum.score, scoring.overall(country));
            let mut total = 0.0;
            let lower = |points: f64| if geometric { points.ln() } else { points };
            for goal in &sum.goals {
                prop_assert_eq!(goal.cells.len() + goal.left_out.len(), data.framework.indicators_of(goal.goal).count());
                let parts: f64 = goal.cells.iter().map(|cell| cell.share * lower(cell.points(rules.method))).sum();
                if let Some(mean) = goal.mean {
                    prop_assert!((parts - lower(mean)).abs() < 1e-9);
                    total += goal.share * lower(mean);
                }
                let own = Explained::of(&scoring, RankedBy::Goal(goal.goal), country).unwrap();
                prop_assert_eq!(own.score, scoring.goal(country, goal.goal));
                prop_assert!(own.score.points.is_err() || own.goals[0].mean == own.score.points.ok());
            }
            if let Ok(points) = sum.score.points {
                prop_assert!((total - lower(points)).abs() < 1e-9);
            }
            let firmness = Firmness::of(&sum, &rules);
            let doubtful: u32 = firmness.doubtful.iter().map(|(_, cells)| cells).sum();
            prop_assert_eq!(firmness.firm + firmness.gaps + doubtful, firmness.of);
            prop_assert!((0.0..=1.0 + 1e-9).contains(&firmness.share));
        }
    }

    #[test]
    fn the_range_of_ranks_is_that_of_a_slower_way(cells in cells(), geometric: bool, law in 1..4_u8) {
        let data = any_data(&cells);
        let mut rules = Rules::of(&data.framework);
        rules.method = if geometric { Method::Geometric } else { Method::Arithmetic };
        rules.weigh_goal(GoalId(0), f64::from(law));
        let members: Vec<CountryId> = data.country_ids().collect();
        let scoring = Scoring::new(&data, &members, EditionId(0), &rules);
        let ranking = Ranking::of(&scoring, RankedBy::Overall).unwrap();
        let robustness = Robustness::of(&scoring, &ranking);
        let ranked: Vec<CountryId> = ranking.rows.iter().map(|row| row.country).collect();
        let now = slowly(&data, &rules, &ranked);
        let runs: Vec<Vec<_>> = changes(&data, &rules).iter().map(|rules| slowly(&data, rules, &ranked)).collect();
        let runs: Vec<Vec<_>> = runs.into_iter().filter(|run| run.iter().any(Option::is_some)).collect();
        for (at, row) in ranking.rows.iter().enumerate() {
            let found = robustness.range(row.country).unwrap();
            let places = |of: RankPlaces| (of.best as usize, of.worst as usize);
            prop_assert_eq!(Some(places(found.now)), now[at]);
            prop_assert_eq!(found.now.best, row.rank);
            prop_assert!(found.union.best <= row.rank && row.rank <= found.union.worst);
            prop_assert_eq!(found.runs, runs.len());
            let all = runs.iter().filter_map(|run| run[at]).chain(now[at]);
            let (best, worst): (Vec<usize>, Vec<usize>) = all.unzip();
            let union = (*best.iter().min().unwrap(), *worst.iter().max().unwrap());
            prop_assert_eq!(places(found.union), union);
            prop_assert_eq!(found.without_rank, runs.iter().filter(|run| run[at].is_none()).count());
            prop_assert_eq!(found.largest.is_some(), runs.iter().any(|run| run[at].is_some_and(|of| Some(of) != now[at])));
        }
        prop_assert!(ranking.unranked.iter().all(|row| robustness.range(row.country).is_none()));
    }
}
