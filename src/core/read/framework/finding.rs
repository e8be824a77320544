//! A finding from a located tree: which indicators, which answers, which sentence.

use super::{list, number, said, tell_formula, unknown_keys, words};
use strum::IntoEnumIterator as _;

use crate::core::{
    cell::Gap,
    date::Date,
    framework::{Finding, Framework, GoalId, IndicatorId, Published, Where},
    groups,
    json::{Node, NodeKind as Json, NodeMember},
    read::{
        notes::{Notes, member},
        words::nearest,
    },
    scale::ScaleKind,
};
use crate::text::excerpt;

const KEYS: [&str; 8] = ["id", "text", "goal", "indicators", "where", "unit", "match", "published"];
const PUBLISHED_KEYS: [&str; 4] = ["text", "percent", "edition", "group"];

/// A figure was published for a group that nobody knows.
pub(in crate::core::read) const UNKNOWN_GROUP: &str = "unknown-group";

/// Reads a finding; one that names what is not there is told and left out.
pub(super) fn read(
    node: &Node<'_>,
    path: &str,
    framework: &Framework,
    notes: &mut Notes<'_>,
) -> Option<Finding> {
    let (Some(id), Some(text)) = (words(node, "id", path, notes), words(node, "text", path, notes)) else {
        notes.expected(
            "not-a-finding",
            node,
            path,
            "an object with \"id\", \"text\", \"indicators\" and \"where\"",
        );
        return None;
    };
    tell_formula(node, path, notes);
    unknown_keys(node.object().unwrap_or_default(), path, &KEYS, notes);
    let mut indicators = vec![];
    for (at, item) in list(node, "indicators", path, notes).unwrap_or_default().iter().enumerate() {
        let known = item.text().and_then(|id| framework.find_indicator(id));
        if known.is_none() {
            let near = item.text().and_then(|id| nearest(id, framework.indicators.iter().map(|i| &*i.id)));
            let hint = near.map(|near| format!("did you mean \"{near}\"?"));
            notes
                .expected("unknown-indicator", item, format!("{path}.indicators[{at}]"), "an indicator's id")
                .hint = hint;
        }
        let known = known?;
        if indicators.contains(&known) {
            let path = format!("{path}.indicators[{at}]");
            notes
                .error(
                    "duplicate-indicator",
                    item.at,
                    path,
                    "this indicator stands twice; it is counted once",
                )
                .hint = Some("name it once".to_owned());
        } else {
            indicators.push(known);
        }
    }
    if indicators.is_empty() {
        let told = "this finding has no indicators; it is left out";
        notes.error("no-indicators", node.at, member(path, "indicators"), told).hint =
            Some("name those it counts: \"indicators\": [\"opsc\"]".to_owned());
        return None;
    }
    let unit = one_of(node, "unit", ["countries", "answers"], path, notes)?;
    let matching = one_of(node, "match", ["any", "all"], path, notes)?;
    Some(Finding {
        id: id.raw().into(),
        goal: goal(node, path, framework, notes)
            .or_else(|| indicators.first().map(|first| framework.indicator(*first).goal)),
        condition: condition(node, path, &indicators, framework, notes)?,
        counts_answers: unit == "answers",
        all: matching == "all",
        text,
        published: said(node, "published")
            .map(|node| published(node, &member(path, "published"), framework, notes)),
        indicators,
        own: false,
    })
}

/// One of a few words, the first if nothing is said; `None` if it is another, which is told.
fn one_of(
    node: &Node<'_>,
    key: &str,
    words: [&'static str; 2],
    path: &str,
    notes: &mut Notes<'_>,
) -> Option<&'static str> {
    let Some(written) = said(node, key) else { return Some(words[0]) };
    let known = words.into_iter().find(|word| written.text() == Some(word));
    if known.is_none() {
        let wanted = format!("{} or {}", words[0], words[1]);
        let near = written.text().and_then(|text| nearest(text, words));
        notes.expected("unknown-word", written, member(path, key), wanted).hint = Some(near.map_or_else(
            || "the finding is left out".to_owned(),
            |near| format!("did you mean \"{near}\"?"),
        ));
    }
    known
}

/// The goal that a finding says it belongs to.
fn goal(node: &Node<'_>, path: &str, framework: &Framework, notes: &mut Notes<'_>) -> Option<GoalId> {
    let id = words(node, "goal", path, notes)?;
    let known = framework.goal_ids().find(|at| *framework.goal(*at).id == *id.raw());
    if let (None, Some(written)) = (known, said(node, "goal")) {
        let near = nearest(id.raw(), framework.goals.iter().map(|goal| &*goal.id));
        notes.expected("unknown-goal", written, member(path, "goal"), "a goal's id").hint =
            near.map(|near| format!("did you mean \"{near}\"?"));
    }
    known
}

/// The figure that was printed, and for whom. A group that nobody knows is told, and the figure is shown beside no count.
fn published(node: &Node<'_>, path: &str, framework: &Framework, notes: &mut Notes<'_>) -> Published {
    match node.object() {
        Some(members) => unknown_keys(members, path, &PUBLISHED_KEYS, notes),
        None => _ = notes.expected("not-a-figure", node, path, "an object with \"text\" and \"percent\""),
    }
    let group = words(node, "group", path, notes);
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
    let percent = number(node, "percent", path, notes).filter(|percent| {
        let is_share = (0.0..=100.0).contains(percent);
        if let (false, Some(written)) = (is_share, said(node, "percent")) {
            notes.expected("not-a-share", written, member(path, "percent"), "a percentage from 0 to 100");
        }
        is_share
    });
    let edition = said(node, "edition").and_then(|written| {
        let date = written.text().and_then(Date::parse);
        if date.is_none() {
            notes.expected(
                "not-a-date",
                written,
                member(path, "edition"),
                "an edition such as 2010 or 2022-03",
            );
        }
        date
    });
    Published {
        text: words(node, "text", path, notes).unwrap_or_default(),
        percent,
        edition,
        group: group.map(|group| group.raw().into()),
    }
}

/// Which answers are counted: exactly one condition.
fn condition(
    node: &Node<'_>,
    path: &str,
    indicators: &[IndicatorId],
    framework: &Framework,
    notes: &mut Notes<'_>,
) -> Option<Where> {
    let path = member(path, "where");
    let members = node.get("where").and_then(Node::object).unwrap_or_default();
    let mut members = members.iter().filter(|entry| !entry.value.is_null());
    let found = members.next();
    if let Some(second) = members.next() {
        let told = "a finding has one condition; this one is left out";
        notes.error("bad-where", second.key_at, &path, told).hint =
            Some("make two findings of it".to_owned());
        return None;
    }
    if let Some(entry) = found
        && !suits(entry, &path, indicators, framework, notes)
    {
        return None;
    }
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

/// Whether the condition can hold of every indicator, and names only what there is; if not, that is told.
fn suits(
    entry: &NodeMember<'_>,
    path: &str,
    indicators: &[IndicatorId],
    framework: &Framework,
    notes: &mut Notes<'_>,
) -> bool {
    let path = member(path, &entry.key);
    let fits = |kind: &ScaleKind| match &*entry.key {
        "levels" => matches!(kind, ScaleKind::Levels | ScaleKind::YesNo | ScaleKind::Treaty),
        "at_least" | "at_most" => matches!(kind, ScaleKind::Number(_)),
        "bound" | "signed_only" | "not_signed" => matches!(kind, ScaleKind::Treaty),
        _ => true,
    };
    if let Some(other) = indicators.iter().find(|indicator| !fits(&framework.scale(**indicator).kind)) {
        let id = excerpt(&framework.indicator(*other).id, 60);
        let message =
            format!("\"{}\" cannot be asked of the indicator \"{id}\"; the finding is left out", entry.key);
        notes.error("bad-where", entry.key_at, path, message).hint =
            Some("make a finding for each kind of scale".to_owned());
        return false;
    }
    let known: Vec<&str> = match &*entry.key {
        "levels" => {
            let levels = indicators.iter().flat_map(|indicator| &framework.scale(*indicator).levels);
            levels.map(|level| &*level.id).collect()
        }
        "gap" => Gap::iter().map(Gap::id).collect(),
        _ => return true,
    };
    let Some(items) = entry.value.array() else { return true };
    if items.is_empty() {
        notes
            .error("bad-where", entry.value.at, path, "an empty list counts nothing; the finding is left out")
            .hint = Some("name what is counted".to_owned());
        return false;
    }
    let mut all = true;
    for (at, item) in
        items.iter().enumerate().filter(|(_, item)| item.text().is_none_or(|id| !known.contains(&id)))
    {
        let near = item.text().and_then(|text| nearest(text, known.iter().copied()));
        let (code, wanted) = if entry.key == "gap" {
            ("unknown-gap", "a gap")
        } else {
            ("unknown-level", "a level of these indicators")
        };
        notes.expected(code, item, format!("{path}[{at}]"), wanted).hint = Some(near.map_or_else(
            || "the finding is left out".to_owned(),
            |near| format!("did you mean \"{near}\"?"),
        ));
        all = false;
    }
    all
}
