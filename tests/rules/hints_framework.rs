//! Hints about frameworks and findings are followed: each row breaks a framework, and says what its hint is and what
//! comes of doing as it says.

use visavis::core::read::from_texts;

const WHOLE: &str = r#"{ "framework": { "id": "f", "coverage_threshold": 0.5, "outdated_after_years": 3,
  "missing": { "-9": "no-data" }, "numbers": { "decimal": ",", "thousands": "." },
  "scales": { "n": { "kind": "number", "min": 0, "max": 10, "decimals": 1, "better": "higher" },
    "l": { "kind": "levels", "levels": ["none", "some", "full"] }, "t": { "kind": "treaty" }, "w": { "kind": "text" } },
  "goals": [
    { "id": "g", "weight": 2, "indicators": [{ "id": "num", "scale": "n", "weight": 3 }, { "id": "lev", "scale": "l" }] },
    { "id": "h", "indicators": [{ "id": "treaty", "scale": "t", "comparable_from": "2000" }, { "id": "word", "scale": "w" }] }],
  "groups": [{ "id": "pair", "title": "The pair", "members": ["IRL", "SWE"] }],
  "sources": { "s": { "title": "A source" } },
  "findings": [
    { "id": "one", "goal": "g", "indicators": ["num"], "where": { "at_least": 5 }, "text": "have five",
      "published": { "text": "5 of 9", "percent": 55, "edition": "2010", "group": "pair" } },
    { "id": "two", "indicators": ["lev"], "where": { "levels": ["some"] }, "unit": "answers", "text": "have some" },
    { "id": "three", "indicators": ["treaty"], "where": { "bound": true }, "match": "all", "text": "are bound" },
    { "id": "four", "indicators": ["lev"], "where": { "gap": ["no-data"] }, "text": "are not known" }] },
  "cards": [{ "country": "IRL", "edition": "2010", "assessments": {} },
    { "country": "SWE", "edition": "2010", "assessments": {} }] }"#;

/// What stands in the framework, what is written in its place, words of the message, the hint, and what the hint makes
/// of it; several texts if it leaves a choice.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

const FRAMEWORKS: [Row; 36] = [
    (
        r#""id": "f", "#,
        "",
        "has no \"id\"",
        r#"add "id": "my-framework"; cards name it as "framework""#,
        &[r#""id": "my-framework", "#],
    ),
    (r#""weight": 2"#, r#""weight": -2"#, "found -2; 1 is used", "", &[]),
    (r#""weight": 2"#, r#""weight": 2000"#, "found 2000; 1 is used", "", &[]),
    (
        r#""weight": 3"#,
        r#""weight": "3""#,
        "found \"3\"; 1 is used",
        "write 3 without quotes",
        &[r#""weight": 3"#],
    ),
    (
        r#""coverage_threshold": 0.5"#,
        r#""coverage_threshold": 50"#,
        "found 50; 0.8 is used",
        "write 0.5 if it is a percentage",
        &[r#""coverage_threshold": 0.5"#],
    ),
    (
        r#""outdated_after_years": 3"#,
        r#""outdated_after_years": "3""#,
        "nothing is marked as outdated",
        "write 3 without quotes",
        &[r#""outdated_after_years": 3"#],
    ),
    (r#""decimals": 1"#, r#""decimals": 13"#, "from 0 to 12, found 13; none are used", "", &[]),
    (
        r#""min": 0, "max": 10"#,
        r#""min": 10, "max": 0"#,
        "no bounds are used",
        "exchange the two",
        &[r#""min": 0, "max": 10"#],
    ),
    (
        r#""better": "higher""#,
        r#""better": "highr""#,
        "found \"highr\"",
        "did you mean \"higher\"?",
        &[r#""better": "higher""#],
    ),
    (
        r#""kind": "number""#,
        r#""kind": "numbr""#,
        "found \"numbr\"",
        "did you mean \"number\"?",
        &[r#""kind": "number""#],
    ),
    (
        r#""kind": "number", "min""#,
        r#""min""#,
        "expected levels, categories, yes_no",
        "add \"kind\": \"number\", or another of these",
        &[r#""kind": "number", "min""#],
    ),
    (
        r#"["none", "some", "full"]"#,
        "[]",
        "has no levels",
        r#"list them, worst to best: "levels": ["none", "some", "full"]"#,
        &[r#"["none", "some", "full"]"#],
    ),
    (
        r#""full"]"#,
        r#""some", "full"]"#,
        "this level stands twice",
        "take one of the two away",
        &[r#""full"]"#],
    ),
    (r#""full"]"#, r#""full", 3]"#, "found 3", "write \"3\"", &[r#""full", "3"]"#]),
    (
        r#""thousands": ".""#,
        r#""thousands": ",""#,
        "neither is used",
        r#"declare the other one: "decimal": "," beside "thousands": ".""#,
        &[r#""thousands": ".""#],
    ),
    (
        r#""-9": "no-data""#,
        r#""-9": "nodata""#,
        "expected a gap",
        "did you mean \"no-data\"?",
        &[r#""-9": "no-data""#],
    ),
    (r#""scale": "l""#, r#""scale": "lx""#, "no scale \"lx\"", "did you mean \"l\"?", &[r#""scale": "l""#]),
    (
        r#""scale": "l""#,
        r#""scale": "unheard-of""#,
        "no scale \"unheard-of\"",
        r#"name one that is declared in "scales", such as "scale": "n" or "l" or "t" or "w""#,
        &[r#""scale": "l""#],
    ),
    (
        r#"{ "id": "word", "scale": "w" }"#,
        r#"{ "id": "word" }"#,
        "has no \"scale\"",
        r#"name one that is declared in "scales", such as "scale": "n" or "l" or "t" or "w""#,
        &[r#"{ "id": "word", "scale": "n" }"#],
    ),
    (
        r#"{ "id": "word", "#,
        "{ ",
        "an indicator",
        "add \"id\": and what cards name it by",
        &[r#"{ "id": "word", "#],
    ),
    (
        r#"{ "id": "word", "scale": "w" }"#,
        r#""word""#,
        "an indicator",
        r#"write { "id": "word" } with its "scale""#,
        &[r#"{ "id": "word", "scale": "w" }"#],
    ),
    (
        r#""id": "word""#,
        r#""id": "num""#,
        "stands twice",
        r#"give one of the two another "id""#,
        &[r#""id": "other""#],
    ),
    (
        r#""id": "word""#,
        r#""id": "=word""#,
        "like a formula",
        "begin it with a letter: in CSV it gets an apostrophe",
        &[r#""id": "a=word""#],
    ),
    (
        r#""id": "h""#,
        r#""id": "g""#,
        "stands twice",
        r#"give one of the two another "id""#,
        &[r#""id": "other""#],
    ),
    (r#""weight": 2"#, r#""wieght": 2"#, "unknown key", "did you mean \"weight\"?", &[r#""weight": 2"#]),
    (
        r#""comparable_from": "2000""#,
        r#""comparable_from": 2000"#,
        "found 2000",
        "write \"2000\"",
        &[r#""comparable_from": "2000""#],
    ),
    (
        r#""id": "f""#,
        r#""id": "f", "title": 5"#,
        "expected text, found 5",
        "write \"5\"",
        &[r#""id": "f", "title": "5""#],
    ),
    (
        r#""members": ["IRL", "SWE"]"#,
        r#""members": "IRL""#,
        "expected a list",
        "put [ ] around it",
        &[r#""members": ["IRL"]"#],
    ),
    (
        r#"["IRL", "SWE"]"#,
        r#"["IRL", "Swedn"]"#,
        "no country \"Swedn\"",
        "did you mean \"Sweden\" (SWE)?",
        &[r#"["IRL", "Sweden"]"#, r#"["IRL", "SWE"]"#],
    ),
    (r#"["IRL", "SWE"]"#, r#"["IRL", "Atlantis"]"#, "no country \"Atlantis\"", "", &[]),
    (r#"["IRL", "SWE"]"#, r#"["IRL", "IRL"]"#, "is a member already", "name it once", &[r#"["IRL"]"#]),
    (
        r#"["IRL", "SWE"]"#,
        r#"["IRL", "European Union"]"#,
        "is an aggregate",
        "aggregates are compared with, never counted: take it away",
        &[r#"["IRL"]"#],
    ),
    (
        r#""id": "pair""#,
        r#""id": "all""#,
        "means all countries",
        r#"give the group another "id""#,
        &[r#""id": "pair""#],
    ),
    (
        r#""id": "pair""#,
        r#""id": "FRA""#,
        "is the code of a country",
        r#"give the group another "id""#,
        &[r#""id": "pair""#],
    ),
    (
        r#""title": "The pair""#,
        r#""title": "Ireland""#,
        "is the name of a country too",
        "give the group a name of its own",
        &[r#""title": "The pair""#],
    ),
    (r#"{ "title": "A source" }"#, "{ }", "expected a source", "", &[]),
];

const FINDINGS: [Row; 34] = [
    (
        r#""at_least": 5"#,
        r#""at_least": "5""#,
        "found \"5\"",
        "write 5 without quotes",
        &[r#""at_least": 5"#],
    ),
    (
        r#"{ "at_least": 5 }"#,
        r#""5""#,
        "expected an object, found \"5\"",
        r#"write { "at_least": 0 }, or another condition"#,
        &[r#"{ "at_least": 0 }"#],
    ),
    (
        r#""at_least": 5"#,
        r#""atleast": 5"#,
        "unknown key \"atleast\"; the finding is not counted",
        "did you mean \"at_least\"?",
        &[r#""at_least": 5"#],
    ),
    (
        "{ \"at_least\": 5 }",
        "{\n  \"foo\": 5\n}",
        "unknown key \"foo\"",
        r#"write { "at_least": 0 }, or another condition"#,
        &[r#"{ "at_least": 0 }"#],
    ),
    (
        r#"{ "at_least": 5 }"#,
        "{}",
        "found {}",
        r#"write { "at_least": 0 }, or another condition"#,
        &[r#"{ "at_least": 0 }"#],
    ),
    (
        r#"{ "bound": true }"#,
        "{}",
        "found {}",
        r#"write { "bound": true }, or another condition"#,
        &[r#"{ "bound": true }"#],
    ),
    (
        r#"{ "levels": ["some"] }"#,
        "{}",
        "found {}",
        r#"write { "levels": ["full"] }, or another condition"#,
        &[r#"{ "levels": ["full"] }"#],
    ),
    (
        r#""where": { "levels": ["some"] }, "#,
        "",
        "expected one of levels",
        r#"add "where": { "levels": ["full"] }, or another condition"#,
        &[r#""where": { "levels": ["full"] }, "#],
    ),
    (
        r#""gap": ["no-data"]"#,
        r#""gap": false"#,
        "found false",
        r#"write true for any gap, or name those that are meant: ["no-data"]"#,
        &[r#""gap": true"#, r#""gap": ["no-data"]"#],
    ),
    (
        r#""gap": ["no-data"]"#,
        r#""gap": "no-data""#,
        "found \"no-data\"",
        "put [ ] around it",
        &[r#""gap": ["no-data"]"#],
    ),
    (
        r#""gap": ["no-data"]"#,
        r#""gap": ["nodata"]"#,
        "expected a gap",
        "did you mean \"no-data\"?",
        &[r#""gap": ["no-data"]"#],
    ),
    (
        r#""gap": ["no-data"]"#,
        r#""gap": []"#,
        "an empty list counts nothing",
        "name what is counted",
        &[r#""gap": ["no-data"]"#],
    ),
    (r#""bound": true"#, r#""bound": false"#, "found false", "write true", &[r#""bound": true"#]),
    (
        r#""bound": true"#,
        r#""bound": "true""#,
        "found \"true\"",
        "write true without quotes",
        &[r#""bound": true"#],
    ),
    (
        r#""levels": ["some"]"#,
        r#""levels": "some""#,
        "expected a list",
        "put [ ] around it",
        &[r#""levels": ["some"]"#],
    ),
    (
        r#""levels": ["some"]"#,
        r#""levels": ["som"]"#,
        "the finding is not counted",
        "did you mean \"some\"?",
        &[r#""levels": ["some"]"#],
    ),
    (
        r#""levels": ["some"]"#,
        r#""levels": ["unheard-of"]"#,
        "the finding is not counted",
        r#"name one of these: "none", "some", "full""#,
        &[r#""levels": ["none"]"#, r#""levels": ["full"]"#],
    ),
    (
        r#""at_least": 5"#,
        r#""at_least": 11"#,
        "can never hold",
        "write 10 or lower, or mend the scale",
        &[r#""at_least": 10"#],
    ),
    (
        r#""at_least": 5"#,
        r#""more_than": 10"#,
        "can never hold",
        "write a number below 10, or mend the scale",
        &[r#""more_than": 9"#],
    ),
    (
        r#""at_least": 5"#,
        r#""at_most": -1"#,
        "can never hold",
        "write 0 or higher, or mend the scale",
        &[r#""at_most": 0"#],
    ),
    (
        r#""at_least": 5"#,
        r#""less_than": 0"#,
        "can never hold",
        "write a number above 0, or mend the scale",
        &[r#""less_than": 1"#],
    ),
    (
        r#""at_least": 5"#,
        r#""levels": ["some"]"#,
        "cannot be asked",
        r#"ask { "at_least": 0 } of it, or another condition"#,
        &[r#""at_least": 0"#],
    ),
    (
        r#"["num"]"#,
        r#"["num", "lev"]"#,
        "cannot be asked",
        "make a finding for each kind of scale",
        &[r#"["num"]"#],
    ),
    (
        r#""at_least": 5"#,
        r#""at_least": 5, "at_most": 4"#,
        "cannot both hold",
        "make two findings of it",
        &[r#""at_least": 5"#, r#""at_most": 4"#],
    ),
    (r#"["num"]"#, r#"["nun"]"#, "the finding is not counted", "did you mean \"num\"?", &[r#"["num"]"#]),
    (r#"["num"]"#, r#""num""#, "expected a list", "put [ ] around it", &[r#"["num"]"#]),
    (
        r#"["num"]"#,
        "[]",
        "has no indicators",
        r#"name those it counts: "indicators": ["num"]"#,
        &[r#"["num"]"#],
    ),
    (r#"["num"]"#, r#"["num", "num"]"#, "it is counted once", "name it once", &[r#"["num"]"#]),
    (r#""goal": "g""#, r#""goal": "gx""#, "a goal's id", "did you mean \"g\"?", &[r#""goal": "g""#]),
    (
        r#""unit": "answers""#,
        r#""unit": "answer""#,
        "countries or answers",
        "did you mean \"answers\"?",
        &[r#""unit": "answers""#],
    ),
    (
        r#""id": "two""#,
        r#""id": "one""#,
        "is there already",
        r#"give one of the two another "id""#,
        &[r#""id": "other""#],
    ),
    (
        r#", "text": "have five""#,
        "",
        "\"where\"",
        r#"add "text": "have it", the end of a sentence about countries"#,
        &[r#", "text": "have it""#],
    ),
    (
        r#""percent": 55"#,
        r#""percent": "55""#,
        "compared with no count",
        "write 55 without quotes",
        &[r#""percent": 55"#],
    ),
    (
        r#""group": "pair""#,
        r#""group": "pairs""#,
        "no group \"pairs\"",
        "did you mean \"pair\"?",
        &[r#""group": "pair""#],
    ),
];

#[test]
fn a_framework_and_its_findings_are_mended_as_their_hints_say() {
    let problems = |text: &str| from_texts("h", &[("h.json", text)]).problems;
    assert!(problems(WHOLE).is_empty(), "{:?}", problems(WHOLE));
    let mut failed = vec![];
    for (old, new, words, hint, mended) in FRAMEWORKS.into_iter().chain(FINDINGS) {
        let start = WHOLE.find(old).unwrap();
        let with = |new: &str| format!("{}{new}{}", &WHOLE[..start], &WHOLE[start + old.len()..]);
        let told = problems(&with(new));
        let Some(first) = told.first() else {
            failed.push(format!("{new}: nothing is told"));
            continue;
        };
        let (message, found) = (first.message.to_string(), first.hint.as_ref().map(ToString::to_string));
        if message.contains("^J") || message.contains('\n') {
            failed.push(format!("{new}: a raw line end in {message}"));
        }
        if !message.contains(words) || found.unwrap_or_default() != hint {
            let all: Vec<String> = told.iter().map(ToString::to_string).collect();
            failed.push(format!("{new}: {}", all.join("\n   ")));
        }
        for mended in mended {
            for left in problems(&with(mended)) {
                failed.push(format!("{hint}: gives {mended}, which is told: {left}"));
            }
        }
    }
    assert!(failed.is_empty(), "{}:\n{}", failed.len(), failed.join("\n"));
}
