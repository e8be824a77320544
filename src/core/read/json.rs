//! Files in JSON: frameworks, cards in their four forms, and findings of users.

mod words;
mod entries;
mod walk;
mod recover;
mod documents;
mod look;

use super::{
    framework,
    input::{CardInput, Head, Input, SharedParts},
    json_form::{Form, form},
    notes::Notes,
    unknown_key,
};
use crate::core::{
    framework::{Framework, Group},
    input_file::{InputFile, NamedText, problem},
    json::{Fault, JsonReader, Limits, Pull},
    problem::Problem,
};
use crate::text::Raw;

/// How cards of a form are read; a text that is no JSON is broken as a whole.
macro_rules! cards_of {
    ($form:expr) => {
        cards_of!($form, whole_fault)
    };
    ($form:expr, $fault:expr) => {
        Some(CardInput {
            look: |file, see| look::look(file, $form, see),
            read: |file, reading| documents::read(file, $form, reading),
            fault: $fault,
        })
    };
}

pub(super) static FRAMEWORK: Input = Input {
    name: "framework",
    about: "the goals, indicators and scales that cards answer to, in JSON",
    claims: |head| head.form() == Form::Framework,
    shared: shared_framework,
    ..Input::EMPTY
};

pub(super) static FINDINGS: Input = Input {
    name: "findings",
    about: "findings of your own for a framework, in JSON",
    claims: |head| head.form() == Form::Findings,
    findings: Some(read_findings),
    ..Input::EMPTY
};

pub(super) static ARRAY: Input = Input {
    name: "cards",
    about: "a list of cards, in JSON",
    claims: |head| head.form() == Form::Array,
    cards: cards_of!(Form::Array),
    ..Input::EMPTY
};

pub(super) static LINES: Input = Input {
    name: "JSON Lines",
    about: "a card a line, in files that end in .jsonl or .ndjson or hold several values",
    claims: |head| head.form() == Form::Lines,
    shared: second_value,
    // Each line stands for itself.
    cards: cards_of!(Form::Lines, |_, _| None),
    ..Input::EMPTY
};

pub(super) static BUNDLE: Input = Input {
    name: "bundle",
    about: "a framework, groups and cards in one, in JSON",
    claims: |head| head.form() == Form::Bundle,
    shared: shared_bundle,
    cards: cards_of!(Form::Bundle),
    ..Input::EMPTY
};

/// Also what nothing else claims: why it is no card is told.
pub(super) static CARD: Input = Input {
    name: "card",
    about: "one country in one edition, in JSON",
    claims: |_| true,
    cards: cards_of!(Form::One),
    ..Input::EMPTY
};

impl Head<'_> {
    /// What the text is as JSON.
    pub(super) fn form(&self) -> Form {
        let named = &self.file.own;
        let lines = promises_lines(&named.name);
        *self.form.get_or_init(|| form(&named.text, named.start(), lines))
    }
}

fn promises_lines(name: &Raw<'_>) -> bool {
    [".jsonl", ".ndjson"].iter().any(|end| name.raw().to_lowercase().ends_with(end))
}

/// Why a text is no JSON.
pub(super) fn whole_fault(file: &InputFile, limits: &Limits) -> Option<Problem> {
    let named = &file.own;
    if serde_json::from_str::<serde::de::IgnoredAny>(&named.text[named.start()..]).is_ok() {
        return None;
    }
    let reader = JsonReader::new(&named.text, limits);
    let fault = reader.whole(named.start()..named.text.len()).err()?;
    Some(problem(&named.name, reader.places(), fault))
}

/// A file that is not called JSON Lines and holds several values.
fn second_value(file: &InputFile, limits: &Limits) -> SharedParts {
    let is_told = promises_lines(file.name()) || file.name().raw() == "-";
    let problems = if is_told { None } else { whole_fault(file, limits) };
    SharedParts { problems: problems.into_iter().collect(), ..SharedParts::default() }
}

/// The framework of a text, with what is wrong with it.
pub(super) fn read_framework(named: &NamedText, limits: &Limits) -> SharedParts {
    let (text, start) = (&*named.text, named.start());
    let reader = JsonReader::new(text, limits);
    let whole = reader.whole(start..text.len());
    let read = whole.or_else(|fault| match reader.first_lenient(start..text.len()) {
        Ok((node, faults, end)) if text[end..].trim().is_empty() => Ok((node, faults)),
        _ => Err(fault),
    });
    match read {
        Err(fault) => {
            let message = format!("the framework is lost: {}", fault.message);
            SharedParts { problems: named.problems([Fault { message, ..fault }]), ..SharedParts::default() }
        }
        Ok((node, faults)) => {
            let mut notes = Notes::new(text);
            let framework = framework::read(&node, "$", &mut notes);
            let frameworks = framework.map(|framework| with_duplicate(framework, node.at, named));
            let problems = named.problems(faults.into_iter().chain(notes.faults));
            SharedParts { frameworks: frameworks.into_iter().collect(), problems, ..SharedParts::default() }
        }
    }
}

fn shared_framework(file: &InputFile, limits: &Limits) -> SharedParts {
    read_framework(&file.own, limits)
}

/// A framework, and what to tell if another one of its id says something else.
fn with_duplicate(framework: Framework, at: usize, named: &NamedText) -> (Framework, Problem) {
    let message = format!(
        "framework \"{}\" was read already and says something else; the first one is used",
        framework.id
    );
    let hint = Some("give one of the two another \"id\"".to_owned());
    let fault = Fault { hint, path: "$".to_owned(), ..Fault::error("duplicate-framework", at, message) };
    let reader = JsonReader::new(&named.text, &Limits::default());
    let told = problem(&named.name, reader.places(), fault);
    (framework, told)
}

/// The framework and the groups of a bundle; its cards wait.
fn shared_bundle(file: &InputFile, limits: &Limits) -> SharedParts {
    let named = &file.own;
    let text = &*named.text;
    let reader = JsonReader::new(text, limits);
    let Some(parts) = bundle_parts(text, named.start(), limits) else { return SharedParts::default() };
    let mut notes = Notes::new(text);
    let (mut faults, mut frameworks, mut groups) = (vec![], vec![], Vec::<Group>::new());
    for (key, key_at, at) in parts {
        const KEYS: [&str; 4] = ["schema", "framework", "cards", "groups"];
        if !KEYS.contains(&&*key) {
            unknown_key(&mut notes, "$", &key, key_at, KEYS);
        }
        if !matches!(&*key, "framework" | "groups") {
            continue;
        }
        let path = format!("$.{key}");
        let (node, odd, _) = match reader.first_lenient(at..text.len()) {
            Ok(read) => read,
            Err(fault) => {
                let message = format!("the {key} of this bundle is lost: {}", fault.message);
                faults.push(Fault { path, message, ..fault });
                continue;
            }
        };
        faults.extend(
            odd.into_iter().map(|fault| Fault {
                path: format!("{path}{}", fault.path.trim_start_matches('$')),
                ..fault
            }),
        );
        if key == "framework" {
            let framework = framework::read(&node, &path, &mut notes);
            frameworks.extend(framework.map(|framework| with_duplicate(framework, node.at, named)));
        } else {
            groups.extend(framework::read_groups(&node, &path, &mut notes));
        }
    }
    SharedParts { frameworks, groups, problems: named.problems(faults.into_iter().chain(notes.faults)) }
}

/// Where the values of a bundle's members stand, but for its cards, as far as it can be read; `None` if the text is no
/// object.
fn bundle_parts(text: &str, start: usize, limits: &Limits) -> Option<Vec<(String, usize, usize)>> {
    let mut pull = Pull::new(text, start..text.len(), limits).lenient();
    let opened = pull.open_object().ok()??;
    let (mut parts, mut is_first) = (vec![], true);
    while let Ok(Some(key)) = pull.next_key(opened, &mut is_first) {
        pull.peek();
        let is_cards = key.text == "cards";
        if !is_cards {
            parts.push((key.text.into_owned(), key.at, pull.at()));
        }
        if pull.skip().is_err() {
            if is_cards {
                parts.extend(parts_after(text, pull.at()));
            }
            break;
        }
    }
    Some(parts)
}

/// The framework and the groups that stand behind broken cards: no card has an object or a list of that name.
fn parts_after(text: &str, from: usize) -> Vec<(String, usize, usize)> {
    let find = |key: &str, bracket: char| {
        let quoted = format!("\"{key}\"");
        text[from..].match_indices(&quoted).find_map(|(at, _)| {
            let rest = text[from + at + quoted.len()..].trim_start().strip_prefix(':')?.trim_start();
            rest.starts_with(bracket).then(|| (key.to_owned(), from + at, text.len() - rest.len()))
        })
    };
    [find("framework", '{'), find("groups", '[')].into_iter().flatten().collect()
}

/// Adds findings that a user stated for this framework; those for another are left alone.
fn read_findings(named: &NamedText, limits: &Limits, framework: &mut Framework) -> Vec<Problem> {
    let text = &*named.text;
    match JsonReader::new(text, limits).whole(named.start()..text.len()) {
        Err(fault) => named.problems([fault]),
        Ok((node, faults)) => {
            let mut notes = Notes::new(text);
            framework::read_findings(&node, framework, &mut notes);
            named.problems(faults.into_iter().chain(notes.faults))
        }
    }
}
