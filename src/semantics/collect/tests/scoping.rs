//! Which scope a name belongs to.

use super::{check, facts};
use crate::python::Identifier;

#[test]
fn nested_code_sees_the_end_of_the_module() {
    check("x = 1\ndef f():\n  return x\nx = 2\n", "3 x: 4");
    check("def f():\n  return x\nx = 2\n", "2 x: 3");
    check("x = 1\nf = lambda: x\nx = 2\n", "2 x: 3");
    check("x = 1\ndef f(): x\ndel x\n", "2 x: -3 ?");
}

#[test]
fn nested_code_sees_all_bindings_of_a_function() {
    check("def f():\n  x = 1\n  g = lambda: x\n  x = 2\n", "3 x: 2 4");
    check("def f(x):\n  def g():\n    return x\n", "3 x: 1");
    check("x = 0\ndef f():\n  x\n  x = 1\n", "3 x: ?");
}

#[test]
fn a_class_body_falls_back_to_the_globals() {
    check("x = 1\nclass C:\n  x\n  x = 2\n  x\n", "3 x: 1; 5 x: 4");
    check("x = 1\ndef f():\n  x = 2\n  class C:\n    x = x\n", "5 x: 1");
    check("def f():\n  x = 2\n  class C:\n    x\n", "4 x: 2");
    check("x = 1\nclass C:\n  if a:\n    x = 2\n  x\n", "5 x: 1 4");
}

#[test]
fn code_inside_a_class_does_not_see_its_names() {
    check("x = 1\nclass C:\n  x = 2\n  def f(self):\n    x\n", "5 x: 1");
    check("x = 1\nclass C:\n  x = 2\n  y = [x for _ in x]\n", "4 x: 3; 4 x: 1");
    check("class C:\n  class T: pass\n  def f[U: T](self, t: T): T\n", "3 T: 2; 3 T: 2; 3 T: builtin");
}

#[test]
fn comprehensions_run_where_they_stand() {
    check("x = 1\ny = [x for _ in a]\nx = 2\n", "2 x: 1");
    check("y = [i for i in a if i]\ni\n", "1 i: 1; 1 i: 1; 2 i: builtin");
    check("y = {k: v for k, v in a}\n", "1 k: 1; 1 v: 1");
}

#[test]
fn a_walrus_binds_around_the_comprehension() {
    check("[y := x for x in a]\ny\n", "2 y: 1 ?");
    check("def f():\n  any((y := x) for x in a)\n  return y\n", "3 y: 2 ?");
}

#[test]
fn decorators_defaults_and_annotations_run_outside() {
    check("x = 1\n@x\ndef f(a: x = x, x=x) -> x:\n  x\n", "2 x: 1; 3 x: 1; 3 x: 1; 3 x: 1; 3 x: 1; 4 x: 3");
    check("class C(x, k=x): pass\nx = 1\n", "1 x: builtin; 1 x: builtin");
}

#[test]
fn global_and_nonlocal_name_outer_bindings() {
    check("x = 1\ndef f():\n  global x\n  x = 2\n  x\nx\n", "5 x: 1; 6 x: 1");
    check("def f():\n  global x\n  x = 2\nx\n", "4 x: builtin");
    check("def f():\n  x = 1\n  def g():\n    nonlocal x\n    x = 2\n    x\n", "6 x: 2 5");
    check("class C:\n  global x\n  x = 1\nx\n", "4 x: 3");
    let facts = facts("def f():\n  global x\n  x = 2\n");
    let module = &facts.scopes[0];
    let binding = &facts.bindings[module.names[&Identifier::new("x")][0].index()];
    assert_eq!((binding.scope.0, binding.from.0), (0, 1));
    assert_eq!(facts.scopes[1].declared[&Identifier::new("x")].0, 0);
    assert!(module.last[&Identifier::new("x")].bindings.is_empty());
}

#[test]
fn private_names_are_mangled() {
    let facts = facts("class _C:\n  __x = 1\n  def f(self, __y):\n    __y\n    __x\n");
    assert!(facts.scopes[1].names.contains_key(&Identifier::new("_C__x")));
    assert!(facts.scopes[2].names.contains_key(&Identifier::new("_C__y")));
    check("__x = 1\nclass C:\n  def f(self): __x\n_C__y = 1\nclass C:\n  __y\n", "3 __x: builtin; 6 __y: 4");
}

#[test]
fn type_parameters_have_a_scope_of_their_own() {
    check("def f[T: B](x: T) -> T: T\nT\nB = 1\n", "1 T: 1; 1 T: 1; 1 T: 1; 2 T: builtin");
    check("type A[T] = list[T, B]\nB = 1\nA\n", "1 T: 1; 1 B: 2; 3 A: 1");
}

#[test]
fn deep_nesting_takes_linear_time() {
    let text = "lambda: x + (".repeat(2_000) + "x" + &")".repeat(2_000);
    std::thread::Builder::new().stack_size(64 << 20).spawn(move || drop(facts(&text))).unwrap().join().unwrap();
}
