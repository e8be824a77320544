//! What the program writes to disk: reports, samples, manual pages.

use std::io::Read as _;
use std::{fs, path::Path};

use super::{code, page, program, root, run, text};

fn show(folder: &Path, more: &[&str]) -> std::process::Output {
    let data = root().join("tests/data/small");
    let args = ["show", "-d", data.to_str().unwrap(), "IRL"];
    program(folder, &[&args[..], more].concat()).output().unwrap()
}

#[test]
fn a_report_is_written_once_and_replaced_only_when_forced() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("irl.csv");
    let first = show(folder.path(), &["-o", "irl.csv"]);
    assert_eq!((code(&first), first.stdout.len()), (0, 0));
    assert!(fs::read_to_string(&file).unwrap().starts_with("country,"), "the ending says the format");
    fs::write(&file, "mine").unwrap();
    let refused = show(folder.path(), &["-o", "irl.csv"]);
    assert_eq!(code(&refused), 2);
    assert!(
        text(&refused.stderr).contains("irl.csv exists; --force replaces it"),
        "{}",
        text(&refused.stderr)
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert_eq!(code(&show(folder.path(), &["-o", "irl.csv", "--force", "--format", "json"])), 0);
    assert!(fs::read_to_string(&file).unwrap().starts_with('{'), "--format goes before the ending");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_error_leaves_the_old_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "mine").unwrap();
    let data = root().join("tests/data/small");
    let args = ["show", "-d", data.to_str().unwrap(), "Atlantis", "-o", "a.md", "--force"];
    assert_eq!(code(&program(folder.path(), &args).output().unwrap()), 2);
    assert_eq!(fs::read_to_string(folder.path().join("a.md")).unwrap(), "mine");
}

#[test]
fn output_to_a_device_goes_through() {
    let output = run(&["schema", "card", "-o", "/dev/stdout"]);
    assert_eq!((code(&output), text(&output.stderr)), (0, String::new()));
    assert_eq!(text(&output.stdout), page(&["schema", "card"]));
}

#[test]
fn the_sample_is_written_out_and_read_back_without_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(code(&program(folder.path(), &["sample", "mine"]).output().unwrap()), 0);
    let check = program(folder.path(), &["check", "mine", "--strict", "--format", "json"]).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&check.stdout).unwrap();
    assert_eq!((code(&check), &report["cards"], &report["files"]), (0, &168.into(), &25.into()));
    let again = program(folder.path(), &["sample", "mine"]).output().unwrap();
    assert_eq!(code(&again), 2);
    assert!(text(&again.stderr).contains("not empty"), "{}", text(&again.stderr));
}

#[test]
fn every_subcommand_has_a_manual_page_and_shells_their_completions() {
    let folder = tempfile::tempdir().unwrap();
    let man = |more: &[&str]| program(folder.path(), &[&["man", "man1"], more].concat()).output().unwrap();
    assert_eq!(code(&man(&[])), 0);
    for page in ["visavis.1", "visavis-check.1", "visavis-compare.1", "visavis-man.1"] {
        assert!(fs::read_to_string(folder.path().join("man1").join(page)).unwrap().contains(".TH"), "{page}");
    }
    assert_eq!(code(&man(&[])), 2);
    assert_eq!(code(&man(&["--force"])), 0);
    assert!(page(&["man"]).contains(".TH visavis 1"));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(page(&["completions", shell]).contains("compare"), "{shell}");
    }
}

#[test]
fn a_workbook_goes_to_a_file_and_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let data = root().join("sample-data/osce-2009-2012");
    let rank = |more: &[&str]| {
        let args = [&["rank", "-d", data.to_str().unwrap()], more].concat();
        program(folder.path(), &args).output().unwrap()
    };
    assert_eq!(code(&rank(&["-o", "ranks.XLSX"])), 0);
    let piped = rank(&["--format", "xlsx"]);
    assert_eq!(code(&piped), 0);
    assert!(piped.stdout.starts_with(b"PK"));
    assert_eq!(
        fs::read(folder.path().join("ranks.XLSX")).unwrap(),
        piped.stdout,
        "the same report is the same file"
    );
}

#[test]
fn an_ending_that_no_format_has_is_refused_unless_the_format_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let show = |more: &[&str]| show(folder.path(), more);
    for (file, near) in
        [("a.xls", "did you mean .xlsx?"), ("a.foo", ".foo. Known are"), ("a.jsn", "did you mean .json?")]
    {
        let refused = show(&["-o", file]);
        let told = text(&refused.stderr);
        assert_eq!(code(&refused), 2, "{told}");
        assert!(told.contains(near) && told.contains(".csv (CSV)") && told.contains("--format"), "{told}");
        assert!(!folder.path().join(file).exists(), "{file}");
    }
    assert_eq!(code(&show(&["-o", "a.foo", "--format", "csv"])), 0);
    assert_eq!(code(&show(&["-o", "a.txt"])), 0);
    assert_eq!(code(&show(&["-o", "without"])), 0);
    let read = |file: &str| fs::read_to_string(folder.path().join(file)).unwrap();
    assert!(read("a.foo").starts_with("country,") && read("a.txt") == read("without"), "{}", read("a.txt"));
}

/// What the program says with these arguments on a terminal, and its exit code.
fn on_a_terminal(args: &[&str]) -> (u32, String) {
    let pair = portable_pty::native_pty_system().openpty(portable_pty::PtySize::default()).unwrap();
    let mut command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_visavis"));
    command.args(args);
    command.cwd(root());
    command.env("XDG_CONFIG_HOME", root().join("tests/data/nobody"));
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let reading = std::thread::spawn(move || {
        let mut said = vec![];
        // A terminal whose program has ended is an error to read from.
        let _ = reader.read_to_end(&mut said);
        String::from_utf8_lossy(&said).into_owned()
    });
    let ended = child.wait().unwrap().exit_code();
    drop(pair.master);
    (ended, reading.join().unwrap())
}

#[test]
fn a_workbook_never_goes_to_a_terminal() {
    let (ended, said) = on_a_terminal(&["rank", "-d", "sample-data/osce-2009-2012", "--format", "xlsx"]);
    assert_eq!(ended, 2, "{said}");
    assert_eq!(said.trim(), "visavis: standard output is a terminal; use -o NAME.xlsx");
}
