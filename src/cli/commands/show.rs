//! `visavis show`: prints cards.

use super::{Exit, Failure, Printer, data, reviews};
use crate::{
    cli::args::{Common, ShowArgs},
    core::{groups, report::CardReport, subject::Subject},
    text::Safe,
};

pub(super) fn run(common: &Common, args: ShowArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(args.output, common)?;
    let data = data::open(common)?;
    let edition = data::edition(&data, common)?;
    let mut cards = vec![];
    let group = data::group(&data, common.group.as_deref())?;
    if args.countries.is_empty() {
        let edition = edition.or_else(|| data.newest_edition()).ok_or(Safe::fixed("there are no cards"))?;
        cards.extend(groups::members(&data, &group, edition).into_iter().map(|country| (country, edition)));
    }
    for text in &args.countries {
        match Subject::parse(&data, text, edition)? {
            Subject::Country(country, edition) => cards.push((country, edition)),
            Subject::Group(..) => {
                return Err(Safe::fixed("show takes countries; compare takes groups too").into());
            }
        }
    }
    let checked = reviews::checked(common, &data, args.reviews)?;
    printer.print(&CardReport::new(&data, cards, group).reviewed(checked))?;
    Ok(Exit::Done)
}
