//! `visavis rank`: who stands where in a group, on how much, and who cannot be ranked and why.

use super::{Exit, Failure, Printer, data, tell};
use crate::{
    core::{
        dataset::Dataset,
        report::RankReport,
        score::{Method, Rules, What},
    },
    edge::args::{Common, RankArgs, RulesArgs},
    text::{Safe, excerpt, safe_line},
};

pub(super) fn run(common: &Common, args: RankArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(args.paper, common)?;
    let data = data::open(common)?;
    let edition = data::edition(&data, common)?.or_else(|| data.newest_edition());
    let edition = edition.ok_or(Safe::fixed("there are no cards"))?;
    let group = data::group(&data, common.group.as_deref())?;
    let rules = rules(&data, common, &args.rules)?;
    let what = match (&args.indicator, &args.goal) {
        (Some(id), _) => What::Indicator(indicator(&data, id)?),
        (None, Some(id)) => What::Goal(goal(&data, id)?),
        (None, None) => What::Overall,
    };
    let report = RankReport::new(&data, group, edition, &rules, what)
        .map_err(|why| safe_line(&format!("nobody can be ranked by this indicator: {}", why.title())))?;
    printer.print(&report)?;
    Ok(Exit::Done)
}

/// The framework's rules with what the configuration and then the arguments change.
fn rules(data: &Dataset, common: &Common, args: &RulesArgs) -> Result<Rules, Failure> {
    let changes = common.settings.scores();
    let (mut rules, without) = Rules::with(&data.framework, &changes);
    if !without.is_empty() {
        tell(&format!("config.toml weighs what this framework does not have: {}", without.join(", ")));
    }
    for (id, weight) in &args.weight {
        if !rules.weigh(&data.framework, id, *weight) {
            let goals = data.framework.goals.iter().map(|goal| &*goal.id);
            return Err(unknown("goal or indicator", id, goals).into());
        }
    }
    for (id, weight) in &args.weight {
        let indicator = data.framework.find_indicator(id).filter(|_| *weight > 0.0);
        let goal = indicator.map(|id| data.framework.indicator(id).goal);
        if let Some(goal) = goal.filter(|goal| rules.goal(*goal) <= 0.0) {
            let goal = &data.framework.goal(goal).id;
            tell(&format!("{id} changes no score: its goal weighs nothing (--weight {goal}=1)"));
        }
    }
    if args.geometric {
        rules.method = Method::Geometric;
    }
    if let Some(percent) = args.threshold {
        rules.threshold = percent / 100.0;
    }
    Ok(rules)
}

fn indicator(data: &Dataset, id: &str) -> Result<crate::core::framework::IndicatorId, Safe> {
    let known = data.framework.indicators.iter().map(|indicator| &*indicator.id);
    data.framework.find_indicator(id).ok_or_else(|| unknown("indicator", id, known))
}

fn goal(data: &Dataset, id: &str) -> Result<crate::core::framework::GoalId, Safe> {
    let framework = &data.framework;
    let known = framework.goals.iter().map(|goal| &*goal.id);
    let found = framework.goal_ids().find(|goal| &*framework.goal(*goal).id == id);
    found.ok_or_else(|| unknown("goal", id, known))
}

fn unknown<'a>(what: &str, id: &str, known: impl Iterator<Item = &'a str>) -> Safe {
    let known: Vec<&str> = known.take(40).collect();
    safe_line(&format!("no {what} {}: there is {}", excerpt(id, 40), known.join(", ")))
}
