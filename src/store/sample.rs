//! The sample data set that travels in the binary.

use std::path::Path;

use crate::core::{
    dataset::Dataset,
    read::{Loader, Options},
};
use crate::text::Raw;

use super::load;

/// The bundle: framework and cards of the child labour findings 2016–2022.
pub const BUNDLE: &str = include_str!("../../sample-data/embedded/child-labour-2016-2022.json");

/// What the title and the messages call it.
pub const NAME: &str = "embedded sample";

/// Reads the embedded sample, with the user's own findings of this folder.
pub fn open(findings: Option<&Path>, progress: &(dyn Fn(usize) + Sync)) -> Dataset {
    let mut loader = Loader::new(Options::default());
    loader.add(Raw::from_static(NAME), BUNDLE.as_bytes().to_vec());
    load::add_findings(&mut loader, findings, load::MAX_BYTES);
    loader.finish(Raw::from_static(NAME), progress)
}
