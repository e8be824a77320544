//! A report as far as a pane shows it: a search, a filter or another order on the screen holds for the copy too.

use serde_json::Value;

use crate::{
    core::report::{Report, Table},
    text::Raw,
};

/// A report of which only some rows are shown, in the order of the screen.
pub(super) struct AsShown<'a> {
    pub(super) report: &'a dyn Report,
    /// What a row is known by: `country`, `indicator`, `id`.
    pub(super) key: &'static str,
    /// The rows, as they are listed.
    pub(super) kept: Vec<String>,
    /// What narrows them; nothing when all are shown.
    pub(super) narrowed_by: Vec<String>,
}

impl AsShown<'_> {
    fn place(&self, row: &str) -> Option<usize> {
        self.kept.iter().position(|kept| kept == row)
    }

    fn trim(&self, rows: &mut Value) {
        let Some(rows) = rows.as_array_mut() else { return };
        let place = |row: &Value| row.get(self.key).and_then(Value::as_str).and_then(|row| self.place(row));
        rows.retain(|row| place(row).is_some());
        rows.sort_by_key(place);
    }
}

impl Report for AsShown<'_> {
    fn name(&self) -> &'static str {
        self.report.name()
    }

    fn table(&self) -> Table {
        let mut table = self.report.table();
        let Some(at) = table.columns.iter().position(|column| column.key == self.key) else { return table };
        let all = table.rows.len();
        table.rows.retain(|row| self.place(row[at].raw()).is_some());
        table.rows.sort_by_key(|row| self.place(row[at].raw()));
        if !self.narrowed_by.is_empty() {
            let words = format!("Shown: {}; {} of {all} rows", self.narrowed_by.join(", "), table.rows.len());
            table.lines.insert(0, Raw::new(words));
        }
        table
    }

    fn json(&self) -> Value {
        let mut json = self.report.json();
        if let Some(rows) = json.get_mut("rows") {
            self.trim(rows);
        }
        for card in json.get_mut("cards").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(rows) = card.get_mut("rows") {
                self.trim(rows);
            }
        }
        if !self.narrowed_by.is_empty() {
            json["shown"] = self.narrowed_by.clone().into();
        }
        json
    }
}
