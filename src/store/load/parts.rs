//! Reads the files that belong to another one, such as the tables of a data package.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::file;
use crate::core::{
    package::{DESCRIPTOR, tables_of_others},
    problem::Problem,
    read::Text,
    severity::Severity,
};
use crate::text::{Raw, Safe};

/// Reads what belongs to the file at `path`: regular files inside its folder. Returns their real paths. What cannot be
/// had is told.
pub(super) fn read(text: &mut Text, path: &Path, max_bytes: u64) -> Vec<PathBuf> {
    let mut found = vec![];
    for beside in text.beside() {
        let place = path.parent().unwrap_or_else(|| Path::new("")).join(&beside);
        if path != Path::new("-") && fs::symlink_metadata(&place).is_ok_and(|meta| meta.is_file()) {
            let name = Raw::new(place.to_string_lossy().into_owned());
            match file::read(&place, &name, max_bytes) {
                // A descriptor is read with the tables that it lists, and else for what it is itself.
                Ok((bytes, _)) if beside.ends_with(DESCRIPTOR) && !lists(&bytes, &beside, path) => {
                    if serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).is_err() {
                        text.tell(broken_descriptor(&name));
                    }
                }
                Ok((bytes, odd)) => {
                    text.add_part(beside, name, bytes);
                    for problem in odd {
                        text.tell(problem);
                    }
                    found.extend(fs::canonicalize(&place));
                }
                Err(problem) => text.tell(problem),
            }
        }
    }
    for part in text.parts() {
        let place = path.parent().unwrap_or_else(|| Path::new("")).join(&part);
        let name = Raw::new(place.to_string_lossy().into_owned());
        match read_part(path, &place, &name, max_bytes) {
            Ok((bytes, odd)) => {
                text.add_part(part, name, bytes);
                for problem in odd {
                    text.tell(problem);
                }
                found.extend(fs::canonicalize(&place));
            }
            Err(problem) => {
                // The package is what lost its cards.
                let own = Raw::new(path.to_string_lossy().into_owned());
                let message = crate::text::safe_line(&format!("{}: {}", name.line(), problem.message));
                let problem = Problem { message, severity: Severity::Error, ..problem }.in_file(&own);
                let is_gone = !place.exists();
                text.tell(if is_gone {
                    problem.with_hint(Safe::fixed("put the file back, or export the data set again"))
                } else {
                    problem
                });
            }
        }
    }
    found
}

/// Whether a descriptor beside a table, or in the folder above, lists it.
fn lists(descriptor: &[u8], beside: &str, table: &Path) -> bool {
    let folders = 1 + beside.matches("../").count();
    let Ok(whole) = fs::canonicalize(table) else { return false };
    let mut own: Vec<String> =
        whole.iter().rev().take(folders).map(|part| part.to_string_lossy().into_owned()).collect();
    own.reverse();
    let own = own.join("/");
    tables_of_others(&String::from_utf8_lossy(descriptor)).unwrap_or_default().contains(&own)
}

fn broken_descriptor(name: &Raw<'static>) -> Problem {
    let message =
        Safe::fixed("this descriptor of a data package is no JSON: what it says of its tables is not known");
    Problem::new("bad-descriptor", Severity::Warning, message)
        .in_file(name)
        .with_hint(Safe::fixed("fetch it again, or mend it: `visavis check` tells the place"))
}

fn read_part(
    path: &Path,
    place: &Path,
    name: &Raw<'static>,
    max_bytes: u64,
) -> Result<(Vec<u8>, Vec<Problem>), Problem> {
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    if let (Ok(folder), Ok(real)) = (fs::canonicalize(folder), fs::canonicalize(place))
        && !real.starts_with(folder)
    {
        let message = Safe::fixed("this link leaves the folder of its package; it is not followed");
        return Err(Problem::new("link-outside", Severity::Error, message)
            .with_hint(Safe::fixed("put the file itself there")));
    }
    file::read(place, name, max_bytes)
}
