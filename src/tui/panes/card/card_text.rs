//! The words of a card about the country as a whole, and the place of the card in its file.

use crate::{
    core::dataset::CardId,
    tui::{
        look::Role,
        pane_context::PaneContext,
        places::Pane,
        widgets::{prose::Prose, review_text},
    },
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
    let (country, edition) = (context.selection.country, context.selection.edition);
    let reviews = &context.review.card_reviews;
    if let Some(signed) = reviews.signed(country, edition) {
        prose.say(&format!("{}: {}", signed.words(), review_text::by(&signed.said)), 0, 2, Role::Text);
        if !signed.note.is_empty() {
            prose.say(&signed.note.block(), 2, 0, Role::Text);
        }
        for other in &signed.against {
            let words = format!("{} at the same time: {}", other.stage.title(), review_text::by(&other.said));
            prose.say(&words, 2, 2, Role::Warning);
        }
        if !signed.against.is_empty() {
            prose.say(&context.spell(Pane::Card, "{sign-off} settles it"), 2, 2, Role::Warning);
        }
    }
    for name in reviews.reviewers(country, edition) {
        prose.say(&format!("reviewed by {}", name.line()), 0, 2, Role::Text);
    }
    if let Some(date) = detail.assessed_on {
        prose.say(&format!("assessed on {date}"), 0, 2, Role::Faint);
    }
    let (file, _) = context.data.card_place(card);
    prose.say(&format!("read from {}", file.line()), 0, 2, Role::Faint);
}
