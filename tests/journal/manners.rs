//! Whose cards a journal is about, where it stands, and what it does to the folder.

use std::{
    fs,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use visavis::store::journal::{Home, Journal, JournalReading, Os, Settings};

use super::{cards, identity, note, open, settings, texts};

fn at_home(root: &Path, cards: visavis::review::identity::Identity) -> (Journal, JournalReading) {
    let state = root.join("state");
    let home = Home::State(state.join("reviews"));
    Journal::open(Settings { home, ..settings(Arc::new(Os), root, &state, "Ana") }, cards).unwrap()
}

#[test]
fn opening_leaves_nothing_behind_and_keeping_creates_private_files() {
    let root = tempfile::tempdir().unwrap();
    let (mut journal, _) = at_home(root.path(), cards());
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    journal.keep(vec![note("mine")]).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(journal.folder()), mode(&root.path().join("state/writer"))), (0o700, 0o600));
    let files: Vec<_> = fs::read_dir(journal.folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 2, "{files:?}");
    assert!(files.iter().all(|file| mode(file) == 0o600), "{files:?}");
    let name = journal.folder().file_name().unwrap().to_string_lossy().into_owned();
    assert!(name.starts_with("progress-card-"), "{name}");
}

#[test]
fn a_journal_follows_its_cards_when_they_grow_and_says_so_once() {
    let root = tempfile::tempdir().unwrap();
    at_home(root.path(), cards()).0.keep(vec![note("first")]).unwrap();
    let grown = || identity("progress-card", "ALB ARM AZE BIH BRA");
    let (mut journal, reading) = at_home(root.path(), grown());
    assert_eq!(texts(&reading.records), ["first"]);
    assert!(reading.told().unwrap().contains("without BRA"), "{:?}", reading.told());
    journal.keep(vec![note("second")]).unwrap();
    drop(journal);
    let (_, reading) = at_home(root.path(), grown());
    assert_eq!((texts(&reading.records).len(), reading.told()), (2, None));
    let (_, reading) = at_home(root.path(), cards());
    assert_eq!((texts(&reading.records).len(), reading.told()), (2, None), "the smaller set is in it");
}

#[test]
fn other_cards_have_other_journals() {
    let root = tempfile::tempdir().unwrap();
    at_home(root.path(), cards()).0.keep(vec![note("ours")]).unwrap();
    for other in [identity("press-freedom", "ALB ARM AZE BIH"), identity("progress-card", "XA XB XC")] {
        let (mut journal, reading) = at_home(root.path(), other);
        assert_eq!((reading.records.len(), reading.told()), (0, None));
        journal.keep(vec![note("theirs")]).unwrap();
    }
    assert_eq!(fs::read_dir(root.path().join("state/reviews")).unwrap().count(), 3);
    assert_eq!(texts(&at_home(root.path(), cards()).1.records), ["ours"]);
}

#[test]
fn in_one_folder_for_all_the_journals_of_other_cards_are_counted_and_not_shown() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("reviews");
    let state = root.path().join("state");
    let settings = |author: &str| settings(Arc::new(Os), &folder, &state, author);
    for author in ["Ana", "Ben"] {
        let other = identity("press-freedom", "ALB ARM");
        Journal::open(settings(author), other).unwrap().0.keep(vec![note("theirs")]).unwrap();
    }
    let (mut journal, reading) = Journal::open(settings("Ana"), cards()).unwrap();
    assert_eq!(reading.records, []);
    let told = reading.told().unwrap();
    assert_eq!(told, "2 journals here belong to other cards (framework press-freedom): not shown");
    // The same writer does not write into the file of the other cards.
    let kept = journal.keep(vec![note("ours")]).unwrap();
    assert!(kept[0].id.text().contains(".1_"), "{:?}", kept[0].id);
    assert_eq!(texts(&journal.read().unwrap().records), ["ours"]);
}

#[test]
fn a_journal_without_its_header_is_known_by_its_records() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("reviews");
    let (mut journal, _) = open(&folder, "Ana");
    journal.keep(vec![note("first")]).unwrap();
    let file = folder.join(format!("{}.0.jsonl", journal.writer()));
    drop(journal);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("progress-card", "progress-cord", 1)).unwrap();
    let (mut journal, reading) = open(&folder, "Ana");
    assert_eq!(texts(&reading.records), ["first"]);
    let codes: Vec<&str> = reading.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["journal-header-damaged", "journal-line-damaged"]);
    journal.keep(vec![note("second")]).unwrap();
    let state = root.path().join("state");
    let others = |cards| Journal::open(settings(Arc::new(Os), &folder, &state, "Ana"), cards).unwrap().1;
    assert_eq!(others(identity("press-freedom", "ALB")).records, []);
    assert_eq!(texts(&others(cards()).records), ["first", "second"]);
}

#[test]
fn the_clock_may_jump_and_the_order_stays() {
    static TICKS: AtomicU32 = AtomicU32::new(0);
    fn jumping() -> String {
        let tick = TICKS.fetch_add(1, Ordering::Relaxed);
        format!("{}-01-01T00:00:00+00:00", [2026, 1970, 2262, 1999][tick as usize % 4])
    }
    let root = tempfile::tempdir().unwrap();
    let state = root.path().join("state");
    for at in 0..8 {
        let author = ["Ana", "Ben"][at % 2];
        let settings = Settings {
            clock: jumping,
            ..settings(Arc::new(Os), &root.path().join("reviews"), &state, author)
        };
        Journal::open(settings, cards()).unwrap().0.keep(vec![note(&at.to_string())]).unwrap();
    }
    let (_, reading) = open(&root.path().join("reviews"), "Cem");
    assert_eq!(texts(&reading.records), ["0", "1", "2", "3", "4", "5", "6", "7"]);
}

#[test]
fn a_file_that_git_replaced_while_it_was_open_is_not_written_to_any_more() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("reviews");
    let (mut journal, _) = open(&folder, "Ana");
    journal.keep(vec![note("first")]).unwrap();
    let file = folder.join(format!("{}.0.jsonl", journal.writer()));
    fs::copy(&file, folder.join("new")).unwrap();
    fs::rename(folder.join("new"), &file).unwrap();
    let kept = journal.keep(vec![note("second")]).unwrap();
    assert!(kept[0].id.text().contains(".1_"), "{:?}", kept[0].id);
    fs::remove_dir_all(&folder).unwrap();
    journal.keep(vec![note("third")]).unwrap();
    assert_eq!(texts(&open(&folder, "Ana").1.records), ["third"], "the folder was thrown away by its owner");
}

#[test]
fn links_are_neither_read_nor_written_through() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("reviews");
    let writer = open(&folder, "Ana").0.writer().to_owned();
    let (mut journal, _) = open(&folder, "Ana");
    let precious = root.path().join("precious");
    fs::write(&precious, "mine\n").unwrap();
    fs::create_dir_all(&folder).unwrap();
    // The writer is another one in each run as long as nothing is kept.
    for name in [writer.as_str(), journal.writer()] {
        symlink(&precious, folder.join(format!("{name}.0.jsonl"))).unwrap();
    }
    journal.keep(vec![note("first")]).unwrap();
    assert_eq!(fs::read_to_string(&precious).unwrap(), "mine\n");
    let reading = journal.read().unwrap();
    assert_eq!(texts(&reading.records), ["first"]);
    assert!(reading.problems.iter().all(|problem| problem.code == "journal-unreadable"));
    assert_eq!(reading.problems.len(), 2);
}

#[test]
fn a_note_that_is_too_long_and_a_folder_that_is_a_file_are_refused_in_words() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("reviews");
    let (mut journal, _) = open(&folder, "Ana");
    let lost = journal.keep(vec![note(&"x".repeat(1 << 20))]).unwrap_err();
    assert_eq!(lost.why, "a note may have at most 512 kB");
    fs::write(&folder, "").unwrap();
    let lost = journal.keep(vec![note("x")]).unwrap_err();
    assert!(lost.why.ends_with("is, or is inside, something that is no folder"), "{}", lost.why);
    let settings = settings(Arc::new(Os), &folder, root.path(), "Ana");
    assert!(Journal::open(settings, cards()).unwrap_err().contains("cannot be read"));
}

#[test]
fn a_state_folder_that_cannot_be_written_to_makes_another_writer_of_every_run() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("state"), "").unwrap();
    let folder = root.path().join("reviews");
    for text in ["first", "second"] {
        open(&folder, "Ana").0.keep(vec![note(text)]).unwrap();
    }
    let mut both = texts(&open(&folder, "Ana").1.records);
    both.sort();
    assert_eq!(both, ["first", "second"]);
    assert_eq!(
        fs::read_dir(&folder)
            .unwrap()
            .filter(|entry| {
                entry.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "jsonl")
            })
            .count(),
        2
    );
}
