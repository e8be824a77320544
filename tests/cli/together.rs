//! Two people on one journal in git, by the commands of the page about it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{root, text};

/// The blocks of commands of the page, in their order.
fn blocks() -> Vec<String> {
    let page = fs::read_to_string(root().join("docs/reviewing-with-others.md")).unwrap();
    page.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// A person with a home of their own.
struct Person {
    home: PathBuf,
    name: &'static str,
}

impl Person {
    fn new(above: &Path, name: &'static str) -> Self {
        let home = above.join(name);
        fs::create_dir(&home).unwrap();
        Self { home, name }
    }

    /// Runs the commands in a shell as this person, in this folder; returns what was printed.
    fn run(&self, folder: &Path, commands: &str) -> String {
        let bin = Path::new(env!("CARGO_BIN_EXE_visavis")).parent().unwrap();
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        let output = Command::new("sh")
            .args(["-euc", commands])
            .current_dir(folder)
            .env("PATH", path)
            .env("HOME", &self.home)
            .env("XDG_STATE_HOME", self.home.join("state"))
            .env("XDG_CONFIG_HOME", self.home.join("config"))
            .env("VISAVIS_AUTHOR", self.name)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .envs([("GIT_AUTHOR_NAME", self.name), ("GIT_COMMITTER_NAME", self.name)])
            .envs([("GIT_AUTHOR_EMAIL", "a@example.org"), ("GIT_COMMITTER_EMAIL", "a@example.org")])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}: {commands}\n{}", self.name, text(&output.stderr));
        text(&output.stdout)
    }
}

#[test]
fn the_page_about_reviewing_with_others_works_as_it_says_over_two_clones() {
    if Command::new("git").arg("--version").output().is_err() {
        println!("git is not here: the page is not run");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let (ana, ben) = (Person::new(here, "Ana"), Person::new(here, "Ben"));
    ana.run(here, "git init -q --bare -b main origin.git");
    let [setup, daily, signing, settled] = &blocks()[..] else { panic!("four blocks of commands") };
    // The page says `git init`; the place to push to is everybody's own.
    let setup = setup.replace("cd team ", "cd team && git remote add origin ../origin.git ");
    assert!(setup.contains("remote add"), "{setup}");
    ana.run(here, &setup);
    ben.run(here, "git clone -q -b main origin.git ben-clone");
    let (anas, bens) = (here.join("team"), here.join("ben-clone"));
    let listed = ben.run(&bens, daily);
    assert!(listed.contains("Which article?") && listed.contains("Ana"), "{listed}");
    assert!(listed.contains("Since you last wrote here: 1 flag"), "{listed}");
    assert!(listed.contains("asked: Ben, by 2026-12-01"), "{listed}");
    // Ana goes on: she sees Ben's note, answers it and resolves her flag.
    ana.run(&anas, "git pull -q origin main");
    ana.run(&anas, "visavis flags note ALB palermo-protocol --text 'Thank you.' --journal reviews");
    let json = ana.run(&anas, "visavis flags list --kind question --format json --journal reviews");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let notes = json["rows"][0]["notes"].as_array().unwrap();
    let said: Vec<(&str, &str)> =
        notes.iter().map(|note| (note["author"].as_str().unwrap(), note["text"].as_str().unwrap())).collect();
    assert_eq!(said, [("Ben", "Article 12."), ("Ana", "Thank you.")]);
    assert_eq!(notes[1]["answers"][0], notes[0]["id"]);
    let id = json["rows"][0]["id"].as_str().unwrap();
    ana.run(&anas, &format!("visavis flags resolve {id} --note 'Article 12.' --journal reviews"));
    let signed = ana.run(&anas, signing);
    for words in ["sent back", "checked", "1 of 22", "not reviewed"] {
        assert!(signed.contains(words), "{words}: {signed}");
    }
    let digest = ana.run(&anas, settled);
    assert!(digest.contains("| settled | Albania |") && digest.contains("| said | Albania |"), "{digest}");
    // Ben has not pulled yet and says more; the merge brings both.
    ben.run(
        &bens,
        "visavis flags note ALB palermo-protocol --text 'Article 12, paragraph 3.' --journal reviews",
    );
    ben.run(&bens, "git add -A && git commit -qm Review");
    ana.run(&anas, "git add -A && git commit -qm Review && git push -q origin HEAD:main");
    ben.run(&bens, "git pull -q --no-rebase --no-edit origin main && git push -q origin HEAD:main");
    let both = ben.run(&bens, "visavis flags digest --journal reviews");
    for words in ["Thank you.", "Article 12, paragraph 3.", "| settled | Albania |"] {
        assert!(both.contains(words), "{words}: {both}");
    }
    assert!(!both.contains("| Article 12. |"), "Ben has worded it anew himself: {both}");
}
