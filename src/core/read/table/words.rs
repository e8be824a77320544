//! The words of a table: those of a cell from its row, when somebody looks.

use std::sync::Arc;

use super::row_places::RowPlaces;
use super::{flat::TableMetadata, json_tables::JsonPlace, make::ROWS_A_START, recognise::TableColumn};
use crate::core::table_mapping::ColumnRole;
use crate::{
    core::{
        cell::{Gap, Value},
        delimited::{DelimitedRecord, FieldDialect},
        detail::{CardDetail, CellPlace, Detail, FileWords},
        framework::Source,
        input_file::{InputFile, NamedText},
        label,
        obs_status::ObservationStatus,
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
    pub places: RowPlaces,
    /// Who published the table.
    pub about: TableMetadata,
    /// What it is called.
    pub title: String,
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
    fn record_at(&self, at: usize) -> DelimitedRecord {
        let text = &self.named().text;
        let wanted = u32::try_from(at).unwrap_or(u32::MAX);
        let known = self.row_starts.partition_point(|start| *start <= wanted);
        let mut begin = known.checked_sub(1).map_or(0, |known| self.row_starts[known] as usize);
        let mut record = DelimitedRecord::default();
        // Rows that are not read may stand between.
        for _ in 0..ROWS_A_START * 1024 {
            match record.read(text, begin, self.dialect, usize::MAX) {
                Some(next) if next <= at && next > begin => begin = next,
                _ => break,
            }
        }
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
        let field = record.fields.iter().rposition(|span| span.start as usize <= place.at).unwrap_or(0);
        let written = record.get(text, field).into_owned();
        let of_role = |role: ColumnRole| {
            let columns = (0..self.columns.len()).filter(move |column| self.columns[*column].role == role);
            columns.map(|column| record.get(text, column).into_owned()).filter(|words| !words.is_empty())
        };
        let status = self.columns.get(field).and_then(|column| column.status_at);
        let status = status.map(|column| record.get(text, column).into_owned()).filter(|status| {
            !ObservationStatus::parse(status.split(':').next().unwrap_or_default()).others.is_empty()
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
        sources.extend(of_role(ColumnRole::Source).map(|words| {
            let words = Raw::new(words);
            let is_address = words.raw().starts_with("http");
            if is_address {
                Source { url: Some(words), ..Source::default() }
            } else {
                Source { title: Some(words), ..Source::default() }
            }
        }));
        let notes: Vec<String> = of_role(ColumnRole::Note).collect();
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
