//! Records for spreadsheets: every row with the context of its report, and no field that would run as a formula.

use crate::{
    core::report::{Field, Report},
    text::{guard_formulas, safe_block},
};

/// The header, then the rows, each as long as the header.
pub(super) fn of(report: &dyn Report) -> Vec<Vec<String>> {
    let table = report.table();
    let own: Vec<&str> = table.columns.iter().map(|column| column.key.as_str()).collect();
    // If the report has a column of the same name as a member of the context, only the report's is written.
    let context: Vec<_> = table.context.entries().into_iter().filter(|(key, _)| !own.contains(key)).collect();
    let shown: Vec<bool> = table.columns.iter().map(crate::core::report::Column::is_for_records).collect();
    let titles =
        table.columns.iter().filter(|column| column.is_for_records()).map(|column| column.key.as_str());
    let header = titles.chain(context.iter().map(|(key, _)| *key));
    let mut records: Vec<Vec<String>> = vec![header.map(cell).collect()];
    let about: Vec<String> = context.iter().map(|(_, words)| cell(words.raw())).collect();
    records.extend(table.rows.iter().map(|row| {
        let fields = row.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(field, _)| match field {
            Field::Text(text) => cell(text.raw()),
            Field::Number(digits) => digits.clone(),
            Field::Flag(_) | Field::Empty => field.raw().to_owned(),
        });
        fields.chain(about.iter().cloned()).collect()
    }));
    records
}

/// The text made safe, with an apostrophe wherever a spreadsheet would start a formula.
pub fn cell(text: &str) -> String {
    guard_formulas(safe_block(text).as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_is_spelled_out() {
        assert_eq!(cell("\u{1b}[2J"), "^[[2J");
        assert_eq!(cell("\t=1"), "    '=1");
    }
}
