//! How cells of a workbook look: heads, numbers, texts, gaps.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TextKind {
    Plain,
    Strong,
    Gap,
}

/// What decides how a text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TextLook {
    pub(super) kind: TextKind,
    pub(super) wraps: bool,
    pub(super) is_right: bool,
    /// Whether it begins as a formula does: it stays a text when its cell is edited, too.
    pub(super) is_quoted: bool,
}

/// The formats of cells, each made once.
#[derive(Default)]
pub(super) struct XlsxLooks {
    numbers: BTreeMap<usize, Format>,
    texts: BTreeMap<TextLook, Format>,
}

impl XlsxLooks {
    pub(super) fn head(is_right: bool) -> Format {
        let align = if is_right { FormatAlign::Right } else { FormatAlign::Left };
        let head = Format::new().set_bold().set_align(align).set_indent(1).set_text_wrap();
        let head = head.set_background_color(0xE7_EC_F1_u32).set_border_bottom(FormatBorder::Thin);
        // After the alignment across, which it does not replace.
        head.set_align(FormatAlign::VerticalCenter)
    }

    pub(super) fn of_number(&mut self, decimals: usize) -> &Format {
        self.numbers.entry(decimals).or_insert_with(|| {
            let digits = if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(decimals)) };
            Format::new()
                .set_num_format(digits)
                .set_align(FormatAlign::Right)
                .set_indent(1)
                .set_align(FormatAlign::Top)
        })
    }

    pub(super) fn of_text(&mut self, of: TextLook) -> &Format {
        self.texts.entry(of).or_insert_with(|| {
            let across = if of.is_right { FormatAlign::Right } else { FormatAlign::Left };
            let mut look = Format::new().set_num_format("@").set_align(across).set_align(FormatAlign::Top);
            look = look.set_indent(1);
            if of.wraps {
                look = look.set_text_wrap();
            }
            if of.is_quoted {
                look = look.set_quote_prefix();
            }
            match of.kind {
                TextKind::Gap => look.set_italic().set_font_color(0x8A_4B_00_u32),
                TextKind::Strong => look.set_bold(),
                TextKind::Plain => look,
            }
        })
    }
}
