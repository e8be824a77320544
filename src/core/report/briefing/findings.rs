//! The findings of a briefing: each as a sentence with its count, who is behind it, and its sources.

use super::{
    Briefing,
    document::{Block, capital, text},
};
use crate::{
    core::{
        cell::Gap,
        dataset::CountryId,
        findings::{Answer, Counted},
        framework::{GoalId, IndicatorId, Source},
        report::{findings::elsewhere_words, table::Cited},
    },
    text::{Raw, counted},
};

impl Briefing<'_> {
    pub(super) fn findings_blocks(&self, cited: &mut Cited) -> Vec<Block> {
        if self.findings.rows.is_empty() {
            return vec![text("The framework states no findings.".to_owned())];
        }
        let (of_nobody, told): (Vec<&Counted>, Vec<&Counted>) =
            self.findings.rows.iter().partition(|row| is_of_nobody(row));
        let mut blocks = vec![];
        let mut under: Option<Option<GoalId>> = None;
        for row in told {
            if under != Some(row.finding.goal) {
                under = Some(row.finding.goal);
                let title = row.finding.goal.map(|goal| self.data.framework.goal(goal).title.clone());
                blocks.push(Block::Heading(title.unwrap_or(Raw::from_static("Other findings"))));
            }
            self.add_finding(&mut blocks, row, cited);
        }
        if !blocks.is_empty() {
            blocks.insert(0, Block::Legend);
        }
        self.add_of_nobody(&mut blocks, &of_nobody, cited);
        let elsewhere = self.findings.published_elsewhere(self.data);
        blocks.extend(elsewhere.iter().map(|one| Block::Text(elsewhere_words(one))));
        blocks
    }

    /// The findings of nobody in one line: `None of the countries: have no act (of 24 assessed, 26 in set).`
    fn add_of_nobody(&self, blocks: &mut Vec<Block>, rows: &[&Counted], cited: &mut Cited) {
        if rows.is_empty() {
            return;
        }
        let words = |row: &&Counted| {
            let text = row.finding.text.raw().trim().trim_end_matches('.');
            let text = text.strip_prefix("countries ").unwrap_or(text);
            let mut more = format!("of {} assessed, {} in set", row.assessed, row.set);
            for (title, names) in [
                ("not assessed", self.unassessed(row).join(", ")),
                ("not applicable", self.names(&row.countries(Answer::NotApplicable))),
            ] {
                if !names.is_empty() {
                    more = format!("{more}; {title}: {names}");
                }
            }
            let own = if row.finding.own { ", own finding" } else { "" };
            format!("{text} ({more}{own})")
        };
        let words: Vec<String> = rows.iter().map(words).collect();
        blocks.push(Block::Heading(Raw::from_static("Of nobody")));
        blocks.push(text(format!("None of the countries: {}.", words.join("; "))));
        let sources: Vec<Source> = rows.iter().flat_map(|row| self.sources_of(row)).collect();
        let numbers = cited.numbers(&sources);
        if !numbers.is_empty() {
            blocks.push(Block::Sources(numbers));
        }
    }

    fn add_finding(&self, blocks: &mut Vec<Block>, row: &Counted, cited: &mut Cited) {
        let (k, assessed, set) = (row.k, row.assessed, row.set);
        let own = if row.finding.own { " (Own finding, not the framework’s.)" } else { "" };
        let sentence = Raw::new(format!("{}{own}", row.sentence()));
        if row.finding.problem().is_some() {
            return blocks.push(Block::Text(sentence));
        }
        blocks.push(Block::Finding { sentence, k, assessed, set });
        let mut more: Vec<String> =
            row.passed_over_words().map(|words| format!("{words}.")).into_iter().collect();
        if !row.explained.is_empty() {
            let explained = row.explained.raw();
            more.push(match &row.elsewhere {
                Some(_) => format!("{}.", capital(explained)),
                None => format!("Beside the published figure: {explained}."),
            });
        }
        let holds = row.countries(Answer::Holds);
        more.push(if holds.is_empty() {
            "No country.".to_owned()
        } else {
            format!("{}: {}.", counted(holds.len(), "country", "countries"), self.names(&holds))
        });
        let unknown = self.unassessed(row);
        if !unknown.is_empty() {
            more.push(format!("Not assessed: {}.", unknown.join(", ")));
        }
        let outside = row.countries(Answer::NotApplicable);
        if !outside.is_empty() {
            more.push(format!("Not applicable: {}.", self.names(&outside)));
        }
        blocks.push(Block::List(more.into_iter().map(Raw::new).collect()));
        let numbers = cited.numbers(&self.sources_of(row));
        if !numbers.is_empty() {
            blocks.push(Block::Sources(numbers));
        }
    }

    /// Who is undecided, each with the reasons: `Andorra (no data)`.
    fn unassessed(&self, row: &Counted) -> Vec<String> {
        let open = row.answers.iter().filter(|answered| answered.answer == Answer::Unassessed);
        let mut named: Vec<(CountryId, Vec<&'static str>)> = vec![];
        for answered in open {
            let gap = |id: &IndicatorId| self.data.cell(answered.country, self.edition, *id).state.err();
            let reasons = answered.indicators.iter().filter_map(gap).map(Gap::title);
            match named.last_mut() {
                Some((country, all)) if *country == answered.country => all.extend(reasons),
                _ => named.push((answered.country, reasons.collect())),
            }
        }
        let words = named.into_iter().map(|(country, mut reasons)| {
            reasons.dedup();
            format!("{} ({})", self.name(country), reasons.join(", "))
        });
        words.collect()
    }

    fn sources_of(&self, row: &Counted) -> Vec<Source> {
        let mut sources: Vec<Source> = vec![];
        for answered in row.answers.iter().filter(|answered| answered.answer != Answer::NotApplicable) {
            for indicator in &answered.indicators {
                for source in self.data.detail(answered.country, self.edition, *indicator).sources {
                    if !sources.contains(&source) {
                        sources.push(source);
                    }
                }
            }
        }
        sources
    }
}

/// Whether somebody is assessed and the finding holds of no country, with nothing to say beside it: not where answers are
/// counted, nor where the published figure is another.
fn is_of_nobody(row: &Counted) -> bool {
    let says_more = row.finding.counts_answers || row.agreement.wants_words();
    row.finding.problem().is_none() && row.k == 0 && row.assessed > 0 && !says_more
}
