//! Finds the merged areas and the percentages of an ODS workbook, and refuses one that would end the program.

use calamine::Dimensions;

use super::bytes::{attribute, find};
use super::fault::{WorkbookFault, damaged, too_large};

/// Calamine holds all cells of an ODS sheet, empty ones too, at about 100 bytes each.
const MOST_ODS_CELLS: u64 = 20_000_000;

/// The areas of each sheet of an ODS workbook that calamine does not tell. Refuses one that would
/// keep calamine in a loop for ever or fill the memory.
pub(super) fn ods_areas(content: &[u8], most_bytes: u64) -> Result<Vec<OdsAreas>, WorkbookFault> {
    let mut scan = OdsScan::default();
    let mut rest = content;
    while let Some(start) = rest.iter().position(|&byte| byte == b'<') {
        let (tag, after) = split_tag(&rest[start + 1..]).ok_or_else(|| damaged("its content breaks off"))?;
        scan.tag(tag, content.len() - rest.len());
        rest = after;
    }
    // Calamine waits for the end of both without looking for the end of the file.
    if scan.is_in_sheet || scan.is_in_note {
        return Err(damaged("its content breaks off"));
    }
    if scan.cells > MOST_ODS_CELLS || scan.text > most_bytes.saturating_mul(8) {
        return Err(too_large("it says that it repeats its cells too often"));
    }
    Ok(scan.sheets)
}

/// Splits a tag, given without its `<`, from what follows it. Comments and the like come back as tags that
/// nobody asks for.
fn split_tag(text: &[u8]) -> Option<(&[u8], &[u8])> {
    for (start, end) in [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")] {
        if text.starts_with(start.as_bytes()) {
            let at = text.windows(end.len()).position(|window| window == end.as_bytes())?;
            return Some((start.as_bytes(), &text[at + end.len()..]));
        }
    }
    let mut quote = None;
    let end = text.iter().position(|&byte| {
        if quote.is_some() {
            quote = quote.filter(|&open| open != byte);
            return false;
        }
        quote = Some(byte).filter(|byte| matches!(byte, b'"' | b'\''));
        byte == b'>'
    })?;
    Some((&text[..end], &text[end + 1..]))
}

/// Areas of a sheet.
#[derive(Default)]
pub(super) struct OdsAreas {
    pub merges: Vec<Dimensions>,
    /// Cells with a share that is shown in percent.
    pub percents: Vec<Dimensions>,
}

impl OdsAreas {
    /// Whether a cell is shown in percent. Areas stand in the order of rows and columns, and none lies over another.
    pub(super) fn is_percent(&self, (row, column): (u32, u32)) -> bool {
        // Rows are repeated whole, so that areas of one row begin at the same one.
        let above = self.percents.partition_point(|area| area.start.0 <= row);
        let Some(first) = above.checked_sub(1).map(|at| self.percents[at].start.0) else { return false };
        let before = self.percents.partition_point(|area| area.start <= (first, column));
        let area = before.checked_sub(1).map(|at| self.percents[at]);
        area.is_some_and(|area| area.start.0 == first && area.end.0 >= row && area.end.1 >= column)
    }
}

/// What the tags of an ODS workbook tell, read in order.
#[derive(Default)]
struct OdsScan {
    sheets: Vec<OdsAreas>,
    is_in_sheet: bool,
    is_in_note: bool,
    row: u32,
    column: u32,
    /// Where the row starts in the content, and how often it is repeated.
    row_start: usize,
    row_repeats: u32,
    /// Columns of the row up to its last cell with a value, and how often a cell with a value is repeated at
    /// most.
    width: u32,
    cell_repeats: u32,
    /// First row of the sheet with a value, and columns of its widest row.
    first_row: Option<u32>,
    widest: u32,
    /// Cells calamine will hold, and the most text there can be in them.
    cells: u64,
    text: u64,
}

impl OdsScan {
    /// Takes a tag that starts at this place of the content.
    fn tag(&mut self, tag: &[u8], at: usize) {
        let is_closed = tag.ends_with(b"/");
        let start = usize::from(tag.starts_with(b"/"));
        let length = tag[start..].iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/');
        match &tag[..length.map_or(tag.len(), |length| start + length)] {
            b"table:table" if !self.is_in_sheet && find(tag, " table:name=").is_some() => {
                self.sheets.push(OdsAreas::default());
                (self.is_in_sheet, self.row, self.first_row, self.widest) = (!is_closed, 0, None, 0);
            }
            b"/table:table" => self.is_in_sheet = false,
            b"table:table-row" => {
                self.row_repeats = attribute(tag, "table:number-rows-repeated");
                (self.row_start, self.column, self.width, self.cell_repeats) = (at, 0, 0, 0);
                if is_closed {
                    self.end_row(at);
                }
            }
            b"/table:table-row" => self.end_row(at),
            b"table:table-cell" | b"table:covered-table-cell" => self.cell(tag),
            b"office:annotation" => self.is_in_note = !is_closed,
            b"/office:annotation" => self.is_in_note = false,
            b"text:s" => self.text = self.text.saturating_add(attribute(tag, "text:c").into()),
            _ => (),
        }
    }

    fn cell(&mut self, tag: &[u8]) {
        let repeats = attribute(tag, "table:number-columns-repeated");
        let (rows, columns) =
            (attribute(tag, "table:number-rows-spanned"), attribute(tag, "table:number-columns-spanned"));
        let start = (self.row, self.column);
        if let Some(sheet) = self.sheets.last_mut().filter(|_| rows > 1 || columns > 1) {
            let end = (start.0.saturating_add(rows.max(1) - 1), start.1.saturating_add(columns.max(1) - 1));
            sheet.merges.push(Dimensions { start, end });
        }
        let is_percent = find(tag, "office:value-type=\"percentage\"").is_some();
        if let Some(sheet) = self.sheets.last_mut().filter(|_| is_percent) {
            let last = self.row.saturating_add(self.row_repeats.max(1) - 1);
            let end = (last, start.1.saturating_add(repeats.max(1) - 1));
            sheet.percents.push(Dimensions { start, end });
        }
        self.column = self.column.saturating_add(repeats);
        if [" office:", " calcext:", " table:formula"].iter().any(|name| find(tag, name).is_some()) {
            self.width = self.column;
            self.cell_repeats = self.cell_repeats.max(repeats);
        }
    }

    fn end_row(&mut self, at: usize) {
        let next = self.row.saturating_add(self.row_repeats);
        if self.width > 0 {
            let first = *self.first_row.get_or_insert(self.row);
            let so_far = u64::from(self.row - first) * u64::from(self.widest);
            self.widest = self.widest.max(self.width);
            let dense = u64::from(next - first).saturating_mul(self.widest.into());
            self.cells = self.cells.saturating_add(dense.saturating_sub(so_far));
            let repeats = u64::from(self.cell_repeats) * u64::from(self.row_repeats);
            let length = (at - self.row_start) as u64;
            self.text = self.text.saturating_add(length.saturating_mul(repeats));
        }
        self.row = next;
    }
}
