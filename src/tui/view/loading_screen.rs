//! The screen while there is no workspace: how far reading has come, or why it gave no cards.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    text::wrap,
    tui::{
        command::Command,
        look::{Look, Role},
        model::{Model, ReadProgress, ReadState},
        overlays::problems,
        places::Overlay,
        widgets::line_writer::LineWriter,
    },
};

pub(super) fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let columns = area.width.saturating_sub(4).min(64);
    let inside = Rect { x: area.x + (area.width - columns) / 2, width: columns, ..area };
    let lines = match (&model.reading, &model.data) {
        (ReadState::Underway(progress), _) => return reading(progress, look, inside, buf),
        (ReadState::Failed(why), _) => failed(model, why),
        (ReadState::Idle, Some(data)) => {
            let problems = problems::counts(&data.problems);
            let files = match data.files {
                1 => "1 file was read".to_owned(),
                files => format!("{files} files were read"),
            };
            let mut lines = vec![
                (format!("There are no cards in {}.", data.name.line()), Role::Title),
                (
                    format!(
                        "{files}{}.",
                        if problems.is_empty() { String::new() } else { format!(": {problems}") }
                    ),
                    Role::Text,
                ),
                (String::new(), Role::Text),
            ];
            lines.extend(keys(model));
            lines
        }
        (ReadState::Idle, None) => keys(model),
    };
    let wrapped = lines.iter().flat_map(|(words, role)| {
        wrap(&look.words(words), usize::from(columns)).into_iter().map(move |line| (line, *role))
    });
    let wrapped: Vec<(String, Role)> = wrapped.collect();
    let top = area.height.saturating_sub(u16::try_from(wrapped.len()).unwrap_or(u16::MAX)) / 3;
    for ((words, role), at) in wrapped.iter().zip(top..area.height) {
        LineWriter::new(buf, look, inside, at).put(words, *role);
    }
}

fn failed(model: &Model, why: &str) -> Vec<(String, Role)> {
    let mut lines = vec![
        ("The files could not be read.".to_owned(), Role::Title),
        (why.to_owned(), Role::Failed),
        (String::new(), Role::Text),
    ];
    lines.extend(keys(model));
    lines
}

/// The keys that help when there are no cards.
fn keys(model: &Model) -> Vec<(String, Role)> {
    let has_problems = model.data.as_ref().is_some_and(|data| !data.problems.is_empty());
    let ways = [
        has_problems.then_some((Command::Show(Overlay::Problems), "shows what is wrong with them")),
        Some((Command::Reload, "reads the files again")),
        Some((Command::Quit, "quits")),
    ];
    let line = |(command, does): (Command, &str)| {
        let key = model.keymap.key_of(command, false)?;
        Some((format!("{key:<3}{does}"), Role::Text))
    };
    ways.into_iter().flatten().filter_map(line).collect()
}

fn reading(progress: &ReadProgress, look: &Look, area: Rect, buf: &mut Buffer) {
    let top = area.height.saturating_sub(4) / 3;
    LineWriter::new(buf, look, area, top).put("Reading the cards", Role::Title);
    let columns = u64::from(area.width);
    let of = progress.of_bytes.max(1);
    let done = usize::try_from((progress.bytes.min(of) * columns) / of).unwrap_or(0);
    let rest = usize::from(area.width) - done.min(usize::from(area.width));
    LineWriter::new(buf, look, area, top + 1)
        .put(&look.glyphs.bar.repeat(done), Role::Bar)
        .put(&look.glyphs.bar_empty.repeat(rest), Role::BarEmpty);
    let mut words = vec![bytes_of(progress), count(progress.files, "file", "files")];
    if progress.cards > 0 {
        words.push(count(progress.cards, "card", "cards"));
    }
    let words = words.join(&format!(" {} ", look.glyphs.separator));
    LineWriter::new(buf, look, area, top + 2).put(&words, Role::Faint);
    if let Some(first) = &progress.begins_with {
        LineWriter::new(buf, look, area, top + 3)
            .put("begins with ", Role::Faint)
            .put(&look.words(first), Role::Text);
    }
}

fn count(many: usize, one: &str, several: &str) -> String {
    if many == 1 { format!("1 {one}") } else { format!("{many} {several}") }
}

/// `43 of 165 MB`, both in the unit of the larger number.
pub(super) fn bytes_of(progress: &ReadProgress) -> String {
    let (unit, size) = match progress.of_bytes.max(progress.bytes) {
        0..1_000 => ("bytes", 1),
        1_000..1_000_000 => ("kB", 1_000),
        _ => ("MB", 1_000_000),
    };
    let read = progress.bytes / size;
    if progress.of_bytes == 0 {
        format!("{read} {unit}")
    } else {
        format!("{read} of {} {unit}", progress.of_bytes / size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_the_unit_of_the_whole() {
        let told = |bytes, of_bytes| bytes_of(&ReadProgress { bytes, of_bytes, ..ReadProgress::default() });
        assert_eq!(told(43_210_000, 165_900_000), "43 of 165 MB");
        assert_eq!(told(0, 20_000), "0 of 20 kB");
        assert_eq!(told(12_000_000, 0), "12 MB");
        assert_eq!(told(0, 0), "0 bytes");
    }
}
