//! What the cards of a text look like before any framework is known.

use super::{
    entries::{part, state},
    recover::recover,
    walk::{CardTaker, TextPart, lines, walk},
};
use crate::core::{
    input_file::InputFile,
    json::{Limits, Pull, Pulled, Stop},
    read::{
        entry::StatedCell, infer::Looks, input::CardLooks, json_form::Form, members::CardMember,
        notes::PlacePath,
    },
};

/// Hands over what each card looks like.
pub(super) fn look(file: &InputFile, form: Form, see: &mut dyn FnMut(&CardLooks<'_>)) {
    let (text, start) = (&*file.own.text, file.own.start());
    let limits = Limits::default();
    let mut see_all = |range: std::ops::Range<usize>| {
        let mut seen = SeenCards::default();
        let part = TextPart { range: range.clone(), is_first: true, is_last: true };
        if walk(&mut Pull::new(text, range.clone(), &limits), form, &part, &mut seen).is_err() {
            seen.cards.clear();
            recover(text, range, form, &limits, &mut seen);
        }
        seen.cards.iter().for_each(&mut *see);
    };
    match form {
        Form::Lines => lines(text, start).for_each(see_all),
        _ => see_all(start..text.len()),
    }
}

/// Keeps what each card looks like.
#[derive(Default)]
struct SeenCards<'t> {
    cards: Vec<CardLooks<'t>>,
    read: Option<CardLooks<'t>>,
    stated: StatedCell<'t>,
}

impl<'t> CardTaker<'t> for SeenCards<'t> {
    fn read(&mut self, pull: &mut Pull<'t>, _: &PlacePath<'_>) -> Result<bool, Stop> {
        self.read = None;
        let Some(at) = pull.open_object()? else {
            pull.skip()?;
            return Ok(false);
        };
        let (mut looks, mut is_first, mut has_assessments) = (CardLooks::default(), true, false);
        while let Some(key) = pull.next_key(at, &mut is_first)? {
            match CardMember::of(&key.text) {
                Some(CardMember::Framework) if looks.framework.is_empty() => {
                    if let Pulled::Text(id) = pull.value()? {
                        looks.framework = id;
                    }
                }
                Some(CardMember::Assessments) if !has_assessments => {
                    has_assessments = self.answers(&mut looks, pull)?;
                }
                _ => _ = pull.skip()?,
            }
        }
        self.read = has_assessments.then_some(looks);
        Ok(has_assessments)
    }

    fn keep(&mut self) {
        self.cards.extend(self.read.take());
    }

    fn lose(&mut self) {
        self.read = None;
    }
}

impl<'t> SeenCards<'t> {
    /// Reads an object of answers; whether it is one.
    fn answers(&mut self, looks: &mut CardLooks<'t>, pull: &mut Pull<'t>) -> Result<bool, Stop> {
        let Some(at) = pull.open_object()? else {
            pull.skip()?;
            return Ok(false);
        };
        let mut is_first = true;
        while let Some(key) = pull.next_key(at, &mut is_first)? {
            let look = match pull.open_object()? {
                Some(opened) => {
                    self.stated.clear();
                    state(&mut self.stated, opened, pull)?;
                    Looks::of_cell(&self.stated)
                }
                None => Looks::of_value(&part(pull, true)?),
            };
            looks.answers.push((key.text, look));
        }
        Ok(true)
    }
}
