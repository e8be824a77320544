//! A journal folder in git: three clones of it on one machine, merged in every order.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use visavis::{
    review::{Act, Book, Draft, Id, Record},
    store::journal::Journal,
    text::Raw,
};

use super::{Dice, flag, note, open, times};

fn git(folder: &Path, args: &[&str]) -> bool {
    let output = Command::new("git")
        .args(["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "init.defaultBranch=main"])
        .args(["-c", "commit.gpgsign=false", "-c", "gc.auto=0", "-c", "core.fsync=none"])
        .args(args)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output();
    output.is_ok_and(|output| output.status.success())
}

/// One person's clone.
struct Clone {
    path: PathBuf,
    author: &'static str,
    journal: Option<Journal>,
    /// What was acknowledged here.
    kept: Vec<Record>,
}

impl Clone {
    fn journal(&mut self) -> &mut Journal {
        let (path, author) = (&self.path, self.author);
        self.journal.get_or_insert_with(|| open(path, author).0)
    }

    /// Says something about what is seen here, as the screen would.
    fn act(&mut self, dice: &mut Dice, at: usize) {
        let seen = Book::of(self.journal().read().unwrap().records);
        let words = format!("{} {at}", self.path.display());
        let flags: Vec<Id> = seen.flags().iter().map(|flag| flag.said.id.clone()).collect();
        let draft = match dice.roll(6) {
            0 if !flags.is_empty() => {
                let flag = seen.flag(&flags[dice.roll(flags.len())]).unwrap();
                let (id, over) = (flag.said.id.clone(), flag.heads.clone());
                Draft { act: Act::Resolve { flag: id, note: Raw::new(words) }, over }
            }
            1 if !flags.is_empty() => {
                let flag = seen.flag(&flags[dice.roll(flags.len())]).unwrap();
                Draft { act: Act::Reopen { flag: flag.said.id.clone() }, over: flag.heads.clone() }
            }
            2 => {
                let of = seen.undoable(self.journal().writer());
                if of.is_empty() { note(&words) } else { Draft::new(Act::Undo { of }) }
            }
            3 => note(&words),
            _ => flag(&words),
        };
        let kept = self.journal().keep(vec![draft]).unwrap();
        self.kept.extend(kept);
    }

    /// Whether the merge went without a conflict; nothing when there is no earlier state yet.
    fn branch(&mut self, dice: &mut Dice, at: usize) -> Option<bool> {
        self.commit();
        if !git(&self.path, &["branch", "-qf", "side", "HEAD~1"]) {
            return None;
        }
        for (branch, words) in [("side", 1_000 + at), ("main", 2_000 + at)] {
            assert!(git(&self.path, &["checkout", "-q", branch]));
            if dice.roll(2) == 0 {
                self.journal = None;
            }
            self.act(dice, words);
            self.commit();
        }
        Some(git(&self.path, &["merge", "-q", "--no-edit", "side"]))
    }

    fn commit(&self) {
        assert!(git(&self.path, &["add", "-A"]));
        // Nothing new is no failure here.
        git(&self.path, &["commit", "-qm", "Review"]);
    }
}

/// Whatever records come to: flags with their states, notes, what is undone.
fn sum(records: Vec<Record>) -> String {
    let book = Book::of(records);
    let mut notes: Vec<String> = book.notes().map(|note| format!("{note:?}")).collect();
    notes.sort();
    let undone: Vec<bool> = book.records().map(|record| book.is_undone(&record.id)).collect();
    format!("{:?} {notes:?} {undone:?}", book.flags())
}

#[test]
fn clones_merged_by_git_in_any_order_have_no_conflict_and_come_to_the_same() {
    const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let root = tempfile::tempdir().unwrap();
    if !git(root.path(), &["init", "-q", "probe"]) {
        println!("git is not here: no clones are merged");
        return;
    }
    let (histories, mut dice) = (times(4, 200), Dice(5));
    let (mut merges, mut conflicts, mut acknowledged, mut lost) = (0, 0, 0, 0);
    for history in 0..histories {
        let root = root.path().join(history.to_string());
        fs::create_dir(&root).unwrap();
        assert!(git(&root, &["init", "-q", "--bare", "origin.git"]));
        // Two of them are the same person with two clones.
        let mut clones: Vec<Clone> = ["Ana", "Ana", "Ben"]
            .into_iter()
            .enumerate()
            .map(|(at, author)| {
                assert!(git(&root, &["clone", "-q", "origin.git", &format!("clone{at}")]));
                Clone { path: root.join(format!("clone{at}")), author, journal: None, kept: vec![] }
            })
            .collect();
        clones[0].act(&mut dice, 0);
        clones[0].commit();
        assert!(git(&clones[0].path, &["push", "-q", "origin", "HEAD:main"]));
        for clone in &mut clones[1..] {
            assert!(git(&clone.path, &["pull", "-q", "origin", "main"]));
        }
        for at in 1..20 {
            let who = dice.roll(3);
            match dice.roll(9) {
                // A branch off an earlier state, gone on with on both sides and merged again.
                3 => {
                    let branched = clones[who].branch(&mut dice, at);
                    merges += usize::from(branched.is_some());
                    conflicts += usize::from(branched == Some(false));
                }
                0 => clones[who].commit(),
                // The program ends and starts anew.
                1 => clones[who].journal = None,
                // What others have pushed arrives while the program runs.
                2 => {
                    clones[who].commit();
                    merges += 1;
                    conflicts += usize::from(!git(
                        &clones[who].path,
                        &["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"],
                    ));
                    git(&clones[who].path, &["push", "-q", "origin", "HEAD:main"]);
                }
                _ => clones[who].act(&mut dice, at),
            }
        }
        let mut kept = vec![];
        for clone in &mut clones {
            clone.commit();
            clone.journal = None;
            kept.append(&mut clone.kept);
        }
        acknowledged += kept.len();
        let mut sums = vec![];
        for order in ORDERS {
            let name = format!("merged{}{}{}", order[0], order[1], order[2]);
            assert!(git(&root, &["clone", "-q", &format!("clone{}", order[0]), &name]));
            let whole = root.join(name);
            for other in &order[1..] {
                merges += 1;
                let from = root.join(format!("clone{other}"));
                let args = ["pull", "-q", "--no-rebase", "--no-edit", from.to_str().unwrap(), "HEAD"];
                conflicts += usize::from(!git(&whole, &args));
            }
            let (_, reading) = open(&whole, "Cem");
            lost += kept.iter().filter(|record| !reading.records.contains(record)).count();
            assert_eq!(reading.problems, [], "history {history}, {order:?}");
            assert_eq!(reading.records.len(), kept.len(), "history {history}, {order:?}");
            sums.push(sum(reading.records));
        }
        assert!(sums.iter().all(|one| *one == sums[0]), "history {history} depends on the order");
        fs::remove_dir_all(&root).unwrap();
    }
    println!(
        "| 3 clones merged by git in all 6 orders | {histories} histories, {merges} merges, {conflicts} conflicts | \
         {acknowledged} acknowledged | {lost} lost | 0 wrong |"
    );
    assert_eq!((conflicts, lost), (0, 0));
}
