//! The sample data set that is embedded in the binary.

use std::path::Path;

use crate::core::{
    dataset::Dataset,
    read::{Loader, Options},
};
use crate::text::Raw;

use super::load;

/// The bundle: framework and cards of the child labour findings 2016–2022.
pub const BUNDLE: &str = include_str!("../../sample-data/embedded/child-labour-2016-2022.json");

/// The name of the sample in the title and in messages.
pub const NAME: &str = "embedded sample";

/// Reads the embedded sample, and the user's own findings from `findings`. `progress` gets the number of cards read.
pub fn open(findings: Option<&Path>, progress: &(dyn Fn(usize) + Sync)) -> Dataset {
    let mut loader = Loader::new(Options::default());
    loader.add(Raw::from_static(NAME), BUNDLE.as_bytes().to_vec());
    load::add_findings(&mut loader, findings, load::MAX_BYTES);
    loader.finish(Raw::from_static(NAME), progress)
}
