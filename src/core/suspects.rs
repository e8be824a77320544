//! Numbers that look like signs of missing values: -99, 999, a column full of exact zeros.
//!
//! They stay given as written, since only who published them knows; they are told, and marked.

/// The fewest values of an indicator that say something about zeros.
const FEWEST: usize = 10;

/// The values among the answers to one indicator that look like signs of missing values, lowest first, each once.
///
/// Such are: numbers of nines alone (99, -999, -9) and repeated negative digits (-77, -88) that lie outside the others by
/// more than their span, or are negative where no other is; a negative whole number where no other is negative, if it
/// stands several times or far outside; codes such as -9, -2 and -1 together, beside numbers of hundreds; and zero, if a
/// fifth of the answers are exactly that and no other comes near.
pub fn suspects(answers: &[f64]) -> Vec<f64> {
    let mut values: Vec<f64> = answers.to_vec();
    values.sort_by(f64::total_cmp);
    let codes = small_codes(&values);
    let (signlike, others): (Vec<f64>, Vec<f64>) =
        values.iter().partition(|value| is_signlike(**value) || codes.contains(value));
    let (low, high) = (others.first().copied(), others.last().copied());
    let is_outside = |value: f64| match (low, high) {
        (Some(low), Some(high)) => {
            let span = high - low;
            let is_only_negative = value < 0.0 && low >= 0.0 && value.fract() == 0.0;
            is_only_negative
                || value < low - span && (value < 0.0 || low < 0.0)
                || value > high + span && span > 0.0
        }
        // There is nothing else to hold it against.
        _ => value < 0.0,
    };
    let mut found: Vec<f64> = signlike.into_iter().filter(|value| is_outside(*value)).collect();
    // They are sorted; each is looked for once.
    found.dedup_by(|one, other| one.total_cmp(other).is_eq());
    let rest: Vec<f64> = values.iter().copied().filter(|value| !found.contains(value)).collect();
    found.extend(lone_negatives(&rest));
    found.extend(zeros(&rest));
    found.sort_by(f64::total_cmp);
    found.dedup_by(|one, other| one.total_cmp(other).is_eq());
    found
}

/// Whether it is written with one digit alone: 9, 99, -999, 99.9, or -77, -88.
fn is_signlike(value: f64) -> bool {
    let digits: Vec<u8> = format!("{}", value.abs()).bytes().filter(u8::is_ascii_digit).collect();
    let is_of = |digit: u8| digits.iter().all(|known| *known == digit);
    let is_repeated = digits.len() > 1 && (b'6'..=b'9').any(is_of);
    is_of(b'9') && (digits.len() > 1 || value < 0.0) || value < 0.0 && is_repeated
}

/// Whether a number of up to three decimals is written with one digit alone, of those that signs are made of: 6 to 9.
/// Quick, since every number of a data set is asked.
pub fn has_one_digit(value: f64) -> bool {
    const MOST: f64 = 1e9;
    let value = value.abs();
    // Quicker than its fraction, on processors of any age.
    let is_whole = |scaled: f64| scaled < MOST && f64::from(truncated(scaled)) >= scaled;
    let scaled = [1.0, 10.0, 100.0, 1000.0].map(|scale| value * scale);
    let Some(whole) = scaled.into_iter().find(|scaled| is_whole(*scaled)) else { return false };
    let mut rest = truncated(whole);
    let digit = rest % 10;
    if !(6..=9).contains(&digit) {
        return false;
    }
    while rest > 0 && rest % 10 == digit {
        rest /= 10;
    }
    rest == 0
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is out of range is not asked"
)]
const fn truncated(value: f64) -> u32 {
    value as u32
}

/// Whole numbers from -9 to -1 that are the only negative ones beside numbers of hundreds, if there are several.
fn small_codes(sorted: &[f64]) -> Vec<f64> {
    const FAR: f64 = 100.0;
    let negative: Vec<f64> = sorted.iter().copied().take_while(|value| *value < 0.0).collect();
    let is_code = |value: &f64| value.fract() == 0.0 && (*value >= -9.0 || is_signlike(*value));
    let are_codes = negative.len() > 1 && negative.iter().all(is_code);
    let is_far = sorted.last().is_some_and(|highest| *highest >= FAR);
    if are_codes && is_far { negative } else { vec![] }
}

/// A negative whole number where no other number is negative: it stands several times, or far below all others.
fn lone_negatives(sorted: &[f64]) -> Option<f64> {
    let lowest = *sorted.first()?;
    let many = sorted.iter().take_while(|value| value.total_cmp(&lowest).is_eq()).count();
    let next = sorted.get(many)?;
    let highest = sorted.last()?;
    let is_lone = lowest < 0.0 && lowest.fract() == 0.0 && *next >= 0.0;
    let (below, span) = (next - lowest, highest - next);
    let is_odd = if many > 1 {
        below > span / 2.0 || sorted.len() >= FEWEST
    } else {
        below > 3.0 * span && span > 0.0
    };
    (is_lone && is_odd).then_some(lowest)
}

/// Zero, if a fifth of the numbers are exactly that and no other comes near: the nearest is a tenth of the highest or more.
fn zeros(sorted: &[f64]) -> Option<f64> {
    let many = sorted.iter().filter(|value| **value == 0.0).count();
    let others = || sorted.iter().filter(|value| **value != 0.0).map(|value| value.abs());
    let (nearest, highest) = (others().reduce(f64::min)?, others().reduce(f64::max)?);
    let is_often = sorted.len() >= FEWEST && many * 5 >= sorted.len() && many < sorted.len();
    // Counts such as 1 and 2 are near, however few there are.
    let is_far = nearest * 10.0 >= highest
        && !(nearest <= 2.0
            && nearest.fract() == 0.0
            && highest < 20.0
            && others().all(|value| value.fract() == 0.0));
    // 0, 5 and 10 are the steps of a scale.
    let are_steps = others().all(|value| (value / nearest).fract() == 0.0);
    (is_often && is_far && !are_steps).then_some(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_sign_is_found_and_what_is_a_value_is_not() {
        let zeros_and = |others: &[f64]| [&[0.0; 8][..], others].concat();
        for (answers, want) in [
            (vec![-99.0, -999.0, 0.0], vec![-999.0, -99.0]),
            (vec![12.0, 30.0, 25.5, -99.0, 41.0], vec![-99.0]),
            (vec![1.0, 2.0, 3.0, 999.0], vec![999.0]),
            (vec![95.0, 97.0, 99.0, 98.0], vec![]),
            (vec![9.0, 12.0, 3.0], vec![]),
            (vec![-9.0, -3.0, 4.0, 7.0], vec![]),
            (vec![-9.0, 1.0, 2.0, 3.0], vec![-9.0]),
            (vec![-2.5, -1.0, 3.0, 4.0], vec![]),
            (vec![-1.0, -1.0, 1.0, 2.0], vec![-1.0]),
            (vec![-1.0, 3.0, 40.0], vec![]),
            (vec![1000.0, -99.0, 999.0, 5000.0, 2500.0], vec![-99.0]),
            (vec![-9.0, -1.0, 120.0, 2300.0, 5000.0], vec![-9.0, -1.0]),
            (vec![-9.0, 120.0, 2300.0, 5000.0], vec![-9.0]),
            (vec![-500.0, 1.0, 4.0, 10.0], vec![-500.0]),
            (vec![-9.9, 1.5, 40.25], vec![]),
            (vec![-3.0, -1.0, 2.0, 9.0], vec![]),
            (vec![-77.0, -10.0, 5.0, 10.0], vec![-77.0]),
            (vec![99.0, 99.0], vec![]),
            (zeros_and(&[1.8, 4.3, 7.7, 9.4]), vec![0.0]),
            (zeros_and(&[1.0, 2.0, 14.0]), vec![]),
            (zeros_and(&[0.2, 4.3, 7.7, 9.4]), vec![]),
            (zeros_and(&[1.0, 1.0, 2.0]), vec![]),
            (zeros_and(&[5.0, 10.0, 10.0, 5.0]), vec![]),
            (vec![], vec![]),
        ] {
            assert_eq!(suspects(&answers), want, "{answers:?}");
        }
    }
}
