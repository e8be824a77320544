//! Opens what the user named: files, folders, globs or standard input. One bad file never hides another.

mod file;
mod parts;
mod walk;
mod here;

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    io::{self, Read as _},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
    time::SystemTime,
};

pub use self::here::default_source;
use self::walk::{FoundFile, Walk};
pub(crate) use self::walk::{is_data_name, is_leftover};
use crate::core::{
    dataset::Dataset,
    json::Limits,
    package::DESCRIPTOR,
    parallel,
    problem::Problem,
    read::{Loader, Options, Text},
    severity::Severity,
    table_mapping::Mapping,
};
use crate::text::{Raw, Safe, no_such, safe_line};

/// What to open, and the limits.
#[derive(Clone, Debug)]
pub struct LoadOptions {
    /// Files, folders, globs, or `-` for standard input.
    pub paths: Vec<PathBuf>,
    /// The id of the framework to show, if there are several.
    pub framework: Option<String>,
    /// Bytes of the largest file that is read; a larger one is refused.
    pub max_bytes: u64,
    /// Most levels of nested arrays and objects.
    pub depth: usize,
    /// The folder of the user's own findings, one file per framework. It may not exist.
    pub findings: Option<PathBuf>,
    /// What the user says of tables.
    pub mapping: Mapping,
    /// All that was said of the tables of some files while the program ran, in the place of that.
    pub instead: BTreeMap<String, Mapping>,
}

/// Two gibibytes: about nine million cells.
pub const MAX_BYTES: u64 = 2 << 30;

impl Default for LoadOptions {
    fn default() -> Self {
        Self {
            paths: vec![],
            framework: None,
            max_bytes: MAX_BYTES,
            depth: Limits::default().depth,
            findings: None,
            mapping: Mapping::default(),
            instead: BTreeMap::new(),
        }
    }
}

/// How far loading has come; `of_` is the total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoadProgress {
    pub files: usize,
    pub of_files: usize,
    pub bytes: u64,
    pub of_bytes: u64,
    pub cards: usize,
}

/// What is told how far loading has come.
pub type Progress<'a> = &'a (dyn Fn(LoadProgress) + Sync);

/// Nothing that was named could be opened, or there is no such set.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("{0}")]
    Nothing(Safe),
}

/// What a bare `visavis` opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DefaultSource {
    /// The current folder holds cards, or a country table.
    CurrentFolder,
    EmbeddedSample,
}

/// Opens and reads every path. Problems are in the data set. Errors: no file could be opened, or there
/// is no set of that name.
pub fn open(options: &LoadOptions, progress: Progress<'_>) -> Result<Dataset, LoadError> {
    open_again(options, None, progress)
}

/// As [`open`], for paths that were read before: a file that became broken keeps the cards it had in `before`.
pub fn open_again(
    options: &LoadOptions,
    before: Option<&Dataset>,
    progress: Progress<'_>,
) -> Result<Dataset, LoadError> {
    let (loader, state) = gather(options, progress)?;
    let (name, tell) = (name_of(&options.paths), |cards| progress(LoadProgress { cards, ..state }));
    match before {
        None => known_set(loader.finish(name, &tell), options),
        Some(before) => Ok(loader.finish_again(name, &tell, before)),
    }
}

/// As [`open_again`], of several sets the one that was shown `last`, if it is still there and none is asked for.
pub fn open_at(
    options: &LoadOptions,
    last: Option<Box<str>>,
    before: Option<&Dataset>,
    progress: Progress<'_>,
) -> Result<Dataset, LoadError> {
    if let (Some(last), None) = (last, &options.framework) {
        let options = LoadOptions { framework: Some(last.into()), ..options.clone() };
        if let Ok(data) = open_again(&options, before, progress) {
            return Ok(data);
        }
    }
    open_again(options, before, progress)
}

/// As [`open`], every set of the files, those with the most cards first; one at least.
pub fn open_sets(options: &LoadOptions, progress: Progress<'_>) -> Result<Vec<Dataset>, LoadError> {
    let (loader, state) = gather(options, progress)?;
    let tell = |cards| progress(LoadProgress { cards, ..state });
    Ok(loader.finish_sets(&name_of(&options.paths), &tell))
}

/// Reads every path.
fn gather(options: &LoadOptions, progress: Progress<'_>) -> Result<(Loader, LoadProgress), LoadError> {
    let mut walk = Walk::default();
    for path in &options.paths {
        walk.add(path);
    }
    let workers = workers(&walk.found);
    let reading = reading_options(options, workers);
    let mut loader = Loader::new(reading.clone());
    let Walk { found, problems, skipped, .. } = walk;
    let mut failed = problems.clone();
    for problem in problems {
        loader.tell(problem);
    }
    if skipped > 0 {
        let message = format!("{skipped} editor leftovers and hidden files were left out");
        loader.tell(Problem::new("skipped-files", Severity::Hint, safe_line(&message)));
    }
    let told = Mutex::new(LoadProgress {
        of_files: found.len(),
        of_bytes: found.iter().map(|file| file.bytes).sum(),
        ..LoadProgress::default()
    });
    let texts = parallel::map(found, workers, |file| {
        let read = read(&file, options.max_bytes);
        let bytes = read.as_ref().map_or(0, |(bytes, _)| bytes.len() as u64);
        let text = read.map(|(bytes, odd)| {
            let mut text = Text::new(file.name, bytes, &reading);
            if !file.is_named {
                text.happens_to_be_there();
            }
            let parts = parts::read(&mut text, &file.path, options.max_bytes);
            (text, odd, parts)
        });
        let mut state = told.lock().unwrap_or_else(PoisonError::into_inner);
        state.bytes += bytes;
        state.files += 1;
        progress(*state);
        (file.path, text)
    });
    let parts = texts.iter().filter_map(|(_, text)| text.as_ref().ok()).flat_map(|(.., parts)| parts);
    let parts: HashSet<PathBuf> = parts.cloned().collect();
    let is_part =
        |path: &Path| !parts.is_empty() && fs::canonicalize(path).is_ok_and(|real| parts.contains(&real));
    let mut opened = 0;
    for (path, text) in texts {
        match text {
            // It was read with the file that it belongs to. Who has files of its own belongs to none.
            Ok((text, ..)) if is_part(&path) && text.parts().is_empty() => {}
            Ok((text, odd, _)) => {
                opened += 1;
                loader.take(text);
                for problem in odd {
                    loader.tell(problem);
                }
            }
            Err(problem) => {
                failed.push(problem.clone());
                loader.tell(problem);
            }
        }
    }
    let state = told.into_inner().unwrap_or_else(PoisonError::into_inner);
    if opened == 0 && !failed.is_empty() {
        let told: Vec<String> = failed.iter().take(10).map(ToString::to_string).collect();
        return Err(LoadError::Nothing(crate::text::safe_block(&told.join("\n"))));
    }
    add_findings(&mut loader, options.findings.as_deref(), options.max_bytes);
    Ok((loader, state))
}

fn reading_options(options: &LoadOptions, workers: usize) -> Options {
    Options {
        framework: options.framework.clone(),
        limits: Limits { depth: options.depth, ..Limits::default() },
        workers,
        mapping: options.mapping.clone(),
        instead: options.instead.clone(),
        most_bytes: options.max_bytes.min(u64::from(u32::MAX) - 1),
        ..Options::default()
    }
}

/// The data. Errors: no framework is called as the set that was asked for, and no card that names it has taught it
/// anything.
fn known_set(data: Dataset, options: &LoadOptions) -> Result<Dataset, LoadError> {
    match &options.framework {
        Some(id) if data.framework.inferred && data.framework.indicators.is_empty() => {
            Err(LoadError::Nothing(no_such("set", id, data.others.iter().map(|set| &*set.id))))
        }
        _ => Ok(data),
    }
}

/// Threads to read with: one per processor, or only one below 1 MiB, where starting threads costs more than it saves.
fn workers(found: &[FoundFile]) -> usize {
    const WORTH_IT: u64 = 1 << 20;
    if found.iter().map(|file| file.bytes).sum::<u64>() < WORTH_IT {
        return 1;
    }
    thread::available_parallelism().map_or(1, usize::from)
}

/// The state of a file: path, inode, length in bytes, time of last change.
pub(crate) type FileState = (PathBuf, u64, u64, Option<SystemTime>);

/// The present states of all files in these paths, without standard input.
pub(crate) fn file_states(paths: &[PathBuf]) -> Vec<FileState> {
    let mut walk = Walk::default();
    for path in paths.iter().filter(|path| *path != Path::new("-")) {
        walk.add(path);
    }
    let stands = |file: FoundFile| {
        let meta = fs::metadata(&file.path).ok();
        let inode = meta.as_ref().map_or(0, MetadataExt::ino);
        (file.path, inode, file.bytes, meta.and_then(|meta| meta.modified().ok()))
    };
    // The tables of a data package stand beside its descriptor.
    let mut tables = vec![];
    for folder in
        walk.found.iter().filter(|file| file.path.ends_with(DESCRIPTOR)).filter_map(|file| file.path.parent())
    {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        tables.extend(fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()));
    }
    tables.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    tables.sort();
    let mut states: Vec<FileState> = walk.found.into_iter().map(stands).collect();
    states.extend(tables.into_iter().filter_map(|path| {
        let meta = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        Some((path, meta.ino(), meta.len(), meta.modified().ok()))
    }));
    states
}

/// Adds the user's own findings: the files of `folder` that end in `.json`, by name. A folder without any, or none at
/// all, is no problem.
pub(crate) fn add_findings(loader: &mut Loader, folder: Option<&Path>, max_bytes: u64) {
    let folder = folder.and_then(|folder| fs::read_dir(folder).ok());
    let mut files: Vec<PathBuf> = folder.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    for path in files {
        let name = Raw::new(path.to_string_lossy().into_owned());
        match file::read(&path, &name, max_bytes) {
            Ok((bytes, odd)) => {
                loader.add(name, bytes);
                for problem in odd {
                    loader.tell(problem);
                }
            }
            Err(problem) => loader.tell(problem),
        }
    }
}

/// The name of the data set: its only path, or the first path and the number of others.
fn name_of(paths: &[PathBuf]) -> Raw<'static> {
    let first = paths.first().map_or_else(String::new, |path| {
        // "." means nothing in a title, so take the folder's own name.
        let whole = if path == Path::new(".") { fs::canonicalize(path).ok() } else { None };
        let name = whole.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        name.unwrap_or_else(|| path.to_string_lossy().into_owned())
    });
    match paths.len() {
        0 | 1 => Raw::new(first),
        more => Raw::new(format!("{first} and {} more", more - 1)),
    }
}

fn read(found: &FoundFile, max_bytes: u64) -> Result<(Vec<u8>, Vec<Problem>), Problem> {
    let max_bytes = max_bytes.min(u64::from(u32::MAX) - 1);
    if found.is_stdin {
        let mut bytes = vec![];
        let read = io::stdin().lock().take(max_bytes + 1).read_to_end(&mut bytes);
        return match read {
            Err(error) => Err(file::failed(&found.name, &error)),
            Ok(_) if bytes.len() as u64 > max_bytes => Err(file::too_large(&found.name, None, max_bytes)),
            Ok(_) => Ok((bytes, vec![])),
        };
    }
    file::read(&found.path, &found.name, max_bytes)
}

/// One line about the first card of the first file above 8 MiB in `options.paths`, to show while the rest is read.
pub fn glimpse(options: &LoadOptions) -> Option<Safe> {
    const LARGE: u64 = 8 << 20;
    const HEAD: u64 = 128 << 10;
    let is_large =
        |path: &&PathBuf| fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() > LARGE);
    let path = options.paths.iter().find(is_large)?;
    let mut head = vec![];
    fs::File::open(path).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    let whole = head.utf8_chunks().next()?.valid();
    crate::core::read::glimpse(whole).map(|first| first.line())
}
