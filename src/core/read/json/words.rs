//! The words of cards in JSON, read from their text when somebody looks.

use std::sync::Arc;

use crate::core::{
    cell::{Gap, Value},
    date::Date,
    detail::{CardDetail, CellPlace, Detail, FileWords},
    framework::{Framework, Source},
    input_file::InputFile,
    json::{JsonReader, Limits, Node, NodeKind, Pull},
    read::framework::{bare_source, source_of},
};
use crate::text::{Raw, excerpt};

/// The words of a text with cards in it.
#[derive(Debug)]
pub(super) struct JsonWords {
    pub file: Arc<InputFile>,
}

impl JsonWords {
    fn text(&self) -> &str {
        &self.file.own.text
    }

    fn node(&self, at: usize) -> Option<Node<'_>> {
        let text = self.text();
        let read = JsonReader::new(text, &Limits::default()).first_lenient(at..text.len());
        read.ok().map(|(node, ..)| node)
    }
}

impl FileWords for JsonWords {
    fn file(&self) -> &Arc<InputFile> {
        &self.file
    }

    fn of_cell(&self, place: &CellPlace<'_>) -> Detail {
        let Some(node) = self.node(place.at) else { return Detail::default() };
        let card_sources = place.sources_at.and_then(|at| self.node(at));
        let sources = sources_of(&node, place.framework, card_sources.as_ref());
        Detail { sources, ..from_node(&node, self.text(), place.cell.state) }
    }

    fn of_card(&self, at: usize) -> CardDetail {
        self.node(at).map_or_else(CardDetail::default, |node| of_card(&node, self.text()))
    }

    fn card_text(&self, at: usize, next: Option<usize>) -> Option<&str> {
        let text = self.text();
        let end = next.unwrap_or_else(|| {
            let mut pull = Pull::new(text, at..text.len(), &Limits::default()).lenient();
            if pull.skip().is_ok() { pull.at() } else { text.len() }
        });
        // The characters between two cards belong to neither.
        let between = |c: char| c.is_ascii_whitespace() || matches!(c, ',' | ']');
        Some(text.get(at..end)?.trim_end_matches(between))
    }
}

fn from_node(node: &Node<'_>, text: &str, state: Result<Value, Gap>) -> Detail {
    let unreadable = state == Err(Gap::Unreadable);
    // On a scale of texts a level is a text too.
    let text_keys: &[&str] = if state == Ok(Value::Text) { &["value", "level"] } else { &["value"] };
    let NodeKind::Object(_) = &node.kind else {
        let printed = match &node.kind {
            NodeKind::Null => None,
            NodeKind::String(value) => Some(owned(value)),
            _ => Some(compact(node.source(text))),
        };
        return Detail { printed, ..Detail::default() };
    };
    let words =
        |key: &str| node.get(key).and_then(Node::text).filter(|text| !text.trim().is_empty()).map(owned);
    // Of two answers neither is preferred: the whole is shown.
    let is_said = |value: &&Node<'_>| !value.is_null();
    let answers = ["level", "value", "values", "gap"].map(|key| node.get(key).filter(is_said));
    let mut answers = answers.into_iter().flatten();
    let written = answers.next().filter(|_| answers.next().is_none()).map(|value| match &value.kind {
        NodeKind::String(value) => owned(value),
        _ => Raw::new(excerpt(compact(value.source(text)).raw(), 200).into_string()),
    });
    let printed = words("printed").or(if unreadable {
        written.or_else(|| Some(compact(node.source(text))))
    } else {
        None
    });
    let values = node.get("values").and_then(Node::array).unwrap_or_default();
    // Of a text that is given by its readings the first counts.
    let first = || if state == Ok(Value::Text) { values.iter().find(is_said)?.text() } else { None };
    let printed =
        printed.or_else(|| text_keys.iter().find_map(|key| node.get(key)?.text()).or_else(first).map(owned));
    Detail {
        printed,
        note: words("note"),
        sources: vec![],
        as_of: node.get("as_of").and_then(Node::text).and_then(Date::parse),
        values: values
            .iter()
            .filter(is_said)
            .map(|value| value.text().map_or_else(|| owned(value.source(text)), owned))
            .collect(),
        treaty: None,
    }
}

fn sources_of(node: &Node<'_>, framework: &Framework, card_sources: Option<&Node<'_>>) -> Vec<Source> {
    let Some(sources) = node.get("sources") else { return vec![] };
    let list = sources.array().unwrap_or(std::slice::from_ref(sources));
    list.iter()
        .filter_map(|source| match &source.kind {
            NodeKind::String(key) => Some(
                card_sources
                    .and_then(|known| known.get(key))
                    .and_then(source_of)
                    .or_else(|| framework.find_source(key).cloned())
                    .unwrap_or_else(|| bare_source(key)),
            ),
            _ => source_of(source),
        })
        .collect()
}

/// What a card says as a whole.
fn of_card(node: &Node<'_>, text: &str) -> CardDetail {
    let list = |key: &str| node.get(key).and_then(Node::array).unwrap_or_default();
    let mut campaign = vec![];
    if let Some(node) = node.get("campaign") {
        flatten(node, text, "", &mut campaign);
    }
    CardDetail {
        summary: node.get("summary").and_then(Node::text).filter(|text| !text.is_empty()).map(owned),
        priority_actions: list("priority_actions").iter().filter_map(Node::text).map(owned).collect(),
        campaign,
        assessed_on: None,
        sources: node.get("sources").and_then(Node::object).map_or_else(Vec::new, |members| {
            members.iter().filter_map(|m| Some((Box::from(&*m.key), source_of(&m.value)?))).collect()
        }),
    }
}

fn flatten(node: &Node<'_>, text: &str, path: &str, into: &mut Vec<(Raw<'static>, Raw<'static>)>) {
    match &node.kind {
        NodeKind::Object(members) => {
            for member in members {
                let key = member.key.replace('_', " ");
                let path = if path.is_empty() { key } else { format!("{path}, {key}") };
                flatten(&member.value, text, &path, into);
            }
        }
        NodeKind::Null => {}
        _ => {
            let value = node.text().map_or_else(|| owned(node.source(text)), owned);
            into.push((Raw::new(path.to_owned()), value));
        }
    }
}

fn owned(text: &str) -> Raw<'static> {
    Raw::new(text.to_owned())
}

/// A value as it is written, without the white space between its parts, so that it is the same in any layout.
fn compact(source: &str) -> Raw<'static> {
    let mut out = String::with_capacity(source.len());
    let (mut in_text, mut is_escaped) = (false, false);
    for c in source.chars() {
        if in_text || !c.is_ascii_whitespace() {
            out.push(c);
        }
        in_text ^= c == '"' && !is_escaped;
        is_escaped = in_text && c == '\\' && !is_escaped;
    }
    Raw::new(out)
}
