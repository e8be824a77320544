//! One cell from a located tree, with a place and a reason for everything that is not as it should be.

use super::{
    notes::{Notes, member},
    words::{CELL_KEYS, SOURCE_KEYS, is_blank, is_placeholder, is_placeholder_text, nearest, writable_mark},
};
use crate::core::{
    cell::{Cell, Gap, Marks, Treaty, TreatyAct, Value},
    date::Date,
    json::{Node, NodeKind as Json},
    scale::{Scale, ScaleKind},
};

/// A cell as read with care.
#[derive(Debug, Clone, Copy)]
pub(super) struct Careful {
    pub cell: Cell,
    pub treaty: Option<Treaty>,
    pub as_of: Option<Date>,
}

impl Careful {
    fn gap(gap: Gap) -> Self {
        Self { cell: Cell::gap(gap), treaty: None, as_of: None }
    }
}

/// Reads a cell in its short or long form. Never fails: what cannot be read is an unreadable cell and a fault.
pub(super) fn read(node: &Node<'_>, scale: &Scale, path: &str, notes: &mut Notes<'_>) -> Careful {
    if node.object().is_some() {
        return long(node, scale, path, notes);
    }
    match value(node, scale, path, notes) {
        Ok(value) => {
            Careful { cell: Cell { state: Ok(value), marks: Marks::UNSOURCED }, treaty: None, as_of: None }
        }
        Err(gap) => Careful::gap(gap),
    }
}

/// A bare value on its scale.
fn value(node: &Node<'_>, scale: &Scale, path: &str, notes: &mut Notes<'_>) -> Result<Value, Gap> {
    if let Some(text) = node.text() {
        if is_blank(text) {
            notes.warning("empty-value", node.at, path, "this value is empty; it counts as a gap").hint =
                Some("write null, or a gap such as { \"gap\": \"no-data\" }".to_owned());
            return Err(Gap::Empty);
        }
        let says_nothing = match scale.kind {
            ScaleKind::Text => is_placeholder_text(text),
            _ => is_placeholder(text) && scale.level_of(text).is_none(),
        };
        if says_nothing {
            let found = notes.excerpt(node);
            notes
                .warning("placeholder", node.at, path, format!("{found} is a placeholder, not a value; it counts as a gap"))
                .hint = Some("say which gap it is: { \"gap\": \"not-assessed\" | \"no-data\" | \"not-applicable\" | \"withheld\" }".to_owned());
            return Err(Gap::Unreadable);
        }
    }
    let on_scale = match (&scale.kind, &node.kind) {
        (_, Json::Null) => return Err(Gap::Empty),
        (ScaleKind::YesNo, Json::Bool(value)) => Some(Value::Level(if *value { 2 } else { 0 })),
        (ScaleKind::Number(about), Json::Number(number)) => {
            let outside =
                about.min.is_some_and(|min| *number < min) || about.max.is_some_and(|max| *number > max);
            if outside {
                let bound = |bound: Option<f64>| bound.map_or("…".to_owned(), |value| value.to_string());
                let range = format!("a number from {} to {}", bound(about.min), bound(about.max));
                notes.expected("out-of-range", node, path, range);
                return Err(Gap::Unreadable);
            }
            Some(Value::Number(*number))
        }
        (ScaleKind::Levels | ScaleKind::YesNo, Json::String(text)) => scale.level_of(text).map(Value::Level),
        (ScaleKind::Date, Json::String(text)) => Date::parse(text).map(Value::Date),
        (ScaleKind::Text, Json::String(_)) => Some(Value::Text),
        _ => None,
    };
    on_scale.ok_or_else(|| {
        wrong_value(node, scale, path, notes);
        Gap::Unreadable
    })
}

fn wrong_value(node: &Node<'_>, scale: &Scale, path: &str, notes: &mut Notes<'_>) {
    let ids = || scale.levels.iter().map(|level| &*level.id);
    let (code, expected) = match &scale.kind {
        ScaleKind::Levels | ScaleKind::YesNo => {
            let listed: Vec<String> = ids().take(8).map(|id| format!("\"{id}\"")).collect();
            ("unknown-level", format!("a level of the scale ({})", listed.join(", ")))
        }
        ScaleKind::Number(_) => ("not-a-number", "a number".to_owned()),
        ScaleKind::Treaty => ("not-a-treaty", "an object with \"signed\" and \"bound\" dates".to_owned()),
        ScaleKind::Date => ("not-a-date", "a date such as 2010-07-01".to_owned()),
        ScaleKind::Text => ("not-text", "text".to_owned()),
    };
    let near = node.text().and_then(|text| nearest(text, ids())).map(str::to_owned);
    let quoted_number = matches!(scale.kind, ScaleKind::Number(_))
        && node.text().is_some_and(|text| text.parse::<f64>().is_ok());
    let fault = notes.expected(code, node, path, expected);
    fault.hint = match near {
        Some(near) => Some(format!("did you mean \"{near}\"?")),
        None if quoted_number => Some("take the quotes away".to_owned()),
        None => Some("the value is shown as printed and counts as unreadable".to_owned()),
    };
}

/// The long form: an object.
fn long(node: &Node<'_>, scale: &Scale, path: &str, notes: &mut Notes<'_>) -> Careful {
    unknown_keys(node, path, notes);
    let gap = node.get("gap").map(|gap| written_gap(gap, &member(path, "gap"), notes));
    let treaty_key = ["signed", "bound"].iter().any(|key| node.get(key).is_some());
    let written = ["level", "value"].iter().find_map(|key| Some((*key, node.get(key)?)));
    let says_something = written.is_some_and(|(_, value)| !value.is_null())
        || ["signed", "bound"].iter().any(|key| node.get(key).is_some_and(|date| !date.is_null()));
    let sourced = sources(node, path, notes);
    let marks = marks(node, path, notes);
    let as_of = node.get("as_of").and_then(|date| read_date(date, &member(path, "as_of"), notes));
    if let (Some(_), true) = (gap, says_something) {
        notes
            .error("gap-and-value", node.at, path, "says both a value and a gap; it counts as unreadable")
            .hint = Some("keep the one that is true".to_owned());
        return Careful::gap(Gap::Unreadable);
    }
    if let Some(gap) = gap {
        return Careful::gap(gap.unwrap_or(Gap::Unreadable));
    }
    let (state, treaty) = if matches!(scale.kind, ScaleKind::Treaty) {
        match (treaty_key, written) {
            (true, _) => match treaty(node, path, notes) {
                Some(treaty) => (Ok(Value::Level(0)), Some(treaty)),
                None => (Err(Gap::Unreadable), None),
            },
            (false, Some((key, written))) => (value(written, scale, &member(path, key), notes), None),
            (false, None) => (Err(Gap::Empty), None),
        }
    } else {
        match written {
            Some((key, written)) => (value(written, scale, &member(path, key), notes), None),
            None => (readings(node, scale, path, notes), None),
        }
    };
    let mut marks = if state.is_ok() { marks } else { Marks::empty() };
    marks.set(Marks::UNSOURCED, state.is_ok() && !sourced);
    Careful { cell: Cell { state, marks }, treaty, as_of }
}

/// Without a value of its own, the first of several readings stands, marked as disputed.
fn readings(node: &Node<'_>, scale: &Scale, path: &str, notes: &mut Notes<'_>) -> Result<Value, Gap> {
    let first = node.get("values").and_then(Node::array).and_then(<[Node<'_>]>::first);
    first.map_or(Err(Gap::Empty), |first| value(first, scale, &format!("{path}.values[0]"), notes))
}

fn written_gap(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Option<Gap> {
    let known = ["not-assessed", "no-data", "not-applicable", "withheld"];
    let gap = node.text().and_then(Gap::from_id).filter(|gap| gap.can_be_written());
    if gap.is_none() {
        let near = node.text().and_then(|text| nearest(text, known));
        let fault =
            notes.expected("unknown-gap", node, path, "not-assessed, no-data, not-applicable or withheld");
        fault.hint = near.map(|near| format!("did you mean \"{near}\"?"));
    }
    gap
}

fn treaty(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Option<Treaty> {
    let before = notes.faults.len();
    let mut date = |key: &str| node.get(key).and_then(|date| read_date(date, &member(path, key), notes));
    let (signed, bound) = (date("signed"), date("bound"));
    let act = node.get("act").filter(|act| !act.is_null()).and_then(|act| {
        let known = act.text().and_then(TreatyAct::from_id);
        if known.is_none() {
            let path = member(path, "act");
            notes.expected(
                "unknown-act",
                act,
                &path,
                "ratification, accession, succession, acceptance or approval",
            );
        }
        known
    });
    if let (Some(signed), Some(bound)) = (signed, bound)
        && bound.last_day() < signed.first_day()
    {
        let at = node.get("bound").map_or(node.at, |bound| bound.at);
        let message = format!("bound on {bound}, before it was signed on {signed}");
        notes.error("bound-before-signed", at, &member(path, "bound"), message).hint =
            Some("check the two dates".to_owned());
    }
    (notes.faults.len() == before).then_some(Treaty { signed, bound, act })
}

/// A date; null is no date; anything else is a fault.
pub(super) fn read_date(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Option<Date> {
    if node.is_null() {
        return None;
    }
    let date = node.text().and_then(Date::parse);
    if date.is_none() {
        notes.expected("not-a-date", node, path, "a date such as 2010-07-01");
    }
    date
}

fn marks(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> Marks {
    let mut marks = Marks::empty();
    let readings = node.get("values").and_then(Node::array).map_or(0, <[Node<'_>]>::len);
    marks.set(Marks::DISPUTED, readings > 1);
    let Some(written) = node.get("marks") else { return marks };
    let path = member(path, "marks");
    for (at, item) in written.array().unwrap_or(std::slice::from_ref(written)).iter().enumerate() {
        if let Some(mark) = item.text().and_then(writable_mark) {
            marks |= mark;
        } else {
            let wanted = "disputed, low-reliability, carried-over or provisional";
            notes.expected("unknown-mark", item, &format!("{path}[{at}]"), wanted);
        }
    }
    marks
}

/// Whether the cell names a source.
fn sources(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) -> bool {
    let Some(sources) = node.get("sources").filter(|sources| !sources.is_null()) else { return false };
    let path = member(path, "sources");
    let list = match &sources.kind {
        Json::Array(items) => items.as_slice(),
        Json::String(_) | Json::Object(_) => std::slice::from_ref(sources),
        _ => {
            notes.expected("not-sources", sources, &path, "a list of sources");
            return false;
        }
    };
    let mut any = false;
    for (at, source) in list.iter().enumerate() {
        let named = match &source.kind {
            Json::String(text) => !is_blank(text),
            Json::Object(members) => members.iter().any(|member| SOURCE_KEYS.contains(&&*member.key)),
            _ => false,
        };
        any |= named;
        if !named {
            let wanted = "a source: an object with a title or url, a key of \"sources\", or a URL";
            notes.expected("not-a-source", source, &format!("{path}[{at}]"), wanted);
        }
    }
    any
}

fn unknown_keys(node: &Node<'_>, path: &str, notes: &mut Notes<'_>) {
    for member in node.object().unwrap_or_default() {
        if !CELL_KEYS.contains(&&*member.key) {
            super::unknown_key(notes, path, member, CELL_KEYS);
        }
    }
}
