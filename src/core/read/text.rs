//! The text of a file, or those of an archive, and what each is by its content.

use std::sync::Arc;

use super::{
    INPUTS, Options,
    input::{ClaimedFile, Head},
    json,
    table::{self, UnpackOptions, Unpacked},
};
use crate::core::{
    input_file::{InputFile, NamedText, problem},
    json::{BYTE_ORDER_MARK, Decoded, Fault, Places, decode, salvage},
    problem::Problem,
};
use crate::text::Raw;

/// What can be told of a file's bytes without any other file.
#[derive(Debug)]
pub struct Text {
    /// Nothing when the bytes are no text; several of an archive.
    pub(super) documents: Vec<ClaimedFile>,
    pub(super) problems: Vec<Problem>,
}

impl Text {
    /// Unpacks and decodes the bytes and tells by content what they are.
    pub fn new(name: Raw<'static>, bytes: Vec<u8>, options: &Options) -> Self {
        let unpack =
            UnpackOptions { encoding: options.mapping.encoding.as_deref(), most_bytes: options.most_bytes };
        let no_text = |name: &Raw<'static>, faults: Vec<Fault>| {
            NamedText::new(name.clone(), String::new()).problems(faults)
        };
        match table::unpack(&name, bytes, unpack) {
            Unpacked::Plain(bytes) => {
                let (named, problems) = decoded(name, bytes);
                let document = named.map(|named| document_of(Arc::new(InputFile::alone(named))));
                Self { documents: document.into_iter().collect(), problems }
            }
            Unpacked::Tables(file, faults) => {
                let problems = file.own.problems(faults);
                Self { documents: vec![document_of(Arc::new(file))], problems }
            }
            Unpacked::Failed(fault) => Self { documents: vec![], problems: no_text(&name, vec![fault]) },
            Unpacked::Files(files, faults) => Self::of_archive(&name, files, no_text(&name, faults)),
        }
    }

    /// The files of an archive, each as if it stood in a folder of that name.
    fn of_archive(name: &Raw<'static>, files: Vec<(String, Vec<u8>)>, problems: Vec<Problem>) -> Self {
        let mut all = Self { documents: vec![], problems };
        let mut texts: Vec<(String, NamedText)> = vec![];
        for (path, bytes) in files {
            let (named, more) = decoded(Raw::new(format!("{}:{path}", name.raw())), bytes);
            all.problems.extend(more.into_iter().filter(|told| told.code != BYTE_ORDER_MARK));
            texts.extend(named.map(|named| (path, named)));
        }
        let mut documents: Vec<(String, ClaimedFile)> = vec![];
        for (path, named) in &texts {
            documents.push((path.clone(), document_of(Arc::new(InputFile::alone(named.clone())))));
        }
        // What belongs to another file of the archive is none of its own.
        let mut belong = vec![];
        for (path, document) in &mut documents {
            let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            for part in (document.input.parts)(&document.file.own.text) {
                let place = format!("{folder}{part}");
                if let Some((_, named)) = texts.iter().find(|(known, _)| *known == place) {
                    Arc::make_mut(&mut document.file).parts.push((part, named.clone()));
                    belong.push(place);
                }
            }
        }
        let own = documents
            .into_iter()
            .filter(|(path, document)| !belong.contains(path) && document.input.table.is_none());
        all.documents = own.map(|(_, document)| document).collect();
        all
    }

    /// That the user did not name the file, but a folder that it is in: that it is no table of countries is no fault.
    pub fn happens_to_be_there(&mut self) {
        for document in &mut self.documents {
            document.is_named = false;
        }
    }

    /// The paths of the files that belong to this one, relative to its folder.
    pub fn parts(&self) -> Vec<String> {
        let parts = |document: &ClaimedFile| (document.input.parts)(&document.file.own.text);
        if let [document] = &self.documents[..] { parts(document) } else { vec![] }
    }

    /// The names of files that may lie beside this one and say something of it; they need not be there.
    pub fn beside(&self) -> Vec<String> {
        let beside =
            |document: &ClaimedFile| Some((document.input.table?.beside)(document.file.name().raw()));
        if let [document] = &self.documents[..] { beside(document).unwrap_or_default() } else { vec![] }
    }

    /// Takes a file that belongs to this one, by its path from there.
    pub fn add_part(&mut self, path: String, name: Raw<'static>, bytes: Vec<u8>) {
        let is_of_table = self.documents.iter().any(|document| document.input.table.is_some());
        let (named, problems) = if is_of_table {
            match table::text(bytes, None) {
                Ok((text, _)) => (Some(NamedText::new(name, text)), vec![]),
                Err(fault) => (None, NamedText::new(name, String::new()).problems([fault])),
            }
        } else {
            decoded(name, bytes)
        };
        // Spreadsheets want the mark that other programs refuse in JSON.
        self.problems.extend(problems.into_iter().filter(|told| told.code != BYTE_ORDER_MARK));
        if let ([document, ..], Some(named)) = (&mut self.documents[..], named) {
            Arc::make_mut(&mut document.file).parts.push((path, named));
        }
    }

    /// Tells that something is wrong with a file that belongs to this one.
    pub fn tell(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

/// The text of a file, as far as it is one, and what is wrong with it.
fn decoded(name: Raw<'static>, bytes: Vec<u8>) -> (Option<NamedText>, Vec<Problem>) {
    match decode(bytes) {
        Ok(Decoded { text, warning, .. }) => {
            let named = NamedText::new(name, text);
            let problems = named.problems(warning);
            (Some(named), problems)
        }
        Err((bytes, fault)) => {
            let told = problem(&name, &Places::new(&bytes), fault);
            (salvage(&bytes).map(|text| NamedText::new(name, text)), vec![told])
        }
    }
}

/// A file with its format.
pub(super) fn document_of(file: Arc<InputFile>) -> ClaimedFile {
    let head = Head::new(&file);
    let input = INPUTS.iter().find(|input| (input.claims)(&head)).copied().unwrap_or(&json::CARD);
    ClaimedFile { input, file, is_named: true }
}
