//! Tables spoilt at random: nothing panics, nothing unsafe is printed, and a hostile table costs nothing but itself.
//!
//! `VISAVIS_FUZZ` says for how many seconds each reader (the files of `tests/tables` with one ending) is tried.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _, Write as _},
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

/// Pieces that mean something to a reader of the parts of a workbook.
const XML_PIECES: [&str; 20] = [
    "<c r=\"A1048576\" t=\"s\"><v>99999999</v></c>",
    "<row r=\"99999999\">",
    "</row>",
    "</sheetData>",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "<mergeCell ref=\"B2\"/>",
    "r=\"XFD1\"",
    "r=\"ZZZZZZZ0\"",
    "t=\"e\"",
    "t=\"b\"",
    "t=\"inlineStr\"",
    "<v>1e400</v>",
    "<v></v>",
    "<!--",
    "]]>",
    "&#0;",
    "&x;",
    "table:number-columns-repeated=\"16384\"",
    "table:number-rows-repeated=\"1048576\"",
    "office:value-type=\"date\"",
];

/// A table with what lies beside it: names and bytes.
type Input = Vec<(String, Vec<u8>)>;

/// The tables of `tests/tables`, by their endings; a data package is a folder.
fn tables() -> BTreeMap<String, Vec<Input>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables");
    let mut readers = BTreeMap::<String, Vec<Input>>::new();
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    for path in paths {
        let ending = path.extension().unwrap().to_string_lossy().into_owned();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        readers.entry(ending).or_default().push(vec![(name, std::fs::read(&path).unwrap())]);
    }
    let package = ["datapackage.json", "data/convictions.csv"];
    let read = |name: &str| (name.to_owned(), std::fs::read(folder.join("package").join(name)).unwrap());
    readers.insert("package".to_owned(), vec![package.map(read).to_vec()]);
    readers
}

/// What is spoilt is the packed text as often as the package around it: a spoilt package ends reading at its checksum.
fn spoil_file(bytes: &mut Vec<u8>, random: &mut Random) {
    let inner = random.below(4) > 0;
    if inner && let Some(packed) = spoil_member(bytes, random) {
        *bytes = packed;
    } else if inner && bytes.starts_with(b"\x1f\x8b") {
        let mut text = vec![];
        flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut text).unwrap();
        spoil(&mut text, &PIECES, random);
        let mut packed = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
        packed.write_all(&text).unwrap();
        *bytes = packed.finish().unwrap();
    } else {
        spoil(bytes, &PIECES, random);
    }
}

/// A zip with one of its members spoilt.
fn spoil_member(bytes: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = random.below(archive.len());
    let mut packed = zip::ZipWriter::new(Cursor::new(vec![]));
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut text = vec![];
        member.read_to_end(&mut text).unwrap();
        if at == chosen {
            spoil(&mut text, if name.ends_with("ml") { &XML_PIECES } else { &PIECES }, random);
        }
        packed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        packed.write_all(&text).unwrap();
    }
    Some(packed.finish().unwrap().into_inner())
}

fn read(input: Input) {
    let mut loader =
        Loader::new(Options { workers: 2, least_part: 64, most_bytes: 64 << 20, ..Options::default() });
    for (name, bytes) in input {
        loader.add(Raw::new(name), bytes);
    }
    print_all(&loader.finish(Raw::from_static("fuzz"), &|_| ()));
}

#[test]
fn spoilt_tables_end_nothing() {
    let seconds = std::env::var("VISAVIS_FUZZ").ok().and_then(|seconds| seconds.parse().ok());
    let only = std::env::var("VISAVIS_FUZZ_READER").ok();
    for (reader, inputs) in
        tables().iter().filter(|(reader, _)| only.as_ref().is_none_or(|only| only == *reader))
    {
        let begun = Instant::now();
        let mut case = 0;
        while seconds
            .map_or(case < 25 * inputs.len(), |seconds| begun.elapsed() < Duration::from_secs(seconds))
        {
            let mut random = Random::new(u64::try_from(case).unwrap());
            let mut input = inputs[case % inputs.len()].clone();
            let spoilt = random.below(input.len());
            spoil_file(&mut input[spoilt].1, &mut random);
            if seconds.is_some() {
                print!("\r{} {case} ", input[spoilt].0);
            }
            read(input);
            case += 1;
        }
        println!(
            "\n| fuzz {reader} | {} tables | {case} texts | {} s | no crash |",
            inputs.len(),
            begun.elapsed().as_secs()
        );
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
