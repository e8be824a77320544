//! What lies beside a table, or with it in one file, and says something of it: a mapping, metadata, a codebook.

use super::{flat::TableMetadata, headings::plain, metadata, recognise::TableShape};
use crate::core::{
    input_file::InputFile,
    json::Fault,
    package::DESCRIPTOR,
    problem::Problem,
    table_mapping::{MAPPING_SCHEMA, Mapping},
};
use crate::text::Raw;

/// The name of a file without its folder and its endings.
pub(super) fn stem(path: &str) -> &str {
    const ENDINGS: [&str; 18] = [
        ".gz",
        ".zip",
        ".csv",
        ".tsv",
        ".tab",
        ".psv",
        ".txt",
        ".xlsx",
        ".xlsm",
        ".xlsb",
        ".xls",
        ".ods",
        ".json",
        ".jsonl",
        ".geojson",
        ".toml",
        ".metadata",
        ".visavis",
    ];
    let mut name = path.rsplit('/').next().unwrap_or(path);
    while let Some(bare) = ENDINGS.iter().find_map(|ending| {
        let at = name.len().checked_sub(ending.len())?;
        name.get(at..)
            .filter(|end| end.eq_ignore_ascii_case(ending))
            .and(name.get(..at))
            .filter(|bare| !bare.is_empty())
    }) {
        name = bare;
    }
    name
}

/// The names of files that may lie beside a table and say something of it: a mapping, metadata as publishers name them,
/// a codebook.
pub(in crate::core::read) fn beside(path: &str) -> Vec<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = stem(name);
    let mut names = vec![
        format!("{name}.visavis.toml"),
        format!("{stem}.visavis.toml"),
        format!("{stem}.metadata.json"),
        format!("{stem}-metadata.json"),
        format!("{name}-metadata.json"),
        format!("Metadata_Indicator_{stem}.csv"),
        format!("Metadata_Country_{stem}.csv"),
        format!("{stem}_codebook.csv"),
        format!("{stem}-codebook.csv"),
        "codebook.csv".to_owned(),
        DESCRIPTOR.to_owned(),
        format!("../{DESCRIPTOR}"),
    ];
    if let Some(indicator) = stem.strip_suffix(".data") {
        names.push(format!("{indicator}.metadata.json"));
    }
    if matches!(stem, "WDICSV" | "WDIData") {
        names.extend(["WDISeries.csv", "WDICountry.csv"].map(str::to_owned));
    }
    names.retain(|beside| beside != name);
    names
}

/// What is said of a table by itself and beside it: its own words come first.
pub(super) fn together(own: TableMetadata, beside: TableMetadata) -> TableMetadata {
    let mut indicators = own.indicators;
    indicators.extend(beside.indicators);
    TableMetadata {
        title: own.title.or(beside.title),
        description: own.description.or(beside.description),
        source: own.source.or(beside.source),
        url: own.url.or(beside.url),
        licence: own.licence.or(beside.licence),
        updated: own.updated.or(beside.updated),
        indicators,
        roles: own.roles.into_iter().chain(beside.roles).collect(),
        groups: own.groups.into_iter().chain(beside.groups).collect(),
        missing: own.missing.into_iter().chain(beside.missing).collect(),
    }
}

/// What the files beside a table, or the other members and sheets of its file, say of it. `table` is its path or that of
/// the member.
pub(super) fn metadata_beside(file: &InputFile, table: &str) -> TableMetadata {
    let mut all = TableMetadata::default();
    for (path, named) in &file.parts {
        let text = &named.text[named.start()..];
        if let Some(found) = metadata::read(path, text, table) {
            all = together(all, found);
        }
    }
    all
}

/// What the lines above the headings say, if they are labels with something beside them.
pub(super) fn preamble(shape: &TableShape) -> TableMetadata {
    let mut about = TableMetadata::default();
    for row in &shape.labels {
        let place = match &*plain(&row.0) {
            "data source" | "source" | "publisher" | "database" => &mut about.source,
            "last updated date" | "last updated" | "last update" | "updated" | "date of extraction"
            | "extracted on" => &mut about.updated,
            "title" | "dataset" | "data set" | "table" | "indicator" => &mut about.title,
            "license" | "licence" => &mut about.licence,
            "url" | "link" | "web" => &mut about.url,
            _ => continue,
        };
        place.get_or_insert_with(|| row.1.clone());
    }
    about
}

/// The mapping that lies beside a table.
pub(super) fn mapping_beside(file: &InputFile) -> (Option<(Raw<'static>, Mapping)>, Vec<Problem>) {
    let Some((_, named)) = file.parts.iter().find(|(path, _)| path.ends_with(".visavis.toml")) else {
        return (None, vec![]);
    };
    match Mapping::parse(&named.text) {
        Ok(mapping) => (Some((named.name.clone(), mapping)), vec![]),
        Err((at, message)) => {
            let fault = Fault::error("bad-mapping", at, format!("this mapping cannot be read: {message}"));
            let fault = fault
                .hint(format!("see `visavis schema mapping`; it begins with schema = \"{MAPPING_SCHEMA}\""));
            (None, named.problems([fault]))
        }
    }
}
