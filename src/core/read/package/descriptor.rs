//! The descriptor of a data package: which files belong to it, and what it says of them.

use serde_json::Value as Json;

use crate::core::{
    input_file::{InputFile, NamedText},
    json::Fault,
    package::{PACKAGE_SCHEMA, is_inside},
    read::members::NEWER,
};

/// The resources that belong to a package. The table of indicators is for people: the framework says the same.
const RESOURCES: [&str; 8] =
    ["cells", "countries", "indicators", "cards", "card_items", "readings", "sources", "framework"];

/// A descriptor of our own.
#[derive(Debug)]
pub(super) struct Descriptor {
    /// The id of the framework.
    pub framework: String,
    /// Texts with characters for which visible ones were written.
    pub made_visible: u64,
    /// Errors of the data that it was exported from.
    pub errors: u64,
    /// Each resource that is read, with its path.
    resources: Vec<(&'static str, String)>,
    pub faults: Vec<Fault>,
}

impl Descriptor {
    /// Reads a descriptor. Errors: it is no JSON, or of a package that `visavis export` did not write.
    pub(super) fn of(text: &str) -> Result<Self, Fault> {
        let foreign = |message: &str| {
            Fault::error("foreign-package", 0, message.to_owned()).hint(
                "only a package that this version of `visavis export` wrote is opened as cards: export it again; of \
                 another's the tables are opened, if they lie beside it",
            )
        };
        let json: Json = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|_| foreign("this descriptor of a data package is no JSON"))?;
        let words = |key: &str| json.get(key).and_then(Json::as_str);
        let schema = words("schema").filter(|schema| schema.starts_with("visavis.package/"));
        let Some(schema) = schema else {
            return Err(foreign("this data package was written by another program, or by an older version"));
        };
        let mut faults = vec![];
        if schema != PACKAGE_SCHEMA {
            let found = crate::text::excerpt(schema, 60);
            let message =
                format!("the format of this package is \"{found}\"; it is read as \"{PACKAGE_SCHEMA}\"");
            faults.push(Fault::warning("unknown-schema", 0, message).hint(NEWER));
        }
        let list = json.get("resources").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
        let mut resources = vec![];
        for name in RESOURCES {
            let named =
                list.iter().find(|resource| resource.get("name").and_then(Json::as_str) == Some(name));
            match named.and_then(|resource| resource.get("path")?.as_str()) {
                Some(path) if is_inside(path) => resources.push((name, path.to_owned())),
                Some(path) => {
                    let path = crate::text::excerpt(path, 60);
                    let message =
                        format!("the path of \"{name}\", \"{path}\", leaves the folder; it is not read");
                    faults.push(Fault::error("path-outside", 0, message).hint("name a file of this folder"));
                }
                None => {
                    let message = format!("this data package has no resource \"{name}\"");
                    faults.push(Fault::error("no-resource", 0, message).hint("export the data set again"));
                }
            }
        }
        Ok(Self {
            framework: words("framework").unwrap_or_default().to_owned(),
            made_visible: json.get("madeVisible").and_then(Json::as_u64).unwrap_or(0),
            errors: json.get("errors").and_then(Json::as_u64).unwrap_or(0),
            resources,
            faults,
        })
    }

    /// The paths of the files that belong to the package, relative to its folder.
    pub(super) fn paths(&self) -> Vec<String> {
        self.resources.iter().map(|(_, path)| path.clone()).collect()
    }

    /// The path of a resource; empty if it has none.
    pub(super) fn path(&self, name: &str) -> String {
        let known = self.resources.iter().find(|(known, _)| *known == name);
        known.map(|(_, path)| path.clone()).unwrap_or_default()
    }

    /// The text of a resource; `None` if it cannot be had, which has been told.
    pub(super) fn part<'f>(&self, file: &'f InputFile, name: &str) -> Option<&'f NamedText> {
        let (_, path) = self.resources.iter().find(|(known, _)| *known == name)?;
        file.part(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_folder_belong_to_a_package() {
        for (path, want) in [
            ("cells.csv", true),
            ("data/cells.csv", true),
            ("../cells.csv", false),
            ("/etc/passwd", false),
            ("https://example.org/cells.csv", false),
            ("a//b", false),
            (".hidden", false),
            ("C:\\x", false),
            ("", false),
        ] {
            assert_eq!(is_inside(path), want, "{path}");
        }
    }
}
