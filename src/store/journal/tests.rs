//! The journal on the disk: what is appended, read back, damaged and merged.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use super::*;
use crate::{
    core::problem::Problem,
    review::{FlagKind, Id, Target, line},
};

/// How a call fails.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    Error(io::ErrorKind),
    /// Half of the bytes are written, then the disk is full.
    Short,
}

#[derive(Clone, Debug, Default)]
struct Content {
    now: Vec<u8>,
    /// Bytes that survive a power cut, if the name does.
    synced: Vec<u8>,
    is_locked: bool,
    is_spoilt: bool,
    is_written_after: bool,
}

#[derive(Debug, Default)]
struct State {
    files: BTreeMap<PathBuf, Arc<Mutex<Content>>>,
    folders: BTreeSet<PathBuf>,
    /// Names that survive a power cut.
    synced: BTreeSet<PathBuf>,
    calls: usize,
    /// Number of the first call that fails, how many calls fail, and how.
    fault: Option<(usize, usize, Fault)>,
    has_no_locks: bool,
}

/// A disk in memory that fails when told to and loses in a power cut what was not synced.
#[derive(Clone, Debug, Default)]
struct Memory(Arc<Mutex<State>>);

impl Memory {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failing(at: usize, times: usize, fault: Fault) -> Self {
        let memory = Self::default();
        memory.state().fault = Some((at, times, fault));
        memory
    }

    /// Counts a call and returns how it fails, if it does.
    fn call(&self) -> Option<Fault> {
        let mut state = self.state();
        state.calls += 1;
        let at = state.calls - 1;
        let (from, times, fault) = state.fault?;
        (from..from.saturating_add(times)).contains(&at).then_some(fault)
    }

    fn check(&self) -> io::Result<()> {
        match self.call() {
            None => Ok(()),
            Some(Fault::Error(kind)) => Err(kind.into()),
            Some(Fault::Short) => Err(io::ErrorKind::StorageFull.into()),
        }
    }

    fn heal(&self) {
        self.state().fault = None;
    }

    /// The disk after a power cut: synced bytes under synced names in synced folders.
    fn after_power_cut(&self) -> Self {
        let state = self.state();
        let lasts =
            |path: &Path| path.ancestors().all(|part| part == Path::new("/") || state.synced.contains(part));
        let files = state.files.iter().filter(|(path, _)| lasts(path)).map(|(path, content)| {
            let synced = content.lock().unwrap().synced.clone();
            (
                path.clone(),
                Arc::new(Mutex::new(Content { now: synced.clone(), synced, ..Content::default() })),
            )
        });
        let folders = state.folders.iter().filter(|path| lasts(path)).cloned().collect();
        let left =
            State { files: files.collect(), folders, synced: state.synced.clone(), ..State::default() };
        Self(Arc::new(Mutex::new(left)))
    }

    fn file(&self, name: &str) -> Vec<u8> {
        self.state().files[Path::new(name)].lock().unwrap().now.clone()
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let content = Content { now: bytes.to_vec(), ..Content::default() };
        self.state().files.insert(name.into(), Arc::new(Mutex::new(content)));
    }

    fn names(&self) -> Vec<String> {
        self.state().files.keys().map(|path| path.to_string_lossy().into_owned()).collect()
    }

    fn add(&self, path: &Path) -> io::Result<Arc<Mutex<Content>>> {
        let mut state = self.state();
        let parent = path.parent().unwrap();
        if parent != Path::new("/") && !state.folders.contains(parent) {
            return Err(io::ErrorKind::NotFound.into());
        }
        if state.files.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let content = Arc::<Mutex<Content>>::default();
        state.files.insert(path.to_owned(), Arc::clone(&content));
        Ok(content)
    }
}

impl Disk for Memory {
    fn list(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        self.check()?;
        let state = self.state();
        if !state.folders.contains(folder) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let entry = |path: &PathBuf, kind| {
            let is_here = path.parent() == Some(folder);
            is_here
                .then(|| FolderEntry { name: path.file_name().unwrap().to_string_lossy().into_owned(), kind })
        };
        let files = state.files.keys().filter_map(|path| entry(path, EntryKind::File));
        let folders = state.folders.iter().filter_map(|path| entry(path, EntryKind::Folder));
        Ok(files.chain(folders).collect())
    }

    fn read(&self, file: &Path, _most: u64) -> io::Result<Vec<u8>> {
        self.check()?;
        let state = self.state();
        let content = state.files.get(file).ok_or(io::ErrorKind::NotFound)?;
        Ok(content.lock().unwrap().now.clone())
    }

    fn create_folder(&self, folder: &Path, _reach: Reach) -> io::Result<()> {
        self.check()?;
        let mut state = self.state();
        let parent = folder.parent().unwrap();
        if parent != Path::new("/") && !state.folders.contains(parent) {
            return Err(io::ErrorKind::NotFound.into());
        }
        if state.folders.insert(folder.to_owned()) {
            Ok(())
        } else {
            Err(io::ErrorKind::AlreadyExists.into())
        }
    }

    fn publish(&self, file: &Path, bytes: &[u8], _reach: Reach) -> io::Result<()> {
        self.check()?;
        let content = self.add(file)?;
        *content.lock().unwrap() =
            Content { now: bytes.to_vec(), synced: bytes.to_vec(), ..Content::default() };
        Ok(())
    }

    fn create(&self, file: &Path, _reach: Reach) -> io::Result<Box<dyn Handle>> {
        self.check()?;
        let content = self.add(file)?;
        Ok(Box::new(Opened { disk: self.clone(), content, has_lock: false }))
    }

    fn open(&self, file: &Path) -> io::Result<Box<dyn Handle>> {
        self.check()?;
        let content = self.state().files.get(file).cloned().ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Opened { disk: self.clone(), content, has_lock: false }))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.check()?;
        let mut state = self.state();
        let here = |path: &&PathBuf| path.parent() == Some(folder);
        let names: Vec<PathBuf> =
            state.files.keys().filter(here).chain(state.folders.iter().filter(here)).cloned().collect();
        state.synced.extend(names);
        Ok(())
    }
}

#[derive(Debug)]
struct Opened {
    disk: Memory,
    content: Arc<Mutex<Content>>,
    has_lock: bool,
}

impl Handle for Opened {
    fn lock(&mut self) -> io::Result<Lock> {
        self.disk.check()?;
        if self.disk.state().has_no_locks {
            return Ok(Lock::Unsupported);
        }
        let mut content = self.content.lock().unwrap();
        if content.is_locked {
            return Ok(Lock::Theirs);
        }
        (content.is_locked, self.has_lock) = (true, true);
        Ok(Lock::Ours)
    }

    fn read(&mut self, _most: u64) -> io::Result<Vec<u8>> {
        self.disk.check()?;
        Ok(self.content.lock().unwrap().now.clone())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let fault = self.disk.call();
        let mut content = self.content.lock().unwrap();
        content.is_written_after |= content.is_spoilt;
        match fault {
            None => content.now.extend_from_slice(bytes),
            Some(Fault::Error(kind)) => return Err(kind.into()),
            Some(Fault::Short) => {
                content.now.extend_from_slice(&bytes[..bytes.len() / 2]);
                // The worst case of a power cut: half a write is on the disk.
                content.synced = content.now.clone();
                return Err(io::ErrorKind::StorageFull.into());
            }
        }
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let failed = self.disk.check();
        let mut content = self.content.lock().unwrap();
        content.is_spoilt |= failed.is_err();
        failed?;
        content.synced = content.now.clone();
        Ok(())
    }

    fn length_at(&self, path: &Path) -> io::Result<Option<u64>> {
        self.disk.check()?;
        let state = self.disk.state();
        let is_same = state.files.get(path).is_some_and(|there| Arc::ptr_eq(there, &self.content));
        drop(state);
        Ok(is_same.then(|| self.content.lock().unwrap().now.len() as u64))
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.disk.check()?;
        self.content.lock().unwrap().now.truncate(usize::try_from(length).unwrap());
        Ok(())
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if self.has_lock {
            self.content.lock().unwrap().is_locked = false;
        }
    }
}

fn cards(countries: &str) -> Identity {
    Identity { framework: "progress-card".into(), countries: countries.split(' ').map(Box::from).collect() }
}

fn settings(disk: &Memory) -> Settings {
    Settings {
        disk: Arc::new(disk.clone()),
        home: Home::State("/state/reviews".into()),
        state: Some("/state".into()),
        author: Raw::from_static("Ana"),
        asks: ReviewRules::default(),
        is_guessed: false,
        machine: "host 1000".into(),
        clock: || "2026-11-24T02:02:03+01:00".to_owned(),
    }
}

fn open(disk: &Memory) -> (Journal, JournalReading) {
    Journal::open(settings(disk), cards("ALB ARM")).unwrap()
}

fn note(words: &str) -> Draft {
    let on = Target { country: Some("ALB".into()), edition: "2022".into(), indicator: Some("opsc".into()) };
    Draft::new(Act::Flag { on, kind: FlagKind::Question, note: Raw::new(words.to_owned()) })
}

fn words_of(records: &[Record]) -> Vec<String> {
    let words = |record: &Record| match &record.act {
        Act::Flag { note, .. } => note.raw().to_owned(),
        act => act.title().to_owned(),
    };
    records.iter().map(words).collect()
}

/// The name of Ana's first segment.
fn her_file(disk: &Memory) -> String {
    disk.names().into_iter().find(|name| name.ends_with(".0.jsonl")).unwrap()
}

/// Keeps three batches, trying each twice; returns the acknowledged records and the texts of all that were tried.
fn session(disk: &Memory) -> (Vec<Record>, BTreeSet<String>) {
    let (mut acknowledged, mut tried) = (vec![], BTreeSet::new());
    let Ok((mut journal, _)) = Journal::open(settings(disk), cards("ALB ARM")) else {
        return (acknowledged, tried);
    };
    for batch in [&["one"][..], &["two", "three", "four"], &["five"]] {
        for _ in 0..2 {
            let drafts: Vec<Draft> = batch.iter().map(|words| note(words)).collect();
            tried.extend(batch.iter().map(ToString::to_string));
            match journal.keep(drafts.clone()) {
                Ok(records) => {
                    acknowledged.extend(records);
                    break;
                }
                Err(lost) => {
                    assert_eq!(lost.drafts, drafts, "what was typed is given back");
                    assert!(!lost.why.contains('\n') && lost.why.len() > 10, "{}", lost.why);
                }
            }
        }
    }
    (acknowledged, tried)
}

/// Checks that every acknowledged record is unchanged, that every record was tried, and that the journal can be
/// appended to.
fn assert_whole(disk: &Memory, acknowledged: &[Record], tried: &BTreeSet<String>, what: &str) {
    disk.heal();
    let (mut journal, reading) = open(disk);
    for record in acknowledged {
        assert!(reading.records.contains(record), "{what}: {record:?} is lost");
    }
    let ids: BTreeSet<&Id> = reading.records.iter().map(|record| &record.id).collect();
    assert_eq!(ids.len(), reading.records.len(), "{what}: an id stands twice");
    for words in words_of(&reading.records) {
        assert!(tried.contains(&words), "{what}: {words} was never written");
    }
    let is_error = |problem: &&Problem| problem.code == "journal-same-id";
    assert_eq!(reading.problems.iter().find(is_error), None, "{what}");
    let last = journal.keep(vec![note("last")]).unwrap();
    let before = reading.records.len();
    let (_, reading) = open(disk);
    assert_eq!(reading.records.len(), before + 1, "{what}: going on");
    assert_eq!(reading.records.last(), last.first(), "{what}: the last comes last");
}

#[test]
fn whichever_call_fails_nothing_acknowledged_is_lost_even_when_the_power_is_cut() {
    use io::ErrorKind as Kind;
    let faults = [
        (1, Fault::Error(Kind::StorageFull)),
        (1, Fault::Error(Kind::Interrupted)),
        (1, Fault::Short),
        (2, Fault::Error(Kind::Other)),
        (3, Fault::Short),
        (5, Fault::Error(Kind::Other)),
        (usize::MAX, Fault::Error(Kind::PermissionDenied)),
        (usize::MAX, Fault::Short),
    ];
    let healthy = Memory::default();
    let (acknowledged, _) = session(&healthy);
    assert_eq!(acknowledged.len(), 5);
    let calls = healthy.state().calls;
    assert!(calls > 20, "{calls} calls");
    let mut runs = 0;
    for (times, fault) in faults {
        for at in 0..calls + 10 {
            let what = format!("{times} times {fault:?} from call {at}");
            let disk = Memory::failing(at, times, fault);
            let (acknowledged, tried) = session(&disk);
            if times == 1 && fault != Fault::Short && at > calls {
                assert_eq!(acknowledged.len(), 5, "{what}");
            }
            assert_whole(&disk.after_power_cut(), &acknowledged, &tried, &format!("{what}, power cut"));
            assert_whole(&disk, &acknowledged, &tried, &what);
            runs += 1;
        }
    }
    assert!(runs > 240, "{runs} runs");
}

#[test]
fn nothing_is_created_before_something_is_kept() {
    let disk = Memory::default();
    let (mut journal, reading) = open(&disk);
    assert_eq!((reading.records.len(), reading.told()), (0, None));
    journal.read().unwrap();
    assert_eq!((disk.names().len(), disk.state().folders.len()), (0, 0));
    journal.keep(vec![]).unwrap();
    assert!(disk.names().is_empty());
    journal.keep(vec![note("one")]).unwrap();
    let names = disk.names();
    assert!(names.contains(&"/state/writer".to_owned()), "{names:?}");
    assert!(names.iter().any(|name| name.ends_with(".gitattributes")), "{names:?}");
}

#[test]
fn records_kept_together_share_a_place_in_the_order_and_come_after_all_that_was_seen() {
    let disk = Memory::default();
    let (mut journal, _) = open(&disk);
    assert_eq!(journal.keep(vec![note("one")]).unwrap()[0].lamport, 1);
    let both = journal.keep(vec![note("two"), note("three")]).unwrap();
    assert_eq!((both[0].lamport, both[1].lamport), (2, 2));
    assert!(both[0].id < both[1].id && both[0].id.writer() == journal.writer());
    drop(journal);
    let (mut journal, _) = open(&disk);
    assert_eq!(journal.keep(vec![note("four")]).unwrap()[0].lamport, 3);
}

#[test]
fn a_record_at_the_end_of_all_numbers_does_not_make_later_ones_unreadable() {
    let disk = Memory::default();
    let (mut journal, _) = open(&disk);
    let mut record = journal.keep(vec![note("one")]).unwrap().remove(0);
    drop(journal);
    (record.lamport, record.id) = (1 << 53, Id::from("evil.0-1"));
    let line = line::JournalLine::Record { framework: "progress-card".into(), record: Box::new(record) };
    let mine = her_file(&disk);
    let header = String::from_utf8(disk.file(&mine)).unwrap().lines().next().unwrap().to_owned();
    let theirs = format!("{header}\n{}", line::write(&line));
    disk.put(&mine.replace("ana-", "evil-"), theirs.as_bytes());
    let (mut journal, _) = open(&disk);
    journal.keep(vec![note("two")]).unwrap();
    let (_, reading) = open(&disk);
    assert_eq!((reading.records.len(), reading.problems), (3, vec![]));
}

#[test]
fn a_second_process_writes_a_file_of_its_own_and_both_are_read() {
    for has_no_locks in [false, true] {
        let disk = Memory::default();
        disk.state().has_no_locks = has_no_locks;
        let ((mut first, _), (mut second, _)) = (open(&disk), open(&disk));
        first.keep(vec![note("one")]).unwrap();
        // The second journal opened before the first wrote the seed: open it again, as a later process would.
        drop(second);
        second = open(&disk).0;
        second.keep(vec![note("two")]).unwrap();
        first.keep(vec![note("three")]).unwrap();
        assert_eq!(first.writer(), second.writer());
        let (_, reading) = open(&disk);
        let mut words = words_of(&reading.records);
        words.sort();
        assert_eq!(words, ["one", "three", "two"]);
        assert_eq!(disk.names().iter().filter(|name| name.contains(".jsonl")).count(), 2);
    }
}

#[test]
fn a_torn_line_is_told_closed_and_never_deleted() {
    let disk = Memory::default();
    open(&disk).0.keep(vec![note("one"), note("two")]).unwrap();
    let name = her_file(&disk);
    let whole = disk.file(&name);
    disk.put(&name, &whole[..whole.len() - 20]);
    let (mut journal, reading) = open(&disk);
    assert_eq!(words_of(&reading.records), ["one"]);
    let problem = &reading.problems[0];
    assert_eq!((problem.code, problem.place.unwrap().line), ("journal-line-torn", 3));
    assert!(reading.told().unwrap().contains("1 problem in the journal"));
    journal.keep(vec![note("three")]).unwrap();
    let (_, reading) = open(&disk);
    assert_eq!(words_of(&reading.records), ["one", "three"]);
    assert!(disk.file(&name).starts_with(&whole[..whole.len() - 20]));
}

#[test]
fn a_file_whose_lines_were_changed_is_read_but_not_gone_on_with() {
    let disk = Memory::default();
    open(&disk).0.keep(vec![note("one"), note("two"), note("three")]).unwrap();
    let name = her_file(&disk);
    // Without the line end before the last line two records are lost, and with them the highest number.
    let mut bytes = disk.file(&name);
    let breaks: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').collect();
    bytes[breaks[2]] = b' ';
    disk.put(&name, &bytes);
    let (mut journal, reading) = open(&disk);
    assert_eq!(words_of(&reading.records), ["one"]);
    let kept = journal.keep(vec![note("four")]).unwrap();
    assert_eq!(disk.file(&name), bytes);
    assert!(kept[0].id.text().contains(".1_"), "{}", kept[0].id.text());
}

#[test]
fn line_breaks_of_another_system_and_a_byte_order_mark_are_no_damage() {
    let disk = Memory::default();
    open(&disk).0.keep(vec![note("one"), note("two")]).unwrap();
    let name = her_file(&disk);
    let text = String::from_utf8(disk.file(&name)).unwrap().replace('\n', "\r\n");
    disk.put(&name, format!("\u{feff}{text}").as_bytes());
    let (_, reading) = open(&disk);
    assert_eq!((words_of(&reading.records).len(), reading.problems), (2, vec![]));
}

#[test]
fn a_journal_of_other_cards_is_counted_and_never_read_as_one_of_these() {
    let disk = Memory::default();
    let shared = Settings { home: Home::Folder("/team".into()), ..settings(&disk) };
    let others = Identity { framework: "press-freedom".into(), ..cards("ALB ARM") };
    Journal::open(shared.clone(), others).unwrap().0.keep(vec![note("theirs")]).unwrap();
    let (mut journal, reading) = Journal::open(shared.clone(), cards("ALB ARM")).unwrap();
    assert!(reading.records.is_empty());
    let told = reading.told().unwrap();
    assert!(told.contains("1 journal here belongs to other cards (framework press-freedom)"), "{told}");
    // The writer's first file is about other cards, so these cards get another file.
    journal.keep(vec![note("ours")]).unwrap();
    drop(journal);
    let (_, reading) = Journal::open(shared, cards("ALB ARM")).unwrap();
    assert_eq!(words_of(&reading.records), ["ours"]);
}

#[test]
fn cards_that_gained_a_country_keep_their_journal_and_that_is_told_until_something_is_kept() {
    let disk = Memory::default();
    open(&disk).0.keep(vec![note("one")]).unwrap();
    let grown = || Journal::open(settings(&disk), cards("ALB ARM AZE")).unwrap();
    let (mut journal, reading) = grown();
    assert_eq!(words_of(&reading.records), ["one"]);
    assert!(reading.told().unwrap().contains("begun without AZE"));
    journal.keep(vec![note("two")]).unwrap();
    drop(journal);
    assert_eq!((grown().1.told(), grown().1.records.len()), (None, 2));
    let (_, reading) = Journal::open(settings(&disk), cards("XA XB XC")).unwrap();
    assert!(reading.records.is_empty(), "other countries have a folder of their own");
}

#[test]
fn a_file_without_its_header_is_bound_by_what_its_records_say() {
    let disk = Memory::default();
    open(&disk).0.keep(vec![note("one")]).unwrap();
    let name = her_file(&disk);
    let mut bytes = disk.file(&name);
    bytes[3] ^= 1;
    disk.put(&name, &bytes);
    let (_, reading) = open(&disk);
    assert_eq!(words_of(&reading.records), ["one"]);
    let codes: Vec<&str> = reading.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["journal-header-damaged", "journal-line-damaged"]);
    let (_, reading) = Journal::open(settings(&disk), cards("XA XB")).unwrap();
    assert!(reading.records.is_empty());
}

#[test]
fn of_two_records_with_one_id_the_first_is_kept_and_both_are_named() {
    let disk = Memory::default();
    open(&disk).0.keep(vec![note("one")]).unwrap();
    let name = her_file(&disk);
    let text = String::from_utf8(disk.file(&name)).unwrap();
    let line::JournalLine::Record { framework, mut record } =
        line::read(text.lines().nth(1).unwrap().as_bytes()).unwrap()
    else {
        panic!("the second line is a record");
    };
    let copy = disk.file(&name);
    disk.put(&name.replace(".0.", ".7."), &copy);
    assert_eq!(open(&disk).1.problems, vec![], "a copy is no problem");
    record.act = note("another").act;
    let other = line::write(&line::JournalLine::Record { framework, record });
    disk.put(&name.replace(".0.", ".7."), format!("{}\n{other}", text.lines().next().unwrap()).as_bytes());
    let (_, reading) = open(&disk);
    assert_eq!(words_of(&reading.records), ["one"]);
    let problem = reading.problems[0].to_string();
    assert!(
        problem.contains(".7.jsonl:2:1: two records are called") && problem.contains("is kept"),
        "{problem}"
    );
}

#[test]
fn a_file_that_another_program_replaced_is_not_written_to_any_more() {
    let disk = Memory::default();
    let (mut journal, _) = open(&disk);
    journal.keep(vec![note("one")]).unwrap();
    let name = her_file(&disk);
    // As a git checkout does: another file of the same name.
    let bytes = disk.file(&name);
    disk.put(&name, &bytes);
    journal.keep(vec![note("two")]).unwrap();
    drop(journal);
    assert_eq!(words_of(&open(&disk).1.records), ["one", "two"]);
    assert_eq!(disk.file(&name), bytes);
}

#[test]
fn what_stops_the_disk_is_said_in_one_line() {
    let said = |kind| {
        let disk = Memory::default();
        let (mut journal, _) = open(&disk);
        let at = disk.state().calls;
        disk.state().fault = Some((at, usize::MAX, Fault::Error(kind)));
        journal.keep(vec![note("one")]).unwrap_err().why.into_string()
    };
    assert!(said(io::ErrorKind::StorageFull).ends_with("the disk is full"));
    assert!(said(io::ErrorKind::ReadOnlyFilesystem).ends_with("the file system is read-only"));
    assert!(said(io::ErrorKind::PermissionDenied).contains("no permission"));
    let nowhere = Settings { home: Home::Nowhere, ..settings(&Memory::default()) };
    assert!(Journal::open(nowhere, cards("ALB")).unwrap_err().contains("--journal DIR"));
}

#[test]
fn notes_of_one_writer_on_two_branches_are_all_there_after_a_merge() {
    let disk = Memory::default();
    open(&disk).0.keep(vec![note("on main")]).unwrap();
    let name = her_file(&disk);
    let main = disk.file(&name);
    open(&disk).0.keep(vec![note("on a branch")]).unwrap();
    let branch = disk.file(&name);
    // On the main branch the same file continues from the same number.
    disk.put(&name, &main);
    open(&disk).0.keep(vec![note("on main again")]).unwrap();
    let mut union = disk.file(&name);
    union.extend_from_slice(&branch[main.len()..]);
    disk.put(&name, &union);
    let (_, reading) = open(&disk);
    let mut words = words_of(&reading.records);
    words.sort();
    assert_eq!(
        (words, reading.problems),
        (["on a branch", "on main", "on main again"].map(str::to_owned).to_vec(), vec![])
    );
}

#[test]
fn a_file_whose_sync_failed_is_not_written_again_when_the_cards_become_others() {
    let scenario = |disk: &Memory| {
        let (poster, _inbox) = crate::terminal::runtime::channel();
        let (keeper, ending) = Keeper::spawn(settings(disk), poster);
        keeper.open(cards("ALB ARM"));
        keeper.keep(vec![note("one")]);
        keeper.keep(vec![note("two")]);
        // A country was added: the journal is the same.
        keeper.open(cards("ALB ARM EST"));
        keeper.keep(vec![note("three")]);
        assert!(keeper.end(&ending, std::time::Duration::from_secs(40), 0).is_some());
    };
    let healthy = Memory::default();
    scenario(&healthy);
    let calls = healthy.state().calls;
    let mut bad = vec![];
    for at in 0..calls {
        let disk = Memory::failing(at, 1, Fault::Error(io::ErrorKind::Other));
        scenario(&disk);
        let state = disk.state();
        for (path, content) in &state.files {
            if content.lock().unwrap().is_written_after {
                bad.push((at, path.clone()));
            }
        }
    }
    assert!(bad.is_empty(), "written to after a failed sync: {bad:?}");
}

#[test]
fn a_folder_that_goes_after_a_failed_sync_is_made_again() {
    let healthy = Memory::default();
    let (mut journal, _) = open(&healthy);
    journal.keep(vec![note("one")]).unwrap();
    let calls = healthy.state().calls;
    let mut bad = vec![];
    for at in 0..calls {
        let disk = Memory::failing(at, 1, Fault::Error(io::ErrorKind::Other));
        let Ok((mut journal, _)) = Journal::open(settings(&disk), cards("ALB ARM")) else { continue };
        let first = journal.keep(vec![note("one")]).is_ok();
        disk.heal();
        disk.state().files.clear();
        disk.state().folders.clear();
        for _ in 0..2 {
            if let Err(lost) = journal.keep(vec![note("two")]) {
                bad.push((at, first, lost.why.to_string()));
            }
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}
