//! `visavis sample`: writes the embedded sample as files, laid out as users would lay out their own.

use std::{fs, path::Path};

use super::{Exit, Failure, tell};
use crate::{
    cli::args::SampleArgs,
    core::json::{self, Limits, Node, NodeKind},
    store::{output::OutputTarget, sample::BUNDLE},
    text::{Safe, safe_line},
};

pub(super) fn run(args: &SampleArgs) -> Result<Exit, Failure> {
    let folder = &args.folder;
    let failed = |error: &std::io::Error| {
        Failure::Words(safe_line(&format!("{} cannot be written: {error}", folder.display())))
    };
    if folder.is_dir() && fs::read_dir(folder).map_err(|error| failed(&error))?.next().is_some() {
        let words =
            format!("{} is not empty: name a folder that is empty or not there yet", folder.display());
        return Err(safe_line(&words).into());
    }
    let files = files(BUNDLE)?;
    fs::create_dir_all(folder.join("cards")).map_err(|error| failed(&error))?;
    for (name, text) in &files {
        OutputTarget::new(Some(folder.join(Path::new(name))), false).write(text.as_bytes())?;
    }
    let shown = folder.display();
    tell(&format!("{} files in {shown}: open them with visavis {shown}", files.len()));
    Ok(Exit::Done)
}

/// The bundle as `framework.json` and one file per country with all its editions: names and texts.
fn files(bundle: &str) -> Result<Vec<(String, String)>, Failure> {
    let broken = || Failure::Words(Safe::fixed("the embedded sample is broken"));
    let (node, _) = json::read(bundle, &Limits::default()).map_err(|_| broken())?;
    let framework = node.get("framework").ok_or_else(broken)?;
    let mut files = vec![("framework.json".to_owned(), pretty(framework, bundle))];
    let mut countries: Vec<(&str, Vec<String>)> = vec![];
    for card in node.get("cards").and_then(Node::array).ok_or_else(broken)? {
        let code = card.get("country").and_then(Node::text).ok_or_else(broken)?;
        let text = pretty(card, bundle).trim_end().to_owned();
        match countries.iter_mut().find(|(known, _)| *known == code) {
            Some((_, cards)) => cards.push(text),
            None => countries.push((code, vec![text])),
        }
    }
    let text = |cards: Vec<String>| format!("[{}]\n", cards.join(", "));
    files.extend(countries.into_iter().map(|(code, cards)| (format!("cards/{code}.json"), text(cards))));
    Ok(files)
}

/// The value formatted for reading: keys in their order, short arrays and objects on one line.
fn pretty(node: &Node<'_>, text: &str) -> String {
    let mut out = String::new();
    lay_out(node, text, 0, &mut out);
    out.push('\n');
    out
}

fn lay_out(node: &Node<'_>, text: &str, depth: usize, out: &mut String) {
    const SHORT: usize = 90;
    let parts: Vec<(Option<&str>, &Node<'_>)> = match &node.kind {
        NodeKind::Array(items) => items.iter().map(|item| (None, item)).collect(),
        NodeKind::Object(members) => {
            members.iter().map(|member| (Some(&*member.key), &member.value)).collect()
        }
        _ => return out.push_str(node.source(text)),
    };
    let written = node.source(text);
    let (open, close) = if node.object().is_some() { ('{', '}') } else { ('[', ']') };
    let is_short = parts.is_empty() || depth > 1 && written.len() <= SHORT;
    let (first, between, last) = if is_short && open == '{' && !parts.is_empty() {
        (" ".to_owned(), ", ".to_owned(), " ".to_owned())
    } else if is_short {
        (String::new(), ", ".to_owned(), String::new())
    } else {
        let indent = |depth: usize| format!("\n{}", "  ".repeat(depth));
        (indent(depth + 1), format!(",{}", indent(depth + 1)), indent(depth))
    };
    out.push(open);
    out.push_str(&first);
    for (at, (key, value)) in parts.into_iter().enumerate() {
        if at > 0 {
            out.push_str(&between);
        }
        if let Some(key) = key {
            out.push_str(&serde_json::Value::from(key).to_string());
            out.push_str(": ");
        }
        lay_out(value, text, depth + 1, out);
    }
    out.push_str(&last);
    out.push(close);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::read::from_texts;

    #[test]
    fn the_files_say_what_the_bundle_says() {
        let files = files(BUNDLE).unwrap();
        let texts: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let (from_files, from_bundle) = (from_texts("s", &texts), from_texts("s", &[("b.json", BUNDLE)]));
        assert_eq!(from_files.problems, []);
        assert_eq!(from_files.framework, from_bundle.framework);
        assert_eq!(from_files.card_count(), from_bundle.card_count());
        for country in from_bundle.country_ids() {
            for edition in from_bundle.edition_ids() {
                for indicator in from_bundle.framework.indicator_ids() {
                    let cell = |data: &crate::core::dataset::Dataset| data.cell(country, edition, indicator);
                    assert_eq!(cell(&from_files), cell(&from_bundle));
                }
            }
        }
    }

    #[test]
    fn short_values_stay_on_one_line() {
        let text = r#"{"a":{"b":[1,2],"c":{}},"d":[]}"#;
        let (node, _) = json::read(text, &Limits::default()).unwrap();
        assert_eq!(
            pretty(&node, text),
            "{\n  \"a\": {\n    \"b\": [1, 2],\n    \"c\": {}\n  },\n  \"d\": []\n}\n"
        );
    }
}
