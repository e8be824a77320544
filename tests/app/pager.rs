//! A report that is longer than the screen, in a pager.

use super::session::{Session, at_once, command};

const PROGRAM: &str = env!("CARGO_BIN_EXE_visavis");

/// What stands on the terminal when a subcommand has ended well with these variables.
fn printed(args: &[&str], variables: &[(&str, &str)]) -> String {
    let state = tempfile::tempdir().unwrap();
    let mut command = command(&[&[PROGRAM], args].concat(), state.path());
    for name in ["VISAVIS_PAGER", "PAGER", "LESS"] {
        command.env_remove(name);
    }
    for (name, value) in variables {
        command.env(name, value);
    }
    let mut session = Session::launch(command, state, at_once);
    assert_eq!(session.end(), 0, "{}", session.text());
    String::from_utf8(session.bytes()).unwrap()
}

const MARKS: &str = "sed 's/^/paged /'";

#[test]
fn a_long_report_goes_through_the_pager_and_nothing_else_does() {
    let long = ["missing", "--by", "country"];
    assert!(printed(&long, &[("VISAVIS_PAGER", MARKS), ("PAGER", "false")]).contains("paged visavis 0."));
    assert!(printed(&long, &[("PAGER", MARKS)]).contains("paged visavis 0."));
    assert!(printed(&["report"], &[("PAGER", MARKS)]).contains("paged # "));
    let told = printed(&long, &[("PAGER", "echo LESS is $LESS; cat >/dev/null")]);
    assert!(told.contains("LESS is FRX"), "{told}");
    let short = ["missing", "--by", "reason"];
    for (args, pager) in [
        (&short[..], MARKS),
        (&["missing", "--format", "csv"], MARKS),
        (&["missing", "--no-pager"], MARKS),
        (&["report", "--no-pager"], MARKS),
        (&long, ""),
        (&long, "cat"),
    ] {
        let told = printed(args, &[("VISAVIS_PAGER", pager), ("PAGER", MARKS)]);
        assert!(told.lines().count() > 10 && !told.contains("paged "), "{args:?} {pager}: {told}");
    }
    let dumb = printed(&long, &[("TERM", "dumb"), ("PAGER", MARKS)]);
    assert!(!dumb.contains("paged "), "{dumb}");
}

#[test]
fn quitting_a_pager_is_no_error_and_one_that_is_not_there_is_none() {
    let quit = printed(&["missing"], &[("PAGER", "head -n 1")]);
    assert!(quit.contains("What is missing") && !quit.contains("visavis 0."), "{quit}");
    let absent = printed(&["missing"], &[("PAGER", "no-such-pager")]);
    assert!(absent.contains("What is missing") && absent.contains("visavis 0."), "{absent}");
}
