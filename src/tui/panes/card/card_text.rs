//! The words of a card about the country as a whole, and the place of the card in its file.

use crate::{
    core::dataset::CardId,
    tui::{look::Role, pane_context::PaneContext, widgets::prose::Prose},
};

/// Adds summary, priority actions, campaign and the card's file.
pub(super) fn add(prose: &mut Prose<'_>, context: &PaneContext<'_>, card: CardId) {
    let detail = context.data.card_detail(card);
    if let Some(summary) = &detail.summary {
        prose.head("Summary");
        prose.say(&summary.block(), 0, 0, Role::Text);
    }
    if !detail.priority_actions.is_empty() {
        prose.head("Priority actions");
        for (action, number) in detail.priority_actions.iter().zip(1..) {
            prose.say(&format!("{number} {}", action.line()), 0, 2, Role::Text);
        }
    }
    if !detail.campaign.is_empty() {
        prose.head("Campaign");
        for (what, value) in &detail.campaign {
            prose.say(&format!("{}: {}", what.line(), value.line()), 0, 2, Role::Text);
        }
    }
    prose.head("This card");
    if let Some(date) = detail.assessed_on {
        prose.say(&format!("assessed on {date}"), 0, 2, Role::Faint);
    }
    let (file, _) = context.data.card_place(card);
    prose.say(&format!("read from {}", file.line()), 0, 2, Role::Faint);
}
