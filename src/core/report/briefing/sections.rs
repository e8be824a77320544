//! The sections of a briefing, in the order of a submission.

use super::{Block, Briefing, Rows, Section};
use crate::{
    core::{
        cell::Gap,
        changes::Kind,
        dataset::CountryId,
        findings::{Answer, Counted},
        framework::{GoalId, IndicatorId, Source},
        report::{
            changes::moves_words,
            compare::{counted, k_of_n},
            table::Cited,
        },
        tally::Tally,
    },
    text::Raw,
};

/// So many countries and indicators with the most gaps are named.
const MOST_NAMED: usize = 10;
/// Lists of changes are cut after so many; the `changes` report has all.
const MOST_CHANGES: usize = 60;

impl Briefing<'_> {
    pub(super) fn sections(&self, cited: &mut Cited) -> Vec<Section> {
        let section =
            |id, title: &'static str, blocks| Section { id, title: Raw::from_static(title), blocks };
        vec![
            section("scope", "Scope", self.scope()),
            section("findings", "Findings", self.findings_blocks(cited)),
            section("missing", "What is missing", self.missing()),
            section("changes", "Changes since the last edition", self.changes_blocks(cited)),
            section("actions", "Priority actions", self.actions_blocks()),
            section("method", "How to read the figures", method()),
        ]
    }

    fn scope(&self) -> Vec<Block> {
        let with_card = self.members.iter().filter(|id| self.data.card(**id, self.edition).is_some()).count();
        let group = self.group.title.raw();
        let all = counted(self.members.len() as u64, "country", "countries");
        let edition = self.label(self.edition);
        let mut blocks = vec![
            text(format!(
                "{group}: {all}, edition {edition}. {with_card} of {all} have a card in this edition."
            )),
            text(format!("Countries: {}.", self.names(&self.members))),
        ];
        let cards = self.members.iter().filter_map(|id| self.data.card(*id, self.edition));
        let dates: Vec<_> = cards.filter_map(|card| self.data.card_detail(card).assessed_on).collect();
        if let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) {
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

    fn findings_blocks(&self, cited: &mut Cited) -> Vec<Block> {
        if self.findings.rows.is_empty() {
            return vec![text("The framework states no findings.".to_owned())];
        }
        let mut blocks = vec![];
        let mut under: Option<Option<GoalId>> = None;
        for row in &self.findings.rows {
            if under != Some(row.finding.goal) {
                under = Some(row.finding.goal);
                let title = row.finding.goal.map(|goal| self.data.framework.goal(goal).title.clone());
                blocks.push(Block::Heading(title.unwrap_or(Raw::from_static("Other findings"))));
            }
            self.add_finding(&mut blocks, row, cited);
        }
        blocks
    }

    fn add_finding(&self, blocks: &mut Vec<Block>, row: &Counted, cited: &mut Cited) {
        let unit = if row.finding.counts_answers { "answers" } else { "countries" };
        let (k, assessed, set) = (row.k, row.assessed, row.set);
        let mut count = format!("{k} of {assessed} {unit} assessed ({set} in set), {}", row.percent_words());
        if let Some(published) = &row.finding.published {
            count = format!("{count}; published: {}", published.text.raw());
        }
        let sentence = row.finding.text.clone();
        blocks.push(Block::Finding { sentence, count: Raw::new(count), k, assessed, set });
        let mut more = vec![];
        if !row.explained.is_empty() {
            more.push(format!("Beside the published figure: {}.", row.explained.raw()));
        }
        let holds = row.countries(Answer::Holds);
        more.push(if holds.is_empty() {
            "No country.".to_owned()
        } else {
            format!("{}: {}.", counted(holds.len() as u64, "country", "countries"), self.names(&holds))
        });
        let unknown = self.unassessed(row);
        if !unknown.is_empty() {
            more.push(format!("Not assessed: {}.", unknown.join(", ")));
        }
        let outside = row.countries(Answer::NotApplicable);
        if !outside.is_empty() {
            more.push(format!("Not applicable: {}.", self.names(&outside)));
        }
        let numbers = cited.cite(&self.sources_of(row));
        if !numbers.is_empty() {
            more.push(format!("Sources: [{numbers}]."));
        }
        blocks.push(Block::List(more.into_iter().map(Raw::new).collect()));
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

    fn missing(&self) -> Vec<Block> {
        let all = self.coverage.all;
        let mut blocks = vec![text(format!("{}.", given_words(all)))];
        if all.missing == 0 {
            blocks.push(text("Nothing is missing in this edition.".to_owned()));
            return blocks;
        }
        let reasons = self.coverage.reasons.iter().map(|(gap, count)| {
            vec![Raw::from_static(gap.title()), number(*count), Raw::from_static(gap.meaning())]
        });
        blocks.push(Block::Table(Rows {
            headings: vec![("Reason", false), ("Cells", true), ("Meaning", false)],
            rows: reasons.collect(),
        }));
        let headings = |what| vec![(what, false), ("Given", true), ("Gaps", true), ("Not applicable", true)];
        let row = |title: Raw<'static>, tally: Tally| {
            vec![title, Raw::new(k_of_n(tally)), number(tally.missing), number(tally.not_applicable)]
        };
        let goals = self.coverage.goals.iter();
        let goals = goals.map(|(goal, tally)| row(self.data.framework.goal(*goal).title.clone(), *tally));
        blocks.push(Block::Table(Rows { headings: headings("Goal"), rows: goals.collect() }));
        let countries = self.coverage.rows.iter();
        let countries = countries.map(|one| (self.data.country(one.country).name.clone(), one.tally));
        let indicators = self.coverage.columns.iter();
        let indicators =
            indicators.map(|one| (self.data.framework.indicator(one.indicator).title.clone(), one.tally));
        let most = |what, mut all: Vec<(Raw<'static>, Tally)>| {
            all.retain(|(_, tally)| tally.missing > 0);
            all.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.missing));
            let left = all.split_off(all.len().min(MOST_NAMED));
            let rows = all.into_iter().map(|(title, tally)| row(title, tally)).collect();
            let mut blocks = vec![Block::Table(Rows { headings: headings(what), rows })];
            if let Some((_, next)) = left.first() {
                let gaps = counted(u64::from(next.missing), "gap", "gaps");
                blocks.push(text(format!("And {} more, with {gaps} or fewer.", left.len())));
            }
            blocks
        };
        blocks.push(Block::Heading(Raw::from_static("Countries with the most gaps")));
        blocks.extend(most("Country", countries.collect()));
        blocks.push(Block::Heading(Raw::from_static("Indicators with the most gaps")));
        blocks.extend(most("Indicator", indicators.collect()));
        blocks
    }

    fn changes_blocks(&self, cited: &mut Cited) -> Vec<Block> {
        let Some(changes) = &self.changes else {
            return vec![text("There is no earlier edition to compare with.".to_owned())];
        };
        let (from, to) = (self.label(changes.from), self.label(changes.to));
        let mut blocks = vec![
            text(format!("From {from} to {to}, the same countries: {}.", moves_words(&changes.all))),
            text(format!("Given: {} in {from}, {} in {to}.", k_of_n(changes.before), k_of_n(changes.after))),
        ];
        for kind in [Kind::Improved, Kind::Worsened, Kind::Appeared, Kind::Disappeared] {
            let rows: Vec<_> = changes.rows.iter().filter(|row| row.change.kind() == kind).collect();
            if rows.is_empty() {
                continue;
            }
            let title = kind.title();
            let title = format!("{}{}: {}", title[..1].to_uppercase(), &title[1..], rows.len());
            blocks.push(Block::Heading(Raw::new(title)));
            let words = rows.iter().take(MOST_CHANGES).map(|row| {
                let data = self.data;
                let label = |edition| data.label(row.country, edition, row.indicator);
                let sources = [changes.from, changes.to]
                    .map(|edition| data.detail(row.country, edition, row.indicator).sources)
                    .concat();
                vec![
                    data.country(row.country).name.clone(),
                    data.framework.indicator(row.indicator).title.clone(),
                    label(changes.from),
                    label(changes.to),
                    Raw::new(cited.cite(&sources)),
                ]
            });
            let rows_shown: Vec<_> = words.collect();
            let headings = vec![
                ("Country", false),
                ("Indicator", false),
                ("Before", false),
                ("Now", false),
                ("Sources", false),
            ];
            blocks.push(Block::Table(Rows { headings, rows: rows_shown }));
            if rows.len() > MOST_CHANGES {
                let hidden = rows.len() - MOST_CHANGES;
                blocks.push(text(format!("And {hidden} more: `visavis changes {from} {to}` lists all.")));
            }
        }
        blocks
    }

    fn actions_blocks(&self) -> Vec<Block> {
        let actions = self.actions();
        if actions.is_empty() {
            return vec![text("The cards of this edition name no priority actions.".to_owned())];
        }
        let of = |(country, actions): (CountryId, Vec<Raw<'static>>)| {
            [Block::Heading(self.data.country(country).name.clone()), Block::List(actions)]
        };
        actions.into_iter().flat_map(of).collect()
    }
}

/// `483 of 520 given (528 in set), 37 gaps; 8 not applicable`.
fn given_words(tally: Tally) -> String {
    let gaps = counted(tally.missing, "gap", "gaps");
    let out = match tally.not_applicable {
        0 => String::new(),
        many => format!("; {many} not applicable, outside the count"),
    };
    let share = match tally.of() {
        of if of == 0 || tally.missing == 0 => String::new(),
        of => format!(" ({:.1} %)", f64::from(tally.missing) * 100.0 / f64::from(of)),
    };
    format!("{} given, {gaps}{share}{out}", k_of_n(tally))
}

fn method() -> Vec<Block> {
    let lines = [
        "k of n assessed (N in set): k countries or answers of the n whose cells say so; N has those with a gap too.",
        "A gap is never counted as a no. What is not applicable is in no count, and is named.",
        "Nothing is imputed. Treaties are read as of the date of the edition.",
        "Changes compare only cells that are given in both editions, of the same countries.",
    ];
    vec![Block::List(lines.map(Raw::from_static).to_vec())]
}

fn text(words: String) -> Block {
    Block::Text(Raw::new(words))
}

fn number(count: u32) -> Raw<'static> {
    Raw::new(count.to_string())
}
