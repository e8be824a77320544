//! An exported data set, opened again, is the same data set.

use visavis::{
    core::{dataset::Dataset, groups, read::from_texts, report::Tidy},
    export::tidy,
    store::sample,
    text::is_safe,
};

use super::{damage::Random, laws};

/// The files of the package of everything, with their paths.
fn exported(data: &Dataset) -> Vec<(String, String)> {
    let everything = Tidy::new(data, groups::everyone(data), data.edition_ids().collect());
    let mut files = vec![];
    let done: Result<_, ()> = tidy::package(everything, &mut |file| {
        files.push((format!("out/{}", file.name), String::from_utf8(file.bytes).unwrap()));
        Ok(())
    });
    done.unwrap();
    files
}

fn opened(files: &[(String, String)]) -> Dataset {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
    from_texts("out", &files)
}

/// Every cell, word, card, country, edition and finding is as it was, and so is the next export.
fn assert_same(before: &Dataset, after: &Dataset, told: &str) {
    let mut framework = before.framework.clone();
    // It has a file now.
    framework.inferred = false;
    assert_eq!(framework, after.framework, "{told}");
    assert_eq!(before.countries(), after.countries(), "{told}");
    assert!(before.edition_ids().eq(after.edition_ids()), "{told}");
    for edition in before.edition_ids() {
        assert_eq!(before.edition(edition), after.edition(edition), "{told}");
        for country in before.country_ids() {
            let code = before.country(country).code.raw();
            let told = format!("{told}: {code} {}", before.edition(edition).label);
            let cards = (before.card(country, edition), after.card(country, edition));
            assert_eq!(cards.0.is_some(), cards.1.is_some(), "{told}");
            assert_eq!(before.counts(country, edition), after.counts(country, edition), "{told}");
            if let (Some(was), Some(is)) = cards {
                assert_eq!(before.card_detail(was), after.card_detail(is), "{told}");
                assert_eq!(before.as_of(was), after.as_of(is), "{told}");
            }
            for id in before.framework.indicator_ids() {
                let told = format!("{told} {}", before.framework.indicator(id).id);
                assert_eq!(before.cell(country, edition, id), after.cell(country, edition, id), "{told}");
                assert_eq!(before.detail(country, edition, id), after.detail(country, edition, id), "{told}");
            }
        }
    }
}

fn hold_identity(data: &Dataset, told: &str) {
    let files = exported(data);
    for (name, text) in &files {
        assert!(text.replace("\r\n", "\n").lines().all(is_safe), "{told}: {name}");
    }
    let again = opened(&files);
    assert_same(data, &again, told);
    let tables = |files: Vec<(String, String)>| {
        files.into_iter().filter(|(name, _)| !name.ends_with("datapackage.json")).collect::<Vec<_>>()
    };
    assert_eq!(tables(files), tables(exported(&again)), "{told}");
}

#[test]
fn an_export_opened_again_is_the_same_data_set() {
    let data = sample::open(None, &|_| ());
    hold_identity(&data, "the embedded sample");
    assert_eq!(opened(&exported(&data)).problems, []);
    let cases = std::env::var("VISAVIS_LAWS").ok().and_then(|count| count.parse().ok()).unwrap_or(150);
    for case in 0..cases {
        let text = laws::bundle(&mut Random::new(case));
        let data = from_texts("laws", &[("laws.json", &text)]);
        if data.card_count() > 0 {
            hold_identity(&data, &format!("case {case}"));
        }
    }
}
