//! `visavis report`: writes a briefing on a group in an edition, on a country, or on two, as one file.

use super::{Exit, Failure, data, tell};
use crate::{
    cli::args::{BriefingArgs, Common},
    core::{
        report::{Briefing, CountryBriefing, PairBriefing},
        subject::Subject,
    },
    export::{self as formats, Format, WriteBriefing},
    store::{new_files, output::OutputTarget, pager},
    text::Safe,
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
    let bytes = match (&args.country, &args.compare[..]) {
        (Some(country), _) => match subject(country)? {
            Subject::Country(country, edition) => {
                write(&CountryBriefing::new(&data, country, edition, written))
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
            write(&Briefing::new(&data, group, edition).written(written))
        }
    };
    pager::write(&target, &bytes, format.is_paged && !common.no_pager)?;
    Ok(Exit::Done)
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
