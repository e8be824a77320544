//! How firm a score is and how far its rank moves, in words.

use crate::core::{
    framework::Framework,
    label,
    score::{Method, RankPlaces, RankRange, Variation},
};

pub(super) const FIRM_MEANS: &str = "Firm: given, and not outdated, disputed, of low reliability, estimated, provisional, \
                                     imputed, forecast, carried over or looking missing; of all cells that apply.";
pub(super) const RANGE_MEANS: &str = "Range of ranks: the same ranked countries, with one thing changed at a time; those \
                                      that are tied stand on all places of their tie. The threshold is not asked again.";

/// A range of ranks, and under which change.
pub(super) struct RangeWords {
    pub(super) change: String,
    pub(super) places: String,
    pub(super) note: String,
}

/// `leaving any one indicator out: 13th–19th`, the other mean, weights, and all of them with what moves the rank most.
pub(super) fn range_words(framework: &Framework, range: &RankRange) -> Vec<RangeWords> {
    let words = |change: &str, places: RankPlaces, note: String| RangeWords {
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
        note = format!("{note}; no rank in {}, where it has nothing left to score", range.without_rank);
    }
    if range.most_lost > 0 {
        let others = if range.most_lost == 1 {
            "1 other has"
        } else {
            &format!("up to {} others have", range.most_lost)
        };
        note = format!("{note}; in a run {others} nothing left to score");
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
