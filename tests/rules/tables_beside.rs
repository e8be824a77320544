//! Tables beside files that are broken, hostile or somebody else's: each table is shown all the same, and what is wrong is
//! told once, with its place.

use std::{fs, os::unix::fs::symlink, path::Path};

use visavis::{
    core::dataset::Dataset,
    store::load::{LoadOptions, open, open_sets},
};

const TABLE: &str = "country,year,v\nNorway,2020,1\nChad,2020,2\nPeru,2020,3\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

fn options(path: &Path) -> LoadOptions {
    LoadOptions { paths: vec![path.to_owned()], ..LoadOptions::default() }
}

/// What is told, without the place of the folder.
fn told(data: &Dataset, folder: &Path) -> Vec<String> {
    let plain = |text: String| text.replace(&format!("{}/", folder.display()), "");
    data.problems.iter().map(|problem| plain(problem.to_string())).collect()
}

#[test]
fn what_lies_beside_a_table_is_never_in_its_way() {
    let deep = "[".repeat(10_000);
    let list = "[1,2,3]";
    let besides = [
        ("datapackage.json", "{\"resources\": [{\"path\": \"t.csv\", \"name\": \"cut"),
        ("datapackage.json", &deep),
        ("datapackage.json", "{\"resources\": [{\"path\": \"another.csv\"}]}"),
        ("datapackage.json", "{\"resources\": 7}"),
        ("datapackage.json", ""),
        ("package.json", "{\"name\": \"x\", \"dependencies\": {\"y\": \"1\"}}"),
        ("cut.json", "{\"framework\": \"f\", \"country\": \"NO"),
        ("framework.json", "{\"schema\": \"visavis/framework/1\", \"id\": \"f\", \"goals\": ["),
        ("numbers.json", list),
        ("cut.zip", "PK\u{3}\u{4}"),
        ("cut.xlsx", "PK\u{3}\u{4}"),
        ("notes.txt", "to do"),
    ];
    for (name, content) in besides {
        let folder = folder(&[("t.csv", TABLE), (name, content)]);
        let data = open(&options(folder.path()), &|_| ()).unwrap();
        assert_eq!(data.card_count(), 3, "{name}: {:?}", told(&data, folder.path()));
        let sets = open_sets(&options(folder.path()), &|_| ()).unwrap();
        assert_eq!(sets.len(), 1, "{name}");
        assert_eq!(told(&sets[0], folder.path()), told(&data, folder.path()), "{name}");
        let alone = open(&options(&folder.path().join("t.csv")), &|_| ()).unwrap();
        assert_eq!(alone.card_count(), 3, "{name}");
    }
}

#[test]
fn a_package_opens_its_tables_whatever_else_it_lists() {
    let listed = |paths: &[&str]| {
        let resources: Vec<_> = paths.iter().map(|path| serde_json::json!({ "path": path })).collect();
        serde_json::json!({ "name": "p", "resources": resources }).to_string()
    };
    let outside = folder(&[("secret.csv", TABLE)]);
    let absolute = outside.path().join("secret.csv");
    let package = listed(&[
        "d/t.csv",
        "d/t.csv",
        "./d/t.csv",
        "datapackage.json",
        "d/datapackage.json",
        "d",
        "",
        "..",
        "../secret.csv",
        "d/link.csv",
        "gone.csv",
        "https://example.org/far.csv",
        absolute.to_str().unwrap(),
    ]);
    let mutual = listed(&["../datapackage.json", "datapackage.json"]);
    let folder =
        folder(&[("datapackage.json", &package), ("d/t.csv", TABLE), ("d/datapackage.json", &mutual)]);
    symlink(&absolute, folder.path().join("d/link.csv")).unwrap();
    for path in [folder.path().join("datapackage.json"), folder.path().to_owned()] {
        let data = open(&options(&path), &|_| ()).unwrap();
        let told = told(&data, folder.path());
        assert_eq!(data.card_count(), 3, "{told:?}");
        assert_eq!(data.readings[0].file.raw(), folder.path().join("d/t.csv").to_string_lossy());
        let of_missing: Vec<_> = told.iter().filter(|told| told.contains("gone.csv")).collect();
        assert_eq!(of_missing.len(), 1, "{told:?}");
        assert!(of_missing[0].contains("lists this table"), "{told:?}");
    }
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let package = r#"{"resources": [{"path": "pipe.csv"}, {"path": "t.csv"}]}"#;
    let folder = folder(&[("datapackage.json", package), ("t.csv", TABLE), ("more/t.csv", TABLE)]);
    for name in ["pipe.csv", "more/datapackage.json"] {
        let path = folder.path().join(name);
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR, 0)
            .unwrap();
    }
    for path in ["datapackage.json", "more"] {
        let data = open(&options(&folder.path().join(path)), &|_| ()).unwrap();
        let told = told(&data, folder.path());
        assert_eq!((data.card_count(), told.len()), (3, 1), "{told:?}");
        assert!(told[0].contains("a FIFO"), "{told:?}");
    }
}

#[test]
fn a_package_that_lists_only_itself_ends() {
    for paths in ["datapackage.json", "./datapackage.json", "."] {
        let package = format!("{{\"resources\": [{{\"path\": \"{paths}\"}}]}}");
        let folder = folder(&[("datapackage.json", &package)]);
        let data = open(&options(folder.path()), &|_| ()).unwrap();
        assert_eq!((data.card_count(), data.problems.len()), (0, 1), "{:?}", told(&data, folder.path()));
    }
}
