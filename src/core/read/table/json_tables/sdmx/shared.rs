//! Attributes that several observations share: the unit, and the power of ten that values are given in.

use super::{Component, Json, components};
use std::borrow::Cow;

/// Attributes without which a value is not what it says (SDMX cross-domain concepts).
pub(super) const UNITS: [&str; 3] = ["UNIT_MEASURE", "UNIT", "UNIT_MULT"];

/// Those of the whole data set, of series, and of groups of dimensions, by their places in the lists of values.
pub(super) struct SharedAttributes<'a> {
    levels: [Vec<Component<'a>>; 3],
}

/// What a data set says of them.
pub(super) struct SaidAttributes<'a> {
    whole: Option<&'a [Json]>,
    /// By keys in which an empty part stands for all.
    groups: Option<&'a [(String, Json)]>,
}

impl<'a> SaidAttributes<'a> {
    pub(super) fn of(set: &'a Json) -> Self {
        let whole = set.get("attributes").and_then(Json::list);
        Self { whole, groups: set.get("dimensionGroupAttributes").and_then(Json::object) }
    }
}

impl<'a> SharedAttributes<'a> {
    /// `None` if one of them cannot be read.
    pub(super) fn of(structure: &'a Json, base: &str) -> Option<Self> {
        let of = |level| components(structure, base, "attributes", level);
        Some(Self { levels: [of("dataSet")?, of("series")?, of("dimensionGroup")?] })
    }

    /// The units, each once.
    pub(super) fn columns(&self) -> impl Iterator<Item = &Component<'a>> {
        UNITS.iter().filter_map(|id| self.levels.iter().flatten().find(|attribute| attribute.id == *id))
    }

    /// What is said of an observation with this key: by its series, by a group, by the whole.
    pub(super) fn cells(
        &self,
        said: &SaidAttributes<'a>,
        of_series: Option<&'a [Json]>,
        key: &str,
    ) -> Vec<Cow<'a, str>> {
        let [whole, series, group] = &self.levels;
        let groups = said.groups.into_iter().flatten().filter(|(group, _)| is_of_group(key, group));
        let lists = of_series.map(|list| (series, list)).into_iter();
        let lists = lists.chain(groups.filter_map(|(_, list)| Some((group, list.list()?))));
        let lists: Vec<_> = lists.chain(said.whole.map(|list| (whole, list))).collect();
        let value = |id: &str| {
            lists.iter().find_map(|(components, list)| {
                let at = components.iter().position(|attribute| attribute.id == id)?;
                list.get(at).and_then(|json| components[at].cell(json)).filter(|cell| !cell.is_empty())
            })
        };
        self.columns().map(|attribute| value(attribute.id).unwrap_or_default()).collect()
    }
}

/// Whether a key is one of those that a group's key stands for, as far as both go.
fn is_of_group(key: &str, group: &str) -> bool {
    key.split(':').zip(group.split(':')).all(|(own, shared)| shared.is_empty() || own == shared)
}
