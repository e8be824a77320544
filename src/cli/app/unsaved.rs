//! What is printed when the program ends and something could not be saved.

use crate::store::{journal::Unsaved, output::tell};

/// Prints texts that were typed and not saved on standard error, where they can be copied: the screen is gone.
pub(super) fn tell_unsaved(unsaved: Option<&[Unsaved]>) {
    let Some(unsaved) = unsaved else {
        tell("the journal did not answer in time: what was written last may not be saved");
        return;
    };
    for Unsaved { drafts, why } in unsaved {
        tell(&format!("NOT saved: {why}"));
        for draft in drafts {
            if let Some(text) = draft.act.text() {
                tell(text.raw());
            }
        }
    }
}
