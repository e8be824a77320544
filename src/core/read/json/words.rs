//! The words of cards in JSON, read from their text when somebody looks.

use std::sync::Arc;

use crate::core::{
    cell::{Gap, Value},
    date::Date,
    detail::{CardDetail, CellPlace, Detail, FileWords},
    framework::{Framework, Source},
    input_file::InputFile,
    json::{JsonReader, Limits, Node, NodeKind, Pull, Stop},
    label::is_exact,
    obs_status::ObservationStatus,
    read::{
        framework::{bare_source, source_of},
        words::is_blank,
    },
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

    /// The first members of these names of the object at this byte. The others are only stepped over: a card is mostly
    /// answers.
    fn members<const N: usize>(&self, at: usize, wanted: [&str; N]) -> [Option<Node<'_>>; N] {
        let mut found = [const { None }; N];
        // Where the text is no JSON nothing more can be found.
        let _: Result<(), Stop> = self.find_members(at, wanted, &mut found);
        found
    }

    fn find_members<'t, const N: usize>(
        &'t self,
        at: usize,
        wanted: [&str; N],
        found: &mut [Option<Node<'t>>; N],
    ) -> Result<(), Stop> {
        let text = self.text();
        let mut pull = Pull::new(text, at..text.len(), &Limits::default()).lenient();
        let Some(opened) = pull.open_object()? else { return Ok(()) };
        let mut is_first = true;
        while let Some(key) = pull.next_key(opened, &mut is_first)? {
            if let Some(place) = wanted.iter().position(|wanted| *wanted == key.text)
                && found[place].is_none()
            {
                found[place] = self.node(pull.at());
            }
            pull.skip()?;
        }
        Ok(())
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
        of_card(self.members(at, CARD_WORDS), self.text())
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

fn from_node(node: &Node<'_>, source: &str, state: Result<Value, Gap>) -> Detail {
    let is_text = state == Ok(Value::Text);
    let NodeKind::Object(_) = &node.kind else {
        let printed = match &node.kind {
            NodeKind::Null => None,
            NodeKind::String(value) => Some(owned(value)).filter(|_| !is_blank(value)),
            _ => Some(compact(node.source(source))),
        };
        return Detail { text: printed.clone().filter(|_| is_text), printed, ..Detail::default() };
    };
    let words = |key: &str| node.get(key).and_then(Node::text).filter(|text| !is_blank(text)).map(owned);
    let readings: Vec<Raw<'static>> = node
        .get("values")
        .and_then(Node::array)
        .unwrap_or_default()
        .iter()
        .filter(|value| !value.is_null() && !value.text().is_some_and(is_blank))
        .map(|value| value.text().map_or_else(|| owned(value.source(source)), owned))
        .collect();
    // On a scale of texts a level is a text too, and so is the first reading.
    let text = if is_text {
        words("value").or_else(|| words("level")).or_else(|| readings.first().cloned())
    } else {
        words("value")
    };
    let printed = words("printed");
    let printed =
        if state == Err(Gap::Unreadable) { printed.or_else(|| written(node, source)) } else { printed };
    // Digits that a number does not keep are in the text alone.
    let digits = || {
        let value = node.get("value").filter(|value| value.number().is_some_and(|number| !is_exact(number)));
        value.map(|value| compact(value.source(source)))
    };
    Detail {
        printed: printed.or_else(|| text.clone()).or_else(digits),
        text: text.filter(|_| is_text),
        note: words("note"),
        status: words("status").filter(|status| !ObservationStatus::parse(status.raw()).others.is_empty()),
        sources: vec![],
        as_of: node.get("as_of").and_then(Node::text).and_then(Date::parse),
        values: readings,
        treaty: None,
    }
}

/// What an unreadable cell says: its one answer, else the whole of it, since of two answers neither is preferred.
fn written(node: &Node<'_>, source: &str) -> Option<Raw<'static>> {
    let is_said = |value: &&Node<'_>| !value.is_null();
    let answers = ["level", "value", "values", "gap"].map(|key| node.get(key).filter(is_said));
    let mut answers = answers.into_iter().flatten();
    let members = node.object().unwrap_or_default();
    let is_twice =
        members.iter().enumerate().any(|(at, one)| members[..at].iter().any(|known| known.key == one.key));
    let one = answers.next().filter(|_| answers.next().is_none() && !is_twice);
    one.map(|value| match &value.kind {
        NodeKind::String(value) => owned(value),
        _ => Raw::new(excerpt(compact(value.source(source)).raw(), 200).into_string()),
    })
    .or_else(|| Some(compact(node.source(source))))
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

/// The members of a card that are words about the country as a whole.
const CARD_WORDS: [&str; 4] = ["summary", "priority_actions", "campaign", "sources"];

/// What a card says as a whole.
fn of_card([summary, actions, campaign, sources]: [Option<Node<'_>>; 4], text: &str) -> CardDetail {
    let mut flat = vec![];
    if let Some(node) = campaign {
        flatten(&node, text, "", &mut flat);
    }
    let actions = actions.as_ref().and_then(Node::array).unwrap_or_default();
    let sources = sources.as_ref().and_then(Node::object).unwrap_or_default();
    CardDetail {
        summary: summary.as_ref().and_then(Node::text).filter(|text| !text.is_empty()).map(owned),
        priority_actions: actions.iter().filter_map(Node::text).map(owned).collect(),
        campaign: flat,
        assessed_on: None,
        sources: sources.iter().filter_map(|m| Some((Box::from(&*m.key), source_of(&m.value)?))).collect(),
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
