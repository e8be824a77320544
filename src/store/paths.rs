//! The folders for the program's own files: state, data and configuration.

use std::path::PathBuf;

use directories::BaseDirs;

/// The folder for what must outlive a run: `$XDG_STATE_HOME/visavis`, `~/.local/state/visavis`, or the system's own.
/// `variable` reads the environment. `None` if there is no home directory either.
pub fn state(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    Some(folder(variable, &STATE)?.0)
}

/// The name of the variable that [`state`] comes from, or `the system`.
pub fn state_by(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<&'static str> {
    Some(folder(variable, &STATE)?.1)
}

/// The folder for what a user makes with the program: `$XDG_DATA_HOME/visavis`, `~/.local/share/visavis`, or the
/// system's own.
pub fn data(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let of_system = |folders: &BaseDirs| folders.data_dir().to_owned();
    Some(folder(variable, &("XDG_DATA_HOME", ".local/share", of_system))?.0)
}

/// The folder for what a user writes for the program to read: `$XDG_CONFIG_HOME/visavis`, `~/.config/visavis`, or the
/// system's own.
pub fn config(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let of_system = |folders: &BaseDirs| folders.config_dir().to_owned();
    Some(folder(variable, &("XDG_CONFIG_HOME", ".config", of_system))?.0)
}

/// The XDG variable, the folder below the home directory if it is not set, and the system's own folder.
type Usual = (&'static str, &'static str, fn(&BaseDirs) -> PathBuf);

const STATE: Usual = ("XDG_STATE_HOME", ".local/state", |folders| {
    folders.state_dir().unwrap_or(folders.data_local_dir()).to_owned()
});

/// Follows XDG on every system, so that the manual is true on each; the system's own folder is used only without
/// `HOME`. A relative path counts as not set, as the XDG specification demands.
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

/// The folder of the user's own findings, one file per framework.
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

    /// The folder with these variables set.
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
