//! The edition of a card: its period and label, and what to do about a label that says no period.

use super::{
    entry::{CardHead, PartValue},
    members::CardMember as Member,
    notes::{Notes, PlacePath, missing},
    rules::read_date,
    words::is_blank,
};
use crate::core::{
    date::{Date, month_named},
    period::{EditionLabels, LabelRule, Period, year_and_part},
};
use crate::text::excerpt;

/// The period of the edition and its label.
pub(super) fn edition(
    head: &CardHead<'_>,
    labels: EditionLabels,
    path: &PlacePath<'_>,
    notes: &mut Notes<'_>,
) -> Option<(Period, Box<str>)> {
    let Some(part) = head.said(Member::Edition) else {
        let hint =
            notes.how_to("add \"edition\": \"2010\"", "put an edition such as 2010 into the column edition");
        missing(head, Member::Edition, "no-edition", path, notes).hint = Some(hint);
        return None;
    };
    let path = path.member_path(Member::Edition.key());
    if let Some(label) = head.text(Member::EditionLabel).filter(|label| !is_blank(label)) {
        let date = read_date(part, || path.text(), notes)?;
        return Some((date.into(), label.into()));
    }
    if let Some((text, period)) = part.text().and_then(|text| Some((text, Period::parse(text, labels)?))) {
        return Some((period, text.trim().into()));
    }
    if let PartValue::Number(number) = part.said
        && let Some(date) = Date::parse(&number.to_string())
    {
        let label = number.to_string();
        let message = format!("this edition is a number; read as \"{label}\"");
        let fault = notes.warning("edition-number", part.at, path.text(), message);
        fault.hint = Some(format!("write \"edition\": \"{label}\""));
        fault.found = Some(label.clone());
        return Some((date.into(), label.into()));
    }
    let hint = match part.text() {
        Some(label) => label_hint(label, notes),
        None => "write it in quotes: \"edition\": \"2010\"".to_owned(),
    };
    let wanted = "an edition such as 2010, 2022-03, 2018/19, FY2019 or 2019Q2";
    notes.expected("bad-edition", part, path.text(), wanted).hint = Some(hint);
    None
}

/// What to do about a label that says no period. No year is made up.
fn label_hint(label: &str, notes: &Notes<'_>) -> String {
    let shown = excerpt(label, 60);
    if let Some(fiscal) = short_fiscal_year(label) {
        return notes
            .how_to(&format!("write \"edition\": \"{fiscal}\""), &format!("write the edition {fiscal}"));
    }
    if is_span(label) {
        return "if it is from a year to another, say so in the framework: \"edition_labels\": \"span\""
            .to_owned();
    }
    let date = date_in(label);
    let known = date.as_deref().unwrap_or("YYYY");
    let with = if date.is_none() { ", where YYYY is the year that it is of" } else { "" };
    notes.how_to(
        &format!("date it and keep its name: \"edition\": \"{known}\", \"edition_label\": \"{shown}\"{with}"),
        &format!("write the date {known} into the column edition_date{with}"),
    )
}

/// A fiscal year of two digits in four: FY19 is FY2019.
fn short_fiscal_year(label: &str) -> Option<String> {
    let digits = label.trim().strip_prefix("FY").or_else(|| label.trim().strip_prefix("fy"))?;
    let digits = digits.trim_start_matches([' ', '-', '\'', '’']);
    let year: u16 = if digits.len() == 2 { digits.parse().ok()? } else { return None };
    Some(format!("FY{}", if year < 70 { 2000 + year } else { 1900 + year }))
}

/// Whether it is from a year to another one of the same century, which no month is: 2010-13.
fn is_span(label: &str) -> bool {
    let with_rule = EditionLabels { rule: Some(LabelRule::Span), ..EditionLabels::default() };
    year_and_part(label).is_some() && Period::parse(label, with_rule).is_some()
}

/// The day, month or year that stands in a label.
fn date_in(label: &str) -> Option<String> {
    let words: Vec<&str> =
        label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let numbers: Vec<&str> =
        words.iter().copied().filter(|word| word.bytes().all(|b| b.is_ascii_digit())).collect();
    let year = label.split(|c: char| !c.is_ascii_digit()).map(|run| run.get(..4).unwrap_or_default());
    let year = year.into_iter().find(|year| Date::parse(year).is_some())?;
    let months: Vec<u8> = words.iter().filter_map(|word| month_named(word)).collect();
    let date = match (&numbers[..], &months[..]) {
        ([one], [month]) if *one == year => format!("{year}-{month:02}"),
        ([day, one] | [one, day], [month]) if *one == year => format!("{year}-{month:02}-{day:0>2}"),
        ([month, one], []) if *one == year && words.len() == 2 => format!("{year}-{month:0>2}"),
        // Which of two small numbers is the month, nobody knows.
        ([day, month, one], [])
            if *one == year && words.len() == 3 && day.parse::<u8>().is_ok_and(|day| day > 12) =>
        {
            format!("{year}-{month:0>2}-{day}")
        }
        _ => year.to_owned(),
    };
    Some(if Date::parse(&date).is_some() { date } else { year.to_owned() })
}
