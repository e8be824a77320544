//! The filters of the queue: a state, and one kind, author and country of those that occur.

use strum::IntoEnumIterator as _;

use super::State;
use crate::{
    review::{
        QueueFilter,
        queue::{self, QueueKind, Stage},
    },
    text::{Safe, safe_line},
    tui::{pane_context::PaneContext, pane_state::FilterChoice},
};

impl State {
    /// Each filter as it would be after it was chosen, and what the menu says of it.
    pub(super) fn ways(&self, context: &PaneContext<'_>) -> Vec<(QueueFilter, FilterChoice)> {
        let now = QueueFilter { members: Some(context.members.to_vec()), ..self.filter.clone() };
        let items = queue::items(context.review, context.data);
        let count =
            |filter: &QueueFilter| items.iter().filter(|item| filter.keeps(item, context.data)).count();
        // What is on is taken back by choosing it; its count is that of what is shown now.
        let way = |heading, title: Safe, with: QueueFilter, without: QueueFilter, is_on: bool| {
            let choice = FilterChoice { heading, title, count: count(&with), is_on };
            (if is_on { without } else { with }, choice)
        };
        let mut ways = vec![];
        for state in Stage::iter() {
            let with = QueueFilter { state, ..now.clone() };
            let without = QueueFilter { state: Stage::Open, ..now.clone() };
            ways.push(way("state", Safe::fixed(state.id()), with, without, now.state == state));
        }
        for kind in QueueKind::all().filter(|kind| items.iter().any(|item| item.kind == *kind)) {
            let with = QueueFilter { kind: Some(kind), ..now.clone() };
            let without = QueueFilter { kind: None, ..now.clone() };
            ways.push(way("kind", Safe::fixed(kind.title()), with, without, now.kind == Some(kind)));
        }
        let known = queue::Queue::among(&items, context.data, &now);
        for author in known.authors {
            let with = QueueFilter { author: Some(author.clone()), ..now.clone() };
            let without = QueueFilter { author: None, ..now.clone() };
            let is_on = now.author.as_ref() == Some(&author);
            ways.push(way("author", author.line(), with, without, is_on));
        }
        for code in known.countries {
            let with = QueueFilter { country: Some(code.clone()), ..now.clone() };
            let without = QueueFilter { country: None, ..now.clone() };
            let is_on = now.country.as_ref() == Some(&code);
            let name = context.data.find_country(&code).map(|id| context.data.country(id).name.line());
            let name = name.map_or_else(|| safe_line(&code), |name| safe_line(&format!("{code} {name}")));
            ways.push(way("country", name, with, without, is_on));
        }
        ways
    }
}
