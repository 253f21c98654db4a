//! The order of execution.

use super::syntax;
use crate::python::syntax::{BindKind, BlockKind, Event, ScopeKind, Syntax};

/// The events in short: `read`, `=bound`, `-deleted`, `Scope( … )`, `Block{ … }`, `fork … join`; statements are left out.
fn events(text: &str) -> String {
    let syntax = syntax(text);
    let shown = syntax.events.iter().filter_map(|event| shown(*event, &syntax, text));
    shown.collect::<Vec<_>>().join(" ")
}

fn shown(event: Event, syntax: &Syntax, text: &str) -> Option<String> {
    Some(match event {
        Event::Statement(_) => return None,
        Event::Read(chain) => syntax.chains[chain.index()].span().of(text).to_owned(),
        Event::Bind(binding) => {
            let bind = &syntax.binds[binding.index()];
            let mark = if matches!(bind.kind, BindKind::Delete) { "-" } else { "=" };
            format!("{mark}{}", bind.name)
        }
        Event::Declare(_) => "declare".to_owned(),
        Event::OpenScope(scope) => format!("{}(", scope_name(syntax.scopes[scope.index()].kind)),
        Event::CloseScope => ")".to_owned(),
        Event::Fork(_) => "fork".to_owned(),
        Event::EnterBlock(block) => format!("{}{{", block_name(syntax.blocks[block.index()].kind)),
        Event::LeaveBlock(_) => "}".to_owned(),
        Event::Join(_) => "join".to_owned(),
    })
}

fn scope_name(kind: ScopeKind) -> String {
    format!("{kind:?}").to_lowercase()
}

fn block_name(kind: BlockKind) -> String {
    format!("{kind:?}").to_lowercase()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(events(text), expected, "\n{text}");
}

#[test]
fn values_run_before_targets() {
    check("a = b.c = d, e = f", "f =a b.c =d =e");
    check("a[b].c = d", "d a b");
    check("a += b", "a b =a");
    check("a.b += c", "c a.b");
    check("a: b = c", "c =a b");
    check("a: b", "=a b");
    check("(a): b", "b");
    check("del a, b.c, d[e]", "-a b.c d e");
    check("(a := b)", "b =a");
    check("global a, b", "declare");
}

#[test]
fn functions_run_their_headers_outside() {
    check("@a\ndef f(b: c = d, *e: g, h=i) -> j: k", "a d i c g j function( =b =e =h function{ k } ) =f");
    check("def f(a, /, b, *c, d, **e): pass", "function( =a =b =c =d =e function{ } ) =f");
    check("lambda a=b, *c: a", "b lambda( =a =c a )");
    check(
        "def f[T: a = b](c: T = d): pass",
        "d typeparameters( =T typealias( a ) typealias( b ) T function( =c function{ } ) ) =f",
    );
}

#[test]
fn classes_bind_their_name_last() {
    check("@a\nclass C(b, k=c): d", "a b c class( class{ d } ) =C");
    check("class C[T](b[T]): pass", "typeparameters( =T b T class( class{ } ) ) =C");
    check("type A[T] = b[T]", "typeparameters( =T typealias( b T ) ) =A");
}

#[test]
fn comprehensions_run_their_first_iterable_outside() {
    check("[a for b in c if d for e in f]", "c comprehension( =b d f =e a )");
    check("{a: b for c, *d in e}", "e comprehension( =c =d a b )");
    check("f(a for b in [c for d in e])", "f e comprehension( =d c ) comprehension( =b a )");
}

#[test]
fn forks_stand_around_their_arms() {
    check("if a: b\nelif c: d\nelse: e", "a fork if{ b } c elif{ d } else{ e } join");
    check("for a in b: c\nelse: d", "b fork loop{ =a c } loopelse{ d } join");
    check("while a: b\nelse: c", "fork a loop{ b } loopelse{ c } join");
    check("with a as b, c as (d, e.f): g", "a =b c =d e.f with{ g }");
    check(
        "try: a\nexcept (B, c.D) as e: f\nexcept: g\nelse: h\nfinally: i",
        "fork try{ a } handler{ B c.D =e f -e } handler{ g } tryelse{ h } finally{ i } join",
    );
}

#[test]
fn patterns_stand_in_their_cases() {
    check(
        "match a:\n case b.C(d, k=e) if f: g\n case [1, *h] | {'k': i, **j}: k\n case _ as l: pass",
        "a fork case{ b.C =d =e f g } case{ =h =i =j k } case{ =l } join",
    );
}

#[test]
fn fields_of_templates_are_code() {
    check("f'{a.b!r:>{c}} {d=}' 'e' f\"{g['h']}\"", "a.b c d g");
    check("t'{a}'", "a");
}

#[test]
fn a_dotted_name_is_one_chain() {
    check("a.b.c(d.e).f.g", "a.b.c d.e");
    check("(a).b\n(a.b).c\n(a\n .b\n .c)", "a a.b a\n .b\n .c");
    check("a[0].b\n''.c\n-a.b", "a a.b");
}
