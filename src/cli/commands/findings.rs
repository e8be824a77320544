//! `visavis findings`: reports the framework's findings, counted over a group.

use super::{Exit, Failure, Printer, data, tell};
use crate::{
    cli::args::{Common, FindingsArgs},
    core::{findings::Findings, report::FindingsReport},
    text::no_such,
};

pub(super) fn run(common: &Common, args: FindingsArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(args.output, common)?;
    let data = data::open(common)?;
    let edition = data::edition(&data, common)?.or_else(|| data.newest_edition());
    let edition = edition.ok_or(crate::text::Safe::fixed("there are no cards"))?;
    let group = data::group(&data, common.group.as_deref())?;
    let known: Vec<&str> = data.framework.findings.iter().map(|finding| &*finding.id).collect();
    if let Some(id) = args.ids.iter().find(|id| !known.contains(&id.as_str())) {
        return Err(no_such("finding", id, known).into());
    }
    if known.is_empty() {
        tell("this framework has no findings");
    }
    let findings = Findings::of(&data, &group, edition).only(&args.ids);
    printer.print(&FindingsReport::new(&data, findings).naming(!args.ids.is_empty()))?;
    Ok(Exit::Done)
}
