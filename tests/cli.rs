//! The program as a shell sees it: what it prints, where, and how it ends.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop and say where")]

#[path = "cli/briefings.rs"]
mod briefings;
#[path = "cli/docs.rs"]
mod docs;
#[path = "cli/files.rs"]
mod files;
#[path = "cli/merges.rs"]
mod merges;
#[path = "cli/reviews.rs"]
mod reviews;
#[path = "cli/sets.rs"]
mod sets;
#[path = "cli/schemas.rs"]
mod schemas;
#[path = "cli/together.rs"]
mod together;

use std::{
    io::{Read as _, Write as _},
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program in a folder, by its path from the package.
fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_visavis"));
    command.args(args).current_dir(root().join(folder)).stdin(Stdio::null());
    // The tests are about the program, not about who runs them.
    for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
        command.env(variable, root().join("tests/data/nobody"));
    }
    command.env_remove("VISAVIS_AUTHOR").env("LC_ALL", "C.UTF-8");
    // A briefing says on which day it was written: here always on this one.
    command.env("SOURCE_DATE_EPOCH", "1795651200");
    command
}

fn run(args: &[&str]) -> Output {
    program(Path::new("tests/data"), args).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Standard output of a run that went well, without the version.
fn page(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    text(&output.stdout).replace(visavis::core::report::TOOL, "visavis VERSION")
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&page(args)).unwrap()
}

#[test]
fn two_countries_stand_side_by_side_with_a_verdict_a_row() {
    insta::assert_snapshot!(page(&["compare", "-d", "small", "IRL@2010", "SWE@2010"]));
}

#[test]
fn a_comparison_reads_the_same_in_every_format() {
    let compare = ["compare", "-d", "small", "IRL@2010", "SWE@2010", "--format"];
    insta::assert_snapshot!("compare_csv", page(&[&compare[..], &["csv"]].concat()).replace("\r\n", "\n"));
    insta::assert_snapshot!("compare_json", page(&[&compare[..], &["json"]].concat()));
    insta::assert_snapshot!("compare_md", page(&[&compare[..], &["md"]].concat()));
}

#[test]
fn three_subjects_have_leaders_instead_of_a_verdict() {
    let report =
        json(&["compare", "-d", "small", "IRL@2010", "SWE@2010", "group:both@2010", "--format", "json"]);
    let opsc = &report["rows"][0];
    assert_eq!(opsc["leaders"], serde_json::json!(["SWE"]));
    assert_eq!(opsc["verdict"], Value::Null);
    assert_eq!(opsc["values"][2]["median_of"], serde_json::json!({ "given": 2, "of": 2 }));
    assert_eq!(report["subjects"][2]["group"], "both");
    assert_eq!(report["tallies"]["leads"]["SWE"], 1);
}

#[test]
fn one_country_in_two_editions_is_told_apart_by_the_edition() {
    let page = page(&["compare", "-d", "small", "SWE@2009", "SWE@2010"]);
    assert!(page.contains("SWE@2010") && page.contains("+9 since 2009"), "{page}");
}

#[test]
fn only_differences_and_only_gaps_leave_the_totals_as_they_are() {
    let rows = |only: &str| {
        let args = ["compare", "-d", "small", "IRL@2010", "SWE@2010", "--only", only, "--format", "json"];
        let report = json(&args);
        let shown = report["rows"].as_array().unwrap().iter().map(|row| row["indicator"].to_string());
        (shown.collect::<Vec<_>>().join(" "), report["tallies"]["right"].clone())
    };
    assert_eq!(rows("differences"), ("\"opsc\" \"remark\"".to_owned(), Value::from(1)));
    assert_eq!(rows("gaps"), ("\"convictions\"".to_owned(), Value::from(1)));
}

#[test]
fn exit_code_says_whether_anything_differs() {
    let compare = |args: &[&str]| code(&run(&[&["compare", "-d", "small"], args].concat()));
    assert_eq!(compare(&["IRL@2010", "SWE@2010"]), 0);
    assert_eq!(compare(&["IRL@2010", "SWE@2010", "--exit-code"]), 1);
    assert_eq!(compare(&["IRL@2010", "IRL@2010", "--exit-code"]), 0);
}

#[test]
fn the_osce_sample_knows_who_was_bound_in_2010() {
    let data = root().join("sample-data/osce-2009-2012");
    let data = data.to_str().unwrap();
    let report = json(&["compare", "-d", data, "IRL@2010", "SWE@2010", "--format", "json"]);
    let rows = report["rows"].as_array().unwrap();
    let opsc = rows.iter().find(|row| row["indicator"] == "opsc").unwrap();
    assert_eq!(
        (&opsc["values"][0]["level"], &opsc["values"][1]["level"]),
        (&"signed-only".into(), &"bound".into())
    );
    assert_eq!((&opsc["verdict"], &opsc["distance"]), (&"right".into(), &1.into()));
    assert_eq!(report["schema"], 2);
    assert_eq!(report["tool"], "visavis VERSION");
}

#[test]
fn a_card_is_shown_with_its_values_notes_and_sources() {
    insta::assert_snapshot!("show_table", page(&["show", "-d", "small", "ireland"]));
    insta::assert_snapshot!("show_json", page(&["show", "-d", "small", "IRL", "--format", "json"]));
    insta::assert_snapshot!("show_plain", page(&["show", "-d", "small", "IRL", "--plain"]));
    insta::assert_snapshot!(
        "show_two_csv",
        page(&["show", "-d", "small", "SWE@2009", "IRL", "--format", "csv"]).replace("\r\n", "\n")
    );
}

#[test]
fn a_country_without_a_card_in_the_edition_is_all_gaps() {
    let report = json(&["show", "-d", "small", "IRL@2009", "--format", "json"]);
    let rows = report["cards"][0]["rows"].as_array().unwrap();
    assert!(rows.len() == 4 && rows.iter().all(|row| row["value"]["gap"] == "no-card"), "{rows:?}");
}

#[test]
fn check_names_every_problem_and_exits_with_one() {
    let clean = run(&["check", "small"]);
    assert_eq!((code(&clean), text(&clean.stderr)), (0, String::new()));
    let broken = run(&["check", "broken", "small/framework.json"]);
    assert_eq!(code(&broken), 1);
    insta::assert_snapshot!(
        "check_table",
        text(&broken.stdout).replace(visavis::core::report::TOOL, "visavis VERSION")
    );
    let broken = run(&["check", "-d", "broken", "-d", "small/framework.json", "--format", "json"]);
    let report: Value = serde_json::from_slice(&broken.stdout).unwrap();
    let soon = &report["problems"][0];
    assert_eq!(
        (&soon["path"], &soon["line"], &soon["column"]),
        (&"$.assessments.opsc.signed".into(), &6.into(), &25.into())
    );
    assert_eq!((&report["files"], &report["cards"], &report["errors"]), (&2.into(), &1.into(), &2.into()));
}

#[test]
fn check_exits_with_two_when_nothing_can_be_read() {
    assert_eq!(code(&run(&["check", "nowhere.json"])), 2);
    let mut check = program(Path::new("tests/data"), &["check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    check.stdin.take().unwrap().write_all(b"{oops").unwrap();
    assert_eq!(check.wait().unwrap().code(), Some(2));
}

#[test]
fn where_no_cards_are_one_sentence_says_so_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    for content in [None, Some(("notes.txt", "hi")), Some(("other.json", r#"{"x":1}"#))] {
        if let Some((name, text)) = content {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        for args in [&["."][..], &["check", "."], &["show", "IRL", "-d", "."], &["rank", "-d", "."]] {
            let output = program(folder.path(), args).output().unwrap();
            let told = text(&output.stderr);
            let last = told.lines().last().unwrap_or_default();
            assert_eq!(code(&output), 2, "{args:?}");
            assert!(last.starts_with("visavis: no cards in ") && last.contains("visavis sample"), "{told}");
            assert_eq!(output.stdout.is_empty(), args[0] != "check", "{args:?}");
        }
    }
}

#[test]
fn of_several_sets_a_report_is_about_the_one_that_is_named() {
    let sets = ["-d", "small", "-d", "../../sample-data/progress-cards-2010"];
    let run = |args: &[&str]| run(&[args, &sets].concat());
    for args in [&["missing"][..], &["rank"], &["--plain"], &["report"]] {
        let output = run(args);
        assert_eq!((code(&output), output.stdout.len()), (2, 0), "{args:?}");
    }
    let output = run(&["check", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["sets"].as_array().map(Vec::len), Some(2));
    insta::assert_snapshot!("several_sets", text(&run(&["missing"]).stderr));
    for (option, id) in [("--set", "small"), ("--set", "progress-card"), ("--framework", "small")] {
        let output = run(&["missing", "--format", "json", option, id]);
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["framework"]["id"], id);
        // The cards of the other set are no problem of this one.
        let check = run(&["check", "--strict", "--format", "json", option, id]);
        assert!(!text(&check.stdout).contains("other-framework"), "{}", text(&check.stdout));
    }
    let output = run(&["missing", "--set", "smal"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("no set smal; did you mean small?"), "{}", text(&output.stderr));
}

#[test]
fn strict_counts_warnings_too() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(root().join("tests/data/small/framework.json"), folder.path().join("f.json")).unwrap();
    let card = r#"{"framework":"small","country":"IRL","edition":2010,"assessments":{"opsc":null}}"#;
    std::fs::write(folder.path().join("c.json"), card).unwrap();
    assert_eq!(code(&program(folder.path(), &["check", "."]).output().unwrap()), 0);
    assert_eq!(code(&program(folder.path(), &["check", ".", "--strict"]).output().unwrap()), 1);
}

#[test]
fn a_long_list_of_problems_is_cut_on_a_page_and_whole_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = (0..250).map(|at| {
        format!(r#"{{"country":"IRL","edition":"{}","assessments":{{"a":{{"gap":"?{at}"}}}}}}"#, 1500 + at)
    });
    std::fs::write(folder.path().join("c.jsonl"), wrong.collect::<Vec<_>>().join("\n")).unwrap();
    let check = |args: &[&str]| {
        text(&program(folder.path(), &[&["check", "."], args].concat()).output().unwrap().stdout)
    };
    let report: Value = serde_json::from_str(&check(&["--format", "json"])).unwrap();
    let all = report["problems"].as_array().unwrap().len();
    assert!(all >= 200, "{all} problems");
    let lines = |page: &str| page.lines().filter(|line| line.contains("c.jsonl:")).count();
    let first = check(&[]);
    assert_eq!(lines(&first), 100);
    assert!(first.contains(&format!("and {} more", all - 100)), "{first}");
    assert_eq!(lines(&check(&["--all"])), all);
}

#[test]
fn equal_problems_are_one_line_with_their_number_and_all_of_them_for_programs() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = (0..40).map(|at| {
        format!(r#"{{"country":"IRL","edition":"{}","assessments":{{"a":{{"gap":"?"}}}}}}"#, 1950 + at)
    });
    std::fs::write(folder.path().join("c.jsonl"), wrong.collect::<Vec<_>>().join("\n")).unwrap();
    let check = |args: &[&str]| {
        text(&program(folder.path(), &[&["check", "c.jsonl"], args].concat()).output().unwrap().stdout)
    };
    let count = |page: &str| page.lines().filter(|line| line.contains("c.jsonl:")).count();
    let page = check(&[]);
    insta::assert_snapshot!("check_folded", page.replace(visavis::core::report::TOOL, "visavis VERSION"));
    assert!(page.contains(": 40 like this, first at c.jsonl:1:") && count(&page) == 1, "{page}");
    assert_eq!(count(&check(&["--all"])), 40);
    assert_eq!(count(&check(&["--format", "csv"])), 0, "a record has the file in a column of its own");
    assert_eq!(check(&["--format", "csv"]).lines().count(), 41);
    let report: Value = serde_json::from_str(&check(&["--format", "json"])).unwrap();
    assert_eq!(report["problems"].as_array().unwrap().len(), 40);
}

#[test]
fn cards_can_come_through_a_pipe() {
    let mut show = program(
        Path::new("tests/data"),
        &["show", "-d", "small/framework.json", "-d", "-", "IRL", "--format", "json"],
    )
    .stdin(Stdio::piped())
    .stdout(Stdio::piped())
    .spawn()
    .unwrap();
    let card = std::fs::read(root().join("tests/data/small/cards/IRL.json")).unwrap();
    show.stdin.take().unwrap().write_all(&card).unwrap();
    let output = show.wait_with_output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["cards"][0]["name"], "Ireland");
}

#[test]
fn without_a_terminal_the_data_are_printed_and_the_message_is_elsewhere() {
    let output = run(&["small"]);
    assert_eq!(code(&output), 0);
    insta::assert_snapshot!(
        "overview",
        text(&output.stdout).replace(visavis::core::report::TOOL, "visavis VERSION")
    );
    assert!(text(&output.stderr).contains("no terminal"), "{}", text(&output.stderr));
}

#[test]
fn without_cards_the_sample_is_opened_and_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let output = program(folder.path(), &["show", "ALB"]).output().unwrap();
    assert_eq!(code(&output), 0);
    assert!(text(&output.stderr).contains("embedded sample"), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).starts_with("Albania (ALB) 2022\nembedded sample"),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for args in [&["schema", "card"][..], &["show", "-d", "small", "IRL"], &["--help"], &["check", "broken"]]
    {
        let mut child = program(Path::new("tests/data"), args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        let ended = child.wait().unwrap().code().unwrap();
        assert!(!told.contains("pipe") && !told.contains("panic"), "{told}");
        assert_eq!(ended, i32::from(args[0] == "check"), "{args:?}: {told}");
    }
}

#[test]
fn a_full_disk_is_an_error() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output =
        program(Path::new("tests/data"), &["show", "-d", "small", "IRL"]).stdout(full).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("standard output cannot be written"), "{}", text(&output.stderr));
}

#[test]
fn wrong_usage_exits_with_two_and_help_with_zero() {
    for args in [
        &["compare", "IRL"][..],
        &["show"],
        &["--format", "csv"],
        &["check", "--nope"],
        &["--max-size", "many"],
    ] {
        let output = run(args);
        assert_eq!((code(&output), output.stdout.len()), (2, 0), "{args:?}");
    }
    for args in [&["--help"][..], &["-h"], &["help", "show"], &["--version"], &["check", "--help"]] {
        let output = run(args);
        assert_eq!((code(&output), output.stderr.len()), (0, 0), "{args:?}");
    }
}

#[test]
fn a_misspelt_subcommand_is_understood() {
    let output = run(&["chek"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("did you mean check?"), "{}", text(&output.stderr));
}

#[test]
fn whatever_is_misspelt_the_nearest_is_offered() {
    for (args, meant) in [
        (&["missing", "--group", "osze"][..], "no group osze; did you mean osce?"),
        (&["compare", "IRL", "group:Northern Evrope"], "did you mean Northern Europe?"),
        (&["missing", "--group", "Irelnd"], "did you mean Ireland?"),
        (&["missing", "--group", "IRL,Swedn"], "Swedn is no country code or name; did you mean Sweden?"),
        (
            &["rank", "--goal", "prevenshon"],
            "no goal prevenshon; did you mean prevention? (there is legal, prevention,",
        ),
        (&["findings", "opsc-signd-only"], "no finding opsc-signd-only; did you mean opsc-signed-only?"),
        (&["flags", "add", "IRL", "opcs"], "no indicator opcs; did you mean opsc?"),
        (&["show", "IRL@20010"], "no edition 20010; did you mean 2010?"),
        (&["missing", "--only", "no-dta"], "did you mean no-data?"),
        (&["changes", "--only", "improvd"], "did you mean improved?"),
        (&["report", "--format", "htm"], "a similar value exists: 'html'"),
        (&["flags", "ad"], "a similar subcommand exists: 'add'"),
    ] {
        let output = run(&[args, &["-d", "../../sample-data/osce-2009-2012"]].concat());
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(text(&output.stderr).contains(meant), "{args:?}: {}", text(&output.stderr));
    }
}

#[test]
fn hostile_arguments_are_spelled_out() {
    let evil = "a\u{1b}]0;x\u{7}\u{9b}2J\u{202e}b";
    let edition = format!("IRL@{evil}");
    let group = format!("group:{evil}");
    for args in [
        &[evil][..],
        &["show", "-d", "small", evil],
        &["show", "-d", "small", &edition],
        &["show", "-d", "small", "IRL", "--edition", evil],
        &["compare", "-d", "small", "IRL", &group],
        &["check", evil],
        &["show", "-d", "small", "IRL", "--format", evil],
        &["check", "--max-size", evil],
        &["schema", evil],
        &["schema", "card", "-o", &format!("{evil}/x")],
        &[&format!("--{evil}")],
    ] {
        let output = run(args);
        assert_eq!(code(&output), 2, "{args:?}");
        let told = text(&output.stderr);
        assert!(!told.is_empty() && visavis::text::is_safe(&told), "{args:?}: {told:?}");
        assert_eq!(output.stdout, b"", "{args:?}");
    }
}

#[test]
fn what_a_card_says_never_acts_on_the_terminal() {
    for format in visavis::export::FORMATS.iter().filter(|format| !format.is_binary) {
        for command in [&["show", "IRL"][..], &["compare", "IRL", "SWE"]] {
            let output = run(&[command, &["-d", "small", "--format", format.name]].concat());
            let printed = text(&output.stdout).replace("\r\n", "\n");
            // The tab between two cells is the format's own.
            let printed = if format.name == "tsv" { printed.replace('\t', " ") } else { printed };
            assert!(visavis::text::is_safe(&printed), "{}", format.name);
        }
    }
}

const PUBLISHED: [&str; 3] = ["findings", "-d", "../../sample-data/progress-cards-2010"];

#[test]
fn findings_stand_beside_what_was_published() {
    insta::assert_snapshot!("findings", page(&PUBLISHED));
    let csv = page(&[&PUBLISHED[..], &["--format", "csv"]].concat()).replace("\r\n", "\n");
    insta::assert_snapshot!("findings_csv", csv);
    let report = json(&[&PUBLISHED[..], &["law-partial", "--format", "json"]].concat());
    insta::assert_snapshot!("findings_json", serde_json::to_string_pretty(&report).unwrap());
}

#[test]
fn a_finding_or_a_group_that_is_not_there_is_named_with_those_that_are() {
    for args in [["no-such"].as_slice(), &["--group", "no-such"]] {
        let output = run(&[&PUBLISHED[..], args].concat());
        assert_eq!(code(&output), 2);
        let told = text(&output.stderr);
        assert!(
            told.contains("no-such") && (told.contains("law-partial") || told.contains("osce")),
            "{told}"
        );
    }
}

#[test]
fn a_group_narrows_every_report_and_is_named_by_it() {
    let osce = "../../sample-data/osce-2009-2012";
    let of = |args: &[&str]| {
        json(&[args, &["-d", osce, "--edition", "2010", "--group", "IRL,SWE", "--format", "json"]].concat())
    };
    assert_eq!(of(&["missing"])["group"], "IRL,SWE");
    assert_eq!(of(&["findings", "opsc-signed-only"])["rows"][0]["set"], 2);
    let cards = of(&["show"]);
    assert_eq!(cards["cards"].as_array().map(Vec::len), Some(2), "{cards}");
    let compared = of(&["compare"]);
    let who = |at: usize| compared["subjects"][at]["country"].clone();
    assert_eq!((who(0), who(1)), ("IRL".into(), "SWE".into()));
    assert_eq!(of(&["compare", "CZE"])["subjects"][1]["members"], serde_json::json!(["IRL", "SWE"]));
    assert_eq!(of(&["flags", "list"])["group"], "IRL,SWE");
    let refused = run(&["compare", "CZE", "-d", osce]);
    assert_eq!(code(&refused), 2);
    assert!(text(&refused.stderr).contains("--group"), "{}", text(&refused.stderr));
}

/// Content never fails a command: a figure for a group that nobody knows is told, and everything else is there.
#[test]
fn a_figure_for_an_unknown_group_is_a_problem_and_refuses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("set.json");
    let set = |group: &str, groups: &str| {
        format!(
            r#"{{"framework":{{"id":"f","scales":{{"y":{{"kind":"yes_no"}}}},
  "goals":[{{"id":"g","indicators":[{{"id":"a","scale":"y"}}]}}],
  "findings":[{{"id":"x","indicators":["a"],"where":{{"levels":["no"]}},"text":"say no",
    "published":{{"text":"50 %","percent":50,"group":"{group}"}}}}]}}{groups},
 "cards":[{{"framework":"f","country":"IRL","edition":"2010","assessments":{{"a":"no"}}}},
  {{"framework":"f","country":"SWE","edition":"2010","assessments":{{"a":"yes"}}}},
  {{"framework":"f","country":"BRA","edition":"2010","assessments":{{"a":"yes"}}}}]}}"#
        )
    };
    let data = ["-d", file.to_str().unwrap(), "--format", "json"];
    let of = |args: &[&str]| json(&[args, &data].concat());
    std::fs::write(&file, set("oecd", "")).unwrap();
    let problems = of(&["check"]);
    let problem = &problems["problems"][0];
    assert_eq!((&problem["code"], &problem["severity"]), (&"unknown-group".into(), &"warning".into()));
    assert_eq!(problem["line"], 4);
    assert!(problem["hint"].as_str().unwrap().contains("osce, eu, a region, or codes"), "{problem}");
    assert_eq!(of(&["findings"])["rows"][0]["agreement"], "not-comparable");
    assert_eq!(of(&["report"])["findings"]["rows"][0]["published_for"], "oecd");
    std::fs::write(&file, set("oecd", r#","groups":[{"id":"oecd","members":["IRL","SWE"]}]"#)).unwrap();
    assert_eq!(of(&["check"])["problems"].as_array().map(Vec::len), Some(0), "a bundle brings its groups");
    let told = page(&["findings", "-d", data[1]]);
    assert!(told.contains("50 % for oecd") && told.contains("--group oecd compares them"), "{told}");
    let asked = of(&["findings", "--group", "oecd"]);
    assert_eq!((&asked["rows"][0]["agreement"], &asked["members"]), (&"same".into(), &2.into()));
    let part = of(&["missing", "--group", "osce"]);
    assert_eq!((&part["members"], &part["members_in_data"]), (&56.into(), &2.into()));
    let briefing = page(&["report", "--group", "osce", "-d", data[1]]);
    assert!(briefing.contains("2 of its 56 members are in this data"), "{briefing}");
}

/// A bundle with one finding that counts, one that cannot, and two groups of one title.
fn with_a_problem(folder: &Path) -> String {
    let file = folder.join("set.json");
    let text = r#"{"framework":{"id":"f","scales":{"n":{"kind":"number"}},
  "goals":[{"id":"g","indicators":[{"id":"a","scale":"n"},{"id":"b","scale":"n"}]}],
  "groups":[{"id":"one","title":"Both","members":["IRL","SWE"]},{"id":"two","title":"Both","members":["IRL"]}],
  "findings":[{"id":"x","indicators":["a"],"where":{"at_least":5,"at_most":3},"text":"are odd"},
    {"id":"y","indicators":["a","b"],"match":"all","where":{"more_than":1,"less_than":9},"text":"are between"},
    {"id":"z","indicators":["b"],"where":{"gap":["not-applicable"]},"text":"have no need"}]},
 "cards":[{"framework":"f","country":"IRL","edition":"2010","assessments":{"a":4,"b":{"gap":"not-applicable"}}},
  {"framework":"f","country":"SWE","edition":"2010","assessments":{"a":4,"b":5}},
  {"framework":"f","country":"BRA","edition":"2010","assessments":{"a":9,"b":5}}]}"#;
    std::fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn a_finding_that_cannot_be_counted_shows_its_problem_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let file = with_a_problem(folder.path());
    let report = json(&["findings", "-d", &file, "--format", "json"]);
    let rows = report["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["k"], &rows[0]["percent"]), (3, &Value::Null, &Value::Null));
    let problem = rows[0]["problem"].as_str().unwrap();
    assert!(problem.contains("cannot both hold"), "{problem}");
    assert_eq!([&rows[1]["k"], &rows[1]["assessed"], &rows[1]["passed_over"]], [2, 3, 1]);
    assert_eq!(
        (&rows[2]["k"], &rows[2]["assessed"], &rows[2]["counts_not_applicable"]),
        (&1.into(), &3.into(), &true.into())
    );
    for format in visavis::export::FORMATS.iter().filter(|format| !format.is_binary) {
        let all = page(&["findings", "-d", &file, "--format", format.name]);
        let all = all.replace("&quot;", "\"").replace("\"\"", "\"").replace("\\\"", "\"").replace("\\_", "_");
        assert!(all.contains("cannot both hold") && !all.contains("0 of 0"), "{}: {all}", format.name);
    }
    let told = page(&["findings", "-d", &file]);
    assert!(told.contains("1 of 3 hold on all 2; 1 more on all that apply"), "{told}");
    assert!(told.contains("what is not applicable is counted here"), "{told}");
    let briefing = page(&["report", "-d", &file]);
    assert!(briefing.contains("How many are odd is not counted"), "{briefing}");
    assert_eq!(code(&run(&["check", &file])), 1);
}

#[test]
fn a_title_of_two_groups_is_refused_and_a_filter_is_named_by_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let file = with_a_problem(folder.path());
    let refused = run(&["missing", "-d", &file, "--group", "both"]);
    assert_eq!(code(&refused), 2);
    let told = text(&refused.stderr);
    assert!(told.contains("one (Both), two (Both); name one by its id"), "{told}");
    let of = |more: &[&str]| {
        json(
            &[&["missing", "-d", &file, "--group", "one", "--by", "country", "--format", "json"], more]
                .concat(),
        )
    };
    let only = of(&["--only", "not-applicable"]);
    assert_eq!(only["only"], serde_json::json!(["not-applicable"]));
    assert_eq!(
        (&only["by_country"][0]["asked_for"], &only["by_country"][1]["asked_for"]),
        (&1.into(), &0.into())
    );
    let all = of(&[]);
    assert_eq!((&all["only"], &all["by_country"][0]["asked_for"]), (&serde_json::json!([]), &Value::Null));
}

#[test]
fn changes_and_comparisons_can_be_asked_of_one_country_and_one_indicator() {
    let osce = ["-d", "../../sample-data/osce-2009-2012", "--format", "json"];
    let of = |args: &[&str]| json(&[args, &osce].concat());
    let changes =
        of(&["changes", "--edition", "2010", "--country", "IRL", "--indicator", "Trafficking Protocol"]);
    let step = &changes["steps"][0];
    assert_eq!((&changes["from"], &changes["to"]), (&"2009".into(), &"2010".into()));
    assert_eq!((step["rows"].as_array().map(Vec::len), &step["tallies"]["improved"]), (Some(1), &1.into()));
    assert_eq!(
        of(&["compare", "IRL", "SWE", "--indicator", "opsc"])["rows"].as_array().map(Vec::len),
        Some(1)
    );
    assert_eq!(of(&["compare", "--group", "IRL,SWE"])["group"], "IRL,SWE");
    let all = of(&["changes", "2010", "2011"]);
    let tallies = all["steps"][0]["tallies"].as_object().unwrap();
    let parts: u64 = tallies.values().filter_map(Value::as_u64).sum();
    assert_eq!(parts, 456, "{tallies:?}");
    let two = run(&["changes", "2010", "2011", "--edition", "2012", osce[0], osce[1]]);
    assert_eq!(code(&two), 2);
}

const RANKS: [&str; 5] = ["rank", "-d", "../../sample-data/osce-2009-2012", "--edition", "2010"];

#[test]
fn ranks_say_on_how_much_they_rest_and_why_somebody_has_none() {
    let few = ["--group", "IRL,SWE,MCO,DNK,KAZ"];
    let rank = |more: &[&str]| page(&[&RANKS[..], &few, more].concat());
    insta::assert_snapshot!("rank", rank(&[]));
    insta::assert_snapshot!("rank_goal", rank(&["--goal", "legal", "--weight", "opsc=3", "--geometric"]));
    insta::assert_snapshot!("rank_indicator", rank(&["--indicator", "tip-tier"]));
    insta::assert_snapshot!("rank_csv", rank(&["--format", "csv"]).replace("\r\n", "\n"));
    insta::assert_snapshot!("rank_json", rank(&["--format", "json"]));
}

#[test]
fn a_score_opens_to_its_sum_and_says_how_firm_it_is_and_how_far_its_rank_moves() {
    let explain = |more: &[&str]| page(&[&RANKS[..], more].concat());
    insta::assert_snapshot!("rank_explain", explain(&["--explain", "IRL"]));
    insta::assert_snapshot!(
        "rank_explain_goal",
        explain(&["--goal", "legal", "--explain", "Ireland", "--geometric"])
    );
    insta::assert_snapshot!("rank_explain_json", explain(&["--explain", "IRL", "--format", "json"]));
    let all = json(&[&RANKS[..], &["--explain", "--format", "json"]].concat());
    let ranks = json(&[&RANKS[..], &["--format", "json"]].concat());
    let rows = all["rows"].as_array().unwrap();
    assert_eq!(Some(rows.len() as u64), ranks["n"].as_u64());
    for (explained, ranked) in rows.iter().zip(ranks["rows"].as_array().unwrap()) {
        for key in ["country", "rank", "score", "coverage", "tied_countries"] {
            assert_eq!(explained[key], ranked[key], "{key}");
        }
        let (rank, range) = (explained["rank"].as_u64(), &explained["range"]["all"]);
        assert!(range["best"].as_u64() <= rank && rank <= range["worst"].as_u64(), "{explained}");
    }
}

#[test]
fn only_the_score_of_a_member_of_the_group_is_explained() {
    for wrong in [
        &["--explain", "Atlantis"][..],
        &["--explain", "KAZ", "--group", "IRL,SWE"],
        &["--explain", "group:all"],
        &["--explain", "IRL", "--indicator", "tip-tier"],
    ] {
        assert_eq!(code(&run(&[&RANKS[..], wrong].concat())), 2, "{wrong:?}");
    }
}

#[test]
fn nobody_is_ranked_by_what_has_no_better_or_worse() {
    for (args, wanted) in [
        (["--indicator", "prosecute"], "did you mean prosecution?"),
        (["--goal", "leagl"], "did you mean legal?"),
        (["--weight", "tip-tiers=1"], "did you mean tip-tier?"),
        (["--weight", "legal=-1"], "prevention=2"),
        (["--threshold", "120"], "0 to 100"),
    ] {
        let output = run(&[&RANKS[..], &args].concat());
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(text(&output.stderr).contains(wanted), "{}", text(&output.stderr));
    }
    let output =
        run(&["rank", "-d", "../../sample-data/child-labour-2016-2022", "--indicator", "convictions"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("no answer is better"), "{}", text(&output.stderr));
}

#[test]
fn a_configuration_is_obeyed_and_its_slips_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let named = file.to_str().unwrap();
    std::fs::write(&file, "author = \"Ana\"\n[weights.osce-trafficking]\nlegal = 0\n[keys]\nhelp = \"f1\"\n")
        .unwrap();
    let effective = page(&["config", "--config", named]);
    for wanted in [
        format!("author = \"Ana\"                           # {named}:1"),
        "color = \"auto\"                           # as it comes; here ".to_owned(),
        format!("help = [\"f1\"]                            # {named}:5"),
        "# threshold: as the framework says".to_owned(),
    ] {
        assert!(effective.contains(&wanted), "{wanted}\n{effective}");
    }
    std::fs::write(folder.path().join("again.toml"), &effective).unwrap();
    let again = folder.path().join("again.toml");
    assert_eq!(code(&run(&["config", "--config", again.to_str().unwrap()])), 0, "what it prints can be used");
    let ranks = json(&[&RANKS[..], &["--config", named, "--format", "json"]].concat());
    assert_eq!(ranks["rules"]["weights"]["goals"]["legal"], 0);
    std::fs::write(&file, "colour = 3\n").unwrap();
    let told = run(&["config", "--config", named]);
    assert_eq!(code(&told), 1);
    assert!(text(&told.stderr).contains("config.toml:1:1: there is no setting colour; did you mean color?"));
    assert_eq!(code(&run(&[&RANKS[..], &["--config", named]].concat())), 0, "the rest goes on");
}

#[test]
fn a_report_on_standard_output_is_spelled_as_the_locale_can_and_a_file_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("overview.txt");
    let sample = "../../sample-data/osce-2009-2012";
    for args in [&["missing", "-d", sample][..], &["--plain", sample], &["findings", "-d", sample]] {
        let with = |locale: &[(&str, &str)]| {
            let mut command = program(Path::new("tests/data"), args);
            command.env_remove("LC_ALL").env_remove("LC_CTYPE").env_remove("LANG");
            command.envs(locale.iter().copied()).output().unwrap().stdout
        };
        assert!(with(&[("LC_ALL", "C"), ("LANG", "en_IE.UTF-8")]).is_ascii(), "{args:?}");
        assert!(with(&[]).is_ascii(), "no locale is the C locale");
        assert!(!with(&[("LANG", "en_IE.UTF-8")]).is_ascii(), "{args:?}");
    }
    let args = ["missing", "-d", sample, "--format", "table", "-o", file.to_str().unwrap()];
    let written = program(Path::new("tests/data"), &args).env("LC_ALL", "C").output().unwrap();
    assert_eq!(code(&written), 0, "{}", text(&written.stderr));
    assert!(!std::fs::read(&file).unwrap().is_ascii(), "a file is for whoever reads it");
}

#[test]
fn the_configuration_says_what_was_decided_here_and_by_which_variable() {
    let told = |variables: &[(&str, &str)]| {
        let mut command = program(Path::new("tests/data"), &["config"]);
        for name in ["NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLORTERM", "LC_ALL", "XDG_STATE_HOME"] {
            command.env_remove(name);
        }
        text(&command.env("HOME", "/home/ana").envs(variables.iter().copied()).output().unwrap().stdout)
    };
    let page = told(&[("NO_COLOR", "1"), ("LC_ALL", "C"), ("TERM", "dumb")]);
    for wanted in [
        "color = \"auto\"                           # as it comes; here never, by NO_COLOR=1\n",
        "ascii = false                            # as it comes; here true, by LC_ALL=C\n",
        "# the state directory, by HOME\n",
    ] {
        assert!(page.contains(wanted), "{wanted}{page}");
    }
    let page = told(&[("TERM", "xterm"), ("LC_ALL", "C.UTF-8"), ("XDG_STATE_HOME", "/var/state")]);
    for wanted in ["here 16, by TERM=xterm\n", "# as it comes\n", "the state directory, by XDG_STATE_HOME\n"]
    {
        assert!(page.contains(wanted), "{wanted}{page}");
    }
}

const CHANGES: [&str; 5] = ["changes", "2010", "2012", "-d", "../../sample-data/osce-2009-2012"];

#[test]
fn changes_between_editions_are_told_with_both_values_and_both_counts() {
    let few = ["--group", "IRL,LUX,CZE,MCO"];
    let changes = |more: &[&str]| page(&[&CHANGES[..], &few, more].concat());
    insta::assert_snapshot!("changes", changes(&[]));
    insta::assert_snapshot!("changes_by_country", changes(&["--by", "country"]));
    insta::assert_snapshot!("changes_csv", changes(&["--format", "csv"]).replace("\r\n", "\n"));
    let report = json(&[&CHANGES[..], &["--only", "improved", "--format", "json"]].concat());
    let step = &report["steps"][0];
    let rows = step["rows"].as_array().unwrap();
    assert_eq!(u64::try_from(rows.len()).ok(), step["tallies"]["improved"].as_u64());
    let luxembourg = rows.iter().find(|row| row["country"] == "LUX" && row["indicator"] == "opsc").unwrap();
    assert_eq!(
        (&luxembourg["before"]["level"], &luxembourg["after"]["level"]),
        (&"signed-only".into(), &"bound".into())
    );
    let each = json(&["changes", "--each", "-d", "../../sample-data/osce-2009-2012", "--format", "json"]);
    assert_eq!(each["steps"].as_array().map(Vec::len), Some(3), "2009, 2010, 2011 and 2012");
    for (args, wanted) in
        [(["changes", "2010", "2010"], "two different"), (["changes", "1999", "2010"], "there is 2009")]
    {
        let output = run(&[&args[..], &CHANGES[3..]].concat());
        assert_eq!(code(&output), 2);
        assert!(text(&output.stderr).contains(wanted), "{}", text(&output.stderr));
    }
}

#[test]
fn a_briefing_has_the_numbers_of_the_other_reports_in_one_file() {
    insta::assert_snapshot!("briefing", page(&["report", "-d", "small"]));
    for (data, more) in [
        ("../../sample-data/progress-cards-2010", &[][..]),
        ("../../sample-data/osce-2009-2012", &["--edition", "2010", "--group", "europe"]),
        ("../../sample-data/child-labour-2016-2022", &["--edition", "2022"]),
    ] {
        let of = |command: &str| json(&[&[command, "-d", data, "--format", "json"], more].concat());
        let briefing = of("report");
        let group = ["--group", briefing["group"].as_str().unwrap()];
        let group = if more.contains(&"--group") { &[][..] } else { &group };
        let missing = json(&[&["missing", "-d", data, "--format", "json"], more, group].concat());
        let findings = of("findings");
        assert_eq!(briefing["findings"]["rows"], findings["rows"], "{data}");
        for key in ["cells", "given", "gaps", "not_applicable", "by_reason", "by_goal", "by_country"] {
            assert_eq!(briefing["missing"][key], missing[key], "{key} of {data}");
        }
        let html = page(&[&["report", "-d", data, "--format", "html"], more].concat());
        let given = format!(
            "{} of {}",
            missing["given"],
            missing["given"].as_u64().unwrap() + missing["gaps"].as_u64().unwrap()
        );
        assert!(html.contains(&given), "{given}");
        for row in findings["rows"].as_array().unwrap() {
            let sentence = row["sentence"].as_str().unwrap();
            let count = format!("{} of {}", row["k"], row["assessed"]);
            let share = format!("{:.1} %", row["percent"].as_f64().unwrap());
            assert!(sentence.contains(&count) && sentence.contains(&share), "{sentence}");
            // What holds of nobody stands in one line.
            let nobody = format!("of {} assessed, {} in set", row["assessed"], row["set"]);
            assert!(html.contains(sentence) || row["k"] == 0 && html.contains(&nobody), "{sentence}");
        }
        // Where nothing is missing there is no table of it.
        let goals = missing["by_goal"].as_array().unwrap();
        for goal in goals.iter().filter(|_| missing["gaps"] != 0) {
            let (gaps, of) = (goal["gaps"].as_u64().unwrap(), goal["of"].as_u64().unwrap());
            let row = format!("{} of {of}", of - gaps);
            assert!(html.contains(&row), "{row} of {}", goal["goal"]);
        }
        if let Some(step) = briefing["changes"]["steps"].get(0) {
            let tallies = &step["tallies"];
            let changes = json(&[&["changes", "-d", data, "--format", "json"], more].concat());
            assert_eq!(&changes["steps"][0]["tallies"], tallies, "{data}");
            for (kind, words) in
                [("improved", "improved"), ("appeared", "appeared"), ("not_comparable", "not comparable")]
            {
                let said = format!("{} {words}", tallies[kind]);
                assert!(html.contains(&said), "{said}");
            }
        }
        assert!(!html.contains("<script"));
    }
    let refused = run(&["report", "-d", "small", "--format", "csv"]);
    assert_eq!(code(&refused), 2);
    assert!(text(&refused.stderr).contains("md, html, json"));
}

/// The package read back says of every cell what the data says, and its descriptor names every column and code.
#[test]
fn the_whole_data_set_is_exported_as_a_data_package() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("package");
    let args = ["export", out.to_str().unwrap(), "-d", "../../sample-data/child-labour-2016-2022"];
    assert_eq!(code(&run(&args)), 0);
    let refused = run(&args);
    assert_eq!((code(&refused), text(&refused.stderr).contains("not empty")), (2, true));
    let package: Value =
        serde_json::from_slice(&std::fs::read(out.join("datapackage.json")).unwrap()).unwrap();
    let mut gaps = std::collections::BTreeMap::<String, u64>::new();
    for resource in package["resources"].as_array().unwrap().iter().filter(|known| known["format"] == "csv") {
        let mut reader = csv::Reader::from_path(out.join(resource["path"].as_str().unwrap())).unwrap();
        let header = reader.headers().unwrap().clone();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        assert!(header.iter().eq(fields.iter().map(|field| field["name"].as_str().unwrap())), "{header:?}");
        let at = |name: &str| header.iter().position(|title| title == name).unwrap();
        let mut keys = std::collections::BTreeSet::new();
        let mut rows = 0;
        for record in reader.records().map(Result::unwrap) {
            let key: Vec<String> = resource["schema"]["primaryKey"]
                .as_array()
                .unwrap()
                .iter()
                .map(|name| record[at(name.as_str().unwrap())].to_owned())
                .collect();
            assert!(keys.insert(key), "{record:?} stands twice");
            for (field, cell) in fields.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty()) {
                let is_number = matches!(field["type"].as_str(), Some("number" | "integer"));
                let is_day = cell.len() == 10 && cell.split('-').all(|part| part.parse::<u16>().is_ok());
                assert!(field["type"] != "date" || is_day, "{cell} of {field}");
                assert!(!is_number || cell.parse::<f64>().is_ok(), "{cell} of {field}");
                let codes = field["constraints"]["enum"].as_array();
                assert!(codes.is_none_or(|codes| codes.iter().any(|code| code == cell)), "{cell}");
            }
            if resource["name"] == "cells" {
                let (value, gap) = (&record[at("value")], &record[at("gap")]);
                assert_eq!(value.is_empty(), !gap.is_empty(), "{record:?}: a value or a gap");
                if &record[at("edition")] == "2022" {
                    *gaps.entry(gap.to_owned()).or_default() += 1;
                }
            }
            rows += 1;
        }
        assert!(rows > 20 || resource["name"] == "readings", "{resource}");
    }
    let shown = json(&["show", "--group", "all", "-d", args[3], "--edition", "2022", "--format", "json"]);
    let cards = shown["cards"].as_array().unwrap();
    let cells = cards.iter().flat_map(|card| card["rows"].as_array().unwrap());
    let given = cells.filter(|row| row["value"]["gap"].is_null()).count();
    assert_eq!(u64::try_from(given).unwrap(), gaps[""]);
    let missing = json(&["missing", "-d", args[3], "--edition", "2022", "--format", "json"]);
    assert_eq!(missing["given"], gaps.remove("").unwrap());
    assert_eq!(missing["by_reason"], serde_json::to_value(&gaps).unwrap());
    // Opened again by its folder or its descriptor, it says the same.
    let descriptor = out.join("datapackage.json");
    for opened in [out.to_str().unwrap(), descriptor.to_str().unwrap()] {
        let checked = run(&["check", opened]);
        assert_eq!(code(&checked), 0, "{}", text(&checked.stdout));
        let mut again =
            json(&["show", "--group", "all", "-d", opened, "--edition", "2022", "--format", "json"]);
        let mut before = shown.clone();
        for report in [&mut again, &mut before] {
            report["data"] = Value::Null;
            for card in report["cards"].as_array_mut().unwrap() {
                card["file"] = Value::Null;
            }
        }
        assert_eq!(again, before);
    }
}

const GAPS: [&str; 3] = ["missing", "-d", "small"];

#[test]
fn what_is_missing_is_listed_and_summed_up() {
    insta::assert_snapshot!("missing", page(&GAPS));
    for by in ["country", "indicator", "goal", "reason"] {
        insta::assert_snapshot!(format!("missing_by_{by}"), page(&[&GAPS[..], &["--by", by]].concat()));
    }
    for format in ["csv", "md", "json"] {
        let printed = page(&[&GAPS[..], &["--format", format]].concat()).replace("\r\n", "\n");
        insta::assert_snapshot!(format!("missing_{format}"), printed);
    }
}

#[test]
fn a_share_that_is_exceeded_is_the_exit_code() {
    let share = |most: &str| code(&run(&[&GAPS[..], &["--fail-over", most]].concat()));
    assert_eq!((share("0%"), share("100 %"), share("many")), (1, 0, 2));
    let whole = code(&run(&["missing", "-d", "small", "--only", "nonsense"]));
    assert_eq!(whole, 2);
}

#[test]
fn only_a_reason_or_a_mark_is_listed() {
    let report = json(&[&GAPS[..], &["--only", "no-data,unsourced", "--format", "json"]].concat());
    for row in report["rows"].as_array().unwrap() {
        let is_marked = row["marks"].as_array().unwrap().contains(&"unsourced".into());
        assert!(row["reason"] == "no-data" || is_marked, "{row}");
    }
}

#[test]
fn a_theme_of_ones_own_is_taken_by_name_or_path_and_config_says_which() {
    let folder = tempfile::tempdir().unwrap();
    let themes = folder.path().join("visavis/themes");
    std::fs::create_dir_all(&themes).unwrap();
    std::fs::write(themes.join("mine.toml"), "base = \"dark\"\n[roles]\ngap = \"#404040\"\nfant = 3\n")
        .unwrap();
    std::fs::write(folder.path().join("visavis/config.toml"), "theme = \"mine\"\n").unwrap();
    let run = |args: &[&str]| {
        let mut command = program(Path::new("tests/data"), args);
        command.env("XDG_CONFIG_HOME", folder.path()).output().unwrap()
    };
    let output = run(&["config"]);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(code(&output), 1);
    assert!(
        out.lines().any(|line| line.starts_with("theme = \"mine\"") && line.contains("mine.toml")),
        "{out}"
    );
    assert!(err.contains("mine.toml:4:1: there is no role fant; did you mean faint?"), "{err}");
    assert!(err.contains("mine.toml:3:7: gap has a contrast of 1.6:1 on #202020"), "{err}");
    let path = themes.join("mine.toml");
    assert!(text(&run(&["config", "--theme", path.to_str().unwrap()]).stdout).contains("--theme, "));
    let output = run(&["check", "-d", "small", "--theme", "miny"]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("did you mean mine?"), "{}", text(&output.stderr));
}

#[test]
fn paper_has_the_verdict_before_the_values_as_the_screen_has() {
    for format in ["table", "md", "plain"] {
        let page = page(&["compare", "-d", "small", "IRL@2010", "SWE@2010", "--format", format]);
        let line = page.lines().find(|line| line.contains("ahead") && line.contains("bound")).unwrap();
        assert!(line.find("ahead") < line.find("bound"), "{line}");
    }
}

#[test]
fn a_reason_is_said_in_words_to_people_and_as_an_id_to_programs() {
    let plain = page(&["missing", "-d", "small", "--plain"]);
    assert!(plain.contains("Reason: no") && !plain.contains("Reason: no-"), "{plain}");
    assert!(page(&["missing", "-d", "small", "--format", "csv"]).contains(",no-"));
}

#[test]
fn the_help_of_plain_names_a_command_for_every_pane() {
    use strum::IntoEnumIterator as _;
    let help = page(&["--help"]).split_whitespace().collect::<Vec<_>>().join(" ");
    for pane in visavis::tui::places::Pane::iter() {
        assert!(help.contains(&format!("{}: visavis {}", pane.title(), pane.printed_by())), "{pane:?}");
    }
    let output = run(&["report", "-d", "small", "--plain"]);
    assert!(text(&output.stderr).contains("no plain form"));
}

#[test]
fn the_overview_lists_who_answers_so_and_says_how_many_could_not_be_judged() {
    let sample = "../../sample-data/child-labour-2016-2022";
    let listed = page(&["--plain", sample, "--where", "opsc=no", "--edition", "2022"]);
    assert!(listed.contains("Shown: opsc=no; 3 of 24 rows, 1 could not be judged"), "{listed}");
    assert_eq!(listed.matches("Code: ").count(), 3, "{listed}");
    let gaps = page(&["--plain", sample, "--where", "!gap(any) ghana", "--edition", "2022"]);
    assert!(gaps.contains("; 1 of 24 rows, 0 could not be judged"), "{gaps}");
}

#[test]
fn a_filter_that_cannot_be_read_is_refused_with_its_place() {
    let sample = "../../sample-data/child-labour-2016-2022";
    let refused = run(&["--plain", sample, "--where", "opsc=no advancement>=2"]);
    assert_eq!((code(&refused), text(&refused.stdout)), (2, String::new()));
    let told = text(&refused.stderr);
    assert!(told.contains("--where, character 22: expected a level, worst first: none, "), "{told}");
    assert!(told.contains("found \"2\""), "{told}");
    assert_eq!(
        code(&run(&["--where", "opsc=no", "show", "ALB", "-d", sample])),
        2,
        "a card has no such list"
    );
}
