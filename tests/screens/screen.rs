//! Keys in, pictures out: what it says, then what each of its cells means.

use std::sync::Arc;

use ratatui::{
    buffer::{Buffer, Cell},
    layout::{Position, Rect, Size},
    style::Color,
};
use strum::IntoEnumIterator as _;
use visavis::{
    cli::args::ELSEWHERE,
    core::{dataset::Dataset, read::from_texts},
    tui::{
        Effect, Model, Msg,
        keymap::{Keymap, chord},
        look::{Glyphs, Look, Palette, Role, UNICODE},
        update, view,
    },
};

/// A terminal with the program in it.
pub(crate) struct Screen {
    pub(crate) model: Model,
    pub(crate) effects: Vec<Effect>,
}

/// A small data set with a gap of every kind.
pub(crate) fn fixture() -> Arc<Dataset> {
    let files = [
        ("framework.json", include_str!("fixture/framework.json")),
        ("cards.json", include_str!("fixture/cards.json")),
    ];
    Arc::new(from_texts("fixture", &files))
}

/// The same with findings of its own.
pub(crate) fn with_findings() -> Arc<Dataset> {
    let framework = include_str!("fixture/framework.json").trim_end();
    let framework = framework.strip_suffix('}').expect("an object");
    let framework = format!("{framework}, \"findings\": {} }}", include_str!("fixture/findings.json"));
    let files = [("framework.json", &*framework), ("cards.json", include_str!("fixture/cards.json"))];
    Arc::new(from_texts("fixture", &files))
}

impl Screen {
    /// The program on a terminal of this size, with the fixture read.
    pub(crate) fn open(width: u16, height: u16) -> Self {
        Self::waiting(width, height).send(Msg::Loaded(fixture()))
    }

    /// The program before anything is read.
    pub(crate) fn waiting(width: u16, height: u16) -> Self {
        let keymap = Keymap::new(&[]).expect("the table is sound");
        let mut model = Model::new(Size { width, height }, keymap);
        model.elsewhere = &ELSEWHERE;
        Self { model, effects: vec![] }
    }

    pub(crate) fn send(mut self, msg: Msg) -> Self {
        for effect in update(&mut self.model, msg) {
            match effect {
                Effect::SearchNotes(words) => self = self.answer_from_notes(words),
                _ => self.effects.push(effect),
            }
        }
        self
    }

    fn answer_from_notes(self, words: String) -> Self {
        let Some(workspace) = &self.model.workspace else { return self };
        let found = workspace.index.mentions(&workspace.data, &words, workspace.here(), &|| false);
        self.send(Msg::FoundInNotes { words, found })
    }

    /// Keys as the table writes them, one after the other: `j j g g tab`.
    pub(crate) fn press(self, keys: &str) -> Self {
        let keys = chord(keys).expect("known keys");
        keys.into_iter().fold(self, |screen, key| screen.send(Msg::Key(key)))
    }

    /// Text, letter by letter.
    pub(crate) fn type_text(self, text: &str) -> Self {
        text.chars().fold(self, |screen, c| {
            let name = if c == ' ' { "space".to_owned() } else { c.to_string() };
            screen.press(&name)
        })
    }

    pub(crate) fn draw(&self, look: &Look) -> Buffer {
        let mut buf = Buffer::empty(Rect::from((Position::ORIGIN, self.model.size)));
        view::render(&self.model, look, buf.area, &mut buf);
        buf
    }

    pub(crate) fn draw_with(&self, palette: Palette, glyphs: &'static Glyphs) -> Buffer {
        self.draw(&Look::new(palette, glyphs))
    }

    /// What the screen says.
    pub(crate) fn text(&self) -> String {
        plane(&self.draw_with(Palette::Sixteen, &UNICODE), |cell| cell.symbol().to_owned())
    }

    /// One line of what the screen says.
    pub(crate) fn line(&self, at: usize) -> String {
        self.text().lines().nth(at).unwrap_or_default().to_owned()
    }

    /// The lines above the panes that say what is shown: views and title.
    pub(crate) fn head(&self) -> String {
        format!("{}\n{}", self.line(0), self.line(1))
    }

    pub(crate) fn footer(&self) -> String {
        self.line(usize::from(self.model.size.height) - 1)
    }

    /// What the screen says, then what it means: a letter a role.
    pub(crate) fn picture(&self) -> String {
        let probe = Look::probe();
        let letter = |cell: &Cell| match cell.fg {
            Color::Indexed(role) if cell.symbol() != " " => letter_of(role).to_string(),
            _ => " ".to_owned(),
        };
        self.text() + "----\n" + &plane(&self.draw(&probe), letter)
    }
}

pub(crate) fn plane(buf: &Buffer, cell: impl Fn(&Cell) -> String) -> String {
    let width = usize::from(buf.area.width).max(1);
    let rows = buf.content.chunks(width);
    rows.map(|row| row.iter().map(&cell).collect::<String>().trim_end().to_owned() + "\n").collect()
}

fn letter_of(role: u8) -> char {
    let role = Role::iter().find(|known| *known as u8 == role).expect("only roles are painted");
    match role {
        Role::Text => 't',
        Role::Faint => 'f',
        Role::Title => 'T',
        Role::Key => 'k',
        Role::Cursor => 'C',
        Role::CursorElsewhere => 'c',
        Role::Caret => '_',
        Role::Given => 'v',
        Role::Gap => 'G',
        Role::NotApplicable => 'n',
        Role::Ahead => 'A',
        Role::Differ => 'D',
        Role::Mark => 'm',
        Role::Flagged => '!',
        Role::Match => 'M',
        Role::Notice => 'N',
        Role::Warning => 'W',
        Role::Failed => 'F',
        Role::Border => '.',
        Role::BorderFocused => ':',
        Role::Bar => 'B',
        Role::BarEmpty => 'b',
    }
}
