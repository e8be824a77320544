//! Texts that mean one thing here and another elsewhere: codes of lists beside ISO 3166-1, and parts of a country.

use super::{
    name_key::name_key,
    tables::{Known, known},
};

/// A list of country codes of three letters beside ISO 3166-1 alpha-3.
#[derive(Clone, Copy, Debug)]
pub struct CodeList {
    pub name: &'static str,
    /// Codes that only this list has, each enough to tell it.
    pub own: &'static [&'static str],
    /// Codes that mean something else in ISO 3166 or to the World Bank, with the alpha-3 code of what the list means.
    pub differing: &'static [(&'static str, &'static str)],
}

/// The lists that countries are often written by. Sources: the International Olympic Committee, the Correlates of War
/// project (State System Membership v2016).
pub static CODE_LISTS: [CodeList; 2] = [
    CodeList {
        name: "IOC or FIFA",
        own: &[
            "ALG", "BUL", "CRO", "DEN", "GER", "GRE", "INA", "IRI", "KSA", "LAT", "NED", "NGR", "PHI", "POR",
            "RSA", "SUI", "TPE", "UAE", "VIE",
        ],
        differing: &[("ANT", "ATG"), ("BRN", "BHR"), ("BUR", "BFA"), ("CHI", "CHL")],
    },
    CodeList {
        name: "Correlates of War",
        own: &["AUL", "DRV", "FRN", "GMY", "NEW", "NTH", "ROK", "SPN", "SWD", "TAW", "UKG"],
        differing: &[("AUS", "AUT"), ("MNG", "MNE"), ("SLV", "SVN"), ("SLO", "SVK")],
    },
];

/// Parts of a country that are called like one and have no code of ISO 3166-1.
const PARTS: [(&str, &str); 7] = [
    ("England", "GBR"),
    ("Northern Ireland", "GBR"),
    ("Scotland", "GBR"),
    ("Wales", "GBR"),
    ("Gaza", "PSE"),
    ("Gaza Strip", "PSE"),
    ("West Bank", "PSE"),
];

/// The country that a place is a part of.
pub fn part_of(text: &str) -> Option<&'static Known> {
    let key = name_key(text);
    let (_, whole) = PARTS.iter().find(|(part, _)| name_key(part) == key)?;
    known(whole)
}
