//! What reviewers say, in the words of a user: flags in two keys, notes that are never lost, marks that notice a change.

use std::sync::Arc;

use ratatui::layout::Size;
use visavis::{
    core::{cell::Gap, read::from_texts},
    review::{
        Act, Draft, FlagKind, Id, Record, ReviewState, Reviewer, SignOffStage,
        news::Seen,
        target::{Target, TargetIds},
    },
    text::{Raw, safe_line},
    tui::{
        Effect, Msg,
        look::{ASCII, Palette},
        places::{Overlay, Pane},
    },
};

use crate::screen::{Screen, plane};

/// A record of somebody, at a minute of the day.
pub(crate) fn record(writer: &str, lamport: u64, act: Act, over: &[&str]) -> Record {
    Record {
        id: Id::new(&format!("{writer}.0"), lamport),
        lamport,
        time: format!("2026-11-24T02:{lamport:02}:00Z").into(),
        author: Raw::new(writer.to_owned()),
        act,
        over: over.iter().map(|id| Id::from(*id)).collect(),
    }
}

pub(crate) fn on(country: &str, indicator: &str) -> Target {
    Target { country: Some(country.into()), edition: "2012".into(), indicator: Some(indicator.into()) }
}

pub(crate) fn flag(on: Target, kind: FlagKind, note: &'static str) -> Act {
    Act::Flag { on, kind, note: Raw::from_static(note) }
}

/// What a team has said about the fixture: flags open, resolved and disputed, notes, a conflict, a changed cell.
pub(crate) fn said() -> Vec<Record> {
    let note = |on, text: &'static str| Act::Note { on, text: Raw::from_static(text), to: vec![] };
    let assign = |gap| Act::Assign { on: on("TUR", "teachers"), gap: Some(gap), seen: 0 };
    let resolve =
        |flag: &str, note: &'static str| Act::Resolve { flag: Id::from(flag), note: Raw::from_static(note) };
    let card = Target { country: Some("EST".into()), edition: "2012".into(), indicator: None };
    let column = Target { country: None, edition: "2012".into(), indicator: Some("body".into()) };
    vec![
        record(
            "ana",
            1,
            flag(on("ALB", "national-plan"), FlagKind::CheckSource, "Which article of the code?"),
            &[],
        ),
        record("ben", 2, flag(on("ALB", "teachers"), FlagKind::MissingData, ""), &[]),
        record("ana", 3, resolve("ben.0-2", "The ministry has answered."), &[]),
        record(
            "ana",
            4,
            note(on("ALB", "national-plan"), "Asked the coordinator on Monday.\nNo answer yet."),
            &[],
        ),
        record("ben", 5, assign(Gap::NoData), &[]),
        record("ana", 5, assign(Gap::Withheld), &[]),
        record("ana", 6, Act::Review { on: on("UZB", "shelters"), seen: 1 }, &[]),
        record("ben", 7, flag(card, FlagKind::Outdated, "The whole card is from spring."), &[]),
        record("ben", 8, flag(column, FlagKind::Question, "Ministry or commission?"), &[]),
        record("ben", 9, flag(on("FIN", "opsc"), FlagKind::Question, "gone since"), &[]),
    ]
}

impl Screen {
    /// With what a team has said, and somebody who writes here.
    pub(crate) fn with_reviews(self, records: Vec<Record>) -> Self {
        self.with_reviewer("me", records)
    }

    /// With what a team has said, and this member of it at the keyboard.
    pub(crate) fn with_reviewer(self, who: &'static str, records: Vec<Record>) -> Self {
        let me = Reviewer { writer: who.into(), author: Raw::from_static(who), ..Reviewer::default() };
        let mut screen = self.send(Msg::Reviews { records, me, seen: Seen::default(), told: None });
        screen.effects.retain(|effect| !matches!(effect, Effect::KeepSeen(_)));
        screen
    }

    /// Plays the journal: whatever was asked to be kept is kept, as one writing.
    pub(crate) fn keep(mut self) -> Self {
        let drafts = self.drafts();
        self.effects.clear();
        let book = &self.model.workspace.as_ref().expect("cards").review.book;
        let (lamport, many) = (book.latest() + 1, book.records().len());
        let me = self.model.me.writer.clone();
        let record = |(draft, number): (Draft, usize)| Record {
            id: Id::new(&format!("{me}.0"), number as u64),
            over: draft.over,
            ..record(&me, lamport, draft.act, &[])
        };
        let records = drafts.into_iter().zip(many + 1..).map(record).collect();
        self.send(Msg::Kept(records))
    }

    /// What was asked to be kept.
    pub(crate) fn drafts(&self) -> Vec<Draft> {
        let of = |effect: &Effect| match effect {
            Effect::Keep(drafts) => drafts.clone(),
            _ => vec![],
        };
        self.effects.iter().flat_map(of).collect()
    }

    fn refuse(mut self, why: &str) -> Self {
        let drafts = self.drafts();
        self.effects.clear();
        self.send(Msg::NotKept { drafts, why: safe_line(why) })
    }
}

fn state(screen: &Screen, country: &str, indicator: &str) -> ReviewState {
    let workspace = screen.model.workspace.as_ref().expect("cards");
    let Some(TargetIds::Cell(c, e, i)) = on(country, indicator).find(&workspace.data) else {
        panic!("no such cell")
    };
    workspace.review.cell(c, e, i).state
}

#[test]
fn a_gap_is_flagged_as_missing_data_with_space_and_enter() {
    let screen = Screen::open(80, 24).with_reviews(vec![]).press("2 } space enter");
    let drafts = screen.drafts();
    assert_eq!(drafts, [Draft::new(flag(on("ALB", "teachers"), FlagKind::MissingData, ""))]);
    assert!(screen.text().contains("saving, not yet on the disk"), "{}", screen.text());
    let screen = screen.keep();
    assert!(screen.model.overlay.is_none());
    assert!(
        screen.footer().contains("saved: flagged missing data, Albania, Training of teachers, 2012"),
        "{}",
        screen.footer()
    );
    assert!(screen.head().contains("1 flag"), "{}", screen.head());
    assert!(screen.text().contains("! missing data me"), "{}", screen.text());
    let screen = screen.press("enter");
    let shown = screen.text() + &screen.press("pgdn").text();
    assert!(shown.contains("! missing data  me 24 Nov 02:01"), "{shown}");
}

#[test]
fn letters_are_the_note_at_once_and_a_kind_is_chosen_by_a_key_that_is_shown() {
    let screen = Screen::open(80, 24).with_reviews(vec![]).press("2 space");
    assert!(screen.footer().contains("tab kind  shift-tab cell or card"), "{}", screen.footer());
    assert!(screen.text().contains("as me"), "{}", screen.text());
    let screen = screen.type_text("page").press("tab tab").type_text(" 12?").press("enter");
    let wanted = flag(on("ALB", "national-plan"), FlagKind::CheckSource, "page 12?");
    assert_eq!(screen.drafts(), [Draft::new(wanted)]);
}

#[test]
fn a_flag_takes_nothing_but_arrows_and_typing() {
    let screen =
        Screen::open(80, 24).with_reviews(vec![]).press("down right right space up up down down down down");
    let screen = screen.press("down down").type_text("who says so?").press("enter");
    assert_eq!(screen.drafts().len(), 1, "{}", screen.text());
    assert!(matches!(&screen.drafts()[0].act, Act::Flag { note, .. } if note.raw() == "who says so?"));
}

#[test]
fn the_whole_card_or_the_indicator_in_every_card_can_be_flagged() {
    let target = |screen: &Screen| screen.drafts()[0].act.target().cloned().expect("a target");
    let screen = Screen::open(80, 24).with_reviews(vec![]).press("2 space backtab enter");
    assert_eq!(target(&screen).indicator, None);
    let screen = Screen::open(80, 24).with_reviews(vec![]).press("2 space backtab backtab enter");
    assert_eq!(target(&screen).country, None);
    let screen = Screen::open(80, 24).with_reviews(vec![]).press("space enter");
    assert_eq!(target(&screen).indicator, None, "in the list of countries the card is meant");
}

#[test]
fn ten_flags_that_said_saved_are_all_there() {
    let mut screen = Screen::open(80, 24).with_reviews(vec![]).press("2");
    for _ in 0..10 {
        screen = screen.press("} space enter").keep();
        assert!(screen.footer().contains("saved"), "{}", screen.footer());
    }
    assert_eq!(screen.model.workspace.as_ref().expect("cards").review.book.flags().len(), 10);
}

#[test]
fn a_note_of_several_lines_is_typed_and_saved() {
    let screen =
        Screen::open(80, 24).with_reviews(vec![]).press("2 e").type_text("Asked on Monday.").press("ctrl-j");
    let screen = screen.send(Msg::Paste("first\r\nq quits\u{1b}[2J".to_owned()));
    assert!(screen.text().contains("q quits^[[2J"), "{}", screen.text());
    assert!(screen.footer().contains("enter save"), "{}", screen.footer());
    let screen = screen.press("ctrl-d");
    let text = "Asked on Monday.\nfirst\nq quits\u{1b}[2J".to_owned();
    let act = Act::Note { on: on("ALB", "national-plan"), text: Raw::new(text), to: vec![] };
    assert_eq!(screen.drafts(), [Draft::new(act)]);
    let screen = screen.keep();
    assert!(screen.press("enter pgdn").text().contains("Asked on Monday."));
}

#[test]
fn one_s_own_last_word_is_written_anew() {
    let screen = Screen::open(80, 24).with_reviewer("ana", said()).press("2 e");
    assert!(
        screen.text().contains("your note of 24 Nov 02:04, as ana: it is written anew"),
        "{}",
        screen.text()
    );
    let screen = screen.press("ctrl-j ! ctrl-d");
    assert_eq!(screen.drafts()[0].over, [Id::from("ana.0-4")]);
    let on = on("ALB", "national-plan");
    let screen = screen.keep();
    let book = &screen.model.workspace.as_ref().expect("cards").review.book;
    assert_eq!(book.notes_on(&on).len(), 1);
    assert!(book.notes_on(&on)[0].text.raw().ends_with("No answer yet.\n!"));
}

#[test]
fn a_note_beside_that_of_another_answers_it_and_both_stand_under_their_names() {
    let screen = Screen::open(80, 24).with_reviews(said()).press("2 e");
    assert!(screen.text().contains("an answer, as me, to"), "{}", screen.text());
    assert!(screen.text().contains("ana 24 Nov 02:04: Asked the coordinator on Monday. No answer yet."));
    let screen = screen.type_text("He wrote back.").press("ctrl-d");
    let (on, text) = (on("ALB", "national-plan"), Raw::from_static("He wrote back."));
    assert_eq!(
        screen.drafts(),
        [Draft::new(Act::Note { on: on.clone(), text, to: vec![Id::from("ana.0-4")] })]
    );
    let screen = screen.keep();
    assert!(screen.footer().contains("saved: answered"), "{}", screen.footer());
    let book = &screen.model.workspace.as_ref().expect("cards").review.book;
    let thread: Vec<(&str, &str)> =
        book.notes_on(&on).iter().map(|note| (note.said.author.raw(), note.text.raw())).collect();
    assert_eq!(
        thread,
        [("ana", "Asked the coordinator on Monday.\nNo answer yet."), ("me", "He wrote back.")]
    );
    let shown = Screen::open(120, 40).with_reviews(book.records().cloned().collect()).press("2 z tab z pgdn");
    assert!(shown.text().contains("in answer to ana"), "{}", shown.text());
    // Now mine is the last word: it is written anew, and hers stays as it is.
    let again = screen.press("e");
    assert!(again.text().contains("your note of") && again.text().contains("ana 24 Nov"), "{}", again.text());
    let again = again.press("! ctrl-d").keep();
    let book = &again.model.workspace.as_ref().expect("cards").review.book;
    let thread: Vec<&str> = book.notes_on(&on).iter().map(|note| note.text.raw()).collect();
    assert_eq!(thread, ["Asked the coordinator on Monday.\nNo answer yet.", "He wrote back.!"]);
    assert_eq!(book.notes_on(&on)[1].answers, [Id::from("ana.0-4")], "it still answers hers");
}

#[test]
fn what_could_not_be_saved_stays_in_front_of_who_typed_it() {
    let screen = Screen::open(80, 24).with_reviews(vec![]).press("2 e").type_text("precious").press("ctrl-d");
    let screen = screen.refuse("no space left on the disk\u{1b}[2J");
    assert!(screen.text().contains("NOT saved: no space left on the disk^["), "{}", screen.text());
    assert!(screen.text().contains("precious"));
    let screen = screen.press("! ctrl-d");
    assert!(matches!(&screen.drafts()[0].act, Act::Note { text, .. } if text.raw() == "precious!"));
    let screen = screen.keep();
    assert!(screen.footer().contains("saved: noted"), "{}", screen.footer());
    assert!(screen.model.unsaved.is_empty());
}

#[test]
fn a_flag_that_could_not_be_saved_can_be_saved_again() {
    let screen = Screen::open(80, 24).with_reviews(vec![]).press("2 space q w h y enter").refuse("read-only");
    assert!(screen.text().contains("NOT saved: read-only"));
    let screen = screen.press("enter").keep();
    assert_eq!(screen.model.workspace.as_ref().expect("cards").review.book.flags().len(), 1);
}

#[test]
fn esc_loses_nothing_that_was_typed() {
    let screen =
        Screen::open(80, 24).with_reviews(vec![]).press("2 e").type_text("half a thought").press("esc");
    assert!(screen.footer().contains("not saved, but kept"), "{}", screen.footer());
    let screen = screen.press("q q");
    assert!(screen.effects.is_empty(), "the first q goes back, the second warns");
    assert!(screen.footer().contains("q again quits"), "{}", screen.footer());
    let screen = screen.press("2 e");
    assert!(screen.text().contains("half a thought") && screen.text().contains("not saved yet"));
    let screen = screen.press("ctrl-d").keep();
    assert_eq!(screen.press("q q").effects, [Effect::Quit]);
    let warned = Screen::open(80, 24).press("e x esc q q");
    assert_eq!(warned.effects, [Effect::Quit]);
}

#[test]
fn keys_wait_while_the_disk_is_written_and_another_answer_closes_nothing() {
    let screen =
        Screen::open(80, 24).with_reviews(vec![]).press("2 v e").type_text("words").press("ctrl-d x");
    assert!(screen.footer().contains("still saving"), "{}", screen.footer());
    let screen = screen.send(Msg::Kept(vec![record(
        "me",
        1,
        Act::Review { on: on("ALB", "national-plan"), seen: 1 },
        &[],
    )]));
    assert_eq!(
        screen.model.overlay.as_ref().map(|open| open.kind()),
        Some(Overlay::Note),
        "that was the answer to the key v"
    );
    let screen = screen.press("esc");
    assert!(screen.model.unsaved.values().any(|typed| typed.text == "words"));
}

#[test]
fn a_slow_disk_swallows_no_key_of_a_fast_reviewer() {
    let mut screen =
        Screen::open(80, 24).with_reviews(vec![]).press("2 } space enter } space w h y enter } space enter");
    assert_eq!(screen.drafts().len(), 1, "one after the other");
    for _ in 0..3 {
        screen = screen.keep();
    }
    let flags = screen.model.workspace.as_ref().expect("cards").review.book.flags();
    assert_eq!(flags.len(), 3);
    assert_eq!(flags[1].note.raw(), "why");
    assert!(screen.effects.is_empty() && screen.model.overlay.is_none());
}

#[test]
fn keys_typed_ahead_of_a_save_that_fails_do_nothing() {
    let screen =
        Screen::open(80, 24).with_reviews(vec![]).press("2 space enter } space enter").refuse("full");
    assert!(screen.effects.is_empty() && screen.text().contains("NOT saved: full"));
}

#[test]
fn a_paste_too_long_is_cut_and_says_so() {
    let screen = Screen::open(80, 24).press("2 e").send(Msg::Paste("x".repeat(70_000)));
    assert!(screen.footer().contains("the last 4464 bytes were cut"), "{}", screen.footer());
}

#[test]
fn a_note_is_written_in_another_editor_and_comes_back() {
    let screen = Screen::open(80, 24).with_reviewer("ana", said()).press("2 E");
    let text = "Asked the coordinator on Monday.\nNo answer yet.".to_owned();
    assert_eq!(screen.effects, [Effect::Edit { text }]);
    let failed = screen.send(Msg::Edited(Err(safe_line("ed ended with code 3"))));
    assert!(failed.footer().contains("code 3") && failed.text().contains("No answer yet."));
    let mut again = failed.press("ctrl-x");
    again.effects.clear();
    let screen = again.send(Msg::Edited(Ok("Answered.".to_owned())));
    assert!(matches!(&screen.drafts()[0].act, Act::Note { text, .. } if text.raw() == "Answered."));
}

#[test]
fn what_was_done_is_undone_and_done_again() {
    let screen = Screen::open(80, 24).with_reviews(said()).press("u");
    assert!(screen.footer().contains("nothing of yours"), "{}", screen.footer());
    let screen = screen.press("2 space enter").keep().press("u");
    let screen = screen.keep();
    let words = "saved: no longer: flagged question, Albania, National plan of action, 2012";
    assert!(screen.footer().contains(words), "{}", screen.footer());
    let flags = |screen: &Screen| screen.model.workspace.as_ref().expect("cards").review.book.flags().len();
    let without = flags(&screen);
    let screen = screen.press("ctrl-r").keep();
    assert_eq!(flags(&screen), without + 1);
    assert!(screen.press("ctrl-r").footer().contains("nothing was undone"));
}

#[test]
fn a_cell_marked_as_reviewed_notices_that_the_card_changed() {
    let screen = Screen::open(80, 24).with_reviews(vec![]).press("2 v").keep();
    assert_eq!(state(&screen, "ALB", "national-plan"), ReviewState::Reviewed);
    let other = include_str!("fixture/cards.json").replace("notable efforts", "some efforts");
    let files = [("framework.json", include_str!("fixture/framework.json")), ("cards.json", other.as_str())];
    let screen = screen.send(Msg::Loaded(Arc::new(from_texts("fixture", &files))));
    assert_eq!(state(&screen, "ALB", "national-plan"), ReviewState::Changed);
    assert!(screen.text().contains("CHANGED SINCE REVIEW"), "{}", screen.text());
    let queue = screen.press("7");
    assert!(queue.text().contains("changed  review"), "{}", queue.text());
    let screen = queue.press("v").keep();
    assert_eq!(state(&screen, "ALB", "national-plan"), ReviewState::Reviewed);
    assert!(screen.text().contains("1 of 70 cells reviewed"), "{}", screen.text());
}

#[test]
fn a_mark_is_taken_back_by_the_key_that_made_it() {
    let screen = Screen::open(80, 24).with_reviews(vec![]).press("2 v").keep().press("v").keep();
    assert_eq!(state(&screen, "ALB", "national-plan"), ReviewState::NotReviewed);
}

#[test]
fn a_whole_card_is_marked_from_the_list_of_countries() {
    let screen = Screen::open(80, 24).with_reviews(vec![]).press("v");
    assert_eq!(screen.drafts().len(), 10);
    let screen = screen.keep();
    assert!(screen.footer().contains("saved: reviewed 10 cells"), "{}", screen.footer());
    let screen = screen.press("2 V down down enter");
    assert_eq!(screen.drafts().len(), 6, "the indicator in the six other cards");
}

#[test]
fn an_empty_cell_is_said_to_be_withheld_and_the_card_still_says_what_it_says() {
    let screen = Screen::open(80, 24).with_reviews(vec![]).press("ctrl-p t u r space t e a c h enter A");
    assert!(screen.text().contains("not applicable"), "{}", screen.text());
    let screen = screen.press("down down down enter");
    assert!(matches!(screen.drafts()[0].act, Act::Assign { gap: Some(Gap::Withheld), .. }));
    let screen = screen.keep();
    assert!(
        screen.text().contains("?? empty") && screen.text().contains("me says: withheld"),
        "{}",
        screen.text()
    );
    let screen = screen.press("A end enter");
    assert!(matches!(screen.drafts()[0].act, Act::Assign { gap: None, .. }));
    assert_eq!(screen.drafts()[0].over.len(), 1);
}

#[test]
fn a_reason_is_only_given_to_a_cell_that_the_card_leaves_open() {
    let refused = |keys: &str| Screen::open(80, 24).with_reviews(vec![]).press(keys).footer();
    assert!(refused("2 A").contains("the card says Comprehensive"), "{}", refused("2 A"));
    assert!(refused("} A").contains("gives the reason itself: not assessed"), "{}", refused("} A"));
    assert!(
        refused("/ l i t h enter 2 A").contains("there is no card"),
        "{}",
        refused("/ l i t h enter 2 A")
    );
}

#[test]
fn the_flag_on_a_cell_is_resolved_and_reopened() {
    let screen = Screen::open(80, 24).with_reviews(said()).press("2 X enter");
    assert!(matches!(screen.drafts()[0].act, Act::Resolve { .. }));
    let screen = screen.keep();
    assert!(screen.footer().contains("saved: resolved Albania"), "{}", screen.footer());
    let screen = screen.press("space end down down down down down down enter");
    assert!(matches!(screen.drafts()[0].act, Act::Reopen { .. }), "{}", screen.text());
    assert!(Screen::open(80, 24).press("2 X").footer().contains("no flag stands here"));
}

#[test]
fn both_sides_of_a_conflict_are_shown_and_what_is_said_last_settles_it() {
    let screen = Screen::open(80, 24).with_reviews(said()).press("ctrl-p t u r space t e a c h enter");
    let text = screen.text();
    assert!(text.contains("ana says: withheld") && text.contains("ben says: no data"), "{text}");
    assert!(text.contains("│ conflict"), "{text}");
    let screen = screen.press("A enter");
    assert_eq!(screen.drafts()[0].over.len(), 2);
    assert!(!screen.keep().text().contains("│ conflict"));
}

#[test]
fn the_queue_is_filtered_by_state_kind_author_country_and_words() {
    let queue = |keys: &str| Screen::open(120, 40).with_reviews(said()).press("7").press(keys);
    let title = |keys: &str| queue(keys).line(3);
    assert!(title("j").contains("Review · 7 of 8 shown · open"), "{}", title("j"));
    // The menu names only what occurs, with how much each keeps.
    let menu = queue("f").text();
    let at = |words: &str| {
        let head = menu.lines().find(|line| line.contains("┌ Filter: Review")).unwrap();
        let from = head[..head.find("┌ Filter").unwrap()].chars().count();
        let lines = menu.lines().map(|line| line.chars().skip(from).take(60).collect::<String>());
        let lines: Vec<String> = lines.skip_while(|line| !line.contains(" state ")).collect();
        lines.iter().position(|line| line.contains("state ")).unwrap();
        lines.iter().position(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {menu}"))
    };
    let chosen = |words: &str| format!("f g g {} enter", "j ".repeat(at(words)).trim());
    let title_with = |words: &str| title(&chosen(words));
    assert!(
        title_with("resolved").contains("Review · 1 of 8 shown · resolved"),
        "{}",
        title_with("resolved")
    );
    assert!(title_with(" all ").contains("Review · 8 of 8 shown · all"), "{}", title_with(" all "));
    let kind = title_with("check source");
    assert!(kind.contains("1 of 8 shown · open · check source"), "{kind}");
    assert!(title_with(" ana ").contains("by ana"), "{}", title_with(" ana "));
    assert!(title_with("EST").contains("1 of 8 shown · open · EST"), "{}", title_with("EST"));
    assert!(title("/ m o n d a y").contains("Review · 2 of 8 shown"), "{}", title("/ m o n d a y"));
    let both = format!("{} {}", chosen("check source"), chosen(" ben "));
    assert!(queue(&both).text().contains("Nothing like that."), "{}", queue(&both).text());
    assert!(title(&format!("{both} ctrl-l")).contains("Review · 7 of 8 shown · open"));
    assert!(title("s").contains("open · by country"), "{}", title("s"));
}

#[test]
fn enter_in_the_queue_shows_the_card_and_esc_comes_back() {
    let screen = Screen::open(80, 24).with_reviews(said()).press("7 G enter");
    assert_eq!(screen.model.front(), Pane::Card);
    assert!(screen.text().contains("! check source ana: “Which article of the"), "{}", screen.text());
    assert_eq!(screen.press("esc").model.front(), Pane::Review);
    let gone = Screen::open(80, 24).with_reviews(said()).press("7 g g enter");
    assert!(gone.footer().contains("not in these cards: FIN"), "{}", gone.footer());
}

#[test]
fn a_flag_is_resolved_in_the_queue_and_a_note_is_not() {
    let screen = Screen::open(80, 24).with_reviews(said()).press("7 G X enter");
    assert!(matches!(&screen.drafts()[0].act, Act::Resolve { flag, .. } if *flag == Id::from("ana.0-1")));
    let screen = Screen::open(80, 24).with_reviews(said()).press("7 G k X");
    assert!(screen.footer().contains("a note asks for nothing"), "{}", screen.footer());
    assert!(screen.press("e").text().contains("No answer yet."));
}

#[test]
fn the_history_of_a_cell_has_what_was_undone() {
    let screen = Screen::open(120, 40).with_reviews(said()).press("2 space enter").keep().press("u").keep();
    let text = screen.press("7 G").text();
    assert!(text.contains("All that was said here: 4 records"), "{text}");
    assert!(text.contains("me  flagged question (undone)"), "{text}");
}

#[test]
fn countries_are_sorted_by_flags_and_by_what_changed_since_review() {
    let screen = Screen::open(140, 40).with_reviews(said()).press("s s s s s");
    assert!(screen.line(3).contains("by flags"), "{}", screen.line(3));
    assert!(screen.line(5).contains("ALB") && screen.line(5).contains("1 flag"), "{}", screen.line(5));
    let screen = screen.press("s");
    assert!(screen.line(5).contains("UZB") && screen.line(5).contains("1 changed"), "{}", screen.line(5));
}

#[test]
fn a_comparison_shows_the_flags_of_both_sides_and_flags_the_side_under_the_cursor() {
    let screen = Screen::open(120, 40).with_reviews(said()).press("c u z b enter");
    assert!(screen.text().contains("! check source,"), "{}", screen.text());
    let target = screen.press("l space enter").drafts()[0].act.target().cloned().expect("a target");
    assert_eq!(target, on("UZB", "national-plan"));
    let group = Screen::open(80, 24).press("c b a l t i c enter l space");
    assert!(group.footer().contains("a group has no cell"), "{}", group.footer());
}

#[test]
fn a_move_in_the_queue_repaints_two_rows_of_it() {
    use visavis::tui::look::{Look, Palette, UNICODE};
    let look = Look::new(Palette::Sixteen, &UNICODE);
    let screen = Screen::open(40, 10).with_reviews(said()).press("7 j");
    let before = screen.draw(&look);
    let after = screen.press("j").draw(&look);
    let rows: std::collections::HashSet<u16> = before.diff(&after).iter().map(|(_, y, _)| *y).collect();
    assert!(rows.len() <= 2, "{rows:?}");
}

#[test]
fn sizes_change_while_a_note_is_written() {
    let mut screen =
        Screen::open(120, 40).with_reviews(said()).press("2 e").type_text("words and more words");
    for (width, height) in [(0, 0), (20, 5), (40, 12), (200, 60), (80, 24)] {
        screen = screen.send(Msg::Resized(Size { width, height }));
        screen.text();
    }
    assert!(screen.text().contains("words and more words"));
}

#[test]
fn what_a_reviewer_says_a_silent_cell_is_stands_in_its_row() {
    let assign = Act::Assign { on: on("XA", "national-plan"), gap: Some(Gap::NoData), seen: 0 };
    let screen = Screen::open(80, 24).with_reviews(vec![record("ana", 1, assign, &[])]);
    let screen = screen.press("/ x a enter 2");
    assert!(screen.text().contains("?? absent → no data"), "{}", screen.text());
    let beside = screen.press("c").type_text("alb").press("enter");
    assert!(beside.text().contains("?? absent → no data"), "{}", beside.text());
    let ascii = beside.draw_with(Palette::Mono, &ASCII);
    assert!(plane(&ascii, |cell| cell.symbol().to_owned()).contains("?? absent -> no data"));
}

#[test]
fn undo_says_what_it_takes_back_in_order_and_asks_before_it_goes_into_an_earlier_session() {
    let screen = Screen::open(120, 24).with_reviewer("ana", said()).press("2 v").keep().press("v").keep();
    assert!(screen.footer().contains("no longer: reviewed Albania"), "{}", screen.footer());
    let screen = screen.press("u").keep();
    assert!(screen.footer().contains("brought back: reviewed Albania"), "{}", screen.footer());
    let screen = screen.press("u").keep();
    assert!(screen.footer().contains("no longer: reviewed Albania"), "{}", screen.footer());
    let asked = screen.press("u");
    assert!(asked.footer().contains("u once more: no longer: reviewed Uzbekistan"), "{}", asked.footer());
    assert!(asked.drafts().is_empty());
    let earlier = asked.press("u");
    assert_eq!(earlier.drafts(), [Draft::new(Act::Undo { of: vec![Id::from("ana.0-6")] })]);
}

#[test]
fn what_comes_from_others_is_told_and_gone_through_by_a_key_until_it_is_seen() {
    let screen = Screen::open(120, 24).with_reviewer("ana", said());
    assert!(!screen.footer().contains("since you last looked"), "nothing is news at the first look");
    assert!(screen.press(")").footer().contains("nothing of others is new"));
    let answer = Act::Note {
        on: on("ALB", "national-plan"),
        text: Raw::from_static("He did."),
        to: vec![Id::from("ana.0-4")],
    };
    let late = vec![
        record("ben", 21, answer, &[]),
        record("ben", 22, flag(on("UZB", "shelters"), FlagKind::Disagree, "I find three."), &[]),
        record("ana", 23, flag(on("EST", "opsc"), FlagKind::Question, "mine"), &[]),
    ];
    let all: Vec<Record> = said().into_iter().chain(late).collect();
    let screen =
        Screen::open(120, 24).with_reviewer("ana", said()).with_reviewer("ana", all.clone()).press("1");
    assert!(
        screen.footer().contains("came in: 1 flag, 1 answer by ben; ) goes to the first"),
        "{}",
        screen.footer()
    );
    assert!(screen.head().contains("2 new"), "{}", screen.head());
    let mut screen = screen.press(")");
    assert!(screen.head().contains("1 new"), "{}", screen.head());
    let [.., Effect::KeepSeen(seen)] = &screen.effects[..] else { panic!("{:?}", screen.effects) };
    assert!(seen.has(&Id::from("ben.0-21")) && !seen.has(&Id::from("ben.0-22")));
    let seen = seen.clone();
    assert!(screen.footer().contains("answered “He did.”; 1 more new"), "{}", screen.footer());
    assert_eq!(screen.model.front(), Pane::Card);
    screen.effects.clear();
    let screen = screen.press(")");
    assert!(screen.footer().contains("“I find three.”; nothing more is new"), "{}", screen.footer());
    assert!(screen.press("(").footer().contains("He did."));
    // The next session tells only what was not seen.
    let me = Reviewer { writer: "ana".into(), author: Raw::from_static("ana"), ..Reviewer::default() };
    let next = Screen::open(120, 24).send(Msg::Reviews { records: all, me, seen, told: None }).press("1");
    assert!(next.footer().contains("since you last looked: 1 flag by ben"), "{}", next.footer());
}

#[test]
fn the_review_pane_and_a_change_on_the_disk_have_the_journal_read_again() {
    let screen = Screen::open(80, 24).with_reviewer("ana", said()).press("7");
    assert_eq!(screen.effects, [Effect::ReadJournal]);
    assert_eq!(screen.send(Msg::JournalChanged).effects.len(), 2);
}

#[test]
fn the_next_cell_not_reviewed_is_a_key_away() {
    let screen = Screen::open(80, 24).with_reviewer("me", said()).press("2 v").keep().press(".");
    assert!(screen.footer().contains("Albania, Awareness campaign: yes"), "{}", screen.footer());
    assert!(screen.footer().contains("not reviewed by you"), "{}", screen.footer());
    let screen = screen.press(", ,");
    assert!(
        !screen.footer().contains("National plan"),
        "the reviewed one is passed over: {}",
        screen.footer()
    );
}

#[test]
fn a_flag_is_resolved_with_a_reason_in_one_line_or_without_one() {
    let screen = Screen::open(80, 24).with_reviews(said()).press("2 X");
    assert!(screen.text().contains("check source, by ana: Albania, National plan"), "{}", screen.text());
    let screen = screen.type_text("It is article 12, q").press("enter");
    let flag = Id::from("ana.0-1");
    let wanted = Act::Resolve { flag, note: Raw::from_static("It is article 12, q") };
    assert_eq!(screen.drafts(), [Draft::new(wanted)]);
    let screen = screen.keep();
    assert!(
        screen.model.overlay.is_none() && screen.footer().contains("saved: resolved"),
        "{}",
        screen.footer()
    );
    let back = Screen::open(80, 24).with_reviews(said()).press("2 X esc");
    assert!(back.drafts().is_empty() && back.model.overlay.is_none());
    // To reopen one needs no reason.
    assert!(matches!(&screen.press("X").drafts()[..], [Draft { act: Act::Reopen { .. }, .. }]));
}

#[test]
fn a_reviewed_cell_has_a_tick_for_each_pair_of_eyes_and_the_card_counts_them() {
    let screen = Screen::open(80, 24).with_reviewer("ana", said()).press("2 v").keep();
    assert!(screen.text().contains("· 1/10 reviewed"), "{}", screen.text());
    let row = |screen: &Screen| {
        let text = screen.text();
        text.lines().find(|line| line.contains("> National plan")).unwrap_or_default().to_owned()
    };
    assert!(row(&screen).contains("!✓│"), "{}", row(&screen));
    let records = screen.model.workspace.as_ref().expect("cards").review.book.records().cloned().collect();
    let two = Screen::open(80, 24).with_reviewer("ben", records).press("2 v").keep();
    assert!(row(&two).contains("!✓✓│"), "{}", row(&two));
    let ana = two.press("v").keep();
    assert!(row(&ana).contains("!✓│"), "one takes off one's own mark only: {}", row(&ana));
}

#[test]
fn what_comes_in_is_told_beside_what_was_just_saved() {
    let screen = Screen::open(120, 24).with_reviewer("ana", vec![]).press("2 v").keep();
    let mut all: Vec<Record> =
        screen.model.workspace.as_ref().expect("cards").review.book.records().cloned().collect();
    all.push(record("ben", 30, flag(on("UZB", "shelters"), FlagKind::Disagree, ""), &[]));
    let screen = screen.with_reviewer("ana", all);
    let footer = screen.footer();
    assert!(footer.contains("came in: 1 flag by ben") && footer.contains("saved: reviewed"), "{footer}");
}

#[test]
fn the_scope_of_a_flag_goes_from_where_it_began_to_the_cell_before_every_card() {
    let target = |keys: &str| {
        let screen = Screen::open(80, 24).with_reviews(vec![]).press(keys);
        let on = screen.drafts()[0].act.target().cloned().expect("a target");
        (on.country.is_some(), on.indicator.is_some())
    };
    assert_eq!(target("space enter"), (true, false), "the card in the list of countries");
    assert_eq!(target("space backtab enter"), (true, true), "then the cell");
    assert_eq!(target("space backtab backtab enter"), (false, true), "then the indicator in every card");
    assert_eq!(target("space backtab backtab backtab enter"), (true, false));
}

#[test]
fn a_card_is_signed_off_sent_back_with_a_reason_and_given_to_somebody() {
    let screen = Screen::open(80, 24).with_reviewer("me", said()).press("2 O");
    assert!(screen.text().contains("┌ Sign off: Albania, the whole card"), "{}", screen.text());
    let approved = screen.press("j enter");
    let [Draft { act: Act::SignOff { stage, on, .. }, .. }] = &approved.drafts()[..] else {
        panic!("a sign-off")
    };
    assert_eq!((*stage, on.indicator.as_deref()), (SignOffStage::Approved, None));
    let approved = approved.keep();
    assert!(approved.footer().contains("saved: approved the card"), "{}", approved.footer());
    assert!(approved.line(3).contains("· approved"), "{}", approved.text());
    // To send it back a reason is needed; what is said goes below the card, and the queue has it.
    let asked = approved.press("O g g j j enter");
    assert!(asked.text().contains("┌ Sent back: why?"), "{}", asked.text());
    let refused = asked.press("enter");
    assert!(
        refused.model.overlay.is_some() && refused.footer().contains("a word is needed"),
        "{}",
        refused.footer()
    );
    let back = refused.type_text("no source for opsc").press("enter").keep();
    assert!(back.line(3).contains("· sent back"), "{}", back.text());
    let queue = back.press("7");
    assert!(queue.text().contains("sent back: no source"), "{}", queue.text());
    let given = queue.press("2").press("O G enter");
    assert!(given.text().contains("Who reviews the card?"), "{}", given.text());
    let given = given.type_text("Cem").press("enter").keep();
    assert!(given.footer().contains("gave the card to Cem"), "{}", given.footer());
    let given = given.press("z");
    assert!(given.line(3).contains("for Cem"), "{}", given.text());
    let undone = given.press("u").keep();
    assert!(undone.footer().contains("no longer: gave the card to Cem"), "{}", undone.footer());
}

#[test]
fn somebody_is_asked_about_a_flag_by_a_day() {
    let screen = Screen::open(80, 24).with_reviewer("me", said()).press("2 @");
    assert!(screen.text().contains("Who is asked to deal with it?"), "{}", screen.text());
    assert!(screen.text().contains("known: ana"), "{}", screen.text());
    let wrong = screen.type_text("Ben, 2026-13-40").press("enter");
    assert!(wrong.footer().contains("2026-13-40 is no day"), "{}", wrong.footer());
    let asked = wrong.press("ctrl-u").type_text("Ben, 2026-12-01").press("enter").keep();
    assert!(asked.footer().contains("saved: asked Ben, by 2026-12-01"), "{}", asked.footer());
    let read = asked.press("H");
    assert!(read.text().contains("me  asked Ben, by 2026-12-01"), "{}", read.text());
    let none = Screen::open(80, 24).with_reviewer("me", said()).press("1 j j j 2 @");
    assert!(
        none.model.overlay.is_none() && none.footer().contains("no flag stands here"),
        "{}",
        none.footer()
    );
}

#[test]
fn all_that_was_said_of_a_cell_is_one_key_away() {
    let screen = Screen::open(80, 24).with_reviewer("me", said()).press("2 H");
    assert!(screen.text().contains("┌ History: Albania, National plan"), "{}", screen.text());
    assert!(screen.text().contains("ana  flagged check source"), "{}", screen.text());
    assert!(screen.press("H").model.overlay.is_none());
}

#[test]
fn cells_are_chosen_by_what_was_said_of_them() {
    let menu = |keys: &str| Screen::open(80, 24).with_reviewer("me", said()).press(keys);
    let choose = |keys: &str, words: &str| {
        let screen = menu(keys);
        let text = screen.text();
        let mut lines = text.lines().skip_while(|line| !line.contains("┌ Filter")).skip(1);
        let at = lines.position(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {text}"));
        screen.press(&format!("g g {}enter", "j ".repeat(at)))
    };
    assert!(menu("2 f").text().contains("not reviewed by me"), "{}", menu("2 f").text());
    let flagged = choose("2 f", " flagged ");
    assert!(flagged.text().contains("only flagged"), "{}", flagged.text());
    assert!(flagged.press("ctrl-l").text().contains("Awareness"));
    let conflict = choose("4 f", " in conflict ");
    let text = conflict.text();
    assert!(text.contains("only in conflict") && text.contains("1 country"), "{text}");
}

#[test]
fn what_came_from_others_stands_with_what_changed_on_the_disk() {
    let screen = Screen::open(80, 24).with_reviewer("me", vec![]);
    let mine = screen.model.me.clone();
    let came = screen.send(Msg::Reviews { records: said(), me: mine, seen: Seen::default(), told: None });
    let listed = came.press("=");
    assert!(
        listed.text().contains("new ") && listed.text().contains("flagged check source"),
        "{}",
        listed.text()
    );
    let gone_to = listed.press("G enter");
    assert!(gone_to.model.overlay.is_none());
}

#[test]
fn one_note_is_written_on_all_cells_that_are_shown() {
    let screen = Screen::open(80, 24).with_reviewer("me", said()).press("2 / p l a n enter e");
    assert!(!screen.text().contains("cells shown"), "one cell alone is shown: {}", screen.text());
    let screen = Screen::open(80, 24).with_reviewer("me", said()).press("2 e");
    assert!(screen.text().contains("shift-tab: [this cell]"), "{}", screen.text());
    let all = screen.type_text("Ask the ministry").press("shift-tab");
    assert!(all.text().contains("[all 10 cells shown]"), "{}", all.text());
    let kept = all.press("enter");
    let drafts = kept.drafts();
    let on: Vec<&str> = drafts
        .iter()
        .map(|draft| match &draft.act {
            Act::Note { on, text, .. } if text.raw() == "Ask the ministry" => {
                on.indicator.as_deref().unwrap()
            }
            other => panic!("{other:?}"),
        })
        .collect();
    let mut each = on.clone();
    each.sort_unstable();
    each.dedup();
    assert!(on.len() > 1 && each.len() == on.len(), "{on:?}");
    // They are one step: what was said at once is taken back at once.
    let undone = kept.keep().press("u");
    assert!(
        matches!(&undone.drafts()[..], [.., Draft { act: Act::Undo { of }, .. }] if of.len() == on.len())
    );
}

#[test]
fn every_open_flag_that_is_shown_is_resolved_with_one_reason() {
    let screen = Screen::open(80, 24).with_reviewer("me", said()).press("7 D");
    assert!(
        screen.text().contains("Resolved: why?") && screen.text().contains("open flags"),
        "{}",
        screen.text()
    );
    let kept = screen.type_text("done in May").press("enter");
    let many = kept.drafts().len();
    assert!(many > 1);
    let same = |draft: &Draft| matches!(&draft.act, Act::Resolve { note, .. } if note.raw() == "done in May");
    assert!(kept.drafts().iter().all(same));
    let none = kept.keep().press("D");
    assert!(none.footer().contains("no open flag is shown"), "{}", none.footer());
}

#[test]
fn who_has_no_name_is_asked_for_it_once_before_the_first_record() {
    let guessed = || Reviewer {
        writer: "user-0".into(),
        author: Raw::from_static("user 0"),
        is_guessed: true,
        ..Reviewer::default()
    };
    let begin = || {
        Screen::open(80, 24).send(Msg::Reviews {
            records: said(),
            me: guessed(),
            seen: Seen::default(),
            told: None,
        })
    };
    let asked = begin().press("2 space");
    assert!(asked.text().contains("┌ Who are you?") && asked.text().contains("user 0"), "{}", asked.text());
    let named = asked.type_text("Ana Pereira").press("enter");
    assert!(named.effects.contains(&Effect::NameAuthor(Raw::from_static("Ana Pereira"))));
    assert!(named.text().contains("┌ Flag") && named.text().contains("Ana Pereira"), "{}", named.text());
    let again = named.press("esc v");
    assert!(again.text().contains("saving") || !again.drafts().is_empty(), "it is asked for once");
    let as_guessed = begin().press("2 v enter");
    assert!(as_guessed.effects.contains(&Effect::NameAuthor(Raw::from_static("user 0"))));
    assert!(!as_guessed.drafts().is_empty(), "and then what was asked for is done");
    assert!(begin().press("2 v esc").drafts().is_empty());
}

#[test]
fn what_was_typed_for_a_flag_comes_back_with_its_kind_and_on_what_it_was() {
    let screen = Screen::open(80, 24).with_reviewer("me", vec![]).press("2 space");
    let left = screen.type_text("not so").press("tab tab shift-tab esc");
    let (_, typed) = left.model.unsaved.iter().next().expect("a draft");
    let kind = typed.kind;
    let again = left.press("space");
    assert!(again.text().contains("[whole card]") && again.text().contains("not so"), "{}", again.text());
    let drafts = again.press("enter").drafts();
    let [Draft { act: Act::Flag { kind: kept, on, .. }, .. }] = &drafts[..] else { panic!("a flag") };
    assert_eq!((Some(*kept), on.indicator.as_deref()), (kind, None));
}

#[test]
fn the_cards_given_to_somebody_are_a_group() {
    let give = |country: &str, to: &'static str| Act::Give {
        on: Target { indicator: None, ..on(country, "opsc") },
        to: Some(Raw::from_static(to)),
    };
    let records = vec![
        record("ana", 1, give("EST", "me"), &[]),
        record("ana", 2, give("LVA", "me"), &[]),
        record("ana", 3, give("UZB", "ben"), &[]),
    ];
    let screen = Screen::open(80, 24).with_reviewer("me", records).press("ctrl-g").type_text("mine");
    assert!(screen.text().contains("mine: the cards given to you"), "{}", screen.text());
    let mine = screen.press("enter");
    let listed = mine.text();
    assert!(listed.contains("EST Estonia") && listed.contains("LVA Latvia"), "{listed}");
    assert!(!listed.contains("UZB"), "{listed}");
}

#[test]
fn the_cursor_goes_on_when_what_is_reviewed_leaves_a_filter() {
    let screen = Screen::open(80, 24).with_reviewer("me", said()).press("2 f");
    let text = screen.text();
    let mut lines = text.lines().skip_while(|line| !line.contains("┌ Filter")).skip(1);
    let at = lines.position(|line| line.contains("not reviewed by me")).expect("the filter");
    let mut screen = screen.press(&format!("g g {}enter", "j ".repeat(at)));
    for left in (7..=9).rev() {
        screen = screen.press("v").keep();
        assert!(screen.text().contains(&format!("{left} of 10 shown")), "{}", screen.text());
    }
}

#[test]
fn a_conflict_that_comes_from_another_is_told_as_one() {
    let question = record("ana", 1, flag(on("ALB", "opsc"), FlagKind::Question, "?"), &[]);
    let resolve = |who: &str, note: &'static str| {
        record(who, 2, Act::Resolve { flag: Id::from("ana.0-1"), note: Raw::from_static(note) }, &[])
    };
    let reopen = record("ben", 3, Act::Reopen { flag: Id::from("ana.0-1") }, &[]);
    let mine = vec![question.clone(), resolve("me", "page 3")];
    let all = vec![question, resolve("me", "page 3"), reopen];
    let screen = Screen::open(120, 24).with_reviewer("me", mine).with_reviewer("me", all).press("1");
    assert!(screen.footer().contains("came in: 1 decision by ben, 1 conflict"), "{}", screen.footer());
}
