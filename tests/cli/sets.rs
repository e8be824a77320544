//! Comparisons over several sets: a block a set, each what that set says alone.

use serde_json::Value;

use super::{code, program, text};

const RIGHTS: &str =
    "Country,Year,Score\nSweden,2019,1\nSweden,2020,2\nNorway,2019,2\nNorway,2020,..\nChad,2020,9\n";
const HEALTH: &str = "Country,Year,Beds,Law\nSweden,2018,10,yes\nNorway,2018,12,no\n";
const MONEY: &str = "Country,Year,Debt\nNorway,2020,3\nChad,2020,4\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, table) in [("rights.csv", RIGHTS), ("health.csv", HEALTH), ("money.csv", MONEY)] {
        std::fs::write(folder.path().join(name), table).unwrap();
    }
    folder
}

fn compare(folder: &tempfile::TempDir, args: &[&str]) -> (i32, String, String) {
    let output = program(
        folder.path(),
        &[&["compare"], args, &["-d", "rights.csv", "-d", "health.csv", "-d", "money.csv"]].concat(),
    )
    .output()
    .unwrap();
    (code(&output), text(&output.stdout), text(&output.stderr))
}

fn json(folder: &tempfile::TempDir, args: &[&str]) -> Value {
    let (code, page, told) = compare(folder, &[args, &["--format", "json"]].concat());
    assert_eq!(code, 0, "{told}");
    serde_json::from_str(&page).unwrap()
}

#[test]
fn each_block_is_what_its_set_says_alone() {
    let folder = folder();
    for args in
        [&["SWE", "NOR"][..], &["NOR", "SWE", "--only", "gaps"], &["NOR", "NOR@2018"], &["NOR", "group:all"]]
    {
        let whole = json(&folder, args);
        assert_eq!(whole["report"], "compare-sets");
        let sets = whole["sets"].as_array().unwrap();
        assert_eq!(sets.len(), 3);
        for set in sets {
            let id = set["set"].as_str().unwrap();
            let alone = [args, &["--set", id]].concat();
            match set["not_compared"].as_str() {
                None => assert_eq!(set["comparison"], json(&folder, &alone), "{id} {args:?}"),
                Some(why) => {
                    let (code, _, told) = compare(&folder, &alone);
                    assert_eq!((code, &set["comparison"]), (2, &Value::Null));
                    assert!(told.contains(why), "{told}");
                }
            }
        }
    }
}

#[test]
fn several_sets_stand_in_blocks_under_their_titles_and_editions() {
    let (code, page, _) = compare(&folder(), &["Sweden", "Norway"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!("compare_sets", page.replace(visavis::core::report::TOOL, "visavis VERSION"));
}

#[test]
fn records_name_the_set_and_its_edition_in_each_row() {
    let (_, page, _) = compare(&folder(), &["Sweden", "Norway", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(page.as_bytes());
    let at = |name: &str, header: &csv::StringRecord| header.iter().position(|key| key == name).unwrap();
    let header = reader.headers().unwrap().clone();
    let [set, edition, indicator, why] =
        ["framework", "edition", "indicator", "not_compared"].map(|name| at(name, &header));
    let rows: Vec<[String; 4]> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| [set, edition, indicator, why].map(|at| row[at].to_owned()))
        .collect();
    let row = |one: [&str; 4]| one.map(str::to_owned);
    for wanted in [
        ["health", "2018", "Beds", ""],
        ["health", "2018", "Law", ""],
        ["rights", "2020", "Score", ""],
        ["money", "", "", "no country Sweden in this data"],
    ] {
        assert!(rows.contains(&row(wanted)), "{wanted:?} in {rows:?}");
    }
    assert_eq!(rows.len(), 4);
}

#[test]
fn what_no_set_has_is_told_of_each_and_members_need_one_set() {
    let folder = folder();
    let (code, _, told) = compare(&folder, &["Sweden", "Chad", "--edition", "2018"]);
    assert_eq!(code, 2);
    for words in ["health: no country Chad", "Score: no edition 2018", "Debt: no edition 2018"] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let (code, _, told) = compare(&folder, &["--group", "SWE,NOR"]);
    assert_eq!(code, 2);
    assert!(told.contains("--set health"), "{told}");
    assert_eq!(compare(&folder, &["SWE", "NOR", "--exit-code"]).0, 1);
}

#[test]
fn a_folder_of_tables_is_opened_without_being_named() {
    let folder = folder();
    let output = program(folder.path(), &["missing", "--set", "health"]).output().unwrap();
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join("shopping.csv"), "item,price\nbread,2\nmilk,1\n").unwrap();
    let output = program(elsewhere.path(), &["missing"]).output().unwrap();
    assert!(text(&output.stderr).contains("no country tables in this folder"), "{}", text(&output.stderr));
}

#[test]
fn a_file_that_is_named_without_its_option_is_understood() {
    let folder = folder();
    for args in [&["missing", "health.csv"][..], &["show", "health.csv"], &["rank", "health.csv"]] {
        let output = program(folder.path(), args).output().unwrap();
        assert_eq!(code(&output), 2);
        assert!(text(&output.stderr).ends_with("named with -d: -d health.csv\n"), "{}", text(&output.stderr));
    }
    let output = program(folder.path(), &["show", "SWE", "--set", "none"]).output().unwrap();
    assert!(!text(&output.stderr).contains("named with -d"));
}

#[test]
fn flags_are_bound_by_set_and_country_however_the_table_is_opened() {
    let (folder, state) = (folder(), tempfile::tempdir().unwrap());
    let run = |args: &[&str]| {
        let mut command = program(folder.path(), args);
        let output =
            command.env("XDG_STATE_HOME", state.path()).env("VISAVIS_AUTHOR", "Ana").output().unwrap();
        assert_eq!(code(&output), 0, "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    };
    let flagged = |args: &[&str]| -> Vec<String> {
        let all = run(&[&["flags", "list", "--format", "json"], args].concat());
        let all: Value = serde_json::from_str(&all).unwrap();
        let words = all["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| format!("{} {}", row["indicator"], row["words"]));
        words.collect()
    };
    run(&["flags", "add", "NOR@2020", "Score", "--note", "why?", "-d", "rights.csv"]);
    run(&["flags", "add", "SWE@2018", "Beds", "--note", "beds?", "-d", ".", "--set", "health"]);
    let score = [r#""Score" "why?""#];
    assert_eq!(flagged(&["-d", "rights.csv"]), score);
    assert_eq!(flagged(&["-d", ".", "--set", "rights"]), score);
    assert_eq!(flagged(&["-d", "rights.csv", "--better", "Score=lower"]), score);
    assert_eq!(flagged(&["-d", ".", "--set", "health"]), [r#""Beds" "beds?""#]);
    assert_eq!(flagged(&["-d", "money.csv"]), <[&str; 0]>::default());
    // Next year's table has more rows, and the flag is still on its cell.
    std::fs::write(folder.path().join("rights.csv"), RIGHTS.to_owned() + "Norway,2021,3\nPeru,2021,1\n")
        .unwrap();
    assert_eq!(flagged(&["-d", "rights.csv"]), score);
}
