//! Groups of countries: the framework's own, those of the embedded table, and codes as they are typed.
//!
//! Who is in the OSCE, the European Union or the Council of Europe depends on the date: a group is asked for its members
//! in an edition, and answers with those of the edition's last day.

use super::{
    country::{self, Known, Span},
    dataset::{CountryId, Dataset, EditionId},
    framework::{Group, Member},
};
use crate::text::{Raw, fold};

/// The id of the group of all countries.
pub const EVERYONE: &str = "all";

/// A group of the table: its id, its title, and when a country is in it.
type Membership = (&'static str, &'static str, fn(&Known) -> Option<Span>);

const ORGANISATIONS: [Membership; 3] = [
    ("osce", "OSCE", |row| row.osce),
    ("eu", "European Union", |row| row.eu),
    ("council-of-europe", "Council of Europe", |row| row.coe),
];

/// Every group with at least two members in the data: all countries, the framework's, organisations, UN M49 regions and
/// subregions.
pub fn all(data: &Dataset) -> Vec<Group> {
    let mut groups = vec![everyone(data)];
    groups.extend(data.framework.groups.iter().cloned());
    let rows: Vec<&'static Known> =
        data.countries().iter().filter_map(|country| country::known(country.code.raw())).collect();
    let mut add = |id: String, title: &'static str, during: &dyn Fn(&Known) -> Option<Span>| {
        let member = |row: &&Known| during(row).map(|during| Member { code: row.iso3.into(), during });
        let members: Vec<Member> = rows.iter().filter_map(member).collect();
        if members.len() > 1 && !groups.iter().any(|group| *group.id == *id) {
            groups.push(Group { id: id.into(), title: Raw::from_static(title), members });
        }
    };
    for (id, title, during) in ORGANISATIONS {
        add(id.to_owned(), title, &during);
    }
    let mut regions: Vec<(&'static str, &'static str)> =
        rows.iter().map(|row| (row.region, row.subregion)).collect();
    regions.sort_unstable();
    regions.dedup();
    let always = |is_in: bool| is_in.then(Span::default);
    for (region, subregion) in regions {
        if !region.is_empty() {
            add(slug(region), region, &|row| always(row.region == region));
            add(slug(subregion), subregion, &|row| always(row.subregion == subregion));
        }
    }
    groups
}

/// All countries of the data set.
pub fn everyone(data: &Dataset) -> Group {
    let members = data.countries().iter().map(|country| Member::always(country.code.raw())).collect();
    Group { id: EVERYONE.into(), title: Raw::from_static("All countries"), members }
}

/// The members in an edition that the data knows, in name order.
pub fn members(data: &Dataset, group: &Group, edition: EditionId) -> Vec<CountryId> {
    let when = data.edition(edition).date;
    let then = group.members.iter().filter(|member| member.during.holds(when));
    let mut members: Vec<CountryId> = then.filter_map(|member| data.find_member(&member.code)).collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// A group by id, or by the codes themselves: `IRL,SWE,DNK`.
pub fn find(data: &Dataset, id: &str) -> Option<Group> {
    if let Some(group) = all(data).into_iter().find(|group| group.id.eq_ignore_ascii_case(id)) {
        return Some(group);
    }
    let codes: Option<Vec<&str>> = id
        .split(',')
        .map(|code| data.resolve_country(code.trim()).map(|country| data.country(country).code.raw()))
        .collect();
    let codes = codes?;
    let members = codes.iter().map(|code| Member::always(code)).collect();
    Some(Group { id: codes.join(",").into(), title: Raw::new(codes.join(", ")), members })
}

fn slug(title: &str) -> String {
    fold(title).replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::read::from_texts;

    const CARDS: &str = r#"[{"country":"HRV","edition":"2012","assessments":{"a":"x"}},{"country":"HRV","edition":"2014","assessments":{"a":"x"}},
        {"country":"GBR","edition":"2022","assessments":{"a":"x"}},{"country":"IRL","edition":"2012","assessments":{"a":"x"}}]"#;

    #[test]
    fn who_is_in_the_union_depends_on_the_edition() {
        let data = from_texts("d", &[("c.json", CARDS)]);
        let eu = find(&data, "EU").unwrap();
        let codes = |label: &str| {
            let members = members(&data, &eu, data.find_edition(label).unwrap());
            members.iter().map(|id| data.country(*id).code.raw().to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(["2012", "2014", "2022"].map(codes), ["IRL GBR", "HRV IRL GBR", "HRV IRL"]);
    }

    #[test]
    fn codes_and_names_make_a_group_of_their_own() {
        let data = from_texts("d", &[("c.json", CARDS)]);
        let group = find(&data, "irl, United Kingdom").unwrap();
        assert_eq!((&*group.id, group.members.len()), ("IRL,GBR", 2));
        assert_eq!(find(&data, "irl").unwrap().members.len(), 1);
        assert!(find(&data, "irl,atlantis").is_none());
    }
}
