//! Sheets before they are written: heads, and cells that know what they are.

use crate::text::width;

/// Digits that a spreadsheet keeps and shows.
const MOST_DIGITS: usize = 15;
const MOST_DECIMALS: usize = 30;
/// Width of columns in characters that no column exceeds.
pub(super) const WIDEST: usize = 60;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum XlsxCell {
    Nothing,
    Words(String),
    Strong(String),
    Gap(String),
    Flag(bool),
    Number { value: f64, decimals: usize },
}

impl XlsxCell {
    pub(super) fn words(text: &str) -> Self {
        let text = text.to_owned();
        if text == "n/a" || text.starts_with("?? ") { Self::Gap(text) } else { Self::Words(text) }
    }

    pub(super) fn count(number: usize) -> Self {
        Self::digits(&number.to_string())
    }

    /// The number, or its digits as text where a spreadsheet would show others.
    pub(super) fn digits(digits: &str) -> Self {
        let bare = digits.strip_prefix('-').unwrap_or(digits);
        let (whole, part) = bare.split_once('.').unwrap_or((bare, ""));
        let kept = whole.len() + part.len();
        let significant = kept - (whole.to_owned() + part).bytes().take_while(|digit| *digit == b'0').count();
        let is_plain =
            !whole.is_empty() && (whole.to_owned() + part).bytes().all(|byte| byte.is_ascii_digit());
        match digits.parse() {
            Ok(value) if is_plain && significant <= MOST_DIGITS && part.len() <= MOST_DECIMALS => {
                Self::Number { value, decimals: part.len() }
            }
            _ => Self::Words(digits.to_owned()),
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Words(text) | Self::Strong(text) | Self::Gap(text) => Some(text),
            Self::Nothing | Self::Flag(_) | Self::Number { .. } => None,
        }
    }

    /// The columns it takes.
    pub(super) fn width(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Flag(_) => 5,
            Self::Number { value, decimals } => format!("{value:.decimals$}").len(),
            // Only the beginning can decide: the rest is wider than any column.
            Self::Words(text) | Self::Strong(text) | Self::Gap(text) => text
                .lines()
                .map(|line| width(&line.chars().take(WIDEST).collect::<String>()))
                .max()
                .unwrap_or(0),
        }
    }
}

/// The head of a column.
#[derive(Clone, Debug)]
pub(super) struct XlsxHead {
    pub(super) words: String,
    pub(super) is_right: bool,
}

impl XlsxHead {
    pub(super) fn left(words: &str) -> Self {
        Self { words: words.to_owned(), is_right: false }
    }

    pub(super) fn right(words: &str) -> Self {
        Self { words: words.to_owned(), is_right: true }
    }
}

#[derive(Clone, Debug)]
pub(super) struct XlsxSheet {
    /// Any text: forbidden signs, length and doubles are mended.
    pub(super) name: String,
    pub(super) heads: Vec<XlsxHead>,
    pub(super) rows: Vec<Vec<XlsxCell>>,
    /// How many columns stay in sight.
    pub(super) frozen: usize,
    /// Whether long texts are wrapped.
    pub(super) wraps: bool,
}
