//! Refuses an XLS workbook that would end the program, which cannot be caught as a panic can.

use super::bytes::{u16_at, u32_at};
use super::fault::{WorkbookFault, damaged};
use super::ole::Ole;

/// Cells an XLS sheet can have: 65,536 rows of 256 columns. Calamine reserves room for each cell of the area
/// in use.
const MOST_XLS_CELLS: u64 = 65_536 * 256;

/// Refuses a workbook in which calamine would run in circles or for which it would reserve more memory than
/// there is.
pub(super) fn check_xls(bytes: &[u8]) -> Result<(), WorkbookFault> {
    let broken = || damaged("its list of parts is broken");
    let ole = Ole::open(bytes).ok_or_else(broken)?;
    let root = ole.root().ok_or_else(broken)?;
    let book = ole.named("Workbook").or_else(|| ole.named("Book")).ok_or_else(broken)?;
    if root.length.max(book.length).max(ole.short_table) > bytes.len() {
        return Err(damaged("its parts are longer than the file"));
    }
    // Streams shorter than this lie among the short ones, and can claim no area worth looking for.
    let first = if book.length < 4_096 { root.first } else { book.first };
    let stream = ole.chain(first).ok_or_else(broken)?;
    let mut records = stream.as_slice();
    while let (Some(kind), Some(length)) = (u16_at(records, 0), u16_at(records, 2)) {
        let Some(record) = records.get(4..4 + usize::from(length)) else {
            break;
        };
        if claimed_cells(kind, record) > MOST_XLS_CELLS {
            return Err(damaged("a sheet of it is larger than a sheet can be"));
        }
        records = &records[4 + record.len()..];
    }
    Ok(())
}

/// How many cells calamine will make room for when it reads this record of a sheet.
fn claimed_cells(kind: u16, record: &[u8]) -> u64 {
    let short = |at| u16_at(record, at).map_or(0, u64::from);
    let long = |at| u32_at(record, at).map_or(0, u64::from);
    match kind {
        // The area in use.
        0x0200 => {
            let (top, bottom, left, right) = if record.len() == 10 {
                (short(0), short(2), short(4), short(6))
            } else {
                (long(0), long(4), short(8), short(10))
            };
            let left = if left > 0xFF || right < left { 0 } else { left };
            // An area that ends above its start is a negative number of rows, and so a very large one.
            if bottom > 0 && right > 0 && top >= bottom {
                return u64::MAX;
            }
            (bottom - top.min(bottom)) * (right - left.min(right))
        }
        // The kinds of cells, which begin with row and column.
        0x0006 | 0x00BD | 0x00D6 | 0x00FD | 0x0203..=0x0205 | 0x027E if short(2) > 0xFF => u64::MAX,
        _ => 0,
    }
}
