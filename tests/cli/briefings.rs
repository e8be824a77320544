//! Briefings on a country and on two, and what an HTML briefing shows of a goal.

use super::{code, json, page, run, text};

#[test]
fn a_briefing_on_a_country_has_its_card_its_gaps_with_their_reasons_and_its_changes() {
    insta::assert_snapshot!("country", page(&["report", "--country", "IRL", "-d", "small"]));
    let of = |args: &[&str]| json(&[args, &["-d", "small", "--format", "json"]].concat());
    assert_eq!(of(&["report", "--country", "SWE@2009"]), of(&["show", "SWE@2009"]));
    // A country that has no card in the edition gives nothing, and says so.
    let told = page(&["report", "--country", "IRL@2009", "-d", "small"]);
    assert!(
        told.contains("0 of 4 given; it has no card in this edition.")
            && told.contains("4 of 4 are missing: no card on OPSC, Convictions, Shelters, Remark.")
            && told.contains("There is no earlier card to compare with."),
        "{told}"
    );
    assert!(!told.contains("answers on scales"), "what is not given is neither best nor worst: {told}");
}

#[test]
fn a_briefing_on_two_says_who_is_ahead_on_what_and_why_others_cannot_be_compared() {
    insta::assert_snapshot!("pair", page(&["report", "--compare", "IRL", "SWE", "-d", "small"]));
    let of = |args: &[&str]| json(&[args, &["-d", "small", "--format", "json"]].concat());
    assert_eq!(of(&["report", "--compare", "IRL", "SWE"]), of(&["compare", "IRL", "SWE"]));
    let years = page(&["report", "--compare", "ALB@2016", "ALB@2022", "-d", SAMPLE]);
    assert!(years.contains("From ALB\\@2016 to ALB\\@2022 it improved on none of 22 indicators."), "{years}");
    let group = page(&["report", "--compare", "ALB", "group:europe", "-d", SAMPLE]);
    assert!(group.contains("| Indicator | Verdict | ALB | europe |"), "{group}");
}

#[test]
fn a_briefing_is_about_one_thing() {
    for (args, wanted) in [
        (&["--country", "IRL", "--group", "both"][..], "name one of them"),
        (&["--compare", "IRL", "SWE", "--group", "both"], "name one of them"),
        (&["--country", "IRL", "--compare", "IRL", "SWE"], "cannot be used with"),
        (&["--country", "group:both"], "--country takes a country"),
        (&["--country", "Atlantis"], "Atlantis"),
        (&["--compare", "IRL"], "2 values required"),
        (&["--compare", "IRL", "SWE@1999"], "1999"),
    ] {
        let output = run(&[&["report", "-d", "small"], args].concat());
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(text(&output.stderr).contains(wanted), "{args:?}: {}", text(&output.stderr));
        assert!(output.stdout.is_empty());
    }
}

const SAMPLE: &str = "../../sample-data/child-labour-2016-2022";

#[test]
fn a_page_has_a_chart_a_goal_that_says_its_figures_and_loads_nothing() {
    let html = page(&["report", "-d", SAMPLE, "--edition", "2022", "--format", "html"]);
    let charts: Vec<&str> =
        html.split("<svg").skip(1).filter_map(|rest| rest.split("</svg>").next()).collect();
    assert_eq!(charts.len(), 5, "a goal each");
    for chart in &charts {
        assert!(
            chart.contains("role=\"img\"") && chart.contains("<title") && chart.contains("<desc"),
            "{chart}"
        );
        assert!(
            !chart.contains("http") && !chart.contains("<script") && !chart.contains("<image"),
            "{chart}"
        );
    }
    let services = charts[2];
    assert!(services.contains("22 of 24 given: 21 yes, 1 no, 2 gaps"), "{services}");
    assert!(services.contains("class=\"level-gap\"") && services.contains("url(#chart-2-gap)"), "{services}");
    assert!(html.find("id=\"short\"") < html.find("id=\"findings\"") && html.contains("id=\"method\""));
    for args in [
        ["--country", "ALB", "--format", "html"].as_slice(),
        &["--compare", "ALB", "UZB", "--format", "html"],
    ] {
        let html = page(&[&["report", "-d", SAMPLE], args].concat());
        assert!(html.contains("id=\"short\"") && html.contains("id=\"sources\""), "{html}");
        assert!(!html.contains("<script"));
    }
}
