//! The limits of a workbook, number by number and text by text.

use super::*;
use crate::export::xlsx::{cells::XlsxHead, limits::MOST_NAME, tests::Unpacked};

fn sheet(name: &str, rows: Vec<Vec<XlsxCell>>) -> XlsxSheet {
    let heads = (0..rows.first().map_or(1, Vec::len)).map(|_| XlsxHead::left("h")).collect();
    XlsxSheet { name: name.to_owned(), heads, rows, frozen: 0, wraps: true }
}

#[test]
fn digits_are_a_number_only_where_a_spreadsheet_shows_the_same() {
    let number = |digits: &str| match XlsxCell::digits(digits) {
        XlsxCell::Number { value, decimals } => Some((value.to_string(), decimals)),
        _ => None,
    };
    for (digits, value, decimals) in [
        ("12", "12", 0),
        ("-5", "-5", 0),
        ("0.05", "0.05", 2),
        ("12.50", "12.5", 2),
        ("999999999999999", "999999999999999", 0),
    ] {
        assert_eq!(number(digits), Some((value.to_owned(), decimals)), "{digits}");
    }
    for digits in
        ["9007199254740993", "1234567890.1234567", "1e5", "", "-", "inf", "NaN", "1,5", "1.2.3", ".5"]
    {
        assert_eq!(XlsxCell::digits(digits), XlsxCell::Words(digits.to_owned()), "{digits}");
    }
}

#[test]
fn a_sheet_has_a_name_that_a_workbook_takes() {
    let mut taken = vec![];
    for (wanted, name) in [
        ("Records", "Records"),
        ("RECORDS", "RECORDS 2"),
        ("a/b\\c:[d]*?", "a b c d"),
        ("'quoted'", "quoted"),
        ("", "Report"),
        ("history", "Report 2"),
        ("a\u{1b}b\nc", "a^ b^Jc"),
        ("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀…"),
    ] {
        let free = free_name(wanted, &taken);
        assert!(free.encode_utf16().count() <= MOST_NAME && !free.is_empty(), "{free}");
        assert!(rust_xlsxwriter::utility::check_sheet_name(&free).is_ok(), "{free}");
        if !wanted.contains('\u{1b}') {
            assert_eq!(free, name);
        }
        taken.push(free);
    }
    let long = "x".repeat(40);
    let names: Vec<String> = (0..12).fold(vec![], |mut names, _| {
        names.push(free_name(&long, &names));
        names
    });
    assert!(
        names.iter().all(|name| name.len() < 40 && name.encode_utf16().count() <= MOST_NAME),
        "{names:?}"
    );
    assert!(names[11].ends_with("… 12"), "{names:?}");
}

#[test]
fn a_text_that_no_cell_holds_is_cut_and_told() {
    let mut book = XlsxBook::new("t");
    let long = "é😀".repeat(20_000);
    book.add(sheet("Long", vec![vec![XlsxCell::words("short"), XlsxCell::words(&long)]]));
    let told = book.told().join("\n");
    assert!(told.contains("Long!B2 (60000 units)") && told.contains("1 text longer"), "{told}");
    let unpacked = Unpacked::of(&book.finish());
    let kept = unpacked.text("Long", "B2");
    assert!(kept.ends_with(CUT) && long.starts_with(kept.strip_suffix(CUT).unwrap()), "{}", kept.len());
    assert!((MOST_UNITS - 2..=MOST_UNITS).contains(&kept.encode_utf16().count()));
}

#[test]
fn rows_go_on_on_another_sheet_and_columns_that_have_no_room_are_told() {
    let mut book = XlsxBook::new("t");
    let rows: Vec<Vec<XlsxCell>> = (0..5).map(|at| vec![XlsxCell::count(at)]).collect();
    book.add_in_parts(&sheet("Rows", rows), 2);
    let wide = vec![XlsxCell::Flag(true); MOST_COLUMNS + 1];
    book.add(sheet("Wide", vec![wide]));
    let told = book.told().join("\n");
    assert!(told.contains("3 in all") && told.contains("has 16385 columns"), "{told}");
    let unpacked = Unpacked::of(&book.finish());
    assert_eq!(unpacked.names(), ["Rows", "Rows 2", "Rows 3", "Wide"]);
    assert_eq!((unpacked.number("Rows 2", "A3"), unpacked.number("Rows 3", "A2")), (3.0, 4.0));
    assert!(unpacked.holds("Wide", "XFD2"));
}

#[test]
fn places_are_named_as_spreadsheets_do() {
    assert_eq!([place(0, 0), place(11, 27), place(1, 16_383)], ["A1", "AB12", "XFD2"]);
}
