//! Chooses a subject to compare with: a country, a group's median, or the same country in another edition.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below, draw_field, found},
};
use crate::{
    core::{
        counts::Counts,
        groups,
        search::{self, Hit, Query},
        subject::Subject,
    },
    text::{Safe, fold, safe_line},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        text_input::TextInput,
        widgets::{frame, line_writer::LineWriter},
        workspace::Workspace,
    },
};

const BELOW: u16 = 1;

/// What is done with the chosen subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Starts a comparison of the selected country with the subject.
    Compare,
    /// Adds the subject to the comparison.
    Add,
    /// Replaces the subject at this position.
    Replace(usize),
}

/// A subject that can be chosen.
#[derive(Clone, Debug)]
struct Choice {
    subject: Subject,
    /// The folded names by which the subject is found.
    keys: Vec<Box<str>>,
    code: Safe,
    name: Safe,
    about: String,
}

#[derive(Clone, Debug)]
pub struct State {
    field: TextInput,
    list: ScrollList,
    purpose: Purpose,
    /// The name of the subjects that it is compared with, or of the one that it replaces.
    beside: Safe,
    choices: Vec<Choice>,
    hits: Vec<Hit>,
}

impl State {
    pub fn new(purpose: Purpose, backdrop: &Backdrop<'_>) -> Option<Self> {
        let workspace = backdrop.workspace?;
        let mut state = Self {
            field: TextInput::default(),
            list: ScrollList::default(),
            purpose,
            beside: beside(purpose, workspace),
            choices: choices(purpose, workspace),
            hits: vec![],
        };
        state.find(backdrop);
        Some(state)
    }

    fn choice(&self, line: usize) -> Option<&Choice> {
        self.hits.get(line).map(|hit| &self.choices[hit.index])
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Picker
    }

    fn field_mut(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.field)
    }

    fn find(&mut self, _: &Backdrop<'_>) {
        self.list = ScrollList::default();
        self.hits = search::rank(self.field.text(), self.choices.iter().map(|choice| &choice.keys[..]));
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        self.list.scroll_into_view(self.hits.len(), ListLayout::within(size, Overlay::Picker, BELOW).lines());
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::Picker, BELOW).lines();
        if self.list.update(command, self.hits.len(), height) {
            return OverlayOutcome::Stay;
        }
        match (command, self.choice(self.list.cursor)) {
            (Command::Enter, Some(choice)) => OverlayOutcome::Choose(self.purpose, choice.subject.clone()),
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::Picker, BELOW);
        let more = self.list.more(look, self.hits.len(), layout.lines());
        let title = match self.purpose {
            Purpose::Compare => format!("Compare {} with", self.beside),
            Purpose::Add => format!("Add beside {}", self.beside),
            Purpose::Replace(_) => format!("Replace {} by", self.beside),
        };
        frame::draw(buf, look, area, &[(&title, Role::Title)], &more, true);
        let count = found(self.hits.len(), self.choices.len());
        draw_field(buf, look, layout.field, &self.field, "country, group or edition", &count);
        for (line, at) in self.list.shown(self.hits.len(), layout.lines()).zip(0..) {
            let Some(choice) = self.choice(line) else { continue };
            let mut writer = LineWriter::new(buf, look, layout.list, at);
            if line == self.list.cursor {
                writer = writer.cursor();
            }
            let query = &Query::new(self.field.text());
            writer.put("  ", Role::Text).cell_found(&choice.code, 7, Role::Faint, query);
            let about = if writer.rest() >= 50 { 26 } else { 12 };
            let columns = writer.rest().saturating_sub(about + 1);
            writer.cell_found(&choice.name, columns, Role::Text, query).put(" ", Role::Text);
            writer.cell(&choice.about, about, Role::Faint);
        }
        if self.hits.is_empty() {
            LineWriter::new(buf, look, layout.list, 0).put("  nobody of that name in this data", Role::Faint);
        }
        if let Some(choice) = self.choice(self.list.cursor) {
            let puts = backdrop.spell(Overlay::Picker, "{open} puts");
            let words = match self.purpose {
                Purpose::Replace(_) => format!("{puts} {} in the place of {}", choice.name, self.beside),
                _ => format!("{puts} {} beside {}", choice.name, self.beside),
            };
            draw_below(buf, look, layout.below, &words, Role::Faint);
        }
    }
}

fn beside(purpose: Purpose, workspace: &Workspace) -> Safe {
    let name = |subject: &Subject| subject.name(&workspace.data).line();
    match (purpose, workspace.subjects()) {
        (Purpose::Add, subjects) if subjects.len() > 1 => safe_line(
            &subjects.iter().map(|subject| name(subject).into_string()).collect::<Vec<_>>().join(", "),
        ),
        (Purpose::Replace(at), subjects) if at < subjects.len() => name(&subjects[at]),
        _ => workspace.data.country(workspace.selection.country).name.line(),
    }
}

/// Countries in this edition, then groups, then the same country in other editions; never a subject that is already
/// compared.
fn choices(purpose: Purpose, workspace: &Workspace) -> Vec<Choice> {
    let data = &workspace.data;
    let (country, edition) = match (purpose, workspace.subjects()) {
        (Purpose::Replace(at), subjects) if at < subjects.len() => match &subjects[at] {
            Subject::Country(country, edition) => (*country, *edition),
            Subject::Group(_, edition) => (workspace.selection.country, *edition),
        },
        _ => (workspace.selection.country, workspace.selection.edition),
    };
    let taken: Vec<Subject> = match purpose {
        Purpose::Compare => vec![Subject::Country(country, edition)],
        Purpose::Add | Purpose::Replace(_) => workspace.subjects().to_vec(),
    };
    let mut choices = vec![];
    for id in data.country_ids() {
        let one = data.country(id);
        let about = coverage(data.counts(id, edition), data.card(id, edition).is_some());
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
        let about = coverage(data.counts(country, other), data.card(country, other).is_some());
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

fn coverage(counts: Counts, has_card: bool) -> String {
    match counts.missing {
        _ if !has_card => "no card".to_owned(),
        0 => format!("{}/{}", counts.given, counts.denominator()),
        1 => format!("{}/{}  1 gap", counts.given, counts.denominator()),
        gaps => format!("{}/{}  {gaps} gaps", counts.given, counts.denominator()),
    }
}
