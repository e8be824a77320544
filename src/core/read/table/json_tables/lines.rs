//! JSON Lines: a record a line.

use super::Json;
use crate::text::excerpt;

/// The records as a list, in which a line that is no JSON is null, with the first such line and why; `None` unless the
/// first line is an object and the second begins as one.
pub(super) fn read(text: &str) -> Option<(Json, Option<String>)> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let value = |line: &str| serde_json::from_str::<Json>(line);
    let starts = |line: &str| line.trim_start().starts_with('{');
    let ((_, first), (_, second)) = (lines().next()?, lines().nth(1)?);
    if !starts(first) || !starts(second) || value(first).is_err() {
        return None;
    }
    let mut first_lost = None;
    let records = lines().map(|(index, line)| {
        value(line).unwrap_or_else(|fault| {
            first_lost.get_or_insert_with(|| {
                let said = fault.to_string();
                let why = said.split(" at line ").next().unwrap_or(&said);
                format!("line {} is no JSON: {why} in {}", index + 1, excerpt(line, 40).as_str())
            });
            Json::Null
        })
    });
    let records = Json::List(records.collect());
    Some((records, first_lost))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{only, read};

    #[test]
    fn a_record_a_line() {
        let table = only(
            "{\"iso3\":\"GHA\",\"v\":1}\n\n{\"iso3\":\"KEN\",\"v\":2}\n{\"iso3\":\n{\"iso3\":\"TGO\",\"v\":3}\n",
        );
        assert_eq!(table.text, "iso3,v\nGHA,1\nKEN,2\nTGO,3\n");
        assert_eq!(table.left_out, 1);
        let lost = table.first_lost.expect("a line");
        assert!(lost.starts_with("line 4 is no JSON: EOF"), "{lost}");
        assert_eq!(table.place.path(3, "v", 1), "$[3].v");
        // Of a file that was cut off the whole lines are read.
        let cut = only("{\"iso3\":\"GHA\",\"v\":1}\n{\"iso3\":\"KE");
        assert_eq!((cut.text.as_str(), cut.left_out), ("iso3,v\nGHA,1\n", 1));
        assert!(read("{\"iso3\":\"GHA\",\"v\":1}\n]").is_none());
        assert!(read("{\n\"iso3\":\"GHA\"").is_none());
    }
}
