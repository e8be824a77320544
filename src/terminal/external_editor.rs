//! Edits a text in the user's editor, by way of a temporary file.

use std::{
    env, fs, io,
    io::{Read as _, Write as _},
    path::Path,
    process::{Command, ExitStatus},
};

use crate::{
    text::{Safe, safe_line},
    tui::text_area::LONGEST,
};

/// Opens the text in `$VISUAL`, `$EDITOR` or `vi` and waits until the editor ends. Only the user can read the
/// temporary file.
///
/// # Errors
/// The editor could not be started or failed, or its text is unreadable, not UTF-8 or longer than 64 KiB. A changed
/// text is then kept in the file, and the message says where.
pub(crate) fn edit(text: &str) -> Result<String, Safe> {
    let named = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
    let editor = named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    edit_in(&editor, text)
}

fn edit_in(editor: &str, text: &str) -> Result<String, Safe> {
    let failed = |what: &str, why: &io::Error| safe_line(&format!("{what}: {why}; the text is as it was"));
    let mut file = tempfile::Builder::new()
        .prefix("visavis-note-")
        .suffix(".txt")
        .tempfile()
        .map_err(|why| failed("no file for the editor", &why))?;
    file.write_all(text.as_bytes()).map_err(|why| failed("no file for the editor", &why))?;
    file.flush().map_err(|why| failed("no file for the editor", &why))?;
    // An editor may replace the file by a new one, so it is read again by its path.
    let path = file.into_temp_path();
    let ended = run(editor, &path);
    let read = read(&path);
    let why = match (&ended, &read) {
        (Ok(ended), Ok(written)) if ended.success() => return Ok(written.clone()),
        (Err(why), _) => format!("could not start {editor}: {why}; set $EDITOR"),
        (Ok(ended), _) if !ended.success() => format!("{editor} ended with {}", words(*ended)),
        (_, Err(why)) => why.clone(),
        (Ok(_), Ok(_)) => String::new(),
    };
    if read.as_ref().is_ok_and(|written| written == text) {
        return Err(safe_line(&format!("{why}; the text is as it was")));
    }
    let kept = path.keep().map(|path| path.display().to_string());
    Err(safe_line(&match kept {
        Ok(kept) => format!("{why}; what was written is in {kept}"),
        Err(_) => why,
    }))
}

/// The value may have arguments and quotes, as in `code --wait`, so a shell runs it, as in git.
fn run(editor: &str, path: &Path) -> io::Result<ExitStatus> {
    if cfg!(unix) {
        return Command::new("sh").args(["-c", &format!("{editor} \"$1\""), "sh"]).arg(path).status();
    }
    let mut words = editor.split_whitespace();
    Command::new(words.next().unwrap_or_default()).args(words).arg(path).status()
}

fn words(ended: ExitStatus) -> String {
    match ended.code() {
        Some(127) => "code 127, which is that there is no such program".to_owned(),
        Some(code) => format!("code {code}"),
        None => "a signal".to_owned(),
    }
}

/// Reads the text, without the line end that editors put at the end of every file.
fn read(path: &Path) -> Result<String, String> {
    let mut bytes = vec![];
    let most = u64::try_from(LONGEST).unwrap_or(u64::MAX) + 2;
    let file = fs::File::open(path).map_err(|why| format!("could not read it again: {why}"))?;
    file.take(most).read_to_end(&mut bytes).map_err(|why| format!("could not read it again: {why}"))?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8, or longer than 64 KiB".to_owned())?;
    let text = text.replace("\r\n", "\n");
    let text = text.strip_suffix('\n').unwrap_or(&text);
    if text.len() > LONGEST {
        return Err("it is longer than 64 KiB".to_owned());
    }
    Ok(text.to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_the_editor_writes_comes_back() {
        assert_eq!(edit_in("sed -i s/12/14/", "article 12\nsecond").unwrap(), "article 14\nsecond");
        assert_eq!(edit_in("true", "as it was").unwrap(), "as it was");
        assert_eq!(edit_in("sh -c 'printf \"a b\\r\\n\" > \"$0\"'", "").unwrap(), "a b");
    }

    #[test]
    fn an_editor_that_is_not_there_is_told() {
        let why = edit_in("exec 2>&-; no-such-editor-anywhere", "words").unwrap_err();
        assert!(why.contains("no such program") && why.contains("as it was"), "{why}");
    }

    #[test]
    fn an_editor_that_fails_after_it_has_written_loses_nothing() {
        let why = edit_in("sh -c 'echo more > \"$0\"; exit 3'", "words").unwrap_err();
        let kept = why.rsplit(' ').next().unwrap();
        assert!(why.contains("code 3"), "{why}");
        assert_eq!(fs::read_to_string(kept).unwrap(), "more\n");
        fs::remove_file(kept).unwrap();
    }

    #[test]
    fn a_text_that_is_too_long_or_no_text_stays_in_its_file() {
        for command in ["head -c 70000 /dev/zero | tr '\\0' x >", "printf '\\377' >"] {
            let why = edit_in(command, "").unwrap_err();
            let kept = why.rsplit(' ').next().unwrap();
            assert!(why.contains("64 KiB"), "{why}");
            fs::remove_file(kept).unwrap();
        }
    }
}
