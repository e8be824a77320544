//! Tables spoilt at random: nothing panics, nothing unsafe is printed, and a hostile table costs nothing but itself.
//!
//! `VISAVIS_FUZZ` says for how many seconds each file of `tests/tables` is tried.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use visavis::{
    core::read::{Loader, Options},
    text::Raw,
};

use super::{
    damage::Random,
    fuzz::{print_all, spoil},
};

/// Pieces that mean something to a reader of tables.
const PIECES: [&str; 36] = [
    ",",
    ";",
    "\t",
    "|",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    "\r",
    "\0",
    "\u{feff}",
    "..",
    ":",
    "-",
    "NA",
    "n/a",
    "GHA",
    "Ghana",
    "World",
    "2019",
    "1960-61",
    "FY2019",
    "1,5",
    "1.234,5",
    "<5",
    "3.4 bp",
    "-99",
    "1e400",
    "inf",
    "\u{1b}[2J",
    "\u{202e}",
    "=1+1",
    "\\",
    "\u{1f}",
    "Country",
    "é",
];

fn tables() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    let named = |path: std::path::PathBuf| {
        (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap())
    };
    files.into_iter().map(named).collect()
}

fn read(name: &str, bytes: Vec<u8>) {
    let mut loader =
        Loader::new(Options { workers: 2, least_part: 64, most_bytes: 64 << 20, ..Options::default() });
    loader.add(Raw::new(name.to_owned()), bytes);
    print_all(&loader.finish(Raw::from_static("fuzz"), &|_| ()));
}

#[test]
fn spoilt_tables_end_nothing() {
    let seconds = std::env::var("VISAVIS_FUZZ").ok().and_then(|seconds| seconds.parse().ok());
    for (name, bytes) in tables() {
        let begun = Instant::now();
        let mut case = 0;
        while seconds.map_or(case < 25, |seconds| begun.elapsed() < Duration::from_secs(seconds)) {
            let mut random = Random::new(case);
            let mut spoilt = bytes.clone();
            spoil(&mut spoilt, &PIECES, &mut random);
            read(&name, spoilt);
            case += 1;
        }
        println!("| fuzz {name} | {case} texts | {} s | no crash |", begun.elapsed().as_secs());
    }
}

#[test]
fn a_hostile_table_is_told_and_no_other_is_touched() {
    let wide: String = std::iter::once("country".to_owned())
        .chain((0..1_000_000).map(|at| format!("c{at}")))
        .collect::<Vec<_>>()
        .join(",");
    let quotes = "country,x\n".to_owned() + &"\"Ghana,1\n".repeat(20_000);
    let numbers = "country,x\n".to_owned() + &"Ghana,1e400\n".repeat(2000);
    let bomb = {
        use std::io::Write as _;
        let mut packed = flate2::write::GzEncoder::new(vec![], flate2::Compression::best());
        for _ in 0..200 {
            packed.write_all(&vec![b'a'; 1 << 20]).unwrap();
        }
        packed.finish().unwrap()
    };
    let texts: [(&str, Vec<u8>); 5] = [
        ("wide.csv", format!("{wide}\nGhana,1\nKenya,2\n").into_bytes()),
        ("quotes.csv", quotes.into_bytes()),
        ("numbers.csv", numbers.into_bytes()),
        ("bomb.csv.gz", bomb),
        ("controls.csv", b"country,\x1b]0;x\x07,\x00y\nGhana,1,2\nKenya,3,4\n".to_vec()),
    ];
    for (name, bytes) in texts {
        let mut loader = Loader::new(Options { most_bytes: 64 << 20, ..Options::default() });
        loader
            .add(Raw::from_static("good.csv"), b"country,year,rate\nGhana,2019,1.5\nKenya,2019,2\n".to_vec());
        loader.add(Raw::new(name.to_owned()), bytes);
        let data = loader.finish(Raw::from_static("both"), &|_| ());
        // Printing sixty thousand indicators in every format takes minutes and shows nothing more.
        if name != "wide.csv" {
            print_all(&data);
        }
        let sets = data.sets();
        assert!(sets.iter().any(|set| &*set.id == "good" && set.cards == 2), "{name}: {sets:?}");
    }
}
