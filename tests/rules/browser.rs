//! The HTML briefing in a real browser, without network: it says the figures of the JSON, asks for nothing, and prints.
//!
//! `VISAVIS_CHROMIUM` names the browser; without it the test says so.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

fn visavis(args: &[&str]) -> Vec<u8> {
    let run = Command::new(env!("CARGO_BIN_EXE_visavis"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("XDG_DATA_HOME", "/nonexistent")
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    run.stdout
}

/// What the browser prints, with every name unresolvable and its messages apart.
fn browse(browser: &str, folder: &Path, args: &[&str]) -> (String, String) {
    let run = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        .args(["--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(args)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (text(&run.stdout), text(&run.stderr))
}

#[test]
fn a_browser_shows_and_prints_the_briefing_as_the_json_has_it() {
    let Ok(browser) = std::env::var("VISAVIS_CHROMIUM") else {
        println!("VISAVIS_CHROMIUM is not set: no browser is run");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let report = ["report", "--group", "osce", "-d", "sample-data/progress-cards-2010", "--format"];
    let page = folder.path().join("briefing.html");
    fs::write(&page, visavis(&[&report[..], &["html"]].concat())).unwrap();
    let json: Value = serde_json::from_slice(&visavis(&[&report[..], &["json"]].concat())).unwrap();
    let url = format!("file://{}", page.display());

    let (dom, _) = browse(&browser, folder.path(), &["--dump-dom", &url]);
    assert!(
        !dom.contains("<script") && !dom.contains("<link") && !dom.contains("<img"),
        "nothing is fetched"
    );
    let rows = json["findings"]["rows"].as_array().unwrap();
    assert!(rows.len() >= 12, "{json:#}");
    for row in rows {
        let words = row["sentence"].as_str().unwrap();
        assert!(words.contains(&format!("({} in set)", row["set"])), "{words}");
        // What holds of nobody stands in one line.
        let nobody = format!("of {} assessed, {} in set", row["assessed"], row["set"]);
        assert!(dom.contains(words) || row["k"] == 0 && dom.contains(&nobody), "{words}");
    }
    for gap in json["missing"]["by_reason"].as_object().unwrap().values() {
        assert!(dom.contains(&format!("<td class=\"n\">{gap}</td>")), "{gap} gaps");
    }

    let pdf = folder.path().join("briefing.pdf");
    let print = format!("--print-to-pdf={}", pdf.display());
    let (_, messages) = browse(&browser, folder.path(), &[&print, "--no-pdf-header-footer", &url]);
    assert!(fs::read(&pdf).unwrap().starts_with(b"%PDF"), "{messages}");
    assert!(!messages.contains("CONSOLE"), "the page complains: {messages}");
}
