//! The sample sets load without a problem and say what their sources say.

use std::{fs, path::Path};

use visavis::{
    core::{
        cell::{Gap, Value},
        compare::{Verdict, compare},
        dataset::Dataset,
        findings::{self, Agreement, Answer, Findings},
        groups,
        read::{Loader, Options},
        report::{RankReport, why_words},
        score::{RankedBy, Rules, Why},
        subject::Subject,
    },
    text::Raw,
};

fn open(set: &str) -> Dataset {
    let mut loader = Loader::new(Options::default());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(set);
    let mut add = |path: &Path| loader.add(Raw::new(path.display().to_string()), fs::read(path).unwrap());
    add(&folder.join("framework.json"));
    let mut cards: Vec<_> =
        fs::read_dir(folder.join("cards")).unwrap().map(|entry| entry.unwrap().path()).collect();
    cards.sort();
    for path in &cards {
        add(path);
    }
    loader.finish(Raw::new(set.to_owned()), &|_| ())
}

fn assert_clean(data: &Dataset) {
    let told: Vec<String> = data.problems.iter().take(5).map(ToString::to_string).collect();
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn child_labour_in_2022_has_483_given_cells_of_520_and_8_that_cannot_apply() {
    let data = open("child-labour-2016-2022");
    assert_clean(&data);
    assert_eq!(
        (data.countries().len(), data.edition_ids().len(), data.framework.indicators.len()),
        (24, 7, 22)
    );
    let counts = data.edition_counts(data.find_edition("2022").unwrap());
    assert_eq!((counts.given, counts.missing, counts.not_applicable), (483, 37, 8));
}

#[test]
fn five_conventions_are_not_applicable_to_kosovo_and_none_is_a_no() {
    let data = open("child-labour-2016-2022");
    let kosovo = data.resolve_country("kosovo").unwrap();
    let edition = data.find_edition("2022").unwrap();
    let gaps: Vec<Gap> =
        data.framework.indicator_ids().filter_map(|id| data.cell(kosovo, edition, id).state.err()).collect();
    assert_eq!(gaps, [Gap::NotApplicable; 5]);
}

#[test]
fn every_given_sample_cell_names_its_source() {
    for set in ["child-labour-2016-2022", "osce-2009-2012", "progress-cards-2010"] {
        let data = open(set);
        for country in data.country_ids() {
            for edition in data.edition_ids() {
                for indicator in data.framework.indicator_ids() {
                    if data.cell(country, edition, indicator).is_given() {
                        let detail = data.detail(country, edition, indicator);
                        assert!(
                            detail.sources.iter().any(|source| source.title.is_some()),
                            "{set}: {:?} {:?}",
                            data.country(country).code,
                            data.framework.indicator(indicator).id
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn in_2010_ireland_had_only_signed_the_opsc_and_sweden_was_bound() {
    let data = open("osce-2009-2012");
    assert_clean(&data);
    let subjects = ["IRL@2010", "SWE@2010"].map(|text| Subject::parse(&data, text, None).unwrap());
    let opsc = data.framework.find_indicator("opsc").unwrap();
    let comparison = compare(&data, subjects.to_vec());
    let row = comparison.rows.iter().find(|row| row.indicator == opsc).unwrap();
    assert_eq!(row.verdict, Verdict::Right(1.0));
    let labels: Vec<_> = subjects.iter().map(|subject| subject.label(&data, opsc).raw().to_owned()).collect();
    assert_eq!(labels, ["signed only", "bound"]);
}

#[test]
fn who_had_signed_and_not_ratified_follows_from_the_dates() {
    let data = open("osce-2009-2012");
    let signed_only = |indicator: &str, edition: &str| -> Vec<String> {
        let indicator = data.framework.find_indicator(indicator).unwrap();
        let edition = data.find_edition(edition).unwrap();
        let mut codes: Vec<String> = data
            .country_ids()
            .filter(|country| data.cell(*country, edition, indicator).state == Ok(Value::Level(1)))
            .map(|country| data.country(country).code.raw().to_owned())
            .collect();
        codes.sort();
        codes
    };
    assert_eq!(signed_only("opsc", "2010"), ["CZE", "FIN", "IRL", "LIE", "LUX", "MLT", "SMR"]);
    assert_eq!(signed_only("trafficking-protocol", "2010"), ["CZE", "GRC", "SMR"]);
    assert!(!signed_only("opsc", "2012").contains(&"LUX".to_owned()));
}

/// The 3P index it is made from says the same: states prosecute most, then prevent, then protect.
#[test]
fn osce_states_do_most_in_law_less_in_prevention_and_least_for_victims() {
    let data = open("osce-2009-2012");
    let rules = Rules::of(&data.framework);
    let osce = groups::find(&data, "osce").unwrap();
    for label in ["2009", "2010", "2012"] {
        let edition = data.find_edition(label).unwrap();
        let report = RankReport::new(&data, osce.clone(), edition, &rules, RankedBy::Overall).unwrap();
        let mean = |id: &str| {
            let goal = data.framework.goal_ids().find(|goal| &*data.framework.goal(*goal).id == id).unwrap();
            let (mean, countries) = report.goal_mean(goal);
            assert!(countries > 40, "{countries} in {label}");
            mean.unwrap()
        };
        let means = ["legal", "prevention", "services"].map(mean);
        assert!(means[0] > means[1] && means[1] > means[2], "{means:?} in {label}");
    }
}

#[test]
fn a_country_under_the_threshold_has_no_rank_and_says_why() {
    let data = open("osce-2009-2012");
    let rules = Rules::of(&data.framework);
    let edition = data.find_edition("2010").unwrap();
    let report = RankReport::new(&data, groups::everyone(&data), edition, &rules, RankedBy::Overall).unwrap();
    let monaco = report.ranking().why_not(data.find_country("MCO").unwrap()).unwrap();
    assert_eq!(monaco.why, Why::Coverage);
    let words = why_words(&data.framework, &rules, monaco.why, monaco.coverage);
    assert_eq!(words, "2 of 6 scored; 70 % needed");
}

#[test]
fn the_placeholder_cards_say_on_every_screen_that_they_are_placeholders() {
    let data = open("progress-cards-2010");
    assert_clean(&data);
    assert_eq!(data.countries().len(), 26);
    assert!(data.framework.notice.as_ref().unwrap().raw().contains("placeholder"));
    let kosovo_lookalike = data.find_country("XK").unwrap();
    assert!(data.country(kosovo_lookalike).name.raw().contains("XK"));
}

#[test]
fn the_embedded_sample_is_the_child_labour_set() {
    let text = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/embedded/child-labour-2016-2022.json"),
    )
    .unwrap();
    let embedded = visavis::core::read::from_texts("embedded sample", &[("embedded", &text)]);
    assert_clean(&embedded);
    let open = open("child-labour-2016-2022");
    assert_eq!(embedded.framework, open.framework);
    for edition in open.edition_ids() {
        assert_eq!(embedded.edition_counts(edition), open.edition_counts(edition));
    }
}

/// Every row of the submission of July 2010, as it was published.
#[test]
fn the_reconstruction_counts_what_was_published_in_2010() {
    let data = open("progress-cards-2010");
    let group = groups::find(&data, "osce").unwrap();
    let rows = Findings::of(&data, &group, data.find_edition("2010").unwrap()).rows;
    let found: Vec<(&str, u32, u32, u32, String, Agreement)> = rows
        .iter()
        .map(|row| {
            let percent = findings::percent_words(row.percent().unwrap());
            (&*row.finding.id, row.k, row.assessed, row.set, percent, row.agreement)
        })
        .collect();
    let row = |id, k, of, percent: &str, agreement| (id, k, of, of, percent.to_owned(), agreement);
    assert_eq!(
        found,
        [
            row("no-plan", 5, 26, "19.2 %", Agreement::Same),
            row("no-campaign", 7, 26, "26.9 %", Agreement::Same),
            row("teacher-training", 0, 26, "0.0 %", Agreement::Same),
            row("opsc-signed-only", 4, 26, "15.4 %", Agreement::Same),
            row("protocol-signed-only", 2, 26, "7.7 %", Agreement::Same),
            row("law-partial", 16, 26, "61.5 %", Agreement::Truncated),
            row("police-units", 2, 26, "7.7 %", Agreement::Same),
            row("services-basic", 74, 104, "71.2 %", Agreement::Same),
            row("no-helpline", 6, 26, "23.1 %", Agreement::InWords),
            row("shelters", 0, 26, "0.0 %", Agreement::Same),
            row("counselling", 1, 26, "3.8 %", Agreement::Same),
            row("no-psychological", 3, 26, "11.5 %", Agreement::Truncated),
        ]
    );
}

#[test]
fn at_1_july_2010_the_dates_say_who_had_signed_and_not_ratified() {
    let data = open("osce-2009-2012");
    let group = groups::find(&data, "osce").unwrap();
    let named = |edition: &str, finding: &str| {
        let rows = Findings::of(&data, &group, data.find_edition(edition).unwrap()).rows;
        let row = rows.iter().find(|row| *row.finding.id == *finding).unwrap();
        let codes = row
            .countries(Answer::Holds)
            .into_iter()
            .map(|country| data.country(country).code.raw().to_owned());
        let mut codes: Vec<String> = codes.collect();
        codes.sort();
        codes.join(" ")
    };
    assert_eq!(named("2010", "opsc-signed-only"), "CZE FIN IRL LIE LUX MLT SMR");
    assert_eq!(named("2010", "protocol-signed-only"), "CZE GRC SMR");
    assert_eq!(named("2012", "opsc-signed-only"), "CZE IRL LIE");
    assert_eq!(named("2012", "protocol-signed-only"), "CZE");
}

#[test]
fn findings_stand_goal_by_goal_however_the_framework_lists_them() {
    let data = open("osce-2009-2012");
    let rows = Findings::of(&data, &groups::everyone(&data), data.newest_edition().unwrap()).rows;
    let goals: Vec<_> = rows.iter().map(|row| row.finding.goal.unwrap()).collect();
    assert!(goals.is_sorted() && !data.framework.findings.iter().map(|one| one.goal).is_sorted());
}
