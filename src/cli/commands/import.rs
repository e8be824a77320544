//! `visavis import`: writes a table as a framework and cards, or says how it would be read.

use std::{fmt::Write as _, fs};

use super::{Exit, Failure, data, tell, tell_errors};
use crate::{
    cli::args::{Common, ImportArgs},
    core::{
        card_json,
        dataset::Dataset,
        framework_json,
        problem::Problem,
        severity::Severity,
        table_reading::{TableReading, mapping_text},
    },
    store::{load, output::OutputTarget},
    text::{counted, safe_block, safe_line},
};

pub(super) fn run(common: &Common, args: &ImportArgs) -> Result<Exit, Failure> {
    let mut common = common.clone();
    common.data.extend(args.files.iter().cloned());
    let data = data::open_quietly(&common)?;
    let Some(reading) = data.readings.first() else {
        if data.card_count() == 0 {
            return Err(data::no_cards(&data).into());
        }
        tell_errors(&data.problems);
        let words = format!("{} is no table: cards are opened as they are", data.name.line());
        return Err(safe_line(&words).into());
    };
    if args.plan {
        let target = OutputTarget::new(args.output.clone(), args.force);
        target.write(plan(reading, &data).as_bytes())?;
    } else {
        write(&data, args)?;
    }
    for left_out in &reading.left_out {
        tell(&format!(
            "{} left out: {} (first at {})",
            counted(left_out.rows, "row", "rows"),
            left_out.why,
            left_out.place.line()
        ));
    }
    tell_errors(&data.problems);
    let is_of_loss = |problem: &Problem| {
        matches!(problem.code, "left-out-columns" | "former-country") && problem.severity >= Severity::Warning
    };
    let is_lossy =
        !reading.left_out.is_empty() || !reading.unknown.is_empty() || data.problems.iter().any(is_of_loss);
    Ok(if args.strict && is_lossy { Exit::Found } else { Exit::Done })
}

/// The mapping, and below it as comments what became what.
fn plan(reading: &TableReading, data: &Dataset) -> String {
    let mut text = mapping_text(reading);
    let mut tell = |words: String| {
        for line in safe_block(&words).lines() {
            let _ = writeln!(text, "# {line}");
        }
    };
    tell(format!(
        "\n{} of {} are used; the fields are {}.",
        reading.rows_used,
        counted(reading.rows, "row", "rows"),
        reading.text
    ));
    if reading.looked_at * 2 < reading.rows {
        tell(format!("what the columns are was recognised from {} of them.", reading.looked_at));
    }
    for left_out in &reading.left_out {
        tell(format!(
            "{} left out: {} (first at {}).",
            counted(left_out.rows, "row", "rows"),
            left_out.why,
            left_out.place.line()
        ));
    }
    if let Some((label, why)) = &reading.undated {
        tell(format!("edition {}: {why}.", label.line()));
    }
    for column in reading.columns.iter().filter(|column| column.role == "value") {
        tell(format!("{} holds values: {}.", column.title().line(), column.why.line()));
    }
    if !reading.others.is_empty() {
        let others: Vec<String> = reading.others.iter().map(|other| other.line().into_string()).collect();
        tell(format!("not read: {} (--sheet NAME reads one of them).", others.join(", ")));
    }
    tell(format!(
        "{}: {} of numbers without a direction (--better ID=higher), {} of categories in no order.",
        counted(reading.indicators, "indicator", "indicators"),
        reading.without_direction,
        reading.without_order
    ));
    if reading.without_unit > 0 {
        tell(format!(
            "no unit is known of {} of the indicators of numbers (in the mapping: [indicators.ID] unit = \"%\").",
            reading.without_unit
        ));
    }
    for problem in &data.problems {
        tell(problem.to_string());
    }
    text
}

/// Writes the framework and the cards into a folder.
fn write(data: &Dataset, args: &ImportArgs) -> Result<(), Failure> {
    let folder = args.output.clone().unwrap_or_else(|| format!("{}-cards", data.framework.id).into());
    if load::is_data_name(&folder) && !folder.is_dir() {
        let words = format!(
            "import writes a folder, and {} is the name of a file: name a folder (-o DIR)",
            folder.display()
        );
        return Err(safe_line(&words).into());
    }
    let failed = |error: &std::io::Error| {
        Failure::Words(safe_line(&format!("{} cannot be written: {error}", folder.display())))
    };
    let is_taken = folder.is_dir() && fs::read_dir(&folder).map_err(|error| failed(&error))?.next().is_some();
    if is_taken && !args.force {
        let words = format!("{} is not empty: name another folder (-o DIR), or --force", folder.display());
        return Err(safe_line(&words).into());
    }
    fs::create_dir_all(&folder).map_err(|error| failed(&error))?;
    let framework = framework_json::framework(&data.framework) + "\n";
    OutputTarget::new(Some(folder.join("framework.json")), args.force).write(framework.as_bytes())?;
    let mut cards = String::new();
    for country in data.country_ids() {
        for edition in data.edition_ids() {
            if let Some(card) = data.card(country, edition) {
                cards.push_str(&card_json::card(data, country, edition, card));
                cards.push('\n');
            }
        }
    }
    OutputTarget::new(Some(folder.join("cards.jsonl")), args.force).write(cards.as_bytes())?;
    let shown = folder.display();
    tell(&format!(
        "{} cards and their framework in {shown}: open them with visavis {shown}",
        data.card_count()
    ));
    Ok(())
}
