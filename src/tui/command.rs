//! Every command, declared once: help, palette, footer, config names and docs/keys.md are read from it.

use std::fmt::Write as _;

use strum::IntoEnumIterator as _;

use super::place::{Overlay, Pane, Scope};

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
    Fold,
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
    Reload,
    Quit,
    /// Takes back a letter of what is being typed.
    DeleteLetter,
    DeleteWord,
    DeleteLine,
}

/// A section of the help overlay, in display order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumIter)]
pub enum Section {
    Move,
    Find,
    Compare,
    Look,
    Type,
    Program,
}

impl Section {
    pub const fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Find => "Find",
            Self::Compare => "Compare",
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

    /// Why a command cannot run when this does not hold.
    pub const fn refusal(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Cards => "there are no cards to work on",
            Self::TwoSubjects => "nothing is compared yet: press c to choose a second country",
            Self::ThirdSubject => "only two are compared: press r to replace one",
            Self::SeveralEditions => "there is only one edition",
            Self::SearchText => "no search to clear",
        }
    }
}

/// What holds just now: what needs are measured against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub has_cards: bool,
    pub subjects: usize,
    pub editions: usize,
    /// Whether the pane in front is searched.
    pub is_searched: bool,
}

impl Standing {
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
    /// In the notation of the keymap: "j", "ctrl-p", "g g".
    pub keys: &'static [&'static str],
    /// What does the same while text is typed, where letters are text.
    pub typing: &'static [&'static str],
    pub scope: Scope,
    pub section: Section,
    pub needs: Needs,
    /// More words a person may look for in the help.
    pub words: &'static str,
}

const ANY: Scope = Scope::Anywhere;
const COMPARISON: Scope = Scope::Pane(Pane::Comparison);

pub static COMMANDS: &[Spec] = &[
    row(Command::Down, "down", "Move down", &["j", "down"], Section::Move, ANY).typing(&["down", "ctrl-n"]),
    row(Command::Up, "up", "Move up", &["k", "up"], Section::Move, ANY).typing(&["up", "ctrl-p"]),
    row(
        Command::PageDown,
        "page-down",
        "Move a page down",
        &["pgdn", "ctrl-f", "ctrl-d"],
        Section::Move,
        ANY,
    )
    .typing(&["pgdn"]),
    row(Command::PageUp, "page-up", "Move a page up", &["pgup", "ctrl-b", "ctrl-u"], Section::Move, ANY)
        .typing(&["pgup"]),
    row(Command::Top, "top", "Go to the top", &["g g", "home"], Section::Move, ANY)
        .typing(&["home"])
        .words("first start"),
    row(Command::Bottom, "bottom", "Go to the bottom", &["G", "end"], Section::Move, ANY)
        .typing(&["end"])
        .words("last end"),
    row(Command::Left, "left", "Move left", &["h", "left"], Section::Move, ANY)
        .words("previous pane subject"),
    row(Command::Right, "right", "Move right", &["l", "right"], Section::Move, ANY)
        .words("next pane subject"),
    row(Command::NextPane, "next-pane", "Go to the next pane", &["tab"], Section::Move, ANY).hint("pane"),
    row(Command::PreviousPane, "previous-pane", "Go to the previous pane", &["backtab"], Section::Move, ANY),
    row(Command::Go(Pane::Countries), "countries", "Show the countries", &["1"], Section::Move, ANY)
        .words("list"),
    row(Command::Go(Pane::Card), "card", "Show the card", &["2"], Section::Move, ANY)
        .words("indicators detail"),
    row(Command::Go(Pane::Comparison), "comparison", "Show the comparison", &["3"], Section::Move, ANY)
        .words("side by side vis-a-vis"),
    row(Command::Enter, "open", "Open what is selected", &["enter"], Section::Move, ANY)
        .typing(&["enter"])
        .hint("open")
        .words("accept choose select"),
    row(Command::Back, "back", "Go back", &["esc"], Section::Move, ANY)
        .typing(&["esc"])
        .words("close cancel leave"),
    row(Command::Search, "search", "Search in this list", &["/"], Section::Find, ANY)
        .hint("search")
        .needs(Needs::Cards)
        .words("find filter fuzzy country indicator"),
    row(Command::ClearSearch, "clear-search", "Clear the search", &["ctrl-l"], Section::Find, ANY)
        .needs(Needs::SearchText)
        .words("filter reset"),
    row(Command::Show(Overlay::GoTo), "go-to", "Go to anything", &["ctrl-p"], Section::Find, ANY)
        .hint("go to")
        .needs(Needs::Cards)
        .words("jump find country indicator edition cell"),
    row(
        Command::Sort,
        "sort",
        "Sort by the next column",
        &["s"],
        Section::Look,
        Scope::Pane(Pane::Countries),
    )
    .hint("sort")
    .words("order name gaps coverage"),
    row(Command::Fold, "fold", "Fold or unfold the goal", &["z"], Section::Look, ANY)
        .words("collapse section goal"),
    row(Command::OlderEdition, "older-edition", "Go to the older edition", &["<"], Section::Look, ANY)
        .needs(Needs::SeveralEditions)
        .hint("older")
        .words("year previous earlier"),
    row(Command::NewerEdition, "newer-edition", "Go to the newer edition", &[">"], Section::Look, ANY)
        .needs(Needs::SeveralEditions)
        .hint("newer")
        .words("year next later"),
    row(Command::Compare, "compare", "Compare with…", &["c"], Section::Compare, ANY)
        .hint("compare")
        .needs(Needs::Cards)
        .words("second country group median side by side"),
    row(
        Command::NextDifference,
        "next-difference",
        "Go to the next difference",
        &["]"],
        Section::Compare,
        COMPARISON,
    )
    .hint("difference")
    .needs(Needs::TwoSubjects),
    row(
        Command::PreviousDifference,
        "previous-difference",
        "Go to the previous difference",
        &["["],
        Section::Compare,
        COMPARISON,
    )
    .needs(Needs::TwoSubjects),
    row(Command::NextGap, "next-gap", "Go to the next gap", &["}"], Section::Find, ANY)
        .hint("gap")
        .needs(Needs::Cards)
        .words("missing data absent empty no data"),
    row(Command::PreviousGap, "previous-gap", "Go to the previous gap", &["{"], Section::Find, ANY)
        .needs(Needs::Cards)
        .words("missing data absent empty no data"),
    row(
        Command::OnlyDifferences,
        "only-differences",
        "Show only differences",
        &["d"],
        Section::Compare,
        COMPARISON,
    )
    .hint("only differences")
    .needs(Needs::TwoSubjects)
    .words("filter hide equal"),
    row(Command::OnlyGaps, "only-gaps", "Show only gaps", &["m"], Section::Look, ANY)
        .hint("only gaps")
        .needs(Needs::Cards)
        .words("filter missing data"),
    row(Command::Swap, "swap", "Swap the sides", &["x"], Section::Compare, COMPARISON)
        .hint("swap")
        .needs(Needs::TwoSubjects)
        .words("exchange left right"),
    row(Command::AddSubject, "add-subject", "Add a third or fourth", &["a"], Section::Compare, COMPARISON)
        .hint("add")
        .needs(Needs::TwoSubjects)
        .words("country group median edition"),
    row(
        Command::ReplaceSubject,
        "replace-subject",
        "Replace the side under the cursor",
        &["r"],
        Section::Compare,
        COMPARISON,
    )
    .needs(Needs::TwoSubjects)
    .words("change country group"),
    row(
        Command::RemoveSubject,
        "remove-subject",
        "Remove the side under the cursor",
        &["D"],
        Section::Compare,
        COMPARISON,
    )
    .needs(Needs::ThirdSubject),
    row(
        Command::Show(Overlay::Problems),
        "problems",
        "Show problems in the data",
        &["!"],
        Section::Program,
        ANY,
    )
    .words("errors warnings broken files check"),
    row(Command::Show(Overlay::Palette), "palette", "Run a command by name", &[":"], Section::Program, ANY)
        .hint("commands"),
    row(Command::Show(Overlay::Help), "help", "Show keys and meanings", &["?"], Section::Program, ANY)
        .hint("help")
        .words("legend glyphs keys"),
    row(Command::Reload, "reload", "Read the files again", &["R"], Section::Program, ANY).words("refresh"),
    row(Command::Quit, "quit", "Quit", &["q", "ctrl-c"], Section::Program, ANY)
        .typing(&["ctrl-c"])
        .words("exit leave"),
    row(
        Command::DeleteLetter,
        "delete-letter",
        "Take back a letter",
        &["backspace"],
        Section::Type,
        Scope::Typing,
    ),
    row(Command::DeleteWord, "delete-word", "Take back a word", &["ctrl-w"], Section::Type, Scope::Typing),
    row(
        Command::DeleteLine,
        "delete-line",
        "Take back everything",
        &["ctrl-u"],
        Section::Type,
        Scope::Typing,
    ),
];

const fn row(
    command: Command,
    name: &'static str,
    title: &'static str,
    keys: &'static [&'static str],
    section: Section,
    scope: Scope,
) -> Spec {
    Spec {
        command,
        name,
        title,
        hint: "",
        keys,
        typing: &[],
        scope,
        section,
        needs: Needs::Nothing,
        words: "",
    }
}

impl Spec {
    const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    const fn typing(self, typing: &'static [&'static str]) -> Self {
        Self { typing, ..self }
    }

    const fn needs(self, needs: Needs) -> Self {
        Self { needs, ..self }
    }

    const fn words(self, words: &'static str) -> Self {
        Self { words, ..self }
    }
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

/// The manual's page of keys, in Markdown.
pub fn markdown() -> String {
    let mut page = String::from("# Keys\n\n");
    page += "Every command with its keys. While text is typed, letters are text: the keys in the third column work then.\n";
    page += "The names are what config files and the command palette (`:`) call the commands.\n";
    for section in Section::iter() {
        let _ = write!(page, "\n## {}\n\n", section.title());
        page +=
            "| Does | Keys | While typing | Where | Needs | Name |\n| --- | --- | --- | --- | --- | --- |\n";
        for spec in COMMANDS.iter().filter(|spec| spec.section == section) {
            let typing = if spec.scope == Scope::Typing { spec.keys } else { spec.typing };
            let keys = if spec.scope == Scope::Typing { &[][..] } else { spec.keys };
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} | {} | `{}` |",
                spec.title,
                codes(keys),
                codes(typing),
                spec.scope.title(),
                spec.needs.title(),
                spec.name
            );
        }
    }
    page
}

fn codes(keys: &[&str]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
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
        for spec in COMMANDS {
            assert!(spec.title.chars().count() <= 34, "{}", spec.title);
            assert!(!spec.keys.is_empty(), "{}", spec.name);
        }
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
        let nothing = Standing::default();
        assert_eq!(nothing.meets(Needs::TwoSubjects), Err(Needs::Cards.refusal()));
        assert_eq!(nothing.meets(Needs::Nothing), Ok(()));
        let cards = Standing { has_cards: true, subjects: 2, editions: 1, is_searched: false };
        assert_eq!(cards.meets(Needs::TwoSubjects), Ok(()));
        assert_eq!(cards.meets(Needs::ThirdSubject), Err(Needs::ThirdSubject.refusal()));
    }
}
