//! Hostile strings in every field: nothing of them reaches a screen, a message or an export as it is; JSON keeps it.
//!
//! A few stand here; `VISAVIS_HOSTILE_STRINGS` names the corpus with the others.

#![expect(clippy::print_stdout, reason = "a test that has not run everything says so")]

use std::{fs, sync::Arc};

use ratatui::{buffer::Buffer, layout::Rect, layout::Size};
use visavis::{
    core::{
        cell::Gap,
        dataset::Dataset,
        read::{Loader, Options},
        report::{CardReport, CheckReport, Report},
    },
    export::{FORMATS, Style},
    review::{
        Act, Book, FlagKind, Id, QueueFilter, Record, Review, Reviewer, SignOffStage, Target,
        news::Seen,
        queue::{QueueSort, Stage},
        report::{FileLine, FlagsReport, JournalReport, ReviewsReport},
    },
    store::journal::{Folder, Os},
    text::{Raw, is_safe},
    tui::{
        Model, Msg,
        keymap::{Keymap, chord},
        look::{ASCII, Look, Palette, UNICODE},
        update,
        view::render,
    },
};

const SOME: [&str; 8] = [
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}]52;c;cm0gLXJm\u{7}",
    "\u{9b}31m",
    "\u{202e}gnp.exe",
    "a\u{200b}b\u{feff}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "=HYPERLINK(\"https://example.org\")",
    "x|y\n| z | <script>alert(1)</script>",
];

fn strings() -> Vec<String> {
    let mut all: Vec<String> = SOME.iter().map(ToString::to_string).collect();
    if let Some(path) = std::env::var_os("VISAVIS_HOSTILE_STRINGS") {
        let corpus: Vec<serde_json::Value> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let more = corpus.iter().filter_map(|entry| entry["s"].as_str());
        all.extend(more.filter(|text| text.len() < 20_000).map(str::to_owned));
        assert!(all.len() > 250, "the corpus is there");
    } else {
        println!("VISAVIS_HOSTILE_STRINGS is not set: only {} strings are run", all.len());
    }
    all
}

/// Two cards that say the string wherever a card, a framework and a file name can say something.
fn everywhere(text: &str) -> Dataset {
    let t = serde_json::Value::from(text);
    let framework = serde_json::json!({ "id": "f", "title": t, "notice": t, "description": t,
        "scales": { "s": { "kind": "levels", "levels": [{ "id": "a", "label": t }, { "id": "b", "label": "B" }] },
            "n": { "kind": "number", "unit": t }, "t": { "kind": "text" } },
        "goals": [{ "id": "g", "title": t, "indicators": [
            { "id": "one", "title": t, "question": t, "scale": "s", "guidance": t },
            { "id": "two", "title": "Two", "scale": "n" }, { "id": "three", "title": "Three", "scale": "t" },
            { "id": "four", "title": "Four", "scale": "s" }] }],
        "findings": [{ "id": "k", "text": t, "goal": "g", "indicators": ["one"], "where": { "levels": ["a"] },
            "published": { "text": t } }] });
    let card = |code: &str| {
        serde_json::json!({ "framework": "f", "country": code, "name": format!("{code} {text}"), "edition": "2010",
            "summary": t, "priority_actions": [t], "campaign": { "motto": t }, text: 1, "sources": { "k": { "title": t } },
            "assessments": {
                "one": { "level": "a", "printed": t, "note": t, "sources": [{ "title": t, "url": t, "page": t }, "k"] },
                "two": { "value": 3, "note": t, "sources": [t] }, "three": { "value": t }, "four": { "level": t } } })
    };
    let mut loader = Loader::new(Options::default());
    loader.add(Raw::from_static("f.json"), framework.to_string().into_bytes());
    loader.add(
        Raw::new(format!("{text}.json")),
        serde_json::json!([card("XA"), card("XB")]).to_string().into_bytes(),
    );
    loader.finish(Raw::new(text.to_owned()), &|_| ())
}

fn assert_screen(model: &Model, look: &Look, from: &str) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, model.size.width, model.size.height));
    let area = buffer.area;
    render(model, look, area, &mut buffer);
    for cell in &buffer.content {
        assert!(is_safe(cell.symbol()) && cell.symbol() != "\n", "{:?} from {from:?}", cell.symbol());
        assert!(!look.glyphs.is_ascii || cell.symbol().is_ascii(), "{:?} from {from:?}", cell.symbol());
    }
}

#[test]
fn no_screen_lets_a_hostile_string_through() {
    for text in strings() {
        let data = Arc::new(everywhere(&text));
        let mut model = Model::new(Size::new(100, 30), Keymap::new(&[]).unwrap()).with_data(data);
        for keys in [
            "1",
            "2 enter pgdn",
            "F space",
            "esc j F",
            "esc w",
            "esc ctrl-g",
            "esc 4 j l L",
            "5 enter",
            "esc c x b enter",
            "j j m m",
            "!",
            "esc ctrl-p",
            "esc ?",
            "esc :",
            "esc /",
        ] {
            for key in chord(keys).unwrap() {
                update(&mut model, Msg::Key(key));
            }
            for look in [Look::new(Palette::Rgb, &UNICODE), Look::new(Palette::Mono, &ASCII)] {
                assert_screen(&model, &look, &text);
            }
        }
        update(&mut model, Msg::Paste(text.clone()));
        assert_screen(&model, &Look::new(Palette::Sixteen, &UNICODE), &text);
    }
}

/// Records that say the string as an author, a note, a time, a reason and a target, on cells that are there and that are
/// not.
fn said(text: &str) -> Vec<Record> {
    let on = |country: &str, indicator: &str| Target {
        country: Some(country.into()),
        edition: "2010".into(),
        indicator: Some(indicator.into()),
    };
    let nowhere = Target { country: Some(text.into()), edition: text.into(), indicator: Some(text.into()) };
    let words = || Raw::new(text.to_owned());
    let flag = |on| Act::Flag { on, kind: FlagKind::Question, note: words() };
    let note = |on| Act::Note { on, text: words(), to: vec![] };
    let assign = |gap| Act::Assign { on: on("XA", "four"), gap: Some(gap), seen: 0 };
    let card = Target { indicator: None, ..on("XA", "one") };
    let acts = [
        flag(on("XA", "one")),
        flag(nowhere.clone()),
        note(on("XA", "one")),
        note(nowhere),
        Act::Review { on: on("XA", "one"), seen: 1 },
        assign(Gap::NoData),
        assign(Gap::Withheld),
        flag(on("XB", "two")),
        Act::Resolve { flag: Id::new("w.0", 8), note: words() },
        Act::Undo { of: vec![Id::new("w.0", 3)] },
        Act::Address { flag: Id::new("w.0", 1), to: Some(words()), due: None },
        Act::SignOff { on: card.clone(), stage: SignOffStage::SentBack, note: words(), seen: 1 },
        Act::Give { on: card, to: Some(words()) },
    ];
    let record = |(act, number): (Act, u64)| Record {
        id: Id::new("w.0", number),
        lamport: number,
        time: text.into(),
        author: words(),
        act,
        over: vec![],
    };
    acts.into_iter().zip(1..).map(record).collect()
}

#[test]
fn no_screen_lets_through_what_a_reviewer_wrote() {
    for text in strings() {
        let data = Arc::new(everywhere("plain"));
        let mut model = Model::new(Size::new(100, 30), Keymap::new(&[]).unwrap()).with_data(data);
        let told = Some(visavis::text::safe_line(&text));
        update(
            &mut model,
            Msg::Reviews {
                records: said(&text),
                me: Reviewer {
                    writer: text.as_str().into(),
                    author: Raw::new(text.clone()),
                    ..Reviewer::default()
                },
                seen: Seen::default(),
                told,
            },
        );
        for keys in [
            "1",
            "2 enter pgdn",
            "esc c x b enter",
            "7",
            "s s",
            "G",
            "g g",
            "j",
            "/",
            "esc 2 space",
            "esc e",
            "esc V",
            "esc X",
            "esc 1 v u A",
            "esc 2 O",
            "G",
            "esc @",
            "esc H",
            "esc =",
            "esc ctrl-g",
            "esc 2 f",
            "esc 4 f",
            "esc 7 D",
            "esc )",
        ] {
            for key in chord(keys).unwrap() {
                update(&mut model, Msg::Key(key));
            }
            for look in [Look::new(Palette::Rgb, &UNICODE), Look::new(Palette::Mono, &ASCII)] {
                assert_screen(&model, &look, &text);
            }
        }
        for keys in ["2 space tab", "esc esc e"] {
            for key in chord(keys).unwrap() {
                update(&mut model, Msg::Key(key));
            }
            update(&mut model, Msg::Paste(text.clone()));
            for key in chord("left left up del").unwrap() {
                assert_screen(&model, &Look::new(Palette::Sixteen, &UNICODE), &text);
                assert_screen(&model, &Look::new(Palette::Mono, &ASCII), &text);
                update(&mut model, Msg::Key(key));
            }
            update(&mut model, Msg::Edited(Ok(text.clone())));
            assert_screen(&model, &Look::new(Palette::Sixteen, &UNICODE), &text);
        }
    }
}

/// A journal in which everything that a reviewer can write, and a hostile file can claim, is the string.
fn written(data: &Dataset, text: &str) -> (Book, JournalReport) {
    let raw = || Raw::new(text.to_owned());
    let edition = data.newest_edition().unwrap();
    let on =
        Target { country: Some("XA".into()), edition: data.edition(edition).label.clone(), indicator: None };
    let claimed = Target { country: Some(text.into()), edition: text.into(), indicator: Some(text.into()) };
    let flag = |on: &Target| Act::Flag { on: on.clone(), kind: FlagKind::Question, note: raw() };
    let first = Id::from(text);
    let acts = [
        flag(&on),
        flag(&claimed),
        Act::Note { on: on.clone(), text: raw(), to: vec![] },
        Act::Resolve { flag: first.clone(), note: raw() },
        Act::SignOff { on: on.clone(), stage: SignOffStage::SentBack, note: raw(), seen: 1 },
        Act::Give { on, to: Some(raw()) },
        Act::Address { flag: first.clone(), to: Some(raw()), due: None },
        Act::Undo { of: vec![Id::from("b")] },
    ];
    let ids = std::iter::once(first.clone()).chain((1..).map(|number| Id::new("a.0", number)));
    let records = acts.into_iter().zip(ids).zip(1..).map(|((act, id), lamport)| Record {
        id,
        lamport,
        time: text.into(),
        author: raw(),
        act,
        over: vec![first.clone()],
    });
    let book = Book::of(records.filter(|record| record.over != [record.id.clone()] || record.lamport == 1));
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.jsonl"),
        format!("{text}\n{{\"v\":1,\"id\":\"{text}\",\"crc\":\"00000000\"}}"),
    )
    .unwrap();
    let read = Folder::read(&Os, folder.path()).unwrap();
    let [file] = &read.files[..] else { panic!("one file was written") };
    let line = FileLine { name: raw(), frameworks: vec![raw()], lines: 1, records: 0, damaged: 1 };
    let report = JournalReport { place: raw(), files: vec![line], problems: file.problems.clone() };
    (book, report)
}

#[test]
fn no_report_lets_a_hostile_string_through_and_json_keeps_it() {
    for text in strings() {
        let data = everywhere(&text);
        let subjects = data.country_ids().map(|country| (country, data.newest_edition().unwrap())).collect();
        let card = CardReport::new(&data, subjects, visavis::core::groups::everyone(&data));
        let check = CheckReport::new(&data, None);
        let (book, journal) = written(&data, &text);
        let all = QueueFilter { state: Stage::All, ..QueueFilter::default() };
        let review = Review::over(book.clone(), Reviewer::default(), &data);
        let flags = FlagsReport::new(&data, &review, &all, QueueSort::Country, None);
        let reviews = ReviewsReport::new(&data, &book);
        assert!(flags.len() > 2, "{text:?}");
        let reports: [&dyn Report; 5] = [&card, &check, &flags, &reviews, &journal];
        for report in reports {
            for format in FORMATS.iter().filter(|format| !format.is_binary) {
                let bytes = (format.write)(report, &Style { width: 100, cuts: false, ascii: false });
                let printed = String::from_utf8(bytes).unwrap();
                let lines = printed.replace("\r\n", "\n");
                // The tab between two cells is the format's own.
                let lines = if format.name == "tsv" { lines.replace('\t', " ") } else { lines };
                assert!(is_safe(&lines), "{} of {text:?}", format.name);
                if format.name == "md" {
                    assert!(!printed.contains("<script"), "{printed}");
                }
            }
        }
        let json = card.json().to_string();
        let kept: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert!(kept.to_string().contains(&serde_json::Value::from(text.as_str()).to_string()), "{text:?}");
    }
}
