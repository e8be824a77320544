//! Help: every key and every sign, searched by word and by key.

mod signs;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};
use strum::IntoEnumIterator as _;

use self::signs::{Sign, Signs};
use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below, draw_field, found},
};
use crate::{
    core::search::{Query, Tier},
    text::{fold, width, wrap},
    tui::{
        command::{COMMANDS, Command, HelpSection, Needs, Spec},
        look::{Look, Role},
        places::Overlay,
        scopes::Scope,
        text_input::TextInput,
        widgets::{frame, line_writer::LineWriter},
    },
};

/// Lines below the list.
const BELOW: u16 = 2;
/// Widths of a sign and its name, and the column at which its meaning begins.
const SIGN: usize = 9;
const TITLE: usize = 15;
const MEANING: usize = 2 + SIGN + TITLE + 1;

#[derive(Clone, Copy, Debug)]
enum Row {
    Blank,
    Heading(&'static str),
    Command(&'static Spec),
    Sign(Sign),
}

/// A row with what searches match: its folded words, the title first, and its keys as they are written.
#[derive(Clone, Debug)]
struct Entry {
    row: Row,
    words: Vec<String>,
    keys: Vec<String>,
}

/// How a row matches a query, the plainest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    /// The query is a key of the row, or its sign.
    Key,
    Title,
    /// The query is one of the other words of the row.
    Topic,
    Mention,
}

impl Entry {
    fn answers(&self, asked: &str, query: &Query) -> Option<Answer> {
        if self.keys.iter().any(|key| key == asked) {
            return Some(Answer::Key);
        }
        let (title, words) = self.words.split_first()?;
        if query.tier(std::slice::from_ref(title)).is_some() {
            return Some(Answer::Title);
        }
        query.tier(words).map(|tier| if tier == Tier::Exact { Answer::Topic } else { Answer::Mention })
    }
}

#[derive(Clone, Debug)]
pub struct State {
    field: TextInput,
    list: ScrollList,
    entries: Vec<Entry>,
    /// Positions of the found entries, in the order found.
    hits: Vec<usize>,
    /// One item per line of the list: the entry, and which line of its meaning (a sign's may take several).
    shown: Vec<(usize, usize)>,
}

impl State {
    pub(super) fn new(backdrop: &Backdrop<'_>) -> Self {
        let mut state = Self {
            field: TextInput::default(),
            list: ScrollList::default(),
            entries: entries(backdrop),
            hits: vec![],
            shown: vec![],
        };
        state.find(backdrop);
        state
    }

    /// Lays the entries out in lines of this many columns. The cursor stays on its entry.
    fn lay(&mut self, columns: usize) {
        let here = self.shown.get(self.list.cursor).map(|(entry, _)| *entry);
        let lines = |entry: usize| match self.entries[entry].row {
            Row::Sign(sign) => meaning(sign, columns).len(),
            _ => 1,
        };
        self.shown =
            self.hits.iter().flat_map(|entry| (0..lines(*entry)).map(|line| (*entry, line))).collect();
        let there = here.and_then(|here| self.shown.iter().position(|line| *line == (here, 0)));
        self.list.cursor = there.unwrap_or(self.list.cursor);
    }

    /// The row on a line; `None` if the line continues the one above.
    fn row(&self, line: usize) -> Option<Row> {
        self.shown.get(line).filter(|(_, part)| *part == 0).map(|(entry, _)| self.entries[*entry].row)
    }

    /// Moves the cursor from a heading to the nearest command or sign. The first heading is scrolled into view with
    /// the first of them.
    fn step_off_headings(&mut self, command: Command, before: usize, height: usize) {
        let is_entry = |line: &usize| matches!(self.row(*line), Some(Row::Command(_) | Row::Sign(_)));
        let at = self.list.cursor;
        let onward = (at..self.shown.len()).find(is_entry);
        let back = (0..=at).rev().find(is_entry);
        let upward = matches!(command, Command::Up | Command::PageUp);
        // A page that went on past a heading would leave lines unseen.
        let back = back.filter(|back| upward || command != Command::PageDown || *back > before);
        let is_backward = upward || command == Command::PageDown;
        let next = if is_backward { back.or(onward) } else { onward.or(back) };
        if next == Some(1) {
            self.list.cursor = 0;
            self.list.scroll_into_view(self.shown.len(), height);
        }
        self.list.cursor = next.unwrap_or(at);
        self.list.scroll_into_view(self.shown.len(), height);
    }

    fn draw(&self, line: usize, mut writer: LineWriter<'_>, columns: usize) {
        let Some((entry, part)) = self.shown.get(line).map(|(at, part)| (&self.entries[*at], *part)) else {
            return;
        };
        if line == self.list.cursor {
            writer = writer.cursor();
        }
        let column = if columns >= 66 { 22 } else { 13 };
        match entry.row {
            Row::Blank => {}
            Row::Heading(title) => {
                writer.put(title, Role::Title);
            }
            Row::Command(spec) => {
                let query = &Query::new(self.field.text());
                writer
                    .put("  ", Role::Text)
                    .cell(&some_of(&entry.keys, column), column, Role::Key)
                    .put(" ", Role::Text);
                let room = writer.rest();
                writer.cell_found(spec.title, room.min(36), Role::Text, query);
                if let Scope::Pane(pane) = spec.scope {
                    writer.put(" ", Role::Faint).put(pane.title(), Role::Faint);
                }
            }
            Row::Sign(sign) => {
                let meaning = meaning(sign, columns);
                let words = meaning.get(part).map_or("", String::as_str);
                if part > 0 {
                    writer.gap(MEANING).put(words, Role::Faint);
                    return;
                }
                let query = &Query::new(self.field.text());
                writer.put("  ", Role::Text).cell(sign.glyph, SIGN, sign.role);
                writer.cell_found(sign.title, TITLE, Role::Text, query).put(" ", Role::Text);
                writer.put(words, Role::Faint);
            }
        }
    }

    /// The words below the list, about the row under the cursor.
    fn below(&self, backdrop: &Backdrop<'_>) -> (String, Role) {
        match self.row(self.list.cursor) {
            Some(Row::Sign(sign)) => (format!("{}: {}", sign.title, sign.meaning), Role::Text),
            Some(Row::Command(spec)) => match backdrop.needs_met.meets(spec.needs) {
                Err(why) => {
                    let why = backdrop.spell_below(why);
                    (format!("{} ({}) - cannot run: {why}", spec.title, spec.name), Role::Faint)
                }
                Ok(()) if matches!(spec.scope, Scope::Typing | Scope::Editing) => {
                    (format!("{} while typing", spec.title), Role::Faint)
                }
                Ok(()) => {
                    let runs = backdrop.spell(Overlay::Help, "{open} runs it");
                    (format!("{runs}: {} ({})", spec.title, spec.name), Role::Faint)
                }
            },
            _ => (String::new(), Role::Faint),
        }
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Help
    }

    fn field_mut(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.field)
    }

    fn find(&mut self, _: &Backdrop<'_>) {
        self.list = ScrollList::default();
        let query = Query::new(self.field.text());
        if query.is_empty() {
            self.hits = (0..self.entries.len()).collect();
            self.lay(0);
            self.list.cursor = 1;
            return;
        }
        let asked = self.field.text().trim();
        let hits = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(at, entry)| Some((entry.answers(asked, &query)?, at)));
        let mut hits: Vec<(Answer, usize)> = hits.collect();
        hits.sort_unstable();
        self.hits = hits.into_iter().map(|(_, at)| at).collect();
        self.lay(0);
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, size: Size) {
        self.lay(usize::from(
            frame::inner(Rect { x: 0, y: 0, width: size.width, height: size.height }).width,
        ));
        self.list.scroll_into_view(self.shown.len(), ListLayout::within(size, Overlay::Help, BELOW).lines());
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::Help, BELOW).lines();
        let before = self.list.cursor;
        if self.list.update(command, self.shown.len(), height) {
            self.step_off_headings(command, before, height);
            return OverlayOutcome::Stay;
        }
        match (command, self.row(self.list.cursor)) {
            (Command::Enter, Some(Row::Command(spec)))
                if !matches!(spec.scope, Scope::Typing | Scope::Editing) =>
            {
                OverlayOutcome::Run(spec.command)
            }
            (Command::Show(Overlay::Help), _) => OverlayOutcome::Close,
            _ => OverlayOutcome::Stay,
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::Help, BELOW);
        let more = self.list.more(look, self.shown.len(), layout.lines());
        frame::draw(buf, look, area, &[(Overlay::Help.title(), Role::Title)], &more, true);
        let total =
            self.entries.iter().filter(|entry| !matches!(entry.row, Row::Blank | Row::Heading(_))).count();
        let is_all = Query::new(self.field.text()).is_empty();
        let count = if is_all { String::new() } else { found(self.hits.len(), total) };
        let example = backdrop.spell_below("a word or a key, such as gap or {go-to}");
        draw_field(buf, look, layout.field, &self.field, &example, &count);
        for (line, at) in self.list.shown(self.shown.len(), layout.lines()).zip(0..) {
            let writer = LineWriter::new(buf, look, layout.list, at);
            self.draw(line, writer, usize::from(layout.list.width));
        }
        if self.shown.is_empty() {
            LineWriter::new(buf, look, layout.list, 0)
                .put("  nothing of that name; backspace to take it back", Role::Faint);
        }
        let (words, role) = self.below(backdrop);
        draw_below(buf, look, layout.below, &words, role);
    }
}

/// The meaning of a sign, wrapped. In a narrow list it is one line that is cut; the words below the list show it in
/// full.
fn meaning(sign: Sign, columns: usize) -> Vec<String> {
    match columns.checked_sub(MEANING) {
        Some(room) if room >= 30 => wrap(sign.meaning, room),
        _ => vec![sign.meaning.to_owned()],
    }
}

/// As many of the keys as fit into the column, at least one.
fn some_of(keys: &[String], column: usize) -> String {
    let mut shown = String::new();
    for key in keys {
        if shown.is_empty() {
            shown.push_str(key);
        } else if width(&shown) + 2 + width(key) <= column {
            shown.push_str(", ");
            shown.push_str(key);
        }
    }
    shown
}

fn entries(backdrop: &Backdrop<'_>) -> Vec<Entry> {
    let mut entries = vec![];
    // First what works where the help was asked for, that of this pane alone before the rest.
    heading(&mut entries, backdrop.front.title());
    let mut here: Vec<&'static Spec> = COMMANDS.iter().filter(|spec| works_here(spec, backdrop)).collect();
    here.sort_by_key(|spec| {
        // What changes much at once is not the first thing that Enter would run.
        let is_first = spec.scope != Scope::Anywhere && spec.command != Command::ResolveAll;
        (!is_first, spec.command != Command::Enter, spec.section == HelpSection::Move)
    });
    entries.extend(here.iter().map(|spec| of_command(spec, backdrop)));
    for section in HelpSection::iter() {
        heading(&mut entries, section.title());
        let rest = COMMANDS.iter().filter(|spec| spec.section == section && !works_here(spec, backdrop));
        entries.extend(rest.map(|spec| of_command(spec, backdrop)));
    }
    for Signs { heading: title, words, rows } in signs::all() {
        heading(&mut entries, title);
        entries.extend(rows.into_iter().map(|sign| entry_of(sign, words)));
    }
    entries
}

/// Whether a command is of this pane alone, or one of those for any pane that do something now.
fn works_here(spec: &Spec, backdrop: &Backdrop<'_>) -> bool {
    let can_run = backdrop.needs_met.meets(spec.needs).is_ok();
    spec.scope == Scope::Pane(backdrop.front)
        || spec.scope == Scope::Anywhere
            && spec.section != HelpSection::Program
            && !spec.hint.is_empty()
            && can_run
}

fn of_command(spec: &'static Spec, backdrop: &Backdrop<'_>) -> Entry {
    let keys = backdrop.keymap.keys_of(spec.command, spec.scope == Scope::Typing);
    let mut words: Vec<String> = [spec.title, spec.name, spec.section.title()].map(fold).into();
    words.extend(spec.words.split(' ').filter(|word| !word.is_empty()).map(fold));
    if spec.needs != Needs::Nothing {
        words.push(fold(spec.needs.title()));
    }
    Entry { row: Row::Command(spec), words, keys }
}

fn heading(entries: &mut Vec<Entry>, title: &'static str) {
    let bare = |row| Entry { row, words: vec![], keys: vec![] };
    if !entries.is_empty() {
        entries.push(bare(Row::Blank));
    }
    entries.push(bare(Row::Heading(title)));
}

fn entry_of(sign: Sign, words: &str) -> Entry {
    let mut all: Vec<String> = [sign.title, sign.meaning].map(fold).into();
    all.extend(words.split(' ').map(fold));
    Entry { row: Row::Sign(sign), words: all, keys: vec![sign.glyph.to_owned()] }
}
