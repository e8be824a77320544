//! The hot path: whole files of ordinary cards straight from `serde_json` into columns, nothing copied.
//!
//! It gives no words. Whatever is not plainly as it should be — an unknown key, a key twice, a value of
//! another kind — makes a card *odd*, and [`super::card`] reads that one again with places and reasons.

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{
    Index,
    fast_cell::{CellSeed, Quick},
    plain::{BorrowedKey, Glance, OfScalar, scalars, skim_list},
    words::CARD_KEYS,
};
use crate::core::{
    batch::{Batch, CardRow},
    cell::Marks,
    country::{self, ResolvedCountry},
    counts::Counts,
    date::Date,
};

/// What one pass over a text has found beside the cards in the batch.
#[derive(Debug, Default)]
pub(super) struct PassResult {
    /// Position in its list and byte offset of each card that must be read with care.
    pub odd: Vec<(usize, usize)>,
    /// Cards of other frameworks, by framework id.
    pub elsewhere: Vec<(Box<str>, usize)>,
    /// Something stands where a card should and has no place of its own: read the whole text with care.
    pub shapeless: bool,
    /// Cards seen.
    pub seen: usize,
}

/// The state of one pass.
pub(super) struct Pass<'a> {
    /// The batch's text, taken out for the pass.
    pub text: &'a str,
    pub index: &'a Index<'a>,
    pub batch: &'a mut Batch,
    pub found: PassResult,
    /// Columns in the order the last card named them: the next card most likely does the same.
    pub order: Vec<u16>,
    /// Told now and then that so many more cards were seen.
    pub progress: &'a dyn Fn(usize),
}

const TELL_EVERY: usize = 64;

impl Pass<'_> {
    fn offset(&self, part: &str) -> usize {
        part.as_ptr() as usize - self.text.as_ptr() as usize
    }

    /// Where the value of a member starts, given its key.
    fn value_after(&self, key: &str) -> usize {
        let mut at = self.offset(key) + key.len() + 1;
        let bytes = self.text.as_bytes();
        while bytes.get(at).is_some_and(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b':')) {
            at += 1;
        }
        at
    }

    fn seen_card(&mut self) {
        self.found.seen += 1;
        if self.found.seen.is_multiple_of(TELL_EVERY) {
            (self.progress)(TELL_EVERY);
        }
    }
}

/// An array of cards.
pub(super) struct CardsSeed<'p, 'a>(pub &'p mut Pass<'a>);

impl<'de> DeserializeSeed<'de> for CardsSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CardsSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array of cards")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(CardSeed(self.0))?.is_some() {}
        Ok(())
    }
}

/// A bundle: its `cards` are read, the rest is another's.
pub(super) struct BundleSeed<'p, 'a>(pub &'p mut Pass<'a>);

impl<'de> DeserializeSeed<'de> for BundleSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for BundleSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a bundle")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            if key == "cards" {
                map.next_value_seed(CardsSeed(self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// One card.
pub(super) struct CardSeed<'p, 'a>(pub &'p mut Pass<'a>);

impl<'de> DeserializeSeed<'de> for CardSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// What a card's own members say, borrowed from the text.
#[derive(Default)]
struct Head<'de> {
    at: Option<usize>,
    country: Option<&'de str>,
    name: Option<&'de str>,
    edition: Option<&'de str>,
    framework: Option<&'de str>,
    assessed_on: Option<Date>,
    sources_at: Option<u32>,
    assessments: bool,
    seen: u16,
    odd: bool,
}

impl<'de> Visitor<'de> for CardSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a card")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let pass = self.0;
        let first = pass.batch.start_row();
        let mut outdated: Vec<(usize, Date)> = vec![];
        let mut head = Head::default();
        while let Some(key) = map.next_key::<BorrowedKey<'de>>()? {
            let BorrowedKey(Some(key)) = key else {
                head.odd = true;
                // The key that would say where the card begins is not in the text as it stands.
                pass.found.shapeless |= head.at.is_none();
                map.next_value::<Glance<'de>>()?;
                continue;
            };
            if head.at.is_none() {
                head.at = pass.text[..pass.offset(key)].rfind('{');
            }
            let known = CARD_KEYS.iter().position(|known| *known == key);
            let bit = known.map_or(0, |at| 1 << at);
            head.odd |= known.is_none() || head.seen & bit != 0;
            head.seen |= bit;
            member(pass, key, &mut map, &mut head, first, &mut outdated)?;
        }
        settle(pass, &head, first, &outdated);
        Ok(())
    }

    scalars!(());

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        skim_list(list)?;
        self.scalar(Glance::Null);
        Ok(())
    }
}

impl<'de> OfScalar<'de> for CardSeed<'_, '_> {
    fn scalar(self, _: Glance<'de>) {
        self.0.seen_card();
        self.0.found.shapeless = true;
    }
}

/// Reads one member of a card.
fn member<'de, A: MapAccess<'de>>(
    pass: &mut Pass<'_>,
    key: &'de str,
    map: &mut A,
    head: &mut Head<'de>,
    first: usize,
    dates: &mut Vec<(usize, Date)>,
) -> Result<(), A::Error> {
    match key {
        "country" => words(map, &mut head.country, &mut head.odd),
        "name" => words(map, &mut head.name, &mut head.odd),
        "edition" => words(map, &mut head.edition, &mut head.odd),
        "framework" => words(map, &mut head.framework, &mut head.odd),
        "schema" => words(map, &mut None, &mut head.odd),
        "assessed_on" => {
            let mut text = None;
            words(map, &mut text, &mut head.odd)?;
            head.assessed_on = text.and_then(Date::parse);
            head.odd |= head.assessed_on.is_none();
            Ok(())
        }
        "assessments" if !head.assessments => {
            head.assessments = true;
            head.odd |= !map.next_value_seed(Assessments { pass, first, dates })?;
            Ok(())
        }
        "sources" => {
            head.sources_at = u32::try_from(pass.value_after(key)).ok();
            head.odd |= !map.next_value::<Glance<'de>>()?.is_plain();
            Ok(())
        }
        "summary" | "priority_actions" | "campaign" => {
            let glance = map.next_value::<Glance<'de>>()?;
            head.odd |= !glance.is_plain();
            Ok(())
        }
        _ => map.next_value::<Glance<'de>>().map(|_| ()),
    }
}

fn words<'de, A: MapAccess<'de>>(
    map: &mut A,
    into: &mut Option<&'de str>,
    odd: &mut bool,
) -> Result<(), A::Error> {
    let text = map.next_value::<Glance<'de>>()?.text();
    *odd |= text.is_none();
    *into = text;
    Ok(())
}

/// Ends a card: into the batch, or onto the pile of odd ones, or counted for another framework.
fn settle(pass: &mut Pass<'_>, head: &Head<'_>, first: usize, dates: &[(usize, Date)]) {
    let position = pass.found.seen;
    pass.seen_card();
    let Some(at) = head.at else {
        pass.batch.drop_row();
        pass.found.shapeless = true;
        return;
    };
    if let Some(other) = head.framework.filter(|id| *id != &*pass.index.framework.id) {
        pass.batch.drop_row();
        count(&mut pass.found.elsewhere, other);
        return;
    }
    let Some(row) = row(head, at).filter(|_| !head.odd && head.assessments) else {
        pass.batch.drop_row();
        pass.found.odd.push((position, at));
        return;
    };
    if let Some(years) = pass.index.framework.outdated_after_years {
        let limit = row.edition.last_day().years_before(years);
        for (position, date) in dates {
            if date.last_day() < limit {
                pass.batch.add_mark(*position, Marks::OUTDATED);
            }
        }
    }
    pass.batch.finish_row(first, row);
}

fn row(head: &Head<'_>, at: usize) -> Option<CardRow> {
    let edition_label = head.edition?;
    let edition = Date::parse(edition_label)?;
    let text = head.country?;
    let (code, name) = match country::resolve_named(text, head.name) {
        ResolvedCountry::Known(known) => (known.iso3, head.name.unwrap_or(known.name)),
        ResolvedCountry::UserAssigned => (text, head.name?),
        ResolvedCountry::Unknown => return None,
    };
    if name.trim().is_empty() || !crate::text::is_safe(name) {
        return None;
    }
    Some(CardRow {
        country: code.into(),
        name: name.into(),
        edition,
        edition_label: edition_label.into(),
        assessed_on: head.assessed_on,
        at: u32::try_from(at).ok()?,
        sources_at: head.sources_at,
        counts: Counts::default(),
    })
}

pub(super) fn count(counts: &mut Vec<(Box<str>, usize)>, id: &str) {
    match counts.iter_mut().find(|(known, _)| **known == *id) {
        Some((_, count)) => *count += 1,
        None => counts.push((id.into(), 1)),
    }
}

/// The `assessments` object; true when nothing in it is odd.
struct Assessments<'p, 'a, 'd> {
    pass: &'p mut Pass<'a>,
    first: usize,
    dates: &'d mut Vec<(usize, Date)>,
}

impl<'de> DeserializeSeed<'de> for Assessments<'_, '_, '_> {
    type Value = bool;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Assessments<'_, '_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object of assessments")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let (pass, first) = (self.pass, self.first);
        let mut fine = true;
        let mut nth = 0;
        while let Some(BorrowedKey(key)) = map.next_key::<BorrowedKey<'de>>()? {
            let column = key.and_then(|key| column(pass, nth, key));
            let (Some(key), Some(column)) = (key, column) else {
                fine = false;
                map.next_value::<Glance<'de>>()?;
                continue;
            };
            nth += 1;
            let position = first + usize::from(column);
            let at = pass.value_after(key);
            let framework = pass.index.framework;
            let scale = &framework.scales[usize::from(framework.indicators[usize::from(column)].scale)];
            let quick = map.next_value_seed(CellSeed { scale })?;
            fine &= !pass.batch.is_set(position);
            match quick {
                Quick::Odd => fine = false,
                Quick::Cell { cell, treaty, as_of } => {
                    match treaty {
                        Some(treaty) => pass.batch.set_treaty(position, treaty, cell.marks, at),
                        None => pass.batch.set(position, cell, at),
                    }
                    self.dates.extend(as_of.map(|date| (position, date)));
                }
            }
        }
        Ok(fine)
    }

    scalars!(bool);

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<bool, A::Error> {
        skim_list(list).map(|_| false)
    }
}

impl<'de> OfScalar<'de> for Assessments<'_, '_, '_> {
    fn scalar(self, _: Glance<'de>) -> bool {
        false
    }
}

/// The column of an indicator: the one the last card had at this point, else looked up.
fn column(pass: &mut Pass<'_>, nth: usize, key: &str) -> Option<u16> {
    if let Some(column) = pass.order.get(nth)
        && *pass.index.framework.indicators[usize::from(*column)].id == *key
    {
        return Some(*column);
    }
    let column = *pass.index.by_id.get(key)?;
    pass.order.truncate(nth);
    if pass.order.len() == nth {
        pass.order.push(column);
    }
    Some(column)
}
