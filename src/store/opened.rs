//! What the user opened: paths, or the sample set that is embedded in the binary.

use super::load::LoadOptions;

/// Where the cards come from.
#[derive(Clone, Debug)]
pub enum Opened {
    Paths(Box<LoadOptions>),
    EmbeddedSample,
}
