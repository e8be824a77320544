//! The indicators of a table: what its rows and its columns name together, with what is said of them elsewhere.

use crate::core::{
    date::Date,
    table_mapping::{ColumnRole, MappedIndicator, Mapping, NO_GOAL},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    flat::{IndicatorMetadata, TableMetadata},
    headings::is_multiplier,
    keys::{KeyColumns, KeyText, NO_KEY},
    recognise::{ColumnIndicator, TableColumn},
};
use crate::text::fold;

/// An indicator of a table, before its scale is known.
#[derive(Clone, Debug)]
pub(super) struct TableIndicator {
    pub id: String,
    pub title: String,
    pub goal: String,
    pub unit: Option<String>,
    /// The code or heading by which metadata know it.
    pub known_as: Vec<String>,
    pub comparable_from: Option<Date>,
}

/// All indicators, and which one the key of a row and the part of a column are.
#[derive(Debug, Default)]
pub(super) struct TableIndicators {
    /// Goal by goal.
    pub list: Vec<TableIndicator>,
    /// Series × parts.
    pub of: Vec<u16>,
    /// Indicators that are more than can be shown.
    pub beyond: usize,
}

/// The most indicators of a set.
const MOST: usize = 60_000;

/// What a row says of its indicator.
#[derive(Clone, Debug, Default)]
struct Series {
    id: String,
    title: String,
    unit: Option<String>,
    known_as: Vec<String>,
}

/// Numbers the indicators that rows and columns name. `name` is that of the table, for the one that nothing names.
pub(super) fn of_table(
    (series, is_used): (&[KeyText], &[bool]),
    keys: &KeyColumns,
    columns: &[TableColumn],
    parts: &[ColumnIndicator],
    metadata: &TableMetadata,
    mapping: &Mapping,
    name: &str,
) -> TableIndicators {
    let labels: Vec<bool> = (0..keys.series.len() + keys.unit.len())
        .map(|nth| have_labels(series.iter().filter_map(|key| key.columns().nth(nth))))
        .collect();
    let series: Vec<Series> = series.iter().map(|key| series_of(key, keys, columns, &labels)).collect();
    let by_id = by_id(metadata);
    // Of two columns that say the same of themselves each is an indicator.
    let mut same: HashMap<&ColumnIndicator, usize> = HashMap::new();
    let nth = |part| {
        let many = same.entry(part).or_insert(0);
        *many += 1;
        *many
    };
    let again: Vec<usize> = parts.iter().map(nth).collect();
    let (mut all, mut of, mut known) = (vec![], vec![], HashMap::<String, usize>::new());
    let mut beyond = 0;
    for (one, is_used) in series.iter().zip(is_used) {
        if !is_used {
            of.extend(parts.iter().map(|_| usize::MAX));
            continue;
        }
        for (part, again) in parts.iter().zip(&again) {
            let indicator = together(one, part, name);
            let unit = indicator.unit.as_deref().unwrap_or_default();
            let identity = format!("{}\u{1f}{unit}\u{1f}{again}", indicator.id);
            let at = *known.entry(identity).or_insert(all.len());
            if at == all.len() && at < MOST {
                all.push(indicator);
            }
            beyond += usize::from(at >= MOST);
            of.push(if at < MOST { at } else { usize::MAX });
        }
    }
    let apart = one_id_each(&mut all);
    for (indicator, apart) in all.iter_mut().zip(apart) {
        describe(indicator, &by_id, mapping);
        if let Some(apart) = apart {
            indicator.title = format!("{} ({apart})", indicator.title);
        }
    }
    // Goal by goal, each in the order of its first indicator.
    let mut goals: Vec<&str> = vec![];
    for indicator in &all {
        if !goals.contains(&&*indicator.goal) {
            goals.push(&indicator.goal);
        }
    }
    let place = |indicator: &TableIndicator| goals.iter().position(|goal| **goal == *indicator.goal);
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|at| place(&all[*at]));
    let mut moved = vec![NO_KEY; all.len()];
    for (to, from) in order.iter().enumerate() {
        moved[*from] = u16::try_from(to).unwrap_or(NO_KEY);
    }
    let of = of.into_iter().map(|at| moved.get(at).copied().unwrap_or(NO_KEY)).collect();
    let list = order.into_iter().map(|at| all[at].clone()).collect();
    TableIndicators { list, of, beyond }
}

/// Whether texts such as `HDI: Human Development Index` are codes with their labels: each code has one. `Residence: Rural`
/// and `Residence: Urban` are whole texts.
fn have_labels<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    let mut known: HashMap<&str, &str> = HashMap::new();
    let mut labelled = texts.filter_map(|text| text.split_once(": "));
    labelled.all(|(code, label)| !code.contains(' ') && *known.entry(code).or_insert(label) == label)
}

/// A code and its label, where a column has such.
fn labelled(text: &str, has_labels: bool) -> Option<(&str, &str)> {
    text.split_once(": ").filter(|_| has_labels)
}

/// `labels` says of each column of the key whether its texts are codes with labels.
fn series_of(key: &KeyText, keys: &KeyColumns, columns: &[TableColumn], labels: &[bool]) -> Series {
    let texts: Vec<(&str, bool)> = key.columns().zip(labels.iter().copied()).collect();
    let of_role = |role: ColumnRole| {
        let texts = keys.series.iter().zip(&texts).filter(move |(column, _)| columns[**column].role == role);
        texts.map(|(_, text)| *text).filter(|(text, _)| !text.is_empty()).collect::<Vec<(&str, bool)>>()
    };
    let (codes, names, dimensions) = (
        of_role(ColumnRole::IndicatorCode),
        of_role(ColumnRole::IndicatorName),
        of_role(ColumnRole::Dimension),
    );
    let both = codes.first().or(names.first()).and_then(|(text, has_labels)| labelled(text, *has_labels));
    let both = both.filter(|_| names.is_empty() || codes.is_empty());
    let (code, name) = match (both, codes.first(), names.first()) {
        (Some((code, label)), ..) => (Some(code), Some(label)),
        (None, code, name) => (code.map(|code| code.0), name.map(|name| name.0)),
    };
    let bare =
        |(text, has_labels): (&str, bool)| labelled(text, has_labels).map_or(text, |both| both.1).to_owned();
    let ids = code.map(id_of).or_else(|| name.map(id_of)).into_iter();
    let dimension_ids = dimensions
        .iter()
        .map(|(text, has_labels)| id_of(labelled(text, *has_labels).map_or(*text, |both| both.0)));
    let ids: Vec<String> = ids.chain(dimension_ids).collect();
    let titles: Vec<String> = name
        .or(code)
        .into_iter()
        .map(str::to_owned)
        .chain(dimensions.iter().map(|text| bare(*text)))
        .collect();
    let units = keys.unit.iter().zip(texts.iter().skip(keys.series.len()));
    let mut units: Vec<String> = units
        .map(|(column, text)| multiplier(&columns[*column].heading, text.0).unwrap_or_else(|| bare(*text)))
        .filter(|unit| !unit.is_empty())
        .collect();
    units.dedup();
    let unit = (!units.is_empty()).then(|| units.join(", "));
    let known_as = code.into_iter().chain(name).map(str::to_owned).collect();
    Series { id: ids.join("."), title: titles.join(" · "), unit, known_as }
}

/// What a power of ten is called that values are given in, if a column says it: SDMX `UNIT_MULT`, `Scale` of the IMF.
fn multiplier(heading: &str, text: &str) -> Option<String> {
    if !is_multiplier(heading) {
        return None;
    }
    let words = match &*text.trim().to_lowercase() {
        "0" | "units" | "unit" | "1" => String::new(),
        "3" => "thousands".to_owned(),
        "6" => "millions".to_owned(),
        "9" => "billions".to_owned(),
        "12" => "trillions".to_owned(),
        power if power.bytes().all(|b| b.is_ascii_digit()) && !power.is_empty() => format!("10^{power}"),
        words => words.to_owned(),
    };
    Some(words)
}

fn together(series: &Series, part: &ColumnIndicator, name: &str) -> TableIndicator {
    let part_id = part.code.as_deref().map_or_else(|| id_of(&part.title), id_of);
    let join = |one: &str, other: &str, sign: &str| match (one.is_empty(), other.is_empty()) {
        (true, true) => String::new(),
        (true, false) => other.to_owned(),
        (false, true) => one.to_owned(),
        (false, false) => format!("{one}{sign}{other}"),
    };
    let (id, title) = (join(&part_id, &series.id, "."), join(&part.title, &series.title, " · "));
    let known_as = series.known_as.iter().cloned().chain(part.code.clone()).chain([part.title.clone()]);
    TableIndicator {
        id: if id.is_empty() { id_of(name) } else { id },
        title: if title.is_empty() { name.to_owned() } else { title },
        goal: part.goal.clone().unwrap_or_default(),
        unit: series.unit.clone().or_else(|| part.unit.clone()),
        known_as: known_as.filter(|known| !known.is_empty()).collect(),
        comparable_from: None,
    }
}

/// What metadata and mapping say of an indicator.
fn describe(indicator: &mut TableIndicator, by_id: &BTreeMap<String, &IndicatorMetadata>, mapping: &Mapping) {
    let metadata = indicator.known_as.iter().find_map(|known| by_id.get(&fold(known.trim())).copied());
    let mapped = mapped(mapping, &indicator.id, &indicator.title);
    // A code alone is no title.
    let is_code = indicator.title == indicator.id || indicator.known_as.first() == Some(&indicator.title);
    if let Some(title) = metadata.and_then(|metadata| metadata.title.clone()).filter(|_| is_code) {
        indicator.title = title;
    }
    if let Some(topic) =
        metadata.and_then(|metadata| metadata.topic.clone()).filter(|_| indicator.goal.is_empty())
    {
        indicator.goal = topic;
    }
    indicator.comparable_from = mapped.and_then(|mapped| mapped.comparable_from);
    if let Some(title) = mapped.and_then(|mapped| mapped.title.clone()) {
        indicator.title = title;
    }
    if let Some(goal) = mapped.and_then(|mapped| mapped.goal.clone()) {
        indicator.goal = goal;
    }
    if indicator.goal.is_empty() {
        NO_GOAL.clone_into(&mut indicator.goal);
    }
}

/// What a mapping says of an indicator, by its id, else by its title.
pub(super) fn mapped<'m>(mapping: &'m Mapping, id: &str, title: &str) -> Option<&'m MappedIndicator> {
    mapping.indicators.get(id).or_else(|| {
        let title = fold(title.trim());
        mapping.indicators.iter().find(|(named, _)| fold(named.trim()) == title).map(|(_, mapped)| mapped)
    })
}

/// What is said of the indicators, by their codes and headings in small letters.
pub(super) fn by_id(metadata: &TableMetadata) -> BTreeMap<String, &IndicatorMetadata> {
    metadata.indicators.iter().map(|indicator| (fold(indicator.id.trim()), indicator)).collect()
}

/// Indicators that would have the same id have their units in it, so that it is the same in whatever order they stand;
/// those that have the same unit too get numbers. Returns what tells each from the others.
fn one_id_each(all: &mut [TableIndicator]) -> Vec<Option<String>> {
    let mut units: HashMap<String, BTreeSet<Option<String>>> = HashMap::new();
    for indicator in all.iter() {
        units.entry(fold(&indicator.id)).or_default().insert(indicator.unit.clone());
    }
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut one = |indicator: &mut TableIndicator| {
        let has_units = units.get(&fold(&indicator.id)).is_some_and(|units| units.len() > 1);
        let unit = indicator.unit.clone().filter(|_| has_units);
        if let Some(unit) = &unit {
            indicator.id = format!("{}.{}", indicator.id, id_of(unit));
        }
        let many = known.entry(fold(&indicator.id)).or_insert(0);
        *many += 1;
        let number = (*many > 1).then(|| many.to_string());
        if let Some(number) = &number {
            indicator.id = format!("{}-{number}", indicator.id);
        }
        unit.or(number)
    };
    all.iter_mut().map(&mut one).collect()
}

/// An id that can be typed: codes as they are, words in small letters with dashes.
pub(super) fn id_of(text: &str) -> String {
    const LONGEST: usize = 64;
    let text = text.trim();
    let is_typable = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if text.len() <= LONGEST && !text.is_empty() && text.chars().all(is_typable) {
        return text.to_owned();
    }
    let mut id = String::new();
    for c in fold(text).chars() {
        if id.len() >= LONGEST {
            break;
        }
        if c.is_alphanumeric() {
            id.push(c);
        } else if !id.ends_with('-') && !id.is_empty() {
            id.push('-');
        }
    }
    id.trim_end_matches('-').to_owned()
}
