//! A source from a located tree.

use crate::core::{
    framework::Source,
    json::Node,
    read::{members::SOURCE, words::is_blank},
};
use crate::text::Raw;

/// A source object; a string stands for its URL or title.
pub(in crate::core::read) fn source_of(node: &Node<'_>) -> Option<Source> {
    if let Some(text) = node.text() {
        return Some(bare_source(text));
    }
    node.object()?;
    let words = |key: &str| node.get(key).and_then(Node::text).map(|text| Raw::new(text.to_owned()));
    let page = words("page")
        .or_else(|| node.get("page").and_then(Node::number).map(|page| Raw::new(page.to_string())));
    Some(Source { title: words("title"), url: words("url"), date: words("date"), page })
}

/// Whether a value is a source: words, or an object with a member that says something, each in words but for the page.
pub(in crate::core::read) fn is_source(node: &Node<'_>) -> bool {
    if let Some(text) = node.text() {
        return !is_blank(text);
    }
    let known = node.object().unwrap_or_default().iter().filter(|entry| SOURCE.contains(&&*entry.key));
    let said: Vec<_> = known.filter(|entry| !entry.value.is_null()).collect();
    let is_right =
        |key: &str, value: &Node<'_>| value.text().is_some() || key == "page" && value.number().is_some();
    !said.is_empty() && said.iter().all(|entry| is_right(&entry.key, &entry.value))
}

/// A text in the place of a source: its address or its title.
pub(in crate::core::read) fn bare_source(text: &str) -> Source {
    if text.starts_with("https://") || text.starts_with("http://") {
        Source { url: Some(Raw::new(text.to_owned())), ..Source::default() }
    } else {
        Source { title: Some(Raw::new(text.to_owned())), ..Source::default() }
    }
}
