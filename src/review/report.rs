//! Reports of what reviewers say: one value each, in every format.

mod flags;
mod everything;
mod journal;

use serde_json::{Value, json};

pub use self::{
    everything::ReviewsReport,
    flags::{FlagsReport, StateFilter, Which},
    journal::{FileLine, JournalReport},
};

use super::{book::Said, target::Target};
use crate::{core::report::Field, text::Raw};

fn said_json(said: &Said) -> Value {
    json!({ "id": said.id, "author": said.author, "time": said.time })
}

fn words(text: &str) -> Raw<'static> {
    Raw::new(text.to_owned())
}

/// Country, edition and indicator.
fn target_fields(on: Option<&Target>) -> [Field; 3] {
    let maybe = |text: Option<&str>| text.map_or(Field::Empty, |text| Field::text(words(text)));
    [
        maybe(on.and_then(|on| on.country.as_deref())),
        maybe(on.map(|on| &*on.edition)),
        maybe(on.and_then(|on| on.indicator.as_deref())),
    ]
}

/// The same for a page: `ALB 2022 opsc`, with a star for every country.
fn place_field(on: Option<&Target>) -> Field {
    let Some(on) = on else { return Field::Empty };
    let parts = [Some(on.country.as_deref().unwrap_or("*")), Some(&*on.edition), on.indicator.as_deref()];
    Field::text(words(&parts.into_iter().flatten().collect::<Vec<_>>().join(" ")))
}

/// The day of a time, for a page.
fn day_field(time: &str) -> Field {
    Field::text(words(&time.chars().take(10).collect::<String>()))
}
