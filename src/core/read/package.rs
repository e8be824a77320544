//! Data packages that `visavis export` wrote: a descriptor, the framework, and tables.

mod table;
mod descriptor;
mod cells;
mod words;
mod cards;

use std::{borrow::Cow, sync::Arc};

use self::descriptor::Descriptor;
use super::{
    entry::StatedCell,
    infer::Looks,
    input::{CardInput, CardLooks, Input, SharedParts},
    json::{read_framework, whole_fault},
    json_form::Form,
    notes::Notes,
};
use crate::core::{
    input_file::InputFile,
    json::{Fault, Limits},
    severity::Severity,
};

pub(super) static PACKAGE: Input = Input {
    name: "data package",
    about: "a folder that `visavis export` wrote, by its datapackage.json",
    claims: |head| head.form() == Form::Package,
    parts: |text| Descriptor::of(text).map(|descriptor| descriptor.paths()).unwrap_or_default(),
    shared,
    cards: Some(CardInput { look, read: cards::read, fault: whole_fault }),
    ..Input::EMPTY
};

/// The framework, and what is to be said of the package as a whole.
fn shared(file: &InputFile, limits: &Limits) -> SharedParts {
    let own = &file.own;
    let descriptor = match Descriptor::of(&own.text[own.start()..]) {
        Ok(descriptor) => descriptor,
        Err(why) => {
            let problems = whole_fault(file, limits).map_or_else(|| own.problems([why]), |told| vec![told]);
            return SharedParts { problems, ..SharedParts::default() };
        }
    };
    let framework = descriptor.part(file, "framework").map(|named| read_framework(named, limits));
    let mut shared = framework.unwrap_or_default();
    shared.problems.extend(own.problems(whole_faults(&descriptor)));
    shared
}

/// What the descriptor itself says about what is in the package.
fn whole_faults(descriptor: &Descriptor) -> Vec<Fault> {
    let mut faults = descriptor.faults.clone();
    if descriptor.errors > 0 {
        let errors = if descriptor.errors == 1 {
            "1 error".to_owned()
        } else {
            format!("{} errors", descriptor.errors)
        };
        let message = format!("this was exported from data with {errors}: what they cost is not in here");
        let fault = Fault::warning("exported-with-errors", 0, message);
        faults.push(fault.hint("run `visavis check` on the cards, mend them, and export them again"));
    }
    if descriptor.made_visible > 0 {
        let texts = match descriptor.made_visible {
            1 => "1 text of this package has".to_owned(),
            many => format!("{many} texts of this package have"),
        };
        let message =
            format!("{texts} characters that act on a terminal, and visible ones stand in their place");
        let fault = Fault::new(Severity::Hint, "made-visible", 0, message);
        faults.push(fault.hint("the cards that it was exported from have them as they are"));
    }
    faults
}

/// Hands over what each card looks like, for a package whose framework is lost.
fn look(file: &InputFile, see: &mut dyn FnMut(&CardLooks<'_>)) {
    let own = &file.own;
    let Ok(descriptor) = Descriptor::of(&own.text[own.start()..]) else { return };
    let Some(named) = descriptor.part(file, "cells") else { return };
    let mut notes = Notes::of_table(&named.text);
    let mut cards: Vec<((String, String), CardLooks<'_>)> = vec![];
    let Some(rows) = cells::table_of(named, &mut notes) else { return };
    let mut stated = StatedCell::default();
    rows.each(&mut notes, &mut |row, _| {
        let place = (row.get(cells::COUNTRY).into_owned(), row.get(cells::EDITION).into_owned());
        if cards.last().is_none_or(|(last, _)| *last != place) {
            let framework = Cow::Owned(descriptor.framework.clone());
            cards.push((place, CardLooks { framework, answers: vec![] }));
        }
        stated.clear();
        cells::state(row, &mut stated, None);
        if let Some((_, looks)) = cards.last_mut() {
            looks.answers.push((Cow::Owned(row.get(cells::INDICATOR).into_owned()), Looks::of_cell(&stated)));
        }
    });
    for (_, looks) in &cards {
        see(looks);
    }
}

/// One file, that many may read.
type SharedFile = Arc<InputFile>;
