//! The review pane: the queue of flags, notes and changed cells, and everything ever said about one cell.

mod layout;
mod filters;
mod words;
mod detail;
mod rows;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use self::{layout::ReviewLayout, rows::ReviewColumns};
use crate::{
    core::dataset::CountryId,
    review::{
        Draft, Queue, QueueFilter, TargetIds,
        drafts::{self, CellIds},
        queue::{self, Item, QueueKind, QueueSort, Stage},
        record::Id,
        report::FlagsReport,
    },
    text::{Safe, safe_line},
    tui::{
        command::{Command, HelpSection, Spec},
        look::{Look, Role, UNICODE},
        pane_context::{Extent, PaneContext, Selection, Spot, Wish},
        pane_state::{FilterChoice, PaneState},
        places::{Overlay, Pane},
        shown_report::{NOTHING, PaneRecord, ShownReport, one_line},
        widgets::{
            frame,
            line_writer::LineWriter,
            memo::{DataKey, Kept},
            prose, review_text, scroll,
        },
    },
};

/// The filter of the queue, and where its cursor is.
#[derive(Clone, Debug, Default)]
pub struct State {
    filter: QueueFilter,
    sort: QueueSort,
    /// The item under the cursor, so that the cursor stays on it when the queue changes.
    at: Option<(Id, QueueKind)>,
    line: usize,
    top: usize,
    /// Whether the movement keys scroll the detail instead of the queue.
    reading: bool,
    detail_top: usize,
    queue: Kept<Key, Queue>,
}

/// Everything that the queue depends on. Records are only ever added, so their number is enough.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    data: DataKey,
    records: usize,
    members: Vec<CountryId>,
    filter: QueueFilter,
    sort: QueueSort,
}

impl PaneState for State {
    fn update(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        if self.reading
            && let Some(wishes) = self.read(command, context, size)
        {
            return wishes;
        }
        let page = scroll::page(self.height(context, size));
        let by = match command {
            _ if let Some(by) = scroll::steps(command, page) => by,
            Command::Enter | Command::Right => return self.open(context),
            Command::Left => return vec![Wish::Go(Pane::Countries)],
            Command::ClearSearch => return self.search("", context, size),
            Command::Sort => {
                self.sort = self.sort.next();
                (self.at, self.line) = (None, 0);
                self.scroll_into_view(context, size);
                return vec![Wish::Say(safe_line(&format!("sorted by {}", self.sort.title())))];
            }
            Command::OnlyGaps => {
                self.filter.kind = QueueKind::from_id("missing-data");
                self.scroll_into_view(context, size);
                return vec![];
            }
            _ => return vec![],
        };
        let queue = self.renew(context);
        let length = queue.items.len();
        self.line = scroll::moved(self.line, by, length);
        let line = self.line;
        self.at = self.renew(context).items.get(line).map(key_of);
        self.scroll_into_view(context, size);
        vec![]
    }

    fn search(&mut self, text: &str, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        text.clone_into(&mut self.filter.text);
        self.scroll_into_view(context, size);
        vec![]
    }

    fn searched(&self) -> &str {
        &self.filter.text
    }

    /// Keeps the cursor on its item, and visible.
    fn scroll_into_view(&mut self, context: &PaneContext<'_>, size: Size) {
        self.renew(context);
        let queue = self.queue(context);
        let (line, length) = (self.cursor(&queue), queue.items.len());
        let at = queue.items.get(line).map(key_of);
        drop(queue);
        let at_is_there = at.is_some();
        if at != self.at {
            self.detail_top = 0;
        }
        (self.line, self.at) = (line, at);
        self.reading &= at_is_there;
        self.top = scroll::scrolled(self.top, Some(line), self.height(context, size), length);
    }

    fn view(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let queue = self.queue(context);
        let parts = ReviewLayout::of(area, queue.items.len(), self.reading, context.is_zoomed);
        let is_read = self.reading && context.focused;
        let length = queue.items.len();
        let lines = usize::from(parts.rows.height);
        let top = self.top.min(length.saturating_sub(lines.max(1)));
        let title = self.title(look, &queue);
        let title: Vec<(&str, Role)> = title.iter().map(|(words, role)| (words.as_str(), *role)).collect();
        frame::draw(
            buf,
            look,
            parts.queue,
            &title,
            &frame::more(look, top, lines, length),
            context.focused && !is_read,
        );
        Self::view_progress(context, look, parts.progress, buf);
        if length == 0 {
            self.view_empty(&queue, context, look, parts.rows, buf);
            return;
        }
        let columns = ReviewColumns::new(usize::from(parts.rows.width), &queue);
        let cursor = self.cursor(&queue);
        for ((item, at), line) in queue.items.iter().zip(0..).skip(top).zip(0..parts.rows.height) {
            let mut writer = LineWriter::new(buf, look, parts.rows, line);
            if at == cursor && context.focused && !is_read {
                writer = writer.cursor();
            }
            rows::draw(
                &mut writer,
                context,
                look,
                &columns,
                item,
                (at == cursor, context.focused && !is_read),
            );
        }
        if let (Some(item), false) = (queue.items.get(cursor), parts.detail.is_empty()) {
            let inside = frame::inner(parts.detail);
            let lines = detail::lines(context, item, usize::from(inside.width), look.glyphs);
            let height = usize::from(inside.height);
            let top = self.detail_top.min(lines.len().saturating_sub(height));
            let more = frame::more(look, top, height, lines.len());
            let name = review_text::name(context.data, &item.on);
            frame::draw(buf, look, parts.detail, &[(&name, Role::Title)], &more, is_read);
            prose::draw(buf, look, inside, &lines, top);
        }
    }

    fn report<'a>(&self, context: &PaneContext<'a>) -> ShownReport<'a> {
        let members = Some(context.members.to_vec());
        let filter = QueueFilter { members, ..self.filter.clone() };
        let group = (!context.is_everyone()).then(|| context.group.clone());
        let report = FlagsReport::new(context.data, context.review, &filter, self.sort, group);
        ShownReport { title: "the queue", report: Box::new(report), listed: None }
    }

    fn record(&self, context: &PaneContext<'_>) -> Result<PaneRecord, Safe> {
        let item = self.item(context).ok_or(NOTHING)?;
        let name = review_text::name(context.data, &item.on).into_string();
        let words = [name.clone(), item.said.author.raw().to_owned(), item.words.raw().to_owned()];
        let row = words.map(|text| one_line(&text)).join("\t");
        Ok(PaneRecord { name, cell: item.words.raw().to_owned(), row })
    }

    /// The target of the item under the cursor.
    fn spot(&self, context: &PaneContext<'_>) -> Result<Spot, Safe> {
        let item = self.item(context);
        let item = item.ok_or(Safe::fixed("nothing is in the queue: select a cell in another pane"))?;
        let Some(place) = item.place else { return Err(detail::not_here(&item)) };
        let cell = Selection {
            country: place.country().unwrap_or(context.selection.country),
            edition: place.edition(),
            indicator: place.indicator().unwrap_or(context.selection.indicator),
        };
        let extent = match place {
            TargetIds::Cell(..) => Extent::Cell,
            TargetIds::Country(..) => Extent::Card,
            TargetIds::Indicator(..) => Extent::Indicator,
        };
        Ok(Spot { cell, extent })
    }

    /// Resolves the flag under the cursor, or reopens it.
    fn resolve(&self, context: &PaneContext<'_>) -> Option<Result<Draft, Safe>> {
        let Some(item) = self.item(context) else { return Some(Err(Safe::fixed("nothing is in the queue"))) };
        let why = match item.kind {
            QueueKind::Flag(_) => {
                let flag = context.review.book.flag(&item.said.id);
                let draft = flag.map(|flag| drafts::resolve_or_reopen(flag, ""));
                return Some(draft.ok_or(Safe::fixed("this flag is gone")));
            }
            QueueKind::Note => "a note asks for nothing that could be resolved: {note} answers it",
            QueueKind::Review => "look at the cell, then {reviewed} marks it as reviewed again",
            QueueKind::Assignment => "{assign} says anew what the gap is",
            QueueKind::SignOff => "{sign-off} says how far the review of the card has come",
        };
        Some(Err(Safe::fixed(why)))
    }

    fn shown_cells(&self, context: &PaneContext<'_>) -> Vec<CellIds> {
        let mut cells: Vec<CellIds> = vec![];
        for item in &self.queue(context).items {
            if let Some(TargetIds::Cell(country, edition, indicator)) = item.place
                && !cells.contains(&(country, edition, indicator))
            {
                cells.push((country, edition, indicator));
            }
        }
        cells
    }

    fn resolve_all(&self, context: &PaneContext<'_>) -> Vec<Draft> {
        let queue = self.queue(context);
        let open = queue.items.iter().filter(|item| item.state.is_open());
        let flags = open.filter_map(|item| context.review.book.flag(&item.said.id));
        let mine = flags.filter(|flag| drafts::can_resolve(context.review, flag).is_ok());
        mine.map(|flag| drafts::resolve(flag, "")).collect()
    }

    fn filters(&self, context: &PaneContext<'_>) -> Vec<FilterChoice> {
        self.ways(context).into_iter().map(|(_, choice)| choice).collect()
    }

    fn choose_filter(&mut self, at: usize, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        if let Some((filter, _)) = self.ways(context).into_iter().nth(at) {
            self.filter = QueueFilter { members: None, ..filter };
        }
        self.scroll_into_view(context, size);
        vec![]
    }

    fn is_filtered(&self) -> bool {
        self.filter != QueueFilter { text: self.filter.text.clone(), ..QueueFilter::default() }
    }

    fn clear_filters(&mut self) {
        self.filter = QueueFilter { text: std::mem::take(&mut self.filter.text), ..QueueFilter::default() };
    }

    fn boxes(&self, context: &PaneContext<'_>, size: Size) -> usize {
        let queue = self.queue(context);
        let parts = self.layout(context, size);
        1 + usize::from(!queue.items.is_empty() && !parts.detail.is_empty() && !parts.rows.is_empty())
    }

    fn box_in_use(&self) -> usize {
        usize::from(self.reading)
    }

    fn use_box(&mut self, at: usize) {
        self.reading = at > 0;
    }

    fn takes_back(&self) -> bool {
        self.reading
    }

    fn is_empty(&self, context: &PaneContext<'_>) -> bool {
        context.review.book.records().len() == 0
    }

    fn tells(&self, command: Command) -> bool {
        !matches!(command, Command::Show(Overlay::Finding) | Command::Write(_) | Command::DetailDown)
    }

    /// Commands of the queue come before commands on cards.
    fn hint_rank(&self, spec: &Spec) -> Option<u8> {
        let first = [
            Command::Show(Overlay::Resolve),
            Command::Enter,
            Command::Show(Overlay::Note),
            Command::Show(Overlay::Filters),
            Command::Sort,
        ];
        // What is under the cursor may not be a flag.
        let is_flag = self.at.as_ref().is_none_or(|(_, kind)| matches!(kind, QueueKind::Flag(_)));
        let is_sign_off = self.at.as_ref().is_some_and(|(_, kind)| *kind == QueueKind::SignOff);
        match spec.command {
            Command::Show(Overlay::Resolve) if !is_flag => return Some(9),
            Command::Show(Overlay::SignOff) if is_sign_off => return Some(0),
            _ => {}
        }
        if let Some(at) = first.iter().position(|command| *command == spec.command) {
            return u8::try_from(at).ok();
        }
        Some(if spec.section == HelpSection::Review { 5 } else { 6 })
    }
}

impl State {
    fn layout(&self, context: &PaneContext<'_>, size: Size) -> ReviewLayout {
        let area = Rect { x: 0, y: 0, width: size.width, height: size.height };
        ReviewLayout::of(area, self.queue(context).items.len(), self.reading, context.is_zoomed)
    }

    fn height(&self, context: &PaneContext<'_>, size: Size) -> usize {
        usize::from(self.layout(context, size).rows.height)
    }

    /// Runs the commands that work differently while the detail is read; `None` for any other.
    fn read(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Option<Vec<Wish>> {
        let inside = frame::inner(self.layout(context, size).detail);
        if matches!(command, Command::Back | Command::Left) || inside.is_empty() {
            self.reading = false;
            return Some(vec![]);
        }
        let height = usize::from(inside.height);
        let by = scroll::steps(command, scroll::page(height))?;
        let item = self.item(context)?;
        // Only the view knows the glyphs of the terminal; both sets are as long, or nearly.
        let lines = detail::lines(context, &item, usize::from(inside.width), &UNICODE).len();
        let last = lines.saturating_sub(height);
        self.detail_top = self.detail_top.min(last).saturating_add_signed(by).min(last);
        Some(vec![])
    }

    /// Goes to the card of the item under the cursor.
    fn open(&self, context: &PaneContext<'_>) -> Vec<Wish> {
        let Some(item) = self.item(context) else { return vec![] };
        let Some(place) = item.place else {
            let name = review_text::name(context.data, &item.on);
            return vec![Wish::Say(safe_line(&format!("not in these cards: {name}")))];
        };
        let country = place.country().map(Wish::SelectCountry);
        let indicator = place.indicator().map(Wish::SelectIndicator);
        let edition = Wish::SelectEdition(place.edition());
        country.into_iter().chain([edition]).chain(indicator).chain([Wish::Go(Pane::Card)]).collect()
    }

    /// The item under the cursor.
    pub fn item(&self, context: &PaneContext<'_>) -> Option<Item> {
        let queue = self.queue(context);
        queue.items.get(self.cursor(&queue)).cloned()
    }

    fn cursor(&self, queue: &Queue) -> usize {
        let own = queue.items.iter().position(|item| Some(key_of(item)) == self.at);
        own.unwrap_or(self.line).min(queue.items.len().saturating_sub(1))
    }

    fn key(&self, context: &PaneContext<'_>) -> Key {
        Key {
            data: DataKey::of(context.data),
            records: context.review.book.records().len(),
            members: context.members.to_vec(),
            filter: self.filter.clone(),
            sort: self.sort,
        }
    }

    fn renew(&mut self, context: &PaneContext<'_>) -> &Queue {
        let key = self.key(context);
        self.queue.renew(key, |key| make(context, key))
    }

    fn queue(&self, context: &PaneContext<'_>) -> std::borrow::Cow<'_, Queue> {
        self.queue.get(&self.key(context), |key| make(context, key))
    }
}

fn make(context: &PaneContext<'_>, key: &Key) -> Queue {
    let filter = QueueFilter { members: Some(key.members.clone()), ..key.filter.clone() };
    let mut queue = Queue::new(context.review, context.data, &filter);
    let group = QueueFilter { state: Stage::All, members: filter.members, ..QueueFilter::default() };
    queue.of = queue::items(context.review, context.data)
        .iter()
        .filter(|item| group.keeps(item, context.review, context.data))
        .count();
    key.sort.order(&mut queue.items, context.data);
    queue
}

fn key_of(item: &Item) -> (Id, QueueKind) {
    (item.said.id.clone(), item.kind)
}

#[cfg(test)]
mod tests;
