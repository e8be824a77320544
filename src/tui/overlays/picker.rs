//! Chooses a subject to compare with: a country, a group's median, or the same country in another edition.

use std::cmp::Reverse;

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
        compare::{self, Likeness},
        counts::Counts,
        dataset::{CountryId, Dataset, EditionId},
        groups,
        search::{self, Hit, Query},
        subject::Subject,
    },
    text::{Safe, fold, safe_line, wrap},
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
    /// The subject that was typed as the command line takes it: `ALB@2016`, `group:osce@2010`; or why there is none.
    typed: Option<Result<Choice, Safe>>,
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
            typed: None,
            hits: vec![],
        };
        state.find(backdrop);
        Some(state)
    }

    fn choice(&self, line: usize) -> Option<&Choice> {
        match (&self.typed, line) {
            (Some(Ok(typed)), 0) => Some(typed),
            _ => self.hits.get(line).map(|hit| &self.choices[hit.index]),
        }
    }

    fn length(&self) -> usize {
        self.hits.len() + usize::from(matches!(self.typed, Some(Ok(_))))
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Picker
    }

    fn field_mut(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.field)
    }

    fn find(&mut self, backdrop: &Backdrop<'_>) {
        self.list = ScrollList::default();
        let text = self.field.text();
        self.typed = None;
        if let (true, Some(workspace)) = (text.contains('@') || text.contains(':'), backdrop.workspace) {
            let subject = Subject::parse(&workspace.data, text.trim(), Some(workspace.selection.edition));
            self.typed = Some(subject.map(|subject| typed(subject, workspace)));
            self.hits = vec![];
            return;
        }
        self.hits = search::rank(self.field.text(), self.choices.iter().map(|choice| &choice.keys[..]));
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        self.list.scroll_into_view(self.length(), ListLayout::within(size, Overlay::Picker, BELOW).lines());
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::Picker, BELOW).lines();
        if self.list.update(command, self.length(), height) {
            return OverlayOutcome::Stay;
        }
        match (command, self.choice(self.list.cursor)) {
            (Command::Enter, Some(choice)) => OverlayOutcome::Choose(self.purpose, choice.subject.clone()),
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::Picker, BELOW);
        let more = self.list.more(look, self.length(), layout.lines());
        let title = match self.purpose {
            Purpose::Compare => format!("Compare {} with", self.beside),
            Purpose::Add => format!("Add beside {}", self.beside),
            Purpose::Replace(_) => format!("Replace {} by", self.beside),
        };
        frame::draw(buf, look, area, &[(&title, Role::Title)], &more, true);
        let count =
            if self.typed.is_some() { String::new() } else { found(self.hits.len(), self.choices.len()) };
        let asks = "country, group, edition, or ALB@2016";
        draw_field(buf, look, layout.field, &self.field, asks, &count);
        for (line, at) in self.list.shown(self.length(), layout.lines()).zip(0..) {
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
        if self.length() == 0 {
            let why = match &self.typed {
                Some(Err(why)) => why.as_str(),
                _ => "nobody of that name in this data",
            };
            let columns = usize::from(layout.list.width).saturating_sub(4);
            for (line, at) in wrap(why, columns).iter().zip(0..layout.list.height) {
                LineWriter::new(buf, look, layout.list, at).gap(2).put(line, Role::Faint);
            }
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

/// The countries: the three whose cards are most alike, then those of the subregion, then the others. Cards that can
/// be compared on fewer indicators than a score needs are not called alike.
fn peers(data: &Dataset, country: CountryId, edition: EditionId) -> Vec<(CountryId, Option<Likeness>)> {
    let least = data.framework.coverage_threshold
        * f64::from(u32::try_from(data.framework.indicators.len()).unwrap_or(u32::MAX));
    let others = data.country_ids().filter(|id| *id != country);
    let mut alike: Vec<(CountryId, Likeness)> = others
        .map(|id| (id, compare::likeness(data, country, id, edition)))
        .filter(|(_, peer)| f64::from(peer.compared) >= least && peer.equal > 0)
        .collect();
    // The larger share first; of equal shares the one of more indicators.
    alike.sort_by_key(|(_, peer)| {
        let share = u64::from(peer.equal) * 1_000_000 / u64::from(peer.compared.max(1));
        Reverse((share, peer.compared))
    });
    alike.truncate(3);
    let is_alike = |id: &CountryId| alike.iter().any(|(peer, _)| peer == id);
    let (near, far): (Vec<CountryId>, Vec<CountryId>) = data
        .country_ids()
        .filter(|id| !is_alike(id))
        .partition(|id| compare::share_subregion(data, country, *id));
    let first = alike.iter().map(|(id, peer)| (*id, Some(*peer)));
    first.chain(near.into_iter().chain(far).map(|id| (id, None))).collect()
}

/// A subject that was typed.
fn typed(subject: Subject, workspace: &Workspace) -> Choice {
    let data = &workspace.data;
    let label = &data.edition(subject.edition()).label;
    let (name, about) = match &subject {
        Subject::Country(country, edition) => (
            safe_line(&format!("{} in {label}", data.country(*country).name.raw())),
            coverage(data.counts(*country, *edition), data.card(*country, *edition).is_some()),
        ),
        Subject::Group(group, edition) => (
            safe_line(&format!("{} in {label}", subject.name(data).raw())),
            format!("median of {} countries", groups::members(data, group, *edition).len()),
        ),
    };
    Choice { code: subject.code(data).line(), keys: vec![], name, about, subject }
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
    for (id, peer) in peers(data, country, edition) {
        let one = data.country(id);
        let given = coverage(data.counts(id, edition), data.card(id, edition).is_some());
        let about =
            peer.map_or(given, |peer| format!("most alike: {} of {} equal", peer.equal, peer.compared));
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
        let (id, title) = (fold(&group.id), fold(group.title.raw()));
        let (code, subject) = (Safe::fixed("group"), Subject::Group(group, edition));
        let name = subject.name(data).line();
        // The words of the row in any order, as it is read.
        let keys = [id, title, fold(&format!("group {name}"))].map(Into::into).into();
        choices.push(Choice { subject, keys, code, name, about });
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
