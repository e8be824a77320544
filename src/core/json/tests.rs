//! The reader as a whole: it agrees with `serde_json`, knows its places, and has words for every broken file.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

mod hostile;

fn limits() -> Limits {
    Limits::default()
}

/// A tree is what `serde_json` makes of the same text, where the last of equal keys wins.
fn assert_same(node: &Node, value: &Value, text: &str) {
    match (&node.kind, value) {
        (NodeKind::Null, Value::Null) => {}
        (NodeKind::Bool(a), Value::Bool(b)) => assert_eq!(a, b, "{text}"),
        (NodeKind::Number(a), Value::Number(b)) => assert_eq!(Some(*a), b.as_f64(), "{text}"),
        (NodeKind::String(a), Value::String(b)) => assert_eq!(a, b, "{text}"),
        (NodeKind::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{text}");
            a.iter().zip(b).for_each(|(a, b)| assert_same(a, b, text));
        }
        (NodeKind::Object(a), Value::Object(b)) => {
            for (key, value) in b {
                let last = a.iter().rfind(|member| member.key == *key).unwrap();
                assert!(text[last.key_at..].starts_with('"'), "{text}");
                assert_same(&last.value, value, text);
            }
            assert!(a.iter().all(|member| b.contains_key(&*member.key)), "{text}");
        }
        (a, b) => panic!("{text}: {a:?} is not {b:?}"),
    }
    let again: Value = serde_json::from_str(node.source(text)).unwrap();
    assert_eq!(&again, value, "the bytes of a value are the value: {text}");
}

/// Both accept and agree, or both refuse and ours says where and why.
fn check_agreement(text: &str) {
    let mut pull = Pull::new(text, 0..text.len(), &limits());
    let pulled = pull.value().and_then(|_| pull.finish());
    assert_eq!(pulled.is_ok(), serde_json::from_str::<Value>(text).is_ok(), "{text:?}: {pulled:?}");
    match (read(text, &limits()), serde_json::from_str::<Value>(text)) {
        (Ok((node, _)), Ok(value)) => assert_same(&node, &value, text),
        (Err(fault), Err(_)) => {
            assert!(text.is_char_boundary(fault.at), "{text:?}: {fault:?}");
            assert!(!fault.message.is_empty() && fault.path.starts_with('$'), "{fault:?}");
            assert!(fault.expected.is_some() && fault.found.is_some(), "{text:?}: {fault:?}");
            let said = format!("{fault:?}");
            assert!(!said.chars().any(char::is_control) && said.len() < 1200, "{said:?}");
        }
        (ours, theirs) => panic!("{text:?}: we say {ours:?}, serde_json says {theirs:?}"),
    }
}

/// Texts just inside and just outside of JSON.
const EDGES: [&str; 77] = [
    "",
    " ",
    "0",
    "-0",
    "00",
    "-",
    "-0.0e-0",
    "1e5",
    "1E+5",
    "1.e5",
    "1e",
    ".5",
    "0.",
    "0x1",
    "1_0",
    "+1",
    "１",
    "1e308",
    "1e309",
    "-1e309",
    "1.7976931348623157e308",
    "1.7976931348623158e308",
    "1.7976931348623159e308",
    "17976931348623157e292",
    "179769313486231580793e289",
    "5e-324",
    "1e-400",
    "0e99999999999",
    "1e-99999999999",
    "1e99999999999",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "123456789012345",
    "0.1234567890123456789",
    "0.1",
    "3.14159",
    "-1.5",
    "9007199254740993",
    "100000000000000000.5",
    "true",
    "tru",
    "truex",
    "true1",
    "TRUE",
    "nul",
    "null null",
    "[1,]",
    "[,]",
    "[1 2]",
    "{\"a\":1,}",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{a:1}",
    "{1:1}",
    "{\"a\":1,\"a\":2}",
    "\"",
    "\"\\\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ude00\\ud83d\"",
    "\"\\ud83dx\"",
    "\"\\ud83d\\n\"",
    "\"\\u00G0\"",
    "\"\\x\"",
    "\"\t\"",
    "\"\n\"",
    "\"\u{7f}\"",
    "\"\u{2028}\"",
    "\u{feff}1",
    "\u{a0}1",
    "1\u{0}",
    "\u{c}1",
    "// x\n1",
    "[1]]",
];

#[test]
fn texts_at_the_edge_of_json_are_accepted_and_refused_as_serde_json_does() {
    let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
    let objects = |depth| "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
    for depth in [126, 127, 128, 129, 1000] {
        check_agreement(&nested(depth));
        check_agreement(&objects(depth));
        check_agreement(&format!("{{\"zz\":{}}}", nested(depth)));
    }
    let zeros = "0".repeat(400);
    for text in EDGES {
        check_agreement(text);
    }
    for text in
        [format!("1{zeros}"), format!("1{zeros}e-400"), format!("0.{zeros}1e405"), format!("[{zeros}]")]
    {
        check_agreement(&text);
    }
}

fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|b| b.to_string()),
        any::<i64>().prop_map(|n| n.to_string()),
        any::<f64>().prop_filter_map("finite", |n| n.is_finite().then(|| format!("{n:e}"))),
        (0..99_999_u32, 0..9999_u32).prop_map(|(a, b)| format!("{a}.{b}")),
        any::<String>().prop_map(|text| Value::String(text).to_string()),
        Just(r#""\u00e9\ud83c\uddeb\n\/""#.to_owned()),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let key =
            prop_oneof!["[ab]{1}", "[A-Za-zé \u{200b}]{0,4}"].prop_map(|key| Value::String(key).to_string());
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6)
                .prop_map(|items| format!("[ {} ]", items.join(" ,\n"))),
            prop::collection::vec((key, inner), 0..6).prop_map(|members| {
                let members: Vec<_> = members.iter().map(|(key, value)| format!("{key} : {value}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

/// Pieces that make or break JSON.
const PIECES: [&str; 44] = [
    "",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\ud800",
    "\\udc00",
    "0",
    "1",
    "-",
    ".",
    "e",
    "E+",
    "true",
    "null",
    " ",
    "\n",
    "\t",
    "\0",
    "\u{1b}",
    "'",
    "//",
    "/*",
    "#",
    "“",
    "\u{a0}",
    "\u{feff}",
    "\u{200b}",
    "é",
    "🇫🇷",
    "NaN",
    "Infinity",
    "1e999",
    "012",
    "99999999999999999999",
    "<<<<<<<",
    "{\"a\":1}",
    "[[",
    "]]",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_read_as_serde_json_reads_it(text in json()) {
        check_agreement(&text);
    }

    #[test]
    fn any_spoilt_json_is_judged_as_serde_json_judges_it(
        text in json(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..4_usize, 0..PIECES.len()), 1..4),
    ) {
        let mut characters: Vec<char> = text.chars().collect();
        for (place, cut, piece) in edits {
            let from = place.index(characters.len() + 1);
            let to = (from + cut).min(characters.len());
            characters.splice(from..to, PIECES[piece].chars());
        }
        check_agreement(&characters.iter().collect::<String>());
    }

    #[test]
    fn any_start_of_a_json_text_is_judged_as_serde_json_judges_it(text in json(), end in any::<prop::sample::Index>()) {
        let characters: Vec<char> = text.chars().collect();
        check_agreement(&characters[..end.index(characters.len() + 1)].iter().collect::<String>());
    }

    #[test]
    fn any_soup_of_pieces_is_judged_as_serde_json_judges_it(pieces in prop::collection::vec(0..PIECES.len(), 0..12)) {
        check_agreement(&pieces.into_iter().map(|piece| PIECES[piece]).collect::<String>());
    }
}

#[test]
fn a_value_is_read_where_it_stands_and_what_follows_is_left_alone() {
    let text = "[ {\"a\":1}, {\"a\":1,\"a\":2} !";
    let (node, faults, end) = read_at(text, 1, &limits()).unwrap();
    assert_eq!((node.source(text), end, faults.len()), ("{\"a\":1}", 9, 0));
    let (node, faults, end) = read_at(text, 10, &limits()).unwrap();
    assert_eq!((node.at, end), (11, 24));
    assert_eq!((faults[0].at, faults[0].path.as_str()), (18, "$.a"));
    assert!(faults[0].message.ends_with("first at line 1, column 13"), "{}", faults[0].message);
    assert_eq!(read_at(text, end, &limits()).unwrap_err().at, 25);
    assert_eq!(read_at(text, 999, &limits()).unwrap_err().code, "cut-off");
}

#[test]
fn a_line_of_json_lines_must_be_one_value_and_its_places_are_those_of_the_file() {
    let text = "{\"a\":1}\n{\"a\":1,\n{} {}\n[1,2]\n";
    let reader = JsonReader::new(text, &limits());
    let lines = [0..7, 8..15, 16..21, 22..28];
    let got: Vec<_> = lines.map(|line| reader.whole(line).map(|(node, _)| node.end)).into();
    assert_eq!((got[0].as_ref(), got[3].as_ref()), (Ok(&7), Ok(&27)));
    let [torn, two] = [&got[1], &got[2]].map(|line| line.as_ref().unwrap_err());
    assert_eq!((torn.code, torn.at, reader.places().of(torn.at)), ("cut-off", 15, (2, 8)));
    assert!(torn.hint.as_ref().unwrap().contains("opens at line 2, column 1"), "{torn:?}");
    assert_eq!((two.at, two.message.contains("second JSON value")), (19, true), "{two:?}");
    assert_eq!(reader.first(7..8).unwrap_err().at, 8, "a range that holds no value ends too early");
}

#[test]
fn a_fault_knows_its_path() {
    for (text, path) in [
        ("x", "$"),
        ("[1,[2,x]]", "$[1][1]"),
        (r#"{"assessments":{"opsc":{"bound":soon}}}"#, "$.assessments.opsc.bound"),
        (
            r#"{"goals":[{},{"national-plan":{"a b":[0,{"c":1e}]}}]}"#,
            "$.goals[1].national-plan[\"a b\"][1].c",
        ),
        (r#"{"a":{"b":1 "c":2}}"#, "$.a"),
        (r#"{"a":{"b" 1}}"#, "$.a"),
        (r#"{"a":["x","\q"]}"#, "$.a[1]"),
        (r#"[{"a":[],"b":[[1],[2],x]}]"#, "$[0].b[2]"),
    ] {
        assert_eq!(read(text, &limits()).unwrap_err().path, path, "{text}");
    }
    let deep = read(&"[".repeat(200), &limits()).unwrap_err();
    assert_eq!(deep.path, format!("$[0][0][0][0][0][0][0][0]...{}", "[0]".repeat(8)));
}

#[test]
fn the_depth_can_be_lowered_and_raised_but_never_to_where_the_stack_ends() {
    let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
    let allows = |limit, depth| read(&nested(depth), &Limits { depth: limit, ..limits() }).is_ok();
    assert!(allows(3, 3) && !allows(3, 4) && allows(500, 500));
    assert!(allows(usize::MAX, Limits::DEEPEST) && !allows(usize::MAX, Limits::DEEPEST + 1));
    let fault = read(&nested(6), &Limits { depth: 5, ..limits() }).unwrap_err();
    assert_eq!((fault.code, fault.at), ("depth", 5));
    assert!(fault.message.contains("nested more than 5 deep"), "{fault:?}");
}

#[test]
fn faults_beyond_the_limit_are_counted_in_the_last_one() {
    let text = format!("[{}]", vec![r#"{"a":1,"a":2,"A":3}"#; 50].join(","));
    let (_, faults) = read(&text, &Limits { max_faults: 10, ..limits() }).unwrap();
    let last = faults.last().unwrap();
    assert_eq!((faults.len(), last.code, last.severity), (11, "more-faults", Severity::Error));
    assert!(last.message.contains("and 90 more"), "{last:?}");
    assert!(faults.windows(2).all(|pair| pair[0].at <= pair[1].at), "{faults:?}");
}

#[test]
fn large_and_hostile_texts_take_no_more_than_their_length() {
    let many_keys: Vec<_> = (0..100_000).map(|i| format!("\"k{i}\":{i}")).collect();
    let same_keys = vec!["\"k\":1"; 100_000];
    let odd_keys: Vec<_> = (0..100_000).map(|i| format!("\"{}\":1", ["k", "K"][i % 2])).collect();
    let texts = [
        format!("{{{}}}", many_keys.join(",")),
        format!("{{{}}}", same_keys.join(",")),
        format!("{{{}}}", odd_keys.join(",")),
        format!("[{}1]", "1,".repeat(2_000_000)),
        format!("[{}1]", "[1],".repeat(500_000)),
        "[".repeat(100_000),
        format!("\"{}", "\\n".repeat(2_000_000)),
        format!("[{}", "\"a\",".repeat(1_000_000)),
        "7".repeat(4_000_000),
    ];
    let start = std::time::Instant::now();
    for text in &texts {
        drop(read(text, &limits()));
    }
    // Seconds even without optimisation; what is quadratic takes hours.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn a_tree_answers_for_its_keys_and_kinds() {
    let text = r#"{"a":[1,"x",true,null,{}],"a":2}"#;
    let (node, _) = read(text, &limits()).unwrap();
    let items = node.get("a").and_then(Node::array).unwrap();
    let names: Vec<_> = items.iter().chain([&node]).map(Node::kind_name).collect();
    assert_eq!(names, ["a number", "a string", "true", "null", "an object", "an object"]);
    assert_eq!(items[0].number(), Some(1.0));
    assert_eq!(items[1].text(), Some("x"));
    assert_eq!(items[2].boolean(), Some(true));
    assert!(items[3].is_null());
    assert_eq!(node.object().map(<[NodeMember]>::len), Some(2));
    assert_eq!((node.get("b"), items[0].get("a"), items[1].source(text)), (None, None, "\"x\""));
}
