//! `visavis changes`: what improved, worsened, appeared and disappeared between editions.

use super::{Exit, Failure, Printer, data};
use crate::{
    core::{
        dataset::{Dataset, EditionId},
        report::{By, ChangesReport},
    },
    edge::args::{ChangesArgs, ChangesByArg, Common},
    text::{Safe, excerpt, safe_line},
};

pub(super) fn run(common: &Common, args: ChangesArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(args.paper, common)?;
    let data = data::open(common)?;
    let editions = editions(&data, args.from.as_deref(), args.to.as_deref(), args.each)?;
    let group = data::group(&data, common.group.as_deref())?;
    let by = args.by.map(|by| match by {
        ChangesByArg::Country => By::Country,
        ChangesByArg::Indicator => By::Indicator,
        ChangesByArg::Goal => By::Goal,
    });
    printer.print(&ChangesReport::new(&data, group, &editions, &args.only, by))?;
    Ok(Exit::Done)
}

/// The editions to go through, oldest first: the two named or newest, or each between them.
fn editions(
    data: &Dataset,
    from: Option<&str>,
    to: Option<&str>,
    each: bool,
) -> Result<Vec<EditionId>, Failure> {
    let all: Vec<EditionId> = data.edition_ids().collect();
    let find = |label: &str| {
        data.find_edition(label).ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|id| &*data.edition(*id).label).collect();
            safe_line(&format!("no edition {}: there is {}", excerpt(label, 40), known.join(", ")))
        })
    };
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
