//! Makes small workbooks of each kind for the tests.

use rust_xlsxwriter::Workbook;

use super::kind::{ODS_MIMETYPE, OLE_MAGIC};
use super::parts::{WorkbookPart, pack};

pub(super) fn book(fill: impl Fn(&mut Workbook)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book);
    book.save_to_buffer().expect("a workbook")
}

pub(super) fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let part = |(name, content): &(&str, &[u8])| WorkbookPart {
        name: (*name).to_owned(),
        content: content.to_vec(),
    };
    pack(files.iter().map(part).collect()).expect("a zip")
}

pub(super) fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet>{tables}\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<manifest:manifest></manifest:manifest>";
    zip_of(&[
        ("mimetype", ODS_MIMETYPE),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

pub(super) fn xlsx(sheet: &str, shared: &str) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{kind}/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let parts = format!(
        "<Relationships><Relationship Id=\"r\" Type=\"{kind}/worksheet\" \
         Target=\"worksheets/s.xml\"/></Relationships>"
    );
    let book = "<workbook><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>";
    zip_of(&[
        ("_rels/.rels", package.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", parts.as_bytes()),
        ("xl/sharedStrings.xml", shared.as_bytes()),
        ("xl/worksheets/s.xml", sheet.as_bytes()),
    ])
}

/// The records of an XLSB part: kind and content.
fn records(records: &[(u16, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (kind, content) in records {
        match u8::try_from(*kind) {
            Ok(kind) if kind < 0x80 => bytes.push(kind),
            _ => bytes.extend([kind.to_le_bytes()[0] | 0x80, (kind >> 7).to_le_bytes()[0]]),
        }
        bytes.push(u8::try_from(content.len()).expect("short"));
        bytes.extend(*content);
    }
    bytes
}

/// A hidden sheet `Data` with 2.5 in B3 and a text in C3.
pub(super) fn xlsb() -> Vec<u8> {
    let wide = |text: &str| {
        let mut bytes = u32::try_from(text.len()).expect("short").to_le_bytes().to_vec();
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let sheet = [&[1, 0, 0, 0, 1, 0, 0, 0][..], &wide("rId1"), &wide("Data")].concat();
    let book =
        records(&[(0x83, &[]), (0x8F, &[]), (0x9C, &sheet), (0x90, &[]), (0x9D, &[0; 8]), (0x84, &[])]);
    let number = [&[1, 0, 0, 0, 0, 0, 0, 0][..], &2.5_f64.to_le_bytes()].concat();
    let text = [&[2, 0, 0, 0, 0, 0, 0, 0][..], &wide("Chad")].concat();
    let cells = records(&[
        (0x81, &[]),
        (0x94, &[0; 16]),
        (0x91, &[]),
        (0x00, &[2, 0, 0, 0]),
        (0x05, &number),
        (0x06, &text),
        (0x92, &[]),
    ]);
    let parts = "<Relationships><Relationship Id=\"rId1\" Type=\"worksheet\" \
         Target=\"worksheets/sheet1.bin\"/></Relationships>";
    zip_of(&[
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", parts.as_bytes()),
        ("xl/worksheets/sheet1.bin", &cells),
    ])
}

/// A compound file with the entry of this stream, and nothing else.
pub(super) fn ole(stream: &str) -> Vec<u8> {
    let mut bytes = OLE_MAGIC.to_vec();
    bytes.resize(4_096, 0);
    for (at, letter) in (1_024..).step_by(2).zip(stream.bytes()) {
        bytes[at] = letter;
    }
    bytes[1_024 + 64] = u8::try_from(2 * stream.len() + 2).expect("short");
    bytes[1_024 + 66] = 2;
    bytes
}
