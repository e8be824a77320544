//! The manual's page of keys is the table's own.

use std::{fs, path::Path};

#[test]
fn the_page_of_keys_matches_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    let page = visavis::tui::manual::markdown();
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("docs")).expect("a folder");
        fs::write(&path, &page).expect("a page");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, page, "run: UPDATE=1 cargo test --test screens manual");
}
