//! What a briefing begins with: five sentences for those who read no further, from the data alone.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{Briefing, document::Block};
use crate::{
    core::{
        cell::Gap,
        changes::Moves,
        counts::Counts,
        distribution::Distribution,
        findings::{Counted, percent_words},
        framework::IndicatorId,
        report::compare::k_of_n,
    },
    text::{Raw, counted},
};

/// So many findings, or indicators, are told.
const STRONGEST: usize = 3;
/// So many must be assessed before a share is told here: all, if the set is smaller.
const FEWEST_ASSESSED: u32 = 5;
/// Up to so many are named.
const MOST_NAMED_IN_SHORT: usize = 3;

/// Up to so many indicators are named in a sentence.
const MOST_LISTED: usize = 6;

impl Briefing<'_> {
    pub(super) fn in_short(&self) -> Vec<Block> {
        let mut lines = vec![self.scope_in_short()];
        let findings = self.strongest_findings();
        lines.extend(if findings.is_empty() { self.strongest_answers() } else { findings });
        lines.push(format!("{}; {}.", self.missing_in_short(), self.changes_in_short()));
        vec![Block::List(lines.into_iter().map(Raw::new).collect())]
    }

    /// `All countries, edition 2012: 42 countries, 3 goals, 11 indicators, 442 of 462 given.`
    fn scope_in_short(&self) -> String {
        let framework = &self.data.framework;
        let named = if self.members.len() <= MOST_NAMED_IN_SHORT {
            format!(" ({})", self.names(&self.members))
        } else {
            String::new()
        };
        format!(
            "{}, edition {}: {}{named}, {}, {}, {} given.",
            self.group.title.raw(),
            self.label(self.edition),
            counted(self.members.len(), "country", "countries"),
            counted(framework.goals.len(), "goal", "goals"),
            counted(framework.indicators.len(), "indicator", "indicators"),
            k_of_n(self.coverage.all),
        )
    }

    /// The findings with the highest shares: those that hold of somebody and of which at least half of the set is assessed,
    /// and at least [`FEWEST_ASSESSED`] (all, if the set is smaller). Of equal shares the one of more comes first, then the
    /// framework's order.
    fn strongest_findings(&self) -> Vec<String> {
        let tells =
            |row: &&Counted| row.finding.problem().is_none() && row.k > 0 && is_enough(row.assessed, row.set);
        let mut rows: Vec<&Counted> = self.findings.rows.iter().filter(tells).collect();
        rows.sort_by_key(|row| by_share(row.k, row.assessed));
        let own = |row: &Counted| if row.finding.own { " (Own finding, not the framework’s.)" } else { "" };
        rows.iter().take(STRONGEST).map(|row| format!("{}{}", row.sentence(), own(row))).collect()
    }

    /// Where the framework states no findings that can be told: the indicators on which most have the best answer, and last
    /// the one on which fewest have it. Scales of levels alone have a best answer; as many must be assessed as above.
    fn strongest_answers(&self) -> Vec<String> {
        let framework = &self.data.framework;
        let mut rows: Vec<(u32, Counts, IndicatorId)> = vec![];
        for (id, column) in framework.indicator_ids().zip(&self.coverage.columns) {
            let best = Distribution::of(self.data, &self.members, self.edition, id).levels.last().copied();
            if let Some(k) = best.and_then(|k| u32::try_from(k).ok())
                && is_enough(column.counts.given, column.counts.denominator())
            {
                rows.push((k, column.counts, id));
            }
        }
        rows.sort_by_key(|(k, counts, _)| by_share(*k, counts.given));
        let last = rows.len().saturating_sub(1);
        if rows.len() > STRONGEST {
            rows.drain(STRONGEST - 1..last);
        }
        let words = rows.iter().map(|(k, counts, id)| {
            let (title, of) = (framework.indicator(*id).title.raw(), counts.given);
            let best = framework.scale(*id).levels.last().map_or("", |level| level.label.raw());
            let set = counts.denominator();
            let percent = percent_words(f64::from(*k) * 100.0 / f64::from(of));
            format!("{title}: {k} of {of} countries assessed ({set} in set), {percent}, have the best answer, “{best}”.")
        });
        words.collect()
    }

    /// `20 of 462 are missing, most of Andorra (5 of 11: no data) and on Convictions (8 of 42: 6 no data, 2 absent)`
    fn missing_in_short(&self) -> String {
        let all = self.coverage.all;
        if all.missing == 0 {
            return "Nothing is missing".to_owned();
        }
        let mut by_country = BTreeMap::new();
        let mut by_indicator = BTreeMap::new();
        for (row, column, cell) in self.coverage.cells() {
            let Some(gap) = cell.state.err().filter(|gap| *gap != Gap::NotApplicable) else { continue };
            *by_country.entry((row.country, gap)).or_default() += 1;
            *by_indicator.entry((column.indicator, gap)).or_default() += 1;
        }
        let countries = self
            .coverage
            .rows
            .iter()
            .map(|row| (row.counts, self.name(row.country), reasons_of(&by_country, row.country)));
        let indicators = self.coverage.columns.iter().map(|column| {
            let title = self.data.framework.indicator(column.indicator).title.raw();
            (column.counts, title, reasons_of(&by_indicator, column.indicator))
        });
        let are = if all.missing == 1 { "is missing," } else { "are missing, most" };
        format!(
            "{} of {} {are} of {} and on {}",
            all.missing,
            all.denominator(),
            with_most_gaps(countries.collect(), "countries"),
            with_most_gaps(indicators.collect(), "indicators")
        )
    }

    fn changes_in_short(&self) -> String {
        match &self.changes {
            Some(changes) => moved_in_short(self.label(changes.from), &changes.all),
            None => "there is no edition before".to_owned(),
        }
    }
}

/// `since 2010, 23 improved and 2 worsened of 310 given in both editions`
pub(super) fn moved_in_short(before: &str, moves: &Moves) -> String {
    let of = moves.comparable();
    if of == 0 {
        return format!("nothing is given both in {before} and now");
    }
    let Moves { improved, worsened, differs, .. } = moves;
    let words = match differs {
        0 => format!("{improved} improved and {worsened} worsened"),
        1 => format!("{improved} improved, {worsened} worsened and 1 differs"),
        many => format!("{improved} improved, {worsened} worsened and {many} differ"),
    };
    format!("since {before}, {words} of {of} given in both editions")
}

/// Whether so many of a set say something about it.
const fn is_enough(assessed: u32, set: u32) -> bool {
    assessed > 0 && assessed * 2 >= set && (assessed >= FEWEST_ASSESSED || assessed == set)
}

/// Higher shares first; of equal ones that of more.
fn by_share(k: u32, of: u32) -> Reverse<(u64, u32)> {
    Reverse((u64::from(k) * 1_000_000 / u64::from(of.max(1)), k))
}

/// The reasons of somebody's gaps, each with its number where there are several: `6 no data, 2 absent`.
fn reasons_of<T: Copy + Ord>(all: &BTreeMap<(T, Gap), u32>, whose: T) -> String {
    let own = all.iter().filter(|((of, _), _)| *of == whose).map(|((_, gap), count)| (*gap, *count));
    reasons_words(&own.collect::<Vec<_>>())
}

/// `no data`, or `6 no data, 2 absent`.
fn reasons_words(reasons: &[(Gap, u32)]) -> String {
    if let [(gap, _)] = reasons {
        return gap.title().to_owned();
    }
    let words: Vec<String> = reasons.iter().map(|(gap, count)| format!("{count} {}", gap.title())).collect();
    words.join(", ")
}

/// Who has the most gaps, with the reasons; of many that tie only how many they are.
fn with_most_gaps(all: Vec<(Counts, &str, String)>, many: &str) -> String {
    let most = all.iter().map(|(counts, ..)| counts.missing).max().unwrap_or(0);
    let tied: Vec<_> = all.into_iter().filter(|(counts, ..)| counts.missing == most).collect();
    if tied.len() > MOST_NAMED_IN_SHORT {
        return format!("{} {many} with {} each", tied.len(), counted(most, "gap", "gaps"));
    }
    let words = tied.iter().map(|(counts, name, reasons)| {
        format!("{} ({most} of {}: {reasons})", in_list(name), counts.denominator())
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Names, one after another; of many so many, and how many more.
pub(super) fn listed(names: &[&str]) -> String {
    let shown = names.iter().take(MOST_LISTED).map(|name| in_list(name)).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_LISTED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// A name among others: in quotes if a comma of its own would part it.
fn in_list(name: &str) -> String {
    if name.contains(',') { format!("“{name}”") } else { name.to_owned() }
}
