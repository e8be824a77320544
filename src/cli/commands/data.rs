//! Opens the data for a subcommand: the named paths, the cards of this folder, or the embedded sample.

use super::{Failure, tell, tell_errors};
use crate::{
    cli::args::Common,
    core::{
        dataset::{Dataset, EditionId},
        framework::Group,
        groups,
        subject::find_edition,
    },
    store::{
        load::{self, DefaultSource, LoadOptions},
        opened::Opened,
        paths, sample,
    },
    text::{Safe, safe_line},
};

/// Opens the data, and prints on standard error that it is the sample, and how many errors it has. Errors: nothing
/// could be opened, or there are no cards.
pub(super) fn open(common: &Common) -> Result<Dataset, Failure> {
    let data = open_quietly(common)?;
    tell_errors(&data.problems);
    if data.card_count() == 0 {
        return Err(no_cards(&data).into());
    }
    Ok(data)
}

/// That there are no cards, and what to do.
pub(super) fn no_cards(data: &Dataset) -> Safe {
    safe_line(&format!(
        "no cards in {}: a card is JSON with \"country\", \"edition\" and \"assessments\" (visavis check PATH says \
         what is wrong with files, visavis sample writes cards to begin with)",
        data.name.line()
    ))
}

/// As [`open`], for a report that lists the errors itself.
pub(super) fn open_quietly(common: &Common) -> Result<Dataset, Failure> {
    match source(common) {
        Opened::Paths(options) => Ok(load::open(&options, &|_| ())?),
        Opened::EmbeddedSample => {
            tell("there are no cards in this folder: this is the embedded sample (give a PATH, or -d PATH)");
            Ok(sample::open(paths::findings_here().as_deref(), &|_| ()))
        }
    }
}

/// The source of the data.
pub(super) fn source(common: &Common) -> Opened {
    let mut options = LoadOptions {
        paths: common.data.clone(),
        framework: common.framework.clone(),
        max_bytes: common.max_size,
        depth: common.max_depth,
        findings: paths::findings_here(),
    };
    if options.paths.is_empty() {
        match load::default_source() {
            DefaultSource::CurrentFolder => options.paths.push(".".into()),
            DefaultSource::EmbeddedSample => return Opened::EmbeddedSample,
        }
    }
    Opened::Paths(options)
}

/// The edition of `--edition`; `None` without it. Errors: there is no such edition.
pub(super) fn edition(data: &Dataset, common: &Common) -> Result<Option<EditionId>, Failure> {
    let Some(label) = &common.edition else { return Ok(None) };
    Ok(Some(find_edition(data, label)?))
}

/// The group of `--group`, or everyone. Errors: there is no such group.
pub(super) fn group(data: &Dataset, id: Option<&str>) -> Result<Group, Failure> {
    Ok(match id {
        None => groups::everyone(data),
        Some(id) => groups::asked(data, id)?,
    })
}
