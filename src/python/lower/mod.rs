//! The parser's tree to the flat [`Syntax`]: one short function for each kind of syntax, in the order of execution.

mod annotation;
mod call;
mod chain;
mod compound;
mod comprehension;
mod definition;
mod expression;
mod import;
mod lookup;
mod pattern;
mod spelled;
mod statement;
mod string;
mod target;
#[cfg(test)]
mod tests;
mod type_comment;
mod typing;

use std::cell::Cell;
use std::rc::Rc;

use ruff_python_ast::ModModule;
use ruff_python_parser::Parsed;
use ruff_text_size::{Ranged, TextRange};
use smallvec::SmallVec;

use super::edit::Literal;
use super::syntax::{
    Bind, BindKind, BindingId, Block, BlockId, BlockKind, Event, Form, OpenedScope, ScopeId, ScopeKind, Statement,
    StatementId, StatementKind, Syntax,
};
use super::{Identifier, depth};
use crate::text::Span;
use type_comment::TypeComments;
use typing::TypingNames;

/// Lowers a module without errors; `needs` is left to the caller.
pub(super) fn module(text: &str, parsed: &Parsed<ModModule>) -> Syntax {
    let mut lowering = Lowering::new(text);
    lowering.read_comments(parsed);
    let range = parsed.syntax().range();
    lowering.syntax.scopes.push(OpenedScope {
        kind: ScopeKind::Module,
        name: Identifier::new(""),
        span: span_of(range),
    });
    lowering.syntax.blocks.push(Block {
        kind: BlockKind::Module,
        owner: None,
        span: span_of(range),
        statements: SmallVec::new(),
        inline: false,
    });
    lowering.statements(parsed.suite());
    lowering.type_comments_before(text.len());
    let mut room = lowering.syntax;
    let syntax = taken(&mut room);
    if text.len() <= LARGEST {
        ROOM.set(room);
    }
    syntax
}

/// After a larger file a thread begins with no room.
const LARGEST: usize = 1 << 18;

thread_local! {
    /// Room for the file that is lowered.
    static ROOM: Cell<Syntax> = Cell::default();
}

/// What has been lowered, and leaves its room behind. Many files are kept at once: none keeps room that it does not use.
fn taken(room: &mut Syntax) -> Syntax {
    Syntax {
        blocks: exact(&mut room.blocks),
        statements: exact(&mut room.statements),
        chains: exact(&mut room.chains),
        strings: exact(&mut room.strings),
        calls: exact(&mut room.calls),
        comparisons: exact(&mut room.comparisons),
        displays: exact(&mut room.displays),
        sets: exact(&mut room.sets),
        dictionaries: exact(&mut room.dictionaries),
        printed: exact(&mut room.printed),
        comments: exact(&mut room.comments),
        scopes: exact(&mut room.scopes),
        binds: exact(&mut room.binds),
        events: exact(&mut room.events),
        lookup: room.lookup.take(),
        future_annotations: std::mem::take(&mut room.future_annotations),
        needs: room.needs.take(),
    }
}

fn exact<T>(room: &mut Vec<T>) -> Vec<T> {
    let mut exact = Vec::with_capacity(room.len());
    exact.append(room);
    exact
}

struct Lowering<'a> {
    text: &'a str,
    syntax: Syntax,
    /// The statement that is lowered now.
    statement: StatementId,
    block: BlockId,
    /// The form of the chains that are met now.
    form: Form,
    /// Inside a string that is not read where it stands in the file.
    fixed: Option<Fixed>,
    type_comments: TypeComments,
    typing: TypingNames,
    /// The last arm of a test for type checkers at module level that the interpreter runs.
    run_time_arm: Option<BlockId>,
}

/// Where the text of a string stands in the file.
#[derive(Clone)]
enum Fixed {
    /// Nobody can say: the span of the literal stands for all spans.
    At(Span),
    /// In parts, each name in one of them.
    Parts(Rc<Literal>),
}

impl<'a> Lowering<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            syntax: ROOM.take(),
            statement: StatementId(0),
            block: BlockId(0),
            form: Form::Code,
            fixed: None,
            type_comments: TypeComments::default(),
            typing: TypingNames::default(),
            run_time_arm: None,
        }
    }

    /// The span in the file of what the parser found at `range`.
    fn span(&self, range: TextRange) -> Span {
        match &self.fixed {
            None => span_of(range),
            Some(Fixed::At(span)) => *span,
            Some(Fixed::Parts(literal)) => literal.span(range.start().to_usize(), range.end().to_usize()),
        }
    }

    /// Opens a statement in the current block; its kind is filled in when its parts are lowered.
    fn begin(&mut self, range: TextRange) -> StatementId {
        let id = StatementId(self.syntax.statements.len() as u32);
        let span = span_of(range);
        self.syntax.statements.push(Statement { span, block: self.block, kind: StatementKind::Pass });
        self.syntax.blocks[self.block.index()].statements.push(id);
        self.syntax.events.push(Event::Statement(id));
        self.statement = id;
        id
    }

    /// Binds `name` in the scope that is open, and returns it.
    fn bind(&mut self, name: &str, range: TextRange, kind: BindKind) -> Identifier {
        let name = Identifier::new(name);
        if !kind.is_import() {
            self.typing.own(&name);
        }
        let id = BindingId(self.syntax.binds.len() as u32);
        let (span, statement) = (self.span(range), self.statement);
        self.syntax.binds.push(Bind { name: name.clone(), span, statement, kind });
        self.syntax.events.push(Event::Bind(id));
        name
    }

    /// Runs `inside` in a new scope.
    fn scope(&mut self, opened: OpenedScope, inside: impl FnOnce(&mut Self)) {
        let id = ScopeId(self.syntax.scopes.len() as u32);
        self.syntax.scopes.push(opened);
        self.syntax.events.push(Event::OpenScope(id));
        inside(self);
        self.syntax.events.push(Event::CloseScope);
    }

    /// A scope without a name of its own.
    fn nameless(&self, kind: ScopeKind, range: TextRange) -> OpenedScope {
        OpenedScope { kind, name: Identifier::new(""), span: self.span(range) }
    }
}

fn span_of(range: TextRange) -> Span {
    Span { start: range.start().to_u32(), end: range.end().to_u32() }
}
