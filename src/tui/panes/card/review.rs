//! The records about the indicator under the cursor: flags, notes, assigned gaps, reviews.

use crate::{
    review::{
        FlagState, ReviewState, TargetIds,
        book::{Flag, GapAssignment, Note},
        fingerprint::fingerprint,
        target::Target,
    },
    text::{Raw, fit},
    tui::{
        look::Role,
        pane_context::{PaneContext, Selection},
        places::Pane,
        widgets::{cell_text::count, prose::Prose, review_text},
    },
};

/// Adds one line, short enough for a small screen: open flags, the number of notes, whether the cell was reviewed.
pub(super) fn add_summary(prose: &mut Prose<'_>, context: &PaneContext<'_>) {
    let Selection { country, edition, indicator } = context.selection;
    let cell = context.review.cell(country, edition, indicator);
    let mut pieces = vec![];
    let (own, book) = (self::cell(context), &context.review.book);
    for flag in book.flags_on(&own).filter(|flag| is_open(flag)) {
        let glyphs = prose.glyphs();
        let quote = match &flag.note {
            note if note.is_empty() => String::new(),
            note => {
                let words = fit(&review_text::one_line(note), LONGEST_QUOTE, glyphs.ellipsis).into_owned();
                format!(": {}{words}{}", glyphs.quote_open, glyphs.quote_close)
            }
        };
        let asked = flag.asked.iter().filter(|asked| asked.to.is_some() || asked.due.is_some());
        let head = format!("! {} {}", flag.kind.title(), flag.said.author.line());
        let words: Vec<String> = std::iter::once(head).chain(asked.map(review_text::asked_of)).collect();
        let words = format!("{}{quote}", words.join(", "));
        prose.say(&words, 0, 2, Role::Mark);
    }
    if cell.notes > 0 {
        pieces.push((count(usize::from(cell.notes), "note", "notes"), Role::Text));
    }
    match cell.state {
        ReviewState::NotReviewed => {}
        ReviewState::Reviewed => pieces.push(("reviewed".to_owned(), Role::Faint)),
        ReviewState::Changed => pieces.push(("CHANGED SINCE REVIEW".to_owned(), Role::Warning)),
    }
    if cell.has_conflict {
        let disputed = book.flags_on(&own).any(|flag| matches!(flag.state, FlagState::Disputed { .. }));
        let key = if disputed { "{resolve}" } else { "{assign}" };
        let words = context.spell(Pane::Card, &format!("conflict: {key} settles it"));
        pieces.push((words, Role::Warning));
    }
    let between = format!(" {} ", prose.glyphs().separator);
    prose.flow(&pieces, &between, 0);
}

/// Letters of a flag's words above the answer; all of them stand below it.
const LONGEST_QUOTE: usize = 80;

const fn is_open(flag: &Flag) -> bool {
    !matches!(flag.state, FlagState::Resolved { .. })
}

/// Adds the assigned gaps, beside what the card says and never in its place.
pub(super) fn add_assigned(prose: &mut Prose<'_>, context: &PaneContext<'_>) {
    let assigned = context.review.book.assigned(&cell(context));
    let says = |one: &GapAssignment| one.gap.map_or("as the card says", |gap| gap.title());
    let differ = assigned.iter().any(|one| one.gap != assigned[0].gap);
    if !differ && assigned.iter().all(|one| one.gap.is_none()) {
        return;
    }
    for one in assigned {
        let words =
            format!("{} says: {} ({})", one.said.author.line(), says(one), review_text::when(&one.said.time));
        prose.say(&words, 2, 2, Role::Mark);
    }
    if differ {
        let words = context.spell(Pane::Card, "these disagree: {assign} says what holds");
        prose.say(&words, 2, 2, Role::Warning);
    }
}

/// Adds flags, notes and reviews; nothing if there are none.
pub(super) fn add(prose: &mut Prose<'_>, context: &PaneContext<'_>) {
    let book = &context.review.book;
    let Selection { country, edition, indicator } = context.selection;
    let on_card = Target::of(context.data, TargetIds::Country(country, edition));
    let on_indicator = Target::of(context.data, TargetIds::Indicator(indicator, edition));
    let own = cell(context);
    let of = |on, place| book.flags_on(on).map(move |flag| (flag, place));
    let flags: Vec<(&Flag, &str)> = of(&own, "")
        .chain(of(&on_card, ", on the whole card"))
        .chain(of(&on_indicator, ", on the indicator in every card"))
        .collect();
    if !flags.is_empty() {
        prose.head("Flags");
    }
    for (flag, place) in flags.iter().filter(|(flag, _)| is_open(flag)) {
        add_open(prose, context, flag, place);
    }
    for (flag, place) in flags.iter().filter(|(flag, _)| !is_open(flag)) {
        add_resolved(prose, flag, place);
    }
    let notes = [(&own, ""), (&on_card, ", on the whole card")];
    if notes.iter().any(|(on, _)| !book.notes_on(on).is_empty()) {
        prose.head("Notes");
    }
    for (on, place) in notes {
        let notes = book.notes_on(on);
        for note in notes {
            let answers = answers(book.notes_on(on), note);
            prose.say(&format!("{}{answers}{place}", review_text::by(&note.said)), 2, 2, Role::Faint);
            prose.say(&note.text.block(), 2, 0, Role::Text);
        }
        if book.has_split(on) {
            let words =
                context.spell(Pane::Card, "the last ones were written at the same time: {note} answers both");
            prose.say(&words, 2, 2, Role::Warning);
        }
    }
    add_reviewed(prose, context, &own);
}

/// `, in answer to ben`, if the note names notes of the thread.
fn answers(thread: &[Note], note: &Note) -> String {
    let mut authors: Vec<String> = vec![];
    for other in thread.iter().filter(|other| note.answers.contains(&other.said.id)) {
        let author = other.said.author.line().into_string();
        if !authors.contains(&author) {
            authors.push(author);
        }
    }
    if authors.is_empty() { String::new() } else { format!(", in answer to {}", authors.join(" and ")) }
}

fn add_open(prose: &mut Prose<'_>, context: &PaneContext<'_>, flag: &Flag, place: &str) {
    prose.say(&format!("! {}  {}{place}", flag.kind.title(), review_text::by(&flag.said)), 2, 2, Role::Mark);
    add_quoted(prose, &flag.note, Role::Text);
    for asked in &flag.asked {
        prose.say(&review_text::asked(asked), 4, 0, Role::Mark);
    }
    if let FlagState::Disputed { resolved, note, reopened } = &flag.state {
        prose.say(&format!("resolved by {}", review_text::by(resolved)), 4, 0, Role::Warning);
        add_quoted(prose, note, Role::Warning);
        let settles = context.spell(Pane::Card, "{resolve} settles it");
        let words = format!("and at the same time reopened by {}: {settles}", review_text::by(reopened));
        prose.say(&words, 4, 0, Role::Warning);
    }
}

fn add_resolved(prose: &mut Prose<'_>, flag: &Flag, place: &str) {
    let FlagState::Resolved { by, note } = &flag.state else { return };
    let words = format!(
        "{}  {}{place}, resolved by {}",
        flag.kind.title(),
        review_text::by(&flag.said),
        review_text::by(by)
    );
    prose.say(&words, 2, 2, Role::Faint);
    add_quoted(prose, &flag.note, Role::Faint);
    for asked in &flag.asked {
        prose.say(&review_text::asked(asked), 4, 0, Role::Faint);
    }
    if !note.is_empty() {
        prose.say(&format!("resolved, because: {}", note.block()), 4, 0, Role::Faint);
    }
}

fn add_quoted(prose: &mut Prose<'_>, words: &Raw<'_>, role: Role) {
    if !words.is_empty() {
        let glyphs = prose.glyphs();
        let text = format!("{}{}{}", glyphs.quote_open, words.block().as_str(), glyphs.quote_close);
        prose.say(&text, 4, 0, role);
    }
}

fn add_reviewed(prose: &mut Prose<'_>, context: &PaneContext<'_>, own: &Target) {
    let reviewed = context.review.book.reviewed(own);
    if reviewed.is_empty() {
        return;
    }
    let Selection { country, edition, indicator } = context.selection;
    let now = fingerprint(context.data, country, edition, indicator);
    let by = |is_as_now: bool| {
        let those = reviewed.iter().filter(move |one| (one.seen == now) == is_as_now);
        those.map(|one| review_text::by(&one.said)).collect::<Vec<String>>()
    };
    let (as_now, before) = (by(true), by(false));
    prose.part();
    match context.review.cell(country, edition, indicator).state {
        ReviewState::Changed => {
            prose.say("CHANGED SINCE REVIEW", 0, 2, Role::Warning);
            prose.say(
                &format!("reviewed by {}, when it said something else", before.join(" and ")),
                2,
                0,
                Role::Text,
            );
        }
        _ => {
            let earlier = if before.is_empty() {
                String::new()
            } else {
                format!("; by {} when it said something else", before.join(" and "))
            };
            prose.say(&format!("reviewed by {}{earlier}", as_now.join(" and ")), 0, 2, Role::Faint);
        }
    }
}

fn cell(context: &PaneContext<'_>) -> Target {
    let Selection { country, edition, indicator } = context.selection;
    Target::of(context.data, TargetIds::Cell(country, edition, indicator))
}
