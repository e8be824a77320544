//! A disk in memory that lets any one call fail, and knows what a power cut would leave of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use visavis::store::journal::{Disk, EntryKind, FolderEntry, Handle, Lock, Reach};

/// How a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing of it happened.
    Before,
    /// Half of it happened.
    Half,
    /// All of it happened, and it says it did not.
    After,
}

#[derive(Clone, Debug, Default)]
struct Node {
    /// What the next reader sees.
    cache: Vec<u8>,
    /// What is left after a power cut.
    durable: Vec<u8>,
    is_locked: bool,
}

#[derive(Debug, Default)]
struct State {
    folders: BTreeSet<PathBuf>,
    files: BTreeMap<PathBuf, Node>,
    /// Names that a power cut leaves.
    named: BTreeSet<PathBuf>,
    calls: usize,
    /// Which call fails, how, and whether all after it fail too.
    fault: Option<(usize, Fault, bool)>,
    kind: Option<io::ErrorKind>,
    /// Whether cutting a file back failed: what was not acknowledged may then still be read.
    has_failed_to_cut: bool,
    log: Vec<&'static str>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Fake(Arc<Mutex<State>>);

#[derive(Debug)]
struct Open {
    disk: Fake,
    path: PathBuf,
    holds_lock: bool,
}

impl Fake {
    pub(crate) fn new(root: &Path) -> Self {
        let fake = Self::default();
        let mut state = fake.0.lock().unwrap();
        for above in root.ancestors() {
            state.folders.insert(above.to_owned());
            state.named.insert(above.to_owned());
        }
        drop(state);
        fake
    }

    pub(crate) fn fail(&self, call: usize, fault: Fault, for_good: bool, kind: io::ErrorKind) {
        let mut state = self.0.lock().unwrap();
        (state.fault, state.kind) = (Some((call, fault, for_good)), Some(kind));
    }

    pub(crate) fn mend(&self) {
        self.0.lock().unwrap().fault = None;
    }

    pub(crate) fn calls(&self) -> usize {
        self.0.lock().unwrap().calls
    }

    pub(crate) fn log(&self) -> Vec<&'static str> {
        self.0.lock().unwrap().log.clone()
    }

    pub(crate) fn has_failed_to_cut(&self) -> bool {
        self.0.lock().unwrap().has_failed_to_cut
    }

    /// The disk after the power was cut: only what was synced, under names that were.
    pub(crate) fn after_power_cut(&self) -> Self {
        let state = self.0.lock().unwrap();
        let is_named = |path: &&PathBuf| path.ancestors().all(|above| state.named.contains(above));
        let files = state.files.iter().filter(|(path, _)| is_named(path)).map(|(path, node)| {
            let bytes = node.durable.clone();
            (path.clone(), Node { cache: bytes.clone(), durable: bytes, is_locked: false })
        });
        let after = State {
            folders: state.folders.iter().filter(is_named).cloned().collect(),
            files: files.collect(),
            named: state.named.clone(),
            ..State::default()
        };
        Self(Arc::new(Mutex::new(after)))
    }

    pub(crate) fn put(&self, path: &Path, bytes: &[u8]) {
        let mut state = self.0.lock().unwrap();
        let node = Node { cache: bytes.to_vec(), durable: bytes.to_vec(), is_locked: false };
        state.files.insert(path.to_owned(), node);
        state.named.insert(path.to_owned());
    }

    /// Every file's bytes.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let state = self.0.lock().unwrap();
        state.files.iter().map(|(path, node)| (path.clone(), node.cache.clone())).collect()
    }

    /// Runs a call: `act` with how much of it is to happen, unless none is.
    fn call<T>(
        &self,
        name: &'static str,
        act: impl FnOnce(&mut State, bool) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut state = self.0.lock().unwrap();
        let at = state.calls;
        state.calls += 1;
        state.log.push(name);
        let fault = state.fault.filter(|(call, _, for_good)| *call == at || *for_good && *call < at);
        let Some((_, fault, _)) = fault else { return act(&mut state, false) };
        if name == "cut" {
            state.has_failed_to_cut = true;
        }
        let error = state.kind.unwrap_or(io::ErrorKind::Other);
        if fault != Fault::Before {
            let _ = act(&mut state, fault == Fault::Half);
        }
        Err(error.into())
    }
}

fn parent_is_there(state: &State, path: &Path) -> io::Result<()> {
    let parent = path.parent().unwrap();
    if state.folders.contains(parent) { Ok(()) } else { Err(io::ErrorKind::NotFound.into()) }
}

impl Disk for Fake {
    fn list(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        self.call("list", |state, _| {
            if !state.folders.contains(folder) {
                return Err(io::ErrorKind::NotFound.into());
            }
            let within = |path: &&PathBuf| path.parent() == Some(folder);
            let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
            let files = state.files.keys().filter(within);
            let files = files.map(|path| FolderEntry { name: name(path), kind: EntryKind::File });
            let folders = state.folders.iter().filter(within);
            let folders = folders.map(|path| FolderEntry { name: name(path), kind: EntryKind::Folder });
            Ok(files.chain(folders).collect())
        })
    }

    fn read(&self, file: &Path, most: u64) -> io::Result<Vec<u8>> {
        self.call("read", |state, _| {
            let node = state.files.get(file).ok_or(io::ErrorKind::NotFound)?;
            let is_whole = node.cache.len() as u64 <= most;
            if is_whole { Ok(node.cache.clone()) } else { Err(io::ErrorKind::FileTooLarge.into()) }
        })
    }

    fn create_folder(&self, folder: &Path, _reach: Reach) -> io::Result<()> {
        self.call("create_folder", |state, _| {
            parent_is_there(state, folder)?;
            let is_new = state.folders.insert(folder.to_owned());
            if is_new { Ok(()) } else { Err(io::ErrorKind::AlreadyExists.into()) }
        })
    }

    fn publish(&self, file: &Path, bytes: &[u8], _reach: Reach) -> io::Result<()> {
        self.call("publish", |state, _| {
            parent_is_there(state, file)?;
            if state.files.contains_key(file) {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            let node = Node { cache: bytes.to_vec(), durable: bytes.to_vec(), is_locked: false };
            state.files.insert(file.to_owned(), node);
            Ok(())
        })
    }

    fn create(&self, file: &Path, _reach: Reach) -> io::Result<Box<dyn Handle>> {
        self.call("create", |state, _| {
            parent_is_there(state, file)?;
            if state.files.contains_key(file) {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            state.files.insert(file.to_owned(), Node::default());
            Ok(())
        })?;
        Ok(Box::new(Open { disk: self.clone(), path: file.to_owned(), holds_lock: false }))
    }

    fn open(&self, file: &Path) -> io::Result<Box<dyn Handle>> {
        self.call("open", |state, _| {
            state.files.contains_key(file).then_some(()).ok_or(io::ErrorKind::NotFound.into())
        })?;
        Ok(Box::new(Open { disk: self.clone(), path: file.to_owned(), holds_lock: false }))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.call("sync_folder", |state, is_half| {
            let files = state.files.keys().filter(|path| path.parent() == Some(folder));
            let folders = state.folders.iter().filter(|path| path.parent() == Some(folder));
            let mut names: Vec<PathBuf> = files.chain(folders).cloned().collect();
            names.truncate(if is_half { names.len() / 2 } else { names.len() });
            state.named.extend(names);
            Ok(())
        })
    }
}

impl Open {
    fn node<T>(
        &self,
        name: &'static str,
        act: impl FnOnce(&mut Node, bool) -> io::Result<T>,
    ) -> io::Result<T> {
        self.disk.call(name, |state, is_half| {
            act(state.files.get_mut(&self.path).ok_or(io::ErrorKind::NotFound)?, is_half)
        })
    }
}

impl Handle for Open {
    fn lock(&mut self) -> io::Result<Lock> {
        let lock = self.node("lock", |node, _| {
            Ok(if std::mem::replace(&mut node.is_locked, true) { Lock::Theirs } else { Lock::Ours })
        })?;
        self.holds_lock = lock == Lock::Ours;
        Ok(lock)
    }

    fn read(&mut self, _most: u64) -> io::Result<Vec<u8>> {
        self.node("read_open", |node, _| Ok(node.cache.clone()))
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.node("append", |node, is_half| {
            let count = if is_half { bytes.len() / 2 } else { bytes.len() };
            node.cache.extend_from_slice(&bytes[..count]);
            Ok(())
        })
    }

    fn sync(&mut self) -> io::Result<()> {
        self.node("sync", |node, is_half| {
            let count =
                if is_half { node.durable.len().midpoint(node.cache.len()) } else { node.cache.len() };
            node.durable = node.cache[..count.min(node.cache.len())].to_vec();
            Ok(())
        })
    }

    fn length_at(&self, _path: &Path) -> io::Result<Option<u64>> {
        self.node("length_at", |node, _| Ok(Some(node.cache.len() as u64)))
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.node("cut", |node, is_half| {
            let whole = node.cache.len();
            let length = usize::try_from(length).unwrap();
            node.cache.truncate(if is_half { length.midpoint(whole) } else { length });
            Ok(())
        })
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if self.holds_lock
            && let Ok(mut state) = self.disk.0.lock()
            && let Some(node) = state.files.get_mut(&self.path)
        {
            node.is_locked = false;
        }
    }
}
