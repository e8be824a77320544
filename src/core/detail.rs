//! The words behind a cell and a card, read from the file's own text when somebody looks.

use super::{
    cell::{Gap, Treaty, Value},
    columns::{Batch, CardRow},
    date::Date,
    framework::{Framework, IndicatorId, Source},
    json::{JsonReader, Limits, Node, NodeKind},
};
use crate::text::{Raw, excerpt};

/// Everything a card writes about one cell beside its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detail {
    /// The value as the source prints it; for an unreadable cell, what is written.
    pub printed: Option<Raw<'static>>,
    pub note: Option<Raw<'static>>,
    pub sources: Vec<Source>,
    pub as_of: Option<Date>,
    /// All readings, when sources disagree.
    pub values: Vec<Raw<'static>>,
    /// Signature, binding and act, for treaties.
    pub treaty: Option<Treaty>,
}

/// What a card says about the country as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CardDetail {
    pub summary: Option<Raw<'static>>,
    pub priority_actions: Vec<Raw<'static>>,
    /// Key paths and values of the campaign object, in file order.
    pub campaign: Vec<(Raw<'static>, Raw<'static>)>,
    pub assessed_on: Option<Date>,
    pub sources: Vec<(Box<str>, Source)>,
}

/// What a card of the batch writes about an indicator.
pub(super) fn of_cell(batch: &Batch, row: usize, indicator: IndicatorId, framework: &Framework) -> Detail {
    let Some(at) = batch.place(row, indicator.index()) else { return Detail::default() };
    let Some(node) = node_at(batch, at) else { return Detail::default() };
    let card_sources = batch.cards[row].sources_at.and_then(|at| node_at(batch, at as usize));
    let state = batch.cell(row, indicator.index()).state;
    Detail {
        treaty: batch.treaty(row, indicator.index()),
        sources: sources_of(&node, framework, card_sources.as_ref()),
        ..from_node(&node, &batch.text, state)
    }
}

fn node_at(batch: &Batch, at: usize) -> Option<Node<'_>> {
    JsonReader::new(&batch.text, &Limits::default())
        .first_lenient(at..batch.text.len())
        .ok()
        .map(|(node, ..)| node)
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
    let printed = printed.or_else(|| text_keys.iter().find_map(|key| node.get(key)?.text()).map(owned));
    let values = node.get("values").and_then(Node::array).unwrap_or_default();
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

/// A source object; a string stands for its URL or title.
pub fn source_of(node: &Node<'_>) -> Option<Source> {
    if let Some(text) = node.text() {
        return Some(bare_source(text));
    }
    node.object()?;
    let words = |key: &str| node.get(key).and_then(Node::text).map(owned);
    let page = words("page")
        .or_else(|| node.get("page").and_then(Node::number).map(|page| Raw::new(page.to_string())));
    Some(Source { title: words("title"), url: words("url"), date: words("date"), page })
}

fn bare_source(text: &str) -> Source {
    if text.starts_with("https://") || text.starts_with("http://") {
        Source { url: Some(owned(text)), ..Source::default() }
    } else {
        Source { title: Some(owned(text)), ..Source::default() }
    }
}

/// What a card of the batch says as a whole.
pub(super) fn of_card(batch: &Batch, row: &CardRow) -> CardDetail {
    let node = if row.is_contested { None } else { node_at(batch, row.at as usize) };
    let Some(node) = node else { return CardDetail::default() };
    let list = |key: &str| node.get(key).and_then(Node::array).unwrap_or_default();
    let mut campaign = vec![];
    if let Some(node) = node.get("campaign") {
        flatten(node, &batch.text, "", &mut campaign);
    }
    CardDetail {
        summary: node.get("summary").and_then(Node::text).filter(|text| !text.is_empty()).map(owned),
        priority_actions: list("priority_actions").iter().filter_map(Node::text).map(owned).collect(),
        campaign,
        assessed_on: row.assessed_on,
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
