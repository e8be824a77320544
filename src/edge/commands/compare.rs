//! `visavis compare`: countries, editions and groups side by side.

use super::{Exit, Failure, Printer, data};
use crate::{
    core::{
        compare::compare,
        report::{CompareReport, Only},
        subject::Subject,
    },
    edge::args::{Common, CompareArgs, OnlyArg},
};

pub(super) fn run(common: &Common, args: CompareArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(args.paper, common)?;
    let data = data::open(common)?;
    let edition = data::edition(&data, common)?;
    let subjects: Result<Vec<Subject>, _> =
        args.subjects.iter().map(|text| Subject::parse(&data, text, edition)).collect();
    let comparison = compare(&data, subjects?);
    let only = match args.only {
        None => Only::Everything,
        Some(OnlyArg::Differences) => Only::Differences,
        Some(OnlyArg::Gaps) => Only::Gaps,
    };
    let report = CompareReport::new(&data, &comparison, only);
    printer.print(&report)?;
    Ok(if args.exit_code && report.has_difference() { Exit::Found } else { Exit::Done })
}
