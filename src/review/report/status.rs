//! Where a journal stands: how much of one's own is not committed yet, and what others have said since one last looked.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::words;
use crate::{
    core::{
        dataset::Dataset,
        report::{About, Column, Context, Report, Table, json_of},
    },
    text::{Raw, counted},
};

/// The records of one author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(inline)]
pub struct AuthorLine {
    pub author: Raw<'static>,
    /// Whether they are those of whoever asks.
    pub is_mine: bool,
    pub records: usize,
    /// Of another author: how many were written or arrived since one last looked.
    pub new: usize,
    /// The time of the last, as the writer's clock had it.
    pub last: Box<str>,
}

/// The state of the journal of a data set.
#[derive(Debug)]
pub struct StatusReport<'a> {
    pub data: &'a Dataset,
    /// The folder, as the user named it.
    pub place: Raw<'static>,
    pub me: Raw<'static>,
    /// How many of one's own records are in no commit; `None` where the folder is in no git repository.
    pub not_committed: Option<usize>,
    pub authors: Vec<AuthorLine>,
    /// What is new, in words: `Since you last looked: 2 flags, 1 answer by Ben`; empty if nothing is.
    pub news: String,
}

/// The report `status`: where a journal stands.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StatusJson<'a> {
    #[serde(flatten)]
    about: About,
    folder: &'a Raw<'static>,
    /// Who asks.
    author: &'a Raw<'static>,
    /// How many of their own records are in no commit; null where the folder is in no git repository.
    not_committed: Option<usize>,
    /// How many records of others were not looked at.
    new: usize,
    authors: &'a [AuthorLine],
}

impl StatusReport<'_> {
    fn new_records(&self) -> usize {
        self.authors.iter().map(|line| line.new).sum()
    }
}

impl Report for StatusReport<'_> {
    fn name(&self) -> &'static str {
        "status"
    }

    fn json(&self) -> Value {
        json_of(&StatusJson {
            about: Context::of(self.data).about(self.name()),
            folder: &self.place,
            author: &self.me,
            not_committed: self.not_committed,
            new: self.new_records(),
            authors: &self.authors,
        })
    }

    fn table(&self) -> Table {
        let mine: usize = self.authors.iter().filter(|line| line.is_mine).map(|line| line.records).sum();
        let own = counted(mine, "record", "records");
        let committed = match self.not_committed {
            None => "; the folder is in no git repository".to_owned(),
            Some(0) => ", all committed".to_owned(),
            Some(many) => format!(", {many} not committed yet"),
        };
        let news = if self.news.is_empty() {
            "Nothing of others that you have not looked at.".to_owned()
        } else {
            format!("{}.", self.news)
        };
        let lines = vec![
            words(&format!("In {}, as {}: {own} of your own{committed}", self.place.raw(), self.me.raw())),
            words(&news),
        ];
        let title = Raw::from_static("Where the journal stands");
        Table { title, context: Context::of(self.data), lines, ..Table::default() }
            .of_rows(&self.authors)
            .text(Column::text("author", "Author"), |line| line.author.clone())
            .text(Column::page("whose", ""), |line| if line.is_mine { "you" } else { "" })
            .number(Column::number("records", "Records"), |line| Some(line.records))
            .number(Column::number("new", "New to you"), |line| Some(line.new).filter(|new| *new > 0))
            .text(Column::record("last"), |line| words(&line.last))
            .field(Column::whole("day", "Last"), |line| super::day_field(&line.last))
            .done()
    }
}
