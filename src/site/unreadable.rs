//! Files that cannot be read as Python: what they mention stays.

use memchr::memmem;

use super::{Families, Held, Holder, HolderWhy, Kind};
use crate::project::{FileId, FileKind, Source, SourceFile};
use crate::python::tolerant::mentions;
use crate::python::{Identifier, Symbol};
use crate::text::Span;

/// The names in a broken file that can mean an alias: the file spells the name and the last part of its module, or the
/// whole path of the module.
pub(super) fn find(families: &Families, file: FileId) -> Vec<Holder> {
    let symbols = families.existing_symbols();
    let source = families.world.project.file(file);
    if let Source::Unread { mentions, .. } = source.source() {
        return in_unread(symbols, mentions);
    }
    let mut names: Vec<&str> = symbols.iter().map(|(symbol, _)| symbol.name.as_str()).collect();
    names.extend(symbols.iter().flat_map(|(symbol, _)| symbol.module.parts()));
    names.sort_unstable();
    names.dedup();
    let found = found(source, &names);
    let place = |name: &Identifier| {
        let index = names.iter().position(|other| *other == name.as_str())?;
        found.iter().find(|(_, found)| *found == index).map(|(span, _)| *span)
    };
    let mut holders = Vec::new();
    for (symbol, rule) in symbols {
        let module: Vec<_> = symbol.module.parts().map(|part| place(&Identifier::new(part))).collect();
        let last = module.last().copied().flatten();
        let whole = module.iter().all(Option::is_some);
        let Some(span) = place(&symbol.name.last()).filter(|_| last.is_some()).or(last.filter(|_| whole)) else {
            continue;
        };
        holders.push(holder(span, symbol, *rule));
    }
    holders
}

/// The names in a file that was only searched, for the names in rules: it can mean each that it spells.
fn in_unread(symbols: &[(Symbol, usize)], mentions: &[String]) -> Vec<Holder> {
    let is_spelled = |name: Identifier| mentions.iter().any(|mention| mention == name.as_str());
    let meant = symbols.iter().filter(|(symbol, _)| is_spelled(symbol.name.last()) || is_spelled(symbol.module.last()));
    meant.map(|(symbol, rule)| holder(Span::empty(0), symbol, *rule)).collect()
}

fn holder(span: Span, symbol: &Symbol, rule: usize) -> Holder {
    let held = Held::Symbol(symbol.clone());
    Holder { span, rule, kind: Kind::UnreadableMention, held, why: HolderWhy::Unreadable }
}

/// Where names stand in a file, each with its index. In a notebook also in cells that cannot be read, and anywhere in one
/// that is no JSON.
fn found(file: &SourceFile, names: &[&str]) -> Vec<(Span, usize)> {
    let bytes = file.searchable();
    let span = |(offset, index): (usize, usize)| (Span::new(offset, offset + names[index].len()), index);
    if file.text().is_none() && FileKind::of(&file.path) == FileKind::Notebook {
        let places = names.iter().enumerate().map(|(index, name)| (memmem::find(bytes, name.as_bytes()), index));
        return places.filter_map(|(offset, index)| Some(span((offset?, index)))).collect();
    }
    let mut found: Vec<_> = mentions(bytes, names).into_iter().map(span).collect();
    for (place, told) in file.beside().iter() {
        let place = Span::empty((*place).min(bytes.len()));
        found.extend(mentions(told.as_bytes(), names).into_iter().map(|(_, index)| (place, index)));
    }
    found
}
