//! What the command line has and the screen has not under that name, for the palette to say where it is found.

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
    /// A subcommand about a group in an edition.
    pub const fn about(name: &'static str, about: &'static str) -> Self {
        Self { name, about, is_about_cards: true }
    }

    pub const fn bare(name: &'static str, about: &'static str) -> Self {
        Self { name, about, is_about_cards: false }
    }

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
