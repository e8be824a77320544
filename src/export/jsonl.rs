//! JSON Lines: the report's context on the first line, then one record per line; an empty field is null.

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

/// The raw value; digits become a JSON number.
fn value(field: &Field) -> Value {
    match field {
        Field::Text(text) => text.raw().into(),
        Field::Number(digits) => digits.parse().map_or_else(|_| digits.as_str().into(), Value::Number),
        Field::Flag(is) => (*is).into(),
        Field::Empty => Value::Null,
    }
}
