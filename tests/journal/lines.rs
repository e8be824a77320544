//! A journal cut after every byte, and with bits flipped: what is left is read, and nothing else.

use std::{path::Path, sync::Arc};

use visavis::{review::Record, store::journal::Journal};

use super::{Dice, cards, fake::Fake, flag, note, settings, texts, times};

const FOLDER: &str = "/reviews";

/// A real journal: its name, its bytes, its records.
fn written() -> (std::path::PathBuf, Vec<u8>, Vec<Record>) {
    let disk = disk();
    let mut journal = open(&disk, "Ana").0;
    let mut records = vec![];
    for at in 0..6 {
        let words = format!("note {at} \u{202e}\n\"ñ ,\"crc\":\"00000000\"}}");
        records.extend(journal.keep(vec![note(&words), flag(&format!("flag {at}"))]).unwrap());
    }
    let (path, bytes) = disk
        .files()
        .into_iter()
        .find(|(path, _)| path.extension().is_some_and(|ending| ending == "jsonl"))
        .unwrap();
    (path, bytes, records)
}

/// A disk on which the same program always writes as the same writer.
fn disk() -> Fake {
    let disk = Fake::new(Path::new(FOLDER));
    disk.put(Path::new("/state/writer"), b"0123456789abcdef\n");
    disk.put(&Path::new(FOLDER).join(".gitattributes"), b"");
    disk
}

fn open(disk: &Fake, author: &str) -> (Journal, visavis::store::journal::JournalReading) {
    Journal::open(settings(Arc::new(disk.clone()), Path::new(FOLDER), Path::new("/state"), author), cards())
        .unwrap()
}

fn with(path: &Path, bytes: &[u8]) -> Fake {
    let disk = disk();
    disk.put(path, bytes);
    disk
}

#[test]
fn a_journal_cut_after_any_byte_still_has_every_whole_line_and_can_be_gone_on_with() {
    let (path, bytes, records) = written();
    let header = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    let (mut files, mut lost) = (0, 0);
    for cut in 0..=bytes.len() {
        let disk = with(&path, &bytes[..cut]);
        // A last line is whole without its line break.
        let lines = bytes[..cut].split(|byte| *byte == b'\n').count() - 1;
        let is_whole = cut < bytes.len() && bytes[cut] == b'\n';
        let whole = (lines + usize::from(is_whole)).saturating_sub(1);
        let (_, reading) = open(&disk, "Ana");
        lost += whole - reading.records.len().min(whole);
        assert_eq!(reading.records, records[..whole], "cut at {cut}");
        assert_eq!(reading.damage() > 0, cut > 0 && !is_whole && bytes[cut - 1] != b'\n', "cut at {cut}");
        // The same writer goes on: the torn line is closed, and no id is given twice.
        let (mut journal, _) = open(&disk, "Ana");
        let more = journal.keep(vec![note("more")]).unwrap();
        drop(journal);
        let (_, reading) = open(&disk, "Ana");
        assert_eq!(reading.records, [&records[..whole], &more].concat(), "cut at {cut}");
        // Nothing is added to a file that says nothing; any other is gone on with.
        let is_new = cut > 0 && cut < header;
        assert_eq!(disk.files().len(), 3 + usize::from(is_new), "cut at {cut}");
        files += 1;
    }
    assert!(files > 500);
    println!(
        "| torn after every byte of a journal | {files} files | every whole line | {lost} lost | 0 wrong |"
    );
}

#[test]
fn no_flipped_bit_makes_a_record_that_was_not_written() {
    let (path, bytes, records) = written();
    let mut dice = Dice(3);
    let (runs, mut wrong, mut most) = (times(400, 4_000), 0, 0);
    for _ in 0..runs {
        let mut flipped = bytes.clone();
        let at = dice.roll(bytes.len());
        flipped[at] ^= 1 << dice.roll(8);
        let (_, reading) = open(&with(&path, &flipped), "Ana");
        wrong += reading.records.iter().filter(|record| !records.contains(record)).count();
        let lost = records.len() - reading.records.len();
        most = most.max(lost);
        assert!(lost <= 2, "one bit at {at} hides {lost} lines");
        assert!(reading.damage() > 0, "the flip at {at} is told");
    }
    assert_eq!(wrong, 0);
    println!("| flipped bits | {runs} flips | at most {most} lines hidden by one | {wrong} wrong |");
}

#[test]
fn windows_line_ends_a_byte_order_mark_and_blank_lines_are_no_damage() {
    let (path, bytes, records) = written();
    let text = String::from_utf8(bytes).unwrap();
    let changed = format!("\u{feff}{}\r\n  \r\n", text.replace('\n', "\r\n"));
    let (_, reading) = open(&with(&path, changed.as_bytes()), "Ana");
    assert_eq!((reading.records, reading.problems), (records, vec![]));
}

#[test]
fn a_damaged_line_is_told_with_its_place_and_hides_no_other() {
    let (path, bytes, records) = written();
    let text = String::from_utf8(bytes).unwrap();
    let changed = text.replacen("flag 0", "flag 9", 1);
    let (_, reading) = open(&with(&path, changed.as_bytes()), "Ana");
    assert_eq!(reading.records.len(), records.len() - 1);
    let [problem] = &reading.problems[..] else { panic!("{:?}", reading.problems) };
    let place = problem.place.unwrap();
    assert_eq!((problem.code, place.line), ("journal-line-damaged", 3));
    let line_before = text.match_indices('\n').nth(1).unwrap().0;
    assert_eq!(place.byte, line_before as u64 + 1);
    assert!(problem.file.is_some() && problem.hint.is_some() && problem.found.is_some());
}

#[test]
fn of_two_records_with_one_id_the_first_is_kept_and_both_are_told() {
    let (path, bytes, records) = written();
    let disk = with(&path, &bytes);
    let text = String::from_utf8(bytes.clone()).unwrap();
    let body = text.lines().nth(2).unwrap().split(",\"crc\"").next().unwrap().replace("flag 0", "flag 9");
    let forged = format!("{body},\"crc\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes()));
    let header = text.lines().next().unwrap();
    disk.put(&Path::new(FOLDER).join("z.0.jsonl"), format!("{header}\n{forged}").as_bytes());
    // A plain copy of a file says nothing new, and is no problem.
    disk.put(&Path::new(FOLDER).join("copy of it.jsonl"), &bytes);
    let (_, reading) = open(&disk, "Ana");
    assert_eq!(texts(&reading.records), texts(&records));
    let [problem] = &reading.problems[..] else { panic!("{:?}", reading.problems) };
    assert_eq!(problem.code, "journal-same-id");
    assert!(problem.expected.is_some() && problem.found.is_some() && problem.message.contains("jsonl"));
}
