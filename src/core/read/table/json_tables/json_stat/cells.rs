//! What stands in the cells of a dataset, however it is written.

use super::super::Json;
use std::collections::HashMap;

/// What stands in `value` or `status`: for each cell, for some of them, or once for all.
pub(super) enum Cells<'a> {
    Dense(&'a [Json]),
    Sparse(HashMap<usize, &'a Json>),
    Same(&'a Json),
    Nothing,
}

impl<'a> Cells<'a> {
    /// The cells, and how many keys are no place.
    pub(super) fn of(json: Option<&'a Json>, total: usize) -> (Self, usize) {
        match json {
            Some(Json::List(list)) => (Self::Dense(list), list.len().saturating_sub(total)),
            Some(Json::Object(object)) => {
                let places = object.iter().filter_map(|(key, value)| Some((key.parse().ok()?, value)));
                let sparse: HashMap<usize, &Json> = places.filter(|(place, _)| *place < total).collect();
                let left_out = object.len() - sparse.len();
                (Self::Sparse(sparse), left_out)
            }
            Some(text @ Json::Text(_)) => (Self::Same(text), 0),
            _ => (Self::Nothing, 0),
        }
    }

    /// The same of statuses, of which a list of one holds for all.
    pub(super) fn of_status(json: Option<&'a Json>, total: usize) -> (Self, usize) {
        match json.and_then(Json::list) {
            Some([same]) if total > 1 => (Self::Same(same), 0),
            _ => Self::of(json, total),
        }
    }

    pub(super) fn get(&self, place: usize) -> Option<&'a Json> {
        match self {
            Self::Dense(list) => list.get(place),
            Self::Sparse(sparse) => sparse.get(&place).copied(),
            Self::Same(same) => Some(same),
            Self::Nothing => None,
        }
    }

    pub(super) fn is_some(&self) -> bool {
        !matches!(self, Self::Nothing)
    }
}
