//! How a table was read: its columns, what was not understood, and what each indicator is; a key changes any of it.

mod items;
mod words;
pub mod text;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

pub use self::items::{ReadingLine, ReadingQuestion};
use self::{
    items::items,
    words::{about, line},
};
use super::{
    Backdrop, OverlayOutcome, OverlayState,
    list::{ListLayout, ScrollList, draw_below},
};
use crate::{
    core::{
        table_mapping::{ColumnRole, Mapping},
        table_reading::mapping_text,
    },
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        widgets::{frame, line_writer::LineWriter},
        workspace::Workspace,
    },
};

const BELOW: u16 = 4;

/// Where somebody is in the list, to come back to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingPlace {
    pub cursor: usize,
    /// The line that was changed: the cursor stays on it wherever it goes.
    pub line: Option<ReadingLine>,
    /// What is looked for; empty for all.
    pub wanted: String,
    /// The column whose role was changed last, and the role that was tried: if it was taken back, the next one follows it.
    pub tried: Option<(String, Option<ColumnRole>)>,
}

#[derive(Clone, Debug)]
pub struct State {
    list: ScrollList,
    wanted: String,
    items: Vec<ReadingLine>,
    follows: Option<ReadingLine>,
    tried: Option<(String, Option<ColumnRole>)>,
}

impl State {
    pub fn new(workspace: &Workspace, place: &ReadingPlace) -> Option<Self> {
        let reading = workspace.data.readings.first()?;
        let items = items(reading, &workspace.data.framework, &place.wanted);
        let first = |is_such: &dyn Fn(&ReadingLine) -> bool| items.iter().position(is_such);
        // A column of values and its indicator have the same name: keys change the indicator.
        let indicator = first(&|item| matches!(item, ReadingLine::Indicator(_)));
        let begins = indicator.filter(|_| !place.wanted.is_empty());
        let begins = begins.or_else(|| first(&|item| !item.is_heading())).unwrap_or(0);
        let is_begun = place.line.is_some() || place.cursor > 0;
        let cursor = if is_begun { place.cursor } else { begins };
        Some(Self {
            list: ScrollList::at(cursor),
            wanted: place.wanted.clone(),
            items,
            follows: place.line.clone(),
            tried: place.tried.clone(),
        })
    }

    fn place(&self) -> ReadingPlace {
        ReadingPlace {
            cursor: self.list.cursor,
            line: self.item().cloned(),
            wanted: self.wanted.clone(),
            tried: self.tried.clone(),
        }
    }

    fn item(&self) -> Option<&ReadingLine> {
        self.items.get(self.list.cursor)
    }

    /// Goes on over headings, in the direction of the last step.
    fn step_over(&mut self, command: Command) {
        let is_heading = |at: usize| self.items.get(at).is_some_and(ReadingLine::is_heading);
        let mut at = self.list.cursor;
        let goes_up =
            matches!(command, Command::Up | Command::PageUp) && (0..at).any(|above| !is_heading(above));
        while is_heading(at) {
            at = if goes_up { at - 1 } else { at + 1 };
        }
        self.list.cursor = at.min(self.items.len().saturating_sub(1));
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Reading
    }

    fn scroll_into_view(&mut self, backdrop: &Backdrop<'_>, size: Size) {
        if let Some((workspace, reading)) =
            backdrop.workspace.and_then(|all| Some((all, all.data.readings.first()?)))
        {
            self.items = items(reading, &workspace.data.framework, &self.wanted);
        }
        let followed = self.follows.as_ref().and_then(|line| self.items.iter().position(|item| item == line));
        if let Some(at) = followed {
            self.list.cursor = at;
        }
        self.list
            .scroll_into_view(self.items.len(), ListLayout::within(size, Overlay::Reading, BELOW).lines());
    }

    fn update(&mut self, command: Command, backdrop: &Backdrop<'_>, size: Size) -> OverlayOutcome {
        let height = ListLayout::within(size, Overlay::Reading, BELOW).lines();
        if self.list.update(command, self.items.len(), height) {
            self.follows = None;
            self.step_over(command);
            self.list.scroll_into_view(self.items.len(), height);
            return OverlayOutcome::Stay;
        }
        let Some((workspace, reading)) =
            backdrop.workspace.and_then(|all| Some((all, all.data.readings.first()?)))
        else {
            return OverlayOutcome::Stay;
        };
        let framework = &workspace.data.framework;
        let ask = |asked: Option<ReadingQuestion>| match asked {
            Some(asked) => OverlayOutcome::AskOfTable(asked, self.place()),
            None => OverlayOutcome::Refuse(crate::text::Safe::fixed("there is nothing to fill in here")),
        };
        let changed = match command {
            Command::Show(Overlay::Reading) => return OverlayOutcome::Close,
            Command::Show(_) | Command::Reload => return OverlayOutcome::Run(command),
            Command::FindLine => return OverlayOutcome::AskOfTable(ReadingQuestion::Find, self.place()),
            Command::SaveMapping => return kept(backdrop),
            Command::FillIn => {
                return ask(self.item().and_then(|item| item.words_to_fill(reading, framework)));
            }
            Command::GoalOf => return ask(self.item().and_then(|item| item.goal_to_fill(framework))),
            Command::Enter => {
                return match self.item().and_then(|item| item.words_to_fill(reading, framework)) {
                    Some(asked) => OverlayOutcome::AskOfTable(asked, self.place()),
                    None => {
                        let words =
                            backdrop.spell(Overlay::Reading, "{change} takes the next choice of this line");
                        OverlayOutcome::Refuse(crate::text::safe_line(&words))
                    }
                };
            }
            Command::Change | Command::ChangeBack => {
                let next = command == Command::Change;
                match self.item().and_then(|item| item.role_changed(reading, self.tried.as_ref(), next)) {
                    Some((heading, role)) => {
                        let mapping = with(&reading.said, |mapping| match role {
                            Some(role) => _ = mapping.columns.insert(heading.clone(), role),
                            None => _ = mapping.columns.remove(&heading),
                        });
                        self.tried = Some((heading, role));
                        Some(mapping)
                    }
                    None => self.item().and_then(|item| item.changed(reading, framework, next)),
                }
            }
            Command::KindOf => self.item().and_then(|item| item.kind_changed(reading, framework)),
            Command::OrderBetter => self.item().and_then(|item| item.moved(reading, framework, true)),
            Command::OrderWorse => self.item().and_then(|item| item.moved(reading, framework, false)),
            _ => return OverlayOutcome::Stay,
        };
        match changed {
            Some(_) if reading.keeps_at.is_none() => OverlayOutcome::Refuse(crate::text::Safe::fixed(
                "standard input is read once: name the file, or say it on the command line (--better, --missing …)",
            )),
            Some(mapping) => {
                let line = self.item().and_then(|item| item.after(command));
                OverlayOutcome::Remap(Box::new(mapping), ReadingPlace { line, ..self.place() })
            }
            None => OverlayOutcome::Refuse(crate::text::Safe::fixed(
                "this line has no such key: its words say which key changes what",
            )),
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let Some((workspace, reading)) =
            backdrop.workspace.and_then(|all| Some((all, all.data.readings.first()?)))
        else {
            return;
        };
        let layout = ListLayout::of(area, Overlay::Reading, BELOW);
        let more = self.list.more(look, self.items.len(), layout.lines());
        let searched = if self.wanted.is_empty() {
            String::new()
        } else {
            format!(" {} “{}”", look.glyphs.separator, crate::text::safe_line(&self.wanted))
        };
        let title = [(Overlay::Reading.title(), Role::Title), (searched.as_str(), Role::Faint)];
        frame::draw(buf, look, area, &title, &more, true);
        for (at, row) in self.list.shown(self.items.len(), layout.lines()).zip(0..) {
            let mut writer = LineWriter::new(buf, look, layout.list, row);
            let is_cursor = at == self.list.cursor;
            if is_cursor {
                writer = writer.cursor();
            }
            writer.cell(if is_cursor { look.glyphs.cursor } else { " " }, 2, Role::Key);
            line(&self.items[at], reading, &workspace.data.framework, &mut writer);
        }
        if self.items.is_empty() {
            let mut writer = LineWriter::new(buf, look, layout.list, 0);
            let find = backdrop.spell(Overlay::Reading, "{find-line} and nothing typed shows all again");
            writer.put(&format!("nothing here has these words: {find}"), Role::Faint);
        }
        if let Some(item) = self.item() {
            let words = backdrop.spell(Overlay::Reading, &about(item, reading, &workspace.data.framework));
            draw_below(buf, look, layout.below, &words, Role::Text);
        }
    }
}

/// Asks for how the shown table is read to be kept beside it.
pub(in crate::tui) fn kept(backdrop: &Backdrop<'_>) -> OverlayOutcome {
    let reading = backdrop.workspace.and_then(|workspace| workspace.data.readings.first());
    match reading.and_then(|reading| Some((reading.keeps_at.clone()?, mapping_text(reading)))) {
        Some((path, text)) => OverlayOutcome::SaveMapping { path, text },
        None => OverlayOutcome::Refuse(crate::text::Safe::fixed(
            "this table is in no file: there is no place beside it",
        )),
    }
}

/// This mapping with another thing said in it.
fn with(mapping: &Mapping, say: impl FnOnce(&mut Mapping)) -> Mapping {
    let mut mapping = mapping.clone();
    say(&mut mapping);
    mapping
}
