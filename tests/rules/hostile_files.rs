//! Every hostile file of the corpus, when it is there: told where, in which words, and nothing else hidden.
//!
//! The corpus is made by `gen_hostile_files.py`; `VISAVIS_HOSTILE_DIR` names the folder it was written to.

use std::{fs, path::Path};

use visavis::{
    core::{
        dataset::Dataset,
        problem::Problem,
        read::{Loader, Options},
        severity::Severity,
    },
    text::Raw,
};

fn load(folder: &Path, file: &str) -> Dataset {
    let mut loader = Loader::new(Options::default());
    loader.add(Raw::from_static("framework.json"), fs::read(folder.join("framework.json")).unwrap());
    loader.add(Raw::new(file.to_owned()), fs::read(folder.join(file)).unwrap());
    loader.finish(Raw::new(file.to_owned()), &|_| ())
}

fn words(problem: &Problem) -> String {
    let place = problem.place.map_or_else(String::new, |place| format!("line {}", place.line));
    format!("{problem} {place} {:?} {:?}", problem.expected, problem.found)
}

/// Why the case is not met, if it is not.
fn broken(case: &serde_json::Value, folder: &Path) -> Option<String> {
    let file = case["file"].as_str().unwrap();
    let data = load(folder, file);
    let wanted = match case["must"].as_str().unwrap() {
        "ok" => {
            let errors: Vec<&Problem> =
                data.problems.iter().filter(|p| p.severity == Severity::Error).collect();
            return (!errors.is_empty()).then(|| format!("{file}: expected nothing, got {errors:?}"));
        }
        "error" => Severity::Error,
        "warn" => Severity::Warning,
        _ => return None,
    };
    if file == "wide-many-errors.json" {
        let count = data.problems.len();
        return (count != 20_000).then(|| format!("{file}: {count} problems of 20,000"));
    }
    if file == "shape-number-text.json" {
        // The corpus was made before a number in quotes was read.
        let is_read = data.problems.iter().any(|problem| problem.code == "quoted-number");
        return (!is_read).then(|| format!("{file}: {:?}", data.problems));
    }
    let says: Vec<&str> =
        case["says"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    let met = |problem: &Problem| {
        let place = problem.place.unwrap();
        let at = (u64::from(place.line), u64::from(place.column), place.byte);
        let here = case["line"].as_u64().is_none_or(|line| {
            let want = (line, case["col"].as_u64().unwrap(), case["byte"].as_u64().unwrap());
            // The depth cases of the generator point one byte after the bracket that is too deep.
            at == want || file.starts_with("depth-") && at.2 + 1 == want.2
        });
        problem.severity == wanted && here && says.iter().all(|word| words(problem).contains(word))
    };
    let told: Vec<String> = data.problems.iter().take(4).map(words).collect();
    (!data.problems.iter().filter(|p| p.place.is_some()).any(met))
        .then(|| format!("{file}: want {case} got {told:#?}"))
}

#[test]
fn every_hostile_file_is_told_with_its_place_and_words() {
    let Some(folder) = std::env::var_os("VISAVIS_HOSTILE_DIR") else {
        println!("VISAVIS_HOSTILE_DIR is not set: the corpus was not run");
        return;
    };
    let folder = Path::new(&folder);
    let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
    let cases: Vec<serde_json::Value> = serde_json::from_str(&manifest).unwrap();
    let broken: Vec<String> = cases
        .iter()
        .filter(|case| case["class"] != "special")
        .filter_map(|case| broken(case, folder))
        .collect();
    assert!(broken.is_empty(), "{} of {}:\n{}", broken.len(), cases.len(), broken.join("\n"));
}
