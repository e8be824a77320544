//! All countries of an edition with their coverage: what the program prints where it cannot draw.

use serde_json::{Value, json};

use super::{
    Report,
    cell::coverage_json,
    compare::{counted, k_of_n},
    context::Context,
    table::{Align, Column, Field, Table},
};
use crate::{
    core::{
        counts::Counts,
        dataset::{CountryId, Dataset, EditionId},
        framework::Group,
        groups,
    },
    text::Raw,
};

/// Every country of one edition.
#[derive(Debug)]
pub struct OverviewReport<'a> {
    data: &'a Dataset,
    group: Group,
    edition: Option<EditionId>,
}

impl<'a> OverviewReport<'a> {
    /// No edition means that there are no cards.
    pub const fn new(data: &'a Dataset, group: Group, edition: Option<EditionId>) -> Self {
        Self { data, group, edition }
    }

    fn context(&self) -> Context {
        let context = Context::of(self.data).in_group(self.data, &self.group, self.edition);
        match self.edition {
            Some(edition) => context.in_edition(self.data, edition),
            None => context,
        }
    }

    fn countries(&self) -> Vec<(CountryId, EditionId)> {
        let Some(edition) = self.edition else { return vec![] };
        let members = groups::members(self.data, &self.group, edition);
        members.into_iter().map(|country| (country, edition)).collect()
    }

    fn counts(&self, edition: EditionId) -> Counts {
        self.data.counts_of(&groups::members(self.data, &self.group, edition), edition)
    }
}

impl Report for OverviewReport<'_> {
    fn name(&self) -> &'static str {
        "overview"
    }

    fn json(&self) -> Value {
        let rows = self.countries().into_iter().map(|(country, edition)| {
            let known = self.data.country(country);
            json!({
                "country": known.code,
                "name": known.name,
                "has_card": self.data.card(country, edition).is_some(),
                "coverage": coverage_json(self.data.counts(country, edition)),
            })
        });
        let mut map = self.context().json(self.name());
        map.insert("rows".into(), rows.collect());
        map.insert("coverage".into(), self.edition.map_or(Value::Null, |e| coverage_json(self.counts(e))));
        Value::Object(map)
    }

    fn table(&self) -> Table {
        let editions: Vec<&str> = self.data.edition_ids().map(|id| &*self.data.edition(id).label).collect();
        let (listed, all) = (self.countries().len(), self.data.countries().len());
        let countries = if listed == all { format!("{all}") } else { format!("{listed} of {all}") };
        let mut lines = vec![Raw::new(format!(
            "{countries} countries, {} cards{}, editions: {}",
            self.data.card_count(),
            if listed == all { "" } else { " in all" },
            if editions.is_empty() { "none".to_owned() } else { editions.join(", ") },
        ))];
        if let Some(edition) = self.edition {
            let counts = self.counts(edition);
            lines.push(Raw::new(format!(
                "{} given, {}",
                k_of_n(counts),
                counted(counts.missing, "gap", "gaps")
            )));
        }
        let rows = self.countries().into_iter().map(|(country, edition)| {
            let known = self.data.country(country);
            let counts = self.data.counts(country, edition);
            let state = if self.data.card(country, edition).is_some() {
                Field::Empty
            } else {
                Field::text("no card")
            };
            vec![
                Field::text(known.code.clone()),
                Field::text(known.name.clone()),
                Field::text(k_of_n(counts)),
                Field::number(counts.missing),
                Field::number(counts.not_applicable),
                state,
            ]
        });
        let mut given = Column::text("given", Raw::from_static("Given"));
        given.align = Align::Right;
        Table {
            title: Raw::new(self.data.framework.title.raw().to_owned()),
            context: self.context(),
            lines,
            columns: vec![
                Column::text("country", Raw::from_static("Code")),
                Column::text("name", Raw::from_static("Country")),
                given,
                Column::number("gaps", Raw::from_static("Gaps")),
                Column::number("not_applicable", Raw::from_static("n/a")),
                Column::text("state", Raw::default()),
            ],
            rows: rows.collect(),
            ..Table::default()
        }
    }
}
