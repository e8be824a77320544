//! The JSON of the reports: what is printed is what the published schema says, and no schema breaks its promise.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use visavis::core::{
    date::Date,
    groups, read,
    read::declared::{
        DeclaredKind, DeclaredObject, FINDING, FRAMEWORK, GOAL, GROUP, INDICATOR, LEVEL, NUMBERS, PUBLISHED,
        REVIEW, SCALES, WHERE,
    },
    read::members::{CARD, CELL, CellMember},
    report::{OverviewReport, Report as _},
    severity::Severity,
};

use super::{code, program, reviews::journal, root, text};

/// One command for each shape that a report can have.
const PRINTED: [(&str, &[&str]); 44] = [
    ("compare", &["compare", "ALB", "AZE"]),
    ("compare", &["compare", "XA", "XB", "--only", "differences"]),
    ("compare", &["compare", "ALB", "AZE", "--only", "gaps", "--indicator", "opsc"]),
    ("compare", &["compare", "ALB", "group:all"]),
    ("compare", &["compare", "ALB", "AZE", "group:all"]),
    ("compare", &["compare", "ALB@2010", "ALB@2012"]),
    ("compare", &["compare", "ALB@2016", "ALB@2019", "AZE@2022"]),
    ("compare-sets", &["compare", "ALB", "AZE", "-d", "progress-cards-2010"]),
    ("show", &["show", "IRL"]),
    ("show", &["show", "XA"]),
    ("show", &["show", "ALB", "AZE", "--group", "osce"]),
    ("findings", &["findings"]),
    ("findings", &["findings", "--group", "osce"]),
    ("findings", &["findings", "--edition", "2016"]),
    ("changes", &["changes"]),
    ("changes", &["changes", "--each", "--by", "country"]),
    ("changes", &["changes", "--only", "worsened,disappeared", "--group", "osce"]),
    ("changes", &["changes", "--country", "ALB", "--indicator", "opsc"]),
    ("rank", &["rank", "--overall"]),
    ("rank", &["rank", "--overall", "--geometric", "--threshold", "100"]),
    ("rank", &["rank", "--goal", "legal", "--weight", "indicator:opsc=2"]),
    ("rank", &["rank", "--goal", "services", "--group", "osce"]),
    ("rank", &["rank", "--indicator", "opsc"]),
    ("explain", &["rank", "--explain"]),
    ("explain", &["rank", "--goal", "services", "--explain", "--geometric"]),
    ("check", &["check"]),
    ("report", &["report"]),
    ("report", &["report", "--group", "osce", "--edition", "2010"]),
    ("flags", &["flags", "list", "--state", "all"]),
    ("flags", &["flags", "list", "--group", "osce"]),
    ("reviews", &["flags", "export"]),
    ("progress", &["flags", "progress"]),
    ("progress", &["flags", "progress", "--by", "author"]),
    ("progress", &["flags", "progress", "--by", "indicator"]),
    ("reviews", &["flags", "export", "--state", "open"]),
    ("digest", &["flags", "digest"]),
    ("digest", &["flags", "digest", "--since", "2020-01-01"]),
    ("journal", &["journal", "check"]),
    ("status", &["journal", "status"]),
    ("missing", &["missing"]),
    ("missing", &["missing", "--only", "unsourced,disputed"]),
    ("missing", &["missing", "--as-assigned"]),
    ("missing", &["missing", "--only", "not-applicable"]),
    ("missing", &["missing", "--group", "osce"]),
];

/// What reviewers have said of the small data set before its reports are printed.
const SAID: [&[&str]; 9] = [
    &["flags", "add", "SWE@2010", "opsc"],
    &["flags", "add", "IRL@2010", "--note", "the whole card"],
    &["flags", "add", "@2010", "opsc", "--kind", "disagree"],
    &["flags", "note", "IRL@2010", "opsc", "--text", "article 12?"],
    &["flags", "review", "SWE@2010", "opsc"],
    &["flags", "undo"],
    &["flags", "sign-off", "SWE@2010", "--as", "sent-back", "--note", "why?"],
    &["flags", "give", "SWE@2010", "--to", "Ben"],
    &["flags", "add", "SWE@2010", "opsc", "--to", "Ben", "--due", "2026-12-01"],
];

fn schema(name: &str) -> Value {
    let path = root().join(format!("docs/reports/{name}.schema.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// The schema that a reference of `root` means, or the schema itself.
fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(name) => {
            resolved(root, root.pointer(name.trim_start_matches('#')).expect("a reference leads somewhere"))
        }
        None => schema,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn has_type(schema: &Value, value: &Value) -> bool {
    let fits = |name: &Value| name == kind(value) || (name == "number" && kind(value) == "integer");
    match schema.get("type") {
        None => true,
        Some(Value::Array(names)) => names.iter().any(fits),
        Some(name) => fits(name),
    }
}

/// Why a value is not what the schema says; members that the schema does not name are told too.
fn fault(root: &Value, schema: &Value, value: &Value, path: &str) -> Option<String> {
    let schema = resolved(root, schema);
    if let Some(fault) =
        schema["allOf"].as_array().into_iter().flatten().find_map(|one| fault(root, one, value, path))
    {
        return Some(fault);
    }
    if let Some(any) = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array()) {
        let faults: Vec<String> = any.iter().filter_map(|one| fault(root, one, value, path)).collect();
        if faults.len() == any.len() {
            return Some(faults.join("; or "));
        }
    }
    if schema.get("not").is_some_and(|not| fault(root, not, value, path).is_none()) {
        return Some(format!("{path}: {value} is what it must not be"));
    }
    if !has_type(schema, value) {
        return Some(format!("{path}: {} is no {}", kind(value), schema["type"]));
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value))
        || schema.get("const").is_some_and(|word| word != value)
    {
        return Some(format!("{path}: {value} is not among the words"));
    }
    match value {
        // The one pattern is that of dates.
        Value::String(text) if schema.get("pattern").is_some() && Date::parse(text).is_none() => {
            Some(format!("{path}: {text:?} is no date"))
        }
        Value::String(text) if text.is_empty() && schema.get("minLength").is_some() => {
            Some(format!("{path} is empty"))
        }
        Value::Object(members) if members.is_empty() && schema.get("minProperties").is_some() => {
            Some(format!("{path} is empty"))
        }
        Value::Number(number)
            if schema["minimum"].as_f64().is_some_and(|least| number.as_f64() < Some(least))
                || schema["maximum"].as_f64().is_some_and(|most| number.as_f64() > Some(most)) =>
        {
            Some(format!("{path}: {number} is out of bounds"))
        }
        Value::Array(items) if items.is_empty() && schema["minItems"] == 1 => {
            Some(format!("{path} is empty"))
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .filter(|_| schema.get("items").is_some())
                .find_map(|(at, item)| fault(root, &schema["items"], item, &format!("{path}[{at}]")))
        }
        Value::Object(members)
            if schema.get("properties").is_some() || schema.get("additionalProperties").is_some() =>
        {
            let none = Map::new();
            let properties = schema["properties"].as_object().unwrap_or(&none);
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            if let Some(name) = required.into_iter().find(|name| !members.contains_key(*name)) {
                return Some(format!("{path}: {name} is not there"));
            }
            members.iter().find_map(|(name, member)| {
                let path = format!("{path}.{name}");
                match properties
                    .get(name)
                    .or_else(|| schema.get("additionalProperties").filter(|other| other.is_object()))
                {
                    Some(schema) => fault(root, schema, member, &path),
                    None => Some(format!("{path} is not in the schema")),
                }
            })
        }
        _ => None,
    }
}

#[test]
fn every_report_prints_what_its_schema_says() {
    let samples = [
        "osce-2009-2012",
        "progress-cards-2010",
        "child-labour-2016-2022",
        "../tests/data/small",
        "../tests/data/broken",
    ];
    let state = tempfile::tempdir().unwrap();
    let run = |sample: &str, args: &[&str]| {
        let mut command = program("sample-data".as_ref(), args);
        command.env("XDG_STATE_HOME", state.path()).env("VISAVIS_AUTHOR", "Ana");
        command.args(["-d", sample]).output().unwrap()
    };
    for args in SAID {
        let said = run("../tests/data/small", args);
        assert_eq!(code(&said), 0, "{args:?}: {}", text(&said.stderr));
    }
    let flags = run("../tests/data/small", &["flags", "list", "--format", "json"]);
    let flags: Value = serde_json::from_slice(&flags.stdout).unwrap();
    let id = flags["rows"][1]["id"].as_str().unwrap();
    run("../tests/data/small", &["flags", "resolve", id, "--note", "done"]);
    // A line that cannot be taken.
    let journal = journal(state.path());
    std::fs::write(&journal, std::fs::read_to_string(&journal).unwrap() + "{\n").unwrap();
    let mut seen = BTreeSet::new();
    for sample in samples {
        for (name, args) in PRINTED {
            let run = run(sample, &[args, &["--format", "json"]].concat());
            // Not every sample has every group, goal or edition.
            let Ok(printed) = serde_json::from_slice::<Value>(&run.stdout) else { continue };
            // Beside itself it is one set.
            if printed["report"] != name && args.contains(&"progress-cards-2010") {
                continue;
            }
            assert_eq!(printed["report"], name, "{args:?}");
            let schema = schema(name);
            assert_eq!(fault(&schema, &schema, &printed, "$"), None, "{args:?} of {sample}");
            seen.insert((name, args));
        }
    }
    let unseen: Vec<_> = PRINTED.iter().filter(|printed| !seen.contains(*printed)).collect();
    assert!(unseen.is_empty(), "no sample prints {unseen:?}");
    let mut seen: BTreeSet<&str> = seen.into_iter().map(|(name, _)| name).collect();
    // Only the screen writes this one as JSON, when it is copied.
    let data = read::from_texts("d", &[("x.json", r#"{"country":"IRL","edition":"2010"}"#)]);
    for edition in [None, data.newest_edition()] {
        let overview = OverviewReport::new(&data, groups::everyone(&data), edition).json();
        let schema = schema("overview");
        assert_eq!(fault(&schema, &schema, &overview, "$"), None);
    }
    seen.insert("overview");
    let published: BTreeSet<&str> =
        visavis::review::report::report_schemas().map(|report| report.name).collect();
    assert_eq!(seen, published, "each report is printed at least once");
}

/// What of the older schema the newer one breaks: a member that went, a type or a word that went, a member that may now be
/// left out.
fn broken(old: (&Value, &Value), new: (&Value, &Value), path: &str, told: &mut Vec<String>) {
    let (older, newer) = (resolved(old.0, old.1), resolved(new.0, new.1));
    let types = |schema: &Value| -> BTreeSet<String> {
        let types = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
        types.iter().map(ToString::to_string).collect()
    };
    // A reader of the older schema meets nothing that it did not have to expect.
    if !types(newer).is_subset(&types(older)) {
        told.push(format!("{path}: the type was {:?} and is {:?}", types(older), types(newer)));
    }
    if let (Some(was), Some(is)) = (older["enum"].as_array(), newer["enum"].as_array())
        && is.iter().any(|word| !was.contains(word))
        && !path.ends_with('?')
    {
        told.push(format!("{path}: a closed list of words grew"));
    }
    for name in older["required"].as_array().into_iter().flatten() {
        if !newer["required"].as_array().is_some_and(|names| names.contains(name)) {
            told.push(format!(
                "{path}.{}: was always there and may be missing now",
                name.as_str().unwrap_or_default()
            ));
        }
    }
    for (name, member) in older["properties"].as_object().into_iter().flatten() {
        match newer["properties"].get(name) {
            None => told.push(format!("{path}.{name}: is gone")),
            Some(now) => broken((old.0, member), (new.0, now), &format!("{path}.{name}"), told),
        }
    }
    for inner in ["items", "additionalProperties"] {
        if let (Some(was), Some(is)) = (older.get(inner).filter(|was| was.is_object()), newer.get(inner)) {
            broken((old.0, was), (new.0, is), &format!("{path}[]"), told);
        }
    }
    for (was, is) in
        older["anyOf"].as_array().into_iter().flatten().zip(newer["anyOf"].as_array().into_iter().flatten())
    {
        // The words of an open list may grow.
        broken((old.0, was), (new.0, is), &format!("{path}?"), told);
    }
}

/// Reports that the last release did not have.
const NEW: [&str; 5] = ["compare-sets", "explain", "digest", "progress", "status"];

#[test]
fn a_schema_keeps_what_the_last_release_promised_unless_its_version_is_raised() {
    let folder = root().join("tests/cli/schemas-0.1.0");
    for report in visavis::review::report::report_schemas().filter(|report| !NEW.contains(&report.name)) {
        let path = folder.join(format!("{}.schema.json", report.name));
        let Ok(text) = std::fs::read_to_string(&path) else { panic!("{} is not there", path.display()) };
        let (old, new): (Value, Value) = (serde_json::from_str(&text).unwrap(), schema(report.name));
        if old["properties"]["schema"]["const"] != new["properties"]["schema"]["const"] {
            continue;
        }
        let mut told = vec![];
        broken((&old, &old), (&new, &new), "$", &mut told);
        assert!(told.is_empty(), "{}: {}", report.name, told.join("\n"));
    }
}

#[test]
fn what_breaks_a_promise_is_found() {
    let old =
        json!({ "properties": { "a": { "type": "string" }, "b": { "enum": ["x"] } }, "required": ["a"] });
    for new in [
        json!({ "properties": { "b": { "enum": ["x"] } }, "required": [] }),
        json!({ "properties": { "a": { "type": ["string", "null"] }, "b": { "enum": ["x"] } }, "required": ["a"] }),
        json!({ "properties": { "a": { "type": "string" }, "b": { "enum": ["x", "y"] } }, "required": ["a"] }),
        json!({ "properties": { "a": { "type": "string" }, "b": { "enum": ["x"] } }, "required": [] }),
    ] {
        let mut told = vec![];
        broken((&old, &old), (&new, &new), "$", &mut told);
        assert!(!told.is_empty(), "{new}");
    }
    let grown = json!({ "properties": { "a": { "type": "string" }, "b": { "enum": ["x"] }, "c": {} }, "required": ["a", "c"] });
    let mut told = vec![];
    broken((&old, &old), (&grown, &grown), "$", &mut told);
    assert!(told.is_empty(), "{told:?}");
}

/// Values of every kind that JSON has, among them all that some member takes.
fn samples() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(3),
        json!(2.5),
        json!("words"),
        json!(""),
        json!("2010-07"),
        json!("2010-13"),
        json!([]),
        json!(["one", "two"]),
        json!([3]),
        json!([["one"]]),
        json!([null]),
        json!({}),
        json!({ "a": 1 }),
        json!("no-data"),
        json!("absent"),
        json!("disputed"),
        json!(["disputed", "provisional"]),
        json!(["unsourced"]),
        json!("accession"),
        json!({ "s": { "title": "T", "page": 3 } }),
        json!({ "s": "T" }),
        json!({ "s": 3 }),
        json!([{ "title": "T", "url": null }]),
        json!({ "url": "https://example.org" }),
        json!("visavis.card/1"),
    ]
}

/// Whether a card of these members is read without a word about it, its hints apart.
fn is_read(card: &Value) -> Result<(), Vec<String>> {
    let framework = json!({ "id": "f", "scales": { "t": { "kind": "treaty" }, "w": { "kind": "text" }, "n": { "kind": "number" } },
        "goals": [{ "id": "g", "indicators": [{ "id": "t", "scale": "t" }, { "id": "n", "scale": "n" }, { "id": "w", "scale": "w" }] }] });
    let files = [("f.json", framework.to_string()), ("c.json", card.to_string())];
    let data = read::from_texts("d", &[(files[0].0, &files[0].1), (files[1].0, &files[1].1)]);
    let told: Vec<String> = data
        .problems
        .iter()
        .filter(|problem| problem.severity != Severity::Hint)
        .map(ToString::to_string)
        .collect();
    if told.is_empty() { Ok(()) } else { Err(told) }
}

/// A framework in which each object stands once, with a place for every member of it.
fn whole_framework() -> Value {
    json!({ "id": "f",
        "scales": { "l": { "kind": "levels", "levels": [{ "id": "a" }, "b"] }, "n": { "kind": "number", "numbers": { "percent": true } }, "y": { "kind": "yes_no" } },
        "goals": [{ "id": "g", "indicators": [{ "id": "i", "scale": "l" }, { "id": "j", "scale": "n" }, { "id": "k", "scale": "y" }] }],
        "findings": [{ "id": "x", "text": "do so", "indicators": ["i"], "where": { "levels": ["a"] }, "published": { "text": "half" } }],
        "groups": [{ "id": "ours", "members": ["IRL"] }],
        "review": { "eyes": 2 },
        "sources": { "s": { "title": "T" } } })
}

/// Where in that framework each declared object stands.
const PLACES: [(&str, &DeclaredObject); 13] = [
    ("", &FRAMEWORK),
    ("/goals/0", &GOAL),
    ("/goals/0/indicators/0", &INDICATOR),
    ("/scales/l", &SCALES[0]),
    ("/scales/y", &SCALES[1]),
    ("/scales/n", &SCALES[2]),
    ("/scales/l/levels/0", &LEVEL),
    ("/findings/0", &FINDING),
    ("/findings/0/where", &WHERE),
    ("/findings/0/published", &PUBLISHED),
    ("/groups/0", &GROUP),
    ("/scales/n/numbers", &NUMBERS),
    ("/review", &REVIEW),
];

/// Whether a framework is read without a word about it, its hints apart.
fn is_framework_read(framework: &Value) -> Result<(), Vec<String>> {
    let card = json!({ "framework": "f", "country": "IRL", "edition": "2010", "assessments": {} });
    let data = read::from_texts("d", &[("f.json", &framework.to_string()), ("c.json", &card.to_string())]);
    let told: Vec<String> = data.problems.iter().map(ToString::to_string).collect();
    if told.is_empty() { Ok(()) } else { Err(told) }
}

#[test]
fn the_schema_of_frameworks_and_the_reader_accept_the_same_of_every_member() {
    let text = std::fs::read_to_string(root().join("docs/framework.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    let mut differ = vec![];
    let mut check = |framework: &Value, told: &str| {
        let (wrong, read) = (fault(&schema, &schema, framework, "$"), is_framework_read(framework));
        if wrong.is_none() != read.is_ok() {
            differ.push(format!("{told}: the schema says {wrong:?}, the reader {read:?}"));
        }
        read.is_ok()
    };
    assert!(check(&whole_framework(), "whole"));
    let mut more = samples();
    more.extend([json!(-1), json!(0.5), json!(100), json!(101), json!(1001), json!(13), json!(false)]);
    more.extend([
        json!("higher"),
        json!("answers"),
        json!("all"),
        json!("visavis.framework/1"),
        json!([""]),
        json!(","),
        json!(" "),
    ]);
    more.extend([
        json!([{ "id": "a" }]),
        json!([{ "id": "" }]),
        json!([{}]),
        json!(["no-data"]),
        json!({ "s": {} }),
    ]);
    let mut accepted = 0;
    for (place, object) in PLACES {
        for member in object.members {
            // Each member is left out too, if it is needed.
            for value in more.iter().map(Some).chain([None]) {
                let mut framework = whole_framework();
                let at = framework.pointer_mut(place).unwrap().as_object_mut().unwrap();
                if object.name == WHERE.name {
                    at.clear();
                    framework["findings"][0]["indicators"] =
                        json!([if matches!(member.holds, DeclaredKind::Number(_)) { "j" } else { "i" }]);
                }
                let at = framework.pointer_mut(place).unwrap().as_object_mut().unwrap();
                match value {
                    Some(value) => _ = at.insert(member.key.to_owned(), value.clone()),
                    None => _ = at.remove(member.key),
                }
                // Whether a name leads somewhere, or a word is the right one, is nothing that a schema can say.
                let is_name = matches!(
                    (object.name, member.key),
                    ("Framework" | "Indicator" | "Level", "id")
                        | ("Indicator", "scale")
                        | ("Finding", "goal" | "indicators")
                        | ("Where", "levels" | "bound" | "signed_only" | "not_signed")
                        | ("Published", "group")
                        | ("Group", "members" | "id")
                ) && value.is_some_and(|value| match value {
                    Value::String(text) => !text.is_empty() || member.key == "scale",
                    Value::Bool(value) => *value,
                    Value::Array(items) => {
                        items.iter().any(|item| item.as_str().is_some_and(|text| !text.is_empty()))
                    }
                    _ => false,
                });
                // What stands in a whole list or object of others is tried member by member.
                let is_whole = value.is_some_and(|value| {
                    let is_filled = value.as_array().is_some_and(|items| !items.is_empty())
                        || value.as_object().is_some_and(|members| !members.is_empty());
                    is_filled
                        && matches!(member.key, "goals" | "scales" | "findings" | "indicators" | "groups")
                }) || matches!(member.key, "scales" | "goals" | "indicators" | "levels")
                    && object.name != "Where";
                if is_name
                    || is_whole
                        && value.is_none_or(|value| value.is_array() || value.is_object() || value.is_null())
                {
                    continue;
                }
                accepted += usize::from(check(&framework, &format!("{place}/{} {value:?}", member.key)));
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
    assert!(accepted > 150, "{accepted}");
}

#[test]
fn the_schema_of_cards_and_the_reader_accept_the_same_of_every_member() {
    let text = std::fs::read_to_string(root().join("docs/card.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    let base = json!({ "framework": "f", "country": "IRL", "edition": "2010", "assessments": {} });
    let check = |card: &Value| {
        let (told, read) = (fault(&schema, &schema, card, "$"), is_read(card));
        assert_eq!(told.is_none(), read.is_ok(), "{card}: the schema says {told:?}, the reader {read:?}");
    };
    let mut accepted = 0;
    for known in &CARD {
        for value in samples() {
            let mut card = base.clone();
            card[known.key] = value.clone();
            // What is the name of a country, of this framework or of an indicator is nothing that a schema can say, nor
            // what two digits after a year are.
            let is_name = value.is_string()
                && (known.key == "framework" || known.key == "country" && value != "")
                || known.key == "edition" && value == "2010-13";
            if is_name
                || known.key == "assessments" && value.as_object().is_some_and(|cells| !cells.is_empty())
            {
                continue;
            }
            check(&card);
            accepted += usize::from(is_read(&card).is_ok());
        }
    }
    for known in &CELL {
        for value in samples() {
            let dates = matches!(known.member, CellMember::Signed | CellMember::Bound | CellMember::Act);
            let mut cell = match known.member {
                _ if dates => json!({ "signed": "2001" }),
                CellMember::Level | CellMember::Value | CellMember::Values | CellMember::Gap => json!({}),
                CellMember::Low | CellMember::High => json!({}),
                _ => json!({ "value": "words" }),
            };
            cell[known.key] = value.clone();
            // Whether a value is one of the scale is nothing that the schema of cards can say; a date before the other
            // one neither, nor that a reading is null.
            let is_answer =
                matches!(known.member, CellMember::Level | CellMember::Value | CellMember::Values);
            if is_answer && !(value.is_object() || value.is_null()) {
                continue;
            }
            let mut card = base.clone();
            let is_bound = matches!(known.member, CellMember::Low | CellMember::High);
            let indicator = if is_bound { "n" } else { "w" };
            card["assessments"][if dates { "t" } else { indicator }] = cell;
            check(&card);
            accepted += usize::from(is_read(&card).is_ok());
        }
    }
    assert!(accepted > 80, "{accepted}");
}
