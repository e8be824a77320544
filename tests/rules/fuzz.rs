//! Bytes to data set to reports, on texts spoilt at random: nothing panics, nothing unsafe is printed, and the strict
//! reader and `serde_json` accept the same.
//!
//! `VISAVIS_FUZZ` says for how many seconds each form is tried (`just fuzz`: ten minutes; docs/reliability.md).

use std::time::{Duration, Instant};

use serde_json::Value;
use visavis::{
    core::{
        compare::compare,
        coverage::{AssignedGaps, Question},
        dataset::Dataset,
        groups,
        json::{Limits, Pull, Pulled},
        read::{Loader, Options},
        report::{CardReport, CheckReport, CompareReport, MissingReport, Only, Report, Tidy},
        subject::Subject,
    },
    export::{FORMATS, Style, tidy},
    text::{Raw, is_safe},
};

use super::damage::{self, Form, Random};

/// Pieces that mean something to a reader.
const PIECES: [&str; 40] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\n",
    "\0",
    "null",
    "true",
    "NaN",
    "-Infinity",
    "1e400",
    "-0.0",
    "0012",
    "\"level\"",
    "\"value\"",
    "\"values\"",
    "\"gap\"",
    "\"marks\"",
    "\"signed\"",
    "\"framework\"",
    "\"country\"",
    "\"edition\"",
    "\"assessments\"",
    "\"sources\"",
    "\"goals\"",
    "\"cards\"",
    "\"groups\"",
    "\"\"",
    "\\u0000",
    "\\ud800",
    "\u{202e}",
    "\u{feff}",
    "é",
    "[[[[[[[[",
    "{\"a\":",
    "99999999999999999999",
];

/// Spoils a text in one to twelve places.
pub(super) fn spoil(bytes: &mut Vec<u8>, pieces: &[&str], random: &mut Random) {
    for _ in 0..=random.below(12) {
        let at = random.below(bytes.len().max(1)).min(bytes.len());
        match random.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 => _ = bytes.splice(at..at, random.one(pieces).bytes()),
            2 => {
                let end = (at + random.below(60)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let end = (at + random.below(200)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len().max(1)).min(bytes.len());
                bytes.splice(to..to, piece);
            }
            4 => {
                let piece = random.one(pieces);
                let end = (at + piece.len()).min(bytes.len());
                bytes.splice(at..end, piece.bytes());
            }
            5 if random.below(20) == 0 => bytes.truncate(at),
            _ => {
                if let Some(quote) = bytes[at..].iter().position(|byte| *byte == b'"') {
                    bytes.remove(at + quote);
                }
            }
        }
    }
}

/// Prints everything that can be printed of it.
pub(super) fn print_all(data: &Dataset) {
    let everyone = groups::everyone(data);
    let mut reports: Vec<Box<dyn Report + '_>> = vec![Box::new(CheckReport::new(data, Some(20)))];
    if let Some(edition) = data.newest_edition() {
        let question = Question::of_edition(data.country_ids().collect(), edition);
        let assigned = AssignedGaps::default();
        reports.push(Box::new(MissingReport::new(data, everyone.clone(), &question, assigned, None)));
        let cards = data.country_ids().map(|country| (country, edition)).collect();
        reports.push(Box::new(CardReport::new(data, cards, everyone.clone())));
        let sides: Vec<Subject> =
            data.country_ids().take(2).map(|country| Subject::Country(country, edition)).collect();
        if sides.len() == 2 {
            let comparison = compare(data, sides);
            let report = CompareReport::new(data, &comparison, Only::Everything);
            for format in FORMATS {
                (format.write)(&report, &Style::default());
            }
        }
        let package = Tidy::new(data, everyone, data.edition_ids().collect());
        let taken: Result<_, ()> = tidy::package(package, &mut |_| Ok(()));
        taken.expect("everything is taken");
    }
    for report in reports {
        for format in FORMATS {
            if format.is_binary {
                assert!((format.write)(&*report, &Style::default()).starts_with(b"PK"), "{}", format.name);
                continue;
            }
            let text = String::from_utf8((format.write)(&*report, &Style::default())).expect("UTF-8");
            assert!(text.lines().all(|line| is_safe(&line.replace('\t', " "))), "{}: {text}", format.name);
        }
    }
}

fn try_one(form: Form, case: u64) {
    let mut random = Random::new(case);
    let mut files = damage::random_files(form, &mut random);
    let which = random.below(files.len());
    spoil(&mut files[which].1, &PIECES, &mut random);
    if let Ok(text) = std::str::from_utf8(&files[which].1) {
        let mut pull = Pull::new(text, 0..text.len(), &Limits::default());
        let ours: Result<Pulled<'_>, _> = pull.value();
        let ours = ours.and_then(|_| pull.finish());
        assert_eq!(ours.is_ok(), serde_json::from_str::<Value>(text).is_ok(), "case {case}: {text:?}");
    }
    let mut loader = Loader::new(Options::default());
    for (name, bytes) in files {
        loader.add(Raw::new(name), bytes);
    }
    print_all(&loader.finish(Raw::from_static("fuzz"), &|_| ()));
}

#[test]
fn spoilt_bytes_end_nothing_in_any_form() {
    let seconds = std::env::var("VISAVIS_FUZZ").ok().and_then(|seconds| seconds.parse().ok());
    for form in damage::FORMS {
        let begun = Instant::now();
        let mut case = 0;
        while seconds.map_or(case < 60, |seconds| begun.elapsed() < Duration::from_secs(seconds)) {
            try_one(form, case);
            case += 1;
        }
        println!("| fuzz {form:?} | {case} texts | {} s | no crash |", begun.elapsed().as_secs());
    }
}
