//! For tests: a small data set, a context over it, and drawn screens as lines of text.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    core::{
        compare::{self, Comparison},
        dataset::{CountryId, Dataset, EditionId},
        framework::IndicatorId,
        groups, read,
        score::{RankedBy, Ranking, Rules, Scoring},
        subject::Subject,
    },
    tui::{
        look::{Look, Palette, UNICODE},
        pane_context::{PaneContext, Selection},
    },
};

const FRAMEWORK: &str = r#"{ "schema": "visavis.framework/1", "id": "f", "title": "Test cards",
  "scales": { "yes": { "kind": "yes_no" }, "treaty": { "kind": "treaty" },
    "years": { "kind": "number", "unit": "years", "better": "higher" },
    "count": { "kind": "number", "unit": "cases" },
    "grade": { "kind": "levels", "levels": [{ "id": "none", "label": "No advancement", "short": "none" },
      { "id": "minimal", "label": "Minimal" }, { "id": "moderate", "label": "Moderate", "short": "moderate" }] } },
  "goals": [
    { "id": "legal", "title": "Legal framework", "indicators": [
      { "id": "opsc", "title": "OPSC", "scale": "treaty", "question": "Is the state bound by the protocol?" },
      { "id": "crime", "title": "Sexual exploitation prohibited", "scale": "yes", "question": "Does the law prohibit it?" },
      { "id": "age", "title": "Minimum age for work", "scale": "years" }] },
    { "id": "services", "title": "Victim services", "indicators": [
      { "id": "referral", "title": "Referral", "scale": "yes" },
      { "id": "cases", "title": "Investigations", "scale": "count" },
      { "id": "grade", "title": "Advancement", "scale": "grade" }] }],
  "sources": { "un": { "title": "UN Treaty Collection", "url": "https://treaties.un.org" } } }"#;

const CARDS: &str = r#"[
  { "framework": "f", "country": "ALB", "edition": "2021", "assessments": { "opsc": { "signed": "2000-09-07" }, "crime": "yes",
    "age": 15, "referral": "no", "cases": 3, "grade": "minimal" } },
  { "framework": "f", "country": "ALB", "edition": "2022", "summary": "Moderate advancement.",
    "assessments": { "opsc": { "signed": "2000-09-07", "bound": "2008-02-05", "act": "ratification", "sources": ["un"] },
      "crime": { "level": "no", "printed": "No", "note": "Not all forms.", "sources": ["un"] },
      "age": { "value": 16, "sources": ["un"] }, "referral": { "level": "yes", "sources": ["un"] },
      "cases": { "value": 44, "sources": ["un"] }, "grade": { "level": "moderate", "sources": ["un"] } },
    "priority_actions": ["Make it a crime."], "campaign": { "launched": "2009-10" } },
  { "framework": "f", "country": "CIV", "edition": "2022", "assessments": { "opsc": { "gap": "not-applicable" }, "crime": "yes",
    "age": 16, "referral": "yes", "cases": 7, "grade": "none" } },
  { "framework": "f", "country": "UZB", "edition": "2022", "assessments": { "opsc": { "signed": "2000-09-07", "bound": null, "sources": ["un"] },
    "crime": { "level": "yes", "sources": ["un"] }, "age": { "value": 18, "sources": ["un"] }, "referral": { "gap": "no-data", "printed": "Unknown" },
    "cases": { "gap": "no-data" }, "grade": { "level": "minimal", "sources": ["un"] } } },
  { "framework": "f", "country": "SWE", "edition": "2021", "assessments": {} }]"#;

/// Albania, Côte d’Ivoire, Sweden (no card in 2022) and Uzbekistan, in 2021 and 2022.
pub(crate) fn data() -> Dataset {
    read::from_texts("test", &[("framework.json", FRAMEWORK), ("cards.json", CARDS)])
}

pub(crate) fn country(data: &Dataset, code: &str) -> CountryId {
    data.find_country(code).expect("a country of the test data")
}

pub(crate) fn subjects(data: &Dataset, all: &[&str]) -> Comparison {
    let newest = data.newest_edition();
    let parse = |text: &&str| Subject::parse(data, text, newest).expect("a subject of the test data");
    compare::compare(data, all.iter().map(parse).collect())
}

/// A context in the newest edition for a pane that has the keys.
pub(crate) fn context<'a>(data: &'a Dataset, code: &str, indicator: &str) -> PaneContext<'a> {
    let selection = Selection {
        country: country(data, code),
        edition: data.newest_edition().unwrap_or(EditionId(0)),
        indicator: data.framework.find_indicator(indicator).unwrap_or(IndicatorId(0)),
    };
    // Leaking is fine: a test ends soon.
    let group = Box::leak(Box::new(groups::everyone(data)));
    let members = Box::leak(groups::members(data, group, selection.edition).into_boxed_slice());
    let review = Box::leak(Box::default());
    let rules = Box::leak(Box::new(Rules::of(&data.framework)));
    let scoring = Scoring::new(data, members, selection.edition, rules);
    let ranking = Box::leak(Box::new(Ranking::of(&scoring, RankedBy::Overall).unwrap_or_default()));
    PaneContext {
        data,
        selection,
        group,
        members,
        comparison: None,
        review,
        rules,
        ranking,
        focused: true,
        is_zoomed: false,
        keymap: None,
    }
}

/// The lines that `draw` puts on a screen of this size, without trailing spaces.
pub(crate) fn screen(width: u16, height: u16, draw: impl FnOnce(&Look, Rect, &mut Buffer)) -> Vec<String> {
    screen_in(&Look::new(Palette::Mono, &UNICODE), width, height, draw)
}

pub(crate) fn screen_in(
    look: &Look,
    width: u16,
    height: u16,
    draw: impl FnOnce(&Look, Rect, &mut Buffer),
) -> Vec<String> {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    draw(look, area, &mut buf);
    let row = |y| {
        let mut line = String::new();
        let mut x = 0;
        while x < width {
            let symbol = buf[(x, y)].symbol();
            line.push_str(symbol);
            x += u16::try_from(crate::text::width(symbol).max(1)).unwrap_or(1);
        }
        line.trim_end().to_owned()
    };
    (0..height).map(row).collect()
}
