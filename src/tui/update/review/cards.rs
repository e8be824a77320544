//! The sign-off of a card, and who reviews it.

use super::super::asking::known;
use crate::{
    review::{Act, Draft, SignOffStage, Target, TargetIds, drafts, sign_off},
    text::{Safe, safe_line},
    tui::{
        overlays::choices::{self, Choice},
        pane_context::{Selection, Spot},
        places::Overlay,
        widgets::{cell_text::count, review_text},
        workspace::Workspace,
    },
};

/// The choices about the card of a spot.
pub(super) fn choices(workspace: &Workspace, spot: Spot) -> Result<choices::State, Safe> {
    let Selection { country, edition, .. } = spot.cell;
    let card = (country, edition);
    if workspace.data.card(country, edition).is_none() {
        return Err(Safe::fixed("there is no card to sign off"));
    }
    let review = &workspace.review;
    let signed = review.card_reviews.signed(country, edition);
    let now = signed.map_or(SignOffStage::Open, |signed| signed.stage);
    let mut all = vec![];
    for (stage, does) in [
        (SignOffStage::Checked, "you have gone through it"),
        (SignOffStage::Approved, "it can be published"),
        (SignOffStage::SentBack, "there is more to do; a line asks why"),
        (SignOffStage::Open, "take the sign-off back"),
    ] {
        if stage == SignOffStage::Open && signed.is_none() {
            continue;
        }
        let may = drafts::can_sign_off(review, &workspace.data, card, stage);
        let by = signed.filter(|signed| signed.stage == stage);
        let by =
            by.map_or_else(String::new, |signed| format!("   said by {}", review_text::by(&signed.said)));
        let draft = sign_off::sign_off(&review.book, &workspace.data, card, stage, "");
        all.push(Choice {
            title: safe_line(&format!("{}: {does}{by}", stage.title())),
            meaning: may.as_ref().err().cloned().unwrap_or_else(|| so_far(workspace, spot)),
            drafts: if may.is_ok() { vec![draft] } else { vec![] },
            asks: stage == SignOffStage::SentBack,
        });
    }
    let give = |to: Option<&str>| sign_off::give(&review.book, &workspace.data, card, to);
    let given = review.card_reviews.reviewers(country, edition);
    let meaning = || match given {
        [] => Safe::fixed("nobody was given this card yet"),
        names => {
            let names: Vec<String> = names.iter().map(|name| name.line().into_string()).collect();
            safe_line(&format!("now given to {}", names.join(", ")))
        }
    };
    let me = &review.me.author;
    let others = known(workspace).into_iter().filter(|name| name.raw() != me.raw());
    for name in std::iter::once(me.clone()).chain(others).filter(|name| !given.contains(name)).take(8) {
        let own = if name.raw() == me.raw() { " (you)" } else { "" };
        let title = safe_line(&format!("give it to {}{own}", name.line()));
        all.push(Choice { title, meaning: meaning(), drafts: vec![give(Some(name.raw()))], asks: false });
    }
    let title = Safe::fixed("give it to somebody else…");
    all.push(Choice { title, meaning: meaning(), drafts: vec![give(None)], asks: true });
    if !given.is_empty() {
        let names: Vec<String> = given.iter().map(|name| name.line().into_string()).collect();
        let title = safe_line(&format!("take it back from {}", names.join(", ")));
        all.push(Choice { title, meaning: meaning(), drafts: vec![give(None)], asks: false });
    }
    let at = all.iter().position(|choice| is_next(now, &choice.drafts)).unwrap_or(0);
    let name = review_text::name(
        &workspace.data,
        &Target::of(&workspace.data, TargetIds::Country(country, edition)),
    );
    Ok(choices::State::new(Overlay::SignOff, name, all, at))
}

/// Whether a choice is the usual next one after this stage.
fn is_next(now: SignOffStage, drafts: &[Draft]) -> bool {
    let next = match now {
        SignOffStage::Open | SignOffStage::SentBack => SignOffStage::Checked,
        SignOffStage::Checked | SignOffStage::Approved => SignOffStage::Approved,
    };
    matches!(drafts, [Draft { act: Act::SignOff { stage, .. }, .. }] if *stage == next)
}

/// `18 of 22 cells checked by 2, 1 flag open; now: checked, changed since`.
fn so_far(workspace: &Workspace, spot: Spot) -> Safe {
    let Selection { country, edition, .. } = spot.cell;
    let review = &workspace.review;
    let words = review.checked_words(&workspace.data, country, edition);
    let flags = usize::from(review.flags_of_card(country, edition));
    let signed = review.card_reviews.signed(country, edition);
    let now = signed.map_or_else(String::new, |signed| format!("; now {}", signed.words()));
    safe_line(&format!("{words}, {}{now}", count(flags, "flag open", "flags open")))
}
