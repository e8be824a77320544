//! The tables of declared members, object by object.

use super::{
    DeclaredKind::{
        self, Flag, Format, Gaps, Id, Levels, List, Missing, Number, Object, Scales, Sources, Text, Texts,
        True, Whole, Word,
    },
    DeclaredMember, DeclaredObject, MOST_DECIMALS, NumberKind, WordKind,
};
use crate::core::{framework::HEAVIEST, framework_json::FRAMEWORK_SCHEMA};

const fn needed(key: &'static str, holds: DeclaredKind, means: &'static str) -> DeclaredMember {
    DeclaredMember { key, holds, is_needed: true, means }
}

const fn maybe(key: &'static str, holds: DeclaredKind, means: &'static str) -> DeclaredMember {
    DeclaredMember { key, holds, is_needed: false, means }
}

static ANY_NUMBER: NumberKind =
    NumberKind { least: f64::MIN, most: f64::MAX, code: "not-a-number", wanted: "a number", otherwise: "" };
static SHARE: NumberKind = NumberKind {
    least: 0.0,
    most: 1.0,
    code: "not-a-share",
    wanted: "a share from 0 to 1, such as 0.8",
    otherwise: "0.8 is used",
};
static PERCENT: NumberKind = NumberKind {
    least: 0.0,
    most: 100.0,
    code: "not-a-share",
    wanted: "a percentage from 0 to 100",
    otherwise: "it is compared with no count",
};
static WEIGHT: NumberKind = NumberKind {
    least: 0.0,
    most: HEAVIEST,
    code: "not-a-weight",
    wanted: "a weight from 0 to 1000",
    otherwise: "1 is used",
};
static DIRECTION: WordKind = WordKind {
    words: &[
        ("higher", "Higher numbers are better."),
        ("lower", "Lower numbers are better."),
        ("neither", "Differences are shown, never a side ahead."),
    ],
    code: "unknown-direction",
    wanted: "higher, lower or neither",
};
static UNIT: WordKind = WordKind {
    words: &[("countries", "Each country once."), ("answers", "Cells: each indicator of each country.")],
    code: "unknown-word",
    wanted: "countries or answers",
};
static MATCH: WordKind = WordKind {
    words: &[("any", "One of the indicators is enough."), ("all", "Every indicator must hold.")],
    code: "unknown-word",
    wanted: "any or all",
};

static LABEL_RULE: WordKind = WordKind {
    words: &[("month", "A month: February 2001."), ("span", "Two years: 2001 and 2002.")],
    code: "unknown-word",
    wanted: "month or span",
};
static DECIMAL: WordKind =
    WordKind { words: &[(".", "12.5"), (",", "12,5")], code: "unknown-word", wanted: "\".\" or \",\"" };
static THOUSANDS: WordKind = WordKind {
    words: &[(" ", "1 234"), (",", "1,234"), (".", "1.234"), ("'", "1'234")],
    code: "unknown-word",
    wanted: "\" \", \",\", \".\" or \"'\"",
};

/// The signs in numbers that are written as texts.
pub static NUMBERS: DeclaredObject = DeclaredObject {
    name: "Numbers",
    means: "How numbers are published that stand as texts.",
    members: &[
        maybe("decimal", Word(&DECIMAL), "The sign before the decimals."),
        maybe("thousands", Word(&THOUSANDS), "The sign between thousands."),
        maybe("percent", Flag, "Whether a percent sign may stand behind a number."),
        maybe("flags", Flag, "Whether flags may stand behind a number as Eurostat writes them: 12.3 bep."),
    ],
};

/// What framework and scale may say of numbers in texts.
const NUMBERS_MEMBER: DeclaredMember = maybe(
    "numbers",
    Object(&NUMBERS),
    "How numbers are published that stand as texts; a scale's own before the framework's.",
);

/// The most pairs of eyes that can be asked for.
const MOST_EYES: u16 = 9;

pub static REVIEW: DeclaredObject = DeclaredObject {
    name: "Review",
    means: "What is asked of the review of the cards.",
    members: &[
        maybe(
            "eyes",
            Whole(MOST_EYES),
            "How many people have to review a cell before it counts as checked; 1 unless said otherwise.",
        ),
        maybe(
            "by_another",
            Flag,
            "Whether somebody else than its author resolves a flag, and somebody else than who checked a card approves it.",
        ),
    ],
};

pub static FRAMEWORK: DeclaredObject = DeclaredObject {
    name: "Framework",
    means: "A set of questions that every card is expected to answer.",
    members: &[
        maybe("schema", Format(FRAMEWORK_SCHEMA), "The format of this file."),
        needed("id", Id, "What cards name as `framework`."),
        maybe("title", Text, "The name to show."),
        maybe("version", Text, "Which version of the questions this is."),
        maybe("description", Text, "What the questions are about."),
        maybe("notice", Text, "Shown on every screen and every export."),
        maybe(
            "coverage_threshold",
            Number(&SHARE),
            "The share of cells that must be given before a total is shown; 0.8 unless said otherwise.",
        ),
        maybe(
            "outdated_after_years",
            Whole(u16::MAX),
            "A value older than this, measured against its edition, is marked as outdated.",
        ),
        COMPARABLE_FROM,
        maybe("edition_labels", Word(&LABEL_RULE), "What an edition such as 2001-02 is."),
        maybe(
            "fy2000_begins",
            DeclaredKind::Date,
            "The month in which the fiscal year 2000 begins, such as 1999-07.",
        ),
        maybe("review", Object(&REVIEW), "What is asked of the review of the cards."),
        maybe(
            "missing",
            Missing,
            "Signs that stand where a value is missing, each with the gap that it means: { \"-999\": \"no-data\" }. A scale may \
             have its own.",
        ),
        NUMBERS_MEMBER,
        maybe("scales", Scales, "Scales by name."),
        needed("goals", List(&GOAL), "In display order."),
        maybe("findings", List(&FINDING), "Sentences with a count behind them."),
        maybe("groups", List(&GROUP), "Named sets of countries."),
        maybe("sources", Sources, "Sources that cards cite by key."),
    ],
};

pub static GOAL: DeclaredObject = DeclaredObject {
    name: "Goal",
    means: "Questions that belong together.",
    members: &[
        maybe("id", Text, "What findings and weights name it by."),
        maybe("title", Text, "The name to show."),
        maybe("weight", Number(&WEIGHT), "The weight of the goal in a total; 1 unless said otherwise."),
        maybe("description", Text, "What the goal is about."),
        maybe("indicators", List(&INDICATOR), "In display order."),
    ],
};

/// What framework and indicator may say of a break.
const COMPARABLE_FROM: DeclaredMember = maybe(
    "comparable_from",
    DeclaredKind::Date,
    "The first edition after a change of method or scale: earlier ones are not compared with it.",
);

pub static INDICATOR: DeclaredObject = DeclaredObject {
    name: "Indicator",
    means: "One question.",
    members: &[
        needed("id", Id, "What cards name as a key of `assessments`."),
        maybe("title", Text, "The name to show."),
        maybe("question", Text, "The question in full."),
        needed("scale", Text, "The name of a scale."),
        maybe("weight", Number(&WEIGHT), "The weight of the indicator in its goal; 1 unless said otherwise."),
        maybe("guidance", Text, "How to find the answer."),
        COMPARABLE_FROM,
    ],
};

/// What every kind of scale may have.
const MISSING: DeclaredMember = maybe(
    "missing",
    Missing,
    "Signs that stand where a value is missing, each with the gap that it means, before those of the framework.",
);

/// The scales, each by its `kind`.
pub static SCALES: [DeclaredObject; 7] = [
    DeclaredObject {
        name: "levels",
        means: "Ordered steps.",
        members: &[needed("levels", Levels(&LEVEL), "Worst to best."), MISSING],
    },
    DeclaredObject {
        name: "categories",
        means: "Words that differ, in no order: none is better than another.",
        members: &[needed("levels", Levels(&LEVEL), "In any order."), MISSING],
    },
    DeclaredObject {
        name: "yes_no",
        means: "No, partial and yes.",
        members: &[maybe("partial", Flag, "Whether \"partial\" is expected as an answer."), MISSING],
    },
    DeclaredObject {
        name: "number",
        means: "Numbers.",
        members: &[
            maybe("unit", Text, "What is counted or measured."),
            maybe("decimals", Whole(MOST_DECIMALS), "Decimals to print at least; a number is never rounded."),
            maybe("min", Number(&ANY_NUMBER), "The least number that is allowed."),
            maybe("max", Number(&ANY_NUMBER), "The greatest number that is allowed."),
            maybe("better", Word(&DIRECTION), "Which numbers are better; neither unless said otherwise."),
            NUMBERS_MEMBER,
            MISSING,
        ],
    },
    DeclaredObject {
        name: "treaty",
        means: "Not signed, signed only or bound, derived from dates as of the card's day.",
        members: &[MISSING],
    },
    DeclaredObject { name: "date", means: "A year, a month or a day; never ranked.", members: &[MISSING] },
    DeclaredObject { name: "text", means: "Words; never ranked.", members: &[MISSING] },
];

pub static LEVEL: DeclaredObject = DeclaredObject {
    name: "Level",
    means: "One step of a scale.",
    members: &[
        needed("id", Id, "What cards write."),
        maybe("label", Text, "The words to show."),
        maybe("short", Text, "A shorter label for narrow columns."),
        maybe("description", Text, "What it takes to be on this level."),
    ],
};

pub static FINDING: DeclaredObject = DeclaredObject {
    name: "Finding",
    means: "A sentence with a count behind it.",
    members: &[
        needed("id", Id, "What the finding is asked for by."),
        maybe("goal", Text, "The id of the goal it belongs to; otherwise that of its first indicator."),
        needed("indicators", Texts { may_be_empty: false }, "Ids of indicators."),
        needed("where", Object(&WHERE), "Which answers count."),
        maybe("unit", Word(&UNIT), "What is counted; countries unless said otherwise."),
        maybe(
            "match",
            Word(&MATCH),
            "With several indicators and countries counted: whether any or all must hold.",
        ),
        needed("text", Id, "The sentence after \"5 of 26 countries\"."),
        maybe("published", Object(&PUBLISHED), "The figure that was printed at the time."),
    ],
};

/// Numbers have up to two bounds; a treaty has one state.
pub static WHERE: DeclaredObject = DeclaredObject {
    name: "Where",
    means: "Which answers a finding counts: one condition, or several that can all hold of one answer.",
    members: &[
        maybe("levels", Texts { may_be_empty: false }, "One of these levels, by id."),
        maybe(
            "gap",
            Gaps,
            "Any gap but not-applicable (true), or one of these reasons; not-applicable is counted if it is named.",
        ),
        maybe("at_least", Number(&ANY_NUMBER), "This number or a higher one."),
        maybe("more_than", Number(&ANY_NUMBER), "A higher number than this."),
        maybe("at_most", Number(&ANY_NUMBER), "This number or a lower one."),
        maybe("less_than", Number(&ANY_NUMBER), "A lower number than this."),
        maybe("bound", True, "Bound by the treaty."),
        maybe("signed_only", True, "The treaty is signed and not in force for the state."),
        maybe("not_signed", True, "The treaty is not signed."),
    ],
};

pub static PUBLISHED: DeclaredObject = DeclaredObject {
    name: "Published",
    means: "The figure that was printed at the time.",
    members: &[
        maybe("text", Text, "As it was printed."),
        maybe("percent", Number(&PERCENT), "The percentage in it."),
        maybe("edition", DeclaredKind::Date, "The edition it was printed for."),
        maybe("group", Text, "The id of the group it was printed for."),
    ],
};

/// A file with findings of a user.
pub static OWN_FINDINGS: DeclaredObject = DeclaredObject {
    name: "OwnFindings",
    means: "Findings of your own for a framework.",
    members: &[
        maybe("framework", Text, "The id of the framework they are for."),
        needed("findings", List(&FINDING), "Sentences with a count behind them."),
    ],
};

pub static GROUP: DeclaredObject = DeclaredObject {
    name: "Group",
    means: "A named set of countries.",
    members: &[
        needed("id", Id, "What the group is asked for by."),
        maybe("title", Text, "The name to show."),
        needed("members", Texts { may_be_empty: true }, "Codes or names of countries."),
    ],
};
