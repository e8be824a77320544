//! The filters of the queue: a state, and one kind, author, addressee and country of those that occur.

use std::collections::BTreeSet;

use strum::IntoEnumIterator as _;

use super::State;
use crate::{
    review::{
        QueueFilter,
        queue::{self, QueueKind, Stage},
    },
    text::{Raw, Safe, safe_line},
    tui::{pane_context::PaneContext, pane_state::FilterChoice},
};

impl State {
    /// Each filter as it would be after it was chosen, and what the menu says of it.
    pub(super) fn ways(&self, context: &PaneContext<'_>) -> Vec<(QueueFilter, FilterChoice)> {
        let now = QueueFilter { members: Some(context.members.to_vec()), ..self.filter.clone() };
        let items = queue::items(context.review, context.data);
        let count = |filter: &QueueFilter| {
            items.iter().filter(|item| filter.keeps(item, context.review, context.data)).count()
        };
        let mut ways = vec![];
        // What is on is taken back by choosing it; its count is that of what is shown now.
        let mut way = |heading, title: Safe, with: QueueFilter, without: QueueFilter| {
            let is_on = with == now;
            let choice = FilterChoice { heading, title, count: count(&with), is_on };
            ways.push((if is_on { without } else { with }, choice));
        };
        for state in Stage::iter().filter(|state| state.occurs_in(&items) || now.state == *state) {
            let with = |state| QueueFilter { state, ..now.clone() };
            way("state", Safe::fixed(state.id()), with(state), with(Stage::Open));
        }
        for kind in QueueKind::all().filter(|kind| items.iter().any(|item| item.kind == *kind)) {
            let with = |kind| QueueFilter { kind, ..now.clone() };
            way("kind", Safe::fixed(kind.title()), with(Some(kind)), with(None));
        }
        let known = queue::Queue::among(&items, context.review, context.data, &now);
        for author in known.authors {
            let with = |author| QueueFilter { author, ..now.clone() };
            way("author", author.line(), with(Some(author)), with(None));
        }
        let asked: BTreeSet<&Raw<'_>> =
            items.iter().flat_map(|item| &item.asked).filter_map(|asked| asked.to.as_ref()).collect();
        for who in asked {
            let with = |asked| QueueFilter { asked, ..now.clone() };
            way("asked", who.line(), with(Some(who.clone())), with(None));
        }
        for code in known.countries {
            let with = |country| QueueFilter { country, ..now.clone() };
            let name = context.data.find_country(&code).map(|id| context.data.country(id).name.line());
            let name = name.map_or_else(|| safe_line(&code), |name| safe_line(&format!("{code} {name}")));
            way("country", name, with(Some(code)), with(None));
        }
        ways
    }
}
