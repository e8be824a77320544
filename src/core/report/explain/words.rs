//! How firm a score is and how far its rank moves, in words.

use crate::core::{
    counts::Counts,
    framework::Framework,
    label,
    score::{Method, Places, RankRange, Ranked, Ranking, Rules, ScoreCaution, Variation},
};

pub(super) const FIRM_MEANS: &str = "Firm: given, and not outdated, disputed, of low reliability, estimated, provisional, \
                                     imputed, forecast, carried over or looking missing; of all cells that apply.";
pub(super) const RANGE_MEANS: &str = "Range of ranks: the same ranked countries, with one thing changed at a time; those \
                                      that are tied stand on all places of their tie. The threshold is not asked again.";

/// `4 tied`; `None` for a rank that one country has alone.
pub fn tied_words(ranking: &Ranking, row: &Ranked) -> Option<String> {
    row.tied.then(|| format!("{} tied", ranking.tied_at(row.rank)))
}

/// A range of ranks, and under which change.
pub(super) struct RangeWords {
    pub(super) change: String,
    pub(super) places: String,
    pub(super) note: String,
}

/// `leaving any one indicator out: 13th–19th`, the other mean, weights, and all of them with what moves the rank most.
pub(super) fn range_words(framework: &Framework, range: &RankRange) -> Vec<RangeWords> {
    let words = |change: &str, places: Places, note: String| RangeWords {
        change: change.to_owned(),
        places: places.words(),
        note,
    };
    let plain = |change: &str, places| words(change, places, String::new());
    let mut found = vec![];
    found.extend(range.leaving_out.map(|places| plain("Leaving any one indicator out", places)));
    found.extend(
        range.other_mean.map(|(method, places)| plain(&format!("By the {} mean", method.id()), places)),
    );
    found.extend(range.weights.map(|places| plain("A goal's weight ± 25 %", places)));
    let mut note = match range.largest {
        Some((change, places)) => {
            format!("moved most {}: {}", variation_words(framework, change), places.words())
        }
        None => "no single change moves it".to_owned(),
    };
    if range.without_rank > 0 {
        note = format!("{note}; no rank in {}, where nothing is left to score", range.without_rank);
    }
    if range.most_lost > 0 {
        note = format!("{note}; up to {} of the others cannot be ranked in a run", range.most_lost);
    }
    let runs = if range.runs == 1 { "All: 1 run".to_owned() } else { format!("All {} runs", range.runs) };
    found.push(words(&runs, range.union, note));
    found
}

/// `without Victim support`, `by the geometric mean`, `with Prevention × 0.75`.
fn variation_words(framework: &Framework, change: Variation) -> String {
    match change {
        Variation::Without(id) => format!("without {}", framework.indicator(id).title.raw()),
        Variation::Mean(Method::Arithmetic) => "by the arithmetic mean".to_owned(),
        Variation::Mean(Method::Geometric) => "by the geometric mean".to_owned(),
        Variation::Weight(goal, factor) => {
            format!("with {} × {}", framework.goal(goal).title.raw(), label::number(factor, 0))
        }
    }
}

/// `rests on 5 of 9 indicators: 4 are not applicable`.
pub(super) fn few_words(rules: &Rules, coverage: Counts) -> String {
    let (given, not_applicable) = (coverage.given, coverage.not_applicable);
    let (all, least) =
        (coverage.denominator() + not_applicable, label::number((rules.threshold * 100.0).round(), 0));
    let are = if not_applicable == 1 { "is" } else { "are" };
    format!(
        "fewer than {least} % stand behind it: {given} of {all} indicators, {not_applicable} {are} not applicable"
    )
}

/// `one answer (Investigators are trained) is all of Prosecution`.
pub(super) fn caution_words(
    framework: &Framework,
    rules: &Rules,
    caution: ScoreCaution,
    coverage: Counts,
) -> String {
    match caution {
        ScoreCaution::FewApply => few_words(rules, coverage),
        ScoreCaution::HeavyCell { goal, indicator, share, cells } => {
            let (goal, title) =
                (framework.goal(goal).title.raw(), framework.indicator(indicator).title.raw());
            let percent = label::number((share * 100.0).round(), 0);
            match cells {
                1 if share > 1.0 - 1e-9 => format!("one answer ({title}) is all of {goal}"),
                1 => format!("one answer ({title}) is {percent} % of {goal}"),
                _ => format!(
                    "each of {cells} answers is more than a quarter of {goal}, up to {percent} % ({title})"
                ),
            }
        }
    }
}
