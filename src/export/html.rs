//! HTML: one page without script or network access, its style included; the template escapes every word.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Style, markdown::is_plain_address};
use crate::{
    core::{
        framework::Source,
        report::{Align, Column, Field, Report, Shown, TOOL, Table, ranges, source_line},
    },
    text::safe_line,
};

/// The content security policy: a browser may use the style in the page and load nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The style, for screen and paper, light and dark. No information is in colour alone.
const STYLE: &str = "
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --faint: #555; --rule: #bbb; --bar: #2f6fa8; --rest: #ccc; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #161616; --faint: #aaa; --rule: #555; --bar: #6ab0e8; --rest: #444; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1.05rem; }
.context, footer, .note { color: var(--faint); } .notice { border: 2px solid currentColor; padding: .5rem .75rem; font-weight: 600; }
.scroll { overflow-x: auto; margin: .75rem 0 1rem; } table { border-collapse: collapse; width: 100%; font-size: .95rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; } thead th { border-bottom: 2px solid var(--rule); text-align: left; vertical-align: bottom; }
th, td { padding: .25rem .6rem .25rem 0; vertical-align: top; } tbody td, tbody th { border-bottom: 1px solid var(--rule); font-weight: normal; text-align: left; }
tbody th.over { font-weight: 600; padding-top: .8rem; } .n { text-align: right !important; font-variant-numeric: tabular-nums; white-space: nowrap; } .n + :not(.n) { padding-left: .8rem; }
.finding { margin: 1.2rem 0 .3rem; font-weight: 600; } .cited { margin: .2rem 0 0; color: var(--faint); font-size: .95rem; } .made { color: var(--faint); } .finding + .bar + ul { margin-top: .3rem; } .bar { display: flex; max-width: 24rem; height: .8rem; margin: 0 0 .25rem; border: 1px solid var(--faint); } .bar .holds { background: var(--bar); } .bar .not { background: var(--rest); } .legend { color: var(--faint); font-size: .95rem; } .legend span { display: inline-block; width: 1.1em; height: .8em; border: 1px solid var(--faint); margin: 0 .35em 0 0; } .legend span + span { margin-left: 1em; } .legend .holds { background: var(--bar); } .legend .not { background: var(--rest); }
.chart { display: block; max-width: 45rem; width: 100%; height: auto; margin: .5rem 0; font: 13px system-ui, sans-serif; fill: var(--ink); } .chart .given { fill: var(--faint); } .chart rect { stroke: var(--paper); stroke-width: 1; } .chart path { stroke: var(--faint); stroke-width: 1; }
.chart rect.level-gap { stroke: var(--faint); } .chart text.level-gap { stroke: var(--paper); stroke-width: 4; paint-order: stroke; } .chart .in { font-size: 12px; }
.chart rect.level-4 { fill: #1f5a8f; } .chart rect.level-3 { fill: #3f7fb5; } .chart rect.level-2 { fill: #86b0d6; } .chart rect.level-1 { fill: #bcd4ea; } .chart rect.level-0 { fill: #e3edf6; } .chart rect.level-given { fill: #ddd; }
.chart text.level-4, .chart text.level-3 { fill: #fff; } .chart text.level-2, .chart text.level-1, .chart text.level-0, .chart text.level-given { fill: #111; }
a { color: inherit; overflow-wrap: anywhere; } ol.sources li { overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } thead { display: table-header-group; } tr, li { break-inside: avoid; } h2, h3 { break-after: avoid; } .scroll { overflow: visible; } nav { display: none; } .finding, .bar { break-after: avoid; break-inside: avoid; } p { orphans: 3; widows: 3; } a { text-decoration: none; } .chart { break-inside: avoid; } .bar, .bar span, .legend span, .chart { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
@page { size: A4; margin: 18mm; }
";

pub(super) fn write(report: &dyn Report, _style: &Style) -> Vec<u8> {
    let table = report.table();
    let body = html! {
        h1 { (safe(table.title.raw())) }
        p.context { (safe(table.context.line().raw())) }
        @if let Some(notice) = &table.context.notice { p.notice { (safe(notice.raw())) } }
        @for line in &table.lines { p { (safe(line.raw())) } }
        (rows(&table))
        @if let Some(more) = table.more() { p { (more) } }
        @if !table.notes.is_empty() { ul.note { @for note in &table.notes { li { (safe(note.raw())) } } } }
        @if !table.sources.is_empty() { h2 { "Sources" } (sources(&table.sources)) }
    };
    page(table.title.raw(), &body)
}

/// A whole document around a body.
pub(super) fn page(title: &str, body: &Markup) -> Vec<u8> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(TOOL);
                title { (safe(title)) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } footer { p { "Made with " (TOOL) "." } } }
        }
    };
    page.into_string().into_bytes()
}

/// The text made safe and on one line. The template escapes it.
pub(super) fn safe(text: &str) -> String {
    let joined = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    safe_line(&joined).into_string()
}

fn rows(table: &Table) -> Markup {
    if table.rows.is_empty() {
        return html! {};
    }
    let columns: Vec<(usize, &Column)> =
        table.page_columns().into_iter().map(|at| (at, &table.columns[at])).collect();
    let heading = table.columns.iter().position(|column| column.shown == Shown::AsHeading);
    let mut under = None;
    let shown = table.page_rows().map(|row| {
        let over = heading.map(|at| row[at].raw());
        let is_new = over != under;
        under = over;
        (row, over.filter(|_| is_new))
    });
    html! {
        div.scroll { table {
            thead { tr { @for (_, column) in &columns { th scope="col" class=[class(column)] { (safe(column.title.raw())) } } } }
            tbody { @for (row, over) in shown {
                @if let Some(over) = over { tr { th.over scope="rowgroup" colspan=(columns.len()) { (safe(over)) } } }
                tr { @for (at, column) in &columns { td class=[class(column)] { (field(&row[*at])) } } }
            } }
        } }
    }
}

fn class(column: &Column) -> Option<&'static str> {
    (column.align == Align::Right).then_some("n")
}

fn field(field: &Field) -> String {
    safe(field.raw())
}

/// The list of sources, numbered as the rows cite them.
pub(super) fn sources(sources: &[Source]) -> Markup {
    html! { ol.sources { @for (one, at) in sources.iter().zip(1..) { li id=(format!("source-{at}")) { (source(one)) } } } }
}

/// Numbers of sources as links to the list of sources: `1, 3–5`.
pub(super) fn cites(numbers: &[usize]) -> Markup {
    let link = |number: usize| html! { a href=(format!("#source-{number}")) { (number) } };
    html! {
        @for (at, (first, last)) in ranges(numbers).into_iter().enumerate() {
            @if at > 0 { ", " }
            (link(first))
            @if last > first { @if last == first + 1 { ", " } @else { "–" } (link(last)) }
        }
    }
}

/// A source's words, and its address, as a link if that is a plain web address.
fn source(source: &Source) -> Markup {
    let mut without = source.clone();
    let url = without.url.take();
    let words = source_line(&without);
    html! {
        (safe(words.raw()))
        @if let Some(url) = url {
            @if !words.is_empty() { ", " }
            @if is_plain_address(url.raw()) { a href=(url.raw()) rel="noreferrer" { (url.raw()) } } @else { (safe(url.raw())) }
        }
    }
}
