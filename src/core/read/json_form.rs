//! What a text is as JSON, told by its content: a framework, cards in one of several forms, or nothing of ours.

use crate::core::json::{Limits, Pull};

/// The forms a text can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Framework,
    /// One card, or something that is none: the careful way tells.
    One,
    Array,
    /// One value a line.
    Lines,
    Bundle,
    /// A user's findings for a framework that stands elsewhere.
    Findings,
    /// The descriptor of a data package.
    Package,
}

/// Tells the form of a text from its first value. `start` is where the text begins after a byte order mark;
/// `lines` says that the name promises JSON Lines.
pub(super) fn form(text: &str, start: usize, lines: bool) -> Form {
    let body = &text[start..];
    if lines && !is_one_value_over_lines(body) {
        return Form::Lines;
    }
    if body.trim_start().starts_with('[') {
        return Form::Array;
    }
    match first_object(body) {
        Some(Form::One) if has_second_value(body) => Form::Lines,
        Some(form) => form,
        None => Form::One,
    }
}

/// Whether the first line is no value, and the whole text is one: then the name promises what the text does not keep.
fn is_one_value_over_lines(body: &str) -> bool {
    let is_value = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    let first = body.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    !is_value(first) && is_value(body)
}

/// Reads keys only until one decides, leniently: a value that is no JSON says nothing about what the file is. A framework
/// has findings too, and a card may have any key: `findings` and `resources` decide when nothing else does.
fn first_object(body: &str) -> Option<Form> {
    let mut pull = Pull::new(body, 0..body.len(), &Limits::default()).lenient();
    let opened = pull.open_object().ok()??;
    let (mut is_first, mut otherwise) = (true, Form::One);
    loop {
        match pull.next_key(opened, &mut is_first).ok()? {
            None => return Some(otherwise),
            Some(key) => match &*key.text {
                "goals" | "scales" => return Some(Form::Framework),
                "cards" => return Some(Form::Bundle),
                "assessments" => return Some(Form::One),
                "findings" => otherwise = Form::Findings,
                "resources" => otherwise = Form::Package,
                _ => {}
            },
        }
        pull.skip().ok()?;
    }
}

/// Whether something that starts like JSON follows the first value on a line of its own.
fn has_second_value(body: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(body).into_iter::<serde::de::IgnoredAny>();
    if !matches!(values.next(), Some(Ok(_))) {
        return false;
    }
    let rest = &body[values.byte_offset()..];
    let on_its_own_line = rest.split_once('\n').is_some_and(|(line, _)| line.trim().is_empty());
    on_its_own_line && rest.trim_start().starts_with('{')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_says_what_a_file_is() {
        for (text, want) in [
            (r#"{"id":"f","goals":[]}"#, Form::Framework),
            (r#"{"country":"IRL","assessments":{}}"#, Form::One),
            (r#"[{"country":"IRL"}]"#, Form::Array),
            ("{\"assessments\":{}}\n{\"assessments\":{}}", Form::Lines),
            (r#"{"framework":{"goals":[]},"cards":[]}"#, Form::Bundle),
            (r#"{"findings":[],"goals":[]}"#, Form::Framework),
            (r#"{"framework":"f","findings":[]}"#, Form::Findings),
            (r#"{"name":"f","resources":[]}"#, Form::Package),
            (r#"{"resources":[],"assessments":{}}"#, Form::One),
            (r"{oops", Form::One),
            (r#"{"assessments":{}} x"#, Form::One),
        ] {
            assert_eq!(form(text, 0, false), want, "{text}");
        }
        for (text, want) in [
            ("{\"assessments\":{}}", Form::Lines),
            ("{\"country\"\n", Form::Lines),
            ("{\n\"assessments\": {}\n}\n", Form::One),
            ("[\n{ \"assessments\": {} }\n]\n", Form::Array),
        ] {
            assert_eq!(form(text, 0, true), want, "in JSON Lines: {text}");
        }
    }
}
