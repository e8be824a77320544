//! Groups from a located tree: an id that means nothing else, and members that are countries.

use std::collections::HashSet;

use super::tell_formula;
use crate::core::{
    country::{self, ResolvedCountry},
    framework::{Group, GroupMember},
    groups::EVERYONE,
    json::Node,
    read::{
        country_code, country_complaint,
        declared::{GROUP, said},
        notes::{Notes, member},
    },
};
use crate::text::excerpt;

/// A member of a group is no country that anybody knows, unless a card is about it.
pub(in crate::core::read) const UNKNOWN_MEMBER: &str = "unknown-member";

/// A list of groups, of a framework or of a bundle.
pub(in crate::core::read) fn read_groups(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Vec<Group> {
    if node.is_null() {
        return vec![];
    }
    let Some(groups) = node.array() else {
        notes.expected("not-a-list", node, path, "a list of groups");
        return vec![];
    };
    let mut found: Vec<Group> = vec![];
    for (at, group) in groups.iter().enumerate() {
        found.extend(read_group(group, &format!("{path}[{at}]"), &found, notes));
    }
    found
}

/// A group. One whose id means something else already is told and left out.
fn read_group(node: &Node<'_>, path: &str, known: &[Group], notes: &mut Notes<'_>) -> Option<Group> {
    GROUP.check(node, path, notes);
    let (Some(id), Some(list)) = (GROUP.text(node, "id"), GROUP.list(node, "members")) else {
        notes.expected("not-a-group", node, path, "an object with \"id\" and \"members\": a group");
        return None;
    };
    let title = GROUP.text(node, "title").unwrap_or_else(|| id.clone());
    tell_formula(node, path, notes);
    let country = match country::resolve(id.raw()) {
        ResolvedCountry::Known(known) if id.raw().len() <= 3 => Some(known.name),
        _ => None,
    };
    let taken = if known.iter().any(|known| known.id.eq_ignore_ascii_case(id.raw())) {
        Some("stands twice; the first one is used".to_owned())
    } else if id.raw().eq_ignore_ascii_case(EVERYONE) {
        Some("means all countries; this group is left out".to_owned())
    } else {
        country.map(|name| format!("is the code of a country, {name}; this group is left out"))
    };
    if let Some(taken) = taken {
        let at = node.get("id").map_or(node.at, |id| id.at);
        let message = format!("the group id \"{}\" {taken}", excerpt(id.raw(), 60));
        notes.error("duplicate-group", at, member(path, "id"), message).hint =
            Some("give the group another \"id\"".to_owned());
        return None;
    }
    tell_country_name(node, path, notes);
    let (mut members, mut known) = (vec![], HashSet::new());
    for (at, item) in list.iter().enumerate() {
        let path = format!("{path}.members[{at}]");
        let Some(text) = item.text().filter(|text| !text.is_empty()) else {
            notes.expected("not-a-country", item, path, "a country: an ISO 3166-1 code or a name");
            continue;
        };
        let code = country_code(text);
        if !known.insert(code.clone()) {
            let message = format!("{} is a member already", notes.excerpt(item));
            notes.warning("duplicate-member", item.at, path, message).hint = Some("name it once".to_owned());
            continue;
        }
        let is_aggregate = matches!(country::resolve(text), ResolvedCountry::Aggregate(_));
        let complaint = if is_aggregate {
            let hint = "aggregates are compared with, never counted: take it away".to_owned();
            Some((format!("{} is an aggregate, no country", notes.excerpt(item)), Some(hint)))
        } else {
            country_complaint(text, None)
        };
        if let Some((message, hint)) = complaint {
            let found = notes.excerpt(item);
            let fault = notes.error(UNKNOWN_MEMBER, item.at, path, format!("{message}: it is no member"));
            (fault.found, fault.hint) = (Some(found), hint);
        }
        members.push(GroupMember::always(&code));
    }
    Some(Group { id: id.raw().into(), title, members, not_understood: vec![], given_also_in: None })
}

/// Tells an id or a title that a country has for its name: who asks for it may get either.
fn tell_country_name(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) {
    let is_country = |text: &str| matches!(country::resolve(text), ResolvedCountry::Known(_));
    for key in ["id", "title"] {
        if let Some(written) = said(node, key).filter(|written| written.text().is_some_and(is_country)) {
            let message = format!("{} is the name of a country too", notes.excerpt(written));
            notes.warning("shared-title", written.at, member(path, key), message).hint =
                Some("give the group a name of its own".to_owned());
        }
    }
}
