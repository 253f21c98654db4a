//! A family for Graphviz.

use std::io::{self, Write};

use super::{COLOURS, Node, Picture, readers};
use crate::audit::Family;

/// Writes one directed graph for each family.
pub fn write(families: &[&Family], out: &mut dyn Write) -> io::Result<()> {
    families.iter().try_for_each(|family| write_one(&Picture::new(family), out))
}

fn write_one(picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    let title = picture.nodes[0].symbol.to_string();
    writeln!(out, "digraph {} {{", quoted(&title))?;
    writeln!(
        out,
        "  rankdir=LR; node [shape=box, style=filled, fontname=\"monospace\"]; edge [fontname=\"monospace\"];"
    )?;
    write_node(0, &picture.nodes[0], &title, out)?;
    for (index, (module, nodes)) in picture.modules().iter().enumerate() {
        writeln!(out, "  subgraph cluster_{index} {{ label={};", quoted(module))?;
        for &node in nodes {
            write!(out, "  ")?;
            write_node(node, &picture.nodes[node], picture.nodes[node].symbol.name.as_str(), out)?;
        }
        writeln!(out, "  }}")?;
    }
    for edge in &picture.edges {
        writeln!(out, "  n{} -> n{} [label={}];", edge.from, edge.to, quoted(edge.label))?;
    }
    writeln!(out, "}}")
}

fn write_node(index: usize, node: &Node, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let (fill, ink) = COLOURS[node.object % COLOURS.len()];
    let label = quoted(&format!("{name}\n{}", readers(node.importers)));
    let width = if index == 0 { ", penwidth=3" } else { "" };
    writeln!(out, "  n{index} [label={label}, fillcolor=\"{fill}\", fontcolor=\"{ink}\", color=\"{ink}\"{width}];")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
