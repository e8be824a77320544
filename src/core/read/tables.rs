//! Reads the tables, each a set of its own, and chooses which one is shown.

use super::{
    Loader,
    input::ClaimedFile,
    table::{OpenedTable, TableOptions},
};
use crate::core::{dataset::CardSet, framework::Framework, severity::Severity};

/// What is read is chosen by the id of the set, else the cards come first, and of several tables the largest.
impl Loader {
    /// The table that is shown; `None` if cards are.
    pub(super) fn choose_table(&mut self, progress: &(dyn Fn(usize) + Sync)) -> Option<OpenedTable> {
        let mut opened = self.open_tables(progress);
        if opened.is_empty() {
            return None;
        }
        let has_cards = self.has_cards();
        if !has_cards {
            self.tell_of_no_cards();
        }
        let wanted = self.options.framework.clone();
        let at = match &wanted {
            Some(id) => opened.iter().position(|table| *table.framework.id == **id),
            None if has_cards => None,
            None => (0..opened.len()).max_by_key(|at| (cards(&opened[*at]), std::cmp::Reverse(*at))),
        };
        let chosen = at.map(|at| opened.remove(at));
        self.others.extend(opened.iter().map(set_of));
        let Some(mut chosen) = chosen else {
            self.problems.extend(opened.into_iter().flat_map(|table| table.problems));
            return None;
        };
        self.problems.append(&mut chosen.problems);
        if has_cards {
            let counts: Vec<_> = self.count_frameworks().into_iter().collect();
            let sets = self.sets(&counts);
            self.others.extend(sets);
        }
        Some(chosen)
    }

    /// Opens every table. What is told of one is with it; of what cannot be opened, here.
    pub(super) fn open_tables(&mut self, progress: &(dyn Fn(usize) + Sync)) -> Vec<OpenedTable> {
        let mut opened: Vec<OpenedTable> = vec![];
        for file in std::mem::take(&mut self.tables) {
            let Some(mut table) = self.open_table(&file) else { continue };
            progress(opened.iter().map(cards).sum::<usize>() + cards(&table));
            one_id_each(&mut table, &opened);
            opened.push(table);
        }
        opened
    }

    /// Whether any file beside the tables has a card, however little of it can be read.
    pub(super) fn has_cards(&self) -> bool {
        !self.count_frameworks().is_empty()
    }

    /// Tells why the files that are no tables give no card. None of them is in the way of a table.
    pub(super) fn tell_of_no_cards(&mut self) {
        let mut others = Self { documents: std::mem::take(&mut self.documents), ..self.clone() };
        let choice = others.choose_framework();
        others.read_cards(choice, &|_| ());
        self.problems = others.problems;
    }

    /// Opens a table; what cannot be opened is told.
    fn open_table(&mut self, file: &ClaimedFile) -> Option<OpenedTable> {
        let options = self.table_options();
        match (file.input.table?.open)(&file.file, &options) {
            Ok(table) => Some(table),
            Err(mut problems) => {
                for problem in problems.iter_mut().filter(|_| !file.is_named) {
                    problem.severity = Severity::Hint;
                }
                self.problems.extend(problems);
                None
            }
        }
    }

    pub(super) fn table_options(&self) -> TableOptions {
        TableOptions {
            mapping: self.options.mapping.clone(),
            instead: self.options.instead.clone(),
            workers: self.options.workers,
            least_part: self.options.least_part,
        }
    }
}

fn cards(table: &OpenedTable) -> usize {
    table.batch.columns.cards.len()
}

fn set_of(table: &OpenedTable) -> CardSet {
    let Framework { id, title, .. } = &table.framework;
    CardSet { id: id.clone(), title: title.clone(), cards: cards(table) }
}

/// Two tables of files that are called the same are two sets.
fn one_id_each(table: &mut OpenedTable, known: &[OpenedTable]) {
    let own = table.framework.id.clone();
    let is_known = |id: &str| known.iter().any(|known| *known.framework.id == *id);
    let mut nth = 2;
    while is_known(&table.framework.id) {
        table.framework.id = format!("{own}-{nth}").into();
        nth += 1;
    }
}
