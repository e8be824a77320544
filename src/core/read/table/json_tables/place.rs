//! Where a field of a table stood in the JSON it was read from.

use super::value::child;

/// Where the records of a table stand.
#[derive(Debug)]
pub(in super::super) enum JsonPlace {
    /// Records are items of a list, or of lists side by side.
    Lists {
        /// What holds the records.
        base: String,
        /// The index of each record.
        rows: Vec<usize>,
        fields: Vec<FieldAt>,
    },
    /// Records stand under keys, such as those of a country.
    Keys {
        base: String,
        /// Steps that records share.
        outer: Vec<String>,
        /// For each record, which of those, and the steps from there.
        rows: Vec<(usize, String)>,
        fields: Vec<FieldAt>,
    },
}

/// Where a field of a record stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum FieldAt {
    /// The same place for all records.
    Fixed(String),
    /// Steps before and after those of the record.
    Row { before: String, after: String },
    /// Steps before and after those that the record shares with others.
    Outer { before: String, after: String },
}

impl FieldAt {
    pub(super) fn row(before: &str, after: impl Into<String>) -> Self {
        Self::Row { before: before.to_owned(), after: after.into() }
    }

    pub(super) fn outer(before: &str, after: impl Into<String>) -> Self {
        Self::Outer { before: before.to_owned(), after: after.into() }
    }
}

impl JsonPlace {
    /// The JSON path of a field: that of what holds the records for record 0; for a field that the table does not have,
    /// its heading in the record.
    pub(in super::super) fn path(&self, record: usize, heading: &str, field: usize) -> String {
        let (base, fields) = match self {
            Self::Lists { base, fields, .. } | Self::Keys { base, fields, .. } => (base, fields),
        };
        let Some((shared, own)) = record.checked_sub(1).and_then(|index| self.steps(index)) else {
            return base.clone();
        };
        match fields.get(field) {
            Some(FieldAt::Fixed(path)) => path.clone(),
            Some(FieldAt::Row { before, after }) => format!("{before}{shared}{own}{after}"),
            Some(FieldAt::Outer { before, after }) => format!("{before}{shared}{after}"),
            None => format!("{base}{shared}{own}{}", child(heading)),
        }
    }

    /// The steps to a record: those it shares with others, and its own.
    fn steps(&self, index: usize) -> Option<(&str, String)> {
        match self {
            Self::Lists { rows, .. } => rows.get(index).map(|row| ("", format!("[{row}]"))),
            Self::Keys { outer, rows, .. } => {
                let (shared, own) = rows.get(index)?;
                Some((outer.get(*shared).map_or("", String::as_str), own.clone()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldAt, JsonPlace};

    #[test]
    fn places_out_of_range_are_those_of_the_holder() {
        let place = JsonPlace::Lists { base: "$.data".to_owned(), rows: vec![3], fields: Vec::new() };
        assert_eq!(place.path(0, "a", 0), "$.data");
        assert_eq!(place.path(2, "a", 0), "$.data");
        assert_eq!(place.path(1, "a b", 7), "$.data[3][\"a b\"]");
        let fields =
            vec![FieldAt::outer("$", ".name"), FieldAt::row("$", ".v"), FieldAt::Fixed("$.t".to_owned())];
        let (outer, rows) = (vec![".GHA".to_owned()], vec![(0, "[2]".to_owned()), (9, String::new())]);
        let place = JsonPlace::Keys { base: "$".to_owned(), outer, rows, fields };
        assert_eq!(place.path(1, "", 0), "$.GHA.name");
        assert_eq!(place.path(1, "", 1), "$.GHA[2].v");
        assert_eq!(place.path(1, "", 2), "$.t");
        assert_eq!(place.path(2, "", 1), "$.v");
    }
}
