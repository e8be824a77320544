//! Reads the outline of a compound file (OLE2), which an XLS or an encrypted workbook is.

use super::bytes::{u16_at, u32_at};

/// Length of an entry of the directory.
pub(super) const ENTRY: usize = 128;

/// A compound file: sectors, and a table that tells the next sector of each.
pub(super) struct Ole<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    next: Vec<u32>,
    directory: Vec<u8>,
    /// Length of the table of the short streams.
    pub short_table: usize,
}

/// Where a stream starts, and how long it is.
pub(super) struct Stream {
    pub first: u32,
    pub length: usize,
}

impl<'a> Ole<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector_size = 1 << u16_at(bytes, 30).filter(|shift| matches!(shift, 9 | 12))?;
        let mut ole = Self {
            bytes,
            sector_size,
            next: Vec::new(),
            directory: Vec::new(),
            short_table: (u32_at(bytes, 64)? as usize).checked_mul(sector_size)?,
        };
        // The first sectors of the table are told in the header, further ones in a chain of lists.
        let mut tables: Vec<u32> = numbers(bytes.get(76..512)?).collect();
        let most = bytes.len() / sector_size + 1;
        let mut list = u32_at(bytes, 68)?;
        for _ in 0..most {
            if list >= 0xFFFF_FFFA {
                break;
            }
            tables.extend(numbers(ole.sector(list)?));
            list = tables.pop()?;
        }
        tables.retain(|&table| table < 0xFFFF_FFFC);
        if tables.len() > most {
            return None;
        }
        for table in tables {
            ole.next.extend(numbers(ole.sector(table)?));
        }
        ole.directory = ole.chain(u32_at(bytes, 48)?)?;
        Some(ole)
    }

    /// The stream with all short streams in it.
    pub(super) fn root(&self) -> Option<Stream> {
        self.stream(self.directory.get(..ENTRY)?)
    }

    pub(super) fn named(&self, name: &str) -> Option<Stream> {
        let mut entries = self.directory.chunks_exact(ENTRY);
        self.stream(entries.find(|entry| is_stream(entry, name))?)
    }

    fn stream(&self, entry: &[u8]) -> Option<Stream> {
        // Small sectors come with lengths of 32 bits, and anything in the other half of the field.
        let high = if self.sector_size == 512 { 0 } else { u32_at(entry, 124)? as usize };
        Some(Stream {
            first: u32_at(entry, 116)?,
            length: (u32_at(entry, 120)? as usize).saturating_add(high.saturating_mul(1 << 32)),
        })
    }

    fn sector(&self, index: u32) -> Option<&'a [u8]> {
        let start = (index as usize + 1).checked_mul(self.sector_size)?;
        self.bytes.get(start..(start + self.sector_size).min(self.bytes.len()))
    }

    /// All sectors from this one on; nothing if they run in a circle.
    pub(super) fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let mut all = Vec::new();
        let mut index = first;
        while index != 0xFFFF_FFFE {
            all.extend_from_slice(self.sector(index)?);
            if all.len() > self.bytes.len() {
                return None;
            }
            index = *self.next.get(index as usize)?;
        }
        Some(all)
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|number| u32_at(number, 0))
}

/// Whether 128 bytes are the entry of this stream in the directory. Entries are aligned to their length, so
/// that all can be looked at without following the chain of the directory.
pub(super) fn is_stream(entry: &[u8], name: &str) -> bool {
    let length = 2 * (name.len() + 1);
    usize::from(entry[64]) == length
        && entry[65] == 0
        && entry[66] == 2
        && name.bytes().chain([0]).zip(entry.chunks(2)).all(|(letter, unit)| unit == [letter, 0])
}
