//! The report on all reviews: what the records mean together, and every record in its order.

use std::collections::HashSet;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;
use strum::IntoEnumIterator as _;

use super::{
    SaidJson, TargetJson, day_field,
    flags::{FlagJson, NoteJson},
    place_field, with_target, words,
};
use crate::{
    core::{
        cell::Gap,
        dataset::Dataset,
        date::Date,
        report::{
            About, Column, Context, Field, Report, Table, closed_list, gap_or_null, json_of, open_list,
        },
    },
    review::{Act, Book, Id, Record, SignOffStage, Target},
    text::{Raw, counted},
};

/// All reviews of a data set.
#[derive(Debug)]
pub struct ReviewsReport<'a> {
    data: &'a Dataset,
    book: &'a Book,
    /// Only these records; `None` for all.
    only: Option<HashSet<Id>>,
}

/// The report `reviews`: everything that reviewers say. What stands is under a key each, every record behind it in
/// `history`.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ReviewsJson<'a> {
    #[serde(flatten)]
    about: About,
    flags: Vec<FlagJson<'a>>,
    notes: Vec<On<'a, NoteJson<'a>>>,
    reviews: Vec<On<'a, ReviewedJson<'a>>>,
    assignments: Vec<On<'a, AssignedJson<'a>>>,
    sign_offs: Vec<On<'a, SignedJson<'a>>>,
    /// Who reviews which card.
    given: Vec<On<'a, GivenJson<'a>>>,
    /// Oldest first, also what is undone or replaced.
    history: Vec<HistoryRow<'a>>,
}

/// Something with what it speaks of.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct On<'a, T> {
    #[serde(flatten)]
    on: TargetJson<'a>,
    #[serde(flatten)]
    what: T,
}

/// Somebody has looked at the cell.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct ReviewedJson<'a> {
    #[serde(flatten)]
    said: SaidJson<'a>,
    /// The fingerprint of what they saw: 16 hexadecimal digits.
    seen: String,
}

/// Somebody says what the gap really is.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct AssignedJson<'a> {
    #[serde(flatten)]
    said: SaidJson<'a>,
    /// Null takes an assignment back.
    #[schemars(schema_with = "gap_or_null")]
    gap: Option<&'static str>,
    /// The fingerprint of what they saw: 16 hexadecimal digits.
    seen: String,
}

/// Somebody says how far the review of the card has come.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct SignedJson<'a> {
    #[serde(flatten)]
    said: SaidJson<'a>,
    #[schemars(schema_with = "stages")]
    stage: &'static str,
    note: &'a Raw<'static>,
    /// The fingerprint of the card that they saw: 16 hexadecimal digits.
    seen: String,
}

/// Somebody gives the card to somebody to review.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct GivenJson<'a> {
    #[serde(flatten)]
    said: SaidJson<'a>,
    /// Null takes it back.
    to: Option<&'a Raw<'static>>,
}

fn stages(_: &mut SchemaGenerator) -> Schema {
    closed_list(SignOffStage::iter().map(SignOffStage::id))
}

/// A record. One that is about other records has no target of its own.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
enum HistoryRow<'a> {
    OfTarget(On<'a, RecordJson<'a>>),
    OfRecords(RecordJson<'a>),
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct RecordJson<'a> {
    #[serde(flatten)]
    said: SaidJson<'a>,
    /// The logical time, from which the order of all records follows.
    lamport: u64,
    #[schemars(schema_with = "acts")]
    act: &'static str,
    /// The kind of a flag, the reason that a gap is assigned (`nothing` takes it back), or the stage of a sign-off.
    kind: Option<&'a str>,
    text: Option<&'a Raw<'static>>,
    /// Ids of the records that it speaks of.
    #[schemars(with = "Vec<String>")]
    of: Vec<&'a Id>,
    /// Ids of the records that it replaces.
    #[schemars(with = "Vec<String>")]
    over: &'a [Id],
    /// The fingerprint of what was seen: 16 hexadecimal digits.
    seen: Option<String>,
    /// The day by which a flag is to be dealt with.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    undone: bool,
}

/// What can be done.
fn acts(_: &mut SchemaGenerator) -> Schema {
    open_list([
        "flagged",
        "resolved",
        "reopened",
        "noted",
        "answered",
        "reviewed",
        "assigned",
        "signed off",
        "gave",
        "addressed",
        "undid",
    ])
}

impl<'a> ReviewsReport<'a> {
    pub const fn new(data: &'a Dataset, book: &'a Book) -> Self {
        Self { data, book, only: None }
    }

    /// Only these records, and what they say.
    #[must_use]
    pub fn of_records(self, only: HashSet<Id>) -> Self {
        Self { only: Some(only), ..self }
    }

    fn has(&self, id: &Id) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(id))
    }
}

impl Report for ReviewsReport<'_> {
    fn name(&self) -> &'static str {
        "reviews"
    }

    fn json(&self) -> Value {
        let Self { data, book, .. } = self;
        let reviews = book.reviews().flat_map(|(on, all)| all.iter().map(move |one| (on, one)));
        let reviews = reviews
            .filter(|(_, one)| self.has(&one.said.id))
            .map(|(on, one)| (on, ReviewedJson { said: (&one.said).into(), seen: digits(one.seen) }));
        let assigned = book.assignments().flat_map(|(on, all)| all.iter().map(move |one| (on, one)));
        let assigned = assigned.filter(|(_, one)| self.has(&one.said.id)).map(|(on, one)| {
            let (said, gap) = ((&one.said).into(), one.gap.map(Gap::id));
            (on, AssignedJson { said, gap, seen: digits(one.seen) })
        });
        let sign_offs = book.sign_offs().flat_map(|(on, all)| all.iter().map(move |one| (on, one)));
        let sign_offs = sign_offs.filter(|(_, one)| self.has(&one.said.id)).map(|(on, one)| {
            let (said, stage) = ((&one.said).into(), one.stage.id());
            (on, SignedJson { said, stage, note: &one.note, seen: digits(one.seen) })
        });
        let given = book.gifts().flat_map(|(on, all)| all.iter().map(move |one| (on, one)));
        let given = given.filter(|(_, one)| self.has(&one.said.id));
        let given = given.map(|(on, one)| (on, GivenJson { said: (&one.said).into(), to: one.to.as_ref() }));
        let flags = book.flags().iter().filter(|flag| self.has(&flag.said.id));
        let notes = book.notes().filter(|(_, note)| self.has(&note.said.id));
        json_of(&ReviewsJson {
            about: Context::of(data).about(self.name()),
            flags: flags.map(|flag| FlagJson::new(flag, book.notes_on(&flag.on))).collect(),
            notes: sorted(notes.map(|(on, note)| (on, note.into()))),
            reviews: sorted(reviews),
            assignments: sorted(assigned),
            sign_offs: sorted(sign_offs),
            given: sorted(given),
            history: book
                .records()
                .filter(|record| self.has(&record.id))
                .map(|record| record_json(book, record))
                .collect(),
        })
    }

    /// One row per record, oldest first.
    fn table(&self) -> Table {
        let book = self.book;
        let records: Vec<&Record> = book.records().filter(|record| self.has(&record.id)).collect();
        let ids = |ids: &[&Id]| ids.iter().map(|id| id.text()).collect::<Vec<_>>().join(" ");
        let lines = vec![words(&counted(records.len(), "record", "records"))];
        let title = Raw::from_static("Reviews");
        let table = Table { title, context: Context::of(self.data), lines, ..Table::default() }
            .of_rows(&records)
            .number(Column::record("lamport"), |record| Some(record.lamport))
            .text(Column::record("time"), |record| words(&record.time))
            .field(Column::whole("day", "Day"), |record| day_field(&record.time))
            .text(Column::text("author", "Author"), |record| record.author.clone())
            .text(Column::text("act", "What"), |record| record.act.title())
            .field(Column::whole("where", "Where"), |record| place_field(record.act.target()));
        with_target(table, |record| record.act.target())
            .text(Column::text("kind", "Kind"), |record| {
                words(ActParts::of(&record.act).kind.unwrap_or_default())
            })
            .field(Column::text("text", "Words"), |record| Field::maybe(ActParts::of(&record.act).text))
            .text(Column::text("of", "Of"), |record| ids(&ActParts::of(&record.act).of))
            .text(Column::record("over"), |record| ids(&record.over.iter().collect::<Vec<_>>()))
            .text(Column::record("seen"), |record| {
                ActParts::of(&record.act).seen.map_or_else(String::new, digits)
            })
            .text(Column::whole("id", "Id"), |record| words(record.id.text()))
            .text(Column::record("id"), |record| words(record.id.text()))
            .text(
                Column::text("undone", "Undone"),
                |record| {
                    if book.is_undone(&record.id) { "undone" } else { "" }
                },
            )
            .done()
    }
}

/// In the order of their targets.
fn sorted<'a, T>(parts: impl Iterator<Item = (&'a Target, T)>) -> Vec<On<'a, T>> {
    let mut parts: Vec<(&Target, T)> = parts.collect();
    parts.sort_by_key(|(on, _)| *on);
    parts.into_iter().map(|(on, what)| On { on: on.into(), what }).collect()
}

/// A fingerprint as reports write it.
fn digits(seen: u64) -> String {
    format!("{seen:016x}")
}

/// What an act says beside its target.
#[derive(Default)]
struct ActParts<'a> {
    /// The kind of a flag, a reason, or the stage of a sign-off.
    kind: Option<&'a str>,
    text: Option<&'a Raw<'static>>,
    /// The records that it speaks of.
    of: Vec<&'a Id>,
    seen: Option<u64>,
    due: Option<Date>,
}

impl<'a> ActParts<'a> {
    fn of(act: &'a Act) -> Self {
        let (kind, seen) = match act {
            Act::Flag { kind, .. } => (Some(kind.id()), None),
            Act::Assign { gap, seen, .. } => (Some(gap.map_or("nothing", Gap::id)), Some(*seen)),
            Act::SignOff { stage, seen, .. } => (Some(stage.id()), Some(*seen)),
            Act::Review { seen, .. } => (None, Some(*seen)),
            _ => (None, None),
        };
        let of =
            if let Act::Undo { of } = act { of.iter().collect() } else { act.flag().into_iter().collect() };
        let due = if let Act::Address { due, .. } = act { *due } else { None };
        Self { kind, text: act.text(), of, seen, due }
    }
}

fn record_json<'a>(book: &Book, record: &'a Record) -> HistoryRow<'a> {
    let ActParts { kind, text, of, seen, due } = ActParts::of(&record.act);
    let what = RecordJson {
        said: SaidJson { id: &record.id, author: &record.author, time: &record.time },
        lamport: record.lamport,
        act: record.act.title(),
        kind,
        text,
        of,
        over: &record.over,
        seen: seen.map(digits),
        due: due.map(|due| due.to_string()),
        undone: book.is_undone(&record.id),
    };
    match record.act.target() {
        Some(on) => HistoryRow::OfTarget(On { on: on.into(), what }),
        None => HistoryRow::OfRecords(what),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{core::read, review::FlagKind};

    fn report() -> (Value, Table) {
        let on = |country: Option<&str>| Target {
            country: country.map(Into::into),
            edition: "2010".into(),
            indicator: Some("opsc".into()),
        };
        let assign = |gap| Act::Assign { on: on(Some("IRL")), gap, seen: 255 };
        let acts = [
            Act::Flag { on: on(None), kind: FlagKind::Disagree, note: Raw::default() },
            assign(Some(Gap::NoData)),
            Act::Review { on: on(Some("SWE")), seen: 1 },
            Act::Review { on: on(Some("IRL")), seen: 2 },
            Act::Undo { of: vec![Id::new("ana.0", 1)] },
        ];
        let records = acts.into_iter().zip(1..).map(|(act, number)| Record {
            id: Id::new("ana.0", number),
            lamport: number,
            time: "2026-11-24T02:00:00Z".into(),
            author: Raw::from_static("Ana"),
            act,
            over: vec![],
        });
        let (data, book) = (read::from_texts("d", &[]), Book::of(records));
        let report = ReviewsReport::new(&data, &book);
        (report.json(), report.table())
    }

    #[test]
    fn what_stands_is_in_the_order_of_its_targets_with_what_was_seen() {
        let (json, _) = report();
        let codes: Vec<&Value> =
            json["reviews"].as_array().unwrap().iter().map(|one| &one["country"]).collect();
        assert_eq!(codes, ["IRL", "SWE"]);
        let assigned = &json["assignments"][0];
        assert_eq!((&assigned["gap"], &assigned["seen"]), (&"no-data".into(), &"00000000000000ff".into()));
        assert_eq!(json["flags"], serde_json::json!([]), "an undone flag does not stand");
    }

    #[test]
    fn a_record_about_records_has_no_target_and_one_about_all_countries_has_no_country() {
        let (json, table) = report();
        let history = json["history"].as_array().unwrap();
        assert_eq!((&history[0]["country"], &history[0]["undone"]), (&Value::Null, &true.into()));
        assert!(history[4].get("country").is_none());
        assert_eq!(history[4]["of"], serde_json::json!(["ana.0-1"]));
        assert_eq!(table.rows[0][5].raw(), "* 2010 opsc");
        assert_eq!(table.rows[4].last().unwrap().raw(), "");
    }
}
