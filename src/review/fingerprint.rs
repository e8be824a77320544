//! A fingerprint of the content of a cell or a card, to tell whether it has changed since it was reviewed.

use twox_hash::XxHash3_64;

use crate::{
    core::{
        cell::Value,
        dataset::{CountryId, Dataset, EditionId},
        detail::{CardDetail, Detail},
        framework::{IndicatorId, Source},
    },
    text::{Raw, fold},
};

/// A hash (XXH3, 64 bits) of the value or gap, the value as printed, the note, the dates and the sources, but not of
/// their place in a file or the layout of the JSON. It must not change between versions of the program, because
/// journals keep it.
pub fn fingerprint(data: &Dataset, country: CountryId, edition: EditionId, indicator: IndicatorId) -> u64 {
    let cell = data.cell(country, edition, indicator);
    let levels = &data.framework.scale(indicator).levels;
    let value = match cell.state {
        Ok(Value::Level(level)) => {
            let id = levels.get(usize::from(level)).map_or("", |level| &*level.id);
            format!("level:{id}")
        }
        Ok(Value::Number(number)) => format!("number:{number:?}"),
        Ok(Value::Interval(interval)) => {
            format!("interval:{:?} {:?} {}", interval.low, interval.high, interval.is_strict)
        }
        Ok(Value::Date(day)) => format!("date:{day}"),
        Ok(Value::Text) => "text".to_owned(),
        Err(gap) => format!("gap:{}", gap.id()),
    };
    let mut detail = data.detail(country, edition, indicator);
    // `"full"` and `{"level": "full"}` mean the same, though only the first has a printed value.
    let says_more = |printed: &Raw<'static>| {
        let printed = fold(printed.raw());
        let is_level = levels.iter().any(|level| {
            value.strip_prefix("level:") == Some(&*level.id)
                && (printed == fold(&level.id) || printed == fold(level.label.raw()))
        });
        let numbers = (value.strip_prefix("number:").map(str::parse::<f64>), printed.parse::<f64>());
        let is_number =
            matches!(numbers, (Some(Ok(value)), Ok(printed)) if value.total_cmp(&printed).is_eq());
        !(is_level || is_number)
    };
    detail.printed = detail.printed.filter(says_more);
    let mut parts = vec![value];
    say(&detail, &mut parts);
    hash(&parts)
}

/// A hash of a whole card: of all its cells, its summary, priority actions and campaign, whatever their order in the file.
/// The same rules hold as for [`fingerprint`].
pub fn card_fingerprint(data: &Dataset, country: CountryId, edition: EditionId) -> u64 {
    let cells = data.framework.indicator_ids().map(|indicator| {
        let id = &data.framework.indicator(indicator).id;
        format!("{id}={:016x}", fingerprint(data, country, edition, indicator))
    });
    let mut parts: Vec<String> = cells.collect();
    parts.sort_unstable();
    if let Some(card) = data.card(country, edition) {
        let CardDetail { summary, priority_actions, campaign, .. } = data.card_detail(card);
        parts.push(summary.map_or_else(String::new, |text| text.raw().to_owned()));
        parts.push("actions".to_owned());
        parts.extend(priority_actions.iter().map(|text| text.raw().to_owned()));
        parts.push("campaign".to_owned());
        let mut campaign: Vec<String> =
            campaign.iter().map(|(what, text)| format!("{}={}", what.raw(), text.raw())).collect();
        campaign.sort_unstable();
        parts.extend(campaign);
    }
    hash(&parts)
}

fn hash(parts: &[String]) -> u64 {
    let mut whole = vec![];
    for part in parts {
        // The length comes first, so that parts cannot be split or joined without changing the hash.
        whole.extend_from_slice(&(part.len() as u64).to_le_bytes());
        whole.extend_from_slice(part.as_bytes());
    }
    XxHash3_64::oneshot(&whole)
}

fn say(detail: &Detail, parts: &mut Vec<String>) {
    let Detail { printed, text, note, sources, as_of, values, treaty, status } = detail;
    // Where a text is printed otherwise than it is, both count.
    parts.extend(text.iter().filter(|text| printed.as_ref() != Some(text)).map(|text| text.raw().to_owned()));
    for words in [printed, note] {
        parts.push(words.as_ref().map_or_else(String::new, |words| words.raw().to_owned()));
    }
    parts.push(as_of.map_or_else(String::new, |date| date.to_string()));
    parts.extend(values.iter().map(|value| value.raw().to_owned()));
    if let Some(treaty) = treaty {
        for date in [treaty.signed, treaty.bound] {
            parts.push(date.map_or_else(String::new, |date| date.to_string()));
        }
    }
    parts.extend(status.iter().map(|status| status.raw().to_owned()));
    for Source { title, url, date, page } in sources {
        for words in [title, url, date, page] {
            parts.push(words.as_ref().map_or_else(String::new, |words| words.raw().to_owned()));
        }
    }
}
