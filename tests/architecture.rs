//! The promises the code makes about its own shape, held to.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Each module of the crate may use only itself and those before it.
const MODULES: [&str; 6] = ["text", "core", "review", "export", "tui", "edge"];

/// The order inside a module is the order its file declares its children in.
const ORDERED: [&str; 3] = ["core", "review", "tui"];

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 80;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file below `src` but those of unit tests, by its path there.
fn sources() -> BTreeMap<PathBuf, String> {
    fn walk(folder: &Path, found: &mut BTreeMap<PathBuf, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
                walk(&path, found);
            } else if path.file_name().is_some_and(|name| name != "tests.rs")
                && path.extension().is_some_and(|ending| ending == "rs")
            {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(path.strip_prefix(root().join("src")).unwrap().to_owned(), text);
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&root().join("src"), &mut found);
    found
}

/// The code of a file: without its unit tests, which stand last, and without comments.
fn code(text: &str) -> String {
    let body = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = body.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// `core/read/fast.rs` is `["core", "read", "fast"]`.
fn module_of(path: &Path) -> Vec<String> {
    let parts =
        path.components().map(|part| part.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned());
    parts.collect()
}

/// What the text names after `crate::`, as paths of at most two names: `core::cell`, `text`.
fn uses(text: &str) -> Vec<Vec<String>> {
    let mut found = vec![];
    for rest in text.split("crate::").skip(1) {
        for path in expand(rest) {
            found.push(path.split("::").take(2).map(str::to_owned).collect());
        }
    }
    found
}

/// `core::{a::B, c}` stands for `core::a::B` and `core::c`; nested braces are opened twice, which is enough.
fn expand(rest: &str) -> Vec<String> {
    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
    let after = &rest[name.len()..];
    let Some(group) = after.strip_prefix('{') else { return vec![name] };
    let mut depth = 0;
    let parts = group.split(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth < 0 || (depth == 0 && c == ',')
    });
    let mut found = vec![];
    for part in parts.take(40).map(str::trim).take_while(|part| !part.starts_with(';')) {
        if part.is_empty() {
            continue;
        }
        let inner: String =
            part.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
        found.push(format!("{name}{inner}"));
    }
    found
}

#[test]
fn modules_are_used_in_one_direction() {
    for (path, text) in sources() {
        let module = module_of(&path);
        let Some(here) = MODULES.iter().position(|name| *name == module[0]) else { continue };
        for used in uses(&code(&text)) {
            if let Some(there) = MODULES.iter().position(|name| *name == used[0]) {
                assert!(there <= here, "{} uses {}, which comes later", path.display(), used.join("::"));
            }
        }
    }
}

#[test]
fn inside_core_and_tui_the_order_of_declaration_is_the_order_of_use() {
    let sources = sources();
    for parent in ORDERED {
        let declared = &sources[Path::new(&format!("{parent}.rs"))];
        let order: Vec<&str> = declared
            .lines()
            .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
            .collect();
        assert!(order.len() > 3, "{parent} declares {order:?}");
        for (path, text) in &sources {
            let module = module_of(path);
            if module[0] != parent || module.len() < 2 {
                continue;
            }
            let here = order.iter().position(|name| *name == module[1]).unwrap();
            let in_crate = uses(&code(text))
                .into_iter()
                .filter(|used| used[0] == parent)
                .filter_map(|used| used.get(1).cloned());
            let siblings = code(text)
                .split("super::")
                .skip(1)
                .filter(|_| module.len() == 2)
                .flat_map(expand)
                .filter_map(|path| path.split("::").next().map(str::to_owned))
                .collect::<Vec<_>>();
            for used in in_crate.chain(siblings) {
                if let Some(there) = order.iter().position(|name| *name == used) {
                    assert!(
                        there <= here,
                        "{} uses {parent}::{used}, which is declared later",
                        path.display()
                    );
                }
            }
        }
    }
}

#[test]
fn the_core_knows_no_file_clock_environment_or_screen() {
    let forbidden = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::time",
        "SystemTime",
        "Instant",
        "ratatui",
        "crossterm",
        "println!",
    ];
    for (path, text) in
        sources().into_iter().filter(|(path, _)| path.starts_with("core") || path.starts_with("core.rs"))
    {
        for word in forbidden {
            assert!(!code(&text).contains(word), "{} names {word}", path.display());
        }
    }
}

#[test]
fn colours_are_named_in_one_place() {
    for (path, text) in sources() {
        // The terminal's pen turns any colour into bytes; it chooses none.
        let named = code(&text).contains("Color::") && !path.starts_with("edge/terminal");
        let is_look = path == Path::new("tui/look.rs") || path.starts_with("tui/look");
        assert!(!named || is_look, "{} names a colour", path.display());
    }
}

#[test]
fn every_file_opens_with_a_one_sentence_caption() {
    for (path, text) in sources() {
        let first = text.lines().next().unwrap_or_default();
        let caption = first.strip_prefix("//! ").unwrap_or_default();
        assert!(caption.len() > 20, "{} opens with {first:?}", path.display());
        assert!(caption.ends_with('.'), "{}: the caption is no sentence", path.display());
    }
}

#[test]
fn no_file_is_too_long_to_hold_in_the_head() {
    for (path, text) in sources() {
        let lines = code(&text).lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines of code", path.display());
    }
}

#[test]
fn no_function_is_too_long() {
    for (path, text) in sources() {
        let code = code(&text);
        let lines: Vec<&str> = code.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let starts = ["fn ", "pub fn ", "pub(super) fn ", "pub const fn ", "const fn ", "pub(crate) fn "];
            if starts.iter().any(|start| line.trim_start().starts_with(start))
                && !line.trim_end().ends_with(';')
            {
                let close = format!("{}}}", " ".repeat(indent));
                let length = lines[at..].iter().position(|line| **line == close).map_or(1, |end| end + 1);
                assert!(length <= LONGEST_FUNCTION, "{}: {} has {length} lines", path.display(), line.trim());
            }
        }
    }
}

#[test]
fn there_is_no_mod_rs_and_nothing_left_undone() {
    for (path, text) in sources() {
        assert!(!path.ends_with("mod.rs"), "{}", path.display());
        for word in ["todo!(", "unimplemented!(", "dbg!("] {
            assert!(!code(&text).contains(word), "{} has {word}", path.display());
        }
    }
}
