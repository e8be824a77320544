//! `visavis check`: reports the problems of the files.

use super::{Exit, Failure, Printer, data};
use crate::{
    cli::args::{CheckArgs, Common},
    core::{dataset::Dataset, report::CheckReport, severity::Severity},
};

/// Problems that are shown, unless all are asked for.
const SHOWN: usize = 100;

pub(super) fn run(mut common: Common, args: CheckArgs) -> Result<Exit, Failure> {
    common.data.extend(args.paths);
    let printer = Printer::new(args.output, &common)?;
    let sets = data::sets_quietly(&common)?;
    let report = CheckReport::of_sets(&sets, (!args.all).then_some(SHOWN));
    printer.print(&report)?;
    let errors = report.count(Severity::Error);
    let found = errors > 0 || args.strict && report.count(Severity::Warning) > 0;
    if let [data] = &sets[..]
        && is_nothing(data)
    {
        return Err(data::no_cards(data).into());
    }
    Ok(if found { Exit::Found } else { Exit::Done })
}

/// Whether neither a card nor a framework could be read.
fn is_nothing(data: &Dataset) -> bool {
    data.card_count() == 0 && data.framework.inferred
}
