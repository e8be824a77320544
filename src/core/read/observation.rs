//! What a cell says of its value beside it: marks, observation status, bounds, the printed form.

use super::{
    entry::{Part, PartValue, StatedCell},
    members::CellMember as Member,
    notes::{Notes, PlacePath},
    published::printed_interval,
    words::{is_blank, nearest, writable_mark},
};
use crate::core::{
    cell::{Gap, MARKS, Marks, Value},
    interval::Interval,
    label,
    obs_status::ObservationStatus,
    scale::{NumberScale, Scale, ScaleKind},
};

/// A status that is neither a mark nor a gap.
pub(super) const UNKNOWN_STATUS: &str = "unknown-status";

/// A value whose status says that there is none.
pub(super) const GAP_AND_VALUE: &str = "gap-and-value";

/// The marks that a cell states, and that it is disputed if its readings differ.
pub(super) fn marks(stated: &StatedCell<'_>, path: &PlacePath<'_>, notes: &mut Notes<'_>) -> Marks {
    let mut marks = Marks::empty();
    let mut said = stated.readings.iter().filter(|reading| is_reading(reading)).map(|reading| &reading.said);
    let first = said.next();
    marks.set(Marks::DISPUTED, said.any(|other| Some(other) != first));
    if stated.said(Member::Marks).is_none() {
        return marks;
    }
    for (at, part) in stated.marks.iter().enumerate() {
        if let Some(mark) = part.text().and_then(writable_mark) {
            marks |= mark;
        } else if !is_malformed(part) {
            let known = || MARKS.iter().map(|known| known.id).filter(|id| writable_mark(id).is_some());
            let status = part.text().map(ObservationStatus::parse);
            let is_code = part.text().is_some_and(|text| text.len() < 5);
            let is_status =
                is_code && status.is_some_and(|status| status.others.is_empty() && !status.marks.is_empty());
            let near = part.text().and_then(|text| nearest(text, known()));
            let wanted = format!("a mark: {}", known().collect::<Vec<_>>().join(", "));
            let path = path.item_path(Member::Marks.key(), at).text();
            let fault = notes.expected("unknown-mark", part, path, wanted);
            let status = is_status.then(|| "write it as \"status\", not as a mark".to_owned());
            fault.hint = status.or_else(|| near.map(|near| format!("did you mean \"{near}\"?")));
        }
    }
    marks
}

/// The interval of a cell that states its bounds.
pub(super) fn bounds(
    stated: &StatedCell<'_>,
    scale: &Scale,
    path: &PlacePath<'_>,
    notes: &mut Notes<'_>,
) -> Result<Value, Gap> {
    let mut bound = |member: Member| match stated.said(member).map(|part| (part, &part.said)) {
        None => Ok(None),
        Some((_, PartValue::Number(number))) => Ok(Some(*number + 0.0)),
        Some((part, _)) if is_malformed(part) => Err(Gap::Unreadable),
        Some((part, _)) => {
            notes.expected("not-a-number", part, path.member(member.key()), "a number");
            Err(Gap::Unreadable)
        }
    };
    let (low, high) = (bound(Member::Low)?, bound(Member::High)?);
    let is_in = |about: &NumberScale| [low, high].into_iter().flatten().all(|bound| about.admits(bound));
    let (wanted, hint) = match (&scale.kind, Interval::between(low, high)) {
        (ScaleKind::Number(about), Some(interval)) if is_in(about) => return Ok(Value::Interval(interval)),
        (ScaleKind::Number(_), Some(_)) => {
            ("bounds within those of the scale", "check them against the scale")
        }
        (ScaleKind::Number(_), None) => ("a \"low\" that is not above \"high\"", "exchange the two"),
        _ => ("an answer as its scale takes it", "bounds are of numbers: write a \"value\""),
    };
    let message = format!("expected {wanted}; it counts as unreadable");
    notes.error("bad-bounds", stated.span.at, path.text(), message).hint = Some(hint.to_owned());
    Err(Gap::Unreadable)
}

/// What a cell answers with its observation status: marks of a value, or the reason of a gap.
pub(super) fn with_status(
    state: Result<Value, Gap>,
    stated: &StatedCell<'_>,
    path: &PlacePath<'_>,
    notes: &mut Notes<'_>,
) -> (Result<Value, Gap>, Marks) {
    let Some(part) = stated.said(Member::Status) else { return (state, Marks::empty()) };
    let Some(status) = part.text().map(ObservationStatus::parse) else { return (state, Marks::empty()) };
    if !status.others.is_empty() {
        let message =
            format!("the status {} has no mark of its own; it is shown as written", notes.excerpt(part));
        let fault = notes.hint(UNKNOWN_STATUS, part.at, path.member(Member::Status.key()), message);
        fault.found = Some(status.others);
    }
    let state = match (state, status.gap) {
        (Ok(_), Some(gap)) => {
            let (found, reason) = (notes.excerpt(part), gap.title());
            let told = format!(
                "says a value, and as its status {found} that it is missing, {reason}; it counts as unreadable"
            );
            notes.error(GAP_AND_VALUE, stated.span.at, path.text(), told).hint =
                Some("take the status away if the value holds, else the value".to_owned());
            Err(Gap::Unreadable)
        }
        (Err(said), Some(gap)) if stated.said(Member::Gap).is_some() && said != gap => {
            let told = "says two reasons of a gap, \"gap\" and \"status\"; it counts as unreadable";
            notes.error("two-answers", stated.span.at, path.text(), told).hint =
                Some("keep the one that is true".to_owned());
            Err(Gap::Unreadable)
        }
        (Err(Gap::Unreadable), Some(_)) | (_, None) => state,
        (Err(_), Some(gap)) => Err(gap),
    };
    (state, status.marks)
}

/// A number whose printed form is a bound or a range of it is that interval: 5 printed as `<5` is not 5.
pub(super) fn as_printed(
    state: Result<Value, Gap>,
    stated: &StatedCell<'_>,
    scale: &Scale,
    path: &PlacePath<'_>,
    notes: &mut Notes<'_>,
) -> Result<Value, Gap> {
    let (Ok(Value::Number(number)), ScaleKind::Number(about), Some(part)) =
        (state, &scale.kind, stated.said(Member::Printed))
    else {
        return state;
    };
    let printed = match &part.said {
        PartValue::Text(text) => Some(text.to_string()),
        // Most printed forms are read when somebody looks.
        PartValue::Words => notes
            .text
            .get(part.at..part.end)
            .filter(|text| text.contains(['<', '>', '\\', '-', ' ']) || !text.is_ascii())
            .and_then(|text| serde_json::from_str(text).ok()),
        _ => None,
    };
    let Some(interval) = printed.and_then(|printed| printed_interval(&printed, about, number)) else {
        return state;
    };
    let words = label::interval(interval, 0);
    let message = format!("the value {number} is printed as {words}: it is read as that, not as {number}");
    notes.hint("printed-bounds", part.at, path.member(Member::Printed.key()), message).hint =
        Some(format!("write \"value\": \"{words}\""));
    Ok(Value::Interval(interval))
}

/// Whether a reading says something: `null` and blank ones do not.
pub(super) fn is_reading(part: &Part<'_>) -> bool {
    part.is_said() && !part.text().is_some_and(is_blank)
}

/// Whether the reader of the format has told what is wrong.
pub(super) const fn is_malformed(part: &Part<'_>) -> bool {
    matches!(part.said, PartValue::Malformed | PartValue::NotANumber)
}
