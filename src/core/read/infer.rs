//! A framework made up from cards that came without one: indicators in order of appearance, scales by what is written.

use std::collections::HashMap;

use super::framework::of_kind;
use crate::core::{
    framework::{Framework, Goal, GoalId, Indicator},
    json::{Node, NodeKind as Json},
    scale::{NumberScale, ScaleKind},
};
use crate::text::Raw;

/// What the cells of an indicator have been so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looks {
    Nothing,
    Number,
    YesNo,
    Treaty,
    Text,
}

/// Gathers indicators over many cards.
#[derive(Debug, Default)]
pub(super) struct Inference {
    order: Vec<(Box<str>, Looks)>,
    at: HashMap<Box<str>, usize>,
}

impl Inference {
    /// Looks at one card.
    pub(super) fn see(&mut self, card: &Node<'_>) {
        for entry in card.get("assessments").and_then(Node::object).unwrap_or_default() {
            let looks = look(&entry.value);
            let at = *self.at.entry((*entry.key).into()).or_insert_with(|| {
                self.order.push(((*entry.key).into(), Looks::Nothing));
                self.order.len() - 1
            });
            let so_far = &mut self.order[at].1;
            *so_far = match (*so_far, looks) {
                (Looks::Nothing, new) => new,
                (old, Looks::Nothing) => old,
                (old, new) if old == new => old,
                _ => Looks::Text,
            };
        }
    }

    /// The framework. Goals are what stands before the first dot or slash of the ids, if all ids have one.
    pub(super) fn finish(self, id: &str) -> Framework {
        let mut framework = Framework::empty(id);
        framework.inferred = true;
        framework.scales =
            [ScaleKind::Text, ScaleKind::Number(NumberScale::default()), ScaleKind::YesNo, ScaleKind::Treaty]
                .iter()
                .zip(["text", "number", "yes-no", "treaty"])
                .map(|(kind, id)| of_kind(kind, id))
                .collect();
        let prefix = |id: &str| id.split_once(['.', '/']).map(|(goal, _)| goal.to_owned());
        let has_goals = self.order.iter().all(|(id, _)| prefix(id).is_some());
        let mut goal_at: HashMap<String, usize> = HashMap::new();
        for (id, looks) in self.order {
            let goal = if has_goals { prefix(&id).unwrap_or_default() } else { "Indicators".to_owned() };
            let at = *goal_at.entry(goal).or_insert_with_key(|goal| {
                let title = Raw::new(goal.clone());
                framework.goals.push(Goal { id: goal.as_str().into(), title, weight: 1.0 });
                framework.goals.len() - 1
            });
            let scale = match looks {
                Looks::Nothing | Looks::Text => 0,
                Looks::Number => 1,
                Looks::YesNo => 2,
                Looks::Treaty => 3,
            };
            framework.indicators.push(Indicator {
                title: Raw::new(id.to_string()),
                id,
                question: None,
                guidance: None,
                goal: GoalId(u16::try_from(at).unwrap_or(u16::MAX)),
                scale,
                weight: 1.0,
            });
        }
        framework.indicators.truncate(60_000);
        framework.indicators.sort_by_key(|indicator| indicator.goal);
        framework
    }
}

fn look(node: &Node<'_>) -> Looks {
    match &node.kind {
        Json::Number(_) => Looks::Number,
        Json::Bool(_) => Looks::YesNo,
        Json::String(text) if matches!(&**text, "yes" | "no" | "partial") => Looks::YesNo,
        Json::String(_) | Json::Array(_) => Looks::Text,
        Json::Null | Json::Malformed => Looks::Nothing,
        Json::Object(_) => {
            let said = |key: &str| node.get(key).filter(|value| !value.is_null());
            let reading = || said("values")?.array()?.iter().find(|value| !value.is_null());
            match said("level").or_else(|| said("value")).or_else(reading) {
                Some(answer) => look(answer),
                None if said("gap").is_some() => Looks::Nothing,
                None if node.get("signed").is_some() || node.get("bound").is_some() => Looks::Treaty,
                None => Looks::Nothing,
            }
        }
    }
}
