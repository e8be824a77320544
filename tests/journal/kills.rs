//! Processes that write and are killed at any moment, and many that write at once.

use std::{
    collections::{HashMap, HashSet},
    io::Read as _,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use super::{Dice, flag, note, open, texts, times};

/// The program that the other tests start: it writes what it is told to, and says what was acknowledged.
#[test]
#[ignore = "a program of its own, which the other tests start"]
fn writer_process() {
    let variable = |name: &str| std::env::var(name).unwrap();
    let (folder, run) = (variable("WRITER_FOLDER"), variable("WRITER_RUN"));
    let count: usize = variable("WRITER_COUNT").parse().unwrap();
    let (mut journal, _) = open(Path::new(&folder), "Ana");
    let mut next = 0;
    while next < count {
        // One, two or three together.
        let drafts: Vec<_> = (0..=next % 3)
            .map(|at| next + at)
            .map(|at| if at % 2 == 0 { note(&format!("{run} {at}")) } else { flag(&format!("{run} {at}")) })
            .collect();
        next += drafts.len();
        for record in journal.keep(drafts).unwrap() {
            println!("ACK {} {}", record.id.text(), super::text(&record));
        }
    }
}

fn start(folder: &Path, run: &str, count: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "kills::writer_process", "--nocapture"])
        .env("WRITER_FOLDER", folder)
        .env("WRITER_RUN", run)
        .env("WRITER_COUNT", count.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What the process said was saved: ids and texts. A line that is cut off was not said.
fn acknowledged(child: &mut Child) -> Vec<(String, String)> {
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    let whole = said.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
    let lines = whole.filter_map(|line| line.split_once("ACK ")?.1.split_once(' '));
    lines.map(|(id, text)| (id.to_owned(), text.to_owned())).collect()
}

#[test]
fn whatever_was_acknowledged_before_a_kill_is_there_afterwards() {
    let (runs, mut dice) = (times(40, 1_200), Dice(11));
    let (mut all, mut lost, mut wrong, mut early) = (0, 0, 0, 0);
    let mut root = tempfile::tempdir().unwrap();
    let mut known: HashMap<String, String> = HashMap::new();
    for run in 0..runs {
        if run % 25 == 0 {
            (root, known) = (tempfile::tempdir().unwrap(), HashMap::new());
        }
        let folder = root.path().join("reviews");
        let mut child = start(&folder, &run.to_string(), 100_000);
        thread::sleep(Duration::from_micros(6_000 + dice.roll(50_000) as u64));
        // SIGKILL: nothing in the process hears of it.
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged = acknowledged(&mut child);
        early += usize::from(acknowledged.is_empty());
        all += acknowledged.len();
        known.extend(acknowledged);
        let (_, reading) = open(&folder, "Ana");
        let there: HashMap<String, String> =
            reading.records.iter().map(|record| (record.id.text().to_owned(), super::text(record))).collect();
        lost += known.iter().filter(|(id, text)| there.get(*id) != Some(text)).count();
        let is_asked = |text: &str| {
            text.split_once(' ').is_some_and(|(of, at)| {
                of.parse::<usize>().is_ok_and(|of| of <= run) && at.parse::<usize>().is_ok()
            })
        };
        let texts = texts(&reading.records);
        let unique: HashSet<&String> = texts.iter().collect();
        wrong += texts.iter().filter(|text| !is_asked(text)).count() + texts.len() - unique.len();
    }
    println!(
        "| kill -9 | {runs} runs, {early} of them before the first record | {all} acknowledged | {lost} lost | {wrong} wrong |"
    );
    assert!(all > runs, "the processes write before they are killed");
    assert_eq!((lost, wrong), (0, 0));
}

#[test]
fn eight_processes_write_at_once_and_each_record_is_there_once() {
    let count = times(20, 200);
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("reviews");
    let mut children: Vec<Child> =
        (0..8).map(|writer| start(&folder, &format!("writer {writer}"), count)).collect();
    let mut all: Vec<(String, String)> = vec![];
    for child in &mut children {
        all.extend(acknowledged(child));
        assert!(child.wait().unwrap().success());
    }
    let (_, reading) = open(&folder, "Ana");
    let there: HashMap<&str, String> =
        reading.records.iter().map(|record| (record.id.text(), super::text(record))).collect();
    let lost = all.iter().filter(|(id, text)| there.get(id.as_str()) != Some(text)).count();
    let files = std::fs::read_dir(&folder).unwrap().count() - 1;
    println!(
        "| 8 processes at once | {count} notes and more each, {files} files | {} acknowledged | {lost} lost | {} wrong |",
        all.len(),
        reading.records.len() - all.len()
    );
    assert!(all.len() >= 8 * count);
    assert_eq!((lost, reading.records.len(), reading.problems.len()), (0, all.len(), 0));
}
