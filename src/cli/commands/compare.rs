//! `visavis compare`: compares countries, editions and groups side by side.

use super::{Exit, Failure, Printer, data, rank::indicators};
use crate::{
    cli::args::{Common, CompareArgs, OnlyArg},
    core::{
        compare::compare,
        dataset::{Dataset, EditionId},
        groups,
        report::{CompareReport, Only},
        subject::Subject,
    },
    text::Safe,
};

pub(super) fn run(common: &Common, args: CompareArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(args.output, common)?;
    let data = data::open(common)?;
    let edition = data::edition(&data, common)?;
    let subjects: Result<Vec<Subject>, _> =
        args.subjects.iter().map(|text| Subject::parse(&data, text, edition)).collect();
    let indicators = indicators(&data, &args.indicator)?;
    let comparison = compare(&data, in_group(&data, common, edition, subjects?)?);
    let group = common.group.as_deref().map(|id| data::group(&data, Some(id))).transpose()?;
    let only = match args.only {
        None => Only::Everything,
        Some(OnlyArg::Differences) => Only::Differences,
        Some(OnlyArg::Gaps) => Only::Gaps,
    };
    let report = CompareReport::new(&data, &comparison, only).about(indicators).within(group);
    printer.print(&report)?;
    Ok(if args.exit_code && report.has_difference() { Exit::Found } else { Exit::Done })
}

/// Adds subjects if fewer than two are named: to none all members of the group, to one the group's median.
fn in_group(
    data: &Dataset,
    common: &Common,
    edition: Option<EditionId>,
    mut subjects: Vec<Subject>,
) -> Result<Vec<Subject>, Failure> {
    if subjects.len() > 1 {
        return Ok(subjects);
    }
    let Some(id) = &common.group else {
        return Err(Safe::fixed("compare takes two subjects or more, or one and --group GROUP").into());
    };
    let group = data::group(data, Some(id))?;
    let edition = edition.or(subjects.first().map(Subject::edition)).or_else(|| data.newest_edition());
    let edition = edition.ok_or(Safe::fixed("there are no cards"))?;
    if subjects.is_empty() {
        let members = groups::members(data, &group, edition).into_iter();
        subjects.extend(members.map(|country| Subject::Country(country, edition)));
    } else {
        subjects.push(Subject::Group(group, edition));
    }
    if subjects.len() < 2 {
        return Err(Safe::fixed("that group has fewer than two members in this edition").into());
    }
    Ok(subjects)
}
