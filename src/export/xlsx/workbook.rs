//! Sheets to the bytes of a workbook, within the limits of the format: what they change is told.
//!
//! **Invariant.** The same sheets give the same bytes: no clock, no random number.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, IgnoreError, IntoCustomDateTime, Workbook,
    Worksheet, XlsxError,
};

use crate::{
    core::report::TOOL,
    text::{FORMULA_STARTS, safe_block, safe_line, width},
};

/// The limits of the format: rows with the head, columns, UTF-16 units in a cell and in the name of a sheet.
const MOST_ROWS: usize = 1_048_576;
const MOST_COLUMNS: usize = 16_384;
const MOST_UNITS: usize = 32_767;
const MOST_NAME: usize = 31;
/// Of the title in margins and properties: doubled it still has room.
const MOST_TITLE: usize = 100;
/// Digits that a spreadsheet keeps and shows.
const MOST_DIGITS: usize = 15;
const MOST_DECIMALS: usize = 30;
/// Widths of columns in characters: a wider text is wrapped, or cut by the cell beside it.
const NARROWEST: usize = 8;
const WIDEST: usize = 60;
const WIDEST_UNWRAPPED: usize = 30;
/// Beside a head, the button of its filter.
const BUTTON: usize = 3;
/// How many places of cut texts are named.
const PLACES_NAMED: usize = 20;
const CUT: &str = "… (cut: see About)";

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum XlsxCell {
    Nothing,
    Words(String),
    Strong(String),
    Gap(String),
    Flag(bool),
    Number { value: f64, decimals: usize },
}

impl XlsxCell {
    pub(super) fn words(text: &str) -> Self {
        let text = text.to_owned();
        if text == "n/a" || text.starts_with("?? ") { Self::Gap(text) } else { Self::Words(text) }
    }

    pub(super) fn count(number: usize) -> Self {
        Self::digits(&number.to_string())
    }

    /// The number, or its digits as text where a spreadsheet would show others.
    pub(super) fn digits(digits: &str) -> Self {
        let bare = digits.strip_prefix('-').unwrap_or(digits);
        let (whole, part) = bare.split_once('.').unwrap_or((bare, ""));
        let kept = whole.len() + part.len();
        let significant = kept - (whole.to_owned() + part).bytes().take_while(|digit| *digit == b'0').count();
        let is_plain =
            !whole.is_empty() && (whole.to_owned() + part).bytes().all(|byte| byte.is_ascii_digit());
        match digits.parse() {
            Ok(value) if is_plain && significant <= MOST_DIGITS && part.len() <= MOST_DECIMALS => {
                Self::Number { value, decimals: part.len() }
            }
            _ => Self::Words(digits.to_owned()),
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Words(text) | Self::Strong(text) | Self::Gap(text) => Some(text),
            Self::Nothing | Self::Flag(_) | Self::Number { .. } => None,
        }
    }

    /// The columns it takes.
    fn width(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Flag(_) => 5,
            Self::Number { value, decimals } => format!("{value:.decimals$}").len(),
            // Only the beginning can decide: the rest is wider than any column.
            Self::Words(text) | Self::Strong(text) | Self::Gap(text) => text
                .lines()
                .map(|line| width(&line.chars().take(WIDEST).collect::<String>()))
                .max()
                .unwrap_or(0),
        }
    }
}

/// The head of a column.
#[derive(Clone, Debug)]
pub(super) struct XlsxHead {
    pub(super) words: String,
    pub(super) is_right: bool,
}

impl XlsxHead {
    pub(super) fn left(words: &str) -> Self {
        Self { words: words.to_owned(), is_right: false }
    }

    pub(super) fn right(words: &str) -> Self {
        Self { words: words.to_owned(), is_right: true }
    }
}

#[derive(Clone, Debug)]
pub(super) struct XlsxSheet {
    /// Any text: forbidden signs, length and doubles are mended.
    pub(super) name: String,
    pub(super) heads: Vec<XlsxHead>,
    pub(super) rows: Vec<Vec<XlsxCell>>,
    /// How many columns stay in sight.
    pub(super) frozen: usize,
    /// Whether long texts are wrapped.
    pub(super) wraps: bool,
}

/// A workbook that is being filled.
pub(super) struct XlsxBook {
    sheets: Vec<Worksheet>,
    names: Vec<String>,
    title: String,
    looks: Looks,
    made_visible: usize,
    cut: Vec<String>,
    other: Vec<String>,
}

impl XlsxBook {
    pub(super) fn new(title: &str) -> Self {
        Self {
            sheets: vec![],
            names: vec![],
            title: safe_line(title).to_string(),
            looks: Looks::default(),
            made_visible: 0,
            cut: vec![],
            other: vec![],
        }
    }

    /// What the format could not take as it was, in words.
    pub(super) fn told(&self) -> Vec<String> {
        let mut told = self.other.clone();
        if self.made_visible > 0 {
            told.push(format!(
                "{} with characters that act on a terminal: they are written in a visible form, such as ^[",
                counted(self.made_visible, "cell", "cells")
            ));
        }
        if !self.cut.is_empty() {
            let named = self.cut.iter().take(PLACES_NAMED).cloned().collect::<Vec<_>>().join("; ");
            let more = self.cut.len().saturating_sub(PLACES_NAMED);
            let more = if more > 0 { format!("; and {more} more") } else { String::new() };
            told.push(format!(
                "{} longer than the {MOST_UNITS} units that a cell holds, cut there; CSV and JSON have the whole: {named}{more}",
                counted(self.cut.len(), "text", "texts")
            ));
        }
        if told.is_empty() {
            told.push("nothing".to_owned());
        }
        told
    }

    /// Adds the sheet; its rows go on on further sheets where there are too many for one.
    pub(super) fn add(&mut self, mut sheet: XlsxSheet) {
        if sheet.heads.len() > MOST_COLUMNS {
            self.other.push(format!(
                "{} has {} columns; a sheet holds {MOST_COLUMNS}, and those after {} are left out",
                safe_line(&sheet.name),
                sheet.heads.len(),
                safe_line(&sheet.heads[MOST_COLUMNS - 1].words)
            ));
            sheet.heads.truncate(MOST_COLUMNS);
            sheet.rows.iter_mut().for_each(|row| row.truncate(MOST_COLUMNS));
        }
        self.add_in_parts(&sheet, MOST_ROWS - 1);
    }

    /// Adds the sheet with at most so many rows a sheet.
    pub(super) fn add_in_parts(&mut self, sheet: &XlsxSheet, most: usize) {
        let parts = sheet.rows.len().div_ceil(most).max(1);
        if parts > 1 {
            let words = format!("{} goes on on further sheets: {parts} in all", safe_line(&sheet.name));
            self.other.push(words);
        }
        for part in 0..parts {
            let rows = sheet.rows.iter().skip(part * most).take(most);
            let name = free_name(&sheet.name, &self.names);
            // What the writer refuses is cut before: names, lengths, rows and columns.
            if let Ok(written) = self.written(&name, sheet, rows.map(Vec::as_slice)) {
                self.sheets.push(written);
            } else {
                self.other.push(format!("the sheet {name} could not be written"));
            }
            self.names.push(name);
        }
    }

    fn written<'a>(
        &mut self,
        name: &str,
        sheet: &XlsxSheet,
        rows: impl ExactSizeIterator<Item = &'a [XlsxCell]>,
    ) -> Result<Worksheet, XlsxError> {
        let mut out = Worksheet::new();
        out.set_name(name)?;
        let (last_row, last) = (row_number(rows.len()), column_number(sheet.heads.len().saturating_sub(1)));
        let mut widths = vec![];
        for (at, head) in sheet.heads.iter().enumerate() {
            let words = self.kept(&head.words, name, 0, at);
            widths.push(width(&words) + BUTTON);
            out.write_string_with_format(0, column_number(at), words, &Looks::head(head.is_right))?;
        }
        for (row, cells) in rows.enumerate() {
            for (at, cell) in cells.iter().enumerate() {
                widths[at] = widths[at].max(cell.width() + 1);
                self.put(&mut out, name, (row + 1, at), cell, sheet.wraps)?;
            }
        }
        let widest = if sheet.wraps { WIDEST } else { WIDEST_UNWRAPPED };
        for (at, wide) in widths.iter().enumerate() {
            let wide = u32::try_from((*wide).clamp(NARROWEST, widest)).unwrap_or(0);
            out.set_column_width(column_number(at), f64::from(wide))?;
        }
        out.set_freeze_panes(1, column_number(sheet.frozen))?;
        if last_row > 0 && !sheet.heads.is_empty() {
            out.autofilter(0, 0, last_row, last)?;
            // Editions and codes are texts that happen to be digits.
            out.ignore_error_range(0, 0, last_row, last, IgnoreError::NumberStoredAsText)?;
        }
        out.set_repeat_rows(0, 0)?;
        out.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        out.set_header(format!("&L{}", for_margin(&self.title)));
        out.set_footer(format!("&L{}&R&P / &N", for_margin(TOOL)));
        Ok(out)
    }

    fn put(
        &mut self,
        out: &mut Worksheet,
        sheet: &str,
        (row, at): (usize, usize),
        cell: &XlsxCell,
        wraps: bool,
    ) -> Result<(), XlsxError> {
        let (to_row, to_column) = (row_number(row), column_number(at));
        if let Some(text) = cell.text() {
            let text = self.kept(text, sheet, row, at);
            let look =
                self.looks.of_text(cell, wraps, text.starts_with(FORMULA_STARTS) || text.starts_with('\''));
            out.write_string_with_format(to_row, to_column, text, look)?;
        } else if let XlsxCell::Number { value, decimals } = cell {
            out.write_number_with_format(to_row, to_column, *value, self.looks.of_number(*decimals))?;
        } else if let XlsxCell::Flag(is) = cell {
            out.write_boolean_with_format(
                to_row,
                to_column,
                *is,
                &Format::new().set_align(FormatAlign::Top),
            )?;
        }
        Ok(())
    }

    /// The text as a cell can hold it: safe, and no longer than it may be.
    fn kept(&mut self, text: &str, sheet: &str, row: usize, column: usize) -> String {
        let safe = safe_block(text);
        self.made_visible += usize::from(safe.as_str() != text);
        let units = safe.as_str().encode_utf16().count();
        if units <= MOST_UNITS {
            return safe.to_string();
        }
        self.cut.push(format!("{sheet}!{} ({units} units)", place(row, column)));
        cut_at(safe.as_str(), MOST_UNITS - CUT.encode_utf16().count()).to_owned() + CUT
    }

    pub(super) fn finish(self) -> Vec<u8> {
        let mut book = Workbook::new();
        let about = DocProperties::new().set_title(cut_at(&self.title, MOST_TITLE));
        let about = about.set_comment(format!("Made with {TOOL}."));
        book.set_properties(&about.set_creation_datetime(Always));
        for sheet in self.sheets {
            book.push_worksheet(sheet);
        }
        book.save_to_buffer().unwrap_or_default()
    }
}

/// The moment at which every workbook is made: there is no clock here, and the same report is the same file.
struct Always;

impl IntoCustomDateTime for Always {
    fn utc_datetime(self) -> String {
        "2000-01-01T00:00:00Z".to_owned()
    }
}

/// The formats of cells, each made once.
#[derive(Default)]
struct Looks {
    numbers: BTreeMap<usize, Format>,
    texts: BTreeMap<(u8, bool, bool), Format>,
}

impl Looks {
    fn head(is_right: bool) -> Format {
        let align = if is_right { FormatAlign::Right } else { FormatAlign::Left };
        let head = Format::new().set_bold().set_align(align).set_text_wrap();
        let head = head.set_background_color(Color::RGB(0xE7_EC_F1)).set_border_bottom(FormatBorder::Thin);
        // After the alignment across, which it does not replace.
        head.set_align(FormatAlign::VerticalCenter)
    }

    fn of_number(&mut self, decimals: usize) -> &Format {
        self.numbers.entry(decimals).or_insert_with(|| {
            let digits = if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(decimals)) };
            Format::new().set_num_format(digits).set_align(FormatAlign::Top)
        })
    }

    /// Of a text. One that begins as a formula does stays a text when its cell is edited, too.
    fn of_text(&mut self, cell: &XlsxCell, wraps: bool, is_quoted: bool) -> &Format {
        let kind = match cell {
            XlsxCell::Gap(_) => 1,
            XlsxCell::Strong(_) => 2,
            _ => 0,
        };
        self.texts.entry((kind, wraps, is_quoted)).or_insert_with(|| {
            let mut look = Format::new().set_num_format("@").set_align(FormatAlign::Top);
            if wraps {
                look = look.set_text_wrap();
            }
            if is_quoted {
                look = look.set_quote_prefix();
            }
            match kind {
                1 => look.set_italic().set_font_color(Color::RGB(0x8A_4B_00)),
                2 => look.set_bold(),
                _ => look,
            }
        })
    }
}

fn counted(many: usize, one: &str, more: &str) -> String {
    format!("{many} {}", if many == 1 { one } else { more })
}

fn row_number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn column_number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// `AB12`.
fn place(row: usize, column: usize) -> String {
    let mut letters = vec![];
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.into_iter().collect::<String>() + &(row + 1).to_string()
}

/// As much of the text as has at most so many UTF-16 units.
fn cut_at(text: &str, most: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// A name for a sheet: no forbidden sign, not too long, and not there yet in any case of letters.
fn free_name(wanted: &str, taken: &[String]) -> String {
    let safe = safe_line(wanted);
    let clean = |c: char| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { ' ' } else { c };
    let words: String = safe.as_str().chars().map(clean).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.trim_matches(['\'', ' ']);
    // Excel keeps "History" to itself.
    let words = if words.is_empty() || words.eq_ignore_ascii_case("history") { "Report" } else { words };
    let is_taken = |name: &str| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = (1_usize..).map(|number| {
        let after = if number == 1 { String::new() } else { format!(" {number}") };
        let room = MOST_NAME - after.len();
        let fits = words.encode_utf16().count() <= room;
        let kept =
            if fits { words.to_owned() } else { cut_at(words, room - 1).trim_end().to_owned() + "…" };
        kept + &after
    });
    numbered.into_iter().find(|name| !is_taken(name)).unwrap_or_default()
}

/// For the margin of a printed page, where `&` begins a code and there is little room.
fn for_margin(text: &str) -> String {
    cut_at(text, MOST_TITLE).replace('&', "&&")
}

#[cfg(test)]
mod tests;
