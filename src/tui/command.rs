//! Every command, declared once: help, palette, footer, config names and docs/keys.md are read from it.

mod cli_only;
mod table;

use super::{
    places::{Overlay, Pane},
    scopes::Scope,
};
pub use cli_only::Elsewhere;
pub use table::COMMANDS;

/// What a person can ask for.
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
    Filter,
    Pivot,
    Legend,
    AsAssigned,
    /// Takes an answer into the finding that is made, or out of it.
    Choose,
    RemoveFinding,
    Heavier,
    Lighter,
    /// What is weighed weighs again what the framework says.
    ResetWeight,
    ResetWeights,
    OtherMean,
    /// Gives the keys to the ranks beside the weights, or back.
    Ranks,
    Fold,
    /// Scrolls the detail of the indicator while the list keeps the keys.
    DetailDown,
    DetailUp,
    /// Writes this to a file.
    Write(NewFile),
    OlderEdition,
    NewerEdition,
    Compare,
    NextDifference,
    PreviousDifference,
    NextGap,
    PreviousGap,
    OnlyDifferences,
    OnlyGaps,
    Swap,
    AddSubject,
    ReplaceSubject,
    RemoveSubject,
    Show(Overlay),
    /// Opens the note in the editor of the environment.
    EditNote,
    /// Marks what is selected as reviewed, or takes that back.
    MarkReviewed,
    Undo,
    Redo,
    FilterState,
    FilterKind,
    FilterAuthor,
    FilterCountry,
    ToggleMouse,
    /// Takes this to the clipboard.
    Copy(Piece),
    Reload,
    Quit,
    /// Takes back a letter of what is being typed.
    DeleteLetter,
    DeleteWord,
    DeleteLine,
    Save,
    EditOutside,
    NextPart,
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
    /// The words of the cell under the cursor; of a gap its reason.
    Cell,
    /// The row under the cursor with its note and sources, cells parted by tabs.
    Row,
    /// What the pane in front says, in the export format of this name.
    All(&'static str),
}

/// What is written to a file of its own: about the group and the edition that are shown, or all of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NewFile {
    BriefingInMarkdown,
    BriefingInHtml,
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

/// What must hold before a command can run. Data, so help and docs can say it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    Nothing,
    Cards,
    TwoSubjects,
    ThirdSubject,
    SeveralEditions,
    SearchText,
}

impl Needs {
    /// As the manual calls it; nothing when nothing is needed.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Cards => "cards",
            Self::TwoSubjects => "a comparison",
            Self::ThirdSubject => "three compared",
            Self::SeveralEditions => "two editions",
            Self::SearchText => "a search",
        }
    }

    /// Why a command cannot run when this does not hold; commands in braces stand for their keys.
    pub const fn refusal(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Cards => "there are no cards to work on",
            Self::TwoSubjects => "nothing is compared yet: press {compare} to choose a second country",
            Self::ThirdSubject => "only two are compared: press {replace-subject} to replace one",
            Self::SeveralEditions => "there is only one edition",
            Self::SearchText => "no search to clear",
        }
    }
}

/// What holds just now: what needs are measured against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NeedsMet {
    pub has_cards: bool,
    pub subjects: usize,
    pub editions: usize,
    /// Whether the pane in front is searched.
    pub is_searched: bool,
}

impl NeedsMet {
    /// Why what is needed does not hold.
    pub const fn meets(self, needs: Needs) -> Result<(), &'static str> {
        let holds = match needs {
            Needs::Nothing => true,
            Needs::Cards => self.has_cards,
            Needs::TwoSubjects => self.subjects >= 2,
            Needs::ThirdSubject => self.subjects >= 3,
            Needs::SeveralEditions => self.editions >= 2,
            Needs::SearchText => self.is_searched,
        };
        if holds {
            return Ok(());
        }
        // Without cards that is the reason for everything else too.
        Err(if self.has_cards { needs.refusal() } else { Needs::Cards.refusal() })
    }
}

/// One command: its stable name, its words, its keys, where and when it works.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    pub command: Command,
    /// Kebab-case: what config files and the palette call it.
    pub name: &'static str,
    /// An imperative of at most 30 columns.
    pub title: &'static str,
    /// Two words at most, for the footer; empty: never in the footer.
    pub hint: &'static str,
    /// A word for where the beginning of a chord has said the rest; otherwise the hint, or the name.
    pub last_word: &'static str,
    /// In the notation of the keymap: "j", "ctrl-p", "g g".
    pub keys: &'static [&'static str],
    /// What does the same while text is typed, where letters are text.
    pub typing: &'static [&'static str],
    pub scope: Scope,
    pub section: HelpSection,
    pub needs: Needs,
    /// More words a person may look for in the help.
    pub words: &'static str,
}

impl Command {
    /// The row of the table, if the command stands in it.
    pub fn spec(self) -> Option<&'static Spec> {
        COMMANDS.iter().find(|spec| spec.command == self)
    }

    /// Whether it does something on an overlay; anything else would act on what the overlay hides.
    pub const fn works_on_overlays(self) -> bool {
        use Command::{Back, Bottom, Down, Enter, PageDown, PageUp, Quit, Reload, Show, Top, Up};
        matches!(self, Down | Up | PageDown | PageUp | Top | Bottom | Enter | Back | Show(_) | Reload | Quit)
    }
}

impl Spec {
    /// As short as can be said.
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
    fn every_pane_and_every_overlay_but_the_picker_has_a_key() {
        for pane in Pane::iter() {
            assert!(Command::Go(pane).spec().is_some(), "{pane:?}");
        }
        for overlay in Overlay::iter().filter(|overlay| *overlay != Overlay::Picker) {
            assert!(Command::Show(overlay).spec().is_some(), "{overlay:?}");
        }
    }

    #[test]
    fn without_cards_that_is_the_reason() {
        let nothing = NeedsMet::default();
        assert_eq!(nothing.meets(Needs::TwoSubjects), Err(Needs::Cards.refusal()));
        assert_eq!(nothing.meets(Needs::Nothing), Ok(()));
        let cards = NeedsMet { has_cards: true, subjects: 2, editions: 1, is_searched: false };
        assert_eq!(cards.meets(Needs::TwoSubjects), Ok(()));
        assert_eq!(cards.meets(Needs::ThirdSubject), Err(Needs::ThirdSubject.refusal()));
    }
}
