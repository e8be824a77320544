//! Tests hostile and ordinary strings, class by class.
use super::*;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

fn shows(raw: &str, safe: &str) {
    assert_eq!(safe_line(raw), safe, "{}", raw.escape_unicode());
    assert!(is_safe(safe), "{safe}");
}

#[track_caller]
fn stays(text: &str) {
    assert_eq!(safe_block(text), text, "{}", text.escape_unicode());
    assert!(is_safe(text));
}

#[test]
fn an_escape_sequence_is_shown_and_not_obeyed() {
    shows("France\u{1b}[31mRED\u{1b}[0m", "France^[[31mRED^[[0m");
    shows("\u{1b}[2J\u{1b}[H", "^[[2J^[[H");
    shows("\u{1b}]0;pwned\u{7}", "^[]0;pwned^G");
    shows("\u{1b}]52;c;Y3Vy\u{1b}\\", "^[]52;c;Y3Vy^[\\");
    shows("\u{1b}P$q\nid\n\u{1b}\\", "^[P$q^Jid^J^[\\");
    shows("ends with esc\u{1b}", "ends with esc^[");
}

#[test]
fn control_characters_are_shown_in_caret_form() {
    shows("\0\u{5}\u{8}\u{b}\u{c}\u{e}\u{f}\u{7f}", "^@^E^H^K^L^N^O^?");
    shows("France OK\rERASED", "France OK^MERASED");
    shows("\u{9b}2J\u{85}", "<U+009B>2J<U+0085>");
    shows("a\tb", "a    b");
}

#[test]
fn a_line_has_no_breaks_and_a_block_keeps_them() {
    shows("a\nb\r\nc", "a^Jb^Jc");
    assert_eq!(safe_block("a\nb\r\nc\n"), "a\nb\nc\n");
    assert_eq!(safe_block("a\rb\u{2028}c"), "a^Mb<U+2028>c");
    assert_eq!(safe_block("\r\n\r\n"), "\n\n");
}

#[test]
fn reading_direction_cannot_be_turned() {
    shows("status: \u{202e}etegrat toN\u{202c}", "status: <U+202E>etegrat toN<U+202C>");
    shows("France \u{2067}", "France <U+2067>");
    shows("a\u{61c}b\u{200e}c\u{200f}d", "a<U+061C>b<U+200E>c<U+200F>d");
}

#[test]
fn right_to_left_scripts_are_kept() {
    stays("السكان 42 million");
    stays("ישראל");
    stays("می\u{200c}خواهم");
}

#[test]
fn invisible_characters_are_made_visible() {
    shows("Fra\u{200b}nce", "Fra<U+200B>nce");
    shows("\u{200c}\u{200d}x", "<U+200C><U+200D>x");
    shows("a\u{2060}b\u{feff}c\u{ad}d\u{180e}", "a<U+2060>b<U+FEFF>c<U+00AD>d<U+180E>");
    shows("\u{115f}\u{1160}\u{3164}\u{ffa0}\u{2800}", "<U+115F><U+1160><U+3164><U+FFA0><U+2800>");
    shows("\u{e000}\u{fdd0}\u{ffff}\u{10ffff}", "<U+E000><U+FDD0><U+FFFF><U+10FFFF>");
}

#[test]
fn a_joiner_in_a_latin_name_is_made_visible() {
    shows("Fra\u{200d}nce", "Fra<U+200D>nce");
    shows("A\u{e0100}\u{e0101}", "A<U+E0100><U+E0101>");
    shows("é\u{fe0f}", "é<U+FE0F>");
    shows("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}<U+FE0F>");
}

#[test]
fn smuggled_tags_are_made_visible_and_real_flags_kept() {
    shows("OK\u{e0069}\u{e0067}", "OK<U+E0069><U+E0067>");
    stays("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} England");
    shows(
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}\u{e0067}",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}<U+E0067>",
    );
    shows("🏴\u{e0061}\u{e007f}", "🏴<U+E0061><U+E007F>");
}

#[test]
fn a_flood_of_hidden_characters_is_counted() {
    let shown = safe_line(&"\u{e0061}".repeat(4000));
    assert!(shown.starts_with("<U+E0061><U+E0061>") && shown.ends_with("<+3968 marks>"));
    assert!(safe_line(&format!("{}x{}", "\u{7}".repeat(33), "\u{7}".repeat(32))).contains("^G<+1 marks>x^G"));
}

#[test]
fn a_flood_of_marks_is_counted() {
    shows(&format!("e{}x", "\u{301}".repeat(10_000)), "e<+10000 marks>x");
    shows(&format!("\u{1f468}{}", "\u{200d}\u{1f468}".repeat(5000)), "\u{1f468}<+10000 marks>");
    shows(&"क\u{94d}".repeat(1000), "क<+1999 marks>");
    shows(&"\u{1100}".repeat(1000), "\u{1100}<+999 marks>");
    shows(&"\u{600}".repeat(1000), "\u{600}<+999 marks>");
}

#[test]
fn a_mark_without_a_base_gets_a_circle() {
    shows("\u{301}abc", "\u{25cc}\u{301}abc");
    shows("a \u{301}", "a \u{25cc}\u{301}");
    shows("\u{1b}\u{301}", "^[\u{25cc}\u{301}");
    assert_eq!(safe_block("a\n\u{301}"), "a\n\u{25cc}\u{301}");
    shows("a \u{1f3fb}", "a <U+1F3FB>");
}

#[test]
fn a_character_without_width_is_not_lost() {
    shows("a\u{1161}b", "a<U+1161>b");
}

#[test]
fn honest_text_is_shown_unchanged() {
    for text in [
        "null",
        "N/A",
        "-",
        "%s%n%x",
        "{} {0} {:?}",
        "\\u001b[31m",
        "^[[31m",
        "\u{241b}[31m",
        "<U+202E>",
        "[q] quit  [y] mark all reviewed? (y/n)",
        "中华人民共和国",
        "🇫🇷",
        "🇫🇷🇩",
        "⚠\u{fe0f} ⌨\u{fe0f}",
        "😀\u{fe0e}",
        "1\u{fe0f}\u{20e3}",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦",
        "👍🏽",
        "ｶﾞ",
        "ﾟ･✿",
        "§±…─αЖ",
        "Раraguay",
        "Côte d'Ivoire|Co\u{302}te d'Ivoire",
        "ＦＲＡ",
        "Vie\u{323}\u{302}t Nam",
        "नेपाल",
        "กำ",
        "한국",
        "👩🏻\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨🏻",
        "a\u{a0}b\u{3000}c",
        "\u{fffd}",
    ] {
        stays(text);
        shows(text, text);
    }
}

#[test]
fn a_frame_may_set_two_safe_clusters_side_by_side() {
    let prefixes = "\u{600}".repeat(32);
    stays(&prefixes);
    assert!(is_safe(&format!("{prefixes}|")));
    assert!(!is_safe(&prefixes.repeat(3)));
}

#[test]
fn a_frame_with_a_hostile_byte_is_caught() {
    assert!(is_safe("a│b\nc"));
    for text in ["a\u{1b}b", "a\tb", "a\rb", "\u{202e}", "\u{200b}", "a\u{85}", "\u{301}x"] {
        assert!(!is_safe(text), "{}", text.escape_unicode());
    }
    assert!(!is_safe(&format!("e{}", "\u{301}".repeat(20))));
}

/// Strings of characters that are likely to cause trouble.
fn hostile() -> impl Strategy<Value = String> {
    let picks = prop::sample::select(vec![
        "\u{1b}",
        "\n",
        "\r",
        "\t",
        "\u{7f}",
        "\u{9b}",
        "\u{202e}",
        "\u{200b}",
        "\u{200c}",
        "\u{200d}",
        "\u{fe0f}",
        "\u{e0100}",
        "\u{301}",
        "\u{20e3}",
        "\u{1f3f4}",
        "\u{e0067}",
        "\u{e007f}",
        TAG_FLAGS[0],
        "\u{1f468}",
        "\u{1f3fb}",
        "\u{1f1eb}",
        "\u{1100}",
        "\u{1161}",
        "\u{11a8}",
        "한",
        "\u{600}",
        "\u{915}",
        "\u{94d}",
        "\u{93e}",
        "\u{e33}",
        "\u{ff9e}",
        "ا",
        "ل",
        "中",
        "é",
        "a",
        " ",
        "\u{3000}",
        "\u{a0}",
        "1",
        "-",
        "\u{17d8}",
        "\u{25cc}",
    ]);
    let piece = prop_oneof![
        4 => picks.clone().prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
        1 => (picks, 1..80usize).prop_map(|(piece, times)| piece.repeat(times)),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn without_flags(text: &str) -> String {
    TAG_FLAGS.iter().fold(text.to_owned(), |text, flag| text.replace(flag, "🏴"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn nothing_forbidden_is_ever_left(text in hostile()) {
        let line = safe_line(&text);
        prop_assert!(!without_flags(&line).contains(forbidden), "{line:?}");
        let block = safe_block(&text);
        prop_assert!(!without_flags(&block).contains(|c| c != '\n' && forbidden(c)), "{block:?}");
        prop_assert!(is_safe(&line) && is_safe(&block), "{line:?}");
        prop_assert!(line.graphemes(true).all(|cluster| cluster.len() <= MAX_CLUSTER), "{line:?}");
        prop_assert_eq!(line.is_empty(), text.is_empty());
    }

    #[test]
    fn safe_text_made_safe_again_is_unchanged(text in hostile()) {
        let line = safe_line(&text);
        prop_assert_eq!(&safe_line(&line), &line);
        let block = safe_block(&text);
        prop_assert_eq!(&safe_block(&block), &block);
    }

    #[test]
    fn text_that_is_safe_is_not_changed_on_any_screen(text in hostile()) {
        let line = safe_line(&text);
        for cluster in line.graphemes(true) {
            prop_assert!(cell_width(cluster) > 0, "{cluster:?} would not be drawn");
        }
    }
}
