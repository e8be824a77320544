//! The tables of a data package with their columns.

/// What a column holds, in the words of the Table Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TidyColumnKind {
    Text,
    Number,
    Integer,
    /// The ids of the gaps, and nothing where the cell is given.
    Gap,
    /// Days, or also years and months where the cards say no more.
    Date,
}

/// A table by its name, with what each column holds and means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TidyTable {
    pub name: &'static str,
    pub about: &'static str,
    pub columns: &'static [(&'static str, TidyColumnKind, &'static str)],
    /// The columns that name a row.
    pub key: &'static [&'static str],
    /// Columns that name a row of another table: own columns, the table, its columns.
    pub refers: &'static [(&'static str, &'static str, &'static str)],
}

/// The tables, in the order in which they are written.
pub(super) static TABLES: [TidyTable; 7] = [
    TidyTable {
        name: "cells",
        about: "One row a country, edition and indicator: a value, or a gap with its reason",
        columns: &[
            ("country", TidyColumnKind::Text, "ISO 3166-1 alpha-3 code, or a user-assigned one"),
            ("country_name", TidyColumnKind::Text, "English name of the country"),
            ("edition", TidyColumnKind::Text, "As the cards write it"),
            ("indicator", TidyColumnKind::Text, "Id of the indicator"),
            ("indicator_title", TidyColumnKind::Text, "Title of the indicator"),
            ("label", TidyColumnKind::Text, "The value or the gap in words"),
            ("value", TidyColumnKind::Text, "Level id, number, date or text; empty for a gap"),
            ("gap", TidyColumnKind::Gap, "Why there is no value; empty where there is one"),
            ("printed", TidyColumnKind::Text, "The value as the card prints it"),
            ("as_of", TidyColumnKind::Date, "The date the value speaks of"),
            ("marks", TidyColumnKind::Text, "What must be known of the value, ids separated by spaces"),
            ("note", TidyColumnKind::Text, "What the card says about it"),
            ("sources", TidyColumnKind::Text, "Where it comes from, separated by semicolons"),
            ("values", TidyColumnKind::Text, "All readings where sources disagree, separated by semicolons"),
            ("number", TidyColumnKind::Number, "The value where it is a number"),
            ("low", TidyColumnKind::Number, "The lower bound where only bounds of a number are known"),
            ("high", TidyColumnKind::Number, "The higher bound where only bounds of a number are known"),
            (
                "level",
                TidyColumnKind::Integer,
                "The place of the value among the levels, from 1, worst to best",
            ),
            (
                "obs_status",
                TidyColumnKind::Text,
                "SDMX observation status, code list 2.2, where it has a code",
            ),
            ("signed", TidyColumnKind::Date, "The date a treaty was signed"),
            ("bound", TidyColumnKind::Date, "The date from which a treaty binds"),
            (
                "act",
                TidyColumnKind::Text,
                "How the state became bound: ratification, accession, succession …",
            ),
            (
                "source_ids",
                TidyColumnKind::Text,
                "Numbers of its sources in sources.csv, separated by spaces",
            ),
            (
                "status",
                TidyColumnKind::Text,
                "Observation status as the card writes it, where it has a code without a mark",
            ),
        ],
        key: &["country", "edition", "indicator"],
        refers: &[("country", "countries", "country"), ("indicator", "indicators", "indicator")],
    },
    TidyTable {
        name: "countries",
        about: "The countries",
        columns: &[
            ("country", TidyColumnKind::Text, "ISO 3166-1 alpha-3 code, or a user-assigned one"),
            ("name", TidyColumnKind::Text, "English name"),
        ],
        key: &["country"],
        refers: &[],
    },
    TidyTable {
        name: "indicators",
        about: "The indicators, in the order of the framework",
        columns: &[
            ("indicator", TidyColumnKind::Text, "Id"),
            ("title", TidyColumnKind::Text, "Title"),
            ("goal", TidyColumnKind::Text, "Id of the goal"),
            ("goal_title", TidyColumnKind::Text, "Title of the goal"),
            ("question", TidyColumnKind::Text, "What is asked"),
            ("scale", TidyColumnKind::Text, "Kind of answer: levels, yes_no, treaty, number, date or text"),
            ("levels", TidyColumnKind::Text, "Ids of the levels, worst to best, separated by spaces"),
            ("unit", TidyColumnKind::Text, "Unit of a number"),
            ("better", TidyColumnKind::Text, "Which numbers are better: higher, lower or neither"),
            ("min", TidyColumnKind::Number, "Least number the scale allows"),
            ("max", TidyColumnKind::Number, "Greatest number the scale allows"),
            ("weight", TidyColumnKind::Number, "Weight in its goal"),
            ("goal_weight", TidyColumnKind::Number, "Weight of its goal in a total"),
        ],
        key: &["indicator"],
        refers: &[],
    },
    TidyTable {
        name: "cards",
        about: "The cards: one row a country and edition that has one",
        columns: &[
            ("country", TidyColumnKind::Text, "ISO 3166-1 alpha-3 code, or a user-assigned one"),
            ("edition", TidyColumnKind::Text, "As the card writes it"),
            ("assessed_on", TidyColumnKind::Date, "The date the card speaks of"),
            ("summary", TidyColumnKind::Text, "The card in a few words"),
            ("priority_actions", TidyColumnKind::Text, "What it calls for, a line each"),
            ("edition_date", TidyColumnKind::Date, "The date of the edition, where its name does not say it"),
        ],
        key: &["country", "edition"],
        refers: &[("country", "countries", "country")],
    },
    TidyTable {
        name: "card_items",
        about: "What the cards list: one row an action, a line of the campaign or a named source",
        columns: &[
            ("country", TidyColumnKind::Text, "ISO 3166-1 alpha-3 code, or a user-assigned one"),
            ("edition", TidyColumnKind::Text, "As the card writes it"),
            ("kind", TidyColumnKind::Text, "action, campaign or source"),
            ("position", TidyColumnKind::Integer, "The place among those of its kind on the card, from 1"),
            ("key", TidyColumnKind::Text, "What a line of the campaign is about, or the key of a source"),
            ("text", TidyColumnKind::Text, "What it says"),
            ("source", TidyColumnKind::Integer, "Of a source, its number in sources.csv"),
        ],
        key: &["country", "edition", "kind", "position"],
        refers: &[("country", "countries", "country")],
    },
    TidyTable {
        name: "readings",
        about: "All readings of the cells whose sources disagree: one row a reading",
        columns: &[
            ("country", TidyColumnKind::Text, "ISO 3166-1 alpha-3 code, or a user-assigned one"),
            ("edition", TidyColumnKind::Text, "As the card writes it"),
            ("indicator", TidyColumnKind::Text, "Id of the indicator"),
            ("position", TidyColumnKind::Integer, "The place among the readings of the cell, from 1"),
            ("reading", TidyColumnKind::Text, "As the card writes it"),
        ],
        key: &["country", "edition", "indicator", "position"],
        refers: &[("country", "countries", "country"), ("indicator", "indicators", "indicator")],
    },
    TidyTable {
        name: "sources",
        about: "Where the answers come from: every source once",
        columns: &[
            ("source", TidyColumnKind::Integer, "The number by which the other tables name it"),
            ("title", TidyColumnKind::Text, "Title"),
            ("url", TidyColumnKind::Text, "Address"),
            ("date", TidyColumnKind::Text, "When it was published or looked at"),
            ("page", TidyColumnKind::Text, "Page"),
        ],
        key: &["source"],
        refers: &[],
    },
];

/// What reviewers have said, if it is told: after the others.
pub(super) static REVIEWS: TidyTable = TidyTable {
    name: "reviews",
    about: "How far the review has come: one row a card, and one for each of its cells",
    columns: &[
        ("country", TidyColumnKind::Text, "ISO 3166-1 alpha-3 code, or a user-assigned one"),
        ("edition", TidyColumnKind::Text, "As the card writes it"),
        ("indicator", TidyColumnKind::Text, "Id of the indicator; empty for the whole card"),
        ("reviewed_by", TidyColumnKind::Integer, "How many people have reviewed the cell as it is now"),
        ("checked", TidyColumnKind::Text, "Whether that is as many as are asked for: yes or no"),
        ("open_flags", TidyColumnKind::Integer, "Of a whole card: flags that nobody has resolved"),
        ("sign_off", TidyColumnKind::Text, "Of a whole card: how it was signed off, by whom and when"),
    ],
    key: &["country", "edition", "indicator"],
    refers: &[("country", "countries", "country")],
};
