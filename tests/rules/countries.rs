//! Every spelling and code of the publishers means one place or says why not, and none means another place.

use visavis::core::{
    country::{self, CountryKind, ResolvedCountry, known},
    dataset::Dataset,
    groups,
    read::from_texts,
    report::{RankReport, Report as _},
    score::{RankedBy, Rules},
};

const SPELLINGS: &str = include_str!("../country/spellings.tsv");
const NOT: &str = include_str!("../country/not.tsv");

/// The rows of a table as fields.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

#[test]
fn every_spelling_of_the_publishers_means_one_place_or_none_with_a_reason() {
    let (mut count, mut wrong) = (0, vec![]);
    for row in rows(SPELLINGS) {
        let (text, place) = (row[0], row[1]);
        count += 1;
        let found = country::resolve(text).code();
        if found.unwrap_or("?") != place && !(place == "?" && found.is_none()) {
            wrong.push(format!("{text} is {found:?}, not {place}"));
        }
        assert!(place != "?" || row.get(3).is_some_and(|why| !why.is_empty()), "{text} has no reason");
    }
    assert!(wrong.is_empty(), "{} of {count}: {}", wrong.len(), wrong.join("\n"));
    assert!(count >= 1500, "{count}");
}

#[test]
fn no_name_means_another_place() {
    let (mut count, mut wrong) = (0, vec![]);
    for row in rows(NOT) {
        count += 1;
        if let Some(found) = country::resolve(row[0]).code()
            && row[1].split(';').any(|not| not == "*" || not == found)
        {
            wrong.push(format!("{} is {found}", row[0]));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}: {}", wrong.len(), wrong.join("\n"));
    assert!(count >= 100, "{count}");
}

/// A slip of the finger is understood where a name is meant; a code that shares letters with another is not.
#[test]
fn a_hint_compares_names_with_names() {
    for (text, name, want) in [
        ("Frnace", None, Some("FRA")),
        ("Germny", None, Some("DEU")),
        ("SCG1", None, None),
        ("EQ", None, None),
        ("ABB", None, None),
        ("LTVX", None, None),
        ("GR1", Some("Germany"), Some("DEU")),
        ("Nowhere", Some("Congo, Dem. Rep."), Some("COD")),
    ] {
        assert_eq!(country::nearest(text, name).map(|near| near.iso3), want, "{text}");
    }
}

/// A bundle with these cards: country and edition, each with one number.
fn data(groups: &str, cards: &[(&str, &str, u32)]) -> Dataset {
    let card = |(country, edition, number): &(&str, &str, u32)| {
        format!(r#"{{ {country}, "edition": "{edition}", "assessments": {{ "i": {number} }} }}"#)
    };
    let cards: Vec<String> = cards.iter().map(card).collect();
    let text = format!(
        r#"{{ "framework": {{ "id": "f", "scales": {{ "n": {{ "kind": "number", "better": "higher" }} }}{groups},
            "goals": [{{ "id": "g", "indicators": [{{ "id": "i", "scale": "n" }}] }}] }}, "cards": [{}] }}"#,
        cards.join(", ")
    );
    from_texts("d", &[("c.json", &text)])
}

#[test]
fn a_former_country_stands_in_its_own_years_and_is_nobody_else() {
    let data = data(
        "",
        &[
            (r#""country": "Yugoslavia""#, "1990", 1),
            (r#""country": "Serbia""#, "1990", 2),
            (r#""country": "SCG""#, "2004", 3),
            (r#""country": "Serbia""#, "2010", 4),
            (r#""country": "Yugoslavia""#, "2010", 5),
        ],
    );
    let codes: Vec<&str> = data.countries().iter().map(|country| country.code.raw()).collect();
    assert_eq!(codes, ["SRB", "SCG", "YUG"]);
    let codes: Vec<&str> = data.problems.iter().map(|problem| problem.code).collect();
    // In 1990 Yugoslavia and what became Serbia both have a card.
    assert_eq!(codes, ["former-country", "counted-twice"]);
    let kind = |code: &str| data.country(data.find_country(code).unwrap()).kind;
    assert!(matches!(kind("YUG"), CountryKind::Former(_)) && kind("SRB") == CountryKind::Country);
    // Nobody says that Yugoslavia has no card in 2010.
    let members = |edition: &str| {
        let of = groups::members(&data, &groups::everyone(&data), data.find_edition(edition).unwrap());
        of.iter().map(|id| data.country(*id).code.raw()).collect::<Vec<_>>()
    };
    assert_eq!(
        [members("1990"), members("2004"), members("2010")],
        [vec!["SRB", "YUG"], vec!["SCG"], vec!["SRB"]]
    );
    assert_eq!(data.edition_counts(data.find_edition("2010").unwrap()).missing, 0);
}

#[test]
fn an_aggregate_is_shown_and_compared_and_in_no_count_and_no_rank() {
    let data = data(
        r#", "groups": [{ "id": "x", "members": ["AUT", "WLD"] }]"#,
        &[
            (r#""country": "AT""#, "2020", 10),
            (r#""country": "DE""#, "2020", 30),
            (r#""country": "XA", "name": "World""#, "2020", 50),
            (r#""country": "EU27_2020", "name": "EU27""#, "2020", 40),
        ],
    );
    let edition = data.newest_edition().unwrap();
    let aggregates: Vec<&str> = data.aggregates().map(|id| data.country(id).code.raw()).collect();
    assert_eq!(aggregates, ["EUU", "XA"]);
    assert_eq!((data.countries().len(), data.edition_counts(edition).given), (4, 2));
    let everyone = groups::everyone(&data);
    assert_eq!(groups::members(&data, &everyone, edition).len(), 2);
    let (rules, id) = (Rules::of(&data.framework), data.framework.indicator_ids().next().unwrap());
    let rank = RankReport::new(&data, everyone, edition, &rules, RankedBy::Indicator(id)).unwrap();
    let table = rank.table();
    assert!(table.lines[0].raw().starts_with("2 of 2 countries ranked"), "{:?}", table.lines);
    let beside = "Beside them, in no rank and no count: EU27 40, World 50";
    assert!(table.lines.iter().any(|line| line.raw() == beside), "{:?}", table.lines);
    assert_eq!(data.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["unknown-member"]);
    assert!(groups::asked(&data, "AUT,EU27").unwrap_err().to_string().contains("is an aggregate"));
}

#[test]
fn members_of_groups_are_resolved_as_cards_are_and_those_that_are_not_are_counted_and_told() {
    let group = r#", "groups": [{ "id": "eu", "members": ["Czechia", "EL", "Korea, Rep.", "Atlantis"] }]"#;
    let data = data(
        group,
        &[
            (r#""country": "CZE""#, "2020", 10),
            (r#""country": "Greece""#, "2020", 20),
            (r#""country": "KOR""#, "2020", 35),
        ],
    );
    let (eu, edition) = (groups::find(&data, "eu").unwrap(), data.newest_edition().unwrap());
    let membership = groups::Membership::of(&data, &eu, edition);
    let words = membership.words().unwrap();
    assert_eq!(words, "3 of its 4 members are in this data, 1 is not understood: Atlantis");
    assert_eq!(data.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["unknown-member"]);
    // Arguments go through the same resolver.
    for text in ["EL", "Korea, Rep.", "Republic of Korea", "gw:732", "cow:732", "410", "Czech Rep."] {
        assert!(data.resolve_country(text).is_some(), "{text}");
    }
    assert!(data.resolve_country("Korea").is_none());
}

#[test]
fn the_tables_do_not_contradict_each_other() {
    for former in country::FORMER.iter() {
        assert!(known(former.code).is_none(), "{}", former.code);
        let until = former.during.until.unwrap_or_else(|| panic!("{} has no end", former.code));
        assert!(former.during.since.is_none_or(|since| since < until), "{}", former.code);
        for successor in former.successors() {
            let is_former = country::FORMER
                .iter()
                .any(|later| later.code == successor && later.during.until > former.during.until);
            assert!(known(successor).is_some() || is_former, "{successor} after {}", former.code);
        }
        assert_eq!(country::resolve(former.code), ResolvedCountry::Former(former));
    }
    for aggregate in country::AGGREGATES.iter() {
        assert_eq!(country::resolve(aggregate.code).code(), Some(aggregate.code));
    }
    for row in country::TABLE.iter() {
        for name in row.names() {
            assert_eq!(country::resolve(name).code(), Some(row.iso3), "{name}");
        }
    }
}

/// What is told of these cards: code and message with the hint.
fn told(cards: &[(&str, &str, u32)]) -> Vec<(&'static str, String)> {
    let words = |problem: &visavis::core::problem::Problem| {
        format!(
            "{} ({})",
            problem.message,
            problem.hint.as_ref().map(ToString::to_string).unwrap_or_default()
        )
    };
    data("", cards).problems.iter().map(|problem| (problem.code, words(problem))).collect()
}

#[test]
fn a_code_of_another_list_is_told_where_the_other_cards_are_written_by_it() {
    for list in &country::CODE_LISTS {
        for (code, meant) in list.differing {
            let card = format!(r#""country": "{code}""#);
            // No edition is in the years of all of them.
            let edition = if ["ANT", "BUR"].contains(code) { "1985" } else { "2010" };
            let alone = told(&[(&card, edition, 1)]);
            assert_eq!(alone, [], "{code} alone");
            for own in list.own.iter().filter(|own| country::resolve(own).code().is_some()) {
                let beside = told(&[(&card, edition, 1), (&format!(r#""country": "{own}""#), "2010", 1)]);
                let [(problem, words)] = &beside[..] else { panic!("{code} beside {own}: {beside:?}") };
                assert_eq!(*problem, "other-code-list");
                assert!(words.contains(&format!("write {meant}")) && words.contains(own), "{words}");
            }
        }
        // What a list has alone is no code of ISO.
        assert!(list.own.iter().all(|own| known(own).is_none()), "{}", list.name);
    }
}

#[test]
fn a_card_that_is_called_like_another_country_is_told() {
    for (card, wanted) in [
        (r#""country": "AUS", "name": "Austria""#, Some("AUT")),
        (r#""country": "NER", "name": "Nigeria""#, Some("NGA")),
        (r#""country": "CHI", "name": "Chile""#, Some("CHL")),
        (r#""country": "DEU", "name": "Deutschland""#, None),
        (r#""country": "PRK", "name": "Korea""#, None),
        (r#""country": "AUT", "name": "Republic of Austria""#, None),
        (r#""country": "XA", "name": "Austria""#, None),
    ] {
        let told = told(&[(card, "2010", 1)]);
        match wanted {
            Some(code) => {
                assert_eq!(told.len(), 1, "{card}: {told:?}");
                assert!(told[0].0 == "other-name" && told[0].1.contains(code), "{told:?}");
            }
            None => assert_eq!(told, [], "{card}"),
        }
    }
    let part = told(&[(r#""country": "England""#, "2010", 1)]);
    assert!(part[0].1.contains("a part of the country United Kingdom (GBR)"), "{part:?}");
}

#[test]
fn a_country_is_in_no_count_before_it_was_one_unless_it_has_a_card() {
    let data = data(
        "",
        &[
            (r#""country": "HRV""#, "2010", 1),
            (r#""country": "SVN""#, "1988", 1),
            (r#""country": "ALB""#, "1988", 1),
            (r#""country": "HRV""#, "1991", 1),
        ],
    );
    let members = |edition: &str| {
        let of = groups::members(&data, &groups::everyone(&data), data.find_edition(edition).unwrap());
        of.iter().map(|id| data.country(*id).code.raw()).collect::<Vec<_>>()
    };
    assert_eq!(members("1988"), ["ALB", "SVN"]);
    assert_eq!(members("1991"), ["ALB", "HRV", "SVN"]);
    for row in country::TABLE.iter().filter(|row| row.since.is_some()) {
        let came = country::FORMER.iter().any(|former| former.descendants().contains(&row.iso3));
        assert!(came || ["XKX", "ABW"].contains(&row.iso3), "{} came of no former country", row.iso3);
    }
}

#[test]
fn an_area_under_two_codes_or_two_areas_under_one_are_told() {
    let both = told(&[(r#""country": "CSK""#, "1992", 1), (r#""country": "CZE""#, "1992", 1)]);
    assert_eq!(both[0].0, "counted-twice");
    assert!(both[0].1.contains("Czechoslovakia (CSK) and what it became (CZE)"), "{both:?}");
    assert_eq!(told(&[(r#""country": "CSK""#, "1992", 1), (r#""country": "CZE""#, "1993", 1)]), []);
    let sudan = told(&[(r#""country": "SDN""#, "2010", 1), (r#""country": "SDN""#, "2012", 1)]);
    assert_eq!(sudan[0].0, "changed-territory");
    assert_eq!(told(&[(r#""country": "SDN-2011""#, "2010", 1), (r#""country": "SDN""#, "2012", 1)]), []);
    let gone = told(&[(r#""country": "YUG""#, "2005", 1)]);
    assert!(gone[0].1.contains("BIH or HRV or MKD or SCG or SVN"), "{gone:?}");
    let gone = told(&[(r#""country": "YUG""#, "2010", 1)]);
    assert!(gone[0].1.contains("HRV or MKD or MNE or SRB or SVN"), "{gone:?}");
}
