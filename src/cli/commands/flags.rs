//! `visavis flags`: reviews without the screen: list, add and change flags, notes and assigned gaps.

use super::{Exit, Failure, Printer, data, reviews, reviews::Reviews, tell};
use crate::{
    cli::args::{Common, FlagsAction, FlagsArgs, OnArgs, OutputArgs, StateArg, WhatArgs, WhichArgs},
    core::{
        cell::Gap,
        dataset::{Dataset, EditionId},
        date::Date,
        subject::{Subject, find_edition},
    },
    review::{
        Act, Draft, Flag, FlagKind, Id, Target, TargetIds, drafts,
        fingerprint::fingerprint,
        report::{DigestReport, FlagsReport, ReviewsReport, StateFilter, Which},
    },
    store::output::OutputTarget as Out,
    text::{Raw, Safe, excerpt, no_such, safe_line},
};

pub(super) fn run(common: &Common, args: FlagsArgs) -> Result<Exit, Failure> {
    let action = match args.action {
        FlagsAction::List(args) => return list(common, args),
        FlagsAction::Digest { since, output } => return digest(common, since.as_deref(), output),
        FlagsAction::Export(output) => {
            let printer = Printer::new(output, common)?;
            let data = data::open(common)?;
            let reviews = reviews::open(common, &data)?;
            printer.print(&ReviewsReport::new(&data, &reviews.book))?;
            return Ok(Exit::Done);
        }
        action => action,
    };
    let data = data::open(common)?;
    let mut reviews = reviews::open(common, &data)?;
    let workspace = Desk { data: &data, edition: data::edition(&data, common)?, reviews: &reviews };
    let is_flag = matches!(action, FlagsAction::Add { .. });
    let drafts = workspace.drafts(action)?;
    let kept = reviews.keep(drafts)?;
    if is_flag {
        let ids: Vec<String> =
            kept.iter().map(|record| format!("{}\n", safe_line(record.id.text()))).collect();
        Out::Stdout.write(ids.concat().as_bytes())?;
    } else {
        tell(if kept.len() == 1 { "saved" } else { "all saved" });
    }
    Ok(Exit::Done)
}

fn list(common: &Common, args: WhichArgs) -> Result<Exit, Failure> {
    let printer = Printer::new(args.output, common)?;
    let data = data::open(common)?;
    let reviews = reviews::open(common, &data)?;
    let country = args.country.map(|text| match Subject::parse(&data, &text, None)? {
        Subject::Country(country, _) => Ok(data.country(country).code.raw().into()),
        Subject::Group(..) => Err(Safe::fixed("--country takes a country")),
    });
    let which = Which {
        state: match args.state {
            StateArg::Open => StateFilter::Open,
            StateArg::Resolved => StateFilter::Resolved,
            StateArg::All => StateFilter::All,
        },
        kind: args.kind.as_deref().and_then(FlagKind::from_id),
        author: common.author.as_deref().map(Box::from),
        country: country.transpose()?,
        edition: common.edition.as_deref().map(Box::from),
        group: common.group.as_deref().map(|id| data::group(&data, Some(id))).transpose()?,
    };
    printer.print(&FlagsReport::new(&data, &reviews.book, &which))?;
    Ok(Exit::Done)
}

fn digest(common: &Common, since: Option<&str>, mut output: OutputArgs) -> Result<Exit, Failure> {
    let since = since.map(|text| {
        Date::parse(text).ok_or_else(|| {
            safe_line(&format!("--since takes a day such as 2026-11-01, not {}", excerpt(text, 40)))
        })
    });
    let since = since.transpose()?;
    if output.format.is_none() && output.to.output.is_none() {
        output.format = Some("md".to_owned());
    }
    let printer = Printer::new(output, common)?;
    let data = data::open(common)?;
    let reviews = reviews::open(common, &data)?;
    printer.print(&DigestReport::new(&data, reviews.book, since))?;
    Ok(Exit::Done)
}

/// The data and reviews that the arguments refer to.
struct Desk<'a> {
    data: &'a Dataset,
    edition: Option<EditionId>,
    reviews: &'a Reviews,
}

impl Desk<'_> {
    fn drafts(&self, action: FlagsAction) -> Result<Vec<Draft>, Failure> {
        Ok(match action {
            FlagsAction::Add { on, kind, note } => {
                let place = self.place(&on)?;
                let kind = kind.as_deref().and_then(FlagKind::from_id).unwrap_or_else(|| self.kind(place));
                let on = Target::of(self.data, place);
                vec![Draft::new(Act::Flag { on, kind, note: Raw::new(note) })]
            }
            FlagsAction::Resolve { what, note } => {
                let resolve = |flag: &Flag| Draft {
                    act: Act::Resolve { flag: flag.said.id.clone(), note: Raw::new(note.clone()) },
                    over: flag.heads.clone(),
                };
                self.flags(&what)?.into_iter().map(resolve).collect()
            }
            FlagsAction::Reopen(what) => {
                let reopen = |flag: &Flag| Draft {
                    act: Act::Reopen { flag: flag.said.id.clone() },
                    over: flag.heads.clone(),
                };
                self.flags(&what)?.into_iter().map(reopen).collect()
            }
            FlagsAction::Note { on, text } => {
                let on = Target::of(self.data, self.place(&on)?);
                let (book, me) = (&self.reviews.book, self.reviews.journal.reviewer());
                vec![drafts::note(book, &me, on, &text)]
            }
            FlagsAction::Review(on) => {
                let (on, seen, _) = self.cell(&on)?;
                let me = self.reviews.journal.reviewer();
                let mine = self.reviews.book.reviewed(&on).iter().map(|one| &one.said);
                let mine = mine.filter(|said| me.wrote(&said.id, &said.author));
                let over = mine.map(|said| said.id.clone()).collect();
                vec![Draft { act: Act::Review { on, seen }, over }]
            }
            FlagsAction::Assign { on, reason } => self.assign(&on, Gap::from_id(&reason))?,
            FlagsAction::Undo => {
                let draft = drafts::undo(&self.reviews.book, self.reviews.journal.writer());
                vec![draft.ok_or(Safe::fixed("there is nothing of this author to undo"))?]
            }
            // These keep no records and are handled before.
            FlagsAction::List(_) | FlagsAction::Digest { .. } | FlagsAction::Export(_) => vec![],
        })
    }

    fn assign(&self, on: &OnArgs, gap: Option<Gap>) -> Result<Vec<Draft>, Failure> {
        let (on, seen, state) = self.cell(on)?;
        if gap.is_some() && !matches!(state, Some(Gap::Absent | Gap::Empty)) {
            let words =
                "only a cell that is absent or empty can be assigned a reason: this one says something";
            return Err(Safe::fixed(words).into());
        }
        let over = self.reviews.book.assigned(&on).iter().map(|one| one.said.id.clone()).collect();
        Ok(vec![Draft { act: Act::Assign { on, gap, seen }, over }])
    }

    /// The kind of a flag if none is named: `missing-data` for a cell without a value, else `question`.
    fn kind(&self, place: TargetIds) -> FlagKind {
        match place {
            TargetIds::Cell(c, e, i) if !self.data.cell(c, e, i).is_given() => FlagKind::MissingData,
            _ => FlagKind::Question,
        }
    }

    fn place(&self, on: &OnArgs) -> Result<TargetIds, Failure> {
        let indicator = on.indicator.as_deref().map(|id| {
            let known = self.data.framework.indicators.iter().map(|indicator| &*indicator.id);
            self.data.framework.find_indicator(id).ok_or_else(|| no_such("indicator", id, known))
        });
        let indicator = indicator.transpose()?;
        if let Some(label) = on.subject.strip_prefix('@') {
            let edition = find_edition(self.data, label)?;
            let indicator = indicator.ok_or(Safe::fixed("an edition alone needs an indicator"))?;
            return Ok(TargetIds::Indicator(indicator, edition));
        }
        match (Subject::parse(self.data, &on.subject, self.edition)?, indicator) {
            (Subject::Country(country, edition), Some(indicator)) => {
                Ok(TargetIds::Cell(country, edition, indicator))
            }
            (Subject::Country(country, edition), None) => Ok(TargetIds::Country(country, edition)),
            (Subject::Group(..), _) => {
                Err(Safe::fixed("a group cannot be reviewed, its countries can").into())
            }
        }
    }

    /// The target of one cell, the cell's fingerprint and, if it has no value, its gap. Errors: the target is no
    /// cell.
    fn cell(&self, on: &OnArgs) -> Result<(Target, u64, Option<Gap>), Failure> {
        match self.place(on)? {
            place @ TargetIds::Cell(c, e, i) => {
                let state = self.data.cell(c, e, i).state.err();
                Ok((Target::of(self.data, place), fingerprint(self.data, c, e, i), state))
            }
            _ => Err(Safe::fixed("a country and an indicator are needed: this is about one cell").into()),
        }
    }

    fn flags(&self, what: &WhatArgs) -> Result<Vec<&Flag>, Failure> {
        let found = what.ids.iter().map(|text| {
            let flag = self.reviews.book.flag(&Id::from(text.trim()));
            flag.ok_or_else(|| {
                safe_line(&format!("no flag {}: flags list names them", excerpt(text, 60))).into()
            })
        });
        found.collect()
    }
}
