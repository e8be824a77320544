//! Cards after a fault: found again where one begins, read leniently, and kept only if nothing speaks against them.
//!
//! Nothing that is kept comes from inside a cell or a string, as long as those can be told from the cards that a lost
//! bracket or quote has swallowed. What is kept depends on the text alone. A card is read at most once for each
//! bracket that may stand open around it, so the time is linear in the text.

use std::ops::Range;

use memchr::memmem;

use super::walk::{CardTaker, is_head_key, key_of, path_of};
use crate::core::{
    json::{Limits, Pull},
    read::json_form::Form,
};

/// Bytes that gave no card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Loss {
    pub bytes: Range<usize>,
    /// The byte to read from for the reason: the card that could not be read, or what stands where none can.
    pub at: usize,
    /// How many cards begin in it; 0 if that cannot be known.
    pub cards: usize,
    /// The position in the list of the first card that begins in it.
    pub item: usize,
}

/// Hands over the cards of a text, or of a line, that is no JSON, and returns what is lost.
pub(super) fn recover<'t>(
    text: &'t str,
    range: Range<usize>,
    form: Form,
    limits: &Limits,
    taker: &mut impl CardTaker<'t>,
) -> Vec<Loss> {
    let heads = find_heads(text, range.clone(), form, limits, taker);
    let mut losses = Losses { text, form, open: None, list: vec![] };
    let first = heads.first().map_or(range.end, |head| head.at);
    if form == Form::Array {
        losses.junk(range.start, first, true);
    }
    for (item, head) in heads.iter().enumerate() {
        let Some(end) = head.end else {
            losses.card(head.at, item);
            continue;
        };
        losses.end(head.at);
        let mut pull = Pull::new(text, head.at..range.end, limits).lenient();
        match taker.read(&mut pull, &path_of(form, item)) {
            Ok(_) => taker.keep(),
            Err(_) => taker.lose(),
        }
        losses.junk(end, heads.get(item + 1).map_or(range.end, |next| next.at), false);
    }
    losses.end(range.end);
    losses.list
}

/// Where a card begins, and where it ends unless it is lost.
struct Head {
    at: usize,
    end: Option<usize>,
}

/// Finds the cards of a text and tells those to keep. Nothing of what is read is kept.
fn find_heads<'t>(
    text: &'t str,
    range: Range<usize>,
    form: Form,
    limits: &Limits,
    taker: &mut impl CardTaker<'t>,
) -> Vec<Head> {
    let mut places = HeadPlaces { text, start: range.start, at: range.start, end: range.end, hidden: vec![] };
    // The brace of a bundle is followed by the key that a card may begin with.
    places.at += usize::from(form == Form::Bundle && text[range.start..range.end].starts_with('{'));
    let mut heads: Vec<Head> = vec![];
    // The first of the cards that stand one after another since the last that is lost, if one is. A line may begin
    // inside a card whose earlier part stands on another.
    let mut run = (form == Form::Lines).then_some(0);
    let mut next = places.next();
    while let Some(at) = next {
        let mut pull = Pull::new(text, at..range.end, limits).lenient();
        let read = taker.read(&mut pull, &path_of(form, heads.len()));
        taker.lose();
        match read {
            Ok(_) => places.at = pull.at(),
            Err(_) => {
                places.at = at + 1;
                places.hide(&pull, form);
            }
        }
        next = places.next();
        match read {
            Ok(false) => {}
            Err(_) => {
                heads.push(Head { at, end: None });
                run = Some(heads.len());
            }
            Ok(true) => {
                let after = &text[pull.at()..next.unwrap_or(range.end)];
                let doubt = doubt_of(after, form);
                heads.push(Head { at, end: Some(pull.at()).filter(|_| doubt == Doubt::None) });
                // A list inside the lost card whose bracket is lost looks like cards until it goes on otherwise.
                if let (Doubt::All, Some(first)) = (doubt, run) {
                    heads[first..].iter_mut().for_each(|head| head.end = None);
                }
                if doubt != Doubt::None {
                    run = Some(heads.len());
                }
            }
        }
    }
    heads
}

/// Finds the places where a card may begin.
struct HeadPlaces<'t> {
    text: &'t str,
    start: usize,
    at: usize,
    end: usize,
    /// Arrays and objects inside a card that could not be read. What stands inside them begins no card.
    hidden: Vec<Range<usize>>,
}

impl HeadPlaces<'_> {
    /// The next brace that opens an object whose first member is one that a card begins with.
    fn next(&mut self) -> Option<usize> {
        loop {
            let brace = self.at + memchr::memchr(b'{', &self.text.as_bytes()[self.at..self.end])?;
            self.at = brace + 1;
            let around = self.hidden.iter().find(|span| span.start < brace && brace < span.end);
            if let Some(span) = around {
                self.at = span.end;
            } else if self.is_head(brace) {
                return Some(brace);
            }
        }
    }

    fn is_head(&self, brace: usize) -> bool {
        if !is_head_key(key_of(&self.text[brace + 1..self.end])) {
            return false;
        }
        let before = self.text[self.start..brace].trim_end();
        match before.bytes().next_back() {
            None | Some(b',' | b'}') => true,
            // The first item of a list is a card only in the list of cards.
            Some(b'[') => {
                let list = before[..before.len() - 1].trim_end();
                let of_cards = list.strip_suffix(':').map(str::trim_end);
                list.trim_start_matches('\u{feff}').is_empty()
                    || of_cards.is_some_and(|list| list.ends_with("\"cards\""))
            }
            Some(_) => before.trim_start_matches('\u{feff}').is_empty(),
        }
    }

    /// Takes over what was read to its end inside a card that could not be read, and what was being skipped as the
    /// content of one member. A list at whose end the text ends too has swallowed the cards after the fault, since its
    /// own bracket is lost.
    fn hide(&mut self, pull: &Pull<'_>, form: Form) {
        let text = self.text;
        let has_swallowed = |span: &Range<usize>| {
            let rest = text[span.end..self.end]
                .trim_start_matches(|c: char| matches!(c, ']' | '}') || c.is_whitespace());
            let ends = rest.is_empty() || form == Form::Bundle && rest.starts_with(',');
            ends && text[span.start..].starts_with('[')
        };
        self.hidden = pull.closed().iter().filter(|span| !has_swallowed(span)).cloned().collect();
        self.hidden.extend(pull.skipping());
    }
}

/// What the text after a card says against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    None,
    /// It ended too early: a bracket too many.
    This,
    /// It is a part of a card that is lost, and so are those before it: members or items of that card follow.
    All,
}

fn doubt_of(after: &str, form: Form) -> Doubt {
    let after = after.trim_start_matches(|c: char| c == ',' || c.is_whitespace());
    let is_next_card = |after: &str| after.contains("\"assessments\"");
    match (after.bytes().next(), form) {
        (None | Some(b'{'), _) | (Some(b'}'), Form::Bundle) => Doubt::None,
        (Some(b'}'), _) => Doubt::This,
        (Some(b']'), Form::Array) if after[1..].trim().is_empty() => Doubt::None,
        (Some(b']'), Form::Bundle) => {
            let after = after[1..].trim_start();
            if after.is_empty() || after.starts_with(['}', ',']) { Doubt::None } else { Doubt::All }
        }
        // The members that a card begins with, and its assessments after them: a card that lost its brace.
        (Some(b'"'), _) if is_head_key(key_of(after)) && is_next_card(after) => Doubt::None,
        (Some(b'"'), _) => Doubt::All,
        (Some(_), _) if !after.contains(['"', '{', '}', '[', ']']) || is_next_card(after) => Doubt::None,
        (Some(_), _) => Doubt::All,
    }
}

/// Gathers what is lost between the cards that are kept.
struct Losses<'t> {
    text: &'t str,
    form: Form,
    open: Option<Loss>,
    list: Vec<Loss>,
}

impl Losses<'_> {
    /// A card begins here that is lost.
    fn card(&mut self, at: usize, item: usize) {
        let loss = self.open.get_or_insert(Loss { bytes: at..at, at, cards: 0, item });
        loss.cards += 1;
    }

    /// What stands between cards, if it is more than the commas and brackets that belong there.
    fn junk(&mut self, from: usize, to: usize, is_start: bool) {
        let between = &self.text[from..to];
        let rest = between.trim_start_matches(|c: char| {
            c == ',' || c.is_whitespace() || is_start && matches!(c, '[' | '\u{feff}')
        });
        let ends =
            !is_start && rest.starts_with(']') && (self.form == Form::Bundle || rest[1..].trim().is_empty());
        if !rest.is_empty() && !ends {
            let at = to - rest.len();
            self.open.get_or_insert(Loss { bytes: at..at, at, cards: 0, item: 0 });
        }
    }

    /// A card that is kept begins here, or the text ends.
    fn end(&mut self, at: usize) {
        let Some(mut loss) = self.open.take() else { return };
        loss.bytes.end = at;
        let named = memmem::find_iter(self.text[loss.bytes.clone()].as_bytes(), "\"assessments\"").count();
        loss.cards = loss.cards.max(named);
        self.list.push(loss);
    }
}
