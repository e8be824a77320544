//! The reports on reviews: flags, all records, and the state of the journals.

mod flags;
mod everything;
mod digest;
mod progress;
mod journal;
mod status;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use strum::IntoEnumIterator as _;

pub use self::{
    digest::{DigestReport, DigestSince},
    everything::ReviewsReport,
    flags::FlagsReport,
    journal::{FileLine, JournalReport},
    progress::{ProgressBy, ProgressReport},
    status::{AuthorLine, StatusReport},
};

use super::{
    book::Said,
    record::{FlagKind, Id},
    target::Target,
};
use crate::{
    core::{
        dataset::Dataset,
        report::{Column, Field, Filling, REPORT_SCHEMAS, ReportSchema, closed_list, of_version, schema_of},
    },
    text::Raw,
};

/// Every report that has a JSON form: those of the data, then those of the reviews.
pub fn report_schemas() -> impl Iterator<Item = ReportSchema> {
    let of_reviews = [
        ReportSchema { name: "flags", schema: || of_version("flags", schema_of::<flags::FlagsJson<'_>>()) },
        ReportSchema { name: "reviews", schema: schema_of::<everything::ReviewsJson<'_>> },
        ReportSchema { name: "digest", schema: schema_of::<digest::DigestJson<'_>> },
        ReportSchema { name: "progress", schema: schema_of::<progress::ProgressJson<'_>> },
        ReportSchema { name: "status", schema: schema_of::<status::StatusJson<'_>> },
        ReportSchema { name: "journal", schema: schema_of::<journal::JournalJson<'_>> },
    ];
    REPORT_SCHEMAS.into_iter().chain(of_reviews)
}

/// Who said something, and when they said they did.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct SaidJson<'a> {
    /// The id of the record. Unique in a journal and among journals.
    #[schemars(with = "String")]
    id: &'a Id,
    author: &'a Raw<'static>,
    /// Date, time and offset, as the writer's clock had them.
    time: &'a str,
}

impl<'a> From<&'a Said> for SaidJson<'a> {
    fn from(said: &'a Said) -> Self {
        Self { id: &said.id, author: &said.author, time: &said.time }
    }
}

/// What is spoken of: a cell, a whole card or an indicator of every card.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct TargetJson<'a> {
    /// Alpha-3 or user-assigned code; null for every country.
    country: Option<&'a str>,
    /// The label of the edition.
    edition: &'a str,
    /// The id of the indicator; null for the whole card.
    indicator: Option<&'a str>,
}

impl<'a> From<&'a Target> for TargetJson<'a> {
    fn from(on: &'a Target) -> Self {
        Self { country: on.country.as_deref(), edition: &on.edition, indicator: on.indicator.as_deref() }
    }
}

/// What is wrong with a cell.
fn flag_kind(_: &mut SchemaGenerator) -> Schema {
    closed_list(FlagKind::iter().map(FlagKind::id))
}

fn words(text: &str) -> Raw<'static> {
    Raw::new(text.to_owned())
}

/// The table with columns for country, edition and indicator.
fn with_target<R>(table: Filling<'_, R>, on: impl Fn(&R) -> Option<&Target>) -> Filling<'_, R> {
    let words = |text: Option<&str>| text.map_or_else(Raw::default, words);
    table
        .text(Column::record("country"), |row| words(on(row).and_then(|on| on.country.as_deref())))
        .text(Column::record("edition"), |row| words(on(row).map(|on| &*on.edition)))
        .text(Column::record("indicator"), |row| words(on(row).and_then(|on| on.indicator.as_deref())))
}

/// The target in one field for a page: `ALB 2022 opsc`, with `*` if it is about every country.
fn place_field(on: Option<&Target>) -> Field {
    let Some(on) = on else { return Field::Empty };
    let parts = [Some(on.country.as_deref().unwrap_or("*")), Some(&*on.edition), on.indicator.as_deref()];
    Field::text(words(&parts.into_iter().flatten().collect::<Vec<_>>().join(" ")))
}

/// The country of a target by its name; the code if the cards do not have it.
fn country_field(data: &Dataset, on: &Target) -> Field {
    let Some(code) = on.country.as_deref() else { return Field::text(Raw::from_static("every country")) };
    let name = data.find_country(code).map(|id| data.country(id).name.clone());
    Field::text(name.unwrap_or_else(|| words(code)))
}

/// The indicator of a target by its title; the id if the cards do not have it.
fn indicator_field(data: &Dataset, on: &Target) -> Field {
    let Some(id) = on.indicator.as_deref() else { return Field::text(Raw::from_static("the whole card")) };
    let title = data.framework.find_indicator(id).map(|at| data.framework.indicator(at).title.clone());
    Field::text(title.unwrap_or_else(|| words(id)))
}

/// The day of an RFC 3339 time, for a page.
fn day_field(time: &str) -> Field {
    Field::text(words(&time.chars().take(10).collect::<String>()))
}
