//! Tables in the shapes that people hold: what each becomes, cell by cell, held by reviewed pictures.

use std::{fmt::Write as _, path::Path};

use visavis::{
    core::{
        card_json,
        cell::{Gap, Marks},
        dataset::Dataset,
        framework::Framework,
        framework_json,
        read::from_texts,
        scale::{Better, ScaleKind},
    },
    store::load::{LoadOptions, open},
};

fn opened(path: &Path) -> Dataset {
    let options = LoadOptions { paths: vec![path.to_owned()], ..LoadOptions::default() };
    open(&options, &|_| ()).unwrap()
}

/// All of a small table: how it was read, its indicators, and every cell.
fn picture(data: &Dataset) -> String {
    let mut out = String::new();
    for reading in &data.readings {
        let _ = writeln!(out, "{} ({})", reading.line(), reading.text);
        for column in &reading.columns {
            let _ = writeln!(out, "  {} = {}: {}", column.heading.line(), column.role, column.why.line());
        }
        if let Some((label, why)) = &reading.undated {
            let _ = writeln!(out, "  edition {} {why}", label.line());
        }
        for sign in &reading.signs {
            let _ = writeln!(out, "  {} in {} cells is {}", sign.sign.line(), sign.cells, sign.gap);
        }
    }
    let _ = writeln!(out, "set {}: {}", data.framework.id, data.framework.title.line());
    for id in data.framework.indicator_ids() {
        let indicator = data.framework.indicator(id);
        let scale = data.framework.scale(id);
        let about = match &scale.kind {
            ScaleKind::Number(about) => {
                assert_eq!(about.better, Better::Neither, "a direction is never guessed");
                about.unit.as_ref().map(|unit| format!(" in {}", unit.line())).unwrap_or_default()
            }
            _ => {
                let levels: Vec<String> =
                    scale.levels.iter().map(|level| level.label.line().into_string()).collect();
                if levels.is_empty() { String::new() } else { format!(" [{}]", levels.join("] [")) }
            }
        };
        let goal = data.framework.goal(indicator.goal).title.line();
        let _ = writeln!(
            out,
            "{}: {} ({goal}): {}{about}",
            indicator.id,
            indicator.title.line(),
            scale.kind.id()
        );
    }
    for group in &data.framework.groups {
        let members: Vec<&str> = group.members.iter().map(|member| &*member.code).collect();
        let _ = writeln!(out, "group {}: {}", group.id, members.join(" "));
    }
    for country in data.country_ids() {
        for edition in data.edition_ids().filter(|edition| data.card(country, *edition).is_some()) {
            let (who, when) = (data.country(country), data.edition(edition));
            let _ = write!(out, "{} {} {}:", who.code.line(), who.title().line(), when.label);
            for id in data.framework.indicator_ids() {
                let cell = data.cell(country, edition, id);
                let words = match cell.state {
                    Ok(_) => data.label(country, edition, id).line().into_string(),
                    Err(gap) => format!("<{}>", gap.id()),
                };
                let marks: Vec<&str> = (cell.marks - Marks::UNSOURCED).ids().collect();
                let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(" ")) };
                let _ = write!(out, " | {words}{marks}");
            }
            out.push('\n');
        }
    }
    for problem in &data.problems {
        let _ = writeln!(out, "{problem}");
    }
    out
}

#[test]
fn each_shape_of_a_table_becomes_what_its_picture_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        path.is_file() && !name.contains("metadata") && path.extension().is_none_or(|ending| ending != "toml")
    });
    files.push(folder.join("package/datapackage.json"));
    files.sort();
    assert!(files.len() > 10);
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let picture = picture(&opened(&file)).replace(&format!("{}/", folder.display()), "");
        insta::with_settings!({ snapshot_path => "../tables/pictures", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, picture);
        });
    }
}

/// The tables of this folder that open.
fn tables() -> Vec<(String, Dataset)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.push(folder.join("package/datapackage.json"));
    files.sort();
    let all = files.into_iter().map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let options = LoadOptions { paths: vec![path], ..LoadOptions::default() };
        (name, open(&options, &|_| ()))
    });
    let all: Vec<_> = all.filter_map(|(name, data)| Some((name, data.ok()?))).collect();
    all.into_iter().filter(|(_, data)| !data.readings.is_empty()).collect()
}

#[test]
fn an_export_of_a_table_opened_again_is_the_same_data_set() {
    for (name, table) in tables() {
        // What acts on a terminal is written in a visible form.
        if name != "traps.csv" {
            super::identity::hold_identity(&table, &name);
        }
    }
}

#[test]
fn what_import_writes_opens_as_the_table_itself() {
    for (name, table) in tables() {
        let framework = framework_json::framework(&table.framework);
        let mut cards = String::new();
        for country in table.country_ids() {
            for edition in table.edition_ids() {
                if let Some(card) = table.card(country, edition) {
                    cards.push_str(&card_json::card(&table, country, edition, card));
                    cards.push('\n');
                }
            }
        }
        let again = from_texts("again", &[("framework.json", &framework), ("cards.jsonl", &cards)]);
        let same = Framework { inferred: false, of_table: true, ..again.framework.clone() };
        assert_eq!(same, table.framework, "{name}");
        assert_eq!(again.countries(), table.countries(), "{name}");
        assert_eq!(again.card_count(), table.card_count(), "{name}");
        for country in table.country_ids() {
            for edition in table.edition_ids() {
                for id in table.framework.indicator_ids() {
                    let of = |data: &Dataset| {
                        let detail = data.detail(country, edition, id);
                        // Of an empty cell a card says nothing but that it is.
                        let cell = data.cell(country, edition, id);
                        let is_said = cell.state != Err(Gap::Empty);
                        let sources = if is_said { detail.sources } else { vec![] };
                        (cell, detail.text, detail.note, sources, detail.status.filter(|_| is_said))
                    };
                    assert_eq!(of(&again), of(&table), "{name}: {country:?} {edition:?} {id:?}");
                }
            }
        }
    }
}

#[test]
fn what_is_declared_to_be_no_data_is_completed_and_what_is_another_gap_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    std::fs::write(&path, "Country,2020\nAlbania,-\nAlbania,4\nNepal,-99\nNepal,5\nKenya,1\n").unwrap();
    let first = |gap: &str| {
        let mut options = LoadOptions { paths: vec![path.clone()], ..LoadOptions::default() };
        for sign in ["-", "-99"] {
            options.mapping.missing.insert(sign.to_owned(), gap.to_owned());
        }
        let data = open(&options, &|_| ()).unwrap();
        let differ = data.problems.iter().filter(|problem| problem.code == "two-answers").count();
        (differ, data.problems.iter().filter(|problem| problem.code == "rows-complete").count())
    };
    assert_eq!(first("no-data"), (0, 1));
    assert_eq!(first("not-applicable"), (2, 0));
}
