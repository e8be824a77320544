//! A value alone on its scale: what it is, or the gap that it counts as, and why.

use super::{
    entry::{Part, PartValue},
    notes::{Notes, PlacePath},
    published,
    words::{
        MissingSign, is_blank, is_same_sign, missing_sign, missing_sign_among_words, nearest, plain_number,
    },
};
use crate::core::{
    cell::{Gap, Marks, Value},
    date::Date,
    scale::{Scale, ScaleKind},
};

/// A number in quotes is read as one.
pub(super) const QUOTED_NUMBER: &str = "quoted-number";
/// A number in quotes whose full stop may stand between thousands.
pub(super) const DOUBTFUL_NUMBER: &str = "doubtful-number";
/// A sign that says for sure that there is no value is read as the gap it means.
pub(super) const MISSING_SIGN: &str = "missing-sign";
/// A sign that may mean one gap or another.
pub(super) const PLACEHOLDER: &str = "placeholder";

/// A number that is written as a source published it, with signs that nobody declared.
pub(super) const NUMBER_SPELLING: &str = "number-spelling";

const UNREADABLE: &str = "the value is shown as printed and counts as unreadable";

/// A value on its scale, or the gap that it counts as, which is told; and the marks that flags behind it mean.
pub(super) fn on_scale(
    part: &Part<'_>,
    scale: &Scale,
    path: &PlacePath<'_>,
    notes: &mut Notes<'_>,
) -> (Result<Value, Gap>, Marks) {
    if let (ScaleKind::Number(about), PartValue::Text(text)) = (&scale.kind, &part.said)
        && declared_missing(part, scale).is_none()
        && let Some(published) = published::read(text, about)
    {
        if let (Ok(Value::Number(_)), Some(_), false) =
            (published.0, plain_number(text), about.signs.is_said())
        {
            let found = notes.excerpt(part);
            let message = format!("{found} is a number in quotes; it is read as one");
            let fault = notes.hint(QUOTED_NUMBER, part.at, path.text(), message);
            (fault.found, fault.hint) = (Some(found), Some("take the quotes away".to_owned()));
        }
        return published;
    }
    (state(part, scale, path, notes), Marks::empty())
}

fn state(part: &Part<'_>, scale: &Scale, path: &PlacePath<'_>, notes: &mut Notes<'_>) -> Result<Value, Gap> {
    if let Some(gap) = declared_missing(part, scale) {
        return Err(gap);
    }
    let value = match (&scale.kind, &part.said) {
        // The reader of the format has told them.
        (_, PartValue::Nothing | PartValue::NotANumber) => return Err(Gap::Empty),
        (_, PartValue::Malformed) => return Err(Gap::Unreadable),
        (ScaleKind::YesNo, PartValue::Bool(value)) => Some(Value::Level(if *value { 2 } else { 0 })),
        (ScaleKind::Number(about), PartValue::Number(number)) => {
            // Zero has no sign.
            about.admits(*number).then_some(Value::Number(*number + 0.0))
        }
        (ScaleKind::Levels | ScaleKind::Categories | ScaleKind::YesNo, PartValue::Text(text)) => {
            scale.level_of(text).map(Value::Level)
        }
        (ScaleKind::Date, PartValue::Text(text)) => Date::parse(text).map(Value::Date),
        (ScaleKind::Text, PartValue::Text(text)) => {
            (!is_blank(text) && missing_sign_among_words(text).is_none()).then_some(Value::Text)
        }
        _ => None,
    };
    value.ok_or_else(|| wrong_value(part, scale, path, notes))
}

/// The gap that a sign means by declaration of the framework. A level's own id comes first.
fn declared_missing(part: &Part<'_>, scale: &Scale) -> Option<Gap> {
    let is_sign = |sign: &str| match &part.said {
        PartValue::Text(text) => is_same_sign(text, sign) && scale.level_of(text).is_none(),
        PartValue::Number(number) => {
            plain_number(sign).is_some_and(|sign| sign.total_cmp(&(*number + 0.0)).is_eq())
        }
        _ => false,
    };
    scale.missing.iter().find(|(sign, _)| is_sign(sign)).map(|(_, gap)| *gap)
}

/// Tells why something is no value of the scale. Returns the gap that it counts as.
#[cold]
fn wrong_value(part: &Part<'_>, scale: &Scale, path: &PlacePath<'_>, notes: &mut Notes<'_>) -> Gap {
    if let Some(text) = part.text() {
        if is_blank(text) {
            let hint = notes.how_to(
                "write null, or a gap such as { \"gap\": \"no-data\" }",
                "leave it empty and say why in the column gap: no-data",
            );
            notes
                .warning("empty-value", part.at, path.text(), "this value is empty; it counts as a gap")
                .hint = Some(hint);
            return Gap::Empty;
        }
        if let Some(gap) = read_sign(text, part, scale, path, notes) {
            return gap;
        }
    }
    let ids = || scale.levels.iter().map(|level| &*level.id);
    let (code, expected) = match (&scale.kind, &part.said) {
        (ScaleKind::Number(about), said) if number_of(said).is_some_and(|number| !about.admits(number)) => {
            let bound = |bound: Option<f64>| bound.map_or("…".to_owned(), |value| value.to_string());
            let range = format!("a number from {} to {}", bound(about.min), bound(about.max));
            let found = notes.excerpt(part);
            let hint = sentinel_hint(&found).unwrap_or_else(|| UNREADABLE.to_owned());
            notes.expected("out-of-range", part, path.text(), range).hint = Some(hint);
            return Gap::Unreadable;
        }
        (ScaleKind::Levels | ScaleKind::Categories | ScaleKind::YesNo, _) => {
            let listed: Vec<String> = ids().take(8).map(|id| format!("\"{id}\"")).collect();
            ("unknown-level", format!("a level of the scale ({})", listed.join(", ")))
        }
        (ScaleKind::Number(_), _) => ("not-a-number", "a number".to_owned()),
        (ScaleKind::Treaty, _) => {
            let wanted = notes.how_to(
                "an object with \"signed\" and \"bound\" dates",
                "dates in the columns signed and bound",
            );
            ("not-a-treaty", wanted)
        }
        (ScaleKind::Date, _) => ("not-a-date", "a date such as 2010-07-01".to_owned()),
        (ScaleKind::Text, _) => ("not-text", "text".to_owned()),
    };
    let is_treaty = matches!(scale.kind, ScaleKind::Treaty);
    let near = part.text().filter(|_| !is_treaty).and_then(|text| nearest(text, ids())).map(str::to_owned);
    let published = match &scale.kind {
        ScaleKind::Number(about) => part.text().map(|text| (text, about)),
        _ => None,
    };
    let is_long = |text: &str| {
        let is_number = text.trim().parse::<f64>().is_ok_and(f64::is_finite);
        is_number && text.bytes().filter(u8::is_ascii_digit).count() > 15
    };
    let advice = match published {
        Some((text, _)) if is_long(text) => {
            Some("a number keeps 15 digits: round it, or keep every digit on a scale of texts".to_owned())
        }
        Some((text, about)) => published::advice(text, about),
        None => None,
    };
    let code = if advice.is_some() { NUMBER_SPELLING } else { code };
    let sentinel = if number_of(&part.said).is_some() { sentinel_hint(&notes.excerpt(part)) } else { None };
    let fault = notes.expected(code, part, path.text(), expected);
    fault.hint = near.map(|near| format!("did you mean \"{near}\"?")).or(advice);
    fault.hint.get_or_insert_with(|| sentinel.unwrap_or_else(|| UNREADABLE.to_owned()));
    Gap::Unreadable
}

/// What to do about a number of nines alone.
fn sentinel_hint(found: &str) -> Option<String> {
    let sign = found.trim_matches('"');
    let digits = sign.trim_start_matches('-');
    let is_sentinel = digits.len() > 1 && digits.chars().all(|c| c == '9');
    is_sentinel.then(|| {
        format!(
            "if it marks a missing value, say so in the framework: \"missing\": {{ \"{sign}\": \"no-data\" }}"
        )
    })
}

/// The gap that a sign of a missing value means, which is told.
fn read_sign(
    text: &str,
    part: &Part<'_>,
    scale: &Scale,
    path: &PlacePath<'_>,
    notes: &mut Notes<'_>,
) -> Option<Gap> {
    let sign = match scale.kind {
        ScaleKind::Text => missing_sign_among_words(text),
        _ => missing_sign(text),
    };
    let found = notes.excerpt(part);
    let (gap, fault, hint) = match sign? {
        MissingSign::Sure(gap) => {
            let message = format!("{found} is a placeholder: it is read as a gap, {}", gap.title());
            let id = gap.id();
            let hint = notes.how_to(
                &format!("write {{ \"gap\": \"{id}\" }}"),
                &format!("empty it and write {id} into the column gap"),
            );
            (gap, notes.warning(MISSING_SIGN, part.at, path.text(), message), hint)
        }
        MissingSign::Ambiguous => {
            let message =
                format!("{found} is a placeholder that may mean one gap or another; it counts as unreadable");
            let hint = notes.how_to(
                &format!(
                    "say which gap it is: {{ \"gap\": \"not-assessed\" | \"no-data\" | \"not-applicable\" | \"withheld\" }}; or once for \
                     all in the framework: \"missing\": {{ {found}: \"no-data\" }}"
                ),
                "empty it and say in the column gap which it is: not-assessed, no-data, not-applicable or withheld",
            );
            (Gap::Unreadable, notes.warning(PLACEHOLDER, part.at, path.text(), message), hint)
        }
    };
    (fault.found, fault.hint) = (Some(found), Some(hint));
    Some(gap)
}

/// The number that it is, in quotes or not.
fn number_of(said: &PartValue<'_>) -> Option<f64> {
    match said {
        PartValue::Number(number) => Some(*number),
        PartValue::Text(text) => plain_number(text),
        _ => None,
    }
}
