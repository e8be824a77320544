//! A recognised table, and all that is said of it: what a framework and its cells are made of.

use super::{flat::TableMetadata, recognise::TableShape};
use crate::core::input_file::NamedText;
use crate::core::table_mapping::Mapping;

/// A table to be made.
#[derive(Debug)]
pub(super) struct TableSource<'t> {
    pub named: &'t NamedText,
    pub shape: &'t TableShape,
    pub mapping: &'t Mapping,
    pub metadata: &'t TableMetadata,
    /// The id and the title of the set.
    pub id: &'t str,
    pub title: &'t str,
    /// Whether nothing but the name of its file gives it this title.
    pub is_untitled: bool,
    pub workers: usize,
    pub least_part: usize,
}
