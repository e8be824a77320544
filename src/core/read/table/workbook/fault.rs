//! Why a workbook cannot be read, in words for whoever has it.

use std::fmt::Display;

use calamine::{Error, OdsError, XlsError, XlsbError, XlsxError};

/// Why a workbook cannot be read, and what may help.
#[derive(Debug)]
pub(in super::super) struct WorkbookFault {
    pub message: String,
    pub hint: Option<String>,
}

impl WorkbookFault {
    pub(super) fn new(message: impl Into<String>, hint: &str) -> Self {
        Self { message: message.into(), hint: Some(hint.to_owned()) }
    }
}

pub(super) fn fault(error: impl Into<Error>) -> WorkbookFault {
    match error.into() {
        Error::Xls(XlsError::Password)
        | Error::Xlsx(XlsxError::Password)
        | Error::Xlsb(XlsbError::Password)
        | Error::Ods(OdsError::Password) => locked(),
        error => damaged(error),
    }
}

pub(super) fn locked() -> WorkbookFault {
    WorkbookFault::new(
        "this workbook is protected by a password",
        "open it in a spreadsheet program and save it without a password",
    )
}

pub(super) fn damaged(cause: impl Display) -> WorkbookFault {
    WorkbookFault::new(
        format!("this workbook is damaged: {cause}"),
        "open it in a spreadsheet program and save it again",
    )
}

/// For sheets that are larger than their tables.
pub(super) fn too_large(cause: impl Display) -> WorkbookFault {
    WorkbookFault::new(
        format!("this workbook is too large: {cause}"),
        "delete cells far away from the table, or save the sheets that are needed as CSV files",
    )
}
