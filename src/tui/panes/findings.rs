//! The findings pane: each sentence with its share, the published figure beside it, and the countries behind it.

mod lines;
mod layout;
mod list;
mod opened;
mod settings;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use self::layout::FindingsLayout;
pub use self::settings::Settings;
use crate::{
    core::{
        dataset::{CountryId, EditionId},
        findings::{Counted, Findings},
        report::FindingsReport,
        search,
    },
    text::{Safe, fold, safe_line},
    tui::{
        command::Command,
        look::Look,
        pane_context::{Extent, PaneContext, Selection, Spot, Wish},
        pane_state::PaneState,
        places::Pane,
        shown_report::{Listed, NOTHING, PaneRecord, ShownReport},
        widgets::{
            memo::{DataKey, Kept},
            scroll,
        },
    },
};

/// Which finding has the cursor, and whether its countries have the keys.
#[derive(Clone, Debug, Default)]
pub struct State {
    search: String,
    /// The id of the finding under the cursor, so that the cursor stays on it when the list changes.
    at: Option<Box<str>>,
    /// The position of that finding among those shown.
    position: usize,
    top: usize,
    is_open: bool,
    opened: opened::State,
    /// The user's own finding that is removed if the command is run again.
    asked: Option<Box<str>>,
    /// A new finding that has not been read yet. The cursor goes to it when it is.
    expected: Option<Box<str>>,
    sheet: Kept<Key, Sheet>,
}

/// Everything that the counts depend on.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    data: DataKey,
    group: Box<str>,
    edition: EditionId,
    members: Vec<CountryId>,
    search: String,
}

/// The counted findings, and which of them the search shows.
#[derive(Clone, Debug)]
struct Sheet {
    findings: Findings,
    shown: Vec<usize>,
}

impl Sheet {
    fn row(&self, position: usize) -> Option<&Counted> {
        self.shown.get(position).map(|at| &self.findings.rows[*at])
    }

    fn rows(&self) -> impl Iterator<Item = &Counted> {
        self.shown.iter().map(|at| &self.findings.rows[*at])
    }
}

impl PaneState for State {
    fn update(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        let asked = self.asked.take();
        if command == Command::RemoveFinding {
            let wishes = self.remove(asked.as_deref(), context);
            self.scroll_into_view(context, size);
            return wishes;
        }
        let wishes =
            if self.is_open { self.read(command, context, size) } else { self.walk(command, context, size) };
        self.scroll_into_view(context, size);
        wishes
    }

    /// While the countries of a finding are open, Back closes them.
    fn takes_back(&self) -> bool {
        self.is_open
    }

    /// The indicator of the finding in every card, or the cell of the country under the cursor.
    fn spot(&self, context: &PaneContext<'_>) -> Result<Spot, Safe> {
        let none = Safe::fixed("no finding is here: select a cell in another pane");
        let sheet = self.sheet(context);
        let Some(row) = sheet.row(self.cursor(&sheet)) else { return Err(none) };
        if self.is_open
            && let Some(cell) = self.opened.cell(row, context.selection)
        {
            return Ok(Spot { cell, extent: Extent::Cell });
        }
        let indicator = *row.finding.indicators.first().ok_or(none)?;
        Ok(Spot { cell: Selection { indicator, ..context.selection }, extent: Extent::Indicator })
    }

    /// Shows only the matching findings. The empty text shows all again.
    fn search(&mut self, text: &str, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        if text != self.search {
            text.clone_into(&mut self.search);
            self.is_open = false;
        }
        self.scroll_into_view(context, size);
        vec![]
    }

    fn searched(&self) -> &str {
        &self.search
    }

    /// Keeps the cursor on its finding, and visible.
    fn scroll_into_view(&mut self, context: &PaneContext<'_>, size: Size) {
        self.renew(context);
        let sheet = self.sheet(context).into_owned();
        let is_expected = |row: &Counted| Some(&row.finding.id) == self.expected.as_ref();
        if sheet.rows().any(is_expected) {
            self.at = self.expected.take();
            self.is_open = false;
        }
        let position = self.cursor(&sheet);
        let at = sheet.row(position).map(|row| row.finding.id.clone());
        let layout = self.layout(context, size);
        let top = list::scrolled(self.top, position, &sheet, layout);
        let mut opened = self.opened.clone();
        match sheet.row(position) {
            Some(row) => opened.scroll_into_view(row, context, layout.answers()),
            None => opened = opened::State::default(),
        }
        (self.position, self.top, self.opened) = (position, top, opened);
        self.is_open &= at.is_some();
        // If the search shows no finding at all, the last one is remembered.
        self.at = at.or(self.at.take());
    }

    fn view(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let sheet = self.sheet(context);
        let layout = FindingsLayout::of(area.intersection(buf.area), self.is_open, context.is_zoomed, &sheet);
        let cursor = self.cursor(&sheet);
        if !layout.list.is_empty() {
            let list = list::FindingList { sheet: &sheet, context, look, search: &self.search, layout };
            list.draw(buf, (self.top, cursor), context.focused && !self.is_open);
        }
        if let (Some(row), false) = (sheet.row(cursor), layout.detail.is_empty()) {
            self.opened.draw(row, context, look, layout.detail, context.focused && self.is_open, buf);
        }
    }

    fn report<'a>(&self, context: &PaneContext<'a>) -> ShownReport<'a> {
        let sheet = self.sheet(context);
        let rows = sheet.rows().map(|row| row.finding.id.to_string()).collect();
        let search = (!self.search.is_empty()).then(|| format!("/{}", safe_line(&self.search)));
        ShownReport {
            title: Pane::Findings.title(),
            report: Box::new(FindingsReport::new(context.data, sheet.findings.clone())),
            listed: Some(Listed {
                key: "id",
                rows,
                narrowed_by: search.into_iter().collect(),
                unjudged: None,
            }),
        }
    }

    /// The finding under the cursor, or the cell of the country under the cursor.
    fn record(&self, context: &PaneContext<'_>) -> Result<PaneRecord, Safe> {
        if let Ok(Spot { cell, extent: Extent::Cell }) = self.spot(context) {
            return PaneRecord::of_cell(context, cell);
        }
        let sheet = self.sheet(context);
        let id = &sheet.row(self.cursor(&sheet)).ok_or(NOTHING)?.finding.id;
        let table = self.report(context).report.table();
        let pick = |key| PaneRecord::pick(&table, ("id", id), key);
        let record = pick("text")?;
        let cell = format!("{}, {}: {}", pick("count")?.cell, pick("share")?.cell, record.cell);
        Ok(PaneRecord { cell, ..record })
    }

    fn has_own_gaps(&self) -> bool {
        true
    }

    fn boxes(&self, context: &PaneContext<'_>, size: Size) -> usize {
        let layout = self.layout(context, size);
        [layout.list, layout.detail].iter().filter(|part| !part.is_empty()).count()
    }

    fn box_in_use(&self) -> usize {
        usize::from(self.is_open)
    }

    fn use_box(&mut self, at: usize) {
        self.is_open = at > 0;
        self.opened = opened::State::default();
    }

    fn tells(&self, command: Command) -> bool {
        !matches!(command, Command::Sort | Command::DetailDown)
    }
}

impl State {
    /// Runs a command while the list has the keys.
    fn walk(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        let page = list::page(self.layout(context, size));
        let by = match command {
            _ if let Some(by) = scroll::steps(command, page) => by,
            Command::Left => return vec![Wish::Go(Pane::Countries)],
            Command::Enter | Command::Right => {
                self.is_open = self.renew(context).row(0).is_some();
                self.opened = opened::State::default();
                return vec![];
            }
            Command::NextGap => return self.next_gap(context, true),
            Command::PreviousGap => return self.next_gap(context, false),
            Command::ClearSearch => return self.search("", context, size),
            Command::Fold => {
                return vec![Wish::Say(Safe::fixed("goals are folded on a card and in a comparison"))];
            }
            Command::OnlyGaps => {
                return vec![Wish::Say(Safe::fixed(
                    "{next-gap} goes to the next finding that is not fully assessed",
                ))];
            }
            _ => return vec![],
        };
        let length = self.renew(context).shown.len();
        self.put_on(scroll::moved(self.position, by, length), context);
        vec![]
    }

    /// Runs a command while the countries of a finding have the keys.
    fn read(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        let height = usize::from(self.layout(context, size).answers().height);
        let sheet = self.sheet(context).into_owned();
        let Some(row) = sheet.row(self.cursor(&sheet)) else {
            self.is_open = false;
            return vec![];
        };
        match command {
            Command::Back | Command::Left => {
                self.is_open = false;
                vec![]
            }
            Command::Enter | Command::Right => {
                let Some(cell) = self.opened.cell(row, context.selection) else { return vec![] };
                let (country, indicator) = (cell.country, cell.indicator);
                vec![Wish::SelectCountry(country), Wish::SelectIndicator(indicator), Wish::Go(Pane::Card)]
            }
            Command::ClearSearch => self.search("", context, size),
            _ => self.opened.update(command, row, height),
        }
    }

    /// Removes one of the user's own findings. It must be asked for twice, because it cannot be undone.
    fn remove(&mut self, asked: Option<&str>, context: &PaneContext<'_>) -> Vec<Wish> {
        let sheet = self.sheet(context).into_owned();
        let Some(row) = sheet.row(self.cursor(&sheet)).filter(|row| row.finding.own) else {
            return vec![Wish::Say(Safe::fixed(
                "this finding is the framework's; only those made here with {new-finding} can be removed",
            ))];
        };
        let id = &row.finding.id;
        if asked == Some(&**id) {
            self.is_open = false;
            return vec![Wish::RemoveFinding(id.clone())];
        }
        self.asked = Some(id.clone());
        let words = format!("{{remove-finding}} once more removes it for good: {}", row.finding.text.line());
        vec![Wish::Say(safe_line(&words))]
    }

    /// Puts the cursor on this finding as soon as it has been read.
    pub fn expect(&mut self, id: Box<str>) {
        self.expected = Some(id);
    }

    /// Call if the expected finding could not be saved.
    pub fn expect_nothing(&mut self) {
        self.expected = None;
    }

    /// Goes to the next finding that a gap leaves undecided for some country.
    fn next_gap(&mut self, context: &PaneContext<'_>, forward: bool) -> Vec<Wish> {
        let sheet = self.sheet(context).into_owned();
        let here = self.cursor(&sheet);
        let has_gaps = |at: &usize| sheet.row(*at).is_some_and(|row| row.unassessed() > 0);
        let found = if forward {
            (here + 1..sheet.shown.len()).find(has_gaps)
        } else {
            (0..here.min(sheet.shown.len())).rev().find(has_gaps)
        };
        match found {
            Some(at) => {
                self.put_on(at, context);
                vec![]
            }
            None => vec![Wish::Say(Safe::fixed("every other finding there is fully assessed"))],
        }
    }

    fn put_on(&mut self, position: usize, context: &PaneContext<'_>) {
        self.position = position;
        self.at = self.renew(context).row(position).map(|row| row.finding.id.clone());
        self.opened = opened::State::default();
    }

    /// The position of the cursor among the findings shown.
    fn cursor(&self, sheet: &Sheet) -> usize {
        let is_here = |row: &Counted| Some(&row.finding.id) == self.at.as_ref();
        sheet.rows().position(is_here).unwrap_or(self.position).min(sheet.shown.len().saturating_sub(1))
    }

    fn layout(&self, context: &PaneContext<'_>, size: Size) -> FindingsLayout {
        let area = Rect { x: 0, y: 0, width: size.width, height: size.height };
        FindingsLayout::of(area, self.is_open, context.is_zoomed, &self.sheet(context))
    }

    fn key(&self, context: &PaneContext<'_>) -> Key {
        Key {
            data: DataKey::of(context.data),
            group: context.group.id.clone(),
            edition: context.selection.edition,
            members: context.members.to_vec(),
            search: self.search.clone(),
        }
    }

    fn renew(&mut self, context: &PaneContext<'_>) -> &Sheet {
        let key = self.key(context);
        self.sheet.renew(key, |key| make(context, key))
    }

    fn sheet(&self, context: &PaneContext<'_>) -> std::borrow::Cow<'_, Sheet> {
        self.sheet.get(&self.key(context), |key| make(context, key))
    }
}

fn make(context: &PaneContext<'_>, key: &Key) -> Sheet {
    let findings = Findings::of(context.data, context.group, key.edition);
    let all = 0..findings.rows.len();
    let shown = if key.search.is_empty() {
        all.collect()
    } else {
        let framework = &context.data.framework;
        let keys = findings.rows.iter().map(|row| {
            let finding = &row.finding;
            let indicators = finding.indicators.iter().map(|id| fold(framework.indicator(*id).title.raw()));
            let goal = finding.goal.map(|goal| fold(framework.goal(goal).title.raw()));
            let own = [fold(finding.text.raw()), fold(&finding.id)];
            own.into_iter().chain(indicators).chain(goal).collect::<Vec<String>>()
        });
        let keys: Vec<Vec<String>> = keys.collect();
        let hits = search::rank(&key.search, keys.iter().map(|keys| &keys[..]));
        // Found findings keep the order of the list, so that goals stay together.
        let found: std::collections::BTreeSet<usize> = hits.into_iter().map(|hit| hit.index).collect();
        found.into_iter().collect()
    };
    Sheet { findings, shown }
}

#[cfg(test)]
mod tests;
