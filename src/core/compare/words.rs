//! Verdicts in words, one wording for screen and paper: fullest first, then shorter ones of the same meaning.

use super::{Comparison, ComparisonRow, Reason, Verdict};
use crate::core::{
    cell::Value,
    dataset::Dataset,
    label,
    scale::{Scale, ScaleKind},
    subject::Subject,
};

/// Two subjects that are one in two editions, read as time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeSpan {
    /// Whether the first subject is the older one.
    pub first_is_older: bool,
}

impl TimeSpan {
    /// `None` if the subjects are not the same country, or the same group, in two editions.
    pub fn of(subjects: &[Subject]) -> Option<Self> {
        let [one, other] = subjects else { return None };
        let is_same = match (one, other) {
            (Subject::Country(one, _), Subject::Country(other, _)) => one == other,
            (Subject::Group(one, _), Subject::Group(other, _)) => one.id == other.id,
            _ => false,
        };
        // Editions are in the order of time.
        (is_same && one.edition() != other.edition())
            .then(|| Self { first_is_older: one.edition() < other.edition() })
    }

    /// How many rows improved and how many worsened.
    pub const fn tallies(self, comparison: &Comparison) -> (u32, u32) {
        let super::Tallies { left, right, .. } = comparison.tallies;
        if self.first_is_older { (right, left) } else { (left, right) }
    }
}

/// What a verdict calls the two sides, and how it is read.
#[derive(Clone, Copy, Debug)]
pub struct VerdictNames<'a> {
    pub left: &'a str,
    pub right: &'a str,
    /// The label of the older edition, where the two are one in time.
    pub since: Option<(TimeSpan, &'a str)>,
}

impl<'a> VerdictNames<'a> {
    /// The names of the first two of `names`.
    pub fn new(data: &'a Dataset, comparison: &'a Comparison, names: &'a [String]) -> Self {
        let name = |at: usize| names.get(at).map_or("", String::as_str);
        let since = TimeSpan::of(&comparison.subjects).and_then(|span| {
            let older = comparison.subjects.get(usize::from(!span.first_is_older))?;
            Some((span, &*data.edition(older.edition()).label))
        });
        Self { left: name(0), right: name(1), since }
    }

    /// The verdict of a row: `UZB ahead +2`, then `UZB +2`, `UZB`; over time `improved +2`, `+11 since 2016`.
    pub fn words(&self, scale: &Scale, row: &ComparisonRow) -> Vec<String> {
        let fixed = |words: &[&str]| words.iter().map(|words| (*words).to_owned()).collect();
        match row.verdict {
            Verdict::Left(apart) => self.ahead(true, scale, apart),
            Verdict::Right(apart) => self.ahead(false, scale, apart),
            Verdict::Equal => fixed(&["equal", "="]),
            Verdict::Differ(Some(apart)) => {
                let number = number(scale, apart);
                match self.since.zip(self.growth(row)) {
                    Some(((_, since), sign)) => {
                        vec![
                            format!("{sign}{number} since {since}"),
                            format!("{sign}{number}"),
                            "differ".to_owned(),
                        ]
                    }
                    // A bare number would be read as a third value.
                    None => vec![format!("{number} apart"), "differ".to_owned()],
                }
            }
            Verdict::Differ(None) => fixed(&[if self.since.is_some() { "changed" } else { "differ" }]),
            Verdict::NotComparable(reason) => match reason {
                Reason::LeftGap => missing(self.left),
                Reason::RightGap => missing(self.right),
                Reason::BothGaps => fixed(&["? both gaps", "? both", "?"]),
                Reason::NotApplicable => fixed(&["n/a"]),
                Reason::OtherScale => fixed(&["other scale", "scale"]),
                Reason::NoMedian => fixed(&["no median"]),
                Reason::NoOrder => fixed(&["no order"]),
                Reason::Within => fixed(&["within the middle two", "within"]),
                Reason::Overlap => fixed(&["overlapping", "overlap"]),
                Reason::Break => fixed(&["break in series", "break"]),
            },
        }
    }

    fn ahead(&self, is_left: bool, scale: &Scale, apart: f64) -> Vec<String> {
        // The number of steps says more than "ahead", except for yes/no: a yes is not two steps better than a no.
        let by = match &scale.kind {
            ScaleKind::Levels | ScaleKind::Number(_) => Some(number(scale, apart)),
            _ => None,
        };
        if let Some((span, _)) = self.since {
            // The side that is ahead is the newer one: what it is about improved.
            let (word, sign) =
                if span.first_is_older == is_left { ("worsened", "worse") } else { ("improved", "better") };
            let full = by.map(|by| format!("{word} by {by}"));
            return full.into_iter().chain([word.to_owned(), sign.to_owned()]).collect();
        }
        let name = if is_left { self.left } else { self.right };
        let has_number = by.is_some();
        let full = by.map(|by| [format!("{name} ahead +{by}"), format!("{name} +{by}")]);
        // Where the number has no room, a bare plus would stand before the value beside it.
        let short = if has_number { name.to_owned() } else { format!("{name} +") };
        let rest = [format!("{name} ahead"), short, name.to_owned()];
        full.into_iter().flatten().chain(rest).collect()
    }

    /// The sign of a number's change from the older edition to the newer one.
    fn growth(&self, row: &ComparisonRow) -> Option<&'static str> {
        let (span, _) = self.since?;
        let number = |at: usize| match row.cells.get(at)?.state {
            Ok(Value::Number(number)) => Some(number),
            _ => None,
        };
        let (older, newer) =
            if span.first_is_older { (number(0)?, number(1)?) } else { (number(1)?, number(0)?) };
        Some(if newer > older { "+" } else { "-" })
    }
}

fn missing(name: &str) -> Vec<String> {
    vec![format!("? {name} gap"), format!("? {name}"), "?".to_owned()]
}

/// A distance in the decimals of its scale, at least those that it has.
fn number(scale: &Scale, apart: f64) -> String {
    let decimals = if let ScaleKind::Number(number) = &scale.kind { number.decimals } else { 0 };
    // The rounding error of a subtraction is removed: 0.30000000000000004 becomes 0.3.
    let rounded = (apart * 1e9).round() / 1e9;
    label::number(if rounded == 0.0 { apart } else { rounded }, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{compare::compare, read::from_texts};

    const CARDS: &str = r#"{"framework":{"id":"f","scales":{"m":{"kind":"levels","levels":["none","some","full"]},
        "n":{"kind":"number","decimals":1}, "t":{"kind":"text"}},
      "goals":[{"id":"g","indicators":[{"id":"a","scale":"m"},{"id":"b","scale":"n"},{"id":"c","scale":"t"}]}]},
     "cards":[{"country":"IRL","edition":"2012","assessments":{"a":"none","b":0.1,"c":"x"}},
      {"country":"IRL","edition":"2016","assessments":{"a":"full","b":0.4,"c":"y"}},
      {"country":"SWE","edition":"2016","assessments":{"a":"some","b":0.7}}]}"#;

    fn said(subjects: &[&str]) -> Vec<Vec<String>> {
        let data = from_texts("d", &[("x.json", CARDS)]);
        let subjects = subjects.iter().map(|text| Subject::parse(&data, text, None).unwrap()).collect();
        let comparison = compare(&data, subjects);
        let names = ["one".to_owned(), "other".to_owned()];
        let names = VerdictNames::new(&data, &comparison, &names);
        comparison.rows.iter().map(|row| names.words(data.framework.scale(row.indicator), row)).collect()
    }

    #[test]
    fn two_countries_are_ahead_of_each_other_and_two_editions_improve_or_worsen() {
        let two = said(&["IRL@2016", "SWE@2016"]);
        assert_eq!(two[0], ["one ahead +1", "one +1", "one ahead", "one", "one"]);
        assert_eq!(two[1][0], "0.3 apart");
        assert_eq!(two[2][0], "? other gap");
        let up = said(&["IRL@2012", "IRL@2016"]);
        assert_eq!(up[0], ["improved by 2", "improved", "better"]);
        assert_eq!((&*up[1][0], &*up[2][0]), ("+0.3 since 2012", "changed"));
        // The order of the sides changes nothing about time.
        assert_eq!(said(&["IRL@2016", "IRL@2012"])[0][0], "improved by 2");
        assert_eq!(said(&["IRL@2016", "IRL@2012"])[1][0], "+0.3 since 2012");
    }
}
