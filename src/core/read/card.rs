//! One card from a located tree: the careful way, for cards that are not plainly in order.

use super::{
    Index, cell,
    notes::{Notes, member},
    unknown_key,
    words::{CARD_KEYS, nearest},
};
use crate::core::{
    batch::{Batch, CardRow},
    cell::{Cell, Gap, Marks},
    country::{self, ResolvedCountry},
    counts::Counts,
    date::Date,
    json::{Node, NodeKind as Json},
};

/// Reads a card into the batch. A card without a country, an edition or assessments is told and left out.
pub(super) fn read(
    node: &Node<'_>,
    path: &str,
    index: &Index<'_>,
    batch: &mut Batch,
    notes: &mut Notes<'_>,
) -> bool {
    if !is_card(node, path, notes) {
        return false;
    }
    for member in node.object().unwrap_or_default() {
        if !CARD_KEYS.contains(&&*member.key) {
            unknown_key(notes, path, member, CARD_KEYS);
        }
    }
    let country = country(node, path, notes);
    let edition = edition(node, path, notes);
    let assessments = assessments(node, path, notes);
    let assessed_on =
        node.get("assessed_on").and_then(|date| cell::read_date(date, &member(path, "assessed_on"), notes));
    other_members(node, path, notes);
    let (Some((code, name)), Some((edition, edition_label)), Some(assessments)) =
        (country, edition, assessments)
    else {
        return false;
    };
    let first = batch.start_row();
    let cells_path = member(path, "assessments");
    for member in assessments.object().unwrap_or_default() {
        read_cell(member, &cells_path, index, batch, first, edition, notes);
    }
    let at = u32::try_from(node.at).unwrap_or(u32::MAX);
    let sources_at = node.get("sources").and_then(|sources| u32::try_from(sources.at).ok());
    let counts = Counts::default();
    batch.finish_row(
        first,
        CardRow { country: code, name, edition, edition_label, assessed_on, at, sources_at, counts },
    );
    true
}

fn read_cell(
    entry: &crate::core::json::NodeMember<'_>,
    path: &str,
    index: &Index<'_>,
    batch: &mut Batch,
    first: usize,
    edition: Date,
    notes: &mut Notes<'_>,
) {
    let path = member(path, &entry.key);
    let Some(column) = index.by_id.get(&*entry.key) else {
        let found = crate::text::excerpt(&entry.key, 60);
        let near = nearest(&entry.key, index.by_id.keys().copied());
        let message = format!(
            "indicator \"{found}\" is not in framework \"{}\"; it is kept, not shown",
            index.framework.id
        );
        let fault = notes.warning("unknown-indicator", entry.key_at, &path, message);
        fault.hint = near.map(|near| format!("did you mean \"{near}\"?"));
        return;
    };
    let position = first + usize::from(*column);
    let scale = &index.framework.scales[usize::from(index.framework.indicators[usize::from(*column)].scale)];
    if batch.is_set(position) {
        // Which of two values is meant cannot be known; the duplicate key itself is told by the reader.
        batch.set(position, Cell::gap(Gap::Unreadable), entry.value.at);
        return;
    }
    let read = cell::read(&entry.value, scale, &path, notes);
    match read.treaty {
        Some(treaty) => batch.set_treaty(position, treaty, read.cell.marks, entry.value.at),
        None => batch.set(position, read.cell, entry.value.at),
    }
    let limit = index.framework.outdated_after_years.map(|years| edition.last_day().years_before(years));
    if let (Some(date), Some(limit)) = (read.as_of, limit)
        && date.last_day() < limit
        && read.cell.is_given()
    {
        batch.add_mark(position, Marks::OUTDATED);
    }
}

/// Whether this is a card at all; if not, says what it is.
fn is_card(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> bool {
    let Some(members) = node.object() else {
        let fault = notes.expected("not-a-card", node, path, "an object: a card");
        fault.hint = Some(format!(
            "a card is {{ \"country\": …, \"edition\": …, \"assessments\": {{ … }} }}, this is {}",
            node.kind_name()
        ));
        fault.message = format!("expected an object, found {}", node.kind_name());
        return false;
    };
    let known = |key: &str| CARD_KEYS.contains(&key) || ["goals", "cards"].contains(&key);
    if members.iter().any(|member| known(&member.key)) {
        return true;
    }
    let message = "this object is neither a card nor a framework nor a bundle";
    if members.is_empty() {
        notes.error("not-a-card", node.at, path, format!("{message}: it is empty"));
    } else {
        let keys: Vec<String> =
            members.iter().take(3).map(|m| crate::text::excerpt(&m.key, 30).into_string()).collect();
        let more = if members.len() > 3 { format!(" and {} more", members.len() - 3) } else { String::new() };
        let message = format!("{message}: all its keys are unknown ({}{more})", keys.join(", "));
        notes.warning("not-a-card", node.at, path, message).hint =
            Some("it is left out; a card has \"country\", \"edition\" and \"assessments\"".to_owned());
    }
    false
}

/// Code and name.
fn country(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Option<(Box<str>, Box<str>)> {
    let Some(value) = node.get("country") else {
        notes.error("no-country", node.at, path, "this card has no \"country\"; it is left out").hint =
            Some("add an ISO 3166-1 code or a name: \"country\": \"IRL\"".to_owned());
        return None;
    };
    let path = member(path, "country");
    let Some(text) = value.text().filter(|text| !super::words::is_blank(text)) else {
        notes.expected("no-country", value, &path, "a country: an ISO 3166-1 code or a name");
        return None;
    };
    let given_name = node.get("name").and_then(Node::text).filter(|name| !super::words::is_blank(name));
    match country::resolve_named(text, given_name) {
        ResolvedCountry::Known(known) => Some((known.iso3.into(), given_name.unwrap_or(known.name).into())),
        ResolvedCountry::UserAssigned => {
            let Some(name) = given_name else {
                let message = format!("{text} is a user-assigned code: the card must say its \"name\"");
                notes.error("no-name", value.at, &path, message).hint =
                    Some("add \"name\": \"…\"".to_owned());
                return None;
            };
            Some((text.into(), name.into()))
        }
        ResolvedCountry::Unknown => {
            let near = country::nearest(text);
            let Some(name) = given_name else {
                let fault = notes.expected(
                    "unknown-country",
                    value,
                    &path,
                    "a country: an ISO 3166-1 code or a name",
                );
                fault.hint = Some(near.map_or_else(
                    || "for a code of your own (XA to XZ) add a \"name\"".to_owned(),
                    |near| format!("did you mean \"{}\" ({})?", near.name, near.iso3),
                ));
                return None;
            };
            let found = notes.excerpt(value);
            let message = format!(
                "{found} is not a country code; the card is shown as \"{}\"",
                crate::text::excerpt(name, 40)
            );
            notes.warning("unknown-country", value.at, &path, message).hint =
                near.map(|near| format!("did you mean \"{}\" ({})?", near.name, near.iso3));
            Some((text.into(), name.into()))
        }
    }
}

fn edition(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Option<(Date, Box<str>)> {
    let wanted = "an edition such as 2010, 2022-03 or 2010-07-01";
    let Some(value) = node.get("edition") else {
        notes.error("no-edition", node.at, path, "this card has no \"edition\"; it is left out").hint =
            Some("add \"edition\": \"2010\"".to_owned());
        return None;
    };
    let path = member(path, "edition");
    if let Some(date) = value.text().and_then(Date::parse) {
        return Some((date, value.text().unwrap_or_default().into()));
    }
    if let Json::Number(number) = value.kind
        && let Some(date) = Date::parse(&number.to_string())
    {
        let label = number.to_string();
        notes
            .warning(
                "edition-number",
                value.at,
                &path,
                format!("this edition is a number; read as \"{label}\""),
            )
            .hint = Some(format!("write \"edition\": \"{label}\""));
        return Some((date, label.into()));
    }
    notes.expected("bad-edition", value, &path, wanted).hint =
        Some("the card is left out until it is mended".to_owned());
    None
}

fn assessments<'n, 'a>(node: &'n Node<'a>, path: &str, notes: &mut Notes<'_>) -> Option<&'n Node<'a>> {
    let Some(value) = node.get("assessments") else {
        notes
            .error("no-assessments", node.at, path, "this card has no \"assessments\"; it is left out")
            .hint = Some("add \"assessments\": { … }".to_owned());
        return None;
    };
    if value.object().is_none() {
        let path = member(path, "assessments");
        let fault = notes.expected("not-assessments", value, &path, "an object");
        fault.hint = Some("each indicator's id is a key: { \"opsc\": { … } }".to_owned());
        return None;
    }
    Some(value)
}

/// Members that are shown but not counted: told when they are of the wrong kind.
fn other_members(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) {
    let is_text = |node: &Node<'_>| node.is_null() || node.text().is_some();
    for key in ["name", "summary", "framework", "schema"] {
        if let Some(value) = node.get(key).filter(|value| !is_text(value)) {
            notes.expected("not-text", value, &member(path, key), "text");
        }
    }
    if let Some(actions) = node.get("priority_actions").filter(|actions| !actions.is_null()) {
        let path = member(path, "priority_actions");
        match actions.array() {
            None => {
                notes.expected("not-a-list", actions, &path, "a list of texts");
            }
            Some(items) => {
                for (at, item) in items.iter().enumerate().filter(|(_, item)| item.text().is_none()) {
                    notes.expected("not-text", item, &format!("{path}[{at}]"), "text");
                }
            }
        }
    }
    for key in ["campaign", "sources"] {
        if let Some(value) = node.get(key).filter(|value| !value.is_null() && value.object().is_none()) {
            notes.expected("not-an-object", value, &member(path, key), "an object");
        }
    }
}
