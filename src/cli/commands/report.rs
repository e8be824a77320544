//! `visavis report`: writes a briefing on a group in an edition, on a country, or on two, as one file.

use super::{Exit, Failure, data, reviews, tell};
use crate::{
    cli::args::{BriefingArgs, Common},
    core::{
        checked::{Checked, Unchecked},
        dataset::{Dataset, EditionId},
        framework::{Group, GroupMember},
        groups,
        report::{Briefing, CountryBriefing, PairBriefing},
        subject::Subject,
    },
    export::{self as formats, Format, WriteBriefing},
    store::{new_files, output::OutputTarget, pager},
    text::{Raw, Safe},
};

pub(super) fn run(common: &Common, args: &BriefingArgs) -> Result<Exit, Failure> {
    if common.plain && args.format.is_none() && args.to.output.is_none() {
        tell("a briefing has no plain form: this is Markdown, which is read line by line too");
    }
    let (format, write) = writer(args)?;
    let target = OutputTarget::new(args.to.output.clone(), args.to.force);
    target.check()?;
    if common.group.is_some() && (args.country.is_some() || !args.compare.is_empty()) {
        let words = "report is about --group, about --country or about --compare: name one of them";
        return Err(Safe::fixed(words).into());
    }
    let data = data::open(common)?;
    let edition = data::edition(&data, common)?;
    let written = new_files::today();
    let subject = |text: &String| Subject::parse(&data, text, edition);
    let checked = reviews::checked(common, &data, args.reviews)?;
    let bytes = match (&args.country, &args.compare[..]) {
        (_, [_, ..]) if checked.is_some() => {
            let words = "--reviews tells of cards: name a --group or a --country, not two to --compare";
            return Err(Safe::fixed(words).into());
        }
        (Some(country), _) => match subject(country)? {
            Subject::Country(country, edition) => {
                write(&CountryBriefing::new(&data, country, edition, written).reviewed(checked))
            }
            Subject::Group(..) => {
                let words = "--country takes a country; --group GROUP writes a briefing on a group";
                return Err(Safe::fixed(words).into());
            }
        },
        (None, [left, right]) => write(&PairBriefing::new(&data, [subject(left)?, subject(right)?], written)),
        _ => {
            let edition = edition.or_else(|| data.newest_edition());
            let edition = edition.ok_or(Safe::fixed("there are no cards"))?;
            let group = data::group(&data, common.group.as_deref())?;
            let group = match &checked {
                Some(checked) if checked.unchecked == Unchecked::LeaveOut => {
                    approved_of(&data, &group, edition, checked)
                }
                _ => group,
            };
            write(&Briefing::new(&data, group, edition).written(written).reviewed(checked))
        }
    };
    pager::write(&target, &bytes, format.is_paged && !common.no_pager)?;
    Ok(Exit::Done)
}

/// The members of a group whose cards stand approved, under a title that says how many they are.
fn approved_of(data: &Dataset, group: &Group, edition: EditionId, checked: &Checked) -> Group {
    let members = groups::members(data, group, edition);
    let (all, mut group) = (members.len(), group.clone());
    let approved = |member: &GroupMember| {
        data.find_country(&member.code).is_some_and(|country| checked.is_approved(country, edition))
    };
    let many = members.iter().filter(|country| checked.is_approved(**country, edition)).count();
    group.members.retain(approved);
    group.title = Raw::new(format!("{}, approved cards only ({many} of {all})", group.title.raw()));
    // It is another group than the one of this name.
    group.id = format!("{}-approved", group.id).into();
    group
}

/// The writer for the briefing's format: `--format`, else the file's extension, else Markdown.
fn writer(args: &BriefingArgs) -> Result<(&'static Format, WriteBriefing), Failure> {
    let ending = args.to.output.as_deref().filter(|path| path.extension().is_some());
    let name = match (args.format.as_deref(), ending) {
        (Some(name), _) => Some(name),
        (None, Some(path)) => formats::of_file(path).map(|format| format.name),
        (None, None) => Some("md"),
    };
    let found = formats::of_briefings().find(|(format, _)| Some(format.name) == name);
    let words = Safe::fixed(
        "a briefing ends in .md, .html or .json; --format md, html or json writes it to any FILE",
    );
    found.ok_or_else(|| words.into())
}
