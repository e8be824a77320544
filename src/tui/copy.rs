//! What is copied: the cell or the row under the cursor, or the whole pane as its report.

use super::{
    command::Piece,
    pane_context::{Copied, PaneContext},
    pane_state::PaneState,
};
use crate::{
    export::{self, Style},
    text::{Safe, safe_block, safe_line},
};

/// Makes the text of a piece of a pane. Errors: why there is nothing to copy.
pub(super) fn copied(pane: &dyn PaneState, context: &PaneContext<'_>, piece: Piece) -> Result<Copied, Safe> {
    match piece {
        Piece::All(format) => whole(pane, context, format),
        Piece::Cell => {
            let record = pane.record(context)?;
            Ok(Copied { what: safe_line(&record.cell), text: safe_block(&record.cell).into_string() })
        }
        Piece::Row => {
            let record = pane.record(context)?;
            Ok(Copied { what: safe_line(&format!("the row of {}", record.name)), text: record.row })
        }
    }
}

fn whole(pane: &dyn PaneState, context: &PaneContext<'_>, format: &'static str) -> Result<Copied, Safe> {
    let format = export::find(format).ok_or(Safe::fixed("there is no such format"))?;
    let shown = pane.report(context);
    let bytes = (format.write)(&shown, &Style::default());
    let what = safe_line(&format!("{} as {}", shown.title, format.title));
    Ok(Copied { what, text: String::from_utf8_lossy(&bytes).into_owned() })
}
