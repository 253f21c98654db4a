//! Statements, blocks, strings, calls and comparisons.

use super::syntax;
use crate::python::syntax::{BlockKind, StatementKind, StringKind, Syntax, Target, Test, Value};

fn first(syntax: &Syntax) -> &StatementKind {
    &syntax.statements[0].kind
}

#[test]
fn imports_keep_their_spans() {
    let text = "import a.b as c, d . e";
    let syntax = syntax(text);
    let StatementKind::Import(names) = first(&syntax) else { panic!() };
    let spans: Vec<_> =
        names.iter().map(|name| (name.module.as_str(), name.module_span.of(text), name.span.of(text))).collect();
    assert_eq!(spans, [("a.b", "a.b", "a.b as c"), ("d.e", "d . e", "d . e")]);
}

#[test]
fn a_from_import_has_its_dots_and_its_module() {
    for (text, level, module) in [
        ("from a.b import c", 0, "a.b"),
        ("from.import a", 1, "."),
        ("from .a import b", 1, ".a"),
        ("from . . a import b", 2, ". . a"),
        ("from ... import (a, b)", 3, "..."),
        ("from .\\\n. import a", 2, ".\\\n."),
        ("from . import fromage", 1, "."),
        ("from a import *", 0, "a"),
    ] {
        let syntax = syntax(text);
        let StatementKind::From(import) = first(&syntax) else { panic!() };
        assert_eq!((import.level, import.module_span.of(text)), (level, module), "{text}");
    }
}

#[test]
fn statements_begin_with_their_decorators() {
    let text = "@a\n@b\nclass C: pass\n";
    let syntax = syntax(text);
    assert_eq!(syntax.statements[0].span.of(text), text.trim_end());
}

#[test]
fn blocks_know_whether_they_stand_on_their_header() {
    let text = "if a: b; c\nelse:\n  d\nif a: \\\n  b\nclass C: # e\n  f\n";
    let blocks = &syntax(text).blocks;
    let inline: Vec<_> = blocks.iter().map(|block| (block.kind, block.inline, block.span.of(text))).collect();
    assert_eq!(
        inline[1..],
        [
            (BlockKind::If, true, "b; c"),
            (BlockKind::Else, false, "d"),
            (BlockKind::If, true, "b"),
            (BlockKind::Class, false, "f"),
        ]
    );
}

#[test]
fn tests_that_matter_at_import_are_told() {
    let text = "if TYPE_CHECKING: a\nelif not t.TYPE_CHECKING: b\nelif __name__ == '__main__': c\nelif d: e\n";
    let syntax = syntax(text);
    let StatementKind::If { tests, blocks } = first(&syntax) else { panic!() };
    assert_eq!(**tests, [Test::TypeChecking, Test::NotTypeChecking, Test::Main, Test::Other]);
    assert_eq!(blocks.len(), 4);
}

#[test]
fn targets_take_the_values_that_are_written_for_them() {
    let syntax = syntax("a, (b, *c), d.e = f, g, h\nx, y = z\n");
    let StatementKind::Assign { targets, .. } = first(&syntax) else { panic!() };
    let Target::Tuple(parts) = &targets[0] else { panic!() };
    assert!(matches!(parts[..], [Target::Name(..), Target::Tuple(_), Target::Attribute(_)]));
    let kinds: Vec<String> = syntax.binds.iter().map(|bind| format!("{} {:?}", bind.name, bind.kind)).collect();
    assert_eq!(kinds, ["a Assign(Chain(ChainId(0)))", "b Unpack", "c Unpack", "x Unpack", "y Unpack"]);
}

#[test]
fn values_have_the_shape_of_their_expressions() {
    let shapes = [
        ("None", "None"),
        ("1", "Literal"),
        ("b''", "Literal"),
        ("''", "Text(StringId(0))"),
        ("f''", "Text(StringId(0))"),
        ("(a, *b)", "Tuple([Chain(ChainId(0)), Starred(Chain(ChainId(1)))])"),
        ("[a] + [] + b", "Sum([List([Chain(ChainId(0))]), List([]), Chain(ChainId(1))])"),
        ("1 + a", "Other"),
        ("a or b", "Either([Chain(ChainId(0)), Chain(ChainId(1))])"),
        ("a if b else c", "Either([Chain(ChainId(1)), Chain(ChainId(2))])"),
        ("{'a': b, **c}", "Dict([(Some(Text(StringId(0))), Chain(ChainId(0))), (None, Chain(ChainId(1)))])"),
        ("a(b)", "Call(CallId(0))"),
        ("a[b]", "Other"),
        ("(a := b)", "Chain(ChainId(0))"),
    ];
    for (text, shape) in shapes {
        let syntax = syntax(&format!("x = {text}"));
        let StatementKind::Assign { value: Some(value), .. } = first(&syntax) else { panic!() };
        assert_eq!(format!("{value:?}"), shape, "{text}");
    }
}

#[test]
fn strings_say_what_stands_in_the_file() {
    let text = "'doc'\na = r'b\\c', 'd\\n', 'e' 'f', b'g', f'h{i}j' 'k', '''l'''\ndef m():\n  'doc'\n  'text'\n";
    let strings: Vec<_> = syntax(text)
        .strings
        .iter()
        .map(|string| (string.kind, string.content.map(|content| content.of(text)), string.value(text).to_owned()))
        .collect();
    let plain = |content: &'static str| (StringKind::Plain, Some(content), content.to_owned());
    let doc = || (StringKind::Docstring, Some("doc"), "doc".to_owned());
    assert_eq!(
        strings,
        [
            doc(),
            plain("b\\c"),
            (StringKind::Plain, None, "d\n".to_owned()),
            (StringKind::Plain, None, "ef".to_owned()),
            (StringKind::Bytes, None, String::new()),
            (StringKind::Template, None, "hjk".to_owned()),
            plain("l"),
            doc(),
            plain("text"),
        ]
    );
}

#[test]
fn fields_that_print_their_source_are_noted() {
    for (text, expected) in [
        (r#"f"{Old=}""#, "Old"),
        (r#"f"{Old = !r:>10}""#, "Old"),
        (r#"rf'{call(Old.x)=} {a}'"#, "call Old"),
        (r#"t"{Old=}""#, "Old"),
        (r#"f"a {x:{Old=}}""#, "Old"),
        (r#"f"{x=:{Old}}""#, "x"),
        (r#"f"{f'{a=} {b}'=} {c}""#, "a b"),
        (r#"f"{Old} {Old == x} {call(a=Old)}""#, ""),
        ("'a'\n  f'{Old=}'", "Old"),
    ] {
        let syntax = syntax(&format!("({text})"));
        let roots: Vec<_> = syntax.printed.iter().map(|id| syntax.chains[id.index()].root.as_str()).collect();
        assert_eq!(roots.join(" "), expected, "{text}");
    }
}

#[test]
fn calls_have_their_arguments() {
    let text = "a.b(c, *d, e=f, **g)\nh().i(j)\n";
    let calls: Vec<_> = syntax(text)
        .calls
        .into_iter()
        .map(|call| (call.span.of(text), call.callee.is_some(), call.arguments.len(), call.keywords.len()))
        .collect();
    assert_eq!(calls, [("a.b(c, *d, e=f, **g)", true, 2, 1), ("h()", true, 0, 0), ("h().i(j)", false, 1, 0)]);
}

#[test]
fn comparisons_of_identity_are_kept() {
    let syntax = syntax("a is b == None\na < b\na in (b, c)\n");
    let operands: Vec<usize> = syntax.comparisons.iter().map(|comparison| comparison.operands.len()).collect();
    assert_eq!(operands, [3, 2]);
    assert!(matches!(syntax.comparisons[0].operands[2], Value::None));
}

#[test]
fn classes_and_handlers_say_what_is_special() {
    let special = |text: &str| matches!(first(&syntax(text)), StatementKind::Class(class) if class.special);
    assert!(!special("class C(a, b.c): pass"));
    assert!(special("class C(metaclass=a): pass") && special("class C(*a): pass") && special("class C[T]: pass"));
    let syntax = syntax("try: pass\nexcept (A, b.C, d()): pass\nexcept: pass\n");
    let StatementKind::Try { handlers, .. } = first(&syntax) else { panic!() };
    let shown: Vec<_> = handlers.iter().map(|handler| (handler.types.len(), handler.bare)).collect();
    assert_eq!(shown, [(2, false), (0, true)]);
}

#[test]
fn comments_and_futures_are_noted() {
    let text = "# a\nfrom __future__ import annotations # b\nx = '# c'\n";
    let syntax = syntax(text);
    let comments: Vec<&str> = syntax.comments.iter().map(|comment| comment.of(text)).collect();
    assert_eq!(comments, ["# a", "# b"]);
    assert!(syntax.future_annotations);
}
