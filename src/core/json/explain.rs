//! Plain words for a text that is no JSON: what was expected, what stands there, how to mend it.

use super::{excerpt, fault::Fault, near};

/// What may stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// The value that is the whole text.
    Document,
    /// The value of a key.
    Value,
    /// What follows `[`.
    FirstItem,
    /// What follows a comma in an array.
    Item,
    /// What follows `{`.
    FirstKey,
    /// What follows a comma in an object.
    Key,
    /// What follows a key.
    Colon,
    /// What follows a value in an object.
    NextMember,
    /// What follows a value in an array.
    NextItem,
    /// Nothing more.
    End,
}

impl Want {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Document => "a JSON value",
            Self::Value | Self::Item => "a value",
            Self::FirstItem => "a value or ']'",
            Self::FirstKey => "a key in double quotes or '}'",
            Self::Key => "a key in double quotes",
            Self::Colon => "':' after the key",
            Self::NextMember => "',' or '}' after the value",
            Self::NextItem => "',' or ']' after the value",
            Self::End => "the end of the text",
        }
    }
}

const ONE_COMMA: &str = "remove one comma";
const QUOTE_TEXT: &str = "put text in double quotes";
const WRITE_NULL: &str = "write null where there is no value";

/// Why the byte `at` of `text`, where no white space stands, cannot be what is wanted.
pub(super) fn unexpected(text: &str, at: usize, want: Want) -> Fault {
    let rest = &text[at..];
    let Some(first) = rest.chars().next() else { return cut_off(at, want.words()) };
    foreign(rest, first, at, want).unwrap_or_else(|| match want {
        Want::Document => no_document(text, first, at),
        Want::Value | Want::FirstItem | Want::Item => no_value(text, first, at, want),
        Want::FirstKey | Want::Key => no_key(text, first, at, want),
        Want::Colon => no_colon(text, rest, at),
        Want::NextMember | Want::NextItem => not_next(text, first, at, want),
        Want::End => after_end(rest, first, at),
    })
}

/// The text ends where `expected` should stand.
pub(super) fn cut_off(at: usize, expected: &str) -> Fault {
    Fault::error("cut-off", at, format!("the text ends too early: expected {expected}"))
        .expected(expected)
        .found("the end of the text")
        .hint("the file may have been cut off while it was saved or copied")
}

/// What stands where a string may end.
pub(super) const CLOSING: &str = "text or a closing \"";

/// A string that lacks its closing quote, which belongs here.
pub(super) fn unclosed(text: &str, at: usize) -> Fault {
    let rest = text[at..].trim_start_matches(' ');
    let fault = Fault::error("syntax", at, "a string has no closing quote").expected(CLOSING);
    let curly = ['\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '«', '»'];
    if let Some(sign) = text[..at].chars().next_back().filter(|last| curly.contains(last)) {
        let message = format!("a curly quote, {}, closes no string", excerpt::describe(sign));
        return Fault { at: at - sign.len_utf8(), message, ..fault }
            .found(excerpt::describe(sign))
            .hint("replace it by a straight \"");
    }
    let found =
        if rest.starts_with(['\n', '\r']) { "the end of the line".to_owned() } else { excerpt::token(rest) };
    fault.found(found).hint("put a \" here, behind the text")
}

/// A text without any value.
pub(super) fn empty(at: usize) -> Fault {
    let message = if at == 0 { "empty file" } else { "only white space" };
    Fault::error("empty", at, message)
        .expected("a JSON value")
        .found("nothing")
        .hint("put a JSON value in it")
}

/// Texts of another kind, told by how they begin.
pub(super) fn other_kind(rest: &str, at: usize) -> Option<Fault> {
    let start: String = rest.chars().take(14).collect::<String>().to_ascii_lowercase();
    let (name, hint) = if rest.starts_with("version https://git-lfs.github.com/spec/") {
        ("a Git LFS pointer", "run `git lfs pull` to get the file itself")
    } else if start.starts_with("<?xml") {
        ("XML", "export the data as JSON")
    } else if ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag)) {
        ("HTML", "a web page, perhaps an error page, was saved in place of the data: fetch it again")
    } else {
        return None;
    };
    Some(
        Fault::error("not-json", at, format!("this is {name}, not JSON"))
            .expected("JSON")
            .found(name)
            .hint(hint),
    )
}

fn plain(at: usize, want: Want, rest: &str) -> Fault {
    let found = excerpt::token(rest);
    Fault::error("syntax", at, format!("expected {}, found {found}", want.words()))
        .expected(want.words())
        .found(found)
}

fn special(at: usize, want: Want, found: impl Into<String>, message: impl Into<String>) -> Fault {
    Fault::error("syntax", at, message).expected(want.words()).found(found)
}

/// What stands nowhere in JSON outside strings.
fn foreign(rest: &str, first: char, at: usize, want: Want) -> Option<Fault> {
    if let Some(mark) =
        ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().find(|mark| rest.starts_with(**mark))
    {
        let message = "a merge conflict was left in the file";
        return Some(
            special(at, want, *mark, message).hint("settle the conflict and remove its marker lines"),
        );
    }
    if let Some(mark) = ["//", "/*", "#", "<!--"].iter().find(|mark| rest.starts_with(**mark)) {
        return Some(special(at, want, *mark, "JSON has no comments").hint("remove the comment"));
    }
    let found = excerpt::describe(first);
    match first {
        '\'' | '`' => {
            let name = if first == '`' { "backticks" } else { "single quotes" };
            let message = format!("{name} where JSON has double quotes");
            let inside = rest[1..].split_once(first).map_or("", |(inside, _)| inside);
            let more = if inside.contains('"') { ", and write each quote between them as \\\"" } else { "" };
            Some(special(at, want, found, message).hint(format!("replace both {first} by \"{more}")))
        }
        '\u{2018}'..='\u{201f}' | '«' | '»' | '\u{2039}' | '\u{203a}' => {
            let message = format!("a curly quote, {found}, where JSON has double quotes");
            Some(
                special(at, want, found, message).hint("replace it and the one that closes by a straight \""),
            )
        }
        '\0' => {
            let hint = "a crash may have filled the file with zeros: restore it from a copy";
            Some(special(at, want, "a NUL byte", "NUL bytes in the file").hint(hint))
        }
        _ if first.is_whitespace() || excerpt::is_invisible(first) => {
            let message = format!("{found} is not white space in JSON");
            Some(special(at, want, found, message).hint("remove it, or replace it by an ordinary space"))
        }
        _ => None,
    }
}

fn no_document(text: &str, first: char, at: usize) -> Fault {
    let rest = &text[at..];
    if let Some(fault) = other_kind(rest, at) {
        return fault;
    }
    let name = excerpt::word(rest);
    let line = rest.lines().next().unwrap_or_default();
    let after = &rest[name.len()..];
    if name.is_empty() {
        return no_value(text, first, at, Want::Document);
    }
    let fault = plain(at, Want::Document, rest);
    if after.starts_with(':') {
        fault.hint("this looks like YAML: convert it to JSON")
    } else if after.starts_with('(') {
        fault.hint("this looks like JSONP: keep only what stands between ( and )")
    } else if line.contains([',', ';', '\t']) {
        fault.hint("this looks like a table (CSV), and tables are not read; a data package is opened by its datapackage.json")
    } else {
        no_value(text, first, at, Want::Document)
    }
}

fn no_value(text: &str, first: char, at: usize, want: Want) -> Fault {
    let rest = &text[at..];
    match first {
        ']' if want == Want::Item => {
            special(at, want, "']'", "a comma stands before ']'").hint("remove the comma before ]")
        }
        ':' if text[..at].trim_end().ends_with(':') => plain(at, want, rest).hint("remove one ':'"),
        ',' if want != Want::Value => plain(at, want, rest).hint(ONE_COMMA),
        ',' | '}' | ']' if want == Want::Value => plain(at, want, rest).hint(WRITE_NULL),
        '+' => {
            special(at, want, excerpt::token(rest), "a number cannot start with '+'").hint("remove the '+'")
        }
        '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
            special(at, want, excerpt::token(rest), "a number needs a digit before its '.'")
                .hint("write 0 before the '.'")
        }
        _ if first.is_numeric() && !first.is_ascii() => {
            plain(at, want, rest).hint("write numbers with the digits 0 to 9")
        }
        '\u{2012}'..='\u{2015}' | '\u{2212}' => plain(at, want, rest).hint("write '-' in its place"),
        _ if excerpt::word(rest).is_empty() => plain(at, want, rest),
        _ if near::lacks_first_quote(text, at) => no_opening_quote(at, want, rest),
        _ => bare_word(text, at, want),
    }
}

/// A word that is no value, some of them well known from other languages.
fn bare_word(text: &str, at: usize, want: Want) -> Fault {
    let rest = &text[at..];
    let word = excerpt::word(rest);
    // Nothing longer than these is known, and a word can be as long as the file.
    let known = if word.len() <= 12 { word.to_ascii_lowercase() } else { String::new() };
    let found = excerpt::token(rest);
    match known.as_str() {
        "nan" => special(at, want, found, "NaN is not a value in JSON").hint(WRITE_NULL),
        "infinity" | "inf" => special(at, want, found, "Infinity is not a value in JSON").hint(WRITE_NULL),
        "true" | "false" | "null" => {
            let message = format!("expected {known} in small letters, found {found}");
            special(at, want, found, message).hint(format!("write {known}"))
        }
        "nil" | "undefined" => plain(at, want, rest).hint(WRITE_NULL),
        "none" | "na" if word == "None" => plain(at, want, rest).hint(WRITE_NULL),
        "none" | "na" => plain(at, want, rest)
            .hint(format!("{WRITE_NULL}, or \"{word}\" in double quotes if it is an answer")),
        "yes" | "no" => {
            plain(at, want, rest).hint(format!("write true or false, or \"{known}\" in double quotes"))
        }
        _ => {
            let words = near::run(text, at);
            let is_plain = words.len() <= 40 && !words.contains(['\\', '/', '#', '\'', ';']);
            let fault = plain(at, want, rest);
            if is_plain { fault.hint(format!("{QUOTE_TEXT}: \"{words}\"")) } else { fault.hint(QUOTE_TEXT) }
        }
    }
}

fn no_opening_quote(at: usize, want: Want, rest: &str) -> Fault {
    special(at, want, excerpt::token(rest), "a text has no opening quote").hint("put a \" here, before it")
}

fn no_key(text: &str, first: char, at: usize, want: Want) -> Fault {
    let rest = &text[at..];
    let before = &text[..at];
    if first == '}' && want == Want::Key {
        return special(at, want, "'}'", "a comma stands before '}'").hint("remove the comma before }");
    }
    let thousands = before.strip_suffix(',').is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()));
    if first.is_ascii_digit() && thousands {
        let found = format!(",{}", excerpt::token(rest));
        return special(at - 1, want, found, "a number cannot hold a ','")
            .hint("write a decimal comma as a point; leave out a comma that parts thousands");
    }
    let fault = plain(at, want, rest);
    if first == ',' {
        fault.hint(ONE_COMMA)
    } else if excerpt::word(rest).is_empty() {
        fault
    } else if near::lacks_first_quote(text, at) {
        no_opening_quote(at, want, rest)
    } else {
        fault.hint("put the key in double quotes")
    }
}

/// Points to the end of the key, where the colon is missing.
fn no_colon(text: &str, rest: &str, at: usize) -> Fault {
    let key_end = text[..at].trim_end_matches([' ', '\n', '\r', '\t']).len();
    let inside = text[..key_end].strip_suffix('"').unwrap_or_default().trim_end();
    let fault = plain(key_end, Want::Colon, rest);
    if inside.ends_with(':') && !excerpt::word(rest).is_empty() {
        return unclosed(text, inside.len() - 1);
    }
    match rest.bytes().next() {
        Some(b'=') => {
            let sign = if rest.starts_with("=>") { "=>" } else { "=" };
            fault.hint(format!("write ':' in place of '{sign}'"))
        }
        Some(sign @ (b',' | b';')) => fault.hint(format!("write ':' in place of '{}'", char::from(sign))),
        Some(b'}' | b']') => fault,
        _ => fault.hint("put a ':' after the key"),
    }
}

fn not_next(text: &str, first: char, at: usize, want: Want) -> Fault {
    let rest = &text[at..];
    let fault = plain(at, want, rest);
    let before = text[..at].trim_end_matches([' ', '\n', '\r', '\t']);
    let same_line = !text[before.len()..at].contains('\n');
    if same_line
        && (excerpt::is_wordy(first) || first == '%')
        && let Some(start) = near::number_before(text, at)
    {
        if want == Want::NextItem && first.is_ascii_digit() {
            return fault.hint("put a ',' between the two, or take the space away if they are one number");
        }
        return near::odd_number(text, start, before.len(), want.words());
    }
    if before.ends_with('"') && first != '"' && !excerpt::word(rest).is_empty() {
        return match near::swallowed_key(text, at) {
            Some(end) => unclosed(text, end),
            None => fault.hint("each quote inside a text is written \\\""),
        };
    }
    match first {
        ':' if before.ends_with(':') => fault.hint("remove one ':'"),
        ':' | '}' | ']' => fault,
        ';' => fault.hint("write ',' in place of ';'"),
        _ => fault.hint("put a ',' between the two"),
    }
}

fn after_end(rest: &str, first: char, at: usize) -> Fault {
    let found = excerpt::token(rest);
    if matches!(first, '{' | '[' | '"') {
        return special(at, Want::End, found, "a second JSON value after the end of the first").hint(
            "keep one of the two; several cards stand in one array, or one on each line of a .jsonl file",
        );
    }
    let fault =
        special(at, Want::End, &found, format!("text after the end of the JSON value: found {found}"));
    match first {
        '}' | ']' if rest[1..].trim().is_empty() => fault.hint(format!("remove this {first}")),
        '}' | ']' => fault,
        ',' if rest[1..].trim().is_empty() => fault.hint("remove it"),
        ',' => fault.hint("put all values into one array, or one on each line of a .jsonl file"),
        _ => fault.hint("remove it"),
    }
}

#[cfg(test)]
mod tests {
    use crate::core::json::{Limits, read};

    /// `@` marks where the fault must point and is taken out; each word must stand in its message or hint.
    fn check(marked: &str, expect: &[&str]) {
        let at = marked.find('@').unwrap();
        let fault = read(&marked.replacen('@', "", 1), &Limits::default()).unwrap_err();
        assert_eq!(fault.at, at, "{marked}: {fault:?}");
        let words = format!("{} | {}", fault.message, fault.hint.unwrap_or_default());
        for word in expect {
            assert!(words.contains(word), "{marked}: no {word:?} in {words}");
        }
    }

    #[test]
    fn a_comma_too_many_or_too_few_is_named() {
        check(r#"{"a":1,@}"#, &["a comma stands before '}'", "remove the comma before }"]);
        check("[1,2,@]", &["remove the comma before ]"]);
        check("[1,@,2]", &["expected a value, found ','", "remove one comma"]);
        check("[@,1]", &["expected a value or ']', found ','"]);
        check(r#"{"a":1,@,"b":2}"#, &["expected a key", "remove one comma"]);
        check(r#"{"a":1 @"b":2}"#, &[r#"expected ',' or '}' after the value, found "b""#, "put a ','"]);
        check(r#"["a" @"b"]"#, &[r#"expected ',' or ']' after the value, found "b""#]);
        check(r#"{"a":1@; "b":2}"#, &["write ',' in place of ';'"]);
    }

    #[test]
    fn what_comes_from_other_languages_is_named() {
        check("{@'a':1}", &["single quotes where JSON has double quotes", "replace both ' by \""]);
        check("{@// x\n\"a\":1}", &["JSON has no comments"]);
        check(r#"{"a" @/* x */:1}"#, &["JSON has no comments"]);
        check("[1]\n@# end", &["JSON has no comments"]);
        check("{@“a”:1}", &["a curly quote, U+201C"]);
        check("{@a:1}", &["expected a key in double quotes", "found a", "put the key in double quotes"]);
        check(r#"{"a":@None}"#, &["expected a value, found None", "null"]);
        check(r#"{"a":@True}"#, &["expected true in small letters, found True"]);
        check("[@yes]", &["true or false"]);
        check("[@-Infinity]", &["Infinity is not a value"]);
        check("[@nan]", &["NaN is not a value"]);
        check("[@+1]", &["cannot start with '+'"]);
        check("[@.5]", &["needs a digit before its '.'"]);
        check("@country: France", &["expected a JSON value, found country", "YAML"]);
        check("@iso3,country\nFRA,France", &["CSV"]);
        check("@callback({});", &["JSONP"]);
        check("@<!DOCTYPE html>", &["HTML"]);
        check("{\n@<<<<<<< HEAD\n}", &["a merge conflict was left in the file"]);
        check("@", &["empty file"]);
    }

    #[test]
    fn a_colon_a_bracket_or_an_end_out_of_place_is_named() {
        check(r#"{"a"@ 1}"#, &["expected ':' after the key, found 1"]);
        check(r#"{"a"@ = 1}"#, &["write ':' in place of '='"]);
        check(r#"{"a":[1,2@}}"#, &["expected ',' or ']'", "found '}'", "write ] in place of }"]);
        check(r#"["a"@:1]"#, &["keys need { }"]);
        check(r#"{"a":1}@}"#, &["after the end", "remove this }"]);
        check("{}\n@{}", &["a second JSON value", ".jsonl"]);
        check("{}@\0\0", &["NUL bytes"]);
        check("{\n \"a\": [1@", &["the text ends too early", "the array that opens at line 2, column 7"]);
        check("  \n@", &["only white space"]);
    }

    #[test]
    fn text_that_should_stand_in_quotes_is_named() {
        check(r#"{"date":@2012-07-01}"#, &["found 2012-07-01", "put it in double quotes if it is a date"]);
        check(r#"{"a":1@,000}"#, &["a number cannot hold a ','", "thousands"]);
        check(r#"{"a":1@_000}"#, &["a number cannot hold a '_'", "write 1000"]);
        check(
            r#"{"a":@34abc}"#,
            &["found 34abc", "write 34 if it is a number, or \"34abc\" if it is a text"],
        );
        check(r#"{"a":"say "@hello" now"}"#, &["each quote inside a text is written \\\""]);
        check("[@１]", &["expected a value", "the digits 0 to 9"]);
        check("[1,@\u{a0}2]", &["U+00A0 (no-break space) is not white space"]);
    }
}
