//! What a data package of visavis is called by, for who writes it and who reads it.

use serde_json::Value;

/// The format of the descriptor `datapackage.json`.
pub const PACKAGE_SCHEMA: &str = "visavis.package/1";

/// The paths of the tables of a data package that another program wrote, relative to its folder; `None` if it is ours or
/// none, or if all its tables stand elsewhere. Source: Data Package 2.0, `resources`.
pub fn tables_of_others(text: &str) -> Option<Vec<String>> {
    let json: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    let schema = json.get("schema").and_then(Value::as_str).unwrap_or_default();
    if schema.starts_with("visavis.package/") {
        return None;
    }
    let resources = json.get("resources")?.as_array()?;
    let paths = resources.iter().filter_map(|resource| resource.get("path")).flat_map(|path| match path {
        Value::Array(paths) => paths.iter().filter_map(Value::as_str).collect(),
        path => path.as_str().into_iter().collect::<Vec<&str>>(),
    });
    let paths = paths.map(|path| path.trim_start_matches("./"));
    let paths: Vec<String> = paths.filter(|path| is_inside(path)).map(str::to_owned).collect();
    (!paths.is_empty()).then_some(paths)
}

/// Whether a path stays in the folder of the descriptor, as the specification asks.
pub fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', ':', '\0'])
        && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
}

/// The name of the descriptor.
pub const DESCRIPTOR: &str = "datapackage.json";

/// The file of the framework.
pub const FRAMEWORK_FILE: &str = "framework.json";
