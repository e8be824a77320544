//! Records in few words: who said what about which cell, and when.

use crate::{
    core::dataset::Dataset,
    review::{
        Act, Record, SignOffStage, TargetIds,
        book::{Asked, Said},
        target::Target,
    },
    text::{Raw, Safe, safe_line},
};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `21 Nov 14:02` from an RFC 3339 time, in its own time zone; anything else unchanged.
pub fn when(time: &str) -> String {
    parts(time).map_or_else(
        || safe_line(time).into_string(),
        |[_, month, day, clock]| format!("{day} {month} {clock}"),
    )
}

/// `21 Nov 2026 14:02`.
pub fn when_in_full(time: &str) -> String {
    parts(time).map_or_else(
        || safe_line(time).into_string(),
        |[year, month, day, clock]| format!("{day} {month} {year} {clock}"),
    )
}

fn parts(time: &str) -> Option<[&str; 4]> {
    let is_time = time.is_ascii()
        && time.len() >= 16
        && time
            .bytes()
            .zip("dddd-dd-ddTdd:dd".bytes())
            .all(|(byte, form)| if form == b'd' { byte.is_ascii_digit() } else { byte == form });
    let month = time.get(5..7).filter(|_| is_time)?.parse::<usize>().ok()?;
    let month = MONTHS.get(month.checked_sub(1)?)?;
    Some([&time[..4], month, time[8..10].trim_start_matches('0'), &time[11..16]])
}

/// `ana 21 Nov 14:02`.
pub fn by(said: &Said) -> String {
    format!("{} {}", said.author.line(), when(&said.time))
}

/// `asks Ben, by 2026-12-01`.
pub fn asked_of(asked: &Asked) -> String {
    let to = asked.to.as_ref().map_or_else(|| "anybody".to_owned(), |to| one_line(to).into_string());
    let due = asked.due.map_or_else(String::new, |due| format!(", by {due}"));
    format!("asks {to}{due}")
}

/// `asked: Ben, by 2026-12-01 (Ana 21 Nov 14:02)`.
pub fn asked(asked: &Asked) -> String {
    let to =
        asked.to.as_ref().map_or_else(|| "nobody in particular".to_owned(), |to| one_line(to).into_string());
    let due = asked.due.map_or_else(String::new, |due| format!(", by {due}"));
    format!("asked: {to}{due} ({})", by(&asked.said))
}

/// Joins several lines into one, with a space for each break.
pub fn one_line(raw: &Raw<'_>) -> Safe {
    safe_line(&raw.raw().split_whitespace().collect::<Vec<_>>().join(" "))
}

/// `Albania, OPSC, 2022`; the codes if these cards do not have the target.
pub fn name(data: &Dataset, on: &Target) -> Safe {
    let edition = safe_line(&on.edition);
    let country = |id| data.country(id).name.line();
    let indicator = |id| data.framework.indicator(id).title.line();
    let words = match on.find(data) {
        Some(TargetIds::Cell(c, _, i)) => format!("{}, {}, {edition}", country(c), indicator(i)),
        Some(TargetIds::Country(c, _)) => format!("{}, the whole card, {edition}", country(c)),
        Some(TargetIds::Indicator(i, _)) => format!("{}, in every card, {edition}", indicator(i)),
        None => {
            let codes = [&on.country, &on.indicator].map(|code| code.as_deref().map(safe_line));
            let codes = codes.into_iter().flatten().chain([edition]);
            codes.map(Safe::into_string).collect::<Vec<_>>().join(", ")
        }
    };
    safe_line(&words)
}

/// What a record says, without author and time: `flagged missing data “the ministry has it”`.
pub fn act(record: &Record, quotes: (&str, &str)) -> String {
    let in_quotes = |raw: &Raw<'_>| {
        if raw.is_empty() { String::new() } else { format!(" {}{}{}", quotes.0, one_line(raw), quotes.1) }
    };
    let title = record.act.title();
    match &record.act {
        Act::Flag { kind, note, .. } => format!("{title} {}{}", kind.title(), in_quotes(note)),
        Act::Resolve { note, .. } => format!("{title}{}", in_quotes(note)),
        Act::Note { text, .. } if text.is_empty() => "took the note away".to_owned(),
        Act::Note { text, .. } => format!("{title}{}", in_quotes(text)),
        Act::Assign { gap: Some(gap), .. } => format!("{title} {}", gap.title()),
        Act::Assign { gap: None, .. } => "took the assigned gap back".to_owned(),
        Act::Reopen { .. } | Act::Review { .. } => title.to_owned(),
        Act::SignOff { note, .. } => format!("{}{}", said_of(&record.act), in_quotes(note)),
        Act::Give { .. } | Act::Address { .. } => said_of(&record.act),
        Act::Undo { of } if of.len() == 1 => "undid one of these".to_owned(),
        Act::Undo { of } => format!("undid {} records", of.len()),
    }
}

/// What is said of a card or a flag, without its words: `approved the card`, `asked Ben, by 2026-12-01`.
pub fn said_of(act: &Act) -> String {
    match act {
        Act::SignOff { stage: SignOffStage::Open, .. } => "took the sign-off back".to_owned(),
        Act::SignOff { stage, .. } => format!("{} the card", stage.title()),
        Act::Give { to: Some(to), .. } => format!("gave the card to {}", one_line(to)),
        Act::Give { to: None, .. } => "took the card back".to_owned(),
        Act::Address { to, due, .. } => {
            let to = to
                .as_ref()
                .map_or_else(|| "nobody in particular".to_owned(), |to| one_line(to).into_string());
            let due = due.map_or_else(String::new, |due| format!(", by {due}"));
            format!("asked {to}{due}")
        }
        act => act.title().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_short_and_what_is_no_time_is_made_safe() {
        assert_eq!(when("2026-11-24T02:05:00+01:00"), "24 Nov 02:05");
        assert_eq!(when_in_full("2026-01-04T02:05:00Z"), "4 Jan 2026 02:05");
        for odd in ["", "yesterday", "2026-13-24T02:05", "2026-00-24T02:05", "2026-1é-24T02:05:00"] {
            assert_eq!(when(odd), odd);
        }
        assert_eq!(when("\u{1b}[2J"), "^[[2J");
    }
}
