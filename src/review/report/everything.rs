//! Everything that was ever said about the cards: what stands, and every record behind it in its order.

use serde_json::{Map, Value, json};

use super::{
    day_field,
    flags::{flag_json, note_json},
    place_field, said_json, target_fields, words,
};
use crate::{
    core::{
        dataset::Dataset,
        report::{Column, Context, Field, Report, Table, counted},
    },
    review::{Act, Book, Id, Record, Target},
    text::Raw,
};

/// All reviews of a data set.
#[derive(Debug)]
pub struct ReviewsReport<'a> {
    data: &'a Dataset,
    book: &'a Book,
}

impl<'a> ReviewsReport<'a> {
    pub const fn new(data: &'a Dataset, book: &'a Book) -> Self {
        Self { data, book }
    }
}

impl Report for ReviewsReport<'_> {
    fn name(&self) -> &'static str {
        "reviews"
    }

    /// What stands under a key each, and the records under `history`.
    fn json(&self) -> Value {
        let Self { data, book } = self;
        let mut map = Context::of(data).json(self.name());
        let flags: Vec<Value> =
            book.flags().iter().map(|flag| flag_json(flag, book.notes_on(&flag.on))).collect();
        map.insert("flags".into(), json!(flags));
        let notes = book.notes().map(|(on, note)| (on, note_json(note)));
        map.insert("notes".into(), sorted(notes));
        let reviews = book.reviews().flat_map(|(on, all)| all.iter().map(move |one| (on, one)));
        let reviews = reviews.map(|(on, one)| {
            let mut json = said_json(&one.said);
            json["seen"] = json!(format!("{:016x}", one.seen));
            (on, json)
        });
        map.insert("reviews".into(), sorted(reviews));
        let assigned = book.assignments().flat_map(|(on, all)| all.iter().map(move |one| (on, one)));
        let assigned = assigned.map(|(on, one)| {
            let mut json = said_json(&one.said);
            json["gap"] = json!(one.gap.map(crate::core::cell::Gap::id));
            json["seen"] = json!(format!("{:016x}", one.seen));
            (on, json)
        });
        map.insert("assignments".into(), sorted(assigned));
        map.insert("history".into(), book.records().map(|record| record_json(book, record)).collect());
        Value::Object(map)
    }

    /// A row a record, oldest first.
    fn table(&self) -> Table {
        let text = |key: &str, title: &'static str| Column::text(key, Raw::from_static(title));
        let count = self.book.records().len();
        Table {
            title: Raw::from_static("Reviews"),
            context: Context::of(self.data),
            lines: vec![words(&counted(count as u64, "record", "records"))],
            columns: vec![
                Column::record("lamport"),
                Column::record("time"),
                Column::whole("day", Raw::from_static("Day")),
                text("author", "Author"),
                text("act", "What"),
                Column::whole("where", Raw::from_static("Where")),
                Column::record("country"),
                Column::record("edition"),
                Column::record("indicator"),
                text("kind", "Kind"),
                text("text", "Words"),
                text("of", "Of"),
                Column::record("over"),
                Column::record("seen"),
                Column::whole("id", Raw::from_static("Id")),
                Column::record("id"),
                text("undone", "Undone"),
            ],
            rows: self.book.records().map(|record| row(self.book, record)).collect(),
            ..Table::default()
        }
    }
}

/// In the order of their targets, each with its target's parts.
fn sorted<'b>(parts: impl Iterator<Item = (&'b Target, Value)>) -> Value {
    let mut parts: Vec<(&Target, Value)> = parts.collect();
    parts.sort_by_key(|(on, _)| *on);
    let joined = parts.into_iter().map(|(on, value)| {
        let mut map = Map::new();
        put_target(&mut map, on);
        if let Value::Object(more) = value {
            map.extend(more);
        }
        Value::Object(map)
    });
    joined.collect()
}

fn put_target(map: &mut Map<String, Value>, on: &Target) {
    map.insert("country".into(), json!(on.country));
    map.insert("edition".into(), json!(on.edition));
    map.insert("indicator".into(), json!(on.indicator));
}

/// What an act says beside its target: its kind or reason, its words, the records it speaks of.
fn parts(act: &Act) -> (Option<&str>, Option<&Raw<'static>>, Vec<&Id>, Option<u64>) {
    match act {
        Act::Flag { kind, note, .. } => (Some(kind.id()), Some(note), vec![], None),
        Act::Resolve { flag, note } => (None, Some(note), vec![flag], None),
        Act::Reopen { flag } => (None, None, vec![flag], None),
        Act::Note { text, .. } => (None, Some(text), vec![], None),
        Act::Review { seen, .. } => (None, None, vec![], Some(*seen)),
        Act::Assign { gap, seen, .. } => {
            (Some(gap.map_or("nothing", crate::core::cell::Gap::id)), None, vec![], Some(*seen))
        }
        Act::Undo { of } => (None, None, of.iter().collect(), None),
    }
}

fn record_json(book: &Book, record: &Record) -> Value {
    let (kind, text, of, seen) = parts(&record.act);
    let mut map = Map::new();
    map.insert("id".into(), json!(record.id));
    map.insert("lamport".into(), json!(record.lamport));
    map.insert("time".into(), json!(record.time));
    map.insert("author".into(), json!(record.author));
    map.insert("act".into(), json!(record.act.title()));
    if let Some(on) = record.act.target() {
        put_target(&mut map, on);
    }
    map.insert("kind".into(), json!(kind));
    map.insert("text".into(), json!(text));
    map.insert("of".into(), json!(of));
    map.insert("over".into(), json!(record.over));
    map.insert("seen".into(), json!(seen.map(|seen| format!("{seen:016x}"))));
    map.insert("undone".into(), json!(book.is_undone(&record.id)));
    Value::Object(map)
}

fn row(book: &Book, record: &Record) -> Vec<Field> {
    let (kind, text, of, seen) = parts(&record.act);
    let ids = |ids: Vec<&Id>| {
        let ids: Vec<&str> = ids.into_iter().map(Id::text).collect();
        Field::text(words(&ids.join(" ")))
    };
    let id = || Field::text(words(record.id.text()));
    let [country, edition, indicator] = target_fields(record.act.target());
    vec![
        Field::number(record.lamport),
        Field::text(words(&record.time)),
        day_field(&record.time),
        Field::text(record.author.clone()),
        Field::text(record.act.title()),
        place_field(record.act.target()),
        country,
        edition,
        indicator,
        kind.map_or(Field::Empty, |kind| Field::text(words(kind))),
        Field::maybe(text),
        ids(of),
        ids(record.over.iter().collect()),
        seen.map_or(Field::Empty, |seen| Field::text(words(&format!("{seen:016x}")))),
        id(),
        id(),
        Field::text(if book.is_undone(&record.id) { "undone" } else { "" }),
    ]
}
