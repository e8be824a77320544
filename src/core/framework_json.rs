//! A framework as its file has it, so that reading it gives the same one again.

use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::{
    framework::{
        Finding, Framework, Goal, GoalId, Group, Indicator, IndicatorId, ReviewRules, Source, Where,
    },
    number_signs::NumberSigns,
    period::LabelRule,
    scale::{Level, Scale, ScaleKind},
};

/// The format of framework files.
pub const FRAMEWORK_SCHEMA: &str = "visavis.framework/1";

#[derive(Serialize)]
struct FrameworkFile<'a> {
    schema: &'static str,
    #[serde(flatten)]
    about: Json,
    #[serde(serialize_with = "in_order")]
    scales: Vec<(&'a str, Json)>,
    goals: Vec<Json>,
    findings: Vec<Json>,
    groups: Vec<Json>,
    #[serde(serialize_with = "in_order")]
    sources: Vec<(&'a str, &'a Source)>,
}

/// The text of a framework file, without the findings of the user, which stand in files of their own.
pub fn framework(framework: &Framework) -> String {
    let of_files = framework.findings.iter().filter(|finding| !finding.own);
    let file = FrameworkFile {
        schema: FRAMEWORK_SCHEMA,
        about: said(json!({
            "id": framework.id,
            "title": framework.title,
            "version": framework.version,
            "description": framework.description,
            "notice": framework.notice,
            "coverage_threshold": framework.coverage_threshold,
            "outdated_after_years": framework.outdated_after_years,
            "comparable_from": framework.comparable_from,
            "edition_labels": framework.edition_labels.rule.map(LabelRule::id),
            "fy2000_begins": framework.edition_labels.fy2000_begins,
            "review": (framework.review != ReviewRules::default()).then_some(json!({
                "eyes": framework.review.eyes,
                "by_another": framework.review.by_another,
            })),
        })),
        scales: framework.scales.iter().map(|known| (&*known.id, scale(known))).collect(),
        goals: framework.goal_ids().map(|id| goal(framework, id)).collect(),
        findings: of_files.map(|known| finding(framework, known)).collect(),
        groups: framework.groups.iter().map(group).collect(),
        sources: framework.sources.iter().map(|(key, source)| (&**key, source)).collect(),
    };
    // Texts, numbers and lists have a JSON form, always.
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

/// An object whose members keep their order.
fn in_order<S: Serializer, V: Serialize>(members: &[(&str, V)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(members.iter().map(|(key, value)| (key, value)))
}

/// A finding as a framework file or a findings file has it.
pub fn finding(framework: &Framework, finding: &Finding) -> Json {
    let conditions = match &finding.conditions {
        Ok(conditions) => conditions,
        Err(fault) => return fault.written.clone(),
    };
    let conditions: serde_json::Map<String, Json> = conditions.iter().map(condition).collect();
    let published = finding.published.as_ref().map(|published| {
        let edition = published.edition.map(|date| date.to_string());
        let text = Some(published.text.raw()).filter(|text| !text.is_empty());
        let (percent, group) = (published.percent, &published.group);
        said(json!({ "text": text, "percent": percent, "edition": edition, "group": group }))
    });
    let indicators = finding.indicators.iter().map(|id| &framework.indicator(*id).id);
    said(json!({
        "id": finding.id,
        "goal": finding.goal.map(|goal| &framework.goal(goal).id),
        "indicators": indicators.collect::<Vec<_>>(),
        "where": conditions,
        "unit": if finding.counts_answers { "answers" } else { "countries" },
        "match": if finding.all { "all" } else { "any" },
        "text": finding.text,
        "published": published,
    }))
}

fn condition(condition: &Where) -> (String, Json) {
    let value = match condition {
        Where::Levels(ids) => json!(ids),
        Where::Gap(gaps) if !gaps.is_empty() => gaps.iter().map(|gap| gap.id()).collect(),
        Where::AtLeast(bound) | Where::MoreThan(bound) | Where::AtMost(bound) | Where::LessThan(bound) => {
            json!(bound)
        }
        Where::Gap(_) | Where::Bound | Where::SignedOnly | Where::NotSigned => json!(true),
    };
    (condition.key().to_owned(), value)
}

fn goal(framework: &Framework, id: GoalId) -> Json {
    let Goal { id: own, title, weight } = framework.goal(id);
    let indicators = framework.indicators_of(id).map(|id| indicator(framework, id));
    json!({ "id": own, "title": title, "weight": weight, "indicators": indicators.collect::<Vec<_>>() })
}

fn indicator(framework: &Framework, at: IndicatorId) -> Json {
    let Indicator { id, title, question, guidance, weight, comparable_from, .. } = framework.indicator(at);
    let scale = &framework.scale(at).id;
    said(json!({
        "id": id,
        "title": title,
        "question": question,
        "guidance": guidance,
        "comparable_from": comparable_from.filter(|_| *comparable_from != framework.comparable_from),
        "scale": scale,
        "weight": weight,
    }))
}

fn scale(scale: &Scale) -> Json {
    let mut json = match &scale.kind {
        ScaleKind::Levels | ScaleKind::Categories => {
            let level =
                |level: &Level| said(json!({ "id": level.id, "label": level.label, "short": level.short }));
            json!({ "kind": scale.kind.id(), "levels": scale.levels.iter().map(level).collect::<Vec<_>>() })
        }
        ScaleKind::Number(about) => said(json!({
            "kind": scale.kind.id(),
            "unit": about.unit,
            "decimals": about.decimals,
            "min": about.min,
            "max": about.max,
            "better": about.better.id(),
            "numbers": numbers(about.signs),
        })),
        _ => json!({ "kind": scale.kind.id() }),
    };
    if !scale.missing.is_empty() {
        let signs = scale.missing.iter().map(|(sign, gap)| (sign.to_string(), Json::from(gap.id())));
        json["missing"] = signs.collect::<serde_json::Map<_, _>>().into();
    }
    json
}

/// The signs in numbers, if any are declared.
fn numbers(signs: NumberSigns) -> Option<Json> {
    let NumberSigns { decimal, thousands, percent, flags } = signs;
    let (percent, flags) = (percent.then_some(true), flags.then_some(true));
    let object = json!({ "decimal": decimal, "thousands": thousands, "percent": percent, "flags": flags });
    (signs != NumberSigns::default()).then(|| said(object))
}

fn group(group: &Group) -> Json {
    let members = group.members.iter().map(|member| &member.code).chain(&group.not_understood);
    json!({ "id": group.id, "title": group.title, "members": members.collect::<Vec<_>>() })
}

/// An object without the members that say nothing.
fn said(object: Json) -> Json {
    match object {
        Json::Object(members) => members.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        other => other,
    }
}
