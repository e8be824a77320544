//! What a misspelt word was meant to be.

use super::{Safe, excerpt, safe_line};

/// The known word closest to one that is not known, if it is close.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > 80 {
        return None;
    }
    let distance = |candidate: &str| strsim::osa_distance(&word.to_lowercase(), &candidate.to_lowercase());
    let (distance, nearest) = known.into_iter().map(|word| (distance(word), word)).min()?;
    (distance <= nearest.chars().count().max(3) / 3).then_some(nearest)
}

/// `; did you mean prevention?`; nothing if no known word is close.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let near = nearest(word, known);
    near.map_or_else(String::new, |near| format!("; did you mean {}?", excerpt(near, 60)))
}

/// Most words that [`no_such`] names.
const MOST_NAMED: usize = 40;

/// `no goal prevenshon; did you mean prevention? (there is prevention, services)`. Of many known words those are named
/// that are closest.
pub fn no_such<'a>(what: &str, word: &str, known: impl IntoIterator<Item = &'a str>) -> Safe {
    let mut known: Vec<&str> = known.into_iter().collect();
    let near = did_you_mean(word, known.iter().copied());
    let more = if known.len() > MOST_NAMED { " …" } else { "" };
    if known.len() > MOST_NAMED {
        let wanted = excerpt(word, 80).to_lowercase();
        known.sort_by_cached_key(|name| strsim::osa_distance(name, &wanted));
        known.truncate(MOST_NAMED);
    }
    let known = match (known.is_empty(), near.is_empty()) {
        (true, _) => String::new(),
        (_, true) => format!(": there is {}{more}", known.join(", ")),
        (_, false) => format!(" (there is {}{more})", known.join(", ")),
    };
    safe_line(&format!("no {what} {}{near}{known}", excerpt(word, 40)))
}
