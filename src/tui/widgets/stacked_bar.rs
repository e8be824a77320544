//! A bar in three parts: holds, does not hold, not assessed; the last never looks like a "no".

use super::prose::ProseLine;
use crate::{
    core::findings::Counted,
    tui::look::{Glyphs, Look, Role},
};

/// The glyph of the part that a gap leaves undecided.
const UNASSESSED: &str = "?";

/// The number of countries (or answers) of each part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub holds: u32,
    pub holds_not: u32,
    pub unassessed: u32,
}

impl Share {
    pub const fn of(counted: &Counted) -> Self {
        Self { holds: counted.k, holds_not: counted.assessed - counted.k, unassessed: counted.unassessed() }
    }

    /// The columns of each part. A part that is not 0 has at least one, if there are columns for all. If all are 0
    /// the bar is empty.
    pub fn columns(self, room: usize) -> [usize; 3] {
        let parts = [self.holds, self.holds_not, self.unassessed].map(|part| part as usize);
        let all: usize = parts.iter().sum();
        if all == 0 {
            return [0; 3];
        }
        let mut columns = parts.map(|part| part * room / all);
        // The columns lost by rounding go to the parts with the largest remainders.
        let mut order = [0, 1, 2];
        order.sort_by_key(|at| std::cmp::Reverse(parts[*at] * room % all));
        let left = room - columns.iter().sum::<usize>();
        for at in order.into_iter().take(left) {
            columns[at] += 1;
        }
        for at in 0..3 {
            let widest = (0..3).max_by_key(|other| columns[*other]).unwrap_or(0);
            if parts[at] > 0 && columns[at] == 0 && columns[widest] > 1 {
                columns[widest] -= 1;
                columns[at] += 1;
            }
        }
        columns
    }

    /// The bar in this many columns, part by part.
    pub fn line(self, glyphs: &Glyphs, room: usize) -> ProseLine {
        let columns = self.columns(room);
        let mut line: ProseLine = parts(glyphs)
            .into_iter()
            .zip(columns)
            .map(|((glyph, role), many)| (glyph.repeat(many), role))
            .collect();
        line.push((" ".repeat(room - columns.iter().sum::<usize>()), Role::Text));
        line
    }
}

const fn parts(glyphs: &Glyphs) -> [(&'static str, Role); 3] {
    [(glyphs.bar, Role::Bar), (glyphs.bar_empty, Role::BarEmpty), (UNASSESSED, Role::Gap)]
}

/// What the parts mean: `█ holds  ░ does not  ? gap`.
pub fn legend(look: &Look) -> String {
    let [holds, holds_not, unassessed] = parts(look.glyphs).map(|(glyph, _)| glyph);
    format!("{holds} holds  {holds_not} does not  {unassessed} gap")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(holds: u32, holds_not: u32, unassessed: u32, room: usize) -> [usize; 3] {
        Share { holds, holds_not, unassessed }.columns(room)
    }

    #[test]
    fn a_bar_shares_its_columns_as_the_answers_are_shared() {
        assert_eq!(columns(5, 21, 0, 26), [5, 21, 0]);
        assert_eq!(columns(16, 10, 0, 20), [12, 8, 0]);
        assert_eq!(columns(2, 4, 4, 10), [2, 4, 4]);
    }

    #[test]
    fn what_there_is_one_of_can_be_seen_and_what_there_is_none_of_cannot() {
        assert_eq!(columns(1, 199, 1, 10), [1, 8, 1]);
        assert_eq!(columns(0, 26, 0, 10), [0, 10, 0]);
        assert_eq!(columns(0, 0, 3, 10), [0, 0, 10], "nobody assessed is no bar of noes");
        assert_eq!(columns(0, 0, 0, 10), [0, 0, 0]);
    }

    #[test]
    fn a_bar_is_as_long_as_its_room_whatever_it_counts() {
        for room in 0..30 {
            for (holds, holds_not, unassessed) in [(1, 1, 1), (1, 0, 999), (7, 3, 1), (0, 1, 0)] {
                assert_eq!(columns(holds, holds_not, unassessed, room).iter().sum::<usize>(), room);
            }
        }
    }
}
