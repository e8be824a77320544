//! The words behind a cell and a card, read from the file when somebody looks.

use std::{fmt, sync::Arc};

use super::{
    cell::{Cell, Treaty},
    columns::Columns,
    date::Date,
    framework::{Framework, IndicatorId, Source},
    input_file::{InputFile, NamedText},
};
use crate::text::Raw;

/// Everything a card writes about one cell beside its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detail {
    /// The value as the source prints it; for an unreadable cell, what is written.
    pub printed: Option<Raw<'static>>,
    /// The words of a text value.
    pub text: Option<Raw<'static>>,
    pub note: Option<Raw<'static>>,
    /// The observation status as written, if some of its codes mean neither a mark nor a gap here.
    pub status: Option<Raw<'static>>,
    pub sources: Vec<Source>,
    pub as_of: Option<Date>,
    /// All readings, when sources disagree.
    pub values: Vec<Raw<'static>>,
    /// Signature, binding and act, for treaties.
    pub treaty: Option<Treaty>,
}

/// What a card says about the country as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CardDetail {
    pub summary: Option<Raw<'static>>,
    pub priority_actions: Vec<Raw<'static>>,
    /// Key paths and values of the campaign object, in file order.
    pub campaign: Vec<(Raw<'static>, Raw<'static>)>,
    pub assessed_on: Option<Date>,
    pub sources: Vec<(Box<str>, Source)>,
}

/// A cell whose words are asked for.
#[derive(Debug)]
pub struct CellPlace<'a> {
    /// Byte offset of the cell in the text of the cards.
    pub at: usize,
    /// Byte offset of the sources that its card names, if it names any.
    pub sources_at: Option<usize>,
    pub cell: Cell,
    pub framework: &'a Framework,
}

/// Reads the words of one file, in its own format.
pub trait FileWords: fmt::Debug + Send + Sync {
    fn file(&self) -> &Arc<InputFile>;

    /// The text that cards and cells stand in.
    fn cards(&self) -> &NamedText {
        &self.file().own
    }

    /// What is written about a cell, but for the dates of a treaty.
    fn of_cell(&self, place: &CellPlace<'_>) -> Detail;

    /// What the card at this byte says as a whole, but for its date.
    fn of_card(&self, at: usize) -> CardDetail;

    /// What is written of the card at this byte, `None` if it does not stand in one piece or depends on other places.
    /// `next` is where the next card begins. Cards with the same text say the same.
    fn card_text(&self, at: usize, next: Option<usize>) -> Option<&str>;
}

/// The cards of one file.
#[derive(Debug)]
pub struct Batch {
    pub columns: Columns,
    words: Box<dyn FileWords>,
}

impl Batch {
    pub fn new(columns: Columns, words: Box<dyn FileWords>) -> Self {
        Self { columns, words }
    }

    pub fn file(&self) -> &Arc<InputFile> {
        self.words.file()
    }

    /// The text that cards and cells stand in.
    pub fn cards(&self) -> &NamedText {
        self.words.cards()
    }

    /// What the card of this row writes about an indicator.
    pub fn detail(&self, row: usize, indicator: IndicatorId, framework: &Framework) -> Detail {
        let column = indicator.index();
        let Some(at) = self.columns.place(row, column) else { return Detail::default() };
        let sources_at = self.columns.cards[row].sources_at.map(|at| at as usize);
        let cell = self.columns.cell(row, column);
        let treaty = self.columns.treaty(row, column);
        Detail { treaty, ..self.words.of_cell(&CellPlace { at, sources_at, cell, framework }) }
    }

    /// What the card of this row says as a whole.
    pub fn card_detail(&self, row: usize) -> CardDetail {
        let card = &self.columns.cards[row];
        if card.is_contested {
            return CardDetail::default();
        }
        CardDetail { assessed_on: card.assessed_on, ..self.words.of_card(card.at as usize) }
    }

    /// What is written of the card of this row, `None` if it does not stand in one piece.
    pub fn card_text(&self, row: usize, next: Option<usize>) -> Option<&str> {
        self.words.card_text(self.columns.cards[row].at as usize, next)
    }

    /// The bytes of the texts and of the columns.
    pub fn bytes(&self) -> usize {
        self.file().bytes() + self.columns.bytes()
    }
}
