//! The form in which names of places are compared: the same for "Congo, Dem. Rep." and "Democratic Republic of the Congo".

use std::borrow::Cow;

use crate::text::fold;

/// Words that say nothing about which place is meant.
pub(super) const SILENT: [&str; 3] = ["the", "of", "and"];

/// Abbreviations in names of places, written out; and words that mean the same in them.
const WRITTEN_OUT: [(&str, &str); 20] = [
    ("rep", "republic"),
    ("dem", "democratic"),
    ("fed", "federal"),
    ("federated", "federal"),
    ("sts", "states"),
    ("st", "saint"),
    ("ste", "saint"),
    ("is", "islands"),
    ("isl", "islands"),
    ("isls", "islands"),
    ("island", "islands"),
    ("terr", "territory"),
    ("ter", "territory"),
    ("territories", "territory"),
    ("n", "north"),
    ("s", "south"),
    ("w", "west"),
    ("e", "east"),
    ("peop", "peoples"),
    ("people", "peoples"),
];

/// The key of a name: its words without accents and in small letters, abbreviations written out, in alphabetical order.
/// Names that publishers turn round ("Gambia, The", "Korea (Republic of)") have the same key as those that they do not.
pub(super) fn name_key(text: &str) -> String {
    let mut folded = fold(text);
    if folded.contains('&') {
        folded = folded.replace('&', " and ");
    }
    let mut words: Vec<Cow<'_, str>> = vec![];
    let mut letters = String::new();
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        // Letters that stand alone one after the other are one abbreviation: U. S.
        if word.chars().count() == 1 && word.chars().all(char::is_alphabetic) {
            letters.push_str(word);
            continue;
        }
        push(&mut words, std::mem::take(&mut letters).into());
        push(&mut words, word.into());
    }
    push(&mut words, letters.into());
    let region = ["special", "administrative", "region"];
    if region.iter().all(|part| words.iter().any(|word| word == part)) {
        words.retain(|word| !region.contains(&&**word));
        words.push("sar".into());
    }
    words.sort_unstable();
    words.join(" ")
}

fn push<'a>(words: &mut Vec<Cow<'a, str>>, word: Cow<'a, str>) {
    if !word.is_empty() && !SILENT.contains(&&*word) {
        let written_out = WRITTEN_OUT.iter().find(|(short, _)| *short == word).map(|(_, long)| *long);
        words.push(written_out.map_or(word, Cow::Borrowed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_the_same_key_however_a_publisher_turns_it() {
        for (one, other) in [
            ("Congo, Dem. Rep.", "Democratic Republic of the Congo"),
            ("Gambia, The", "The Gambia"),
            ("Venezuela (Bolivarian Republic of)", "Bolivarian Republic of Venezuela"),
            ("St. Kitts & Nevis", "Saint Kitts and Nevis"),
            ("Côte d’Ivoire", "Cote d'Ivoire"),
            ("Virgin Islands (U.S.)", "US Virgin Islands"),
            ("Hong Kong SAR, China", "China, Hong Kong Special Administrative Region"),
            ("Micronesia, Fed. Sts.", "Federated States of Micronesia"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one}");
        }
        for (one, other) in [
            ("Guinea", "Equatorial Guinea"),
            ("Dominica", "Dominican Republic"),
            ("Niger", "Nigeria"),
            ("Korea, Rep.", "Korea, Dem. People's Rep."),
            ("Congo, Rep.", "Congo, Dem. Rep."),
        ] {
            assert_ne!(name_key(one), name_key(other), "{one}");
        }
    }
}
