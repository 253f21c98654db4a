//! Annotations: run, quoted, commented, or put off.

use super::{check, facts};
use crate::python::syntax::Form;

#[test]
fn an_annotation_runs_where_it_stands_unless_the_name_comes_later() {
    check("x = 1\ndef f(a: x): pass\nx = 2\n", "2 x: 1");
    check("def f(a: x): pass\nx = 2\n", "1 x: 2");
    check("from __future__ import annotations\nx = 1\ndef f(a: x): pass\nx = 2\n", "3 x: 4");
}

#[test]
fn strings_in_annotations_are_read_at_the_end() {
    check("x = 1\ndef f(a: 'x'): pass\nx = 2\n", "2 x: 3");
    check("def f(a: list['x.y', \"x\"], b: 'dict[str, \"x\"]'): pass\nx = 2\n", "1 x: 2; 1 x: 2; 1 x: 2");
    check("class C:\n  def f(self) -> 'T': pass\n  class T: pass\n", "2 T: 3");
    check("class C:\n  a: 'T'\nclass T: pass\n", "2 T: 3");
}

#[test]
fn values_in_annotations_are_no_code() {
    check("a: Literal['x'] = 1\nb: Annotated['x', 'x']\nx = 1\n", "2 x: 3");
    check("x = 1\nd = {'x': 'x'}\nd['x']\nx\n", "4 x: 1");
}

#[test]
fn some_calls_have_types_for_arguments() {
    check(
        "cast('x', y)\nt.cast('list[x]', 'x')\nTypeVar('x', 'x', bound='x')\nForwardRef('x')\nx = 1\n",
        "1 x: 5; 2 x: 5; 3 x: 5; 3 x: 5; 4 x: 5",
    );
    check("a: TypeAlias = 'x'\nx = 1\n", "1 x: 2");
}

#[test]
fn type_comments_are_code() {
    check("a = []  # type: list[x]\nx = 1\n", "1 x: 2");
    check("def f(a, *b):\n  # type: (x, *x) -> x.y\n  pass\nx = 1\n", "2 x: 4; 2 x: 4; 2 x: 4");
    check("class C:\n  a = 1  # type: x\n  x = 2\nx = 1\n", "2 x: 3");
    check("x = 1  # type: ignore[x]\ny = 1  # type: ignore # type: x\nx\n", "3 x: 1");
    check("for a in b:  # type: x\n  pass\nx = 1\n", "1 x: 3");
    check("a = 1  # type: x  # noqa\nx = 1\n", "1 x: 2");
}

#[test]
fn spans_inside_strings_are_those_of_the_file() {
    let text = "a: 'Old'\nb: \"x[\\\"Old\\\"]\"\nc: 'O' 'ld'\nd: '''\n  Old'''\n";
    let facts = facts(text);
    let found: Vec<_> = facts.syntax.chains.iter().filter(|chain| chain.root.as_str() == "Old").collect();
    let spans: Vec<&str> = found.iter().map(|chain| chain.root_span.of(text)).collect();
    assert_eq!(spans, ["Old", "\"x[\\\"Old\\\"]\"", "'O' 'ld'", "Old"]);
    let mapped: Vec<bool> = found.iter().map(|chain| matches!(chain.form, Form::Quoted(_))).collect();
    assert_eq!(mapped, [true, false, false, true]);
}
