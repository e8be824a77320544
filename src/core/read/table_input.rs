//! Tables as an input format: what is claimed as one, and what lies beside it.

use super::{
    input::{Input, TableInput},
    table::{beside, fault, may_be_table, open},
};

/// Tables in text, workbooks and archives, and in JSON that has nothing of a card.
pub(super) static TABLE: Input = Input {
    name: "table",
    about: "countries' figures in CSV, TSV, a workbook, an archive or JSON",
    claims: |head| may_be_table(head.file),
    table: Some(TableInput { open, fault, beside }),
    ..Input::EMPTY
};
