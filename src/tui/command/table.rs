//! The table of commands, in four parts by topic; a key is defined here and nowhere else.

mod browse;
mod program;
mod review;
mod typing;

use std::sync::LazyLock;

use super::{Command, HelpSection, Needs, Spec};
use crate::tui::scopes::Scope;

/// Every command. Within a section the help lists them in this order.
pub static COMMANDS: LazyLock<Vec<Spec>> =
    LazyLock::new(|| [browse::ROWS, review::ROWS, program::ROWS, typing::ROWS].concat());

const fn row(
    command: Command,
    name: &'static str,
    title: &'static str,
    keys: &'static [&'static str],
    section: HelpSection,
    scope: Scope,
) -> Spec {
    Spec {
        command,
        name,
        title,
        hint: "",
        last_word: "",
        keys,
        typing: &[],
        scope,
        section,
        needs: Needs::Nothing,
        words: "",
    }
}

impl Spec {
    const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    const fn last_word(self, last_word: &'static str) -> Self {
        Self { last_word, ..self }
    }

    const fn typing(self, typing: &'static [&'static str]) -> Self {
        Self { typing, ..self }
    }

    const fn needs(self, needs: Needs) -> Self {
        Self { needs, ..self }
    }

    const fn words(self, words: &'static str) -> Self {
        Self { words, ..self }
    }
}
