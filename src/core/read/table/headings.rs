//! What the words of a heading say of its column: whole headings only, never a part of a word.

use crate::core::table_mapping::ColumnRole;
use std::{collections::HashMap, sync::LazyLock};

use super::{annotations::without_footnote, dates::date_label};

use crate::{
    core::period::{EditionLabels, Period},
    text::{excerpt, fold},
};

/// Headings in small letters, with spaces for all other signs, and what they mean. The first of a role is the best.
const WORDS: [(ColumnRole, &str); 13] = [
    (
        ColumnRole::CountryCode,
        "iso3; iso 3; iso a3; iso alpha 3; alpha 3; alpha 3 code; iso3 code; iso3c; iso 3166 alpha 3; country \
         iso3; countryiso3code; country code; countrycode; country text id; country iso; iso code; code; ref \
         area; geo; location; cou; iso; iso2; iso 2; iso a2; iso2c; alpha 2; iso2 code; country iso2; area \
         code; economy code; geoareacode; spatialdimvaluecode; spatialdim; m49; m49 code; iso numeric; un \
         code; country id; ccode; cowcode; gwno; wb code; wbcode; fips; ioc; territory code; country territory code; geo id; entity code; \
         reporter code; reporteriso; numeric code; region code; zone code; alpha3; alpha2; iso alpha3; iso alpha2; isoalpha3; cca3; cca2; stateabb; cowc; cabb; adm0 a3; iso num; iso n3; iso3n; iso numeric code; cown; scode; location code; locid; sdmx code; parent code; geonameid; countryid; country number; ccn3",
    ),
    (
        ColumnRole::CountryName,
        "country; country name; countryname; countries; country or area; country territory; country or \
         territory; country region; country or region; countries and areas; countries and territories; \
         economy; economy name; entity; entity name; reference area; geographic area; geoareaname; area; area \
         name; state; state or territory; nation; territory; location name; name; name of country; country \
         label; geopolitical entity reporting; geo label; jurisdiction; reporter; state party; participant; \
         place; pays; land; staat; laender; lander; pais; paese; kraj; zeme; country english; member state; \
         country short name; short name; location; geo; region; geography; polity",
    ),
    (
        ColumnRole::Edition,
        "edition; year; years; report year; reference year; time period; time; period; date; day; yr; year \
         code; time code; time dim; timedim; timeperiod; year s; jahr; annee; ano; anno; rok; vuosi; survey \
         year; calendar year; fiscal year; month; quarter; reporting period; round; wave; period code; ar; jaar; ev; yil; anio; annus; god; 年份; 年; год; iyear; year id; ετος; έτος; рік; السنة; سنة; annee scolaire; anos; annees; academic year; school year; financial year; budget year; crop year; data year; census year; season; date rep; datum; fecha; timedimensionbegin; timeperiodstart; time period start; timedimensionend; timedimensionvalue; survey; survey name; week; event date",
    ),
    (
        ColumnRole::IndicatorCode,
        "indicator code; indicatorcode; indicator id; indicatorid; series code; seriescode; variable code; \
         variable id; varcode; item code; element code; subject code; measure code; code indicator; ind; weo subject code; indic il; indic de; indic sb; indic em; indic na; indic is; indic ur; indic bt; \
         indic hb; na item; nama item",
    ),
    (
        ColumnRole::IndicatorName,
        "indicator; indicator name; indicatorname; series name; series; seriesdescription; series \
         description; variable; variable name; variables; measure; measure name; item; element; subject; \
         metric; indicators; indicateur; indicador; indikator; merkmal; question; commitment; statistic; subject descriptor; item name; element name; indicator short name; indicator label; measure label; variable label",
    ),
    (
        ColumnRole::Value,
        "value; val; obs value; values; numericvalue; numeric value; observation value; obsvalue; observation; \
         wert; valeur; valor; display value; figure; data value; datavalue; score value; factvaluenumeric; fact value numeric; value numeric; valuenumeric",
    ),
    (
        ColumnRole::Status,
        "obs status; observation status; status; flag; flags; flag codes; flag code; obs flag; conf status; \
         obs status code; symbol; nature; observation status label; obs status label; qualifier; obs status name; observation status name",
    ),
    (
        ColumnRole::Note,
        "note; notes; comment; comments; remark; remarks; footnote; footnotes; value footnotes; obs comment; \
         comment obs; bemerkung; description of value; explanation; time detail; magnitude; obs note; country series specific notes",
    ),
    (
        ColumnRole::Source,
        "source; sources; source url; reference; references; url; link; citation; data source; source name",
    ),
    (
        ColumnRole::Unit,
        "unit; units; unit measure; unit of measure; unit of measurement; unit name; einheit; unite; units of \
         measurement; scale; unit mult; unit multiplier; powercode; power code; units and scale; unit text",
    ),
    (
        ColumnRole::Dimension,
        "sex; gender; age; age group; agegroup; residence area; residence; urban rural; disaggregation; \
         subgroup; dimension; category; quintile; wealth quintile; education level; type; dim1; dim2; dim3; \
         freq; frequency; sector; product; partner; counterpart area; counterpart; scenario; nature of injury; domain; variant; kind of; classif1; classif2; classif1 label; classif2 label; coverage; ownership; economic activity; occupation; employment status; nationality; age band; breakdown; characteristic; population group; ethnicity; disability status; migration status; location type; school type",
    ),
    (
        ColumnRole::Group,
        "region; region name; regions; sub region; subregion; subregion name; continent; income group; \
         incomegroup; income level; income; world bank region; un region; who region; parentlocation; parent \
         location; world region; six region; regionname; sdg region; unicef region; group",
    ),
    (
        ColumnRole::Ignored,
        "latitude; longitude; lat; lon; long; lng; dataflow; structure; structure id; structure name; action; last update; decimals; rank change; geometry; \
         estimates start after; domain code",
    ),
];

/// Whether a heading says that the places in a column are those of the other side, such as that of a trade.
pub(super) fn is_of_partners(heading: &str) -> bool {
    matches!(&*plain(heading), "partner" | "counterpart" | "counterpart area")
}

/// A heading in small letters, with a space for every run of other signs.
pub(super) fn plain(heading: &str) -> String {
    let folded = fold(heading);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The roles that a heading names, each with how good a name it is: 0 is the best.
pub(super) fn roles(heading: &str) -> Vec<(ColumnRole, usize)> {
    // `REF_AREA:Reference Area`, `geo\TIME_PERIOD`; in `Year: Seats held by women` words say what the year is of.
    let (first, rest) = heading.split_once(['\\', ':']).unwrap_or((heading, ""));
    let is_code = |c: char| !c.is_lowercase();
    if rest.starts_with(' ') && !first.chars().all(is_code) {
        return vec![];
    }
    let heading = plain(first);
    ROLES.get(&*heading).or_else(|| JOINED.get(&*heading.replace(' ', ""))).cloned().unwrap_or_default()
}

/// The same for headings that are written in one word: `countryterritoryCode`.
static JOINED: LazyLock<HashMap<String, Vec<(ColumnRole, usize)>>> = LazyLock::new(|| {
    let of_several = ROLES.iter().filter(|(words, _)| words.contains(' '));
    of_several.map(|(words, roles)| (words.replace(' ', ""), roles.clone())).collect()
});

/// The roles of each word, with its place among those of the role.
static ROLES: LazyLock<HashMap<&'static str, Vec<(ColumnRole, usize)>>> = LazyLock::new(|| {
    let mut roles: HashMap<&'static str, Vec<(ColumnRole, usize)>> = HashMap::new();
    for (role, words) in WORDS {
        for (rank, word) in words.split("; ").enumerate() {
            let own = roles.entry(word).or_default();
            if !own.iter().any(|(known, _)| *known == role) {
                own.push((role, rank));
            }
        }
    }
    roles
});

/// How good a name of this role a heading is; `None` if it is none.
pub(super) fn rank(heading: &str, role: ColumnRole) -> Option<usize> {
    roles(heading).into_iter().find(|(known, _)| *known == role).map(|(_, rank)| rank)
}

/// Whether a heading says that its column has the power of ten that values are given in.
pub(super) fn is_multiplier(heading: &str) -> bool {
    let heading = heading.split(':').next().unwrap_or_default();
    matches!(
        &*plain(heading),
        "unit mult" | "unit multiplier" | "powercode" | "power code" | "scale" | "powercode code"
    )
}

const YEARS: std::ops::RangeInclusive<u32> = 1500..=2150;

/// Whether it is a year and nothing else.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4
        && text.bytes().all(|b| b.is_ascii_digit())
        && text.parse().is_ok_and(|year| YEARS.contains(&year))
}

/// The label of an edition that a text is: `2010`, `2018/19`, `2010 [YR2010]`, `YR1990`, `X1960`, `2019Q2`, `Jan 2020`,
/// and a date that can be no other one.
pub(super) fn edition_label(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.split_once('[').map_or(text, |(label, _)| label.trim_end());
    let text = text.strip_suffix(".0").unwrap_or(text);
    // `2020*`: with the mark of a footnote.
    let text = without_footnote(text);
    let bare = ["YR", "Yr", "yr", "Y", "y", "X", "x"]
        .iter()
        .find_map(|sign| text.strip_prefix(sign))
        .filter(|year| is_year(year));
    let text = bare.unwrap_or(text);
    let begins = text.get(..4).is_some_and(is_year) || text.starts_with("FY") || text.starts_with('Q');
    let ends = text.len() >= 4 && text.get(text.len() - 4..).is_some_and(is_year);
    // A time of day says nothing of an edition.
    let text = text.split_once('T').filter(|(day, _)| day.len() == 10).map_or(text, |(day, _)| day);
    let is_label =
        (begins || ends) && text.len() <= 20 && Period::parse(text, EditionLabels::default()).is_some();
    if is_label { Some(text.to_owned()) } else { date_label(text, None) }
}

/// The label of the edition in the name of a survey: `2022 DHS`, `2019 Continuous DHS`, `MICS 2017-18`.
pub(super) fn survey_label(text: &str) -> Option<String> {
    let is_acronym =
        |word: &str| (3..=6).contains(&word.len()) && word.bytes().take(3).all(|b| b.is_ascii_uppercase());
    let text = text.trim();
    let (year, name) = match text.split_once(' ')? {
        (year, name) if year.get(..4).is_some_and(is_year) => (year, name),
        _ => text.rsplit_once(' ').map(|(name, year)| (year, name))?,
    };
    let has_year = year.get(..4).is_some_and(is_year);
    (has_year && name.split(' ').any(is_acronym)).then(|| edition_label(year)).flatten()
}

/// The stem and the year of a heading that has both: `HDI (1990)`, `hdi_1990`, `1990 HDI`; in `family_planning_1549` stand
/// ages.
pub(super) fn stem_and_edition(heading: &str) -> Option<(String, String)> {
    let heading = heading.trim();
    // `Literacy 2010 (%)`: a unit behind.
    let unit = heading.strip_suffix([')', ']']).and_then(|inner| inner.rfind(['(', '[']));
    if let Some(at) =
        unit.filter(|at| edition_label(heading[*at..].trim_matches(['(', ')', '[', ']'])).is_none())
        && let Some((stem, year)) = stem_and_edition(&heading[..at])
    {
        return Some((format!("{stem} {}", &heading[at..]), year));
    }
    // `GDP 2015, US$`.
    if let Some((stem, unit)) = heading.split_once(", ")
        && let Some((stem, year)) = stem_and_edition(stem)
    {
        return Some((format!("{stem}, {unit}"), year));
    }
    let is_recent = |text: &str| is_year(text) && *text >= *"1750";
    let is_between = |c: char| matches!(c, ' ' | '_' | '-' | ',' | ':' | '.' | '–');
    let tail = |text: &str| {
        Some((text.get(..text.len().checked_sub(4)?)?.to_owned(), text.get(text.len() - 4..)?.to_owned()))
    };
    let bracketed = heading.strip_suffix([')', ']']).and_then(|inner| inner.rsplit_once(['(', '[']));
    if let Some((stem, label)) = bracketed
        && let Some(label) = edition_label(label)
    {
        return Some((stem.trim_end_matches(is_between).to_owned(), label))
            .filter(|(stem, _)| !stem.is_empty() && !is_dated_by_name(stem));
    }
    let (stem, year) =
        tail(heading).filter(|(stem, year)| is_recent(year) && stem.ends_with(is_between)).or_else(|| {
            let (year, stem) = (heading.get(..4)?, heading.get(4..)?);
            (is_recent(year) && stem.starts_with(is_between)).then(|| (stem.to_owned(), year.to_owned()))
        })?;
    let stem = stem.trim_matches(is_between).to_owned();
    if is_dated_by_name(&stem) {
        return None;
    }
    // An amount of money, or a goal for that year.
    let last = stem.rsplit(' ').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    if last.ends_with(['$', '€', '£', '¥'])
        || matches!(
            &*last,
            "usd"
                | "eur"
                | "below"
                | "above"
                | "over"
                | "under"
                | "than"
                | "agenda"
                | "vs"
                | "versus"
                | "from"
                | "since"
                | "against"
                | "until"
        )
    {
        return None;
    }
    (!stem.is_empty()).then_some((stem, year))
}

/// Whether a year beside these words is a part of a name: that of a treaty and the year it was concluded in.
pub(super) fn is_dated_by_name(stem: &str) -> bool {
    const WORDS: [&str; 12] = [
        "convention",
        "conventions",
        "protocol",
        "protocols",
        "treaty",
        "covenant",
        "agreement",
        "charter",
        "amendment",
        "statute",
        "accord",
        "traite",
    ];
    plain(stem).split(' ').any(|word| WORDS.contains(&word))
}

/// The only year that a text has, such as the name of a file; `None` if it has several or none.
pub(super) fn only_year(text: &str) -> Option<&str> {
    let mut years: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|word| is_year(word) && **word >= *"1900").collect();
    years.dedup();
    if let [only] = years[..] { Some(only) } else { None }
}

/// The first of some headings, in words.
pub(super) fn names(all: &[&str]) -> String {
    const MOST_NAMED: usize = 8;
    let mut named: Vec<String> =
        all.iter().take(MOST_NAMED).map(|name| excerpt(name, 40).into_string()).collect();
    if all.len() > MOST_NAMED {
        named.push(format!("and {} more", all.len() - MOST_NAMED));
    }
    named.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_names_a_role_only_as_a_whole() {
        assert_eq!(rank(" Country_Code ", ColumnRole::CountryCode), Some(11));
        assert_eq!(rank("geo\\TIME_PERIOD", ColumnRole::CountryCode), Some(18));
        assert_eq!(rank("REF_AREA:Reference Area", ColumnRole::CountryCode), Some(17));
        assert_eq!(rank("REF_AREA: Reference area", ColumnRole::CountryCode), Some(17));
        assert_eq!(rank("Year: Seats held by women", ColumnRole::Edition), None);
        assert_eq!(rank("Corporate governance", ColumnRole::CountryName), None);
        assert_eq!(rank("Année", ColumnRole::Edition), Some(18));
        assert!(roles("Value of exports").is_empty());
    }

    #[test]
    fn labels_and_years_are_found_in_headings() {
        for (text, want) in [
            ("2010 [YR2010]", Some("2010")),
            ("YR1990", Some("1990")),
            ("X1960", Some("1960")),
            ("2018/19", Some("2018/19")),
            ("FY2019", Some("FY2019")),
            ("2019Q2", Some("2019Q2")),
            ("2010-07-01T00:00:00", Some("2010-07-01")),
            ("1990.0", Some("1990")),
            ("2020*", Some("2020")),
            ("2020¹", Some("2020")),
            ("9999", None),
            ("12", None),
            ("Y", None),
        ] {
            assert_eq!(edition_label(text).as_deref(), want, "{text}");
        }
        for (text, want) in [
            ("2022 DHS", Some("2022")),
            ("MICS 2017-18", Some("2017-18")),
            ("2019 Continuous DHS", Some("2019")),
            ("2022 men", None),
            ("DHS", None),
        ] {
            assert_eq!(survey_label(text).as_deref(), want, "{text}");
        }
        for (text, want) in [
            ("Gender Inequality Index (1990)", Some(("Gender Inequality Index", "1990"))),
            ("hdi_1990", Some(("hdi", "1990"))),
            ("2019 GDP", Some(("GDP", "2019"))),
            ("Trust [2018-2019]", Some(("Trust", "2018-2019"))),
            ("GDP 2015, US$", Some(("GDP, US$", "2015"))),
            ("Literacy 2010 (%)", Some(("Literacy (%)", "2010"))),
            ("Below US$ 2150 (%)", None),
            ("1951 Convention relating to the Status of Refugees", None),
            ("Minimum Age Convention, 1973 (No. 138)", None),
            ("Kyoto Protocol (1997)", None),
            ("Change in score vs. 2022", None),
            ("Change since 2015", None),
            ("Population", None),
            ("family_planning_1549", None),
            ("ISO3166", None),
            ("1990", None),
        ] {
            let found = stem_and_edition(text);
            assert_eq!(found.as_ref().map(|(stem, label)| (&**stem, &**label)), want, "{text}");
        }
        assert_eq!(only_year("fiw_2024.csv"), Some("2024"));
        assert_eq!(only_year("1990-2024"), None);
    }
}
