//! Two people over two clones, doing whatever a review team does in any order, killed and merged at random.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

use serde_json::Value;

use super::{root, text};

/// A multiplicative generator: the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }
}

/// A person with a clone and a home of their own.
struct Person {
    name: &'static str,
    home: PathBuf,
    clone: PathBuf,
}

impl Person {
    fn git(&self, args: &[&str]) -> bool {
        let mut command = Command::new("git");
        command
            .args(args)
            .current_dir(&self.clone)
            .env("HOME", &self.home)
            .env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.envs([("GIT_AUTHOR_NAME", self.name), ("GIT_COMMITTER_NAME", self.name)]);
        command.envs([("GIT_AUTHOR_EMAIL", "a@example.org"), ("GIT_COMMITTER_EMAIL", "a@example.org")]);
        command.output().unwrap().status.success()
    }

    fn visavis(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_visavis"));
        let data = root().join("tests/data/small");
        command.args(args).args(["--journal", "reviews", "-d"]).arg(data).current_dir(&self.clone);
        command.env("HOME", &self.home).env("XDG_STATE_HOME", self.home.join("state"));
        command.env("XDG_CONFIG_HOME", self.home.join("config")).env("VISAVIS_AUTHOR", self.name);
        command.stdin(Stdio::null());
        command
    }

    fn json(&self, args: &[&str]) -> Value {
        let output = self.visavis(&[args, &["--format", "json"]].concat()).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Commits what is there, takes what others have pushed and pushes all of it.
    fn sync(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", "Review"]);
        assert!(self.git(&["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"]), "a merge conflicts");
        assert!(self.git(&["push", "-q", "origin", "HEAD:main"]));
    }
}

/// What somebody has said in a text that no other act has, and whether the program said that it was saved.
struct Said {
    author: &'static str,
    was_saved: bool,
}

/// One act of a person, whose words are `words`; `None` if there is nothing to do it to.
fn act(person: &Person, dice: &mut Dice, words: &str) -> Option<(Vec<String>, bool)> {
    let owned = |args: &[&str]| args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>();
    let (country, indicator) = (dice.of(&["IRL@2010", "SWE@2010"]), dice.of(&["opsc", "convictions"]));
    let flag = |dice: &mut Dice| -> Option<String> {
        let listed = person.json(&["flags", "list", "--state", "all"]);
        let flags: Vec<&Value> =
            listed["rows"].as_array()?.iter().filter(|row| row["kind"] == "question").collect();
        if flags.is_empty() {
            return None;
        }
        Some(flags[dice.roll(flags.len())]["id"].as_str()?.to_owned())
    };
    Some(match dice.roll(10) {
        0 | 1 => (owned(&["flags", "add", country, indicator, "--kind", "question", "--note", words]), true),
        2..=4 => (owned(&["flags", "note", country, indicator, "--text", words]), true),
        5 => (owned(&["flags", "resolve", &flag(dice)?, "--note", words]), true),
        6 => (owned(&["flags", "reopen", &flag(dice)?]), false),
        7 => (owned(&["flags", "sign-off", country, "--as", "sent-back", "--note", words]), true),
        8 => {
            (owned(&["flags", "sign-off", country, "--as", dice.of(&["checked", "approved", "open"])]), false)
        }
        _ => (
            owned(&["flags", "ask", &flag(dice)?, "--to", dice.of(&["Ana", "Ben"]), "--due", "2026-12-01"]),
            false,
        ),
    })
}

/// Runs a command, or kills it after a moment; what it printed counts only if it ended by itself.
fn run(person: &Person, args: &[String], kill_after: Option<Duration>) -> Option<Output> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut child = person.visavis(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    if let Some(moment) = kill_after {
        thread::sleep(moment);
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
    }
    Some(child.wait_with_output().unwrap())
}

/// The words of every record in a journal, with their authors.
fn words_of(export: &Value) -> BTreeMap<String, Vec<String>> {
    let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in export["history"].as_array().unwrap() {
        let Some(text) = record["text"].as_str().filter(|text| text.starts_with("words ")) else { continue };
        words.entry(text.to_owned()).or_default().push(record["author"].as_str().unwrap().to_owned());
    }
    words
}

/// What the journal says, without where this copy of it lies.
fn meaning(person: &Person) -> [Value; 3] {
    let without_about = |mut json: Value| {
        json.as_object_mut().unwrap().remove("data");
        json
    };
    [
        &["flags", "export"][..],
        &["flags", "list", "--state", "all"],
        &["flags", "progress", "--edition", "2010"],
    ]
    .map(|args| without_about(person.json(args)))
}

fn person(above: &Path, name: &'static str) -> Person {
    let (home, clone) = (above.join(format!("{name}-home")), above.join(name));
    fs::create_dir(&home).unwrap();
    Person { name, home, clone }
}

#[test]
fn no_word_is_lost_or_under_another_s_name_whatever_two_people_do_and_however_it_is_merged() {
    if Command::new("git").arg("--version").output().is_err() {
        println!("git is not here: nothing is merged");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let git =
        |args: &[&str]| assert!(Command::new("git").args(args).current_dir(here).status().unwrap().success());
    git(&["init", "-q", "--bare", "-b", "main", "origin.git"]);
    let people = [person(here, "Ana"), person(here, "Ben")];
    for person in &people {
        git(&["clone", "-q", "origin.git", person.name]);
    }
    fs::create_dir(people[0].clone.join("reviews")).unwrap();
    fs::write(people[0].clone.join("reviews/README"), "What reviewers have said.\n").unwrap();
    people[0].git(&["add", "-A"]);
    people[0].git(&["commit", "-qm", "Begin"]);
    people[0].git(&["push", "-q", "origin", "HEAD:main"]);
    people[1].git(&["pull", "-q", "origin", "main"]);
    let (mut dice, mut said) = (Dice(20), BTreeMap::<String, Said>::new());
    let (mut kills, mut merges) = (0, 0);
    for step in 0..420 {
        let person = &people[dice.roll(2)];
        let words = format!("words {step}");
        if dice.roll(3) == 0 {
            person.sync();
            merges += 1;
            continue;
        }
        let Some((args, has_words)) = act(person, &mut dice, &words) else { continue };
        let moment = (dice.roll(5) < 2).then(|| Duration::from_micros(dice.roll(20_000) as u64));
        let ended = run(person, &args, moment);
        kills += usize::from(ended.is_none());
        let was_saved = ended.as_ref().is_some_and(|output| output.status.success());
        if let Some(output) = ended.filter(|output| !output.status.success()) {
            panic!("{args:?}: {}", text(&output.stderr));
        }
        if has_words {
            said.insert(words, Said { author: person.name, was_saved });
        }
    }
    assert!(merges + kills >= 200 && kills >= 50, "{merges} merges, {kills} kills");
    people[0].sync();
    people[1].sync();
    people[0].sync();
    // Both say the same, and so does somebody who comes to it all at once.
    let third = person(here, "Cem");
    git(&["clone", "-q", "origin.git", third.name]);
    let [ana, ben, cem] = [&people[0], &people[1], &third].map(meaning);
    assert_eq!(ana, ben);
    assert_eq!(ana, cem);
    let found = words_of(&ana[0]);
    for (words, Said { author, was_saved }) in &said {
        let authors = found.get(words).map_or(&[][..], Vec::as_slice);
        match authors {
            [] => assert!(!was_saved, "{author} was told that {words:?} is saved, and it is gone"),
            [one] => assert_eq!(one, author, "{words:?}"),
            several => panic!("{words:?} is there {} times", several.len()),
        }
    }
    assert!(found.keys().all(|words| said.contains_key(words)), "nobody has said {found:?}");
    // The digest has every conflict, and a journal that was killed in is whole.
    let digest = people[0].json(&["flags", "digest"]);
    let conflicts = |rows: &Value, key: &str| {
        rows["rows"].as_array().unwrap().iter().filter(|row| row[key] == "conflict").count()
    };
    assert_eq!(conflicts(&digest, "part"), conflicts(&ana[1], "state"));
    let check = people[0].json(&["journal", "check", "reviews"]);
    let bad: Vec<&Value> = check["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["severity"] == "error")
        .collect();
    assert!(bad.is_empty(), "{bad:?}");
}
