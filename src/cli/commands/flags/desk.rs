//! Turns the arguments of `visavis flags` into drafts, by the rules that the screen follows.

use std::io::Read as _;

use super::{super::reviews::Reviews, Failure, day, indicator};
use crate::{
    cli::args::{AskArgs, CardsArgs, FlagsAction, OnArgs, WhatArgs},
    core::{
        cell::Gap,
        dataset::{CountryId, Dataset, EditionId},
        date::Date,
        subject::{Subject, find_edition},
    },
    review::{
        Draft, Flag, FlagKind, FlagState, Id, Review, SignOffStage, Target, TargetIds, drafts, sign_off,
    },
    text::{Safe, excerpt, safe_line},
};

/// The data and reviews that the arguments refer to.
pub(super) struct Desk<'a> {
    data: &'a Dataset,
    edition: Option<EditionId>,
    review: Review,
    writer: &'a str,
}

/// The most bytes of a text from standard input.
const MOST_BYTES: u64 = 1 << 20;

impl<'a> Desk<'a> {
    pub(super) fn new(data: &'a Dataset, edition: Option<EditionId>, reviews: &'a Reviews) -> Self {
        let review = Review::over(reviews.book.clone(), reviews.journal.reviewer(), data);
        Self { data, edition, review, writer: reviews.journal.writer() }
    }

    pub(super) fn drafts(&self, action: FlagsAction) -> Result<Vec<Draft>, Failure> {
        Ok(match action {
            FlagsAction::Add { on, kind, note, .. } => {
                let place = self.place(&on)?;
                let kind = kind.as_deref().and_then(FlagKind::from_id).unwrap_or_else(|| self.kind(place));
                let on = Target::of(self.data, place);
                vec![drafts::flag(on, kind, &words(note)?)]
            }
            FlagsAction::Ask { what, ask, nobody } => {
                let (to, due) = asked(if nobody { AskArgs::default() } else { ask })?;
                let flags = self.flags(&what)?;
                flags.into_iter().map(|flag| drafts::ask(flag, to.as_deref(), due)).collect()
            }
            FlagsAction::Resolve { what, note } => {
                let (note, flags) = (words(note)?, self.flags(&what)?);
                flags.iter().try_for_each(|flag| drafts::can_resolve(&self.review, flag))?;
                // Words are kept, also of what is resolved already.
                let is_left =
                    |flag: &&Flag| !note.is_empty() || !matches!(flag.state, FlagState::Resolved { .. });
                flags.into_iter().filter(is_left).map(|flag| drafts::resolve(flag, &note)).collect()
            }
            FlagsAction::Reopen(what) => {
                let flags = self.flags(&what)?.into_iter();
                let flags = flags.filter(|flag| !matches!(flag.state, FlagState::Open));
                flags.map(drafts::reopen).collect()
            }
            FlagsAction::Note { on, text } => {
                let on = Target::of(self.data, self.place(&on)?);
                vec![drafts::note(&self.review.book, &self.review.me, on, &words(text)?)]
            }
            FlagsAction::Review(on) => self.reviewed(&on)?,
            FlagsAction::Assign { on, reason } => self.assign(&on, Gap::from_id(&reason))?,
            FlagsAction::SignOff { cards, stage, note } => self.sign_off(&cards, &stage, note)?,
            FlagsAction::Give { cards, to, .. } => {
                let cards = self.cards(&cards)?.into_iter();
                cards.map(|card| sign_off::give(&self.review.book, self.data, card, to.as_deref())).collect()
            }
            FlagsAction::Undo => {
                let draft = drafts::undo(&self.review.book, self.writer);
                vec![draft.ok_or(Safe::fixed("there is nothing of this author to undo"))?]
            }
            // These keep no records and are handled before.
            FlagsAction::List(_)
            | FlagsAction::Progress { .. }
            | FlagsAction::Digest { .. }
            | FlagsAction::Export { .. } => vec![],
        })
    }

    /// Marks the cell, or every cell of the card, as reviewed.
    fn reviewed(&self, on: &OnArgs) -> Result<Vec<Draft>, Failure> {
        let cells = match self.place(on)? {
            TargetIds::Cell(c, e, i) => vec![(c, e, i)],
            TargetIds::Country(c, e) if self.data.card(c, e).is_some() => {
                self.data.framework.indicator_ids().map(|i| (c, e, i)).collect()
            }
            TargetIds::Country(..) => return Err(Safe::fixed("there is no card to review").into()),
            TargetIds::Indicator(..) => {
                return Err(Safe::fixed("a country is needed: a cell or a card is reviewed").into());
            }
        };
        Ok(drafts::review(&self.review, self.data, &self.review.me, &cells))
    }

    fn assign(&self, on: &OnArgs, gap: Option<Gap>) -> Result<Vec<Draft>, Failure> {
        let TargetIds::Cell(c, e, i) = self.place(on)? else {
            return Err(Safe::fixed("a country and an indicator are needed: this is about one cell").into());
        };
        // An assignment can be taken back whatever the card says by now.
        if gap.is_some() {
            drafts::can_assign(self.data, (c, e, i))?;
        }
        Ok(vec![drafts::assigned(&self.review.book, self.data, (c, e, i), gap)])
    }

    fn sign_off(&self, cards: &CardsArgs, stage: &str, note: String) -> Result<Vec<Draft>, Failure> {
        let (stage, note) = (SignOffStage::from_id(stage).unwrap_or_default(), words(note)?);
        if stage == SignOffStage::SentBack && note.trim().is_empty() {
            return Err(Safe::fixed("a card is sent back with a reason: --note TEXT").into());
        }
        let draft = |card: (CountryId, EditionId)| {
            drafts::can_sign_off(&self.review, self.data, card, stage)?;
            Ok(sign_off::sign_off(&self.review.book, self.data, card, stage, &note))
        };
        self.cards(cards)?.into_iter().map(draft).collect()
    }

    /// The kind of a flag if none is named: `missing-data` for a cell without a value, else `question`.
    fn kind(&self, place: TargetIds) -> FlagKind {
        match place {
            TargetIds::Cell(c, e, i) if !self.data.cell(c, e, i).is_given() => FlagKind::MissingData,
            _ => FlagKind::Question,
        }
    }

    fn place(&self, on: &OnArgs) -> Result<TargetIds, Failure> {
        let indicator = on.indicator.as_deref().map(|id| indicator(self.data, id)).transpose()?;
        if let Some(label) = on.subject.strip_prefix('@') {
            let edition = find_edition(self.data, label)?;
            let indicator = indicator.ok_or(Safe::fixed("an edition alone needs an indicator"))?;
            return Ok(TargetIds::Indicator(indicator, edition));
        }
        let (country, edition) = self.card(&on.subject)?;
        Ok(match indicator {
            Some(indicator) => TargetIds::Cell(country, edition, indicator),
            None => TargetIds::Country(country, edition),
        })
    }

    fn card(&self, text: &str) -> Result<(CountryId, EditionId), Failure> {
        match Subject::parse(self.data, text, self.edition)? {
            Subject::Country(country, edition) => Ok((country, edition)),
            Subject::Group(..) => Err(Safe::fixed("a group cannot be reviewed, its countries can").into()),
        }
    }

    /// Errors: a country is unknown, or has no card.
    fn cards(&self, cards: &CardsArgs) -> Result<Vec<(CountryId, EditionId)>, Failure> {
        let card = |text: &String| {
            let (country, edition) = self.card(text)?;
            match self.data.card(country, edition) {
                Some(_) => Ok((country, edition)),
                None => {
                    let name = self.data.country(country).name.line();
                    let label = safe_line(&self.data.edition(edition).label);
                    Err(safe_line(&format!("{name} has no card of {label}")).into())
                }
            }
        };
        cards.cards.iter().map(card).collect()
    }

    fn flags(&self, what: &WhatArgs) -> Result<Vec<&Flag>, Failure> {
        let found = what.ids.iter().map(|text| {
            let flag = self.review.book.flag(&Id::from(text.trim()));
            flag.ok_or_else(|| {
                safe_line(&format!("no flag {}: flags list names them", excerpt(text, 60))).into()
            })
        });
        found.collect()
    }
}

/// Who is asked, and by when. Errors: the day is none.
pub(super) fn asked(ask: AskArgs) -> Result<(Option<String>, Option<Date>), Failure> {
    Ok((ask.to, ask.due.as_deref().map(|text| day("--due", text)).transpose()?))
}

/// Words from the command line; `-` reads them from standard input. Errors: they cannot be read, or are no text.
fn words(text: String) -> Result<String, Failure> {
    if text != "-" {
        return Ok(text);
    }
    let mut bytes = vec![];
    let read = std::io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| safe_line(&format!("standard input cannot be read: {error}")))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Safe::fixed("standard input is longer than 1 MiB").into());
    }
    let text = String::from_utf8(bytes).map_err(|_| Safe::fixed("standard input is no text in UTF-8"))?;
    Ok(text.trim_end().to_owned())
}
