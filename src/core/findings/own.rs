//! The user's own findings, made from the answers of a group to one indicator.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::{
    core::{
        cell::{Gap, Value},
        dataset::{CountryId, Dataset, EditionId},
        framework::{Finding, Framework, IndicatorId, Where},
        label,
        scale::ScaleKind,
    },
    text::{Raw, fold},
};

/// One answer that a finding can ask for, and how many members give it.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerChoice {
    pub title: Raw<'static>,
    pub count: u32,
    pub asks: Asks,
}

/// The condition of one answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Asks {
    Level(Box<str>),
    Gap(Gap),
    AtMost(f64),
    AtLeast(f64),
}

impl Asks {
    /// Whether one finding can ask for both: levels go with levels, gaps with gaps, a bound with nothing.
    pub const fn goes_with(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Level(_), Self::Level(_)) | (Self::Gap(_), Self::Gap(_)))
    }
}

/// A change of the user's own findings for a framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnFindingChange {
    /// Adds this finding, in the form of a findings file.
    Add(Json),
    /// Removes the finding with this id.
    Remove(Box<str>),
}

/// At most this many bounds are offered in each direction.
const MOST_BOUNDS: usize = 9;

/// What a finding can ask of an indicator: its levels worst to best, bounds at given numbers, and the gaps that
/// occur.
pub fn answers(
    data: &Dataset,
    members: &[CountryId],
    edition: EditionId,
    indicator: IndicatorId,
) -> Vec<AnswerChoice> {
    let scale = data.framework.scale(indicator);
    let cells: Vec<_> = members.iter().map(|id| data.cell(*id, edition, indicator).state).collect();
    let count = |holds: &dyn Fn(&Result<Value, Gap>) -> bool| {
        u32::try_from(cells.iter().filter(|cell| holds(cell)).count()).unwrap_or(u32::MAX)
    };
    let mut answers = vec![];
    for (level, at) in scale.levels.iter().zip(0..) {
        answers.push(AnswerChoice {
            title: level.label.clone(),
            count: count(&|cell| *cell == Ok(Value::Level(at))),
            asks: Asks::Level(level.id.clone()),
        });
    }
    if matches!(scale.kind, ScaleKind::Number(_)) {
        let mut numbers: Vec<f64> = cells
            .iter()
            .filter_map(|cell| if let Ok(Value::Number(at)) = cell { Some(*at) } else { None })
            .collect();
        numbers.sort_by(f64::total_cmp);
        numbers.dedup_by(|a, b| a.total_cmp(b).is_eq());
        // If there are many numbers, take some at equal steps through their order.
        let step = numbers.len().div_ceil(MOST_BOUNDS).max(1);
        for at in numbers.into_iter().step_by(step) {
            let words = label::with_unit(scale, at);
            let below = count(&|cell| matches!(cell, Ok(Value::Number(number)) if *number <= at));
            let above = count(&|cell| matches!(cell, Ok(Value::Number(number)) if *number >= at));
            answers.push(AnswerChoice {
                title: Raw::new(format!("at most {words}")),
                count: below,
                asks: Asks::AtMost(at),
            });
            answers.push(AnswerChoice {
                title: Raw::new(format!("at least {words}")),
                count: above,
                asks: Asks::AtLeast(at),
            });
        }
    }
    let mut gaps: BTreeMap<Gap, u32> = BTreeMap::new();
    for gap in cells.iter().filter_map(|cell| cell.err()).filter(|gap| *gap != Gap::NotApplicable) {
        *gaps.entry(gap).or_default() += 1;
    }
    answers.extend(gaps.into_iter().map(|(gap, count)| AnswerChoice {
        title: Raw::from_static(gap.title()),
        count,
        asks: Asks::Gap(gap),
    }));
    answers
}

/// The finding that counts the countries with one of these answers; `None` if no answer is given. Its id is unused in
/// the framework.
pub fn finding(framework: &Framework, indicator: IndicatorId, asked: &[&AnswerChoice]) -> Option<Finding> {
    let condition = match &asked.first()?.asks {
        Asks::AtMost(most) => Where::AtMost(*most),
        Asks::AtLeast(least) => Where::AtLeast(*least),
        Asks::Level(_) => {
            let level = |answer: &&AnswerChoice| {
                if let Asks::Level(id) = &answer.asks { Some(id.clone()) } else { None }
            };
            Where::Levels(asked.iter().filter_map(level).collect())
        }
        Asks::Gap(_) => {
            let gap =
                |answer: &&AnswerChoice| if let Asks::Gap(gap) = answer.asks { Some(gap) } else { None };
            Where::Gap(asked.iter().filter_map(gap).collect())
        }
    };
    let known = framework.indicator(indicator);
    let titles: Vec<&str> = asked.iter().map(|answer| answer.title.raw()).collect();
    let (title, answers) = (known.title.raw(), titles.join(" or "));
    let text = match asked.first()?.asks {
        Asks::Gap(_) => format!("countries where {title} is not given: {answers}"),
        Asks::Level(_) | Asks::AtMost(_) | Asks::AtLeast(_) => {
            format!("countries where {title} is {answers}")
        }
    };
    let slug = fold(&format!("{} {}", known.id, titles.join(" ")));
    let slug = slug.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let is_taken = |id: &str| framework.findings.iter().any(|finding| *finding.id == *id);
    let numbered = (1..).map(|at| if at == 1 { slug.clone() } else { format!("{slug}-{at}") });
    let id = numbered.into_iter().find(|id| !is_taken(id))?;
    Some(Finding {
        id: id.into(),
        goal: Some(known.goal),
        indicators: vec![indicator],
        conditions: Ok(vec![condition]),
        counts_answers: false,
        all: false,
        text: Raw::new(text),
        published: None,
        own: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{findings, framework_json, read};
    use serde_json::json;

    const CARDS: &str = r#"{"framework":{"id":"f","scales":{"m":{"kind":"levels","levels":["none","some","full"]},"n":{"kind":"number"}},
      "goals":[{"id":"g","indicators":[{"id":"a","title":"Plan","scale":"m"},{"id":"n","title":"Age","scale":"n"}]}]},
     "cards":[{"country":"IRL","edition":"2010","assessments":{"a":"none","n":15}},{"country":"SWE","edition":"2010","assessments":{"a":"some","n":18}},
      {"country":"DNK","edition":"2010","assessments":{"a":"full"}},{"country":"FIN","edition":"2010","assessments":{"a":{"gap":"no-data"},"n":18}}]}"#;

    #[test]
    fn what_is_chosen_from_the_distribution_is_counted_and_read_back_the_same() {
        let data = read::from_texts("d", &[("x.json", CARDS)]);
        let (members, edition) = (data.country_ids().collect::<Vec<_>>(), data.newest_edition().unwrap());
        let all = answers(&data, &members, edition, IndicatorId(0));
        let counts: Vec<(&str, u32)> = all.iter().map(|answer| (answer.title.raw(), answer.count)).collect();
        assert_eq!(counts, [("none", 1), ("some", 1), ("full", 1), ("no data", 1)]);
        for (indicator, asked, k, assessed) in
            [(0, vec![0, 1], 2, 3), (0, vec![3], 1, 4), (1, vec![0], 1, 3), (1, vec![3], 2, 3)]
        {
            let indicator = IndicatorId(indicator);
            let all = answers(&data, &members, edition, indicator);
            let asked: Vec<&AnswerChoice> = asked.iter().map(|at| &all[*at]).collect();
            let own = finding(&data.framework, indicator, &asked).unwrap();
            let counted = findings::count_one(&data, &own, &members, edition);
            assert_eq!((counted.k, counted.assessed), (k, assessed), "{}", own.text.raw());
            let file =
                json!({ "framework": "f", "findings": [framework_json::finding(&data.framework, &own)] })
                    .to_string();
            let again = read::from_texts("d", &[("x.json", CARDS), ("own.json", &file)]);
            assert_eq!(again.problems, []);
            assert_eq!(again.framework.findings, [own]);
        }
    }

    #[test]
    fn a_findings_file_for_another_framework_is_left_alone_and_a_bad_entry_is_told() {
        let other = r#"{"framework":"g","findings":[{"id":"x"}]}"#;
        let data = read::from_texts("d", &[("x.json", CARDS), ("own.json", other)]);
        assert!(data.problems.is_empty() && data.framework.findings.is_empty());
        let bad = r#"{"framework":"f","findings":[{"id":"x","text":"t","indicators":["a"],"where":{"levels":["none"]}},
            {"id":"y","text":"t","indicators":["nope"],"where":{"gap":true}},{"id":"x","text":"t","indicators":["a"],"where":{"gap":true}}]}"#;
        let data = read::from_texts("d", &[("x.json", CARDS), ("own.json", bad)]);
        let codes: Vec<&str> = data.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["unknown-indicator", "duplicate-finding"]);
        let problems = data.framework.findings.iter().map(|finding| finding.problem().is_some());
        assert_eq!(problems.collect::<Vec<_>>(), [false, true]);
    }
}
