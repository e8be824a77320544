//! How scores were computed when a session ended, by the ids of goals and indicators.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::core::{
    framework::Framework,
    score::{Method, Rules},
};

/// The rules that the user chose, and the rules at the start that they replaced. If the rules at the start have
/// changed since, the configuration or the command line is newer and the chosen rules are dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Scores {
    instead_of: Weighed,
    chosen: Weighed,
}

/// The differences from the framework. Goals and indicators have separate maps because they may share an id. Numbers
/// are kept as text, so that they come back exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Weighed {
    goals: BTreeMap<Box<str>, String>,
    indicators: BTreeMap<Box<str>, String>,
    is_geometric: bool,
    threshold: String,
}

impl Scores {
    /// `None` if the user changed nothing.
    pub(super) fn of(framework: &Framework, begun_with: &Rules, rules: &Rules) -> Option<Self> {
        let of = |rules| Weighed::of(framework, rules);
        (rules != begun_with).then(|| Self { instead_of: of(begun_with), chosen: of(rules) })
    }

    /// The chosen rules, unless the program starts with other rules than it did then.
    pub(super) fn rules(&self, framework: &Framework, begun_with: &Rules) -> Option<Rules> {
        (self.instead_of == Weighed::of(framework, begun_with)).then(|| self.chosen.rules(framework))
    }
}

impl Weighed {
    fn of(framework: &Framework, rules: &Rules) -> Self {
        let says = Rules::of(framework);
        let is_own = |own: f64, said: f64| own.total_cmp(&said).is_ne();
        let goals = framework.goal_ids().filter(|id| is_own(rules.goal(*id), says.goal(*id)));
        let indicators =
            framework.indicator_ids().filter(|id| is_own(rules.indicator(*id), says.indicator(*id)));
        Self {
            goals: goals.map(|id| (framework.goal(id).id.clone(), rules.goal(id).to_string())).collect(),
            indicators: indicators
                .map(|id| (framework.indicator(id).id.clone(), rules.indicator(id).to_string()))
                .collect(),
            is_geometric: rules.method == Method::Geometric,
            threshold: rules.threshold.to_string(),
        }
    }

    fn rules(&self, framework: &Framework) -> Rules {
        let mut rules = Rules::of(framework);
        let number = |text: &String| text.parse::<f64>().ok().filter(|number| number.is_finite());
        for id in framework.goal_ids() {
            if let Some(weight) = self.goals.get(&framework.goal(id).id).and_then(number) {
                rules.weigh_goal(id, weight);
            }
        }
        for id in framework.indicator_ids() {
            if let Some(weight) = self.indicators.get(&framework.indicator(id).id).and_then(number) {
                rules.weigh_indicator(id, weight);
            }
        }
        rules.method = if self.is_geometric { Method::Geometric } else { Method::Arithmetic };
        rules.threshold = number(&self.threshold).map_or(rules.threshold, |share| share.clamp(0.0, 1.0));
        rules
    }
}
