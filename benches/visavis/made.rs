//! Made-up cards of any size, the same each time: a gap in every eighth cell, notes and sources in the others.

use std::{fmt::Write as _, sync::Arc};

use visavis::core::{
    country::TABLE,
    dataset::Dataset,
    read::{Loader, Options},
};
use visavis::text::Raw;

/// How many there are of each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) countries: usize,
    pub(crate) editions: usize,
    pub(crate) indicators: usize,
}

/// The cards of one reporting round, as an NGO network has them.
pub(crate) const ROUND: Size = Size { countries: 43, editions: 1, indicators: 20 };
/// Every country on a hundred indicators.
pub(crate) const WORLD: Size = Size { countries: 240, editions: 1, indicators: 100 };
/// The same for ten years.
pub(crate) const DECADE: Size = Size { editions: 10, ..WORLD };

const LEVELS: [&str; 5] = ["no advancement", "minimal", "moderate", "significant", "full"];
const WORDS: [&str; 12] = [
    "ministry",
    "convention",
    "labour",
    "enquête",
    "published",
    "régime",
    "budget",
    "of",
    "inspection",
    "“minimum”",
    "data",
    "survey",
];
const GOALS: usize = 3;

impl std::fmt::Display for Size {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "{} countries, {} editions, {} indicators",
            self.countries, self.editions, self.indicators
        )
    }
}

/// Numbers without a pattern that matters, the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, many: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % many
    }
}

impl Size {
    pub(crate) fn framework(self) -> String {
        let levels: Vec<String> =
            LEVELS.iter().map(|level| format!(r#"{{"id":"{level}","label":"{level}"}}"#)).collect();
        let goals: Vec<String> = (0..GOALS)
            .map(|goal| {
                let indicators: Vec<String> = (goal..self.indicators)
                    .step_by(GOALS)
                    .map(|at| {
                        format!(r#"{{"id":"ind-{at:03}","title":"Indicator {at}","scale":"advancement"}}"#)
                    })
                    .collect();
                format!(
                    r#"{{"id":"goal-{goal}","title":"Goal {goal}","indicators":[{}]}}"#,
                    indicators.join(",")
                )
            })
            .collect();
        format!(
            r#"{{"id":"bench","title":"Bench","scales":{{"advancement":{{"kind":"levels","levels":[{}]}}}},"goals":[{}],
            "findings":[{{"id":"low","goal":"goal-0","indicators":["ind-000"],"where":{{"levels":["minimal"]}},"text":"do little"}}]}}"#,
            levels.join(","),
            goals.join(",")
        )
    }

    /// An array of cards.
    pub(crate) fn cards(self) -> String {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        let mut text = String::from("[");
        for country in TABLE.iter().take(self.countries) {
            for edition in 0..self.editions {
                let separator = if text.len() == 1 { "" } else { ",\n" };
                let _ = write!(
                    text,
                    r#"{separator}{{"schema":"visavis.card/1","framework":"bench","country":"{}","edition":"{}","assessments":{{"#,
                    country.iso3,
                    2000 + edition
                );
                for at in 0..self.indicators {
                    let separator = if at == 0 { "" } else { "," };
                    let _ = write!(text, r#"{separator}"ind-{at:03}":"#);
                    cell(&mut text, &mut dice);
                }
                text.push_str("}}");
            }
        }
        text.push(']');
        text
    }

    /// The cards, read.
    pub(crate) fn read(self) -> Arc<Dataset> {
        Arc::new(load(&self.framework(), &self.cards()))
    }
}

fn cell(text: &mut String, dice: &mut Dice) {
    if dice.below(8) == 0 {
        text.push_str(r#"{"level":null,"note":"","sources":[]}"#);
        return;
    }
    let _ = write!(text, r#"{{"level":"{}","note":""#, LEVELS[dice.below(LEVELS.len())]);
    for _ in 0..8 + dice.below(10) {
        let _ = write!(text, "{} ", WORDS[dice.below(WORDS.len())]);
    }
    let _ = write!(text, r#"","sources":["https://example.org/report/{:05}.pdf"]}}"#, dice.below(3000));
}

/// Reads a framework and cards as the program does, on this thread.
pub(crate) fn load(framework: &str, cards: &str) -> Dataset {
    let mut loader = Loader::new(Options::default());
    loader.add(Raw::from_static("framework.json"), framework.as_bytes().to_vec());
    loader.add(Raw::from_static("cards.json"), cards.as_bytes().to_vec());
    loader.finish(Raw::from_static("bench"), &|_| ())
}
