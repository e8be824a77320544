//! Several people on one journal, each seeing the others' words late and in any order: what each has written stands, under
//! that name, unless its own author takes it back.

use std::collections::{BTreeMap, BTreeSet};

use visavis::{
    review::{Act, Book, Draft, Id, Record, Reviewer, SignOffStage, Target, drafts, line},
    text::Raw,
};

use super::{Dice, on, times};

/// A person with what has arrived there.
struct Person {
    me: Reviewer,
    known: Vec<Record>,
    lamport: u64,
}

impl Person {
    fn new(author: &'static str, writer: &str) -> Self {
        let me = Reviewer { writer: writer.into(), author: Raw::from_static(author), ..Reviewer::default() };
        Self { me, known: vec![], lamport: 0 }
    }

    fn keep(&mut self, draft: Draft, number: u64) -> Record {
        self.lamport += 1;
        let id = Id::new(&format!("{}.0", self.me.writer), number);
        let record = Record {
            id,
            lamport: self.lamport,
            time: "2026-11-29T10:00:00Z".into(),
            author: self.me.author.clone(),
            act: draft.act,
            over: draft.over,
        };
        self.known.push(record.clone());
        record
    }

    fn hear(&mut self, record: &Record) {
        if !self.known.iter().any(|known| known.id == record.id) {
            self.lamport = self.lamport.max(record.lamport);
            self.known.push(record.clone());
        }
    }

    /// What a person may do with what is seen here, by the functions that screen and subcommands use.
    fn act(&self, dice: &mut Dice, words: &str) -> Option<Draft> {
        let book = Book::of(self.known.clone());
        let on = on(["ALB", "ARM"][dice.roll(2)]);
        match dice.roll(10) {
            0 => drafts::undo(&book, &self.me.writer),
            1 => drafts::redo(&book, &self.me.writer),
            // A sign-off takes the place of those that are known here, whoever said them, and so does giving the card away.
            3 => {
                let stage = [SignOffStage::Open, SignOffStage::Checked, SignOffStage::Approved][dice.roll(3)];
                let over = book.signed(&on).iter().map(|one| one.said.id.clone()).collect();
                Some(Draft {
                    act: Act::SignOff { on, stage, note: Raw::new(words.to_owned()), seen: 1 },
                    over,
                })
            }
            4 => {
                let over = book.given(&on).iter().map(|one| one.said.id.clone()).collect();
                Some(Draft { act: Act::Give { on, to: Some(self.me.author.clone()) }, over })
            }
            // Taking one's last word away.
            2 => book.last_word(&on, &self.me).map(|_| drafts::note(&book, &self.me, on.clone(), "")),
            _ => Some(drafts::note(&book, &self.me, on, words)),
        }
    }
}

/// Every way in which what stands differs from what was written: a word under another's name, a word that its author never
/// took back and that is gone.
fn faults(all: &[Record], book: &Book) -> Vec<String> {
    let author_of: BTreeMap<&Id, &str> = all.iter().map(|record| (&record.id, record.author.raw())).collect();
    let mut taken_back: BTreeSet<&Id> = BTreeSet::new();
    for record in all.iter().filter(|record| !book.is_undone(&record.id)) {
        let own = |id: &&Id| author_of.get(id) == Some(&record.author.raw());
        taken_back.extend(record.over.iter().filter(own));
    }
    let standing: BTreeMap<&Id, (&str, &str)> =
        book.notes().map(|(_, note)| (&note.said.id, (note.said.author.raw(), note.text.raw()))).collect();
    let mut found = vec![];
    for record in all {
        let Act::Note { text, .. } = &record.act else { continue };
        let is_own_end = taken_back.contains(&record.id) || book.is_undone(&record.id) || text.is_empty();
        match standing.get(&record.id) {
            Some(shown) if *shown != (record.author.raw(), text.raw()) => {
                found.push(format!("{:?} is shown as {shown:?}", record.id));
            }
            None if !is_own_end => found.push(format!("{} lost {:?}", record.author.raw(), text.raw())),
            _ => {}
        }
    }
    found
}

fn sum(book: &Book) -> String {
    let notes = book.notes().map(|note| format!("{note:?}"));
    let signed = book.sign_offs().map(|signed| format!("{signed:?}"));
    let mut all: Vec<String> =
        notes.chain(signed).chain(book.gifts().map(|given| format!("{given:?}"))).collect();
    all.sort();
    format!("{all:?}")
}

#[test]
fn nobody_changes_what_another_has_said_and_every_order_of_arrival_comes_to_the_same() {
    let mut dice = Dice(11);
    for history in 0..times(200, 5_000) {
        // Two of them are one person at two machines.
        let mut people =
            [Person::new("Ana", "ana-1"), Person::new("Ben", "ben-1"), Person::new("Ana", "ana-2")];
        let mut all: Vec<Record> = vec![];
        for step in 0..30_u64 {
            let who = dice.roll(people.len());
            if dice.roll(3) == 0 {
                // Some of what the others have written arrives, in no order.
                for record in &all {
                    if dice.roll(2) == 0 {
                        people[who].hear(record);
                    }
                }
            } else if let Some(draft) = people[who].act(&mut dice, &format!("words {step}")) {
                let of_others: Vec<&Id> = draft.over.iter().collect();
                let author = people[who].me.author.clone();
                let is_own = |id: &&Id| all.iter().any(|one| one.id == **id && one.author == author);
                // What is decided of a card is decided anew by whoever knows of it; words are one's own.
                let is_decided = matches!(draft.act, Act::SignOff { .. } | Act::Give { .. });
                assert!(
                    is_decided || of_others.iter().all(is_own),
                    "{history}: a draft replaces another's record: {draft:?}"
                );
                all.push(people[who].keep(draft, step + 1));
            }
        }
        let whole = Book::of(all.clone());
        assert_eq!(faults(&all, &whole), Vec::<String>::new(), "{history}");
        let mut shuffled = all.clone();
        for at in (1..shuffled.len()).rev() {
            shuffled.swap(at, dice.roll(at + 1));
        }
        let mut piecemeal = Book::default();
        for record in shuffled {
            piecemeal.add([record]);
        }
        assert_eq!(sum(&whole), sum(&piecemeal), "{history}");
    }
}

/// Lines as visavis 0.1.0 wrote them: Ana's note, and Ben's in its place, into which her words were merged.
const BY_0_1_0: [&str; 2] = [
    r#"{"v":1,"id":"ana-7f3k2m9x.0_k3f9z-1","framework":"progress-card","lamport":1,"time":"2026-11-24T02:00:00+01:00","author":"Ana","act":"note","on":{"country":"ALB","edition":"2022","indicator":"opsc"},"text":"Article 12?""#,
    r#"{"v":1,"id":"ben-0q8r5t1v.0_x1c2v-1","framework":"progress-card","lamport":2,"time":"2026-11-24T03:00:00+01:00","author":"Ben","act":"note","on":{"country":"ALB","edition":"2022","indicator":"opsc"},"text":"Article 12?\n\nNo, 14.","over":["ana-7f3k2m9x.0_k3f9z-1"]"#,
];

fn summed(body: &str) -> String {
    format!("{body},\"crc\":\"{:08x}\"}}", crc32fast::hash(body.as_bytes()))
}

fn records(bodies: &[&str]) -> Vec<Record> {
    let read = |body: &&str| match line::read(summed(body).as_bytes()) {
        Ok(line::JournalLine::Record { record, .. }) => *record,
        other => panic!("{other:?}"),
    };
    bodies.iter().map(read).collect()
}

#[test]
fn a_note_of_0_1_0_in_another_s_place_is_an_answer_and_both_stand() {
    let all = records(&BY_0_1_0);
    let book = Book::of(all.clone());
    assert_eq!(faults(&all, &book), Vec::<String>::new());
    let thread = book.notes_on(&on("ALB"));
    assert_eq!(thread.len(), 2);
    assert_eq!(thread[1].answers, [all[0].id.clone()]);
    assert!(!book.has_split(&on("ALB")));
    // What is read is written again as it was.
    for (record, body) in all.into_iter().zip(BY_0_1_0) {
        let written = line::write(&line::JournalLine::Record {
            framework: "progress-card".into(),
            record: record.into(),
        });
        assert_eq!(written.trim_end(), summed(body));
    }
}

/// Reads a line by the rules of 0.1.0: the acts that it knew, by name; all others are a newer version's and are left.
fn is_known_to_0_1_0(line: &str) -> bool {
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    let known = ["flag", "resolve", "reopen", "note", "review", "assign", "undo"];
    line["act"].as_str().is_some_and(|act| known.contains(&act))
}

#[test]
fn an_answer_is_a_line_that_0_1_0_leaves_and_whoever_wrote_before_is_not_touched_by_it() {
    let ana = Book::of(records(&BY_0_1_0[..1]));
    let cem = Reviewer { writer: "cem-1".into(), author: Raw::from_static("Cem"), ..Reviewer::default() };
    let draft = drafts::note(&ana, &cem, on("ALB"), "It is 13.");
    assert_eq!(draft.over, [], "an answer replaces nothing, so 0.1.0 goes on showing what it shows");
    let mut person = Person::new("Cem", "cem-1");
    let record = person.keep(draft, 1);
    let written =
        line::write(&line::JournalLine::Record { framework: "progress-card".into(), record: record.into() });
    assert!(!is_known_to_0_1_0(written.trim_end()), "{written}");
    let plain = drafts::note(&Book::default(), &cem, on("ARM"), "A first word.");
    let record = person.keep(plain, 2);
    let written =
        line::write(&line::JournalLine::Record { framework: "progress-card".into(), record: record.into() });
    assert!(is_known_to_0_1_0(written.trim_end()), "{written}");
}

#[test]
fn what_is_decided_of_a_card_or_asked_of_somebody_are_lines_that_0_1_0_leaves() {
    let card = Target { indicator: None, ..on("ALB") };
    let words = || Raw::from_static("Ben");
    let acts = [
        Act::SignOff { on: card.clone(), stage: SignOffStage::SentBack, note: words(), seen: 7 },
        Act::Give { on: card, to: Some(words()) },
        Act::Address { flag: Id::from("ana.0-1"), to: Some(words()), due: None },
    ];
    let mut person = Person::new("Cem", "cem-1");
    for (act, number) in acts.into_iter().zip(1..) {
        let record = person.keep(Draft::new(act), number);
        let line = line::JournalLine::Record { framework: "progress-card".into(), record: record.into() };
        let written = line::write(&line);
        assert!(!is_known_to_0_1_0(written.trim_end()), "{written}");
        assert_eq!(line::read(written.trim_end().as_bytes()), Ok(line));
    }
}

#[test]
fn only_where_neither_knew_of_the_other_were_two_written_at_the_same_time() {
    let (mut ana, mut ben, mut cem) =
        (Person::new("Ana", "ana-1"), Person::new("Ben", "ben-1"), Person::new("Cem", "cem-1"));
    let say = |person: &mut Person, number, words: &str| {
        let draft = drafts::note(&Book::of(person.known.clone()), &person.me, on("ALB"), words);
        person.keep(draft, number)
    };
    let place: Target = on("ALB");
    let first = say(&mut ana, 1, "Article 12?");
    ben.hear(&first);
    cem.hear(&first);
    let (b, c) = (say(&mut ben, 1, "14"), say(&mut cem, 1, "15"));
    assert!(!Book::of([first.clone(), b.clone()]).has_split(&place), "Ben answered");
    assert!(Book::of([first.clone(), b.clone(), c.clone()]).has_split(&place), "Ben and Cem did not know");
    ana.hear(&b);
    ana.hear(&c);
    let settled = say(&mut ana, 2, "It is 14: page 3.");
    let book = Book::of([first, b.clone(), c.clone(), settled.clone()]);
    assert!(!book.has_split(&place), "Ana answered both");
    assert_eq!(book.notes_on(&place)[3].answers, [b.id.clone(), c.id]);
    // A new wording of what was answered stays answered.
    ben.lamport = settled.lamport;
    let draft = Draft {
        act: Act::Note { on: place.clone(), text: Raw::from_static("14, I think"), to: vec![] },
        over: vec![b.id],
    };
    let reworded = ben.keep(draft, 2);
    let all: Vec<Record> = book.records().cloned().chain([reworded.clone()]).collect();
    let book = Book::of(all);
    let last = book.notes_on(&place).iter().find(|note| note.said.id == settled.id).unwrap();
    assert!(last.answers.contains(&reworded.id) && !book.has_split(&place), "{last:?}");
}
