//! A briefing on two subjects: who is ahead on what, where nothing can be compared and why, indicator by indicator.

use serde_json::Value;

use super::{
    BriefingColumnKind, BriefingSection, Document, Paper,
    document::{Block, Rows, number, section, tables_of},
    made_on,
    sections::method,
    short::listed,
};
use crate::{
    core::{
        cell::Gap,
        compare::{Comparison, ComparisonRow, Tallies, TimeSpan, Verdict, VerdictNames, compare},
        counts::Counts,
        dataset::Dataset,
        date::Date,
        report::{CompareReport, Only, Report as _, compare::k_of_n},
        subject::Subject,
    },
    text::{Raw, counted},
};

/// Two subjects side by side.
#[derive(Debug)]
pub struct PairBriefing<'a> {
    data: &'a Dataset,
    comparison: Comparison,
    written: Option<Date>,
}

/// How to read what is compared.
const OF_VERDICTS: [&str; 2] = [
    "A side is ahead where its answer is better on the scale of the indicator. Against a gap nobody is ahead.",
    "A year in brackets behind a value: the values of the two sides are of different years.",
];

impl<'a> PairBriefing<'a> {
    pub fn new(data: &'a Dataset, subjects: [Subject; 2], written: Option<Date>) -> Self {
        Self { data, comparison: compare(data, subjects.into()), written }
    }

    fn report(&self) -> CompareReport<'_> {
        CompareReport::new(self.data, &self.comparison, Only::Everything)
    }

    /// The titles of the indicators that come out so.
    fn titles(&self, comes_out: impl Fn(&Verdict) -> bool) -> Vec<&'a str> {
        let rows = self.comparison.rows.iter().filter(|row| comes_out(&row.verdict));
        rows.map(|row| self.data.framework.indicator(row.indicator).title.raw()).collect()
    }

    fn in_short(&self, [left, right]: [&str; 2], title: &str) -> Vec<Block> {
        let framework = &self.data.framework;
        let Tallies { equal, differ, .. } = self.comparison.tallies;
        let all = self.comparison.rows.len();
        let given = |at: usize| k_of_n(self.report().coverage(at));
        let ahead = |who: &str, titles: &[&str]| match titles {
            [] => format!("{who} on none of {all} indicators."),
            some => format!("{who} on {} of {all} indicators: {}.", some.len(), listed(some)),
        };
        // One in two editions is read as time, not as a race.
        let who = match TimeSpan::of(&self.comparison.subjects) {
            None => [format!("{left} is ahead"), format!("{right} is ahead")],
            Some(TimeSpan { first_is_older }) => {
                let (older, newer) = if first_is_older { (left, right) } else { (right, left) };
                let worsened = format!("From {older} to {newer} it worsened");
                let improved = format!("From {older} to {newer} it improved");
                if first_is_older { [worsened, improved] } else { [improved, worsened] }
            }
        };
        let lefts = self.titles(|verdict| matches!(verdict, Verdict::Left(_)));
        let rights = self.titles(|verdict| matches!(verdict, Verdict::Right(_)));
        let differ = match differ {
            0 => String::new(),
            1 => ", and 1 differs where no answer is better".to_owned(),
            many => format!(", and {many} differ where no answer is better"),
        };
        let lines = [
            format!(
                "{title}: {}, {}; given: {left} {}, {right} {}.",
                counted(framework.goals.len(), "goal", "goals"),
                counted(all, "indicator", "indicators"),
                given(0),
                given(1),
            ),
            ahead(&who[0], &lefts),
            ahead(&who[1], &rights),
            format!("{equal} of {all} {}{differ}.", if equal == 1 { "is equal" } else { "are equal" }),
            self.not_comparable_in_short([left, right]),
        ];
        vec![Block::List(lines.map(Raw::new).to_vec())]
    }

    /// `5 of 22 cannot be compared: UZB gap on 3 (Act, Plan, Training), n/a on 2 (Treaty, Protocol).`
    fn not_comparable_in_short(&self, [left, right]: [&str; 2]) -> String {
        let mut reasons: Vec<(String, Vec<&str>)> = vec![];
        let sides = [left.to_owned(), right.to_owned()];
        let names = VerdictNames::new(self.data, &self.comparison, &sides);
        for row in &self.comparison.rows {
            if row.verdict.reason().is_some() {
                let words = names.words(self.data.framework.scale(row.indicator), row).swap_remove(0);
                let title = self.data.framework.indicator(row.indicator).title.raw();
                match reasons.iter_mut().find(|(known, _)| *known == words) {
                    Some((_, titles)) => titles.push(title),
                    None => reasons.push((words, vec![title])),
                }
            }
        }
        let all = self.comparison.rows.len();
        if reasons.is_empty() {
            return format!("All {all} can be compared.");
        }
        let words = reasons.iter().map(|(words, titles)| {
            format!("{} on {} ({})", words.trim_start_matches("? "), titles.len(), listed(titles))
        });
        let words: Vec<String> = words.collect();
        let many = self.comparison.tallies.not_comparable;
        format!("{many} of {all} cannot be compared: {}.", words.join("; "))
    }

    /// One row a goal, and all last.
    fn by_goal(&self, [left, right]: [&str; 2]) -> Block {
        let row = |title: Raw<'static>, tallies: Tallies, given: [Counts; 2]| {
            let Tallies { left, right, equal, differ, not_comparable } = tallies;
            let mut row = vec![title];
            row.extend([left, right, equal, differ, not_comparable].map(number));
            row.extend(given.map(|counts| Raw::new(k_of_n(counts))));
            row
        };
        let goals = self.comparison.by_goal.iter().zip(&self.comparison.coverage);
        let mut rows: Vec<_> = goals
            .map(|((goal, tallies), given)| {
                row(self.data.framework.goal(*goal).title.clone(), *tallies, [given[0], given[1]])
            })
            .collect();
        let report = self.report();
        let given = [report.coverage(0), report.coverage(1)];
        rows.push(row(Raw::from_static("All goals"), self.comparison.tallies, given));
        let number = |title: String| (Raw::new(title), BriefingColumnKind::Number);
        let headings = vec![
            (Raw::from_static("Goal"), BriefingColumnKind::Words),
            number(format!("{left} ahead")),
            number(format!("{right} ahead")),
            number("Equal".to_owned()),
            number("Differ".to_owned()),
            number("Not comparable".to_owned()),
            number(format!("{left} given")),
            number(format!("{right} given")),
        ];
        Block::Table(Rows { headings, rows })
    }

    fn gaps(&self) -> Vec<Gap> {
        let of_row =
            |row: &ComparisonRow| row.cells.iter().filter_map(|cell| cell.state.err()).collect::<Vec<_>>();
        let mut gaps: Vec<Gap> = self.comparison.rows.iter().flat_map(of_row).collect();
        gaps.sort_unstable();
        gaps.dedup();
        gaps
    }
}

impl Paper for PairBriefing<'_> {
    fn document(&self) -> Document {
        let report = self.report();
        let table = report.table();
        let names = [0, 1].map(|at| report.name_of(at));
        let title = format!("{} and {}", report.subject_title(0), report.subject_title(1));
        // What is given and who is ahead is said in short; what else a page of the comparison says stands here.
        let mut rows: Vec<Block> = table.lines.iter().skip(2).cloned().map(Block::Text).collect();
        rows.extend(tables_of(&table));
        let mut sections: Vec<BriefingSection> = vec![
            section("short", "In short", self.in_short(names, &title)),
            section("goals", "Goals", vec![self.by_goal(names)]),
            section("indicators", "Indicators by goal", rows),
            section("notes", "Notes", vec![Block::List(table.notes)]),
            section("method", "How to read the figures", method(&OF_VERDICTS, &self.gaps(), None)),
        ];
        sections.retain(|section| section.blocks != [Block::List(vec![])]);
        Document {
            title: Raw::new(format!("{} – {title}", self.data.framework.title.raw())),
            context: table.context.without_place(),
            made: made_on(self.written),
            sections,
            sources: table.sources,
        }
    }

    /// That of the report `compare`.
    fn json(&self) -> Value {
        self.report().json()
    }
}
