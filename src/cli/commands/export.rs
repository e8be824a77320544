//! `visavis export`: writes the whole data set as tidy CSV, with a `datapackage.json`.

use std::fs;

use super::{Exit, Failure, data, reviews, tell};
use crate::{
    cli::args::{Common, ExportArgs},
    core::report::Tidy,
    store::new_files,
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
    let checked = reviews::checked(common, &data, args.reviews)?;
    let package = Tidy::new(&data, group, editions).reviewed(checked);
    let (left_out, all) = package.left_out();
    let written = new_files::write_package(folder, package, args.bom, args.force)?;
    tell(&format!("{} files in {}", written.files, folder.display()));
    if left_out > 0 {
        tell(&format!("{left_out} of {all} cells are left out: not reviewed by as many as are asked for"));
    }
    if written.made_visible > 0 {
        let texts = if written.made_visible == 1 {
            "1 text has"
        } else {
            &format!("{} texts have", written.made_visible)
        };
        tell(&format!(
            "{texts} characters that act on a terminal: they are written in a visible form, such as ^["
        ));
    }
    Ok(Exit::Done)
}
