//! The sites of a file as places: where each stands, and what kind it is.

use super::{FileSites, Kind, UseSite};
use crate::python::syntax::{BindingId, Form, Syntax};
use crate::semantics::Facts;
use crate::text::Span;

impl FileSites {
    /// Every place of the file in which an alias stands, sorted, each once.
    pub fn places(&self, facts: &Facts) -> Vec<(Span, Kind)> {
        let at = |id: BindingId| facts.bindings[id.index()].span;
        let is_shim = |id: &BindingId| self.shims.iter().any(|shim| shim.binding == *id);
        let imports = self.imports.iter().filter(|site| !is_shim(&site.binding));
        let imports = imports.map(|site| (at(site.binding), Kind::ImportFrom));
        let modules = self.modules.iter().map(|site| (at(site.binding), Kind::ImportModule));
        let stars = self.stars.iter().map(|site| (at(site.binding), Kind::ImportStar));
        let shims = self.shims.iter().map(|site| (at(site.binding), site.kind));
        let lookups = self.lookups.iter().map(|site| (site.span, Kind::ShimGetattr));
        let uses = self.uses.iter().map(|site| {
            let chain = &facts.syntax.chains[site.chain.index()];
            let kind = match (&chain.form, site.attributes) {
                (Form::Quoted(_) | Form::Unmapped(_) | Form::Comment, _) => Kind::UseQuoted,
                (_, 0) => Kind::UseName,
                _ => Kind::UseAttribute,
            };
            (site.name_span(&facts.syntax), kind)
        });
        let texts = self.texts.iter().map(|site| (site.span, site.kind));
        let holders = self.holders.iter().map(|site| (site.span, site.kind));
        let code = imports.chain(modules).chain(stars).chain(shims).chain(lookups).chain(uses);
        let mut places: Vec<_> = code.chain(texts).chain(holders).collect();
        places.sort();
        places.dedup();
        places
    }
}

impl UseSite {
    /// Where the name of the alias stands: the string that names it, the last attribute that leads to it, or the root.
    pub fn name_span(&self, syntax: &Syntax) -> Span {
        let chain = &syntax.chains[self.chain.index()];
        match self.text {
            Some(string) => syntax.strings[string.index()].content.expect("only plain strings name an attribute"),
            None => self.attributes.checked_sub(1).map_or(chain.root_span, |last| chain.attributes[last].1),
        }
    }
}
