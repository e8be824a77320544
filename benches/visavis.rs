//! What each part of an answer to a key costs, and what loading costs beside a bare parser.
//!
//! `cargo bench` measures; `cargo bench -- load` a part. Compare figures of one run only.

#[path = "visavis/made.rs"]
mod made;

use std::{borrow::Cow, collections::BTreeMap, hint::black_box, sync::Arc};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect, Size as Cells},
};
use serde::Deserialize;

use made::{DECADE, ROUND, Size, WORLD};
use visavis::{
    core::{
        changes::Changes,
        compare::compare,
        coverage::{AssignedGaps, Coverage, Question},
        dataset::{CountryId, Dataset, EditionId},
        findings::Findings,
        groups,
        score::{RankedBy, Ranking, Rules, Scoring},
        search,
        subject::Subject,
    },
    tui::{
        Model, Msg,
        keymap::{Key, Keymap, chord},
        look::{Look, Palette, UNICODE},
        update, view,
    },
};

/// The least that a program with cards has to keep: everything borrowed from the text.
#[derive(Deserialize)]
#[expect(dead_code, reason = "it is read to see what reading it costs")]
struct BareCard<'t> {
    #[serde(borrow)]
    country: Cow<'t, str>,
    #[serde(borrow)]
    edition: Cow<'t, str>,
    #[serde(borrow)]
    assessments: BTreeMap<&'t str, BareCell<'t>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is read to see what reading it costs")]
struct BareCell<'t> {
    #[serde(borrow)]
    level: Option<Cow<'t, str>>,
    #[serde(borrow)]
    note: Cow<'t, str>,
    #[serde(borrow)]
    sources: Vec<Cow<'t, str>>,
}

/// Loading, as bytes a second; *bare* is `serde_json` reading the same text into borrowed structs.
fn load(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load");
    group.sample_size(20);
    let grown = |countries, editions, indicators| Size { countries, editions, indicators };
    for size in
        [ROUND, WORLD, DECADE, grown(60, 10, 100), grown(240, 3, 100), grown(240, 10, 25), grown(60, 10, 400)]
    {
        let (framework, cards) = (size.framework(), size.cards());
        group.throughput(Throughput::Bytes(cards.len() as u64));
        group.bench_with_input(BenchmarkId::new("bare", size), &cards, |bencher, cards| {
            bencher.iter(|| {
                // The copy stands for reading the file, which both have to do.
                let text = String::from_utf8(black_box(cards).as_bytes().to_vec());
                text.map(|text| serde_json::from_str::<Vec<BareCard<'_>>>(&text).is_ok())
            });
        });
        group.bench_with_input(BenchmarkId::new("visavis", size), &cards, |bencher, cards| {
            bencher.iter(|| made::load(&framework, black_box(cards)));
        });
    }
    group.finish();
}

fn everybody(data: &Dataset) -> Vec<CountryId> {
    data.country_ids().collect()
}

/// What is asked of a data set: everything behind one key of the program.
fn ask(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ask");
    let data = DECADE.read();
    let (first, last) = (EditionId(0), EditionId(9));
    let subject = |country| Subject::Country(CountryId(country), last);
    group.bench_function("compare two countries on 100 indicators", |bencher| {
        bencher.iter(|| compare(&data, vec![subject(0), black_box(subject(1))]));
    });
    let all = groups::everyone(&data);
    group.bench_function("compare a country with the median of 240", |bencher| {
        bencher.iter(|| compare(&data, vec![subject(0), Subject::Group(all.clone(), last)]));
    });
    group.bench_function("count the coverage of 240 countries on 100 indicators", |bencher| {
        let question = Question::of_edition(everybody(&data), last);
        bencher.iter(|| Coverage::of(&data, black_box(&question), &AssignedGaps::default()));
    });
    group.bench_function("score and rank 240 countries", |bencher| {
        let (rules, members) = (Rules::of(&data.framework), everybody(&data));
        bencher
            .iter(|| Ranking::of(&Scoring::new(&data, &members, last, black_box(&rules)), RankedBy::Overall));
    });
    group.bench_function("count the findings of 240 countries", |bencher| {
        bencher.iter(|| Findings::of(&data, black_box(&all), last));
    });
    group.bench_function("tell the changes of 240 countries between two editions", |bencher| {
        bencher.iter(|| Changes::between(&data, &everybody(&data), first, black_box(last)));
    });
    group.finish();
}

/// A query against the names of 240 countries, a candidate at a time.
fn find(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("search");
    let data = WORLD.read();
    group.throughput(Throughput::Elements(data.countries().len() as u64));
    for query in ["swe", "republic", "guinea bis", "uzbkstn"] {
        group.bench_with_input(BenchmarkId::new("countries", query), query, |bencher, query| {
            bencher.iter(|| search::rank(query, data.countries().iter().map(|country| &country.keys[..])));
        });
    }
    group.finish();
}

struct Screen {
    model: Model,
    buffer: Buffer,
    look: Look,
}

impl Screen {
    fn open(data: &Arc<Dataset>) -> Self {
        let size = Cells { width: 120, height: 40 };
        let keymap = Keymap::new(&[]).expect("the table is sound");
        let mut model = Model::new(size, keymap);
        update(&mut model, Msg::Loaded(Arc::clone(data)));
        let buffer = Buffer::empty(Rect::from((Position::ORIGIN, size)));
        Self { model, buffer, look: Look::new(Palette::Sixteen, &UNICODE) }
    }

    fn press(&mut self, key: Key) {
        update(&mut self.model, Msg::Key(key));
    }

    fn draw(&mut self) {
        self.buffer.reset();
        view::render(&self.model, &self.look, self.buffer.area, &mut self.buffer);
    }
}

fn keys(words: &str) -> Vec<Key> {
    chord(words).expect("known keys")
}

/// A key that moves, and the frame it leads to, in each pane; at 860 cells and at 240,000.
fn draw(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a move and its frame");
    for size in [ROUND, DECADE] {
        let data = size.read();
        for (pane, way) in [
            ("countries", "1"),
            ("card", "2"),
            ("comparison", "c down enter"),
            ("coverage", "4"),
            ("findings", "5"),
        ] {
            let mut screen = Screen::open(&data);
            for key in keys(way) {
                screen.press(key);
            }
            let there_and_back = [keys("j"), keys("k")].concat();
            let mut at = 0;
            group.bench_function(BenchmarkId::new(pane, size), |bencher| {
                bencher.iter(|| {
                    screen.press(there_and_back[at % 2]);
                    at += 1;
                    screen.draw();
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, load, ask, find, draw);
criterion_main!(benches);
