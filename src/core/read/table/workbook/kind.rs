//! Tells by content whether bytes are a workbook, and of which kind.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::ole::{ENTRY, is_stream};

pub(super) const OLE_MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const ZIP_MAGIC: &[u8] = b"PK\x03\x04";
pub(super) const ODS_MIMETYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WorkbookKind {
    Xlsx,
    Xlsb,
    Ods,
    Xls,
    /// An XLSX, XLSM or XLSB workbook in an encrypted envelope.
    Locked,
    /// A zip without its directory, which stands at its end.
    Cut,
}

/// Whether the bytes are a workbook, whole or cut off: a zip with CSV files in it is none.
pub(in super::super) fn is_workbook(bytes: &[u8]) -> bool {
    kind(bytes).is_some()
}

pub(super) fn kind(bytes: &[u8]) -> Option<WorkbookKind> {
    if bytes.starts_with(OLE_MAGIC) {
        let has = |name: &str| bytes.chunks_exact(ENTRY).any(|entry| is_stream(entry, name));
        return if has("EncryptedPackage") {
            Some(WorkbookKind::Locked)
        } else {
            (has("Workbook") || has("Book")).then_some(WorkbookKind::Xls)
        };
    }
    if !bytes.starts_with(ZIP_MAGIC) {
        return None;
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return names_cut_workbook(bytes).then_some(WorkbookKind::Cut);
    };
    let has = |start: &[u8]| {
        let mut names = archive.file_names_raw();
        names.any(|name| name.get(..start.len()).is_some_and(|name| name.eq_ignore_ascii_case(start)))
    };
    if has(b"xl/workbook.bin") {
        Some(WorkbookKind::Xlsb)
    } else if has(b"xl/workbook.") {
        Some(WorkbookKind::Xlsx)
    } else {
        let mut mimetype = Vec::new();
        let file = archive.by_name("mimetype").ok()?;
        file.take(ODS_MIMETYPE.len() as u64).read_to_end(&mut mimetype).ok()?;
        (mimetype == ODS_MIMETYPE).then_some(WorkbookKind::Ods)
    }
}

/// Looks at the headers before the files of a zip, as its directory is gone.
fn names_cut_workbook(bytes: &[u8]) -> bool {
    bytes.windows(ZIP_MAGIC.len()).enumerate().filter(|(_, window)| *window == ZIP_MAGIC).any(|(start, _)| {
        let name = bytes.get(start + 30..).unwrap_or_default();
        let is_ods = name.strip_prefix(b"mimetype").is_some_and(|rest| rest.starts_with(ODS_MIMETYPE));
        is_ods || name.starts_with(b"xl/")
    })
}
