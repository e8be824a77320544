//! Reads the cells of an XLSX workbook as they come, and what its parts tell besides.

use std::io::Cursor;

use calamine::{DataRef, Style, Xlsx, XlsxCellReader, XlsxError};

use super::bytes::attribute;
use super::cells::SheetCells;
use super::fault::{WorkbookFault, damaged, fault};
use super::parts::WorkbookPart;

/// Calamine reserves room for as many shared texts as an XLSX workbook says it has, and the program ends if
/// there is not that much memory.
pub(super) fn check_shared_texts(parts: &[WorkbookPart]) -> Result<(), WorkbookFault> {
    let is_greedy = |part: &WorkbookPart| {
        part.name.to_ascii_lowercase().ends_with("sharedstrings.xml")
            && attribute(&part.content, "uniqueCount") as usize > part.content.len()
    };
    if parts.iter().any(is_greedy) {
        return Err(damaged("it says that it has more texts than it has room for"));
    }
    Ok(())
}

/// The parts of an XLSX workbook with all rows cut out of its sheets; nothing if it has no merged cells. They
/// are told after the rows, and calamine would read all rows again to find them.
pub(super) fn sheet_ends(parts: &[WorkbookPart]) -> Option<Vec<WorkbookPart>> {
    let mut has_merges = false;
    let mut ends = Vec::new();
    for part in parts {
        let Ok(text) = std::str::from_utf8(&part.content) else {
            continue;
        };
        let end = text.rfind("sheetData>").max(text.rfind("sheetData/>"));
        let content = match end.and_then(|end| text[end..].split_once('>')) {
            Some((_, end)) => {
                has_merges |= end.contains("mergeCell");
                format!("<worksheet>{end}").into_bytes()
            }
            // Only small parts tell which sheets there are.
            None if text.len() < 1 << 20 => text.into(),
            None => continue,
        };
        ends.push(WorkbookPart { name: part.name.clone(), content });
    }
    has_merges.then_some(ends)
}

/// Whether there is a tag `f`, with or without a prefix, or something that looks like it.
pub(super) fn has_formulas(content: &[u8]) -> bool {
    let text = std::str::from_utf8(content).unwrap_or("<f>");
    text.match_indices('f').any(|(at, _)| {
        text[..at].ends_with(['<', ':']) && text[at + 1..].starts_with(['>', '/', ' ', '\t', '\r', '\n'])
    })
}

/// Takes the cells as they come instead of a range of calamine, which would have room for each cell between
/// the first and a stray last one. Returns the number of formulas without a value.
pub(super) fn read_xlsx(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    has_formulas: bool,
    cells: &mut SheetCells,
) -> Result<usize, WorkbookFault> {
    let mut reader = match book.worksheet_cells_reader(name) {
        Err(XlsxError::NotAWorksheet(_)) => return Ok(0),
        reader => reader.map_err(fault)?,
    };
    let percents: Vec<bool> = reader.styles().iter().map(is_percent).collect();
    // A cell comes either with its style or with its formula; styles matter only if one is of per cents.
    if !percents.contains(&true) {
        return read_with_formulas(reader, |place, value| cells.put(place, value, false));
    }
    let mut has_blank = false;
    each_cell(
        || reader.next_cell_with_style_id(),
        |(cell, style)| {
            has_blank |= matches!(cell.get_value(), DataRef::Empty);
            let is_percent = percents.get(style).is_some_and(|&is_percent| is_percent);
            cells.put(cell.get_position(), cell.get_value(), is_percent)
        },
    )?;
    drop(reader);
    if has_blank && has_formulas {
        let reader = book.worksheet_cells_reader(name).map_err(fault)?;
        return read_with_formulas(reader, |_, _| Ok(()));
    }
    Ok(0)
}

/// Returns the number of formulas without a value.
fn read_with_formulas(
    mut reader: XlsxCellReader<'_, Cursor<Vec<u8>>>,
    mut put: impl FnMut((u32, u32), &DataRef<'_>) -> Result<(), WorkbookFault>,
) -> Result<usize, WorkbookFault> {
    let mut uncomputed = 0;
    each_cell(
        || reader.next_cell_with_formula_metadata(),
        |cell| {
            let is_blank = matches!(cell.value, DataRef::Empty);
            uncomputed += usize::from(is_blank && cell.formula.is_some());
            put(cell.pos, &cell.value)
        },
    )?;
    Ok(uncomputed)
}

fn each_cell<T>(
    mut next: impl FnMut() -> Result<Option<T>, XlsxError>,
    mut take: impl FnMut(T) -> Result<(), WorkbookFault>,
) -> Result<(), WorkbookFault> {
    loop {
        match next() {
            Ok(Some(cell)) => take(cell)?,
            Ok(None) => return Ok(()),
            // An error that calamine does not know, such as `#SPILL!`: the cell stays empty, as calamine does
            // not say where it was, and the next one can be read.
            Err(XlsxError::CellError(_)) => (),
            Err(error) => return Err(fault(error)),
        }
    }
}

/// Whether the number format shows per cents: a `%` in its first section that is neither quoted nor escaped.
fn is_percent(style: &Style) -> bool {
    let Some(format) = &style.number_format else {
        return false;
    };
    let mut is_quoted = false;
    let mut letters = format.format_code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => (),
            // What follows is shown as it is, as a gap of its width, or repeated.
            '\\' | '_' | '*' => drop(letters.next()),
            ';' => return false,
            '%' => return true,
            _ => (),
        }
    }
    false
}
