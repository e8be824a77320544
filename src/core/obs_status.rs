//! Observation status: the codes of SDMX and the flag letters of Eurostat, and what they say of a cell.

use super::cell::{Gap, Marks};

/// What a text with codes or letters says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObservationStatus {
    pub marks: Marks,
    /// Why there is no value.
    pub gap: Option<Gap>,
    /// Codes that mean neither a mark nor a gap here; they are shown as written.
    pub others: String,
}

/// SDMX `OBS_STATUS` (code list 2.2), capitals.
const SDMX: [(char, Code); 12] = [
    ('A', Code::Normal),
    ('B', Code::Mark(Marks::BREAK)),
    ('D', Code::Mark(Marks::DEFINITION_DIFFERS)),
    ('E', Code::Mark(Marks::ESTIMATED)),
    ('F', Code::Mark(Marks::FORECAST)),
    ('I', Code::Mark(Marks::IMPUTED)),
    ('P', Code::Mark(Marks::PROVISIONAL)),
    ('U', Code::Mark(Marks::LOW_RELIABILITY)),
    ('L', Code::Gap(Gap::NotAssessed)),
    ('M', Code::Gap(Gap::NotApplicable)),
    ('O', Code::Gap(Gap::NoData)),
    ('Q', Code::Gap(Gap::Withheld)),
];

/// The flags that Eurostat prints behind a value, small letters.
const EUROSTAT: [(char, Code); 10] = [
    ('b', Code::Mark(Marks::BREAK)),
    ('d', Code::Mark(Marks::DEFINITION_DIFFERS)),
    ('e', Code::Mark(Marks::ESTIMATED)),
    ('s', Code::Mark(Marks::ESTIMATED)),
    ('f', Code::Mark(Marks::FORECAST)),
    ('i', Code::Mark(Marks::IMPUTED)),
    ('p', Code::Mark(Marks::PROVISIONAL)),
    ('u', Code::Mark(Marks::LOW_RELIABILITY)),
    ('c', Code::Gap(Gap::Withheld)),
    ('z', Code::Gap(Gap::NotApplicable)),
];

/// Codes of either list that mean neither a mark nor a gap here: revised, not significant, validated and so on.
const OTHERS: &str = "nrxGHJKNSTVWX";

#[derive(Clone, Copy, Debug)]
enum Code {
    Normal,
    Mark(Marks),
    Gap(Gap),
}

/// The names of the codes of SDMX in small letters, as publishers print them instead; the first are those of the code list.
const NAMES: [(&str, Code); 34] = [
    ("normal value", Code::Normal),
    ("normal", Code::Normal),
    ("time series break", Code::Mark(Marks::BREAK)),
    ("break in series", Code::Mark(Marks::BREAK)),
    ("break in time series", Code::Mark(Marks::BREAK)),
    ("break", Code::Mark(Marks::BREAK)),
    ("definition differs", Code::Mark(Marks::DEFINITION_DIFFERS)),
    ("estimated value", Code::Mark(Marks::ESTIMATED)),
    ("estimated", Code::Mark(Marks::ESTIMATED)),
    ("estimate", Code::Mark(Marks::ESTIMATED)),
    ("uis estimation", Code::Mark(Marks::ESTIMATED)),
    ("national estimation", Code::Mark(Marks::ESTIMATED)),
    ("uis_est", Code::Mark(Marks::ESTIMATED)),
    ("nat_est", Code::Mark(Marks::ESTIMATED)),
    ("modelled", Code::Mark(Marks::ESTIMATED)),
    ("modeled", Code::Mark(Marks::ESTIMATED)),
    ("forecast value", Code::Mark(Marks::FORECAST)),
    ("forecast", Code::Mark(Marks::FORECAST)),
    ("projected", Code::Mark(Marks::FORECAST)),
    ("imputed value", Code::Mark(Marks::IMPUTED)),
    ("imputed", Code::Mark(Marks::IMPUTED)),
    ("provisional value", Code::Mark(Marks::PROVISIONAL)),
    ("provisional", Code::Mark(Marks::PROVISIONAL)),
    ("preliminary", Code::Mark(Marks::PROVISIONAL)),
    ("low reliability", Code::Mark(Marks::LOW_RELIABILITY)),
    ("unreliable", Code::Mark(Marks::LOW_RELIABILITY)),
    ("missing value; data exist but were not collected", Code::Gap(Gap::NotAssessed)),
    ("missing value; data cannot exist", Code::Gap(Gap::NotApplicable)),
    ("not applicable", Code::Gap(Gap::NotApplicable)),
    ("missing value", Code::Gap(Gap::NoData)),
    ("missing value; suppressed", Code::Gap(Gap::Withheld)),
    ("suppressed", Code::Gap(Gap::Withheld)),
    ("confidential", Code::Gap(Gap::Withheld)),
    ("not available", Code::Gap(Gap::NoData)),
];

/// Codes that mean gaps elsewhere and stand beside values in a table, so that they mean something else there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodesOfValues(u32);

impl CodesOfValues {
    const fn bit(code: char) -> u32 {
        1_u32.wrapping_shl(code as u32 & 31)
    }

    /// Reads a status that stands apart from its value as [`ObservationStatus::parse`] does, with the signs that Eurostat
    /// prints instead of a value before it, `:` and `:c`; these codes are kept as written.
    pub fn parse(self, text: &str) -> ObservationStatus {
        let bare = text.trim().trim_start_matches([':', '.']);
        if bare.is_empty() && !text.trim().is_empty() {
            return ObservationStatus { gap: Some(Gap::NoData), ..ObservationStatus::default() };
        }
        let text = bare;
        let status = ObservationStatus::parse(text);
        let is_of_values = |code: char| self.0 & Self::bit(code) != 0;
        if self.0 == 0 || status.gap.is_none() || !ObservationStatus::gap_codes(text).any(is_of_values) {
            return status;
        }
        ObservationStatus { gap: None, others: text.trim().to_owned(), ..status }
    }
}

impl FromIterator<char> for CodesOfValues {
    fn from_iter<I: IntoIterator<Item = char>>(codes: I) -> Self {
        Self(codes.into_iter().fold(0, |all, code| all | Self::bit(code)))
    }
}

/// What a status means that is written as its name.
fn named(text: &str) -> Option<Code> {
    const SHORTEST: usize = 5;
    let text = text.trim();
    if text.len() < SHORTEST {
        return None;
    }
    let lower = text.to_lowercase();
    NAMES.iter().find(|(name, _)| *name == lower).map(|(_, code)| *code)
}

impl ObservationStatus {
    /// The codes of gaps in a text of codes.
    pub fn gap_codes(text: &str) -> impl Iterator<Item = char> + '_ {
        let is_read = Self::parse(text).gap.is_some() && named(text).is_none();
        let is_gap =
            |c: &char| SDMX.iter().chain(&EUROSTAT).any(|(code, of)| code == c && matches!(of, Code::Gap(_)));
        text.chars().filter(move |c| is_read && is_gap(c))
    }

    /// Reads codes such as `E`, `bep` or `B, P`; between them may stand spaces, commas and brackets.
    pub fn parse(text: &str) -> Self {
        let mut status = Self::default();
        match named(text) {
            Some(Code::Normal) => return status,
            Some(Code::Mark(marks)) => return Self { marks, ..status },
            Some(Code::Gap(gap)) => return Self { gap: Some(gap), ..status },
            None => {}
        }
        for c in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | '(' | ')' | '|')) {
            match SDMX.iter().chain(&EUROSTAT).find(|(code, _)| *code == c) {
                Some((_, Code::Normal)) => {}
                Some((_, Code::Mark(mark))) => status.marks |= *mark,
                Some((_, Code::Gap(gap))) => status.gap = status.gap.or(Some(*gap)),
                None if OTHERS.contains(c) => status.others.push(c),
                None => return Self { others: text.trim().to_owned(), ..Self::default() },
            }
        }
        status
    }

    /// Splits a printed value such as `12.3 bep`, `12.3(b)` or `: c` into what stands before its flags and the flags;
    /// `None` if no flag stands there.
    pub fn split(text: &str) -> Option<(&str, &str)> {
        let is_flag = |c: char| c.is_ascii_lowercase();
        let text = text.trim();
        let (value, flags) = match text.strip_suffix(')') {
            Some(open) => open.split_once('(')?,
            None => text.split_at(text.trim_end_matches(is_flag).len()),
        };
        let value = value.trim_end();
        // Letters that are no flags are a unit or a word: "5k", "5 million".
        let is_known = |c: char| OTHERS.contains(c) || EUROSTAT.iter().any(|(code, _)| *code == c);
        let is_flags = !flags.is_empty() && flags.chars().all(|c| is_flag(c) && is_known(c));
        let is_right = is_flags && !value.ends_with(char::is_alphabetic);
        (is_right && !value.is_empty()).then_some((value, flags))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_letters_become_marks_and_gaps_and_the_others_are_kept() {
        let of = |text: &str| {
            let ObservationStatus { marks, gap, others } = ObservationStatus::parse(text);
            (marks.ids().collect::<Vec<_>>().join(" "), gap, others)
        };
        let marks = |text: &str| (text.to_owned(), None, String::new());
        assert_eq!(of("bep"), marks("provisional estimated break"));
        assert_eq!(of("B, P"), marks("provisional break"));
        assert_eq!(of("A"), marks(""));
        assert_eq!(of("c"), (String::new(), Some(Gap::Withheld), String::new()));
        assert_eq!(of("rn"), (String::new(), None, "rn".to_owned()));
        assert_eq!(of("accession"), (String::new(), None, "accession".to_owned()));
    }

    #[test]
    fn flags_are_told_from_the_value_they_stand_behind() {
        let split = ObservationStatus::split;
        assert_eq!(split("12.3 bep"), Some(("12.3", "bep")));
        assert_eq!(split("12.3(b)"), Some(("12.3", "b")));
        assert_eq!(split(": c"), Some((":", "c")));
        for text in ["5k", "5 million", "1.2m", "12.3", "z", "", "12 %", "()", "12.3 (B)"] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
