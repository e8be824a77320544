//! What changed between editions on paper: cell by cell with both values, or summed up; never without both N.

mod json;

use serde_json::Value;

pub(super) use self::json::{ChangesJson, StepJson};

use super::{
    Report,
    cell::{CellReport, record_columns},
    compare::k_of_n,
    context::Context,
    json_of,
    missing::By,
    table::{Cited, Column, Field, Table},
};
use crate::{
    core::{
        cautions,
        changes::{Change, ChangeKind, ChangeRow, Changes, Moves},
        compare::Reason,
        country::Country,
        dataset::{CountryId, Dataset, EditionId},
        framework::{GoalId, Group, Indicator, IndicatorId},
        groups, label,
        subject::Subject,
    },
    text::Raw,
};

/// What changed in a group, from edition to edition.
#[derive(Debug)]
pub struct ChangesReport<'a> {
    data: &'a Dataset,
    group: Group,
    /// One for each step, oldest first.
    steps: Vec<Changes>,
    /// The kinds that are listed.
    only: Vec<ChangeKind>,
    by: Option<By>,
    about: ChangesScope,
}

/// What the changes are asked of; nothing named is all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangesScope {
    pub countries: Vec<CountryId>,
    pub indicators: Vec<IndicatorId>,
}

/// A row of the table: a cell in both editions of a step.
struct ChangeTableRow<'a> {
    country: &'a Country,
    indicator: &'a Indicator,
    from: &'a str,
    to: &'a str,
    change: Change,
    /// Before and after, and the same in words that cite their sources.
    entries: [(CellReport<'a>, Field); 2],
}

/// A row of the table of sums.
struct MovesTableRow<'a> {
    id: String,
    title: &'a Raw<'static>,
    from: &'a str,
    to: &'a str,
    moves: Moves,
}

impl<'a> ChangesReport<'a> {
    /// Over these editions, oldest first; the group is that of the newer edition of each step. Without `only`, all that
    /// is a change is listed.
    pub fn new(
        data: &'a Dataset,
        group: Group,
        editions: &[EditionId],
        only: &[ChangeKind],
        by: Option<By>,
    ) -> Self {
        Self::about(data, group, editions, only, by, ChangesScope::default())
    }

    /// The same of some countries of the group, and of some indicators.
    pub fn about(
        data: &'a Dataset,
        group: Group,
        editions: &[EditionId],
        only: &[ChangeKind],
        by: Option<By>,
        about: ChangesScope,
    ) -> Self {
        let indicators = match &about.indicators[..] {
            [] => data.framework.indicator_ids().collect(),
            some => some.to_vec(),
        };
        let between = |pair: &[EditionId]| {
            let mut members = groups::members(data, &group, pair[1]);
            members.retain(|id| about.countries.is_empty() || about.countries.contains(id));
            Changes::of(data, &members, &indicators, pair[0], pair[1])
        };
        let steps = editions.windows(2).map(between).collect();
        let only = if only.is_empty() { CHANGED.to_vec() } else { only.to_vec() };
        Self { data, group, steps, only, by, about }
    }

    pub fn steps(&self) -> &[Changes] {
        &self.steps
    }

    fn context(&self) -> Context {
        let to = self.steps.last().map(|step| step.to);
        let context = Context::of(self.data).in_group(self.data, &self.group, to);
        to.map_or_else(|| context.clone(), |to| context.clone().in_edition(self.data, to))
    }

    fn label(&self, edition: EditionId) -> &'a str {
        &self.data.edition(edition).label
    }

    fn listed<'r>(&'r self, step: &'r Changes) -> impl Iterator<Item = &'r ChangeRow> {
        step.rows.iter().filter(|row| self.only.contains(&row.change.kind()))
    }

    /// Both sides of a row, as the cards say them.
    fn entries(&self, step: &Changes, row: &ChangeRow) -> [CellReport<'a>; 2] {
        let data = self.data;
        [step.from, step.to]
            .map(|edition| CellReport::of(data, &Subject::Country(row.country, edition), row.indicator))
    }
}

/// The columns of sums, in their order.
const KINDS: [(ChangeKind, &str, &str); 7] = [
    (ChangeKind::Improved, "improved", "Improved"),
    (ChangeKind::Worsened, "worsened", "Worsened"),
    (ChangeKind::Differs, "differs", "Differs"),
    (ChangeKind::Appeared, "appeared", "Appeared"),
    (ChangeKind::Disappeared, "disappeared", "Gone"),
    (ChangeKind::Equal, "equal", "Same"),
    (ChangeKind::NotComparable, "not_comparable", "Not comparable"),
];

const CHANGED: [ChangeKind; 5] = [
    ChangeKind::Improved,
    ChangeKind::Worsened,
    ChangeKind::Differs,
    ChangeKind::Appeared,
    ChangeKind::Disappeared,
];

/// For people.
impl<'a> ChangesReport<'a> {
    /// `2010 to 2012: 23 improved, 2 worsened of 310 comparable (456 in set) …`
    fn lines(&self) -> Vec<Raw<'static>> {
        let mut lines = vec![];
        let countries = self.about.countries.iter().map(|id| self.data.country(*id).name.raw());
        let indicators =
            self.about.indicators.iter().map(|id| self.data.framework.indicator(*id).title.raw());
        let only: Vec<&str> = countries.chain(indicators).collect();
        if !only.is_empty() {
            lines.push(Raw::new(format!("Only {}", only.join(", "))));
        }
        for step in &self.steps {
            let (from, to) = (self.label(step.from), self.label(step.to));
            lines.push(Raw::new(format!("{from} to {to}: {}", moves_words(&step.all))));
            lines.push(Raw::new(format!(
                "Given: {} in {from}, {} in {to}",
                k_of_n(step.before),
                k_of_n(step.after)
            )));
            let members: Vec<CountryId> = step.by_country.iter().map(|(id, _)| *id).collect();
            let asked = step.by_indicator.iter().map(|(id, _)| *id);
            let editions = [step.from, step.to];
            lines.extend(cautions::looks_missing(self.data, &members, &editions, asked).map(Raw::new));
            let asked = step.by_indicator.iter().map(|(id, _)| *id);
            lines.extend(cautions::rescaled(self.data, &editions, asked).map(Raw::new));
            lines.extend(self.across_breaks(step).map(|words| Raw::new(format!("{from} to {to}: {words}"))));
        }
        lines
    }

    /// `not comparable across a break in series: Score (3 cells)`
    fn across_breaks(&self, step: &Changes) -> Option<String> {
        let mut broken: Vec<(IndicatorId, usize)> = vec![];
        for row in step.rows.iter().filter(|row| row.change == Change::NotComparable(Reason::Break)) {
            match broken.iter_mut().find(|(id, _)| *id == row.indicator) {
                Some((_, count)) => *count += 1,
                None => broken.push((row.indicator, 1)),
            }
        }
        let words = broken.iter().map(|(id, count)| {
            let title = self.data.framework.indicator(*id).title.raw();
            format!("{title} ({count} {})", if *count == 1 { "cell" } else { "cells" })
        });
        let words: Vec<String> = words.collect();
        (!words.is_empty()).then(|| format!("not comparable across a break in series: {}", words.join(", ")))
    }

    /// The headings of both sides: one step names its editions there, several name them row by row.
    fn sides(&self) -> [Column; 4] {
        let heading = |edition: EditionId| Raw::new(self.label(edition).to_owned());
        match &self.steps[..] {
            [step] => [
                Column::record("from"),
                Column::page("before", heading(step.from)).with_bare("before_value"),
                Column::record("to"),
                Column::page("after", heading(step.to)).with_bare("after_value"),
            ],
            _ => [
                Column::text("from", "From"),
                Column::page("before", "Before").with_bare("before_value"),
                Column::text("to", "To"),
                Column::page("after", "After").with_bare("after_value"),
            ],
        }
    }

    fn list(&self, table: Table) -> Table {
        let data = self.data;
        let mut cited = Cited::default();
        let listed = self.steps.iter().flat_map(|step| self.listed(step).map(move |row| (step, row)));
        let rows: Vec<ChangeTableRow<'_>> = listed
            .map(|(step, row)| ChangeTableRow {
                country: data.country(row.country),
                indicator: data.framework.indicator(row.indicator),
                from: self.label(step.from),
                to: self.label(step.to),
                change: row.change,
                entries: self.entries(step, row).map(|entry| {
                    let words = entry.cited_words(&mut cited, None);
                    (entry, words)
                }),
            })
            .collect();
        let what = |row: &ChangeTableRow<'_>| {
            let what = row.change.kind().title();
            match row.change.distance().filter(|by| *by > 0.0) {
                Some(by) => format!("{what} by {}", label::number(by, 0)),
                None => what.to_owned(),
            }
        };
        let distance = |row: &ChangeTableRow<'_>| row.change.distance().map(|by| label::number(by, 0));
        let records = |side: &str| record_columns(|key| format!("{side}_{key}"));
        let [from, before, to, after] = self.sides();
        Table { sources: cited.into_sources(), ..table }
            .of_rows(&rows)
            .text(Column::text("country", "Code"), |row| row.country.code.clone())
            .text(Column::text("name", "Country"), |row| row.country.name.clone())
            .text(Column::record("goal"), |row| data.framework.goal(row.indicator.goal).id.to_string())
            .text(Column::record("indicator"), |row| row.indicator.id.to_string())
            .text(Column::text("title", "Indicator"), |row| row.indicator.title.clone())
            .text(from, |row| row.from.to_owned())
            .field(before, |row| row.entries[0].1.clone())
            .text(to, |row| row.to.to_owned())
            .field(after, |row| row.entries[1].1.clone())
            .text(Column::whole("what", "Change"), what)
            .text(Column::record("change"), |row| row.change.kind().id())
            .number(Column::record("distance"), distance)
            .fields(records("before"), |row| row.entries[0].0.records())
            .fields(records("after"), |row| row.entries[1].0.records())
            .done()
    }

    fn sums(&self, by: By, table: Table) -> Table {
        let (data, framework) = (self.data, &self.data.framework);
        let of_step = |step: &Changes| -> Vec<MovesTableRow<'a>> {
            let (from, to) = (self.label(step.from), self.label(step.to));
            let row = |id: &str, title, moves: &Moves| MovesTableRow {
                id: id.to_owned(),
                title,
                from,
                to,
                moves: *moves,
            };
            let country = |(id, moves): &(CountryId, Moves)| {
                let country = data.country(*id);
                row(country.code.raw(), &country.name, moves)
            };
            let indicator = |(id, moves): &(IndicatorId, Moves)| {
                let indicator = framework.indicator(*id);
                row(&indicator.id, &indicator.title, moves)
            };
            let goal = |(id, moves): &(GoalId, Moves)| {
                let goal = framework.goal(*id);
                row(&goal.id, &goal.title, moves)
            };
            match by {
                By::Country => step.by_country.iter().map(country).collect(),
                By::Indicator => step.by_indicator.iter().map(indicator).collect(),
                By::Goal | By::Reason => step.by_goal.iter().map(goal).collect(),
            }
        };
        let (id, title) = match by {
            By::Country => (Column::text("country", "Code"), "Country"),
            By::Indicator => (Column::record("indicator"), "Indicator"),
            By::Goal | By::Reason => (Column::record("goal"), "Goal"),
        };
        let rows: Vec<MovesTableRow<'_>> = self.steps.iter().flat_map(of_step).collect();
        let [from, _, to, _] = self.sides();
        let mut table = table
            .of_rows(&rows)
            .text(id, |row| row.id.clone())
            .text(Column::text("title", title), |row| row.title.clone())
            .text(from, |row| row.from.to_owned())
            .text(to, |row| row.to.to_owned());
        for (kind, key, title) in KINDS {
            table = table.number(Column::number(key, title), |row| Some(row.moves.of(kind)));
        }
        table
            .text(Column::whole("of", "Given in both").at_right(), |row| {
                format!("{} of {}", row.moves.comparable(), row.moves.all())
            })
            .number(Column::record("comparable"), |row| Some(row.moves.comparable()))
            .number(Column::record("cells"), |row| Some(row.moves.all()))
            .done()
    }
}

/// `23 improved (7.4 %), 2 worsened (0.6 %), 285 the same of 310 given in both (456 in set); 12 appeared, 3 disappeared,
/// 131 not comparable`: the parts are the set.
pub fn moves_words(moves: &Moves) -> String {
    let of = moves.comparable();
    let share = |kind: ChangeKind| {
        let count = moves.of(kind);
        let percent = if of == 0 || count == 0 {
            String::new()
        } else {
            format!(" ({} %)", label::tenths(f64::from(count) * 100.0 / f64::from(of)))
        };
        format!("{count} {}{percent}", kind.title())
    };
    let differs = if moves.differs > 0 { format!(", {}", share(ChangeKind::Differs)) } else { String::new() };
    format!(
        "{}, {}{differs}, {} of {of} given in both ({} in set); {} appeared, {} disappeared, {} not comparable",
        share(ChangeKind::Improved),
        share(ChangeKind::Worsened),
        share(ChangeKind::Equal),
        moves.all(),
        moves.appeared,
        moves.disappeared,
        moves.not_comparable
    )
}

impl Report for ChangesReport<'_> {
    fn name(&self) -> &'static str {
        "changes"
    }

    fn json(&self) -> Value {
        json_of(&self.document())
    }

    fn table(&self) -> Table {
        let first = self.steps.first().map(|step| step.from);
        let editions = first.into_iter().chain(self.steps.iter().map(|step| step.to));
        let editions: Vec<&str> = editions.map(|edition| self.label(edition)).collect();
        let table = Table {
            title: Raw::new(format!("Changes {}", editions.join(" to "))),
            context: self.context(),
            lines: self.lines(),
            notes: vec![Raw::from_static(
                "Shares are of the cells given in both editions and comparable. What appears or disappears is neither better nor worse. Not comparable is what is a gap in both, does not apply, or stands on two sides of a break.",
            )],
            ..Table::default()
        };
        match self.by {
            None => self.list(table),
            Some(by) => self.sums(by, table),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::read;

    const CARDS: &str = r#"{"framework":{"id":"f","title":"F","scales":{"m":{"kind":"levels","levels":["none","some","full"]}},
      "goals":[{"id":"g","title":"Law","indicators":[{"id":"a","title":"Act","scale":"m"},{"id":"b","title":"Plan","scale":"m"}]}]},
     "cards":[{"country":"IRL","edition":"2010","assessments":{"a":"none","b":"some"}},
      {"country":"IRL","edition":"2012","assessments":{"a":"full","b":{"gap":"no-data"}}},
      {"country":"SWE","edition":"2010","assessments":{"a":"full","b":{"gap":"not-applicable"}}},
      {"country":"SWE","edition":"2012","assessments":{"a":"full","b":{"gap":"not-applicable"}}}]}"#;

    fn report(by: Option<By>) -> (Value, Table) {
        let data = read::from_texts("d", &[("x.json", CARDS)]);
        let editions: Vec<EditionId> = data.edition_ids().collect();
        let report = ChangesReport::new(&data, groups::everyone(&data), &editions, &[], by);
        (report.json(), report.table())
    }

    #[test]
    fn what_has_become_a_gap_has_not_become_worse() {
        let (json, _) = report(None);
        let step = &json["steps"][0];
        let changes: Vec<&Value> =
            step["rows"].as_array().unwrap().iter().map(|row| &row["change"]).collect();
        assert_eq!(changes, ["improved", "disappeared"]);
        assert_eq!((&step["rows"][0]["distance"], &step["rows"][1]["distance"]), (&2.into(), &Value::Null));
        assert_eq!(step["rows"][1]["after"]["gap"], "no-data");
        assert_eq!((&step["tallies"]["worsened"], &step["comparable"]), (&0.into(), &2.into()));
    }

    #[test]
    fn sums_say_of_how_many_cells_given_in_both_they_are() {
        let (json, table) = report(Some(By::Country));
        let ireland = &json["steps"][0]["by_country"][0];
        assert_eq!(
            (&ireland["country"], &ireland["improved"], &ireland["comparable"]),
            (&"IRL".into(), &1.into(), &1.into())
        );
        let keys: Vec<&str> = table.columns.iter().map(|column| &*column.key).collect();
        assert_eq!(keys[..5], ["country", "title", "from", "to", "improved"]);
        assert_eq!((keys[11], table.rows[0][11].raw()), ("of", "1 of 2"));
    }

    #[test]
    fn both_editions_stand_side_by_side_under_their_labels() {
        let (_, table) = report(None);
        let at = |key: &str| table.columns.iter().position(|column| column.key == key).unwrap();
        let (before, after) = (at("before"), at("after"));
        assert_eq!([before, after].map(|at| table.columns[at].title.raw()), ["2010", "2012"]);
        assert_eq!(
            [before, after, at("what")].map(|at| table.rows[0][at].raw()),
            ["none (unsourced)", "full (unsourced)", "improved by 2"]
        );
    }
}
