//! Every command, declared once: help, palette, footer, config names and docs/keys.md read this table.

mod cli_only;
mod table;

use super::{
    places::{Overlay, Pane},
    scopes::Scope,
};
pub use cli_only::Elsewhere;
pub use table::COMMANDS;

/// An action of the program: what a key, the palette or the help can run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    Down,
    Up,
    PageDown,
    PageUp,
    Top,
    Bottom,
    Left,
    Right,
    NextPane,
    PreviousPane,
    Go(Pane),
    Enter,
    Back,
    Search,
    ClearSearch,
    Sort,
    SortColumns,
    Pivot,
    Legend,
    AsAssigned,
    /// Adds the answer under the cursor to the finding being made, or removes it.
    Choose,
    RemoveFinding,
    Heavier,
    Lighter,
    /// Gives the goal or indicator under the cursor its weight from the framework again.
    ResetWeight,
    ResetWeights,
    OtherMean,
    /// Lets the movement keys scroll the ranks beside the weights, or the weights again.
    Ranks,
    /// Takes the next choice for a line of how a table is read, or the one before.
    Change,
    ChangeBack,
    /// Fills in a text for such a line: a country, a unit, an edition.
    FillIn,
    GoalOf,
    KindOf,
    FindLine,
    OrderBetter,
    OrderWorse,
    SaveMapping,
    Fold,
    /// Gives the box in use the whole screen, or its old size again.
    Zoom,
    /// Scrolls the detail of the indicator; the other movement keys still move the list.
    DetailDown,
    DetailUp,
    Write(NewFile),
    OlderEdition,
    NewerEdition,
    Compare,
    NextDifference,
    PreviousDifference,
    NextGap,
    /// Goes to the next of what others have said.
    NextNews,
    PreviousNews,
    /// Goes to the next cell that this reviewer has not reviewed.
    NextUnreviewed,
    PreviousUnreviewed,
    PreviousGap,
    NextMatch,
    PreviousMatch,
    OnlyDifferences,
    OnlyGaps,
    Swap,
    AddSubject,
    ReplaceSubject,
    RemoveSubject,
    Show(Overlay),
    /// Opens the note in the user's editor (`$VISUAL` or `$EDITOR`).
    EditNote,
    /// Marks the selected cells as reviewed, or removes the mark if all of them have it.
    MarkReviewed,
    Undo,
    Redo,
    ToggleMouse,
    /// Copies to the clipboard.
    Copy(Piece),
    Reload,
    Quit,
    /// Deletes the letter before the caret.
    DeleteLetter,
    DeleteWord,
    DeleteLine,
    Save,
    EditOutside,
    /// Chooses the next kind of a flag while its note is written, or what it is on.
    NextKind,
    NextScope,
    /// Resolve every flag that is shown.
    ResolveAll,
    NewLine,
    CaretLeft,
    CaretRight,
    WordLeft,
    WordRight,
    LineStart,
    LineEnd,
    DeleteRight,
}

/// How much is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// The label of the cell under the cursor, or the reason of its gap.
    Cell,
    /// The row under the cursor with its note and sources, fields separated by tabs.
    Row,
    /// The report of the pane in front, in the export format of this name.
    All(&'static str),
}

/// A kind of new file. A briefing is about the selected group and edition, a data package about all of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NewFile {
    BriefingInMarkdown,
    BriefingInHtml,
    /// The cards of the group in the edition, as a workbook.
    Workbook,
    DataPackage,
}

/// A section of the help overlay, in display order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumIter)]
pub enum HelpSection {
    Move,
    Find,
    Compare,
    Review,
    Look,
    Type,
    Program,
}

impl HelpSection {
    pub const fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Find => "Find",
            Self::Compare => "Compare",
            Self::Review => "Review",
            Self::Look => "Look",
            Self::Type => "Type",
            Self::Program => "Program",
        }
    }
}

/// The precondition of a command. It is data, not code, so that the help and docs/keys.md can print it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    Nothing,
    Cards,
    TwoSubjects,
    ThirdSubject,
    SeveralEditions,
    SeveralSets,
    /// A comparison, and another set to see it in.
    ComparedInSets,
    Table,
    SearchText,
    Narrowed,
}

impl Needs {
    /// The name of the precondition in the manual, empty for [`Needs::Nothing`].
    pub const fn title(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Cards => "cards",
            Self::TwoSubjects => "a comparison",
            Self::ThirdSubject => "three compared",
            Self::SeveralEditions => "two editions",
            Self::SeveralSets => "two sets",
            Self::ComparedInSets => "two sets",
            Self::Table => "a table",
            Self::SearchText => "a search",
            Self::Narrowed => "a search or filter",
        }
    }

    /// Why a command cannot run when the precondition fails. A command name in braces stands for the key of that
    /// command.
    pub const fn refusal(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Cards => "there are no cards to work on",
            Self::TwoSubjects => "nothing is compared yet: press {compare} to choose a second country",
            Self::ThirdSubject => "only two are compared: press {replace-subject} to replace one",
            Self::SeveralEditions => "there is only one edition",
            Self::SeveralSets => "these files hold only one set",
            Self::ComparedInSets => {
                "it takes a comparison ({compare}) and a second set among the opened files"
            }
            Self::Table => "these are cards, not a table: their framework says how they are read",
            Self::SearchText => "nothing is searched here: press {search}",
            Self::Narrowed => "no search and no filter narrows this; {group} chooses the group",
        }
    }
}

/// The facts about the model that preconditions are checked against.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NeedsMet {
    pub has_cards: bool,
    pub subjects: usize,
    pub editions: usize,
    pub sets: usize,
    /// Whether what is shown was read from a table.
    pub is_table: bool,
    /// Whether a search is active in the pane in front.
    pub is_searched: bool,
    /// Whether a search or a filter is active in any pane on the screen.
    pub is_narrowed: bool,
}

impl NeedsMet {
    /// Checks a precondition. Errors: why it does not hold.
    pub const fn meets(self, needs: Needs) -> Result<(), &'static str> {
        let holds = match needs {
            Needs::Nothing => true,
            Needs::Cards => self.has_cards,
            Needs::TwoSubjects => self.subjects >= 2,
            Needs::ThirdSubject => self.subjects >= 3,
            Needs::SeveralEditions => self.editions >= 2,
            Needs::SeveralSets => self.sets >= 2,
            Needs::ComparedInSets => self.sets >= 2 && self.subjects >= 2,
            Needs::Table => self.is_table,
            Needs::SearchText => self.is_searched,
            Needs::Narrowed => self.is_narrowed,
        };
        if holds {
            return Ok(());
        }
        // Without cards every precondition fails for that reason, so only that reason is given.
        Err(if self.has_cards { needs.refusal() } else { Needs::Cards.refusal() })
    }
}

/// One row of the table of commands.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    pub command: Command,
    /// Kebab-case. Config files and the palette use this name, so it is stable.
    pub name: &'static str,
    /// An imperative phrase of at most 30 columns.
    pub title: &'static str,
    /// At most two words for the footer. A command with an empty hint never appears there.
    pub hint: &'static str,
    /// The word shown after the first key of a chord; if empty, the hint or the name is shown.
    pub last_word: &'static str,
    /// Chords in the notation of the keymap: "j", "ctrl-p", "g g".
    pub keys: &'static [&'static str],
    /// Chords that run the command while text is typed, when letters are text.
    pub typing: &'static [&'static str],
    pub scope: Scope,
    pub section: HelpSection,
    pub needs: Needs,
    /// More words by which the help and the palette find the command.
    pub words: &'static str,
}

impl Command {
    /// The row of the command in the table, if there is one.
    pub fn spec(self) -> Option<&'static Spec> {
        COMMANDS.iter().find(|spec| spec.command == self)
    }

    /// Whether the command may run while an overlay is open. Any other would act on panes that the overlay hides.
    pub const fn works_on_overlays(self) -> bool {
        use Command::{Back, Bottom, Down, Enter, PageDown, PageUp, Quit, Reload, Show, Top, Up};
        matches!(self, Down | Up | PageDown | PageUp | Top | Bottom | Enter | Back | Show(_) | Reload | Quit)
    }
}

impl Spec {
    /// The shortest words for the command.
    pub fn short(&self) -> &'static str {
        [self.last_word, self.hint].into_iter().find(|words| !words.is_empty()).unwrap_or(self.name)
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator as _;

    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_unique_and_kebab_case() {
        let names: HashSet<_> = COMMANDS.iter().map(|spec| spec.name).collect();
        assert_eq!(names.len(), COMMANDS.len());
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
    }

    #[test]
    fn titles_fit_a_small_screen_and_every_command_has_keys() {
        for spec in COMMANDS.iter() {
            assert!(spec.title.chars().count() <= 34, "{}", spec.title);
            assert!(!spec.keys.is_empty(), "{}", spec.name);
        }
    }

    #[test]
    fn a_pane_is_copied_in_formats_that_exist_and_are_called_so() {
        let mut copied = 0;
        for spec in COMMANDS.iter() {
            let Command::Copy(Piece::All(name)) = spec.command else { continue };
            let format = crate::export::find(name).expect(name);
            assert_eq!(spec.last_word, format.title, "{}", spec.name);
            copied += 1;
        }
        assert!(copied > 2, "only {copied} commands copy a pane");
    }

    #[test]
    fn no_command_stands_twice() {
        let commands: HashSet<_> = COMMANDS.iter().map(|spec| spec.command).collect();
        assert_eq!(commands.len(), COMMANDS.len());
    }

    #[test]
    fn every_pane_and_every_overlay_has_a_key_but_what_a_choice_opens() {
        for pane in Pane::iter() {
            assert!(Command::Go(pane).spec().is_some(), "{pane:?}");
        }
        let by_choice = [Overlay::Picker, Overlay::Median, Overlay::Asking, Overlay::ReadingText];
        for overlay in Overlay::iter().filter(|overlay| !by_choice.contains(overlay)) {
            assert!(Command::Show(overlay).spec().is_some(), "{overlay:?}");
        }
    }

    #[test]
    fn without_cards_that_is_the_reason() {
        let nothing = NeedsMet::default();
        assert_eq!(nothing.meets(Needs::TwoSubjects), Err(Needs::Cards.refusal()));
        assert_eq!(nothing.meets(Needs::Nothing), Ok(()));
        let cards = NeedsMet { has_cards: true, subjects: 2, editions: 1, ..nothing };
        assert_eq!(cards.meets(Needs::TwoSubjects), Ok(()));
        assert_eq!(cards.meets(Needs::ThirdSubject), Err(Needs::ThirdSubject.refusal()));
    }
}
