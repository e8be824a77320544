//! What others have said: how it is announced, and going through it.

use super::super::{go, navigation, refuse, say};
use crate::{
    core::search::CellTarget,
    review::{Act, Book, Record, Reviewer, news::Topic},
    text::{Safe, safe_line},
    tui::{
        model::{Effect, Model, Notice},
        places::Pane,
        widgets::{cell_text::count, review_text},
    },
};

/// How an announcement of what others have said begins: at the start, and later.
pub(super) const SINCE: &str = "since you last looked";
pub(super) const CAME_IN: &str = "came in";

/// Whether a message is told beside what came in: that something was saved, or that files were read again.
fn is_before_news(said: &str) -> bool {
    (said.starts_with("saved: ") || said.starts_with("read again: ")) && !said.contains("came in")
}

/// Tells what came in: at once beside what was just saved, else as soon as the footer is free.
pub(super) fn announce(model: &mut Model, words: Safe) {
    match &model.notice {
        Some(Notice::Said(said)) if is_before_news(said) => {
            model.notice = Some(Notice::Said(safe_line(&format!("{words} · {said}"))));
        }
        // What was said of news before is old now.
        Some(Notice::Said(said) | Notice::Refused(said)) if is_of_news(said) => {
            model.notice = Some(Notice::Said(words));
        }
        _ => model.later.push_back(Notice::Said(words)),
    }
}

/// Goes to the next of what others have said, or back.
pub(in crate::tui::update) fn step_news(model: &mut Model, forward: bool) -> Vec<Effect> {
    let Some(workspace) = &mut model.workspace else { return vec![] };
    let Some(topic) = model.inbox.step(&workspace.review.book, forward) else {
        let words = if forward { NOTHING } else { "that was the first of what you went to" };
        refuse(model, Safe::fixed(words));
        return vec![];
    };
    let (book, on) = (&workspace.review.book, topic.on.clone());
    let words = words_of(book, &model.me, &topic);
    let rest = match model.inbox.topics(book).len() {
        0 => LAST.to_owned(),
        many => format!("; {many}{MORE}"),
    };
    let words = safe_line(&format!("{words}{rest}"));
    // What is gone to needs no announcement any more.
    let is_announced = |notice: &Notice| matches!(notice, Notice::Said(said) if is_news(said));
    model.later.retain(|notice| !is_announced(notice));
    let Some(workspace) = &mut model.workspace else { return vec![] };
    match on.find(&workspace.data) {
        Some(place) => {
            let here = workspace.here();
            workspace.go_to(CellTarget {
                country: place.country().unwrap_or(here.country),
                edition: place.edition(),
                indicator: place.indicator().unwrap_or(here.indicator),
            });
            navigation::lead_to(model, Pane::Card);
            navigation::show_selected(model);
        }
        None => go(model, Pane::Review),
    }
    say(model, words);
    mark_fresh(model);
    vec![Effect::KeepSeen(model.inbox.seen.clone())]
}

const NOTHING: &str = "nothing of others is new";
const LAST: &str = "; nothing more is new";
const MORE: &str = " more new";

/// Whether a message says what is new, or that nothing is: more news makes it wrong.
fn is_of_news(said: &str) -> bool {
    is_news(said) || said == NOTHING || said.ends_with(LAST) || said.ends_with(MORE)
}

/// Whether a message only announces what came in.
fn is_news(said: &str) -> bool {
    said.starts_with(CAME_IN) || said.starts_with(SINCE)
}

/// `Ben 29 Nov 10:00 answered “…”`; of what was reviewed `Ben reviewed 22 cells`.
fn words_of(book: &Book, me: &Reviewer, topic: &Topic) -> String {
    let of_others = |record: &&Record| !me.wrote(&record.id, &record.author);
    if topic.is_of_reviews {
        let is_of_card = |record: &&Record| matches!(&record.act, Act::Review { on, .. } if on.country == topic.on.country && on.edition == topic.on.edition);
        let reviews: Vec<&Record> = book.records().filter(of_others).filter(is_of_card).collect();
        let mut names: Vec<String> =
            reviews.iter().map(|record| record.author.line().into_string()).collect();
        names.sort();
        names.dedup();
        return format!("{} reviewed {}", names.join(", "), count(reviews.len(), "cell", "cells"));
    }
    let said = book.history(&topic.on);
    let last =
        said.into_iter().rev().find(|record| of_others(record) && !matches!(record.act, Act::Review { .. }));
    last.map_or_else(
        || "taken back".to_owned(),
        |record| {
            let by = format!("{} {}", record.author.line(), review_text::when(&record.time));
            let said = review_text::act(record, ("“", "”"));
            // What somebody is asked about, or what is open again, says what it is.
            let is_bare = matches!(record.act, Act::Address { .. } | Act::Reopen { .. });
            let flag = record.act.flag().filter(|_| is_bare).and_then(|flag| book.flag(flag));
            match flag.filter(|flag| !flag.note.is_empty()) {
                Some(flag) => format!("{by} {said}: “{}”", review_text::one_line(&flag.note)),
                None => format!("{by} {said}"),
            }
        },
    )
}

/// Notes on the records which of them nobody has looked at here. Call when either has changed.
pub(super) fn mark_fresh(model: &mut Model) {
    if let Some(workspace) = &mut model.workspace {
        workspace.review.fresh = model.inbox.fresh();
    }
}
