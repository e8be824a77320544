//! The last line of the screen: the text being typed, a message, or the most useful keys.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    text::{fit, width},
    tui::{
        command::{COMMANDS, Command, HelpSection, Spec},
        keymap::notation,
        look::{Look, Role},
        model::{Model, Notice},
        places::Overlay,
        scopes::Scope,
        text_input::TextInput,
        widgets::line_writer::LineWriter,
    },
};

/// The least width at which there is room for more than the most useful hints.
const ROOMY: u16 = 60;

/// A key and its words.
type Hint = (String, &'static str);

pub(super) fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    match (&model.notice, &model.overlay, &model.typing) {
        _ if !model.pending.is_empty() => pending(model, look, area, buf),
        (Some(Notice::Said(words)), ..) => said(model, words, Role::Text, look, area, buf),
        (Some(Notice::Refused(words)), ..) => said(model, words, Role::Warning, look, area, buf),
        (None, Some(open), _) => hints(&overlay_hints(model, open.kind()), &[], look, area, buf),
        (None, None, Some(field)) => typing(model, field, look, area, buf),
        (None, None, None) => hints(&pane_hints(model), &program_hints(model), look, area, buf),
    }
}

/// Draws a message, with the key for help or for closing beside it.
fn said(model: &Model, words: &str, role: Role, look: &Look, area: Rect, buf: &mut Buffer) {
    let help = match &model.overlay {
        None => key(model, Command::Show(Overlay::Help), "help"),
        Some(_) => key(model, Command::Back, "close"),
    };
    let columns = help.as_ref().map_or(0, wide);
    let free = if width(&look.words(words)) + columns + 2 <= usize::from(area.width) { columns } else { 0 };
    let free = u16::try_from(free).unwrap_or(0);
    let place = Rect { x: area.right() - free, width: free, ..area };
    put(help.as_slice(), &mut LineWriter::new(buf, look, place, 0));
    LineWriter::new(buf, look, Rect { width: area.width - free, ..area }, 0).gap(1).put(words, role);
}

/// Draws the keys of a begun chord and every key that may follow, with as many words as fit.
fn pending(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let mut writer = LineWriter::new(buf, look, area, 0);
    writer.gap(1).put(&notation(&model.pending), Role::Key).put(" then  ", Role::Faint);
    let following = model.keymap.continuing(&model.scopes(), &model.pending);
    let specs = following.into_iter().filter_map(|(keys, command)| Some((keys, command.spec()?)));
    let specs: Vec<(String, &Spec)> = specs.collect();
    let worded = |words: fn(&Spec) -> &'static str| -> Vec<Hint> {
        specs.iter().map(|(keys, spec)| (keys.clone(), words(spec))).collect()
    };
    // The last hint needs no space after it.
    let fits = |hints: &[Hint]| hints.iter().map(wide).sum::<usize>() <= writer.rest() + 2;
    let mut hints = worded(|spec| spec.title);
    if !fits(&hints) {
        hints = worded(Spec::short);
    }
    for at in (0..hints.len()).rev() {
        if fits(&hints) {
            break;
        }
        hints[at].1 = "";
    }
    put(&hints, &mut writer);
}

fn typing(model: &Model, field: &TextInput, look: &Look, area: Rect, buf: &mut Buffer) {
    let ways = [
        key(model, Command::Enter, "keep"),
        key(model, Command::Back, "clear"),
        key(model, Command::Down, "next"),
    ];
    let ways: Vec<Hint> = ways.into_iter().flatten().collect();
    let fault = model.workspace.as_ref().map(|at| model.pane().search_fault(&at.context(true)));
    let fault = fault.unwrap_or_default();
    if let Some(shortest) = fault.last() {
        let room = usize::from(area.width).saturating_sub(width(field.text()) + 4);
        let words = fault.iter().find(|words| width(words) < room).unwrap_or(shortest);
        let words = fit(words, usize::from(area.width / 3 * 2), look.glyphs.ellipsis);
        let free = u16::try_from(width(&words) + 1).unwrap_or(0);
        field.draw(buf, look, area, " /", free.into());
        let place = Rect { x: area.right().saturating_sub(free), width: free, ..area };
        LineWriter::new(buf, look, place, 0).put(&look.words(&words), Role::Notice);
        return;
    }
    let wide = ways.iter().map(wide).sum::<usize>();
    let free = if usize::from(area.width) >= wide + 24 { wide } else { 0 };
    field.draw(buf, look, area, " /", free);
    if free > 0 {
        let columns = u16::try_from(free).unwrap_or(0);
        let place = Rect { x: area.right().saturating_sub(columns), width: columns, ..area };
        put(&ways, &mut LineWriter::new(buf, look, place, 0));
    }
}

fn key(model: &Model, command: Command, does: &'static str) -> Option<Hint> {
    Some((model.keymap.key_here(&model.scopes(), command)?, does))
}

fn overlay_hints(model: &Model, overlay: Overlay) -> Vec<Hint> {
    let typing = overlay.has_field();
    let enter = match overlay {
        Overlay::Help | Overlay::Palette => Some("run"),
        Overlay::GoTo | Overlay::ReloadDiff | Overlay::Sum | Overlay::Median => Some("go there"),
        Overlay::Picker | Overlay::Groups | Overlay::Sets => Some("choose"),
        Overlay::EverySet => Some("show this set"),
        Overlay::Weights | Overlay::Finding | Overlay::Reading => return own_hints(model, overlay),
        Overlay::Flag | Overlay::Note => return editor_hints(model, overlay),
        Overlay::Filters => Some("choose"),
        Overlay::Sources => Some("copy address"),
        Overlay::History => Some("close"),
        Overlay::Assign
        | Overlay::Reviewed
        | Overlay::Resolve
        | Overlay::Ask
        | Overlay::SignOff
        | Overlay::Asking => Some("save"),
        Overlay::Problems | Overlay::ReadingText => model.overlay.as_ref().and_then(|open| open.enter_does()),
    };
    if overlay == Overlay::Asking {
        let ways =
            [enter.and_then(|does| key(model, Command::Enter, does)), key(model, Command::Back, "close")];
        return ways.into_iter().flatten().collect();
    }
    let ways = [
        enter.and_then(|does| key(model, Command::Enter, does)),
        key(model, Command::Back, "close"),
        key(model, Command::Up, "up")
            .zip(key(model, Command::Down, ""))
            .map(|(up, down)| (format!("{} {}", up.0, down.0), "move")),
        if typing {
            key(model, Command::DeleteLine, "clear")
        } else if overlay != Overlay::Problems {
            None
        } else {
            key(model, Command::Reload, "read again")
        },
    ];
    ways.into_iter().flatten().collect()
}

/// The commands of this overlay, then the key that closes it.
fn own_hints(model: &Model, overlay: Overlay) -> Vec<Hint> {
    let here = COMMANDS.iter().filter(|spec| spec.scope == Scope::On(overlay) && !spec.hint.is_empty());
    let mut hints: Vec<Hint> = here.filter_map(|spec| key(model, spec.command, spec.hint)).collect();
    hints.extend(if overlay == Overlay::Finding { key(model, Command::Enter, "go on") } else { None });
    hints.extend(key(model, Command::Back, "close"));
    if overlay == Overlay::Reading {
        // What keeps and what leaves is there on a narrow line, too.
        hints.sort_by_key(|(_, does)| !matches!(*does, "change" | "save" | "close"));
    }
    hints
}

/// The key that saves comes first, then the one that closes without losing the text.
fn editor_hints(model: &Model, overlay: Overlay) -> Vec<Hint> {
    let typed = |command, does| key(model, command, does);
    let close = key(model, Command::Back, "close");
    let save = key(model, Command::Enter, "save");
    let line = typed(Command::NewLine, "new line");
    let ways = if overlay == Overlay::Note {
        [save, close, line, typed(Command::EditOutside, "$EDITOR"), None]
    } else {
        [save, typed(Command::NextKind, "kind"), typed(Command::NextScope, "cell or card"), close, line]
    };
    ways.into_iter().flatten().collect()
}

/// The commands that can run here, the most useful first.
fn pane_hints(model: &Model) -> Vec<Hint> {
    let mut specs: Vec<&Spec> = live(model).filter(|spec| spec.section != HelpSection::Program).collect();
    specs.sort_by_key(|spec| rank(spec, model));
    specs.into_iter().filter_map(|spec| key(model, spec.command, spec.hint)).collect()
}

fn program_hints(model: &Model) -> Vec<Hint> {
    let quit = if model.workspace.is_none() { key(model, Command::Quit, "quit") } else { None };
    // A narrow line shows only the help, which leads to everything else.
    let least = if model.size.width < ROOMY { Some(Command::Show(Overlay::Help)) } else { None };
    let specs = live(model).filter(|spec| spec.section == HelpSection::Program);
    let specs = specs.filter(|spec| least.is_none_or(|least| spec.command == least));
    let hints = specs.filter_map(|spec| key(model, spec.command, spec.hint));
    hints.chain(quit).collect()
}

fn live(model: &Model) -> impl Iterator<Item = &'static Spec> {
    let (needs_met, front) = (model.needs_met(), model.front());
    COMMANDS.iter().filter(move |spec| {
        let is_here = spec.scope == Scope::Anywhere || spec.scope == Scope::Pane(front);
        // Without cards only commands of the program are useful.
        let has_sense = needs_met.has_cards || spec.section == HelpSection::Program;
        is_here
            && has_sense
            && leads_somewhere(model, spec.command)
            && !spec.hint.is_empty()
            && needs_met.meets(spec.needs).is_ok()
    })
}

/// Whether a command has an effect: there is an older or newer edition, or the pane shows this hint. A pane with
/// editions of its own always shows the keys for editions.
fn leads_somewhere(model: &Model, command: Command) -> bool {
    let Some(workspace) = &model.workspace else { return true };
    let at = workspace.selection.edition.index();
    match command {
        Command::OlderEdition | Command::NewerEdition if model.pane().has_own_editions() => true,
        Command::OlderEdition => at > 0,
        Command::NewerEdition => at + 1 < workspace.data.edition_ids().len(),
        _ => model.pane().tells(command),
    }
}

fn rank(spec: &Spec, model: &Model) -> (u8, bool) {
    let everywhere = || match (spec.section, spec.command) {
        // Commands of this pane come first.
        _ if spec.scope == Scope::Pane(model.front()) => 1,
        (HelpSection::Compare, _) => 1,
        (_, Command::Show(Overlay::Flag | Overlay::Note | Overlay::Finding) | Command::Write(_)) => 1,
        (HelpSection::Find, _) => 2,
        (HelpSection::Review, _) => 3,
        (HelpSection::Look, _) => 4,
        (HelpSection::Move | HelpSection::Type | HelpSection::Program, _) => 5,
    };
    (model.pane().hint_rank(spec).unwrap_or_else(everywhere), spec.scope == Scope::Anywhere)
}

/// Draws the hints that fit. Those on the right get their room first, from the last one on.
fn hints(left: &[Hint], right: &[Hint], look: &Look, area: Rect, buf: &mut Buffer) {
    // A narrow line with hints at both ends has no margin.
    let margin = u16::from(area.width >= ROOMY || right.is_empty());
    let mut room = usize::from(area.width - margin.min(area.width));
    let kept = right.iter().rev().take_while(|hint| {
        let fits = room >= wide(hint);
        room = room.saturating_sub(wide(hint));
        fits
    });
    let kept = kept.count();
    let right = &right[right.len() - kept..];
    let columns = right.iter().map(wide).sum::<usize>().saturating_sub(if margin == 0 { 2 } else { 0 });
    let columns = u16::try_from(columns).unwrap_or(0).min(area.width);
    let place = Rect { x: area.right() - columns, width: columns, ..area };
    put(right, &mut LineWriter::new(buf, look, place, 0));
    let mut writer = LineWriter::new(buf, look, Rect { width: area.width - columns, ..area }, 0);
    writer.gap(usize::from(margin));
    // The last hint needs no space after it, unless others follow at the right.
    let spare = match (right.is_empty(), margin) {
        (true, _) => 2,
        (false, 0) => 1,
        (false, _) => 0,
    };
    for hint in left {
        if wide(hint) <= writer.rest() + spare {
            put(std::slice::from_ref(hint), &mut writer);
        }
    }
}

/// The width of a hint, including the space after it.
fn wide((key, does): &Hint) -> usize {
    width(key) + if does.is_empty() { 0 } else { 1 + width(does) } + 2
}

fn put(hints: &[Hint], writer: &mut LineWriter<'_>) {
    for (key, does) in hints {
        writer.put(key, Role::Key);
        if !does.is_empty() {
            writer.put(" ", Role::Text).put(does, Role::Faint);
        }
        writer.gap(2);
    }
}
