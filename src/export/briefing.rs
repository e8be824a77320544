//! Writes a briefing as one file: Markdown, an HTML page without script, or JSON.

use std::ops::RangeFrom;

use maud::{Markup, html};

use super::{
    chart::svg,
    html::{cites, page, safe, sources},
    json::escaped as json_escaped,
    markdown::{escaped, source_words},
};
use crate::core::report::{Block, CellHolds as Holds, Document, Paper, Rows, number_words};

/// A function that writes a briefing.
pub type WriteBriefing = fn(&dyn Paper) -> Vec<u8>;

pub(super) fn json(briefing: &dyn Paper) -> Vec<u8> {
    (json_escaped(&format!("{:#}", briefing.json())) + "\n").into_bytes()
}

pub(super) fn markdown(briefing: &dyn Paper) -> Vec<u8> {
    let Document { title, context, made, sections, sources } = briefing.document();
    let mut blocks = vec![format!("# {}", escaped(title.raw())), escaped(context.line().raw())];
    blocks.extend(context.notice.iter().map(|notice| format!("**{}**", escaped(notice.raw()))));
    for section in &sections {
        blocks.push(format!("## {}", escaped(section.title.raw())));
        blocks.extend(section.blocks.iter().map(markdown_block));
    }
    if !sources.is_empty() {
        let list = sources.iter().enumerate().map(|(at, one)| format!("{}. {}", at + 1, source_words(one)));
        blocks.extend(["## Sources".to_owned(), list.collect::<Vec<_>>().join("\n")]);
    }
    // The line break that ends the file.
    blocks.push(format!("{}\n", escaped(&made)));
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n").into_bytes()
}

fn markdown_block(block: &Block) -> String {
    match block {
        Block::Heading(words) => format!("### {}", escaped(words.raw())),
        Block::Text(words) => escaped(words.raw()),
        Block::Finding { sentence, .. } => format!("**{}**", escaped(sentence.raw())),
        // Markdown has no bars.
        Block::Legend => String::new(),
        Block::Sources(numbers) => format!("Sources: \\[{}\\]", number_words(numbers)),
        Block::List(lines) => {
            lines.iter().map(|line| format!("- {}", escaped(line.raw()))).collect::<Vec<_>>().join("\n")
        }
        Block::Table(table) => markdown_rows(table),
        Block::Chart(chart) => {
            let bars = chart.bars.iter();
            let bars =
                bars.map(|bar| format!("- {}: {}", escaped(bar.title.raw()), escaped(bar.words().raw())));
            let title = format!("### {}", escaped(chart.title.raw()));
            [title, bars.collect::<Vec<_>>().join("\n")].join("\n\n")
        }
    }
}

fn markdown_rows(table: &Rows) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines = vec![
        line(table.headings.iter().map(|(title, _)| escaped(title.raw())).collect()),
        line(
            table
                .headings
                .iter()
                .map(|(_, holds)| if *holds == Holds::Number { "---:" } else { "---" }.to_owned())
                .collect(),
        ),
    ];
    lines.extend(table.rows.iter().map(|row| line(row.iter().map(|cell| escaped(cell.raw())).collect())));
    lines.join("\n")
}

pub(super) fn web_page(briefing: &dyn Paper) -> Vec<u8> {
    let document = briefing.document();
    let mut charts = 0..;
    let body = html! {
        h1 { (safe(document.title.raw())) }
        p.context { (safe(document.context.line().raw())) }
        p.made { (document.made) }
        @if let Some(notice) = &document.context.notice { p.notice { (safe(notice.raw())) } }
        nav { ul {
            @for section in &document.sections { li { a href={ "#" (section.id) } { (safe(section.title.raw())) } } }
            @if !document.sources.is_empty() { li { a href="#sources" { "Sources" } } }
        } }
        @for section in &document.sections {
            section id=(section.id) {
                h2 { (safe(section.title.raw())) }
                @for block in &section.blocks { (web_block(block, &mut charts)) }
            }
        }
        @if !document.sources.is_empty() { section id="sources" { h2 { "Sources" } (sources(&document.sources)) } }
    };
    page(document.title.raw(), &body)
}

fn web_block(block: &Block, charts: &mut RangeFrom<usize>) -> Markup {
    html! {
        @match block {
            Block::Heading(words) => { h3 { (safe(words.raw())) } },
            Block::Text(words) => { p { (safe(words.raw())) } },
            Block::Finding { sentence, k, assessed, set } => {
                p.finding { (safe(sentence.raw())) }
                (bar(*k, *assessed, *set))
            },
            Block::Legend => {
                p.legend { "Bars show the whole set: " span.holds {} "it holds " span.not {} "it does not " span {} "not assessed" }
            },
            Block::Sources(numbers) => { p.cited { "Sources: [" (cites(numbers)) "]" } },
            Block::List(lines) => { ul { @for line in lines { li { (safe(line.raw())) } } } },
            Block::Table(table) => { (web_rows(table)) },
            Block::Chart(chart) => {
                h3 { (safe(chart.title.raw())) }
                (svg(chart, charts.next().unwrap_or_default()))
                ul.note { @for bar in &chart.bars { li { (safe(bar.title.raw())) ": " (safe(bar.words().raw())) } } }
            },
        }
    }
}

/// A bar of the whole set: the `k` it holds for, the assessed it does not hold for, and, empty, those not assessed.
fn bar(k: u32, assessed: u32, set: u32) -> Markup {
    let share = |count: u32| f64::from(count) * 100.0 / f64::from(set.max(1));
    let width = |count: u32| format!("width:{:.1}%", share(count));
    html! {
        p.bar aria-hidden="true" {
            span.holds style=(width(k)) {}
            span.not style=(width(assessed.saturating_sub(k))) {}
        }
    }
}

/// The numbers in words such as `1, 3–5`.
fn numbers_of(words: &str) -> Vec<usize> {
    let parts = words.split(", ").filter_map(|part| {
        let (first, last) = part.split_once('–').unwrap_or((part, part));
        Some(first.parse::<usize>().ok()?..=last.parse().ok()?)
    });
    parts.flatten().collect()
}

fn web_rows(table: &Rows) -> Markup {
    let class = |holds: Holds| (holds == Holds::Number).then_some("n");
    html! {
        div.scroll { table {
            thead { tr { @for (title, holds) in &table.headings { th scope="col" class=[class(*holds)] { (safe(title.raw())) } } } }
            tbody { @for row in &table.rows { tr {
                @for (cell, (_, holds)) in row.iter().zip(&table.headings) { td class=[class(*holds)] {
                    @if *holds == Holds::Sources { (cites(&numbers_of(cell.raw()))) } @else { (safe(cell.raw())) }
                } }
            } } }
        } }
    }
}
