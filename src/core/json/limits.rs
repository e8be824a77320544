//! How deep and how long reading goes.

/// How far reading goes before it gives up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Arrays and objects that may stand inside one another; more than [`Limits::DEEPEST`] counts as that.
    pub depth: usize,
    /// Oddities told one by one; those beyond are told as a number, in one last fault `more-faults`.
    pub max_faults: usize,
}

impl Limits {
    /// A tree is dropped level by level on the stack, so no setting goes deeper than this.
    pub const DEEPEST: usize = 1000;
}

impl Default for Limits {
    /// The depth is what `serde_json` allows.
    fn default() -> Self {
        Self { depth: 127, max_faults: 200 }
    }
}
