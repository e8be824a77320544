//! `visavis config`: prints every setting with its value and source, as a usable configuration file.

use std::{fmt::Write as _, path::PathBuf};

use clap::ValueEnum as _;

use super::{Exit, Failure, reviews, tell};
use crate::{
    cli::{
        args::{Common, ConfigArgs},
        color_support,
        config::{Config, Set},
    },
    core::score::Method,
    store::{journal::Home, output::OutputTarget, paths},
    text::{excerpt, safe_line},
    tui::{command::COMMANDS, look::Palette},
};

pub(super) fn run(common: &Common, args: ConfigArgs) -> Result<Exit, Failure> {
    let target = OutputTarget::new(args.to.output, args.to.force);
    target.check()?;
    target.write(page(common).as_bytes())?;
    let config = &common.settings;
    config.problems.iter().chain(&config.warnings).for_each(|words| tell(words));
    Ok(if config.problems.is_empty() { Exit::Done } else { Exit::Found })
}

/// Adds a setting's line: the value as TOML, and in a comment where it comes from.
fn line(page: &mut String, key: &str, value: &str, from: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(page, "{:<40} # {}", format!("{key} = {}", safe_line(value)), safe_line(from));
}

fn page(common: &Common) -> String {
    let config = &common.settings;
    let mut page = String::new();
    let file = config.file.as_ref().map_or_else(|| "nowhere".to_owned(), |file| file.display().to_string());
    let _ = writeln!(page, "# {} (read, never written)", safe_line(&file));
    let of_file = |line: Option<usize>| line.map(|line| format!("{file}:{line}"));
    let from = |asked: bool, flag: &str, line: Option<usize>, otherwise: &str| {
        if asked { flag.to_owned() } else { of_file(line).unwrap_or_else(|| otherwise.to_owned()) }
    };
    let settings = reviews::settings(common);
    let variable = std::env::var("VISAVIS_AUTHOR").is_ok_and(|name| !name.trim().is_empty());
    let author = if common.author.is_none() && variable {
        "VISAVIS_AUTHOR".to_owned()
    } else {
        from(
            common.author.is_some(),
            "--author",
            at(config.author.as_ref()),
            "the user's name on this machine",
        )
    };
    line(&mut page, "author", &quoted(settings.author.raw()), &author);
    let state = paths::state_by(|name| std::env::var_os(name).map(PathBuf::from)).unwrap_or_default();
    let journal = from(
        common.journal.is_some(),
        "--journal",
        at(config.journal.as_ref()),
        &format!("the state directory, by {state}"),
    );
    match &settings.home {
        Home::Folder(folder) | Home::State(folder) => {
            line(&mut page, "journal", &quoted(&folder.display().to_string()), &journal);
        }
        Home::Nowhere => page.push_str("# journal: there is no state directory\n"),
    }
    let choice = common.color();
    let color = choice.to_possible_value().map_or_else(String::new, |named| named.get_name().to_owned());
    let from_color = from(common.color.is_some(), "--color", at(config.color.as_ref()), "as it comes");
    let variable = |name: &str| std::env::var(name).ok();
    line(&mut page, "color", &quoted(&color), &format!("{from_color}{}", effective_color(common, &variable)));
    let theme = common.theme();
    let mut from_theme = from(common.theme.is_some(), "--theme", at(config.theme.as_ref()), "as it comes");
    if let Some(file) = &theme.file {
        let _ = write!(from_theme, ", {}", file.display());
    }
    line(&mut page, "theme", &quoted(&theme.name), &from_theme);
    let ascii = from(common.ascii, "--ascii", at(config.ascii.as_ref()), "as it comes");
    let here = match color_support::not_utf8(&variable).filter(|_| !common.ascii()) {
        Some(by) => format!("; here true, by {by}{}", value_of(by, &variable)),
        None => String::new(),
    };
    line(&mut page, "ascii", &common.ascii().to_string(), &format!("{ascii}{here}"));
    let mouse = config.mouse.as_ref().is_some_and(|set| set.value);
    line(&mut page, "mouse", &mouse.to_string(), &from(false, "", at(config.mouse.as_ref()), "as it comes"));
    let watch = from(common.watch, "--watch", at(config.watch.as_ref()), "as it comes");
    line(&mut page, "watch", &common.watch().to_string(), &watch);
    let session = config.session.as_ref().is_none_or(|set| set.value);
    line(
        &mut page,
        "session",
        &session.to_string(),
        &from(false, "", at(config.session.as_ref()), "as it comes"),
    );
    review(&mut page, config, &of_file);
    scores(&mut page, config, &of_file);
    keys(&mut page, config, &of_file);
    page
}

/// A comment that says which colours are used here and what decided it; empty if the setting itself decides. The
/// printed value stays `auto`, so that a file made of this page works on other terminals too.
fn effective_color(common: &Common, variable: &impl Fn(&str) -> Option<String>) -> String {
    let (palette, by) = color_support::palette(common.color(), &common.theme(), variable);
    let name = match palette {
        Palette::Mono => "never",
        Palette::Sixteen => "16",
        Palette::Indexed => "256",
        Palette::Rgb => "rgb",
    };
    match by {
        Some(by) => format!("; here {name}, by {by}{}", value_of(by, variable)),
        None if common.theme().theme.is_none() => format!("; here {name}, by the theme"),
        None => String::new(),
    }
}

/// The value of a variable for a comment: `=C`, or `(not set)`.
fn value_of(name: &str, variable: &impl Fn(&str) -> Option<String>) -> String {
    match variable(name).filter(|value| !value.is_empty()) {
        Some(value) => format!("={}", excerpt(&value, 40)),
        None => " (not set)".to_owned(),
    }
}

fn review(page: &mut String, config: &Config, of_file: &impl Fn(Option<usize>) -> Option<String>) {
    page.push_str("\n[review]\n");
    let usual = || "as it comes; the framework may ask for more".to_owned();
    let asked = config.review();
    let from = |line: Option<usize>| of_file(line).unwrap_or_else(usual);
    line(page, "eyes", &asked.eyes.to_string(), &from(at(config.eyes.as_ref())));
    line(page, "by-another", &asked.by_another.to_string(), &from(at(config.by_another.as_ref())));
}

fn scores(page: &mut String, config: &Config, of_file: &impl Fn(Option<usize>) -> Option<String>) {
    page.push_str("\n[scores]\n");
    let method = config.method.as_ref().map_or(Method::default(), |set| set.value);
    let from = of_file(at(config.method.as_ref())).unwrap_or_else(|| "as it comes".to_owned());
    line(page, "mean", &quoted(method.id()), &from);
    match &config.threshold {
        Some(threshold) => {
            let percent = crate::core::label::number((threshold.value * 1000.0).round() / 10.0, 0);
            line(page, "threshold", &percent, &of_file(Some(threshold.line)).unwrap_or_default());
        }
        None => page.push_str("# threshold: as the framework says\n"),
    }
    let mut under = "";
    for weight in &config.weights {
        if weight.framework != under {
            let _ = writeln!(page, "\n[weights.{}]", quoted(&weight.framework));
            under = &weight.framework;
        }
        let from = of_file(Some(weight.weight.line)).unwrap_or_default();
        line(page, &quoted(&weight.id), &crate::core::label::number(weight.weight.value, 0), &from);
    }
    if config.weights.is_empty() {
        page.push_str("\n# weights: as the framework says\n");
    }
}

fn keys(page: &mut String, config: &Config, of_file: &impl Fn(Option<usize>) -> Option<String>) {
    page.push_str("\n[keys]\n");
    for spec in COMMANDS.iter() {
        let chosen = config.keys.iter().find(|keys| keys.command == spec.name);
        let chords: Vec<String> = match chosen {
            Some(keys) => keys.chords.iter().map(|chord| quoted(chord)).collect(),
            None => spec.keys.iter().map(|chord| quoted(chord)).collect(),
        };
        let from = chosen.and_then(|keys| of_file(Some(keys.line))).unwrap_or_else(|| spec.title.to_owned());
        line(page, spec.name, &format!("[{}]", chords.join(", ")), &from);
    }
}

fn at<T>(set: Option<&Set<T>>) -> Option<usize> {
    set.map(|set| set.line)
}

/// A TOML string. The text is made safe first; JSON's other escapes are valid in TOML too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(safe_line(text).as_str()).to_string()
}
