//! All countries of an edition with their coverage: what the program prints where it cannot draw.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{
    Report,
    cell::CoverageJson,
    compare::k_of_n,
    context::{About, Context},
    json_of,
    table::{Column, Table},
};
use crate::{
    core::{
        country::{Country, CountryKind},
        counts::Counts,
        dataset::{Dataset, EditionId},
        framework::Group,
        groups,
    },
    text::{Raw, counted},
};

/// Every country of one edition.
#[derive(Debug)]
pub struct OverviewReport<'a> {
    data: &'a Dataset,
    group: Group,
    edition: Option<EditionId>,
}

/// The report `overview`: the countries of an edition, and how much each gives.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OverviewJson<'a> {
    #[serde(flatten)]
    about: About,
    rows: Vec<OverviewRow<'a>>,
    /// Of the whole group; null when there are no cards.
    coverage: Option<CoverageJson>,
}

/// A country of the group.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct OverviewRow<'a> {
    country: &'a Raw<'static>,
    name: &'a Raw<'static>,
    /// `country`, `former` or `aggregate`; an aggregate is in no count.
    kind: &'static str,
    /// Whether it has a card in the edition.
    has_card: bool,
    coverage: CoverageJson,
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

    /// The members of the group, each with whether it has a card, and what that gives; of all countries the aggregates
    /// after them, which are in no count.
    fn rows(&self) -> Vec<(&'a Country, bool, Counts)> {
        let Some(edition) = self.edition else { return vec![] };
        let beside = self.data.aggregates().filter(|_| *self.group.id == *groups::EVERYONE);
        let members = groups::members(self.data, &self.group, edition).into_iter().chain(beside);
        let row = |id| {
            let has_card = self.data.card(id, edition).is_some();
            (self.data.country(id), has_card, self.data.counts(id, edition))
        };
        members.map(row).collect()
    }

    fn counts(&self, edition: EditionId) -> Counts {
        self.data.counts_of(&groups::members(self.data, &self.group, edition), edition)
    }
}

impl<'a> Report for OverviewReport<'a> {
    fn name(&self) -> &'static str {
        "overview"
    }

    fn json(&self) -> Value {
        let row = |(country, has_card, counts): (&'a Country, bool, Counts)| OverviewRow {
            country: &country.code,
            name: &country.name,
            kind: country.kind.id(),
            has_card,
            coverage: counts.into(),
        };
        json_of(&OverviewJson {
            about: self.context().about(self.name()),
            rows: self.rows().into_iter().map(row).collect(),
            coverage: self.edition.map(|edition| self.counts(edition).into()),
        })
    }

    fn table(&self) -> Table {
        let editions: Vec<&str> = self.data.edition_ids().map(|id| &*self.data.edition(id).label).collect();
        let rows = self.rows();
        let listed = rows.iter().filter(|(country, ..)| country.kind != CountryKind::Aggregate).count();
        let all = self.data.countries().len() - self.data.aggregates().count();
        let beside = rows.len() - listed;
        let countries = if listed == all { format!("{all}") } else { format!("{listed} of {all}") };
        let mut lines = vec![Raw::new(format!(
            "{countries} countries, {} cards{}, editions: {}",
            self.data.card_count(),
            if listed == all { "" } else { " in all" },
            if editions.is_empty() { "none".to_owned() } else { editions.join(", ") },
        ))];
        if beside > 0 {
            let many = counted(beside, "aggregate", "aggregates");
            lines.push(Raw::new(format!("{many} beside them, in no count")));
        }
        if let Some(edition) = self.edition {
            let counts = self.counts(edition);
            lines.push(Raw::new(format!(
                "{} given, {}",
                k_of_n(counts),
                counted(counts.missing, "gap", "gaps")
            )));
        }
        let title = Raw::new(self.data.framework.title.raw().to_owned());
        Table { title, context: self.context(), lines, ..Table::default() }
            .of_rows(&rows)
            .text(Column::text("country", "Code"), |(country, ..)| country.code.clone())
            .text(Column::text("name", "Country"), |(country, ..)| country.title())
            .text(Column::text("given", "Given").at_right(), |(.., counts)| k_of_n(*counts))
            .number(Column::number("gaps", "Gaps"), |(.., counts)| Some(counts.missing))
            .number(Column::number("not_applicable", "n/a"), |(.., counts)| Some(counts.not_applicable))
            .text(Column::text("state", ""), |(_, has_card, _)| if *has_card { "" } else { "no card" })
            .done()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{read, report::Field};

    const CARDS: &str = r#"{"framework":{"id":"f","title":"F","scales":{"m":{"kind":"levels","levels":["none","full"]}},
      "goals":[{"id":"g","title":"Law","indicators":[{"id":"a","title":"Act","scale":"m"},{"id":"b","title":"Plan","scale":"m"}]}]},
     "cards":[{"country":"IRL","edition":"2012","assessments":{"a":"none","b":{"gap":"not-applicable"}}},
      {"country":"SWE","edition":"2010","assessments":{"a":"full"}}]}"#;

    fn report(texts: &str) -> (Value, Table) {
        let data = read::from_texts("d", &[("x.json", texts)]);
        let report = OverviewReport::new(&data, groups::everyone(&data), data.newest_edition());
        (report.json(), report.table())
    }

    #[test]
    fn a_country_without_a_card_is_listed_with_nothing_given() {
        let (json, table) = report(CARDS);
        let rows = &json["rows"];
        assert_eq!([&rows[0]["country"], &rows[1]["country"]], ["IRL", "SWE"]);
        assert_eq!((&rows[1]["has_card"], &rows[1]["coverage"]["missing"]), (&false.into(), &2.into()));
        let sweden: Vec<&str> = table.rows[1].iter().map(Field::raw).collect();
        assert_eq!(sweden, ["SWE", "Sweden", "0 of 2", "2", "0", "no card"]);
        assert_eq!(table.lines[1].raw(), "1 of 3 (4 in set) given, 2 gaps");
    }

    #[test]
    fn no_cards_are_no_rows_and_no_coverage() {
        let (json, table) = report(r#"{"framework":{"id":"f","title":"F","goals":[]}}"#);
        assert_eq!((&json["rows"], &json["coverage"]), (&serde_json::json!([]), &Value::Null));
        assert_eq!(table.lines.len(), 1);
    }
}
