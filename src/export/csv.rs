//! CSV for spreadsheets, RFC 4180.

use super::{Style, records};
use crate::core::report::Report;

pub(super) fn write(report: &dyn Report, _style: &Style) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![]);
    for record in records::of(report) {
        // Writing to memory cannot fail, and every record has the header's length.
        drop(writer.write_record(record));
    }
    writer.into_inner().unwrap_or_default()
}
