//! Ranks as programs read them: raw values, rules, bounds, reasons.

use serde_json::{Map, Value, json};

use super::{RankReport, one_decimal, why_words};
use crate::core::{
    dataset::CountryId,
    label,
    report::{cell::coverage_json, cell::number_json},
    score::{Origin, Ranked, RankedBy, Unranked, Why},
};

impl RankReport<'_> {
    pub(super) fn add_json(&self, map: &mut Map<String, Value>) {
        let (key, of) = self.of_json();
        map.insert(key.into(), of);
        if self.ranks_scores() {
            map.insert("rules".into(), self.rules_json());
            map.insert("bounds".into(), self.bounds_json());
            let left_out = self.left_out.iter().map(
                |(id, why)| json!({ "indicator": self.framework().indicator(*id).id, "reason": why.id() }),
            );
            map.insert("left_out".into(), left_out.collect());
        }
        if self.ranking.what == RankedBy::Overall {
            let means = self.framework().goal_ids().map(|goal| {
                let (mean, countries) = self.goal_mean(goal);
                let id = &self.framework().goal(goal).id;
                json!({ "goal": id, "mean": mean.map(one_decimal), "countries": countries, "of": self.goals.len() })
            });
            map.insert("goal_means".into(), means.collect());
        }
        map.insert("n".into(), json!(self.ranking.rows.len() + self.ranking.unranked.len()));
        map.insert("ranked".into(), json!(self.ranking.rows.len()));
        map.insert("rows".into(), self.ranking.rows.iter().map(|row| self.row_json(row)).collect());
        let unranked = self.ranking.unranked.iter().map(|row| self.unranked_json(row));
        map.insert("unranked".into(), unranked.collect());
    }

    fn of_json(&self) -> (&'static str, Value) {
        match self.ranking.what {
            RankedBy::Overall => ("overall", json!(true)),
            RankedBy::Goal(goal) => ("goal", json!(self.framework().goal(goal).id)),
            RankedBy::Indicator(id) => ("indicator", json!(self.framework().indicator(id).id)),
        }
    }

    fn row_json(&self, row: &Ranked) -> Value {
        let country = self.data.country(row.country);
        let mut map = Map::new();
        map.insert("rank".into(), json!(row.rank));
        map.insert("tied".into(), json!(row.tied));
        map.insert("country".into(), json!(country.code));
        map.insert("name".into(), json!(country.name));
        if let Some(points) = row.points {
            map.insert("score".into(), json!(one_decimal(points)));
        }
        if let (Some(value), RankedBy::Indicator(id)) = (row.value, self.ranking.what) {
            use crate::core::cell::Value as Given;
            let scale = self.framework().scale(id);
            let value_json = match value {
                Given::Number(number) => number_json(number),
                Given::Level(level) => json!(scale.levels.get(usize::from(level)).map(|level| &level.id)),
                Given::Date(_) | Given::Text => Value::Null,
            };
            map.insert("value".into(), value_json);
            map.insert("label".into(), json!(label::of_value(scale, value)));
        }
        map.insert("coverage".into(), coverage_json(row.coverage));
        self.add_goals(&mut map, row.country);
        Value::Object(map)
    }

    fn unranked_json(&self, row: &Unranked) -> Value {
        let country = self.data.country(row.country);
        let mut map = Map::new();
        map.insert("country".into(), json!(country.code));
        map.insert("name".into(), json!(country.name));
        map.insert("reason".into(), json!(row.why.id()));
        map.insert("words".into(), json!(why_words(self.framework(), self.rules, row.why, row.coverage)));
        map.insert("coverage".into(), coverage_json(row.coverage));
        self.add_goals(&mut map, row.country);
        Value::Object(map)
    }

    fn add_goals(&self, map: &mut Map<String, Value>, country: CountryId) {
        let scores = self.framework().goals.iter().zip(self.goal_scores(country));
        let goals: Vec<Value> = scores
            .map(|(goal, score)| {
                json!({
                    "goal": goal.id,
                    "score": score.points.ok().map(one_decimal),
                    "reason": score.points.err().map(Why::id),
                    "coverage": coverage_json(score.coverage),
                })
            })
            .collect();
        if !goals.is_empty() {
            map.insert("goals".into(), Value::Array(goals));
        }
    }

    fn rules_json(&self) -> Value {
        let framework = self.framework();
        let goals = framework.goal_ids().map(|id| (framework.goal(id).id.to_string(), self.rules.goal(id)));
        let indicators = framework
            .indicator_ids()
            .map(|id| (framework.indicator(id).id.to_string(), self.rules.indicator(id)));
        let map = |weights: &mut dyn Iterator<Item = (String, f64)>| {
            Value::Object(weights.map(|(id, weight)| (id, number_json(weight))).collect())
        };
        json!({
            "method": self.rules.method.id(),
            "threshold": self.rules.threshold,
            "weights": { "goals": map(&mut goals.into_iter()), "indicators": map(&mut indicators.into_iter()) },
        })
    }

    fn bounds_json(&self) -> Value {
        let end = |(at, origin): (f64, Origin)| json!({ "value": number_json(at), "from": origin.id() });
        let bounds = self.bounds.iter().map(|(id, bounds)| {
            json!({
                "indicator": self.framework().indicator(*id).id,
                "min": end(bounds.min),
                "max": end(bounds.max),
            })
        });
        bounds.collect()
    }
}
