//! What a stated cell means on its scale: a value with its marks, or a gap; and why something is not as it should be.

use super::{
    entry::{CitedSource, Part, PartValue, StatedCell},
    members::CellMember as Member,
    notes::{Notes, PlacePath},
    observation::{as_printed, bounds, is_malformed, is_reading, marks, with_status},
    values::on_scale,
    words::{is_blank, missing_sign, nearest},
};
use crate::core::{
    cell::{Cell, Gap, Marks, Treaty, TreatyAct, Value},
    date::Date,
    obs_status::ObservationStatus,
    scale::{Scale, ScaleKind},
};

/// A cell on its scale.
#[derive(Debug, Clone, Copy)]
pub(super) struct RuledCell {
    pub cell: Cell,
    /// The dates of a treaty. Its level waits for the date of the card.
    pub treaty: Option<Treaty>,
    pub as_of: Option<Date>,
}

impl RuledCell {
    pub(super) const fn plain(cell: Cell) -> Self {
        Self { cell, treaty: None, as_of: None }
    }
}

const GAPS: &str = "not-assessed, no-data, not-applicable or withheld";

/// A value alone, which names no source.
pub(super) fn bare(part: &Part<'_>, scale: &Scale, path: &PlacePath<'_>, notes: &mut Notes<'_>) -> RuledCell {
    let (state, marks) = on_scale(part, scale, path, notes);
    RuledCell::plain(match state {
        Ok(value) => Cell { state: Ok(value), marks: marks | Marks::UNSOURCED },
        Err(gap) => Cell::gap(gap),
    })
}

/// The long form.
pub(super) fn long(
    stated: &StatedCell<'_>,
    scale: &Scale,
    path: &PlacePath<'_>,
    notes: &mut Notes<'_>,
) -> RuledCell {
    for member in [Member::Note, Member::Printed, Member::Status] {
        if let Some(part) = stated.said(member).filter(|part| !part.is_text() && !is_malformed(part)) {
            notes.expected("not-text", part, path.member(member.key()), "text");
        }
    }
    let is_sourced = sources(stated, path, notes);
    let written = marks(stated, path, notes);
    let as_of = date(stated, Member::AsOf, path, notes).unwrap_or_default();
    let RuledState { state, treaty, marks } = state(stated, scale, path, notes);
    let (state, flagged) = with_status(state, stated, path, notes);
    let state = as_printed(state, stated, scale, path, notes);
    let marks = written | marks | flagged;
    let is_gap = matches!(state, Err(gap) if gap != Gap::Unreadable);
    if let Some(part) = stated.said(Member::Marks).filter(|_| is_gap && !stated.marks.is_empty()) {
        let message = "a gap has no marks; these are not shown";
        notes.warning("marks-on-gap", part.at, path.member(Member::Marks.key()), message).hint =
            Some("say it in the note".to_owned());
    }
    let has_dates = [Member::Signed, Member::Bound].iter().any(|member| stated.given(*member).is_some());
    if let Some(part) = stated.said(Member::Act).filter(|_| !has_dates) {
        let message = "an act stands without the dates of a treaty; it is not shown";
        let hint =
            notes.how_to("give the date: \"bound\": \"2010-07-01\"", "give the date in the column bound");
        notes.warning("act-alone", part.at, path.member(Member::Act.key()), message).hint = Some(hint);
    }
    let mut marks = if state.is_ok() { marks } else { Marks::empty() };
    marks.set(Marks::UNSOURCED, state.is_ok() && !is_sourced);
    RuledCell { cell: Cell { state, marks }, treaty, as_of }
}

/// What a cell answers, and the marks that the answer itself carries.
#[derive(Clone, Copy, Debug)]
struct RuledState {
    state: Result<Value, Gap>,
    treaty: Option<Treaty>,
    marks: Marks,
}

impl RuledState {
    const fn gap(gap: Gap) -> Self {
        Self { state: Err(gap), treaty: None, marks: Marks::empty() }
    }
}

/// The one answer of a cell: a level or a value, the first of several readings, the dates of a treaty, or a gap. Two
/// answers make it unreadable, unless they are the same.
fn state<'s>(
    stated: &'s StatedCell<'s>,
    scale: &Scale,
    path: &PlacePath<'_>,
    notes: &mut Notes<'_>,
) -> RuledState {
    let unreadable = RuledState::gap(Gap::Unreadable);
    if stated.is_twice {
        // The reader of the format has told the key.
        let told = "says two things under one key; it counts as unreadable";
        notes.error("two-answers", stated.span.at, path.text(), told).hint =
            Some("keep the one that is true".to_owned());
        return unreadable;
    }
    let written =
        [Member::Level, Member::Value].map(|member| stated.said(member).map(|part| (member.key(), part)));
    let dates = [Member::Signed, Member::Bound];
    let has_dates = dates.iter().any(|member| stated.said(*member).is_some());
    let has_readings = stated.readings.iter().any(is_reading);
    let has_bounds = [Member::Low, Member::High].iter().any(|bound| stated.said(*bound).is_some());
    if let Some(gap) = stated.said(Member::Gap) {
        let gap = written_gap(gap, path, notes);
        if written.iter().any(Option::is_some) || has_readings || has_dates || has_bounds {
            let told = "says both a value and a gap; it counts as unreadable";
            notes.error("gap-and-value", stated.span.at, path.text(), told).hint =
                Some("keep the one that is true".to_owned());
            return unreadable;
        }
        return RuledState::gap(gap.unwrap_or(Gap::Unreadable));
    }
    // What stands for a value that its status says is missing: ":" with "c".
    let status = stated.said(Member::Status).and_then(Part::text).map(ObservationStatus::parse);
    if let Some(gap) = status.and_then(|status| status.gap)
        && let [None, Some((_, sign))] | [Some((_, sign)), None] = written
        && sign.text().is_some_and(|text| is_blank(text) || missing_sign(text).is_some())
        && !(has_readings || has_dates || has_bounds)
    {
        return RuledState::gap(gap);
    }
    let has_answer = written.iter().any(Option::is_some);
    if has_dates && (has_answer || has_readings) {
        return two_answers(stated, "the dates of a treaty", "a value", path, notes);
    }
    if has_bounds {
        if has_answer || has_readings || has_dates {
            return two_answers(stated, "bounds", "a value", path, notes);
        }
        return RuledState { state: bounds(stated, scale, path, notes), ..unreadable };
    }
    let mut ruled = |(key, part): (&'static str, &'s Part<'s>)| {
        let (value, marks) = on_scale(part, scale, &path.member_path(key), notes);
        Answer { key, part, value, marks }
    };
    let [level, value] = written.map(|written| written.map(&mut ruled));
    let readings = readings(stated, scale, path, notes);
    let (answer, second) = if level.is_some() { (level, value) } else { (value, None) };
    let first = answer.or(readings.first().copied());
    let differs = |other: &Answer<'_>| first.is_some_and(|first| !first.is_same(other));
    let other = second.filter(differs).or_else(|| {
        let is_among = answer.is_none() || readings.iter().any(|reading| !differs(reading));
        if is_among { None } else { readings.first().copied() }
    });
    if let (Some(first), Some(other)) = (first, other) {
        return two_answers(stated, first.key, other.key, path, notes);
    }
    match (first, &scale.kind) {
        (Some(first), _) => RuledState { state: first.value, treaty: None, marks: first.marks },
        (None, ScaleKind::Treaty) if dates.iter().any(|member| stated.given(*member).is_some()) => {
            match treaty(stated, path, notes) {
                Some(treaty) => RuledState { state: Ok(Value::Level(0)), treaty: Some(treaty), ..unreadable },
                None => unreadable,
            }
        }
        (None, _) if has_dates => {
            let message = "has the dates of a treaty, which its scale does not take; it counts as unreadable";
            notes.error("not-a-treaty", stated.span.at, path.text(), message).hint =
                Some("write a \"value\", or give the indicator a scale of kind \"treaty\"".to_owned());
            unreadable
        }
        (None, _) => RuledState::gap(Gap::Empty),
    }
}

/// Tells that a cell says two things.
fn two_answers(
    stated: &StatedCell<'_>,
    one: &str,
    other: &str,
    path: &PlacePath<'_>,
    notes: &mut Notes<'_>,
) -> RuledState {
    let message = format!("says two things, {one} and {other}; it counts as unreadable");
    notes.error("two-answers", stated.span.at, path.text(), message).hint =
        Some("keep the one that is true; several readings belong into \"values\"".to_owned());
    RuledState::gap(Gap::Unreadable)
}

/// An answer and the member that gives it.
#[derive(Clone, Copy, Debug)]
struct Answer<'s> {
    key: &'static str,
    part: &'s Part<'s>,
    value: Result<Value, Gap>,
    marks: Marks,
}

impl Answer<'_> {
    /// Of texts the words are compared too.
    fn is_same(&self, other: &Self) -> bool {
        self.value == other.value && (self.value != Ok(Value::Text) || self.part.text() == other.part.text())
    }
}

/// Each reading on the scale. A reading that is `null` is told and left out.
fn readings<'s>(
    stated: &'s StatedCell<'s>,
    scale: &Scale,
    path: &PlacePath<'_>,
    notes: &mut Notes<'_>,
) -> Vec<Answer<'s>> {
    let key = Member::Values.key();
    let Some(values) = stated.said(Member::Values) else { return vec![] };
    if values.said != PartValue::List {
        if !is_malformed(values) {
            notes.expected("not-a-list", values, path.member(key), "a list of values");
        }
        return vec![Answer { key, part: values, value: Err(Gap::Unreadable), marks: Marks::empty() }];
    }
    let mut readings = vec![];
    for (at, part) in stated.readings.iter().enumerate() {
        let path = path.item_path(key, at);
        if part.text().is_some_and(is_blank) {
            notes.warning("empty-value", part.at, path.text(), "this reading is empty; it is left out");
        } else if part.is_said() {
            let (value, marks) = on_scale(part, scale, &path, notes);
            readings.push(Answer { key, part, value, marks });
        } else {
            notes.warning("empty-value", part.at, path.text(), "this reading is null; it is left out");
        }
    }
    readings
}

fn written_gap(part: &Part<'_>, path: &PlacePath<'_>, notes: &mut Notes<'_>) -> Option<Gap> {
    let gap = part.text().and_then(Gap::from_id).filter(|gap| gap.can_be_written());
    if gap.is_none() && !is_malformed(part) {
        let known = ["not-assessed", "no-data", "not-applicable", "withheld"];
        let near = part.text().and_then(|text| nearest(text, known));
        let fault = notes.expected("unknown-gap", part, path.member(Member::Gap.key()), GAPS);
        fault.hint = near.map(|near| format!("did you mean \"{near}\"?"));
    }
    gap
}

/// The dates of a treaty; `None` if one of them cannot be read or they contradict each other.
fn treaty(stated: &StatedCell<'_>, path: &PlacePath<'_>, notes: &mut Notes<'_>) -> Option<Treaty> {
    let signed = date(stated, Member::Signed, path, notes);
    let bound = date(stated, Member::Bound, path, notes);
    let act = stated.said(Member::Act).map(|act| {
        let known = act.text().and_then(TreatyAct::from_id);
        if known.is_none() && !is_malformed(act) {
            let acts = "ratification, accession, succession, acceptance or approval";
            notes.expected("unknown-act", act, path.member(Member::Act.key()), acts);
        }
        known
    });
    let (signed, bound) = (signed.ok()?, bound.ok()?);
    let act = match act {
        Some(act) => Some(act?),
        None => None,
    };
    if let (Some(signed), Some(bound)) = (signed, bound)
        && bound.last_day() < signed.first_day()
    {
        let at = stated.said(Member::Bound).map_or(stated.span.at, |part| part.at);
        let message = format!("bound on {bound}, before it was signed on {signed}");
        notes.error("bound-before-signed", at, path.member(Member::Bound.key()), message).hint =
            Some("check the two dates".to_owned());
        return None;
    }
    Some(Treaty { signed, bound, act })
}

/// What is said is not as it should be, which has been told.
struct Told;

/// A date of the cell, if one is said.
fn date(
    stated: &StatedCell<'_>,
    member: Member,
    path: &PlacePath<'_>,
    notes: &mut Notes<'_>,
) -> Result<Option<Date>, Told> {
    let Some(part) = stated.said(member) else { return Ok(None) };
    read_date(part, || path.member(member.key()), notes).map(Some).ok_or(Told)
}

/// A date; what is none is told.
pub(super) fn read_date(
    part: &Part<'_>,
    path: impl FnOnce() -> String,
    notes: &mut Notes<'_>,
) -> Option<Date> {
    let date = part.text().and_then(Date::parse);
    if date.is_none() && !is_malformed(part) {
        notes.expected("not-a-date", part, path(), "a date such as 2010-07-01");
    }
    date
}

/// Whether the cell names a source.
fn sources(stated: &StatedCell<'_>, path: &PlacePath<'_>, notes: &mut Notes<'_>) -> bool {
    let Some(sources) = stated.said(Member::Sources) else { return false };
    if !matches!(
        sources.said,
        PartValue::List | PartValue::Object | PartValue::Text(_) | PartValue::Malformed
    ) {
        notes.expected("not-sources", sources, path.member(Member::Sources.key()), "a list of sources");
        return false;
    }
    for (at, CitedSource { part, .. }) in
        stated.sources.iter().enumerate().filter(|(_, source)| !source.is_named)
    {
        if !is_malformed(part) {
            let wanted = "a source: an object with a title or url, a key of \"sources\", or a URL";
            notes.expected("not-a-source", part, path.item_path(Member::Sources.key(), at).text(), wanted);
        }
    }
    stated.sources.iter().any(|source| source.is_named)
}
