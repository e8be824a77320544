//! One line of text about how a table is read: a country, a unit, a goal, an edition, or what to find.

use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};

use super::{
    super::{
        Backdrop, OverlayOutcome, OverlayState,
        list::{ListLayout, draw_below, draw_field},
    },
    ReadingPlace,
    items::ReadingQuestion,
    with,
};
use crate::{
    core::{
        country,
        period::{EditionLabels, Period},
        table_mapping::MappedIndicator,
    },
    text::{excerpt, safe_line},
    tui::{
        command::Command,
        look::{Look, Role},
        places::Overlay,
        text_input::TextInput,
        widgets::frame,
    },
};

const BELOW: u16 = 2;

#[derive(Clone, Debug)]
pub struct State {
    asked: ReadingQuestion,
    field: TextInput,
    place: ReadingPlace,
}

impl State {
    pub fn new(asked: ReadingQuestion, place: ReadingPlace) -> Self {
        let now = match &asked {
            ReadingQuestion::Find | ReadingQuestion::Country(_) => "",
            ReadingQuestion::Undated(now) | ReadingQuestion::Unit(_, now) | ReadingQuestion::Goal(_, now) => {
                now
            }
        };
        let field = TextInput::with(now);
        Self { asked, field, place }
    }

    fn title(&self) -> String {
        match &self.asked {
            ReadingQuestion::Find => "Find a column, an indicator, a name".to_owned(),
            ReadingQuestion::Country(written) => format!("Which country is “{}”", excerpt(written, 40)),
            ReadingQuestion::Undated(_) => "The edition of this table".to_owned(),
            ReadingQuestion::Unit(id, _) => format!("The unit of {}", excerpt(id, 40)),
            ReadingQuestion::Goal(id, _) => format!("The goal of {}", excerpt(id, 40)),
        }
    }
}

impl OverlayState for State {
    fn kind(&self) -> Overlay {
        Overlay::ReadingText
    }

    fn field_mut(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.field)
    }

    fn enter_does(&self) -> Option<&'static str> {
        Some(if self.asked == ReadingQuestion::Find { "find" } else { "use it" })
    }

    fn scroll_into_view(&mut self, _: &Backdrop<'_>, _: Size) {}

    fn goes_back_to(&self) -> Option<ReadingPlace> {
        Some(self.place.clone())
    }

    fn update(&mut self, command: Command, backdrop: &Backdrop<'_>, _: Size) -> OverlayOutcome {
        let reading = backdrop.workspace.and_then(|workspace| workspace.data.readings.first());
        let (Command::Enter, Some(reading)) = (command, reading) else { return OverlayOutcome::Stay };
        let typed = self.field.text().trim().to_owned();
        let said = &reading.said;
        let place = self.place.clone();
        let mapping = match &self.asked {
            ReadingQuestion::Find => {
                return OverlayOutcome::ShowReading(ReadingPlace {
                    wanted: typed,
                    ..ReadingPlace::default()
                });
            }
            ReadingQuestion::Country(written) => {
                if !typed.is_empty() && country::resolve(&typed).code().is_none() {
                    let words = format!(
                        "no country is called {}: write its code or its name, or nothing to leave it out",
                        excerpt(&typed, 40)
                    );
                    return OverlayOutcome::Refuse(safe_line(&words));
                }
                with(said, |mapping| _ = mapping.countries.insert(written.clone(), typed))
            }
            ReadingQuestion::Undated(_)
                if !typed.is_empty() && Period::parse(&typed, EditionLabels::default()).is_none() =>
            {
                let words = format!("“{}” is no year and no period: 2023, 2022/23", excerpt(&typed, 40));
                return OverlayOutcome::Refuse(safe_line(&words));
            }
            ReadingQuestion::Undated(_) => {
                with(said, |mapping| mapping.undated = Some(typed).filter(|typed| !typed.is_empty()))
            }
            ReadingQuestion::Unit(id, _) => with(said, |mapping| {
                mapping.indicators.entry(id.to_string()).or_insert_with(MappedIndicator::default).unit =
                    Some(typed);
            }),
            ReadingQuestion::Goal(id, _) => with(said, |mapping| {
                let goal = Some(typed).filter(|typed| !typed.is_empty());
                mapping.indicators.entry(id.to_string()).or_insert_with(MappedIndicator::default).goal = goal;
            }),
        };
        OverlayOutcome::Remap(Box::new(mapping), place)
    }

    fn view(&self, backdrop: &Backdrop<'_>, look: &Look, area: Rect, buf: &mut Buffer) {
        let layout = ListLayout::of(area, Overlay::ReadingText, BELOW);
        frame::draw(buf, look, area, &[(&self.title(), Role::Title)], "", true);
        draw_field(buf, look, layout.field, &self.field, "", "");
        let words = match &self.asked {
            ReadingQuestion::Country(_) => "a code or a name; left empty, its rows are left out",
            ReadingQuestion::Undated(_) => "a year or a period: 2023, 2022/23",
            ReadingQuestion::Find => "left empty, all is shown again",
            ReadingQuestion::Unit(..) => "as it stands behind a number; left empty, it has none",
            ReadingQuestion::Goal(..) => "indicators of one goal stand together",
        };
        let words = backdrop.spell(Overlay::ReadingText, words);
        draw_below(buf, look, layout.below, &words, Role::Faint);
    }

    fn lines(&self) -> Option<usize> {
        Some(ListLayout::inside(1, Overlay::ReadingText, BELOW))
    }
}
