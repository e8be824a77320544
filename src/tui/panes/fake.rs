//! A pane for tests only, which also shows what a new pane costs: four files.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use crate::{
    core::report::OverviewReport,
    tui::{
        command::Command,
        look::{Look, Role},
        pane_context::{PaneContext, Wish},
        pane_state::PaneState,
        places::Pane,
        shown_report::ShownReport,
        widgets::line_writer::LineWriter,
    },
};

/// The commands that the pane was given, and its search.
#[derive(Clone, Debug, Default)]
pub struct State {
    commands: Vec<Command>,
    search: String,
}

impl PaneState for State {
    fn update(&mut self, command: Command, _context: &PaneContext<'_>, _size: Size) -> Vec<Wish> {
        self.commands.push(command);
        if command == Command::Enter { vec![Wish::Go(Pane::Card)] } else { vec![] }
    }

    fn search(&mut self, text: &str, _context: &PaneContext<'_>, _size: Size) -> Vec<Wish> {
        text.clone_into(&mut self.search);
        vec![]
    }

    fn searched(&self) -> &str {
        &self.search
    }

    fn scroll_into_view(&mut self, _context: &PaneContext<'_>, _size: Size) {}

    fn view(&self, _context: &PaneContext<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        LineWriter::new(buf, look, area, 0).put("a pane of the tests", Role::Text);
    }

    fn report<'a>(&self, context: &PaneContext<'a>) -> ShownReport<'a> {
        let report =
            OverviewReport::new(context.data, context.group.clone(), Some(context.selection.edition));
        ShownReport { title: Pane::Fake.title(), report: Box::new(report), listed: None }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::tui::{
        command::Piece,
        keymap::{Key, Keymap},
        look::{Palette, UNICODE},
        model::{Effect, Model, Msg},
        places::Overlay,
        update::update,
        view::render,
        widgets::test_context,
    };

    const SIZE: Size = Size { width: 80, height: 24 };

    fn model() -> Model {
        Model::new(SIZE, Keymap::choosing(&[]).0).with_data(Arc::new(test_context::data()))
    }

    fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
        let keys = keys.split(' ').map(|key| key.parse::<Key>().expect("a key"));
        keys.flat_map(|key| update(model, Msg::Key(key))).collect()
    }

    fn screen(model: &Model) -> String {
        let mut buf = Buffer::empty(Rect { x: 0, y: 0, width: SIZE.width, height: SIZE.height });
        let area = buf.area;
        render(model, &Look::new(Palette::Mono, &UNICODE), area, &mut buf);
        let lines = (0..SIZE.height)
            .map(|y| (0..SIZE.width).map(|x| buf[(x, y)].symbol()).collect::<String>() + "\n");
        lines.collect()
    }

    #[test]
    fn its_key_shows_it_and_the_way_back_leads_through_it() {
        let mut model = model();
        press(&mut model, "9");
        assert!(screen(&model).contains("a pane of the tests"), "{}", screen(&model));
        press(&mut model, "enter");
        assert_eq!(model.front(), Pane::Card);
        press(&mut model, "esc");
        assert_eq!(model.front(), Pane::Fake);
        press(&mut model, "esc");
        assert_eq!(model.front(), Pane::Countries);
    }

    #[test]
    fn it_is_searched_copied_and_reviewed_as_every_pane_is() {
        let mut model = model();
        press(&mut model, "9 / x enter");
        assert_eq!(model.pane().searched(), "x");
        let context = model.workspace.as_ref().expect("cards").context(true);
        let piece = Piece::All("csv");
        let copied = crate::tui::copy::copied(model.pane(), &context, piece).expect("something is copied");
        assert_eq!(copied.what.as_str(), "Fake as CSV");
        assert!(copied.text.contains("ALB"), "{}", copied.text);
        press(&mut model, "space");
        assert_eq!(model.overlay.as_ref().map(|open| open.kind()), Some(Overlay::Flag));
    }

    #[test]
    fn it_stands_in_the_help_and_is_found_again_another_time() {
        let mut model = model();
        press(&mut model, "9 / x enter");
        let session = model.to_session().expect("there are cards");
        let mut later = model_of(session);
        assert_eq!((later.front(), later.pane().searched()), (Pane::Fake, ""));
        press(&mut later, "? f a k e");
        assert!(screen(&later).contains("Show the pane of the tests"), "{}", screen(&later));
    }

    fn model_of(session: crate::tui::session::Session) -> Model {
        let mut model = Model::new(SIZE, Keymap::choosing(&[]).0);
        update(&mut model, Msg::Begin(Box::new(session)));
        model.with_data(Arc::new(test_context::data()))
    }
}
