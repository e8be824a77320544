//! The review pane: the queue of flags, notes and changed cells, and everything ever said about one cell.

mod filters;
mod detail;
mod rows;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use self::rows::ReviewColumns;
use crate::{
    core::dataset::CountryId,
    review::{
        Draft, Queue, QueueFilter, TargetIds, drafts,
        queue::{self, Item, QueueKind, QueueSort, Stage},
        record::Id,
        report::ReviewsReport,
    },
    text::{Safe, safe_line, wrap},
    tui::{
        command::{Command, HelpSection, Spec},
        look::{Look, Role},
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

/// The least height at which the detail is shown under the queue.
const TALL: u16 = 12;

impl PaneState for State {
    fn update(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        let page = scroll::page(height(size));
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
        (self.line, self.at) = (line, at);
        self.top = scroll::scrolled(self.top, Some(line), height(size), length);
    }

    fn view(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let parts = Parts::of(area);
        let queue = self.queue(context);
        let length = queue.items.len();
        let lines = usize::from(parts.rows.height);
        let top = self.top.min(length.saturating_sub(lines.max(1)));
        let title = self.title(look, &queue);
        let title: Vec<(&str, Role)> = title.iter().map(|(words, role)| (words.as_str(), *role)).collect();
        frame::draw(buf, look, parts.queue, &title, &frame::more(look, top, lines, length), context.focused);
        Self::view_progress(context, look, parts.progress, buf);
        if length == 0 {
            self.view_empty(&queue, context, look, parts.rows, buf);
            return;
        }
        let columns = ReviewColumns::new(usize::from(parts.rows.width), &queue);
        let cursor = self.cursor(&queue);
        for ((item, at), line) in queue.items.iter().zip(0..).skip(top).zip(0..parts.rows.height) {
            let mut writer = LineWriter::new(buf, look, parts.rows, line);
            if at == cursor && context.focused {
                writer = writer.cursor();
            }
            rows::draw(&mut writer, context, look, &columns, item, (at == cursor, context.focused));
        }
        if let (Some(item), false) = (queue.items.get(cursor), parts.detail.is_empty()) {
            let inside = frame::inner(parts.detail);
            let lines = detail::lines(context, item, usize::from(inside.width), look.glyphs);
            let more = frame::more(look, 0, usize::from(inside.height), lines.len());
            let name = review_text::name(context.data, &item.on);
            frame::draw(buf, look, parts.detail, &[(&name, Role::Title)], &more, false);
            prose::draw(buf, look, inside, &lines, 0);
        }
    }

    fn report<'a>(&self, context: &PaneContext<'a>) -> ShownReport<'a> {
        let report = ReviewsReport::new(context.data, &context.review.book);
        ShownReport { title: "every review", report: Box::new(report), listed: None }
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
            QueueKind::Note => "a note is not resolved: {note} writes it anew",
            QueueKind::Review => "look at the cell, then {reviewed} marks it as reviewed again",
            QueueKind::Assignment => "{assign} says anew what the gap is",
        };
        Some(Err(Safe::fixed(why)))
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
        if let Some(at) = first.iter().position(|command| *command == spec.command) {
            return u8::try_from(at).ok();
        }
        (spec.section == HelpSection::Review).then_some(5)
    }
}

impl State {
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

    fn title(&self, look: &Look, queue: &Queue) -> Vec<(String, Role)> {
        let between = look.glyphs.separator;
        let count = format!("Review {} of {}", queue.items.len(), queue.of);
        let mut title = vec![(count, Role::Title)];
        let role = if self.filter.state == Stage::Open { Role::Faint } else { Role::Notice };
        title.push((format!(" {between} {}", self.filter.state.id()), role));
        let author = self.filter.author.as_ref().map(|author| format!("by {}", author.line()));
        let country = self.filter.country.as_ref().map(|code| safe_line(code).into_string());
        let kind = self.filter.kind.map(|kind| kind.title().to_owned());
        for words in [kind, author, country].into_iter().flatten() {
            title.push((format!(" {between} {words}"), Role::Notice));
        }
        if self.sort != QueueSort::default() {
            title.push((format!(" {between} by {}", self.sort.title()), Role::Faint));
        }
        if !self.filter.text.is_empty() {
            title.push((format!(" {between} /{}", safe_line(&self.filter.text)), Role::Match));
        }
        title
    }

    /// Draws `142 of 528 cells reviewed, 3 changed since · 2022`.
    fn view_progress(context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let edition = context.selection.edition;
        let progress = context.review.progress(context.data, context.members, edition);
        let label = safe_line(&context.data.edition(edition).label);
        let mut writer = LineWriter::new(buf, look, area, 0);
        let words = format!("{} of {} cells reviewed", progress.reviewed, progress.of);
        writer.gap(1).put(&words, Role::Text);
        if progress.changed > 0 {
            writer.put(&format!(", {} changed since", progress.changed), Role::Mark);
        }
        let group =
            if context.is_everyone() { String::new() } else { format!(", {}", context.group.title.line()) };
        writer.put(&format!(" {} {label}{group}", look.glyphs.separator), Role::Faint);
    }

    fn view_empty(
        &self,
        queue: &Queue,
        context: &PaneContext<'_>,
        look: &Look,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let (first, second) = match (queue.of, self.filter.state) {
            (0, _) => (
                "Nothing has been said about these cards yet.",
                "{flag} flags a cell, {note} writes a note on it.",
            ),
            (_, Stage::Open) if self.is_plain() => {
                ("Nothing is left to do.", "{filter} shows what is resolved.")
            }
            _ => (
                "Nothing like that.",
                "{filter} has other states, kinds, authors and countries; {clear-search} takes all back.",
            ),
        };
        let second = context.spell(Pane::Review, second);
        let columns = usize::from(area.width.saturating_sub(2)).max(1);
        let lines = [(first, Role::Text), (second.as_str(), Role::Faint)];
        let lines =
            lines.iter().flat_map(|(words, role)| wrap(words, columns).into_iter().map(|line| (line, *role)));
        for ((line, role), at) in lines.zip(0..area.height) {
            LineWriter::new(buf, look, area, at).gap(1).put(&line, role);
        }
    }

    fn is_plain(&self) -> bool {
        self.filter == QueueFilter { state: self.filter.state, ..QueueFilter::default() }
    }
}

fn make(context: &PaneContext<'_>, key: &Key) -> Queue {
    let filter = QueueFilter { members: Some(key.members.clone()), ..key.filter.clone() };
    let mut queue = Queue::new(context.review, context.data, &filter);
    let group = QueueFilter { state: Stage::All, members: filter.members, ..QueueFilter::default() };
    queue.of = queue::items(context.review, context.data)
        .iter()
        .filter(|item| group.keeps(item, context.data))
        .count();
    key.sort.order(&mut queue.items, context.data);
    queue
}

fn key_of(item: &Item) -> (Id, QueueKind) {
    (item.said.id.clone(), item.kind)
}

/// The areas of the queue and of the detail under it.
struct Parts {
    queue: Rect,
    progress: Rect,
    rows: Rect,
    detail: Rect,
}

impl Parts {
    fn of(area: Rect) -> Self {
        let below = if area.height < TALL { 0 } else { (area.height * 2 / 5).min(16) };
        let queue = Rect { height: area.height - below, ..area };
        let inside = frame::inner(queue);
        let above = u16::from(inside.height > 2);
        Self {
            queue,
            progress: Rect { height: above, ..inside },
            rows: Rect { y: inside.y + above, height: inside.height - above, ..inside },
            detail: Rect { y: area.y + queue.height, height: below, ..area },
        }
    }
}

fn height(size: Size) -> usize {
    usize::from(Parts::of(Rect { x: 0, y: 0, width: size.width, height: size.height }).rows.height)
}

/// The target of an item in words: the indicator, or the whole card.
fn what(context: &PaneContext<'_>, item: &Item) -> String {
    match item.place {
        Some(TargetIds::Cell(_, _, indicator) | TargetIds::Indicator(indicator, _)) => {
            context.data.framework.indicator(indicator).title.line().into_string()
        }
        Some(TargetIds::Country(..)) => "the whole card".to_owned(),
        None => {
            let id =
                item.on.indicator.as_deref().map_or_else(String::new, |id| format!(": {}", safe_line(id)));
            format!("not in these cards{id}")
        }
    }
}

#[cfg(test)]
mod tests;
