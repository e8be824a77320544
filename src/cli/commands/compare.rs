//! `visavis compare`: compares countries, editions and groups side by side.

use super::{Exit, Failure, Printer, data, rank::indicators};
use crate::{
    cli::args::{Common, CompareArgs, OnlyArg},
    core::{
        compare::{Comparison, compare},
        dataset::{Dataset, EditionId},
        framework::IndicatorId,
        groups,
        report::{CompareReport, CompareSetsReport, ComparedSet, Only},
        subject::{Subject, find_edition},
    },
    text::{Safe, safe_block, safe_line},
};

pub(super) fn run(common: &Common, args: CompareArgs) -> Result<Exit, Failure> {
    let sets = data::open_sets(common)?;
    let asked = Asked {
        subjects: &args.subjects,
        indicators: &args.indicator,
        only: match args.only {
            None => Only::Everything,
            Some(OnlyArg::Differences) => Only::Differences,
            Some(OnlyArg::Gaps) => Only::Gaps,
        },
        exit_code: args.exit_code,
    };
    let printer = Printer::new(args.output, common)?;
    match &sets[..] {
        [data] => in_one_set(common, &asked, data, &printer),
        sets => in_several_sets(common, &asked, sets, &printer),
    }
}

/// Sets that are told one by one.
const MOST_LISTED: usize = 10;

/// What is asked of each set.
struct Asked<'a> {
    subjects: &'a [String],
    indicators: &'a [String],
    only: Only,
    exit_code: bool,
}

impl Asked<'_> {
    fn subjects(&self, data: &Dataset, edition: Option<EditionId>) -> Result<Vec<Subject>, Safe> {
        self.subjects.iter().map(|text| Subject::parse(data, text, edition)).collect()
    }

    const fn exit(&self, has_difference: bool) -> Exit {
        if self.exit_code && has_difference { Exit::Found } else { Exit::Done }
    }
}

fn in_one_set(
    common: &Common,
    asked: &Asked<'_>,
    data: &Dataset,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let edition = data::edition(data, common)?;
    let subjects = asked.subjects(data, edition)?;
    let indicators = indicators(data, asked.indicators)?;
    let comparison = compare(data, in_group(data, common, edition, subjects)?);
    let group = common.group.as_deref().map(|id| data::group(data, Some(id))).transpose()?;
    let report = CompareReport::new(data, &comparison, asked.only).about(indicators).within(group);
    printer.print(&report)?;
    Ok(asked.exit(report.has_difference()))
}

/// The same subjects in every set: where one of them or the edition is not in a set, its block says so. Errors: no
/// set has them all.
fn in_several_sets(
    common: &Common,
    asked: &Asked<'_>,
    sets: &[Dataset],
    printer: &Printer,
) -> Result<Exit, Failure> {
    if asked.subjects.len() < 2 || common.group.is_some() {
        let words = "members of a group are those of one set: name two subjects or more, or choose a set";
        return Err(safe_line(&format!("{words}\n{}", data::list_of(sets))).into());
    }
    let compared = |data: &Dataset| {
        let edition = common.edition.as_deref().map(|label| find_edition(data, label)).transpose()?;
        let subjects = asked.subjects(data, edition)?;
        Ok((compare(data, subjects), indicators(data, asked.indicators)?))
    };
    let compared: Vec<Result<(Comparison, Vec<IndicatorId>), Safe>> = sets.iter().map(compared).collect();
    if let Some(whys) = compared.iter().map(|one| one.as_ref().err()).collect::<Option<Vec<&Safe>>>() {
        let lines =
            sets.iter().zip(whys).map(|(data, why)| format!("  {}: {why}", data.framework.title.line()));
        let mut lines: Vec<String> = lines.collect();
        if lines.len() > MOST_LISTED {
            let more = lines.len() - MOST_LISTED;
            lines.truncate(MOST_LISTED);
            lines.push(format!("  and {more} more"));
        }
        return Err(safe_block(&format!("not compared in any of the sets:\n{}", lines.join("\n"))).into());
    }
    let blocks = sets.iter().zip(&compared).map(|(data, compared)| ComparedSet {
        data,
        report: match compared {
            Ok((comparison, ids)) => Ok(CompareReport::new(data, comparison, asked.only).about(ids.clone())),
            Err(why) => Err(why.clone()),
        },
    });
    let report = CompareSetsReport::new(asked.subjects.to_vec(), blocks.collect());
    printer.print(&report)?;
    Ok(asked.exit(report.has_difference()))
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
