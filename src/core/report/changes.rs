//! What changed between editions on paper: cell by cell with both values, or summed up; never without both N.

use serde_json::{Map, Value, json};
use strum::IntoEnumIterator as _;

use super::{
    Report,
    cell::{CellReport, RECORDS, number_json},
    compare::{coverage_json, k_of_n},
    context::Context,
    missing::By,
    table::{Align, Cited, Column, Field, Table},
};
use crate::{
    core::{
        changes::{ChangeKind, ChangeRow, Changes, Moves},
        dataset::{CountryId, Dataset, EditionId},
        framework::{Group, IndicatorId},
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

const CHANGED: [ChangeKind; 5] = [
    ChangeKind::Improved,
    ChangeKind::Worsened,
    ChangeKind::Differs,
    ChangeKind::Appeared,
    ChangeKind::Disappeared,
];

/// For programs.
impl ChangesReport<'_> {
    fn step_json(&self, step: &Changes) -> Value {
        let data = self.data;
        let rows = self.listed(step).map(|row| {
            let [before, after] = self.entries(step, row);
            json!({
                "country": data.country(row.country).code,
                "goal": data.framework.goal(data.framework.indicator(row.indicator).goal).id,
                "indicator": data.framework.indicator(row.indicator).id,
                "change": row.change.kind().id(),
                "distance": row.change.distance().map(number_json),
                "before": before.json(),
                "after": after.json(),
            })
        });
        let by_country = step
            .by_country
            .iter()
            .map(|(country, moves)| moves_json("country", &json!(data.country(*country).code), moves));
        let by_indicator = step
            .by_indicator
            .iter()
            .map(|(id, moves)| moves_json("indicator", &json!(data.framework.indicator(*id).id), moves));
        let by_goal = step
            .by_goal
            .iter()
            .map(|(id, moves)| moves_json("goal", &json!(data.framework.goal(*id).id), moves));
        json!({
            "from": self.label(step.from),
            "to": self.label(step.to),
            "countries": step.by_country.len(),
            "coverage": { "from": coverage_json(step.before), "to": coverage_json(step.after) },
            "tallies": step.all,
            "comparable": step.all.comparable(),
            "rows": rows.collect::<Vec<Value>>(),
            "by_country": by_country.collect::<Vec<Value>>(),
            "by_indicator": by_indicator.collect::<Vec<Value>>(),
            "by_goal": by_goal.collect::<Vec<Value>>(),
        })
    }
}

fn moves_json(key: &str, id: &Value, moves: &Moves) -> Value {
    let mut map = Map::new();
    map.insert(key.to_owned(), id.clone());
    if let Ok(Value::Object(counts)) = serde_json::to_value(moves) {
        map.extend(counts);
    }
    map.insert("comparable".to_owned(), json!(moves.comparable()));
    Value::Object(map)
}

/// For people.
impl ChangesReport<'_> {
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
        }
        lines
    }

    fn list(&self) -> (Vec<Column>, Vec<Vec<Field>>, Cited) {
        let mut cited = Cited::default();
        let mut rows = vec![];
        for step in &self.steps {
            for row in self.listed(step) {
                rows.push(self.row_fields(step, row, &mut cited));
            }
        }
        let text = |key: &str, title| Column::text(key, Raw::from_static(title));
        // One step names its editions in the headings; several name them row by row.
        let heading = |edition: EditionId| Raw::new(self.label(edition).to_owned());
        let [from, before, to, after] = match &self.steps[..] {
            [step] => [
                Column::record("from"),
                Column::page("before", heading(step.from)),
                Column::record("to"),
                Column::page("after", heading(step.to)),
            ],
            _ => {
                let page = |key: &str, title| Column::page(key, Raw::from_static(title));
                [text("from", "From"), page("before", "Before"), text("to", "To"), page("after", "After")]
            }
        };
        let mut columns = vec![
            text("country", "Code"),
            text("name", "Country"),
            Column::record("goal"),
            Column::record("indicator"),
            text("title", "Indicator"),
            from,
            before,
            to,
            after,
            Column::whole("what", Raw::from_static("Change")),
            Column::record("change"),
            Column::record("distance"),
        ];
        for side in ["before", "after"] {
            columns.extend(RECORDS.map(|key| Column::record(format!("{side}_{key}"))));
        }
        (columns, rows, cited)
    }

    fn row_fields(&self, step: &Changes, row: &ChangeRow, cited: &mut Cited) -> Vec<Field> {
        let data = self.data;
        let indicator = data.framework.indicator(row.indicator);
        let [before, after] = self.entries(step, row);
        let distance = row.change.distance().filter(|by| *by > 0.0);
        let mut what = row.change.kind().title().to_owned();
        if let Some(by) = distance {
            what = format!("{what} by {}", label::number(by, 0));
        }
        let mut fields = vec![
            Field::text(data.country(row.country).code.clone()),
            Field::text(data.country(row.country).name.clone()),
            Field::text(data.framework.goal(indicator.goal).id.to_string()),
            Field::text(indicator.id.to_string()),
            Field::text(indicator.title.clone()),
            Field::text(self.label(step.from).to_owned()),
            before.cited_words(cited),
            Field::text(self.label(step.to).to_owned()),
            after.cited_words(cited),
            Field::text(what),
            Field::text(row.change.kind().id()),
            row.change.distance().map_or(Field::Empty, |by| Field::Number(label::number(by, 0))),
        ];
        fields.extend(before.records().into_iter().chain(after.records()));
        fields
    }

    fn sums(&self, by: By) -> (Vec<Column>, Vec<Vec<Field>>) {
        let data = self.data;
        let mut rows = vec![];
        for step in &self.steps {
            let own: Vec<(String, Raw<'static>, Moves)> = match by {
                By::Country => {
                    let of = |(id, moves): &(_, Moves)| {
                        let country = data.country(*id);
                        (country.code.raw().to_owned(), country.name.clone(), *moves)
                    };
                    step.by_country.iter().map(of).collect()
                }
                By::Indicator => {
                    let of = |(id, moves): &(_, Moves)| {
                        let indicator = data.framework.indicator(*id);
                        (indicator.id.to_string(), indicator.title.clone(), *moves)
                    };
                    step.by_indicator.iter().map(of).collect()
                }
                By::Goal | By::Reason => {
                    let of = |(id, moves): &(_, Moves)| {
                        let goal = data.framework.goal(*id);
                        (goal.id.to_string(), goal.title.clone(), *moves)
                    };
                    step.by_goal.iter().map(of).collect()
                }
            };
            let (from, to) = (self.label(step.from), self.label(step.to));
            rows.extend(own.into_iter().map(|(id, title, moves)| sum_fields(id, title, from, to, &moves)));
        }
        let (key, title) = match by {
            By::Country => ("country", "Country"),
            By::Indicator => ("indicator", "Indicator"),
            By::Goal | By::Reason => ("goal", "Goal"),
        };
        let code =
            if by == By::Country { Column::text(key, Raw::from_static("Code")) } else { Column::record(key) };
        let mut of = Column::whole("of", Raw::from_static("Given in both"));
        of.align = Align::Right;
        let number = |key: &str, title| Column::number(key, Raw::from_static(title));
        let [from, to] = [("from", "From"), ("to", "To")].map(|(key, title)| match &self.steps[..] {
            [_] => Column::record(key),
            _ => Column::text(key, Raw::from_static(title)),
        });
        let columns = vec![
            code,
            Column::text("title", Raw::from_static(title)),
            from,
            to,
            number("improved", "Improved"),
            number("worsened", "Worsened"),
            number("differs", "Differs"),
            number("appeared", "Appeared"),
            number("disappeared", "Gone"),
            number("equal", "Same"),
            number("not_comparable", "Not comparable"),
            of,
            Column::record("comparable"),
            Column::record("cells"),
        ];
        (columns, rows)
    }
}

fn sum_fields(id: String, title: Raw<'static>, from: &str, to: &str, moves: &Moves) -> Vec<Field> {
    let mut fields =
        vec![Field::text(id), Field::text(title), Field::text(from.to_owned()), Field::text(to.to_owned())];
    fields.extend(ChangeKind::iter().map(|kind| Field::number(moves.of(kind))));
    fields.push(Field::text(format!("{} of {}", moves.comparable(), moves.all())));
    fields.extend([moves.comparable(), moves.all()].map(Field::number));
    fields
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
        let mut map = self.context().json(self.name());
        map.insert("only".into(), self.only.iter().map(|kind| kind.id()).collect());
        let countries = self.about.countries.iter().map(|id| &self.data.country(*id).code);
        map.insert("only_countries".into(), json!(countries.collect::<Vec<_>>()));
        let indicators = self.about.indicators.iter().map(|id| &self.data.framework.indicator(*id).id);
        map.insert("only_indicators".into(), json!(indicators.collect::<Vec<_>>()));
        let (from, to) = (self.steps.first().map(|step| step.from), self.steps.last().map(|step| step.to));
        map.insert("from".into(), json!(from.map(|id| self.label(id))));
        map.insert("to".into(), json!(to.map(|id| self.label(id))));
        map.insert("steps".into(), self.steps.iter().map(|step| self.step_json(step)).collect());
        Value::Object(map)
    }

    fn table(&self) -> Table {
        let (columns, rows, cited) = match self.by {
            None => self.list(),
            Some(by) => {
                let (columns, rows) = self.sums(by);
                (columns, rows, Cited::default())
            }
        };
        let editions: Vec<&str> = self.steps.first().map(|step| self.label(step.from)).into_iter().collect();
        let editions: Vec<&str> =
            editions.into_iter().chain(self.steps.iter().map(|step| self.label(step.to))).collect();
        Table {
            title: Raw::new(format!("Changes {}", editions.join(" to "))),
            context: self.context(),
            lines: self.lines(),
            columns,
            rows,
            sources: cited.into_sources(),
            notes: vec![Raw::from_static(
                "Shares are of the cells given in both editions. What appears or disappears is neither better nor worse. Not comparable is what is a gap in both, or does not apply.",
            )],
            ..Table::default()
        }
    }
}
