//! Hints about texts that are no JSON are followed word by word: the problem is gone, and every card is there.

use std::fmt::Write as _;

use visavis::core::{dataset::Dataset, problem::Problem, read::from_texts};

const FRAMEWORK: &str = r#"{ "id": "f", "scales": { "n": { "kind": "number", "min": -9e99, "max": 9e99 }, "t": { "kind": "text" }, "y": { "kind": "yes_no" },
    "l": { "kind": "levels", "levels": ["none", "some"] } },
  "goals": [{ "id": "g", "indicators": [{ "id": "a", "scale": "n" }, { "id": "b", "scale": "l" },
    { "id": "c", "scale": "t" }, { "id": "d", "scale": "y" }] }] }"#;

const BEFORE: &str =
    r#"{ "country": "IRL", "edition": "2010", "assessments": { "a": 1, "b": "some", "c": "x" } }"#;
const AFTER: &str =
    r#"{ "country": "SWE", "edition": "2010", "assessments": { "a": 3, "b": "some", "c": "z" } }"#;

/// The card that is broken.
const CARD: &str = r#"{
      "country": "FRA",
      "edition": "2010",
      "assessments": {
        "a": 34,
        "b": "none",
        "d": "yes",
        "c": { "value": "a text", "note": "more" }
      }
    }"#;

/// What stands in the card, and what is written in its place.
const IN_A_CARD: [(&str, &str); 87] = [
    (r#""b": "none","#, r#""b": "none,"#),
    (r#""note": "more""#, r#""note": "more"#),
    (r#""value": "a text", "#, r#""value": "a text, "#),
    (r#""b": "none""#, r#""b: "none""#),
    (r#""b": "none""#, r#"b": "none""#),
    (r#""b": "none""#, r#"b: "none""#),
    (r#""b": "none""#, r#""b": none""#),
    (r#""value": "a text""#, r#""value": a text""#),
    (r#""b": "none""#, r#""b": none"#),
    (r#""b": "none""#, r#""b": some"#),
    (r#""value": "a text""#, r#""value": a text"#),
    (r#""c": { "value""#, r#""c": "value""#),
    ("\"assessments\": {\n", "\"assessments\": \n"),
    ("      }\n    }", "      }\n    }}"),
    ("      }\n    }", "      }}\n    }"),
    (r#""more" }"#, r#""more" }}"#),
    (r#""more" }"#, r#""more""#),
    ("      }\n    }", "    }"),
    (r#""more" }"#, r#""more" ]"#),
    ("\"assessments\": {\n", "\"assessments\": [\n"),
    (r#""a": 34"#, r#""a": 34abc"#),
    (r#""value": "a text""#, r#""value": 34abc"#),
    (r#""value": "a text""#, r#""value": 34 Main Street"#),
    (r#""value": "a text""#, r#""value": 2012-07-01"#),
    (r#""value": "a text""#, r#""value": 1.7.2012"#),
    (r#""a": 34,"#, r#""a": 34"#),
    (r#""b": "none","#, r#""b": "none""#),
    (r#""a": 34"#, r#""a" 34"#),
    (r#""a": 34"#, r#""a" = 34"#),
    (r#""a": 34"#, r#""a"= 34"#),
    (r#""a": 34"#, r#""a" => 34"#),
    (r#""a": 34"#, r#""a":: 34"#),
    (r#""a": 34"#, r#""a", 34"#),
    (r#""a": 34"#, r#""a"; 34"#),
    (r#""b": "none""#, r#""b": 'none'"#),
    (r#""b": "none""#, r#"'b': "none""#),
    (r#""value": "a text""#, r#""value": 'a "b" text'"#),
    (r#""b": "none""#, r#""b": “none”"#),
    (r#""b": "none""#, r#"“b”: "none""#),
    (r#""b": "none""#, r#""b": "none”"#),
    (r#""b": "none""#, r#""b": `none`"#),
    (r#""more" }"#, r#""more", }"#),
    (r#""a": 34,"#, r#""a": 34,,"#),
    ("\"assessments\": {\n", "\"assessments\": {\n,"),
    (r#""a": 34,"#, "\"a\": 34, // a comment"),
    (r#""a": 34,"#, r#""a": 34, /* a comment */"#),
    (r#""a": 34,"#, "# a comment\n\"a\": 34,"),
    (r#""a": 34,"#, r#"<!-- a comment -->"a": 34,"#),
    (r#""a": 34"#, r#""a": NaN"#),
    (r#""a": 34"#, r#""a": Infinity"#),
    (r#""a": 34"#, r#""a": -Infinity"#),
    (r#""a": 34"#, r#""a": None"#),
    (r#""a": 34"#, r#""a": undefined"#),
    (r#""a": 34"#, r#""a": "#),
    (r#""d": "yes""#, r#""d": yes"#),
    (r#""d": "yes""#, r#""d": True"#),
    (r#""a": 34"#, r#""a": +34"#),
    (r#""a": 34"#, r#""a": .34"#),
    (r#""a": 34"#, r#""a": 34."#),
    (r#""a": 34"#, r#""a": 34e"#),
    (r#""a": 34"#, r#""a": 34e+"#),
    (r#""a": 34"#, r#""a": 034"#),
    (r#""value": "a text""#, r#""value": 034"#),
    (r#""a": 34"#, r#""a": 0x34"#),
    (r#""a": 34"#, r#""a": 1,034"#),
    (r#""a": 34"#, r#""a": 3,4"#),
    (r#""a": 34"#, r#""a": 1_034"#),
    (r#""a": 34"#, r#""a": 1 034"#),
    (r#""a": 34"#, r#""a": 34%"#),
    (r#""a": 34"#, r#""a": 34 km"#),
    (r#""a": 34"#, r#""a": -"#),
    (r#""a": 34"#, r#""a": - 34"#),
    (r#""a": 34"#, r#""a": --34"#),
    (r#""a": 34"#, r#""a": −34"#),
    (r#""a": 34"#, r#""a": ３４"#),
    (r#""more""#, r#""he said "hello" then""#),
    (r#""more""#, r#""the "more"""#),
    (r#""more""#, r#""C:\dir""#),
    (r#""more""#, r#""\u12""#),
    (r#""more""#, r#""\ud800""#),
    (r#""more""#, "\"mo\nre\""),
    (r#""more""#, "\"mo\r\nre\""),
    (r#""more""#, "\"mo\tre\""),
    (r#""more""#, "\"mo\u{1}re\""),
    (r#""a": 34"#, "\"a\":\u{a0}34"),
    (r#""a": 34"#, r#""a": 1e999"#),
    (r#""a": 34,"#, r#""a": 34;"#),
];

/// More of them, which need no card of their own.
const AROUND: [(&str, &str); 12] = [
    ("{ \"framework\":", "\"framework\":"),
    ("    {\n      \"country\": \"FRA\"", "    \n      \"country\": \"FRA\""),
    ("]\n}\n", "]\n}}\n"),
    ("]\n}\n", "]]\n}\n"),
    ("]\n}\n", "]\n"),
    ("]\n}\n", "}\n"),
    ("]\n}\n", ""),
    ("]\n}\n", "]\n},\n"),
    ("]\n}\n", "]\n}\nend\n"),
    ("]\n}\n", "]\n}\n{}\n"),
    ("]\n}\n", ",]\n}\n"),
    ("    },\n", "    }\n"),
];

/// What a hint says to do with the text that stands at its place; one result for each way that it names. `is_text` says
/// that the scale is one of texts.
fn followed(text: &str, problem: &Problem, is_text: bool) -> Vec<String> {
    let Some(hint) = problem.hint.as_ref().map(ToString::to_string) else { return vec![] };
    let at = problem.place.map_or(0, |place| usize::try_from(place.byte).unwrap());
    let (before, rest) = text.split_at(at);
    let instead = |old: usize, new: &str| vec![format!("{before}{new}{}", &rest[old..])];
    let run =
        rest.find([',', ':', '{', '}', '[', ']', '"', '\n']).map_or(rest, |end| &rest[..end]).trim_end();
    let first = rest.chars().next().map_or(0, char::len_utf8);
    if let Some((what, _)) = hint.strip_prefix("put ").and_then(|rest| rest.split_once(" here")) {
        return instead(0, what.trim_start_matches("a "));
    }
    if let Some((_, what)) = hint.split_once("if nothing else is missing, put ") {
        return instead(0, what.strip_suffix(" here").unwrap());
    }
    if let Some((_, place)) = hint.split_once("write { in place of the [ at line ") {
        let (line, column) = place.split_once(", column ").unwrap();
        let line: usize = line.parse().unwrap();
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let at = start + column.parse::<usize>().unwrap() - 1;
        return vec![format!("{}{{{}", &text[..at], &text[at + 1..])];
    }
    if let Some((new, old)) = hint.strip_prefix("write ").and_then(|rest| rest.split_once(" in place of ")) {
        let (new, old) = (new.trim_matches('\''), old.trim_matches('\''));
        return vec![format!("{before}{}", rest.replacen(old, new, 1))];
    }
    if let Some(what) = hint.strip_prefix("write ")
        && let Some((number, text)) = what.split_once(", or \"")
        && let Some((text, _)) = text.split_once("\" if it is a")
        && (number.ends_with("if it is a number") || text.starts_with('0'))
    {
        let number = number.split(' ').next().unwrap();
        return instead(text.len(), &if is_text { format!("\"{text}\"") } else { number.to_owned() });
    }
    for lead in ["put text in double quotes: ", "put it in double quotes if it is a date or a text: "] {
        if let Some(quoted) = hint.strip_prefix(lead) {
            return instead(quoted.len() - 2, quoted);
        }
    }
    match &*hint {
        "remove this }" | "remove this ]" | "remove one comma" | "remove one ':'" | "remove the '+'"
        | "remove one '-'" => instead(1, ""),
        "remove it" => instead(run.len().max(1), ""),
        "remove the space after the '-'" => vec![format!("{before}{}", rest.replacen("- ", "-", 1))],
        "remove the comma before }" | "remove the comma before ]" => {
            let comma = before.rfind(',').unwrap();
            vec![format!("{}{}{rest}", &before[..comma], &before[comma + 1..])]
        }
        "remove the comment" => {
            let ends = [("/*", "*/"), ("<!--", "-->"), ("//", "\n"), ("#", "\n")];
            let (_, end) = ends.into_iter().find(|(start, _)| rest.starts_with(start)).unwrap();
            instead(rest.find(end).unwrap() + end.len(), "")
        }
        _ => in_words(text, at, run, first, &hint),
    }
}

/// The same for hints that say more than one thing, or leave a choice.
fn in_words(text: &str, at: usize, run: &str, first: usize, hint: &str) -> Vec<String> {
    let (before, rest) = text.split_at(at);
    let instead = |old: usize, new: &str| vec![format!("{before}{new}{}", &rest[old..])];
    let sign = &rest[..first];
    if hint.starts_with("replace both ") {
        let (inside, after) = rest[first..].split_once(sign).unwrap();
        let inside =
            if hint.contains("each quote") { inside.replace('"', "\\\"") } else { inside.to_owned() };
        return vec![format!("{before}\"{inside}\"{after}")];
    }
    if hint.starts_with("write null") {
        let mut ways = instead(run.len(), "null");
        if let Some((_, word)) = hint.split_once(", or \"") {
            ways.extend(instead(run.len(), &format!("\"{}\"", word.split_once('"').unwrap().0)));
        }
        return ways;
    }
    match hint {
        "replace it by a straight \"" => instead(first, "\""),
        "replace it and the one that closes by a straight \"" => {
            vec![format!("{before}{}", rest.replacen('“', "\"", 1).replacen('”', "\"", 1))]
        }
        "put the key in double quotes" => instead(run.len(), &format!("\"{run}\"")),
        "put a ':' after the key" => instead(0, ":"),
        "put a ',' between the two" => instead(0, ","),
        "each quote inside a text is written \\\"" => {
            let text = format!("{}\\\"{rest}", before.trim_end().strip_suffix('"').unwrap());
            let end = text[at + 1..].find('"').map(|end| at + 1 + end).unwrap();
            let end = if text[end + 1..].trim_start().starts_with([',', '}']) { text.len() } else { end };
            vec![format!("{}{}", &text[..end], text[end..].replacen('"', "\\\"", 1))]
        }
        "write \\n in its place, and all of the text on one line" => {
            instead(if rest.starts_with('\r') { 2 } else { 1 }, "\\n")
        }
        "write \\t" => instead(1, "\\t"),
        "write \\r" => instead(1, "\\r"),
        "write \\\\ for a backslash" => instead(0, "\\"),
        "write four digits, the character itself, or \\\\ for a backslash" => {
            [instead(4, "\\u1234"), instead(4, "é"), instead(0, "\\")].concat()
        }
        "write the character itself" => instead(6, "é"),
        "remove it, or write \\u0001" => [instead(1, ""), instead(1, "\\u0001")].concat(),
        "remove it, or replace it by an ordinary space" => [instead(first, ""), instead(first, " ")].concat(),
        "write numbers with the digits 0 to 9" => instead("３４".len(), "34"),
        "write the number in decimal digits, or in double quotes if it is a text" => instead(4, "52"),
        "write 0 before the '.'" => instead(0, "0"),
        "write '-' in its place" => instead(first, "-"),
        "write true" => instead(4, "true"),
        "write true or false, or \"yes\" in double quotes" => {
            [instead(3, "true"), instead(3, "false"), instead(3, "\"yes\"")].concat()
        }
        "write the number, or null where there is no value" => {
            [instead(1, "-5"), instead(1, "null")].concat()
        }
        "write a decimal comma as a point; leave out a comma that parts thousands" => {
            [instead(1, "."), instead(1, "")].concat()
        }
        "keep one of the two; several cards stand in one array, or one on each line of a .jsonl file" => {
            instead(2, "")
        }
        _ => hint.strip_prefix("write ").map_or_else(Vec::new, |number| instead(run.len(), number)),
    }
}

/// What the two cards say that were not broken.
fn others(data: &Dataset) -> String {
    let mut out = format!("{} ", data.card_count());
    for country in ["IRL", "SWE"] {
        let Some(id) = data.country_ids().find(|id| data.country(*id).code.raw() == country) else {
            continue;
        };
        let edition = data.newest_edition().unwrap();
        for indicator in data.framework.indicator_ids() {
            let _ = write!(out, "{:?} ", data.label(id, edition, indicator));
        }
    }
    out
}

/// Follows the hints of a broken text until it is whole; tells what does not work.
fn mend(name: &str, text: &str, beside: Option<&str>, is_text: bool, whole: &str) -> Result<usize, String> {
    let read = |text: &str| {
        let mut files = vec![(name, text)];
        files.extend(beside.map(|framework| ("framework.json", framework)));
        from_texts("h", &files)
    };
    let data = read(text);
    let Some(problem) = data.problems.first() else { return Err("nothing is told".to_owned()) };
    let ways = followed(text, problem, is_text);
    if ways.is_empty() {
        return Err(format!("nothing can be done about: {problem}"));
    }
    for way in &ways {
        let mended = read(way);
        let left: Vec<String> = mended.problems.iter().map(ToString::to_string).collect();
        if !left.is_empty() {
            return Err(format!("{problem}\n  gives {way}\n  which is told: {}", left.join("; ")));
        }
        if others(&mended) != whole {
            return Err(format!("{problem}\n  changes other cards: {}", others(&mended)));
        }
    }
    Ok(ways.len())
}

#[test]
fn a_text_that_is_no_json_is_mended_as_its_hint_says() {
    let bundle = |card: &str| {
        format!(
            "{{ \"framework\": {FRAMEWORK},\n  \"cards\": [\n    {BEFORE},\n    {card},\n    {AFTER}\n  ]\n}}\n"
        )
    };
    let three = others(&from_texts("h", &[("h.json", &bundle(CARD))]));
    let (mut failed, mut count) = (vec![], 0);
    let mut check = |what: &str, result: Result<usize, String>| match result {
        Ok(ways) => count += ways,
        Err(told) => failed.push(format!("{what}: {told}")),
    };
    for (old, new) in IN_A_CARD {
        assert_eq!(CARD.matches(old).count(), 1, "{old}");
        let card = CARD.replacen(old, new, 1);
        let is_text = old.contains("a text");
        check("bundle", mend("h.json", &bundle(&card), None, is_text, &three));
        let list = format!("[\n  {BEFORE},\n  {card},\n  {AFTER}\n]\n");
        check("array", mend("h.json", &list, Some(FRAMEWORK), is_text, &three));
        check("card", mend("h.json", &card, Some(FRAMEWORK), is_text, "1 "));
        let (line, broken) =
            (card.replace("\n      ", " ").replace("\n    ", " "), new.contains(['\n', '#']));
        if !broken && !line.contains(['\n', '\t']) && !new.contains("//") {
            let lines = format!("{BEFORE}\n{line}\n{AFTER}\n");
            check("lines", mend("h.jsonl", &lines, Some(FRAMEWORK), is_text, &three));
        }
    }
    for (old, new) in AROUND {
        let text = bundle(CARD);
        assert_eq!(text.matches(old).count(), 1, "{old}");
        check("around", mend("h.json", &text.replacen(old, new, 1), None, false, &three));
    }
    assert!(failed.is_empty(), "{} failed, {count} did not:\n{}", failed.len(), failed.join("\n"));
    assert!(count > 350, "{count}");
}
