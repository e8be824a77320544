//! Reads what lies beside a table: descriptions of its columns or indicators, and groups of countries.

mod codebook;
mod described;

use super::flat::{IndicatorMetadata, TableMetadata};
use super::json_tables::Json;

/// What a file beside a table says; `None` if it is no metadata that is known. `table` is the path of the table, of which
/// a data package has several.
pub(super) fn read(name: &str, text: &str, table: &str) -> Option<TableMetadata> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['{', '[']) {
        described::read(&Json::parse(text)?, table)
    } else {
        codebook::read(name, text)
    }
}
