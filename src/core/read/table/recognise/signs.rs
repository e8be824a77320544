//! How the numbers of a table are written: the sign before decimals, that between thousands, percent signs, flags.

use strum::IntoEnumIterator as _;

use super::{ColumnIndicator, Recognition};
use crate::core::table_mapping::{ColumnRole, Mapping};
use crate::core::{
    interval::bounded,
    number_signs::NumberSigns,
    obs_status::ObservationStatus,
    read::{
        table::{
            sample::{is_number, without_flags},
            written_forms::{NumberForm, is_bare_number, money},
        },
        words::missing_sign,
    },
};

/// What the texts of a sample show.
#[derive(Debug, Default)]
struct SeenSigns {
    decimal_commas: usize,
    decimal_points: usize,
    /// Commas, points, spaces and apostrophes, in this order, where only thousands can be: several groups, or one before the other sign.
    grouped: [usize; 4],
    /// `1,234` and `1.234`, which may be either.
    doubtful_commas: usize,
    doubtful_points: usize,
    doubtful_point: Option<String>,
    /// Numbers without any sign in them.
    whole: usize,
    percent: usize,
    flagged: usize,
}

/// The signs that the values are read with; and a number that would be a thousand times as much if its point stood between
/// thousands, where nothing says what the point is, and numbers with three decimals alone would be a strange choice.
pub(super) fn of(table: &Recognition<'_>, mapping: &Mapping, separator: u8) -> (NumberSigns, Option<String>) {
    let mut seen = SeenSigns::default();
    for column in table.with_role(ColumnRole::Value) {
        for row in &table.rows {
            let text = row.get(column);
            // A number of a workbook has no signs of its own.
            if row.is_typed.get(column) == Some(&true) && is_number(text) {
                seen.percent += usize::from(text.ends_with('%'));
            } else {
                seen.look(text);
            }
        }
    }
    let said = mapping.decimal.as_deref().and_then(|sign| sign.chars().next());
    // Several points in one number are between thousands, and then a comma stands before decimals.
    let has_points = seen.grouped[1] > 0 && seen.grouped[0] == 0;
    let decimal_is_comma =
        said.map_or(seen.decimal_points == 0 && (seen.decimal_commas > 0 || has_points), |sign| sign == ',');
    // What may be either is of thousands where the other sign stands before decimals, or where the user says so.
    let is_of_thousands = if decimal_is_comma {
        seen.grouped[1] + seen.doubtful_points > 0
    } else {
        seen.grouped[0] > 0 || seen.doubtful_commas > 0 && (seen.decimal_points > 0 || said == Some('.'))
    };
    let thousands = match (is_of_thousands, seen.grouped[2] > 0, seen.grouped[3] > 0) {
        (true, ..) => Some(if decimal_is_comma { '.' } else { ',' }),
        (_, true, _) => Some(' '),
        (.., true) => Some('\''),
        _ => None,
    };
    let is_clear = said.is_some() || seen.decimal_points + seen.decimal_commas > 0 || is_of_thousands;
    let doubtful = seen.doubtful_point.filter(|_| !is_clear && (seen.whole > 0 || separator == b';'));
    let signs = NumberSigns {
        decimal: decimal_is_comma.then_some(','),
        thousands,
        percent: seen.percent > 0,
        flags: seen.flagged > 0,
    };
    (signs, doubtful)
}

/// Sets the unit of the columns in which a percent sign stands behind all numbers. Returns the headings of those in which
/// it stands behind some.
pub(super) fn percents(table: &mut Recognition<'_>) -> Vec<String> {
    let mut mixed = vec![];
    // Columns of one indicator in several editions have one unit.
    let mut all: Vec<(ColumnIndicator, bool, Vec<usize>)> = vec![];
    for column in table.with_role(ColumnRole::Value).collect::<Vec<_>>() {
        let numbers = table.rows.iter().map(|row| row.get(column)).filter(|text| is_number(text));
        let (mut many, mut percents) = (0, 0);
        for number in numbers {
            many += 1;
            percents += usize::from(without_flags(number).ends_with('%'));
        }
        let is_percent = percents * 10 >= many * 9;
        if percents > 0 && !is_percent {
            mixed.push(table.columns[column].heading.clone());
        }
        let own = table.columns[column].indicator.clone().unwrap_or_default();
        let is_dated = table.columns[column].edition.is_some();
        let known = if is_dated { all.iter_mut().find(|(known, ..)| *known == own) } else { None };
        match known {
            Some((_, all_are, columns)) => {
                *all_are &= is_percent || many == 0;
                columns.push(column);
            }
            None => all.push((own, is_percent && many > 0, vec![column])),
        }
    }
    for column in all.into_iter().filter(|(_, is_percent, _)| *is_percent).flat_map(|(.., columns)| columns) {
        table.columns[column].indicator.get_or_insert_default().unit = Some("%".to_owned());
    }
    mixed
}

/// Finds out what stands beside the digits of numbers: at least half of what stands in all columns of values is written
/// so, and the rest are numbers or signs of gaps. One letter among plain numbers is a flag, and one among words is a name.
pub(super) fn forms(table: &mut Recognition<'_>) {
    let columns: Vec<usize> = table.with_role(ColumnRole::Value).collect();
    let is_dated = columns.iter().all(|column| table.columns[*column].edition.is_some());
    let all: Vec<Vec<usize>> =
        if is_dated { vec![columns] } else { columns.into_iter().map(|column| vec![column]).collect() };
    for columns in all {
        let of = |column: &usize| table.rows.iter().map(|row| row.get(*column)).collect::<Vec<_>>();
        let texts = columns.iter().flat_map(of);
        let texts: Vec<&str> =
            texts.filter(|text| !text.is_empty() && missing_sign(text).is_none()).collect();
        let are_bare = texts.iter().all(|text| is_bare_number(text));
        let form = NumberForm::iter().filter(|form| !are_bare || *form == NumberForm::Month).find(|form| {
            let such = texts.iter().filter(|text| form.is_of(text)).count();
            let is_other = |text: &str| *form != NumberForm::Month && is_number(text);
            // One shared place among others, `=3`, can be nothing else.
            let is_enough = *form == NumberForm::Rank || such * 2 >= texts.len();
            such > 0 && is_enough && texts.iter().all(|text| form.is_of(text) || is_other(text))
        });
        let Some(form) = form.filter(|form| *form != NumberForm::Month || has_zeros(&texts)) else {
            continue;
        };
        let mut signs: Vec<&str> = texts.iter().filter_map(|text| Some(money(text)?.0)).collect();
        signs.sort_unstable();
        signs.dedup();
        let sign = signs.first().map(|sign| (*sign).to_owned());
        // Of several currencies no number says how much it is.
        if form == NumberForm::Money && signs.len() > 1 {
            continue;
        }
        for column in columns {
            table.columns[column].form = form;
            if let Some(sign) = &sign {
                table.columns[column]
                    .indicator
                    .get_or_insert_default()
                    .unit
                    .get_or_insert_with(|| sign.clone());
            }
        }
    }
}

/// Whether months are written with zeros, which no numbers are.
fn has_zeros(texts: &[&str]) -> bool {
    texts.iter().any(|text| text.starts_with('0'))
}

/// Whether a sign stands between groups of three digits.
fn is_in_groups(digits: &str, sign: char) -> bool {
    let mut parts = digits.split(sign);
    let first = parts.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3)
}

impl SeenSigns {
    /// A number with nothing but digits, a point and a minus.
    fn look_at_bare(&mut self, text: &str) {
        match text.trim_start_matches('-').split_once('.') {
            None => self.whole += 1,
            Some((whole, part)) if part.len() == 3 && (1..=3).contains(&whole.len()) && whole != "0" => {
                self.doubtful_points += 1;
                self.doubtful_point.get_or_insert_with(|| text.to_owned());
            }
            Some(_) => self.decimal_points += 1,
        }
    }

    fn look(&mut self, text: &str) {
        if is_bare_number(text) {
            return self.look_at_bare(text);
        }
        let (text, is_money) = money(text).map_or((text, false), |(_, digits)| (digits, true));
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return;
        }
        if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '−' | '+' | '.' | ',')) {
            return;
        }
        let text = bounded(text).map_or(text, |(estimate, _)| estimate);
        let bare = without_flags(text);
        if bare.len() < text.len() && !ObservationStatus::parse(&text[bare.len()..]).marks.is_empty() {
            self.flagged += 1;
        }
        let (bare, percent) = bare.strip_suffix('%').map_or((bare, false), |rest| (rest.trim_end(), true));
        self.percent += usize::from(percent);
        let digits = bare.trim_start_matches(['-', '−', '+']);
        if !digits.chars().all(|c| {
            c.is_ascii_digit()
                || matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’')
        }) {
            return;
        }
        // `7, 9` are two numbers.
        if digits.contains(", ") || digits.contains(". ") {
            return;
        }
        let many = |sign: char| digits.matches(sign).count();
        let (commas, points) = (many(','), many('.'));
        let spaces = many(' ') + many('\u{a0}') + many('\u{202f}') + many('\u{2009}');
        let quotes = many('\'') + many('’');
        self.grouped[2] += usize::from(spaces > 0);
        self.grouped[3] += usize::from(quotes > 0);
        let is_group = |sign: char| {
            let parts = digits.split_once(sign);
            parts.is_some_and(|(whole, part)| {
                part.len() == 3 && (1..=3).contains(&whole.len()) && whole != "0"
            })
        };
        match (commas, points) {
            (0, 0) => self.whole += 1,
            // No currency has three decimals.
            (1, 0) if is_group(',') && is_money => self.grouped[0] += 1,
            (0, 1) if is_group('.') && is_money => self.grouped[1] += 1,
            (1, 0) if is_group(',') => self.doubtful_commas += 1,
            (1, 0) => self.decimal_commas += 1,
            (0, 1) if is_group('.') => {
                self.doubtful_points += 1;
                self.doubtful_point.get_or_insert_with(|| bare.to_owned());
            }
            (0, 1) => self.decimal_points += 1,
            (0, _) => self.grouped[1] += usize::from(is_in_groups(digits, '.')),
            (_, 0) => self.grouped[0] += usize::from(is_in_groups(digits, ',')),
            // The last of the two stands before the decimals.
            _ if digits.rfind(',') > digits.rfind('.') => {
                self.decimal_commas += 1;
                self.grouped[1] += 1;
            }
            _ => {
                self.decimal_points += 1;
                self.grouped[0] += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(texts: &[&str]) -> (Option<char>, Option<char>, bool, bool) {
        let sample = crate::core::read::table::sample::Sample {
            first: [("Country", "Share")]
                .into_iter()
                .map(|(a, b)| vec![a.to_owned(), b.to_owned()])
                .chain(
                    ["ALB", "AND", "ARM", "AUT", "BEL"]
                        .iter()
                        .zip(texts)
                        .map(|(code, text)| vec![(*code).to_owned(), (*text).to_owned()]),
                )
                .map(|fields| crate::core::read::table::sample::SampleRow { at: 0, fields, is_typed: vec![] })
                .collect(),
            far: vec![],
        };
        let mut looks = crate::core::read::table::sample::CountryLooks::default();
        let shape = super::super::recognise(
            &sample,
            crate::core::delimited::FieldDialect::COMMAS,
            &Mapping::default(),
            "t",
            &[],
            &mut looks,
        );
        let signs = shape.unwrap().signs;
        (signs.decimal, signs.thousands, signs.percent, signs.flags)
    }

    #[test]
    fn the_signs_in_numbers_are_told_by_the_numbers_together() {
        assert_eq!(signs(&["1.5", "2", "3.25"]), (None, None, false, false));
        assert_eq!(signs(&["1,5", "2", "1.234,5"]), (Some(','), Some('.'), false, false));
        assert_eq!(signs(&["1,234", "2.5", "1,234,567"]), (None, Some(','), false, false));
        assert_eq!(signs(&["38,928,000", "2,000"]), (None, Some(','), false, false));
        assert_eq!(signs(&["1 234", "12,5 %"]), (Some(','), Some(' '), true, false));
        assert_eq!(signs(&["3.4 bp", "3.5"]), (None, None, false, true));
        assert_eq!(signs(&["47.351.567", "27.056"]), (Some(','), Some('.'), false, false));
        assert_eq!(signs(&["1.2.2020", "27.056"]), (None, None, false, false));
        // It may be one thousand or one.
        assert_eq!(signs(&["1,234", "2"]), (None, None, false, false));
        assert_eq!(signs(&["1.234", "2,5"]), (Some(','), Some('.'), false, false));
    }
}
