//! What ranks rest on, in words: weights and means, bounds, directions, and why somebody has none.

use super::one_decimal;
use crate::core::{
    counts::Counts,
    framework::{Framework, GoalId, IndicatorId},
    label,
    scale::ScaleKind,
    score::{Bounds, Method, Origin, Rules, ScoreCaution, Weighs, Why},
};

/// What is said wherever ranks are shown, once.
pub const RANKS_SAY_LITTLE: &str = "Close ranks mean little: look at the scores, and at how much is given.";

/// `Score 0–100: arithmetic mean, equal weights; no score where less than 80 % is given, or nothing in a goal`.
pub fn rules_words(framework: &Framework, rules: &Rules) -> String {
    // Of several goals, none may be without an answer; what one goal has, the threshold asks for.
    let goals = framework.goal_ids().filter(|goal| rules.goal(*goal) > 0.0).count();
    let nothing = if goals > 1 { ", or nothing in a goal" } else { "" };
    format!("{}{nothing}", goal_rules_words(framework, rules))
}

/// The same of the score of one goal.
pub(in crate::core::report) fn goal_rules_words(framework: &Framework, rules: &Rules) -> String {
    let mean = match rules.method {
        Method::Arithmetic => "Score 0–100: arithmetic mean",
        Method::Geometric => "Score 1–100: geometric mean",
    };
    let changed = rules.changed(framework);
    let weights = if changed.is_empty() {
        if rules.are_equal(framework) { "equal weights" } else { "weights of the framework" }.to_owned()
    } else {
        let words = |(what, weight): &(Weighs, f64)| {
            format!("{} {} {}", what.kind(), what.id(framework), label::number(*weight, 0))
        };
        let changed: Vec<String> = changed.iter().map(words).collect();
        format!("weights: {}, all others as in the framework", changed.join(", "))
    };
    let least = label::number(one_decimal(rules.threshold * 100.0), 0);
    format!("{mean}, {weights}; no score where less than {least} % is scored")
}

/// Why a country has no score or rank: `3 of 5 scored; 80 % needed`.
pub fn why_words(framework: &Framework, rules: &Rules, why: Why, coverage: Counts) -> String {
    match why {
        Why::Coverage => {
            let least = label::number(one_decimal(rules.threshold * 100.0), 0);
            format!("{} of {} scored; {least} % needed", coverage.given, coverage.denominator())
        }
        Why::EmptyGoal(goal) => format!("nothing scored in {}", goal_title(framework, goal)),
        Why::NotApplicable => "not applicable".to_owned(),
        Why::NothingScored => "nothing to score".to_owned(),
        Why::Gap(gap) => gap.title().to_owned(),
        Why::Bounds => "only bounds of the number are known".to_owned(),
    }
}

fn goal_title(framework: &Framework, goal: GoalId) -> &str {
    framework.goal(goal).title.raw()
}

/// What is better, best first or in words.
pub(super) fn direction_words(framework: &Framework, id: IndicatorId) -> String {
    let scale = framework.scale(id);
    match &scale.kind {
        ScaleKind::Number(_) if scale.is_lower_better() => "Lower is better".to_owned(),
        ScaleKind::Number(_) => "Higher is better".to_owned(),
        _ => {
            let labels: Vec<&str> = scale.levels.iter().rev().map(|level| level.label.raw()).collect();
            format!("Best first: {}", labels.join(" > "))
        }
    }
}

/// `normalised from 0 (framework) to 20 (highest of the group)`.
pub(super) fn bounds_words(framework: &Framework, id: IndicatorId, bounds: Bounds) -> String {
    let scale = framework.scale(id);
    let end = |(at, origin): (f64, Origin), seen: &str| {
        let whose = if origin == Origin::Framework { "the framework's bound" } else { seen };
        format!("{} ({whose})", label::with_unit(scale, at))
    };
    let lower = scale.is_lower_better();
    format!(
        "normalised from {} to {}{}",
        end(bounds.min, "lowest of the group"),
        end(bounds.max, "highest of the group"),
        if lower { ", lower is better" } else { "" }
    )
}

/// `fewer than 80 % stand behind it: 11 of 16 indicators, 5 are not applicable`.
pub(in crate::core::report) fn few_words(rules: &Rules, coverage: Counts) -> String {
    let (given, not_applicable) = (coverage.given, coverage.not_applicable);
    let (all, least) =
        (coverage.denominator() + not_applicable, label::number((rules.threshold * 100.0).round(), 0));
    let are = if not_applicable == 1 { "is" } else { "are" };
    format!(
        "fewer than {least} % stand behind it: {given} of {all} indicators, {not_applicable} {are} not applicable"
    )
}

/// `one answer (Investigators are trained) is all of Prosecution`.
pub(in crate::core::report) fn caution_words(
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
