//! For any condition of a finding: either a fault is told and there is no figure, or the count is that of the cells.

use serde_json::{Value, json};

use visavis::core::{
    dataset::{CountryId, Dataset},
    findings::Findings,
    groups,
    read::from_texts,
    report::{FindingsReport, Report as _},
    severity::Severity,
};

use super::damage::Random;

const INDICATORS: [&str; 6] = ["l", "m", "n", "o", "t", "u"];

/// What a cell says: its value as a level or a number, or the id of its gap.
#[derive(Clone, Debug)]
enum Said {
    Level(&'static str),
    Number(f64),
    Gap(&'static str),
}

/// What a condition says of a cell; `Open` beside a gap, `Outside` where the question does not apply.
#[derive(Clone, Copy, PartialEq)]
enum Met {
    Decided(bool),
    Open,
    Outside,
}

impl Said {
    fn random(indicator: &str, random: &mut Random) -> Self {
        if random.below(3) == 0 {
            return Self::Gap(["no-data", "not-assessed", "not-applicable"][random.below(3)]);
        }
        match indicator {
            "l" | "m" => Self::Level(["a", "b", "c"][random.below(3)]),
            "n" | "o" => Self::Number([0.0, 1.0, 2.0, 2.5, 3.0][random.below(5)]),
            _ => Self::Level(["not-signed", "signed-only", "bound"][random.below(3)]),
        }
    }

    fn written(&self) -> Value {
        match self {
            Self::Level("not-signed") => json!({ "signed": null, "bound": null }),
            Self::Level("signed-only") => json!({ "signed": "2001" }),
            Self::Level("bound") => json!({ "signed": "2001", "bound": "2002" }),
            Self::Level(level) => json!(level),
            Self::Number(number) => json!(number),
            Self::Gap(gap) => json!({ "gap": gap }),
        }
    }

    /// Whether the condition holds.
    fn meets(&self, condition: &Value) -> Met {
        let gap = condition.get("gap");
        let names = |list: &Value, id: &str| list.as_array().unwrap().contains(&json!(id));
        match (self, gap) {
            (Self::Gap("not-applicable"), Some(list)) if list.is_array() && names(list, "not-applicable") => {
                Met::Decided(true)
            }
            (Self::Gap("not-applicable"), _) => Met::Outside,
            (Self::Gap(_), None) => Met::Open,
            (Self::Gap(id), Some(list)) => Met::Decided(list.as_bool().unwrap_or_else(|| names(list, id))),
            (_, Some(_)) => Met::Decided(false),
            (_, None) => {
                let holds = |(key, wanted): (&String, &Value)| match (&**key, self) {
                    ("at_least", Self::Number(number)) => *number >= wanted.as_f64().unwrap(),
                    ("more_than", Self::Number(number)) => *number > wanted.as_f64().unwrap(),
                    ("at_most", Self::Number(number)) => *number <= wanted.as_f64().unwrap(),
                    ("less_than", Self::Number(number)) => *number < wanted.as_f64().unwrap(),
                    ("levels", Self::Level(level)) => names(wanted, level),
                    ("bound" | "signed_only" | "not_signed", Self::Level(level)) => {
                        level.replace('-', "_") == *key
                    }
                    (key, said) => panic!("{key} was counted of {said:?}"),
                };
                Met::Decided(condition.as_object().unwrap().iter().all(holds))
            }
        }
    }
}

/// The keys that can be asked of each kind of scale, in the order of the indicators.
const KEYS: [&[&str]; 3] = [
    &["levels", "levels", "gap"],
    &["gap", "at_least", "more_than", "at_most", "less_than"],
    &["levels", "gap", "bound", "signed_only", "not_signed"],
];

/// Mostly what can be asked of this kind of scale.
fn random_condition(kind: usize, random: &mut Random) -> Value {
    let mut condition = json!({});
    for _ in 0..=random.below(3) {
        let key = if random.below(10) == 0 {
            random.one(&["bound", "at_least", "atleast"])
        } else {
            random.one(KEYS[kind])
        };
        let gaps = [
            json!(true),
            json!(["no-data"]),
            json!(["not-applicable"]),
            json!(["not-applicable", "no-data"]),
            json!([]),
        ];
        condition[key] = match key {
            "levels" if random.below(8) == 0 => json!(["z"]),
            "levels" if kind == 0 => json!([random.one(&["a", "b"]), "c"]),
            "levels" => json!(["bound", random.one(&["signed-only", "not-signed"])]),
            "gap" => gaps[random.below(5)].clone(),
            "bound" | "signed_only" | "not_signed" => json!(random.below(8) > 0),
            _ if random.below(8) == 0 => [json!("2"), json!(null), json!([2])][random.below(3)].clone(),
            _ => json!([0.0, 1.0, 2.0, 2.5, 3.0][random.below(5)]),
        };
    }
    condition
}

/// Of cells or countries: holding, assessed and in the set.
fn counted(answers: impl Iterator<Item = Met>) -> [u64; 3] {
    answers.fold([0; 3], |[k, assessed, set], answer| match answer {
        Met::Open => [k, assessed, set + 1],
        Met::Outside => [k, assessed, set],
        Met::Decided(holds) => [k + u64::from(holds), assessed + 1, set + 1],
    })
}

fn naive(cells: &[Vec<Said>], asked: &[usize], finding: &Value) -> [u64; 3] {
    let mut condition = finding["where"].clone();
    condition.as_object_mut().unwrap().retain(|_, wanted| !wanted.is_null());
    let of =
        |country: &Vec<Said>| -> Vec<Met> { asked.iter().map(|at| country[*at].meets(&condition)).collect() };
    if finding["unit"] == "answers" {
        return counted(cells.iter().flat_map(of));
    }
    let all = finding["match"] == "all";
    counted(cells.iter().map(|country| {
        let answers = of(country);
        let one_decides = answers.contains(&Met::Decided(!all));
        if one_decides {
            Met::Decided(!all)
        } else if answers.contains(&Met::Open) {
            Met::Open
        } else if answers.contains(&Met::Decided(all)) {
            Met::Decided(all)
        } else {
            Met::Outside
        }
    }))
}

fn row(data: &Dataset) -> Value {
    let findings = Findings::of(data, &groups::everyone(data), data.newest_edition().unwrap());
    FindingsReport::new(data, findings).json()["rows"][0].clone()
}

#[test]
fn a_condition_is_told_and_has_no_figure_or_it_counts_what_the_cells_say() {
    let (mut told, mut figures, mut several) = (0, 0, 0);
    for case in 0..1500 {
        let random = &mut Random::new(case);
        let cells: Vec<Vec<Said>> =
            (0..4).map(|_| INDICATORS.iter().map(|id| Said::random(id, random)).collect()).collect();
        let first = 2 * random.below(3);
        let asked: Vec<usize> = match random.below(8) {
            0 => vec![0, 2],
            1..4 => vec![first],
            _ => vec![first, first + 1],
        };
        let finding = json!({ "id": "x", "text": "do so", "indicators": asked.iter().map(|at| INDICATORS[*at]).collect::<Vec<_>>(),
            "unit": random.one(&["countries", "answers"]), "match": random.one(&["any", "all"]), "where": random_condition(first / 2, random) });
        let cards: Vec<Value> = ["IRL", "SWE", "FRA", "DNK"]
            .iter()
            .zip(&cells)
            .map(|(code, cells)| {
                let said = INDICATORS.iter().zip(cells).map(|(id, said)| ((*id).to_owned(), said.written()));
                json!({ "country": code, "edition": "2010", "assessments": said.collect::<serde_json::Map<_, _>>() })
            })
            .collect();
        let text = json!({ "framework": { "id": "f",
            "scales": { "l": { "kind": "levels", "levels": ["a", "b", "c"] }, "n": { "kind": "number" }, "t": { "kind": "treaty" } },
            "goals": [{ "id": "g", "indicators": INDICATORS.iter().zip(["l", "l", "n", "n", "t", "t"])
                .map(|(id, scale)| json!({ "id": id, "scale": scale })).collect::<Vec<_>>() }],
            "findings": [finding] }, "cards": cards });
        let data = from_texts("d", &[("d.json", &text.to_string())]);
        let row = row(&data);
        let figure = ["k", "assessed", "set"].map(|key| row[key].as_u64());
        if row["problem"].is_null() {
            assert_eq!(data.problems, [], "case {case}: {finding}");
            assert_eq!(
                figure,
                naive(&cells, &asked, &finding).map(Some),
                "case {case}: {finding} of {cells:?}"
            );
            figures += 1;
            several += u32::from(finding["where"].as_object().unwrap().len() > 1);
        } else {
            assert!(
                data.problems.iter().any(|problem| problem.severity == Severity::Error),
                "case {case}: {finding}"
            );
            assert_eq!((figure, &row["percent"]), ([None; 3], &Value::Null), "case {case}: {finding}");
            told += 1;
        }
    }
    assert!(
        told > 300 && figures > 300 && several > 60,
        "{told} told, {figures} counted, {several} of several"
    );
}

/// A number of which only bounds are known is given: where they leave a finding open, that is said, not "not assessed".
#[test]
fn bounds_that_leave_a_finding_open_are_told_from_gaps() {
    let text = r#"{ "framework": { "id": "f", "scales": { "n": { "kind": "number", "min": 0, "max": 10, "better": "higher" } },
        "groups": [{ "id": "mine", "members": ["ALB", "AUT", "World", "EU27_2020", "Narnia"] }],
        "findings": [{ "id": "a", "text": "at least 4", "indicators": ["i"], "where": { "at_least": 4 } }],
        "goals": [{ "id": "g", "indicators": [{ "id": "i", "scale": "n" }] }] }, "cards": [
        { "country": "ALB", "edition": "2010", "assessments": { "i": "<5" } },
        { "country": "AUT", "edition": "2010", "assessments": { "i": 9 } },
        { "country": "BEL", "edition": "2010", "assessments": {} }] }"#;
    let data = from_texts("d", &[("d.json", text)]);
    let edition = data.newest_edition().unwrap();
    let found = Findings::of(&data, &groups::everyone(&data), edition);
    let row = &found.rows[0];
    let codes = |ids: Vec<CountryId>| ids.iter().map(|id| data.country(*id).code.raw()).collect::<Vec<_>>();
    let (open, unassessed) = row.unassessed_countries(&data, edition);
    assert_eq!((codes(open), codes(unassessed)), (vec!["ALB"], vec!["BEL"]));
    assert_eq!(row.count_words(), "1 of 1 (3)");
    // Aggregates among the members of a group are called what they are, as they are written.
    let mine = data.framework.groups.iter().find(|group| &*group.id == "mine").unwrap();
    let words = groups::Membership::of(&data, mine, edition).words().unwrap();
    let want = "2 of its 5 members are in this data, 2 are aggregates: World, EU27_2020, 1 is not understood: Narnia";
    assert_eq!(words, want);
}
