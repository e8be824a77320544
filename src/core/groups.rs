//! Groups of countries: those of the framework, those of the embedded table, and typed lists of codes.
//!
//! Membership in the OSCE, the European Union or the Council of Europe depends on the date. So members are asked for
//! an edition, and are those of the edition's last day.

use std::{collections::BTreeSet, sync::LazyLock};

use super::{
    country::{self, CountryKind, Known, ResolvedCountry, Span, either},
    dataset::{CountryId, Dataset, EditionId},
    framework::{Group, GroupMember},
};
use crate::text::{Raw, Safe, did_you_mean, excerpt, fold, safe_line};

/// The id of the group of all countries.
pub const EVERYONE: &str = "all";

/// An organisation of the table: its id, its title, and the time that a country is a member.
type Organisation = (&'static str, &'static str, fn(&Known) -> Option<Span>);

const ORGANISATIONS: [Organisation; 3] = [
    ("osce", "OSCE", |row| row.osce),
    ("eu", "European Union", |row| row.eu),
    ("council-of-europe", "Council of Europe", |row| row.coe),
];

/// The groups to choose from: all countries, the framework's, and of the organisations, UN M49 regions and subregions
/// those with at least two countries in the data. Each lists all its members, with a card or without.
pub fn all(data: &Dataset) -> Vec<Group> {
    let mut groups = every(data);
    let own = 1 + data.framework.groups.len();
    let mut at = 0;
    groups.retain(|group| {
        at += 1;
        at <= own || here(data, group).take(2).count() > 1
    });
    groups
}

/// Like [`all`], with the groups that have no country in the data.
fn every(data: &Dataset) -> Vec<Group> {
    let mut groups = vec![everyone(data)];
    groups.extend(data.framework.groups.iter().cloned());
    for group in BUILT_IN.iter() {
        if !groups.iter().any(|known| known.id == group.id) {
            groups.push(group.clone());
        }
    }
    groups
}

/// The groups of the table: organisations, regions and subregions. They never change.
static BUILT_IN: LazyLock<Vec<Group>> = LazyLock::new(|| {
    let mut groups: Vec<Group> = vec![];
    let mut add = |id: String, title: &'static str, during: &dyn Fn(&Known) -> Option<Span>| {
        let member = |row: &Known| during(row).map(|during| GroupMember { code: row.iso3.into(), during });
        let members: Vec<GroupMember> = country::TABLE.iter().filter_map(member).collect();
        if !groups.iter().any(|group| *group.id == *id) {
            groups.push(Group {
                id: id.into(),
                title: Raw::from_static(title),
                members,
                not_understood: vec![],
                given_also_in: None,
            });
        }
    };
    for (id, title, during) in ORGANISATIONS {
        add(id.to_owned(), title, &during);
    }
    let mut regions: Vec<(&'static str, &'static str)> =
        country::TABLE.iter().map(|row| (row.region, row.subregion)).collect();
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
});

/// All countries of the data set. Aggregates are no countries.
pub fn everyone(data: &Dataset) -> Group {
    let counted = data.countries().iter().filter(|country| country.kind != CountryKind::Aggregate);
    let members = counted.map(|country| GroupMember::always(country.code.raw())).collect();
    let title = Raw::from_static("All countries");
    Group { id: EVERYONE.into(), title, members, not_understood: vec![], given_also_in: None }
}

/// The members in an edition that are in the data, in name order. Former countries are members in their years.
pub fn members(data: &Dataset, group: &Group, edition: EditionId) -> Vec<CountryId> {
    let when = data.edition(edition).period.last;
    let then = group.members.iter().filter(|member| member.during.holds(when));
    let here = then.filter_map(|member| data.find_member(&member.code));
    let mut members: Vec<CountryId> = here.filter(|id| data.is_counted(*id, edition)).collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// The members in any edition that are in the data.
fn here<'a>(data: &'a Dataset, group: &'a Group) -> impl Iterator<Item = CountryId> + 'a {
    group.members.iter().filter_map(|member| data.find_member(&member.code))
}

/// How many members a group has in an edition (`whole`), and how many of them are in the data (`here`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Membership {
    pub here: usize,
    pub whole: usize,
    /// Members that name no country, or an aggregate, as written; they are counted in `whole`.
    pub not_understood: Vec<Box<str>>,
}

impl Membership {
    pub fn of(data: &Dataset, group: &Group, edition: EditionId) -> Self {
        let when = data.edition(edition).period.last;
        let then = group.members.iter().filter(|member| member.during.holds(when));
        let absent: BTreeSet<&str> =
            then.map(|member| &*member.code).filter(|code| data.find_member(code).is_none()).collect();
        let here = members(data, group, edition).len();
        let not_understood = group.not_understood.clone();
        Self { here, whole: here + absent.len() + not_understood.len(), not_understood }
    }

    /// `13 of its 57 members are in this data, 1 is not understood: EL`; `None` if all are.
    pub fn words(&self) -> Option<String> {
        let Self { here, whole, not_understood } = self;
        let be = |count: usize| if count == 1 { "is" } else { "are" };
        let is_aggregate = |text: &&str| matches!(country::resolve(text), ResolvedCountry::Aggregate(_));
        let names = not_understood.iter().map(AsRef::as_ref);
        let (aggregates, strangers): (Vec<&str>, Vec<&str>) = names.partition(is_aggregate);
        let told = |names: &[&str], what: &str| match names {
            [] => String::new(),
            names => {
                format!(", {} {} {what}: {}", names.len(), be(names.len()), excerpt(&names.join(", "), 60))
            }
        };
        let aggregate = if aggregates.len() == 1 { "an aggregate" } else { "aggregates" };
        let more = told(&aggregates, aggregate) + &told(&strangers, "not understood");
        let are = be(*here);
        (here < whole).then(|| format!("{here} of its {whole} members {are} in this data{more}"))
    }
}

/// The one of these groups with this id, else with this title, ignoring case.
///
/// Errors: the title is that of several; which these are.
fn named<'a>(groups: &'a [Group], text: &str) -> Result<Option<&'a Group>, Safe> {
    let wanted = fold(text.trim());
    let same_id = groups.iter().find(|group| *group.id == *text.trim());
    let by_id = same_id.or_else(|| groups.iter().find(|group| fold(&group.id) == wanted));
    if by_id.is_some() {
        return Ok(by_id);
    }
    let titled: Vec<&Group> = groups.iter().filter(|group| fold(group.title.raw()) == wanted).collect();
    if titled.len() > 1 {
        let name =
            |group: &&Group| format!("{} ({})", excerpt(&group.id, 40), excerpt(group.title.raw(), 60));
        let all: Vec<String> = titled.iter().map(name).collect();
        let words = format!("several groups are called {}: {}", excerpt(text.trim(), 60), all.join(", "));
        return Err(safe_line(&format!("{words}; name one by its id")));
    }
    Ok(titled.first().copied())
}

/// A group by its id or title, ignoring case, or made of codes and names: `IRL,SWE,DNK`. The framework's groups come
/// before those of the table.
///
/// Errors: which part is no group and no country, and what could be asked for; or which groups have this title.
pub fn asked(data: &Dataset, text: &str) -> Result<Group, Safe> {
    let groups = every(data);
    // All countries, then the framework's.
    let (everyone, others) = groups.split_at(1);
    let (own, built_in) = others.split_at(data.framework.groups.len());
    let mut found = None;
    for tier in [everyone, own, built_in] {
        found = if found.is_none() { named(tier, text)? } else { found };
    }
    if let Some(group) = found {
        return match here(data, group).next() {
            None if !group.members.is_empty() => {
                let (id, title) = (excerpt(&group.id, 40), excerpt(group.title.raw(), 60));
                let many = group.members.len();
                Err(safe_line(&format!("{id} ({title}): none of its {many} members is in this data")))
            }
            _ => Ok(group.clone()),
        };
    }
    let parts: Vec<&str> = match data.resolve_country(text.trim()) {
        Some(_) => vec![text.trim()],
        None => text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect(),
    };
    let mut codes: Vec<&str> = vec![];
    let mut wrong: Vec<String> = vec![];
    for part in &parts {
        match data.resolve_country(part) {
            Some(country) if data.country(country).kind == CountryKind::Aggregate => {
                let name = data.country(country).name.raw();
                wrong.push(format!(
                    "{} is an aggregate, which is in no group: compare with it",
                    excerpt(name, 40)
                ));
            }
            Some(country) => {
                let code = data.country(country).code.raw();
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
            None => wrong.push(why_not(data, part, &groups, parts.len())),
        }
    }
    wrong.dedup();
    if !wrong.is_empty() || codes.is_empty() {
        let known: Vec<String> = all(data).iter().map(|group| group.id.to_string()).collect();
        let example: Vec<&str> = data.countries().iter().take(3).map(|country| country.code.raw()).collect();
        let wrong = if wrong.is_empty() { "no group was named".to_owned() } else { wrong.join("; ") };
        let words = format!("{wrong} (there is {}, or codes: {})", known.join(", "), example.join(","));
        return Err(safe_line(&words));
    }
    let members = codes.iter().map(|code| GroupMember::always(code)).collect();
    Ok(Group {
        id: codes.join(",").into(),
        title: Raw::new(codes.join(", ")),
        members,
        not_understood: vec![],
        given_also_in: None,
    })
}

/// A group that was chosen before, by its id; else like [`asked`], without the reason of a failure.
pub fn find(data: &Dataset, id: &str) -> Option<Group> {
    let same = every(data).into_iter().find(|group| *group.id == *id && here(data, group).next().is_some());
    same.or_else(|| asked(data, id).ok())
}

/// What is wrong with `part`, one of `of` names in a list.
fn why_not(data: &Dataset, part: &str, groups: &[Group], of: usize) -> String {
    let is_group = groups.iter().any(|group| group.id.eq_ignore_ascii_case(part));
    match country::resolve(part) {
        _ if is_group => format!("{} is a group and stands alone", excerpt(part, 40)),
        ResolvedCountry::Known(known) if known.name.eq_ignore_ascii_case(part) => {
            format!("{} has no card in these data", known.name)
        }
        ResolvedCountry::Known(known) => {
            format!("{} ({}) has no card in these data", excerpt(part, 40), known.name)
        }
        ResolvedCountry::Former(former) => {
            format!("{} ({}) has no card in these data", excerpt(part, 40), former.name)
        }
        ResolvedCountry::Aggregate(aggregate) => {
            format!("{} ({}) is an aggregate, which is in no group", excerpt(part, 40), aggregate.name)
        }
        ResolvedCountry::Ambiguous(places) => {
            format!("{} is the name of several: ask for {}", excerpt(part, 40), either(&places))
        }
        ResolvedCountry::UserAssigned => format!("{} is no country code in these data", excerpt(part, 40)),
        ResolvedCountry::Unknown => {
            let countries = data.countries().iter().map(|country| country.name.raw());
            // A list is of countries alone.
            let names = groups.iter().filter(|_| of == 1).flat_map(|group| [&*group.id, group.title.raw()]);
            let meant = did_you_mean(part, names.chain(countries));
            let part = excerpt(part, 40);
            if of > 1 {
                format!("{part} is no country code or name{meant}")
            } else {
                format!("no group {part}{meant}")
            }
        }
    }
}

/// Whether a framework may name this group before any card is read: a group of its own or of the table, or countries.
///
/// Errors: which groups have this title.
pub fn is_known(own: &[Group], text: &str) -> Result<bool, Safe> {
    use ResolvedCountry::{Aggregate, Ambiguous, Unknown};
    let mut parts = text.split(',').map(str::trim).filter(|part| !part.is_empty()).peekable();
    let is_country = |part: &str| !matches!(country::resolve(part), Unknown | Ambiguous(_) | Aggregate(_));
    Ok(text == EVERYONE
        || named(own, text)?.is_some()
        || named(&BUILT_IN, text)?.is_some()
        || parts.peek().is_some() && parts.all(is_country))
}

/// The ids of the groups of the table, for "did you mean".
pub fn built_in_ids() -> Vec<Box<str>> {
    BUILT_IN.iter().map(|group| group.id.clone()).collect()
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

    #[test]
    fn a_group_is_found_by_its_title_and_whatever_is_wrong_with_a_list_is_named() {
        let data = from_texts("d", &[("c.json", CARDS)]);
        assert_eq!(&*asked(&data, " northern EUROPE").unwrap().id, "northern-europe");
        let listed = asked(&data, "irl, GBR,irl,,").unwrap();
        assert_eq!((&*listed.id, listed.title.raw(), listed.members.len()), ("IRL,GBR", "IRL, GBR", 2));
        let refused = |text: &str| asked(&data, text).unwrap_err().to_string();
        let told = refused("IRL,ZZQ,bra,osce,11");
        for wanted in [
            "ZZQ is no country code in these data",
            "bra (Brazil) has no card in these data",
            "osce is a group and stands alone",
            "11 is no country code or name",
            "codes: HRV,IRL,GBR",
        ] {
            assert!(told.contains(wanted), "{wanted} in {told}");
        }
        assert!(refused("nowhere").starts_with("no group nowhere (there is all"), "{}", refused("nowhere"));
        assert!(refused("asia").contains("none of its 51 members is in this data"), "{}", refused("asia"));
        assert!(refused(",").starts_with("no group was named"));
    }

    #[test]
    fn groups_of_the_framework_come_first_and_a_title_of_several_is_refused() {
        let framework = r#"{"id":"f","scales":{"w":{"kind":"text"}},"goals":[{"id":"g","indicators":[{"id":"a","scale":"w"}]}],
            "groups":[{"id":"ours","title":"OSCE","members":["IRL"]},{"id":"one","title":"Pair","members":["IRL","GBR"]},
            {"id":"two","title":"pair","members":["HRV","IRL"]}]}"#;
        let data = from_texts("d", &[("f.json", framework), ("c.json", CARDS)]);
        for (text, id) in [("osce", "ours"), ("OSCE", "ours"), ("TWO", "two"), ("eu", "eu"), ("all", "all")] {
            assert_eq!(&*asked(&data, text).unwrap().id, id, "{text}");
        }
        let told = asked(&data, "Pair").unwrap_err().to_string();
        assert_eq!(told, "several groups are called Pair: one (Pair), two (pair); name one by its id");
        // What was chosen from a list is found again.
        assert!(find(&data, "osce").unwrap().members.len() > 50);
        let own = &data.framework.groups;
        assert!(
            is_known(own, "pair").is_err() && is_known(own, "OSCE").unwrap() && !is_known(own, "x1").unwrap()
        );
    }

    #[test]
    fn a_group_knows_its_whole_membership_in_an_edition() {
        let data = from_texts("d", &[("c.json", CARDS)]);
        let of = |id: &str, label: &str| {
            let membership =
                Membership::of(&data, &find(&data, id).unwrap(), data.find_edition(label).unwrap());
            (membership.here, membership.whole)
        };
        assert_eq!((of("osce", "2012"), of("eu", "2012"), of("eu", "2022")), ((3, 57), (2, 27), (2, 27)));
        assert_eq!((of("all", "2012"), of("IRL,HRV", "2012")), ((3, 3), (2, 2)));
        let words = |here, whole| Membership { here, whole, not_understood: vec![] }.words();
        assert_eq!(words(13, 57).unwrap(), "13 of its 57 members are in this data");
        assert_eq!(words(3, 3), None);
    }
}
