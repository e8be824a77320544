//! Opens a workbook of any kind and reads its sheets one after the other.

use std::io::Cursor;

use crate::contained::contain;

use calamine::{DataType, Dimensions, Error, Ods, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};

use super::cells::SheetCells;
use super::fault::{WorkbookFault, damaged, fault, locked};
use super::kind::{WorkbookKind, kind};
use super::ods::{OdsAreas, ods_areas};
use super::parts::{pack, unpack};
use super::raised;
use super::xls::check_xls;
use super::xlsx::{check_shared_texts, has_formulas, read_xlsx, sheet_ends};

/// A sheet of a workbook, as text.
#[derive(Debug)]
pub(in super::super) struct Sheet {
    pub name: String,
    /// Comma-separated; record i is row i+1 of the sheet, field j its column j (A = 0): empty leading rows
    /// and columns are written too, so addresses hold.
    pub text: String,
    /// Hidden or very hidden in the workbook.
    pub is_hidden: bool,
    /// Cells with a formula of which the workbook keeps no value (they are empty here), if that can be told.
    pub uncomputed: usize,
}

/// The sheets of a workbook in its order, without chart sheets, macro sheets and empty ones. Neither what the
/// workbook unpacks to nor the text of all sheets may be longer than `most_bytes`.
pub(in super::super) fn sheets(bytes: Vec<u8>, most_bytes: u64) -> Result<Vec<Sheet>, WorkbookFault> {
    // Calamine indexes unchecked into the records of XLS and XLSB and subtracts unchecked in cell addresses,
    // so that a damaged workbook can make it panic. All it works on is dropped by then.
    contain(|| read(bytes, most_bytes)).unwrap_or_else(|| Err(damaged("its parts contradict each other")))
}

fn read(bytes: Vec<u8>, most_bytes: u64) -> Result<Vec<Sheet>, WorkbookFault> {
    let Some(kind) = kind(&bytes) else {
        return Err(WorkbookFault::new(
            "this is not a workbook",
            "workbooks are XLSX, XLSM, XLSB, XLS and ODS files",
        ));
    };
    match kind {
        WorkbookKind::Xlsx => {
            let mut parts = unpack(&bytes, most_bytes)?;
            drop(bytes);
            raised::of_xlsx(&mut parts);
            check_shared_texts(&parts)?;
            let has_formulas = parts.iter().any(|part| has_formulas(&part.content));
            let ends = sheet_ends(&parts);
            let mut ends: Option<Xlsx<_>> = ends.map(|ends| pack(ends).and_then(open)).transpose()?;
            let mut book: Xlsx<_> = open(pack(parts)?)?;
            write_sheets(&mut book, most_bytes, |book, _, name, cells| {
                let uncomputed = read_xlsx(book, name, has_formulas, cells)?;
                let merges = ends.as_mut().map(|ends| ends.merge_cells_by_sheet_name(name).map_err(fault));
                Ok((uncomputed, merges.transpose()?.unwrap_or_default()))
            })
        }
        WorkbookKind::Xlsb => {
            let mut book: Xlsb<_> = open(pack(unpack(&bytes, most_bytes)?)?)?;
            drop(bytes);
            write_sheets(&mut book, most_bytes, |book, _, name, cells| {
                let mut reader = book.worksheet_cells_reader(name).map_err(fault)?;
                while let Some(cell) = reader.next_cell().map_err(fault)? {
                    cells.put(cell.get_position(), cell.get_value(), false)?;
                }
                // Calamine does not tell the merged cells of XLSB, nor formulas without a value.
                Ok((0, Vec::new()))
            })
        }
        WorkbookKind::Xls => {
            check_xls(&bytes)?;
            let mut book: Xls<_> = open(bytes)?;
            write_sheets(&mut book, most_bytes, |book, _, name, cells| {
                let uncomputed = read_range(book, name, cells, &OdsAreas::default())?;
                Ok((uncomputed, book.merge_cells_by_sheet_name(name).map_err(fault)?))
            })
        }
        WorkbookKind::Ods => {
            let mut parts = unpack(&bytes, most_bytes)?;
            drop(bytes);
            raised::of_ods(&mut parts);
            let content = parts.iter().find(|part| part.name == "content.xml");
            let content = content.ok_or_else(|| damaged("its content is missing"))?;
            let mut sheets = ods_areas(&content.content, most_bytes)?;
            let mut book: Ods<_> = open(pack(parts)?)?;
            write_sheets(&mut book, most_bytes, |book, index, name, cells| {
                let areas = sheets.get_mut(index).map(std::mem::take).unwrap_or_default();
                let uncomputed = read_range(book, name, cells, &areas)?;
                Ok((uncomputed, areas.merges))
            })
        }
        WorkbookKind::Locked => Err(locked()),
        WorkbookKind::Cut => Err(damaged("its end is missing")),
    }
}

fn open<B: Reader<Cursor<Vec<u8>>>>(bytes: Vec<u8>) -> Result<B, WorkbookFault>
where
    B::Error: Into<Error>,
{
    B::new(Cursor::new(bytes)).map_err(fault)
}

/// The number of formulas without a value in a sheet, and its merged areas.
type Collected = (usize, Vec<Dimensions>);

/// Writes each worksheet, whose cells `collect` puts in their place.
fn write_sheets<B: Reader<Cursor<Vec<u8>>>>(
    book: &mut B,
    most_bytes: u64,
    mut collect: impl FnMut(&mut B, usize, &str, &mut SheetCells) -> Result<Collected, WorkbookFault>,
) -> Result<Vec<Sheet>, WorkbookFault> {
    let mut sheets = Vec::new();
    let mut left = most_bytes;
    for (index, sheet) in book.sheets_metadata().to_vec().into_iter().enumerate() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut cells = SheetCells::new(most_bytes, left);
        let (uncomputed, merges) = collect(book, index, &sheet.name, &mut cells)?;
        let text = cells.into_text(&merges)?;
        left = left.saturating_sub(text.len() as u64);
        if !text.is_empty() || uncomputed > 0 {
            let is_hidden = sheet.visible != SheetVisible::Visible;
            sheets.push(Sheet { name: sheet.name, text, is_hidden, uncomputed });
        }
    }
    Ok(sheets)
}

/// Takes the cells of a sheet that calamine has read already. Returns the number of formulas without a value.
fn read_range<B>(
    book: &mut B,
    name: &str,
    cells: &mut SheetCells,
    areas: &OdsAreas,
) -> Result<usize, WorkbookFault>
where
    B: Reader<Cursor<Vec<u8>>>,
    B::Error: Into<Error>,
{
    let range = book.worksheet_range(name).map_err(fault)?;
    let start = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let place = place(start, row, column);
        cells.put(place, value, areas.is_percent(place))?;
    }
    let formulas = book.worksheet_formula(name).map_err(fault)?;
    let start = formulas.start().unwrap_or_default();
    let is_blank = |row, column| {
        let value = range.get_value(place(start, row, column));
        value.is_none_or(DataType::is_empty)
    };
    Ok(formulas.used_cells().filter(|&(row, column, _)| is_blank(row, column)).count())
}

/// A place in a sheet, given from the start of a range; calamine itself counts in 32 bits.
fn place(start: (u32, u32), row: usize, column: usize) -> (u32, u32) {
    let count = |index| u32::try_from(index).unwrap_or(u32::MAX);
    (start.0 + count(row), start.1 + count(column))
}
