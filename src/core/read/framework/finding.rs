//! A finding from a located tree: which indicators, which answers, which sentence.

use super::tell_formula;
use strum::IntoEnumIterator as _;

use crate::core::{
    cell::Gap,
    framework::{Finding, FindingFault, Framework, GoalId, IndicatorId, Published, Where},
    groups,
    json::{Fault, Node, NodeMember},
    read::{
        declared::{FINDING, PUBLISHED, WHERE, said},
        notes::{Notes, member},
        words::nearest,
    },
    scale::ScaleKind,
    severity::Severity,
};
use crate::text::{Raw, excerpt};

/// A figure was published for a group that nobody knows.
pub(in crate::core::read) const UNKNOWN_GROUP: &str = "unknown-group";

/// What a fault costs that keeps a finding from being counted.
const NOT_COUNTED: &str = "; the finding is not counted";
/// The code of an indicator that a finding names again, which costs nothing.
const DUPLICATE: &str = "duplicate-indicator";

/// Reads a finding. One that names what is not there, or asks what cannot hold, is told and is not counted.
pub(super) fn read(
    node: &Node<'_>,
    path: &str,
    framework: &Framework,
    notes: &mut Notes<'_>,
) -> Option<Finding> {
    let before = notes.faults.len();
    FINDING.check(node, path, notes);
    let (Some(id), Some(text)) = (FINDING.text(node, "id"), FINDING.text(node, "text")) else {
        notes
            .expected(
                "not-a-finding",
                node,
                path,
                "an object with \"id\", \"text\", \"indicators\" and \"where\"",
            )
            .hint = node.object().and_then(|_| lacking(node));
        return None;
    };
    tell_formula(node, path, notes);
    let (indicators, are_all_known) = indicators(node, path, framework, notes);
    let (unit, matching) = (FINDING.word(node, "unit"), FINDING.word(node, "match"));
    let asked = if are_all_known { conditions(node, path, &indicators, framework, notes) } else { None };
    let asked = asked.filter(|_| unit.is_some() && matching.is_some());
    let words = || why_not(&notes.faults[before..], path);
    Some(Finding {
        conditions: asked.ok_or_else(|| FindingFault { words: words(), written: node.to_json() }),
        id: id.raw().into(),
        goal: goal(node, path, framework, notes)
            .or_else(|| indicators.first().map(|first| framework.indicator(*first).goal)),
        counts_answers: unit == Some("answers"),
        all: matching == Some("all"),
        text,
        published: said(node, "published")
            .filter(|node| node.object().is_some())
            .map(|node| published(node, &member(path, "published"), framework, notes)),
        indicators,
        own: false,
    })
}

/// The first member that a finding cannot do without.
fn lacking(node: &Node<'_>) -> Option<String> {
    let key = ["id", "text"].into_iter().find(|key| FINDING.text(node, key).is_none())?;
    Some(match said(node, key) {
        Some(_) => format!("write a text in \"{key}\" that is not empty"),
        None if key == "id" => "add \"id\": \"a-name\"".to_owned(),
        None => "add \"text\": \"have it\", the end of a sentence about countries".to_owned(),
    })
}

/// A condition that can be asked of these indicators, as it is written.
fn suggested(indicators: &[IndicatorId], framework: &Framework) -> String {
    let scale = indicators.first().map(|id| framework.scale(*id));
    match scale.map(|scale| (&scale.kind, scale.levels.last())) {
        Some((ScaleKind::Levels | ScaleKind::Categories | ScaleKind::YesNo, Some(level))) => {
            format!("{{ \"levels\": [\"{}\"] }}", excerpt(&level.id, 40))
        }
        Some((ScaleKind::Number(number), _)) => {
            let least = number.min.or(number.max).unwrap_or(0.0);
            format!("{{ \"at_least\": {least} }}")
        }
        Some((ScaleKind::Treaty, _)) => "{ \"bound\": true }".to_owned(),
        _ => "{ \"gap\": true }".to_owned(),
    }
}

/// Why a finding is not counted: the first of its faults, with its place in the finding. The words are the same for
/// every layout of the file.
fn why_not(faults: &[Fault], path: &str) -> Raw<'static> {
    let within = |key: &str| {
        let place = member(path, key);
        let is_there = move |fault: &&Fault| {
            let rest = fault.path.strip_prefix(&place);
            fault.code != DUPLICATE
                && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        faults.iter().filter(is_there).min_by_key(|fault| &fault.path)
    };
    let Some(fault) = ["indicators", "where", "unit", "match"].into_iter().find_map(within) else {
        return Raw::from_static("a part of it is no JSON");
    };
    let place = fault.path.strip_prefix(path).unwrap_or(&fault.path).trim_start_matches('.');
    let words = match (&fault.expected, &fault.found) {
        (Some(expected), Some(found)) if found.starts_with('"') => {
            format!("expected {expected}, found {found}")
        }
        (Some(expected), _) => format!("expected {expected}"),
        _ => fault.message.strip_suffix(NOT_COUNTED).unwrap_or(&fault.message).to_owned(),
    };
    Raw::new(format!("{place}: {words}"))
}

/// The indicators that there are, each once, and whether these are all that the finding names.
fn indicators(
    node: &Node<'_>,
    path: &str,
    framework: &Framework,
    notes: &mut Notes<'_>,
) -> (Vec<IndicatorId>, bool) {
    let items = FINDING.list(node, "indicators").unwrap_or_default();
    let mut indicators = vec![];
    for (at, item) in items.iter().enumerate() {
        let path = format!("{path}.indicators[{at}]");
        match item.text().and_then(|id| framework.find_indicator(id)) {
            None => {
                let ids = || framework.indicators.iter().map(|known| &*known.id);
                let near = item.text().and_then(|id| nearest(id, ids()));
                let fault = notes.expected("unknown-indicator", item, path, "an indicator's id");
                fault.message += NOT_COUNTED;
                fault.hint = near.map(|near| format!("did you mean \"{near}\"?"));
            }
            Some(known) if indicators.contains(&known) => {
                let told = "this indicator stands twice; it is counted once";
                notes.error(DUPLICATE, item.at, path, told).hint = Some("name it once".to_owned());
            }
            Some(known) => indicators.push(known),
        }
    }
    let named = items.iter().filter_map(Node::text);
    let are_all_known = named.filter(|id| framework.find_indicator(id).is_some()).count() == items.len();
    if items.is_empty() {
        let told = format!("this finding has no indicators{NOT_COUNTED}");
        notes.error("no-indicators", node.at, member(path, "indicators"), told).hint = framework
            .indicators
            .first()
            .map(|first| format!("name those it counts: \"indicators\": [\"{}\"]", excerpt(&first.id, 40)));
    }
    (indicators, are_all_known && !items.is_empty())
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
    let is_known = group.as_ref().map_or(Ok(true), |id| groups::is_known(&framework.groups, id.raw()));
    let written = node.get("group").unwrap_or(node);
    if let Err(told) = &is_known {
        let message = format!("{told}; its figure is compared with no count");
        notes.warning("shared-title", written.at, member(path, "group"), message);
    } else if let (Some(id), Ok(false)) = (&group, &is_known) {
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

/// Which answers are counted: what all must hold of them. `None` if something is wrong, which has been told.
fn conditions(
    node: &Node<'_>,
    path: &str,
    indicators: &[IndicatorId],
    framework: &Framework,
    notes: &mut Notes<'_>,
) -> Option<Vec<Where>> {
    let path = member(path, "where");
    let written = said(node, "where");
    let Some(members) = written.map_or(Some(&[][..]), Node::object) else {
        // What is no object has been told.
        if let Some(told) = notes.faults.iter_mut().rfind(|fault| fault.path == path) {
            told.hint = Some(format!("write {}, or another condition", suggested(indicators, framework)));
        }
        return None;
    };
    let members: Vec<&NodeMember<'_>> = members.iter().filter(|entry| !entry.value.is_null()).collect();
    let Some(written) = written.filter(|_| !members.is_empty()) else {
        let keys: Vec<&str> = WHERE.members.iter().map(|known| known.key).collect();
        let wanted = format!("one of {}", keys.join(", "));
        let suggested = suggested(indicators, framework);
        let hint = match written {
            Some(_) => format!("write {suggested}, or another condition"),
            None => format!("add \"where\": {suggested}, or another condition"),
        };
        notes.expected("bad-where", written.unwrap_or(node), &path, wanted).hint = Some(hint);
        return None;
    };
    let before = notes.faults.len();
    WHERE.check(written, &path, notes);
    for fault in notes.faults[before..].iter_mut().filter(|fault| fault.code == "unknown-key") {
        fault.severity = Severity::Error;
        fault.message = fault.message.replace("; it is kept, not shown", NOT_COUNTED);
        let other = || format!("write {}, or another condition", suggested(indicators, framework));
        fault.hint = fault.hint.take().or_else(|| Some(other()));
    }
    for (at, entry) in members.iter().enumerate().filter(|(_, entry)| WHERE.has(&entry.key)) {
        if members[..at].iter().any(|other| other.key == entry.key) {
            let message = format!("this key stands twice{NOT_COUNTED}");
            notes.error("bad-where", entry.key_at, member(&path, &entry.key), message).hint =
                Some("keep one of the two".to_owned());
        } else {
            tell_unsuited(entry, &path, indicators, framework, notes);
        }
    }
    if notes.faults.len() > before {
        return None;
    }
    // In the order of the declaration, so that every layout of a file gives the same finding.
    let said = WHERE.members.iter().filter_map(|known| Some((known.key, said(written, known.key)?)));
    let conditions = said.map(|(key, value)| condition(key, value)).collect::<Option<Vec<Where>>>()?;
    for (at, one) in conditions.iter().enumerate() {
        let other = |other: &&Where| !can_both_hold(one, other, indicators, framework);
        if let Some(other) = conditions[at + 1..].iter().find(other) {
            let (one, other) = (one.key(), other.key());
            let told = format!("\"{one}\" and \"{other}\" cannot both hold of an answer{NOT_COUNTED}");
            let place = written.get(other).map_or(written.at, |value| value.at);
            notes.error("bad-where", place, &path, told).hint = Some("make two findings of it".to_owned());
            return None;
        }
    }
    for condition in &conditions {
        tell_never(condition, written, &path, indicators, framework, notes);
    }
    Some(conditions)
}

/// Tells a bound that no number of a scale reaches: the finding is counted, and never holds.
fn tell_never(
    condition: &Where,
    written: &Node<'_>,
    path: &str,
    indicators: &[IndicatorId],
    framework: &Framework,
    notes: &mut Notes<'_>,
) {
    for id in indicators {
        let ScaleKind::Number(scale) = &framework.scale(*id).kind else { continue };
        let (end, bound, words) = match condition {
            Where::AtLeast(least) => ("max", scale.max.filter(|max| least > max), "or lower"),
            Where::MoreThan(least) => ("max", scale.max.filter(|max| least >= max), "a number below"),
            Where::AtMost(most) => ("min", scale.min.filter(|min| most < min), "or higher"),
            Where::LessThan(most) => ("min", scale.min.filter(|min| most <= min), "a number above"),
            _ => return,
        };
        let Some(bound) = bound else { continue };
        let key = condition.key();
        let id = excerpt(&framework.indicator(*id).id, 60);
        let place = written.get(key).map_or(written.at, |value| value.at);
        let message =
            format!("\"{key}\" can never hold of the indicator \"{id}\", whose scale has the {end} {bound}");
        let number =
            if words.starts_with("or") { format!("{bound} {words}") } else { format!("{words} {bound}") };
        notes.warning("never-holds", place, member(path, key), message).hint =
            Some(format!("write {number}, or mend the scale"));
        return;
    }
}

fn condition(key: &str, value: &Node<'_>) -> Option<Where> {
    // Zero has no sign.
    let number = || value.number().map(|number| number + 0.0);
    let texts = || Some(value.array()?.iter().filter_map(Node::text));
    Some(match key {
        "levels" => Where::Levels(texts()?.map(Box::from).collect()),
        // True is any gap.
        "gap" if value.boolean().is_some() => Where::Gap(vec![]),
        "gap" => Where::Gap(texts()?.filter_map(Gap::from_id).collect()),
        "at_least" => Where::AtLeast(number()?),
        "more_than" => Where::MoreThan(number()?),
        "at_most" => Where::AtMost(number()?),
        "less_than" => Where::LessThan(number()?),
        "bound" => value.boolean().map(|_| Where::Bound)?,
        "signed_only" => value.boolean().map(|_| Where::SignedOnly)?,
        _ => value.boolean().map(|_| Where::NotSigned)?,
    })
}

/// Whether one answer can meet both conditions, which stand in the order of the declaration.
fn can_both_hold(one: &Where, other: &Where, indicators: &[IndicatorId], framework: &Framework) -> bool {
    match (one, other) {
        (Where::Gap(_), _) | (_, Where::Gap(_)) => false,
        (Where::AtLeast(low), Where::AtMost(high)) => low <= high,
        (Where::AtLeast(low) | Where::MoreThan(low), Where::AtMost(high) | Where::LessThan(high)) => {
            low < high
        }
        (Where::Levels(ids), state) if let Some(level) = state.treaty_level() => {
            let scale = indicators.first().map(|id| framework.scale(*id));
            let level = scale.and_then(|scale| scale.levels.get(usize::from(level)));
            level.is_some_and(|level| ids.contains(&level.id))
        }
        _ => one.treaty_level().is_none() || other.treaty_level().is_none(),
    }
}

/// Tells a condition that cannot hold of every indicator, or names what is not there.
fn tell_unsuited(
    entry: &NodeMember<'_>,
    path: &str,
    indicators: &[IndicatorId],
    framework: &Framework,
    notes: &mut Notes<'_>,
) {
    let path = member(path, &entry.key);
    let fits = |kind: &ScaleKind| match &*entry.key {
        "levels" => {
            matches!(kind, ScaleKind::Levels | ScaleKind::Categories | ScaleKind::YesNo | ScaleKind::Treaty)
        }
        "at_least" | "more_than" | "at_most" | "less_than" => matches!(kind, ScaleKind::Number(_)),
        "bound" | "signed_only" | "not_signed" => matches!(kind, ScaleKind::Treaty),
        _ => true,
    };
    if let Some(other) = indicators.iter().find(|indicator| !fits(&framework.scale(**indicator).kind)) {
        let id = excerpt(&framework.indicator(*other).id, 60);
        let message = format!("\"{}\" cannot be asked of the indicator \"{id}\"{NOT_COUNTED}", entry.key);
        let hint = if indicators.iter().any(|indicator| fits(&framework.scale(*indicator).kind)) {
            "make a finding for each kind of scale".to_owned()
        } else {
            format!("ask {} of it, or another condition", suggested(indicators, framework))
        };
        notes.error("bad-where", entry.key_at, path, message).hint = Some(hint);
        return;
    }
    let known: Vec<&str> = match &*entry.key {
        "levels" => {
            let levels = indicators.iter().flat_map(|indicator| &framework.scale(*indicator).levels);
            levels.map(|level| &*level.id).collect()
        }
        "gap" => Gap::iter().map(Gap::id).collect(),
        _ => return,
    };
    let Some(items) = entry.value.array() else { return };
    if items.is_empty() {
        let told = format!("an empty list counts nothing{NOT_COUNTED}");
        notes.error("bad-where", entry.value.at, path, told).hint = Some("name what is counted".to_owned());
        return;
    }
    for (at, item) in
        items.iter().enumerate().filter(|(_, item)| item.text().is_none_or(|id| !known.contains(&id)))
    {
        let near = item.text().and_then(|text| nearest(text, known.iter().copied()));
        let (code, wanted) = if entry.key == "gap" {
            ("unknown-gap", "a gap")
        } else {
            ("unknown-level", "a level of these indicators")
        };
        let first: Vec<String> = known.iter().take(8).map(|id| format!("\"{}\"", excerpt(id, 40))).collect();
        let fault = notes.expected(code, item, format!("{path}[{at}]"), wanted);
        fault.message += NOT_COUNTED;
        fault.hint = Some(near.map_or_else(
            || format!("name one of these: {}", first.join(", ")),
            |near| format!("did you mean \"{near}\"?"),
        ));
    }
}
