//! What became of the cards when their files were read again, and whether that reading may take the old one's place.

use super::{
    batch::{Batch, CardRow},
    dataset::{CardId, CountryId, Dataset, EditionId},
    detail,
    framework::{Framework, IndicatorId},
    problem::Problem,
    severity::Severity,
};
use crate::text::{Safe, safe_line};

/// A reading beside the one before, matched by the codes of countries, the dates of editions and the ids of indicators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reread {
    /// Cells of cards that are in both readings that say something else: another value, mark, note, source or date.
    pub cells: usize,
    /// Cards in both whose summary, actions, campaign or date of assessment is another.
    pub words: usize,
    pub new_cards: usize,
    pub gone_cards: usize,
    pub new_indicators: usize,
    pub gone_indicators: usize,
    /// Titles, scales, weights, groups or sources of the framework are others.
    pub is_framework_changed: bool,
    pub are_findings_changed: bool,
    /// Why this reading must not take the place of the one before: a file that gave cards, or the framework, gives
    /// nothing now and has an error.
    pub spoilt: Option<Problem>,
}

impl Reread {
    pub fn between(old: &Dataset, new: &Dataset) -> Self {
        let mut reread = Self {
            are_findings_changed: old.framework.findings != new.framework.findings,
            is_framework_changed: !is_same(&old.framework, &new.framework),
            spoilt: spoilt(old, new).cloned(),
            ..Self::default()
        };
        let indicators: Vec<(IndicatorId, IndicatorId)> = old
            .framework
            .indicator_ids()
            .filter_map(|id| Some((id, new.framework.find_indicator(&old.framework.indicator(id).id)?)))
            .collect();
        reread.gone_indicators = old.framework.indicators.len() - indicators.len();
        reread.new_indicators = new.framework.indicators.len().saturating_sub(indicators.len());
        let (before, after) = (Texts::of(old), Texts::of(new));
        let mut in_both = 0;
        for card in cards(new) {
            let Some((country, edition, then)) = before.find(after.row(card).1) else {
                reread.new_cards += 1;
                continue;
            };
            in_both += 1;
            // Most cards stand as they stood: what a card says follows from its text and the framework.
            if reread.is_framework_changed || before.text(then) != after.text(card) {
                let then = Spot { data: old, country, edition, card: then };
                reread.compare(&then, new, card, &indicators);
            }
        }
        reread.gone_cards = old.card_count() - in_both;
        reread
    }

    fn compare(
        &mut self,
        then: &Spot<'_>,
        new: &Dataset,
        card: CardId,
        indicators: &[(IndicatorId, IndicatorId)],
    ) {
        let (old, now) = (then.data, new.row(card).1);
        let Some(country) = new.find_country(&now.country) else { return };
        let Some(edition) = find_edition(new, now) else { return };
        for (was, is) in indicators {
            let cells = (old.cell_of(then.card, *was), new.cell_of(card, *is));
            let same = cells.0.marks == cells.1.marks
                && cells.0.state.err() == cells.1.state.err()
                && old.label(then.country, then.edition, *was) == new.label(country, edition, *is)
                && old.detail(then.country, then.edition, *was) == new.detail(country, edition, *is);
            self.cells += usize::from(!same);
        }
        let words = |data: &Dataset, card| {
            let (batch, row) = data.row(card);
            // The sources of a card are told by the cells that name them.
            detail::CardDetail { sources: vec![], ..detail::of_card(batch, row) }
        };
        self.words += usize::from(words(old, then.card) != words(new, card));
    }

    /// `3 cells changed, 1 card new`, or that nothing did.
    pub fn told(&self) -> String {
        let parts = [
            part(self.cells, "cell", "changed"),
            part(self.new_cards, "card", "new"),
            part(self.gone_cards, "card", "gone"),
            part(self.words, "card", "with other words"),
            part(self.new_indicators, "indicator", "new"),
            part(self.gone_indicators, "indicator", "gone"),
            self.is_framework_changed.then(|| "the framework changed".to_owned()),
            self.are_findings_changed.then(|| "the findings changed".to_owned()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { "nothing changed".to_owned() } else { parts.join(", ") }
    }

    /// What to say when this reading is not taken.
    pub fn refusal(problem: &Problem) -> Safe {
        let file = problem.file.as_ref().map_or_else(String::new, |file| file.line().into_string());
        let file = file.rsplit('/').next().unwrap_or_default();
        let place = problem.place.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
        let message = &problem.message;
        safe_line(&format!("NOT read again: {file}{place}: {message}; the cards shown are those read before"))
    }
}

fn part(count: usize, one: &str, what: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one} {what}")),
        many => Some(format!("{many} {one}s {what}")),
    }
}

/// Whether two frameworks ask and judge alike; findings apart.
fn is_same(old: &Framework, new: &Framework) -> bool {
    old.findings == new.findings && old == new || {
        let plain = |framework: &Framework| Framework { findings: vec![], ..framework.clone() };
        plain(old) == plain(new)
    }
}

/// The first error of a file that gave cards and gives none now, or of one that kept the framework from being read.
fn spoilt<'a>(old: &Dataset, new: &'a Dataset) -> Option<&'a Problem> {
    let gives = |data: &Dataset, problem: &Problem| {
        let file = problem.file.as_ref();
        data.batches.iter().any(|batch| Some(&batch.file) == file && !batch.cards.is_empty())
    };
    let is_new = |problem: &Problem| {
        !old.problems.iter().any(|known| known.code == problem.code && known.file == problem.file)
    };
    let is_other = old.framework.id != new.framework.id || new.framework.inferred;
    let lost_framework = !old.framework.inferred && is_other;
    let mut errors = new.problems.iter().filter(|problem| {
        problem.severity == Severity::Error && problem.file.is_some() && !gives(new, problem)
    });
    errors.find(|problem| gives(old, problem) || lost_framework && is_new(problem))
}

/// One card of the older reading.
struct Spot<'a> {
    data: &'a Dataset,
    country: CountryId,
    edition: EditionId,
    card: CardId,
}

/// The text of every card of a data set.
struct Texts<'a> {
    data: &'a Dataset,
    /// For each batch the offsets where cards begin, in order.
    starts: Vec<Vec<u32>>,
}

impl<'a> Texts<'a> {
    fn of(data: &'a Dataset) -> Self {
        let starts = data.batches.iter().map(|batch| {
            let mut starts: Vec<u32> = batch.cards.iter().map(|card| card.at).collect();
            starts.sort_unstable();
            starts
        });
        Self { data, starts: starts.collect() }
    }

    fn row(&self, card: CardId) -> (&'a Batch, &'a CardRow) {
        self.data.row(card)
    }

    /// From where the card begins to where the next one does.
    fn text(&self, card: CardId) -> &'a str {
        let (batch, row) = self.row(card);
        let (at, _) = self.data.cards[card.0 as usize];
        let starts = &self.starts[at as usize];
        let next = starts.get(starts.partition_point(|start| *start <= row.at));
        let end = next.map_or(batch.text.len(), |next| *next as usize);
        batch.text.get(row.at as usize..end).unwrap_or_default().trim_end_matches(|c: char| {
            // What stands between two cards is no part of either.
            c.is_ascii_whitespace() || c == ',' || c == ']'
        })
    }

    /// The card of the same country and edition here.
    fn find(&self, row: &CardRow) -> Option<(CountryId, EditionId, CardId)> {
        let country = self.data.find_country(&row.country)?;
        let edition = find_edition(self.data, row)?;
        Some((country, edition, self.data.card(country, edition)?))
    }
}

fn find_edition(data: &Dataset, row: &CardRow) -> Option<EditionId> {
    data.edition_ids().find(|id| data.edition(*id).date == row.edition)
}

fn cards(data: &Dataset) -> impl Iterator<Item = CardId> + use<> {
    (0..u32::try_from(data.card_count()).unwrap_or(u32::MAX)).map(CardId)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{core::read::from_texts, text::Raw};

    const FRAMEWORK: &str = r#"{ "id": "f", "scales": { "s": { "kind": "levels", "levels": [{ "id": "no", "label": "No" },
        { "id": "yes", "label": "Yes" }] } }, "goals": [{ "id": "g", "title": "G", "indicators": [
        { "id": "a", "title": "A", "scale": "s" }, { "id": "b", "title": "B", "scale": "s" }] }] }"#;
    const ALB: &str = r#"{ "framework": "f", "country": "ALB", "edition": "2012", "summary": "So far.",
        "assessments": { "a": { "level": "yes", "note": "Since 2010." }, "b": "no" } }"#;
    const EST: &str =
        r#"{ "framework": "f", "country": "EST", "edition": "2012", "assessments": { "a": "yes" } }"#;

    fn data(files: &[(&str, &str)]) -> Dataset {
        from_texts("cards", &[&[("framework.json", FRAMEWORK)], files].concat())
    }

    fn told(before: &[(&str, &str)], after: &[(&str, &str)]) -> String {
        Reread::between(&data(before), &data(after)).told()
    }

    #[test]
    fn what_changed_is_counted_by_cells_and_cards() {
        let both = [("alb.json", ALB), ("est.json", EST)];
        assert_eq!(told(&both, &both), "nothing changed");
        for (from, to, want) in [
            ("\"b\": \"no\"", "\"b\": \"yes\"", "1 cell changed"),
            ("\"b\": \"no\"", "\"b\": null", "1 cell changed"),
            ("Since 2010.", "Since 2011.", "1 cell changed"),
            ("So far.", "So good.", "1 card with other words"),
            ("\"summary\"", "\n  \"summary\"", "nothing changed"),
        ] {
            let other = ALB.replace(from, to);
            assert_eq!(told(&both, &[("alb.json", &other), ("est.json", EST)]), want, "{to}");
        }
        let other = ALB.replace("yes", "no").replace("\"b\": \"no\"", "\"b\": \"yes\"");
        assert_eq!(
            told(&[("alb.json", ALB)], &[("alb.json", &other), ("est.json", EST)]),
            "2 cells changed, 1 card new"
        );
        assert_eq!(told(&both, &[("est.json", EST)]), "1 card gone");
    }

    #[test]
    fn a_card_that_moves_to_another_file_is_the_same_card() {
        let array = format!("[{EST},\n{ALB}]");
        assert_eq!(told(&[("alb.json", ALB), ("est.json", EST)], &[("all.json", &array)]), "nothing changed");
    }

    #[test]
    fn a_framework_that_changes_is_told_and_cells_are_matched_by_id() {
        let before = data(&[("alb.json", ALB)]);
        let other = FRAMEWORK.replace(
            "[\n        { \"id\": \"a\", \"title\": \"A\", \"scale\": \"s\" }, ",
            "[{ \"id\": \"c\", \"title\": \"C\", \"scale\": \"s\" }, ",
        );
        assert_ne!(other, FRAMEWORK);
        let after = from_texts("cards", &[("framework.json", &other), ("alb.json", ALB)]);
        let reread = Reread::between(&before, &after);
        assert_eq!(reread.told(), "1 indicator new, 1 indicator gone, the framework changed");
        assert_eq!(reread.spoilt, None);
    }

    #[test]
    fn a_file_that_can_no_longer_be_read_spoils_the_reading() {
        let before = data(&[("cards/alb.json", ALB), ("est.json", EST)]);
        for half in [&ALB[..ALB.len() / 2], "", "{oops"] {
            let reread = Reread::between(&before, &data(&[("cards/alb.json", half), ("est.json", EST)]));
            let problem = reread.spoilt.expect("a problem");
            assert_eq!(problem.file.as_ref().map(Raw::raw), Some("cards/alb.json"), "{half}");
            let words = Reread::refusal(&problem);
            assert!(words.starts_with("NOT read again: alb.json:"), "{words}");
        }
        let broken = &FRAMEWORK[..FRAMEWORK.len() - 9];
        let after =
            from_texts("cards", &[("framework.json", broken), ("cards/alb.json", ALB), ("est.json", EST)]);
        let problem = Reread::between(&before, &after).spoilt.expect("a problem");
        assert_eq!(problem.file.as_ref().map(Raw::raw), Some("framework.json"));
    }

    #[test]
    fn files_that_go_or_come_broken_spoil_nothing() {
        let before = data(&[("alb.json", ALB), ("est.json", EST)]);
        for after in
            [vec![("est.json", EST)], vec![("alb.json", ALB), ("est.json", EST), ("new.json", "{oops")]]
        {
            assert_eq!(Reread::between(&before, &data(&after)).spoilt, None, "{after:?}");
        }
        let bad_cell = ALB.replace("\"b\": \"no\"", "\"b\": \"soon\"");
        let after = data(&[("alb.json", &bad_cell), ("est.json", EST)]);
        assert_eq!(Reread::between(&before, &after).spoilt, None, "one bad cell spoils one cell");
    }
}
