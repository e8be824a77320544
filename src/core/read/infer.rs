//! A framework made up from cards that came without one: indicators in order of appearance, scales by what is written.

use std::collections::HashMap;

use super::{
    entry::{Part, PartValue, StatedCell},
    framework::of_kind,
    members::CellMember as Member,
    words::{is_blank, missing_sign_among_words, plain_number},
};
use crate::core::{
    framework::{Framework, Goal, GoalId, Indicator},
    scale::{NumberScale, ScaleKind},
};
use crate::text::Raw;

/// What an answer looks like, or all answers to an indicator so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
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
    /// Looks at one answer.
    pub(super) fn see(&mut self, id: &str, looks: Looks) {
        let at = match self.at.get(id) {
            Some(at) => *at,
            None => {
                self.at.insert(id.into(), self.order.len());
                self.order.push((id.into(), Looks::Nothing));
                self.order.len() - 1
            }
        };
        let so_far = &mut self.order[at].1;
        *so_far = match (*so_far, looks) {
            (Looks::Nothing, new) => new,
            (old, Looks::Nothing) => old,
            (old, new) if old == new => old,
            _ => Looks::Text,
        };
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
                comparable_from: None,
                weight: 1.0,
            });
        }
        framework.indicators.truncate(60_000);
        framework.indicators.sort_by_key(|indicator| indicator.goal);
        framework
    }
}

impl Looks {
    /// What a value alone looks like.
    pub(super) fn of_value(part: &Part<'_>) -> Self {
        match &part.said {
            PartValue::Number(_) => Self::Number,
            PartValue::Bool(_) => Self::YesNo,
            PartValue::Text(text) if matches!(&**text, "yes" | "no" | "partial") => Self::YesNo,
            // A sign that nothing is there says nothing of the others.
            PartValue::Text(text) if is_blank(text) || missing_sign_among_words(text).is_some() => {
                Self::Nothing
            }
            PartValue::Text(text) if plain_number(text).is_some() => Self::Number,
            PartValue::Text(_) | PartValue::Words | PartValue::List => Self::Text,
            PartValue::Nothing | PartValue::NotANumber | PartValue::Malformed | PartValue::Object => {
                Self::Nothing
            }
        }
    }

    /// What an answer in its long form looks like.
    pub(super) fn of_cell(cell: &StatedCell<'_>) -> Self {
        let reading = || cell.readings.iter().find(|reading| reading.is_said());
        match cell.said(Member::Level).or_else(|| cell.said(Member::Value)).or_else(reading) {
            Some(answer) => Self::of_value(answer),
            None if cell.said(Member::Gap).is_some() => Self::Nothing,
            None if [Member::Signed, Member::Bound].iter().any(|date| cell.given(*date).is_some()) => {
                Self::Treaty
            }
            None if [Member::Low, Member::High].iter().any(|bound| cell.said(*bound).is_some()) => {
                Self::Number
            }
            None => Self::Nothing,
        }
    }
}
