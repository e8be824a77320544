//! What reviewers say about cards: flags, notes, assigned gaps and what has been reviewed, kept as records.
//!
//! Nothing here knows a file or a clock: the edge appends lines and syncs them, and gives back what was kept.
//!
//! **Invariants.** A record is never changed: whatever replaces it is another record that names it. The order of records
//! is that of their Lamport numbers; a wall clock is only shown. What was said at the same time stands side by side.

pub mod target;
pub mod record;
pub mod identity;
pub mod line;
pub mod fingerprint;
pub mod book;
pub mod overlay_on_data;
pub mod drafts;
pub mod queue;
pub mod report;

pub use self::{
    book::{Book, Flag, FlagState, GapAssignment, Note, Reviewed},
    overlay_on_data::{CellReview, Review, ReviewProgress, ReviewState},
    queue::{Queue, QueueFilter},
    record::{Act, Draft, FlagKind, Id, Record},
    target::{Target, TargetIds},
};
