//! Reads and writes files and the clipboard: cards, the journal, drafts, the session, reports.
//!
//! Every function here may fail and its error says why. Reading order is import order.

pub mod paths;
pub mod output;
pub mod pager;
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
pub(crate) mod mapping_file;
pub mod session;
