//! Under which name somebody writes: as they said it, else as this machine calls them, which is a guess.

use std::path::Path;

use crate::{store::private_file, text::Raw};

/// The file in the state folder with the name that somebody gave when they were asked for it.
const NAME: &str = "author";
const MOST: u64 = 4 << 10;
/// Letters of the longest name.
const LONGEST: usize = 200;

/// The name of an author, and whether nobody has said it.
pub(super) struct Author {
    pub(super) name: Raw<'static>,
    pub(super) is_guessed: bool,
}

/// The name that was `asked` for, else `VISAVIS_AUTHOR`, else the `configured` one, else what was said before, else `USER`,
/// else `LOGNAME`, else `user UID`.
pub(super) fn here(asked: Option<&str>, configured: Option<&str>, state: Option<&Path>) -> Author {
    let variable = |name: &str| std::env::var(name).ok();
    let said =
        [asked.map(str::to_owned), variable("VISAVIS_AUTHOR"), configured.map(str::to_owned), before(state)];
    if let Some(name) = said.into_iter().flatten().map(|name| trimmed(&name)).find(|name| !name.is_empty()) {
        return Author { name: Raw::new(name), is_guessed: false };
    }
    let guessed = [variable("USER"), variable("LOGNAME")];
    let guessed = guessed.into_iter().flatten().map(|name| trimmed(&name)).find(|name| !name.is_empty());
    let name = guessed.unwrap_or_else(|| format!("user {}", rustix::process::getuid().as_raw()));
    Author { name: Raw::new(name), is_guessed: true }
}

/// What was said before.
fn before(state: Option<&Path>) -> Option<String> {
    let bytes = private_file::read(&state?.join(NAME), MOST).ok().flatten()?;
    String::from_utf8(bytes).ok()
}

/// Keeps the name for the next time. A failure is not told: the name is then asked for once more.
pub(super) fn keep(state: Option<&Path>, name: &str) {
    let Some(state) = state else { return };
    let _ = std::fs::create_dir_all(state);
    let _ = private_file::write(&state.join(NAME), format!("{}\n", trimmed(name)).as_bytes());
}

/// A name without the space around it, and not longer than is kept.
pub(super) fn trimmed(name: &str) -> String {
    name.trim().chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_was_given_once_is_no_guess_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let state = Some(folder.path());
        keep(state, "  Ana Pereira ");
        assert_eq!(before(state).as_deref(), Some("Ana Pereira\n"));
        let here = |asked| here(asked, Some("Configured"), state);
        assert_eq!((here(Some("Asked")).name.raw(), here(Some("Asked")).is_guessed), ("Asked", false));
        assert!(!here(None).is_guessed);
        keep(None, "nowhere");
    }
}
