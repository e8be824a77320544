//! What the borders of the list say: how many are shown, by what, and who could not be judged or ranked.

use super::{
    State,
    order::{self, CountrySort, Order},
};
use crate::{
    core::answer_filter::FilterFault,
    text::{excerpt, safe_line, width},
    tui::{
        look::{Look, Role},
        pane_context::PaneContext,
        places::Pane,
    },
};

/// The note on ranks for a border, in two lengths.
const RANKS_SAY_LITTLE_HERE: [&str; 2] = ["close ranks mean little", "close ranks say little"];

impl State {
    /// The title. The order comes before the group, so that a long group name is cut and not the order.
    pub(super) fn title(
        &self,
        context: &PaneContext<'_>,
        look: &Look,
        list: &Order,
        columns: usize,
    ) -> Vec<(String, Role)> {
        let (all, countries, shown) = (order::listed(context).len(), context.members.len(), list.ids.len());
        let between = look.glyphs.separator;
        let many = match (shown == all, all - countries) {
            (true, 0) => format!("{all}"),
            (true, aggregates) => format!("{countries}+{aggregates}"),
            (false, _) => format!("{shown} of {all}"),
        };
        let [long, short] = self.sort.title(context);
        let own = if self.is_by_score() { context.own_rules() } else { vec![] };
        let own = std::iter::once("").chain(own).collect::<Vec<_>>().join(&format!(" {between} "));
        let steps = [
            (format!("Countries {many}"), format!(" {between} by {long}{own}")),
            (format!("Countries {many}"), format!(" {between} by {short}{own}")),
            (many.clone(), format!(" {between} by {short}{own}")),
            (format!("Countries {many}"), format!(" {between} by {short}")),
            (many, format!(" {between} by {short}")),
        ];
        // A question is named in full if it has room, so "Countries" makes way for it.
        let asked = if list.filter.has_questions() { width(&safe_line(&self.search)) } else { 0 };
        let fits = |(head, order): &&(String, String)| {
            width(&look.words(head)) + width(&look.words(order)) + 4 + asked <= columns
        };
        let (head, order) = steps.iter().find(fits).unwrap_or(&steps[4]).clone();
        let mut title = vec![(head, Role::Title)];
        // The order by name is the usual one, so it comes after the filters. A question comes before any order.
        let is_last = self.sort == CountrySort::Name || list.filter.has_questions();
        if !is_last {
            title.push((order.clone(), Role::Faint));
        }
        if !self.search.is_empty() {
            let role = if list.fault.is_some() { Role::Warning } else { Role::Match };
            title.push((format!(" {between} /{}", safe_line(&self.search)), role));
        }
        if list.unjudged > 0 {
            let judged = format!(" {between} {}", unjudged_words(list.unjudged));
            let taken: usize = title.iter().map(|(words, _)| width(&look.words(words))).sum();
            // Without room for it the lower border says it alone.
            if taken + width(&look.words(&judged)) + 4 <= columns {
                title.push((judged, Role::Gap));
            }
        }
        if self.only_gaps {
            title.push((format!(" {between} only gaps"), Role::Notice));
        }
        if is_last {
            title.push((order, Role::Faint));
        }
        if !context.is_everyone() {
            title.push((format!(" {between} {}", context.group.title.line()), Role::Notice));
        }
        title
    }

    /// The words of the lower border, in full and in shorter versions: why the selected country is not listed or has
    /// no rank.
    pub(super) fn remark(&self, context: &PaneContext<'_>, order: &Order) -> (Vec<String>, Role) {
        let country = context.selection.country;
        let all = order::listed(context).len();
        if let Some(fault) = &order.fault {
            let mut steps = fault_words(fault);
            steps.push("filter not read".to_owned());
            return (steps, Role::Warning);
        }
        if order.unjudged > 0 {
            let hides = format!("/{} hides {}", excerpt(&self.search, 12), all - order.ids.len());
            let (judged, shows) =
                (unjudged_words(order.unjudged), context.spell(Pane::Countries, "{back} shows all"));
            let full = format!("{hides}, {judged}");
            let steps =
                vec![format!("{full}: {shows}"), full, judged, format!("{} not judged", order.unjudged)];
            return (steps, Role::Gap);
        }
        if !self.search.is_empty() && order.ids.len() < all {
            let hidden = all - order.ids.len();
            let searched = format!("/{}", excerpt(&self.search, 12));
            let mut steps = vec![format!("{searched} hides {hidden}"), format!("hides {hidden}")];
            if order.place(country).is_none() {
                let code = context.data.country(country).code.line();
                let name = context.data.country(country).name.line();
                steps.insert(0, format!("{searched} hides {code}"));
                steps.insert(0, format!("{searched} hides {hidden}, {name} too"));
                return (steps, Role::Warning);
            }
            let shows = context.spell(Pane::Countries, "{back} shows all");
            steps.insert(0, format!("{searched} hides {hidden}: {shows}"));
            return (steps, Role::Faint);
        }
        if !self.is_by_score() {
            return (vec![], Role::Faint);
        }
        let why = context.no_rank_words(country);
        if why.is_empty() {
            let few = context.ranking.row(country).filter(|row| context.rules.rests_on_few(row.coverage));
            if let Some(row) = few {
                let given = row.coverage.given;
                let name = context.data.country(country).name.line();
                let full = format!("{name}: rests on {given} answers, others are n/a");
                let steps = [
                    full,
                    format!("rests on {given} answers, others n/a"),
                    format!("on {given}, others n/a"),
                ];
                return (steps.into(), Role::Warning);
            }
            return (RANKS_SAY_LITTLE_HERE.map(str::to_owned).into(), Role::Faint);
        }
        (why, Role::Gap)
    }
}

pub(super) fn unjudged_words(unjudged: usize) -> String {
    format!("{unjudged} could not be judged")
}

/// What a filter lacks, in full and shorter.
pub(super) fn fault_words(fault: &FilterFault) -> Vec<String> {
    let expected = format!("expected {}", fault.expected);
    let steps = match &fault.meant {
        _ if fault.is_unfinished => vec![expected],
        Some(meant) => vec![fault.to_string(), format!("did you mean {meant}?")],
        None => vec![fault.to_string(), expected],
    };
    steps.iter().map(|words| safe_line(words).into_string()).collect()
}
