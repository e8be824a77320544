//! Metadata in CSV: codebooks with a row for each indicator, and the World Bank's lists of countries.

use super::{IndicatorMetadata, TableMetadata};
use std::collections::HashSet;

/// Headings of what a codebook says, folded to letters and digits, the best first.
const IDS: [&str; 13] = [
    "seriescode",
    "indicatorcode",
    "variablecode",
    "variable",
    "variablename",
    "variableid",
    "indicatorid",
    "code",
    "indicator",
    "columnname",
    "column",
    "fieldname",
    "name",
];
const TITLES: [&str; 9] = [
    "indicatorname",
    "variablelabel",
    "label",
    "title",
    "indicatorlabel",
    "longname",
    "name",
    "indicator",
    "variablename",
];
const DESCRIPTIONS: [&str; 7] = [
    "longdefinition",
    "sourcenote",
    "description",
    "definition",
    "variabledescription",
    "shortdefinition",
    "desc",
];
const UNITS: [&str; 4] = ["unitofmeasure", "unit", "units", "unitofmeasurement"];
const SOURCES: [&str; 6] =
    ["source", "sourceorganization", "sources", "datasource", "sourceorganisation", "originalsource"];
const TOPICS: [&str; 6] = ["topic", "category", "theme", "pillar", "goal", "topics"];
const LICENCES: [&str; 3] = ["licensetype", "licence", "license"];

/// Headings of tables of figures: what has one of them describes no indicators.
const DATA_HEADINGS: [&str; 15] = [
    "country",
    "countryname",
    "countrycode",
    "entity",
    "iso",
    "iso2",
    "iso3",
    "refarea",
    "geo",
    "year",
    "date",
    "timeperiod",
    "value",
    "obsvalue",
    "score",
];

/// Headings that only the World Bank's list of countries has.
const COUNTRY_NOTES: [&str; 6] = [
    "specialnotes",
    "tablename",
    "shortname",
    "lendingcategory",
    "latesttradedata",
    "systemofnationalaccounts",
];

pub(super) fn read(name: &str, text: &str) -> Option<TableMetadata> {
    let records = split(text);
    let (headings, rows) = records.split_first()?;
    let folded: Vec<String> = headings.iter().map(|heading| fold(heading)).collect();
    let table = Table { folded: &folded, rows };
    countries(name, &table).or_else(|| indicators(&table))
}

struct Table<'a> {
    folded: &'a [String],
    rows: &'a [Vec<String>],
}

impl Table<'_> {
    /// The columns with these headings, in the order of the list.
    fn columns(&self, headings: &[&str]) -> Vec<usize> {
        headings
            .iter()
            .filter_map(|heading| self.folded.iter().position(|folded| folded == heading))
            .collect()
    }

    fn has(&self, headings: &[&str]) -> bool {
        !self.columns(headings).is_empty()
    }
}

/// The first of the columns in which a row says something.
fn said(row: &[String], columns: &[usize]) -> Option<String> {
    let fields = columns.iter().filter_map(|column| row.get(*column)).map(|field| field.trim());
    fields.into_iter().find(|field| !field.is_empty()).map(str::to_owned)
}

/// Letters and digits, small.
fn fold(heading: &str) -> String {
    heading.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Groups by region and by income; aggregates, which have no region, are members of none.
fn countries(name: &str, table: &Table) -> Option<TableMetadata> {
    let (code, region) = (table.columns(&["countrycode", "code"]), table.columns(&["region"]));
    let income = table.columns(&["incomegroup"]);
    let name = fold(name);
    let is_named = name.contains("metadatacountry") || name.contains("wdicountry");
    if code.is_empty() || region.is_empty() || income.is_empty() || !(is_named || table.has(&COUNTRY_NOTES)) {
        return None;
    }
    let mut by_region: Vec<(String, String, Vec<String>)> = Vec::new();
    let mut by_income = Vec::new();
    for row in table.rows {
        let (Some(code), Some(region)) = (said(row, &code), said(row, &region)) else {
            continue;
        };
        join(&mut by_region, "region", &region, &code);
        if let Some(income) = said(row, &income) {
            join(&mut by_income, "income", &income, &code);
        }
    }
    by_region.append(&mut by_income);
    (!by_region.is_empty()).then(|| TableMetadata { groups: by_region, ..TableMetadata::default() })
}

fn join(groups: &mut Vec<(String, String, Vec<String>)>, kind: &str, title: &str, code: &str) {
    let place = groups.iter().position(|(_, known, _)| known == title).unwrap_or_else(|| {
        groups.push((format!("{kind}-{}", slug(title)), title.to_owned(), Vec::new()));
        groups.len() - 1
    });
    if let Some((_, _, members)) = groups.get_mut(place) {
        members.push(code.to_owned());
    }
}

/// Small letters and digits with hyphens.
fn slug(title: &str) -> String {
    let small = title.to_lowercase();
    let words: Vec<_> =
        small.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// Whether a heading is a year, as in a table of figures.
fn is_year(heading: &str) -> bool {
    heading.len() == 4 && heading.parse::<u16>().is_ok_and(|year| (1500..2200).contains(&year))
}

fn indicators(table: &Table) -> Option<TableMetadata> {
    let ids: Vec<usize> = table.columns(&IDS).into_iter().take(1).collect();
    let without_id = |headings: &[&str]| {
        let mut columns = table.columns(headings);
        columns.retain(|column| !ids.contains(column));
        columns
    };
    let (titles, descriptions) = (without_id(&TITLES), without_id(&DESCRIPTIONS));
    let (units, sources, topics) = (without_id(&UNITS), without_id(&SOURCES), without_id(&TOPICS));
    let is_plain = ids.iter().any(|id| matches!(table.folded[*id].as_str(), "code" | "name" | "column"));
    let is_described = !titles.is_empty() || !descriptions.is_empty();
    let is_more = !units.is_empty() || !sources.is_empty() || !(is_plain || descriptions.is_empty());
    let is_data = table.has(&DATA_HEADINGS) || table.folded.iter().any(|heading| is_year(heading));
    if ids.is_empty() || !is_described || !is_more || is_data {
        return None;
    }
    let mut known = HashSet::new();
    let mut indicators = Vec::new();
    for row in table.rows {
        let Some(id) = said(row, &ids).filter(|id| known.insert(id.clone())) else {
            continue;
        };
        let topic = said(row, &topics);
        indicators.push(IndicatorMetadata {
            id,
            title: said(row, &titles),
            unit: said(row, &units),
            description: said(row, &descriptions),
            source: said(row, &sources),
            topic: topic.map(|topic| topic.split(": ").next().unwrap_or_default().trim().to_owned()),
            ..IndicatorMetadata::default()
        });
    }
    let licences: HashSet<_> =
        table.rows.iter().filter_map(|row| said(row, &table.columns(&LICENCES))).collect();
    let licence = if licences.len() == 1 { licences.into_iter().next() } else { None };
    (!indicators.is_empty()).then(|| TableMetadata { licence, indicators, ..TableMetadata::default() })
}

/// Records of separated text (RFC 4180), without blank lines; the separator is what the first line has most of.
fn split(text: &str) -> Vec<Vec<String>> {
    let first = text.lines().next().unwrap_or_default();
    let separator =
        [',', ';', '\t'].into_iter().rev().max_by_key(|sign| first.matches(*sign).count()).unwrap_or(',');
    let mut records = Vec::new();
    let (mut record, mut field) = (Vec::new(), String::new());
    let mut is_quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            other if is_quoted => field.push(other),
            '"' if field.is_empty() => is_quoted = true,
            '\r' => {}
            '\n' => end(&mut records, &mut record, &mut field),
            other if other == separator => record.push(std::mem::take(&mut field)),
            other => field.push(other),
        }
    }
    end(&mut records, &mut record, &mut field);
    records
}

fn end(records: &mut Vec<Vec<String>>, record: &mut Vec<String>, field: &mut String) {
    record.push(std::mem::take(field));
    let whole = std::mem::take(record);
    if whole.iter().any(|field| !field.trim().is_empty()) {
        records.push(whole);
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::split;

    #[test]
    fn indicators_of_the_world_bank() {
        let text = "\u{feff}\"INDICATOR_CODE\",\"INDICATOR_NAME\",\"SOURCE_NOTE\",\"SOURCE_ORGANIZATION\",\r\n\
                    \"SP.X\",\"Life, total\",\"A \"\"note\"\"\nin two lines\",\"UN\",\r\n";
        let about = read("Metadata_Indicator_API_SP.X.csv", text, "").expect("metadata");
        let [life] = about.indicators.as_slice() else { panic!("{about:?}") };
        assert_eq!((life.id.as_str(), life.title.as_deref()), ("SP.X", Some("Life, total")));
        assert_eq!(life.description.as_deref(), Some("A \"note\"\nin two lines"));
        assert_eq!(life.source.as_deref(), Some("UN"));
    }

    #[test]
    fn series_of_the_world_bank() {
        let text = "Series Code,Topic,Indicator Name,Short definition,Long definition,Unit of measure,Source,License Type\n\
                    A.B,Health: Mortality,Deaths,Short,,per 1000,WHO,CC BY-4.0\n\
                    A.C,,Births,Short,Long,,WHO,CC BY-4.0\nA.B,again\n\n,none\n";
        let about = read("WDISeries.csv", text, "").expect("metadata");
        assert_eq!(about.licence.as_deref(), Some("CC BY-4.0"));
        let [deaths, births] = about.indicators.as_slice() else { panic!("{about:?}") };
        assert_eq!((deaths.topic.as_deref(), deaths.unit.as_deref()), (Some("Health"), Some("per 1000")));
        assert_eq!(
            (deaths.description.as_deref(), births.description.as_deref()),
            (Some("Short"), Some("Long"))
        );
        let databank =
            "Code,License Type,Indicator Name,Long definition,Source,Topic\nA.B,X,Deaths,Long,WHO,Health\n";
        assert_eq!(read("Series - Metadata.csv", databank, "").map(|about| about.indicators.len()), Some(1));
    }

    #[test]
    fn countries_of_the_world_bank() {
        let text = "\"Country Code\",\"Region\",\"IncomeGroup\",\"SpecialNotes\",\"TableName\",\n\
                    GHA,Sub-Saharan Africa,Lower middle income,,Ghana,\nKEN,Sub-Saharan Africa,,,Kenya,\nWLD,,,,World,\n";
        let about = read("Metadata_Country_API.csv", text, "").expect("metadata");
        let members = vec!["GHA".to_owned(), "KEN".to_owned()];
        let africa = ("region-sub-saharan-africa".to_owned(), "Sub-Saharan Africa".to_owned(), members);
        let middle = (
            "income-lower-middle-income".to_owned(),
            "Lower middle income".to_owned(),
            vec!["GHA".to_owned()],
        );
        assert_eq!(about.groups, [africa, middle]);
        let figures = "Country Code,Region,Income Group,2020\nGHA,Africa,Low,1\n";
        assert!(read("scores.csv", figures, "").is_none());
        assert!(read("WDICountry.csv", figures, "").is_some());
    }

    #[test]
    fn codebooks() {
        let text = "Variable;Label;Unit;Source;Category\nle;\"Life; expectancy\";years;UN;Health: All\n";
        let about = read("codebook.csv", text, "").expect("metadata");
        let [life] = about.indicators.as_slice() else { panic!("{about:?}") };
        assert_eq!(
            (life.title.as_deref(), life.topic.as_deref()),
            (Some("Life; expectancy"), Some("Health"))
        );
        let about = read("x.csv", "code,name,definition,unit\na,A,D,%\n", "").expect("metadata");
        assert_eq!(about.indicators[0].title.as_deref(), Some("A"));
        assert_eq!(
            read("x.tsv", "variable\tdescription\na\tD\n", "").map(|about| about.indicators.len()),
            Some(1)
        );
    }

    #[test]
    fn other_tables_are_none() {
        for text in [
            "",
            "\n",
            "a,b\n1,2\n",
            "Country,Code,Description,Source\nGhana,GHA,x,y\n",
            "Indicator,Title,Unit,2019\na,A,%,1\n",
            "Entity,Code,Year,Life\nGhana,GHA,2020,1\n",
            "code,name\nGHA,Ghana\n",
            "variable,label,unit\n",
            "\"unclosed",
        ] {
            assert!(read("x.csv", text, "").is_none(), "{text}");
        }
        assert_eq!(split("a,\"b\nc\" d\r\n\n\"e"), [vec!["a", "b\nc d"], vec!["e"]]);
    }
}
