//! The words of a data package: those of a cell from its row when somebody looks, the rest from what was read.

use std::collections::HashMap;

use super::{SharedFile, cells, table::CsvTable};
use crate::{
    core::{
        cell::{Gap, Value},
        date::Date,
        detail::{CardDetail, CellPlace, Detail, FileWords},
        framework::Source,
        input_file::NamedText,
    },
    text::Raw,
};

#[derive(Debug)]
pub(super) struct PackageWords {
    pub file: SharedFile,
    /// The paths of the tables of cards and of cells in the file.
    pub cards_in: String,
    pub cells_in: String,
    /// The positions of the columns of the table of cells.
    pub columns: Vec<usize>,
    pub sources: HashMap<String, Source>,
    /// By the byte of the cell's row.
    pub readings: HashMap<u32, Vec<Raw<'static>>>,
    /// By the byte of the card's row.
    pub cards: HashMap<u32, CardDetail>,
}

impl FileWords for PackageWords {
    fn file(&self) -> &SharedFile {
        &self.file
    }

    fn cards(&self) -> &NamedText {
        self.file.part(&self.cards_in).unwrap_or_else(|| &self.file.own)
    }

    fn of_cell(&self, place: &CellPlace<'_>) -> Detail {
        let mut detail = Detail::default();
        let Some(named) = self.file.part(&self.cells_in) else { return detail };
        let is_text = place.cell.state == Ok(Value::Text);
        CsvTable::row_at(&named.text, place.at, &self.columns, &mut |row| {
            let words = |column: usize| {
                Some(row.get(column)).filter(|text| !text.is_empty()).map(|text| Raw::new(text.into_owned()))
            };
            let ids = row.get(cells::SOURCES);
            let (value, printed) = (words(cells::VALUE), words(cells::PRINTED));
            // What has become unreadable here is shown as it stands here.
            let is_new =
                place.cell.state == Err(Gap::Unreadable) && row.get(cells::GAP) != Gap::Unreadable.id();
            let printed = if is_new { value.clone().or(printed) } else { printed };
            detail = Detail {
                printed: printed.or_else(|| value.clone().filter(|_| is_text)),
                text: value.filter(|_| is_text),
                note: words(cells::NOTE),
                status: words(cells::STATUS),
                as_of: Date::parse(&row.get(cells::AS_OF)),
                sources: ids.split_whitespace().filter_map(|id| self.sources.get(id).cloned()).collect(),
                ..Detail::default()
            };
        });
        let at = u32::try_from(place.at).unwrap_or(u32::MAX);
        Detail { values: self.readings.get(&at).cloned().unwrap_or_default(), ..detail }
    }

    fn of_card(&self, at: usize) -> CardDetail {
        u32::try_from(at).ok().and_then(|at| self.cards.get(&at)).cloned().unwrap_or_default()
    }

    fn card_text(&self, _: usize, _: Option<usize>) -> Option<&str> {
        None
    }
}
