//! What this reviewer has seen of what others say: in the state folder, never in the journal that is shared.

use std::path::Path;

use crate::{review::news::Seen, store::private_file};

const NAME: &str = "seen.json";
/// What was in a digest.
const TOLD: &str = "told.json";
/// The most bytes that are read: some hundred thousand openings.
const MOST: u64 = 16 << 20;

/// Nothing if there is no state folder or file, or what is in it cannot be read.
pub(super) fn read(state: Option<&Path>) -> Seen {
    read_from(state, NAME)
}

/// As [`read`], of what was told in a digest.
pub(super) fn read_told(state: Option<&Path>) -> Seen {
    read_from(state, TOLD)
}

fn read_from(state: Option<&Path>, name: &str) -> Seen {
    let bytes = state.and_then(|state| private_file::read(&state.join(name), MOST).ok().flatten());
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Adds to what is there, since another program of the same reviewer may have written it. A failure is not told: what is
/// new is then shown once more.
pub(super) fn add(state: Option<&Path>, now: &Seen) {
    add_to(state, NAME, now);
}

/// As [`add`], of what was told in a digest.
pub(super) fn add_told(state: Option<&Path>, now: &Seen) {
    add_to(state, TOLD, now);
}

fn add_to(state: Option<&Path>, name: &str, now: &Seen) {
    let Some(state) = state else { return };
    let _ = std::fs::create_dir_all(state);
    let lock = private_file::lock_file(&state.join("seen.lock"));
    let _ = lock.as_ref().map(std::fs::File::lock);
    let mut seen = read_from(Some(state), name);
    seen.join(now);
    if let Ok(bytes) = serde_json::to_vec(&seen) {
        let _ = private_file::write(&state.join(name), &bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Id;

    #[test]
    fn what_was_seen_is_added_up_and_what_cannot_be_read_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let state = Some(folder.path());
        assert_eq!(read(state), Seen::default());
        let of = |number| {
            let mut seen = Seen::default();
            seen.add(&Id::new("ben.0", number));
            seen
        };
        add(state, &of(1));
        add(state, &of(3));
        let seen = read(state);
        let has = |number| seen.has(&Id::new("ben.0", number));
        assert_eq!([has(1), has(2), has(3)], [true, false, true]);
        std::fs::write(folder.path().join(NAME), "{").unwrap();
        assert_eq!(read(state), Seen::default());
        add(state, &of(2));
        assert!(read(state).has(&Id::new("ben.0", 2)));
        add(None, &of(4));
        assert_eq!(read(None), Seen::default());
    }
}
