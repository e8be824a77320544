//! How far the review of each card has come: its sign-off, as of the card's content now, and who reviews it.

use std::collections::{BTreeSet, HashMap};

use super::{
    book::{Book, Said, SignOff},
    fingerprint::card_fingerprint,
    record::{Act, Draft, SignOffStage},
    target::{Target, TargetIds},
};
use crate::{
    core::{
        dataset::{CountryId, Dataset, EditionId},
        framework::{Group, GroupMember},
    },
    text::Raw,
};

/// The sign-off of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCard {
    pub stage: SignOffStage,
    pub said: Said,
    pub note: Raw<'static>,
    /// Whether the card has changed since.
    pub has_changed: bool,
    /// What others say who did not know of it, if it is not the same.
    pub against: Vec<SignOff>,
}

impl SignedCard {
    /// `approved`, `checked, changed since`, `sent back / approved`.
    pub fn words(&self) -> String {
        let others = self.against.iter().map(|other| other.stage.title());
        let stages: Vec<&str> = std::iter::once(self.stage.title()).chain(others).collect();
        format!("{}{}", stages.join(" / "), if self.has_changed { ", changed since" } else { "" })
    }

    /// Whether the card stands approved as it is now, and nobody says otherwise.
    pub fn is_approved(&self) -> bool {
        self.stage == SignOffStage::Approved && !self.has_changed && self.against.is_empty()
    }
}

/// The sign-offs of all cards, and who reviews which.
#[derive(Clone, Debug, Default)]
pub struct CardReviews {
    signed: HashMap<(CountryId, EditionId), SignedCard>,
    /// Names, in the order in which they were given the card, each once.
    given: HashMap<(CountryId, EditionId), Vec<Raw<'static>>>,
}

impl CardReviews {
    pub(super) fn of(book: &Book, data: &Dataset) -> Self {
        let mut cards = Self::default();
        let card = |on: &Target| match on.find(data) {
            Some(TargetIds::Country(country, edition)) => Some((country, edition)),
            _ => None,
        };
        for (on, all) in book.sign_offs() {
            if let (Some((country, edition)), Some(signed)) = (card(on), signed(data, on, all)) {
                cards.signed.insert((country, edition), signed);
            }
        }
        for (on, all) in book.gifts() {
            let Some(place) = card(on) else { continue };
            let mut names: Vec<Raw<'static>> = vec![];
            for name in all.iter().filter_map(|one| one.to.clone()) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            if !names.is_empty() {
                cards.given.insert(place, names);
            }
        }
        cards
    }

    /// `None` while nobody has said anything of the card as a whole, or has opened it again.
    pub fn signed(&self, country: CountryId, edition: EditionId) -> Option<&SignedCard> {
        self.signed.get(&(country, edition))
    }

    pub fn all(&self) -> impl Iterator<Item = ((CountryId, EditionId), &SignedCard)> {
        self.signed.iter().map(|(place, signed)| (*place, signed))
    }

    /// The cards of which two say something else.
    pub fn in_conflict(&self) -> impl Iterator<Item = (CountryId, EditionId)> + '_ {
        self.signed.iter().filter(|(_, signed)| !signed.against.is_empty()).map(|(place, _)| *place)
    }

    /// Whether any card of an edition was signed off.
    pub fn has_signed(&self, edition: EditionId) -> bool {
        self.signed.keys().any(|(_, at)| *at == edition)
    }

    /// The names of those who review the card; empty if it was given to nobody.
    pub fn reviewers(&self, country: CountryId, edition: EditionId) -> &[Raw<'static>] {
        self.given.get(&(country, edition)).map_or(&[], Vec::as_slice)
    }

    /// For everybody who was given cards of an edition, by name, the group of their countries.
    pub fn groups(&self, data: &Dataset, edition: EditionId) -> Vec<(Raw<'static>, Group)> {
        let of_edition = self.given.iter().filter(|((_, at), _)| *at == edition);
        let names: BTreeSet<&Raw<'static>> = of_edition.flat_map(|(_, names)| names).collect();
        let group = |name: &&Raw<'static>| {
            let codes = self.of_reviewer(name, edition).into_iter().map(|id| data.country(id).code.raw());
            Group {
                id: format!("given:{}", name.raw()).into(),
                title: Raw::new(format!("given to {}", name.raw())),
                members: codes.map(GroupMember::always).collect(),
                not_understood: vec![],
                given_also_in: None,
            }
        };
        names.iter().map(|name| ((*name).clone(), group(name))).collect()
    }

    /// The countries of an edition that this reviewer was given, in the order of the data.
    pub fn of_reviewer(&self, name: &Raw<'_>, edition: EditionId) -> Vec<CountryId> {
        let is_theirs = |names: &[Raw<'static>]| names.iter().any(|known| known.raw() == name.raw());
        let theirs = self.given.iter().filter(|((_, at), names)| *at == edition && is_theirs(names));
        let mut countries: Vec<CountryId> = theirs.map(|((country, _), _)| *country).collect();
        countries.sort_unstable();
        countries
    }
}

fn signed(data: &Dataset, on: &Target, all: &[SignOff]) -> Option<SignedCard> {
    let TargetIds::Country(country, edition) = on.find(data)? else { return None };
    let latest = all.last()?;
    let against: Vec<SignOff> = all.iter().filter(|other| other.stage != latest.stage).cloned().collect();
    if latest.stage == SignOffStage::Open && against.is_empty() {
        return None;
    }
    Some(SignedCard {
        stage: latest.stage,
        said: latest.said.clone(),
        note: latest.note.clone(),
        has_changed: latest.stage != SignOffStage::Open
            && latest.seen != card_fingerprint(data, country, edition),
        against,
    })
}

/// Says how far the review of a card has come, in place of what was said before.
pub fn sign_off(
    book: &Book,
    data: &Dataset,
    (country, edition): (CountryId, EditionId),
    stage: SignOffStage,
    note: &str,
) -> Draft {
    let on = Target::of(data, TargetIds::Country(country, edition));
    let over = book.signed(&on).iter().map(|one| one.said.id.clone()).collect();
    let seen = card_fingerprint(data, country, edition);
    Draft { act: Act::SignOff { on, stage, note: Raw::new(note.to_owned()), seen }, over }
}

/// Gives a card to somebody in place of whom it was given to before; `None` takes it back.
pub fn give(
    book: &Book,
    data: &Dataset,
    (country, edition): (CountryId, EditionId),
    to: Option<&str>,
) -> Draft {
    let on = Target::of(data, TargetIds::Country(country, edition));
    let over = book.given(&on).iter().map(|one| one.said.id.clone()).collect();
    Draft { act: Act::Give { on, to: to.map(|to| Raw::new(to.to_owned())) }, over }
}
