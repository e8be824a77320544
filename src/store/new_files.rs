//! Writes briefings and data packages, from the screen as new files in the current folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::output::{OutputError, OutputTarget};
use crate::{
    core::{
        dataset::{Dataset, EditionId},
        date::Date,
        framework::Group,
        groups, package,
        report::{Briefing, CardReport, Tidy},
    },
    export::{
        self,
        tidy::{self, PackageFile, WrittenPackage},
    },
    text::{Safe, safe_line},
    tui::command::NewFile,
};

/// Most files of one name (`name`, `name-2`, …); after that nothing is written.
const MOST: usize = 99;

/// Writes a new file or folder under a name that is free, and returns the message for the user.
pub(crate) fn write(
    folder: &Path,
    new_file: NewFile,
    data: &Dataset,
    group: Group,
    edition: EditionId,
) -> Safe {
    let about = format!("{}-{}", group.id, data.edition(edition).label);
    let done = match new_file {
        NewFile::BriefingInMarkdown => briefing(folder, &about, "md", data, group, edition),
        NewFile::BriefingInHtml => briefing(folder, &about, "html", data, group, edition),
        NewFile::Workbook => workbook(folder, &about, data, group, edition),
        NewFile::DataPackage => {
            let package = Tidy::new(data, group, data.edition_ids().collect());
            let name = |at: usize| folder.join(numbered("visavis-export", at, ""));
            let free = (1..=MOST).map(name).find(|path| fs::symlink_metadata(path).is_err());
            match free {
                Some(path) => {
                    write_package(&path, package, false, false).map(|_| path).map_err(|why| why.to_string())
                }
                None => Err(format!("there are {MOST} of that name already")),
            }
        }
    };
    match done {
        Ok(path) => {
            let whole = std::path::absolute(&path).unwrap_or(path);
            safe_line(&format!("written: {}", whole.display()))
        }
        Err(why) => safe_line(&format!("NOT written: {why}")),
    }
}

fn briefing(
    folder: &Path,
    about: &str,
    ending: &str,
    data: &Dataset,
    group: Group,
    edition: EditionId,
) -> Result<PathBuf, String> {
    let briefing = Briefing::new(data, group, edition).written(today());
    let write = export::find(ending).and_then(|format| format.briefing);
    let bytes = write.map(|write| write(&briefing)).ok_or("no such format")?;
    write_new(folder, &format!("visavis-report-{}", slug(about)), ending, &bytes)
}

/// The cards of a group in an edition, as `visavis show -o NAME.xlsx` writes them.
fn workbook(
    folder: &Path,
    about: &str,
    data: &Dataset,
    group: Group,
    edition: EditionId,
) -> Result<PathBuf, String> {
    let cards = groups::members(data, &group, edition).into_iter().map(|country| (country, edition));
    let report = CardReport::new(data, cards.collect(), group);
    let format = export::find("xlsx").ok_or("no such format")?;
    let bytes = (format.write)(&report, &export::Style::default());
    write_new(folder, &format!("visavis-cards-{}", slug(about)), format.extension, &bytes)
}

/// Writes a file under the first name that is free.
fn write_new(folder: &Path, name: &str, ending: &str, bytes: &[u8]) -> Result<PathBuf, String> {
    for at in 1..=MOST {
        let path = folder.join(numbered(name, at, &format!(".{ending}")));
        match OutputTarget::new(Some(path.clone()), false).write(bytes) {
            Ok(()) => return Ok(path),
            Err(OutputError::Exists(_) | OutputError::Folder(_) | OutputError::BrokenLink(_)) => {}
            Err(error) => return Err(error.to_string()),
        }
    }
    Err(format!("there are {MOST} of that name already"))
}

/// Writes every table of the package and, last, its descriptor, so that a folder with a descriptor is complete.
/// `has_mark` adds a byte order mark for spreadsheets; other readers would take it for part of the first heading.
///
/// # Errors
/// A folder or a file cannot be written, or exists and `force` is not set.
pub(crate) fn write_package(
    folder: &Path,
    package: Tidy<'_>,
    has_mark: bool,
    force: bool,
) -> Result<WrittenPackage, OutputError> {
    let failed = |error: &io::Error| {
        OutputError::File(safe_line(&folder.display().to_string()), safe_line(&error.to_string()))
    };
    fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let descriptor = folder.join(package::DESCRIPTOR);
    if force
        && let Err(error) = fs::remove_file(&descriptor)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(failed(&error));
    }
    tidy::package(package, &mut |PackageFile { name, is_table, mut bytes }| {
        if has_mark && is_table {
            bytes.splice(..0, "\u{feff}".bytes());
        }
        OutputTarget::new(Some(folder.join(name)), force).write(&bytes)
    })
}

/// The day (UTC) of `SOURCE_DATE_EPOCH`, for reproducible documents, else today in local time.
pub(crate) fn today() -> Option<Date> {
    let asked = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok());
    let asked = asked.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let day = match asked {
        Some(moment) =>
        // A timestamp prints in UTC and begins with the day.
        {
            moment.to_string().chars().take(10).collect()
        }
        None => jiff::ZonedDateTime::now().strftime("%Y-%m-%d").to_string(),
    };
    Date::parse(&day)
}

/// `name.md`, then `name-2.md`.
fn numbered(name: &str, at: usize, ending: &str) -> String {
    if at == 1 { format!("{name}{ending}") } else { format!("{name}-{at}{ending}") }
}

/// `text` as at most 80 characters that every file system accepts.
fn slug(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text.chars().map(|c| if is_plain(c) { c.to_ascii_lowercase() } else { '-' }).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{groups, read};

    const CARDS: &str = r#"{"framework":{"id":"f","scales":{"y":{"kind":"yes_no"}},"goals":[{"id":"g","indicators":[{"id":"a","scale":"y"}]}]},
      "cards":[{"country":"IRL","edition":"2010","assessments":{"a":"yes"}},{"country":"SWE","edition":"2010","assessments":{"a":"no"}}]}"#;

    #[test]
    fn what_is_written_never_takes_the_place_of_what_is_there_and_stays_in_the_folder() {
        let data = read::from_texts("d", &[("x.json", CARDS)]);
        let edition = data.newest_edition().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let write =
            |new_file| write(folder.path(), new_file, &data, groups::everyone(&data), edition).into_string();
        for new_file in
            [NewFile::BriefingInMarkdown, NewFile::BriefingInHtml, NewFile::Workbook, NewFile::DataPackage]
        {
            let (first, second) = (write(new_file), write(new_file));
            assert!(first.starts_with("written: ") && second.starts_with("written: "), "{first} {second}");
            assert_ne!(first, second);
            assert!(second.contains("-2"), "{second}");
        }
        let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names.len(), 8, "{names:?}");
        assert!(folder.path().join("visavis-export-2/datapackage.json").exists());
        let text = fs::read_to_string(folder.path().join("visavis-report-all-2010.md")).unwrap();
        let printed = export::find("md").unwrap().briefing.unwrap();
        assert_eq!(
            text.as_bytes(),
            printed(&Briefing::new(&data, groups::everyone(&data), edition).written(today()))
        );
    }

    #[test]
    fn a_folder_that_cannot_be_written_says_so() {
        let data = read::from_texts("d", &[("x.json", CARDS)]);
        let edition = data.newest_edition().unwrap();
        let gone = Path::new("/nowhere/at/all");
        let told = write(gone, NewFile::BriefingInMarkdown, &data, groups::everyone(&data), edition);
        assert!(told.starts_with("NOT written"), "{told}");
    }

    #[test]
    fn a_package_that_could_not_be_replaced_whole_has_no_descriptor() {
        let data = read::from_texts("d", &[("x.json", CARDS)]);
        let folder = tempfile::tempdir().unwrap();
        let package = || Tidy::new(&data, groups::everyone(&data), data.edition_ids().collect());
        write_package(folder.path(), package(), false, false).unwrap();
        // A folder is in the place of the last table.
        let last = folder.path().join("sources.csv");
        fs::remove_file(&last).unwrap();
        fs::create_dir(&last).unwrap();
        assert!(write_package(folder.path(), package(), false, true).is_err());
        assert!(!folder.path().join("datapackage.json").exists(), "half of it is new");
    }
}
