//! The README's picture: the comparison as the program draws it, as SVG. Stale: run `UPDATE=1 cargo test`.

use std::{fmt::Write as _, fs, path::Path, sync::Arc};

use ratatui::{Terminal, backend::TestBackend, buffer::Buffer, layout::Size, style::Modifier};
use visavis::{
    store::sample,
    text::width,
    tui::{
        Model, Msg,
        keymap::{Keymap, chord},
        look::{Look, Palette, UNICODE},
        update, view,
    },
};

const SIZE: Size = Size::new(96, 26);
/// A cell of the picture, in its units.
const CELL: (usize, usize) = (9, 19);

/// The keys of the tour: Albania against Uzbekistan, at the first difference.
fn comparison() -> Buffer {
    let mut model =
        Model::new(SIZE, Keymap::new(&[]).unwrap()).with_data(Arc::new(sample::open(None, &|_| ())));
    let keys = ["c", "u", "z", "b", "enter", "]"];
    for key in keys.iter().flat_map(|key| chord(key).unwrap()) {
        update(&mut model, Msg::Key(key));
    }
    // The probe paints each role as an indexed colour of its number.
    let look = Look::new(Palette::Rgb, &UNICODE);
    let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).unwrap();
    terminal.draw(|frame| view(&model, &look, frame)).unwrap();
    terminal.backend().buffer().clone()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A colour for a light or dark page alike: the picture has its own dark background.
fn fill(colour: ratatui::style::Color, dim: bool) -> String {
    match format!("{colour:?}").as_str() {
        "DarkGray" => "#8a8f98".to_owned(),
        "Cyan" => "#5fc7c7".to_owned(),
        "Yellow" => "#e0b050".to_owned(),
        "Blue" => "#6ab0f3".to_owned(),
        _ => match colour {
            ratatui::style::Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
            ratatui::style::Color::Indexed(245) => "#8a8a8a".to_owned(),
            ratatui::style::Color::Indexed(240) => "#585858".to_owned(),
            ratatui::style::Color::Indexed(37) => "#00afaf".to_owned(),
            ratatui::style::Color::Indexed(_) => "#d7875f".to_owned(),
            _ if dim => "#9aa0a8".to_owned(),
            _ => "#e6e6e6".to_owned(),
        },
    }
}

fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (wide, high) = (columns * CELL.0 + 20, rows * CELL.1 + 20);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" height=\"{high}\" role=\"img\">\n\
         <title>visavis: Albania and Uzbekistan side by side</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1b1d21\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"15\" xml:space=\"preserve\">\n"
    );
    for (row, cells) in buffer.content.chunks(columns).enumerate() {
        let mut column = 0;
        while column < columns {
            let style = cells[column].style();
            let mut text = String::new();
            let start = column;
            while column < columns && cells[column].style() == style {
                let symbol = cells[column].symbol();
                text.push_str(symbol);
                column += width(symbol).max(1);
            }
            run(&mut out, row, start, column - start, &text, style);
        }
    }
    out + "</g>\n</svg>\n"
}

fn run(out: &mut String, row: usize, column: usize, cells: usize, text: &str, style: ratatui::style::Style) {
    let reversed = style.add_modifier.contains(Modifier::REVERSED);
    if text.trim().is_empty() && !reversed {
        return;
    }
    let (x, y) = (10 + column * CELL.0, 10 + row * CELL.1);
    let colour = fill(style.fg.unwrap_or_default(), style.add_modifier.contains(Modifier::DIM));
    let ink = if reversed {
        writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" fill=\"{colour}\"/>",
            cells * CELL.0,
            CELL.1
        )
        .unwrap();
        "#1b1d21".to_owned()
    } else {
        colour
    };
    let weight = if style.add_modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    writeln!(
        out,
        "<text x=\"{x}\" y=\"{}\" fill=\"{ink}\"{weight} textLength=\"{}\">{}</text>",
        y + 14,
        cells * CELL.0,
        escaped(text)
    )
    .unwrap();
}

#[test]
fn the_readme_shows_the_comparison_as_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/comparison.svg");
    let picture = svg(&comparison());
    assert!(picture.contains("Uzbekistan"), "the keys lead to the comparison");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &picture).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == picture,
        "docs/comparison.svg is stale: UPDATE=1 cargo test"
    );
}
