//! `visavis changes`: reports which cells improved, worsened, appeared and disappeared between editions.

use super::{Exit, Failure, Printer, data, rank::indicators};
use crate::{
    cli::args::{ChangesArgs, ChangesByArg, Common},
    core::{
        dataset::{CountryId, Dataset, EditionId},
        framework::Group,
        groups,
        report::{By, ChangesReport, ChangesScope},
        subject::{Subject, find_edition},
    },
    text::{Safe, excerpt, safe_line},
};

pub(super) fn run(common: &Common, args: ChangesArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(args.output, common)?;
    let data = data::open(common)?;
    let to = match (args.to.as_deref(), common.edition.as_deref()) {
        (Some(to), Some(edition)) if to != edition => {
            let words =
                format!("TO is {}, --edition says {}: name one", excerpt(to, 40), excerpt(edition, 40));
            return Err(safe_line(&words).into());
        }
        (to, edition) => to.or(edition),
    };
    let editions = editions(&data, args.from.as_deref(), to, args.each)?;
    let group = data::group(&data, common.group.as_deref())?;
    let about = ChangesScope {
        countries: countries(&data, &group, &editions, &args.country)?,
        indicators: indicators(&data, &args.indicator)?,
    };
    let by = args.by.map(|by| match by {
        ChangesByArg::Country => By::Country,
        ChangesByArg::Indicator => By::Indicator,
        ChangesByArg::Goal => By::Goal,
    });
    printer.print(&ChangesReport::about(&data, group, &editions, &args.only, by, about))?;
    Ok(Exit::Done)
}

/// The countries asked for. Errors: one is unknown, or in none of the editions a member of the group.
fn countries(
    data: &Dataset,
    group: &Group,
    editions: &[EditionId],
    asked: &[String],
) -> Result<Vec<CountryId>, Failure> {
    let mut found = vec![];
    for text in asked {
        let Subject::Country(country, _) = Subject::parse(data, text, editions.last().copied())? else {
            return Err(Safe::fixed("--country takes countries; --group takes a group").into());
        };
        if !editions.iter().any(|edition| groups::members(data, group, *edition).contains(&country)) {
            let words = format!("{} is not in the group {}", excerpt(text, 40), excerpt(&group.id, 40));
            return Err(safe_line(&words).into());
        }
        if !found.contains(&country) {
            found.push(country);
        }
    }
    Ok(found)
}

/// The editions to compare: `from` and `to`, by default the two newest, or with `each` all from `from` to `to`,
/// oldest first. Errors: fewer than two, or an unknown one.
fn editions(
    data: &Dataset,
    from: Option<&str>,
    to: Option<&str>,
    each: bool,
) -> Result<Vec<EditionId>, Failure> {
    let all: Vec<EditionId> = data.edition_ids().collect();
    let find = |label: &str| find_edition(data, label);
    let last = all.last().copied().ok_or(Safe::fixed("there are no cards"))?;
    let to = to.map_or(Ok(last), find)?;
    let before = || all.iter().copied().rfind(|id| *id < to);
    let from = match from {
        Some(label) => find(label)?,
        None if each => all[0],
        None => before().ok_or(Safe::fixed("there is no older edition to compare with"))?,
    };
    if from == to {
        return Err(Safe::fixed("changes needs two different editions").into());
    }
    Ok(if each { all.into_iter().filter(|id| (from..=to).contains(id)).collect() } else { vec![from, to] })
}
