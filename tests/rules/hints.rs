//! Hints are followed word by word: the problem is gone, and no other comes.

use visavis::core::{problem::Problem, read::from_texts};

/// A bundle of one card, with a place for what the framework declares.
fn bundle(cell: &str, head: &str) -> String {
    format!(
        r#"{{ "framework": {{ "id": "f", "scales": {{ "l": {{ "kind": "levels", "levels": ["none", "some", "full"] }},
            "n": {{ "kind": "number", "max": 100000 }}, "p": {{ "kind": "number", "min": 0, "max": 100 }}, "t": {{ "kind": "treaty" }} }},
          "goals": [{{ "id": "g", "indicators": [{{ "id": "l", "scale": "l" }}, {{ "id": "n", "scale": "n" }},
            {{ "id": "p", "scale": "p" }}, {{ "id": "t", "scale": "t" }}] }}] }},
        "cards": [{{ {head}, "assessments": {{ {cell} }} }}] }}"#
    )
}

const HEAD: &str = r#""country": "IRL", "edition": "2010""#;

fn problems(text: &str) -> Vec<Problem> {
    from_texts("h", &[("h.json", text)]).problems
}

/// What stands in the text between two words.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

/// The texts that come of following a hint; a hint that names several ways gives one for each.
fn followed(text: &str, problem: &Problem) -> Vec<String> {
    let hint = problem.hint.as_ref().expect("every problem here has a hint").to_string();
    let found = problem.found.as_ref().map(ToString::to_string).unwrap_or_default();
    let place = problem.place.map_or(0, |place| usize::try_from(place.byte).unwrap());
    let written = |with: &str| {
        assert!(text[place..].starts_with(&found), "{found} stands where it is told: {hint}");
        format!("{}{with}{}", &text[..place], &text[place + found.len()..])
    };
    let declared = |what: &str| text.replacen(r#""id": "f","#, &format!(r#""id": "f", {what},"#), 1);
    let mut ways = vec![];
    // What is declared in the framework, once or in one of several ways.
    for key in ["\"missing\"", "\"numbers\""] {
        for (at, _) in hint.match_indices(key) {
            let end = at + hint[at..].find('}').unwrap();
            ways.push(declared(&hint[at..=end]));
        }
    }
    if let Some(near) = between(&hint, "did you mean \"", "\"") {
        // A country is told without its quotes.
        let quoted = found.starts_with('"');
        ways.push(if quoted { written(&format!("\"{near}\"")) } else { text.replacen(&found, near, 1) });
    }
    if let Some(number) = between(&hint, "write ", " without quotes") {
        ways.push(written(number));
    } else if hint.starts_with("take the quotes away") {
        ways.push(written(found.trim_matches('"')));
    } else if let Some(object) = between(&hint, "write { ", " }") {
        ways.push(written(&format!("{{ {object} }}")));
    } else if let Some(object) = between(&hint, "missing value: { ", " }") {
        ways.push(written(&format!("{{ {object} }}")));
    } else if let Some(number) = between(&hint, "write ", ", and what stands beside it into a \"note\"") {
        ways.push(written(&format!(r#"{{ "value": {number}, "note": {found} }}"#)));
    }
    if let Some(edition) = hint.strip_prefix("date it and keep its name: ") {
        ways.push(text.replacen(&format!("\"edition\": {found}"), edition, 1));
    }
    if let Some(edition) = hint.strip_prefix("write \"edition\": ") {
        ways.push(text.replacen(r#""edition": 2010"#, &format!(r#""edition": {edition}"#), 1));
    }
    if let Some(value) = hint.strip_prefix("write \"value\": ") {
        ways.push(text.replacen(r#""value": 5"#, &format!(r#""value": {value}"#), 1));
    }
    if let Some(codes) = hint.strip_prefix("write the code that is meant: ") {
        ways.extend(codes.split(" or ").map(|code| text.replacen(&found, code, 1)));
    }
    ways
}

#[test]
fn a_hint_that_is_followed_mends_its_problem_and_makes_no_other() {
    let cells = [
        "\"12,5\"",
        "\"1 234\"",
        "\"1,234\"",
        "\"12%\"",
        "\"12.5 %\"",
        "\"1.234,5\"",
        "\"0012\"",
        "\"+5\"",
        "\"−5\"",
        "\".5\"",
        "\"5.\"",
        "\"12.3 bep\"",
        "\"12.3(b)\"",
        "\": c\"",
        "\"z\"",
        "\"45*\"",
        "\"~12\"",
        "\"12.3 [1]\"",
        "\"12\"",
        "\"..\"",
        "\":\"",
        "\"n.a.\"",
        "\"-\"",
        "\"n/a\"",
        "\"x\"",
        "\"not assessed\"",
        "-99",
        "-999",
        "{ \"gap\": \"nodata\" }",
        "{ \"value\": 1, \"marks\": [\"estimate\"] }",
    ];
    let mut texts: Vec<String> = vec![];
    for cell in cells {
        texts.push(bundle(&format!(r#""n": {cell}"#), HEAD));
        texts.push(bundle(&format!(r#""p": {cell}"#), HEAD));
    }
    texts.push(bundle(r#""l": "som""#, HEAD));
    texts.push(bundle(r#""n": { "value": 5, "printed": "<5" }"#, HEAD));
    for edition in ["\"latest\"", "\"2019a\"", "\"Jan.1981-Aug. 1982\"", "\"2019.0\"", "2010"] {
        texts.push(bundle(r#""n": 1"#, &format!(r#""country": "IRL", "edition": {edition}"#)));
    }
    for country in ["Frnace", "Korea", "Germny", "Virgin Islands"] {
        texts.push(bundle(r#""n": 1"#, &format!(r#""country": "{country}", "edition": "2010""#)));
    }
    let (mut count, mut failed) = (0, vec![]);
    for text in texts {
        for problem in problems(&text) {
            let ways = followed(&text, &problem);
            // Of what no reading admits nothing can be said but that it is kept.
            let is_kept =
                problem.hint.as_ref().is_some_and(|hint| hint.to_string().contains("shown as printed"));
            if ways.is_empty() && !is_kept {
                failed.push(format!("nothing can be done about: {problem}"));
            }
            for way in ways {
                count += 1;
                let left: Vec<String> = problems(&way).iter().map(ToString::to_string).collect();
                if !left.is_empty() {
                    failed.push(format!("{problem}\n  gives {way}\n  which is told: {}", left.join("; ")));
                }
            }
        }
    }
    assert!(failed.is_empty(), "{} of {count}:\n{}", failed.len(), failed.join("\n"));
    assert!(count > 60, "{count}");
}

#[test]
fn a_number_that_is_not_kept_exactly_is_shown_as_printed() {
    for cell in ["3791411052119578828", r#"{ "value": 3791411052119578828, "note": "n" }"#] {
        let text = bundle(&format!(r#""n": {cell}"#), HEAD).replace(r#", "max": 100000"#, "");
        let data = from_texts("h", &[("h.json", &text)]);
        let (country, edition) = (data.country_ids().next().unwrap(), data.newest_edition().unwrap());
        let id = data.framework.find_indicator("n").unwrap();
        assert_eq!(data.label(country, edition, id).raw(), "3791411052119578828", "{cell}");
    }
}
