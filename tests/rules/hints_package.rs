//! Hints about a data package are followed: each row breaks a file of one, and says what its hint is and what comes of
//! doing as it says.

use visavis::core::problem::Problem;

use super::identity::{opened, package};

/// A file, what stands in it, what is written in its place, the code, the hint, and what the hint makes of it.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

const IRL_J: &str = "IRL,Ireland,2010,j,j,1,1,";

const CHECK: &str = "check what its first columns name, here and in the other rows";

const ROWS: [Row; 17] = [
    (
        "cells.csv",
        "2010,j,j,5,5,,5,",
        "2010,j,j,5,7,,5,",
        "stale-words",
        "write \"7\" in label and empty printed, or put the value back",
        &["2010,j,j,7,7,,,", "2010,j,j,5,5,,5,"],
    ),
    (
        "cells.csv",
        "2010,j,j,5,5,,5,",
        "2010,j,j,5,7,,,",
        "stale-words",
        "write \"7\" in label, or put the value back",
        &["2010,j,j,7,7,,,"],
    ),
    (
        "cells.csv",
        "2010,j,j,5,5,,5,",
        "2010,j,j,7,7,,5,",
        "stale-words",
        "empty printed, or put the value back",
        &["2010,j,j,7,7,,,"],
    ),
    (
        "cells.csv",
        "2010,i,i,b,b,,b,",
        "2010,i,i,b,a,,b,",
        "stale-words",
        "write \"a\" in label and empty printed, or put the value back",
        &["2010,i,i,a,a,,,", "2010,i,i,b,b,,b,"],
    ),
    (
        "cells.csv",
        "no data,,no-data",
        "no data,,nodata",
        "unknown-gap",
        "did you mean \"no-data\"?",
        &["no data,,no-data"],
    ),
    (
        "cells.csv",
        "signed only,signed-only",
        "signed only,bound",
        "two-answers",
        "the dates decide: take the value away, or mend the dates",
        &["signed only,", "signed only,signed-only"],
    ),
    (
        "cells.csv",
        ",,5,,,,A,",
        ",,5,,,,A,x,",
        "bad-row",
        "a quote that is not closed, or a line break or comma outside quotes, splits a row",
        &[",,5,,,,A,"],
    ),
    ("cells.csv", IRL_J, "IRE,Ireland,2010,j,j,1,1,", "stray-row", CHECK, &[IRL_J]),
    ("cells.csv", "2010,j,j,5", "2010,i,i,5", "two-answers", "keep the row that is true", &["2010,j,j,5"]),
    ("cells.csv", "2010,j,j,5", "2010,jj,j,5", "unknown-indicator", "did you mean \"j\"?", &["2010,j,j,5"]),
    (
        "cells.csv",
        "value,gap",
        "valeu,gap",
        "no-column",
        "\"valeu\" may be meant: name it \"value\" again",
        &["value,gap"],
    ),
    ("readings.csv", "IRL", "IRE", "stray-row", CHECK, &["IRL"]),
    ("card_items.csv", "campaign", "champaign", "stray-row", CHECK, &["campaign"]),
    ("cards.csv", "SWE", "IRL", "duplicate-card", "take one of the two rows away", &["SWE"]),
    (
        "sources.csv",
        "title",
        "titel",
        "no-column",
        "\"titel\" may be meant: name it \"title\" again",
        &["title"],
    ),
    (
        "datapackage.json",
        "visavis.package/1",
        "other/1",
        "foreign-package",
        "only a package that this version of `visavis export` wrote is opened as cards: export it again; of another's the tables are opened, if they lie beside it",
        &[],
    ),
    (
        "datapackage.json",
        "\"cells.csv\"",
        "\"../cells.csv\"",
        "path-outside",
        "name a file of this folder",
        &["\"cells.csv\""],
    ),
];

#[test]
fn a_data_package_is_mended_as_its_hints_say() {
    let with = |name: &str, old: &str, new: &str| -> Vec<Problem> {
        let mut files = package();
        let (_, text) = files.iter_mut().find(|(known, _)| *known == format!("out/{name}")).unwrap();
        assert!(text.contains(old), "{old} in {text}");
        *text = text.replacen(old, new, 1);
        opened(&files).problems
    };
    assert_eq!(opened(&package()).problems, []);
    let mut failed = vec![];
    for (name, old, new, code, hint, mended) in ROWS {
        let told = with(name, old, new);
        let found = told.iter().find(|problem| problem.code == code);
        let words =
            found.and_then(|problem| problem.hint.as_ref()).map(ToString::to_string).unwrap_or_default();
        if found.is_none_or(|problem| problem.file.is_none() || problem.place.is_none()) || words != hint {
            let all: Vec<String> = told.iter().map(ToString::to_string).collect();
            failed.push(format!("{name}, {new}: {code}\n   {}", all.join("\n   ")));
        }
        for mended in mended {
            for left in with(name, old, mended) {
                failed.push(format!("{hint}: gives {mended}, which is told: {left}"));
            }
        }
    }
    assert!(failed.is_empty(), "{}:\n{}", failed.len(), failed.join("\n"));
}
