//! `visavis rank`: reports the ranks of a group's countries, with coverage, and why others have none.

use super::{Exit, Failure, Printer, data, tell};
use crate::{
    cli::args::{Common, RankArgs, RulesArgs},
    core::{
        dataset::{CountryId, Dataset, EditionId},
        framework::{Framework, GoalId, Group, IndicatorId},
        groups,
        report::{ExplainReport, RankReport},
        score::{Method, RankedBy, Rules, Weighs},
        subject::Subject,
    },
    text::{Safe, excerpt, no_such, safe_line},
};

pub(super) fn run(common: &Common, args: RankArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(args.output, common)?;
    let data = data::open(common)?;
    let edition = data::edition(&data, common)?.or_else(|| data.newest_edition());
    let edition = edition.ok_or(Safe::fixed("there are no cards"))?;
    let group = data::group(&data, common.group.as_deref())?;
    let rules = rules(&data, common, &args.rules)?;
    let what = match (&args.indicator, &args.goal) {
        (Some(id), _) => RankedBy::Indicator(indicator(&data, id)?),
        (None, Some(id)) => RankedBy::Goal(goal(&data, id)?),
        (None, None) => RankedBy::Overall,
    };
    if let Some(country) = args.explain {
        let country = country.map(|text| member(&data, &group, edition, &text)).transpose()?;
        // An indicator is not asked for beside it.
        let report = ExplainReport::new(&data, group, edition, &rules, what, country)
            .map_err(|why| Safe::fixed(why.title()))?;
        printer.print(&report)?;
        return Ok(Exit::Done);
    }
    let report = RankReport::new(&data, group, edition, &rules, what)
        .map_err(|why| safe_line(&format!("nobody can be ranked by this indicator: {}", why.title())))?;
    printer.print(&report)?;
    Ok(Exit::Done)
}

/// A member of the group. Errors: it is unknown, no country, or not a member in this edition.
fn member(data: &Dataset, group: &Group, edition: EditionId, text: &str) -> Result<CountryId, Failure> {
    let Subject::Country(country, _) = Subject::parse(data, text, Some(edition))? else {
        return Err(Safe::fixed("--explain takes a country; --group takes a group").into());
    };
    if !groups::members(data, group, edition).contains(&country) {
        let words = format!("{} is not in the group {}", excerpt(text, 40), excerpt(&group.id, 40));
        return Err(safe_line(&words).into());
    }
    Ok(country)
}

/// The framework's rules for scores, changed by the configuration and then by the arguments.
fn rules(data: &Dataset, common: &Common, args: &RulesArgs) -> Result<Rules, Failure> {
    let changes = common.settings.scores();
    let (mut rules, without) = Rules::with(&data.framework, &changes);
    if !without.is_empty() {
        tell(&format!("config.toml weighs what this framework does not have: {}", without.join(", ")));
    }
    let configured = changes.weights.iter().filter(|(of, ..)| **of == *data.framework.id);
    let named = configured.map(|(_, id, _)| &**id).chain(args.weight.iter().map(|(id, _)| id.as_str()));
    for id in named.filter(|id| Weighs::is_shared(&data.framework, id)) {
        tell(&format!("{id} is a goal and an indicator: the goal is weighed (indicator:{id} is the other)"));
    }
    for (id, weight) in &args.weight {
        if !rules.weigh(&data.framework, id, *weight) {
            return Err(neither(&data.framework, id).into());
        }
    }
    for (id, weight) in &args.weight {
        let Some(Weighs::Indicator(indicator)) = Weighs::named(&data.framework, id) else { continue };
        let goal = data.framework.indicator(indicator).goal;
        if *weight > 0.0 && rules.goal(goal) <= 0.0 {
            let goal = &data.framework.goal(goal).id;
            tell(&format!("{id} changes no total: its goal weighs nothing (--weight goal:{goal}=1)"));
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

/// An indicator by its id or title, with or without `indicator:`. Errors: it is unknown.
pub(super) fn indicator(data: &Dataset, id: &str) -> Result<IndicatorId, Safe> {
    let name = id.strip_prefix("indicator:").unwrap_or(id);
    let known = data.framework.indicators.iter().map(|indicator| &*indicator.id);
    let framework = &data.framework;
    framework.indicator_named(name).ok_or_else(|| {
        let called: Vec<&str> =
            framework.indicators_called(name).map(|at| &*framework.indicator(at).id).collect();
        if called.len() > 1 { several("indicators", id, &called) } else { no_such("indicator", name, known) }
    })
}

/// Several indicators, as [`indicator`].
pub(super) fn indicators(data: &Dataset, ids: &[String]) -> Result<Vec<IndicatorId>, Safe> {
    ids.iter().map(|id| indicator(data, id)).collect()
}

fn goal(data: &Dataset, id: &str) -> Result<GoalId, Safe> {
    let name = id.strip_prefix("goal:").unwrap_or(id);
    let known = data.framework.goals.iter().map(|goal| &*goal.id);
    let framework = &data.framework;
    framework.goal_named(name).ok_or_else(|| {
        let called: Vec<&str> = framework.goals_called(name).map(|at| &*framework.goal(at).id).collect();
        if called.len() > 1 { several("goals", id, &called) } else { no_such("goal", name, known) }
    })
}

fn several(what: &str, title: &str, called: &[&str]) -> Safe {
    let (count, title) = (called.len(), excerpt(title, 40));
    safe_line(&format!("{count} {what} are called {title}: ask for {}", called.join(" or ")))
}

fn neither(framework: &Framework, id: &str) -> Safe {
    let goals = framework.goals.iter().map(|goal| &*goal.id);
    no_such("goal or indicator", id, goals.chain(framework.indicators.iter().map(|indicator| &*indicator.id)))
}
