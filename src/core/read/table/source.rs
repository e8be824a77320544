//! A recognised table, and all that is said of it: what a framework and its cells are made of.

use super::{
    flat::TableMetadata,
    indicators::{TableIndicator, mapped},
    recognise::TableShape,
};
use crate::core::{cell::Gap, input_file::NamedText, table_mapping::Mapping};

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

impl TableSource<'_> {
    /// The declared signs of missing values of an indicator: what the user says comes before what is published.
    pub(super) fn declared_missing(&self, indicator: &TableIndicator) -> Vec<(Box<str>, Gap)> {
        let mapping = self.mapping;
        let mapped = mapped(mapping, &indicator.id, &indicator.title);
        let said = mapped.map(|mapped| &mapped.missing).into_iter().chain([&mapping.missing]).flatten();
        let said = said.filter_map(|(sign, gap)| Some((sign.as_str().into(), Gap::from_id(gap)?)));
        let published = self.metadata.missing.iter().map(|sign| (sign.as_str().into(), Gap::NoData));
        said.chain(published).collect()
    }
}
