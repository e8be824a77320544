//! Where the program keeps what is its own on this machine.

use std::path::PathBuf;

use directories::BaseDirs;

/// The folder for what must outlive a run: `$XDG_STATE_HOME/visavis`, `~/.local/state/visavis`, or what the system has for
/// it; nothing when nobody can say.
pub fn state(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    Some(folder(variable, &STATE)?.0)
}

/// The variable that says where that is.
pub fn state_by(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<&'static str> {
    Some(folder(variable, &STATE)?.1)
}

/// The folder of what a user makes with the program: `$XDG_DATA_HOME/visavis`, `~/.local/share/visavis`, or what the system
/// has for it.
pub fn data(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let of_system = |folders: &BaseDirs| folders.data_dir().to_owned();
    Some(folder(variable, &("XDG_DATA_HOME", ".local/share", of_system))?.0)
}

/// The folder of what a user writes for the program to read: `$XDG_CONFIG_HOME/visavis`, `~/.config/visavis`, or what the
/// system has for it.
pub fn config(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let of_system = |folders: &BaseDirs| folders.config_dir().to_owned();
    Some(folder(variable, &("XDG_CONFIG_HOME", ".config", of_system))?.0)
}

/// A variable, where that is below the home directory when it is not set, and what the system has for it.
type Usual = (&'static str, &'static str, fn(&BaseDirs) -> PathBuf);

const STATE: Usual = ("XDG_STATE_HOME", ".local/state", |folders| {
    folders.state_dir().unwrap_or(folders.data_local_dir()).to_owned()
});

/// The same on every system, so that what the manual says is true on each; the system's own way only without `HOME`. A
/// relative path counts as not set, as the XDG specification wants it.
fn folder(
    variable: impl Fn(&str) -> Option<PathBuf>,
    (named, below, of_system): &Usual,
) -> Option<(PathBuf, &'static str)> {
    let set = |name: &'static str| Some((variable(name).filter(|path| path.is_absolute())?, name));
    let home = || set("HOME").map(|(home, by)| (home.join(below), by));
    let system = || Some((of_system(&BaseDirs::new()?), "the system"));
    let (folder, by) = set(named).or_else(home).or_else(system)?;
    Some((folder.join("visavis"), by))
}

/// [`data`] of this process.
pub fn data_here() -> Option<PathBuf> {
    data(|name| std::env::var_os(name).map(PathBuf::from))
}

/// Where the user's own findings are kept, a file a framework.
pub fn findings_here() -> Option<PathBuf> {
    data_here().map(|folder| folder.join("findings"))
}

/// [`config`] of this process.
pub fn config_here() -> Option<PathBuf> {
    config(|name| std::env::var_os(name).map(PathBuf::from))
}

/// [`state`] of this process.
pub fn state_here() -> Option<PathBuf> {
    state(|name| std::env::var_os(name).map(PathBuf::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What that folder is with these variables, on every system.
    fn with(
        folder: impl Fn(&dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf>,
        variables: &[(&str, &str)],
    ) -> PathBuf {
        let read =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).into());
        folder(&read).unwrap()
    }

    #[test]
    fn a_folder_is_the_one_named_else_below_home_on_every_system() {
        let home = ("HOME", "/home/ana");
        for relative in ["", "state"] {
            let variables = [
                home,
                ("XDG_STATE_HOME", relative),
                ("XDG_CONFIG_HOME", relative),
                ("XDG_DATA_HOME", relative),
            ];
            assert_eq!(with(|read| state(read), &variables), PathBuf::from("/home/ana/.local/state/visavis"));
            assert_eq!(with(|read| config(read), &variables), PathBuf::from("/home/ana/.config/visavis"));
            assert_eq!(with(|read| data(read), &variables), PathBuf::from("/home/ana/.local/share/visavis"));
        }
        let named = [home, ("XDG_STATE_HOME", "/var/state")];
        assert_eq!(with(|read| state(read), &named), PathBuf::from("/var/state/visavis"));
    }

    #[test]
    fn no_system_is_told_apart() {
        let source = include_str!("paths.rs").split("#[cfg(test)]").next().unwrap();
        assert!(!source.contains("target_os"), "README and docs/config.toml promise the same everywhere");
    }

    #[test]
    fn who_says_where_the_state_is_can_be_told() {
        let by = |name: &'static str| state_by(move |asked| (asked == name).then(|| "/x".into()));
        assert_eq!(by("XDG_STATE_HOME"), Some("XDG_STATE_HOME"));
        assert_eq!(by("HOME"), Some("HOME"));
    }
}
