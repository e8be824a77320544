//! A finding from a located tree: which indicators, which answers, which sentence.

use super::{list, number, words};
use crate::core::{
    cell::Gap,
    date::Date,
    framework::{Finding, Framework, Published, Where},
    json::{Kind as Json, Node},
    read::{
        notes::{Notes, member},
        words::nearest,
    },
};

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
                .expected("unknown-indicator", item, &format!("{path}.indicators[{at}]"), "an indicator's id")
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
        published: node.get("published").map(|published| Published {
            text: words(published, "text").unwrap_or_default(),
            percent: number(published, "percent", &member(path, "published"), notes),
            edition: published.get("edition").and_then(Node::text).and_then(Date::parse),
            group: words(published, "group").map(|group| group.raw().into()),
        }),
        indicators,
        own: false,
    })
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
