//! What the journal says back: records that were kept, and drafts that were not.

use super::{refuse, say, settle};
use crate::{
    review::{Book, Draft, Record, Review},
    text::{Safe, safe_line},
    tui::model::Model,
};

/// Lays what the journal holds over the cards.
pub(super) fn open(model: &mut Model, records: Vec<Record>, writer: Box<str>, told: Option<Safe>) {
    model.writer = writer;
    if let Some(desk) = &mut model.desk {
        desk.review = Review::over(Book::of(records), &desk.data);
    }
    if let Some(told) = told {
        refuse(model, told);
    }
    settle(model);
}

/// Only what is on the disk is shown as said.
pub(super) fn kept(model: &mut Model, records: Vec<Record>) {
    let count = records.len();
    if let Some(desk) = &mut model.desk {
        let mut book = std::mem::take(&mut desk.review.book);
        book.add(records);
        desk.review = Review::over(book, &desk.data);
    }
    let words = if count == 1 { "saved".to_owned() } else { format!("{count} saved") };
    say(model, safe_line(&words));
    settle(model);
}

/// Says plainly that nothing was saved, and why.
pub(super) fn not_kept(model: &mut Model, drafts: &[Draft], why: &Safe) {
    let what = if drafts.len() == 1 { "NOT saved".to_owned() } else { format!("{} NOT saved", drafts.len()) };
    refuse(model, safe_line(&format!("{what}: {why}")));
}
