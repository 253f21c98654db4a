//! Files that cannot be read as Python: what they mention stays.

use super::{Families, Held, Holder, HolderWhy, Kind};
use crate::project::FileId;
use crate::python::Identifier;
use crate::python::tolerant::mentions;
use crate::text::Span;

/// The names in a broken file that can mean an alias: the file spells the name and the last part of its module, or the
/// whole path of the module.
pub(super) fn find(families: &Families, file: FileId) -> Vec<Holder> {
    let symbols = families.existing_symbols();
    let mut names: Vec<&str> = symbols.iter().map(|(symbol, _)| symbol.name.as_str()).collect();
    names.extend(symbols.iter().flat_map(|(symbol, _)| symbol.module.parts()));
    names.sort_unstable();
    names.dedup();
    let found = mentions(families.world.project.file(file).searchable(), &names);
    let place = |name: &Identifier| {
        let index = names.iter().position(|other| *other == name.as_str())?;
        found
            .iter()
            .find(|(_, found)| *found == index)
            .map(|(offset, _)| Span::new(*offset, offset + name.as_str().len()))
    };
    let mut holders = Vec::new();
    for (symbol, rule) in &symbols {
        let module: Vec<_> = symbol.module.parts().map(|part| place(&Identifier::new(part))).collect();
        let last = module.last().copied().flatten();
        let whole = module.iter().all(Option::is_some);
        let Some(span) = place(&symbol.name.last()).filter(|_| last.is_some()).or(last.filter(|_| whole)) else {
            continue;
        };
        holders.push(Holder {
            span,
            rule: *rule,
            kind: Kind::UnreadableMention,
            held: Held::Symbol(symbol.clone()),
            why: HolderWhy::Unreadable,
        });
    }
    holders
}
