//! Unpacks the zip that most workbooks are, and packs it again without compression.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::fault::{WorkbookFault, damaged};

/// A file in the zip that a workbook is.
pub(super) struct WorkbookPart {
    pub name: String,
    pub content: Vec<u8>,
}

/// Unpacks what calamine may read. It is unpacked here, and once, because calamine itself does not mind how
/// long a part is, and because a look at the parts spares calamine from reading each sheet a second time.
pub(super) fn unpack(bytes: &[u8], most_bytes: u64) -> Result<Vec<WorkbookPart>, WorkbookFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut size = 0_u64;
    for index in 0..archive.len() {
        size = size.saturating_add(archive.by_index_raw(index).map_err(damaged)?.size());
    }
    let too_large = |size: u64| {
        WorkbookFault::new(
            format!("this workbook is too large: it unpacks to {size} bytes, and {most_bytes} are allowed"),
            "save the sheets that are needed as a workbook of their own or as CSV files",
        )
    };
    if size > most_bytes {
        return Err(too_large(size));
    }
    let mut parts = Vec::new();
    let mut left = most_bytes;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(damaged)?;
        let name = file.name().map_err(damaged)?.into_owned();
        let lower = name.to_ascii_lowercase();
        if name != "mimetype" && ![".xml", ".rels", ".bin"].iter().any(|end| lower.ends_with(end)) {
            continue;
        }
        let mut content = Vec::with_capacity(usize::try_from(file.size()).unwrap_or(0));
        file.take(left.saturating_add(1)).read_to_end(&mut content).map_err(damaged)?;
        // A part can be longer than the directory says.
        left =
            left.checked_sub(content.len() as u64).ok_or_else(|| too_large(most_bytes.saturating_add(1)))?;
        parts.push(WorkbookPart { name, content });
    }
    Ok(parts)
}

/// A zip of parts that are stored as they are, so that calamine need not unpack them.
pub(super) fn pack(parts: Vec<WorkbookPart>) -> Result<Vec<u8>, WorkbookFault> {
    let length: usize = parts.iter().map(|part| part.content.len() + 2 * part.name.len() + 256).sum();
    let mut archive = ZipWriter::new(Cursor::new(Vec::with_capacity(length)));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for part in parts {
        archive.start_file(part.name, options).map_err(damaged)?;
        archive.write_all(&part.content).map_err(damaged)?;
    }
    Ok(archive.finish().map_err(damaged)?.into_inner())
}
