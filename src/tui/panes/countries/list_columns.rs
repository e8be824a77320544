//! The columns of the list of countries.

use super::order::{self, Order};
use crate::tui::{look::Role, widgets::line_writer::LineWriter};

/// The heads of the columns.
pub(super) fn view_heads(writer: &mut LineWriter<'_>, columns: &ListColumns, own: &str) {
    writer.gap(1).cell("", columns.code, Role::Faint);
    if columns.name > 0 {
        writer.gap(1).cell("", columns.name, Role::Faint);
    }
    if columns.ratio > 0 {
        writer.gap(1).cell_right(order::GIVEN, columns.ratio, Role::Faint);
    }
    if columns.words > 0 {
        writer.gap(2).cell("missing", columns.words, Role::Faint);
    }
    if columns.review > 0 {
        writer.gap(1).cell("review", columns.review, Role::Faint);
    }
    if columns.flags > 0 {
        writer.gap(1).cell("", columns.flags, Role::Faint);
    }
    if columns.own > 0 {
        writer.gap(1).cell(own, columns.own, Role::Faint);
    }
}

/// Widths of the columns; 0 leaves one out, with the space before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListColumns {
    pub(super) code: usize,
    pub(super) name: usize,
    pub(super) ratio: usize,
    pub(super) words: usize,
    /// How far the review has come.
    pub(super) review: usize,
    pub(super) flags: usize,
    /// The value that the list is sorted by, if no other column shows it.
    pub(super) own: usize,
}

const WORDS: usize = 8;
/// The least columns for a name beside its code.
const NAMED: usize = 9;
pub(super) const FLAGS: usize = 8;
/// As wide as `sent back*`.
pub(super) const REVIEW: usize = 10;
/// As wide as `review`.
const SHORT_REVIEW: usize = 6;

impl ListColumns {
    /// The columns that fit; the name gets the rest. Columns are dropped from the least needed one.
    pub(super) fn new(total: usize, order: &Order) -> Self {
        let room = total.saturating_sub(1);
        let mut columns =
            Self { code: order.code.min(room), name: 0, ratio: 0, words: 0, review: 0, flags: 0, own: 0 };
        let mut used = columns.code;
        let fits = |used: usize, more: usize, name: usize| used + more + 1 + name <= room;
        if order.own > 0 && (fits(used, 1 + order.own, 6) || order.has_score) {
            columns.own = order.own;
            used += 1 + order.own;
        }
        // Beside the sorted value, a recognisable name matters more than what other panes show too.
        let name = if columns.own > 0 { 14 } else { 6 };
        if !order.has_score && fits(used, 1 + order.ratio, name) {
            columns.ratio = order.ratio;
            used += 1 + order.ratio;
        }
        // How far the review has come is said nowhere else for all; gaps follow from what is given.
        let reviews = [(REVIEW, 24), (SHORT_REVIEW, 12)].into_iter().filter(|_| order.has_reviews);
        if let Some((review, _)) = reviews.into_iter().find(|(review, name)| fits(used, 1 + review, *name)) {
            columns.review = review;
            used += 1 + review;
        }
        if (columns.ratio > 0 || order.has_score) && fits(used, 2 + WORDS, name.max(12)) {
            columns.words = WORDS;
            used += 2 + WORDS;
        }
        // Flags in words if there is room, else the sign alone.
        let flags = [(FLAGS, 12), (1, 8)].into_iter().find(|(flags, name)| fits(used, 1 + flags, *name));
        if let (Some((flags, _)), true) = (flags, order.has_flags) {
            columns.flags = flags;
            used += 1 + flags;
        }
        let mut name = room.saturating_sub(used + 1);
        if name < NAMED && name > 3 {
            // A name that can be read is worth more than its code.
            name += columns.code;
            columns.code = 0;
        }
        columns.name = if name > 3 { name } else { 0 };
        columns
    }
}
