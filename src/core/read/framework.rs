//! A framework from a located tree. What cannot be used is told and left out; the rest of the framework stands.

mod source;
mod finding;
mod groups;
mod scales;

pub(super) use self::{
    finding::UNKNOWN_GROUP,
    groups::{UNKNOWN_MEMBER, read_groups},
    scales::of_kind,
    source::{bare_source, is_source, source_of},
};

use std::collections::HashSet;

use strum::IntoEnumIterator as _;

use super::{
    declared::{FRAMEWORK, GOAL, INDICATOR, OWN_FINDINGS, REVIEW, missing, said},
    notes::{Notes, member},
};
use crate::core::{
    framework::{self, Framework, Goal, GoalId, Indicator, ReviewRules},
    json::Node,
    period::{EditionLabels, LabelRule},
    scale::{Scale, ScaleKind},
    severity::Severity,
};
use crate::text::{Raw, excerpt, fold};

const ONE_ID: &str = "give one of the two another \"id\"";

/// More indicators than this are refused: positions are two bytes.
const MOST_INDICATORS: usize = 60_000;

/// Reads a framework; `None` when it has no id or no goals.
pub(super) fn read(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Option<Framework> {
    if node.object().is_none() {
        notes.expected("not-a-framework", node, path, "an object: a framework");
        return None;
    }
    FRAMEWORK.check(node, path, notes);
    let Some(id) = FRAMEWORK.text(node, "id") else {
        let hint = match said(node, "id") {
            Some(_) => "write a text in \"id\" that is not empty; cards name it as \"framework\"",
            None => "add \"id\": \"my-framework\"; cards name it as \"framework\"",
        };
        notes.error("no-id", node.at, path, "this framework has no \"id\"; it is left out").hint =
            Some(hint.to_owned());
        return None;
    };
    let mut framework = Framework::empty(id.raw());
    let text = |key: &str| FRAMEWORK.text(node, key);
    framework.title = text("title").unwrap_or_else(|| framework.title.clone());
    framework.version = text("version");
    framework.description = text("description");
    framework.notice = text("notice");
    if let Some(share) = FRAMEWORK.number(node, "coverage_threshold") {
        framework.coverage_threshold = share;
    }
    framework.outdated_after_years = FRAMEWORK.whole(node, "outdated_after_years");
    let rule = said(node, "edition_labels").and_then(|_| FRAMEWORK.word(node, "edition_labels"));
    framework.edition_labels = EditionLabels {
        rule: LabelRule::iter().find(|known| Some(known.id()) == rule),
        fy2000_begins: FRAMEWORK.date(node, "fy2000_begins"),
    };
    framework.comparable_from = FRAMEWORK.date(node, "comparable_from");
    if let Some(review) = said(node, "review").filter(|review| review.object().is_some()) {
        REVIEW.check(review, &member(path, "review"), notes);
        let eyes = REVIEW.whole(review, "eyes").and_then(|eyes| u8::try_from(eyes).ok());
        framework.review =
            ReviewRules { eyes: eyes.unwrap_or(1).max(1), by_another: REVIEW.flag(review, "by_another") };
    }
    let scales = FRAMEWORK.object(node, "scales").unwrap_or_default();
    framework.scales = scales
        .iter()
        .map(|entry| {
            scales::read(&entry.key, &entry.value, &member(&member(path, "scales"), &entry.key), notes)
        })
        .collect();
    let signs = missing(node);
    for scale in &mut framework.scales {
        let own = |sign: &str| scale.missing.iter().any(|(known, _)| **known == *sign);
        let more: Vec<_> = signs.iter().filter(|(sign, _)| !own(sign)).cloned().collect();
        scale.missing.extend(more);
        scale.missing.sort();
    }
    let numbers = scales::number_signs(node, path, notes);
    for scale in &mut framework.scales {
        if let ScaleKind::Number(about) = &mut scale.kind {
            about.signs = about.signs.or(numbers);
        }
    }
    goals(node, path, &mut framework, notes)?;
    groups(node, path, &mut framework, notes);
    for entry in FRAMEWORK.object(node, "sources").unwrap_or_default() {
        let source = source_of(&entry.value).filter(|_| is_source(&entry.value));
        if source.is_none() {
            let path = member(&member(path, "sources"), &entry.key);
            let wanted = "a source: an object with a title or url in words, or a URL";
            notes.expected("not-a-source", &entry.value, path, wanted);
        }
        framework.sources.extend(source.map(|source| (Box::from(&*entry.key), source)));
    }
    if let Some(findings) = FRAMEWORK.list(node, "findings") {
        for (at, node) in findings.iter().enumerate() {
            let path = format!("{path}.findings[{at}]");
            let finding = finding::read(node, &path, &framework, notes);
            framework
                .findings
                .extend(finding.filter(|finding| is_new(finding, node, &path, &framework.findings, notes)));
        }
    }
    Some(framework)
}

fn goals(node: &Node<'_>, path: &str, framework: &mut Framework, notes: &mut Notes<'_>) -> Option<()> {
    if said(node, "goals").is_none() {
        notes.error("no-goals", node.at, path, "this framework has no \"goals\"; it is left out").hint =
            Some(
                "add \"goals\": [{ \"id\": \"goal\", \"indicators\": [{ \"id\": \"question\", \"scale\": \"name\" }] }] in \
                 words of your own"
                    .to_owned(),
            );
    }
    let goals = FRAMEWORK.list(node, "goals")?;
    let mut known = KnownIds::default();
    for (at, goal) in goals.iter().enumerate() {
        let path = format!("{path}.goals[{at}]");
        if goal.object().is_none() {
            notes.expected("not-a-goal", goal, &path, "an object: a goal");
            continue;
        }
        GOAL.check(goal, &path, notes);
        let id = GOAL.text(goal, "id").map_or_else(|| format!("goal-{}", at + 1), |id| id.raw().to_owned());
        let title = GOAL.text(goal, "title").unwrap_or_else(|| Raw::new(id.clone()));
        tell_name(goal, &path, &mut known.goal_titles, notes);
        if !known.goals.insert(id.clone()) {
            let message =
                format!("goal \"{}\" stands twice; whoever names it means the first", excerpt(&id, 60));
            notes
                .error(
                    "duplicate-goal",
                    said(goal, "id").map_or(goal.at, |id| id.at),
                    member(&path, "id"),
                    message,
                )
                .hint = Some(ONE_ID.to_owned());
        }
        let weight = GOAL.number(goal, "weight").unwrap_or(1.0);
        let goal_id = match u16::try_from(framework.goals.len()) {
            Ok(at) if at < u16::MAX => GoalId(at),
            _ => {
                notes.error("too-many-goals", goal.at, &path, "a framework has at most 65,535 goals");
                return Some(());
            }
        };
        framework.goals.push(Goal { id: id.into(), title, weight });
        for (at, indicator) in GOAL.list(goal, "indicators").unwrap_or_default().iter().enumerate() {
            let path = format!("{path}.indicators[{at}]");
            if framework.indicators.len() >= MOST_INDICATORS {
                notes.error(
                    "too-many-indicators",
                    indicator.at,
                    &path,
                    "a framework has at most 60,000 indicators",
                );
                return Some(());
            }
            let indicator = read_indicator(indicator, &path, goal_id, framework, &mut known, notes);
            framework.indicators.extend(indicator);
        }
    }
    Some(())
}

/// The ids that have been given.
#[derive(Default)]
struct KnownIds {
    goals: HashSet<String>,
    indicators: HashSet<String>,
    goal_titles: HashSet<String>,
    indicator_titles: HashSet<String>,
}

/// Tells a title that another one of its kind has: who asks for it must use the id. And an id that a spreadsheet would
/// take for a formula: it is guarded in CSV.
fn tell_name(node: &Node<'_>, path: &str, titles: &mut HashSet<String>, notes: &mut Notes<'_>) {
    if let Some((written, title)) = said(node, "title").and_then(|written| Some((written, written.text()?)))
        && !titles.insert(fold(title))
    {
        let message = format!("{} is the title of another one too", notes.excerpt(written));
        let fault = notes.warning("shared-title", written.at, member(path, "title"), message);
        fault.hint = Some("ask for either by its id".to_owned());
        fault.severity = Severity::Hint;
    }
    tell_formula(node, path, notes);
}

/// Tells an id that a spreadsheet would take for a formula.
pub(super) fn tell_formula(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) {
    if let Some((written, id)) = said(node, "id").and_then(|written| Some((written, written.text()?)))
        && id.starts_with(['=', '+', '-', '@', '\t', '\r'])
    {
        let message = format!("the id {} begins like a formula of a spreadsheet", notes.excerpt(written));
        notes.warning("formula-id", written.at, member(path, "id"), message).hint =
            Some("begin it with a letter: in CSV it gets an apostrophe".to_owned());
    }
}

fn read_indicator(
    node: &Node<'_>,
    path: &str,
    goal: GoalId,
    framework: &mut Framework,
    known: &mut KnownIds,
    notes: &mut Notes<'_>,
) -> Option<Indicator> {
    let Some(id) = INDICATOR.text(node, "id") else {
        let hint = match (node.text(), node.object(), said(node, "id")) {
            (Some(id), ..) => format!("write {{ \"id\": \"{}\" }} with its \"scale\"", excerpt(id, 40)),
            (None, Some(_), None) => "add \"id\": and what cards name it by".to_owned(),
            _ => "write what cards name it by, in double quotes".to_owned(),
        };
        notes.expected("not-an-indicator", node, path, "an object with an \"id\": an indicator").hint =
            Some(hint);
        return None;
    };
    INDICATOR.check(node, path, notes);
    let id = id.raw();
    if !known.indicators.insert(id.to_owned()) {
        let at = node.get("id").map_or(node.at, |id| id.at);
        let message = format!("indicator \"{}\" stands twice; the first one is used", excerpt(id, 60));
        notes.error("duplicate-indicator", at, member(path, "id"), message).hint = Some(ONE_ID.to_owned());
        return None;
    }
    tell_name(node, path, &mut known.indicator_titles, notes);
    Some(Indicator {
        id: id.into(),
        title: INDICATOR.text(node, "title").unwrap_or_else(|| Raw::new(id.to_owned())),
        question: INDICATOR.text(node, "question"),
        guidance: INDICATOR.text(node, "guidance"),
        goal,
        scale: scale_of(node, path, framework, notes),
        comparable_from: INDICATOR.date(node, "comparable_from").or(framework.comparable_from),
        weight: INDICATOR.number(node, "weight").unwrap_or(1.0),
    })
}

/// The indicator's scale by name; a scale that is not there is told, and its cells are shown as text.
fn scale_of(node: &Node<'_>, path: &str, framework: &mut Framework, notes: &mut Notes<'_>) -> u16 {
    let written = node.get("scale");
    let name = written.and_then(Node::text).unwrap_or_default();
    let known = framework.scales.iter().position(|scale| *scale.id == *name);
    let at = known.unwrap_or_else(|| {
        let names: Vec<&str> = framework.scales.iter().map(|scale| &*scale.id).collect();
        let near = super::words::nearest(name, names.iter().copied()).filter(|_| !name.is_empty());
        let message = if written.is_some_and(|written| !written.is_null()) {
            format!("no scale \"{}\"; the cells are shown as text", excerpt(name, 40))
        } else {
            "this indicator has no \"scale\"; the cells are shown as text".to_owned()
        };
        let place = written.map_or(node.at, |written| written.at);
        let known: Vec<String> =
            names.iter().take(6).map(|name| format!("\"{}\"", excerpt(name, 40))).collect();
        let hint = match near {
            Some(near) => format!("did you mean \"{near}\"?"),
            None if known.is_empty() => {
                "declare it: \"scales\": { \"name\": { \"kind\": \"text\" } }, or another kind".to_owned()
            }
            None => {
                format!("name one that is declared in \"scales\", such as \"scale\": {}", known.join(" or "))
            }
        };
        notes.error("unknown-scale", place, member(path, "scale"), message).hint = Some(hint);
        framework.scales.push(Scale::text(name));
        framework.scales.len() - 1
    });
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn groups(node: &Node<'_>, path: &str, framework: &mut Framework, notes: &mut Notes<'_>) {
    if let Some(groups) = said(node, "groups") {
        framework.groups = read_groups(groups, &member(path, "groups"), notes);
    }
}

/// Whether no finding has this id yet; one that has is told.
fn is_new(
    finding: &framework::Finding,
    node: &Node<'_>,
    path: &str,
    known: &[framework::Finding],
    notes: &mut Notes<'_>,
) -> bool {
    let is_new = !known.iter().any(|known| known.id == finding.id);
    if !is_new {
        let message =
            format!("finding \"{}\" is there already; the first one is used", excerpt(&finding.id, 60));
        notes.error("duplicate-finding", node.at, path, message).hint = Some(ONE_ID.to_owned());
    }
    is_new
}

/// Adds the findings of a user's file, if it is about this framework. One whose id is taken is told and left out.
pub(super) fn read_findings(node: &Node<'_>, framework: &mut Framework, notes: &mut Notes<'_>) {
    if node.get("framework").and_then(Node::text).is_some_and(|id| *id != *framework.id) {
        return;
    }
    for (at, node) in OWN_FINDINGS.list(node, "findings").unwrap_or_default().iter().enumerate() {
        let path = format!("$.findings[{at}]");
        let Some(found) = finding::read(node, &path, framework, notes) else { continue };
        if is_new(&found, node, &path, &framework.findings, notes) {
            framework.findings.push(framework::Finding { own: true, ..found });
        }
    }
}
