//! The signs on the screen and what they mean.

use strum::IntoEnumIterator as _;

use crate::{
    core::cell::{Gap, MARKS, MarkWords},
    tui::look::{GAP_SIGN, Role},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) glyph: &'static str,
    pub(super) title: &'static str,
    pub(super) meaning: &'static str,
    pub(super) role: Role,
}

/// Signs under one heading.
pub(super) struct Signs {
    pub(super) heading: &'static str,
    /// What else a search for them may be called.
    pub(super) words: &'static str,
    pub(super) rows: Vec<Sign>,
}

const fn sign(glyph: &'static str, title: &'static str, meaning: &'static str, role: Role) -> Sign {
    Sign { glyph, title, meaning, role }
}

/// What is shown after a value.
const LEVELS: [Sign; 1] = [sign(
    "2/5",
    "level",
    "the second of five levels; the first is the worst, not a part of a whole",
    Role::Given,
)];

const SAID: [Sign; 5] = [
    sign("!", "flagged", "a flag stands open here", Role::Mark),
    sign("✓", "reviewed", "somebody has reviewed the cell as it is; ✓✓: two have", Role::Mark),
    sign("*", "changed", "the card says something else than when it was reviewed", Role::Warning),
    sign("x", "conflict", "two reviewers said different things at the same time", Role::Warning),
    sign("→", "assigned", "the card leaves the cell silent; reviewers say that this is why", Role::Gap),
];

const SCORES: [Sign; 5] = [
    sign(
        "94.4",
        "score",
        "0 to 100: the mean of the goals, each the mean of its scored answers",
        Role::Given,
    ),
    sign("16/16", "scored", "so many of the answers that can be scored are given", Role::Given),
    sign("16=", "tied", "countries with the same score share a rank", Role::Given),
    sign(
        "firm",
        "firm",
        "given, and neither outdated, disputed, estimated nor of low reliability",
        Role::Given,
    ),
    sign(
        "a 100",
        "beware",
        "in a list of ranks, a letter before a score: what to beware of is said beside it",
        Role::Warning,
    ),
];

const VERDICTS: [Sign; 8] = [
    sign("equal", "equal", "both sides say the same; = where there is little room", Role::Text),
    sign(
        "improved",
        "over time",
        "of one in two editions the newer is ahead; worsened: the older is",
        Role::Ahead,
    ),
    sign("ALB +1", "ahead", "the side with this code is ahead, by so many levels or units", Role::Ahead),
    sign("9 apart", "apart", "the numbers differ, and neither is the better one", Role::Differ),
    sign("differ", "differ", "the words differ, and neither are the better ones", Role::Differ),
    sign(
        "? ALB gap",
        "not comparable",
        "this side has a gap: it never counts for or against anybody",
        Role::Gap,
    ),
    sign("n/a", "not applicable", "the question does not apply to one side", Role::NotApplicable),
    sign("*", "leads", "of three or four sides: the best value that is given", Role::Ahead),
];

/// Every sign, those of gaps first.
pub(super) fn all() -> Vec<Signs> {
    let any = sign(GAP_SIGN, "any gap", "no value; the reason stands after it", Role::Gap);
    let gaps = Gap::iter().map(|gap| {
        let role = if gap == Gap::NotApplicable { Role::NotApplicable } else { Role::Gap };
        sign(gap.glyph(), gap.title(), gap.meaning(), role)
    });
    let marks =
        MARKS.iter().map(|MarkWords { title, letter, meaning, .. }| sign(letter, title, meaning, Role::Mark));
    let section = |heading, words, rows| Signs { heading, words, rows };
    vec![
        section(
            "Gaps: why there is no value",
            "gap gaps missing reason legend sign",
            std::iter::once(any).chain(gaps).collect(),
        ),
        section(
            "Levels: where an answer stands on its scale",
            "level scale step worst best legend sign",
            LEVELS.to_vec(),
        ),
        section("Marks: what to know about a value", "mark marks quality legend sign", marks.collect()),
        section(
            "Scores: what stands beside them",
            "score rank ranks firm tie ties legend sign",
            SCORES.to_vec(),
        ),
        section(
            "Review: what people say about a cell",
            "review flag reviewer conflict legend sign",
            SAID.to_vec(),
        ),
        section(
            "Comparison: what stands between the sides",
            "comparison verdict compare legend sign",
            VERDICTS.to_vec(),
        ),
    ]
}
