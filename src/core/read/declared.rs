//! The declared members of a framework's objects with what each may hold: the one list behind reading and schema.
//!
//! `null` is allowed for every member and means "not said".

mod tables;

pub use self::tables::{
    FINDING, FRAMEWORK, GOAL, GROUP, INDICATOR, LEVEL, NUMBERS, OWN_FINDINGS, PUBLISHED, REVIEW, SCALES,
    WHERE,
};
use super::{
    notes::{Notes, member},
    unknown_key,
    words::nearest,
};
use strum::IntoEnumIterator as _;

use crate::core::{
    cell::Gap,
    date::Date,
    json::{Node, NodeKind, NodeMember},
    severity::Severity,
};
use crate::text::Raw;

/// Decimals that a number may be printed with.
const MOST_DECIMALS: u16 = 12;

/// What a member may hold.
#[derive(Clone, Copy, Debug)]
pub enum DeclaredKind {
    /// The id of the format.
    Format(&'static str),
    Text,
    /// A text that is not empty.
    Id,
    /// Only `true` says something.
    True,
    Flag,
    /// A number within these bounds.
    Number(&'static NumberKind),
    /// A whole number from 0 up to this one.
    Whole(u16),
    /// A date such as 2010, 2010-07 or 2010-07-01.
    Date,
    Word(&'static WordKind),
    /// A list of texts that are not empty; whether it may be empty.
    Texts {
        may_be_empty: bool,
    },
    Object(&'static DeclaredObject),
    List(&'static DeclaredObject),
    Sources,
    Scales,
    /// A list of levels, each its id alone or an object.
    Levels(&'static DeclaredObject),
    /// `true` for any gap, or a list of them.
    Gaps,
    /// Signs that stand where a value is missing, each with the gap that it means.
    Missing,
}

/// A number within bounds, and what to say of others.
#[derive(Debug)]
pub struct NumberKind {
    pub least: f64,
    pub most: f64,
    code: &'static str,
    wanted: &'static str,
    /// What is used in place of another number; nothing if that depends on who asks.
    otherwise: &'static str,
}

/// One of a few words, each with its meaning, and what to say of others.
#[derive(Debug)]
pub struct WordKind {
    pub words: &'static [(&'static str, &'static str)],
    code: &'static str,
    wanted: &'static str,
}

/// A declared member.
#[derive(Debug)]
pub struct DeclaredMember {
    pub key: &'static str,
    pub holds: DeclaredKind,
    /// Whether the object is nothing without it.
    pub is_needed: bool,
    /// One sentence for the published schema.
    pub means: &'static str,
}

/// A kind of object with its members.
#[derive(Debug)]
pub struct DeclaredObject {
    pub name: &'static str,
    pub means: &'static str,
    pub members: &'static [DeclaredMember],
}

use DeclaredKind::{
    Flag, Format, Gaps, Id, Levels, List, Missing, Number, Object, Scales, Sources, Text, Texts, True, Whole,
    Word,
};

/// What is said of a member: `null` is not.
pub(super) fn said<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<&'n Node<'a>> {
    node.get(key).filter(|value| !value.is_null())
}

/// A gap that may be written, by its id.
fn gap_of(value: &Node<'_>) -> Option<Gap> {
    value.text().and_then(Gap::from_id).filter(|gap| gap.can_be_written())
}

/// The signs that an object declares as `missing`.
pub(super) fn missing(node: &Node<'_>) -> Vec<(Box<str>, Gap)> {
    let signs = said(node, "missing").and_then(Node::object).unwrap_or_default();
    signs.iter().filter_map(|entry| Some((entry.key.trim().into(), gap_of(&entry.value)?))).collect()
}

impl DeclaredObject {
    fn member(&self, key: &str) -> Option<&DeclaredMember> {
        self.members.iter().find(|known| known.key == key)
    }

    /// Whether a member of this name is declared.
    pub(super) fn has(&self, key: &str) -> bool {
        self.member(key).is_some()
    }

    /// Tells the members of an object that are not declared, and those that hold something else than they may.
    pub(super) fn check(&self, node: &Node<'_>, path: &str, notes: &mut Notes<'_>) {
        self.check_beside(&[], node, path, notes);
    }

    /// The same for an object that has these members too.
    pub(super) fn check_beside(
        &self,
        others: &[&'static str],
        node: &Node<'_>,
        path: &str,
        notes: &mut Notes<'_>,
    ) {
        for entry in node.object().unwrap_or_default() {
            if others.contains(&&*entry.key) {
                continue;
            }
            match self.member(&entry.key) {
                Some(_) if entry.value.is_null() => {}
                Some(known) => known.holds.check(&entry.value, &member(path, &entry.key), notes),
                None => {
                    let known = self.members.iter().map(|known| known.key).chain(others.iter().copied());
                    unknown_key(notes, path, &entry.key, entry.key_at, known);
                }
            }
        }
    }

    /// The text of a member, unless it is empty.
    pub(super) fn text(&self, node: &Node<'_>, key: &str) -> Option<Raw<'static>> {
        debug_assert!(self.has(key), "{key} is declared");
        let text = said(node, key)?.text().filter(|text| !text.is_empty());
        text.map(|text| Raw::new(text.to_owned()))
    }

    /// The number of a member, if it is within its bounds.
    pub(super) fn number(&self, node: &Node<'_>, key: &str) -> Option<f64> {
        let value = said(node, key)?;
        let is_right = self.member(key)?.holds.fault(value).is_none();
        // Zero has no sign.
        value.number().filter(|_| is_right).map(|number| number + 0.0)
    }

    /// The whole number of a member, if it is within its bounds.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole numbers have been checked to be in range"
    )]
    pub(super) fn whole(&self, node: &Node<'_>, key: &str) -> Option<u16> {
        self.number(node, key).map(|number| number as u16)
    }

    /// The items of a member that is a list.
    pub(super) fn list<'n, 'a>(&self, node: &'n Node<'a>, key: &str) -> Option<&'n [Node<'a>]> {
        debug_assert!(self.has(key), "{key} is declared");
        said(node, key)?.array()
    }

    /// The members of a member that is an object.
    pub(super) fn object<'n, 'a>(&self, node: &'n Node<'a>, key: &str) -> Option<&'n [NodeMember<'a>]> {
        debug_assert!(self.has(key), "{key} is declared");
        said(node, key)?.object()
    }

    /// The word of a member, the first that is known if nothing is said; `None` if it is another one.
    pub(super) fn word(&self, node: &Node<'_>, key: &str) -> Option<&'static str> {
        let Word(kind) = self.member(key)?.holds else { return None };
        let Some(written) = said(node, key) else { return kind.words.first().map(|(word, _)| *word) };
        kind.words.iter().map(|(word, _)| *word).find(|word| written.text() == Some(word))
    }

    /// The sign that a member declares, if it is one of those that it may be.
    pub(super) fn sign(&self, node: &Node<'_>, key: &str) -> Option<char> {
        said(node, key).and_then(|_| self.word(node, key))?.chars().next()
    }

    /// Whether a member says `true`.
    pub(super) fn flag(&self, node: &Node<'_>, key: &str) -> bool {
        debug_assert!(self.has(key), "{key} is declared");
        said(node, key).and_then(Node::boolean) == Some(true)
    }

    /// The date of a member.
    pub(super) fn date(&self, node: &Node<'_>, key: &str) -> Option<Date> {
        debug_assert!(self.has(key), "{key} is declared");
        said(node, key)?.text().and_then(Date::parse)
    }
}

impl DeclaredKind {
    /// Why a value is not what it may be: a code, and what was expected. Of lists and objects only whether they are one;
    /// their parts are checked when they are read.
    fn fault(&self, value: &Node<'_>) -> Option<(&'static str, &'static str)> {
        let (is_right, code, wanted) = match self {
            // Another format is told by who reads it.
            Format(_) => (true, "", ""),
            Text | Id => (value.text().is_some(), "not-text", "text"),
            Flag => (value.boolean().is_some(), "not-a-flag", "true or false"),
            True => (value.boolean() == Some(true), "bad-where", "true"),
            Number(kind) => match value.number() {
                None => (false, "not-a-number", "a number"),
                Some(number) => ((kind.least..=kind.most).contains(&number), kind.code, kind.wanted),
            },
            Whole(most) => {
                let is_whole =
                    |number: f64| number.fract() == 0.0 && (0.0..=f64::from(*most)).contains(&number);
                let wanted = if *most == MOST_DECIMALS {
                    "a whole number from 0 to 12"
                } else {
                    "a whole number from 0 to 65535"
                };
                (value.number().is_some_and(is_whole), "not-a-number", wanted)
            }
            DeclaredKind::Date => (
                value.text().and_then(Date::parse).is_some(),
                "not-a-date",
                "an edition such as 2010 or 2022-03",
            ),
            Word(kind) => {
                let is_known = |text: &str| kind.words.iter().any(|(word, _)| *word == text);
                (value.text().is_some_and(is_known), kind.code, kind.wanted)
            }
            Texts { .. } | List(_) | Levels(_) => (value.array().is_some(), "not-a-list", "a list"),
            Object(_) | Sources | Scales | Missing => {
                (value.object().is_some(), "not-an-object", "an object")
            }
            Gaps => (
                value.array().is_some() || value.boolean() == Some(true),
                "bad-where",
                "true, or a list of gaps",
            ),
        };
        (!is_right).then_some((code, wanted))
    }

    fn check(&self, value: &Node<'_>, path: &str, notes: &mut Notes<'_>) {
        // What is no JSON has been told.
        if value.kind == NodeKind::Malformed {
            return;
        }
        if let Format(known) = self
            && value.text() != Some(known)
        {
            let found = notes.excerpt(value);
            let message = format!("the format of this file is {found}; it is read as \"{known}\"");
            notes.warning("unknown-schema", value.at, path, message).hint =
                Some(super::members::NEWER.to_owned());
            return;
        }
        if let (Missing, Some(signs)) = (self, value.object()) {
            for entry in signs.iter().filter(|entry| gap_of(&entry.value).is_none()) {
                let wanted = "a gap: not-assessed, no-data, not-applicable or withheld";
                let near = entry.value.text().and_then(|text| nearest(text, Gap::iter().map(Gap::id)));
                notes.expected("unknown-gap", &entry.value, member(path, &entry.key), wanted).hint =
                    near.map(|near| format!("did you mean \"{near}\"?"));
            }
        }
        let Some((code, wanted)) = self.fault(value) else { return };
        let hint = self.mend(value, &notes.excerpt(value));
        let fault = notes.expected(code, value, path, wanted);
        fault.severity = Severity::Error;
        fault.hint = hint;
        let otherwise = match self {
            Number(kind) => kind.otherwise,
            Whole(most) if *most == MOST_DECIMALS => "none are used",
            Whole(_) => "nothing is marked as outdated",
            _ => "",
        };
        if !otherwise.is_empty() {
            fault.message = format!("{}; {otherwise}", fault.message);
        }
    }

    /// What to write in place of a value that is not what it may be, if that can be told from what stands there.
    fn mend(&self, value: &Node<'_>, written: &str) -> Option<String> {
        let is_right = |kind: NodeKind<'static>| self.fault(&Node { at: 0, end: 0, kind }).is_none();
        let text = value.text();
        let number = text.and_then(|text| text.trim().parse::<f64>().ok()).or_else(|| value.number());
        match self {
            Word(kind) => {
                let near = nearest(text?, kind.words.iter().map(|(word, _)| *word))?;
                Some(format!("did you mean \"{near}\"?"))
            }
            Number(_) | Whole(_) if text.is_some() => {
                let number = number.filter(|number| is_right(NodeKind::Number(*number)))?;
                Some(format!("write {number} without quotes"))
            }
            Number(kind) if kind.most <= 1.0 => {
                let share = number.filter(|number| (1.0..=100.0).contains(number))? / 100.0;
                Some(format!("write {share} if it is a percentage"))
            }
            Flag | True if matches!(text, Some("true" | "false")) => {
                let said = text.filter(|text| is_right(NodeKind::Bool(*text == "true")))?;
                Some(format!("write {said} without quotes"))
            }
            True => Some("write true".to_owned()),
            Gaps if text.is_some_and(|text| Gap::from_id(text).is_some_and(Gap::can_be_written)) => {
                Some("put [ ] around it".to_owned())
            }
            Gaps => Some("write true for any gap, or name those that are meant: [\"no-data\"]".to_owned()),
            Text | Id | DeclaredKind::Date => {
                let is_short =
                    value.number().is_some() && is_right(NodeKind::String(written.to_owned().into()));
                is_short.then(|| format!("write \"{written}\""))
            }
            Texts { .. } if text.is_some() => Some("put [ ] around it".to_owned()),
            List(_) if value.object().is_some() => Some("put [ ] around it".to_owned()),
            _ => None,
        }
    }
}
