//! The severity of a problem: hint, warning or error.

/// Ordered lightest first, so that the worst of many is their maximum.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    strum::Display,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing. Nothing is lost.
    Hint,
    /// Everything loads, but perhaps not as intended.
    Warning,
    /// Something cannot be used as it stands.
    Error,
}

#[cfg(test)]
mod tests {
    use super::Severity;

    #[test]
    fn an_error_outweighs_a_warning_and_a_warning_a_hint() {
        assert!(Severity::Error > Severity::Warning && Severity::Warning > Severity::Hint);
        assert_eq!(Severity::Warning.to_string(), "warning");
        assert_eq!("error".parse(), Ok(Severity::Error));
    }
}
