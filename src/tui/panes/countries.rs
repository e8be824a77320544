//! The countries pane: the countries in the data, how much of each card is given, and what is missing.

mod order;
mod list_columns;
mod borders;
mod settings;

use std::borrow::Cow;

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

pub use self::settings::Settings;
use self::{
    borders::{fault_words, unjudged_words},
    list_columns::{FLAGS, ListColumns, REVIEW, view_heads},
    order::{CountrySort, Order, Wanted},
};
use crate::{
    core::{
        answer_filter,
        country::CountryKind,
        dataset::CountryId,
        framework::{Group, GroupMember},
        report::{OverviewReport, RankReport},
        score::RankedBy,
        search::Query,
    },
    text::{Raw, Safe, fit, safe_line, width},
    tui::{
        command::Command,
        look::{Look, Role},
        pane_context::{Extent, NOT_SHOWN, PaneContext, Spot, Wish},
        pane_state::{FilterChoice, PaneState},
        places::{Overlay, Pane},
        shown_report::{Listed, PaneRecord, ShownReport},
        widgets::{cell_text::count, frame, line_writer::LineWriter, memo::Kept, scroll},
    },
};

/// The note on ranks for the footer.
const RANKS_SAY_LITTLE: Safe = Safe::fixed("ranked by score: close ranks mean little");

/// What the list shows, and where it is scrolled to.
#[derive(Clone, Debug, Default)]
pub struct State {
    sort: CountrySort,
    only_gaps: bool,
    search: String,
    top: usize,
    order: Kept<Wanted, Order>,
}

impl PaneState for State {
    fn update(&mut self, command: Command, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        let page = scroll::page(height(size));
        let wishes = match command {
            _ if let Some(by) = scroll::steps(command, page) => self.step(context, by),
            Command::Enter | Command::Right => vec![Wish::Go(Pane::Card)],
            Command::Sort => {
                self.sort = self.sort.next();
                // Shown once when ranks appear, because a narrow border has no room for it.
                if self.is_by_score() { vec![Wish::Say(RANKS_SAY_LITTLE)] } else { vec![] }
            }
            Command::OnlyGaps => {
                self.only_gaps = !self.only_gaps;
                vec![]
            }
            Command::ClearSearch => self.search("", context, size),
            Command::Fold => vec![Wish::Say(Safe::fixed("goals are folded on a card and in a comparison"))],
            _ => vec![],
        };
        let selected = wishes.iter().find_map(|wish| match wish {
            Wish::SelectCountry(country) => Some(*country),
            _ => None,
        });
        self.show(context, size, selected.unwrap_or(context.selection.country));
        wishes
    }

    /// Selects the plainest match. The empty text shows everything again.
    fn search(&mut self, text: &str, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        text.clone_into(&mut self.search);
        let order = self.renew(context);
        let first = order.ids.first().copied().filter(|_| !text.is_empty() && order.fault.is_none());
        self.show(context, size, first.unwrap_or(context.selection.country));
        let other = first.filter(|first| *first != context.selection.country);
        other.map(Wish::SelectCountry).into_iter().collect()
    }

    fn searched(&self) -> &str {
        &self.search
    }

    fn filters(&self, context: &PaneContext<'_>) -> Vec<FilterChoice> {
        let edition = context.selection.edition;
        let has_gaps = |id: &&CountryId| context.data.counts(**id, edition).missing > 0;
        let count = context.members.iter().filter(has_gaps).count();
        let title = Safe::fixed("only countries with gaps");
        vec![FilterChoice { heading: "show", title, count, is_on: self.only_gaps }]
    }

    fn choose_filter(&mut self, _: usize, context: &PaneContext<'_>, size: Size) -> Vec<Wish> {
        self.update(Command::OnlyGaps, context, size)
    }

    fn is_filtered(&self) -> bool {
        self.only_gaps
    }

    fn clear_filters(&mut self) {
        self.only_gaps = false;
    }

    fn search_fault(&self, context: &PaneContext<'_>) -> Vec<String> {
        self.order(context).fault.as_ref().map(fault_words).unwrap_or_default()
    }

    fn scroll_into_view(&mut self, context: &PaneContext<'_>, size: Size) {
        self.show(context, size, context.selection.country);
    }

    fn view(&self, context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let order = self.order(context);
        let length = order.ids.len();
        let lines = usize::from(rows(frame::inner(area)).height);
        let top = self.top.min(length.saturating_sub(lines.max(1)));
        let title = self.title(context, look, &order, usize::from(area.width));
        let title: Vec<(&str, Role)> = title.iter().map(|(words, role)| (words.as_str(), *role)).collect();
        let more = frame::more(look, top, lines, length);
        let inside = frame::draw(buf, look, area, &title, &more, context.focused);
        let (steps, role) = self.remark(context, &order);
        frame::say_below(buf, look, area, &more, &steps, role);
        if length == 0 {
            self.view_empty(context, &order, look, inside, buf);
            return;
        }
        let query = Query::new(&order.filter.names);
        let columns = ListColumns::new(usize::from(inside.width), &order);
        let list = rows(inside);
        if list.y > inside.y {
            view_heads(&mut LineWriter::new(buf, look, inside, 0), &columns, &order.own_head(context));
        }
        for (id, line) in order.ids.iter().skip(top).zip(0..list.height) {
            let is_cursor = *id == context.selection.country;
            let mut writer = LineWriter::new(buf, look, list, line);
            if is_cursor && context.focused {
                writer = writer.cursor();
            }
            view_row(&mut writer, context, look, &columns, &query, *id);
            if columns.own > 0 {
                let (words, is_gap) = order.own_words(context, *id);
                writer.gap(1).cell(&words, columns.own, if is_gap { Role::Gap } else { Role::Differ });
            }
        }
    }

    /// The listed countries; their ranks if the list is sorted by score.
    fn report<'a>(&self, context: &PaneContext<'a>) -> ShownReport<'a> {
        let codes = self.listed(context).into_iter().map(|id| context.data.country(id).code.raw().to_owned());
        let order = self.order(context);
        let listed = Listed {
            key: "country",
            rows: codes.collect(),
            narrowed_by: self.narrowed_by(&order),
            unjudged: order.filter.has_questions().then_some(order.unjudged),
        };
        let edition = context.selection.edition;
        let group = || context.group.clone();
        let ranks = || RankReport::new(context.data, group(), edition, context.rules, RankedBy::Overall).ok();
        match if self.is_by_score() { ranks() } else { None } {
            Some(ranks) => {
                ShownReport { title: "Countries by score", report: Box::new(ranks), listed: Some(listed) }
            }
            None => ShownReport {
                title: Pane::Countries.title(),
                report: Box::new(OverviewReport::new(context.data, group(), Some(edition))),
                listed: Some(listed),
            },
        }
    }

    /// The countries that a question finds.
    fn written_group(&self, context: &PaneContext<'_>) -> Option<Group> {
        let order = self.order(context);
        if !order.filter.has_questions() {
            return None;
        }
        let found = order.ids.iter().map(|id| context.data.country(*id));
        let codes: Vec<&str> = found
            .filter(|country| country.kind != CountryKind::Aggregate)
            .map(|country| country.code.raw())
            .collect();
        let title = format!(
            "{} where {} in {} ({} of {} rows, {})",
            context.group.title.raw(),
            self.search,
            context.data.edition(context.selection.edition).label,
            order.ids.len(),
            order::listed(context).len(),
            unjudged_words(order.unjudged),
        );
        Some(Group {
            id: codes.join(",").into(),
            title: Raw::new(title),
            members: codes.into_iter().map(GroupMember::always).collect(),
            not_understood: vec![],
            given_also_in: None,
        })
    }

    fn record(&self, context: &PaneContext<'_>) -> Result<PaneRecord, Safe> {
        self.check_shown(context)?;
        let code = context.data.country(context.selection.country).code.raw();
        PaneRecord::pick(&self.report(context).report.table(), ("country", code), "name")
    }

    /// The whole card of the selected country.
    fn spot(&self, context: &PaneContext<'_>) -> Result<Spot, Safe> {
        self.check_shown(context)?;
        Ok(Spot { cell: context.selection, extent: Extent::Card })
    }

    fn tells(&self, command: Command) -> bool {
        !matches!(command, Command::Show(Overlay::Finding) | Command::Write(_) | Command::DetailDown)
    }
}

impl State {
    fn check_shown(&self, context: &PaneContext<'_>) -> Result<(), Safe> {
        if self.listed(context).contains(&context.selection.country) { Ok(()) } else { Err(NOT_SHOWN) }
    }

    fn show(&mut self, context: &PaneContext<'_>, size: Size, country: CountryId) {
        let order = self.renew(context);
        let (at, length) = (order.place(country), order.ids.len());
        self.top = scroll::scrolled(self.top, at, height(size), length);
    }

    fn renew(&mut self, context: &PaneContext<'_>) -> &Order {
        let wanted = self.wanted(context);
        self.order.renew(wanted, |wanted| Order::of(context, wanted))
    }

    fn wanted(&self, context: &PaneContext<'_>) -> Wanted {
        Wanted::new(context, self.sort, self.only_gaps, &self.search)
    }

    fn step(&mut self, context: &PaneContext<'_>, by: isize) -> Vec<Wish> {
        let here = context.selection.country;
        let order = self.renew(context);
        let to = match order.place(here) {
            Some(at) => scroll::moved(at, by, order.ids.len()),
            None => 0,
        };
        select(order.ids.get(to).copied(), here)
    }

    /// Whether the list is sorted by score.
    pub fn is_by_score(&self) -> bool {
        self.sort == CountrySort::Score
    }

    /// The countries in the order of the list, after filters. Jumps from gap to gap follow this order.
    pub fn listed(&self, context: &PaneContext<'_>) -> Vec<CountryId> {
        self.order(context).ids.clone()
    }

    fn order(&self, context: &PaneContext<'_>) -> Cow<'_, Order> {
        self.order.get(&self.wanted(context), |wanted| Order::of(context, wanted))
    }

    /// The search and the filter that hide countries, in words.
    fn narrowed_by(&self, order: &Order) -> Vec<String> {
        let narrows = !self.search.is_empty() && order.fault.is_none();
        let search = narrows.then(|| format!("/{}", safe_line(&self.search)));
        search.into_iter().chain(self.only_gaps.then(|| "only gaps".to_owned())).collect()
    }

    fn view_empty(
        &self,
        context: &PaneContext<'_>,
        order: &Order,
        look: &Look,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let lines = if self.search.is_empty() {
            ["No gaps: every card of this edition is whole.", "{only-gaps} shows all countries again"]
        } else if order.filter.has_questions() {
            ["No country answers so here.", "{clear-search} clears the search"]
        } else {
            ["No country is called so here.", "{clear-search} clears the search"]
        };
        LineWriter::new(buf, look, area, 0).put(lines[0], Role::Text);
        LineWriter::new(buf, look, area, 1).put(&context.spell(Pane::Countries, lines[1]), Role::Faint);
        let framework = &context.data.framework;
        if let Some(indicator) = framework.indicator_named(self.search.trim()) {
            let example = answer_filter::example(framework, indicator);
            let words = safe_line(&format!("Or ask: {example}"));
            LineWriter::new(buf, look, area, 2).put(&words, Role::Text);
        }
    }
}

fn view_row(
    writer: &mut LineWriter<'_>,
    context: &PaneContext<'_>,
    look: &Look,
    columns: &ListColumns,
    query: &Query,
    id: CountryId,
) {
    let country = context.data.country(id);
    let is_cursor = id == context.selection.country;
    let name_role = if is_cursor && !context.focused { Role::CursorElsewhere } else { Role::Text };
    writer.cell(if is_cursor { look.glyphs.cursor } else { " " }, 1, Role::Key);
    writer.cell_found(&country.code.line(), columns.code, Role::Faint, query);
    if columns.name > 0 {
        let [long, short] = country.titles().map(|title| look.words(&title.line()).into_owned());
        let title = if width(&long) <= columns.name { long } else { short };
        let name = fit(&title, columns.name, look.glyphs.ellipsis).into_owned();
        let used = width(&name);
        writer.gap(1).cell_found(&name, used, name_role, query).gap(columns.name - used);
    }
    let counts = context.data.counts(id, context.selection.edition);
    let has_card = context.data.card(id, context.selection.edition).is_some();
    if columns.ratio > 0 {
        let role = if counts.missing > 0 { Role::Gap } else { Role::Text };
        let role = if has_card { role } else { Role::Faint };
        writer.gap(1).cell_right(&format!("{}/{}", counts.given, counts.denominator()), columns.ratio, role);
    }
    if columns.words > 0 {
        let (words, role) = if !has_card {
            ("no card".to_owned(), Role::Gap)
        } else if counts.missing > 0 {
            (count(counts.missing as usize, "gap", "gaps"), Role::Gap)
        } else if counts.not_applicable > 0 {
            (format!("{} n/a", counts.not_applicable), Role::NotApplicable)
        } else {
            (String::new(), Role::Text)
        };
        writer.gap(2).cell(&words, columns.words, role);
    }
    if columns.review > 0 {
        writer.gap(1).cell(
            &order::review_words(context, id, columns.review < REVIEW),
            columns.review,
            Role::Text,
        );
    }
    if columns.flags > 0 {
        let flags = usize::from(context.review.flags_of_card(id, context.selection.edition));
        let words = match (flags, columns.flags) {
            (0, _) => String::new(),
            (_, FLAGS) => count(flags, "flag", "flags"),
            _ => "!".to_owned(),
        };
        let has_conflict = context.review.has_conflict(id, context.selection.edition);
        let words = match (has_conflict, columns.flags) {
            (false, _) => words,
            (true, FLAGS) => "conflict".to_owned(),
            (true, _) => "x".to_owned(),
        };
        let role = if has_conflict { Role::Warning } else { Role::Mark };
        writer.gap(1).cell(&words, columns.flags, role);
    }
}

fn select(country: Option<CountryId>, here: CountryId) -> Vec<Wish> {
    country.filter(|country| *country != here).map(Wish::SelectCountry).into_iter().collect()
}

fn height(size: Size) -> usize {
    usize::from(rows(frame::inner(Rect { x: 0, y: 0, width: size.width, height: size.height })).height)
}

/// The part of the inside that has the rows: all of it, or all below the heads of the columns.
const fn rows(inside: Rect) -> Rect {
    /// A list of fewer lines has no heads.
    const LEAST: u16 = 10;
    if inside.height < LEAST { inside } else { Rect { y: inside.y + 1, height: inside.height - 1, ..inside } }
}

#[cfg(test)]
mod tests;
