//! Counts, reports and formats agree with one another on any data: odd numbers, doubled ids, scales without order.

use std::collections::BTreeSet;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;
use visavis::{
    core::{
        cell::{Cell, Gap},
        changes::{Change, Changes},
        compare::compare,
        coverage::{AssignedGaps, Question},
        dataset::{CountryId, Dataset, EditionId},
        findings::{Answer, Findings},
        groups,
        read::from_texts,
        report::{
            By, CardReport, ChangesReport, CheckReport, CompareReport, FindingsReport, MissingReport, Only,
            OverviewReport, RankReport, Report,
        },
        score::{RankedBy, Rules},
        subject::Subject,
    },
    export::{FORMATS, Style},
    text::is_safe,
};

use super::damage::Random;

const NUMBERS: [&str; 14] = [
    "0",
    "-0.00",
    "1",
    "2",
    "2.5",
    "1e308",
    "-1e308",
    "5e-324",
    "-1e-9",
    "1e15",
    "0.1",
    "0.30000000000000004",
    "99999999999999999999",
    "12",
];

/// Labels of editions, in sets that each have one rule.
const EDITIONS: [[&str; 4]; 4] = [
    ["2009", "2010", "2011-06", "2012"],
    ["2009/10", "FY2010", "2011Q2", "2012"],
    ["2009-10", "2010-11", "2011-12", "2012-13"],
    ["2009-10", "2010-03", "2011", "2011_2013"],
];

/// A bundle made at random: three goals, scales of every kind, two to four editions, groups and findings.
pub(super) fn bundle(random: &mut Random) -> String {
    let number = |random: &mut Random| {
        let better = random.one(&["\"higher\"", "\"lower\"", "\"neither\"", "null"]);
        let bounds = random.one(&[
            "",
            ", \"min\": 0",
            ", \"max\": 3",
            ", \"min\": -1e308, \"max\": 1e308",
            ", \"min\": 2, \"max\": 2",
        ]);
        format!(r#"{{ "kind": "number", "better": {better}{bounds}, "unit": "km" }}"#)
    };
    let scales = format!(
        r#""l": {{ "kind": "levels", "levels": ["a", "b", "c"] }}, "one": {{ "kind": "levels", "levels": ["only"] }},
        "n": {}, "m": {}, "y": {{ "kind": "yes_no" }}, "t": {{ "kind": "treaty" }}, "d": {{ "kind": "date" }}, "w": {{ "kind": "text" }}"#,
        number(random),
        number(random)
    );
    let kinds = ["l", "one", "n", "m", "y", "t", "d", "w"];
    let indicator = |at: usize, random: &mut Random| {
        let (id, scale) = (if random.below(12) == 0 { 0 } else { at }, random.one(&kinds));
        let title = random.one(&["Title", "=SUM(A1)", "Title", "-x"]);
        format!(
            r#"{{ "id": "i{id}", "title": "{title}", "scale": "{scale}", "weight": {} }}"#,
            random.below(3)
        )
    };
    let mut at = 0;
    let goals: Vec<String> = (0..=random.below(3))
        .map(|goal| {
            let indicators: Vec<String> = (0..=random.below(3))
                .map(|_| {
                    at += 1;
                    indicator(at, random)
                })
                .collect();
            format!(r#"{{ "id": "g{goal}", "indicators": [{}] }}"#, indicators.join(", "))
        })
        .collect();
    let finding = |id: usize, random: &mut Random| {
        let (one, other) = (1 + random.below(4), 1 + random.below(4));
        let condition = random.one(&[
            r#""levels": ["a"]"#,
            r#""levels": ["yes", "c"]"#,
            r#""gap": true"#,
            r#""at_least": 1"#,
            r#""more_than": 1, "less_than": 200.5"#,
            r#""at_most": 3, "at_least": 5"#,
            r#""gap": ["not-applicable"]"#,
            r#""gap": [7], "bound": "yes", "odd": { "a": [1, null] }"#,
            r#""bound": true"#,
        ]);
        let (unit, matching) = (random.one(&["countries", "answers"]), random.one(&["any", "all"]));
        format!(
            r#"{{ "id": "f{id}", "text": "do so", "indicators": ["i{one}", "i{other}"], "unit": "{unit}", "match": "{matching}", "where": {{ {condition} }} }}"#
        )
    };
    let findings: Vec<String> = (0..random.below(3)).map(|id| finding(id, random)).collect();
    let editions = EDITIONS[random.below(EDITIONS.len())];
    let mut cards = vec![];
    for code in random.one(&["IRL SWE FRA DNK", "IRL YUG WLD DNK", "CSK SWE EU27_2020 FRA"]).split(' ') {
        for edition in &editions[..2 + random.below(3)] {
            if random.below(4) > 0 {
                let cells: Vec<String> = (1..=at).filter_map(|at| cell(at, random)).collect();
                cards.push(format!(
                    r#"{{ "country": "{code}", "edition": "{edition}"{}, "assessments": {{ {} }} }}"#,
                    about(random),
                    cells.join(", ")
                ));
            }
        }
    }
    format!(
        r#"{{ "framework": {{ "id": "f", "scales": {{ {scales} }}, "goals": [{}], "findings": [{}],
        "groups": [{{ "id": "x", "members": ["IRL", "SWE", "NOR"] }}] }}, "cards": [{}] }}"#,
        goals.join(", "),
        findings.join(", "),
        cards.join(", ")
    )
}

/// Words that a spreadsheet, a table or a list of them could take for something else.
const WORDS: [&str; 12] = [
    "some words",
    "=1+1",
    "'=1+1",
    "''-x",
    "a;=b; -c",
    "one line\\nand =another",
    "  two spaces  ",
    r#"\"quoted\", with a comma"#,
    "Türkiye, Côte d'Ivoire",
    "-5",
    "'",
    "https://example.org/?a=b&c",
];

/// What a card says of the country as a whole.
fn about(random: &mut Random) -> String {
    let mut words = |chance: usize, of: &dyn Fn(&str) -> String| {
        let word = random.one(&WORDS).to_owned();
        if random.below(chance) == 0 { of(&word) } else { String::new() }
    };
    [
        words(4, &|word| format!(r#", "summary": "{word}""#)),
        words(4, &|word| format!(r#", "priority_actions": ["{word}", "Do it.", "{word}"]"#)),
        words(4, &|word| {
            format!(r#", "campaign": {{ "a_b": {{ "c": "{word}", "d": 12.50 }}, "e": ["{word}", 1] }}"#)
        }),
        words(3, &|word| {
            format!(r#", "sources": {{ "s": {{ "title": "{word}", "page": 3 }}, "=k": "{word}" }}"#)
        }),
        words(4, &|_| r#", "assessed_on": "2010-02""#.to_owned()),
    ]
    .concat()
}

fn cell(at: usize, random: &mut Random) -> Option<String> {
    let number = random.one(&NUMBERS).to_owned();
    let other = random.one(&NUMBERS).to_owned();
    let answer = match random.below(19) {
        0 => return None,
        1 => "null".to_owned(),
        2 => format!(
            r#"{{ "gap": "{}" }}"#,
            random.one(&["no-data", "withheld", "not-assessed", "not-applicable"])
        ),
        3..=6 => number,
        7 => format!(r#""{}""#, random.one(&["a", "b", "c", "only", "yes", "no", "partial"])),
        8 => format!(
            r#"{{ "level": "{}", "note": "{}", "sources": ["s", {{ "title": "{}", "url": "u" }}] }}"#,
            random.one(&["a", "b", "yes", "only"]),
            random.one(&WORDS),
            random.one(&WORDS)
        ),
        9 => format!(
            r#"{{ "values": [{number}, {other}, "{}"], "printed": "{}" }}"#,
            random.one(&WORDS),
            random.one(&WORDS)
        ),
        10 => format!(r#""{}""#, random.one(&["2009", "2010-05", "2010-05-01"])),
        11 => format!(
            r#"{{ "signed": {}, "bound": {} }}"#,
            random.one(&["null", "\"1990\"", "\"2010-03\""]),
            random.one(&["null", "\"2011-02\", \"act\": \"accession\""])
        ),
        13 => format!(
            r#"{{ "values": ["{}", "", "{}"], "marks": ["disputed"] }}"#,
            random.one(&WORDS),
            random.one(&WORDS)
        ),
        12 => format!(
            r#"{{ "value": {number}, "as_of": "{}", "marks": ["provisional"] }}"#,
            random.one(&["1999", "2012"])
        ),
        14 => format!(r#""{}""#, random.one(&["some words", "-", "+1", "@x", "=2"])),
        15 => format!(r#""{}""#, random.one(&["<2", "≥2", "1-3", "0.5 to 2", "<1e308", "12 bep", "1 234"])),
        16 => random
            .one(&[r#"{ "low": 1 }"#, r#"{ "high": 2.5, "note": "n" }"#, r#"{ "low": 1, "high": 3 }"#])
            .to_owned(),
        17 => {
            let status = random.one(&["bep", "E", "r", "M", "A", "odd words"]);
            format!(r#"{{ "value": {number}, "status": "{status}", "printed": "<2" }}"#)
        }
        _ => format!(
            r#"{{ "value": 2, "printed": "{}", "marks": ["estimated", "break"] }}"#,
            random.one(&["<2", "2–3", "2"])
        ),
    };
    Some(format!(r#""i{at}": {answer}"#))
}

/// Whether every object of a JSON text has each key once.
struct UniqueKeys;

impl<'de> Deserialize<'de> for UniqueKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = UniqueKeys;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("JSON")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<UniqueKeys, A::Error> {
                let mut keys = BTreeSet::new();
                while let Some(key) = map.next_key::<String>()? {
                    map.next_value::<UniqueKeys>()?;
                    assert!(keys.insert(key.clone()), "the key {key} stands twice");
                }
                Ok(UniqueKeys)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<UniqueKeys, A::Error> {
                while list.next_element::<UniqueKeys>()?.is_some() {}
                Ok(UniqueKeys)
            }

            fn visit_unit<E>(self) -> Result<UniqueKeys, E> {
                Ok(UniqueKeys)
            }

            fn visit_bool<E>(self, _: bool) -> Result<UniqueKeys, E> {
                Ok(UniqueKeys)
            }

            fn visit_i64<E>(self, _: i64) -> Result<UniqueKeys, E> {
                Ok(UniqueKeys)
            }

            fn visit_u64<E>(self, _: u64) -> Result<UniqueKeys, E> {
                Ok(UniqueKeys)
            }

            fn visit_f64<E>(self, number: f64) -> Result<UniqueKeys, E> {
                assert!(number.is_finite() && !(number == 0.0 && number.is_sign_negative()), "{number}");
                Ok(UniqueKeys)
            }

            fn visit_str<E>(self, _: &str) -> Result<UniqueKeys, E> {
                Ok(UniqueKeys)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// Words that no output may have, standing alone: numbers that are none.
fn assert_no_odd_number(text: &str, told: &str) {
    let is_odd = |word: &str| matches!(word, "-0" | "-0.0" | "inf" | "-inf" | "NaN" | "nan");
    let of_word = |c: char| c.is_whitespace() || "|,;()\"<>:[]/".contains(c);
    // What a card prints is shown as it is: the zero below is written "-0.00" there.
    let odd = text.split(of_word).find(|word| is_odd(word));
    assert_eq!(odd, None, "{told}:\n{text}");
}

/// Every format of a report is safe, has no odd number and as many rows as its table.
fn assert_formats_agree(report: &dyn Report, told: &str) {
    let told = format!("{told}, {}", report.name());
    let rows = report.table().rows.len();
    for format in FORMATS {
        let bytes = (format.write)(report, &Style::default());
        if format.is_binary {
            assert!(bytes.starts_with(b"PK"), "{told}: {}", format.name);
            continue;
        }
        let text = String::from_utf8(bytes).unwrap_or_else(|_| panic!("{told}: {} is no UTF-8", format.name));
        assert!(is_safe(text.replace(['\n', '\t', '\r'], " ").as_str()), "{told}: {}", format.name);
        match format.name {
            "json" => _ = serde_json::from_str::<UniqueKeys>(&text).unwrap_or_else(|e| panic!("{told}: {e}")),
            "jsonl" => {
                text.lines().for_each(|line| _ = serde_json::from_str::<UniqueKeys>(line).unwrap());
                assert_eq!(text.lines().count(), rows + 1, "{told}: JSON Lines\n{text}");
            }
            "csv" => {
                let quotes = text.chars().scan(false, |inside, c| {
                    *inside ^= c == '"';
                    Some(c == '\n' && !*inside)
                });
                assert_eq!(quotes.filter(|ends| *ends).count(), rows + 1, "{told}: CSV\n{text}");
            }
            "tsv" => assert_eq!(text.lines().count(), rows + 1, "{told}: TSV\n{text}"),
            _ => assert_no_odd_number(&text, &format!("{told}: {}", format.name)),
        }
    }
}

fn number(json: &Json, path: &str) -> u64 {
    json.pointer(path).and_then(Json::as_u64).unwrap_or_else(|| panic!("{path} in {json:#}"))
}

/// The countries that count in an edition.
fn counted(data: &Dataset, edition: EditionId) -> Vec<CountryId> {
    data.country_ids().filter(|id| data.is_counted(*id, edition)).collect()
}

/// Given, gaps and not applicable over everything, as the cells themselves say.
fn recount(data: &Dataset, edition: EditionId) -> (u64, u64, u64) {
    let cells = counted(data, edition).into_iter().flat_map(|country| {
        data.framework.indicator_ids().map(move |indicator| data.cell(country, edition, indicator))
    });
    cells.fold((0, 0, 0), |(given, gaps, out), cell: Cell| match cell.state {
        Ok(_) => (given + 1, gaps, out),
        Err(Gap::NotApplicable) => (given, gaps, out + 1),
        Err(_) => (given, gaps + 1, out),
    })
}

fn assert_missing_adds_up(data: &Dataset, edition: EditionId, told: &str) {
    let everyone = groups::everyone(data);
    let question = Question::of_edition(counted(data, edition), edition);
    let (given, gaps, out) = recount(data, edition);
    let all = counted(data, edition).len() * data.framework.indicators.len();
    assert_eq!(given + gaps + out, all as u64, "{told}");
    let new = |by| MissingReport::new(data, everyone.clone(), &question, AssignedGaps::default(), by);
    let listed = new(None);
    let json = listed.json();
    let rows = json["rows"].as_array().unwrap();
    let said = ["/given", "/gaps", "/not_applicable", "/cells"].map(|path| number(&json, path));
    assert_eq!(said, [given, gaps, out, all as u64], "{told}");
    assert_eq!(rows.len() as u64, gaps, "{told}: each gap is listed");
    for row in rows {
        let country = data.find_country(row["country"].as_str().unwrap()).unwrap();
        let indicator = data.framework.find_indicator(row["indicator"].as_str().unwrap()).unwrap();
        let state = data.cell(country, edition, indicator).state;
        assert_eq!(state.unwrap_err().id(), row["reason"].as_str().unwrap(), "{told}");
    }
    for sums in ["by_country", "by_indicator", "by_goal"] {
        let sum = |key: &str| -> u64 {
            json[sums].as_array().unwrap().iter().map(|row| row[key].as_u64().unwrap()).sum()
        };
        assert_eq!(
            (sum("gaps"), sum("of"), sum("not_applicable")),
            (gaps, given + gaps, out),
            "{told}: {sums}"
        );
    }
    assert_formats_agree(&listed, told);
    for by in [By::Country, By::Indicator, By::Goal, By::Reason] {
        assert_formats_agree(&new(Some(by)), told);
    }
}

fn assert_comparing_mirrors(data: &Dataset, edition: EditionId, told: &str) {
    let mut sides: Vec<Subject> =
        data.country_ids().take(2).map(|country| Subject::Country(country, edition)).collect();
    sides.extend(groups::find(data, "x").map(|group| Subject::Group(group, edition)));
    for one in &sides {
        for other in &sides {
            let there = compare(data, vec![one.clone(), other.clone()]);
            let back = compare(data, vec![other.clone(), one.clone()]);
            for (a, b) in there.rows.iter().zip(&back.rows) {
                assert_eq!(a.verdict, b.verdict.swapped(), "{told}");
                assert!(
                    one != other || !a.has_difference() && a.verdict.distance().is_none_or(|by| by == 0.0),
                    "{told}"
                );
            }
            let (a, b) = (there.tallies, back.tallies);
            assert_eq!((a.left, a.right, a.equal, a.differ), (b.right, b.left, b.equal, b.differ), "{told}");
            let all = a.left + a.right + a.equal + a.differ + a.not_comparable;
            assert_eq!(all as usize, data.framework.indicators.len(), "{told}");
            assert_formats_agree(&CompareReport::new(data, &there, Only::Everything), told);
        }
    }
}

fn assert_changes_mirror(data: &Dataset, told: &str) {
    let editions: Vec<EditionId> = data.edition_ids().collect();
    let [from, to] = [editions[0], *editions.last().unwrap()];
    let members: Vec<_> = data.country_ids().collect();
    let there = Changes::between(data, &members, from, to);
    let back = Changes::between(data, &members, to, from);
    for (a, b) in there.rows.iter().zip(&back.rows) {
        let mirrored = match a.change {
            Change::Improved(by) => Change::Worsened(by),
            Change::Worsened(by) => Change::Improved(by),
            Change::Appeared => Change::Disappeared,
            Change::Disappeared => Change::Appeared,
            other => other,
        };
        assert_eq!(b.change, mirrored, "{told}");
    }
    for by in [None, Some(By::Country), Some(By::Indicator), Some(By::Goal)] {
        assert_formats_agree(&ChangesReport::new(data, groups::everyone(data), &editions, &[], by), told);
    }
}

fn assert_scores_and_findings_hold(data: &Dataset, edition: EditionId, told: &str) {
    let rules = Rules::of(&data.framework);
    let goals = data.framework.goal_ids().map(RankedBy::Goal);
    let indicators = data.framework.indicator_ids().map(RankedBy::Indicator);
    for what in goals.chain(indicators).chain([RankedBy::Overall]) {
        let Ok(report) = RankReport::new(data, groups::everyone(data), edition, &rules, what) else {
            continue;
        };
        let json = report.json();
        let rows = json["rows"].as_array().unwrap();
        let unranked = json["unranked"].as_array().unwrap();
        assert_eq!(rows.len() + unranked.len(), counted(data, edition).len(), "{told}: {what:?}");
        for score in rows.iter().filter_map(|row| row["score"].as_f64()) {
            assert!(
                (0.0..=100.0).contains(&score) || !matches!(what, RankedBy::Overall | RankedBy::Goal(_)),
                "{told}: {score}"
            );
        }
        assert_formats_agree(&report, told);
    }
    for group in [groups::everyone(data)].into_iter().chain(groups::find(data, "x")) {
        let findings = Findings::of(data, &group, edition);
        for row in &findings.rows {
            assert!(row.k <= row.assessed && row.assessed <= row.set, "{told}: {row:?}");
            let of = |answer: Answer| row.answers.iter().filter(|answered| answered.answer == answer).count();
            assert_eq!(of(Answer::Holds), row.k as usize, "{told}: {row:?}");
            assert_eq!(of(Answer::Holds) + of(Answer::HoldsNot), row.assessed as usize, "{told}: {row:?}");
            assert_eq!(of(Answer::NotApplicable), row.not_applicable as usize, "{told}: {row:?}");
        }
        assert_formats_agree(&FindingsReport::new(data, findings), told);
    }
}

#[test]
fn counts_reports_and_formats_agree_on_any_data() {
    let cases = std::env::var("VISAVIS_LAWS").ok().and_then(|count| count.parse().ok()).unwrap_or(25);
    let first = std::env::var("VISAVIS_LAWS_FROM").ok().and_then(|case| case.parse().ok()).unwrap_or(0);
    for case in first..first + cases {
        let mut random = Random::new(case);
        let text = bundle(&mut random);
        let data = from_texts("laws", &[("laws.json", &text)]);
        let told = format!("case {case}");
        if data.edition_ids().len() == 0 {
            continue;
        }
        for edition in data.edition_ids() {
            assert_missing_adds_up(&data, edition, &told);
        }
        let newest = data.newest_edition().unwrap();
        assert_comparing_mirrors(&data, newest, &told);
        assert_changes_mirror(&data, &told);
        assert_scores_and_findings_hold(&data, newest, &told);
        let everyone = groups::everyone(&data);
        let cards = data.country_ids().map(|country| (country, newest)).collect();
        assert_formats_agree(&CardReport::new(&data, cards, everyone.clone()), &told);
        assert_formats_agree(&CheckReport::new(&data, None), &told);
        assert_formats_agree(&OverviewReport::new(&data, everyone, Some(newest)), &told);
    }
}
