//! The embedded tables: countries and territories, former ones, aggregates, and the codes and spellings of publishers.

use std::sync::LazyLock;

use super::{Date, Period, Span};

/// One row of the table of countries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    pub iso3: &'static str,
    pub iso2: &'static str,
    pub name: &'static str,
    pub official: &'static str,
    /// UN M49 region; empty for Antarctica.
    pub region: &'static str,
    pub subregion: &'static str,
    /// Membership in the OSCE or its forerunner.
    pub osce: Option<Span>,
    /// Membership in the European Union or its forerunners.
    pub eu: Option<Span>,
    /// Membership in the Council of Europe.
    pub coe: Option<Span>,
    /// Its first day, of countries that former ones became.
    pub since: Option<Date>,
    aliases: &'static str,
}

/// A state or territory that is no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormerCountry {
    /// ISO 3166-3 alpha-3 where there is one, else as the Correlates of War project has it.
    pub code: &'static str,
    pub name: &'static str,
    pub during: Span,
    /// Codes of what it became, separated by semicolons. It is never merged with any of them.
    successors: &'static str,
    aliases: &'static str,
}

/// Countries taken together, as publishers show them among countries: the world, regions, income groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aggregate {
    /// As the World Bank has it, else as the publisher that shows it.
    pub code: &'static str,
    pub name: &'static str,
    aliases: &'static str,
}

/// A code or a spelling, and the code of what it means.
pub(super) type Spelling = (&'static str, &'static str);

/// The rows of a table as fields; lines that begin with `#` are comments.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

fn field(row: &[&'static str], at: usize) -> &'static str {
    row.get(at).copied().unwrap_or_default().trim()
}

/// The countries, ordered by alpha-3 code.
pub static TABLE: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let first_days: Vec<(&str, Option<Date>)> =
        rows(include_str!("since.tsv")).map(|row| (field(&row, 0), Date::parse(field(&row, 1)))).collect();
    let since = |iso3: &str| first_days.iter().find(|(code, _)| *code == iso3)?.1;
    let known = |row: Vec<&'static str>| {
        let at = |at| field(&row, at);
        Known {
            iso3: at(0),
            iso2: at(1),
            name: at(2),
            official: at(3),
            region: at(4),
            subregion: at(5),
            osce: Span::parse(at(6)),
            eu: Span::parse(at(7)),
            coe: Span::parse(at(8)),
            since: since(at(0)),
            aliases: at(9),
        }
    };
    rows(include_str!("../countries.tsv")).map(known).filter(|known| known.iso3.len() == 3).collect()
});

/// Former states and territories.
pub static FORMER: LazyLock<Vec<FormerCountry>> = LazyLock::new(|| {
    let former = |row: Vec<&'static str>| {
        let at = |at| field(&row, at);
        let during = Span { since: Date::parse(at(2)), until: Date::parse(at(3)) };
        FormerCountry { code: at(0), name: at(1), during, successors: at(7), aliases: at(8) }
    };
    rows(include_str!("former.tsv")).map(former).collect()
});

/// Aggregates.
pub static AGGREGATES: LazyLock<Vec<Aggregate>> = LazyLock::new(|| {
    let aggregate = |row: Vec<&'static str>| Aggregate {
        code: field(&row, 0),
        name: field(&row, 1),
        aliases: field(&row, 2),
    };
    rows(include_str!("aggregates.tsv")).map(aggregate).collect()
});

/// Further spellings of countries.
pub(super) fn spellings() -> impl Iterator<Item = Spelling> {
    rows(include_str!("aliases.tsv")).map(|row| (field(&row, 1), field(&row, 0)))
}

/// Names of countries in other languages than English.
pub(super) fn other_languages() -> impl Iterator<Item = Spelling> {
    rows(include_str!("languages.tsv")).flat_map(|row| {
        let code = field(&row, 0);
        field(&row, 1).split(';').map(move |name| (name, code))
    })
}

/// The columns of the codes of publishers after the alpha-3 code: a code that is looked for by name has a prefix.
const CODES: [(usize, &str); 6] = [(1, "m49:"), (2, ""), (3, ""), (4, "gw:"), (5, "cow:"), (6, "")];

/// Codes of publishers with the code of the country; numbers have the prefix by which they are asked for.
pub(super) fn codes() -> impl Iterator<Item = (String, &'static str)> {
    let today = rows(include_str!("codes.tsv")).flat_map(|row| {
        let of = move |(at, prefix): (usize, &str)| (format!("{prefix}{}", field(&row, at)), field(&row, 0));
        CODES.map(of)
    });
    let former = rows(include_str!("former.tsv")).flat_map(|row| {
        let of = move |(at, prefix): (usize, &str)| (format!("{prefix}{}", field(&row, at)), field(&row, 0));
        [(4, "m49:"), (5, "gw:"), (6, "cow:")].map(of)
    });
    today.chain(former).filter(|(code, _)| !code.is_empty() && !code.ends_with(':'))
}

impl Known {
    /// Codes, then names, then aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        [self.iso3, self.iso2, self.name, self.official]
            .into_iter()
            .chain(self.aliases.split(';'))
            .filter(|name| !name.is_empty())
    }
}

impl FormerCountry {
    /// Codes of what it became, some of which may be former countries by now.
    pub fn successors(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.successors.split(';').filter(|code| !code.is_empty())
    }

    /// Codes of what it became, what that became, and so on.
    pub fn descendants(&self) -> Vec<&'static str> {
        let later = |code: &'static str| {
            let next = FORMER.iter().find(|former| former.code == code).map(Self::descendants);
            std::iter::once(code).chain(next.unwrap_or_default())
        };
        self.successors().flat_map(later).collect()
    }

    /// The country that has gone on under the same code with another territory: SDN of SDN-2011.
    pub fn goes_on_as(&self) -> Option<&'static str> {
        let (code, _) = self.code.split_once('-')?;
        self.successors().find(|successor| *successor == code)
    }

    /// Codes of what it had become in a period.
    pub fn successors_in(&self, period: Period) -> Vec<&'static str> {
        let then = |code: &'static str| match FORMER.iter().find(|former| former.code == code) {
            Some(former) if !former.during.holds_in(period) => former.successors_in(period),
            _ => vec![code],
        };
        self.successors().flat_map(then).collect()
    }

    /// The code, the name and other names.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        listed(self.code, self.name, self.aliases)
    }
}

impl Aggregate {
    /// The code, the name and other names.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        listed(self.code, self.name, self.aliases)
    }
}

fn listed(
    code: &'static str,
    name: &'static str,
    aliases: &'static str,
) -> impl Iterator<Item = &'static str> {
    [code, name].into_iter().chain(aliases.split(';')).map(str::trim).filter(|name| !name.is_empty())
}

/// The row of the table with this alpha-3 code in upper case.
pub fn known(iso3: &str) -> Option<&'static Known> {
    TABLE.binary_search_by(|row| row.iso3.cmp(iso3)).ok().map(|at| &TABLE[at])
}
