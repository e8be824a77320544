//! Subcommands of the command line that the screen has no command for; the palette says how to run them.

/// A subcommand without a command of the same name on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    pub name: &'static str,
    /// What the subcommand is for, or what comes close to it on the screen; command names in braces stand for their
    /// keys.
    pub about: &'static str,
    /// Whether the subcommand takes a group and an edition.
    pub is_about_cards: bool,
}

impl Elsewhere {
    /// A subcommand that takes a group and an edition.
    pub const fn about(name: &'static str, about: &'static str) -> Self {
        Self { name, about, is_about_cards: true }
    }

    pub const fn bare(name: &'static str, about: &'static str) -> Self {
        Self { name, about, is_about_cards: false }
    }

    /// The command line to type: `visavis rank --group osce --edition 2010`.
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
