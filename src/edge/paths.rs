//! Where the program keeps what is its own on this machine.

use std::path::PathBuf;

/// The folder for what must outlive a run: `$XDG_STATE_HOME/visavis`, `~/.local/state/visavis`, or what the system has for
/// it; nothing when nobody can say. A relative `XDG_STATE_HOME` counts as not set, as the XDG specification wants it.
pub fn state(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let named = variable("XDG_STATE_HOME").filter(|path| path.is_absolute());
    let home = || {
        let home = variable("HOME").filter(|path| path.is_absolute() && cfg!(target_os = "linux"))?;
        Some(home.join(".local/state"))
    };
    let of_system = || {
        let folders = directories::BaseDirs::new()?;
        Some(folders.state_dir().unwrap_or(folders.data_local_dir()).to_owned())
    };
    named.or_else(home).or_else(of_system).map(|folder| folder.join("visavis"))
}

/// The folder of what a user makes with the program: `$XDG_DATA_HOME/visavis`, `~/.local/share/visavis`, or what the system
/// has for it.
pub fn data(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let named = variable("XDG_DATA_HOME").filter(|path| path.is_absolute());
    let home = || {
        let home = variable("HOME").filter(|path| path.is_absolute() && cfg!(target_os = "linux"))?;
        Some(home.join(".local/share"))
    };
    let of_system = || Some(directories::BaseDirs::new()?.data_dir().to_owned());
    named.or_else(home).or_else(of_system).map(|folder| folder.join("visavis"))
}

/// [`data`] of this process.
pub fn data_here() -> Option<PathBuf> {
    data(|name| std::env::var_os(name).map(PathBuf::from))
}

/// Where the user's own findings are kept, a file a framework.
pub fn findings_here() -> Option<PathBuf> {
    data_here().map(|folder| folder.join("findings"))
}

/// The folder of what a user writes for the program to read: `$XDG_CONFIG_HOME/visavis`, `~/.config/visavis`, or what the
/// system has for it.
pub fn config(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let named = variable("XDG_CONFIG_HOME").filter(|path| path.is_absolute());
    let home = || {
        let home = variable("HOME").filter(|path| path.is_absolute() && cfg!(target_os = "linux"))?;
        Some(home.join(".config"))
    };
    let of_system = || Some(directories::BaseDirs::new()?.config_dir().to_owned());
    named.or_else(home).or_else(of_system).map(|folder| folder.join("visavis"))
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

    #[test]
    fn the_state_folder_is_the_one_named_unless_it_is_relative() {
        let state = |xdg: &'static str| {
            state(|name| match name {
                "XDG_STATE_HOME" => Some(xdg.into()),
                "HOME" => Some("/home/ana".into()),
                _ => None,
            })
        };
        assert_eq!(state("/var/state"), Some("/var/state/visavis".into()));
        if cfg!(target_os = "linux") {
            for relative in ["", "state"] {
                assert_eq!(state(relative), Some("/home/ana/.local/state/visavis".into()));
            }
        }
    }
}
