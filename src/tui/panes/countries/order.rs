//! Which countries are listed, and in what order.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::{
    core::{
        answer_filter::{AnswerFilter, FilterFault, Filtered},
        changes::{self, Moves},
        country::CountryKind,
        counts::Counts,
        dataset::{CountryId, Dataset, EditionId},
        score::Rules,
    },
    review::{ReviewState, SignOffStage},
    tui::{
        pane_context::PaneContext,
        widgets::{cell_text::count, memo::DataKey},
    },
};

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum CountrySort {
    #[default]
    Name,
    /// Most gaps first.
    Gaps,
    /// Highest share of given cells first.
    Coverage,
    /// Best score first; countries without a score last.
    Score,
    /// Most cells that changed since the older edition first.
    Change,
    /// Most open flags first.
    Flags,
    /// Most cells that changed since they were reviewed first.
    Review,
}

impl CountrySort {
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Name => Self::Gaps,
            Self::Gaps => Self::Coverage,
            Self::Coverage => Self::Score,
            Self::Score => Self::Change,
            Self::Change => Self::Flags,
            Self::Flags => Self::Review,
            Self::Review => Self::Name,
        }
    }

    /// The name of the order, in full and as short as possible. No two orders begin alike.
    pub(super) fn title(self, context: &PaneContext<'_>) -> [String; 2] {
        let (long, short) = match self {
            Self::Name => ("name".to_owned(), "name"),
            Self::Gaps => ("gaps".to_owned(), "gaps"),
            Self::Coverage => ("coverage".to_owned(), "coverage"),
            Self::Score => ("score".to_owned(), "score"),
            Self::Flags => ("flags".to_owned(), "flags"),
            Self::Review => ("review: changed since".to_owned(), "review"),
            Self::Change => match older(context.selection.edition) {
                Some(older) => {
                    let label = crate::text::safe_line(&context.data.edition(older).label);
                    (format!("change since {label}"), "change")
                }
                None => ("change: no older edition".to_owned(), "change"),
            },
        };
        [long, short.to_owned()]
    }
}

/// The edition before this one; editions are ordered oldest first.
fn older(edition: EditionId) -> Option<EditionId> {
    edition.0.checked_sub(1).map(EditionId)
}

/// Everything that the list depends on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    data: DataKey,
    edition: EditionId,
    sort: CountrySort,
    only_gaps: bool,
    search: String,
    members: Vec<CountryId>,
    /// The number of records. Flags can only change when it does.
    records: usize,
    rules: Rules,
}

/// The members of the group; of all countries the aggregates too, after them.
pub(super) fn listed(context: &PaneContext<'_>) -> Vec<CountryId> {
    let beside = context.data.aggregates().filter(|_| context.is_everyone());
    context.members.iter().copied().chain(beside).collect()
}

impl Wanted {
    pub(super) fn new(context: &PaneContext<'_>, sort: CountrySort, only_gaps: bool, search: &str) -> Self {
        let (data, edition) = (DataKey::of(context.data), context.selection.edition);
        let (search, members) = (search.to_owned(), listed(context));
        let records = context.review.book.records().len();
        Self { data, edition, sort, only_gaps, search, members, records, rules: context.rules.clone() }
    }
}

/// The countries in order, and the widths of their columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    pub(super) ids: Vec<CountryId>,
    /// For each country of the data its position in `ids`, or `u32::MAX`.
    places: Vec<u32>,
    pub(super) code: usize,
    pub(super) ratio: usize,
    by: CountrySort,
    /// The width of the column of the value that the list is sorted by, if no other column shows it; else 0.
    pub(super) own: usize,
    /// Whether that value is the score, which is shown with its coverage.
    pub(super) has_score: bool,
    /// Whether any listed country has a flag.
    pub(super) has_flags: bool,
    /// Whether any cell of a listed card was reviewed, or a card signed off.
    pub(super) has_reviews: bool,
    /// The filter that the searched text is, or why it is none; then every country is listed.
    pub(super) filter: AnswerFilter,
    pub(super) fault: Option<FilterFault>,
    /// How many countries the filter could not judge.
    pub(super) unjudged: usize,
}

const LONGEST_CODE: usize = 8;
/// Heads of columns, which are as wide as these at least.
const RANK: &str = "rank";
const SCORE: &str = "score";
const SCORED: &str = "scored";
pub(super) const GIVEN: &str = "given";
/// As wide as `100.0`.
const POINTS: usize = SCORE.len();

/// The width of the longest rank, such as `24=`.
fn place_columns(context: &PaneContext<'_>) -> usize {
    context.ranking.rows.last().map_or(1, |row| row.rank.max(1).ilog10() as usize + 2).max(RANK.len())
}

impl Order {
    pub(super) fn of(context: &PaneContext<'_>, wanted: &Wanted) -> Self {
        let (data, review) = (context.data, context.review);
        let mut ids = wanted.members.clone();
        match wanted.sort {
            CountrySort::Name => {}
            CountrySort::Gaps => {
                ids.sort_by_cached_key(|id| Reverse(data.counts(*id, wanted.edition).missing));
            }
            CountrySort::Coverage => {
                ids.sort_by_cached_key(|id| Reverse(coverage(data, *id, wanted.edition)));
            }
            CountrySort::Score => {
                let rows = context.ranking.rows.iter().map(|row| row.country);
                let unranked = context.ranking.unranked.iter().map(|row| row.country);
                ids =
                    rows.chain(unranked).chain(data.aggregates().filter(|_| context.is_everyone())).collect();
            }
            CountrySort::Change => ids.sort_by_cached_key(|id| {
                Reverse(moves(data, *id, wanted.edition).map(|moves| moves.changed()))
            }),
            CountrySort::Flags => {
                ids.sort_by_cached_key(|id| Reverse(review.flags_of_card(*id, wanted.edition)));
            }
            CountrySort::Review => ids.sort_by_cached_key(|id| Reverse(changed_since_review(context, *id))),
        }
        // Whatever the order, aggregates stand after the countries.
        ids.sort_by_key(|id| data.country(*id).kind == CountryKind::Aggregate);
        if wanted.only_gaps {
            ids.retain(|id| data.counts(*id, wanted.edition).missing > 0);
        }
        let (filter, fault) = match AnswerFilter::parse(&wanted.search, &data.framework) {
            Ok(filter) => (filter, None),
            Err(fault) => (AnswerFilter::default(), Some(fault)),
        };
        let Filtered { ids, unjudged } = filter.select(data, &ids, wanted.edition);
        let mut places = vec![u32::MAX; data.countries().len()];
        for (id, at) in ids.iter().zip(0..) {
            places[id.index()] = at;
        }
        let code = data.countries().iter().map(|country| crate::text::width(&country.code.line())).max();
        let has_flags = ids.iter().any(|id| {
            review.flags_of_card(*id, wanted.edition) > 0 || review.has_conflict(*id, wanted.edition)
        });
        let has_reviews = review.has_begun(wanted.edition);
        let most = data.framework.indicators.len().max(1).ilog10() as usize + 1;
        Self {
            ids,
            places,
            code: code.unwrap_or(3).min(LONGEST_CODE),
            ratio: (2 * most + 1).max(GIVEN.len()),
            by: wanted.sort,
            own: match wanted.sort {
                CountrySort::Name | CountrySort::Gaps | CountrySort::Coverage | CountrySort::Flags => 0,
                CountrySort::Score => {
                    place_columns(context) + 1 + POINTS + 1 + (2 * most + 1).max(SCORED.len())
                }
                CountrySort::Change => 11,
                // As wide as its head.
                CountrySort::Review => 12,
            },
            has_score: wanted.sort == CountrySort::Score,
            has_flags,
            has_reviews,
            filter,
            fault,
            unjudged,
        }
    }

    pub(super) fn place(&self, country: CountryId) -> Option<usize> {
        self.places.get(country.index()).filter(|place| **place != u32::MAX).map(|place| *place as usize)
    }

    /// The head of the sorted column.
    pub(super) fn own_head(&self, context: &PaneContext<'_>) -> String {
        match self.by {
            CountrySort::Score => {
                let (place, last) = (place_columns(context), self.ratio.max(SCORED.len()));
                format!("{RANK:>place$} {SCORE:>POINTS$} {SCORED:>last$}")
            }
            CountrySort::Review => "since review".chars().take(self.own).collect(),
            _ => "change".to_owned(),
        }
    }

    /// The words of the sorted column for a country, and whether they are a gap.
    pub(super) fn own_words(&self, context: &PaneContext<'_>, country: CountryId) -> (String, bool) {
        match self.by {
            CountrySort::Score => {
                let ratio = |counts: Counts| format!("{}/{}", counts.given, counts.denominator());
                let last = self.ratio.max(SCORED.len());
                match (context.ranking.row(country), context.ranking.why_not(country)) {
                    (Some(row), _) => {
                        let (place, points) = (place_columns(context), row.points_words());
                        let (rank, given) = (row.words(), ratio(row.coverage));
                        (format!("{rank:>place$} {points:>POINTS$} {given:>last$}"), false)
                    }
                    (None, Some(row)) => {
                        let before = self.own.saturating_sub(last + 1);
                        (format!("{:>before$} {:>last$}", "no score", ratio(row.coverage)), true)
                    }
                    (None, None) => (String::new(), false),
                }
            }
            CountrySort::Review => match changed_since_review(context, country) {
                0 => (String::new(), false),
                many => (count(many, "changed", "changed"), false),
            },
            _ => (changed_words(context, country), false),
        }
    }
}

/// How many cells improved and worsened, of those that changed: `+3 -1 of 5`.
fn changed_words(context: &PaneContext<'_>, country: CountryId) -> String {
    let Some(moves) = moves(context.data, country, context.selection.edition) else {
        return "no older".to_owned();
    };
    let (better, worse, all) = (moves.improved, moves.worsened, moves.changed());
    let signed = [(better, '+'), (worse, '-')];
    let signed = signed.iter().filter(|(many, _)| *many > 0).map(|(many, sign)| format!("{sign}{many}"));
    let signed = signed.collect::<Vec<_>>().join(" ");
    match all {
        0 => "unchanged".to_owned(),
        _ if better + worse == 0 => count(all as usize, "changed", "changed"),
        _ if better + worse == all => signed,
        _ => format!("{signed} of {all}"),
    }
}

/// How far the review of a card has come: `14/22`, or its sign-off, in full or in six letters, with a `*` if it is to be
/// looked at again. Nothing if nobody has begun.
pub(super) fn review_words(context: &PaneContext<'_>, country: CountryId, is_short: bool) -> String {
    let (edition, review) = (context.selection.edition, context.review);
    if let Some(signed) = review.card_reviews.signed(country, edition) {
        let sign = if signed.has_changed || !signed.against.is_empty() { "*" } else { "" };
        let stage = match (is_short, signed.stage) {
            (true, SignOffStage::Approved) => "appr.",
            (true, SignOffStage::Checked) => "check",
            (true, SignOffStage::SentBack) => "back",
            _ => signed.stage.title(),
        };
        return format!("{stage}{sign}");
    }
    let progress = review.progress(context.data, &[country], edition);
    if progress.reviewed == 0 { String::new() } else { format!("{}/{}", progress.reviewed, progress.of) }
}

/// The number of cells of a card that changed since they were reviewed.
fn changed_since_review(context: &PaneContext<'_>, country: CountryId) -> usize {
    let edition = context.selection.edition;
    let state = |id| context.review.cell(country, edition, id).state;
    context.data.framework.indicator_ids().filter(|id| state(*id) == ReviewState::Changed).count()
}

/// The share of given cells in ten-thousandths, an integer so that it sorts.
fn coverage(data: &Dataset, country: CountryId, edition: EditionId) -> u64 {
    let counts = data.counts(country, edition);
    u64::from(counts.given) * 10_000 / u64::from(counts.denominator().max(1))
}

/// How the card changed since the older edition; `None` if either card is missing.
fn moves(data: &Dataset, country: CountryId, edition: EditionId) -> Option<Moves> {
    let before = older(edition)?;
    (data.card(country, edition).is_some() && data.card(country, before).is_some())
        .then(|| changes::of_country(data, country, before, edition))
}
