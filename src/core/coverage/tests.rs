//! Counts over a small matrix, checked against values computed by hand.

use super::*;
use crate::core::read;

/// `plan` and `line` in goal g, `law` in goal h, over two editions.
fn data() -> Dataset {
    let text = r#"{"framework": {"id": "f", "outdated_after_years": 3, "scales": {"m": {"kind": "levels", "levels": ["none", "full"]}},
            "goals": [{"id": "g", "title": "G", "indicators": [
                {"id": "plan", "title": "Plan", "scale": "m"}, {"id": "line", "title": "Line", "scale": "m"}]},
              {"id": "h", "title": "H", "indicators": [{"id": "law", "title": "Law", "scale": "m"}]}]},
          "cards": [
            {"framework": "f", "country": "ALB", "edition": "2021", "assessments": {"plan": "none", "line": "full", "law": "full"}},
            {"framework": "f", "country": "ALB", "edition": "2022", "assessments":
                {"plan": {"level": "none", "sources": ["x"]}, "line": {"gap": "no-data"}}},
            {"framework": "f", "country": "ARM", "edition": "2022", "assessments":
                {"plan": null, "line": {"gap": "not-applicable"}, "law": "full"}}]}"#;
    read::from_texts("test", &[("cards.json", text)])
}

fn question(data: &Dataset) -> Question {
    Question::of_edition(data.country_ids().collect(), data.newest_edition().unwrap())
}

fn ids(data: &Dataset, coverage: &Coverage) -> (Vec<String>, Vec<String>) {
    let rows = coverage.rows.iter().map(|row| data.country(row.country).code.raw().to_owned());
    let columns =
        coverage.columns.iter().map(|column| data.framework.indicator(column.indicator).id.to_string());
    (rows.collect(), columns.collect())
}

#[test]
fn totals_are_those_of_the_cells_and_not_applicable_leaves_them() {
    let data = data();
    let coverage = Coverage::of(&data, &question(&data), &AssignedGaps::default());
    assert_eq!(coverage.all, Counts { given: 2, missing: 3, not_applicable: 1 });
    let rows: Vec<Counts> = coverage.rows.iter().map(|row| row.counts).collect();
    assert_eq!(rows[0], Counts { given: 1, missing: 2, not_applicable: 0 });
    assert_eq!(rows[1], Counts { given: 1, missing: 1, not_applicable: 1 });
    let columns: Vec<u32> = coverage.columns.iter().map(|column| column.counts.missing).collect();
    assert_eq!(columns, [1, 1, 1]);
    assert_eq!(coverage.goals[0].1, Counts { given: 1, missing: 2, not_applicable: 1 });
    let reasons: Vec<(Gap, u32)> = coverage.reasons.clone().into_iter().collect();
    assert_eq!(reasons, [(Gap::Absent, 1), (Gap::Empty, 1), (Gap::NoData, 1), (Gap::NotApplicable, 1)]);
    assert_eq!(coverage.marks[0], (Marks::UNSOURCED, 1));
}

#[test]
fn rows_and_columns_are_sorted_by_what_the_filter_keeps_and_goals_stay_together() {
    let data = data();
    let sorted = |rows, columns, filter: &str| {
        let filter = CoverageFilter::from_id(filter).unwrap_or_default();
        let question = Question { filter, rows, columns, ..question(&data) };
        let coverage = Coverage::of(&data, &question, &AssignedGaps::default());
        let (rows, columns) = ids(&data, &coverage);
        (rows.join(" "), columns.join(" "), coverage.hits)
    };
    assert_eq!(
        sorted(CoverageSort::Natural, CoverageSort::Natural, ""),
        ("ALB ARM".into(), "plan line law".into(), 3)
    );
    assert_eq!(sorted(CoverageSort::FewestGaps, CoverageSort::Natural, "").0, "ARM ALB");
    assert_eq!(
        sorted(CoverageSort::MostGaps, CoverageSort::MostGaps, "no-data"),
        ("ALB ARM".into(), "line plan law".into(), 1)
    );
    assert_eq!(
        sorted(CoverageSort::MostGaps, CoverageSort::Natural, "empty"),
        ("ARM ALB".into(), "plan line law".into(), 1)
    );
    assert_eq!(
        sorted(CoverageSort::MostGaps, CoverageSort::Natural, "unsourced"),
        ("ARM ALB".into(), "plan line law".into(), 1)
    );
    let question = Question { rows: CoverageSort::FewestGaps, ..question(&data) };
    let coverage = Coverage::of(&data, &question, &AssignedGaps::default());
    assert!(coverage.cell(0, 2).is_given() && coverage.cell(1, 2).is_missing(), "cells move with their rows");
}

#[test]
fn an_assigned_reason_counts_only_when_asked_for_and_never_over_what_the_card_says() {
    let data = data();
    let edition = data.newest_edition().unwrap();
    let place = |code: &str, id: &str| {
        (data.find_country(code).unwrap(), edition, data.framework.find_indicator(id).unwrap())
    };
    let assigned: AssignedGaps = [
        (place("ARM", "plan"), Gap::NotApplicable),
        (place("ARM", "law"), Gap::Withheld),
        (place("ALB", "line"), Gap::Withheld),
    ]
    .into_iter()
    .collect();
    let count =
        |as_assigned| Coverage::of(&data, &Question { as_assigned, ..question(&data) }, &assigned).all;
    assert_eq!(count(false), Counts { given: 2, missing: 3, not_applicable: 1 });
    assert_eq!(
        count(true),
        Counts { given: 2, missing: 2, not_applicable: 2 },
        "only ARM's blank plan moves"
    );
}

#[test]
fn one_countrys_editions_show_what_disappeared() {
    let data = data();
    let country = data.find_country("ALB").unwrap();
    let question = Question { axis: Axis::Editions { country }, ..question(&data) };
    let coverage = Coverage::of(&data, &question, &AssignedGaps::default());
    assert_eq!(coverage.rows.len(), 2);
    let gone: Vec<bool> = (0..3).map(|column| coverage.is_gone(1, column)).collect();
    assert_eq!((gone, coverage.rows[1].gone, coverage.rows[0].gone), (vec![false, true, true], 2, 0));
}
