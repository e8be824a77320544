//! The countries of a table: what the texts of its key columns mean.

use crate::core::table_mapping::Mapping;
use std::collections::HashMap;

use super::{
    headings::names,
    keys::{KeyText, NO_KEY, Skipped},
    recognise::TableShape,
    sample::resolve,
};
use crate::core::{
    country::{self, CodeList, FormerCountry, ResolvedCountry},
    delimited::DelimitedRecord,
    input_file::{Addressing, NamedText},
    json::Fault,
};
use crate::text::{counted, excerpt, fold, toml_key};

/// A country of a table.
#[derive(Clone, Debug)]
pub(super) struct TableCountry {
    pub code: String,
    pub name: String,
    /// As the table writes it, where that is not its code.
    pub written: Option<String>,
    pub former: Option<&'static FormerCountry>,
    pub is_aggregate: bool,
    /// As the columns of groups have it.
    pub groups: Vec<String>,
}

/// A text that names no country, or several.
#[derive(Clone, Debug)]
pub(super) struct UnclearCountry {
    pub written: String,
    pub at: usize,
    pub rows: usize,
    /// Codes and names.
    pub proposals: Vec<(String, String)>,
    pub is_ambiguous: bool,
}

/// What the countries of all rows mean.
#[derive(Debug, Default)]
pub(super) struct TableCountries {
    /// Each country once, in the order of the rows.
    pub list: Vec<TableCountry>,
    /// Of each key, the position of its country; `NO_KEY` if its rows are left out.
    pub of_key: Vec<u16>,
    pub unclear: Vec<UnclearCountry>,
    /// Rows that the mapping leaves out.
    pub set_aside: usize,
    /// Codes and names beside them that do not agree.
    pub faults: Vec<Fault>,
    by_code: HashMap<String, u16>,
    /// Codes that no list has, each with the name beside it and its first place.
    own_codes: Vec<(String, usize)>,
    /// The list that codes are of, if it is not ISO 3166.
    code_list: Option<&'static CodeList>,
    /// Whether the subregions of Oceania (UN M49) stand among the countries, one of which has a country's name.
    has_subregions: bool,
}

/// Whether a name is that of a row over all others.
fn is_total(written: &str) -> bool {
    const NAMES: [&str; 24] = [
        "total",
        "totals",
        "grand total",
        "subtotal",
        "sub-total",
        "sub total",
        "overall",
        "sum",
        "average",
        "mean",
        "median",
        "minimum",
        "maximum",
        "standard deviation",
        "all countries",
        "total countries",
        "gesamt",
        "insgesamt",
        "summe",
        "moyenne",
        "ensemble",
        "promedio",
        "итого",
        "всего",
    ];
    NAMES.contains(&&*fold(written.trim_end_matches([':', '*']).trim()))
}

/// How many columns say the country, before those that say its groups.
pub(super) fn of_keys(
    keys: &[KeyText],
    columns: usize,
    mapping: &Mapping,
    code_list: Option<&'static CodeList>,
) -> TableCountries {
    let is_subregion = |text: &str| matches!(&*fold(text.trim()), "melanesia" | "polynesia");
    let has_subregions = keys.iter().any(|key| key.columns().take(columns).any(is_subregion));
    let mut countries = TableCountries { code_list, has_subregions, ..TableCountries::default() };
    let mut numbered: Option<(&str, Skipped)> = None;
    for key in keys {
        if columns == 0 {
            // Countries stand in the headings.
            countries.of_key.push(NO_KEY);
            continue;
        }
        let mut texts = key.columns();
        let said: Vec<&str> = texts.by_ref().take(columns).collect();
        let groups: Vec<String> = texts.map(str::to_owned).collect();
        let id = countries.key(&said, key, mapping);
        if let Some(name) = said.iter().find(|text| has_number_behind(text)).filter(|_| id != NO_KEY) {
            numbered.get_or_insert((name, Skipped::default())).1.add(key.at);
        }
        if let Some(country) =
            countries.list.get_mut(usize::from(id)).filter(|country| country.groups.is_empty())
        {
            country.groups = groups;
        }
        countries.of_key.push(id);
    }
    let own = std::mem::take(&mut countries.own_codes);
    countries.faults.extend(told_of_own(&own));
    // Some names have a footnote; if most have, the numbers say something.
    if let Some((name, seen)) = numbered.filter(|(_, seen)| seen.many > 2 && seen.many * 2 > keys.len()) {
        let message = format!(
            "numbers stand behind {} names, such as \"{}\"; they count as marks of footnotes and are not read",
            seen.many,
            excerpt(name, 40)
        );
        let hint = "if they are years, put them in a column of their own";
        countries.faults.push(Fault::warning("numbers-behind-names", seen.first, message).hint(hint));
    }
    countries
}

/// Whether of a row only the first field says something; a few rows of the same key may be such.
fn is_lone(named: &NamedText, shape: &TableShape, rows: usize, at: usize) -> bool {
    const MOST_ROWS: usize = 2;
    // Of members of JSON each is a row.
    if rows > MOST_ROWS || shape.columns.len() < 2 || named.addressing == Addressing::Items {
        return false;
    }
    let mut record = DelimitedRecord::default();
    record.read(&named.text, at, shape.dialect, usize::MAX);
    let said: Vec<_> = record.fields.iter().map(|field| field.text(&named.text)).collect();
    let mut said: Vec<&str> = said.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    // A title that was merged over several columns stands in each of them.
    said.dedup();
    // The mark of a footnote with its words: `a`, `For sources see below`.
    let is_mark = |text: &str| text.chars().count() == 1 && !text.contains(|c: char| c.is_ascii_digit());
    matches!(said[..], [] | [_]) || matches!(said[..], [mark, words] if is_mark(mark) && words.len() > 20)
}

/// Takes the rows away, of countries side by side, of which only the first field says something: titles and notes are no
/// indicators. Returns how many.
pub(super) fn notes_across(
    named: &NamedText,
    shape: &TableShape,
    series: &[KeyText],
    is_used: &mut [bool],
) -> Skipped {
    let mut notes = Skipped::default();
    for (key, is_used) in series.iter().zip(is_used) {
        if is_lone(named, shape, key.rows, key.at) {
            *is_used = false;
            notes.merge(Skipped { many: key.rows, first: key.at });
        }
    }
    notes
}

/// Tells codes that no list has: those of publishers, of parts of countries, and misspelt ones.
fn told_of_own(codes: &[(String, usize)]) -> Option<Fault> {
    let (_, first) = codes.first()?;
    let all: Vec<&str> = codes.iter().map(|(named, _)| &**named).collect();
    let (are, count) = if codes.len() == 1 {
        ("is", "it counts as a country")
    } else {
        ("are", "they count as a country each")
    };
    let message = format!(
        "{} {are} in no list of countries: {}; {count}",
        counted(codes.len(), "code", "codes"),
        names(&all)
    );
    let hint = "to set one aside or say what it is: [countries] \"CODE\" = \"\" in the mapping, or the code of its country";
    Some(Fault::warning("own-codes", *first, message).hint(hint))
}

/// Whether it is a name with a number behind it: `Albania 99`.
fn has_number_behind(text: &str) -> bool {
    const FEWEST_LETTERS: usize = 4;
    text.ends_with(|c: char| c.is_ascii_digit())
        && text.chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS
}

impl TableCountries {
    /// Takes the rows away that are no rows of a country: notes and titles, of which only the first field says something,
    /// and totals. Returns both.
    pub(super) fn take_notes(
        &mut self,
        named: &NamedText,
        shape: &TableShape,
        keys: &[KeyText],
    ) -> (Skipped, Skipped) {
        let (mut notes, mut totals) = (Skipped::default(), Skipped::default());
        let is_lone = |rows: usize, at: usize| is_lone(named, shape, rows, at);
        let take = |of: &mut Skipped, rows: usize, at: usize| of.merge(Skipped { many: rows, first: at });
        self.unclear.retain(|unclear| {
            let (is_total, is_note) = (is_total(&unclear.written), is_lone(unclear.rows, unclear.at));
            if is_total {
                take(&mut totals, unclear.rows, unclear.at);
            } else if is_note {
                take(&mut notes, unclear.rows, unclear.at);
            }
            !is_total && !is_note
        });
        // The name of a region alone is a title of the rows below it.
        for (id, key) in self.of_key.iter_mut().zip(keys) {
            let is_aggregate = self.list.get(usize::from(*id)).is_some_and(|country| country.is_aggregate);
            if is_aggregate && is_lone(key.rows, key.at) {
                *id = NO_KEY;
                take(&mut notes, key.rows, key.at);
            }
        }
        (notes, totals)
    }

    /// The country that a heading names.
    pub(super) fn of_heading(&mut self, heading: &str, at: usize, mapping: &Mapping) -> u16 {
        self.key(&[heading], &KeyText { text: heading.to_owned(), at, rows: 1 }, mapping)
    }

    fn key(&mut self, said: &[&str], key: &KeyText, mapping: &Mapping) -> u16 {
        let mapped = said.iter().find_map(|text| mapping.countries.get(*text));
        if mapped.is_some_and(|meant| meant.trim().is_empty()) {
            self.set_aside += key.rows;
            return NO_KEY;
        }
        let of_list = self.code_list.zip(said.first()).and_then(|(list, code)| list.meant(code));
        let (code, name) = match (mapped.map(String::as_str).or(of_list), said) {
            (Some(meant), _) => (meant, None),
            (None, [code, name, ..]) if !code.is_empty() => {
                (*code, Some(*name).filter(|name| !name.is_empty()))
            }
            (None, [_, name, ..]) => (*name, None),
            (None, [only]) => (*only, None),
            (None, []) => ("", None),
        };
        let written =
            || said.iter().find(|text| !text.is_empty()).map(|text| (*text).to_owned()).unwrap_or_default();
        let resolved = match (resolve(code), name) {
            // A code of a name that the tables do not know for it, such as XK.
            (ResolvedCountry::Known(_), Some(name)) if country::is_user_assigned(code) => {
                country::resolve_named(code, Some(name))
            }
            (ResolvedCountry::Known(row), None)
                if self.has_subregions && mapped.is_none() && fold(code.trim()) == "micronesia" =>
            {
                ResolvedCountry::Ambiguous(vec![(row.iso3, row.name)])
            }
            (resolved, _) => resolved,
        };
        let by_name = name.map(resolve);
        if let (Some(one), Some(other)) = (resolved.code(), by_name.as_ref().and_then(ResolvedCountry::code))
            && one != other
        {
            self.tell_disagreement(code, one, name.unwrap_or_default(), other, key.at);
        }
        let found = match (&resolved, by_name) {
            (
                ResolvedCountry::UserAssigned | ResolvedCountry::Unknown | ResolvedCountry::Ambiguous(_),
                Some(by_name),
            ) if by_name.code().is_some() => by_name,
            _ => resolved,
        };
        match found {
            ResolvedCountry::Known(row) => self.add(row.iso3, row.name, written(), None, false),
            ResolvedCountry::Former(row) => self.add(row.code, row.name, written(), Some(row), false),
            ResolvedCountry::Aggregate(row) => {
                self.add(row.code, name.unwrap_or(row.name), written(), None, true)
            }
            ResolvedCountry::UserAssigned if name.is_some() => {
                if !self.by_code.contains_key(code) {
                    let name = excerpt(name.unwrap_or_default(), 40);
                    self.own_codes.push((format!("{} ({name})", excerpt(code, 20)), key.at));
                }
                self.add(code, name.unwrap_or_default(), written(), None, false)
            }
            found => {
                self.unclear(&found, code, name, written(), key);
                NO_KEY
            }
        }
    }

    fn add(
        &mut self,
        code: &str,
        name: &str,
        written: String,
        former: Option<&'static FormerCountry>,
        is_aggregate: bool,
    ) -> u16 {
        if let Some(known) = self.by_code.get(code) {
            return *known;
        }
        let Ok(id) = u16::try_from(self.list.len()) else { return NO_KEY };
        let written = Some(written).filter(|written| written != code);
        self.list.push(TableCountry {
            code: code.to_owned(),
            name: name.to_owned(),
            written,
            former,
            is_aggregate,
            groups: vec![],
        });
        self.by_code.insert(code.to_owned(), id);
        id
    }

    fn unclear(
        &mut self,
        found: &ResolvedCountry,
        code: &str,
        name: Option<&str>,
        written: String,
        key: &KeyText,
    ) {
        let pair = |(code, name): &(&str, &str)| ((*code).to_owned(), (*name).to_owned());
        let proposals = match found {
            ResolvedCountry::Ambiguous(places) => places.iter().map(pair).collect(),
            _ => country::nearest(code, name)
                .iter()
                .map(|near| (near.iso3.to_owned(), near.name.to_owned()))
                .collect(),
        };
        let is_ambiguous = matches!(found, ResolvedCountry::Ambiguous(_));
        match self.unclear.iter_mut().find(|known| known.written == written) {
            Some(known) => known.rows += key.rows,
            None => self.unclear.push(UnclearCountry {
                written,
                at: key.at,
                rows: key.rows,
                proposals,
                is_ambiguous,
            }),
        }
    }

    fn tell_disagreement(&mut self, code: &str, one: &str, name: &str, other: &str, at: usize) {
        let message = format!(
            "the code \"{}\" is {one}, but the name beside it, \"{}\", is {other}; it counts as {one}",
            excerpt(code, 40),
            excerpt(name, 60)
        );
        let hint = format!(
            "if {other} is meant, say so in the mapping: [countries] {} = \"{other}\"",
            toml_key(name)
        );
        self.faults.push(Fault::warning("other-name", at, message).hint(hint));
    }
}
