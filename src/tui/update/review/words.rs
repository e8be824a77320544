//! What was saved or taken back, in words: what it is and where.

use crate::{
    review::{Act, Book, Record, record::Id, target::Target},
    text::{Safe, safe_line},
    tui::{
        widgets::{cell_text::count, review_text},
        workspace::Workspace,
    },
};

/// `saved: flagged missing data, Albania, OPSC, 2022`.
pub(super) fn saved(workspace: &Workspace, records: &[Record]) -> Safe {
    safe_line(&match records {
        [Record { act: Act::Undo { of }, .. }] => format!("saved: {}", taken_back(workspace, of)),
        [] => "nothing to save".to_owned(),
        _ => format!("saved: {}", named(workspace, &records.iter().collect::<Vec<_>>())),
    })
}

/// What records say, and of what: `flagged missing data, Albania, OPSC, 2022`, `reviewed 22 cells, the first Albania, …`.
fn named(workspace: &Workspace, records: &[&Record]) -> String {
    let Some(first) = records.first() else { return String::new() };
    let act = match &first.act {
        Act::Flag { kind, .. } => format!("{} {},", first.act.title(), kind.title()),
        act @ (Act::SignOff { .. } | Act::Give { .. } | Act::Address { .. }) => {
            format!("{},", review_text::said_of(act))
        }
        act => act.title().to_owned(),
    };
    let place = about(&workspace.review.book, first).map(|on| review_text::name(&workspace.data, on));
    match (place, records.len()) {
        (Some(place), 1) => format!("{act} {place}"),
        (Some(place), many) => {
            let is_of_flags = matches!(first.act, Act::Flag { .. }) || first.act.flag().is_some();
            let [one, several] = if is_of_flags { ["flag", "flags"] } else { ["cell", "cells"] };
            format!("{act} {}, the first {place}", count(many, one, several))
        }
        (None, _) => act,
    }
}

/// The target of a record: its own, or that of the flag it refers to.
fn about<'a>(book: &'a Book, record: &'a Record) -> Option<&'a Target> {
    match record.act.flag() {
        Some(flag) => book.flag(flag).map(|flag| &flag.on),
        None => record.act.target(),
    }
}

/// What an undo of these records does: `no longer: flagged question, Albania, …`, `brought back: …`.
pub(super) fn taken_back(workspace: &Workspace, of: &[Id]) -> String {
    let book = &workspace.review.book;
    let found =
        |ids: &[Id]| book.records().filter(|record| ids.contains(&record.id)).collect::<Vec<&Record>>();
    // An undo of an undo, however often, brings back or takes away what the first one was about.
    let (mut records, mut brings_back) = (found(of), false);
    while let Some(Record { act: Act::Undo { of }, id, .. }) = records.first() {
        let earlier = found(of);
        if earlier.iter().any(|record| record.id == *id) {
            break;
        }
        (records, brings_back) = (earlier, !brings_back);
    }
    let does = if brings_back { "brought back" } else { "no longer" };
    format!("{does}: {}", named(workspace, &records))
}
