//! Cards in JSON: from what the pull reader finds to entries, and from entries to rows.

use std::collections::HashSet;

use crate::core::{
    cell::{Cell, Gap},
    columns::{CardRow, RowCell},
    json::{JsonReader, Limits, Pull, Pulled, Stop},
    read::{
        card,
        entry::{CardHead, CitedSource, Part, PartValue, StatedCell},
        input::IndicatorIndex,
        members::{CELL, CardMember, CellMember, SOURCE},
        notes::{Notes, PlacePath},
        rules::{self, RuledCell},
        unknown_key,
        words::is_blank,
    },
};

/// What has been read at the place of a card.
#[derive(Debug)]
pub(super) enum ReadCard {
    /// A row, whose cells are in the reader until the next card is read.
    Row(CardRow),
    /// A card of another framework.
    Elsewhere(Box<str>),
    /// Something that gives no row, which has been told.
    Nothing,
}

/// Reads the cards of one text.
pub(super) struct CardReader<'a, 't> {
    pub index: &'a IndicatorIndex<'a>,
    pub json: JsonReader<'t>,
    pub notes: Notes<'t>,
    pub cells: Vec<RowCell>,
    /// Whether the card that was read last has assessments.
    pub has_assessments: bool,
    /// Columns in the order in which the last card named them: the next card most likely does the same.
    order: Vec<u16>,
    /// For each column, the last card that named it, counted from one, and the cell in `cells`.
    named: Vec<(u32, u32)>,
    card: u32,
    stated: StatedCell<'t>,
}

impl<'a, 't> CardReader<'a, 't> {
    pub(super) fn new(text: &'t str, index: &'a IndicatorIndex<'a>, json: JsonReader<'t>) -> Self {
        Self {
            index,
            json,
            notes: Notes::new(text),
            cells: vec![],
            has_assessments: false,
            order: vec![],
            named: vec![(0, 0); index.framework.indicators.len()],
            card: 0,
            stated: StatedCell::default(),
        }
    }

    /// Reads what stands where a card should.
    ///
    /// Errors: where the text is no JSON. What has been told of the card until then stands in the notes.
    pub(super) fn card(&mut self, pull: &mut Pull<'t>, path: &PlacePath<'_>) -> Result<ReadCard, Stop> {
        let (oddities, told) = (pull.oddities(), self.notes.faults.len());
        self.card += 1;
        self.cells.clear();
        self.has_assessments = false;
        let Some(at) = pull.open_object()? else {
            let part = part(pull, true)?;
            card::not_an_object(&part, path, &mut self.notes);
            return Ok(ReadCard::Nothing);
        };
        let mut head = CardHead::new(at);
        let mut is_first = true;
        while let Some(key) = pull.next_key(at, &mut is_first)? {
            const MOST_KEYS: usize = 3;
            head.key_count += 1;
            if head.keys.len() < MOST_KEYS {
                head.keys.push(key.text.clone());
            }
            match CardMember::of(&key.text) {
                Some(member) => self.member(member, pull, &mut head, path)?,
                None => {
                    pull.tell_odd();
                    pull.skip()?;
                    head.unknown.push((key.text, key.at));
                }
            }
        }
        self.has_assessments =
            head.said(CardMember::Assessments).is_some_and(|part| part.said == PartValue::Object);
        let other =
            head.text(CardMember::Framework).filter(|id| !id.is_empty() && **id != *self.index.framework.id);
        if let Some(other) = other.filter(|_| self.has_assessments && !self.index.framework.inferred) {
            self.notes.faults.truncate(told);
            return Ok(ReadCard::Elsewhere(other.into()));
        }
        let row = card::row(&head, self.index.framework.edition_labels, path, &mut self.notes);
        if pull.oddities() > oddities {
            self.tell_oddities(at, path);
        }
        let Some(row) = row else { return Ok(ReadCard::Nothing) };
        card::mark_outdated(&row, self.index.framework, &mut self.cells);
        Ok(ReadCard::Row(row))
    }

    /// What the tree has to say about a card: keys given twice or alike, numbers that change, values that are no JSON.
    fn tell_oddities(&mut self, at: usize, path: &PlacePath<'_>) {
        let Ok((_, faults, _)) = self.json.first_lenient(at..self.notes.text.len()) else { return };
        let path = path.text();
        self.notes.faults.extend(faults.into_iter().map(|mut fault| {
            fault.path = format!("{path}{}", fault.path.trim_start_matches('$'));
            fault
        }));
    }

    fn member(
        &mut self,
        member: CardMember,
        pull: &mut Pull<'t>,
        head: &mut CardHead<'t>,
        path: &PlacePath<'_>,
    ) -> Result<(), Stop> {
        if let Some(first) = head.given(member) {
            let said = first.said.clone();
            pull.tell_odd();
            let again = part(pull, true)?;
            let is_needed = matches!(
                member,
                CardMember::Country | CardMember::Name | CardMember::Edition | CardMember::Assessments
            );
            if is_needed && (said != again.said || member == CardMember::Assessments) {
                head.twice = Some(member);
            }
            return Ok(());
        }
        let said = match member {
            CardMember::Assessments => self.assessments(pull, path)?,
            CardMember::PriorityActions => actions(pull, head)?,
            CardMember::Sources => named_sources(pull, head)?,
            CardMember::Summary => part(pull, false)?,
            _ => part(pull, true)?,
        };
        head.set(member, said);
        Ok(())
    }

    /// Reads an object of answers into `cells`.
    fn assessments(&mut self, pull: &mut Pull<'t>, path: &PlacePath<'_>) -> Result<Part<'t>, Stop> {
        let Some(at) = pull.open_object()? else { return part(pull, true) };
        let path = path.member_path(CardMember::Assessments.key());
        let (mut is_first, mut nth) = (true, 0);
        while let Some(key) = pull.next_key(at, &mut is_first)? {
            let path = path.member_path(&key.text);
            let Some(column) = self.column(nth, &key.text) else {
                pull.tell_odd();
                card::unknown_indicator(&key.text, key.at, &path, self.index, &mut self.notes);
                pull.skip()?;
                continue;
            };
            nth += 1;
            let framework = self.index.framework;
            let scale = &framework.scales[usize::from(framework.indicators[usize::from(column)].scale)];
            pull.peek();
            let value_at = u32::try_from(pull.at()).unwrap_or(u32::MAX - 1);
            let named = &mut self.named[usize::from(column)];
            if named.0 == self.card {
                // Which of two different answers is meant cannot be known; the tree tells the key.
                pull.tell_odd();
                pull.skip()?;
                let cell = &mut self.cells[named.1 as usize];
                let text = self.notes.text;
                if Some(&text[value_at as usize..pull.at()]) == value_text(text, cell.at as usize) {
                    continue;
                }
                *cell = RowCell { cell: Cell::gap(Gap::Unreadable), treaty: None, at: value_at, ..*cell };
                continue;
            }
            *named = (self.card, u32::try_from(self.cells.len()).unwrap_or(u32::MAX));
            let RuledCell { cell, treaty, as_of } = match pull.open_object()? {
                Some(opened) => {
                    self.stated.clear();
                    state(&mut self.stated, opened, pull)?;
                    for (key, at) in &self.stated.unknown {
                        let known = CELL.iter().map(|known| known.key);
                        unknown_key(&mut self.notes, &path.text(), key, *at, known);
                    }
                    rules::long(&self.stated, scale, &path, &mut self.notes)
                }
                None => rules::bare(&part(pull, true)?, scale, &path, &mut self.notes),
            };
            self.cells.push(RowCell { column, at: value_at, cell, treaty, as_of });
        }
        Ok(Part { said: PartValue::Object, at, end: pull.at() })
    }

    /// The column of an indicator: the one that the last card named at this point, else looked up.
    fn column(&mut self, nth: usize, key: &str) -> Option<u16> {
        if let Some(column) = self.order.get(nth)
            && *self.index.framework.indicators[usize::from(*column)].id == *key
        {
            return Some(*column);
        }
        let column = *self.index.by_id.get(key)?;
        self.order.truncate(nth);
        if self.order.len() == nth {
            self.order.push(column);
        }
        Some(column)
    }
}

/// The text of the value at this byte.
fn value_text(text: &str, at: usize) -> Option<&str> {
    let mut pull = Pull::new(text, at..text.len(), &Limits::default()).lenient();
    pull.skip().ok().map(|_| &text[at..pull.at()])
}

/// Reads the members of a cell, whose brace is at this byte.
pub(super) fn state<'t>(stated: &mut StatedCell<'t>, opened: usize, pull: &mut Pull<'t>) -> Result<(), Stop> {
    let mut is_first = true;
    while let Some(key) = pull.next_key(opened, &mut is_first)? {
        let Some(member) = CellMember::of(&key.text) else {
            pull.tell_odd();
            pull.skip()?;
            stated.unknown.push((key.text, key.at));
            continue;
        };
        if stated.gives_again(member) {
            pull.tell_odd();
            let again = part(pull, true)?;
            let is_answer = !matches!(
                member,
                CellMember::Note
                    | CellMember::Printed
                    | CellMember::Sources
                    | CellMember::AsOf
                    | CellMember::Marks
            );
            let is_same = stated.given(member).is_some_and(|first| {
                first.said == again.said && !matches!(again.said, PartValue::List | PartValue::Object)
            });
            stated.is_twice |= is_answer && !is_same;
            continue;
        }
        let said = match member {
            CellMember::Note | CellMember::Printed => part(pull, false)?,
            CellMember::Sources => sources(stated, pull)?,
            CellMember::Values => list(&mut stated.readings, pull)?,
            CellMember::Marks => marks(stated, pull)?,
            _ => part(pull, true)?,
        };
        stated.set(member, said);
    }
    stated.span = Part { said: PartValue::Object, at: opened, end: pull.at() };
    Ok(())
}

/// A value as a part of an entry.
pub(super) fn part<'t>(pull: &mut Pull<'t>, with_words: bool) -> Result<Part<'t>, Stop> {
    pull.peek();
    let at = pull.at();
    let pulled = if with_words { pull.value()? } else { pull.skip()? };
    let said = match pulled {
        Pulled::Null => PartValue::Nothing,
        Pulled::Bool(value) => PartValue::Bool(value),
        Pulled::Number(number) => PartValue::Number(number),
        Pulled::Text(text) => PartValue::Text(text),
        Pulled::Words => PartValue::Words,
        Pulled::Array => PartValue::List,
        Pulled::Object => PartValue::Object,
        Pulled::NotANumber => PartValue::NotANumber,
        Pulled::Malformed => PartValue::Malformed,
    };
    Ok(Part { said, at, end: pull.at() })
}

/// A list of values; a value that is no list is given back as it is.
fn list<'t>(items: &mut Vec<Part<'t>>, pull: &mut Pull<'t>) -> Result<Part<'t>, Stop> {
    let Some(at) = pull.open_array()? else { return part(pull, true) };
    let mut is_first = true;
    while pull.next_item(at, &mut is_first)? {
        items.push(part(pull, true)?);
    }
    Ok(Part { said: PartValue::List, at, end: pull.at() })
}

/// A list of marks, or one mark alone.
fn marks<'t>(stated: &mut StatedCell<'t>, pull: &mut Pull<'t>) -> Result<Part<'t>, Stop> {
    let marks = list(&mut stated.marks, pull)?;
    if marks.said != PartValue::List && marks.is_said() {
        stated.marks.push(marks.clone());
    }
    Ok(marks)
}

/// A list of sources, or one source alone.
fn sources<'t>(stated: &mut StatedCell<'t>, pull: &mut Pull<'t>) -> Result<Part<'t>, Stop> {
    let Some(at) = pull.open_array()? else {
        let source = source(pull)?;
        let part = source.part.clone();
        if matches!(part.said, PartValue::Object | PartValue::Text(_) | PartValue::Malformed) {
            stated.sources.push(source);
        }
        return Ok(part);
    };
    let mut is_first = true;
    while pull.next_item(at, &mut is_first)? {
        stated.sources.push(source(pull)?);
    }
    Ok(Part { said: PartValue::List, at, end: pull.at() })
}

fn source<'t>(pull: &mut Pull<'t>) -> Result<CitedSource<'t>, Stop> {
    let Some(at) = pull.open_object()? else {
        let part = part(pull, true)?;
        let is_named = part.text().is_some_and(|text| !is_blank(text));
        return Ok(CitedSource { part, is_named });
    };
    let (mut is_first, mut is_named, mut is_right) = (true, false, true);
    let mut given = 0_u8;
    while let Some(key) = pull.next_key(at, &mut is_first)? {
        let known = SOURCE.iter().position(|name| *name == &*key.text);
        let bit = known.map_or(0, |at| 1 << at);
        if known.is_none() || given & bit != 0 {
            pull.tell_odd();
        }
        given |= bit;
        let value = pull.skip()?;
        let is_page = known == Some(SOURCE.len() - 1) && matches!(value, Pulled::Number(_));
        let is_known = known.is_some() && value != Pulled::Null;
        is_named |= is_known;
        is_right &= !is_known || is_page || value == Pulled::Words;
    }
    let part = Part { said: PartValue::Object, at, end: pull.at() };
    Ok(CitedSource { part, is_named: is_named && is_right })
}

/// The sources of a card by key. Values that are no source are kept to be told.
fn named_sources<'t>(pull: &mut Pull<'t>, head: &mut CardHead<'t>) -> Result<Part<'t>, Stop> {
    let Some(at) = pull.open_object()? else { return part(pull, true) };
    let (mut is_first, mut keys) = (true, HashSet::new());
    while let Some(key) = pull.next_key(at, &mut is_first)? {
        let CitedSource { part, is_named } = source(pull)?;
        if !is_named && part.said != PartValue::Malformed {
            head.not_sources.push((key.text.clone(), part));
        }
        if !keys.insert(key.text) {
            pull.tell_odd();
        }
    }
    Ok(Part { said: PartValue::Object, at, end: pull.at() })
}

/// The list of priority actions. Items that are no text are kept to be told.
fn actions<'t>(pull: &mut Pull<'t>, head: &mut CardHead<'t>) -> Result<Part<'t>, Stop> {
    let Some(at) = pull.open_array()? else { return part(pull, true) };
    let (mut is_first, mut item) = (true, 0);
    while pull.next_item(at, &mut is_first)? {
        let action = part(pull, false)?;
        if !action.is_text() && action.said != PartValue::Malformed {
            head.not_actions.push((item, action));
        }
        item += 1;
    }
    Ok(Part { said: PartValue::List, at, end: pull.at() })
}
