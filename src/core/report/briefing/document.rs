//! A briefing in words: sections of blocks, for every format that writes one.

use serde_json::Value;

use crate::{
    core::{
        framework::Source,
        report::{
            context::Context,
            table::{Align, Column, Field, Shown, Table},
        },
    },
    text::Raw,
};

/// A document of its own, for formats that can hold one.
pub trait Paper {
    fn document(&self) -> Document;

    /// The same for programs.
    fn json(&self) -> Value;
}

/// A briefing in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    pub title: Raw<'static>,
    pub context: Context,
    /// When, and with what it was made.
    pub made: String,
    pub sections: Vec<BriefingSection>,
    /// Numbered from 1, as the words cite them.
    pub sources: Vec<Source>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BriefingSection {
    /// For anchors: letters and hyphens.
    pub id: &'static str,
    pub title: Raw<'static>,
    pub blocks: Vec<Block>,
}

/// What a section is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading within the section.
    Heading(Raw<'static>),
    Text(Raw<'static>),
    /// A finding: its sentence, and the parts of its bar.
    Finding {
        sentence: Raw<'static>,
        k: u32,
        assessed: u32,
        set: u32,
    },
    /// What the parts of a bar mean.
    Legend,
    List(Vec<Raw<'static>>),
    /// The sources of what stands above, by their numbers.
    Sources(Vec<usize>),
    Table(Rows),
    Chart(Chart),
}

/// The answers to the indicators of a goal, a bar each.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub title: Raw<'static>,
    pub bars: Vec<ChartBar>,
}

/// A bar of all to whom the indicator applies.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartBar {
    pub title: Raw<'static>,
    /// `26 of 28 given`
    pub given: Raw<'static>,
    /// Best first, the gaps last; none of them is empty.
    pub parts: Vec<ChartPart>,
    /// How many are in no part.
    pub not_applicable: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ChartPart {
    pub label: Raw<'static>,
    pub count: u32,
    pub holds: ChartPartKind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChartPartKind {
    /// A level by its position: 0 the worst, 1 the best.
    Level(f64),
    /// Given, on a scale without levels.
    Given,
    Gap,
}

impl ChartBar {
    /// `26 of 28 given: 20 bound, 6 signed only, 2 gaps`
    pub fn words(&self) -> Raw<'static> {
        let parts = self.parts.iter().filter(|part| part.holds != ChartPartKind::Given);
        let mut parts: Vec<String> =
            parts.map(|part| format!("{} {}", part.count, part.label.raw())).collect();
        if self.not_applicable > 0 {
            parts.push(format!("{} not applicable", self.not_applicable));
        }
        let between = if parts.is_empty() { "" } else { ": " };
        Raw::new(format!("{}{between}{}", self.given.raw(), parts.join(", ")))
    }
}

/// What a column of a small table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BriefingColumnKind {
    Words,
    Number,
    /// Numbers of sources: `1, 3–5`.
    Sources,
}

/// A small table: headings with what their columns hold, and as many words a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    pub headings: Vec<(Raw<'static>, BriefingColumnKind)>,
    pub rows: Vec<Vec<Raw<'static>>>,
}

impl Rows {
    /// With headings that are always the same.
    pub(super) fn under(
        headings: &[(&'static str, BriefingColumnKind)],
        rows: Vec<Vec<Raw<'static>>>,
    ) -> Self {
        let headings = headings.iter().map(|(title, holds)| (Raw::from_static(title), *holds));
        Self { headings: headings.collect(), rows }
    }
}

pub(super) fn section(id: &'static str, title: &'static str, blocks: Vec<Block>) -> BriefingSection {
    BriefingSection { id, title: Raw::from_static(title), blocks }
}

pub(super) fn text(words: String) -> Block {
    Block::Text(Raw::new(words))
}

pub(super) fn number(count: u32) -> Raw<'static> {
    Raw::new(count.to_string())
}

/// The sentence with its first letter as a capital.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

/// The table of a card or a comparison in parts, one under each of its headings.
pub(super) fn tables_of(table: &Table) -> Vec<Block> {
    let columns = table.page_columns();
    let holds = |column: &Column| match column.align {
        _ if column.key == "cited" => BriefingColumnKind::Sources,
        Align::Left => BriefingColumnKind::Words,
        Align::Right => BriefingColumnKind::Number,
    };
    let headings: Vec<_> = columns.iter().map(|at| &table.columns[*at]).collect();
    let headings: Vec<_> = headings.iter().map(|column| (column.title.clone(), holds(column))).collect();
    let heading = table.columns.iter().position(|column| column.shown == Shown::AsHeading);
    let over = |row: &[Field]| heading.map_or("", |at| row[at].raw()).to_owned();
    let parts = table.rows.chunk_by(|one, other| over(one) == over(other));
    let blocks = parts.flat_map(|rows| {
        let words = |row: &Vec<Field>| columns.iter().map(|at| Raw::new(row[*at].raw().to_owned())).collect();
        let rows_shown = rows.iter().map(words).collect();
        [
            // The heading ends with how much that is.
            Block::Heading(Raw::new(format!("{} given", over(&rows[0])))),
            Block::Table(Rows { headings: headings.clone(), rows: rows_shown }),
        ]
    });
    blocks.collect()
}
