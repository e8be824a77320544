//! Opens the data for a subcommand: the named paths, the cards of this folder, or the embedded sample.

use super::{Failure, tell, tell_errors};
use crate::{
    cli::args::Common,
    core::{
        dataset::{CardSet, Dataset, EditionId},
        framework::Group,
        groups,
        json::Places,
        severity::Severity,
        subject::find_edition,
        table_mapping::Mapping,
    },
    store::{
        load::{self, DefaultSource, LoadOptions},
        opened::Opened,
        paths, private_file, sample,
    },
    text::{Safe, counted, excerpt, safe_block, safe_line},
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
    let first = data.problems.iter().find(|problem| problem.severity == Severity::Error);
    if let Some(first) = first.filter(|_| data.files > 0) {
        return safe_line(&format!("nothing in {} can be shown: {first}", data.name.line()));
    }
    safe_line(&format!(
        "no cards in {}: a card is JSON with \"country\", \"edition\" and \"assessments\" (visavis check PATH says \
         what is wrong with files, visavis sample writes cards to begin with)",
        data.name.line()
    ))
}

/// As [`open`], every set of the files: one at least.
pub(super) fn open_sets(common: &Common) -> Result<Vec<Dataset>, Failure> {
    let sets = sets_quietly(common)?;
    tell_errors(&sets.iter().flat_map(|data| data.problems.iter().cloned()).collect::<Vec<_>>());
    let first = sets.first().ok_or(Safe::fixed("there are no cards"))?;
    if first.card_count() == 0 {
        return Err(no_cards(first).into());
    }
    Ok(sets)
}

/// As [`open_sets`], for a report that lists the errors itself, whether there are cards or not.
pub(super) fn sets_quietly(common: &Common) -> Result<Vec<Dataset>, Failure> {
    let options = match source(common)? {
        Opened::Paths(options) if common.set.is_none() => options,
        _ => return Ok(vec![open_quietly(common)?]),
    };
    let sets = load::open_sets(&options, &|_| ())?;
    if let Some(first) = sets.first()
        && sets.iter().all(|data| data.readings.is_empty())
    {
        refuse_table_options(common, first)?;
    }
    Ok(sets)
}

/// As [`open`], for a report that lists the errors itself.
pub(super) fn open_quietly(common: &Common) -> Result<Dataset, Failure> {
    match source(common)? {
        Opened::Paths(options) => {
            let data = load::open(&options, &|_| ())?;
            let sets = data.sets();
            if common.set.is_none() && sets.len() > 1 {
                return Err(which_set(&sets).into());
            }
            refuse_table_options(common, &data)?;
            Ok(data)
        }
        Opened::EmbeddedSample => {
            tell(
                "there are no cards and no country tables in this folder: this is the embedded sample (give a PATH, or -d PATH)",
            );
            let data = sample::open(paths::findings_here().as_deref(), &|_| ());
            refuse_table_options(common, &data)?;
            Ok(data)
        }
    }
}

/// That a report is about one of these sets.
fn which_set(sets: &[CardSet]) -> Safe {
    let words = format!("there are {} sets here, and a report is about one:\n{}", sets.len(), lines_of(sets));
    safe_block(&words)
}

/// A line a set, with the option that chooses it.
pub(super) fn list_of(sets: &[Dataset]) -> String {
    let sets: Vec<CardSet> = sets.iter().map(Dataset::own_set).collect();
    lines_of(&sets)
}

fn lines_of(sets: &[CardSet]) -> String {
    let line = |set: &CardSet| {
        let (id, title) = (excerpt(&set.id, 60), excerpt(set.title.raw(), 60));
        format!("  --set {id}  {title} ({})", counted(set.cards, "card", "cards"))
    };
    sets.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What is said of tables on the command line and in the file of `--mapping`. Errors: that file cannot be read.
fn mapping(common: &Common) -> Result<Mapping, Failure> {
    const LARGEST: u64 = 16 << 20;
    let said = common.table.said();
    let Some(path) = &common.table.mapping else { return Ok(said) };
    let name = crate::text::Raw::new(path.to_string_lossy().into_owned());
    let told = |why: &str| safe_line(&format!("{}: {why}", name.line()));
    let bytes = private_file::read(path, LARGEST).map_err(|error| told(&error.to_string()))?;
    let bytes = bytes.ok_or_else(|| {
        told("there is no such file (--mapping names a file that `visavis import` or the key i wrote)")
    })?;
    let text = String::from_utf8(bytes).map_err(|_| told("this mapping is not in UTF-8"))?;
    let read = Mapping::parse(&text).map_err(|(at, why)| {
        let (line, column) = Places::new(&text).of(at);
        safe_line(&format!("{}:{line}:{column}: {why} (see `visavis schema mapping`)", name.line()))
    })?;
    Ok(said.or(read))
}

/// That options about tables were given where no table is read.
fn refuse_table_options(common: &Common, data: &Dataset) -> Result<(), Failure> {
    match common.table.first_given() {
        Some(option) if data.readings.is_empty() && data.card_count() > 0 => Err(safe_line(&format!(
            "{option} is about tables, and no table is read here: {} holds cards, whose framework says how they are read",
            data.name.line()
        ))
        .into()),
        _ => Ok(()),
    }
}

/// The source of the data. Errors: the file of `--mapping` cannot be read.
pub(super) fn source(common: &Common) -> Result<Opened, Failure> {
    let mut options = LoadOptions {
        paths: common.data.clone(),
        framework: common.set.clone(),
        max_bytes: common.max_size,
        depth: common.max_depth,
        findings: paths::findings_here(),
        mapping: mapping(common)?,
        instead: std::collections::BTreeMap::new(),
    };
    if options.paths.is_empty() {
        match load::default_source() {
            DefaultSource::CurrentFolder => options.paths.push(".".into()),
            DefaultSource::EmbeddedSample => return Ok(Opened::EmbeddedSample),
        }
    }
    Ok(Opened::Paths(Box::new(options)))
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
