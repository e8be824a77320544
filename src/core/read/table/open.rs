//! Opens a table: which part of a file it is, what lies beside it, how it is read, and what there is to be said of that.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    beside::{mapping_beside, metadata_beside, preamble, stem, together},
    blocks, dialect, drift,
    flat::TableMetadata,
    footnotes::Footnotes,
    headings::{only_year, plain},
    indicators::id_of,
    json_tables,
    make::{self, MadeTable},
    metadata,
    recognise::{self, TableShape},
    row_places::RowPlaces,
    sample::{CountryLooks, Sample},
    source::TableSource,
    told, told_columns,
    words::{RowWords, TableText, TableWords},
};
use crate::core::{
    delimited::FieldDialect,
    detail::Batch,
    framework::Framework,
    input_file::{Addressing, InputFile, NamedText},
    problem::Problem,
    read::words::nearest,
    scale::{Better, ScaleKind},
    severity::Severity,
    table_mapping::{ColumnRole, Mapping, SeenTable},
    table_reading::TableReading,
};
use crate::text::{Raw, excerpt, safe_line};

/// What is said of all tables that are opened.
#[derive(Clone, Debug, Default)]
pub struct TableOptions {
    /// What the user says, before any mapping that lies beside a table.
    pub mapping: Mapping,
    /// All that is said of the tables of some files, in the place of the above and of what lies beside them.
    pub instead: BTreeMap<String, Mapping>,
    pub workers: usize,
    pub least_part: usize,
}

/// A table that was opened.
#[derive(Debug)]
pub(in crate::core::read) struct OpenedTable {
    pub framework: Framework,
    pub batch: Batch,
    pub problems: Vec<Problem>,
    pub reading: TableReading,
}

/// A text that may be the table.
struct Candidate<'f> {
    /// The name of its sheet or member; empty for the file itself.
    part: &'f str,
    named: &'f NamedText,
    text: CandidateText,
    shape: TableShape,
}

/// Which text of a file it is.
#[derive(Clone, Copy)]
enum CandidateText {
    Own,
    Part(usize),
    Made(usize),
}

/// A table made of JSON.
struct MadeText {
    /// Of one of several tables.
    part: String,
    named: NamedText,
    place: json_tables::JsonPlace,
    about: TableMetadata,
    left_out: usize,
    first_lost: Option<String>,
    lacks: Option<&'static str>,
}

/// Opens the table of a file. Errors: nothing in it is about countries, or what the user named is not there.
pub(in crate::core::read) fn open(
    file: &Arc<InputFile>,
    options: &TableOptions,
) -> Result<OpenedTable, Vec<Problem>> {
    let (beside, mut problems) = mapping_beside(file);
    let (mapping_name, beside) = beside.unzip();
    let said = || options.mapping.clone().or(beside.unwrap_or_default());
    let mapping = options.instead.get(file.name().raw()).cloned().unwrap_or_else(said);
    let mut made = made_of_json(file);
    if let Some(lacks) = made.iter().find_map(|made| made.lacks) {
        return Err(problems.into_iter().chain([told::lacks(file.name(), lacks)]).collect());
    }
    let (mut candidates, has_countries) = candidates(file, &made, &mapping);
    if let Err(problem) = only_sheet(&mut candidates, file, &mapping) {
        return Err(problems.into_iter().chain([problem]).collect());
    }
    let others: Vec<Raw<'static>> =
        candidates.iter().skip(1).map(|other| Raw::new(other.part.to_owned())).collect();
    let Some(best) = (!candidates.is_empty()).then(|| candidates.swap_remove(0)) else {
        problems.push(told::no_countries(file, &mapping, has_countries));
        return Err(problems);
    };
    let Candidate { part, named, text, shape } = best;
    let of_json = if let CandidateText::Made(at) = text { Some(&made[at]) } else { None };
    problems.extend(
        of_json
            .and_then(|made| told::left_out_of_json(file.name(), made.left_out, made.first_lost.as_deref())),
    );
    let own = of_json.map(|made| made.about.clone()).unwrap_or_default();
    let about = metadata_beside(file, if part.is_empty() { file.name().raw() } else { part });
    let metadata = together(together(own, about), preamble(&shape));
    let title = mapping
        .title
        .clone()
        .or_else(|| metadata.title.clone())
        .unwrap_or_else(|| title_of(file, part, &shape, others.is_empty()));
    let id = mapping.id.clone().unwrap_or_else(|| id_of(&stem(file.name().raw()).to_lowercase()));
    let source = TableSource {
        named,
        shape: &shape,
        mapping: &mapping,
        metadata: &metadata,
        id: if id.is_empty() || id == "-" { "table" } else { &id },
        title: &title,
        is_untitled: title == stem(file.name().raw()),
        workers: options.workers.max(1),
        least_part: options.least_part.max(1),
    };
    let MadeTable { framework, columns, row_starts, faults, counts } = make::table(&source);
    problems.extend(named.problems(
        faults.into_iter().chain(told::faults(&counts, &shape, &mapping)).chain(told_columns::faults(&shape)),
    ));
    problems.extend(told_columns::sheets(file, part, &others));
    problems.extend(drift::told(named, &mapping, &shape, &framework));
    let reading = TableReading {
        indicators: framework.indicators.len(),
        without_direction: unsaid(&framework, true),
        without_unit: without_unit(&framework),
        without_order: unsaid(&framework, false),
        others,
        opened: file.name().clone(),
        mapping: mapping_name,
        said: mapping.clone(),
        seen: seen(&framework),
        keeps_at: keeps_at(file.name()),
        ..told::reading(named, &shape, &counts)
    };
    let places = RowPlaces::of(named, options.workers);
    let footnotes = Footnotes::of(&named.text, shape.ends, shape.dialect);
    let text = table_text(text, &mut made);
    let words = TableWords {
        of_rows: RowWords::of(&shape.columns),
        places,
        file: Arc::clone(file),
        dialect: shape.dialect,
        columns: shape.columns,
        row_starts,
        codes_of_values: shape.codes_of_values,
        footnotes,
        about: metadata,
        title: framework.title.raw().to_owned(),
        text,
    };
    Ok(OpenedTable { framework, batch: Batch::new(columns, Box::new(words)), problems, reading })
}

fn table_text(text: CandidateText, made: &mut Vec<MadeText>) -> TableText {
    match text {
        CandidateText::Own => TableText::Own,
        CandidateText::Part(at) => TableText::Part(at),
        CandidateText::Made(at) => {
            let MadeText { named, place, .. } = made.swap_remove(at);
            TableText::Made(named, Box::new(place))
        }
    }
}

/// Where the mapping of a table is kept; of several sheets or members one table has it.
fn keeps_at(name: &Raw<'static>) -> Option<Raw<'static>> {
    let path = name.raw();
    let (folder, file) = path.rsplit_once('/').map_or(("", path), |(folder, file)| (folder, file));
    let between = if path.contains('/') { "/" } else { "" };
    (path != "-").then(|| Raw::new(format!("{folder}{between}{}.visavis.toml", stem(file))))
}

/// Indicators of numbers without a direction, or of categories, which have no order.
fn unsaid(framework: &Framework, of_numbers: bool) -> usize {
    let kinds = framework.indicator_ids().map(|id| &framework.scale(id).kind);
    let is_unsaid = |kind: &&ScaleKind| match kind {
        ScaleKind::Number(about) => of_numbers && about.better == Better::Neither,
        ScaleKind::Categories => !of_numbers,
        _ => false,
    };
    kinds.filter(is_unsaid).count()
}

/// What a mapping keeps of a table, to tell later what has changed.
fn seen(framework: &Framework) -> SeenTable {
    const MOST_INDICATORS: usize = 5000;
    let indicators = framework.indicators.iter().filter(|_| framework.indicators.len() <= MOST_INDICATORS);
    let of_categories = framework.indicator_ids().filter_map(|id| {
        let levels = &framework.scale(id).levels;
        let labels = levels.iter().map(|level| level.label.raw().to_owned()).collect();
        Some((framework.indicator(id).id.to_string(), labels)).filter(|_| !levels.is_empty())
    });
    SeenTable {
        indicators: indicators.map(|indicator| indicator.id.to_string()).collect(),
        categories: of_categories.take(MOST_INDICATORS).collect(),
    }
}

/// Indicators of numbers without a unit.
fn without_unit(framework: &Framework) -> usize {
    let kinds = framework.indicator_ids().map(|id| &framework.scale(id).kind);
    kinds.filter(|kind| matches!(kind, ScaleKind::Number(about) if about.unit.is_none())).count()
}

/// Why no table can be opened.
pub(in crate::core::read) fn fault(file: &InputFile, options: &TableOptions) -> Option<Problem> {
    let made = made_of_json(file);
    if let Some(lacks) = made.iter().find_map(|made| made.lacks) {
        return Some(told::lacks(file.name(), lacks));
    }
    let (candidates, has_countries) = candidates(file, &made, &options.mapping);
    candidates.is_empty().then(|| told::no_countries(file, &options.mapping, has_countries))
}

/// The tables that a text in JSON is, with their places.
fn made_of_json(file: &InputFile) -> Vec<MadeText> {
    let text = &file.own.text[file.own.start()..];
    if !text.trim_start().starts_with(['{', '[']) {
        return vec![];
    }
    let made = |table: json_tables::JsonTable| MadeText {
        named: NamedText { name: file.name().clone(), text: table.text, addressing: Addressing::Items },
        part: table.name,
        place: table.place,
        about: table.about,
        left_out: table.left_out,
        first_lost: table.first_lost,
        lacks: table.lacks,
    };
    let beside = file.parts.iter().map(|(_, named)| &named.text[named.start()..]);
    json_tables::read(text, beside).unwrap_or_default().into_iter().map(made).collect()
}

/// The texts that are tables of countries, those with the most countries first, and whether any names countries.
fn candidates<'f>(
    file: &'f InputFile,
    made: &'f [MadeText],
    mapping: &Mapping,
) -> (Vec<Candidate<'f>>, bool) {
    let mut looks = CountryLooks::default();
    let (mut found, mut has_countries) = (vec![], false);
    let own = (!file.own.text.is_empty() && made.is_empty()).then_some((CandidateText::Own, "", &file.own));
    let parts =
        file.parts.iter().enumerate().map(|(at, (part, named))| (CandidateText::Part(at), &**part, named));
    let parts = parts.filter(|_| file.own.text.is_empty());
    let of_json =
        made.iter().enumerate().map(|(at, made)| (CandidateText::Made(at), &*made.part, &made.named));
    for (text, part, named) in own.into_iter().chain(parts).chain(of_json) {
        let dialect = match named.addressing {
            Addressing::Lines => dialect::dialect(&named.text[named.start()..]),
            Addressing::Sheet | Addressing::Items => Some(FieldDialect::COMMAS),
        };
        let Some(dialect) = dialect else { continue };
        let ends = blocks::table_end(&named.text, named.start(), dialect, &mut looks);
        let end = ends.map_or(named.text.len(), |ends| ends.end);
        let sample =
            Sample::of(&named.text[..end], named.start(), dialect, named.addressing == Addressing::Sheet);
        let name = if part.is_empty() { stem(file.name().raw()) } else { part };
        let stated = if let CandidateText::Made(at) = text { &made[at].about.roles[..] } else { &[] };
        let Some(shape) = recognise::recognise(&sample, dialect, mapping, name, stated, &mut looks) else {
            continue;
        };
        has_countries = true;
        if shape.columns.iter().any(|column| column.role == ColumnRole::Value) {
            found.push(Candidate { part, named, text, shape: TableShape { ends, ..shape } });
        }
    }
    // Lists of countries and indicators say something of a table, if there is one.
    let is_about = |candidate: &Candidate<'_>| {
        let named = candidate.named;
        !candidate.part.is_empty()
            && metadata::read(candidate.part, &named.text[named.start()..], "").is_some()
    };
    if !found.iter().all(is_about) {
        found.retain(|candidate| !is_about(candidate));
    }
    // Of sheets with as many countries the first one with the most columns of values.
    let values =
        |shape: &TableShape| shape.columns.iter().filter(|column| column.role == ColumnRole::Value).count();
    // A hidden sheet is read only if it has more than twice as many.
    let countries = |candidate: &Candidate<'_>| {
        let weight = if candidate.part.ends_with(" (hidden)") { 1 } else { 2 };
        candidate.shape.countries * weight
    };
    // Of sheets that are called by their years the newest one.
    let year = |part: &str| only_year(part).map(str::to_owned);
    found.sort_by_key(|candidate| {
        std::cmp::Reverse((countries(candidate), values(&candidate.shape), year(candidate.part)))
    });
    (found, has_countries)
}

fn is_called(part: &str, wanted: &str) -> bool {
    let bare = |text: &str| plain(text.trim_end_matches(" (hidden)"));
    bare(part) == bare(wanted)
        || part.rsplit([':', '/']).next().is_some_and(|last| bare(last) == bare(wanted))
}

/// Leaves only the sheet or member that the user names. Errors: there is none of that name.
fn only_sheet(
    candidates: &mut Vec<Candidate<'_>>,
    file: &InputFile,
    mapping: &Mapping,
) -> Result<(), Problem> {
    let Some(wanted) = &mapping.sheet else { return Ok(()) };
    candidates.retain(|candidate| is_called(candidate.part, wanted));
    let parts: Vec<&str> = file.parts.iter().map(|(name, _)| &**name).collect();
    if candidates.is_empty() { Err(no_sheet(file, wanted, &parts)) } else { Ok(()) }
}

fn no_sheet(file: &InputFile, wanted: &str, parts: &[&str]) -> Problem {
    let message = if parts.is_empty() {
        "this file has no sheets and no members".to_owned()
    } else {
        format!("there is no sheet or member \"{}\" with countries", excerpt(wanted, 60))
    };
    let hint = match nearest(wanted, parts.iter().copied()) {
        Some(near) => format!("did you mean \"{}\"?", excerpt(near, 60)),
        None => format!(
            "it has {}",
            parts.iter().take(8).map(|part| excerpt(part, 40).into_string()).collect::<Vec<_>>().join(", ")
        ),
    };
    let problem = Problem::new("no-sheet", Severity::Error, safe_line(&message)).in_file(file.name());
    if parts.is_empty() { problem } else { problem.with_hint(safe_line(&hint)) }
}

fn title_of(file: &InputFile, part: &str, shape: &TableShape, is_alone: bool) -> String {
    const LONGEST: usize = 100;
    // A line above the headings that is a title, not a label with something beside it; `Table 3: Shelters` is one.
    let is_numbered = |label: &str| label.ends_with(|c: char| c.is_ascii_digit());
    let is_label = |line: &str| {
        shape.labels.iter().any(|(label, _)| line.starts_with(label.as_str()) && !is_numbered(label))
    };
    // `Table 2`, and the title below it.
    let is_number = |line: &String| {
        let number = line.split_once(' ').filter(|(first, _)| {
            ["table", "figure", "annex", "tabelle", "tableau"].contains(&&*first.to_lowercase())
        });
        number.is_some_and(|(_, number)| !number.contains(' ') && number.len() <= 5)
    };
    let titles = || shape.preamble.iter().take(2);
    let title = titles().find(|line| !is_number(line)).or_else(|| titles().next());
    let title = title.filter(|line| line.len() <= LONGEST && !is_label(line));
    let own = stem(file.name().raw());
    match title {
        Some(title) => title.clone(),
        None if part.is_empty() || is_alone => own.to_owned(),
        None => format!("{own}: {}", part.trim_end_matches(" (hidden)")),
    }
}
