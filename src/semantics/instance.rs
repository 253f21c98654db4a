//! Of which class the object in a variable is, where its binding says so: a call of the class, an annotation, `self`.

use rustc_hash::FxHashSet;

use super::{Binding, Facts, Origin, Reference, ScopeId, World};
use crate::project::FileId;
use crate::python::Identifier;
use crate::python::outline::{Member, MemberShape};
use crate::python::syntax::{BindKind, BindingId, ChainId, Form, ScopeKind, StatementKind, Value};

/// What is known of the members of a class and of its objects.
#[derive(Clone, Debug, Default)]
pub struct Members {
    names: FxHashSet<String>,
    /// Nothing but what can be seen gives the class its members.
    is_whole: bool,
}

impl Members {
    /// The names that can be seen.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether there is a member of this name; `None` where bases, decorators or a metaclass may add what cannot be seen.
    pub fn has(&self, name: &Identifier) -> Option<bool> {
        let is_special = name.as_str().starts_with("__") || name.as_str() == "mro";
        match self.names.contains(name.as_str()) {
            true => Some(true),
            false => (self.is_whole && !is_special).then_some(false),
        }
    }
}

impl World {
    /// The members of a class and of its objects, inherited ones included; `None` if the origin is no class of the tree.
    pub fn members_of(&self, origin: &Origin) -> Option<Members> {
        self.class(origin)?;
        let mut members = Members { names: FxHashSet::default(), is_whole: self.is_plain(origin) };
        for view in self.ancestors(origin).iter().flatten().filter_map(|origin| self.class(origin)) {
            if let Some(class) = view.outline() {
                members.names.extend(class.members.into_iter().map(|member| member.name));
            }
        }
        Some(members)
    }

    /// Whether a class is another one or descends from it.
    pub fn descends(&self, origin: &Origin, from: &Origin) -> bool {
        origin == from || self.ancestors(origin).iter().flatten().any(|ancestor| ancestor == from)
    }

    /// The class of the object that the root of a reference is, or the class itself under `cls`.
    pub fn object_class(&self, file: FileId, facts: &Facts, reference: &Reference) -> Option<Origin> {
        let reach = &reference.reach;
        let is_none = |id: &BindingId| matches!(facts.bindings[id.index()].kind, BindKind::Assign(Value::None));
        let mut found = reach.bindings.iter().filter(|id| !is_none(id)).map(|id| self.bound_class(file, facts, *id));
        let first = found.next()??;
        let agree = found.all(|other| other.as_ref() == Some(&first));
        (agree && reach.stars.is_empty() && !reach.too_many).then_some(first)
    }

    /// The class of the object that a binding gives its name.
    pub fn bound_class(&self, file: FileId, facts: &Facts, id: BindingId) -> Option<Origin> {
        let binding = &facts.bindings[id.index()];
        match &binding.kind {
            BindKind::Parameter => {
                self.annotated_class(file, facts, binding).or_else(|| self.own_class(file, facts, binding))
            }
            BindKind::Declare => self.annotated_class(file, facts, binding),
            BindKind::Assign(value) => {
                self.declared_class(file, facts, binding).or_else(|| self.called_class(file, facts, value))
            }
            BindKind::From(_) => self.imported_class(file, id),
            BindKind::With => self.entered_class(file, facts, binding),
            _ => None,
        }
    }

    /// `with Old(…) as name`, if what the object gives is itself.
    fn entered_class(&self, file: FileId, facts: &Facts, binding: &Binding) -> Option<Origin> {
        let StatementKind::With { items, .. } = &facts.syntax.statements[binding.statement.index()].kind else {
            return None;
        };
        let calls = items.iter().filter_map(|item| match item {
            Value::Call(call) => Some(&facts.syntax.calls[call.index()]),
            _ => None,
        });
        let call = calls.filter(|call| call.span.end() <= binding.span.start()).max_by_key(|call| call.span.end())?;
        let between = &self.project.text(file)?[call.span.end()..binding.span.start()];
        let class = self.named_class(file, facts, call.callee.filter(|_| between.trim() == "as")?)?;
        self.gives_itself(&class).then_some(class)
    }

    /// Whether the class says itself that `with` gives the object.
    fn gives_itself(&self, class: &Origin) -> bool {
        let Some(view) = self.class(class) else { return false };
        let Some(outline) = view.outline() else { return false };
        let mut enters =
            outline.members.iter().filter(|one| matches!(&*one.name, "__enter__" | "__aenter__")).peekable();
        let gives = |member: &Member| {
            let MemberShape::Method(method) = &member.shape else { return false };
            let body = method.body.span.of(view.text);
            body.contains("return self") && body.matches("return").count() == body.lines().filter(is_self).count()
        };
        enters.peek().is_some() && enters.all(gives)
    }

    /// What an annotation of the name anywhere in its scope says.
    fn declared_class(&self, file: FileId, facts: &Facts, binding: &Binding) -> Option<Origin> {
        let siblings = facts.scopes[binding.scope.index()].names.get(&binding.name)?;
        siblings.iter().find_map(|id| self.annotated_class(file, facts, &facts.bindings[id.index()]))
    }

    /// `Old(…)`
    fn called_class(&self, file: FileId, facts: &Facts, value: &Value) -> Option<Origin> {
        let Value::Call(call) = value else { return None };
        self.named_class(file, facts, facts.syntax.calls[call.index()].callee?)
    }

    /// The class that a chain as a whole is.
    pub fn named_class(&self, file: FileId, facts: &Facts, chain: ChainId) -> Option<Origin> {
        let last = self.chain(file, &facts.references[chain.index()]).pop()?;
        let whole = last.attributes == facts.syntax.chains[chain.index()].attributes.len();
        let origin = last.resolution.origin;
        (whole && self.class(&origin).is_some()).then_some(origin)
    }

    /// `name: Old`, `name: "Old"`, `name: Optional[Old]`, `name: Old | None`
    fn annotated_class(&self, file: FileId, facts: &Facts, binding: &Binding) -> Option<Origin> {
        let text = self.project.text(file)?;
        // `*rest: Old` is a tuple of objects.
        let is_many = text[..binding.span.start()].trim_end().ends_with('*');
        let chain = Annotation { text, facts }.chain_behind(binding.span.end()).filter(|_| !is_many)?;
        let is_annotation = facts.syntax.chains[chain.index()].form != Form::Code;
        self.named_class(file, facts, chain).filter(|_| is_annotation)
    }

    /// The first parameter of a method is an object of its class, or the class itself.
    fn own_class(&self, file: FileId, facts: &Facts, binding: &Binding) -> Option<Origin> {
        let method = &facts.scopes[binding.scope.index()];
        let class = &facts.scopes[method.parent?.index()];
        let definition = facts.bound_at(method.span.start()).first()?;
        let statement = facts.bindings[definition.index()].statement;
        let StatementKind::Function(function) = &facts.syntax.statements[statement.index()].kind else { return None };
        let is_static = |decorator: &Value| match decorator {
            Value::Chain(chain) => facts.syntax.chains[chain.index()].last().as_str() == "staticmethod",
            _ => false,
        };
        let first = facts.first_parameter(binding.scope)?;
        if class.kind != ScopeKind::Class || function.decorators.iter().any(is_static) || first != binding.span {
            return None;
        }
        self.scope_class(file, facts, method.parent?)
    }

    /// The class whose body a scope is.
    pub fn scope_class(&self, file: FileId, facts: &Facts, scope: ScopeId) -> Option<Origin> {
        let scope = &facts.scopes[scope.index()];
        let is_class = |id: &&BindingId| matches!(facts.bindings[id.index()].kind, BindKind::Class);
        let id = facts.bound_at(scope.span.start()).iter().find(is_class)?;
        (scope.kind == ScopeKind::Class).then(|| self.binding(file, *id).origin)
    }

    /// A variable of another module, assigned there from a call.
    fn imported_class(&self, file: FileId, id: BindingId) -> Option<Origin> {
        let origin = self.binding(file, id).origin;
        let (file, facts, binding) = self.defined(&origin)?;
        match &binding.kind {
            BindKind::Assign(value) => {
                self.annotated_class(file, facts, binding).or_else(|| self.called_class(file, facts, value))
            }
            _ => None,
        }
    }
}

fn is_self(line: &&str) -> bool {
    line.trim() == "return self"
}

/// What is written behind a name.
struct Annotation<'a> {
    text: &'a str,
    facts: &'a Facts,
}

impl Annotation<'_> {
    /// The one class that the annotation behind `end` names.
    fn chain_behind(&self, end: usize) -> Option<ChainId> {
        let annotation = self.text[end..].trim_start_matches([' ', '\t']).strip_prefix(':')?;
        let mut at = self.text.len() - annotation.trim_start_matches([' ', '\t', '"', '\'']).len();
        let mut chain = self.facts.chain_at(at)?;
        let is_optional = self.facts.syntax.chains[chain.index()].last().as_str() == "Optional";
        if is_optional {
            let behind = self.text[self.facts.syntax.chains[chain.index()].span().end()..].strip_prefix('[')?;
            at = self.text.len() - behind.trim_start_matches([' ', '\t', '"', '\'']).len();
            chain = self.facts.chain_at(at)?;
        }
        let rest =
            self.text[self.facts.syntax.chains[chain.index()].span().end()..].trim_start_matches(['"', '\'', ' ']);
        let rest = if is_optional { rest.strip_prefix(']')? } else { rest };
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        let rest = rest.strip_prefix("| None").unwrap_or(rest).trim_start_matches(['"', '\'', ' ']);
        let ends = rest.is_empty() || rest.starts_with([',', ')', '=', '#', '\n', '\r', ';', ':']);
        ends.then_some(chain)
    }
}
