//! A finding from a located tree: which indicators, which answers, which sentence.

use super::tell_formula;
use strum::IntoEnumIterator as _;

use crate::core::{
    cell::Gap,
    framework::{Finding, Framework, GoalId, IndicatorId, Published, Where},
    groups,
    json::{Node, NodeMember},
    read::{
        declared::{FINDING, PUBLISHED, WHERE, said},
        notes::{Notes, member},
        words::nearest,
    },
    scale::ScaleKind,
};
use crate::text::excerpt;

/// A figure was published for a group that nobody knows.
pub(in crate::core::read) const UNKNOWN_GROUP: &str = "unknown-group";

/// Reads a finding; one that names what is not there is told and left out.
pub(super) fn read(
    node: &Node<'_>,
    path: &str,
    framework: &Framework,
    notes: &mut Notes<'_>,
) -> Option<Finding> {
    FINDING.check(node, path, notes);
    let (Some(id), Some(text)) = (FINDING.text(node, "id"), FINDING.text(node, "text")) else {
        notes.expected(
            "not-a-finding",
            node,
            path,
            "an object with \"id\", \"text\", \"indicators\" and \"where\"",
        );
        return None;
    };
    tell_formula(node, path, notes);
    let mut indicators = vec![];
    for (at, item) in FINDING.list(node, "indicators").unwrap_or_default().iter().enumerate() {
        let known = item.text().and_then(|id| framework.find_indicator(id));
        if known.is_none() {
            let near = item.text().and_then(|id| nearest(id, framework.indicators.iter().map(|i| &*i.id)));
            let hint = near.map(|near| format!("did you mean \"{near}\"?"));
            let path = format!("{path}.indicators[{at}]");
            let fault = notes.expected("unknown-indicator", item, path, "an indicator's id");
            fault.message += "; the finding is left out";
            fault.hint = hint;
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
    let unit = FINDING.word(node, "unit")?;
    let matching = FINDING.word(node, "match")?;
    Some(Finding {
        id: id.raw().into(),
        goal: goal(node, path, framework, notes)
            .or_else(|| indicators.first().map(|first| framework.indicator(*first).goal)),
        condition: condition(node, path, &indicators, framework, notes)?,
        counts_answers: unit == "answers",
        all: matching == "all",
        text,
        published: said(node, "published")
            .filter(|node| node.object().is_some())
            .map(|node| published(node, &member(path, "published"), framework, notes)),
        indicators,
        own: false,
    })
}

/// The goal that a finding says it belongs to.
fn goal(node: &Node<'_>, path: &str, framework: &Framework, notes: &mut Notes<'_>) -> Option<GoalId> {
    let id = FINDING.text(node, "goal")?;
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
    PUBLISHED.check(node, path, notes);
    let group = PUBLISHED.text(node, "group");
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
        text: PUBLISHED.text(node, "text").unwrap_or_default(),
        percent: PUBLISHED.number(node, "percent"),
        edition: PUBLISHED.date(node, "edition"),
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
    let written = said(node, "where");
    // What is no object has been told.
    let members = written.map_or(Some(&[][..]), Node::object)?;
    let mut members = members.iter().filter(|entry| !entry.value.is_null());
    let Some(entry) = members.next().filter(|entry| WHERE.has(&entry.key)) else {
        let wanted = "one of levels, gap, at_least, at_most, bound, signed_only, not_signed";
        notes.expected("bad-where", written.unwrap_or(node), &path, wanted);
        return None;
    };
    if let Some(second) = members.next() {
        let told = "a finding has one condition; this one is left out";
        notes.error("bad-where", second.key_at, &path, told).hint =
            Some("make two findings of it".to_owned());
        return None;
    }
    let known = notes.faults.len();
    WHERE.check(written?, &path, notes);
    if notes.faults.len() > known || !suits(entry, &path, indicators, framework, notes) {
        return None;
    }
    let texts = || entry.value.array().unwrap_or_default().iter().filter_map(Node::text);
    match &*entry.key {
        "levels" => Some(Where::Levels(texts().map(Box::from).collect())),
        // True is any gap.
        "gap" => Some(Where::Gap(texts().filter_map(Gap::from_id).collect())),
        "at_least" => entry.value.number().map(Where::AtLeast),
        "at_most" => entry.value.number().map(Where::AtMost),
        "bound" => Some(Where::Bound),
        "signed_only" => Some(Where::SignedOnly),
        _ => Some(Where::NotSigned),
    }
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
