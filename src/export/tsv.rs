//! Tab-separated values as registered with IANA: there are no quotes, so no field may hold a tab or a line break.

use super::{Style, records};
use crate::core::report::Report;

pub(super) fn write(report: &dyn Report, _style: &Style) -> Vec<u8> {
    let mut out = String::new();
    for record in records::of(report) {
        let cells: Vec<String> = record.iter().map(|cell| on_one_line(cell)).collect();
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
    out.into_bytes()
}

/// Joins lines by a space. Tabs became spaces when the text was made safe.
fn on_one_line(cell: &str) -> String {
    cell.split(['\n', '\r', '\t']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_line_without_tabs() {
        assert_eq!(on_one_line("a\nb\r\nc\td"), "a b c d");
    }
}
