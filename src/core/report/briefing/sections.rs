//! The sections of a briefing, in the order of a submission.

use super::{
    Briefing, BriefingSection,
    document::{Block, BriefingColumnKind, Rows, capital, number, section, text},
};
use crate::{
    core::{
        cautions,
        cell::Gap,
        changes::{ChangeKind, Changes},
        checked::Unchecked,
        counts::Counts,
        dataset::{Dataset, EditionId},
        framework::IndicatorId,
        groups::Membership,
        label::tenths,
        report::{changes::moves_words, compare::k_of_n, rank::goal_rules_words, table::Cited},
        scale::ScaleKind,
        score::Rules,
    },
    text::{Raw, counted},
};

/// So many countries and indicators with the most gaps are named.
const MOST_NAMED: usize = 10;
/// So many that tie are named.
const MOST_TIED: usize = 30;
/// Lists of changes are cut after so many; the `changes` report has all.
const MOST_CHANGES: usize = 60;

/// What is true of counts over several countries.
const OF_COUNTS: [&str; 4] = [
    "k of n assessed (N in set): k countries or answers of the n whose cells say so; N has those with a gap too.",
    "A percentage is of the n assessed and not of the set: what the gaps hide could change it either way.",
    "In short has the highest shares of which at least half of the set is assessed, and at least 5 (all, of a smaller set).",
    "Changes compare only cells that are given in both editions, of the same countries.",
];

impl Briefing<'_> {
    pub(super) fn sections(&self, cited: &mut Cited) -> Vec<BriefingSection> {
        if self.members.is_empty() {
            let scope =
                vec![text(format!("{}: no country of this group is in these data.", self.group.title.raw()))];
            return vec![section("scope", "Scope", scope)];
        }
        vec![
            section("short", "In short", self.in_short()),
            section("scope", "Scope", self.scope()),
            section("review", "How far the review has come", self.review_blocks()),
            section("findings", "Findings", self.findings_blocks(cited)),
            section("goals", "Countries and goals", self.goals_blocks()),
            section("missing", "What is missing", self.missing()),
            section("changes", "Changes since the edition before", self.changes_blocks(cited)),
            section("actions", "Priority actions", self.actions_blocks()),
            section("questions", "What was asked", self.questions()),
            section("method", "How to read the figures", self.method()),
        ]
        .into_iter()
        .filter(|section| !section.blocks.is_empty())
        .collect()
    }

    /// How far the review has come, and which cards are not approved if those are to be marked.
    fn review_blocks(&self) -> Vec<Block> {
        let Some(checked) = &self.checked else { return vec![] };
        let mut blocks =
            vec![text(format!("{}.", checked.words_of_all(self.data, &self.members, self.edition)))];
        if checked.unchecked == Unchecked::Mark {
            let cards = self.with_card().map(|(country, _)| country);
            let open = cards.filter(|country| !checked.is_approved(*country, self.edition));
            let lines = open.map(|country| {
                let words = checked.words(self.data, country, self.edition);
                Raw::new(format!("{}: {words}", self.name(country)))
            });
            blocks.push(text("Not approved:".to_owned()));
            blocks.push(Block::List(lines.collect()));
        }
        blocks
    }

    fn scope(&self) -> Vec<Block> {
        let with_card = self.with_card().count();
        let group = self.group.title.raw();
        let all = counted(self.members.len(), "country", "countries");
        let edition = self.label(self.edition);
        let have = if with_card == 1 { "has" } else { "have" };
        let mut blocks = vec![
            text(format!(
                "{group}: {all}, edition {edition}. {with_card} of {all} {have} a card in this edition."
            )),
            text(format!("Countries: {}.", self.names(&self.members))),
        ];
        if let Some(words) = Membership::of(self.data, &self.group, self.edition).words() {
            blocks.insert(1, text(format!("{words}; the others are in no count below.")));
        }
        let all_indicators = self.data.framework.indicator_ids();
        blocks.extend(
            cautions::looks_missing(self.data, &self.members, &[self.edition], all_indicators).map(text),
        );
        if let Some((first, last)) = self.assessed_on() {
            let between =
                if first == last { format!("on {first}") } else { format!("from {first} to {last}") };
            blocks.push(text(format!("Assessed {between}.")));
        }
        let framework = &self.data.framework;
        let (goals, indicators) = (framework.goals.len() as u64, framework.indicators.len() as u64);
        let (goals, indicators) =
            (counted(goals, "goal", "goals"), counted(indicators, "indicator", "indicators"));
        blocks.push(text(format!("{goals}, {indicators}: {}.", given_words(self.coverage.all))));
        if let Some(description) = &framework.description {
            blocks.push(Block::Text(description.clone()));
        }
        blocks
    }

    /// The questions behind the findings, each with the answers there are.
    fn questions(&self) -> Vec<Block> {
        let framework = &self.data.framework;
        let asked =
            |id: &IndicatorId| self.findings.rows.iter().any(|row| row.finding.indicators.contains(id));
        let line = |id: IndicatorId| {
            let indicator = framework.indicator(id);
            let question = indicator.question.as_ref()?.raw();
            let labels: Vec<&str> =
                framework.scale(id).levels.iter().map(|level| level.label.raw()).collect();
            let answers = match &framework.scale(id).kind {
                _ if !labels.is_empty() => format!(" Answers, worst to best: {}.", labels.join("; ")),
                ScaleKind::Number(about) => match &about.unit {
                    Some(unit) => format!(" Answer: a number ({}).", unit.raw()),
                    None => " Answer: a number.".to_owned(),
                },
                _ => String::new(),
            };
            Some(Raw::new(format!("{}: {question}{answers}", indicator.title.raw())))
        };
        let lines: Vec<Raw<'static>> = framework.indicator_ids().filter(asked).filter_map(line).collect();
        if lines.is_empty() { vec![] } else { vec![Block::List(lines)] }
    }

    fn missing(&self) -> Vec<Block> {
        let all = self.coverage.all;
        let mut blocks = vec![text(format!("{}.", given_words(all)))];
        if all.missing == 0 {
            blocks.push(text("Nothing is missing in this edition.".to_owned()));
            return blocks;
        }
        // What is not applicable is no gap: it is said above and is in none of these.
        let reasons = self.coverage.reasons.iter().filter(|(gap, _)| **gap != Gap::NotApplicable);
        let reasons = reasons.map(|(gap, count)| vec![Raw::from_static(gap.title()), number(*count)]);
        blocks.push(Block::Heading(Raw::from_static("By reason")));
        blocks.push(Block::Table(Rows::under(
            &[("Reason", BriefingColumnKind::Words), ("Cells", BriefingColumnKind::Number)],
            reasons.collect(),
        )));
        let goals = self.coverage.goals.iter();
        let goals = goals.map(|(goal, counts)| (self.data.framework.goal(*goal).title.clone(), *counts));
        blocks.push(Block::Heading(Raw::from_static("By goal")));
        blocks.push(tallies("Goal", goals.collect()));
        let countries = self.coverage.rows.iter();
        let countries = countries.map(|one| (self.data.country(one.country).name.clone(), one.counts));
        let indicators = self.coverage.columns.iter();
        let indicators =
            indicators.map(|one| (self.data.framework.indicator(one.indicator).title.clone(), one.counts));
        blocks.push(Block::Heading(Raw::from_static("Countries with the most gaps")));
        blocks.extend(most("Country", countries.collect()));
        blocks.push(Block::Heading(Raw::from_static("Indicators with the most gaps")));
        blocks.extend(most("Indicator", indicators.collect()));
        blocks
    }

    fn method(&self) -> Vec<Block> {
        let gaps: Vec<Gap> = self.coverage.reasons.keys().copied().collect();
        let framework = &self.data.framework;
        method(&OF_COUNTS, &gaps, Some(goal_rules_words(framework, &Rules::of(framework))))
    }

    fn changes_blocks(&self, cited: &mut Cited) -> Vec<Block> {
        match &self.changes {
            Some(changes) => changes_blocks(self.data, changes, cited),
            None => vec![text("There is no earlier edition to compare with.".to_owned())],
        }
    }

    fn actions_blocks(&self) -> Vec<Block> {
        let actions = self.actions();
        if actions.is_empty() {
            return vec![text("The cards of this edition name no priority actions.".to_owned())];
        }
        let all = counted(self.members.len(), "country", "countries");
        let (name, silent) = (actions.len(), self.members.len() - actions.len());
        let others = match silent {
            0 => String::new(),
            1 => "; the card of the other one names none, or there is no card".to_owned(),
            many => format!("; the cards of the other {many} name none, or there is no card"),
        };
        let names = if name == 1 { "names" } else { "name" };
        let edition = self.label(self.edition);
        let mut blocks =
            vec![text(format!("{name} of {all} {names} priority actions in the card of {edition}{others}."))];
        blocks.extend(actions.into_iter().flat_map(|(country, actions)| {
            [Block::Heading(self.data.country(country).name.clone()), Block::List(actions)]
        }));
        blocks
    }
}

/// What changed between two editions: the sums, and a table a kind of change.
pub(super) fn changes_blocks(data: &Dataset, changes: &Changes, cited: &mut Cited) -> Vec<Block> {
    let label = |edition: EditionId| &*data.edition(edition).label;
    let (from, to) = (label(changes.from), label(changes.to));
    let is_of_one = changes.by_country.len() == 1;
    let whose = if is_of_one { "" } else { ", the same countries" };
    let mut blocks = vec![
        text(format!("From {from} to {to}{whose}: {}.", moves_words(&changes.all))),
        text(format!("Given: {} in {from}, {} in {to}.", k_of_n(changes.before), k_of_n(changes.after))),
    ];
    let asked = changes.by_indicator.iter().map(|(id, _)| *id);
    blocks.extend(cautions::rescaled(data, &[changes.from, changes.to], asked).map(text));
    let mut kinds =
        vec![ChangeKind::Improved, ChangeKind::Worsened, ChangeKind::Appeared, ChangeKind::Disappeared];
    if is_of_one {
        // Of many countries they would be the longest list, and say the least.
        kinds.insert(2, ChangeKind::Differs);
    }
    for kind in kinds {
        let rows: Vec<_> = changes.rows.iter().filter(|row| row.change.kind() == kind).collect();
        if rows.is_empty() {
            continue;
        }
        blocks.push(Block::Heading(Raw::new(format!("{}: {}", capital(kind.title()), rows.len()))));
        let words = rows.iter().take(MOST_CHANGES).map(|row| {
            let sides = [changes.from, changes.to];
            let sources = sides.map(|edition| data.detail(row.country, edition, row.indicator).sources);
            let [before, now] = sides.map(|edition| data.label(row.country, edition, row.indicator));
            let country = data.country(row.country).name.clone();
            let title = data.framework.indicator(row.indicator).title.clone();
            let cells = [country, title, before, now, Raw::new(cited.cite(&sources.concat()))];
            cells.into_iter().skip(usize::from(is_of_one)).collect()
        });
        let rows_shown: Vec<_> = words.collect();
        let [words, sources] = [BriefingColumnKind::Words, BriefingColumnKind::Sources];
        let headings = [
            ("Country", words),
            ("Indicator", words),
            ("Before", words),
            ("Now", words),
            ("Sources", sources),
        ];
        blocks.push(Block::Table(Rows::under(&headings[usize::from(is_of_one)..], rows_shown)));
        if rows.len() > MOST_CHANGES {
            let hidden = rows.len() - MOST_CHANGES;
            blocks.push(text(format!("And {hidden} more: `visavis changes {from} {to}` lists all.")));
        }
    }
    blocks
}

/// One row a title: given, gaps, and not applicable where anything is.
fn tallies(what: &'static str, all: Vec<(Raw<'static>, Counts)>) -> Block {
    let has_not_applicable = all.iter().any(|(_, counts)| counts.not_applicable > 0);
    let mut headings = vec![
        (what, BriefingColumnKind::Words),
        ("Given", BriefingColumnKind::Number),
        ("Gaps", BriefingColumnKind::Number),
    ];
    if has_not_applicable {
        headings.push(("Not applicable", BriefingColumnKind::Number));
    }
    let rows = all.into_iter().map(|(title, counts)| {
        let mut row = vec![title, Raw::new(k_of_n(counts)), number(counts.missing)];
        if has_not_applicable {
            row.push(number(counts.not_applicable));
        }
        row
    });
    Block::Table(Rows::under(&headings, rows.collect()))
}

/// Those with the most gaps. Where the list would end among equals, none of them is picked: they are said to tie.
fn most(what: &'static str, mut all: Vec<(Raw<'static>, Counts)>) -> Vec<Block> {
    all.retain(|(_, counts)| counts.missing > 0);
    all.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.missing));
    let mut rest = all.split_off(all.len().min(MOST_NAMED));
    let mut tied = vec![];
    if let (Some(last), Some(next)) =
        (all.last().map(|one| one.1.missing), rest.first().map(|one| one.1.missing))
        && last == next
    {
        let first = all.iter().position(|one| one.1.missing == last).unwrap_or(0);
        tied = all.split_off(first);
        let more = rest.iter().position(|one| one.1.missing < next).unwrap_or(rest.len());
        tied.extend(rest.drain(..more));
    }
    let mut blocks = vec![];
    let has_rows = !all.is_empty();
    if has_rows {
        blocks.push(tallies(what, all));
    }
    if let Some((_, counts)) = tied.first() {
        let gaps = counted(counts.missing as usize, "gap", "gaps");
        let names: Vec<&str> = tied.iter().map(|(title, _)| title.raw()).collect();
        let more = if has_rows { " more" } else { "" };
        let names = if names.len() <= MOST_TIED { format!(": {}", names.join(", ")) } else { String::new() };
        blocks.push(text(format!("{}{more} tie with {gaps} each{names}.", tied.len())));
    }
    if let Some((_, next)) = rest.first() {
        let gaps = counted(next.missing as usize, "gap", "gaps");
        let fewer = if next.missing == 1 { "" } else { " or fewer" };
        blocks.push(text(format!("And {} more, with {gaps}{fewer}.", rest.len())));
    }
    blocks
}

/// `483 of 520 given (528 in set), 37 gaps; 8 not applicable`.
fn given_words(counts: Counts) -> String {
    let gaps = counted(counts.missing, "gap", "gaps");
    let out = match counts.not_applicable {
        0 => String::new(),
        many => format!("; {many} not applicable, outside the count"),
    };
    let share = match counts.denominator() {
        of if of == 0 || counts.missing == 0 => String::new(),
        of => format!(" ({} %)", tenths(f64::from(counts.missing) * 100.0 / f64::from(of))),
    };
    format!("{} given, {gaps}{share}{out}", k_of_n(counts))
}

/// What is true of every figure here.
pub(super) const OF_ALL: [&str; 3] = [
    "A gap is never counted as a no. What is not applicable is in no count, and is named.",
    "Nothing is imputed. Treaties are read as of the date of the edition.",
    "A date beside a source is the source's own, or the day it was read; what it says counts as of the assessment.",
];

/// How to read the figures, how scores are made where there are any, and what the gaps of these reasons mean.
pub(super) fn method(lines: &[&'static str], gaps: &[Gap], scores: Option<String>) -> Vec<Block> {
    let mut lines: Vec<Raw<'static>> = lines.iter().chain(&OF_ALL).copied().map(Raw::from_static).collect();
    lines.extend(scores.map(|words| Raw::new(format!("{words}."))));
    lines.extend(gaps.iter().map(|gap| Raw::new(format!("Gap, {}: {}.", gap.title(), gap.meaning()))));
    vec![Block::List(lines)]
}
