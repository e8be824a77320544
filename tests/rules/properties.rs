//! Rules that hold for every input, tried on many.

use proptest::prelude::*;
use visavis::{
    core::{
        cell::Cell,
        compare::compare,
        dataset::Dataset,
        detail::Detail,
        read::{Loader, Options, from_texts},
        severity::Severity,
        subject::Subject,
    },
    text::{Raw, is_safe},
};

const FRAMEWORK: &str = r#"{ "schema": "visavis.framework/1", "id": "f", "title": "F", "outdated_after_years": 3,
  "scales": { "grade": { "kind": "levels", "levels": [{ "id": "none" }, { "id": "some" }, { "id": "full" }] },
    "up": { "kind": "number", "better": "higher" }, "down": { "kind": "number", "better": "lower" },
    "plain": { "kind": "number" }, "treaty": { "kind": "treaty" }, "yes": { "kind": "yes_no" },
    "day": { "kind": "date" }, "words": { "kind": "text" } },
  "goals": [{ "id": "g", "title": "G", "indicators": [
    { "id": "grade", "title": "Grade", "scale": "grade" }, { "id": "up", "title": "Up", "scale": "up" },
    { "id": "down", "title": "Down", "scale": "down" }, { "id": "plain", "title": "Plain", "scale": "plain" },
    { "id": "treaty", "title": "Treaty", "scale": "treaty" }, { "id": "yes", "title": "Yes", "scale": "yes" },
    { "id": "day", "title": "Day", "scale": "day" }, { "id": "words", "title": "Words", "scale": "words" }] }] }"#;

/// Any cell a card may write, good or bad.
fn cell() -> impl Strategy<Value = String> {
    let values = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("\"none\"".to_owned()),
        Just("\"full\"".to_owned()),
        Just("\"yes\"".to_owned()),
        Just("\"2010-07-01\"".to_owned()),
        Just("\"N/A\"".to_owned()),
        (-1000i32..1000).prop_map(|n| n.to_string()),
        any::<f64>().prop_filter("finite", |n| n.is_finite()).prop_map(|n| n.to_string()),
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
        Just("[1, 2]".to_owned()),
    ];
    let gaps = prop_oneof![
        Just("not-assessed"),
        Just("no-data"),
        Just("not-applicable"),
        Just("withheld"),
        Just("no")
    ];
    prop_oneof![
        values.clone(),
        (values.clone(), any::<bool>()).prop_map(|(value, sourced)| {
            let sources = if sourced { ", \"sources\": [\"s\"]" } else { "" };
            format!("{{ \"value\": {value}, \"note\": \"n\"{sources} }}")
        }),
        gaps.prop_map(|gap| format!("{{ \"gap\": \"{gap}\" }}")),
        (1990u16..2020, 1990u16..2020)
            .prop_map(|(s, b)| format!("{{ \"signed\": \"{s}-05-01\", \"bound\": \"{b}\" }}")),
    ]
}

fn card(country: &'static str) -> impl Strategy<Value = String> {
    const IDS: [&str; 8] = ["grade", "up", "down", "plain", "treaty", "yes", "day", "words"];
    proptest::collection::vec((proptest::sample::select(&IDS[..]), cell()), 0..10).prop_map(move |cells| {
        let cells: Vec<String> = cells.into_iter().map(|(id, cell)| format!("\"{id}\": {cell}")).collect();
        let cells = cells.join(", ");
        format!("{{ \"framework\": \"f\", \"country\": \"{country}\", \"edition\": \"2010\", \"assessments\": {{ {cells} }} }}")
    })
}

fn subjects(data: &Dataset) -> Vec<Subject> {
    ["IRL", "SWE"].iter().map(|code| Subject::parse(data, code, None).unwrap()).collect()
}

/// What spoils a line: something put into it, or nothing: the line is cut off.
fn damage() -> impl Strategy<Value = Option<String>> {
    const TEXTS: [&str; 13] =
        ["NaN", "Infinity", "1e999", ",", "}", "{", "]", "\"", "\\", ":", "\u{0}", "é", " x"];
    prop_oneof![Just(None), proptest::sample::select(&TEXTS[..]).prop_map(|text| Some(text.to_owned()))]
}

fn lines_of(lines: &[String]) -> Dataset {
    from_texts("t", &[("f.json", FRAMEWORK), ("c.jsonl", &lines.join("\n"))])
}

/// Every cell of the country, with its words; nothing when it has no card.
fn answers(data: &Dataset, code: &str) -> Vec<(Cell, Detail)> {
    let Some((country, edition)) = data.find_country(code).zip(data.newest_edition()) else { return vec![] };
    let ids = data.framework.indicator_ids();
    ids.map(|id| (data.cell(country, edition, id), data.detail(country, edition, id))).collect()
}

fn assert_printable(data: &Dataset) {
    for problem in &data.problems {
        assert!(is_safe(&problem.to_string()), "{problem:?}");
    }
}

proptest! {
    #[test]
    fn comparing_is_antisymmetric(irl in card("IRL"), swe in card("SWE")) {
        let data = from_texts("t", &[("f.json", FRAMEWORK), ("c.json", &format!("[{irl}, {swe}]"))]);
        prop_assert_eq!(data.card_count(), 2);
        let mut sides = subjects(&data);
        let there = compare(&data, sides.clone());
        sides.reverse();
        let back = compare(&data, sides);
        for (a, b) in there.rows.iter().zip(&back.rows) {
            prop_assert_eq!(a.verdict, b.verdict.swapped());
        }
        prop_assert_eq!((there.tallies.left, there.tallies.right), (back.tallies.right, back.tallies.left));
        prop_assert_eq!(there.tallies.equal, back.tallies.equal);
    }

    #[test]
    fn a_card_says_the_same_read_alone_in_a_list_or_as_a_line(irl in card("IRL"), swe in card("SWE")) {
        let forms = [
            ("c.json", format!("[{irl}, {swe}]")),
            ("c.jsonl", format!("{irl}\n{swe}\n")),
            ("c.json", format!("{{ \"cards\": [{irl}, {swe}] }}")),
        ];
        let read: Vec<Dataset> = forms.iter().map(|(name, text)| from_texts("t", &[("f.json", FRAMEWORK), (name, text)])).collect();
        for data in &read {
            assert_printable(data);
            for country in data.country_ids() {
                for edition in data.edition_ids() {
                    for id in data.framework.indicator_ids() {
                        prop_assert_eq!(data.cell(country, edition, id), read[0].cell(country, edition, id));
                        prop_assert_eq!(data.detail(country, edition, id), read[0].detail(country, edition, id));
                    }
                }
            }
        }
    }

    #[test]
    fn a_key_that_is_not_known_changes_no_cell(irl in card("IRL")) {
        // The tree is asked about a card with an unknown key, too.
        let odd = irl.replacen("{ ", "{ \"mystery\": 1, ", 1);
        let [plain, odd] = [irl, odd].map(|card| from_texts("t", &[("f.json", FRAMEWORK), ("c.json", &card)]));
        for id in plain.framework.indicator_ids() {
            let at = |data: &Dataset| data.country_ids().next().zip(data.edition_ids().next()).map(|(c, e)| data.cell(c, e, id));
            prop_assert_eq!(at(&plain), at(&odd));
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic_and_are_told(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut loader = Loader::new(Options::default());
        loader.add(Raw::from_static("x.json"), bytes);
        let data = loader.finish(Raw::from_static("x"), &|_| ());
        prop_assert!(!data.problems.is_empty());
        assert_printable(&data);
    }

    #[test]
    fn a_spoilt_line_touches_no_other_line(
        cards in (card("IRL"), card("SWE"), card("DNK"), card("FIN")),
        which in 0usize..4,
        at in 0usize..400,
        damage in damage(),
    ) {
        let mut lines = [cards.0, cards.1, cards.2, cards.3];
        let whole = lines_of(&lines);
        let at = at % lines[which].len();
        let at = (0..=at).rev().find(|at| lines[which].is_char_boundary(*at)).unwrap();
        match damage {
            Some(text) => lines[which].insert_str(at, &text),
            None => lines[which].truncate(at),
        }
        let spoilt = lines_of(&lines);
        for (code, _) in ["IRL", "SWE", "DNK", "FIN"].iter().zip(0..).filter(|(_, line)| *line != which) {
            let (now, before) = (answers(&spoilt, code), answers(&whole, code));
            // A byte that no text has, such as NUL, may cost the whole file: then that is told.
            let is_told_lost = spoilt.card_count() == 0
                && spoilt.problems.iter().any(|problem| problem.severity == Severity::Error);
            prop_assert!(now == before || is_told_lost, "{}: {:?} was {:?}", code, now, before);
        }
    }

    #[test]
    fn a_spoilt_card_never_panics(irl in card("IRL"), at in 0usize..400, byte in any::<u8>()) {
        let mut bytes = irl.into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        let mut loader = Loader::new(Options::default());
        loader.add(Raw::from_static("f.json"), FRAMEWORK.as_bytes().to_vec());
        loader.add(Raw::from_static("x.json"), bytes);
        assert_printable(&loader.finish(Raw::from_static("x"), &|_| ()));
    }
}
