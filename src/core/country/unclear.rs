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
    /// Headings of columns that hold codes of this list and of no other.
    pub headings: &'static [&'static str],
    /// Every code of today's states that is not the alpha-3 code, with that; empty where they are understood anyway.
    pub codes: &'static str,
}

impl CodeList {
    /// The list whose codes stand under a heading in small letters.
    pub fn of_heading(heading: &str) -> Option<&'static Self> {
        CODE_LISTS.iter().find(|list| list.headings.contains(&heading))
    }

    /// The alpha-3 code of what a code of the list means, if that is another one.
    pub fn meant(&self, code: &str) -> Option<&'static str> {
        let mut pairs = self.codes.split_whitespace().filter_map(|pair| pair.split_once('='));
        pairs.find(|(own, _)| *own == code).map(|(_, meant)| meant)
    }
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
        headings: &[],
        codes: "",
    },
    CodeList {
        name: "Correlates of War",
        own: &["AUL", "DRV", "FRN", "GMY", "NEW", "NTH", "ROK", "SPN", "SWD", "TAW", "UKG"],
        differing: &[("AUS", "AUT"), ("MNG", "MNE"), ("SLV", "SVN"), ("SLO", "SVK")],
        // Also of Polity, which writes states as the project does.
        headings: &["stateabb", "state abb", "cowc", "cabb", "scode"],
        codes: "AAB=ATG ALG=DZA ANG=AGO AUL=AUS AUS=AUT BAH=BHR BAR=BRB BFO=BFA BHM=BHS BHU=BTN BNG=BGD BOS=BIH BOT=BWA \
                BRU=BRN BUI=BDI BUL=BGR CAM=KHM CAO=CMR CAP=CPV CDI=CIV CEN=CAF CHA=TCD CON=COG COS=CRI CRO=HRV CZR=CZE DEN=DNK \
                DRC=COD DRV=VNM EQG=GNQ ETM=TLS FRN=FRA GAM=GMB GFR=DEU GMY=DEU GRE=GRC GRG=GEO GRN=GRD GUA=GTM \
                GUI=GIN HAI=HTI HON=HND ICE=ISL INS=IDN IRE=IRL KOS=XKX KUW=KWT KYR=KGZ KZK=KAZ LAT=LVA LEB=LBN LES=LSO \
                LIB=LBY LIT=LTU MAA=MRT MAC=MKD MAD=MDV MAG=MDG MAL=MYS MAS=MUS MAW=MWI MLD=MDA MNC=MCO MNG=MNE MON=MNG \
                MOR=MAR MSI=MHL MYA=MMR MZM=MOZ NAU=NRU NEP=NPL NEW=NZL NIG=NGA NIR=NER NTH=NLD OMA=OMN PAL=PLW PAR=PRY \
                PHI=PHL POR=PRT ROK=KOR ROM=ROU SAF=ZAF SAL=SLV SEY=SYC SIE=SLE SIN=SGP SLO=SVK SLU=LCA SLV=SVN SNM=SMR \
                SOL=SLB SPN=ESP SRI=LKA SUD=SDN SVG=VCT SWA=SWZ SWD=SWE SWZ=CHE TAJ=TJK TAW=TWN TAZ=TZA THI=THA \
                TOG=TGO TRI=TTO UAE=ARE UKG=GBR URU=URY VAN=VUT ZAM=ZMB ZIM=ZWE",
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
