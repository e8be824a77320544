//! Finds the files to read in the user's paths: regular files only, each once, links only within the opened folder.

use std::{
    collections::{HashMap, HashSet},
    fs::{self, Metadata},
    io,
    os::unix::fs::{FileTypeExt as _, MetadataExt as _},
    path::{Path, PathBuf},
};

use crate::core::{
    package::{DESCRIPTOR, tables_of_others},
    problem::Problem,
    severity::Severity,
};
use crate::text::{Raw, Safe, fold, safe_line};

/// A file to read.
#[derive(Debug)]
pub(super) struct FoundFile {
    pub path: PathBuf,
    /// The path, as the user would write it.
    pub name: Raw<'static>,
    pub bytes: u64,
    pub is_stdin: bool,
    /// Whether the user named the file itself, not a folder that it is in.
    pub is_named: bool,
}

/// The files and problems found so far. `files` and `folders` hold device and inode, so that each is visited once.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pub found: Vec<FoundFile>,
    pub problems: Vec<Problem>,
    /// Number of editor leftovers and hidden files.
    pub skipped: usize,
    files: HashMap<(u64, u64), Raw<'static>>,
    folders: HashSet<(u64, u64)>,
}

/// Whether a file in a folder is read, by the ending of its name in any case: JSON, tables in text, workbooks, archives.
pub(crate) fn is_data_name(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    matches!(
        ending.as_deref(),
        Some(
            "json"
                | "jsonl"
                | "ndjson"
                | "geojson"
                | "csv"
                | "tsv"
                | "tab"
                | "psv"
                | "xlsx"
                | "xlsm"
                | "xlsb"
                | "xls"
                | "ods"
                | "zip"
                | "gz"
        )
    )
}

/// Whether a name is hidden, or is one that editors and tools give to temporary and backup files.
pub(crate) fn is_leftover(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with('#')
        || [".tmp", ".orig", ".rej", ".swp", ".bak", "~"].iter().any(|end| name.ends_with(end))
}

fn is_package_table(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "csv")
}

/// The tables that a data package of another program lists in its folder; they need not be there. None of them is a
/// package again, or lies outside by a link.
fn tables_of_package(descriptor: &Path, meta: &Metadata) -> Vec<PathBuf> {
    const LARGEST: u64 = 16 << 20;
    if !descriptor.ends_with(DESCRIPTOR) || !meta.is_file() || meta.len() > LARGEST {
        return vec![];
    }
    let text = fs::read_to_string(descriptor).unwrap_or_default();
    let paths = tables_of_others(&text).unwrap_or_default();
    let folder = descriptor.parent().unwrap_or_else(|| Path::new(""));
    let is_outside = |path: &Path| {
        let folder = fs::canonicalize(folder_of(folder)).ok();
        folder.zip(fs::canonicalize(path).ok()).is_some_and(|(folder, path)| !path.starts_with(folder))
    };
    let is_table = |path: &PathBuf| {
        is_data_name(path) && !path.ends_with(DESCRIPTOR) && !path.is_dir() && !is_outside(path)
    };
    let mut paths: Vec<PathBuf> = paths.iter().map(|path| folder.join(path)).filter(is_table).collect();
    paths.sort();
    paths.dedup();
    paths
}

fn folder_of(parent: &Path) -> &Path {
    if parent.as_os_str().is_empty() { Path::new(".") } else { parent }
}

fn shown(path: &Path) -> Raw<'static> {
    Raw::new(path.to_string_lossy().into_owned())
}

impl Walk {
    /// Adds a path that the user named: a file, a folder, a glob, or `-` for standard input.
    pub(super) fn add(&mut self, path: &Path) {
        if path == Path::new("-") {
            let name = Raw::from_static("-");
            self.found.push(FoundFile {
                path: path.to_owned(),
                name,
                bytes: 0,
                is_stdin: true,
                is_named: true,
            });
            return;
        }
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.folder(path, path, &meta),
            Ok(meta) if meta.is_file() => {
                let tables = tables_of_package(path, &meta);
                if tables.is_empty() {
                    return self.file(path.to_owned(), &meta, true);
                }
                self.tell_of_no_table(&tables);
                for table in tables {
                    match fs::metadata(&table) {
                        Ok(meta) if meta.is_file() => self.file(table, &meta, true),
                        Ok(meta) => self.special(&table, &meta),
                        Err(_) => {}
                    }
                }
            }
            Ok(meta) => self.special(path, &meta),
            Err(error) => self.pattern(path, &error),
        }
    }

    /// Tells the tables that a data package lists and that cannot be found.
    fn tell_of_no_table(&mut self, listed: &[PathBuf]) {
        for table in listed {
            if let Err(error) = fs::metadata(table) {
                let problem = super::file::failed(&shown(table), &error);
                let hint = "the data package lists this table: fetch it, too";
                self.problems.push(problem.with_hint(Safe::fixed(hint)));
            }
        }
    }

    /// A path that does not exist may be a glob.
    fn pattern(&mut self, path: &Path, error: &io::Error) {
        let text = path.to_string_lossy();
        let is_pattern = error.kind() == io::ErrorKind::NotFound && text.contains(['*', '?', '[']);
        let matches: Vec<PathBuf> = match glob::glob(&text) {
            Ok(paths) if is_pattern => paths.flatten().collect(),
            _ => vec![],
        };
        if matches.is_empty() {
            let problem = super::file::failed(&shown(path), error);
            self.problems.push(if is_pattern {
                problem.with_hint(Safe::fixed("no file matches this pattern"))
            } else {
                problem
            });
        }
        for path in matches {
            self.add(&path);
        }
    }

    fn folder(&mut self, root: &Path, folder: &Path, meta: &Metadata) {
        if !self.folders.insert((meta.dev(), meta.ino())) {
            return;
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.problems.push(super::file::failed(&shown(folder), &error));
                return;
            }
        };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        self.tell_look_alikes(&paths);
        self.tell_no_descriptor(folder, &paths);
        let descriptor = paths.iter().find(|path| path.ends_with(DESCRIPTOR));
        let listed = descriptor.and_then(|path| Some(tables_of_package(path, &fs::metadata(path).ok()?)));
        self.tell_of_no_table(listed.as_deref().unwrap_or_default());
        let has_own_package = listed.is_some_and(|listed| listed.is_empty());
        for path in paths {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if is_leftover(&name) {
                self.skipped += 1;
                continue;
            }
            match fs::symlink_metadata(&path) {
                Err(error) => self.problems.push(super::file::failed(&shown(&path), &error)),
                // What belongs to a package is told with it.
                Ok(meta) if meta.is_symlink() && has_own_package && is_package_table(&path) => {}
                Ok(meta) if meta.is_symlink() => self.link(root, &path),
                Ok(meta) if meta.is_dir() => self.folder(root, &path, &meta),
                Ok(_) if !is_data_name(&path) => {}
                Ok(meta) if meta.is_file() => self.file(path, &meta, false),
                Ok(meta) => self.special(&path, &meta),
            }
        }
    }

    /// A link is followed if its target is inside the folder that the user named.
    fn link(&mut self, root: &Path, path: &Path) {
        let target = fs::canonicalize(path).and_then(|target| Ok((fs::metadata(&target)?, target)));
        let (meta, target) = match target {
            Ok(found) => found,
            Err(_) if !is_data_name(path) => return,
            Err(error) => {
                self.problems
                    .push(super::file::failed(&shown(path), &error).with_hint(Safe::fixed("a broken link")));
                return;
            }
        };
        if !meta.is_dir() && !is_data_name(path) {
            return;
        }
        if meta.is_dir() || meta.is_file() {
            let inside = fs::canonicalize(root).is_ok_and(|root| target.starts_with(root));
            if !inside {
                let problem = Problem::new(
                    "link-outside",
                    Severity::Error,
                    Safe::fixed("this link leaves the folder that was opened; it is not followed"),
                );
                let hint = Safe::fixed("name the file itself to open it");
                self.problems.push(problem.in_file(&shown(path)).with_hint(hint));
                return;
            }
        }
        if meta.is_dir() {
            self.folder(root, path, &meta);
        } else if meta.is_file() {
            self.file(path.to_owned(), &meta, false);
        } else {
            self.special(path, &meta);
        }
    }

    fn file(&mut self, path: PathBuf, meta: &Metadata, is_named: bool) {
        let name = shown(&path);
        if let Some(first) = self.files.get(&(meta.dev(), meta.ino())) {
            let message = format!("the same file as {}; it is read once", first.line());
            self.problems
                .push(Problem::new("same-file", Severity::Warning, safe_line(&message)).in_file(&name));
            return;
        }
        self.files.insert((meta.dev(), meta.ino()), name.clone());
        self.found.push(FoundFile { path, name, bytes: meta.len(), is_stdin: false, is_named });
    }

    fn special(&mut self, path: &Path, meta: &Metadata) {
        let kind = meta.file_type();
        let what = if kind.is_fifo() {
            "a FIFO"
        } else if kind.is_socket() {
            "a socket"
        } else {
            "a device"
        };
        let message = format!("this is {what}, not a file; it was not opened");
        let problem =
            Problem::new("not-a-file", Severity::Warning, safe_line(&message)).in_file(&shown(path));
        self.problems
            .push(problem.with_hint(Safe::fixed("only regular files are read; pipe data in with `-`")));
    }

    /// Tells the tables of a data package that stand without their descriptor: nothing would be read of them.
    fn tell_no_descriptor(&mut self, folder: &Path, paths: &[PathBuf]) {
        let has = |name: &str| paths.iter().any(|path| path.ends_with(name));
        if has(DESCRIPTOR) || !["cells.csv", "cards.csv", "countries.csv"].into_iter().all(has) {
            return;
        }
        let message =
            format!("the tables of a data package stand here without its {DESCRIPTOR}: they are not read");
        let problem = Problem::new("no-descriptor", Severity::Error, safe_line(&message));
        let hint = format!("put {DESCRIPTOR} back, or export the data set again");
        self.problems.push(problem.in_file(&shown(&folder.join("cells.csv"))).with_hint(safe_line(&hint)));
    }

    /// Reports names that some file systems cannot tell apart, such as those that ignore case.
    fn tell_look_alikes(&mut self, paths: &[PathBuf]) {
        let mut seen: HashMap<String, &PathBuf> = HashMap::new();
        for path in paths.iter().filter(|path| is_data_name(path)) {
            let name = path.file_name().map(|name| fold(&name.to_string_lossy())).unwrap_or_default();
            if let Some(first) = seen.insert(name, path) {
                let message = format!("on some systems this name is the same as {}", shown(first).line());
                let problem = Problem::new("look-alike-names", Severity::Warning, safe_line(&message));
                self.problems
                    .push(problem.in_file(&shown(path)).with_hint(Safe::fixed("rename one of the two")));
            }
        }
    }
}
