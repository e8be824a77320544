//! What reviewers say about cards: flags, notes, assigned gaps and what has been reviewed, kept as records.
//!
//! This folder knows no file and no clock: `store::journal` appends and syncs the lines, and returns the records
//! kept.
//!
//! **Invariants.** A record is never changed: it is replaced by another record that names it. Records are ordered by
//! Lamport number; their time is only shown. Records written without knowledge of each other are all shown.

pub mod target;
pub mod record;
pub mod identity;
pub mod line;
pub mod fingerprint;
pub mod book;
pub mod sign_off;
pub mod overlay_on_data;
pub mod drafts;
pub mod cell_filter;
pub mod steps;
pub mod news;
pub mod queue;
pub mod report;

pub use self::{
    book::{Book, Flag, FlagState, GapAssignment, Note, Reviewed, SignOff},
    cell_filter::CellFilter,
    overlay_on_data::{CellReview, Review, ReviewProgress, ReviewState},
    queue::{Queue, QueueFilter},
    record::{Act, Draft, FlagKind, Id, Record, Reviewer, SignOffStage},
    target::{Target, TargetIds},
};
