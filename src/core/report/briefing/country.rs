//! A briefing on one country: in short, its card by goal, what is missing and why, and what changed.

use serde_json::Value;

use super::{
    BriefingColumnKind, BriefingSection, Document, Paper,
    document::{Block, Rows, section, tables_of, text},
    goals::score_words,
    made_on,
    sections::{changes_blocks, method},
    short::{listed, moved_in_short},
};
use crate::{
    core::{
        cell::{Gap, Value as CellValue},
        changes::Changes,
        checked::Checked,
        dataset::{CountryId, Dataset, EditionId},
        date::Date,
        framework::{GoalId, IndicatorId},
        groups,
        report::{
            CardReport, Report as _, compare::k_of_n, context::Context, rank::goal_rules_words, table::Cited,
        },
        score::{Rules, Score, Scoring},
    },
    text::{Raw, counted},
};

/// A country in an edition.
#[derive(Debug)]
pub struct CountryBriefing<'a> {
    data: &'a Dataset,
    country: CountryId,
    edition: EditionId,
    /// Since its card before; nothing when there is none.
    changes: Option<Changes>,
    written: Option<Date>,
    checked: Option<Checked>,
}

/// How to read what changed.
const OF_CHANGES: [&str; 1] = ["Changes compare only cells that are given in both editions."];

impl<'a> CountryBriefing<'a> {
    pub fn new(data: &'a Dataset, country: CountryId, edition: EditionId, written: Option<Date>) -> Self {
        let mut older = data.edition_ids().rev().filter(|older| *older < edition);
        let before = older.find(|older| data.card(country, *older).is_some());
        let changes = before.map(|before| Changes::between(data, &[country], before, edition));
        Self { data, country, edition, changes, written, checked: None }
    }

    /// Tells how far the review of the card has come.
    #[must_use]
    pub fn reviewed(self, checked: Option<Checked>) -> Self {
        Self { checked, ..self }
    }

    fn report(&self) -> CardReport<'a> {
        let report =
            CardReport::new(self.data, vec![(self.country, self.edition)], groups::everyone(self.data));
        report.reviewed(self.checked.clone())
    }

    fn title_of(&self, indicator: IndicatorId) -> &'a str {
        self.data.framework.indicator(indicator).title.raw()
    }

    /// The indicators whose cells are missing, with the reasons.
    fn gaps(&self) -> Vec<(IndicatorId, Gap)> {
        let gap = |id: IndicatorId| Some((id, self.data.cell(self.country, self.edition, id).state.err()?));
        self.data.framework.indicator_ids().filter_map(gap).collect()
    }

    fn in_short(&self, title: &str) -> Vec<Block> {
        let framework = &self.data.framework;
        let card = match self.data.card(self.country, self.edition) {
            Some(_) => "",
            None => "; it has no card in this edition",
        };
        let mut lines = vec![format!(
            "{title}: {}, {}, {} given{card}.",
            counted(framework.goals.len(), "goal", "goals"),
            counted(framework.indicators.len(), "indicator", "indicators"),
            k_of_n(self.data.counts(self.country, self.edition)),
        )];
        lines.extend(self.best_and_worst_goal());
        lines.extend(self.best_and_worst_answers());
        lines.push(self.missing_in_short());
        lines.push(match &self.changes {
            Some(changes) => {
                let before = &self.data.edition(changes.from).label;
                format!("Changes: {}.", moved_in_short(before, &changes.all))
            }
            None => "There is no earlier card to compare with.".to_owned(),
        });
        vec![Block::List(lines.into_iter().map(Raw::new).collect())]
    }

    /// `Best on Services: 100.0 (2 of 2 scored); lowest on Law: 77.8 (9 of 9 scored).`
    fn best_and_worst_goal(&self) -> Option<String> {
        let framework = &self.data.framework;
        let rules = Rules::of(framework);
        let members = groups::members(self.data, &groups::everyone(self.data), self.edition);
        let scoring = Scoring::new(self.data, &members, self.edition, &rules);
        let scored = framework.goal_ids().filter_map(|goal| {
            let score = scoring.goal(self.country, goal);
            Some((goal, score, score.points.ok()?))
        });
        let scored: Vec<(GoalId, Score, f64)> = scored.collect();
        let points = || scored.iter().map(|(.., points)| *points);
        let (best, worst) = (points().reduce(f64::max)?, points().reduce(f64::min)?);
        let with = |wanted: f64| {
            let goals = scored.iter().filter(|(.., points)| points.total_cmp(&wanted).is_eq());
            let words = goals.map(|(goal, score, _)| {
                format!("{} {}", framework.goal(*goal).title.raw(), score_words(*score).raw())
            });
            words.collect::<Vec<_>>().join(", ")
        };
        let of = format!("{} of {} goals have a score", scored.len(), framework.goals.len());
        Some(if best.total_cmp(&worst).is_eq() {
            format!("{of}: {}.", with(best))
        } else {
            format!("{of}, the highest {}, the lowest {}.", with(best), with(worst))
        })
    }

    /// `14 of 16 answers on scales of levels are the best there is, 2 the worst: Act, Plan.`
    fn best_and_worst_answers(&self) -> Option<String> {
        let framework = &self.data.framework;
        let (mut given, mut best, mut worst) = (0_u32, 0_u32, vec![]);
        for id in framework.indicator_ids() {
            let cell = self.data.cell(self.country, self.edition, id);
            if let Ok(CellValue::Level(level)) = cell.state {
                given += 1;
                best += u32::from(usize::from(level) + 1 == framework.scale(id).levels.len());
                if level == 0 {
                    worst.push(self.title_of(id));
                }
            }
        }
        let names = if worst.is_empty() { String::new() } else { format!(": {}", listed(&worst)) };
        let many = worst.len();
        (given > 0).then(|| {
            format!("{best} of {given} given answers on scales of levels are the best of their scale, {many} the worst{names}.")
        })
    }

    /// `3 of 22 are missing: no data on Investigations, Convictions; absent on Training.`
    fn missing_in_short(&self) -> String {
        let counts = self.data.counts(self.country, self.edition);
        if counts.missing == 0 {
            return "Nothing is missing.".to_owned();
        }
        let mut by_reason: Vec<(Gap, Vec<&str>)> = vec![];
        for (id, gap) in self.gaps().into_iter().filter(|(_, gap)| *gap != Gap::NotApplicable) {
            match by_reason.iter_mut().find(|(known, _)| *known == gap) {
                Some((_, titles)) => titles.push(self.title_of(id)),
                None => by_reason.push((gap, vec![self.title_of(id)])),
            }
        }
        let words = by_reason.iter().map(|(gap, titles)| format!("{} on {}", gap.title(), listed(titles)));
        let are = if counts.missing == 1 { "is" } else { "are" };
        let words = words.collect::<Vec<_>>().join("; ");
        format!("{} of {} {are} missing: {words}.", counts.missing, counts.denominator())
    }

    fn missing(&self) -> Vec<Block> {
        let rows = self.gaps().into_iter().map(|(id, gap)| {
            let note = self.data.detail(self.country, self.edition, id).note.unwrap_or_default();
            let goal = self.data.framework.goal(self.data.framework.indicator(id).goal);
            let title = self.data.framework.indicator(id).title.clone();
            vec![goal.title.clone(), title, Raw::from_static(gap.title()), note]
        });
        let mut rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            return vec![text("Nothing is missing, and everything applies.".to_owned())];
        }
        let headings = ["Goal", "Indicator", "Why", "Note"].map(|title| (title, BriefingColumnKind::Words));
        // Without a note there is no column of notes.
        let columns = if rows.iter().all(|row| row[3].is_empty()) { 3 } else { 4 };
        for row in &mut rows {
            row.truncate(columns);
        }
        vec![Block::Table(Rows::under(&headings[..columns], rows))]
    }
}

impl Paper for CountryBriefing<'_> {
    fn document(&self) -> Document {
        let data = self.data;
        let country = data.country(self.country);
        let title =
            format!("{} ({}) {}", country.name.raw(), country.code.raw(), data.edition(self.edition).label);
        let table = self.report().table();
        let mut cited = Cited::default();
        cited.numbers(&table.sources);
        let mut card: Vec<Block> = table.lines.iter().cloned().map(Block::Text).collect();
        card.extend(tables_of(&table));
        let changes = match &self.changes {
            Some(changes) => changes_blocks(data, changes, &mut cited),
            None => vec![text("There is no earlier card to compare with.".to_owned())],
        };
        let mut gaps: Vec<Gap> = self.gaps().into_iter().map(|(_, gap)| gap).collect();
        gaps.sort_unstable();
        gaps.dedup();
        let scores = goal_rules_words(&data.framework, &Rules::of(&data.framework));
        let mut sections: Vec<BriefingSection> = vec![
            section("short", "In short", self.in_short(&title)),
            section("card", "The card by goal", card),
            section("missing", "What is missing or does not apply", self.missing()),
            section("changes", "Changes since the card before", changes),
            section("notes", "Notes and actions", vec![Block::List(table.notes)]),
            section("method", "How to read the figures", method(&OF_CHANGES, &gaps, Some(scores))),
        ];
        sections.retain(|section| section.blocks != [Block::List(vec![])]);
        Document {
            title: Raw::new(format!("{} – {title}", data.framework.title.raw())),
            context: Context::of(data).in_edition(data, self.edition).without_place(),
            made: made_on(self.written),
            sections,
            sources: cited.into_sources(),
        }
    }

    /// That of the report `show`.
    fn json(&self) -> Value {
        self.report().json()
    }
}
