//! What the readers of tables hand over: records of fields in one text, and what the file itself says of them.

use crate::core::table_mapping::ColumnRole;

/// Records of fields as comma-separated text (RFC 4180), each ended by a line feed: record 0 is row 1 of the table, field
/// 0 its column A. No record is left out, so that a field's place tells where it stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Records {
    text: String,
    has_field: bool,
}

impl Records {
    pub(super) fn field(&mut self, field: &str) {
        self.separate();
        if field.contains([',', '"', '\n', '\r']) {
            self.text.push('"');
            self.text.push_str(&field.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(field);
        }
    }

    pub(super) fn end_record(&mut self) {
        self.text.push('\n');
        self.has_field = false;
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn separate(&mut self) {
        if self.has_field {
            self.text.push(',');
        }
        self.has_field = true;
    }
}

/// What a file, or one that lies beside it, says of an indicator.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct IndicatorMetadata {
    /// Its code, or the heading of its column.
    pub id: String,
    pub title: Option<String>,
    pub unit: Option<String>,
    pub description: Option<String>,
    pub source: Option<String>,
    /// The first part of its topic: a goal.
    pub topic: Option<String>,
    pub decimals: Option<u8>,
    /// Its categories from worst to best, only if the metadata itself says that they are ordered.
    pub ordered_categories: Vec<String>,
}

/// What a file, or one that lies beside it, says of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TableMetadata {
    pub title: Option<String>,
    pub description: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    pub url: Option<String>,
    pub licence: Option<String>,
    pub updated: Option<String>,
    pub indicators: Vec<IndicatorMetadata>,
    /// Roles of columns that the format itself states, by heading: no guess.
    pub roles: Vec<(String, ColumnRole)>,
    /// Texts that stand where a value is missing.
    pub missing: Vec<String>,
    /// Groups of countries: id, title, and the codes of the members.
    pub groups: Vec<(String, String, Vec<String>)>,
}
