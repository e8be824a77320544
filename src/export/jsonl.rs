//! JSON Lines: what the report is about on the first line, then a record a line; what is not said is null.

use serde_json::{Map, Value};

use super::{Style, json::escaped};
use crate::core::report::{Column, Field, Report, json_of};

pub(super) fn write(report: &dyn Report, _style: &Style) -> Vec<u8> {
    let table = report.table();
    let mut lines = vec![json_of(&table.context.about(report.name()))];
    lines.extend(table.rows.iter().map(|row| {
        let fields = table.columns.iter().zip(row).filter(|(column, _)| Column::is_for_records(column));
        let record: Map<String, Value> =
            fields.map(|(column, field)| (column.key.clone(), value(field))).collect();
        Value::Object(record)
    }));
    let lines = lines.iter().map(|line| escaped(&line.to_string()) + "\n");
    lines.collect::<String>().into_bytes()
}

/// Raw, as JSON keeps it; digits as the number they are.
fn value(field: &Field) -> Value {
    match field {
        Field::Text(text) => text.raw().into(),
        Field::Number(digits) => digits.parse().map_or_else(|_| digits.as_str().into(), Value::Number),
        Field::Flag(is) => (*is).into(),
        Field::Empty => Value::Null,
    }
}
