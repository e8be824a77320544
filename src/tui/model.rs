//! Everything the screen is a function of, everything that can happen to it, everything it may ask of the world.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
};

use ratatui::layout::{Rect, Size};

use super::{
    command::{Elsewhere, NeedsMet, NewFile},
    copy::Copied,
    keymap::{Key, Keymap},
    layout::{self, Regions, Wants},
    navigation::Navigation,
    overlays::{Backdrop, Open},
    pane_state::PaneState,
    panes::Panes,
    places::{Overlay, Pane},
    scopes::Scope,
    session::Session,
    text_input::TextInput,
    workspace::Workspace,
};
use crate::{
    core::{dataset::Dataset, findings::own, problem::Problem, reload_diff::ReloadDiff, score::Adjustments},
    review::{Act, Draft, Record, target::Target},
    text::Safe,
};

/// Everything the screen is a function of.
#[derive(Debug)]
pub struct Model {
    pub size: Size,
    pub keymap: Keymap,
    pub reading: ReadState,
    /// What was read, even if it holds no card: its problems say why.
    pub data: Option<Arc<Dataset>>,
    /// The same data with what is selected and compared in it; nothing while there is no card.
    pub workspace: Option<Workspace>,
    pub panes: Panes,
    /// Which pane has the keys, and the way back from it.
    pub navigation: Navigation,
    pub overlay: Option<Open>,
    /// The live search being typed for the pane in front.
    pub typing: Option<TextInput>,
    /// Keys of a chord that is not complete.
    pub pending: Vec<Key>,
    /// Said in the footer until the next key.
    pub notice: Option<Notice>,
    /// Said one after the other, the first until the next key; not while somebody writes.
    pub later: VecDeque<Notice>,
    /// Who reviews here: whose latest record an undo takes back.
    pub writer: Box<str>,
    /// What was typed into an overlay and not saved, by what it is about.
    pub unsaved: HashMap<(Overlay, Target), String>,
    /// Keys pressed while an overlay waits for the disk: they are meant for what comes after it.
    pub ahead: Vec<Key>,
    /// Subcommands that no command of the screen is named after.
    pub elsewhere: &'static [Elsewhere],
    /// That unsaved words would be lost was said when somebody wanted to quit.
    pub is_warned: bool,
    /// The label of the edition to begin with; otherwise the newest.
    pub begin_at: Option<Box<str>>,
    /// How scores are made where not as the framework says.
    pub scores: Adjustments,
    /// The files changed: they are read again as soon as nobody is in the middle of something.
    pub reads_again: bool,
    /// Whether the terminal reports the mouse.
    pub has_mouse: bool,
    /// Read again, and shown as soon as nobody is in the middle of something.
    pub arrived: Option<(Arc<Dataset>, ReloadDiff)>,
    /// What the last reading that changed something changed.
    pub reload_diff: Option<ReloadDiff>,
    /// Where the session before ended, until there are cards to go there.
    pub session: Option<Session>,
    /// What must be said first.
    pub greeting: Option<Safe>,
    /// The group to begin with, as it was named; otherwise all countries.
    pub begin_in: Option<Box<str>>,
}

/// Whether files are being read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReadState {
    #[default]
    Idle,
    Underway(ReadProgress),
    /// The last attempt failed; older data, if any, stands.
    Failed(Safe),
}

/// How far reading has come. Bytes are those of the files; cards are counted as they are built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadProgress {
    /// The first card of a large file, known long before the rest: "Afghanistan, 1995".
    pub begins_with: Option<Safe>,
    pub files: usize,
    pub bytes: u64,
    /// 0 while it is not known.
    pub of_bytes: u64,
    pub cards: usize,
}

/// What was typed into a flag or a note and is not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub is_flag: bool,
    pub on: Target,
    pub text: String,
}

impl Left {
    /// Whether an act says just this.
    pub fn is_said_by(&self, act: &Act) -> bool {
        typed_text(act).is_some_and(|(overlay, on, text)| {
            self.is_flag == (overlay == Overlay::Flag) && self.on == *on && self.text.trim_end() == text
        })
    }
}

/// The text that an act says, with where it is typed and what it is about.
pub fn typed_text(act: &Act) -> Option<(Overlay, &Target, &str)> {
    match act {
        Act::Flag { on, note, .. } => Some((Overlay::Flag, on, note.raw())),
        Act::Note { on, text } => Some((Overlay::Note, on, text.raw())),
        _ => None,
    }
}

/// Words for the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    Said(Safe),
    /// Why what was asked for cannot be done.
    Refused(Safe),
}

/// Everything that can happen to the screen.
#[derive(Clone, Debug)]
pub enum Msg {
    Key(Key),
    Paste(String),
    Resized(Size),
    Progress(ReadProgress),
    /// Where the session before ended; sent before the first [`Msg::Loaded`].
    Begin(Box<Session>),
    Loaded(Arc<Dataset>),
    /// The data of [`Effect::Reload`], and how they stand to those that were shown then.
    ReadAgain {
        data: Arc<Dataset>,
        reload_diff: ReloadDiff,
    },
    /// Something that was opened is another file now, or holds other files.
    FilesChanged,
    /// The files could not be read at all.
    Failed(Safe),
    /// An answer to what was asked for: said in the footer until the next key.
    Said(Safe),
    /// Something that nobody asked for and everybody should see: it takes no other words' place.
    Tell(Safe),
    /// What the journal of these cards holds, and who writes to it here; `told` is what is wrong with it, if anything.
    Reviews {
        records: Vec<Record>,
        writer: Box<str>,
        told: Option<Safe>,
    },
    /// These are on the disk.
    Kept(Vec<Record>),
    /// These are not: nothing of them was kept.
    NotKept {
        drafts: Vec<Draft>,
        why: Safe,
    },
    /// What was left unsaved over these cards when the program last ended.
    Left(Vec<Left>),
    /// The change of the user's own findings is on the disk, or why it is not.
    FindingsChanged(Result<Safe, Safe>),
    /// What came back from the editor of the environment, or why nothing did.
    Edited(Result<String, Safe>),
}

/// A request to the world; only the runtime performs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Quit,
    /// Read the same paths again, then send [`Msg::ReadAgain`] or [`Msg::Failed`].
    Reload,
    /// Write these to the journal as one, sync, then send [`Msg::Kept`] or [`Msg::NotKept`].
    Keep(Vec<Draft>),
    /// Change the user's own findings for the framework, then send [`Msg::FindingsChanged`].
    ChangeFindings {
        framework: Box<str>,
        change: own::OwnFindingChange,
    },
    /// Take this to the clipboard, then send [`Msg::Said`] with the way it went.
    Copy(Copied),
    /// Write this, about the group and the edition shown, to a new file, then send [`Msg::Said`] with its name.
    Write(NewFile),
    /// Lend the terminal to the editor of the environment with this text, then send [`Msg::Edited`].
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
            writer: Box::default(),
            unsaved: HashMap::new(),
            ahead: vec![],
            elsewhere: &[],
            is_warned: false,
            begin_at: None,
            begin_in: None,
            reads_again: false,
            has_mouse: false,
            arrived: None,
            reload_diff: None,
            session: None,
            greeting: None,
            scores: Adjustments::default(),
        }
    }

    /// The pane that has the keys.
    pub fn front(&self) -> Pane {
        self.navigation.front()
    }

    /// Its state.
    pub fn pane(&self) -> &dyn PaneState {
        self.panes.of(self.front())
    }

    /// What would be lost if the program ended now.
    pub fn left(&self) -> Vec<Left> {
        let open = self.overlay.as_ref().and_then(|open| {
            let (on, text) = open.unsaved()?;
            Some(((open.kind(), on.clone()), text.to_owned()))
        });
        let mut all: BTreeMap<(bool, Target), String> = BTreeMap::new();
        let kept = self.unsaved.iter().map(|(on, text)| (on.clone(), text.clone()));
        for ((overlay, on), text) in kept.chain(open) {
            all.insert((overlay == Overlay::Flag, on), text);
        }
        all.into_iter().map(|((is_flag, on), text)| Left { is_flag, on, text }).collect()
    }

    /// What to find again another time; nothing while there are no cards.
    pub fn to_session(&self) -> Option<Session> {
        // Before it is restored there is nothing worth keeping.
        let workspace = self.workspace.as_ref().filter(|_| self.session.is_none())?;
        Some(Session::capture(workspace, &self.panes, &self.navigation))
    }

    /// What is wrong with the files, as they were read last.
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
            has_notice: self.data.as_ref().is_some_and(|data| data.framework.notice.is_some()),
        }
    }

    pub fn regions(&self) -> Regions {
        layout::regions(self.size, self.wants())
    }

    /// The place of a pane; panes that are not shown are as large as the one in front.
    pub fn area(&self, pane: Pane) -> Rect {
        let regions = self.regions();
        regions.pane(pane).or_else(|| regions.pane(self.front())).unwrap_or_default()
    }

    /// The place of an overlay.
    pub fn overlay_area(&self, overlay: Overlay) -> Rect {
        layout::overlay(self.size, self.wants(), overlay)
    }

    /// What commands may rely on.
    pub fn needs_met(&self) -> NeedsMet {
        let Some(workspace) = &self.workspace else { return NeedsMet::default() };
        NeedsMet {
            has_cards: true,
            subjects: workspace.subjects().len(),
            editions: workspace.data.edition_ids().len(),
            is_searched: !self.pane().searched().is_empty(),
        }
    }

    /// Where keys are looked up, innermost first.
    pub fn scopes(&self) -> Vec<Scope> {
        match (&self.overlay, &self.typing) {
            (Some(open), _) => open.kind().scopes(),
            (None, Some(_)) => vec![Scope::Typing],
            (None, None) => self.front().scopes().to_vec(),
        }
    }

    pub fn backdrop(&self) -> Backdrop<'_> {
        Backdrop {
            workspace: self.workspace.as_ref(),
            problems: self.problems(),
            reload_diff: self.reload_diff.as_ref(),
            keymap: &self.keymap,
            needs_met: self.needs_met(),
            elsewhere: self.elsewhere,
            front: self.front(),
        }
    }
}
