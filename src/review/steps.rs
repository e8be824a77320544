//! What was done in this session, step by step, so that undo takes back the last step and redo brings it back.

use super::{
    book::Book,
    record::{Act, Draft, Id, Record},
};

/// The steps of one session, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// The records of each step that holds.
    done: Vec<Vec<Id>>,
    /// The steps taken back since the last new one, each with the undo that took it back.
    undone: Vec<(Id, Vec<Id>)>,
    /// What undo or redo has asked to be kept, until it is.
    asked: Option<Draft>,
    /// Steps of an earlier session that undo has named and not taken back yet.
    named: Vec<Id>,
    /// Whether steps of earlier sessions are taken back without a question.
    goes_on: bool,
}

/// What undo finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undoing {
    Step(Draft),
    /// Records of an earlier session: taken back if undo is asked for once more.
    Earlier(Vec<Id>),
    Nothing,
}

impl Steps {
    /// Takes back the last step of this session, whatever it was, else the writer's latest of an earlier one, which has to
    /// be asked for twice.
    pub fn undo(&mut self, book: &Book, writer: &str) -> Undoing {
        // A step may have been taken back otherwise since.
        while self.done.pop_if(|step| step.iter().all(|id| book.is_undone(id))).is_some() {}
        let of = match self.done.last() {
            Some(step) => step.clone(),
            None => {
                let earlier = book.undoable(writer);
                if earlier.is_empty() {
                    return Undoing::Nothing;
                }
                if !self.goes_on && self.named != earlier {
                    self.named.clone_from(&earlier);
                    return Undoing::Earlier(earlier);
                }
                self.goes_on = true;
                earlier
            }
        };
        let draft = Draft::new(Act::Undo { of });
        self.asked = Some(draft.clone());
        Undoing::Step(draft)
    }

    /// Whether an undo or redo is being written.
    pub const fn is_saving(&self) -> bool {
        self.asked.is_some()
    }

    /// Brings back the step that was taken back last, if nothing was done since; `None` if there is none.
    pub fn redo(&mut self) -> Option<Draft> {
        let (undo, _) = self.undone.last()?;
        let draft = Draft::new(Act::Undo { of: vec![undo.clone()] });
        self.asked = Some(draft.clone());
        Some(draft)
    }

    /// Call with what is on the disk.
    pub fn kept(&mut self, records: &[Record]) {
        self.named.clear();
        if let ([Record { id, act: Act::Undo { of }, .. }], Some(asked)) = (records, &self.asked)
            && asked.act == records[0].act
        {
            self.asked = None;
            match self.undone.pop_if(|(undo, _)| of.contains(undo)) {
                Some((_, step)) => self.done.push(step),
                None => {
                    self.done.pop_if(|step| step == of);
                    self.undone.push((id.clone(), of.clone()));
                }
            }
            return;
        }
        self.undone.clear();
        if !records.is_empty() {
            self.done.push(records.iter().map(|record| record.id.clone()).collect());
        }
    }

    /// Call when what was asked for could not be kept.
    pub fn not_kept(&mut self, drafts: &[Draft]) {
        if self.asked.as_ref().is_some_and(|asked| drafts.contains(asked)) {
            self.asked = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        review::{FlagKind, Target},
        text::Raw,
    };

    /// A session that keeps at once whatever it is asked to.
    #[derive(Default)]
    struct Session {
        steps: Steps,
        records: Vec<Record>,
    }

    impl Session {
        fn keep(&mut self, drafts: Vec<Draft>) -> Vec<Id> {
            let (lamport, many) = (self.book().latest() + 1, self.records.len() as u64);
            let record = |(draft, number): (Draft, u64)| Record {
                id: Id::new("ana.0", number),
                lamport,
                time: "2026-11-29T10:00:00Z".into(),
                author: Raw::from_static("Ana"),
                act: draft.act,
                over: draft.over,
            };
            let kept: Vec<Record> = drafts.into_iter().zip(many + 1..).map(record).collect();
            self.records.extend(kept.clone());
            self.steps.kept(&kept);
            kept.into_iter().map(|record| record.id).collect()
        }

        fn flag(&mut self, indicator: &str) -> Id {
            let on = Target {
                country: Some("ALB".into()),
                edition: "2022".into(),
                indicator: Some(indicator.into()),
            };
            let act = Act::Flag { on, kind: FlagKind::Question, note: Raw::default() };
            self.keep(vec![Draft::new(act)]).remove(0)
        }

        fn undo(&mut self) -> bool {
            match self.steps.undo(&self.book(), "ana") {
                Undoing::Step(draft) => _ = self.keep(vec![draft]),
                Undoing::Earlier(_) | Undoing::Nothing => return false,
            }
            true
        }

        fn redo(&mut self) -> bool {
            self.steps.redo().map(|draft| self.keep(vec![draft])).is_some()
        }

        fn book(&self) -> Book {
            Book::of(self.records.clone())
        }

        fn holding(&self, ids: &[&Id]) -> Vec<bool> {
            let book = self.book();
            ids.iter().map(|id| !book.is_undone(id)).collect()
        }
    }

    #[test]
    fn steps_are_taken_back_in_order_and_brought_back_in_order() {
        let mut session = Session::default();
        let (a, b) = (session.flag("opsc"), session.flag("plan"));
        assert!(session.undo());
        assert_eq!(session.holding(&[&a, &b]), [true, false]);
        assert!(session.undo());
        assert_eq!(session.holding(&[&a, &b]), [false, false]);
        assert!(!session.undo(), "nothing is left");
        assert!(session.redo());
        assert_eq!(session.holding(&[&a, &b]), [true, false]);
        assert!(session.redo());
        assert_eq!(session.holding(&[&a, &b]), [true, true]);
        assert!(!session.redo());
        assert!(session.undo() && session.undo());
        session.flag("police");
        assert!(!session.redo(), "something new was done");
    }

    #[test]
    fn what_was_taken_off_by_hand_is_a_step_too() {
        let mut session = Session::default();
        let mark = session.flag("opsc");
        session.keep(vec![Draft::new(Act::Undo { of: vec![mark.clone()] })]);
        assert_eq!(session.holding(&[&mark]), [false]);
        assert!(session.undo(), "the taking off is taken back");
        assert_eq!(session.holding(&[&mark]), [true]);
        assert!(session.undo(), "then the mark itself");
        assert_eq!(session.holding(&[&mark]), [false]);
        assert!(session.redo() && session.redo());
        assert_eq!(session.holding(&[&mark]), [false]);
    }

    #[test]
    fn what_an_earlier_session_did_is_named_before_it_is_taken_back() {
        let mut session = Session::default();
        let (a, b) = (session.flag("opsc"), session.flag("plan"));
        session.steps = Steps::default();
        let book = session.book();
        assert_eq!(session.steps.undo(&book, "ana"), Undoing::Earlier(vec![b.clone()]));
        assert!(session.undo(), "asked for once more");
        assert_eq!(session.holding(&[&a, &b]), [true, false]);
        assert!(session.undo(), "and then it goes on");
        assert_eq!(session.holding(&[&a, &b]), [false, false]);
    }

    #[test]
    fn what_could_not_be_kept_is_still_the_last_step() {
        let mut session = Session::default();
        let a = session.flag("opsc");
        let book = session.book();
        let Undoing::Step(draft) = session.steps.undo(&book, "ana") else { panic!("a step") };
        session.steps.not_kept(&[draft]);
        assert!(session.undo());
        assert_eq!(session.holding(&[&a]), [false]);
    }
}
