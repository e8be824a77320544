//! Reads the cards of one document into a batch, a large one in parts.

use std::{cell::OnceCell, ops::Range, sync::Arc};

use super::{
    entries::{CardReader, ReadCard},
    recover::{Loss, recover},
    walk::{CardTaker, TextPart, lines, parts, path_of, walk},
    words::JsonWords,
};
use crate::core::{
    columns::Columns,
    detail::Batch,
    input_file::InputFile,
    json::{Fault, JsonReader, Pull, Stop},
    parallel,
    read::{
        input::{Outcome, Reading, count},
        json_form::Form,
        notes::PlacePath,
    },
    severity::Severity,
};
use crate::text::excerpt;

/// Reads the cards of one text. What comes of it depends neither on the number of threads nor on where it was cut.
pub(super) fn read(file: &Arc<InputFile>, form: Form, reading: Reading<'_>) -> (Batch, Outcome) {
    let (text, start) = (&*file.own.text, file.own.start());
    let width = reading.index.framework.indicators.len();
    let mut columns = Columns::new(width);
    let cut = parts(text, start, form, reading.most_parts, reading.least_part);
    let taken = read_parts(text, form, &cut, reading).unwrap_or_else(|| {
        let mut taken = TakenCards::new(text, width, reading);
        taken.recover(start..text.len(), form);
        vec![taken]
    });
    let (mut faults, mut elsewhere, mut before) = (vec![], vec![], 0);
    for mut part in taken {
        faults.extend(part.reader.notes.faults.into_iter().map(|fault| moved(fault, form, before)));
        for (id, cards) in part.elsewhere {
            count(&mut elsewhere, &id, cards);
        }
        before += part.seen;
        columns.append(&mut part.columns);
    }
    columns.shrink();
    let problems = file.own.problems(one_nan(faults, text));
    (Batch::new(columns, Box::new(JsonWords { file: Arc::clone(file) })), Outcome { problems, elsewhere })
}

/// Reads the parts of a text; `None` if it is no JSON. Lines that are none are lost alone.
fn read_parts<'a, 't>(
    text: &'t str,
    form: Form,
    cut: &[TextPart],
    reading: Reading<'a>,
) -> Option<Vec<TakenCards<'a, 't>>> {
    let width = reading.index.framework.indicators.len();
    let read = parallel::map(cut.to_vec(), reading.most_parts, |part| {
        let mut taken = TakenCards::new(text, width, reading);
        if form == Form::Lines {
            lines(&text[..part.range.end], part.range.start).for_each(|line| taken.line(line));
            return Ok(taken);
        }
        let mut pull = Pull::new(text, part.range.start..text.len(), reading.limits);
        walk(&mut pull, form, &part, &mut taken).map(|()| taken)
    });
    match read.into_iter().collect() {
        Ok(taken) => Some(taken),
        // A cut may stand inside a card: then the text is read in one part.
        Err(Stop { .. }) if cut.len() > 1 => {
            let whole = cut[0].range.start..text.len();
            read_parts(text, form, &[TextPart { range: whole, is_first: true, is_last: true }], reading)
        }
        Err(Stop { .. }) => None,
    }
}

/// A fault of a card that so many cards in other parts stand before.
fn moved(fault: Fault, form: Form, before: usize) -> Fault {
    let list = match form {
        Form::Array => "$[",
        Form::Bundle => "$.cards[",
        _ => return fault,
    };
    let item = fault.path.strip_prefix(list).and_then(|rest| rest.split_once(']'));
    match item.and_then(|(item, rest)| Some((item.parse::<usize>().ok()?, rest))) {
        Some((item, rest)) if before > 0 => {
            let path = format!("{list}{}]{rest}", item + before);
            Fault { path, ..fault }
        }
        _ => fault,
    }
}

/// Tells values that are written `NaN` once, with their number.
fn one_nan(mut faults: Vec<Fault>, text: &str) -> Vec<Fault> {
    let is_nan = |fault: &Fault| fault.code == "syntax" && text[fault.at..].starts_with("NaN");
    let count = faults.iter().filter(|fault| is_nan(fault)).count();
    let mut is_first = true;
    faults.retain(|fault| !is_nan(fault) || std::mem::take(&mut is_first));
    if let Some(first) = faults.iter_mut().find(|fault| is_nan(fault)) {
        let words =
            if count == 1 { "is read".to_owned() } else { format!("and {} more are read", count - 1) };
        first.message = format!("NaN is no JSON; this value {words} as empty");
        first.hint = Some("write null where there is no value".to_owned());
    }
    faults
}

/// Puts the cards of one text into columns.
struct TakenCards<'a, 't> {
    reader: CardReader<'a, 't>,
    columns: Columns,
    /// Cards of other frameworks, by framework id.
    elsewhere: Vec<(Box<str>, usize)>,
    read: ReadCard,
    /// How many faults were told before the card that was read last.
    told: usize,
    seen: usize,
    reading: Reading<'a>,
}

impl<'a, 't> TakenCards<'a, 't> {
    fn new(text: &'t str, width: usize, reading: Reading<'a>) -> Self {
        Self {
            reader: CardReader::new(text, reading.index, JsonReader::new(text, reading.limits)),
            columns: Columns::new(width),
            elsewhere: vec![],
            read: ReadCard::Nothing,
            told: 0,
            seen: 0,
            reading,
        }
    }
}

impl<'t> CardTaker<'t> for TakenCards<'_, 't> {
    fn read(&mut self, pull: &mut Pull<'t>, path: &PlacePath<'_>) -> Result<bool, Stop> {
        self.told = self.reader.notes.faults.len();
        self.read = self.reader.card(pull, path)?;
        Ok(self.reader.has_assessments)
    }

    fn keep(&mut self) {
        const TELL_EVERY: usize = 64;
        match std::mem::replace(&mut self.read, ReadCard::Nothing) {
            ReadCard::Row(row) => self.columns.push(row, &mut self.reader.cells),
            ReadCard::Elsewhere(id) => count(&mut self.elsewhere, &id, 1),
            ReadCard::Nothing => {}
        }
        self.seen += 1;
        if self.seen.is_multiple_of(TELL_EVERY) {
            (self.reading.progress)(TELL_EVERY);
        }
    }

    fn lose(&mut self) {
        self.read = ReadCard::Nothing;
        self.reader.notes.faults.truncate(self.told);
    }
}

impl TakenCards<'_, '_> {
    /// One line of JSON Lines.
    fn line(&mut self, line: Range<usize>) {
        let (told, known) = (self.reader.notes.faults.len(), self.columns.cards.len());
        let mut pull = Pull::new(self.reader.notes.text, line.clone(), self.reading.limits);
        let path = path_of(Form::Lines, 0);
        match self.read(&mut pull, &path).and_then(|_| pull.finish()) {
            Ok(()) => self.keep(),
            Err(_) => {
                self.reader.notes.faults.truncate(told);
                self.recover(line.clone(), Form::Lines);
                if self.columns.cards.len() == known
                    && let Some(first) = self.reader.notes.faults.get_mut(told)
                {
                    first.message = format!("the line is lost: {}", first.message);
                }
            }
        }
        if self.reader.notes.faults.len() > told {
            let (number, _) = self.reader.json.places().of(line.start);
            for fault in &mut self.reader.notes.faults[told..] {
                fault.message = format!("line {number}: {}", fault.message);
            }
        }
    }

    /// A text or a line that is no JSON: keeps the cards that can be read and tells what is lost.
    fn recover(&mut self, range: Range<usize>, form: Form) {
        const MOST_LOSSES: usize = 100;
        let told = self.reader.notes.faults.len();
        let before = self.columns.cards.len();
        let losses = recover(self.reader.notes.text, range.clone(), form, self.reading.limits, self);
        if self.columns.cards.len() > before {
            // Only what belongs to no card is told in the words of the whole text, which take a tree of it.
            let whole = OnceCell::new();
            let first = || whole.get_or_init(|| self.reader.json.whole(range.clone()).err()).as_ref();
            let mut told_losses = vec![];
            for loss in losses.iter().take(MOST_LOSSES) {
                told_losses.push(self.loss(loss, form, range.end, &first));
            }
            self.reader.notes.faults.extend(told_losses);
            if let Some(more) = losses.get(MOST_LOSSES..).filter(|more| !more.is_empty()) {
                let message = format!("and {} more places where cards are lost", more.len());
                self.reader.notes.faults.push(Fault::error("lost-cards", more[0].at, message));
            }
        }
        let is_error = |fault: &Fault| fault.severity == Severity::Error;
        if !self.reader.notes.faults[told..].iter().any(is_error)
            && let Err(fault) = self.reader.json.whole(range)
        {
            self.reader.notes.faults.push(fault);
        }
    }

    /// Why bytes are lost; `first` gives the first fault of the whole text.
    fn loss<'f>(&self, loss: &Loss, form: Form, end: usize, first: &dyn Fn() -> Option<&'f Fault>) -> Fault {
        let what = match loss.cards {
            0 => "a part of the file is lost".to_owned(),
            1 => "1 card is lost".to_owned(),
            cards => format!("{cards} cards are lost"),
        };
        let Range { start, end: until } = loss.bytes;
        let json = &self.reader.json;
        let first_here = || first().filter(|fault| (start..=until).contains(&fault.at)).cloned();
        let why = match json.first_lenient(loss.at..end) {
            Err(fault) if loss.cards > 0 => {
                let fault = self.stricter(loss.at..end, fault);
                let path = path_of(form, loss.item).text() + fault.path.trim_start_matches('$');
                Fault { path, ..fault }
            }
            // The card itself can be read: what is wrong stands around it.
            Ok((.., at)) if loss.cards > 0 => first().cloned().unwrap_or_else(|| {
                Fault::error(
                    "syntax",
                    at,
                    "something follows that does not belong to it, or it ended too early",
                )
            }),
            _ => first_here().unwrap_or_else(|| Fault::error("syntax", loss.at, "only cards belong here")),
        };
        let whose = countries_in(self.reader.notes.text.get(start..until).unwrap_or_default());
        Fault { message: format!("{what} ({whose}bytes {start} to {until}): {}", why.message), ..why }
    }

    /// The first fault of a card as no lenient reading passes over it, if it is what makes the lenient one fail.
    fn stricter(&self, range: Range<usize>, lenient: Fault) -> Fault {
        let json = &self.reader.json;
        let Err(strict) = json.first(range) else { return lenient };
        let between = self.reader.notes.text.get(strict.at..lenient.at).unwrap_or_default();
        let is_of_text = strict.expected.as_deref().is_some_and(|expected| expected.contains("closing"));
        if is_of_text || !between.contains([',', ':']) { strict } else { lenient }
    }
}

/// The countries that lost cards name, as they are written: `"FRA", `.
fn countries_in(lost: &str) -> String {
    const MOST: usize = 5;
    let named = |(at, key): (usize, &str)| {
        let rest = lost[at + key.len()..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        let (name, _) = rest.split_once(['"', '\n']).filter(|(name, _)| !name.trim().is_empty())?;
        (name.len() <= 60).then(|| format!("\"{}\", ", excerpt(name, 40)))
    };
    let mut found: Vec<String> = lost.match_indices("\"country\"").filter_map(named).take(MOST + 1).collect();
    if found.len() > MOST {
        found.truncate(MOST);
        found.push("…, ".to_owned());
    }
    found.concat()
}
