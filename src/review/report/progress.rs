//! How far the review has come, by country, indicator or reviewer: k of n cells, and what is left to do.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;
use strum::IntoEnumIterator as _;

use crate::{
    core::{
        dataset::{CountryId, Dataset, EditionId},
        framework::{Group, IndicatorId},
        report::{About, Column, Context, Field, Report, Table, closed_list, json_of},
    },
    review::{
        CellReview, Review, ReviewState, SignOffStage,
        fingerprint::fingerprint,
        queue::{Item, QueueKind, QueueState, items},
        sign_off::SignedCard,
        target::TargetIds,
    },
    text::{Raw, counted},
};

/// What a row of the report is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::EnumIter)]
pub enum ProgressBy {
    #[default]
    Country,
    Indicator,
    Author,
}

impl ProgressBy {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Indicator => "indicator",
            Self::Author => "author",
        }
    }
}

/// One country, indicator or reviewer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct ProgressRow {
    /// A code, the id of an indicator, or the name of a reviewer.
    id: Raw<'static>,
    /// In words.
    name: Raw<'static>,
    /// How many cells there are; of a reviewer, those of the cards they were given.
    cells: usize,
    /// How many of these cells as many have reviewed as are asked for, as the cells are now; of a reviewer, how many they
    /// have.
    checked: usize,
    /// How many of these cells somebody has reviewed as they are now.
    reviewed: usize,
    /// How many of these cells have changed since they were reviewed.
    changed: usize,
    /// Flags that nobody has resolved; of a reviewer, those they have raised.
    open_flags: usize,
    conflicts: usize,
    /// Of a reviewer, the notes they have written.
    notes: usize,
    /// Who reviews the card; of a reviewer, the codes of the countries they were given.
    given: Vec<Raw<'static>>,
    /// How far the review of the card has come; empty where nothing was said.
    sign_off: String,
}

/// The report `progress`: how far the review of one edition has come.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProgressJson<'a> {
    #[serde(flatten)]
    about: About,
    /// What a row is about.
    #[schemars(schema_with = "subjects")]
    by: &'static str,
    /// How many people have to review a cell before it counts as checked.
    eyes: u8,
    rows: &'a [ProgressRow],
}

fn subjects(_: &mut SchemaGenerator) -> Schema {
    closed_list(ProgressBy::iter().map(ProgressBy::id))
}

/// The progress over these countries in an edition.
#[derive(Debug)]
pub struct ProgressReport<'a> {
    data: &'a Dataset,
    review: &'a Review,
    group: Group,
    edition: EditionId,
    by: ProgressBy,
    rows: Vec<ProgressRow>,
    all: ProgressRow,
    approved: usize,
    cards: usize,
}

impl<'a> ProgressReport<'a> {
    /// `members` are those of the group in the edition.
    pub fn new(
        data: &'a Dataset,
        review: &'a Review,
        group: Group,
        members: &[CountryId],
        edition: EditionId,
        by: ProgressBy,
    ) -> Self {
        let with_card: Vec<CountryId> =
            members.iter().copied().filter(|country| data.card(*country, edition).is_some()).collect();
        let queue: Vec<Item> =
            items(review, data).into_iter().filter(|item| is_about(item, &with_card, edition)).collect();
        let of = Progress { data, review, edition, members: &with_card, queue: &queue };
        let rows = match by {
            ProgressBy::Country => with_card.iter().map(|country| of.country(*country)).collect(),
            ProgressBy::Indicator => data.framework.indicator_ids().map(|one| of.indicator(one)).collect(),
            ProgressBy::Author => of.authors(),
        };
        let all = of.cells(with_card.iter().flat_map(|country| of.row(*country)));
        let is_approved = |country: &&CountryId| {
            review.card_reviews.signed(**country, edition).is_some_and(SignedCard::is_approved)
        };
        let approved = with_card.iter().filter(is_approved).count();
        Self { data, review, group, edition, by, rows, all, approved, cards: with_card.len() }
    }

    fn context(&self) -> Context {
        Context::of(self.data).in_edition(self.data, self.edition).in_group(
            self.data,
            &self.group,
            Some(self.edition),
        )
    }
}

fn is_about(item: &Item, members: &[CountryId], edition: EditionId) -> bool {
    item.place.is_some_and(|place| {
        place.edition() == edition && place.country().is_none_or(|country| members.contains(&country))
    })
}

/// What the rows are counted from.
struct Progress<'a> {
    data: &'a Dataset,
    review: &'a Review,
    edition: EditionId,
    /// Those with a card.
    members: &'a [CountryId],
    queue: &'a [Item],
}

impl Progress<'_> {
    fn row(&self, country: CountryId) -> impl Iterator<Item = CellReview> {
        self.data.framework.indicator_ids().map(move |one| self.review.cell(country, self.edition, one))
    }

    fn cells(&self, cells: impl Iterator<Item = CellReview>) -> ProgressRow {
        let mut row = ProgressRow::default();
        for cell in cells {
            row.cells += 1;
            row.checked += usize::from(cell.eyes >= self.review.rules.eyes);
            row.reviewed += usize::from(cell.state == ReviewState::Reviewed);
            row.changed += usize::from(cell.state == ReviewState::Changed);
        }
        row
    }

    fn said<'i>(row: ProgressRow, items: impl Iterator<Item = &'i Item>) -> ProgressRow {
        let items: Vec<&Item> = items.collect();
        let count = |is: &dyn Fn(&Item) -> bool| items.iter().filter(|item| is(item)).count();
        ProgressRow {
            open_flags: count(&|item| matches!(item.kind, QueueKind::Flag(_)) && item.state.is_open()),
            conflicts: count(&|item| item.state == QueueState::Conflict),
            notes: count(&|item| item.kind == QueueKind::Note),
            ..row
        }
    }

    fn country(&self, country: CountryId) -> ProgressRow {
        let about = self.data.country(country);
        let its = self.queue.iter().filter(|item| item.place.and_then(TargetIds::country) == Some(country));
        let cards = &self.review.card_reviews;
        ProgressRow {
            id: Raw::new(about.code.raw().to_owned()),
            name: about.name.clone(),
            given: cards.reviewers(country, self.edition).to_vec(),
            sign_off: cards.signed(country, self.edition).map_or_else(String::new, SignedCard::words),
            ..Self::said(self.cells(self.row(country)), its)
        }
    }

    fn indicator(&self, indicator: IndicatorId) -> ProgressRow {
        let about = self.data.framework.indicator(indicator);
        let its =
            self.queue.iter().filter(|item| item.place.and_then(TargetIds::indicator) == Some(indicator));
        let cells = self.members.iter().map(|country| self.review.cell(*country, self.edition, indicator));
        ProgressRow {
            id: Raw::new(about.id.to_string()),
            name: about.title.clone(),
            ..Self::said(self.cells(cells), its)
        }
    }

    /// Everybody who has said something about these cards or was given one, by name.
    fn authors(&self) -> Vec<ProgressRow> {
        let mut reviewed: BTreeMap<Raw<'static>, Vec<(CountryId, IndicatorId)>> = BTreeMap::new();
        for (on, all) in self.review.book.reviews() {
            let Some(TargetIds::Cell(country, edition, indicator)) = on.find(self.data) else { continue };
            if edition != self.edition || !self.members.contains(&country) {
                continue;
            }
            let now = fingerprint(self.data, country, edition, indicator);
            for one in all.iter().filter(|one| one.seen == now) {
                let cells = reviewed.entry(one.said.author.clone()).or_default();
                if !cells.contains(&(country, indicator)) {
                    cells.push((country, indicator));
                }
            }
        }
        for item in self.queue {
            reviewed.entry(item.said.author.clone()).or_default();
        }
        for country in self.members {
            for name in self.review.card_reviews.reviewers(*country, self.edition) {
                reviewed.entry(name.clone()).or_default();
            }
        }
        reviewed.into_iter().map(|(name, cells)| self.author(&name, &cells)).collect()
    }

    fn author(&self, name: &Raw<'static>, reviewed: &[(CountryId, IndicatorId)]) -> ProgressRow {
        let given = self.review.card_reviews.of_reviewer(name, self.edition);
        let given: Vec<CountryId> = given.into_iter().filter(|id| self.members.contains(id)).collect();
        let its = self.queue.iter().filter(|item| item.said.author == *name);
        let codes = given.iter().map(|id| Raw::new(self.data.country(*id).code.raw().to_owned()));
        ProgressRow {
            cells: given.len() * self.data.framework.indicators.len(),
            checked: reviewed.iter().filter(|(country, _)| given.contains(country)).count(),
            reviewed: reviewed.len(),
            given: codes.collect(),
            id: name.clone(),
            name: name.clone(),
            ..Self::said(ProgressRow::default(), its)
        }
    }
}

impl Report for ProgressReport<'_> {
    fn name(&self) -> &'static str {
        "progress"
    }

    fn json(&self) -> Value {
        json_of(&ProgressJson {
            about: self.context().about(self.name()),
            by: self.by.id(),
            eyes: self.review.rules.eyes,
            rows: &self.rows,
        })
    }

    fn table(&self) -> Table {
        let ProgressRow { cells, checked, reviewed, changed, .. } = self.all;
        let eyes = self.review.rules.eyes;
        let said = match eyes {
            1 => format!("{reviewed} of {cells} cells reviewed"),
            _ => format!("{checked} of {cells} cells checked by {eyes}, {reviewed} by one or more"),
        };
        let cards = counted(self.cards, "card", "cards");
        let line = format!(
            "{said}, {changed} changed since; {} of {cards} {}",
            self.approved,
            SignOffStage::Approved.title()
        );
        let is_by_author = self.by == ProgressBy::Author;
        let many = |number: usize| Field::number(number);
        let some = |number: usize| if number == 0 { Field::Empty } else { Field::number(number) };
        let list = |names: &[Raw<'static>]| {
            let names: Vec<&str> = names.iter().map(Raw::raw).collect();
            Field::text(Raw::new(names.join(", ")))
        };
        let name = match self.by {
            ProgressBy::Country => "Country",
            ProgressBy::Indicator => "Indicator",
            ProgressBy::Author => "Reviewer",
        };
        let share = |row: &ProgressRow| match row.cells {
            0 => Field::Empty,
            cells => Field::text(Raw::new(format!("{} of {cells}", row.checked))),
        };
        let (checked, reviewed) =
            if is_by_author { ("Of the cards given", "Reviewed") } else { ("Checked", "By one or more") };
        let reviewed = if eyes == 1 && !is_by_author {
            Column::record("reviewed")
        } else {
            Column::number("reviewed", reviewed)
        };
        let title = Raw::from_static("How far the review has come");
        Table { title, context: self.context(), lines: vec![Raw::new(line)], ..Table::default() }
            .of_rows(&self.rows)
            .text(Column::record("id"), |row| row.id.clone())
            .text(Column::text("name", name), |row| row.name.clone())
            .field(Column::page("share", checked).at_right(), share)
            .field(Column::record("cells"), |row| many(row.cells))
            .field(Column::record("checked"), |row| many(row.checked))
            .field(reviewed, |row| many(row.reviewed))
            .field(Column::number("changed", "Changed since"), |row| some(row.changed))
            .field(Column::number("open_flags", "Open flags"), |row| some(row.open_flags))
            .field(Column::number("conflicts", "Conflicts"), |row| some(row.conflicts))
            .field(Column::number("notes", "Notes"), |row| some(row.notes))
            .field(Column::text("given", if is_by_author { "Given" } else { "Given to" }), |row| {
                list(&row.given)
            })
            .text(Column::text("sign_off", "Sign-off"), |row| row.sign_off.clone())
            .done()
    }
}
