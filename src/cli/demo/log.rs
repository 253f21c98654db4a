//! The names in a log line, and the objects that they are.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::python::{DottedName, Symbol};
use crate::report::{Screen, counted, shown_path};
use crate::semantics::{Origin, Resolution, World};
use crate::text::LineIndex;

/// Writes the text, and below it which of its names are one object.
pub(super) fn write(text: &str, world: &World, screen: &Screen, out: &mut dyn Write) -> io::Result<()> {
    let faint = screen.palette.faint;
    writeln!(out, "{faint}{}{faint:#}", text.trim_end())?;
    let names = names(text, world);
    let mut objects: BTreeMap<Origin, Vec<(Symbol, Resolution)>> = BTreeMap::new();
    for name in &names {
        let resolution = world.symbol(name);
        objects.entry(resolution.origin.clone()).or_default().push((name.clone(), resolution));
    }
    let mut objects: Vec<_> = objects.into_values().collect();
    objects.sort_by_key(|members| (std::cmp::Reverse(members.len()), members[0].0.clone()));
    writeln!(out, "{} are {}:", counted(names.len(), "name"), counted(objects.len(), "object"))?;
    objects.iter().try_for_each(|members| write_object(members, world, out))
}

fn write_object(members: &[(Symbol, Resolution)], world: &World, out: &mut dyn Write) -> io::Result<()> {
    let names: Vec<_> = members.iter().map(|(name, _)| name.to_string()).collect();
    let place = members[0].1.route.last().map_or_else(String::new, |hop| {
        let (file, text) = (world.project.file(hop.file), world.project.text(hop.file).unwrap_or_default());
        format!("{}:{}", shown_path(&file.path), LineIndex::new(text).line(hop.span.start()))
    });
    writeln!(out, "  {place:<28} {}", names.join("\n                               "))
}

/// The dotted names in `text` that lead through a module of the tree, in their order, each once.
fn names(text: &str, world: &World) -> Vec<Symbol> {
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '.');
    let words = text.split(|character| !is_part(character)).map(|word| word.trim_matches('.'));
    let mut names: Vec<Symbol> = Vec::new();
    for name in words.filter_map(|word| symbol(word, world)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The symbol that a dotted path means: its longest front part that is a module, and a name in it.
fn symbol(path: &str, world: &World) -> Option<Symbol> {
    let (module, name) = path.rsplit_once('.')?;
    world.project.module(module)?;
    Some(Symbol::new(DottedName::parse(module)?, DottedName::parse(name)?))
}
