//! What is said of a table: what was not understood, what was left out, what has changed since its mapping was written.

use super::{
    countries::UnclearCountry,
    dates::EITHER_FIRST,
    headings::edition_label,
    make::MadeCounts,
    recognise::{TableColumn, TableShape},
    repeated::row_place,
    sample::is_number,
    scales::ToldWord,
    written_forms::money,
};
use crate::core::table_mapping::{ColumnRole, Mapping};
use crate::core::{
    input_file::{Addressing, InputFile, NamedText},
    json::Fault,
    period::UNDATED,
    problem::Problem,
    severity::Severity,
    table_reading::{LeftOutRows, ReadColumn, ReadSign, TableReading, UnknownCountry},
};
use crate::text::{Raw, Safe, counted, excerpt, safe_line, toml_key};

/// Problems of one kind that are told one by one.
const MOST_TOLD: usize = 20;

/// Nothing in a file names countries.
pub(super) fn no_countries(file: &InputFile, mapping: &Mapping, has_countries: bool) -> Problem {
    if has_countries {
        let message =
            "this table names countries, but no column has anything to show beside their codes and names";
        let problem = Problem::new("no-values", Severity::Error, safe_line(message)).in_file(file.name());
        let hint = "if a column has, name it by its heading: --value-column HEADING";
        return problem.with_hint(Safe::fixed(hint));
    }
    let is_said = mapping
        .columns
        .values()
        .any(|role| matches!(role, ColumnRole::CountryCode | ColumnRole::CountryName));
    // Of a file with a text of its own the parts only lie beside it.
    let parts = if file.own.text.is_empty() { file.parts.len() } else { 0 };
    let message = match (parts, is_said) {
        (_, true) => "the column of countries that the mapping names is not in this table".to_owned(),
        (0, _) => "this is a table, but none of its columns and none of its rows names countries".to_owned(),
        (1, _) => "the sheet or member of this file is no table of countries".to_owned(),
        (many, _) => format!("none of the {many} sheets or members of this file is a table of countries"),
    };
    let hint = "if one column does, name it by its heading: --country-column HEADING";
    Problem::new("no-countries", Severity::Error, safe_line(&message))
        .in_file(file.name())
        .with_hint(Safe::fixed(hint))
}

/// What a table needs stands in another file.
pub(super) fn lacks(name: &Raw<'static>, what: &'static str) -> Problem {
    let message = "the names of the countries of this table stand in another file, which is not there";
    Problem::new("no-countries", Severity::Error, safe_line(message))
        .in_file(name)
        .with_hint(Safe::fixed(what))
}

/// Values of a JSON text, or lines of JSON Lines of which the first is told.
pub(super) fn left_out_of_json(name: &Raw<'static>, many: usize, first: Option<&str>) -> Option<Problem> {
    let values = counted(many, "value of this file is", "values of this file are");
    let message = match first {
        Some(first) => format!("{values} left out; {first}"),
        None => format!("{values} left out: they stand where none can, or a key stands twice"),
    };
    (many > 0).then(|| Problem::new("left-out", Severity::Warning, safe_line(&message)).in_file(name))
}

/// What is said of the rows and cells of a table.
pub(super) fn faults(counts: &MadeCounts, shape: &TableShape, mapping: &Mapping) -> Vec<Fault> {
    let mut faults: Vec<Fault> = counts.unclear.iter().take(MOST_TOLD).map(unclear_country).collect();
    if let Some(next) = counts.unclear.get(MOST_TOLD) {
        let more = counts.unclear.len() - MOST_TOLD;
        let message = format!("{more} more names of countries are not understood; their rows are left out");
        faults.push(
            Fault::error("unknown-country", next.at, message).hint("`visavis import --plan` lists them all"),
        );
    }
    let mut signs: Vec<_> = counts.told.values().collect();
    signs.sort_by_key(|sign| (std::cmp::Reverse(sign.seen), sign.first));
    for sign in signs.iter().filter(|sign| sign.is_ambiguous).take(MOST_TOLD) {
        let word = excerpt(&sign.word, 40);
        let message = format!(
            "\"{word}\" in {} may be a gap of one kind or another; it counts as unreadable",
            cells(sign.seen)
        );
        let hint = format!(
            "say what it means: --missing \"{word}=no-data\" (or not-applicable, not-assessed, withheld)"
        );
        faults.push(Fault::warning("placeholder", sign.first, message).found(word.into_string()).hint(hint));
    }
    let strange: Vec<_> = signs
        .iter()
        .filter(|sign| !sign.is_ambiguous && sign.gap == crate::core::cell::Gap::Unreadable)
        .collect();
    let (unclear, strange): (Vec<_>, Vec<_>) =
        strange.into_iter().partition(|sign| is_unclear_point(&sign.word));
    faults.extend(unclear_numbers(&unclear));
    for sign in strange.iter().take(MOST_TOLD) {
        let word = excerpt(&sign.word, 40);
        let message =
            format!("\"{word}\" in {} stands among numbers; it counts as unreadable", cells(sign.seen));
        let hint = unreadable_hint(sign);
        faults.push(Fault::warning("not-a-number", sign.first, message).found(word.into_string()).hint(hint));
    }
    if let Some(next) = strange.get(MOST_TOLD) {
        let more: usize = strange[MOST_TOLD..].iter().map(|sign| sign.seen).sum();
        let message = format!(
            "{} more words among numbers count as unreadable, in {}",
            strange.len() - MOST_TOLD,
            cells(more)
        );
        faults.push(Fault::warning("not-a-number", next.first, message));
    }
    for (why, skipped) in &counts.left_out {
        let (code, severity) = match *why {
            "an edition that is no time" | EITHER_FIRST => ("bad-edition", Severity::Error),
            "more countries or editions than can be shown" => ("too-many-editions", Severity::Error),
            _ => continue,
        };
        let rows = counted(skipped.many, "row is", "rows are");
        let fault = Fault::new(severity, code, skipped.first, format!("{rows} left out: {why}"));
        faults.push(match *why {
            EITHER_FIRST => fault.hint("write the dates as 2020-01-31"),
            _ => fault,
        });
    }
    if let Some(number) = &shape.doubtful_point {
        let message = format!(
            "the point in {number} and others is read as one before decimals; it may stand between thousands"
        );
        let hint = "say which it is: --decimal . (as read) or --decimal ,";
        faults.push(Fault::warning("doubtful-points", shape.data_at, message).hint(hint));
    }
    if let Some(another) = shape.ends.and_then(|ends| ends.another) {
        let message = "another table begins here; it is not read";
        let hint = "give it a sheet or a file of its own";
        faults.push(Fault::warning("another-table", another, message).hint(hint));
    }
    if shape.undated.as_ref().is_some_and(|(label, _)| label == UNDATED) && mapping.undated.is_none() {
        let message = "nothing says of which year this table is; its edition is called \"undated\"";
        faults.push(Fault::new(Severity::Hint, "undated", 0, message).hint("say it: --undated 2023"));
    }
    faults
}

/// Whether a comma in a number may stand before decimals or between thousands.
fn is_unclear_point(word: &str) -> bool {
    let word = money(word).map_or(word, |(_, digits)| digits);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    word.split_once(',').is_some_and(|(whole, part)| is_digits(whole) && is_digits(part))
}

/// One question for all numbers with such a comma: they are written in one way.
fn unclear_numbers(signs: &[&ToldWord]) -> Option<Fault> {
    let first = signs.iter().min_by_key(|sign| sign.first)?;
    let word = excerpt(&first.word, 40);
    let others = match signs.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more like it"),
    };
    let seen = signs.iter().map(|sign| sign.seen).sum();
    let message = format!("\"{word}\"{others} in {} may be one number or another: unreadable", cells(seen));
    let hint =
        "say whether the comma stands before decimals (--decimal ,) or between thousands (--decimal .)";
    Some(Fault::warning("not-a-number", first.first, message).found(word.into_string()).hint(hint))
}

/// How to mend a text that is no number.
fn unreadable_hint(sign: &ToldWord) -> String {
    let word = excerpt(&sign.word, 40);
    let bare = sign.word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    if bare.is_some_and(|bare| is_number(bare.trim())) {
        return "in brackets may stand a negative number or one that is not reliable: write it as it is meant".to_owned();
    }
    let gap = format!("if it stands for a gap, say which: --missing \"{word}=no-data\"");
    let is_category = sign.seen > 1 && sign.word.len() <= 12 && sign.word.chars().all(char::is_alphanumeric);
    match &*sign.indicator {
        indicator if is_category && !indicator.is_empty() => format!(
            "{gap}; if it is a category as its numbers are: [indicators.{}] kind = \"categories\" in the mapping",
            toml_key(indicator)
        ),
        _ => gap,
    }
}

fn cells(many: usize) -> String {
    counted(many, "cell", "cells")
}

fn unclear_country(unclear: &UnclearCountry) -> Fault {
    let written = excerpt(&unclear.written, 60);
    let rows = counted(unclear.rows, "row", "rows");
    let what = if unclear.is_ambiguous { "may be several places" } else { "is no country that is known" };
    let message = format!("\"{written}\" {what}; {rows} left out");
    let proposals: Vec<String> =
        unclear.proposals.iter().map(|(code, name)| format!("{code} ({name})")).collect();
    let key = toml_key(&unclear.written);
    let hint = match &proposals[..] {
        [] => format!("say what it is in the mapping: [countries] {key} = \"CODE\", or \"\" to set it aside"),
        some => format!(
            "if {} is meant, say so in the mapping: [countries] {key} = \"{}\"",
            some.join(" or "),
            unclear.proposals[0].0
        ),
    };
    Fault::error("unknown-country", unclear.at, message).found(written.into_string()).hint(hint)
}

/// What people can check of how a table was read.
pub(super) fn reading(named: &NamedText, shape: &TableShape, counts: &MadeCounts) -> TableReading {
    let place = |at: usize| Raw::new(format!("{}{}", named.name.raw(), row_place(named, at)));
    let raw = |text: &str| Raw::new(text.to_owned());
    TableReading {
        file: named.name.clone(),
        shape: shape.words,
        text: dialect_words(shape, named),
        preamble: shape.preamble.iter().map(|line| raw(line)).collect(),
        columns: shape
            .columns
            .iter()
            .map(|column| ReadColumn {
                heading: raw(&column.heading),
                role: column.role.id(),
                of: raw(column.edition.as_deref().or(column.country.as_deref()).unwrap_or_default()),
                above: raw(above(column).unwrap_or_default()),
                why: raw(&column.why),
                examples: column.examples.iter().map(|text| raw(text)).collect(),
            })
            .collect(),
        rows: counts.rows,
        rows_used: counts.rows_used,
        looked_at: shape.looked_at,
        left_out: counts
            .left_out
            .iter()
            .map(|(why, skipped)| LeftOutRows { why, rows: skipped.many, place: place(skipped.first) })
            .collect(),
        countries: counts.countries,
        aggregates: counts.aggregates,
        unknown: counts
            .unclear
            .iter()
            .map(|unclear| UnknownCountry {
                written: raw(&unclear.written),
                rows: unclear.rows,
                proposals: unclear.proposals.iter().map(|(code, name)| (raw(code), raw(name))).collect(),
                place: place(unclear.at),
            })
            .collect(),
        editions: counts.editions,
        undated: shape.undated.as_ref().map(|(label, why)| (raw(label), *why)),
        signs: counts
            .told
            .values()
            .map(|word| ReadSign {
                sign: raw(&word.word),
                gap: word.gap.id(),
                cells: word.seen,
                is_ambiguous: word.is_ambiguous,
            })
            .collect(),
        ..TableReading::default()
    }
}

/// What stands above the heading of a column of values.
fn above(column: &TableColumn) -> Option<&str> {
    let indicator = column.indicator.as_ref()?;
    // A heading that says the indicator itself needs nothing above it.
    // Of several rows above it, all that tell it apart.
    let all = || indicator.title.strip_suffix(&*column.heading).map(|above| above.trim_end_matches(": "));
    let above = match column.edition {
        Some(_) => Some(&*indicator.title).filter(|_| edition_label(&column.heading).is_some()),
        None => all().filter(|above| !above.is_empty()).or(indicator.goal.as_deref()),
    };
    above.filter(|above| !above.is_empty() && !column.heading.contains(above))
}

/// How the fields are told apart, and how numbers are written.
fn dialect_words(shape: &TableShape, named: &NamedText) -> String {
    let mut words = vec![match (&named.addressing, shape.dialect.separator) {
        (Addressing::Sheet, _) => "cells of a sheet",
        (Addressing::Items, _) => "members of JSON",
        (_, b'\t') => "separated by tabs",
        (_, b';') => "separated by semicolons",
        (_, b'|') => "separated by bars",
        _ => "separated by commas",
    }];
    if shape.signs.decimal == Some(',') {
        words.push("decimal commas");
    }
    words.extend(match shape.signs.thousands {
        Some(',') => Some("commas between thousands"),
        Some('.') => Some("points between thousands"),
        Some(_) => Some("spaces between thousands"),
        None => None,
    });
    words.extend(shape.signs.percent.then_some("percent signs"));
    words.extend(shape.signs.flags.then_some("flags behind numbers"));
    words.join(", ")
}
