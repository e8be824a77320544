//! Groups of countries: the framework's own, the OSCE, and the UN M49 regions that the data touches.

use super::{
    country,
    dataset::{CountryId, Dataset},
    framework::Group,
};
use crate::text::{Raw, fold};

/// The id of the group of all countries.
pub const EVERYONE: &str = "all";

/// Every group with at least two members in the data: the framework's first, then OSCE, regions and subregions.
pub fn all(data: &Dataset) -> Vec<Group> {
    let mut groups: Vec<Group> = data.framework.groups.clone();
    groups.insert(0, everyone(data));
    let rows: Vec<&'static country::Known> =
        data.countries().iter().filter_map(|country| country::known(country.code.raw())).collect();
    let mut add = |id: String, title: &'static str, is_member: &dyn Fn(&country::Known) -> bool| {
        let members: Vec<Box<str>> =
            rows.iter().filter(|row| is_member(row)).map(|row| row.iso3.into()).collect();
        if members.len() > 1 && !groups.iter().any(|group| *group.id == *id) {
            groups.push(Group { id: id.into(), title: Raw::from_static(title), members });
        }
    };
    add("osce".to_owned(), "OSCE", &|row| row.osce_since.is_some());
    let mut regions: Vec<(&'static str, &'static str)> =
        rows.iter().map(|row| (row.region, row.subregion)).collect();
    regions.sort_unstable();
    regions.dedup();
    for (region, subregion) in regions {
        if !region.is_empty() {
            add(slug(region), region, &|row| row.region == region);
            add(slug(subregion), subregion, &|row| row.subregion == subregion);
        }
    }
    groups
}

/// All countries of the data set.
pub fn everyone(data: &Dataset) -> Group {
    let members = data.countries().iter().map(|country| country.code.raw().into()).collect();
    Group { id: EVERYONE.into(), title: Raw::from_static("All countries"), members }
}

/// The members that the data knows, in name order.
pub fn members(data: &Dataset, group: &Group) -> Vec<CountryId> {
    let mut members: Vec<CountryId> =
        group.members.iter().filter_map(|code| data.find_member(code)).collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// A group by id, or by the codes themselves: `IRL,SWE,DNK`.
pub fn find(data: &Dataset, id: &str) -> Option<Group> {
    if let Some(group) = all(data).into_iter().find(|group| group.id.eq_ignore_ascii_case(id)) {
        return Some(group);
    }
    let codes: Option<Vec<Box<str>>> = id
        .split(',')
        .map(|code| data.resolve_country(code.trim()).map(|country| data.country(country).code.raw().into()))
        .collect();
    let members = codes.filter(|codes| codes.len() > 1)?;
    Some(Group { id: id.into(), title: Raw::new(members.join(", ")), members })
}

fn slug(title: &str) -> String {
    fold(title).replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}
