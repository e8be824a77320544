//! A mapping as its file has it: what was recognised and what was said, with what was counted as comments.

use std::{collections::HashSet, fmt::Write as _};

use super::TableReading;
use crate::core::table_mapping::{MAPPING_SCHEMA, MappedIndicator, Mapping, SeenTable};
use crate::text::{counted, toml_string};

/// The text of a mapping: read again, it gives this mapping and the roles that were recognised.
pub fn mapping_text(reading: &TableReading) -> String {
    let mapping = &reading.said;
    let mut text = format!("# How {} is read: {}.\n", one_line(reading.file.raw()), reading.line());
    let mut put = |words: &str| text.push_str(words);
    put(&format!("schema = {}\n", toml_string(MAPPING_SCHEMA)));
    let whole = [
        ("id", &mapping.id),
        ("title", &mapping.title),
        ("sheet", &mapping.sheet),
        ("encoding", &mapping.encoding),
        ("decimal", &mapping.decimal),
        ("undated", &mapping.undated),
    ];
    for (key, value) in whole {
        if let Some(value) = value {
            put(&format!("{key} = {}\n", toml_string(value)));
        }
    }
    put("\n[columns]\n");
    let mut known = HashSet::new();
    for column in reading.columns.iter().filter(|column| column.role != "value") {
        let why = one_line(column.why.raw());
        // A heading stands once, for all columns that have it; a mapping that says more of one is no file.
        let again = if known.insert(column.heading.raw()) { "" } else { "# again: " };
        put(&format!(
            "{again}{} = {} # {why}\n",
            toml_string(column.heading.raw()),
            toml_string(column.role)
        ));
    }
    countries(&mut text, reading, mapping);
    signs(&mut text, reading, mapping);
    for (id, indicator) in &mapping.indicators {
        let _ = writeln!(text, "\n[indicators.{}]", toml_string(id));
        put_indicator(&mut text, indicator);
    }
    put_seen(&mut text, &reading.seen);
    text
}

/// Writes what the table had, for drift to be told.
fn put_seen(text: &mut String, seen: &SeenTable) {
    if seen.indicators.is_empty() && seen.categories.is_empty() {
        return;
    }
    text.push_str("\n# What the table had when this was saved: what is gone or new later is told.\n[seen]\n");
    let _ = writeln!(text, "indicators = {}", list(&seen.indicators));
    if !seen.categories.is_empty() {
        text.push_str("\n[seen.categories]\n");
    }
    for (id, categories) in &seen.categories {
        let _ = writeln!(text, "{} = {}", toml_string(id), list(categories));
    }
}

/// A list of texts, of which long ones go over lines.
fn list(items: &[String]) -> String {
    const WIDEST: usize = 100;
    let mut lines = vec![String::new()];
    for item in items {
        let item = toml_string(item);
        match lines.last_mut() {
            Some(line) if !line.is_empty() && line.len() + item.len() > WIDEST => lines.push(item),
            Some(line) => {
                line.push_str(if line.is_empty() { "" } else { ", " });
                line.push_str(&item);
            }
            None => {}
        }
    }
    match &lines[..] {
        [line] => format!("[{line}]"),
        lines => format!("[\n    {},\n]", lines.join(",\n    ")),
    }
}

fn countries(text: &mut String, reading: &TableReading, mapping: &Mapping) {
    if mapping.countries.is_empty() && reading.unknown.is_empty() {
        return;
    }
    text.push_str("\n[countries]\n");
    for (written, meant) in &mapping.countries {
        let _ = writeln!(text, "{} = {}", toml_string(written), toml_string(meant));
    }
    for unknown in &reading.unknown {
        let proposal = unknown.proposals.first().map_or("", |(code, _)| code.raw());
        let _ = writeln!(
            text,
            "# {} = {} # {} left out",
            toml_string(unknown.written.raw()),
            toml_string(proposal),
            counted(unknown.rows, "row", "rows")
        );
    }
}

fn signs(text: &mut String, reading: &TableReading, mapping: &Mapping) {
    if mapping.missing.is_empty() && reading.signs.is_empty() {
        return;
    }
    text.push_str("\n[missing]\n");
    for (sign, gap) in &mapping.missing {
        let _ = writeln!(text, "{} = {}", toml_string(sign), toml_string(gap));
    }
    for sign in reading.signs.iter().filter(|sign| !mapping.missing.contains_key(sign.sign.raw())) {
        let _ = writeln!(
            text,
            "# {} is {} in {}",
            toml_string(sign.sign.raw()),
            sign.gap,
            counted(sign.cells, "cell", "cells")
        );
    }
}

/// Writes what is said of an indicator, a line a member, in the order of the schema.
fn put_indicator(text: &mut String, indicator: &MappedIndicator) {
    let MappedIndicator { title, unit, goal, better, kind, order, min, max, comparable_from, missing } =
        indicator;
    let words = |text: &Option<String>| text.as_deref().map(toml_string);
    let signs = missing.iter().map(|(sign, gap)| format!("{} = {}", toml_string(sign), toml_string(gap)));
    let members = [
        ("title", words(title)),
        ("unit", words(unit)),
        ("goal", words(goal)),
        ("better", better.and_then(plain)),
        ("kind", kind.and_then(plain)),
        ("order", (!order.is_empty()).then(|| list(order))),
        ("min", min.and_then(plain)),
        ("max", max.and_then(plain)),
        ("comparable_from", comparable_from.and_then(plain)),
        ("missing", (!missing.is_empty()).then(|| format!("{{ {} }}", signs.collect::<Vec<_>>().join(", ")))),
    ];
    for (key, value) in members.iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
        let _ = writeln!(text, "{key} = {value}");
    }
}

/// A number, or a word of the schema.
fn plain(value: impl serde::Serialize) -> Option<String> {
    Some(toml::Value::try_from(value).ok()?.to_string())
}

/// Words in a comment: nothing in them ends the line or acts on a terminal.
fn one_line(text: &str) -> String {
    crate::text::safe_line(text).into_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        core::{
            date::Date,
            table_mapping::MappedBetter,
            table_reading::{ReadColumn, ReadSign, UnknownCountry},
        },
        text::Raw,
    };

    #[test]
    fn what_is_written_is_read_as_the_same_mapping_whatever_is_in_it() {
        let mut said =
            Mapping { undated: Some("2023\n\"x\"".into()), title: Some("#[a]".into()), ..Mapping::default() };
        said.countries.insert("C\u{1b}ôte".into(), "CIV".into());
        said.missing.insert("\\".into(), "no-data".into());
        said.missing.insert("\u{202e}x\u{e0041}".into(), "no-data".into());
        let order = vec!["a\"b".into(), "'".into()];
        let indicator = MappedIndicator {
            unit: Some("'''\u{202e}".into()),
            better: Some(MappedBetter::Lower),
            order,
            min: Some(-1.0),
            max: Some(1e300),
            comparable_from: Date::parse("2012-01"),
            missing: [("'\"..".to_owned(), "no-data".to_owned())].into(),
            ..MappedIndicator::default()
        };
        said.indicators.insert("a.b \"c\"".into(), indicator);
        let raw = |text: &str| Raw::new(text.to_owned());
        let reading = TableReading {
            file: raw("a\nb.csv"),
            columns: vec![ReadColumn {
                heading: raw("x = \"y\"\n"),
                role: "country-code",
                of: raw(""),
                above: Raw::default(),
                why: raw("a\nb"),
                examples: vec![],
            }],
            unknown: vec![UnknownCountry {
                written: raw("Frnace\n"),
                rows: 1,
                proposals: vec![],
                place: raw(""),
            }],
            signs: vec![ReadSign { sign: raw("-\n"), gap: "unreadable", cells: 3, is_ambiguous: true }],
            said: said.clone(),
            seen: SeenTable {
                indicators: vec!["\u{1b}\"x".repeat(40); 5],
                categories: [("a.b".to_owned(), vec!["\n".to_owned()])].into(),
            },
            ..TableReading::default()
        };
        let text = mapping_text(&reading);
        let read = Mapping::parse(&text).unwrap();
        assert_eq!(read.columns.len(), 1, "{text}");
        assert_eq!(read.seen.as_ref(), Some(&reading.seen), "{text}");
        let own = Mapping { schema: None, columns: said.columns.clone(), seen: None, ..read };
        assert_eq!(own, said, "{text}");
        assert!(crate::text::is_safe(&text), "{text:?}");
    }
}
