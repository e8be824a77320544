//! What is inside of a file: of gzip the file, of an archive its members, of a workbook its sheets, of a table its text.

use std::io::{Cursor, Read as _};

use super::{decode, dialect, workbook};
use crate::core::{
    input_file::{Addressing, InputFile, NamedText},
    json::Fault,
};
use crate::text::{Raw, excerpt};

/// What bytes turned out to be.
#[derive(Debug)]
pub(in crate::core::read) enum Unpacked {
    /// Nothing of a table: they are read as they are.
    Plain(Vec<u8>),
    Tables(InputFile, Vec<Fault>),
    /// Files that an archive has, each on its own, and what is said of the others.
    Files(Vec<(String, Vec<u8>)>, Vec<Fault>),
    /// Nothing can be read.
    Failed(Fault),
}

/// Limits and what the user says of the bytes.
#[derive(Clone, Copy, Debug)]
pub(in crate::core::read) struct UnpackOptions<'o> {
    pub encoding: Option<&'o str>,
    /// Of all that is unpacked together.
    pub most_bytes: u64,
}

const UNPACK_HINT: &str = "raise the limit with --max-size if it is meant to be so large";

/// Unpacks the bytes of a file.
pub(in crate::core::read) fn unpack(
    name: &Raw<'static>,
    bytes: Vec<u8>,
    options: UnpackOptions<'_>,
) -> Unpacked {
    if bytes.starts_with(b"\x1f\x8b") {
        return match inflated(&bytes, options.most_bytes) {
            Ok(inner) if inner.starts_with(b"\x1f\x8b") => Unpacked::Failed(
                Fault::error("packed-twice", 0, "a gzip file is in this gzip file")
                    .hint("unpack it first: gunzip"),
            ),
            Ok(inner) => unpack(name, inner, options),
            Err(fault) => Unpacked::Failed(fault),
        };
    }
    if workbook::is_workbook(&bytes) {
        return match workbook::sheets(bytes, options.most_bytes) {
            Ok(sheets) => of_sheets(name, sheets),
            Err(fault) => {
                let told = Fault::error("bad-workbook", 0, fault.message);
                Unpacked::Failed(match fault.hint {
                    Some(hint) => told.hint(hint),
                    None => told,
                })
            }
        };
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return archive(name, bytes, options);
    }
    text(name, bytes, options.encoding)
}

/// Text that is no JSON and has columns.
fn text(name: &Raw<'static>, bytes: Vec<u8>, encoding: Option<&str>) -> Unpacked {
    // Whatever stands around JSON is told where JSON is read.
    if is_named_json(name) {
        return Unpacked::Plain(bytes);
    }
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let first = bytes[start..].iter().find(|byte| !byte.is_ascii_whitespace());
    if encoding.is_none() && matches!(first, None | Some(b'{' | b'[' | b'<'))
        || starts_with_zeros_of_json(&bytes)
    {
        return Unpacked::Plain(bytes);
    }
    // Only what looks like a table is decoded as one: the rest is told for what it is.
    let is_text = bytes
        .iter()
        .take(4096)
        .filter(|byte| **byte < 0x20 && !byte.is_ascii_whitespace() && **byte != 0)
        .count()
        < 8;
    if !is_text {
        return Unpacked::Plain(bytes);
    }
    let decoded = match String::from_utf8(bytes) {
        Ok(text) if dialect::dialect(&text).is_none() => return Unpacked::Plain(text.into_bytes()),
        Ok(text) => decode::known(text, encoding),
        Err(error) => decode::text(error.into_bytes(), encoding),
    };
    match decoded {
        Ok((text, fault)) => {
            let named = NamedText::new(name.clone(), text);
            Unpacked::Tables(InputFile::alone(named), fault.into_iter().collect())
        }
        Err(fault) => Unpacked::Failed(fault),
    }
}

/// Whether the name of a file promises JSON.
pub(super) fn is_named_json(name: &Raw<'_>) -> bool {
    let lower = name.raw().to_lowercase();
    [".json", ".jsonl", ".ndjson", ".geojson"].iter().any(|ending| lower.ends_with(ending))
}

/// JSON in UTF-16, which is told as such.
fn starts_with_zeros_of_json(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [b'{' | b'[', 0, ..]
            | [0, b'{' | b'[', ..]
            | [0xff, 0xfe, b'{' | b'[', 0, ..]
            | [0xfe, 0xff, 0, b'{' | b'[', ..]
    )
}

fn inflated(bytes: &[u8], most: u64) -> Result<Vec<u8>, Fault> {
    let mut inner = vec![];
    let read = flate2::read::MultiGzDecoder::new(bytes).take(most + 1).read_to_end(&mut inner);
    if inner.len() as u64 > most {
        let message = format!("what is in this gzip file is larger than {} MiB", most >> 20);
        return Err(Fault::error("too-large", 0, message).hint(UNPACK_HINT));
    }
    match read {
        Ok(_) => Ok(inner),
        Err(error) => Err(Fault::error("bad-gzip", 0, format!("this gzip file is damaged: {error}"))
            .hint("fetch it again, or unpack it first to see how much can be saved: gunzip")),
    }
}

fn of_sheets(name: &Raw<'static>, sheets: Vec<workbook::Sheet>) -> Unpacked {
    let mut faults = vec![];
    let mut file = InputFile::alone(NamedText::new(name.clone(), String::new()));
    for sheet in sheets {
        if sheet.uncomputed > 0 {
            let message = format!(
                "{} formulas of sheet \"{}\" have no value in this workbook; their cells are empty",
                sheet.uncomputed,
                excerpt(&sheet.name, 40)
            );
            let hint = "open it in a spreadsheet program and save it: that works them out";
            faults.push(Fault::warning("no-values", 0, message).hint(hint));
        }
        let hidden = if sheet.is_hidden { " (hidden)" } else { "" };
        let named = NamedText {
            name: Raw::new(format!("{}:{}", name.raw(), sheet.name)),
            text: sheet.text,
            addressing: Addressing::Sheet,
        };
        file.parts.push((format!("{}{hidden}", sheet.name), named));
    }
    if file.parts.is_empty() {
        return Unpacked::Failed(Fault::error("no-table", 0, "no sheet of this workbook has anything in it"));
    }
    Unpacked::Tables(file, faults)
}

/// The members of an archive: a data package, cards, or tables with what belongs to them.
fn archive(name: &Raw<'static>, bytes: Vec<u8>, options: UnpackOptions<'_>) -> Unpacked {
    let (members, mut faults) = match members(bytes, options.most_bytes) {
        Ok(found) => found,
        Err(fault) => return Unpacked::Failed(fault),
    };
    let is_own = |path: &str, bytes: &[u8]| {
        let is_json = path.to_lowercase().ends_with(".json") || path.to_lowercase().ends_with(".jsonl");
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1 << 16)]);
        is_json && super::OWN_KEYS.iter().any(|key| head.contains(key))
    };
    if members.iter().any(|(path, bytes)| is_own(path, bytes)) {
        return Unpacked::Files(members, faults);
    }
    let mut file = InputFile::alone(NamedText::new(name.clone(), String::new()));
    for (path, bytes) in members {
        let named = Raw::new(format!("{}:{path}", name.raw()));
        if bytes.starts_with(b"PK") && !workbook::is_workbook(&bytes) || bytes.starts_with(b"\x1f\x8b") {
            faults.push(
                Fault::warning(
                    "packed-twice",
                    0,
                    format!("{} is an archive in an archive; it is not read", excerpt(&path, 60)),
                )
                .hint("unpack it first"),
            );
            continue;
        }
        match unpack(&named, bytes, options) {
            Unpacked::Tables(inner, more) => {
                faults.extend(more.into_iter().map(|fault| Fault {
                    message: format!("{}: {}", excerpt(&path, 60), fault.message),
                    at: 0,
                    ..fault
                }));
                if inner.parts.is_empty() {
                    file.parts.push((path, inner.own));
                } else {
                    file.parts.extend(
                        inner.parts.into_iter().map(|(sheet, named)| (format!("{path}:{sheet}"), named)),
                    );
                }
            }
            Unpacked::Plain(bytes) => {
                // Metadata in JSON; pictures and the like are nothing to read.
                if let Ok(text) = String::from_utf8(bytes) {
                    file.parts.push((path, NamedText::new(named, text)));
                }
            }
            Unpacked::Files(..) => {}
            Unpacked::Failed(fault) => {
                faults.push(Fault {
                    message: format!("{}: {}", excerpt(&path, 60), fault.message),
                    at: 0,
                    ..fault
                });
            }
        }
    }
    if file.parts.is_empty() {
        return Unpacked::Failed(
            Fault::error("no-table", 0, "nothing in this archive can be read")
                .hint("unpack it to see what is in it"),
        );
    }
    Unpacked::Tables(file, faults)
}

type Members = Vec<(String, Vec<u8>)>;

fn members(bytes: Vec<u8>, most: u64) -> Result<(Members, Vec<Fault>), Fault> {
    const MOST_MEMBERS: usize = 10_000;
    let damaged = |error: &dyn std::fmt::Display| {
        Fault::error("bad-archive", 0, format!("this archive is damaged: {error}")).hint("fetch it again")
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let (mut found, mut faults, mut left) = (vec![], vec![], most);
    if archive.len() > MOST_MEMBERS {
        let message = format!("this archive has {} members; {MOST_MEMBERS} are read at most", archive.len());
        return Err(Fault::error("too-large", 0, message).hint("unpack it, and name the files"));
    }
    for at in 0..archive.len() {
        let mut member = match archive.by_index(at) {
            Ok(member) => member,
            Err(error) => {
                faults.push(
                    Fault::error(
                        "bad-archive",
                        0,
                        format!("member {} of this archive cannot be read: {error}", at + 1),
                    )
                    .hint("fetch it again, or unpack it first"),
                );
                continue;
            }
        };
        let path = member.name().map_or_else(
            |_| String::from_utf8_lossy(member.name_raw()).into_owned(),
            std::borrow::Cow::into_owned,
        );
        let last = path.rsplit('/').next().unwrap_or_default();
        if member.is_dir()
            || last.starts_with('.')
            || path.starts_with("__MACOSX")
            || member.enclosed_name().is_none()
        {
            continue;
        }
        let mut inner = vec![];
        let read = (&mut member).take(left + 1).read_to_end(&mut inner);
        if inner.len() as u64 > left {
            let message = format!("what is in this archive is larger than {} MiB", most >> 20);
            return Err(Fault::error("too-large", 0, message).hint(UNPACK_HINT));
        }
        left -= inner.len() as u64;
        match read {
            Ok(_) => found.push((path, inner)),
            Err(error) => {
                faults.push(
                    Fault::error(
                        "bad-archive",
                        0,
                        format!("{} cannot be unpacked: {error}", excerpt(&path, 60)),
                    )
                    .hint("fetch it again"),
                );
            }
        }
    }
    Ok((found, faults))
}
