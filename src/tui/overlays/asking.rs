//! Asks in one line for the words of a record: why a flag is resolved, why a card is sent back, who reviews it.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{Backdrop, OverlayOutcome, OverlayState, list::draw_below, saving::Keeping};
use crate::{
    core::date::Date,
    review::{Act, Draft},
    text::{Raw, Safe, safe_line},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        text_input::TextInput,
        widgets::{frame, line_writer::LineWriter},
    },
};

#[derive(Clone, Debug)]
pub struct State {
    /// The records to be kept, without their words: all of one kind.
    drafts: Vec<Draft>,
    /// Which flag or card.
    about: Safe,
    /// The names of those who have said something, where a name is asked for.
    known: Vec<Raw<'static>>,
    field: TextInput,
    keeping: Keeping,
    /// The command that waits for the name of whoever writes, if that is what is asked.
    then: Option<Command>,
}

/// What is asked: the title, the prompt, and what `Enter` does.
struct Question {
    title: &'static str,
    prompt: &'static str,
    hint: &'static str,
}

impl State {
    pub fn new(drafts: Vec<Draft>, about: Safe, known: Vec<Raw<'static>>) -> Self {
        Self { drafts, about, known, field: TextInput::default(), keeping: Keeping::default(), then: None }
    }

    /// Asks under which name somebody writes who was never asked before; then runs the command.
    pub fn name(guess: &Raw<'_>, then: Command) -> Self {
        let about = format!(
            "what you say is kept under a name that others read: {}, unless you give another",
            guess.line()
        );
        Self { then: Some(then), ..Self::new(vec![], safe_line(&about), vec![]) }
    }

    fn question(&self) -> Question {
        match self.drafts.first().map(|draft| &draft.act) {
            Some(Act::SignOff { .. }) => Question {
                title: "Sent back: why?",
                prompt: " why: ",
                hint: " {open} sends it back with this reason",
            },
            Some(Act::Give { .. }) => Question {
                title: "Who reviews the card?",
                prompt: " name: ",
                hint: " {open} gives it to them: the name as it stands under what they say",
            },
            Some(Act::Address { .. }) => Question {
                title: "Who is asked to deal with it?",
                prompt: " name, day: ",
                hint: " {open} asks: a name, a day such as 2026-12-01, or both; an empty line asks nobody",
            },
            None => Question {
                title: "Who are you?",
                prompt: " name: ",
                hint: " {open} goes on, with this name or the one above; author in the configuration says it for good",
            },
            _ => Question {
                title: "Resolved: why?",
                prompt: " why: ",
                hint: " {open} resolves it, with or without a reason",
            },
        }
    }

    /// The records with the words that were typed. Errors: they are missing, or no day.
    fn said(&self) -> Result<Vec<Draft>, Safe> {
        let text = self.field.text().trim();
        let mut drafts = self.drafts.clone();
        for draft in &mut drafts {
            match &mut draft.act {
                Act::SignOff { .. } | Act::Give { .. } if text.is_empty() => {
                    return Err(Safe::fixed("a word is needed here: esc goes back without one"));
                }
                Act::Resolve { note, .. } | Act::SignOff { note, .. } => *note = owned(text),
                Act::Give { to, .. } => *to = Some(owned(text)),
                Act::Address { to, due, .. } => (*to, *due) = whom_and_when(text)?,
                _ => {}
            }
        }
        Ok(drafts)
    }
}

/// A name, a day, or both with a comma between them. Errors: what looks like a day is none.
fn whom_and_when(text: &str) -> Result<(Option<Raw<'static>>, Option<Date>), Safe> {
    let (name, day) = text.rsplit_once(',').unwrap_or(("", text));
    let day = day.trim();
    let is_day = day.starts_with(|c: char| c.is_ascii_digit());
    let due = Date::parse(day).filter(|_| day.len() == 10);
    match (is_day, due) {
        (true, Some(_)) => Ok((Some(name.trim()).filter(|name| !name.is_empty()).map(owned), due)),
        (true, None) => Err(safe_line(&format!("{day} is no day such as 2026-12-01"))),
        (false, _) => Ok((Some(text).filter(|name| !name.is_empty()).map(owned), None)),
    }
}

fn owned(text: &str) -> Raw<'static> {
    Raw::new(text.to_owned())
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::Asking
    }

    fn field_mut(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.field)
    }

    fn keeping_mut(&mut self) -> Option<&mut Keeping> {
        Some(&mut self.keeping)
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, _: Size) {}

    fn lines(&self) -> Option<usize> {
        Some(4)
    }

    fn update(&mut self, command: Command, _: &Backdrop<'_>, _: Size) -> OverlayOutcome {
        if command != Command::Enter {
            return OverlayOutcome::Stay;
        }
        if let Some(then) = self.then {
            return OverlayOutcome::NameAuthor(self.field.text().trim().to_owned(), then);
        }
        match self.said() {
            Ok(drafts) => OverlayOutcome::Keep(drafts),
            Err(why) => OverlayOutcome::Refuse(why),
        }
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let Question { title, prompt, hint } = self.question();
        let inside = frame::draw(buf, look, area, &[(title, Role::Title)], "", true);
        LineWriter::new(buf, look, inside, 0).gap(1).put(&self.about, Role::Text);
        let line = Rect { y: inside.y + 1.min(inside.height), height: inside.height.min(1), ..inside };
        self.field.draw(buf, look, line, prompt, 1);
        let below =
            Rect { y: line.bottom(), height: inside.bottom().saturating_sub(line.bottom()), ..inside };
        let mut hint = backdrop.spell(Overlay::Asking, hint);
        if !self.known.is_empty() {
            let names: Vec<String> = self.known.iter().map(|name| name.line().into_string()).collect();
            hint = format!(" known: {};{hint}", names.join(", "));
        }
        let (words, role) = self.keeping.words().unwrap_or((hint, Role::Faint));
        draw_below(buf, look, below, &words, role);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_a_day_or_both_are_asked_for() {
        let asked = |text: &str| {
            let (to, due) = whom_and_when(text).unwrap();
            (to.map(|to| to.raw().to_owned()), due.map(|due| due.to_string()))
        };
        let (ben, day) = (Some("Ben".to_owned()), Some("2026-12-01".to_owned()));
        assert_eq!(asked("Ben"), (ben.clone(), None));
        assert_eq!(asked("Ben, 2026-12-01"), (ben, day.clone()));
        assert_eq!(asked("2026-12-01"), (None, day));
        assert_eq!(asked("Okafor, Ben"), (Some("Okafor, Ben".to_owned()), None));
        assert_eq!(asked(""), (None, None));
        assert!(whom_and_when("Ben, 2026-13-01").is_err() && whom_and_when("2026").is_err());
    }
}
