//! A finding from a located tree: which indicators, which answers, which sentence.

use super::{list, number, words};
use crate::core::{
    cell::Gap,
    date::Date,
    framework::{Finding, Framework, Published, Where},
    groups,
    json::{Node, NodeKind as Json},
    read::{
        notes::{Notes, member},
        words::nearest,
    },
};

/// A figure was published for a group that nobody knows.
pub(in crate::core::read) const UNKNOWN_GROUP: &str = "unknown-group";

/// Reads a finding; one that names what is not there is told and left out.
pub(super) fn read(
    node: &Node<'_>,
    path: &str,
    framework: &Framework,
    notes: &mut Notes<'_>,
) -> Option<Finding> {
    let (Some(id), Some(text)) = (words(node, "id"), words(node, "text")) else {
        notes.expected(
            "not-a-finding",
            node,
            path,
            "an object with \"id\", \"text\", \"indicators\" and \"where\"",
        );
        return None;
    };
    let mut indicators = vec![];
    for (at, item) in list(node, "indicators", path, notes)?.iter().enumerate() {
        let known = item.text().and_then(|id| framework.find_indicator(id));
        if known.is_none() {
            let near = item.text().and_then(|id| nearest(id, framework.indicators.iter().map(|i| &*i.id)));
            let hint = near.map(|near| format!("did you mean \"{near}\"?"));
            notes
                .expected("unknown-indicator", item, format!("{path}.indicators[{at}]"), "an indicator's id")
                .hint = hint;
        }
        indicators.push(known?);
    }
    let unit = node.get("unit").and_then(Node::text);
    Some(Finding {
        id: id.raw().into(),
        goal: words(node, "goal")
            .and_then(|goal| framework.goal_ids().find(|at| *framework.goal(*at).id == *goal.raw()))
            .or_else(|| indicators.first().map(|first| framework.indicator(*first).goal)),
        condition: condition(node, path, notes)?,
        counts_answers: unit == Some("answers"),
        all: node.get("match").and_then(Node::text) == Some("all"),
        text,
        published: node
            .get("published")
            .map(|node| published(node, &member(path, "published"), framework, notes)),
        indicators,
        own: false,
    })
}

/// The figure that was printed, and for whom. A group that nobody knows is told, and the figure is shown beside no count.
fn published(node: &Node<'_>, path: &str, framework: &Framework, notes: &mut Notes<'_>) -> Published {
    let group = words(node, "group");
    if let (Some(id), Some(written)) = (&group, node.get("group"))
        && !groups::is_known(&framework.groups, id.raw())
    {
        let known = groups::built_in_ids();
        let known = framework.groups.iter().map(|group| &*group.id).chain(known.iter().map(|id| &**id));
        let near = nearest(id.raw(), known.chain([groups::EVERYONE]));
        let hint = near.map_or_else(
            || "name a group of the framework, osce, eu, a region, or codes: IRL,SWE".to_owned(),
            |near| format!("did you mean \"{near}\"?"),
        );
        let found = notes.excerpt(written);
        let message = format!("no group {found}: its figure is compared with no count");
        let fault = notes.warning(UNKNOWN_GROUP, written.at, member(path, "group"), message);
        (fault.expected, fault.found, fault.hint) =
            (Some("a group's id".to_owned()), Some(found), Some(hint));
    }
    Published {
        text: words(node, "text").unwrap_or_default(),
        percent: number(node, "percent", path, notes),
        edition: node.get("edition").and_then(Node::text).and_then(Date::parse),
        group: group.map(|group| group.raw().into()),
    }
}

fn condition(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Option<Where> {
    let path = member(path, "where");
    let found = node.get("where").and_then(Node::object).and_then(|members| members.first());
    let condition = found.and_then(|entry| {
        let texts = || entry.value.array().map(|items| items.iter().filter_map(Node::text));
        match &*entry.key {
            "levels" => Some(Where::Levels(texts()?.map(Box::from).collect())),
            "gap" => match &entry.value.kind {
                Json::Bool(true) => Some(Where::Gap(vec![])),
                _ => Some(Where::Gap(texts()?.filter_map(Gap::from_id).collect())),
            },
            "at_least" => entry.value.number().map(Where::AtLeast),
            "at_most" => entry.value.number().map(Where::AtMost),
            "bound" => Some(Where::Bound),
            "signed_only" => Some(Where::SignedOnly),
            "not_signed" => Some(Where::NotSigned),
            _ => None,
        }
    });
    if condition.is_none() {
        let wanted = "one of levels, gap, at_least, at_most, bound, signed_only, not_signed";
        notes.expected("bad-where", node.get("where").unwrap_or(node), &path, wanted);
    }
    condition
}
