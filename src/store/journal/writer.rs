//! The writer's name: unique to one person on one machine in one folder, and part of the journal's file names.

use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher as _, Hasher as _},
    io,
    path::{Path, PathBuf},
};

use twox_hash::XxHash3_64;

use super::disk::{Disk, Reach, create_folders};
use crate::text::{Raw, fold};

/// The file in the state folder with the random part, which differs from installation to installation.
const FILE: &str = "writer";
const MOST_BYTES: u64 = 4096;

/// The random part of a writer's name.
#[derive(Clone, Debug)]
pub(super) struct Seed {
    text: String,
    /// The file to write the text to, so that the next run finds it; `None` once written or if there is no place for
    /// it.
    to_write: Option<PathBuf>,
}

impl Seed {
    /// The seed in the state folder, or a new one that [`Seed::settle`] writes there.
    pub(super) fn find(disk: &dyn Disk, state: Option<&Path>) -> Self {
        let file = state.map(|folder| folder.join(FILE));
        let read = file.as_deref().map(|file| disk.read(file, MOST_BYTES));
        match read {
            Some(Ok(bytes)) if bytes.len() >= 16 => {
                Self { text: String::from_utf8_lossy(&bytes).trim().to_owned(), to_write: None }
            }
            Some(Err(error)) if error.kind() == io::ErrorKind::NotFound => {
                Self { text: random(), to_write: file }
            }
            _ => Self { text: random(), to_write: None },
        }
    }

    /// Writes a new seed to the state folder. If writing fails, the seed serves this run only and the next run is
    /// another writer.
    pub(super) fn settle(&mut self, disk: &dyn Disk) {
        let Some(file) = self.to_write.take() else { return };
        let folder = file.parent().unwrap_or(Path::new("."));
        if create_folders(disk, folder, Reach::Private).is_ok() {
            let _ = disk.publish(&file, format!("{}\n", self.text).as_bytes(), Reach::Private);
        }
    }

    /// The writer's name: the author's as a slug, and 40 bits of a hash of seed, folder, machine and author. Two
    /// clones of a folder on one machine differ by their path; two machines that share a home folder differ by their
    /// host name.
    pub(super) fn writer(&self, folder: &Path, machine: &str, author: &Raw<'_>) -> String {
        let folder = real(folder);
        let folder = folder.as_os_str().as_encoded_bytes();
        let mut whole = vec![];
        for part in [self.text.as_bytes(), folder, machine.as_bytes(), author.raw().as_bytes()] {
            whole.extend_from_slice(&(part.len() as u64).to_le_bytes());
            whole.extend_from_slice(part);
        }
        format!("{}-{}", slug(author.raw()), letters(XxHash3_64::oneshot(&whole), 8))
    }
}

/// `text` folded to at most 24 lower-case letters, digits and single hyphens; `x` if nothing is left.
pub(super) fn slug(text: &str) -> String {
    const LONGEST: usize = 24;
    let mut slug = String::new();
    for c in fold(&text.chars().take(100).collect::<String>()).chars() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
        if slug.len() == LONGEST {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "x".to_owned() } else { slug.to_owned() }
}

/// `count` digits and letters (5 bits each, lowest first), without i, l, o and u, which are easily misread.
fn letters(mut bits: u64, count: usize) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut text = String::new();
    for _ in 0..count {
        text.push(char::from(ALPHABET[usize::from((bits & 31) as u8)]));
        bits >>= 5;
    }
    text
}

/// Five random characters that differ from one opening of a file to the next.
pub(super) fn mark() -> String {
    letters(RandomState::new().hash_one(std::process::id()), 5)
}

/// Sixteen hexadecimal digits, from the random keys that the standard library gets from the system.
fn random() -> String {
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u32(std::process::id());
    format!("{:016x}", hasher.finish())
}

/// The folder's path with links resolved, as far as the path exists.
fn real(folder: &Path) -> PathBuf {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    for above in whole.ancestors() {
        if let (Ok(real), Ok(rest)) = (above.canonicalize(), whole.strip_prefix(above)) {
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    whole
}

/// Host name and user id.
pub(super) fn machine() -> String {
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    format!("{host} {}", rustix::process::getuid().as_raw())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed(text: &str) -> Seed {
        Seed { text: text.to_owned(), to_write: None }
    }

    #[test]
    fn a_writer_is_told_apart_by_installation_folder_machine_and_name() {
        let author = |name: &str| Raw::new(name.to_owned());
        let writers = [
            seed("a").writer(Path::new("/clone"), "host 1", &author("Ana")),
            seed("b").writer(Path::new("/clone"), "host 1", &author("Ana")),
            seed("a").writer(Path::new("/other"), "host 1", &author("Ana")),
            seed("a").writer(Path::new("/clone"), "host 2", &author("Ana")),
            seed("a").writer(Path::new("/clone"), "host 1", &author("ana")),
        ];
        let different: std::collections::HashSet<&String> = writers.iter().collect();
        assert_eq!(different.len(), writers.len(), "{writers:?}");
        assert!(writers.iter().all(|writer| writer.starts_with("ana-") && !writer.contains('.')));
        let again = seed("a").writer(Path::new("/clone"), "host 1", &author("Ana"));
        assert_eq!(again, writers[0]);
    }

    #[test]
    fn a_name_becomes_a_part_of_a_file_name_whatever_it_is() {
        for (name, want) in [
            ("M. K.", "m-k"),
            ("Zoë Ağca", "zoe-agca"),
            ("../../etc", "etc"),
            ("\u{1b}[2J", "2j"),
            ("王", "x"),
        ] {
            assert_eq!(slug(name), want);
        }
        assert!(slug(&"é".repeat(500)).len() <= 24);
    }
}
