//! What a data package of visavis is called by, for who writes it and who reads it.

/// The format of the descriptor `datapackage.json`.
pub const PACKAGE_SCHEMA: &str = "visavis.package/1";

/// The name of the descriptor.
pub const DESCRIPTOR: &str = "datapackage.json";

/// The file of the framework.
pub const FRAMEWORK_FILE: &str = "framework.json";
