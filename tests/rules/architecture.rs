//! The promises the code makes about its own shape, held to.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use visavis::tui::command::COMMANDS;

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
fn module_of(path: &Path) -> Module {
    let parts =
        path.components().map(|part| part.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned());
    parts.collect()
}

/// A module by its names below the crate: `core::read::fast` is `["core", "read", "fast"]`.
type Module = Vec<String>;

/// Every module of the crate, with its code.
struct Crate {
    code: BTreeMap<Module, String>,
    /// For each module, the names it brings into scope from elsewhere in the crate, and what they stand for.
    imports: BTreeMap<Module, BTreeMap<String, Module>>,
}

impl Crate {
    fn read() -> Self {
        let mut code: BTreeMap<Module, String> = BTreeMap::new();
        for (path, text) in sources() {
            let module = if path == Path::new("lib.rs") { vec![] } else { module_of(&path) };
            if path != Path::new("main.rs") {
                code.insert(module, self::code(&text));
            }
        }
        let mut this = Self { code, imports: BTreeMap::new() };
        for module in this.code.keys().cloned().collect::<Vec<_>>() {
            let imports = use_paths(&this.code[&module]).into_iter();
            let imports = imports.filter_map(|path| this.absolute(&path, &module));
            let imports = imports.filter_map(|path| Some((path.last()?.clone(), path))).collect();
            this.imports.insert(module, imports);
        }
        this
    }

    /// The children of a module in the order they are declared in.
    fn children(&self, module: &Module) -> Vec<&str> {
        let lines = self.code[module].lines();
        lines.filter_map(|line| line.strip_suffix(';')?.split_once("mod ").map(|(_, name)| name)).collect()
    }

    /// A path as written in a module, from the root of the crate; nothing for another crate's.
    fn absolute(&self, path: &[String], module: &Module) -> Option<Module> {
        let mut names = path.iter().filter(|name| *name != "self").peekable();
        let mut from = match names.peek()?.as_str() {
            "crate" => {
                names.next();
                vec![]
            }
            _ => module.clone(),
        };
        while names.next_if(|name| *name == "super").is_some() {
            from.pop();
        }
        let is_ours = from.len() != module.len() || path[0] == "self" || path[0] == "crate";
        let rest: Vec<String> = names.cloned().collect();
        let is_child = rest.first().is_some_and(|first| {
            let child = from.iter().chain([first]).cloned().collect::<Module>();
            self.code.contains_key(&child)
        });
        (is_ours || is_child).then(|| from.into_iter().chain(rest).collect())
    }

    /// Where an item really is, if the path goes by way of a `use` in a module above.
    fn resolved(&self, path: Module) -> Module {
        for depth in 0..path.len() {
            let target = self.imports.get(&path[..depth]).and_then(|imports| imports.get(&path[depth]));
            if let Some(target) = target.filter(|target| ***target != path[..=depth])
                && !self.code.contains_key(&path[..=depth])
            {
                return self.resolved(target.iter().chain(&path[depth + 1..]).cloned().collect());
            }
        }
        path
    }

    /// Everything of this crate that a module names.
    fn uses(&self, module: &Module) -> impl Iterator<Item = Module> {
        let code = &self.code[module];
        let paths = use_paths(code).into_iter().chain(inline_paths(code));
        paths.filter_map(|path| self.absolute(&path, module)).map(|path| self.resolved(path))
    }
}

/// The paths of every `use` of a text, each on its own: `use core::{a::B, c};` is `core::a::B` and `core::c`.
fn use_paths(code: &str) -> Vec<Vec<String>> {
    fn open(prefix: &[String], tree: &str, found: &mut Vec<Vec<String>>) {
        let tree = tree.trim().split(" as ").next().unwrap_or_default();
        let Some((head, group)) = tree.split_once('{') else {
            if !tree.is_empty() {
                found.push(prefix.iter().cloned().chain(tree.split("::").map(str::to_owned)).collect());
            }
            return;
        };
        let names = head.split("::").filter(|name| !name.is_empty()).map(str::to_owned);
        let prefix: Vec<String> = prefix.iter().cloned().chain(names).collect();
        let mut depth = 0;
        let parts = group.trim_end().trim_end_matches('}').split(|c: char| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth == 0 && c == ','
        });
        // What a nested group lost to the trimming above it does not need: names end at the comma or the end.
        parts.for_each(|part| open(&prefix, part, found));
    }
    let mut found = vec![];
    for statement in code.split(';') {
        let line = statement.trim_start();
        let rest = line.split_once("use ").filter(|(before, _)| {
            before.is_empty() || before.trim_end().ends_with(')') || before.trim_end().ends_with("pub")
        });
        let inner = statement.rsplit_once("    use ").map(|(_, rest)| rest);
        if let Some(tree) = rest.map(|(_, rest)| rest).or(inner) {
            open(&[], &tree.split_whitespace().collect::<Vec<_>>().join(" "), &mut found);
        }
    }
    found
}

/// Paths from `crate` or `super` that stand in the code itself.
fn inline_paths(code: &str) -> Vec<Vec<String>> {
    let mut found = vec![];
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let is_start = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
            let path = &code[at..];
            let end = path.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(path.len());
            if is_start {
                let names = path[..end].split("::").filter(|name| !name.is_empty());
                found.push(names.map(str::to_owned).collect());
            }
        }
    }
    found
}

#[test]
fn in_every_folder_the_order_of_declaration_is_the_order_of_use() {
    let ours = Crate::read();
    let mut seen = 0;
    for module in ours.code.keys() {
        for used in ours.uses(module) {
            let shared = module.iter().zip(&used).take_while(|(here, there)| here == there).count();
            if shared == module.len() || shared == used.len() {
                continue;
            }
            let order = ours.children(&module[..shared].to_vec());
            let place = |name: &String| order.iter().position(|child| child == name);
            if let Some((here, there)) = place(&module[shared]).zip(place(&used[shared])) {
                seen += 1;
                let (from, to) = (module.join("::"), used.join("::"));
                assert!(
                    there <= here,
                    "{from} uses {to}, which is declared later: reorder, or untie the knot"
                );
            }
        }
    }
    assert!(seen > 1000, "only {seen} uses were seen");
}

/// Every overlay and pane has a `State`, and keeps `Settings`; one other trait or type of a name is enough.
const MAY_REPEAT: [&str; 2] = ["State", "Settings"];

#[test]
fn a_public_name_means_one_thing() {
    let mut known: BTreeMap<String, PathBuf> = BTreeMap::new();
    for (path, text) in sources() {
        for line in code(&text).lines().map(str::trim_start).filter(|line| line.starts_with("pub")) {
            let mut words =
                line.split_whitespace().skip_while(|word| word.starts_with("pub") || word.ends_with(')'));
            let is_type =
                words.next().is_some_and(|word| ["struct", "enum", "trait", "type"].contains(&word));
            let name = words.next().unwrap_or_default();
            let name: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
            // A macro has a variable there.
            if is_type
                && !name.is_empty()
                && !MAY_REPEAT.contains(&&*name)
                && let Some(other) = known.insert(name.clone(), path.clone())
            {
                panic!(
                    "{name} is public in {} and in {}: one name, one thing",
                    other.display(),
                    path.display()
                );
            }
        }
    }
    assert!(known.len() > 200, "only {} public types were seen", known.len());
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
        let named = code(&text).contains("Color::") && !path.starts_with("terminal");
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

/// The string literals of a code, without what is filled in: `{name}`.
fn literals(code: &str) -> Vec<String> {
    let mut found = vec![];
    let mut chars = code.replace("'\"'", "").chars().collect::<Vec<_>>().into_iter();
    while chars.by_ref().any(|c| c == '"') {
        let (mut words, mut depth) = (String::new(), 0_usize);
        while let Some(c) = chars.next().filter(|c| *c != '"') {
            match c {
                '\\' => drop(chars.next()),
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                _ if depth == 0 => words.push(c),
                _ => {}
            }
        }
        found.push(words);
    }
    found
}

/// The key that words name, if they name one: `Enter opens`, `then v marks it`, `: A says what holds`.
fn key_in(words: &str) -> Option<String> {
    const NAMES: [&str; 7] = ["Enter", "Esc", "Space", "Tab", "Backspace", "PgUp", "PgDn"];
    let keys: Vec<&str> = COMMANDS.iter().flat_map(|spec| spec.keys.iter().copied()).collect();
    let tokens: Vec<&str> = words.split_whitespace().collect();
    for (at, token) in tokens.iter().enumerate() {
        let plain = token.trim_matches([',', ';', ':', '.', '(', ')']);
        let before = at.checked_sub(1).map(|before| tokens[before]);
        let follows = tokens
            .get(at + 1)
            .is_some_and(|next| next.len() > 2 && next.bytes().all(|b| b.is_ascii_lowercase()));
        let is_name = NAMES.contains(&plain) || plain.to_lowercase().starts_with("ctrl-");
        let is_article = plain == "a" || plain == "A" && before.is_none_or(|before| before.ends_with('.'));
        let is_count = ["k", "n"].contains(&plain) && words.contains("k of n");
        let is_key = plain.len() == 1
            && keys.contains(&plain)
            && plain.contains(|c: char| c.is_ascii_alphabetic() || "{}[]!?".contains(c));
        if is_name || is_key && follows && !is_article && !is_count {
            return Some(plain.to_owned());
        }
    }
    None
}

#[test]
fn words_name_commands_and_never_keys() {
    // The table has the keys, the glyphs their own letters.
    let apart =
        ["tui/command/table", "tui/keymap.rs", "tui/panes/coverage/glyph.rs", "tui/widgets/test_context.rs"];
    for (path, text) in sources() {
        let place = path.display().to_string();
        let is_said = ["tui", "store", "cli/app.rs"].iter().any(|said| place.starts_with(said));
        if !is_said || apart.iter().any(|apart| place.starts_with(apart)) {
            continue;
        }
        for words in literals(&code(&text)) {
            let key = key_in(&words);
            assert!(
                key.is_none(),
                "{place} names the key {} in {words:?}: name its command in braces",
                key.unwrap_or_default()
            );
        }
    }
}

#[test]
fn a_key_in_words_is_found() {
    for words in [
        "Enter runs it",
        "look, then v marks it anew",
        "these disagree: A says what holds",
        "press Ctrl-x twice",
        "d removes it",
    ] {
        assert!(key_in(words).is_some(), "{words}");
    }
    for words in
        ["A note is kept", "k of n assessed", "a word or a key", "No gaps. A card is missing", "12 of 20"]
    {
        assert_eq!(key_in(words), None, "{words}");
    }
}

/// The pane of the unit tests goes through everything that a real one does.
#[test]
fn a_new_pane_takes_four_files() {
    let names_it =
        |text: &str| ["Pane::Fake", "Self::Fake", "fake::State"].iter().any(|name| text.contains(name));
    let files = sources().into_iter().filter(|(_, text)| names_it(text)).map(|(path, _)| path);
    let files: Vec<String> = files.map(|path| path.display().to_string()).collect();
    assert_eq!(files, ["tui/command/table/browse.rs", "tui/panes/fake.rs", "tui/panes.rs", "tui/places.rs"]);
}

/// The lines of the code map, as the folder and the names listed for it.
fn mapped(page: &str) -> Vec<(Module, Vec<String>)> {
    let map = page.split("```text").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let mut found: Vec<(Module, Vec<String>)> = vec![];
    let mut parent = vec![];
    for line in map.lines().skip_while(|line| !line.starts_with("src/")).skip(1) {
        let indent = line.len() - line.trim_start().len();
        let (name, rest) = line.trim_start().split_once('/').filter(|_| indent <= 4).unwrap_or(("", line));
        if indent == 0 {
            break;
        }
        if name.is_empty() || name.contains(' ') {
            // More names of the folder above.
            if let Some((_, names)) = found.last_mut().filter(|_| indent > 10) {
                names.extend(line.split_whitespace().map(str::to_owned));
            }
            continue;
        }
        if indent == 2 {
            parent = vec![name.to_owned()];
        }
        let module = if indent == 2 { parent.clone() } else { vec![parent[0].clone(), name.to_owned()] };
        // Words about a folder hold more than names of modules.
        let words: Vec<String> = rest.split_whitespace().map(str::to_owned).collect();
        let is_list = words.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
        found.push((module, if is_list && indent == 4 { words } else { vec![] }));
    }
    found
}

#[test]
fn the_map_of_the_architecture_is_the_declarations() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let ours = Crate::read();
    let mut listed = 0;
    for (module, names) in mapped(&page) {
        assert!(ours.code.contains_key(&module), "{} is no folder", module.join("::"));
        if !names.is_empty() {
            assert_eq!(names, ours.children(&module), "the map of {}", module.join("::"));
            listed += 1;
        }
    }
    assert!(listed > 8, "only {listed} folders are listed");
}

#[test]
fn what_the_architecture_names_is_there() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let ours = Crate::read();
    let all: String = ours.code.values().map(String::as_str).collect();
    let mut checked = 0;
    for name in page.split('`').skip(1).step_by(2) {
        if let Some(file) = Some(name).filter(|name| {
            Path::new(name).extension().is_some_and(|end| end == "rs")
                && !name.contains("NAME")
                && !name.contains(' ')
        }) {
            let is_there = root().join("src").join(file).exists()
                || root().join(file).exists()
                || ours
                    .code
                    .keys()
                    .any(|module| file == format!("{}.rs", module.last().map_or("", String::as_str)));
            assert!(is_there, "{file} is not there");
            checked += 1;
        } else if name.contains("::") && !name.contains([' ', '(', '<']) {
            let names: Vec<String> = name.split("::").map(str::to_owned).collect();
            let (module, item) = names.split_at(names.len() - 1);
            let is_module = ours.code.contains_key(&names[..]);
            assert!(is_module || all.contains(&item[0]), "{name} is not there");
            let parent: Module = module
                .iter()
                .take_while(|part| part.starts_with(|c: char| c.is_lowercase()))
                .cloned()
                .collect();
            assert!(
                parent.is_empty() || ours.code.contains_key(&parent),
                "{} is no module: {name}",
                parent.join("::")
            );
            checked += 1;
        }
    }
    assert!(checked > 40, "only {checked} names were checked");
}
