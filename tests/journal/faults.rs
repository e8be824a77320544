//! Every call to the file system fails in turn: before, half way, and after it has done its work; once, and for good.

use std::{io::ErrorKind, path::Path, sync::Arc};

use visavis::{review::Record, store::journal::Journal};

use super::{
    cards,
    fake::{Fake, Fault},
    flag, note, settings, text, texts,
};

const ROOT: &str = "/home/ana";

/// Batches that a reviewer asks for, one after another.
fn batches() -> Vec<Vec<visavis::review::Draft>> {
    vec![
        vec![note("first")],
        vec![flag("second a"), note("second b"), flag("second c")],
        vec![note("third")],
        vec![flag("fourth"), flag("fourth too")],
    ]
}

fn journal(disk: &Fake) -> Result<(Journal, visavis::store::journal::JournalReading), String> {
    let root = Path::new(ROOT);
    let settings = settings(Arc::new(disk.clone()), &root.join("shared/reviews"), &root.join("state"), "Ana");
    Journal::open(settings, cards()).map_err(|why| why.to_string())
}

/// Everything asked for in two runs of the program: what was acknowledged, and what was refused.
fn work(disk: &Fake) -> (Vec<Record>, Vec<String>) {
    let (mut kept, mut refused) = (vec![], vec![]);
    for half in batches().chunks(2) {
        let opened = journal(disk);
        for drafts in half {
            let asked = || {
                drafts.iter().map(|draft| match &draft.act {
                    visavis::review::Act::Note { text, .. } => text.raw().to_owned(),
                    visavis::review::Act::Flag { note, .. } => note.raw().to_owned(),
                    _ => String::new(),
                })
            };
            refused.extend(asked());
        }
        let Ok((mut journal, _)) = opened else { continue };
        for drafts in half {
            match journal.keep(drafts.clone()) {
                Ok(records) => {
                    refused.retain(|one| !records.iter().any(|record| text(record) == *one));
                    kept.extend(records);
                }
                Err(lost) => {
                    assert_eq!(lost.drafts, *drafts, "what was typed comes back");
                    assert!(!lost.why.is_empty());
                }
            }
        }
    }
    (kept, refused)
}

fn assert_kept(disk: &Fake, kept: &[Record], from: &str) -> Vec<Record> {
    let (_, reading) = journal(disk).unwrap();
    for record in kept {
        assert!(reading.records.contains(record), "{from}: {} is lost", text(record));
    }
    let all: Vec<String> = batches()
        .concat()
        .into_iter()
        .map(|draft| {
            text(&Record {
                id: "x".into(),
                lamport: 0,
                time: "".into(),
                author: visavis::text::Raw::default(),
                act: draft.act,
                over: vec![],
            })
        })
        .collect();
    for record in &reading.records {
        assert!(all.contains(&text(record)), "{from}: {record:?} was never asked for");
    }
    reading.records
}

#[test]
fn no_failing_call_loses_what_was_acknowledged_or_keeps_what_was_refused() {
    let count = {
        let disk = Fake::new(Path::new(ROOT));
        let (kept, refused) = work(&disk);
        assert_eq!((kept.len(), refused.len()), (7, 0));
        disk.calls()
    };
    let (mut runs, mut acknowledged, mut leftover) = (0, 0, 0);
    let kinds =
        [ErrorKind::StorageFull, ErrorKind::PermissionDenied, ErrorKind::Other, ErrorKind::Interrupted];
    for call in 0..count + 4 {
        for fault in [Fault::Before, Fault::Half, Fault::After] {
            for for_good in [false, true] {
                let disk = Fake::new(Path::new(ROOT));
                disk.fail(call, fault, for_good, kinds[call % kinds.len()]);
                let (kept, refused) = work(&disk);
                disk.mend();
                let name = disk.log().get(call).copied().unwrap_or("no call");
                let from = format!("call {call} ({name}) fails, {fault:?}, for good: {for_good}");
                let seen = assert_kept(&disk, &kept, &from);
                if !disk.has_failed_to_cut() {
                    let seen = texts(&seen);
                    let stays = refused.iter().find(|one| seen.contains(one));
                    assert_eq!(stays, None, "{from}: refused, and there all the same");
                }
                leftover += usize::from(disk.has_failed_to_cut());
                assert_kept(&disk.after_power_cut(), &kept, &format!("{from}, then the power is cut"));
                // The program goes on afterwards, whatever was left behind.
                let after = disk.after_power_cut();
                let (mut journal, _) = journal(&after).unwrap();
                let last = journal.keep(vec![note("first")]).unwrap();
                drop(journal);
                assert_kept(&after.after_power_cut(), &[kept.clone(), last].concat(), &from);
                runs += 1;
                acknowledged += kept.len();
            }
        }
    }
    println!(
        "| every file-system call fails in turn ({count} calls × 3 ways × once, for good) | {runs} runs | \
         {acknowledged} acknowledged | 0 lost | 0 wrong | the cut back failed too in {leftover} |"
    );
}

#[test]
fn after_a_failed_sync_the_file_is_left_and_the_next_one_begun() {
    let disk = Fake::new(Path::new(ROOT));
    let (mut journal, _) = journal(&disk).unwrap();
    journal.keep(vec![note("first")]).unwrap();
    let at = disk.calls();
    // The length is asked for, then the line is appended, then it is synced.
    disk.fail(at + 2, Fault::After, false, ErrorKind::Other);
    let lost = journal.keep(vec![note("second")]).unwrap_err();
    assert_eq!(disk.log()[at..at + 3], ["length_at", "append", "sync"]);
    assert_eq!(lost.drafts, [note("second")]);
    let third = journal.keep(vec![note("third")]).unwrap();
    assert!(third[0].id.text().contains(".1_"), "{:?}", third[0].id);
    let (_, reading) = super::faults::journal(&disk).unwrap();
    assert_eq!(texts(&reading.records), ["first", "third"]);
}
