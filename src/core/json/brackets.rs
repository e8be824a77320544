//! Which bracket is missing or too many: a mend is advised only if the brackets of the whole rest match after it.

use super::{
    explain::Want,
    fault::Fault,
    near::{closes, string_before},
    places::Places,
};

/// An array or object that is open: where it opens, and whether it is an object.
type OpenAt = (usize, bool);

/// The byte that closes each of those that are open.
pub(super) fn closers(open: &[OpenAt]) -> Vec<u8> {
    open.iter().map(|(_, object)| if *object { b'}' } else { b']' }).collect()
}

fn as_text(closers: &[u8]) -> String {
    closers.iter().rev().map(|byte| char::from(*byte)).collect()
}

/// The fault with what is known of the brackets around it; `is_part` says that the text before the first is not known.
pub(super) fn mended(
    fault: Fault,
    text: &str,
    at: usize,
    want: Want,
    open: &[OpenAt],
    places: &Places<'_>,
    is_part: bool,
) -> Fault {
    let stack = closers(open);
    let is_next = matches!(want, Want::NextMember | Want::NextItem);
    match text.as_bytes().get(at) {
        None if fault.code == "cut-off" => cut_off(fault, &stack, is_next, open, places),
        Some(closer @ (b'}' | b']')) if is_next => {
            let hint = other_closer(text, at, *closer, &stack, is_part);
            match hint {
                Some(hint) => Fault { hint: Some(hint), ..fault },
                None => Fault { hint: not_closed(open, places), ..fault },
            }
        }
        Some(sign @ (b',' | b':')) if want == Want::End => too_early(fault, text, at, *sign, is_part),
        Some(b':') if fault.hint.is_none() => opener(fault, text, at, want, open, places, is_part),
        // A list of objects goes on inside one of them.
        Some(b'{') if want == Want::Key => {
            let objects = stack.iter().rev().take_while(|byte| **byte == b'}').count();
            let count = (1..=objects).find(|count| closes(text, at, &stack[..stack.len() - count], is_part));
            let comma = text[..at].rfind(',');
            match (count, comma) {
                (Some(count), Some(comma)) => {
                    let message = "an object is not closed before the next one begins";
                    let closers = "}".repeat(count);
                    Fault { at: comma, message: message.to_owned(), ..fault }
                        .found("','")
                        .hint(format!("put {closers} here, before the ','"))
                }
                _ => fault,
            }
        }
        _ => fault,
    }
}

fn not_closed(open: &[OpenAt], places: &Places<'_>) -> Option<String> {
    let (at, object) = open.last()?;
    let (line, column) = places.of(*at);
    let name = if *object { "object" } else { "array" };
    Some(format!("the {name} that opens at line {line}, column {column} is not closed"))
}

/// The text ends while something is open.
fn cut_off(fault: Fault, stack: &[u8], is_next: bool, open: &[OpenAt], places: &Places<'_>) -> Fault {
    let Some(start) = not_closed(open, places) else { return fault };
    let more = fault.hint.as_ref().map_or_else(String::new, |hint| format!(": {hint}"));
    let most = 40;
    let hint = if is_next && stack.len() <= most {
        format!("{start}{more}; if nothing else is missing, put {} here", as_text(stack))
    } else {
        start + &more
    };
    Fault { hint: Some(hint), ..fault }
}

/// What to do about a bracket that closes something else than what is open.
fn other_closer(text: &str, at: usize, closer: u8, stack: &[u8], is_part: bool) -> Option<String> {
    let sign = char::from(closer);
    if closes(text, at + 1, stack, is_part) {
        return Some(format!("remove this {sign}"));
    }
    let (last, outer) = stack.split_last()?;
    if closes(text, at + 1, outer, is_part) {
        return Some(format!("write {} in place of {sign}", char::from(*last)));
    }
    let base = stack.iter().rposition(|open| *open == closer)? + 1;
    let is_right = closes(text, at, &stack[..base], is_part);
    is_right.then(|| format!("put {} here, before {sign}", as_text(&stack[base..])))
}

/// The text goes on behind its value: it lacks its first brace, or has one too many.
fn too_early(fault: Fault, text: &str, at: usize, sign: u8, is_part: bool) -> Fault {
    if !closes(text, at, b"}", is_part) {
        return fault;
    }
    let before = text[..at].trim_end();
    let first = string_before(text, at)
        .filter(|key| text[..*key].trim_matches(['\u{feff}', ' ', '\n', '\r', '\t']).is_empty());
    match (sign, first) {
        (b':', Some(key)) => {
            let message = "the text begins with a key: its first '{' is missing".to_owned();
            Fault { at: key, message, ..fault }.hint("put { here, before the key")
        }
        (b',', _) if before.ends_with('}') => {
            let message = "the object ends before its last members: one '}' too many".to_owned();
            Fault { at: before.len() - 1, message, ..fault }.found("'}'").hint("remove this }")
        }
        _ => fault,
    }
}

/// A key stands where none can: a bracket before it is missing, or is another one.
fn opener(
    fault: Fault,
    text: &str,
    at: usize,
    want: Want,
    open: &[OpenAt],
    places: &Places<'_>,
    is_part: bool,
) -> Fault {
    let stack = closers(open);
    let Some(key) = string_before(text, at) else { return fault };
    let with = |last: u8, outer: &[u8]| [outer, &[last]].concat();
    if closes(text, at, &with(b'}', &stack), is_part) {
        let message = "a key stands where a value or an object should: its '{' is missing".to_owned();
        return Fault { at: key, message, ..fault }.hint("put { here, before the key");
    }
    match (want, open.split_last()) {
        (Want::NextItem, Some(((opens, false), outer)))
            if closes(text, at, &with(b'}', &closers(outer)), is_part) =>
        {
            let (line, column) = places.of(*opens);
            fault.hint(format!("write {{ in place of the [ at line {line}, column {column}"))
        }
        (Want::NextItem, _) => fault.hint("an array holds values only: keys need { }"),
        _ => fault,
    }
}
