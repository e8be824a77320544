//! What was typed and not saved when the program ended: kept on the disk, and there again at the next start.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::output::Target as Output;
use crate::{review::Target, tui::model::Left};

/// One text in the file. `framework` binds it to the cards it was typed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    framework: String,
    /// Whether it is the note of a flag.
    is_flag: bool,
    on: Target,
    text: String,
}

impl Line {
    fn of(framework: &str, left: &Left) -> Self {
        let Left { is_flag, on, text } = left.clone();
        Self { framework: framework.to_owned(), is_flag, on, text }
    }

    fn left(self) -> Left {
        Left { is_flag: self.is_flag, on: self.on, text: self.text }
    }
}

/// The file in the state directory.
pub(super) fn file_here() -> Option<PathBuf> {
    super::paths::state_here().map(|folder| folder.join("drafts.json"))
}

/// What was left over these cards. A file that cannot be read holds nothing for now, and stays as it is.
pub(super) fn read(file: &Path, framework: &str) -> Vec<Left> {
    let lines = lines(file).unwrap_or_default().into_iter();
    lines.filter(|line| line.framework == framework).map(Line::left).collect()
}

/// Takes out of the file what was taken up at the start, and puts in what is left now. Of others nothing is touched.
pub(super) fn replace(file: &Path, framework: &str, taken: &[Left], left: &[Left]) -> io::Result<()> {
    if taken == left {
        return Ok(());
    }
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder)?;
    let lock = File::create(folder.join(".drafts.lock"))?;
    lock.lock()?;
    let mut lines = lines(file)?;
    let taken: Vec<Line> = taken.iter().map(|one| Line::of(framework, one)).collect();
    lines.retain(|line| !taken.contains(line));
    lines.extend(left.iter().map(|one| Line::of(framework, one)));
    let text = serde_json::to_vec_pretty(&lines)?;
    Output::new(Some(file.to_owned()), true).write(&text).map_err(|error| io::Error::other(error.to_string()))
}

fn lines(file: &Path) -> io::Result<Vec<Line>> {
    match fs::read(file) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(vec![]),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str) -> Left {
        let on = Target { country: Some("ALB".into()), edition: "2012".into(), indicator: None };
        Left { is_flag: false, on, text: text.to_owned() }
    }

    #[test]
    fn what_is_left_comes_back_over_its_own_cards_and_goes_when_it_is_saved() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/drafts.json");
        replace(&file, "f", &[], &[left("half a thought")]).unwrap();
        replace(&file, "other", &[], &[left("another")]).unwrap();
        let taken = read(&file, "f");
        assert_eq!(taken, [left("half a thought")]);
        // A second program over the same cards leaves something too.
        replace(&file, "f", &[], &[left("meanwhile")]).unwrap();
        replace(&file, "f", &taken, &[]).unwrap();
        assert_eq!(read(&file, "f"), [left("meanwhile")]);
        assert_eq!(read(&file, "other"), [left("another")]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("drafts.json");
        fs::write(&file, "{oops").unwrap();
        assert_eq!(read(&file, "f"), []);
        assert!(replace(&file, "f", &[], &[left("x")]).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "{oops");
    }
}
