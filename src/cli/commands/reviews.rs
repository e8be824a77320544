//! Opens the reviews for a subcommand: the journal of the cards that are open.

use super::{Failure, tell};
use crate::{
    cli::args::{Common, ReviewsArg, ReviewsArgs},
    core::{
        checked::{Checked, Unchecked},
        dataset::Dataset,
    },
    review::{Book, Record, Review, identity::Identity},
    store::journal::{Journal, Settings},
    text::safe_line,
};

/// A journal and its records.
#[derive(Debug)]
pub(super) struct Reviews {
    pub(super) journal: Journal,
    pub(super) book: Book,
}

pub(super) fn settings(common: &Common) -> Settings {
    let config = &common.settings;
    let folder = common.journal.clone().or_else(|| config.journal.as_ref().map(|set| set.value.clone()));
    let configured = config.author.as_ref().map(|set| set.value.as_str());
    Settings { asks: config.review(), ..Settings::here(folder, common.author.as_deref(), configured) }
}

/// Opens the journal of these cards, and prints its problems on standard error. Creates nothing. Errors: the journal
/// cannot be read.
pub(super) fn open(common: &Common, data: &Dataset) -> Result<Reviews, Failure> {
    let (journal, reading) = Journal::open(settings(common), Identity::of(data))?;
    if let Some(told) = reading.told() {
        tell(&told);
    }
    Ok(Reviews { journal, book: Book::of(reading.records) })
}

impl Reviews {
    /// Keeps drafts, and returns once their records are on the disk. Errors: none of them was kept.
    pub(super) fn keep(&mut self, drafts: Vec<crate::review::Draft>) -> Result<Vec<Record>, Failure> {
        self.journal.keep(drafts).map_err(|lost| safe_line(&format!("NOT saved: {}", lost.why)).into())
    }
}

/// What a report tells of the review, if it is asked to.
pub(super) fn checked(
    common: &Common,
    data: &Dataset,
    asked: ReviewsArgs,
) -> Result<Option<Checked>, Failure> {
    let Some(asked) = asked.reviews else { return Ok(None) };
    let reviews = open(common, data)?;
    let review = Review::over(reviews.book, reviews.journal.reviewer(), data);
    Ok(Some(review.checked(match asked {
        ReviewsArg::Say => Unchecked::Say,
        ReviewsArg::Mark => Unchecked::Mark,
        ReviewsArg::Only => Unchecked::LeaveOut,
    })))
}
