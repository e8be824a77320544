//! Chooses who to compare with: a country, a group's median, or the same country in another edition.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, Outcome,
    list::{List, Parts, draw_below, draw_field, found},
};
use crate::{
    core::{
        counts::Tally,
        groups,
        search::{self, Hit, Query},
        subject::Subject,
    },
    text::{Safe, fold, safe_line},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        text_input::Field,
        widgets::{frame, line_writer::Pen},
        workspace::Desk,
    },
};

const BELOW: u16 = 1;

/// What the subject is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new comparison of the selected country with it.
    Compare,
    /// One more beside those compared.
    Add,
    /// In place of the subject at this position.
    Replace(usize),
}

/// One that can be chosen.
#[derive(Clone, Debug)]
struct Choice {
    subject: Subject,
    /// Folded names that it is found by.
    keys: Vec<Box<str>>,
    code: Safe,
    name: Safe,
    about: String,
}

#[derive(Clone, Debug)]
pub struct State {
    pub(super) field: Field,
    list: List,
    purpose: Purpose,
    /// Whom it will stand beside.
    beside: Safe,
    choices: Vec<Choice>,
    hits: Vec<Hit>,
}

impl State {
    pub fn new(purpose: Purpose, desk: &Desk) -> Self {
        let mut state = Self {
            field: Field::default(),
            list: List::default(),
            purpose,
            beside: beside(purpose, desk),
            choices: choices(purpose, desk),
            hits: vec![],
        };
        state.find(desk);
        state
    }

    pub(super) fn find(&mut self, _: &Desk) {
        self.list = List::default();
        self.hits = search::rank(self.field.text(), self.choices.iter().map(|choice| &choice.keys[..]));
    }

    pub(super) fn settle(&mut self, size: Size) {
        self.list.settle(self.hits.len(), Parts::within(size, Overlay::Picker, BELOW).lines());
    }

    fn choice(&self, line: usize) -> Option<&Choice> {
        self.hits.get(line).map(|hit| &self.choices[hit.index])
    }

    pub(super) fn update(&mut self, command: Command, size: Size) -> Outcome {
        let height = Parts::within(size, Overlay::Picker, BELOW).lines();
        if self.list.update(command, self.hits.len(), height) {
            return Outcome::Stay;
        }
        match (command, self.choice(self.list.cursor)) {
            (Command::Enter, Some(choice)) => Outcome::Choose(self.purpose, choice.subject.clone()),
            _ => Outcome::Stay,
        }
    }

    pub(super) fn view(&self, _: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let parts = Parts::of(area, Overlay::Picker, BELOW);
        let more = self.list.more(look, self.hits.len(), parts.lines());
        let title = match self.purpose {
            Purpose::Compare => format!("Compare {} with", self.beside),
            Purpose::Add => format!("Add beside {}", self.beside),
            Purpose::Replace(_) => format!("Replace {} by", self.beside),
        };
        frame::draw(buf, look, area, &[(&title, Role::Title)], &more, true);
        let count = found(self.hits.len(), self.choices.len());
        draw_field(buf, look, parts.field, &self.field, "country, group or edition", &count);
        for (line, at) in self.list.shown(self.hits.len(), parts.lines()).zip(0..) {
            let Some(choice) = self.choice(line) else { continue };
            let mut pen = Pen::new(buf, look, parts.list, at);
            if line == self.list.cursor {
                pen = pen.cursor();
            }
            let query = &Query::new(self.field.text());
            pen.put("  ", Role::Text).cell_found(&choice.code, 7, Role::Faint, query);
            let about = if pen.rest() >= 50 { 26 } else { 12 };
            let columns = pen.rest().saturating_sub(about + 1);
            pen.cell_found(&choice.name, columns, Role::Text, query).put(" ", Role::Text);
            pen.cell(&choice.about, about, Role::Faint);
        }
        if self.hits.is_empty() {
            Pen::new(buf, look, parts.list, 0).put("  nobody of that name in this data", Role::Faint);
        }
        if let Some(choice) = self.choice(self.list.cursor) {
            let words = match self.purpose {
                Purpose::Replace(_) => format!("Enter puts {} in the place of {}", choice.name, self.beside),
                _ => format!("Enter puts {} beside {}", choice.name, self.beside),
            };
            draw_below(buf, look, parts.below, &words, Role::Faint);
        }
    }
}

fn beside(purpose: Purpose, desk: &Desk) -> Safe {
    let name = |subject: &Subject| subject.name(&desk.data).line();
    match (purpose, desk.subjects()) {
        (Purpose::Add, subjects) if subjects.len() > 1 => safe_line(
            &subjects.iter().map(|subject| name(subject).into_string()).collect::<Vec<_>>().join(", "),
        ),
        (Purpose::Replace(at), subjects) if at < subjects.len() => name(&subjects[at]),
        _ => desk.data.country(desk.selection.country).name.line(),
    }
}

/// Countries in this edition, then groups, then the same country's other editions; never one that is there already.
fn choices(purpose: Purpose, desk: &Desk) -> Vec<Choice> {
    let data = &desk.data;
    let (country, edition) = match (purpose, desk.subjects()) {
        (Purpose::Replace(at), subjects) if at < subjects.len() => match &subjects[at] {
            Subject::Country(country, edition) => (*country, *edition),
            Subject::Group(_, edition) => (desk.selection.country, *edition),
        },
        _ => (desk.selection.country, desk.selection.edition),
    };
    let taken: Vec<Subject> = match purpose {
        Purpose::Compare => vec![Subject::Country(country, edition)],
        Purpose::Add | Purpose::Replace(_) => desk.subjects().to_vec(),
    };
    let mut choices = vec![];
    for id in data.country_ids() {
        let one = data.country(id);
        let about = coverage(data.tally(id, edition), data.card(id, edition).is_some());
        let (code, name) = (one.code.line(), one.name.line());
        choices.push(Choice {
            subject: Subject::Country(id, edition),
            keys: one.keys.clone(),
            code,
            name,
            about,
        });
    }
    for group in groups::all(data) {
        let members = groups::members(data, &group, edition).len();
        if members < 2 {
            continue;
        }
        let about = format!("median of {members} countries");
        let keys =
            [fold(&group.id), fold(group.title.raw()), "group median".to_owned()].map(Into::into).into();
        let (code, subject) = (Safe::fixed("group"), Subject::Group(group, edition));
        choices.push(Choice { name: subject.name(data).line(), subject, keys, code, about });
    }
    for other in data.edition_ids().rev() {
        let label = &data.edition(other).label;
        let one = data.country(country);
        let name = safe_line(&format!("{} in {label}", one.name.raw()));
        let keys =
            [fold(label), fold(&name), fold(&format!("{} {label}", one.code.raw()))].map(Into::into).into();
        let about = coverage(data.tally(country, other), data.card(country, other).is_some());
        choices.push(Choice {
            subject: Subject::Country(country, other),
            keys,
            code: one.code.line(),
            name,
            about,
        });
    }
    choices.retain(|choice| !taken.contains(&choice.subject));
    choices
}

fn coverage(tally: Tally, has_card: bool) -> String {
    match tally.missing {
        _ if !has_card => "no card".to_owned(),
        0 => format!("{}/{}", tally.given, tally.of()),
        1 => format!("{}/{}  1 gap", tally.given, tally.of()),
        gaps => format!("{}/{}  {gaps} gaps", tally.given, tally.of()),
    }
}
