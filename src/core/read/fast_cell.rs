//! One ordinary cell on the hot path: its value on the scale, its marks, its date; never its words.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{
    plain::{BorrowedKey, Glance, OfScalar, scalars, skim_list, skim_object},
    words,
};
use crate::core::{
    cell::{Cell, Gap, Marks, Treaty, TreatyAct, Value},
    date::Date,
    scale::{Scale, ScaleKind},
};

/// A cell as far as the hot path can tell.
pub(super) enum Quick {
    Odd,
    Cell { cell: Cell, treaty: Option<Treaty>, as_of: Option<Date> },
}

pub(super) struct CellSeed<'a> {
    pub scale: &'a Scale,
}

impl<'de> DeserializeSeed<'de> for CellSeed<'_> {
    type Value = Quick;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Quick, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> OfScalar<'de> for CellSeed<'_> {
    /// A short form names no source.
    fn scalar(self, glance: Glance<'de>) -> Quick {
        match on_scale(self.scale, glance) {
            None => Quick::Odd,
            Some(Err(gap)) => whole(Cell::gap(gap)),
            Some(Ok(value)) => whole(Cell { state: Ok(value), marks: Marks::UNSOURCED }),
        }
    }
}

impl<'de> Visitor<'de> for CellSeed<'_> {
    type Value = Quick;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a cell")
    }

    scalars!(Quick);

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Quick, A::Error> {
        skim_list(list).map(|_| Quick::Odd)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Quick, A::Error> {
        let mut long = Long::default();
        while let Some(key) = map.next_key::<Key>()? {
            long.odd |= key == Key::Unknown || long.has(key);
            long.seen |= 1 << key as u16;
            long.member(self.scale, key, &mut map)?;
        }
        Ok(long.finish(self.scale))
    }
}

/// The members of a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Level,
    Value,
    Note,
    Sources,
    Printed,
    AsOf,
    Gap,
    Marks,
    Signed,
    Bound,
    Act,
    Unknown,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E>(self, name: &str) -> Result<Key, E> {
                Ok(match name {
                    "level" => Key::Level,
                    "value" => Key::Value,
                    "note" => Key::Note,
                    "sources" => Key::Sources,
                    "printed" => Key::Printed,
                    "as_of" => Key::AsOf,
                    "gap" => Key::Gap,
                    "marks" => Key::Marks,
                    "signed" => Key::Signed,
                    "bound" => Key::Bound,
                    "act" => Key::Act,
                    _ => Key::Unknown,
                })
            }
        }
        deserializer.deserialize_str(Name)
    }
}

/// A long cell while it is read.
#[derive(Default)]
struct Long {
    seen: u16,
    odd: bool,
    state: Option<Result<Value, Gap>>,
    gap: Option<Gap>,
    sourced: bool,
    marks: Marks,
    as_of: Option<Date>,
    signed: Option<Date>,
    bound: Option<Date>,
    act: Option<TreatyAct>,
}

impl Long {
    fn member<'de, A: MapAccess<'de>>(
        &mut self,
        scale: &Scale,
        key: Key,
        map: &mut A,
    ) -> Result<(), A::Error> {
        match key {
            Key::Level | Key::Value => {
                let state = on_scale(scale, map.next_value()?);
                self.odd |= state.is_none() || self.state.is_some();
                self.state = state;
            }
            Key::Note | Key::Printed => {
                let text = map.next_value()?;
                self.odd |= !matches!(text, Glance::Null | Glance::Text(_) | Glance::Escaped);
            }
            Key::Sources => {
                let SourceList { count, fine } = map.next_value()?;
                self.sourced = count > 0;
                self.odd |= !fine;
            }
            Key::AsOf => self.as_of = self.date(map)?,
            Key::Signed => self.signed = self.date(map)?,
            Key::Bound => self.bound = self.date(map)?,
            Key::Gap => {
                let id = map.next_value::<Glance<'de>>()?.text();
                self.gap = id.and_then(Gap::from_id).filter(|gap| gap.can_be_written());
                self.odd |= self.gap.is_none();
            }
            Key::Act => {
                let id = map.next_value::<Glance<'de>>()?.text();
                self.act = id.and_then(TreatyAct::from_id);
                self.odd |= self.act.is_none();
            }
            Key::Marks => {
                let MarkList(marks) = map.next_value()?;
                self.odd |= marks.is_none();
                self.marks |= marks.unwrap_or_default();
            }
            Key::Unknown => {
                map.next_value::<Glance<'de>>()?;
            }
        }
        Ok(())
    }

    /// A date or null.
    fn date<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<Option<Date>, A::Error> {
        let glance = map.next_value::<Glance<'de>>()?;
        let date = glance.text().and_then(Date::parse);
        self.odd |= date.is_none() && glance != Glance::Null;
        Ok(date)
    }

    fn has(&self, key: Key) -> bool {
        self.seen & (1 << key as u16) != 0
    }

    fn finish(self, scale: &Scale) -> Quick {
        let is_treaty = matches!(scale.kind, ScaleKind::Treaty);
        let writes_treaty = self.has(Key::Signed) || self.has(Key::Bound);
        let backwards =
            matches!((self.signed, self.bound), (Some(s), Some(b)) if b.last_day() < s.first_day());
        let value = self.state.unwrap_or(Err(Gap::Empty));
        let both = self.gap.is_some() && (value.is_ok() || writes_treaty);
        if self.odd || both || backwards || (!is_treaty && (writes_treaty || self.act.is_some())) {
            return Quick::Odd;
        }
        let state = match (self.gap, is_treaty) {
            (Some(gap), _) => Err(gap),
            (None, true) if writes_treaty => Ok(Value::Level(0)),
            (None, true) if value.is_ok() => return Quick::Odd,
            (None, _) => value,
        };
        if state.is_err() {
            let fine = self.marks.is_empty();
            return if fine { whole(Cell { state, marks: Marks::empty() }) } else { Quick::Odd };
        }
        let mut marks = self.marks;
        marks.set(Marks::UNSOURCED, !self.sourced);
        let treaty = is_treaty.then_some(Treaty { signed: self.signed, bound: self.bound, act: self.act });
        Quick::Cell { cell: Cell { state, marks }, treaty, as_of: self.as_of }
    }
}

/// The value on its scale, or null as a gap; `None` when odd.
fn on_scale(scale: &Scale, glance: Glance<'_>) -> Option<Result<Value, Gap>> {
    let value = match (&scale.kind, glance) {
        (_, Glance::Null) => return Some(Err(Gap::Empty)),
        (ScaleKind::YesNo, Glance::Bool(value)) => Value::Level(if value { 2 } else { 0 }),
        (ScaleKind::Number(about), Glance::Number(number)) => {
            let inside =
                about.min.is_none_or(|min| number >= min) && about.max.is_none_or(|max| number <= max);
            return inside.then_some(Ok(Value::Number(number)));
        }
        (ScaleKind::Levels | ScaleKind::YesNo, Glance::Text(text)) => Value::Level(scale.level_of(text)?),
        (ScaleKind::Date, Glance::Text(text)) => Value::Date(Date::parse(text)?),
        (ScaleKind::Text, Glance::Text(text))
            if !words::is_blank(text) && !words::is_placeholder_text(text) =>
        {
            Value::Text
        }
        _ => return None,
    };
    Some(Ok(value))
}

fn whole(cell: Cell) -> Quick {
    Quick::Cell { cell, treaty: None, as_of: None }
}

/// How many sources a cell names, and whether each is plainly one.
struct SourceList {
    count: usize,
    fine: bool,
}

impl<'de> Deserialize<'de> for SourceList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> OfScalar<'de> for List {
            fn scalar(self, glance: Glance<'de>) -> SourceList {
                let fine =
                    matches!(glance, Glance::Text(text) if !text.is_empty()) || glance == Glance::Escaped;
                SourceList { count: 1, fine }
            }
        }
        impl<'de> Visitor<'de> for List {
            type Value = SourceList;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("sources")
            }

            scalars!(SourceList);

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<SourceList, A::Error> {
                let mut sources = SourceList { count: 0, fine: true };
                while let Some(item) = list.next_element::<SourceList>()? {
                    sources.count += 1;
                    sources.fine &= item.fine && item.count == 1;
                }
                Ok(sources)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<SourceList, A::Error> {
                let mut names: Vec<&'de str> = vec![];
                let mut fine = true;
                while let Some(BorrowedKey(key)) = object.next_key()? {
                    let known = key.filter(|key| words::SOURCE_KEYS.contains(key) && !names.contains(key));
                    fine &= known.is_some();
                    names.extend(known);
                    fine &= object.next_value::<Glance<'de>>()?.is_plain();
                }
                Ok(SourceList { count: 1, fine: fine && !names.is_empty() })
            }
        }
        deserializer.deserialize_any(List)
    }
}

/// The marks a card writes; `None` when one is not known.
struct MarkList(Option<Marks>);

impl<'de> Deserialize<'de> for MarkList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> OfScalar<'de> for List {
            fn scalar(self, _: Glance<'de>) -> MarkList {
                MarkList(None)
            }
        }
        impl<'de> Visitor<'de> for List {
            type Value = MarkList;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("marks")
            }

            scalars!(MarkList);

            fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<MarkList, A::Error> {
                skim_object(object).map(|_| MarkList(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<MarkList, A::Error> {
                let mut marks = Some(Marks::empty());
                while let Some(id) = list.next_element::<Glance<'de>>()? {
                    let mark = id.text().and_then(words::writable_mark);
                    marks = marks.zip(mark).map(|(have, mark)| have | mark);
                }
                Ok(MarkList(marks))
            }
        }
        deserializer.deserialize_any(List)
    }
}
