//! Tables of countries' figures: read as records, recognised, and filled in as cells.

mod flat;
mod decode;
mod dialect;
mod workbook;
mod unpack;
mod json_tables;
mod metadata;
mod dates;
mod annotations;
mod headings;
mod cells;
mod written_forms;
mod sample;
mod heads;
mod blocks;
mod recognise;
mod keys;
mod statuses;
mod fill;
mod scales;
mod countries;
mod indicators;
mod repeated;
mod source;
mod editions;
mod framework;
mod make;
mod row_places;
mod footnotes;
mod words;
mod told;
mod told_columns;
mod drift;
mod beside;
mod open;

use crate::core::input_file::InputFile;

pub use self::open::TableOptions;
pub(super) use self::{
    beside::beside,
    decode::text,
    open::{OpenedTable, fault, open},
    unpack::{UnpackOptions, Unpacked, unpack},
};

/// Columns that are read of one table.
const MOST_COLUMNS: usize = 65_000;

/// Keys of cards and frameworks: what has one near its begin is no table.
const OWN_KEYS: [&str; 7] = [
    "\"assessments\"",
    "\"goals\"",
    "\"cards\"",
    "\"scales\"",
    "\"findings\"",
    "\"resources\"",
    "\"visavis.",
];

/// Whether a file may be a table, by its text and its parts.
pub(super) fn may_be_table(file: &InputFile) -> bool {
    let text = &file.own.text[file.own.start()..];
    if text.is_empty() {
        return !file.parts.is_empty();
    }
    if text.trim_start().starts_with(['{', '[']) {
        const HEAD: usize = 1 << 16;
        let begin = &text.as_bytes()[..text.len().min(HEAD)];
        let has = |key: &&str| memchr::memmem::find(begin, key.as_bytes()).is_some();
        let is_own = OWN_KEYS.iter().any(&has) || has(&"\"country\"") && has(&"\"edition\"");
        return !is_own && json_tables::read(text, std::iter::empty()).is_some();
    }
    !unpack::is_named_json(&file.own.name)
        && !text.trim_start().starts_with('<')
        && dialect::dialect(text).is_some()
}
