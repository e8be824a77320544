//! `visavis missing`: reports every gap with its reason, listed or counted.

use super::{Exit, Failure, Printer, data, reviews, tell};
use crate::{
    cli::args::{ByArg, Common, MissingArgs},
    core::{
        coverage::{AssignedGaps, CoverageFilter, Question},
        dataset::Dataset,
        groups,
        label::tenths,
        report::{By, MissingReport},
    },
    review::Review,
    text::{Safe, safe_line},
};

pub(super) fn run(common: &Common, args: MissingArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(args.output, common)?;
    let data = data::open(common)?;
    let edition = data::edition(&data, common)?.or_else(|| data.newest_edition());
    let edition = edition.ok_or(Safe::fixed("there are no cards"))?;
    let group = data::group(&data, common.group.as_deref())?;
    let question = Question {
        as_assigned: args.as_assigned,
        filter: args.only.into_iter().fold(CoverageFilter::default(), CoverageFilter::and),
        ..Question::of_edition(groups::members(&data, &group, edition), edition)
    };
    let by = args.by.map(|by| match by {
        ByArg::Country => By::Country,
        ByArg::Indicator => By::Indicator,
        ByArg::Goal => By::Goal,
        ByArg::Reason => By::Reason,
    });
    let report = MissingReport::new(&data, group, &question, assigned(common, &data)?, by);
    printer.print(&report)?;
    let share = report.share();
    match (args.fail_over, share) {
        (Some(most), Some(share)) if share > most => {
            tell(&safe_line(&format!("{} % is missing, more than {most} %", tenths(share))));
            Ok(Exit::Found)
        }
        _ => Ok(Exit::Done),
    }
}

/// The gaps that reviewers have assigned to absent and empty cells.
fn assigned(common: &Common, data: &Dataset) -> Result<AssignedGaps, Failure> {
    let reviews = reviews::open(common, data)?;
    Ok(Review::over(reviews.book, reviews.journal.reviewer(), data).assigned())
}
