//! What the command line has and the screen has not under that name: the palette says where to find it.

/// A subcommand without a screen of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    pub name: &'static str,
    /// What it is for, and what comes close to it here.
    pub about: &'static str,
    /// Whether it takes a group and an edition.
    pub is_about_cards: bool,
}

impl Elsewhere {
    /// As it is typed: `visavis rank --group osce --edition 2010`.
    pub fn line(&self, group: &str, edition: &str) -> String {
        let options = if self.is_about_cards {
            let group = if group.contains([' ', '\'', '"']) { "…" } else { group };
            format!(" --group {group} --edition {edition}")
        } else {
            String::new()
        };
        format!("visavis {}{options}", self.name)
    }
}

const fn about(name: &'static str, about: &'static str) -> Elsewhere {
    Elsewhere { name, about, is_about_cards: true }
}

const fn bare(name: &'static str, about: &'static str) -> Elsewhere {
    Elsewhere { name, about, is_about_cards: false }
}

/// Every subcommand that no command of the screen is named after.
pub const ELSEWHERE: [Elsewhere; 15] = [
    about("rank", "here: s sorts the countries by score, w weighs"),
    about("changes", "here: s sorts by change, 2 has the trend"),
    about("report", "here: W m and W h write it to a file"),
    about("export", "here: W d writes it to a folder"),
    about("show", "here: 2 is the card, C copies it"),
    about("compare", "here: c compares, C copies it"),
    about("missing", "here: 4 is the coverage, C copies it"),
    bare("flags", "here: 7 is the queue, C copies it"),
    bare("check", "here: ! shows the problems"),
    bare("journal", "checks and joins the files of reviewers"),
    bare("sample", "unpacks the embedded sample"),
    bare("schema", "prints the JSON Schemas"),
    bare("config", "prints the configuration"),
    bare("completions", "prints completions for a shell"),
    bare("man", "prints the manual page"),
];
