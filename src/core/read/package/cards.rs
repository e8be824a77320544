//! From the tables of a data package to rows: first who has a card, then its cells, then what belongs to them.

use std::{collections::HashMap, sync::Arc};

use super::{
    SharedFile,
    cells::{self, CellReader, visible_ids},
    descriptor::Descriptor,
    table::{CsvTable, TableRow},
    words::PackageWords,
};
use crate::{
    core::{
        cell::{Cell, Gap},
        columns::{CardRow, Columns, RowCell},
        detail::{Batch, CardDetail},
        framework::Source,
        input_file::{InputFile, NamedText},
        period::EditionLabels,
        problem::Problem,
        read::{
            card,
            entry::{CardHead, Part, PartValue},
            input::{IndicatorIndex, Outcome, Reading},
            members::CardMember as Member,
            notes::{Notes, PlacePath},
        },
    },
    text::{Raw, excerpt},
};

/// A card whose cells are being gathered.
struct OpenCard {
    row: CardRow,
    cells: Vec<RowCell>,
    /// Whether the table of cells has a row for each indicator.
    has_row: Vec<bool>,
}

impl OpenCard {
    /// Makes every cell unreadable that has no row: a package has one for each, so it is lost. Returns how many.
    fn lose_cells(&mut self, width: usize) -> usize {
        self.has_row.resize(width, false);
        let lost = self.has_row.iter().zip(0..).filter(|(has_row, _)| !**has_row).map(|(_, column)| {
            RowCell { column, at: u32::MAX, cell: Cell::gap(Gap::Unreadable), treaty: None, as_of: None }
        });
        let known = self.cells.len();
        self.cells.extend(lost);
        self.cells.len() - known
    }
}

/// What is gathered from the tables.
#[derive(Default)]
struct Gathered {
    cards: Vec<OpenCard>,
    /// Cards by country and edition, as the tables write them.
    by_place: HashMap<(String, String), usize>,
    sources: HashMap<String, Source>,
    readings: HashMap<u32, Vec<Raw<'static>>>,
    details: HashMap<u32, CardDetail>,
    columns: Vec<usize>,
    problems: Vec<Problem>,
}

/// The tables of a package.
struct Tables<'f> {
    file: &'f InputFile,
    descriptor: &'f Descriptor,
}

/// Reads the cards of a package.
pub(super) fn read(file: &SharedFile, reading: Reading<'_>) -> (Batch, Outcome) {
    let own = &file.own;
    let mut columns = Columns::new(reading.index.framework.indicators.len());
    let mut gathered = Gathered::default();
    let (mut cards_in, mut cells_in, mut elsewhere) = (String::new(), String::new(), vec![]);
    if let Ok(descriptor) = Descriptor::of(&own.text[own.start()..]) {
        (cards_in, cells_in) = (descriptor.path("cards"), descriptor.path("cells"));
        let tables = Tables { file, descriptor: &descriptor };
        let framework = reading.index.framework;
        tables.cards(framework.edition_labels, &mut gathered);
        if framework.inferred || *framework.id == *descriptor.framework {
            tables.sources(&mut gathered);
            tables.cells(reading.index, &mut gathered);
            tables.readings(reading.index, &mut gathered);
            tables.items(&mut gathered);
            for OpenCard { row, mut cells, .. } in gathered.cards.drain(..) {
                card::mark_outdated(&row, framework, &mut cells);
                columns.push(row, &mut cells);
            }
        } else {
            elsewhere.push((descriptor.framework.as_str().into(), gathered.cards.len()));
        }
    }
    (reading.progress)(columns.cards.len());
    columns.shrink();
    let Gathered { sources, readings, details, problems, columns: positions, .. } = gathered;
    let words = PackageWords {
        file: Arc::clone(file),
        cards_in,
        cells_in,
        columns: positions,
        sources,
        readings,
        cards: details,
    };
    (Batch::new(columns, Box::new(words)), Outcome { problems, elsewhere })
}

impl<'f> Tables<'f> {
    /// Hands over the rows of a table; a table that cannot be had has been told.
    fn each(
        &self,
        name: &str,
        (columns, needed): (&[&str], usize),
        problems: &mut Vec<Problem>,
        take: &mut dyn FnMut(&TableRow<'_>, &mut Notes<'f>),
    ) {
        let Some(named) = self.descriptor.part(self.file, name) else { return };
        let mut notes = Notes::of_table(&named.text);
        if let Some(table) = CsvTable::of(named, columns, needed, &mut notes) {
            table.each(&mut notes, take);
        }
        problems.extend(named.problems(notes.faults));
    }

    /// Who has a card, and what it says of the country as a whole.
    fn cards(&self, labels: EditionLabels, gathered: &mut Gathered) {
        let mut names = HashMap::new();
        let problems = &mut gathered.problems;
        self.each("countries", (&["country", "name"], 2), problems, &mut |row, _| {
            names.insert(row.get(0).into_owned(), row.get(1).into_owned());
        });
        let (cards, by_place, details) = (&mut gathered.cards, &mut gathered.by_place, &mut gathered.details);
        let columns = ["country", "edition", "assessed_on", "summary", "edition_date"];
        self.each("cards", (&columns, 2), problems, &mut |row, notes| {
            let place = (row.get(0).into_owned(), row.get(1).into_owned());
            if by_place.contains_key(&place) {
                let message = "this card stands twice; the first row is used";
                let path = PlacePath::Row { table: "cards", number: row.number };
                notes.error("duplicate-card", row.at, path.text(), message).hint =
                    Some("take one of the two rows away".to_owned());
                return;
            }
            let head = head_of(row, names.get(&place.0));
            let path = PlacePath::Row { table: "cards", number: row.number };
            let Some(card) = card::row(&head, labels, &path, notes) else { return };
            let summary = Some(row.get(3)).filter(|text| !text.is_empty());
            let summary = summary.map(|text| Raw::new(text.into_owned()));
            details.insert(card.at, CardDetail { summary, ..CardDetail::default() });
            by_place.insert(place, cards.len());
            cards.push(OpenCard { row: card, cells: vec![], has_row: vec![] });
        });
    }

    fn sources(&self, gathered: &mut Gathered) {
        let sources = &mut gathered.sources;
        let columns = ["source", "title", "url", "date", "page"];
        self.each("sources", (&columns, 1), &mut gathered.problems, &mut |row, notes| {
            let words = |at: usize| {
                Some(row.get(at)).filter(|text| !text.is_empty()).map(|text| Raw::new(text.into_owned()))
            };
            let source = Source { title: words(1), url: words(2), date: words(3), page: words(4) };
            let id = row.get(0).into_owned();
            if sources.insert(id.clone(), source).is_some() {
                let path = PlacePath::Row { table: "sources", number: row.number };
                let message = format!("source {} stands twice; the last one is used", excerpt(&id, 20));
                notes.error("duplicate-source", row.at, path.text(), message).hint =
                    Some("give one of the two another number".to_owned());
            }
        });
    }

    fn cells(&self, index: &IndicatorIndex<'_>, gathered: &mut Gathered) {
        let width = index.framework.indicators.len();
        let Some(named) = self.descriptor.part(self.file, "cells") else {
            return gathered.cards.iter_mut().for_each(|card| _ = card.lose_cells(width));
        };
        let mut notes = Notes::of_table(&named.text);
        let Some(table) = cells::table_of(named, &mut notes) else {
            gathered.cards.iter_mut().for_each(|card| _ = card.lose_cells(width));
            gathered.problems.extend(named.problems(notes.faults));
            return;
        };
        let has_sources = self.descriptor.part(self.file, "sources").is_some();
        let mut reader = CellReader::new(index, has_sources.then_some(&gathered.sources));
        let (cards, by_place) = (&mut gathered.cards, &gathered.by_place);
        let mut strays = (0, 0);
        table.each(&mut notes, &mut |row, notes| {
            let place = (row.get(cells::COUNTRY).into_owned(), row.get(cells::EDITION).into_owned());
            let Some(card) = by_place.get(&place).map(|at| &mut cards[*at]) else {
                if row.get(cells::GAP) != Gap::NoCard.id() {
                    stray(row, notes, &mut strays);
                }
                return;
            };
            let Some(column) = reader.column(row, notes) else { return };
            card.has_row.resize(width, false);
            card.has_row[usize::from(column)] = true;
            card.cells.extend(reader.cell(row, column, &card.row, notes));
        });
        reader.tell_more_stale(&mut notes);
        let unreadable = reader.unreadable;
        if unreadable.0 > 0 {
            let message = match unreadable.0 {
                1 => "1 cell was unreadable in the cards already, and is shown as printed there".to_owned(),
                many => format!(
                    "{many} cells were unreadable in the cards already, and are shown as printed there"
                ),
            };
            notes.warning("unreadable-cells", unreadable.1, "", message).hint =
                Some("mend the cards, and export them again".to_owned());
        }
        tell_lost(cards, width, named, &mut notes);
        for card in cards {
            one_a_column(&mut card.cells, named, table.columns(), &mut notes);
        }
        gathered.columns = table.columns().to_vec();
        gathered.problems.extend(named.problems(notes.faults));
    }
}

/// Tells how many cells have no row, and of which card the first is.
fn tell_lost(cards: &mut [OpenCard], width: usize, named: &NamedText, notes: &mut Notes<'_>) {
    let (mut lost, mut first) = (0, None);
    for card in cards {
        let more = card.lose_cells(width);
        if more > 0 {
            first.get_or_insert(&card.row);
        }
        lost += more;
    }
    let Some(first) = first else { return };
    let what = if lost == 1 { "1 cell has".to_owned() } else { format!("{lost} cells have") };
    let country = excerpt(&first.country, 20);
    let message = format!("{what} no row here, the first of {country} {}: unreadable", first.edition_label);
    notes.error("no-row", named.start(), "", message).hint = Some(
        "a package has a row for every cell: put it back, with \"absent\" as its gap if the card does not mention it"
            .to_owned(),
    );
}

/// A card as the tables say it.
fn head_of(row: &TableRow<'_>, name: Option<&String>) -> CardHead<'static> {
    let mut head = CardHead::new(row.at);
    let part = |said: PartValue<'static>| Part { said, at: row.at, end: row.at };
    // The label of an edition that has a date of its own stands in the place of the edition.
    let date = row.get(4);
    let edition = if date.is_empty() {
        [(Member::Edition, row.get(1)), (Member::EditionLabel, date)]
    } else {
        [(Member::Edition, date), (Member::EditionLabel, row.get(1))]
    };
    let words = [(Member::Country, row.get(0)), (Member::AssessedOn, row.get(2))].into_iter().chain(edition);
    for (member, text) in words.filter(|(_, text)| !text.is_empty()) {
        head.set(member, part(PartValue::Text(text.into_owned().into())));
    }
    if let Some(name) = name {
        head.set(Member::Name, part(PartValue::Text(name.clone().into())));
    }
    head.set(Member::Assessments, part(PartValue::Object));
    head
}

/// Puts the cells of a card in order. Of an indicator that stands twice, one is enough if both rows are the same;
/// otherwise neither is preferred.
fn one_a_column(cells: &mut Vec<RowCell>, named: &NamedText, columns: &[usize], notes: &mut Notes<'_>) {
    cells.sort_by_key(|cell| cell.column);
    let fields = |at: u32| {
        let mut fields = vec![];
        CsvTable::row_at(&named.text, at as usize, columns, &mut |row| {
            fields = (0..columns.len()).map(|at| row.get(at).into_owned()).collect();
        });
        fields
    };
    cells.dedup_by(|second, first| {
        if second.column != first.column {
            return false;
        }
        let at = second.at as usize;
        if fields(second.at) == fields(first.at) {
            let message = "this cell stands twice; one of the two is enough";
            notes.warning("duplicate-cell", at, "", message).hint =
                Some("take one of the two rows away".to_owned());
        } else {
            let message = "this cell stands twice and the rows differ; it counts as unreadable";
            notes.error("two-answers", at, "", message).hint = Some("keep the row that is true".to_owned());
            *first = RowCell { cell: Cell::gap(Gap::Unreadable), treaty: None, ..*first };
        }
        true
    });
}

impl Tables<'_> {
    /// All readings of the cells whose sources disagree.
    fn readings(&self, index: &IndicatorIndex<'_>, gathered: &mut Gathered) {
        let indicators = visible_ids(index);
        let (cards, by_place, readings) = (&gathered.cards, &gathered.by_place, &mut gathered.readings);
        let mut strays = (0, 0);
        let columns = ["country", "edition", "indicator", "reading"];
        self.each("readings", (&columns, 4), &mut gathered.problems, &mut |row, notes| {
            let card =
                by_place.get(&(row.get(0).into_owned(), row.get(1).into_owned())).map(|at| &cards[*at]);
            let cell = card.zip(indicators.get(&*row.get(2))).and_then(|(card, column)| {
                let at = card.cells.binary_search_by_key(column, |cell| cell.column).ok()?;
                Some(card.cells[at].at)
            });
            match cell {
                Some(at) => readings.entry(at).or_default().push(Raw::new(row.get(3).into_owned())),
                None => stray(row, notes, &mut strays),
            }
        });
    }

    /// What the cards list.
    fn items(&self, gathered: &mut Gathered) {
        let Gathered { cards, by_place, sources, details, problems, .. } = gathered;
        let mut strays = (0, 0);
        let columns = ["country", "edition", "kind", "key", "text", "source"];
        self.each("card_items", (&columns, 5), problems, &mut |row, notes| {
            let card =
                by_place.get(&(row.get(0).into_owned(), row.get(1).into_owned())).map(|at| &cards[*at]);
            let Some(detail) = card.and_then(|card| details.get_mut(&card.row.at)) else {
                return stray(row, notes, &mut strays);
            };
            let words = |at: usize| Raw::new(row.get(at).into_owned());
            match (&*row.get(2), sources.get(&*row.get(5))) {
                ("action", _) => detail.priority_actions.push(words(4)),
                ("campaign", _) => detail.campaign.push((words(3), words(4))),
                ("source", Some(source)) => detail.sources.push((row.get(3).into(), source.clone())),
                _ => stray(row, notes, &mut strays),
            }
        });
    }
}

/// Tells a row that belongs to nothing: the first one, since what one lacks the others most likely do.
fn stray(row: &TableRow<'_>, notes: &mut Notes<'_>, known: &mut (usize, usize)) {
    known.0 += 1;
    if known.0 == 1 {
        let names: Vec<String> = (0..3).map(|at| format!("\"{}\"", excerpt(&row.get(at), 30))).collect();
        let message = format!(
            "row {} ({}) belongs to nothing that the other tables have; it is left out",
            row.number,
            names.join(", ")
        );
        known.1 = notes.faults.len();
        notes.error("stray-row", row.at, "", message).hint =
            Some("check what its first columns name, here and in the other rows".to_owned());
    } else if let Some(first) = notes.faults.get_mut(known.1) {
        let (message, _) = first.message.split_once("; it is left out").unwrap_or((&first.message, ""));
        first.message = format!("{message}; it is left out, and so are {} more like it", known.0 - 1);
    }
}
