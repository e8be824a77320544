//! What is opened if no path is named: the current folder, if it holds cards or a country table.

use std::{
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
};

use super::{DefaultSource, is_data_name};
use crate::{
    core::read::{Loader, Options},
    text::Raw,
};

/// Entries of the folder that are looked at.
const ENTRIES: usize = 2000;
/// Bytes of a file that are searched for the members of cards.
const HEAD: u64 = 64 << 10;
/// Files that are tried as tables.
const TRIED: usize = 50;
/// Bytes up to which a file is tried whole. Of a larger text its head is tried, any larger file else is not.
const WHOLE: u64 = 4 << 20;

/// What to open if no path is named: the current folder if one of its first 2,000 entries is a data file that holds
/// cards or a framework in its first 64 KiB, or if one of the first 50 is a table of countries, else the embedded
/// sample.
pub fn default_source() -> DefaultSource {
    let Ok(entries) = fs::read_dir(".") else { return DefaultSource::EmbeddedSample };
    let files: Vec<PathBuf> = entries
        .flatten()
        .take(ENTRIES)
        .map(|entry| entry.path())
        .filter(|path| is_data_name(path) && fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file()))
        .collect();
    let any = files.iter().any(|path| holds_cards(path))
        || files.iter().take(TRIED).any(|path| holds_table(path).unwrap_or_default());
    if any { DefaultSource::CurrentFolder } else { DefaultSource::EmbeddedSample }
}

fn head(path: &Path, bytes: u64) -> std::io::Result<Vec<u8>> {
    let mut head = vec![];
    File::open(path)?.take(bytes).read_to_end(&mut head)?;
    Ok(head)
}

fn holds_cards(path: &Path) -> bool {
    head(path, HEAD).is_ok_and(|head| {
        let text = String::from_utf8_lossy(&head);
        ["\"assessments\"", "\"goals\"", "\"cards\"", "\"visavis.package/"]
            .iter()
            .any(|key| text.contains(key))
    })
}

/// Whether countries are found in it as in any table that is opened; `None` if it cannot be read, or is too large.
fn holds_table(path: &Path) -> Option<bool> {
    let is_large = fs::metadata(path).ok()?.len() > WHOLE;
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    if is_large && !matches!(&*ending, "csv" | "tsv" | "tab" | "psv") {
        return None;
    }
    let mut bytes = head(path, if is_large { HEAD } else { WHOLE }).ok()?;
    if is_large {
        bytes.truncate(bytes.iter().rposition(|byte| *byte == b'\n')?);
    }
    let mut loader = Loader::new(Options::default());
    loader.add(Raw::new(path.to_string_lossy().into_owned()), bytes);
    Some(loader.finish(Raw::default(), &|_| ()).card_count() > 0)
}
