//! The program under test: a list that says what happens to it.

use std::{env, fs, process, thread, time::Duration};

use crossterm::event::KeyCode;
use ratatui::{Frame, style::Style, text::Line, widgets::Widget};
use visavis::terminal::{
    Terminal,
    runtime::{App, End, Event, Flow, channel, run},
};

/// Where the program says why it ended.
pub(crate) const ENDED: &str = "VISAVIS_TEST_ENDED";
const ITEMS: usize = 60;

#[derive(Debug, Default)]
struct List {
    row: usize,
    flood: u32,
    posted: u32,
    has_mouse: bool,
    last: String,
}

impl App for List {
    type Message = ();

    fn handle(&mut self, event: Event<()>) -> Flow {
        match event {
            Event::Key(key) => return self.press(key.code),
            Event::Paste { text, cut } => {
                self.last = format!("pasted {}{}", text.len(), if cut { " cut" } else { "" });
            }
            Event::Mouse(mouse) => self.last = format!("mouse {} {}", mouse.column, mouse.row),
            Event::Posted(()) => self.posted += 1,
            Event::Resized(_) | Event::Resumed => return Flow::Continue,
        }
        Flow::Redraw
    }

    fn draw(&self, frame: &mut Frame) {
        let area = frame.area();
        let Self { row, flood, posted, last, .. } = self;
        let head = format!(
            "row {row} of {ITEMS} {}x{} posted {posted} flood {flood} {last}",
            area.width, area.height
        );
        Line::raw(head).render(area, frame.buffer_mut());
        for (item, place) in (0..ITEMS).zip(area.rows().skip(1)) {
            let style = if item == *row { Style::new().reversed() } else { Style::new() };
            let mark =
                char::from(b'a' + u8::try_from((item + usize::try_from(*flood).unwrap()) % 26).unwrap());
            let text = format!("item {item:<3} {}", mark.to_string().repeat(usize::from(place.width)));
            Line::raw(text).style(style).render(place, frame.buffer_mut());
        }
    }

    fn is_ready_for_first_frame(&self) -> bool {
        self.posted > 0
    }

    fn wants_mouse(&self) -> bool {
        self.has_mouse
    }

    fn outside(&mut self) {
        let script = "trap '' INT; echo somebody else; read line; echo heard $line";
        process::Command::new("sh").args(["-c", script]).status().unwrap();
    }

    fn on_end(&mut self, why: End) {
        fs::write(env::var_os(ENDED).unwrap(), format!("{why:?}")).unwrap();
    }
}

impl List {
    fn press(&mut self, code: KeyCode) -> Flow {
        match code {
            KeyCode::Char('q') => return Flow::Quit(3),
            KeyCode::Char('j') | KeyCode::Down => self.row = (self.row + 1).min(ITEMS - 1),
            KeyCode::Char('f') => self.flood += 1,
            KeyCode::Char('m') => self.has_mouse = !self.has_mouse,
            KeyCode::Char('o') => return Flow::Outside,
            KeyCode::Char('p') => panic!("it was the test"),
            KeyCode::Char('t') => drop(thread::spawn(|| panic!("it was the test"))),
            KeyCode::Char('s') => loop {
                fs::write(env::var_os(ENDED).unwrap(), "stuck").unwrap();
                thread::sleep(Duration::from_mins(1));
            },
            KeyCode::Esc => self.last = String::from("Esc"),
            _ => {}
        }
        Flow::Redraw
    }
}

/// Not a test: the other tests run this one in a process of its own.
#[test]
#[ignore = "the program that the other tests start"]
fn program() {
    let mut list = List::default();
    let (poster, inbox) = channel();
    poster.post(());
    let terminal = Terminal::open(env::var("TERM").ok().as_deref()).unwrap();
    let code = run(&mut list, terminal, inbox, |symbol| !symbol.chars().any(char::is_control));
    process::exit(code.into());
}
