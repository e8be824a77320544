//! `visavis flags`: reviews without the screen: list them, and say what a reviewer says.

mod desk;

use std::collections::HashSet;

use self::desk::Desk;
use super::{Exit, Failure, Printer, data, rank::indicator, reviews, tell};
use crate::{
    cli::args::{Common, FlagsAction, FlagsArgs, ListArgs, OutputArgs, ProgressArg, SortArg, WhichArgs},
    core::{
        dataset::Dataset,
        date::Date,
        framework::Group,
        groups,
        subject::{Subject, find_edition},
    },
    review::{
        Act, Draft, Id, QueueFilter, Review,
        news::{Seen, target_of},
        queue::{self, QueueKind, QueueSort, Stage},
        report::{DigestReport, DigestSince, FlagsReport, ProgressBy, ProgressReport, ReviewsReport},
    },
    store::output::OutputTarget as Out,
    text::{Raw, Safe, excerpt, safe_line},
};

pub(super) fn run(common: &Common, args: FlagsArgs) -> Result<Exit, Failure> {
    let action = match args.action {
        FlagsAction::List(args) => return list(common, args),
        FlagsAction::Progress { by, output } => return progress(common, by, output),
        FlagsAction::Digest { since, since_last, output } => {
            return digest(common, since.as_deref(), since_last, output);
        }
        FlagsAction::Export { which, output } => return export(common, &which, output),
        action => action,
    };
    if common.group.is_some() {
        return Err(Safe::fixed("--group does not apply here: each country is named").into());
    }
    let data = data::open(common)?;
    let mut reviews = reviews::open(common, &data)?;
    let desk = Desk::new(&data, data::edition(&data, common)?, &reviews);
    let mut action = action;
    // Who is asked about a new flag stands in a record of its own.
    let ask = match &mut action {
        FlagsAction::Add { ask, .. } => Some(desk::asked(std::mem::take(ask))?),
        _ => None,
    };
    let drafts = desk.drafts(action)?;
    if drafts.is_empty() {
        tell("nothing is left to say: all of it was said before");
        return Ok(Exit::Done);
    }
    let kept = reviews.keep(drafts)?;
    let me = reviews.journal.reviewer();
    if me.is_guessed {
        let name = me.author.line();
        tell(&format!(
            "kept as {name}, which is a guess: VISAVIS_AUTHOR, or author in the configuration, says who you are"
        ));
    }
    if let (Some((to, due)), [flag, ..]) = (ask, &*kept) {
        Out::Stdout.write(format!("{}\n", safe_line(flag.id.text())).as_bytes())?;
        if to.is_some() || due.is_some() {
            let act = Act::Address { flag: flag.id.clone(), to: to.map(Raw::new), due };
            reviews.keep(vec![Draft::new(act)])?;
        }
    } else {
        tell(if kept.len() == 1 { "saved" } else { "all saved" });
    }
    Ok(Exit::Done)
}

/// The reviews of these cards.
fn review(common: &Common, data: &Dataset) -> Result<Review, Failure> {
    let reviews = reviews::open(common, data)?;
    Ok(Review::over(reviews.book, reviews.journal.reviewer(), data))
}

fn list(common: &Common, args: ListArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(args.output, common)?;
    let data = data::open(common)?;
    let filter = filter(common, &data, &args.which, Stage::Open)?;
    let sort = match args.sort {
        SortArg::Date => QueueSort::Newest,
        SortArg::Country => QueueSort::Country,
        SortArg::Kind => QueueSort::Kind,
        SortArg::Author => QueueSort::Author,
    };
    let review = review(common, &data)?;
    printer.print(&FlagsReport::new(&data, &review, &filter, sort, group(common, &data)?))?;
    Ok(Exit::Done)
}

fn progress(common: &Common, by: ProgressArg, output: OutputArgs) -> Result<Exit, Failure> {
    refuse_author(common)?;
    let printer = Printer::new(output, common)?;
    let data = data::open(common)?;
    let edition = data::edition(&data, common)?.or_else(|| data.newest_edition());
    let edition = edition.ok_or(Safe::fixed("there are no cards"))?;
    let group = data::group(&data, common.group.as_deref())?;
    let members = groups::members(&data, &group, edition);
    let by = match by {
        ProgressArg::Country => ProgressBy::Country,
        ProgressArg::Indicator => ProgressBy::Indicator,
        ProgressArg::Author => ProgressBy::Author,
    };
    let review = review(common, &data)?;
    printer.print(&ProgressReport::new(&data, &review, group, &members, edition, by))?;
    Ok(Exit::Done)
}

fn digest(
    common: &Common,
    since: Option<&str>,
    since_last: bool,
    mut output: OutputArgs,
) -> Result<Exit, Failure> {
    refuse_author(common)?;
    let day = since.map(|text| day("--since", text)).transpose()?;
    if output.format.is_none() && output.to.output.is_none() {
        output.format = Some("md".to_owned());
    }
    let printer = Printer::new(output, common)?;
    let data = data::open(common)?;
    let reviews = reviews::open(common, &data)?;
    let since = match day {
        Some(day) => DigestSince::Day(day),
        None if since_last => DigestSince::Last(reviews.journal.told()),
        None => DigestSince::Ever,
    };
    let mut told = Seen::default();
    reviews.book.records().for_each(|record| told.add(&record.id));
    let journal = reviews.journal;
    printer.print(&DigestReport::new(&data, reviews.book, since))?;
    if since_last {
        // Only once it is printed.
        journal.add_told(&told);
    }
    Ok(Exit::Done)
}

fn export(common: &Common, which: &WhichArgs, output: OutputArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(output, common)?;
    let data = data::open(common)?;
    let filter = filter(common, &data, which, Stage::All)?;
    let review = review(common, &data)?;
    let report = ReviewsReport::new(&data, &review.book);
    if filter == (QueueFilter { state: Stage::All, ..QueueFilter::default() }) {
        printer.print(&report)?;
    } else {
        printer.print(&report.of_records(records(&data, &review, &filter)))?;
    }
    Ok(Exit::Done)
}

/// The ids of the records that the filter keeps: each by its own target, author and time; by state, kind, addressee and words
/// those of the items that it keeps, with what resolved, reopened or addressed them.
fn records(data: &Dataset, review: &Review, filter: &QueueFilter) -> HashSet<Id> {
    let book = &review.book;
    let of_items = QueueFilter { author: None, since: None, ..filter.clone() };
    let items = queue::items(review, data);
    let kept: HashSet<&Id> =
        items.iter().filter(|item| of_items.keeps(item, review, data)).map(|item| &item.said.id).collect();
    let asks_for_items = filter.state != Stage::All
        || filter.kind.is_some()
        || filter.asked.is_some()
        || !filter.text.is_empty();
    let of_target =
        QueueFilter { state: Stage::All, kind: None, asked: None, text: String::new(), ..of_items.clone() };
    let records = book.records().filter(|record| {
        let day = record.time.get(..10).and_then(Date::parse);
        filter.author.as_ref().is_none_or(|author| *author == record.author)
            && filter.since.is_none_or(|since| day.is_some_and(|day| day >= since))
            && target_of(book, record).is_some_and(|on| of_target.is_about(on, on.find(data)))
            && (!asks_for_items
                || kept.contains(&record.id)
                || record.act.flag().is_some_and(|flag| kept.contains(flag)))
    });
    records.map(|record| record.id.clone()).collect()
}

/// The filter that the arguments describe. Errors: a country, indicator, edition, group or day is unknown.
fn filter(common: &Common, data: &Dataset, which: &WhichArgs, state: Stage) -> Result<QueueFilter, Failure> {
    refuse_author(common)?;
    let country = which.country.as_ref().map(|text| match Subject::parse(data, text, None)? {
        Subject::Country(country, _) => Ok(data.country(country).code.raw().into()),
        Subject::Group(..) => Err(Safe::fixed("--country takes a country; --group takes a group")),
    });
    let id = which.indicator.as_deref().map(|text| indicator(data, text)).transpose()?;
    let edition = common.edition.as_deref().map(|label| find_edition(data, label)).transpose()?;
    let group = group(common, data)?;
    let members = group.map(|group| {
        let at = edition.or_else(|| data.newest_edition());
        at.map_or_else(Vec::new, |at| groups::members(data, &group, at))
    });
    let name = |name: &Option<String>| name.clone().map(Raw::new);
    Ok(QueueFilter {
        state: which.state.as_deref().and_then(Stage::from_id).unwrap_or(state),
        kind: which.kind.as_deref().and_then(QueueKind::from_id),
        author: name(&which.by),
        asked: name(&which.to),
        country: country.transpose()?,
        indicator: id.map(|id| data.framework.indicator(id).id.clone()),
        edition: edition.map(|edition| data.edition(edition).label.clone()),
        since: which.since.as_deref().map(|text| day("--since", text)).transpose()?,
        members,
        text: which.search.clone().unwrap_or_default(),
    })
}

fn group(common: &Common, data: &Dataset) -> Result<Option<Group>, Failure> {
    common.group.as_deref().map(|id| data::group(data, Some(id))).transpose()
}

/// --author says who speaks, and nothing is said here.
fn refuse_author(common: &Common) -> Result<(), Failure> {
    match common.author {
        Some(_) => {
            Err(Safe::fixed("--author says who writes, and nothing is written here: --by chooses by author")
                .into())
        }
        None => Ok(()),
    }
}

/// A day that was asked for. Errors: it is none.
fn day(option: &str, text: &str) -> Result<Date, Failure> {
    let day = Date::parse(text).filter(|_| text.len() == 10);
    day.ok_or_else(|| {
        safe_line(&format!("{option} takes a day such as 2026-11-01, not {}", excerpt(text, 40))).into()
    })
}
