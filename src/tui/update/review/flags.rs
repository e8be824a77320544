//! Resolving flags, and asking somebody to deal with them: which flag is meant.

use crate::{
    review::{Draft, Flag, book::FlagState, drafts, target::Target},
    text::{Safe, safe_line},
    tui::{
        overlays::choices::{self, Choice},
        pane_context::{Extent, Spot},
        places::Overlay,
        widgets::review_text,
        workspace::Workspace,
    },
};

/// What is done with a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    Resolve,
    Ask,
}

/// The flag that is meant, or the choice among several.
pub(super) enum Meant {
    Only(Draft),
    OneOf(choices::State),
}

impl Doing {
    const fn overlay(self) -> Overlay {
        match self {
            Self::Resolve => Overlay::Resolve,
            Self::Ask => Overlay::Ask,
        }
    }

    pub(super) fn draft(self, flag: &Flag) -> Draft {
        match self {
            Self::Resolve => drafts::resolve_or_reopen(flag, ""),
            Self::Ask => drafts::ask(flag, None, None),
        }
    }
}

/// The flags on a cell, its card or its indicator: those that are open, else the resolved ones.
pub(super) fn meant(workspace: &Workspace, spot: Spot, doing: Doing) -> Result<Meant, Safe> {
    let book = &workspace.review.book;
    let targets = [Extent::Cell, Extent::Card, Extent::Indicator]
        .map(|extent| Target::of(&workspace.data, spot.over(extent).place()));
    let all: Vec<&Flag> = targets.iter().flat_map(|on| book.flags_on(on)).collect();
    let is_resolved = |flag: &&Flag| matches!(flag.state, FlagState::Resolved { .. });
    let open: Vec<&Flag> = all.iter().copied().filter(|flag| !is_resolved(flag)).collect();
    let few = if open.is_empty() && doing == Doing::Resolve { all } else { open };
    match &few[..] {
        [] => Err(Safe::fixed("no flag stands here: {flag} flags it")),
        [one] => Ok(Meant::Only(doing.draft(one))),
        several => {
            let choice = |flag: &&Flag| {
                let words = format!(
                    "{}  {}  {}",
                    flag.kind.title(),
                    review_text::by(&flag.said),
                    review_text::one_line(&flag.note)
                );
                Choice {
                    title: safe_line(&words),
                    meaning: review_text::name(&workspace.data, &flag.on),
                    drafts: vec![doing.draft(flag)],
                    asks: !is_resolved(flag),
                }
            };
            let name = review_text::name(&workspace.data, &targets[0]);
            let all = several.iter().map(choice).collect();
            Ok(Meant::OneOf(choices::State::new(doing.overlay(), name, all, 0)))
        }
    }
}
