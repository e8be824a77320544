//! The model that the screen is a function of, the messages that change it, and the effects it asks for.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
};

use ratatui::layout::{Rect, Size};

use super::{
    command::{Elsewhere, NeedsMet, NewFile},
    keymap::{Key, Keymap},
    layout::{self, Regions, Wants},
    navigation::Navigation,
    overlays::{Backdrop, Open, OverlayState, Typed},
    pane_context::Copied,
    pane_state::PaneState,
    panes::Panes,
    places::{Overlay, Pane},
    scopes::Scope,
    session::Session,
    set_switch::Carried,
    text_input::TextInput,
    workspace::Workspace,
};
use crate::{
    core::{
        dataset::Dataset, findings::own, problem::Problem, reload_diff::ReloadDiff, score::Adjustments,
        search::Mention, table_mapping::Mapping,
    },
    review::{
        Act, Draft, FlagKind, Record, Reviewer,
        news::{NewsLog, Seen},
        steps::Steps,
        target::Target,
    },
    text::{Raw, Safe},
};

/// Everything the screen is a function of.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Model {
    pub size: Size,
    pub keymap: Keymap,
    pub reading: ReadState,
    /// The data that was read, even without any card: its problems then say why.
    pub data: Option<Arc<Dataset>>,
    /// The same data with the selection and the comparison; `None` while there is no card.
    pub workspace: Option<Workspace>,
    pub panes: Panes,
    /// Which pane has the keys, and which panes `Back` leads to.
    pub navigation: Navigation,
    pub overlay: Option<Open>,
    /// The live search being typed for the pane in front.
    pub typing: Option<TextInput>,
    /// The keys pressed so far of an incomplete chord.
    pub pending: Vec<Key>,
    /// Shown in the footer until the next key.
    pub notice: Option<Notice>,
    /// Messages that wait for the footer, each shown until the next key. None is shown while an editor is open.
    pub later: VecDeque<Notice>,
    /// The reviewer of this program. Undo takes back the latest record of this reviewer.
    pub me: Reviewer,
    /// What was done in this session, for undo.
    pub steps: Steps,
    /// What others have said.
    pub inbox: NewsLog,
    /// Texts that were typed into an overlay and not saved, by overlay and target.
    pub unsaved: HashMap<(Overlay, Target), Typed>,
    /// Keys pressed while an overlay waits for the disk. They are run once it has been saved.
    pub ahead: Vec<Key>,
    /// Subcommands of the command line that the palette tells of.
    pub elsewhere: &'static [Elsewhere],
    /// Whether the user was just warned of unsaved text: the next Quit then quits.
    pub is_warned: bool,
    /// Whether what was changed of how the table is read is kept.
    pub mapping: MappingState,
    /// Sets that were shown before, by the ids of their frameworks, of which that is not kept.
    pub unkept: Vec<Box<str>>,
    /// The label of the edition to start in; the newest if `None`.
    pub begin_at: Option<Box<str>>,
    /// How scores are computed where it differs from the framework.
    pub scores: Adjustments,
    /// Whether the files changed and must be read again, as soon as no overlay is busy.
    pub reads_again: bool,
    /// Whether the terminal reports the mouse.
    pub has_mouse: bool,
    /// Data that was read again but is not shown yet, because an overlay is busy.
    pub arrived: Option<(Arc<Dataset>, ReloadDiff)>,
    /// The changes of the last reload that changed anything.
    pub reload_diff: Option<ReloadDiff>,
    /// The previous session, until there are cards to restore it over.
    pub session: Option<Session>,
    /// Shown instead of the usual message when data is shown the next time.
    pub greeting: Option<Safe>,
    /// The group to start with, as the user named it; all countries if `None`.
    pub begin_in: Option<Box<str>>,
    /// What goes along from the set that was shown before.
    pub carried: Option<Carried>,
    /// Whether to ask which set to show, if the files hold several.
    pub asks_for_set: bool,
    /// The search of the countries to start with.
    pub begin_with: Option<String>,
}

/// Whether what was changed of how a table is read is kept beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MappingState {
    Kept,
    Unkept,
    /// It is to be kept as soon as the table is read again.
    KeptOnceRead,
}

/// Whether files are being read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReadState {
    #[default]
    Idle,
    Underway(ReadProgress),
    /// The last attempt failed. Older data, if any, is still shown.
    Failed(Safe),
}

/// How far reading has come. `bytes` counts bytes of files, `cards` the cards built so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadProgress {
    /// The first card of a large file, known long before the rest: "Afghanistan, 1995".
    pub begins_with: Option<Safe>,
    pub files: usize,
    pub bytes: u64,
    /// The size of all files; 0 while it is not known.
    pub of_bytes: u64,
    pub cards: usize,
}

/// A text that was typed into a flag or a note and not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub is_flag: bool,
    pub on: Target,
    /// The kind that was chosen for a flag.
    pub kind: Option<FlagKind>,
    pub text: String,
}

impl Left {
    /// Whether an act has this text, on this target.
    pub fn is_said_by(&self, act: &Act) -> bool {
        typed_text(act).is_some_and(|(overlay, on, text)| {
            self.is_flag == (overlay == Overlay::Flag) && self.on == *on && self.text.trim_end() == text
        })
    }
}

/// The typed text of a flag or a note, with the overlay it is typed into and its target; `None` for any other act.
pub fn typed_text(act: &Act) -> Option<(Overlay, &Target, &str)> {
    match act {
        Act::Flag { on, note, .. } => Some((Overlay::Flag, on, note.raw())),
        Act::Note { on, text, .. } => Some((Overlay::Note, on, text.raw())),
        _ => None,
    }
}

/// A message in the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    Said(Safe),
    /// Why a command cannot run.
    Refused(Safe),
}

/// Everything that can happen to the screen.
#[derive(Clone, Debug)]
pub enum Msg {
    Key(Key),
    Paste(String),
    Resized(Size),
    Progress(ReadProgress),
    /// The previous session. Sent before the first [`Msg::Loaded`].
    Begin(Box<Session>),
    Loaded(Arc<Dataset>),
    /// The data of [`Effect::Reload`], and how it differs from the data shown when the reload began.
    ReadAgain {
        data: Arc<Dataset>,
        reload_diff: ReloadDiff,
    },
    /// Every set of the files, of [`Effect::ReadSets`], or why they cannot be read.
    SetsRead(Result<Arc<Vec<Dataset>>, Safe>),
    /// A file or folder that was opened has changed.
    FilesChanged,
    /// The files could not be read at all.
    Failed(Safe),
    /// An answer to a command, shown in the footer at once.
    Said(Safe),
    /// A message that no command asked for. It waits until the footer is free and replaces nothing.
    Tell(Safe),
    /// The records in the journal of these cards, and who writes to it here. `told` says what is wrong with the
    /// journal, if anything.
    Reviews {
        records: Vec<Record>,
        me: Reviewer,
        /// What this reviewer has seen before.
        seen: Seen,
        told: Option<Safe>,
    },
    /// The folder of the journal has changed.
    JournalChanged,
    /// These records are on the disk.
    Kept(Vec<Record>),
    /// The drafts of one [`Effect::Keep`] could not be written; none of them was kept.
    NotKept {
        drafts: Vec<Draft>,
        why: Safe,
    },
    /// The texts about these cards that were unsaved when the program last ended.
    Left(Vec<Left>),
    /// The user's own findings were changed on the disk, or why they were not.
    FindingsChanged(Result<Safe, Safe>),
    /// The cells whose notes or sources have the words of an [`Effect::SearchNotes`].
    FoundInNotes {
        words: String,
        found: Vec<Mention>,
    },
    /// The text that came back from the user's editor, or why there is none.
    Edited(Result<String, Safe>),
}

/// A request to the outside world. Only `cli::app` performs it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Quit,
    /// Read the same paths as another set, the one of this framework, into [`Model::for_another_set`].
    OpenSet(Box<str>),
    /// Read every set of the same paths, then send [`Msg::SetsRead`].
    ReadSets,
    /// Read the same paths again, with this said of their tables, then send [`Msg::ReadAgain`] or [`Msg::Failed`].
    Remap(Box<Mapping>),
    /// Keep a mapping beside its table, then send [`Msg::Said`].
    SaveMapping {
        path: Raw<'static>,
        text: String,
    },
    /// Read the same paths again, then send [`Msg::ReadAgain`] or [`Msg::Failed`].
    Reload,
    /// Write all of these to the journal or none, sync, then send [`Msg::Kept`] or [`Msg::NotKept`].
    Keep(Vec<Draft>),
    /// Read the journal again, then send [`Msg::Reviews`].
    ReadJournal,
    /// Write under this name from now on.
    NameAuthor(Raw<'static>),
    /// Keep what this reviewer has seen.
    KeepSeen(Seen),
    /// Change the user's own findings for the framework, then send [`Msg::FindingsChanged`].
    ChangeFindings {
        framework: Box<str>,
        change: own::OwnFindingChange,
    },
    /// Copy this to the clipboard, then send [`Msg::Said`] with the way that worked.
    Copy(Copied),
    /// Write this about the selected group and edition to a new file, then send [`Msg::Said`] with its name.
    Write(NewFile),
    /// Look for these words in every note and source, then send [`Msg::FoundInNotes`]. A later search ends an earlier one.
    SearchNotes(String),
    /// Give the terminal to the user's editor with this text, then send [`Msg::Edited`].
    Edit {
        text: String,
    },
}

impl Model {
    /// A model that waits for its data.
    pub fn new(size: Size, keymap: Keymap) -> Self {
        Self {
            size,
            keymap,
            reading: ReadState::Underway(ReadProgress::default()),
            data: None,
            workspace: None,
            panes: Panes::default(),
            navigation: Navigation::default(),
            overlay: None,
            typing: None,
            pending: vec![],
            notice: None,
            later: VecDeque::new(),
            me: Reviewer::default(),
            steps: Steps::default(),
            inbox: NewsLog::default(),
            unsaved: HashMap::new(),
            ahead: vec![],
            elsewhere: &[],
            is_warned: false,
            mapping: MappingState::Kept,
            unkept: vec![],
            begin_at: None,
            begin_in: None,
            begin_with: None,
            asks_for_set: false,
            carried: None,
            reads_again: false,
            has_mouse: false,
            arrived: None,
            reload_diff: None,
            session: None,
            greeting: None,
            scores: Adjustments::default(),
        }
    }

    /// A model that waits for another set of the same files.
    #[must_use]
    pub fn for_another_set(&self) -> Self {
        Self {
            elsewhere: self.elsewhere,
            begin_at: self.begin_at.clone(),
            begin_in: self.begin_in.clone(),
            scores: self.scores.clone(),
            has_mouse: self.has_mouse,
            carried: self.carried.clone(),
            unkept: self.unkept.clone(),
            ..Self::new(self.size, self.keymap.clone())
        }
    }

    /// The pane that has the keys.
    pub fn front(&self) -> Pane {
        self.navigation.front()
    }

    /// The state of the pane in front.
    pub fn pane(&self) -> &dyn PaneState {
        self.panes.of(self.front())
    }

    /// The texts that would be lost if the program ended now.
    pub fn left(&self) -> Vec<Left> {
        let open = self.overlay.as_ref().and_then(|open| {
            let (on, text) = open.typed()?;
            let typed = Typed { text: text?.to_owned(), kind: open.typed_kind() };
            Some(((open.kind(), on.clone()), typed))
        });
        let mut all: BTreeMap<(bool, Target), Typed> = BTreeMap::new();
        let kept = self.unsaved.iter().map(|(on, text)| (on.clone(), text.clone()));
        for ((overlay, on), text) in kept.chain(open) {
            all.insert((overlay == Overlay::Flag, on), text);
        }
        let left = |((is_flag, on), Typed { text, kind })| Left { is_flag, on, kind, text };
        all.into_iter().map(left).collect()
    }

    /// The session to save for the next start; `None` while there are no cards.
    pub fn to_session(&self) -> Option<Session> {
        // While the previous session waits to be restored, this one must not replace it.
        let workspace = self.workspace.as_ref().filter(|_| self.session.is_none())?;
        Some(Session::capture(workspace, &self.panes, &self.navigation))
    }

    /// The problems of the last reading.
    pub fn problems(&self) -> &[Problem] {
        self.data.as_ref().map_or(&[][..], |data| &data.problems)
    }

    pub fn is_reading(&self) -> bool {
        matches!(self.reading, ReadState::Underway(_))
    }

    pub fn wants(&self) -> Wants {
        Wants {
            front: self.front(),
            beside: self.navigation.beside(),
            is_compared: self.workspace.as_ref().is_some_and(|workspace| workspace.comparison.is_some()),
            is_zoomed: self.workspace.as_ref().is_some_and(|workspace| workspace.is_zoomed),
            has_notice: self.data.as_ref().is_some_and(|data| data.framework.notice.is_some()),
        }
    }

    pub fn regions(&self) -> Regions {
        layout::regions(self.size, self.wants())
    }

    /// The area of a pane. A pane that is not shown gets the area of the one in front.
    pub fn area(&self, pane: Pane) -> Rect {
        let regions = self.regions();
        regions.pane(pane).or_else(|| regions.pane(self.front())).unwrap_or_default()
    }

    pub fn overlay_area(&self, open: &dyn OverlayState) -> Rect {
        layout::overlay(self.size, self.wants(), open.kind(), open.lines())
    }

    /// The facts that preconditions of commands are checked against.
    pub fn needs_met(&self) -> NeedsMet {
        let Some(workspace) = &self.workspace else { return NeedsMet::default() };
        NeedsMet {
            has_cards: true,
            subjects: workspace.subjects().len(),
            editions: workspace.data.edition_ids().len(),
            sets: 1 + workspace.data.others.len(),
            is_table: !workspace.data.readings.is_empty(),
            is_searched: !self.pane().searched().is_empty(),
            is_narrowed: self.regions().panes.iter().any(|(pane, _)| {
                let state = self.panes.of(*pane);
                !state.searched().is_empty() || state.is_filtered()
            }),
        }
    }

    /// The scopes in which keys are looked up now, innermost first.
    pub fn scopes(&self) -> Vec<Scope> {
        match (&self.overlay, &self.typing) {
            (Some(open), _) => open.kind().scopes(),
            (None, Some(_)) => vec![Scope::Typing],
            (None, None) => self.front().scopes().to_vec(),
        }
    }

    /// The ids of the sets of which how they are read was changed and not kept.
    pub fn unkept_sets(&self) -> Vec<&str> {
        let here = self.workspace.as_ref().filter(|_| self.mapping != MappingState::Kept);
        let here = here.map(|workspace| &*workspace.data.framework.id);
        here.into_iter().chain(self.unkept.iter().map(|id| &**id)).collect()
    }

    pub fn backdrop(&self) -> Backdrop<'_> {
        Backdrop {
            workspace: self.workspace.as_ref(),
            problems: self.problems(),
            reload_diff: self.reload_diff.as_ref(),
            inbox: &self.inbox,
            is_unkept: self.mapping != MappingState::Kept,
            unkept: &self.unkept,
            keymap: &self.keymap,
            needs_met: self.needs_met(),
            elsewhere: self.elsewhere,
            front: self.front(),
        }
    }
}
