//! A disk of 64 kB that fills up, and then cannot be written to at all.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

use super::{note, open, text, times};

/// A small disk, taken away again at the end.
struct Mounted(PathBuf);

impl Mounted {
    fn new(on: &Path, options: &str) -> Option<Self> {
        fs::create_dir_all(on).unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(on).output();
        mounted.is_ok_and(|output| output.status.success()).then(|| Self(on.to_owned()))
    }

    /// A program that another test starts at this moment holds every file of this one for an instant: the disk is busy then.
    fn remount(&self, options: &str) -> bool {
        let options = format!("remount,{options}");
        (0..200).any(|_| {
            let done = Command::new("mount").args(["-o", &options]).arg(&self.0).output();
            let is_done = done.is_ok_and(|output| output.status.success());
            if !is_done {
                thread::sleep(Duration::from_millis(10));
            }
            is_done
        })
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

#[test]
fn a_full_disk_is_said_in_one_line_and_loses_nothing() {
    let (mut kept_in_all, mut refused, runs) = (0, 0, times(3, 40));
    for run in 0..runs {
        let root = tempfile::tempdir().unwrap();
        let Some(disk) = Mounted::new(&root.path().join("disk"), "size=64k") else {
            println!("a small disk cannot be mounted here: nothing is filled up");
            return;
        };
        let folder = disk.0.join("reviews");
        let (mut journal, _) = open(&folder, "Ana");
        let (mut kept, mut at) = (vec![], 0);
        let lost = loop {
            at += 1;
            assert!(at < 2_000, "64 kB fill up");
            let words = format!("note {at} {}", "x".repeat(run * 37 % 2_000));
            match journal.keep(vec![note(&words), note(&format!("{words} too"))]) {
                Ok(records) => kept.extend(records),
                Err(lost) => break lost,
            }
        };
        assert!(lost.why.ends_with("the disk is full") && lost.why.lines().count() == 1, "{}", lost.why);
        let (_, reading) = open(&folder, "Ana");
        assert_eq!(
            (&reading.records, &reading.problems),
            (&kept, &vec![]),
            "nothing of the refused is there"
        );
        // Room again: what was typed is tried again, and now is kept.
        assert!(disk.remount("size=256k"));
        kept.extend(journal.keep(lost.drafts).unwrap());
        drop(journal);
        assert!(disk.remount("ro"));
        let lost = open(&folder, "Ana").0.keep(vec![note("read-only")]).unwrap_err();
        assert!(lost.why.ends_with("the file system is read-only"), "{}", lost.why);
        assert!(disk.remount("rw"));
        let (_, reading) = open(&folder, "Ana");
        assert_eq!((&reading.records, &reading.problems), (&kept, &vec![]));
        assert!(reading.records.iter().all(|record| text(record) != "read-only"));
        kept_in_all += kept.len();
        refused += 2;
    }
    println!(
        "| a full disk of 64 kB (tmpfs), then a read-only one | {runs} disks, {refused} refusals | \
         {kept_in_all} acknowledged | 0 lost | 0 wrong |"
    );
}
