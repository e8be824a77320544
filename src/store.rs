//! Everything that is read from and written to the disk, and the clipboard: cards, journal, drafts, session, reports.
//!
//! Everything here may fail and says how. Reading order is import order.

pub mod paths;
pub mod output;
pub(crate) mod private_file;
pub(crate) mod clipboard;
pub mod load;
pub mod sample;
pub mod opened;
pub(crate) mod watch;
pub mod journal;
pub(crate) mod drafts;
pub(crate) mod own_findings;
pub(crate) mod new_files;
pub mod session;
