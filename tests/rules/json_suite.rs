//! JSONTestSuite, when it is there: accepted and refused as `serde_json` does, with a place.
//!
//! `VISAVIS_JSON_SUITE` names its `test_parsing` folder.

use std::fs;

use visavis::core::json::{self, Decoded, Limits};

#[test]
fn what_serde_json_takes_for_json_is_json_here() {
    let Some(folder) = std::env::var_os("VISAVIS_JSON_SUITE") else {
        println!("VISAVIS_JSON_SUITE is not set: the suite was not run");
        return;
    };
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let theirs = serde_json::from_slice::<serde_json::Value>(&bytes).is_ok();
        let ours = match json::decode(bytes.clone()) {
            Ok(Decoded { text, mark, .. }) => json::read(&text[mark..], &Limits::default()).map(|_| mark),
            Err((_, fault)) => Err(fault),
        };
        match ours {
            Ok(bom) => assert!(theirs || bom > 0, "{}: accepted", path.display()),
            Err(fault) => {
                assert!(!theirs, "{}: refused: {fault:?}", path.display());
                assert!(fault.at <= bytes.len(), "{}", path.display());
            }
        }
        seen += 1;
    }
    assert!(seen > 300, "only {seen} files");
}
