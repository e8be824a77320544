//! The words of a table: those of a cell from its row, when somebody looks.

use std::{
    collections::{HashSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use super::{flat::TableMetadata, json_tables::JsonPlace, make::ROWS_A_START, recognise::TableColumn};
use super::{footnotes::Footnotes, row_places::RowPlaces};
use crate::{
    core::{
        cell::{Gap, Value},
        delimited::{DelimitedRecord, FieldDialect},
        detail::{CardDetail, CellPlace, Detail, FileWords},
        framework::Source,
        input_file::{InputFile, NamedText},
        label,
        obs_status::{CodesOfValues, ObservationStatus},
        table_mapping::ColumnRole,
    },
    text::Raw,
};

/// Where the text of the cells is.
#[derive(Debug)]
pub(super) enum TableText {
    /// The text of the file itself.
    Own,
    /// That of one of its parts.
    Part(usize),
    /// Made of JSON, with the places there.
    Made(NamedText, Box<JsonPlace>),
}

#[derive(Debug)]
pub(super) struct TableWords {
    pub file: Arc<InputFile>,
    pub text: TableText,
    pub dialect: FieldDialect,
    pub columns: Vec<TableColumn>,
    /// The byte of every so many rows.
    pub row_starts: Vec<u32>,
    pub codes_of_values: CodesOfValues,
    pub footnotes: Footnotes,
    pub places: RowPlaces,
    /// Who published the table.
    pub about: TableMetadata,
    /// What it is called.
    pub title: String,
    pub of_rows: RowWords,
}

/// Where the words stand that are of all cells of a row.
#[derive(Debug)]
pub(super) struct RowWords {
    sources: Vec<usize>,
    notes: Vec<usize>,
    /// The rows that were looked at last: whoever compares two looks at all of their cells.
    recent: Mutex<VecDeque<Arc<DelimitedRecord>>>,
}

impl RowWords {
    pub(super) fn of(columns: &[TableColumn]) -> Self {
        let of_one: HashSet<usize> = columns.iter().flat_map(|column| &column.words_at).copied().collect();
        let with_role = |role: ColumnRole| {
            let is = |at: &usize| columns[*at].role == role && !of_one.contains(at);
            (0..columns.len()).filter(is).collect::<Vec<usize>>()
        };
        Self {
            sources: with_role(ColumnRole::Source),
            notes: with_role(ColumnRole::Note),
            recent: Mutex::default(),
        }
    }
}

impl TableWords {
    fn named(&self) -> &NamedText {
        match &self.text {
            TableText::Own => &self.file.own,
            TableText::Part(part) => &self.file.parts[*part].1,
            TableText::Made(named, _) => named,
        }
    }

    /// The record that a byte stands in.
    fn record_at(&self, at: usize) -> Arc<DelimitedRecord> {
        const MOST_KEPT: usize = 8;
        let mut recent = self.of_rows.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let is_of = |record: &&Arc<DelimitedRecord>| {
            let end = record.fields.last().map_or(record.at, |span| span.end as usize);
            (record.at..=end).contains(&at)
        };
        if let Some(known) = recent.iter().find(is_of) {
            return Arc::clone(known);
        }
        let record = Arc::new(self.read_record_at(at));
        recent.push_back(Arc::clone(&record));
        if recent.len() > MOST_KEPT {
            recent.pop_front();
        }
        record
    }

    fn read_record_at(&self, at: usize) -> DelimitedRecord {
        let text = &self.named().text;
        let wanted = u32::try_from(at).unwrap_or(u32::MAX);
        let known = self.row_starts.partition_point(|start| *start <= wanted);
        let mut begin = known.checked_sub(1).map_or(0, |known| self.row_starts[known] as usize);
        let mut record = DelimitedRecord::default();
        // Rows that are not read may stand between.
        for _ in 0..ROWS_A_START * 1024 {
            match record.read(text, begin, self.dialect, 0) {
                Some(next) if next <= at && next > begin => begin = next,
                _ => break,
            }
        }
        record.read(text, begin, self.dialect, usize::MAX);
        record
    }

    /// The place of a field in the words of its file.
    fn place(&self, at: usize, field: usize) -> String {
        let named = self.named();
        if let TableText::Made(_, place) = &self.text {
            let heading = self.columns.get(field).map_or("", |column| &column.heading);
            let record = self.places.records_before(named, at);
            return format!("{}: {}", named.name.raw(), place.path(record, heading, field));
        }
        format!("{}{}", named.name.raw(), self.places.of_field(named, at))
    }
}

impl FileWords for TableWords {
    fn file(&self) -> &Arc<InputFile> {
        &self.file
    }

    fn cards(&self) -> &NamedText {
        self.named()
    }

    fn of_cell(&self, place: &CellPlace<'_>) -> Detail {
        let text = &self.named().text;
        let record = self.record_at(place.at);
        let field = record.fields.partition_point(|span| span.start as usize <= place.at).saturating_sub(1);
        let written = record.get(text, field).into_owned();
        let of_columns = |columns: &[usize]| {
            let words = columns.iter().map(|column| record.get(text, *column).into_owned());
            words.filter(|words| !words.is_empty()).collect::<Vec<String>>()
        };
        let status = self.columns.get(field).and_then(|column| column.status_at);
        let status = status.map(|column| record.get(text, column).into_owned()).filter(|status| {
            !self.codes_of_values.parse(status.split(": ").next().unwrap_or_default()).others.is_empty()
        });
        // A code that means a gap everywhere else is kept as words.
        let (status, other_code) = match status {
            Some(code) if ObservationStatus::parse(&code).gap.is_some() => (None, Some(code)),
            status => (status, None),
        };
        let other_code = other_code.map(|code| {
            let heading =
                self.columns.get(field).and_then(|column| Some(&self.columns[column.status_at?].heading));
            format!("{}: {code}", heading.map_or("", String::as_str))
        });
        let is_shown = match place.cell.state {
            Ok(Value::Number(number)) => label::number(number, 0) == written,
            Err(Gap::Empty) => true,
            Ok(Value::Text) => true,
            _ => false,
        };
        let publisher = self.about.source.as_deref().unwrap_or(&self.title);
        let mut sources = vec![Source {
            title: Some(Raw::new(format!("{publisher} ({})", self.place(place.at, field)))),
            url: self.about.url.clone().map(Raw::new),
            date: self.about.updated.clone().map(Raw::new),
            page: None,
        }];
        let own = |role: ColumnRole| {
            let at = self.columns.get(field).map_or(&[][..], |column| &column.words_at);
            at.iter().copied().filter(move |at| self.columns[*at].role == role)
        };
        let of_sources: Vec<usize> =
            self.of_rows.sources.iter().copied().chain(own(ColumnRole::Source)).collect();
        sources.extend(of_columns(&of_sources).into_iter().map(|words| {
            let words = Raw::new(words);
            let is_address = words.raw().starts_with("http");
            if is_address {
                Source { url: Some(words), ..Source::default() }
            } else {
                Source { title: Some(words), ..Source::default() }
            }
        }));
        let notes: Vec<usize> = self.of_rows.notes.iter().copied().chain(own(ColumnRole::Note)).collect();
        let notes = of_columns(&notes).into_iter();
        let notes = notes.map(|note| self.footnotes.words(&note).unwrap_or(note));
        let notes: Vec<String> = notes.chain(other_code).collect();
        Detail {
            printed: (!is_shown && !written.is_empty()).then(|| Raw::new(written.clone())),
            text: (place.cell.state == Ok(Value::Text)).then(|| Raw::new(written)),
            note: (!notes.is_empty()).then(|| Raw::new(notes.join("; "))),
            status: status.map(Raw::new),
            sources,
            ..Detail::default()
        }
    }

    fn of_card(&self, _: usize) -> CardDetail {
        CardDetail::default()
    }

    fn card_text(&self, _: usize, _: Option<usize>) -> Option<&str> {
        None
    }
}
