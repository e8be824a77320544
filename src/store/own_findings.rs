//! The user's own findings: one file per framework, changed one finding at a time, left alone if unreadable.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use super::private_file;
use crate::{
    core::findings::own::OwnFindingChange,
    text::{Safe, safe_line},
};

/// Bytes that are read of a findings file; a larger one is refused because the JSON is cut.
const MOST_BYTES: u64 = 16 << 20;

/// Adds or removes one finding in the framework's file in `folder` and returns the message for the user. Errors: the
/// message why nothing was changed.
pub(crate) fn change(
    folder: Option<&Path>,
    framework: &str,
    change: &OwnFindingChange,
) -> Result<Safe, Safe> {
    let folder = folder.ok_or(Safe::fixed("NOT saved: there is no data directory"))?;
    let path = folder.join(file_name(framework));
    let failed = |why: &str| safe_line(&format!("NOT saved: {} {why}", path.display()));
    let unwritten = |error: io::Error| failed(&format!("cannot be written: {error}"));
    fs::create_dir_all(folder).map_err(unwritten)?;
    // If two programs save at once, one waits for the other, and no finding is lost.
    let lock = private_file::lock_file(&folder.join(".lock")).map_err(unwritten)?;
    lock.lock().map_err(unwritten)?;
    let mut file = match private_file::read(&path, MOST_BYTES) {
        Ok(Some(text)) => {
            serde_json::from_slice(&text).map_err(|error| failed(&format!("is no JSON: {error}")))?
        }
        Ok(None) => json!({ "schema": "visavis.findings/1", "framework": framework, "findings": [] }),
        Err(error) => return Err(failed(&format!("cannot be read: {error}"))),
    };
    let is_ours = file.get("framework").and_then(Value::as_str) == Some(framework);
    let list = file.get_mut("findings").and_then(Value::as_array_mut).filter(|_| is_ours);
    let list = list.ok_or_else(|| failed("holds something else than findings for this framework"))?;
    let done = match change {
        OwnFindingChange::Add(finding) => {
            list.push(finding.clone());
            "saved in"
        }
        OwnFindingChange::Remove(id) => {
            let is_it = |finding: &Value| finding.get("id").and_then(Value::as_str) == Some(id);
            let at = list.iter().position(is_it).ok_or_else(|| failed("no longer holds it"))?;
            list.remove(at);
            "removed from"
        }
    };
    let text = format!("{file:#}\n");
    private_file::write(&path, text.as_bytes())
        .map_err(|error| failed(&format!("cannot be written: {error}")))?;
    Ok(safe_line(&format!("{done} {}", path.display())))
}

/// A file name for the framework that every file system accepts.
fn file_name(framework: &str) -> PathBuf {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let slug: String = framework.chars().map(|c| if is_plain(c) { c } else { '-' }).take(100).collect();
    PathBuf::from(format!("{slug}.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_come_and_go_one_by_one_and_a_file_that_cannot_be_read_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("findings");
        let change = |what: &OwnFindingChange| change(Some(&own), "f/../x", what);
        let add = |id: &str| OwnFindingChange::Add(json!({ "id": id }));
        for id in ["a", "b", "c"] {
            assert!(change(&add(id)).unwrap().contains("saved in"));
        }
        assert!(change(&OwnFindingChange::Remove("b".into())).unwrap().contains("removed from"));
        assert!(change(&OwnFindingChange::Remove("b".into())).unwrap_err().contains("no longer holds it"));
        let path = own.join("f----x.json");
        let file: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(file["framework"].as_str(), Some("f/../x"));
        assert_eq!(file["findings"], json!([{ "id": "a" }, { "id": "c" }]));
        for text in ["{oops", r#"{"framework":"other","findings":[]}"#, r#"{"framework":"f/../x"}"#] {
            fs::write(&path, text).unwrap();
            assert!(change(&add("d")).unwrap_err().starts_with("NOT saved"));
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert!(super::change(None, "f", &add("d")).is_err());
    }

    #[test]
    fn of_two_that_save_at_once_neither_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let folder = folder.path();
                scope.spawn(move || {
                    for at in 0..10 {
                        let finding = json!({ "id": format!("{writer}-{at}") });
                        change(Some(folder), "f", &OwnFindingChange::Add(finding)).unwrap();
                    }
                });
            }
        });
        let text = fs::read_to_string(folder.path().join("f.json")).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(file["findings"].as_array().unwrap().len(), 40);
    }
}
