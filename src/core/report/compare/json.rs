//! The comparison as programs read it: raw values, verdicts by their ids, tallies by goal.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{CompareReport, coverage_json};
use crate::core::{
    compare::{ComparisonRow, Reason},
    groups,
    report::cell::{CellReport, number_json},
    subject::Subject,
};

impl CompareReport<'_> {
    pub(super) fn subject_json(&self, at: usize) -> Value {
        let subject = &self.comparison.subjects[at];
        let (country, group, members) = match subject {
            Subject::Country(..) => (Some(subject.code(self.data)), None, None),
            Subject::Group(group, edition) => {
                let members = groups::members(self.data, group, *edition);
                let codes: Vec<_> = members.iter().map(|id| &self.data.country(*id).code).collect();
                (None, Some(subject.code(self.data)), Some(codes))
            }
        };
        let mut map = Map::new();
        map.insert("country".into(), json!(country));
        map.insert("name".into(), json!(subject.name(self.data)));
        map.insert("edition".into(), json!(self.data.edition(subject.edition()).label));
        map.insert("coverage".into(), coverage_json(self.coverage(at)));
        if let Some(members) = members {
            map.insert("group".into(), json!(group));
            map.insert("members".into(), json!(members));
        }
        Value::Object(map)
    }

    pub(super) fn row_json(&self, row: &ComparisonRow) -> Value {
        let indicator = self.data.framework.indicator(row.indicator);
        let mut map = Map::new();
        map.insert("goal".into(), json!(self.data.framework.goal(indicator.goal).id));
        map.insert("indicator".into(), json!(indicator.id));
        map.insert("title".into(), json!(indicator.title));
        map.insert("values".into(), self.entries(row).iter().map(CellReport::json).collect());
        if self.is_pair() {
            map.insert("verdict".into(), json!(row.verdict.id()));
            map.insert("reason".into(), json!(row.verdict.reason().map(Reason::id)));
            map.insert("distance".into(), row.verdict.distance().map_or(Value::Null, number_json));
        } else {
            let leaders: Vec<&String> = row.leaders.iter().map(|at| &self.names[*at]).collect();
            map.insert("leaders".into(), json!(leaders));
        }
        Value::Object(map)
    }

    pub(super) fn tallies_json(&self) -> Value {
        let framework = &self.data.framework;
        let goals = self.comparison.by_goal.iter();
        if self.is_pair() {
            let by_goal = goals.map(|(goal, tallies)| (framework.goal(*goal).id.to_string(), json!(tallies)));
            return with_goals(json!(self.comparison.tallies), by_goal.collect());
        }
        let named =
            |leads: Vec<u32>| json!({ "leads": self.names.iter().zip(leads).collect::<NamedLeads<'_>>() });
        let by_goal =
            goals.map(|(goal, _)| (framework.goal(*goal).id.to_string(), named(self.leads(Some(*goal)))));
        with_goals(named(self.leads(None)), by_goal.collect())
    }
}

type NamedLeads<'a> = BTreeMap<&'a String, u32>;

fn with_goals(mut tallies: Value, by_goal: Map<String, Value>) -> Value {
    if let Value::Object(map) = &mut tallies {
        map.insert("by_goal".into(), Value::Object(by_goal));
    }
    tallies
}
