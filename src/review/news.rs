//! What others have said that this reviewer has not seen yet.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{
    book::Book,
    record::{Act, Id, Record, Reviewer},
    target::Target,
};

/// The records that a reviewer has seen. Ids are unique, so one value serves all journals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seen(BTreeMap<Box<str>, Numbers>);

/// The numbers seen of one opening of a segment: all up to one, and some beyond it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Numbers {
    up_to: u64,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    beyond: BTreeSet<u64>,
}

impl Numbers {
    fn add(&mut self, number: u64) {
        if number > self.up_to {
            self.beyond.insert(number);
        }
        while self.beyond.remove(&(self.up_to + 1)) {
            self.up_to += 1;
        }
    }
}

impl Seen {
    pub fn has(&self, id: &Id) -> bool {
        let (opening, number) = parts(id);
        self.0.get(opening).is_some_and(|seen| number <= seen.up_to || seen.beyond.contains(&number))
    }

    pub fn add(&mut self, id: &Id) {
        let (opening, number) = parts(id);
        self.0.entry(opening.into()).or_default().add(number);
    }

    /// Adds what another program of the same reviewer has seen.
    pub fn join(&mut self, other: &Self) {
        for (opening, numbers) in &other.0 {
            let mine = self.0.entry(opening.clone()).or_default();
            mine.up_to = mine.up_to.max(numbers.up_to);
            let beyond: Vec<u64> = numbers.beyond.iter().chain(&mine.beyond).copied().collect();
            mine.beyond.retain(|number| *number > mine.up_to);
            for number in beyond {
                mine.add(number);
            }
        }
    }

    /// Whether the journal of this framework was ever looked at.
    pub fn has_looked_at(&self, framework: &str) -> bool {
        self.0.contains_key(format!("@{framework}").as_str())
    }

    /// Notes that the journal of this framework is looked at; returns whether that is for the first time.
    fn look_at(&mut self, framework: &str) -> bool {
        // No opening is called so.
        let key = format!("@{framework}");
        self.0.insert(key.into(), Numbers { up_to: 1, beyond: BTreeSet::new() }).is_none()
    }
}

/// The opening of a segment and the number in it; an id of another shape is an opening of its own.
fn parts(id: &Id) -> (&str, u64) {
    id.parts().unwrap_or((id.text(), 1))
}

/// The records of others that were not seen, oldest first. On the first look at the journal of a framework none is news: all
/// are added to `seen`. One's own records are always seen.
pub fn news(book: &Book, me: &Reviewer, framework: &str, seen: &mut Seen) -> Vec<Id> {
    let is_first = seen.look_at(framework);
    let mut news = vec![];
    for record in book.records() {
        if is_first || me.wrote(&record.id, &record.author) {
            seen.add(&record.id);
        } else if !seen.has(&record.id) {
            news.push(record.id.clone());
        }
    }
    news
}

/// What others have said in this session or before it, to be gone through one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewsLog {
    pub seen: Seen,
    /// What was news at the start, and what came since, in the order of coming.
    log: Vec<Id>,
    /// What was gone to, and where among it one is.
    visited: Vec<Topic>,
    at: Option<usize>,
}

/// What several records are about, so that they are one piece of news: a target, or all that was reviewed of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub on: Target,
    /// Whether it is that cells of the card were reviewed.
    pub is_of_reviews: bool,
}

impl Topic {
    /// What a record is a piece of news about; `None` if that was taken back.
    fn of(book: &Book, record: &Record) -> Option<Self> {
        let on = target_of(book, record)?.clone();
        let is_of_reviews = matches!(record.act, Act::Review { .. });
        let indicator = if is_of_reviews { None } else { on.indicator.clone() };
        Some(Self { on: Target { indicator, ..on }, is_of_reviews })
    }
}

impl NewsLog {
    /// Takes up what is in the book; returns the ids that were not in it before and were never seen.
    pub fn take(&mut self, book: &Book, me: &Reviewer, framework: &str) -> Vec<Id> {
        let mut fresh = news(book, me, framework, &mut self.seen);
        fresh.retain(|id| !self.log.contains(id));
        self.log.extend(fresh.iter().cloned());
        fresh
    }

    /// Whether it came in this session, or since the last one.
    pub fn has(&self, id: &Id) -> bool {
        self.log.contains(id)
    }

    pub fn is_new(&self, id: &Id) -> bool {
        self.log.contains(id) && !self.seen.has(id)
    }

    /// The records that are still to be seen.
    pub fn fresh(&self) -> HashSet<Id> {
        self.log.iter().filter(|id| !self.seen.has(id)).cloned().collect()
    }

    /// What is still to be seen: words and decisions in the order of coming, then what was reviewed.
    pub fn topics(&self, book: &Book) -> Vec<Topic> {
        if self.log.iter().all(|id| self.seen.has(id)) {
            return vec![];
        }
        let mut topics: Vec<Topic> = vec![];
        let new: Vec<&Record> = self.records(book).filter(|record| !self.seen.has(&record.id)).collect();
        for of_reviews in [false, true] {
            for topic in new.iter().filter_map(|record| Topic::of(book, record)) {
                if topic.is_of_reviews == of_reviews && !topics.contains(&topic) {
                    topics.push(topic);
                }
            }
        }
        topics
    }

    /// The records of the log, in the order of coming.
    fn records<'b>(&'b self, book: &'b Book) -> impl Iterator<Item = &'b Record> {
        let log: HashSet<&Id> = self.log.iter().collect();
        let of_log = book.records().filter(|record| log.contains(&record.id));
        let of_log: HashMap<&Id, &Record> = of_log.map(|record| (&record.id, record)).collect();
        self.log.iter().filter_map(move |id| of_log.get(id).copied())
    }

    /// Goes to the next of what is to be seen, which counts as seen from then on, or back to what was gone to before. `None`
    /// if there is none that way.
    pub fn step(&mut self, book: &Book, forward: bool) -> Option<Topic> {
        let after = self.at.map_or(0, |at| at + 1);
        if !forward {
            self.at = Some(self.at?.checked_sub(1)?);
        } else if after < self.visited.len() {
            self.at = Some(after);
        } else {
            let topic = self.topics(book).into_iter().next()?;
            self.see(book, &topic);
            self.visited.push(topic);
            self.at = Some(self.visited.len() - 1);
        }
        self.at.map(|at| self.visited[at].clone())
    }

    /// Notes that everything of a topic was looked at.
    pub fn see(&mut self, book: &Book, topic: &Topic) {
        let of_it = self.records(book).filter(|record| Topic::of(book, record).as_ref() == Some(topic));
        let ids: Vec<Id> = of_it.map(|record| record.id.clone()).collect();
        for id in &ids {
            self.seen.add(id);
        }
    }
}

/// What a record is about: its own target, or that of the flag or of the first record that it refers to.
pub fn target_of<'a>(book: &'a Book, record: &'a Record) -> Option<&'a Target> {
    match &record.act {
        Act::Undo { of } => {
            // An undo comes after what it undoes, so the way back ends.
            let undone =
                book.records().find(|other| of.first() == Some(&other.id) && other.lamport <= record.lamport);
            undone.filter(|other| other.id != record.id).and_then(|other| match &other.act {
                Act::Undo { .. } => None,
                _ => target_of(book, other),
            })
        }
        act => match act.flag() {
            Some(flag) => book.flag(flag).map(|flag| &flag.on),
            None => act.target(),
        },
    }
}

/// `2 flags, 1 answer and 1 more by Ben, Cem`: what records are, and whose.
pub fn in_words(records: &[&Record]) -> String {
    const NAMED: [(&str, &str); 4] =
        [("flag", "flags"), ("note", "notes"), ("answer", "answers"), ("review", "reviews")];
    let kind = |record: &Record| match &record.act {
        Act::Flag { .. } => 0,
        Act::Note { to, .. } if to.is_empty() => 1,
        Act::Note { .. } => 2,
        Act::Review { .. } => 3,
        _ => 4,
    };
    let count = |at: usize| records.iter().filter(|record| kind(record) == at).count();
    let mut parts: Vec<String> = NAMED
        .iter()
        .enumerate()
        .filter_map(|(at, (one, several))| match count(at) {
            0 => None,
            1 => Some(format!("1 {one}")),
            many => Some(format!("{many} {several}")),
        })
        .collect();
    match (count(4), parts.is_empty()) {
        (0, _) => {}
        (1, true) => parts.push("1 decision".to_owned()),
        (many, true) => parts.push(format!("{many} decisions")),
        (many, false) => parts.push(format!("{many} more")),
    }
    let authors: BTreeSet<String> = records.iter().map(|record| record.author.line().into_string()).collect();
    format!("{} by {}", parts.join(", "), authors.into_iter().collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{review::FlagKind, text::Raw};

    fn record(writer: &str, number: u64) -> Record {
        let on = Target { country: Some("ALB".into()), edition: "2022".into(), indicator: None };
        Record {
            id: Id::new(&format!("{writer}.0"), number),
            lamport: number,
            time: "2026-11-29T10:00:00Z".into(),
            author: Raw::new(writer.to_owned()),
            act: Act::Flag { on, kind: FlagKind::Question, note: Raw::default() },
            over: vec![],
        }
    }

    fn ana() -> Reviewer {
        Reviewer { writer: "ana".into(), author: Raw::from_static("ana"), ..Reviewer::default() }
    }

    fn ids(of: &[(&str, u64)]) -> Vec<Id> {
        of.iter().map(|(writer, number)| Id::new(&format!("{writer}.0"), *number)).collect()
    }

    #[test]
    fn at_the_first_look_nothing_is_news_and_then_what_others_say_is() {
        let mut seen = Seen::default();
        let mut book = Book::of([record("ben", 1), record("ana", 2)]);
        assert_eq!(news(&book, &ana(), "f", &mut seen), []);
        book.add([record("ben", 3), record("ana", 3), record("cem", 4)]);
        assert_eq!(news(&book, &ana(), "f", &mut seen), ids(&[("ben", 3), ("cem", 4)]));
        assert_eq!(news(&book, &ana(), "f", &mut seen), ids(&[("ben", 3), ("cem", 4)]), "until it is seen");
        seen.add(&Id::new("cem.0", 4));
        assert_eq!(news(&book, &ana(), "f", &mut seen), ids(&[("ben", 3)]));
    }

    #[test]
    fn what_is_said_after_a_look_at_an_empty_journal_is_news() {
        let mut seen = Seen::default();
        assert_eq!(news(&Book::default(), &ana(), "f", &mut seen), []);
        let book = Book::of([record("ben", 1)]);
        assert_eq!(news(&book, &ana(), "f", &mut seen), ids(&[("ben", 1)]));
        assert_eq!(news(&book, &ana(), "another", &mut seen), [], "the first look at another journal");
    }

    #[test]
    fn what_is_seen_out_of_order_is_kept_exactly_and_in_little_room() {
        let mut seen = Seen::default();
        for number in [3, 1, 7, 2] {
            seen.add(&Id::new("ben.0", number));
        }
        let has = |seen: &Seen, number| seen.has(&Id::new("ben.0", number));
        assert_eq!(
            (1..=8).map(|number| has(&seen, number)).collect::<Vec<_>>(),
            [true, true, true, false, false, false, true, false]
        );
        assert_eq!(serde_json::to_string(&seen).unwrap(), r#"{"ben.0":{"up_to":3,"beyond":[7]}}"#);
        let mut other = Seen::default();
        (1..=5).for_each(|number| other.add(&Id::new("ben.0", number)));
        other.add(&Id::from("odd"));
        seen.join(&other);
        assert!(has(&seen, 5) && !has(&seen, 6) && has(&seen, 7) && seen.has(&Id::from("odd")));
        seen.add(&Id::new("ben.0", 6));
        assert_eq!(serde_json::to_string(&seen.0.get("ben.0")).unwrap(), r#"{"up_to":7}"#);
    }

    #[test]
    fn the_inbox_is_gone_through_target_by_target_and_back() {
        let on = |indicator: &str| Target {
            country: Some("ALB".into()),
            edition: "2022".into(),
            indicator: Some(indicator.into()),
        };
        let flag = |writer: &str, number, indicator: &str| Record {
            act: Act::Flag { on: on(indicator), kind: FlagKind::Question, note: Raw::default() },
            ..record(writer, number)
        };
        let mut inbox = NewsLog::default();
        inbox.seen.look_at("f");
        inbox.seen.add(&Id::new("ben.0", 1));
        let mut book = Book::of([flag("ben", 1, "plan"), flag("ben", 2, "opsc"), flag("cem", 3, "opsc")]);
        assert_eq!(inbox.take(&book, &ana(), "f").len(), 2);
        let review = |number, indicator: &str| Record {
            act: Act::Review { on: on(indicator), seen: 1 },
            ..record("cem", number)
        };
        book.add([review(4, "plan"), review(5, "opsc"), flag("ben", 6, "police"), flag("ana", 7, "police")]);
        assert_eq!(inbox.take(&book, &ana(), "f").len(), 3);
        // Two flags on a cell are one piece of news, all that was reviewed of a card another, and that comes last.
        let step = |inbox: &mut NewsLog, forward| {
            inbox.step(&book, forward).map(|topic| (topic.on, topic.is_of_reviews))
        };
        assert_eq!(inbox.topics(&book).len(), 3);
        assert_eq!(step(&mut inbox, true), Some((on("opsc"), false)));
        assert_eq!(inbox.topics(&book).len(), 2, "both that were said of it are seen");
        assert_eq!(step(&mut inbox, true), Some((on("police"), false)));
        let card = Target { indicator: None, ..on("opsc") };
        assert_eq!(step(&mut inbox, true), Some((card.clone(), true)));
        assert_eq!((step(&mut inbox, true), inbox.topics(&book).len()), (None, 0));
        assert_eq!(step(&mut inbox, false), Some((on("police"), false)));
        assert_eq!(step(&mut inbox, false), Some((on("opsc"), false)));
        assert_eq!(step(&mut inbox, false), None);
        assert_eq!(step(&mut inbox, true), Some((on("police"), false)));
        assert_eq!(inbox.take(&book, &ana(), "f"), [], "nothing is news twice");
    }

    #[test]
    fn news_are_counted_by_kind_and_named_by_author() {
        let (one, other) = (record("ben", 1), record("cem", 2));
        assert_eq!(in_words(&[&one, &other]), "2 flags by ben, cem");
        let resolved =
            Record { act: Act::Resolve { flag: one.id.clone(), note: Raw::default() }, ..record("cem", 3) };
        assert_eq!(in_words(&[&one, &resolved]), "1 flag, 1 more by ben, cem");
        assert_eq!(in_words(&[&resolved]), "1 decision by cem");
        let book = Book::of([one.clone(), resolved.clone()]);
        assert_eq!(target_of(&book, &resolved), one.act.target());
        let undo = Record { act: Act::Undo { of: vec![one.id.clone()] }, ..record("ben", 4) };
        let book = Book::of([one.clone(), undo.clone()]);
        assert_eq!(target_of(&book, &undo), one.act.target());
    }
}
