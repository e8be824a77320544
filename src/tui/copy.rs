//! What a copy holds: the cell or the row under the cursor, or all that a pane says, as its report writes it.

mod on_screen;

use self::on_screen::AsShown;
use super::{
    command::{CopyFormat, Piece},
    pane_context::{Extent, Spot},
    panes::Panes,
    places::Pane,
    workspace::Workspace,
};
use crate::{
    core::{
        dataset::{CountryId, EditionId},
        findings::Findings,
        framework::IndicatorId,
        report::{
            CardReport, CompareReport, FindingsReport, MissingReport, Only, OverviewReport, RankReport,
            Report, Table,
        },
        score::RankedBy,
    },
    export::{self, Style},
    review::report::ReviewsReport,
    text::{Raw, Safe, safe_block, safe_line},
};

/// A text for the clipboard, safe for a terminal that shows it, and what to call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub what: Safe,
    pub text: String,
}

/// What that piece of the pane in front is; an error says why there is none.
pub(super) fn copied(
    front: Pane,
    panes: &Panes,
    workspace: &Workspace,
    piece: Piece,
) -> Result<Copied, Safe> {
    match piece {
        Piece::All(format) => Ok(whole(front, panes, workspace, format)),
        Piece::Cell => {
            let record = record(front, panes, workspace)?;
            Ok(Copied { what: safe_line(&record.cell), text: safe_block(&record.cell).into_string() })
        }
        Piece::Row => {
            let record = record(front, panes, workspace)?;
            Ok(Copied { what: safe_line(&format!("the row of {}", record.name)), text: record.row })
        }
    }
}

fn whole(front: Pane, panes: &Panes, workspace: &Workspace, format: CopyFormat) -> Copied {
    let data = &*workspace.data;
    let edition = workspace.selection.edition;
    let context = workspace.context(true);
    let write = |report: &dyn Report, what: &str, only: Option<Listed>| {
        let known = export::FORMATS.iter().find(|known| known.name == format.name());
        let bytes = known.map(|known| match only {
            Some((key, kept, narrowed_by)) => {
                (known.write)(&AsShown { report, key, kept, narrowed_by }, &Style::default())
            }
            None => (known.write)(report, &Style::default()),
        });
        let what = safe_line(&format!("{what} as {}", format.title()));
        Copied { what, text: String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned() }
    };
    let title = front.title();
    let indicators = |(ids, by): (Vec<IndicatorId>, Vec<String>)| {
        let ids = ids.into_iter().map(|id| data.framework.indicator(id).id.to_string());
        Some(("indicator", ids.collect(), by))
    };
    match front {
        Pane::Countries => {
            let listed = panes.countries.listed(&context);
            let codes = listed.into_iter().map(|country| data.country(country).code.raw().to_owned());
            let listed = Some(("country", codes.collect(), panes.countries.narrowed_by()));
            match ranking(panes, workspace) {
                Some(report) => write(&report, "Countries by score", listed),
                None => {
                    write(&OverviewReport::new(data, workspace.group.clone(), Some(edition)), title, listed)
                }
            }
        }
        Pane::Comparison => match &workspace.comparison {
            Some(comparison) => {
                let report = CompareReport::new(data, comparison, Only::default());
                write(&report, title, indicators(panes.comparison.shown(&context)))
            }
            None => write(&card(workspace, workspace.selection.country, edition), Pane::Card.title(), None),
        },
        Pane::Coverage => {
            let question = panes.coverage.question(&context);
            let report = MissingReport::new(
                data,
                workspace.group.clone(),
                &question,
                workspace.review.assigned(),
                None,
            );
            write(&report, title, None)
        }
        Pane::Findings => {
            let report = FindingsReport::new(data, Findings::of(data, &workspace.group, edition));
            let (ids, by) = panes.findings.shown(&context);
            write(&report, title, Some(("id", ids, by)))
        }
        Pane::Review => write(&ReviewsReport::new(data, &workspace.review.book), "every review", None),
        Pane::Card => {
            let report = card(workspace, workspace.selection.country, edition);
            write(&report, title, indicators(panes.card.shown(&context)))
        }
    }
}

/// What rows are known by, which are listed, and what narrows them.
type Listed = (&'static str, Vec<String>, Vec<String>);

fn card(workspace: &Workspace, country: CountryId, edition: EditionId) -> CardReport<'_> {
    CardReport::new(&workspace.data, vec![(country, edition)], workspace.group.clone())
}

/// The countries by score, while they are sorted so.
fn ranking<'a>(panes: &Panes, workspace: &'a Workspace) -> Option<RankReport<'a>> {
    let edition = workspace.selection.edition;
    let report = || {
        RankReport::new(
            &workspace.data,
            workspace.group.clone(),
            edition,
            &workspace.rules,
            RankedBy::Overall,
        )
        .ok()
    };
    if panes.countries.is_by_score() { report() } else { None }
}

/// What the cursor is on.
struct Record {
    name: String,
    cell: String,
    row: String,
}

fn record(front: Pane, panes: &Panes, workspace: &Workspace) -> Result<Record, Safe> {
    let data = &*workspace.data;
    let selection = workspace.selection;
    match front {
        Pane::Countries => {
            let code = data.country(selection.country).code.raw();
            let table = match ranking(panes, workspace) {
                Some(report) => report.table(),
                None => OverviewReport::new(data, workspace.group.clone(), Some(selection.edition)).table(),
            };
            pick(&table, ("country", code), "name")
        }
        Pane::Comparison if workspace.comparison.is_some() => {
            let subjects = workspace.subjects().len();
            let side = panes.comparison.side().min(subjects.saturating_sub(1)) + 1;
            let comparison = workspace.comparison.as_ref().ok_or(NOTHING)?;
            let table = CompareReport::new(data, comparison, Only::default()).table();
            let indicator = &data.framework.indicator(selection.indicator).id;
            pick(&table, ("indicator", indicator), &format!("label_{side}"))
        }
        Pane::Findings => {
            let context = workspace.context(true);
            match panes.findings.spot(&context) {
                Some(Spot { cell, extent: Extent::Cell }) => of_cell(workspace, cell),
                _ => {
                    let id = panes.findings.finding(&context).ok_or(NOTHING)?;
                    let findings = Findings::of(data, &workspace.group, selection.edition);
                    let table = FindingsReport::new(data, findings).table();
                    let record = pick(&table, ("id", &id), "text")?;
                    let part = |key| pick(&table, ("id", &id), key).map(|record| record.cell);
                    let cell = format!("{}, {}: {}", part("count")?, part("share")?, record.cell);
                    Ok(Record { cell, ..record })
                }
            }
        }
        Pane::Review => {
            let item = panes.review.item(&workspace.context(true)).ok_or(NOTHING)?;
            let name = super::widgets::review_text::name(data, &item.on).into_string();
            let words = [name.clone(), item.said.author.raw().to_owned(), item.words.raw().to_owned()];
            let row = words.map(|text| one_line(&text)).join("\t");
            Ok(Record { name, cell: item.words.raw().to_owned(), row })
        }
        Pane::Card | Pane::Coverage | Pane::Comparison => of_cell(workspace, selection),
    }
}

const NOTHING: Safe = Safe::fixed("nothing is here to copy");

fn of_cell(workspace: &Workspace, cell: super::pane_context::Selection) -> Result<Record, Safe> {
    let table = card(workspace, cell.country, cell.edition).table();
    let indicator = &workspace.data.framework.indicator(cell.indicator).id;
    let record = pick(&table, ("indicator", indicator), "label")?;
    let name = pick(&table, ("indicator", indicator), "title")?.cell;
    let country = workspace.data.country(cell.country).code.raw();
    Ok(Record { name: format!("{country}, {name}"), ..record })
}

/// The row whose column of that key says this, and what one of its cells says.
fn pick(table: &Table, (key, wanted): (&str, &str), cell: &str) -> Result<Record, Safe> {
    let at = |key: &str| table.columns.iter().position(|column| column.key == key);
    let (Some(by), Some(cell)) = (at(key), at(cell)) else { return Err(NOTHING) };
    let row = table.rows.iter().find(|row| row[by].raw() == wanted).ok_or(NOTHING)?;
    let own = table.columns.iter().zip(row).filter(|(column, _)| column.is_for_records());
    let cells: Vec<String> = own.map(|(_, field)| one_line(field.raw())).collect();
    let cell = row[cell].raw().to_owned();
    Ok(Record { name: cell.clone(), cell, row: cells.join("\t") })
}

/// Nothing in a cell may look like the end of it, nor run where a row is pasted: a spreadsheet.
fn one_line(text: &str) -> String {
    export::neutral(&safe_line(&Raw::new(text.to_owned()).line()))
}
