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
    let declared = |what: &str| match between(text, "\"numbers\": {", "},") {
        // What is declared already gives way to all that has to be.
        Some(known) if what.starts_with("\"numbers\"") => {
            text.replacen(&format!("\"numbers\": {{{known}}}"), what, 1)
        }
        _ => text.replacen(r#""id": "f","#, &format!(r#""id": "f", {what},"#), 1),
    };
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
    if let Some(bound) =
        between(&hint, "write \"", "\"").filter(|bound| bound.contains(['<', '>', '≤', '≥', '–']))
    {
        ways.push(written(&format!("\"{bound}\"")));
    } else if let Some(number) = between(&hint, "write ", " without quotes") {
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
        let edition = edition.replace("YYYY", "2019");
        let edition = edition.split(", where ").next().unwrap_or_default();
        ways.push(text.replacen(&format!("\"edition\": {found}"), edition, 1));
    }
    if let Some(rule) = hint.strip_prefix("if it is from a year to another, say so in the framework: ") {
        ways.push(declared(rule));
    }
    if let Some(edition) = hint.strip_prefix("write \"edition\": ") {
        ways.push(text.replacen(&format!(r#""edition": {found}"#), &format!(r#""edition": {edition}"#), 1));
    }
    if let Some(value) = hint.strip_prefix("write \"value\": ") {
        ways.push(text.replacen(r#""value": 5"#, &format!(r#""value": {value}"#), 1));
    }
    if let Some(codes) = hint.strip_prefix("write the code that is meant: ") {
        ways.extend(codes.split(" or ").map(|code| text.replacen(&found, code, 1)));
    }
    ways
}

/// Cells that are told, as JSON.
const CELLS: &[&str] = &[
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

/// Texts as sources publish numbers.
const PUBLISHED: &[&str] = &[
    "12.50",
    "1e3",
    "12,5 e",
    "1 234,5 p",
    "<12,5",
    "1,5-2,5",
    "3-4 b",
    "<5 %",
    "<5 e",
    "5+",
    "5 or more",
    "under 5",
    "0.5 %",
    "12.3 bep",
    "1.234",
    "1.234.567",
    "1'234",
    "12,5 % e",
    "at most 3",
    ": c",
    "z",
    "-",
    "12,5",
    "+5",
    "1 234",
];

/// What a framework may declare of numbers.
const DECLARATIONS: &[&str] = &[
    "",
    r#""numbers": { "decimal": "," }"#,
    r#""numbers": { "flags": true }"#,
    r#""numbers": { "percent": true, "decimal": "," }"#,
    r#""numbers": { "decimal": ",", "thousands": "." }"#,
    r#""numbers": { "thousands": "," }"#,
    r#""numbers": { "decimal": ",", "thousands": " ", "flags": true, "percent": true }"#,
];

#[test]
fn a_hint_that_is_followed_mends_its_problem_and_makes_no_other() {
    let mut texts: Vec<String> = vec![];
    for cell in CELLS {
        texts.push(bundle(&format!(r#""n": {cell}"#), HEAD));
        texts.push(bundle(&format!(r#""p": {cell}"#), HEAD));
    }
    for cell in PUBLISHED {
        for declared in DECLARATIONS.iter().map(|declared| format!("{declared},")) {
            let text = bundle(&format!(r#""n": "{cell}""#), HEAD);
            let head = format!(r#""id": "f", {} "#, declared.trim_start_matches(','));
            texts.push(text.replacen(r#""id": "f","#, head.trim_end(), 1));
        }
    }
    texts.push(bundle(r#""l": "som""#, HEAD));
    texts.push(bundle(r#""n": { "value": 5, "printed": "<5" }"#, HEAD));
    for edition in [
        "Wave 2",
        "Mar 2019",
        "03/2019",
        "31.12.2010",
        "FY19",
        "FY'98",
        "2010-13",
        "15 March 2019",
        "01/02/2019",
    ] {
        texts.push(bundle(r#""n": 1"#, &format!(r#""country": "IRL", "edition": "{edition}""#)));
    }
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

/// The edition that is proposed for a label, as far as the label says it.
#[test]
fn no_year_is_made_up_and_no_month_is_lost() {
    for (label, want) in [
        ("Wave 2", "YYYY"),
        ("latest", "YYYY"),
        ("Mar 2019", "2019-03"),
        ("2019 september", "2019-09"),
        ("03/2019", "2019-03"),
        ("31.12.2010", "2010-12-31"),
        ("15 March 2019", "2019-03-15"),
        ("01/02/2019", "2019"),
        ("Report 2019, 2nd edition", "2019"),
        ("13/2019", "2019"),
    ] {
        let told = problems(&bundle(r#""n": 1"#, &format!(r#""country": "IRL", "edition": "{label}""#)));
        let hint = told[0].hint.as_ref().unwrap().to_string();
        let date = between(&hint, "\"edition\": \"", "\"").unwrap();
        assert_eq!(date, want, "{label}: {hint}");
        assert!(hint.contains(&format!("\"edition_label\": \"{label}\"")), "{hint}");
    }
}

#[test]
fn a_full_stop_between_thousands_is_asked_about_where_others_have_a_decimal_comma() {
    let with = |other: &str| problems(&bundle(&format!(r#""n": "1.234", "p": {other}"#), HEAD));
    let told = with("\"12,5\"");
    let doubt = told.iter().find(|problem| problem.code == "doubtful-number").expect("it is told");
    assert!(doubt.message.to_string().contains("read as 1.234"));
    assert!(with("12.5").iter().all(|problem| problem.code == "quoted-number"));
}

#[test]
fn a_declared_sign_covers_its_capitals_and_every_dash() {
    for (declared, written) in [("n/a", "N/A"), ("-", "–"), ("—", "-"), ("NULL", "null")] {
        let text = bundle(&format!(r#""n": "{written}""#), HEAD);
        let text = text.replacen(
            r#""id": "f","#,
            &format!(r#""id": "f", "missing": {{ "{declared}": "withheld" }},"#),
            1,
        );
        assert_eq!(problems(&text).iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    }
}

/// A status that says why a value is missing says it also beside a sign of a missing value.
#[test]
fn a_sign_beside_the_status_of_a_missing_value_is_that_gap() {
    for (value, status) in [("\":\"", "c"), ("\"\"", "Q"), ("\"-\"", "Q"), ("\"..\"", "c"), ("null", "c")] {
        let text = bundle(&format!(r#""n": {{ "value": {value}, "status": "{status}" }}"#), HEAD);
        let data = from_texts("h", &[("h.json", &text)]);
        let told: Vec<String> = data.problems.iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "{value} {status}: {told:?}");
        let (country, edition) = (data.country_ids().next().unwrap(), data.newest_edition().unwrap());
        let id = data.framework.find_indicator("n").unwrap();
        let cell = data.cell(country, edition, id);
        assert_eq!(cell.state, Err(visavis::core::cell::Gap::Withheld), "{value} {status}");
    }
}
