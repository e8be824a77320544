//! Shows a report that is longer than the screen in the user's pager, as git does.

use std::{
    env,
    io::{self, Write as _},
    process::{Command, ExitStatus, Stdio},
    sync::{Arc, atomic::AtomicBool},
};

use signal_hook::consts::SIGINT;

use super::output::{OutputError, OutputTarget};
use crate::text::width;

/// What a shell says of a command that it cannot run, or cannot find.
const NOT_STARTED: [Option<i32>; 2] = [Some(126), Some(127)];

/// Writes the text through `$VISAVIS_PAGER`, else `$PAGER`, else `less`, if one is wanted and the target is a terminal on
/// which it has not enough room; else to the target. A pager that is empty or `cat`, or that cannot be started, is none.
pub fn write(target: &OutputTarget, text: &[u8], is_wanted: bool) -> Result<(), OutputError> {
    let is_shown = is_wanted
        && target.is_terminal()
        && is_too_long(text)
        && pager().is_some_and(|pager| run(pager, text));
    if is_shown { Ok(()) } else { target.write(text) }
}

/// Whether the terminal has fewer rows than the text needs, and one for the prompt.
fn is_too_long(text: &[u8]) -> bool {
    let Ok(size) = rustix::termios::tcgetwinsize(io::stdout()) else { return false };
    let (rows, columns) = (usize::from(size.ws_row), usize::from(size.ws_col).max(1));
    let text = String::from_utf8_lossy(text);
    rows > 0 && text.lines().map(|line| width(line).div_ceil(columns).max(1)).sum::<usize>() >= rows
}

/// The program to run; `None` if there shall be no pager, or the terminal can do nothing but print.
fn pager() -> Option<Command> {
    let variable = |name: &str| env::var(name).ok();
    variable("TERM").filter(|term| !matches!(&**term, "" | "dumb"))?;
    let Some(named) = variable("VISAVIS_PAGER").or_else(|| variable("PAGER")) else {
        return Some(Command::new("less"));
    };
    // It may have arguments and quotes, as in `less -S`, so a shell runs it, as in git.
    let mut shell = Command::new("sh");
    shell.args(["-c", &named]);
    Some(shell).filter(|_| !matches!(named.trim(), "" | "cat"))
}

/// Whether the pager has shown the text. Who quits it early has seen enough.
fn run(mut pager: Command, text: &[u8]) -> bool {
    if env::var_os("LESS").is_none() {
        pager.env("LESS", "FRX");
    }
    // Ctrl-C is for the pager, which would be left alone on the terminal if it ended the program.
    let caught = signal_hook::flag::register(SIGINT, Arc::new(AtomicBool::new(false)));
    let ended = pager.stdin(Stdio::piped()).spawn().and_then(|mut child| -> io::Result<ExitStatus> {
        if let Some(mut stdin) = child.stdin.take() {
            // A pager that was quit reads no more.
            let _ = stdin.write_all(text);
        }
        child.wait()
    });
    if let Ok(caught) = caught {
        signal_hook::low_level::unregister(caught);
    }
    ended.is_ok_and(|status| !NOT_STARTED.contains(&status.code()))
}
