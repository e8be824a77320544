//! Reads workbooks of each kind, whole and damaged, and compares their text.

use rust_xlsxwriter::{Chart, ChartType, ExcelDateTime as WrittenMoment, Format, Formula, Worksheet};

use super::bytes::find;
use super::fault::WorkbookFault;
use super::kind::{OLE_MAGIC, is_workbook};
use super::read::{Sheet, sheets};
use super::samples::{book, ods, ole, xlsb, xlsx, zip_of};

const MOST: u64 = 100_000_000;

fn read_all(bytes: Vec<u8>) -> Vec<Sheet> {
    assert!(is_workbook(&bytes));
    sheets(bytes, MOST).expect("sheets")
}

fn text_of(fill: impl Fn(&mut Worksheet)) -> String {
    let mut sheets = read_all(book(|book| fill(book.add_worksheet())));
    assert_eq!(sheets.len(), 1);
    sheets.remove(0).text
}

fn message(result: Result<Vec<Sheet>, WorkbookFault>) -> String {
    let fault = result.expect_err("a fault");
    assert!(fault.hint.is_some());
    fault.message
}

fn summary(sheets: &[Sheet]) -> Vec<(&str, &str, bool)> {
    sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.text.as_str(), sheet.is_hidden)).collect()
}

#[test]
fn spreads_merged_texts_but_not_numbers() {
    let text = text_of(|sheet| {
        let format = Format::new();
        sheet.merge_range(0, 0, 0, 3, "Title, of all", &format).expect("merged");
        sheet.merge_range(1, 1, 1, 2, "2010", &format).expect("merged");
        sheet.merge_range(2, 0, 3, 0, "Chad", &format).expect("merged");
        sheet.merge_range(2, 1, 3, 1, "", &format).expect("merged");
        sheet.write_number_with_format(2, 1, 5, &format).expect("written");
        sheet.write_number(3, 3, 7).expect("written");
    });
    // Texts that may be numbers stand in quotes; a title over the whole width stands once.
    assert_eq!(text, "\"Title, of all\"\n,\"2010\",\"2010\"\nChad,5\nChad,,,7\n");
}

#[test]
fn spreads_a_heading_only_where_cells_are() {
    let text = text_of(|sheet| {
        sheet.merge_range(0, 1, 0, 16_383, "Rates", &Format::new()).expect("merged");
        sheet.write_string(1, 0, "Chad").expect("written");
        sheet.write_number(1, 3, 1).expect("written");
    });
    assert_eq!(text, ",Rates,Rates,Rates\nChad,,,1\n");
}

#[test]
fn writes_numbers_in_the_fewest_digits() {
    let numbers = [0.1, 1e21, 123_456_789_012.0, -2.5, 1e-7, 0.1 + 0.2, 5.0, -0.0, 1e15];
    let text = text_of(|sheet| {
        for (row, number) in (0..).zip(numbers) {
            sheet.write_number(row, 0, number).expect("written");
        }
    });
    assert_eq!(
        text,
        "0.1\n1000000000000000000000\n123456789012\n-2.5\n0.0000001\n0.30000000000000004\n\
         5\n0\n1000000000000000\n"
    );
}

#[test]
fn reads_xlsb() {
    let sheets = read_all(xlsb());
    assert_eq!(summary(&sheets), [("Data", "\n\n,2.5,Chad\n", true)]);
}

#[test]
fn writes_per_cents_as_shown_but_with_all_digits() {
    let text = text_of(|sheet| {
        let format = Format::new().set_num_format("0.0%");
        for (row, number) in (0..).zip([0.07, 0.123_45, -0.5, 1.0, 12.0, 0.0, 0.001, -0.000_25]) {
            sheet.write_number_with_format(row, 0, number, &format).expect("written");
        }
        sheet.write_number(0, 1, 0.07).expect("written");
        sheet.write_blank(1, 1, &format).expect("written");
        let literal = Format::new().set_num_format("0.0\"%\"");
        sheet.write_number_with_format(2, 1, 0.5, &literal).expect("written");
    });
    assert_eq!(text, "7%,0.07\n12.345%\n-50%,0.5\n100%\n1200%\n0%\n0.1%\n-0.025%\n");
}

#[test]
fn writes_dates_times_and_durations() {
    let text = text_of(|sheet| {
        let date = Format::new().set_num_format("yyyy-mm-dd");
        let duration = Format::new().set_num_format("[h]:mm:ss");
        let moment = |text| WrittenMoment::parse_from_str(text).expect("a date");
        sheet.write_datetime_with_format(0, 0, moment("2010-07-01"), &date).expect("written");
        sheet.write_datetime_with_format(0, 1, moment("2010-07-01T12:30:00"), &date).expect("written");
        sheet.write_number_with_format(0, 2, 0.75, &date).expect("written");
        sheet.write_number_with_format(0, 3, 1.5, &duration).expect("written");
        sheet.write_number_with_format(0, 4, -3.0, &date).expect("written");
        sheet.write_number_with_format(0, 5, 36_526.000_005_787, &date).expect("written");
    });
    assert_eq!(text, "2010-07-01,2010-07-01T12:30:00,18:00:00,36:00:00,-3,2000-01-01T00:00:00.500\n");
}

#[test]
fn writes_booleans_errors_and_quoted_texts() {
    let text = text_of(|sheet| {
        sheet.write_boolean(0, 0, true).expect("written");
        sheet.write_boolean(0, 1, false).expect("written");
        sheet.write_formula(0, 2, Formula::new("=NA()").set_result("#N/A")).expect("written");
        sheet.write_formula(0, 3, Formula::new("=1/0").set_result("#DIV/0!")).expect("written");
        sheet.write_string(1, 0, "say \"a\",\nb ").expect("written");
        sheet.write_string(1, 1, " as is ").expect("written");
    });
    assert_eq!(text, "true,false,#N/A,#DIV/0!\n\"say \"\"a\"\",\nb \", as is \n");
}

#[test]
fn keeps_addresses_and_leaves_out_empty_sheets() {
    let sheets = read_all(book(|book| {
        book.add_worksheet().set_name("Cover").expect("named");
        let data = book.add_worksheet().set_name("Data").expect("named");
        data.write_number(2, 2, 1).expect("written");
        data.write_blank(9, 9, &Format::new().set_bold()).expect("written");
        let notes = book.add_worksheet().set_name("Notes").expect("named");
        notes.write_string(0, 0, "x").expect("written");
        notes.set_hidden(true);
        let deep = book.add_worksheet().set_name("Deep").expect("named");
        deep.write_string(0, 0, "y").expect("written");
        deep.set_very_hidden(true);
        let mut chart = Chart::new(ChartType::Bar);
        chart.add_series().set_values("Data!$C$3:$C$3");
        book.add_chartsheet().insert_chart(0, 0, &chart).expect("drawn");
    }));
    assert_eq!(
        summary(&sheets),
        [("Data", "\n\n,,1\n", false), ("Notes", "x\n", true), ("Deep", "y\n", true)]
    );
}

#[test]
fn stands_a_stray_far_cell() {
    let bytes = book(|book| {
        let sheet = book.add_worksheet();
        sheet.write_number(0, 0, 1).expect("written");
        sheet.write_number(1_048_575, 16_383, 2).expect("written");
    });
    let text = read_all(bytes.clone()).remove(0).text;
    assert_eq!(text.len(), 2 + 1_048_575 - 1 + 16_383 + 2);
    assert!(message(sheets(bytes, 1_000_000)).contains("too large"));
}

#[test]
fn counts_formulas_without_a_value() {
    let cells = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><f>A1+1</f></c>\
         <c r=\"C1\"><f>A1+2</f><v/></c><c r=\"D1\"><f>A1+3</f><v>4</v></c>\
         <c r=\"E1\" t=\"e\"><v>#SPILL!</v></c><c r=\"F1\"><v>6</v></c></row></sheetData></worksheet>";
    let sheets = read_all(xlsx(cells, "<sst/>"));
    assert_eq!((sheets[0].uncomputed, sheets[0].text.as_str()), (2, "1,,,4,,6\n"));
}

#[test]
fn reads_cells_in_any_order() {
    let cells = "<worksheet><sheetData><row r=\"2\"><c r=\"B2\"><v>4</v></c><c r=\"A2\"><v>3</v></c></row>\
         <row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row></sheetData></worksheet>";
    assert_eq!(read_all(xlsx(cells, "<sst/>"))[0].text, "2\n3,4\n");
}

#[test]
fn refuses_what_is_damaged() {
    let whole = book(|book| {
        let sheet = book.add_worksheet();
        for row in 0..200 {
            sheet.write_string(row, 0, format!("text {row}")).expect("written");
        }
    });
    for length in (40..whole.len()).step_by(97) {
        let cut = whole[..length].to_vec();
        if is_workbook(&cut) {
            assert!(message(sheets(cut, MOST)).starts_with("this workbook is damaged: "));
        }
    }
    let cut = whole[..whole.len() * 9 / 10].to_vec();
    assert!(is_workbook(&cut));
    assert!(message(sheets(cut, MOST)).ends_with("its end is missing"));
    let broken = xlsx("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v>", "<sst/>");
    assert!(message(sheets(broken, MOST)).starts_with("this workbook is damaged: "));
    let greedy = xlsx("<worksheet><sheetData/></worksheet>", "<sst uniqueCount = \"4000000000\"/>");
    assert!(message(sheets(greedy, MOST)).starts_with("this workbook is damaged: "));
    let mut empty = OLE_MAGIC.to_vec();
    empty.resize(4_096, 0);
    assert!(!is_workbook(&empty));
    let outline = ole("Workbook");
    assert!(is_workbook(&outline));
    assert!(message(sheets(outline, MOST)).starts_with("this workbook is damaged: "));
}

#[test]
fn refuses_what_is_no_workbook_or_too_large_or_locked() {
    for bytes in [&b""[..], b"a,b\n1,2\n", b"PK\x03\x04", OLE_MAGIC] {
        assert!(!is_workbook(bytes));
        assert_eq!(message(sheets(bytes.to_vec(), MOST)), "this is not a workbook");
    }
    assert!(!is_workbook(&zip_of(&[("data.csv", b"a,b\n")])));
    let mut bomb = zip_of(&[("xl/workbook.xml", b"<workbook/>")]);
    let entry = find(&bomb, "PK\x01\x02").expect("a directory");
    bomb[entry + 24..entry + 28].copy_from_slice(&2_000_000_000_u32.to_le_bytes());
    assert!(message(sheets(bomb, MOST)).contains("unpacks to 2000000000 bytes"));
    let locked = message(sheets(ole("EncryptedPackage"), MOST));
    assert_eq!(locked, "this workbook is protected by a password");
}

#[test]
fn reads_ods_with_its_merged_cells() {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let table = format!(
        "<table:table table:name=\"A\"><table:table-row><table:table-cell office:value-type=\"string\" \
         table:number-columns-spanned=\"2\" table:number-rows-spanned=\"1\"><text:p>Title</text:p>\
         </table:table-cell><table:covered-table-cell/></table:table-row><table:table-row \
         table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row><table:table-row>{}\
         <table:table-cell office:value-type=\"float\" office:value=\"1.50\"/><table:table-cell \
         office:value-type=\"date\" office:date-value=\"2010-07-01T00:00:00\"/><table:table-cell \
         table:formula=\"of:=1\"/><table:table-cell table:number-columns-repeated=\"16000\"/>\
         </table:table-row></table:table>",
        cell("Chad")
    );
    let sheets = read_all(ods(&table));
    assert_eq!(sheets[0].text, "Title,Title\n\n\nChad,1.5,2010-07-01\n");
    assert_eq!(sheets[0].uncomputed, 1);
}

#[test]
fn refuses_ods_that_never_ends_or_repeats_too_much() {
    let open = "<table:table table:name=\"A\"><table:table-row><table:table-cell><office:annotation>";
    for tables in [open, &open[..open.len() - 19]] {
        assert!(message(sheets(ods(tables), MOST)).ends_with("its content breaks off"));
    }
    let cell = "<table:table-cell table:number-columns-repeated=\"16384\" office:value=\"1\"/>";
    let row = format!("<table:table-row table:number-rows-repeated=\"100000\">{cell}</table:table-row>");
    let repeated = format!("<table:table table:name=\"A\">{row}</table:table>");
    assert!(message(sheets(ods(&repeated), MOST)).contains("too large"));
}
