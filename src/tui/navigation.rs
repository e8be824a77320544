//! Which pane is in front, through which panes it was reached, and which one stands beside the countries.

use super::places::Pane;

/// The panes from the countries to the pane in front. No pane is in it twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Navigation {
    /// Starts with the countries and ends with the pane in front.
    way: Vec<Pane>,
    beside: Pane,
}

impl Default for Navigation {
    fn default() -> Self {
        Self { way: vec![Pane::Countries], beside: Pane::Card }
    }
}

impl Navigation {
    /// Starts at `front`, with `beside` as the pane beside the countries; `Back` leads to the countries.
    pub fn at(front: Pane, beside: Pane) -> Self {
        let mut navigation = Self::default();
        navigation.go(beside, false);
        navigation.go(front, false);
        navigation
    }

    /// The pane that has the keys.
    pub fn front(&self) -> Pane {
        self.way.last().copied().unwrap_or_default()
    }

    /// The last pane shown other than the countries.
    pub const fn beside(&self) -> Pane {
        self.beside
    }

    /// Shows a pane. If it is on the way already, the panes after it are removed. Otherwise `Back` leads to the pane
    /// it was opened from if `returns`, else to the countries.
    pub fn go(&mut self, pane: Pane, returns: bool) {
        match self.way.iter().position(|known| *known == pane) {
            Some(at) => self.way.truncate(at + 1),
            None => {
                self.way.truncate(if returns { self.way.len() } else { 1 });
                self.way.push(pane);
            }
        }
        if pane != Pane::Countries {
            self.beside = pane;
        }
    }

    /// The pane that `Back` leads to; `None` at the countries.
    pub fn before(&self) -> Option<Pane> {
        self.way.len().checked_sub(2).map(|at| self.way[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_the_way_there() {
        let mut navigation = Navigation::default();
        for (pane, returns) in [(Pane::Coverage, false), (Pane::Card, true), (Pane::Comparison, true)] {
            navigation.go(pane, returns);
        }
        let mut back = vec![];
        while let Some(pane) = navigation.before() {
            navigation.go(pane, false);
            back.push(pane);
        }
        assert_eq!(back, [Pane::Card, Pane::Coverage, Pane::Countries]);
    }

    #[test]
    fn a_pane_that_was_passed_ends_the_way_there_and_no_circle_is_walked() {
        let mut navigation = Navigation::default();
        for pane in [Pane::Card, Pane::Comparison, Pane::Card, Pane::Comparison, Pane::Card] {
            navigation.go(pane, true);
        }
        assert_eq!((navigation.front(), navigation.before()), (Pane::Card, Some(Pane::Countries)));
    }

    #[test]
    fn a_pane_chosen_by_its_number_leads_back_to_the_countries() {
        let mut navigation = Navigation::default();
        navigation.go(Pane::Coverage, false);
        navigation.go(Pane::Findings, false);
        assert_eq!((navigation.front(), navigation.before()), (Pane::Findings, Some(Pane::Countries)));
    }

    #[test]
    fn the_pane_seen_last_stays_beside_the_countries() {
        let mut navigation = Navigation::at(Pane::Countries, Pane::Comparison);
        assert_eq!((navigation.front(), navigation.beside()), (Pane::Countries, Pane::Comparison));
        navigation.go(Pane::Findings, false);
        navigation.go(Pane::Countries, false);
        assert_eq!(navigation.beside(), Pane::Findings);
    }
}
