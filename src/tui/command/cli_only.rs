//! What the command line has and the screen has not under that name: the palette says where to find it.

/// A subcommand without a screen of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    pub name: &'static str,
    /// What it is for, or what comes close to it here, with commands in braces.
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
    about("rank", "here: {sort} sorts the countries by score, {weights} weighs"),
    about("changes", "here: {sort} sorts by change, {card} has the trend"),
    about("report", "here: {write-report} and {write-report-html} write it to a file"),
    about("export", "here: {write-export} writes it to a folder"),
    about("show", "here: {card} is the card, {copy-md} copies it"),
    about("compare", "here: {compare} compares, {copy-md} copies it"),
    about("missing", "here: {coverage} is the coverage, {copy-md} copies it"),
    bare("flags", "here: {review} is the queue, {copy-md} copies it"),
    bare("check", "here: {problems} shows the problems"),
    bare("journal", "checks and joins the files of reviewers"),
    bare("sample", "unpacks the embedded sample"),
    bare("schema", "prints the JSON Schemas"),
    bare("config", "prints the configuration"),
    bare("completions", "prints completions for a shell"),
    bare("man", "prints the manual page"),
];
