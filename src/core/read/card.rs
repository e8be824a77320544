//! What the head of a card means: whose card it is, of when, and what about it is not as it should be.

use super::{
    country_complaint,
    edition::edition,
    entry::{CardHead, Part, PartValue},
    input::IndicatorIndex,
    members::{CARD, CARD_SCHEMA, CardMember as Member, Holds, NEWER},
    notes::{Notes, PlacePath, missing},
    rules::read_date,
    unknown_key,
    words::is_blank,
};
use crate::core::{
    cell::Marks,
    columns::{CardRow, RowCell},
    country::{self, ResolvedCountry},
    counts::Counts,
    framework::Framework,
    period::{EditionLabels, Period},
};
use crate::text::excerpt;

/// The row of a card without its cells. A card without a country, an edition or assessments is told and left out.
pub(super) fn row(
    head: &CardHead<'_>,
    labels: EditionLabels,
    path: &PlacePath<'_>,
    notes: &mut Notes<'_>,
) -> Option<CardRow> {
    if !is_card(head, path, notes) {
        return None;
    }
    if let Some(member) = head.twice {
        let message = format!("this card says two things as its \"{}\"; it is left out", member.key());
        notes.error("two-answers", head.at, path.text(), message).hint =
            Some("keep the one that is true".to_owned());
        return None;
    }
    for (key, at) in &head.unknown {
        unknown_key(notes, &path.text(), key, *at, CARD.iter().map(|known| known.key));
    }
    let country = country(head, path, notes);
    let written = head.text(Member::Country).map(str::trim);
    let edition = edition(head, labels, path, notes);
    let has_assessments = has_assessments(head, path, notes);
    let assessed_on = head
        .said(Member::AssessedOn)
        .and_then(|part| read_date(part, || path.member(Member::AssessedOn.key()), notes));
    other_members(head, path, notes);
    let ((country, name), (edition, edition_label)) = (country?, edition?);
    tell_gone(&country, edition, path, head, notes)?;
    let sources_at = head.said(Member::Sources).and_then(|part| u32::try_from(part.at).ok());
    let at = u32::try_from(head.at).unwrap_or(u32::MAX);
    let counts = Counts::default();
    let is_contested = false;
    has_assessments.then(|| CardRow {
        written: written
            .filter(|written| **written != *country)
            .map(|written| excerpt(written, 60).into_string().into()),
        country,
        name,
        edition,
        edition_label,
        assessed_on,
        at,
        sources_at,
        counts,
        is_contested,
    })
}

/// Marks the cells whose date is further before the edition than the framework allows.
pub(super) fn mark_outdated(row: &CardRow, framework: &Framework, cells: &mut [RowCell]) {
    let Some(years) = framework.outdated_after_years else { return };
    let limit = row.edition.last_day().years_before(years);
    for cell in cells {
        if cell.cell.is_given() && cell.as_of.is_some_and(|date| date.last_day() < limit) {
            cell.cell.marks |= Marks::OUTDATED;
        }
    }
}

/// Tells that what should be a card is no object.
pub(super) fn not_an_object(part: &Part<'_>, path: &PlacePath<'_>, notes: &mut Notes<'_>) {
    let kind = part.kind_name();
    let fault = notes.expected("not-a-card", part, path.text(), "an object: a card");
    fault.hint = Some(format!(
        "a card is {{ \"country\": …, \"edition\": …, \"assessments\": {{ … }} }}, this is {kind}"
    ));
    fault.message = format!("expected an object, found {kind}");
}

/// Tells an indicator that the framework does not have. Only the first few get a suggestion, since finding one means
/// comparing all ids.
pub(super) fn unknown_indicator(
    key: &str,
    at: usize,
    path: &PlacePath<'_>,
    index: &IndicatorIndex<'_>,
    notes: &mut Notes<'_>,
) {
    const MOST_SUGGESTIONS: usize = 50;
    let told = notes.faults.iter().filter(|fault| fault.code == "unknown-indicator").take(MOST_SUGGESTIONS);
    let near = if told.count() < MOST_SUGGESTIONS {
        super::words::nearest(key, index.by_id.keys().copied())
            .map(|near| format!("did you mean \"{near}\"?"))
    } else {
        None
    };
    let found = excerpt(key, 60);
    let message = format!(
        "indicator \"{found}\" is not in framework \"{}\"; it is kept, not shown",
        index.framework.id
    );
    notes.warning("unknown-indicator", at, path.text(), message).hint = near;
}

/// Whether this is a card at all; if not, says what it is.
fn is_card(head: &CardHead<'_>, path: &PlacePath<'_>, notes: &mut Notes<'_>) -> bool {
    if CARD.iter().any(|known| head.given(known.member).is_some())
        || head.keys.iter().any(|key| ["goals", "cards"].contains(&&**key))
    {
        return true;
    }
    let message = "this object is neither a card nor a framework nor a bundle";
    if head.key_count == 0 {
        notes.error("not-a-card", head.at, path.text(), format!("{message}: it is empty"));
    } else {
        let keys: Vec<String> = head.keys.iter().map(|key| excerpt(key, 30).into_string()).collect();
        let more = head.key_count - keys.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!("{message}: all its keys are unknown ({}{more})", keys.join(", "));
        notes.warning("not-a-card", head.at, path.text(), message).hint =
            Some("it is left out; a card has \"country\", \"edition\" and \"assessments\", a table a record for each country, or countries as keys".to_owned());
    }
    false
}

/// Code and name.
fn country(head: &CardHead<'_>, path: &PlacePath<'_>, notes: &mut Notes<'_>) -> Option<(Box<str>, Box<str>)> {
    let Some(part) = head.said(Member::Country) else {
        let hint = notes.how_to(
            "add an ISO 3166-1 code or a name: \"country\": \"IRL\"",
            "put an ISO 3166-1 code or a name into the column country",
        );
        missing(head, Member::Country, "no-country", path, notes).hint = Some(hint);
        return None;
    };
    let path = path.member(Member::Country.key());
    let Some(text) = part.text().filter(|text| !is_blank(text)) else {
        notes.expected("no-country", part, path, "a country: an ISO 3166-1 code or a name");
        return None;
    };
    let given_name = head.text(Member::Name).filter(|name| !is_blank(name));
    let resolved = country::resolve_named(text, given_name);
    if let Some(name) = given_name {
        tell_other_name(text, &resolved, name, part.at, &path, notes);
    }
    match resolved {
        ResolvedCountry::Known(known) => Some((known.iso3.into(), given_name.unwrap_or(known.name).into())),
        ResolvedCountry::Former(former) => {
            Some((former.code.into(), given_name.unwrap_or(former.name).into()))
        }
        ResolvedCountry::Aggregate(aggregate) => {
            Some((aggregate.code.into(), given_name.unwrap_or(aggregate.name).into()))
        }
        ResolvedCountry::UserAssigned => {
            let Some(name) = given_name else {
                let message = format!("{text} is a user-assigned code: the card must say its \"name\"");
                let hint = notes.how_to("add \"name\": \"…\"", "name it in the table of countries");
                notes.error("no-name", part.at, path, message).hint = Some(hint);
                return None;
            };
            Some((text.into(), name.into()))
        }
        ResolvedCountry::Ambiguous(_) | ResolvedCountry::Unknown => {
            let (message, hint) = country_complaint(text, given_name)?;
            let Some(name) = given_name else {
                let own = notes.how_to(
                    &format!(
                        "a place without a code has one of its own, XA to XZ, and a name: \"country\": \"XA\", \"name\": \"{}\"",
                        excerpt(text, 60)
                    ),
                    "a place without a code has one of its own, XA to XZ, and a name in the table of countries",
                );
                let fault = notes.error(
                    "unknown-country",
                    part.at,
                    path,
                    format!("{message}: this card is left out"),
                );
                fault.found = Some(excerpt(text, 60).into_string());
                fault.hint = Some(hint.unwrap_or(own));
                return None;
            };
            let shown = excerpt(name, 40);
            notes
                .warning(
                    "unknown-country",
                    part.at,
                    path,
                    format!("{message}; the card is shown as \"{shown}\""),
                )
                .hint = hint;
            Some((text.into(), name.into()))
        }
    }
}

/// Tells a card that calls its country by the name of another.
fn tell_other_name(
    text: &str,
    resolved: &ResolvedCountry,
    name: &str,
    at: usize,
    path: &str,
    notes: &mut Notes<'_>,
) {
    if resolved.is_called(name) {
        return;
    }
    let other = country::resolve(name);
    let Some(called) = other.code().filter(|called| resolved.code().is_some_and(|code| code != *called))
    else {
        return;
    };
    let (text, name, known) = (excerpt(text, 60), excerpt(name, 60), resolved.name().unwrap_or_default());
    let message = format!(
        "\"{text}\" is {known}, but the card calls it \"{name}\", which is {called}; it counts as {known}"
    );
    notes.warning("other-name", at, path, message).hint =
        Some(format!("if {called} is meant, write \"country\": \"{called}\"; else \"name\": \"{known}\""));
}

/// Tells a card of a former country that is of an edition after it ceased to be; it is left out.
fn tell_gone(
    code: &str,
    period: Period,
    path: &PlacePath<'_>,
    head: &CardHead<'_>,
    notes: &mut Notes<'_>,
) -> Option<()> {
    let ResolvedCountry::Former(former) = country::resolve(code) else { return Some(()) };
    let until = former.during.until.filter(|until| period.first.first_day() > until.last_day());
    let Some(until) = until else { return Some(()) };
    let at = head.said(Member::Country).map_or(head.at, |part| part.at);
    let message = format!(
        "{} ({code}) is a former country, until {until}; this card is of {}: it is left out",
        former.name, period.first
    );
    let hint = match &former.successors_in(period)[..] {
        [] => "write a country of that time".to_owned(),
        several if several.len() > 6 => {
            format!("write the country of that time, one of its {} successors", several.len())
        }
        several => format!("write the country of that time: {}", several.join(" or ")),
    };
    notes.error("former-country", at, path.member(Member::Country.key()), message).hint = Some(hint);
    None
}

fn has_assessments(head: &CardHead<'_>, path: &PlacePath<'_>, notes: &mut Notes<'_>) -> bool {
    match head.given(Member::Assessments) {
        Some(Part { said: PartValue::Object, .. }) => true,
        Some(part) => {
            let path = path.member(Member::Assessments.key());
            notes.expected("not-assessments", part, path, "an object").hint =
                Some("each indicator's id is a key: { \"opsc\": { … } }".to_owned());
            false
        }
        None => {
            missing(head, Member::Assessments, "no-assessments", path, notes).hint =
                Some("add \"assessments\": { … }".to_owned());
            false
        }
    }
}

/// Members that are shown but not counted: told when they are of the wrong kind.
fn other_members(head: &CardHead<'_>, path: &PlacePath<'_>, notes: &mut Notes<'_>) {
    for known in &CARD {
        let Some(part) = head.said(known.member) else { continue };
        let (code, wanted) = match (known.holds, &part.said) {
            // The reader of the format has told what is malformed; who and when the card is about is told elsewhere.
            (_, PartValue::Malformed | PartValue::NotANumber) => continue,
            (Holds::Text | Holds::Format, _) if !part.is_text() => ("not-text", "text"),
            (Holds::Texts, said) if *said != PartValue::List => ("not-a-list", "a list of texts"),
            (Holds::Object | Holds::NamedSources, said) if *said != PartValue::Object => {
                ("not-an-object", "an object")
            }
            _ => continue,
        };
        notes.expected(code, part, path.member(known.key), wanted);
    }
    for (key, part) in &head.not_sources {
        let path = path.member_path(Member::Sources.key()).member(key);
        notes.expected(
            "not-a-source",
            part,
            path,
            "a source: an object with a title or url in words, or a URL",
        );
    }
    for (at, part) in &head.not_actions {
        let path = path.item_path(Member::PriorityActions.key(), *at).text();
        notes.expected("not-text", part, path, "text");
    }
    if let Some((part, schema)) = head.said(Member::Schema).and_then(|part| Some((part, part.text()?)))
        && schema != CARD_SCHEMA
    {
        let found = notes.excerpt(part);
        let message = format!("the format of this card is {found}; it is read as \"{CARD_SCHEMA}\"");
        notes.warning("unknown-schema", part.at, path.member(Member::Schema.key()), message).hint =
            Some(NEWER.to_owned());
    }
}
