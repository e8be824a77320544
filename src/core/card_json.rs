//! A card as its file has it, so that reading it gives the same one again.

use serde_json::{Map, Value as Json, json};

use super::{
    cell::{Cell, Gap, Marks, Value},
    dataset::{CardId, CountryId, Dataset, EditionId},
    detail::Detail,
    framework::IndicatorId,
    interval::bounded,
};

/// The format of card files.
pub const CARD_SCHEMA: &str = "visavis.card/1";

/// The card of a country in an edition, in one line.
pub fn card(data: &Dataset, country: CountryId, edition: EditionId, card: CardId) -> String {
    let who = data.country(country);
    let mut assessments = Map::new();
    for id in data.framework.indicator_ids() {
        let cell = data.cell_of(card, id);
        if let Some(json) = said(data, (country, edition, id), cell) {
            assessments.insert(data.framework.indicator(id).id.to_string(), json);
        }
    }
    json!({
        "schema": CARD_SCHEMA,
        "framework": data.framework.id,
        "country": who.code.raw(),
        "name": who.name.raw(),
        "edition": data.edition(edition).label,
        "assessments": assessments,
    })
    .to_string()
}

/// What a card says of a cell; nothing of one that it does not mention.
fn said(
    data: &Dataset,
    (country, edition, id): (CountryId, EditionId, IndicatorId),
    cell: Cell,
) -> Option<Json> {
    if cell.state == Err(Gap::Absent) {
        return None;
    }
    let detail = data.detail(country, edition, id);
    let mut json = Map::new();
    let scale = data.framework.scale(id);
    let printed = detail.printed.as_ref().map(|words| words.raw().to_owned());
    match cell.state {
        Ok(Value::Number(number)) => _ = json.insert("value".into(), json!(number)),
        Ok(Value::Level(level)) => {
            let id = scale.levels.get(usize::from(level)).map(|level| level.id.to_string());
            json.insert("level".into(), json!(id));
        }
        Ok(Value::Date(day)) => _ = json.insert("value".into(), json!(day.to_string())),
        Ok(Value::Text) => _ = json.insert("value".into(), json!(detail.text)),
        Ok(Value::Interval(_)) => {
            let bare = printed.as_deref().map(|words| bounded(words).map_or(words, |(bare, _)| bare));
            json.insert("value".into(), json!(bare));
        }
        Err(Gap::Empty) if detail.note.is_none() => return Some(Json::Null),
        // A note says why it is empty.
        Err(Gap::Empty) => _ = json.insert("value".into(), Json::Null),
        Err(Gap::Unreadable) => {
            // What could be read, but for another row that says something else, must stay unreadable.
            let is_read =
                |words: &String| words.trim().parse::<f64>().is_ok() || scale.level_of(words).is_some();
            let contested =
                |words: String| if is_read(&words) { format!("{words} (rows differ)") } else { words };
            json.insert("value".into(), json!(printed.clone().map(contested)));
        }
        Err(gap) => _ = json.insert("gap".into(), json!(gap.id())),
    }
    let is_said =
        |printed: &String| cell.state == Err(Gap::Unreadable) || json.get("value") == Some(&json!(printed));
    if let Some(printed) = printed.filter(|printed| !is_said(printed)) {
        json.insert("printed".into(), json!(printed));
    }
    put_about(&mut json, cell, &detail);
    Some(Json::Object(json))
}

fn put_about(json: &mut Map<String, Json>, cell: Cell, detail: &Detail) {
    let derived = Marks::UNSOURCED | Marks::OUTDATED | Marks::LOOKS_MISSING;
    let marks: Vec<&str> = (cell.marks - derived).ids().collect();
    if !marks.is_empty() {
        json.insert("marks".into(), json!(marks));
    }
    if let Some(note) = &detail.note {
        json.insert("note".into(), json!(note));
    }
    if let Some(status) = &detail.status {
        json.insert("status".into(), json!(status));
    }
    if !detail.sources.is_empty() {
        json.insert("sources".into(), json!(detail.sources));
    }
}
