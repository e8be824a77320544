//! Makes drafts for a reviewer's acts. Each draft replaces the records that the screen showed in its place.

use super::{
    book::{Book, Flag, FlagState, Said},
    fingerprint::fingerprint,
    overlay_on_data::Review,
    record::{Act, Draft, FlagKind, Id, Reviewer, SignOffStage},
    target::{Target, TargetIds},
};
use crate::{
    core::{
        cell::Gap,
        dataset::{CountryId, Dataset, EditionId},
        date::Date,
        framework::IndicatorId,
    },
    text::{Raw, Safe, safe_line},
};

/// One cell of the data.
pub type CellIds = (CountryId, EditionId, IndicatorId);

pub fn flag(on: Target, kind: FlagKind, note: &str) -> Draft {
    Draft::new(Act::Flag { on, kind, note: owned(note) })
}

/// Writes this reviewer's last word on a target anew, if nobody has answered it (the empty text removes it); else adds a
/// note that answers what nobody has answered yet.
pub fn note(book: &Book, me: &Reviewer, on: Target, text: &str) -> Draft {
    let (over, to) = match book.last_word(&on, me) {
        Some(mine) => (vec![mine.said.id.clone()], mine.answers.clone()),
        None => (vec![], ids(book.ends_of(&on).map(|note| &note.said))),
    };
    Draft { act: Act::Note { on, text: owned(text), to }, over }
}

/// Adds a note that answers what nobody has answered yet, also where this reviewer had the last word.
pub fn new_note(book: &Book, me: &Reviewer, on: Target, text: &str) -> Draft {
    let of_others = book.ends_of(&on).map(|note| &note.said).filter(|said| !me.wrote(&said.id, &said.author));
    let to = ids(of_others);
    Draft::new(Act::Note { on, text: owned(text), to })
}

/// Resolves a flag with this note, also one that is resolved already: for another reason.
pub fn resolve(flag: &Flag, note: &str) -> Draft {
    Draft { act: Act::Resolve { flag: flag.said.id.clone(), note: owned(note) }, over: flag.heads.clone() }
}

/// Resolves a flag that is open or disputed, with this note; reopens one that is resolved.
pub fn resolve_or_reopen(flag: &Flag, note: &str) -> Draft {
    match flag.state {
        FlagState::Resolved { .. } => reopen(flag),
        FlagState::Open | FlagState::Disputed { .. } => resolve(flag, note),
    }
}

/// Reopens a flag.
pub fn reopen(flag: &Flag) -> Draft {
    Draft { act: Act::Reopen { flag: flag.said.id.clone() }, over: flag.heads.clone() }
}

/// Asks somebody to deal with a flag, by a day, in place of whoever was asked before.
pub fn ask(flag: &Flag, to: Option<&str>, due: Option<Date>) -> Draft {
    let over = ids(flag.asked.iter().map(|asked| &asked.said));
    Draft { act: Act::Address { flag: flag.said.id.clone(), to: to.map(owned), due }, over }
}

/// Whether this reviewer may resolve the flag.
///
/// # Errors
/// It is their own, and framework or configuration leave that to another.
pub fn can_resolve(review: &Review, flag: &Flag) -> Result<(), Safe> {
    let is_mine = review.me.wrote(&flag.said.id, &flag.said.author);
    if review.rules.by_another && is_mine && !matches!(flag.state, FlagState::Resolved { .. }) {
        let name = flag.said.author.line();
        return Err(safe_line(&format!("{name} has raised this flag: here another resolves it")));
    }
    Ok(())
}

/// Marks cells as reviewed, except those that this reviewer has already reviewed as they are now.
pub fn review(review: &Review, data: &Dataset, me: &Reviewer, cells: &[CellIds]) -> Vec<Draft> {
    let wanted = cells.iter().filter(|cell| mine(review, data, me, **cell).is_empty());
    let draft = |&(country, edition, indicator): &CellIds| {
        let on = Target::of(data, TargetIds::Cell(country, edition, indicator));
        let said = review.book.reviewed(&on).iter().map(|one| &one.said);
        let over = ids(said.filter(|said| me.wrote(&said.id, &said.author)));
        Draft { act: Act::Review { on, seen: fingerprint(data, country, edition, indicator) }, over }
    };
    wanted.map(draft).collect()
}

/// Undoes this reviewer's reviews of these cells; `None` if there are none.
pub fn unreview(review: &Review, data: &Dataset, me: &Reviewer, cells: &[CellIds]) -> Option<Draft> {
    let of: Vec<Id> = cells.iter().flat_map(|cell| mine(review, data, me, *cell)).collect();
    (!of.is_empty()).then(|| Draft::new(Act::Undo { of }))
}

/// Whether this reviewer has reviewed the cell as it is now.
pub fn is_reviewed(review: &Review, data: &Dataset, cell: CellIds) -> bool {
    !mine(review, data, &review.me, cell).is_empty()
}

/// Ids of this reviewer's reviews of a cell as it is now.
fn mine(review: &Review, data: &Dataset, me: &Reviewer, cell: CellIds) -> Vec<Id> {
    let (country, edition, indicator) = cell;
    let on = Target::of(data, TargetIds::Cell(country, edition, indicator));
    let reviewed = review.book.reviewed(&on);
    if reviewed.is_empty() {
        return vec![];
    }
    let now = fingerprint(data, country, edition, indicator);
    let as_now = reviewed.iter().filter(|one| one.seen == now).map(|one| &one.said);
    ids(as_now.filter(|said| me.wrote(&said.id, &said.author)))
}

/// Assigns a gap to an absent or empty cell; `None` takes the assignment back.
///
/// # Errors
/// As [`can_assign`].
pub fn assign(book: &Book, data: &Dataset, cell: CellIds, gap: Option<Gap>) -> Result<Draft, Safe> {
    can_assign(data, cell)?;
    Ok(assigned(book, data, cell, gap))
}

/// As [`assign`], whatever the card says.
pub fn assigned(book: &Book, data: &Dataset, cell: CellIds, gap: Option<Gap>) -> Draft {
    let (country, edition, indicator) = cell;
    let on = Target::of(data, TargetIds::Cell(country, edition, indicator));
    let over = ids(book.assigned(&on).iter().map(|one| &one.said));
    Draft { act: Act::Assign { on, gap, seen: fingerprint(data, country, edition, indicator) }, over }
}

/// Whether a gap can be assigned to the cell: only if the card gives neither value nor reason.
///
/// # Errors
/// The value or the reason that the card gives.
pub fn can_assign(data: &Dataset, (country, edition, indicator): CellIds) -> Result<(), Safe> {
    match data.cell(country, edition, indicator).state {
        Err(Gap::Absent | Gap::Empty) => Ok(()),
        Err(Gap::NoCard) => {
            Err(Safe::fixed("there is no card: only a cell that a card leaves open can be given a reason"))
        }
        Err(gap) => Err(safe_line(&format!("the card gives the reason itself: {}", gap.title()))),
        Ok(_) => {
            let words = data.label(country, edition, indicator).line();
            Err(safe_line(&format!("the card says {words}: only an absent or empty cell is given a reason")))
        }
    }
}

/// Whether this reviewer may say so of the card.
///
/// # Errors
/// There is no card, or they have checked it themselves and framework or configuration leave its approval to another.
pub fn can_sign_off(
    review: &Review,
    data: &Dataset,
    (country, edition): (CountryId, EditionId),
    stage: SignOffStage,
) -> Result<(), Safe> {
    if data.card(country, edition).is_none() {
        return Err(Safe::fixed("there is no card to sign off"));
    }
    let signed = review.card_reviews.signed(country, edition);
    let checked = signed.filter(|signed| signed.stage == SignOffStage::Checked && !signed.has_changed);
    match checked.filter(|_| stage == SignOffStage::Approved && review.rules.by_another) {
        Some(signed) if review.me.wrote(&signed.said.id, &signed.said.author) => {
            let name = signed.said.author.line();
            Err(safe_line(&format!("{name} has checked this card: here another approves it")))
        }
        _ => Ok(()),
    }
}

/// Undoes this writer's latest act, without regard to sessions; `None` if there is none.
pub fn undo(book: &Book, writer: &str) -> Option<Draft> {
    let of = book.undoable(writer);
    (!of.is_empty()).then(|| Draft::new(Act::Undo { of }))
}

/// Brings back what this writer undid last; `None` if there is nothing.
pub fn redo(book: &Book, writer: &str) -> Option<Draft> {
    let of = book.redoable(writer);
    (!of.is_empty()).then(|| Draft::new(Act::Undo { of }))
}

fn ids<'a>(said: impl Iterator<Item = &'a Said>) -> Vec<Id> {
    said.map(|said| said.id.clone()).collect()
}

fn owned(text: &str) -> Raw<'static> {
    Raw::new(text.to_owned())
}
