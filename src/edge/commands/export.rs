//! `visavis export`: the whole data set as tidy CSV, with a `datapackage.json`.

use std::{fs, io::BufWriter};

use super::{Exit, Failure, data, tell};
use crate::{
    core::report::{TABLES, Tidy},
    edge::{
        args::{Common, ExportArgs},
        output::Target,
    },
    export::tidy,
    text::{Safe, safe_line},
};

pub(super) fn run(common: &Common, args: &ExportArgs) -> Result<Exit, Failure> {
    let folder = &args.folder;
    let failed = |error: &std::io::Error| {
        Failure::Words(safe_line(&format!("{} cannot be written: {error}", folder.display())))
    };
    let is_taken = folder.is_dir() && fs::read_dir(folder).map_err(|error| failed(&error))?.next().is_some();
    if is_taken && !args.force {
        let words = format!("{} is not empty: name another folder, or --force", folder.display());
        return Err(safe_line(&words).into());
    }
    let data = data::open(common)?;
    let group = data::group(&data, common.group.as_deref())?;
    let edition = data::edition(&data, common)?;
    let editions = edition.map_or_else(|| data.edition_ids().collect(), |edition| vec![edition]);
    if data.card_count() == 0 {
        return Err(Safe::fixed("there are no cards").into());
    }
    let package = Tidy::new(&data, group, editions);
    fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    for table in &TABLES {
        // Only a spreadsheet wants the mark; other readers would take it for part of the first heading.
        let mut bytes = BufWriter::new(if args.bom { "\u{feff}".as_bytes().to_vec() } else { vec![] });
        tidy::write_table(&package, table, &mut bytes).map_err(|error| failed(&error))?;
        let bytes = bytes.into_inner().map_err(|error| failed(error.error()))?;
        Target::new(Some(folder.join(tidy::file_of(table))), args.force).write(&bytes)?;
    }
    // Last: a folder with a descriptor is whole.
    Target::new(Some(folder.join("datapackage.json")), args.force).write(&tidy::descriptor(&package))?;
    tell(&format!("{} files in {}", TABLES.len() + 1, folder.display()));
    Ok(Exit::Done)
}
