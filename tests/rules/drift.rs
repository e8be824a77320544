//! A table that changed since its mapping was saved: what is gone and what is new is told, until it is saved again.

use std::path::Path;

use visavis::{
    core::{dataset::Dataset, table_reading::mapping_text},
    store::load::{LoadOptions, open},
};

fn opened(path: &Path) -> Dataset {
    open(&LoadOptions { paths: vec![path.to_owned()], ..LoadOptions::default() }, &|_| ()).unwrap()
}

fn save(data: &Dataset, folder: &Path) {
    std::fs::write(folder.join("t.visavis.toml"), mapping_text(&data.readings[0])).unwrap();
}

fn told(data: &Dataset) -> Vec<String> {
    let drift = data.problems.iter().filter(|problem| problem.code.ends_with("-since-saved"));
    drift
        .map(|problem| format!("{}: {}", format!("{:?}", problem.severity).to_lowercase(), problem.message))
        .collect()
}

#[test]
fn indicators_and_categories_that_are_gone_or_new_are_told_until_the_mapping_is_saved_again() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("t.csv");
    let rows = |grade: &str| {
        let grades = ["A", "B", grade, "A", "B", grade];
        let codes = ["GHA", "KEN", "TGO", "ALB", "SRB", "FRA"];
        let rows = codes.iter().zip(grades).enumerate();
        rows.fold(String::new(), |rows, (at, (code, grade))| format!("{rows}{code},2023,{at},{grade}\n"))
    };
    std::fs::write(&table, format!("iso3,year,Beds,Grade\n{}", rows("B"))).unwrap();
    save(&opened(&table), folder.path());
    assert_eq!(told(&opened(&table)), Vec::<String>::new(), "nothing has changed");

    std::fs::write(&table, format!("iso3,year,Shelter beds,Grade\n{}", rows("C"))).unwrap();
    let changed = opened(&table);
    assert_eq!(
        told(&changed),
        [
            "warning: 1 indicator is no longer in this table, since its mapping was saved: Beds",
            "hint: 1 indicator is new since the mapping was saved: shelter-beds",
            "warning: 1 category of Grade is new since the mapping was saved: C",
        ]
    );
    save(&changed, folder.path());
    assert_eq!(told(&opened(&table)), Vec::<String>::new(), "it was saved again");

    let numbers = rows("C").replace(",A\n", ",1\n").replace(",B\n", ",2.5\n").replace(",C\n", ",3.25\n");
    std::fs::write(&table, format!("iso3,year,Shelter beds,Grade\n{numbers}")).unwrap();
    assert_eq!(
        told(&opened(&table)),
        ["warning: Grade had categories when the mapping was saved; now its answers are of the kind number"]
    );
}
