//! Copies text to the user's clipboard, by tmux or else by the terminal (OSC 52), and always to a file.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crossterm::{Command as _, clipboard::CopyToClipboard};

use super::private_file;
use crate::{
    terminal::capabilities::Dialect,
    text::{Safe, safe_line},
    tui::pane_context::Copied,
};

/// Bytes of text in one OSC 52 sequence; terminals silently drop or cut longer ones.
const MOST_BYTES: usize = 74_994;

/// How long tmux may take before the copy goes to the terminal instead.
const PATIENCE: Duration = Duration::from_secs(2);

/// Bytes that GNU screen passes on to the terminal in one sequence.
const SCREEN_TAKES: usize = 252;

/// What copying must know of the environment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Around {
    pub in_tmux: bool,
    pub in_screen: bool,
    pub term: String,
    /// The file that always has the last copy; `None` if there is no state directory.
    pub file: Option<PathBuf>,
}

impl Around {
    pub(crate) fn here() -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        Self {
            in_tmux: set("TMUX"),
            in_screen: set("STY"),
            term: std::env::var("TERM").unwrap_or_default(),
            file: super::paths::state_here().map(|folder| folder.join("copied.txt")),
        }
    }

    /// Whether the terminal has a clipboard: the Linux console, VT terminals and dumb ones have none.
    fn has_clipboard(&self) -> bool {
        !matches!(&*self.term, "" | "dumb") && Dialect::of(Some(&self.term)) == Dialect::Full
    }
}

/// Copies a text; returns the bytes to send to the terminal, if any, and a message that says how it was copied.
pub(crate) fn copy(copied: &Copied, around: &Around) -> (Vec<u8>, Safe) {
    let in_file = around.file.as_deref().map(|path| (path, write(path, &copied.text)));
    let file = match &in_file {
        Some((path, Ok(()))) => format!("in {}", short(path)),
        Some((path, Err(why))) => format!("not in {}: {why}", short(path)),
        None => "in no file: there is no state directory".to_owned(),
    };
    let what = &copied.what;
    let told = |way: &str| safe_line(&format!("copied {what}: {way}, and {file}"));
    if around.in_tmux && through_tmux(&copied.text) {
        return (vec![], told("by tmux"));
    }
    if around.has_clipboard() && copied.text.len() <= MOST_BYTES {
        return (sequence(&copied.text, around.in_screen), told("by OSC 52"));
    }
    let why = if around.has_clipboard() {
        format!("too long for a terminal's clipboard, {} kB", copied.text.len() / 1000)
    } else {
        "this terminal has no clipboard".to_owned()
    };
    let words = match in_file {
        Some((_, Ok(()))) => format!("copied {what}: {file} only ({why})"),
        _ => format!("NOT copied ({why}), {file}"),
    };
    (vec![], safe_line(&words))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    private_file::write(path, text.as_bytes()).map_err(|error| error.to_string())
}

/// The path with `~` for the home directory.
fn short(path: &Path) -> String {
    let home = std::env::var_os("HOME").map(PathBuf::from).filter(|home| home.is_absolute());
    match home.and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned)) {
        Some(rest) => format!("~/{}", rest.display()),
        None => path.display().to_string(),
    }
}

/// Copies by tmux; false if that failed. `-w` passes the text on to the clipboard of the outer terminal; tmux before
/// 3.2 does not know it.
fn through_tmux(text: &str) -> bool {
    let child = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    let Some(mut stdin) = child.stdin.take() else { return false };
    let text = text.to_owned();
    // On a thread of its own, because writing blocks if tmux hangs.
    thread::spawn(move || stdin.write_all(text.as_bytes()));
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(Duration::from_millis(10)),
            Err(_) => break,
        }
    }
    // tmux took too long. If it cannot be killed either, nothing changes.
    let _ = child.kill().and_then(|()| child.wait());
    false
}

/// OSC 52 with the text in base64; in GNU screen split into pieces that screen passes on.
fn sequence(text: &str, in_screen: bool) -> Vec<u8> {
    let mut sequence = String::new();
    // Writing to a string cannot fail.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence);
    if !in_screen {
        return sequence.into_bytes();
    }
    // `ESC \` would end what screen passes on, so the OSC ends with BEL, which is allowed too.
    let sequence = format!("{}\x07", sequence.trim_end_matches("\x1b\\"));
    let pieces = sequence.as_bytes().chunks(SCREEN_TAKES);
    pieces.flat_map(|piece| [b"\x1bP", piece, b"\x1b\\"].concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(term: &str, file: Option<PathBuf>) -> Around {
        Around { term: term.to_owned(), file, ..Around::default() }
    }

    fn copied(text: &str) -> Copied {
        Copied { what: Safe::fixed("the row"), text: text.to_owned() }
    }

    #[test]
    fn a_copy_goes_to_the_terminal_and_to_a_file_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/copied.txt");
        let (bytes, told) = copy(&copied("no data"), &around("xterm-256color", Some(file.clone())));
        assert_eq!(bytes, b"\x1b]52;c;bm8gZGF0YQ==\x1b\\");
        assert!(told.starts_with("copied the row: by OSC 52, and in "), "{told}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "no data");
        copy(&copied("later"), &around("xterm", Some(file.clone())));
        assert_eq!(fs::read_to_string(&file).unwrap(), "later");
    }

    #[test]
    fn a_terminal_without_a_clipboard_and_a_long_text_are_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let file = Some(folder.path().join("copied.txt"));
        for term in ["linux", "dumb", "", "vt220"] {
            let (bytes, told) = copy(&copied("x"), &around(term, file.clone()));
            assert!(bytes.is_empty() && told.contains("no clipboard"), "{told}");
        }
        let long = copied(&"x".repeat(MOST_BYTES + 1));
        let (bytes, told) = copy(&long, &around("xterm", file));
        assert!(bytes.is_empty() && told.contains("too long"), "{told}");
        let (bytes, told) = copy(&long, &around("xterm", None));
        assert!(bytes.is_empty() && told.starts_with("NOT copied"), "{told}");
    }

    #[test]
    fn screen_hands_it_on_in_pieces_and_none_ends_too_soon() {
        let text = "x".repeat(1000);
        let whole = String::from_utf8(sequence(&text, false)).unwrap();
        let wrapped = String::from_utf8(sequence(&text, true)).unwrap();
        // As screen reads it: the bytes between ESC P and the first ESC \ go to the terminal.
        let mut inside = String::new();
        let mut rest = wrapped.as_str();
        while let Some(after) = rest.strip_prefix("\x1bP") {
            let (piece, after) = after.split_once("\x1b\\").unwrap();
            assert!(piece.len() <= SCREEN_TAKES);
            inside.push_str(piece);
            rest = after;
        }
        assert_eq!(rest, "", "screen shows what stands outside");
        let (sent, meant) = (inside.strip_suffix('\x07').unwrap(), whole.strip_suffix("\x1b\\").unwrap());
        assert_eq!(sent, meant);
    }
}
