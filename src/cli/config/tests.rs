//! Tests configurations as people write them, mistakes included.

use super::*;

fn read(text: &str) -> Config {
    Config::read(Path::new("config.toml"), text)
}

fn told(text: &str) -> Vec<String> {
    read(text).problems.iter().map(ToString::to_string).collect()
}

#[test]
fn what_it_says_is_set_with_its_line() {
    let config = read(
        "author = \"Ana\"\ncolor = 256\nascii = true\n\n[scores]\nmean = \"geometric\"\nthreshold = 75\n\n\
         [weights.progress-card]\nprevention = 2\nopsc = 0.5\n\n[keys]\nhelp = \"f1\"\ntop = [\"g t\", \"home\"]\n",
    );
    assert!(config.problems.is_empty(), "{:?}", config.problems);
    assert_eq!(config.author, Some(Set { value: "Ana".to_owned(), line: 1 }));
    assert_eq!(config.color, Some(Set { value: ColorChoice::Indexed, line: 2 }));
    assert_eq!(config.threshold, Some(Set { value: 0.75, line: 7 }));
    let mut weights: Vec<_> = config.weights.iter().map(|one| (one.id.as_str(), one.weight.value)).collect();
    weights.sort_by(|a, b| a.0.cmp(b.0));
    assert_eq!(weights, [("opsc", 0.5), ("prevention", 2.0)]);
    assert_eq!(config.keys.len(), 2);
    assert_eq!(config.scores().method, Some(Method::Geometric));
}

#[test]
fn every_line_that_cannot_be_used_is_told_and_the_rest_holds() {
    let text = "athor = \"Ana\"\ncolor = \"pink\"\nascii = true\n[scores]\nthreshold = 120\nmean = 3\n\
                [weights.f]\na = -1\nb = \"x\"\n[keys]\nhlep = \"f1\"\nquit = \"j\"\nhelp = 7\nswap = \"hyper-x\"\n";
    let config = read(text);
    assert_eq!(config.ascii.as_ref().map(|set| set.value), Some(true));
    let places: Vec<String> =
        told(text).iter().map(|problem| problem.split(": ").next().unwrap_or_default().to_owned()).collect();
    let wanted = ["1:1", "2:9", "5:13", "6:8", "8:5", "9:5", "11:1", "12:1", "13:8", "14:1"];
    assert_eq!(places, wanted.map(|place| format!("config.toml:{place}")));
    let words = told(text).join("\n");
    for wanted in [
        "no setting athor; did you mean author?",
        "color: expected one of auto",
        "found \"pink\"",
        "threshold: expected a percentage from 0 to 100, found 120",
        "a: expected a weight from 0 to 1000, found -1",
        "no command is called \"hlep\"; did you mean help?",
        "quit: j already means down (anywhere)",
        "help: expected keys such as",
        "swap: no key is called \"hyper-x\"",
    ] {
        assert!(words.contains(wanted), "{wanted} in\n{words}");
    }
    assert_eq!(config.keys, []);
}

#[test]
fn text_that_is_no_toml_is_told_with_its_place_and_does_no_harm() {
    for text in
        ["author = ", "[scores\nx", "\u{1b}[2J = 1", "a = 'x\u{202e}", "keys = 3", "weights.f = 1", "= ="]
    {
        let problems = told(text);
        assert!(!problems.is_empty(), "{text:?}");
        assert!(problems.iter().all(|problem| problem.starts_with("config.toml:1:") || problem.starts_with("config.toml:2:")));
        assert!(problems.iter().all(|problem| crate::text::is_safe(problem)), "{problems:?}");
    }
}

#[test]
fn two_commands_may_exchange_their_keys() {
    let config = read("[keys]\nswap = \"r\"\nreplace-subject = \"x\"\n");
    assert_eq!((config.problems.len(), config.keys.len()), (0, 2));
}

#[test]
fn two_bad_keys_of_one_command_are_told_on_its_line() {
    let problems = told("author = \"Ana\"\n\n[keys]\nhelp = [\"j\", \"k\"]\n");
    assert_eq!(
        problems,
        [
            "config.toml:4:1: help: j already means down (anywhere)",
            "config.toml:4:1: help: k already means up (anywhere)"
        ]
    );
}

#[test]
fn of_two_commands_that_want_a_key_the_later_in_the_file_goes_without() {
    let config = read("[keys]\npalette = \"f1\"\nhelp = \"f1\"\n");
    assert_eq!(config.problems.len(), 1);
    assert_eq!(&*config.problems[0], "config.toml:3:1: help: f1 already means palette (anywhere)");
    assert_eq!(config.keys[0].command, "palette");
}

#[test]
fn a_key_that_a_pane_hides_is_a_warning_with_its_place() {
    let config = read("[keys]\nhelp = \"d\"\n");
    assert_eq!((config.problems.len(), config.keys.len()), (0, 1));
    let words = "config.toml:2:1: help: in Comparison d means only-differences, and d is not help there";
    assert_eq!(config.warnings.iter().map(|words| &**words).collect::<Vec<_>>(), [words]);
}

#[test]
fn a_key_that_stands_twice_is_named_with_its_first_line() {
    let problems = told("[keys]\nhelp = \"f1\"\nswap = \"f2\"\nhelp = \"f3\"\n");
    assert_eq!(problems, ["config.toml:4:1: duplicate key: help stands on line 2 already"]);
}

#[test]
fn a_command_may_be_left_without_keys() {
    let config = read("[keys]\nhelp = []\n");
    assert_eq!((config.problems.len(), config.keys[0].chords.len()), (0, 0));
}

#[test]
fn a_theme_that_is_not_there_is_told_with_its_place() {
    let problems = told("ascii = true\ntheme = \"drak\"\n");
    assert!(
        problems[0].starts_with("config.toml:2:9: theme: no theme is called \"drak\"; did you mean dark?")
    );
}

#[test]
fn nobody_has_to_have_a_file_but_one_that_is_named_must_be_there() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::here(Some(&folder.path().join("none.toml")));
    assert!(config.problems[0].contains("none.toml cannot be read"), "{:?}", config.problems);
    assert!(Config::here(Some(folder.path())).problems[0].contains("regular file"));
}

#[test]
fn the_example_names_every_setting_and_can_be_used_as_it_stands() {
    let example = include_str!("../../../docs/config.toml");
    assert_eq!(told(example), Vec::<String>::new());
    let used: Vec<&str> = example
        .lines()
        .map(|line| {
            line.strip_prefix('#').filter(|rest| !rest.is_empty() && !rest.starts_with(' ')).unwrap_or(line)
        })
        .collect();
    let config = read(&used.join("\n"));
    assert!(config.problems.is_empty(), "{:?}", config.problems);
    assert!(config.author.is_some() && config.journal.is_some() && config.color.is_some());
    assert!(config.watch.is_some() && config.session.is_some());
    assert!(config.ascii.is_some() && config.method.is_some() && config.threshold.is_some());
    assert_eq!((config.weights.len(), config.keys.len()), (3, 3));
}
