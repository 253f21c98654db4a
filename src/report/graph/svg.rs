//! A family as a picture of its own: the canonical name in the middle, modules as cards on both sides.

use std::io::{self, Write};

use super::{COLOURS, Edge, Picture, readers};
use crate::audit::Family;
use crate::report::harmless::xml;

/// Pixels of a character of the monospaced fonts, of a line, and between cards.
const CHARACTER: f64 = 6.7;
const ROW: f64 = 17.0;
const GAP: f64 = 10.0;
/// Room for the hops between the cards and the middle.
const CHANNEL: f64 = 170.0;
const MARGIN: f64 = 70.0;
/// Around the text of a card.
const PAD: f64 = 8.0;

/// A module with its names, at its place.
struct Card {
    module: String,
    nodes: Vec<usize>,
    x: f64,
    y: f64,
    width: f64,
}

/// Where a name can be reached: at its left and right edge.
#[derive(Clone, Copy, Default)]
struct Port {
    left: f64,
    right: f64,
    y: f64,
}

struct Layout<'a> {
    picture: &'a Picture,
    cards: Vec<Card>,
    ports: Vec<Port>,
    middle: f64,
    width: f64,
    height: f64,
}

/// Writes one picture with the families below each other.
pub fn write(families: &[&Family], out: &mut dyn Write) -> io::Result<()> {
    let pictures: Vec<Picture> = families.iter().map(|family| Picture::new(family)).collect();
    let layouts: Vec<Layout> = pictures.iter().map(Layout::new).collect();
    let width = layouts.iter().map(|layout| layout.width).fold(0.0, f64::max);
    let height: f64 = layouts.iter().map(|layout| layout.height).sum();
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"11\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
         <defs><marker id=\"end\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" \
         orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#6b7280\"/></marker></defs>"
    )?;
    let mut top = 0.0;
    for layout in &layouts {
        writeln!(out, "<g transform=\"translate(0 {top:.1})\">")?;
        layout.write(out)?;
        writeln!(out, "</g>")?;
        top += layout.height;
    }
    writeln!(out, "</svg>")
}

fn text_width(text: &str) -> f64 {
    text.chars().count() as f64 * CHARACTER
}

impl<'a> Layout<'a> {
    fn new(picture: &'a Picture) -> Self {
        let modules: Vec<(String, Vec<usize>)> = picture.modules().into_iter().collect();
        let width = |(module, nodes): &(String, Vec<usize>)| {
            let rows = nodes.iter().map(|node| text_width(&row(picture, *node)));
            rows.fold(text_width(module), f64::max) + 2.0 * PAD
        };
        let height = |nodes: &[usize]| (nodes.len() + 1) as f64 * ROW + PAD;
        let total: f64 = modules.iter().map(|(_, nodes)| height(nodes) + GAP).sum();
        let mut left = (Vec::new(), 0.0_f64, 0.0_f64);
        let mut right = (Vec::new(), 0.0_f64, 0.0_f64);
        for module in modules {
            let side = if left.1 < total / 2.0 { &mut left } else { &mut right };
            side.1 += height(&module.1) + GAP;
            side.2 = side.2.max(width(&module));
            side.0.push(module);
        }
        let root = &picture.nodes[0];
        let root_width = text_width(root.symbol.name.as_str()).max(text_width(root.symbol.module.as_str())) + 4.0 * PAD;
        let room = left.1.max(right.1).max(5.0 * ROW);
        let middle = MARGIN + left.2 + CHANNEL + root_width / 2.0;
        let right_x = middle + root_width / 2.0 + CHANNEL;
        let mut layout = Self {
            picture,
            cards: Vec::new(),
            ports: vec![Port::default(); picture.nodes.len()],
            middle,
            width: right_x + right.2 + MARGIN,
            height: room + 2.0 * MARGIN,
        };
        layout.ports[0] =
            Port { left: middle - root_width / 2.0, right: middle + root_width / 2.0, y: MARGIN + room / 2.0 };
        layout.place(left.0, (MARGIN, left.2), MARGIN + (room - left.1) / 2.0);
        layout.place(right.0, (right_x, right.2), MARGIN + (room - right.1) / 2.0);
        layout
    }

    fn place(&mut self, modules: Vec<(String, Vec<usize>)>, (x, width): (f64, f64), mut y: f64) {
        for (module, nodes) in modules {
            for (index, node) in nodes.iter().enumerate() {
                self.ports[*node] = Port { left: x, right: x + width, y: y + (index as f64 + 1.6) * ROW };
            }
            let height = (nodes.len() + 1) as f64 * ROW + PAD;
            self.cards.push(Card { module, nodes, x, y, width });
            y += height + GAP;
        }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.picture.edges.iter().try_for_each(|edge| self.write_edge(edge, out))?;
        self.cards.iter().try_for_each(|card| self.write_card(card, out))?;
        self.write_root(out)
    }

    fn write_root(&self, out: &mut dyn Write) -> io::Result<()> {
        let (root, port, (fill, ink)) = (&self.picture.nodes[0], self.ports[0], COLOURS[0]);
        let (y, width) = (port.y - 1.6 * ROW, port.right - port.left);
        writeln!(
            out,
            "<rect x=\"{:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.1}\" rx=\"6\" fill=\"{fill}\" \
             stroke=\"{ink}\" stroke-width=\"2.5\"/>",
            port.left,
            3.2 * ROW
        )?;
        let lines = [root.symbol.name.to_string(), root.symbol.module.to_string(), readers(root.importers)];
        for (index, line) in lines.iter().enumerate() {
            let weight = if index == 0 { " font-weight=\"bold\"" } else { "" };
            writeln!(
                out,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"{ink}\"{weight}>{}</text>",
                self.middle,
                y + (index as f64 + 0.95) * ROW,
                xml(line)
            )?;
        }
        Ok(())
    }

    fn write_card(&self, card: &Card, out: &mut dyn Write) -> io::Result<()> {
        let height = (card.nodes.len() + 1) as f64 * ROW + PAD / 2.0;
        writeln!(
            out,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\" rx=\"4\" fill=\"#f9fafb\" \
             stroke=\"#d1d5db\"/>\n<text x=\"{:.1}\" y=\"{:.1}\" fill=\"#6b7280\">{}</text>",
            card.x,
            card.y,
            card.width,
            card.x + PAD,
            card.y + 0.8 * ROW,
            xml(&card.module)
        )?;
        for &node in &card.nodes {
            let ((fill, ink), port) = (COLOURS[self.picture.nodes[node].object % COLOURS.len()], self.ports[node]);
            writeln!(
                out,
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"3\" fill=\"{fill}\"/>\n\
                 <text x=\"{:.1}\" y=\"{:.1}\" fill=\"{ink}\" xml:space=\"preserve\">{}</text>",
                card.x + PAD / 2.0,
                port.y - 0.5 * ROW + 1.0,
                card.width - PAD,
                ROW - 2.0,
                card.x + PAD,
                port.y + 0.25 * ROW,
                xml(&row(self.picture, node))
            )?;
        }
        Ok(())
    }

    /// A curve to the middle, or around the outer side to another card.
    fn write_edge(&self, edge: &Edge, out: &mut dyn Write) -> io::Result<()> {
        let (from, to) = (self.ports[edge.from], self.ports[edge.to]);
        let is_left = from.right < self.middle;
        let is_outer = edge.to != 0 && (to.right < self.middle) == is_left;
        let (x1, x2, bend) = match (is_left, is_outer) {
            (true, true) => (from.left, to.left, -MARGIN * 0.5),
            (false, true) => (from.right, to.right, MARGIN * 0.5),
            (true, false) => (from.right, to.left, CHANNEL * 0.6),
            (false, false) => (from.left, to.right, -CHANNEL * 0.6),
        };
        let second = if is_outer { x2 + bend } else { x2 - bend };
        writeln!(
            out,
            "<path d=\"M{x1:.1} {:.1}C{:.1} {:.1} {second:.1} {:.1} {x2:.1} {:.1}\" fill=\"none\" stroke=\"#9ca3af\" \
             marker-end=\"url(#end)\"/>",
            from.y,
            x1 + bend,
            from.y,
            to.y,
            to.y
        )?;
        let (anchor, x) = match (is_left, is_outer) {
            (true, true) => ("end", x1 - 3.0),
            (false, true) => ("start", x1 + 3.0),
            (true, false) => ("start", x1 + 5.0),
            (false, false) => ("end", x1 - 5.0),
        };
        writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" font-size=\"9\" fill=\"#4b5563\">{}</text>",
            from.y - 2.0,
            edge.label
        )
    }
}

/// A name with how many files read it.
fn row(picture: &Picture, node: usize) -> String {
    let node = &picture.nodes[node];
    format!("{}  {}", node.symbol.name, readers(node.importers))
}
