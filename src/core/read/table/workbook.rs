//! Reads the sheets of a workbook (XLSX, XLSM, XLSB, XLS or ODS, told by content) into comma-separated text.

mod bytes;
mod fault;
mod text;

mod cells;
mod ole;
mod parts;
mod raised;

mod kind;
mod ods;
mod xls;
mod xlsx;

mod read;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub(super) use kind::is_workbook;
pub(super) use read::{Sheet, sheets};
