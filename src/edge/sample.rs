//! The sample data set that travels in the binary.

use crate::core::{
    dataset::Dataset,
    read::{Loader, Options},
};
use crate::text::Raw;

/// The bundle: framework and cards of the child labour findings 2016–2022.
pub const BUNDLE: &str = include_str!("../../sample-data/embedded/child-labour-2016-2022.json");

/// What the title and the messages call it.
pub const NAME: &str = "embedded sample";

/// Reads the embedded sample.
pub fn open(progress: &dyn Fn(usize)) -> Dataset {
    let mut loader = Loader::new(Options::default());
    loader.add(Raw::from_static(NAME), BUNDLE.as_bytes().to_vec());
    loader.finish(Raw::from_static(NAME), progress)
}
