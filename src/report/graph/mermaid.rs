//! A family for Mermaid, which Markdown renderers draw.

use std::io::{self, Write};

use super::{COLOURS, Node, Picture, readers};
use crate::audit::Family;

/// Writes one flow chart for each family.
pub fn write(families: &[&Family], out: &mut dyn Write) -> io::Result<()> {
    families.iter().try_for_each(|family| write_one(&Picture::new(family), out))
}

fn write_one(picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    write_node(0, &picture.nodes[0], &picture.nodes[0].symbol.to_string(), out)?;
    for (index, (module, nodes)) in picture.modules().iter().enumerate() {
        writeln!(out, "  subgraph m{index} [\"{}\"]", escaped(module))?;
        for &node in nodes {
            write!(out, "  ")?;
            write_node(node, &picture.nodes[node], picture.nodes[node].symbol.name.as_str(), out)?;
        }
        writeln!(out, "  end")?;
    }
    for edge in &picture.edges {
        writeln!(out, "  n{} -->|{}| n{}", edge.from, edge.label, edge.to)?;
    }
    let objects: std::collections::BTreeSet<usize> = picture.nodes.iter().map(|node| node.object).collect();
    for object in objects {
        let (fill, ink) = COLOURS[object % COLOURS.len()];
        writeln!(out, "  classDef o{object} fill:{fill},color:{ink},stroke:{ink}")?;
    }
    Ok(())
}

fn write_node(index: usize, node: &Node, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let (object, name) = (node.object, escaped(name));
    writeln!(out, "  n{index}[\"{name}<br>{}\"]:::o{object}", readers(node.importers))
}

/// Quotes and brackets as entities; `#` begins one.
fn escaped(text: &str) -> String {
    let entity = |character: char| match character {
        '"' => "#quot;".to_owned(),
        '#' => "#35;".to_owned(),
        '<' => "#lt;".to_owned(),
        '>' => "#gt;".to_owned(),
        other => other.to_string(),
    };
    text.chars().map(entity).collect()
}
