//! What of a journal stands in git: how many records of each file are committed.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use super::file::JournalFile;
use crate::text::Raw;

/// How many records a file has in the last commit of the repository that its folder is in; `None` if that is no
/// repository, or there is no git.
pub fn committed(folder: &Path, file: &JournalFile) -> Option<usize> {
    let name = Path::new(file.name.raw()).file_name()?;
    let git = |args: &[&std::ffi::OsStr]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(folder).args(args).stdin(Stdio::null()).stderr(Stdio::null());
        // A repository is found by its folder, not by what another program has set.
        command.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE");
        command.output().ok()
    };
    let is_repository = git(&["rev-parse".as_ref(), "--git-dir".as_ref()])?.status.success();
    if !is_repository {
        return None;
    }
    let mut object = std::ffi::OsString::from("HEAD:./");
    object.push(name);
    let shown = git(&["show".as_ref(), object.as_os_str()])?;
    // A file that is in no commit has none of its records there.
    let bytes = if shown.status.success() { shown.stdout } else { vec![] };
    Some(JournalFile::parse(Raw::default(), &bytes).records())
}
