//! From card to card through a text that is JSON, whole or in parts.

use std::ops::Range;

use crate::core::{
    json::{Pull, Stop},
    read::{
        json_form::Form,
        members::{CardMember, HEADS},
        notes::PlacePath,
    },
};

/// Takes the cards of a text one after another.
pub(super) trait CardTaker<'t> {
    /// Reads what stands where a card should, and holds it until it is kept or dropped. Returns whether it has
    /// assessments, which makes an object a card.
    fn read(&mut self, pull: &mut Pull<'t>, path: &PlacePath<'_>) -> Result<bool, Stop>;

    /// Keeps what was read last.
    fn keep(&mut self);

    /// Drops what was read last, with all that was told of it.
    fn lose(&mut self);
}

/// The path of a card of this form.
pub(super) const fn path_of(form: Form, item: usize) -> PlacePath<'static> {
    match form {
        Form::Array => PlacePath::Card { list: "$", item: Some(item) },
        Form::Bundle => PlacePath::Card { list: "$.cards", item: Some(item) },
        _ => PlacePath::Card { list: "$", item: None },
    }
}

/// A part of a text, from the beginning of a card to that of another, or to the ends of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextPart {
    pub range: Range<usize>,
    pub is_first: bool,
    pub is_last: bool,
}

/// Cuts a text into at most so many parts, none of them much shorter than `least` bytes. A cut stands where a card
/// seems to begin; whether one does shows when the part before it ends there.
pub(super) fn parts(text: &str, start: usize, form: Form, most: usize, least: usize) -> Vec<TextPart> {
    let most = if matches!(form, Form::Array | Form::Bundle | Form::Lines) { most } else { 1 };
    let many = most.min((text.len() - start) / least.max(1)).max(1);
    let mut cuts = vec![start];
    for at in 1..many {
        let wanted = start + (text.len() - start) / many * at;
        let cut = if form == Form::Lines { next_line(text, wanted) } else { next_card(text, wanted) };
        cuts.extend(cut.filter(|cut| cuts.last() < Some(cut)));
    }
    let ends = cuts.iter().skip(1).copied().chain([text.len()]);
    let end = cuts.len() - 1;
    let part = |(at, (from, to))| TextPart { range: from..to, is_first: at == 0, is_last: at == end };
    cuts.iter().copied().zip(ends).enumerate().map(part).collect()
}

fn next_line(text: &str, from: usize) -> Option<usize> {
    memchr::memchr(b'\n', &text.as_bytes()[from..]).map(|at| from + at + 1).filter(|at| *at < text.len())
}

/// The next brace after a comma that opens an object whose first member is one that a card begins with.
fn next_card(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let braces = memchr::memchr_iter(b'{', &bytes[from..]).map(|at| from + at);
    let is_item = |brace: &usize| {
        let before = bytes[..*brace].iter().rev().find(|byte| !byte.is_ascii_whitespace());
        before == Some(&b',') && is_head_key(key_of(&text[brace + 1..]))
    };
    braces.into_iter().find(is_item)
}

/// Hands over the cards of a part of a text that is JSON and no JSON Lines.
///
/// Errors: where the text is none, or the part does not end where the next one begins. What was kept until then is not
/// to be relied on.
pub(super) fn walk<'t>(
    pull: &mut Pull<'t>,
    form: Form,
    part: &TextPart,
    taker: &mut impl CardTaker<'t>,
) -> Result<(), Stop> {
    let cut = (!part.is_last).then_some(part.range.end);
    match form {
        Form::Bundle => {
            let opened = if part.is_first { pull.open_object()? } else { Some(part.range.start) };
            let opened = opened.ok_or(Stop { at: pull.at() })?;
            let mut is_first = true;
            if !part.is_first {
                pull.step_into(2);
                items(pull, form, opened, cut, taker)?;
                is_first = false;
            }
            while cut.is_none_or(|cut| pull.at() < cut)
                && let Some(key) = pull.next_key(opened, &mut is_first)?
            {
                if key.text == "cards" {
                    list(pull, form, cut, taker)?;
                } else {
                    pull.skip()?;
                }
            }
        }
        Form::Array if !part.is_first => {
            pull.step_into(1);
            items(pull, form, part.range.start, cut, taker)?;
        }
        _ => list(pull, form, cut, taker)?,
    }
    match cut {
        None => pull.finish(),
        Some(cut) if pull.at() == cut => Ok(()),
        Some(_) => Err(Stop { at: pull.at() }),
    }
}

/// A list of cards, or something that stands in its place.
fn list<'t>(
    pull: &mut Pull<'t>,
    form: Form,
    cut: Option<usize>,
    taker: &mut impl CardTaker<'t>,
) -> Result<(), Stop> {
    let is_list = matches!(form, Form::Array | Form::Bundle);
    if let Some(opened) = if is_list { pull.open_array()? } else { None } {
        return items(pull, form, opened, cut, taker);
    }
    let list = if form == Form::Bundle { "$.cards" } else { "$" };
    taker.read(pull, &PlacePath::Card { list, item: None })?;
    taker.keep();
    Ok(())
}

/// The items of a list, up to its end or to the cut.
fn items<'t>(
    pull: &mut Pull<'t>,
    form: Form,
    opened: usize,
    cut: Option<usize>,
    taker: &mut impl CardTaker<'t>,
) -> Result<(), Stop> {
    let (mut is_first, mut item) = (true, 0);
    while pull.next_item(opened, &mut is_first)? {
        if cut.is_some_and(|cut| pull.at() >= cut) {
            return Ok(());
        }
        taker.read(pull, &path_of(form, item))?;
        taker.keep();
        item += 1;
    }
    Ok(())
}

/// Whether a card may begin with this key.
pub(super) fn is_head_key(key: Option<&str>) -> bool {
    key.and_then(CardMember::of).is_some_and(|member| HEADS.contains(&member))
}

/// The key that stands first in a text, after white space.
pub(super) fn key_of(body: &str) -> Option<&str> {
    const LONGEST: usize = 24;
    let body = body.trim_start_matches([' ', '\n', '\r', '\t']).strip_prefix('"')?;
    let end = body.bytes().take(LONGEST).position(|byte| byte == b'"')?;
    body[end + 1..].trim_start_matches([' ', '\n', '\r', '\t']).starts_with(':').then(|| &body[..end])
}

/// The lines that are not blank, without their ends.
pub(super) fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = start;
    text[start..].split_inclusive('\n').filter_map(move |line| {
        let at = from;
        from += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        (!line.trim().is_empty()).then_some(at..at + line.len())
    })
}
