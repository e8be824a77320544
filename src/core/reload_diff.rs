//! How the cards changed when their files were read again: how many cells and cards, and which.

use super::{
    columns::CardRow,
    dataset::{CardId, CountryId, Dataset, EditionId},
    detail::{Batch, CardDetail, Detail},
    framework::{Framework, IndicatorId},
};
use crate::text::Raw;

/// The differences between a reading and the one before, matched by country code, edition date and indicator id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReloadDiff {
    /// Cells, of cards in both readings, with another value, mark, note, source or date.
    pub cells: usize,
    /// Cards in both readings with another summary, other actions, another campaign or date of assessment.
    pub words: usize,
    pub new_cards: usize,
    pub gone_cards: usize,
    pub new_indicators: usize,
    pub gone_indicators: usize,
    /// Whether titles, scales, weights, groups or sources of the framework changed.
    pub is_framework_changed: bool,
    /// Whether it is a table, whose framework nobody wrote.
    pub is_of_table: bool,
    pub are_findings_changed: bool,
    /// The changes, card by card; at most [`MOST_LISTED`].
    pub list: Vec<Changed>,
    /// Files that became broken in this reading. Their cards are those of the reading before.
    pub kept: Vec<Raw<'static>>,
}

/// More than anyone will read.
pub const MOST_LISTED: usize = 10_000;

/// One change. It is described by codes because those are valid in both readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub country: Box<str>,
    pub name: Box<str>,
    pub edition: Box<str>,
    pub what: CardChange,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardChange {
    Cell {
        indicator: Box<str>,
        title: Raw<'static>,
        before: Raw<'static>,
        after: Raw<'static>,
        /// What changed besides the value: `note`, `sources`, `as of`.
        parts: Vec<&'static str>,
    },
    NewCard,
    GoneCard,
    /// Summary, actions, campaign or date of assessment.
    Words,
}

impl ReloadDiff {
    pub fn between(old: &Dataset, new: &Dataset) -> Self {
        let mut reload_diff = Self {
            are_findings_changed: old.framework.findings != new.framework.findings,
            is_framework_changed: !is_same(&old.framework, &new.framework),
            is_of_table: new.framework.of_table,
            kept: new.kept.iter().filter(|file| !old.kept.contains(file)).cloned().collect(),
            ..Self::default()
        };
        let indicators: Vec<(IndicatorId, IndicatorId)> = old
            .framework
            .indicator_ids()
            .filter_map(|id| Some((id, new.framework.find_indicator(&old.framework.indicator(id).id)?)))
            .collect();
        reload_diff.gone_indicators = old.framework.indicators.len() - indicators.len();
        reload_diff.new_indicators = new.framework.indicators.len().saturating_sub(indicators.len());
        let (before, after) = (Texts::of(old), Texts::of(new));
        let mut in_both = 0;
        for card in cards(new) {
            let Some((country, edition, then)) = before.find(after.row(card).1) else {
                reload_diff.new_cards += 1;
                reload_diff.list(after.row(card).1, || CardChange::NewCard);
                continue;
            };
            in_both += 1;
            // Most cards are unchanged: the same text under the same framework gives the same cells.
            let is_same = before.text(then).is_some_and(|text| Some(text) == after.text(card));
            if reload_diff.is_framework_changed || !is_same {
                let then = Spot { data: old, country, edition, card: then };
                reload_diff.compare(&then, new, card, &indicators);
            }
        }
        reload_diff.gone_cards = old.card_count() - in_both;
        if reload_diff.gone_cards > 0 {
            for row in cards(old).map(|card| before.row(card).1).filter(|row| after.find(row).is_none()) {
                reload_diff.list(row, || CardChange::GoneCard);
            }
        }
        reload_diff
    }

    fn list(&mut self, row: &CardRow, what: impl FnOnce() -> CardChange) {
        if self.list.len() < MOST_LISTED {
            let CardRow { country, name, edition_label, .. } = row;
            let (country, name, edition) = (country.clone(), name.clone(), edition_label.clone());
            self.list.push(Changed { country, name, edition, what: what() });
        }
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
            let labels = (old.label(then.country, then.edition, *was), new.label(country, edition, *is));
            let details = (old.detail(then.country, then.edition, *was), new.detail(country, edition, *is));
            let same = cells.0.marks == cells.1.marks
                && cells.0.state.err() == cells.1.state.err()
                && labels.0 == labels.1
                && details.0 == details.1;
            if !same {
                self.cells += 1;
                let mut parts = parts(&details.0, &details.1);
                // Another value is of course printed otherwise, so that part is not listed beside it.
                parts.retain(|part| *part != "printed" || labels.0 == labels.1);
                if parts.is_empty() && labels.0 == labels.1 && cells.0.marks != cells.1.marks {
                    parts.push("marks");
                }
                let asked = new.framework.indicator(*is);
                let (indicator, title) = (asked.id.clone(), asked.title.clone());
                self.list(now, || CardChange::Cell {
                    indicator,
                    title,
                    before: labels.0,
                    after: labels.1,
                    parts,
                });
            }
        }
        let words = |data: &Dataset, card| {
            // A changed source of the card is already counted in the cells that cite it.
            CardDetail { sources: vec![], ..data.card_detail(card) }
        };
        if words(old, then.card) != words(new, card) {
            self.words += 1;
            self.list(now, || CardChange::Words);
        }
    }

    /// Whether anything changed.
    pub fn has_changed(&self) -> bool {
        *self != Self { kept: self.kept.clone(), ..Self::default() }
    }

    /// `3 cells changed, 1 card new`, or `nothing changed`.
    pub fn told(&self) -> String {
        let framework = if self.is_of_table { "how it is read changed" } else { "the framework changed" };
        let parts = [
            part(self.cells, "cell", "changed"),
            part(self.new_cards, "card", "new"),
            part(self.gone_cards, "card", "gone"),
            part(self.words, "card", "with other words"),
            part(self.new_indicators, "indicator", "new"),
            part(self.gone_indicators, "indicator", "gone"),
            self.is_framework_changed.then(|| framework.to_owned()),
            self.are_findings_changed.then(|| "the findings changed".to_owned()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { "nothing changed".to_owned() } else { parts.join(", ") }
    }
}

/// What changed in the detail of a cell.
fn parts(old: &Detail, new: &Detail) -> Vec<&'static str> {
    let all = [
        ("printed", old.printed != new.printed),
        ("note", old.note != new.note),
        ("sources", old.sources != new.sources),
        ("as of", old.as_of != new.as_of),
        ("readings", old.values != new.values),
        ("dates", old.treaty != new.treaty),
    ];
    all.into_iter().filter(|(_, is_other)| *is_other).map(|(part, _)| part).collect()
}

fn part(count: usize, one: &str, what: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one} {what}")),
        many => Some(format!("{many} {one}s {what}")),
    }
}

/// Whether two frameworks are equal apart from their findings.
fn is_same(old: &Framework, new: &Framework) -> bool {
    old.findings == new.findings && old == new || {
        let plain = |framework: &Framework| Framework { findings: vec![], ..framework.clone() };
        plain(old) == plain(new)
    }
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
    /// For each batch the offsets at which cards begin, in order.
    starts: Vec<Vec<u32>>,
}

impl<'a> Texts<'a> {
    fn of(data: &'a Dataset) -> Self {
        let starts = data.batches.iter().map(|batch| {
            let mut starts: Vec<u32> = batch.columns.cards.iter().map(|card| card.at).collect();
            starts.sort_unstable();
            starts
        });
        Self { data, starts: starts.collect() }
    }

    fn row(&self, card: CardId) -> (&'a Batch, &'a CardRow) {
        self.data.row(card)
    }

    /// The text from the beginning of the card to that of the next one.
    fn text(&self, card: CardId) -> Option<&'a str> {
        let (batch, row) = self.row(card);
        let (at, nth) = self.data.cards[card.0 as usize];
        let starts = &self.starts[at as usize];
        let next = starts.get(starts.partition_point(|start| *start <= row.at));
        batch.card_text(nth as usize, next.map(|next| *next as usize))
    }

    /// The card of the same country and edition in this data set.
    fn find(&self, row: &CardRow) -> Option<(CountryId, EditionId, CardId)> {
        let country = self.data.find_country(&row.country)?;
        let edition = find_edition(self.data, row)?;
        Some((country, edition, self.data.card(country, edition)?))
    }
}

fn find_edition(data: &Dataset, row: &CardRow) -> Option<EditionId> {
    data.edition_ids().find(|id| data.edition(*id).label == row.edition_label)
}

fn cards(data: &Dataset) -> impl Iterator<Item = CardId> + use<> {
    (0..u32::try_from(data.card_count()).unwrap_or(u32::MAX)).map(CardId)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::read::{again_from_texts, from_texts};

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
        ReloadDiff::between(&data(before), &data(after)).told()
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
        let reload_diff = ReloadDiff::between(&before, &after);
        assert_eq!(reload_diff.told(), "1 indicator new, 1 indicator gone, the framework changed");
    }

    #[test]
    fn what_changed_is_listed_with_what_it_was_and_what_it_is() {
        let before = data(&[("alb.json", ALB), ("est.json", EST)]);
        let other = ALB.replace("\"b\": \"no\"", "\"b\": \"yes\"").replace("Since 2010.", "Since 2011.");
        let lva = EST.replace("EST", "LVA");
        let after = data(&[("alb.json", &other), ("lva.json", &lva)]);
        let list = ReloadDiff::between(&before, &after).list;
        let told = list.iter().map(|one| match &one.what {
            CardChange::Cell { indicator, before, after, parts, .. } => {
                format!("{} {indicator} {}>{} {parts:?}", one.country, before.raw(), after.raw())
            }
            other => format!("{} {} {other:?}", one.name, one.edition),
        });
        let told: Vec<String> = told.collect();
        assert_eq!(
            told,
            ["ALB a Yes>Yes [\"note\"]", "ALB b No>Yes []", "Latvia 2012 NewCard", "Estonia 2012 GoneCard"]
        );
    }

    const BOTH: [(&str, &str); 2] = [("alb.json", ALB), ("est.json", EST)];

    /// The countries of the cards, and the files whose cards were kept.
    fn shown(data: &Dataset) -> (Vec<&str>, Vec<&str>) {
        let cards = cards(data).map(|card| &*data.row(card).1.country);
        let mut cards: Vec<&str> = cards.collect();
        cards.sort_unstable();
        (cards, data.kept.iter().map(Raw::raw).collect())
    }

    #[test]
    fn a_file_that_became_broken_keeps_its_cards_and_the_changes_of_all_others_are_taken() {
        let before = data(&BOTH);
        let other = EST.replace("yes", "no");
        let no_card = r#"{ "country": 7, "assessments": {} }"#;
        for broken in [&ALB[..ALB.len() / 2], "", "{oops", no_card, "\"a\\ud800"] {
            let files = [("framework.json", FRAMEWORK), ("alb.json", broken), ("est.json", &other)];
            let after = again_from_texts(&before, &files);
            assert_eq!(shown(&after), (vec!["ALB", "EST"], vec!["alb.json"]), "{broken}");
            let reload_diff = ReloadDiff::between(&before, &after);
            assert_eq!(reload_diff.told(), "1 cell changed", "{broken}");
            assert_eq!(reload_diff.kept.len(), 1);
            let codes = after
                .problems
                .iter()
                .filter(|problem| problem.file.as_ref().is_some_and(|file| file.raw() == "alb.json"));
            let codes: Vec<&str> = codes.map(|problem| problem.code).collect();
            assert!(codes.len() >= 2 && codes.contains(&"kept-cards"), "{broken}: {codes:?}");
            // Read again and still broken: the kept cards stay.
            let later = again_from_texts(&after, &files);
            assert_eq!(shown(&later), shown(&after), "{broken}");
            assert_eq!(ReloadDiff::between(&after, &later).kept, [], "it was told before");
            // Mended: nothing is kept any more.
            let mended = again_from_texts(&later, &[&[("framework.json", FRAMEWORK)], &BOTH[..]].concat());
            assert_eq!(shown(&mended), (vec!["ALB", "EST"], vec![]));
            assert_eq!(mended.problems, before.problems);
        }
    }

    #[test]
    fn bytes_that_are_no_text_keep_the_cards_too() {
        let before = data(&BOTH);
        let mut loader = crate::core::read::Loader::new(crate::core::read::Options::default());
        for (name, bytes) in
            [("framework.json", FRAMEWORK.as_bytes()), ("alb.json", b"{\xff"), ("est.json", EST.as_bytes())]
        {
            loader.add(Raw::new(name.to_owned()), bytes.to_vec());
        }
        let after = loader.finish_again(Raw::new("cards".to_owned()), &|_| (), &before);
        assert_eq!(shown(&after), (vec!["ALB", "EST"], vec!["alb.json"]));
    }

    #[test]
    fn a_framework_that_became_broken_stays_as_it_was() {
        let before = data(&BOTH);
        for broken in [&FRAMEWORK[..FRAMEWORK.len() - 9], "", "{"] {
            let files = [("framework.json", broken), ("alb.json", ALB), ("est.json", EST)];
            let after = again_from_texts(&before, &files);
            assert_eq!(after.framework, before.framework, "{broken}");
            assert!(after.problems.iter().any(|problem| problem.code == "kept-framework"), "{broken}");
            assert_eq!(ReloadDiff::between(&before, &after).told(), "nothing changed");
        }
        let bundle = format!("{{ \"framework\": {FRAMEWORK}, \"cards\": [{ALB}, {EST}] }}");
        let before = from_texts("cards", &[("bundle.json", &bundle)]);
        let after = again_from_texts(&before, &[("bundle.json", &bundle[..bundle.len() - 40])]);
        assert_eq!((after.framework == before.framework, shown(&after).0), (true, vec!["ALB", "EST"]));
    }

    #[test]
    fn cards_of_a_file_that_is_gone_go_and_a_card_that_moved_out_of_a_broken_file_is_the_new_one() {
        let before = data(&BOTH);
        let after = again_from_texts(&before, &[("framework.json", FRAMEWORK), ("est.json", EST)]);
        assert_eq!(shown(&after), (vec!["EST"], vec![]));
        let other = ALB.replace("\"b\": \"no\"", "\"b\": \"yes\"");
        let files =
            [("framework.json", FRAMEWORK), ("alb.json", "{"), ("est.json", EST), ("new.json", &other)];
        let after = again_from_texts(&before, &files);
        assert_eq!(ReloadDiff::between(&before, &after).told(), "1 cell changed");
        assert!(!after.problems.iter().any(|problem| problem.code == "duplicate-card"));
    }

    #[test]
    fn one_bad_cell_spoils_one_cell_and_a_new_broken_file_keeps_nothing() {
        let before = data(&BOTH);
        let bad = ALB.replace("\"b\": \"no\"", "\"b\": \"soon\"");
        let files =
            [("framework.json", FRAMEWORK), ("alb.json", &*bad), ("est.json", EST), ("new.json", "{oops")];
        let after = again_from_texts(&before, &files);
        assert_eq!(shown(&after), (vec!["ALB", "EST"], vec![]));
        assert_eq!(ReloadDiff::between(&before, &after).told(), "1 cell changed");
    }

    proptest::proptest! {
        #[test]
        fn wherever_a_file_is_cut_no_other_card_is_lost_and_none_is_made_up(cut in 0..ALB.len()) {
            let before = data(&BOTH);
            let files = [("framework.json", FRAMEWORK), ("alb.json", &ALB[..cut]), ("est.json", EST)];
            let after = again_from_texts(&before, &files);
            assert_eq!(shown(&after).0, ["ALB", "EST"]);
            assert_eq!(ReloadDiff::between(&before, &after).told(), "nothing changed");
        }
    }
}
