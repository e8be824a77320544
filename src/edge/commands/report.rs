//! `visavis report`: a briefing on a group in an edition, one file.

use super::{Exit, Failure, Printer, data, tell};
use crate::{
    core::report::Briefing,
    edge::args::{BriefingArgs, Common},
    export::BRIEFINGS,
    text::Safe,
};

pub(super) fn run(common: &Common, args: BriefingArgs) -> Result<Exit, Failure> {
    let named = args.paper.format.is_some() || args.paper.to.output.is_some();
    let printer = Printer::new(args.paper, common)?;
    let format = if named { printer.format.name } else { "md" };
    let write = BRIEFINGS.iter().find(|(name, _)| *name == format).map(|(_, write)| write);
    let write =
        write.ok_or(Safe::fixed("a briefing is md, html or json (--format, or the ending of FILE)"))?;
    if common.plain && !named {
        tell("a briefing has no plain form: this is Markdown, which is read line by line too");
    }
    let data = data::open(common)?;
    let edition = data::edition(&data, common)?.or_else(|| data.newest_edition());
    let edition = edition.ok_or(Safe::fixed("there are no cards"))?;
    let group = data::published_group(&data, common)?;
    printer.target.write(&write(&Briefing::new(&data, group, edition)))?;
    Ok(Exit::Done)
}
