//! The order of execution: branches, loops, `try`, `with`, `match`.

use super::check;

#[test]
fn a_later_binding_covers_an_earlier_one() {
    check("x = 1\nx\nx = 2\nx\n", "2 x: 1; 4 x: 3");
    check("x\nx = 1\n", "1 x: builtin");
    check("x = 1\ndel x\nx\n", "3 x: -2 ?");
    check("x: int\nx\n", "2 x: builtin");
}

#[test]
fn a_branch_adds_to_what_was_before() {
    check("if a:\n  x = 1\nx\n", "3 x: 2 ?");
    check("x = 0\nif a:\n  x = 1\nx\n", "4 x: 1 3");
    check("if a:\n  x = 1\nelse:\n  x = 2\nx\n", "5 x: 2 4");
    check("x = 0\nif a:\n  x = 1\nelif b:\n  x = 2\nelse:\n  x = 3\nx\n", "8 x: 3 5 7");
    check("x = 0\nif a:\n  x = 1\nelif b:\n  pass\nelse:\n  x = 3\nx\n", "8 x: 1 3 7");
}

#[test]
fn a_branch_that_does_not_end_is_left_out() {
    check("if a:\n  x = 1\nelse:\n  raise E\nx\n", "5 x: 2");
    check("def f():\n  x = 0\n  if a:\n    x = 1\n    return x\n  x\n", "5 x: 4; 6 x: 2");
    check("def f():\n  if a:\n    return\n  else:\n    x = 1\n  return x\n", "6 x: 5");
    check("if a:\n  x = 1\nelse:\n  import sys\n  sys.exit(1)\nx\n", "6 x: 2");
}

#[test]
fn a_binding_in_the_test_of_an_elif_may_not_have_run() {
    check("if (x := a):\n  x\nelif (y := b):\n  y\nx\ny\n", "2 x: 1; 4 y: 3 ?; 5 x: 1; 6 y: 3 ?");
}

#[test]
fn a_try_may_stop_anywhere() {
    check("try:\n  x = 1\nexcept E:\n  x = 2\nx\n", "5 x: 2 4");
    check("try:\n  x = 1\nexcept E:\n  x\nx\n", "4 x: 2 ?; 5 x: 2 ?");
    check("try:\n  x = 1\nexcept E:\n  raise\nx\n", "5 x: 2");
    check("x = 0\ntry:\n  x = 1\n  x = 2\nexcept E:\n  x\nx\n", "6 x: 1 3 4; 7 x: 1 3 4");
    check("try:\n  a\nexcept E:\n  x = 1\nelse:\n  x = 2\nx\n", "7 x: 4 6");
    check("try:\n  x = 1\nexcept E:\n  pass\nelse:\n  x\n", "6 x: 2");
}

#[test]
fn finally_sees_every_way_of_stopping() {
    check("x = 0\ntry:\n  x = 1\nfinally:\n  x\nx\n", "5 x: 1 3; 6 x: 3");
    check("try:\n  x = 1\nfinally:\n  x = 2\nx\n", "5 x: 4");
    check("def f():\n  x = 0\n  try:\n    x = 1\n    return\n  finally:\n    x\n", "7 x: 2 4");
    check("try:\n  x = 1\nexcept E:\n  x = 2\nelse:\n  x = 3\nfinally:\n  y = 1\nx\n", "9 x: 4 6");
}

#[test]
fn the_name_of_an_exception_is_gone_behind_its_handler() {
    check("try:\n  a\nexcept E as e:\n  e\ne\n", "4 e: 3; 5 e: -3 ?");
    check("e = 0\ntry:\n  a\nexcept E as e:\n  pass\ne\n", "6 e: 1 -4 ?");
}

#[test]
fn a_loop_sees_its_earlier_rounds() {
    check("x = 0\nfor i in a:\n  x\n  x = 1\nx\n", "3 x: 1 4; 5 x: 1 4");
    check("for i in a:\n  x\n  x = 1\n", "2 x: 3 ?");
    check("for i in a:\n  i\ni\n", "2 i: 1; 3 i: 1 ?");
    check("def f():\n  for i in a:\n    x = 1\n    x\n", "4 x: 3");
    check("x = 0\nwhile x:\n  x = 1\n", "2 x: 1 3");
    check("for i in a:\n  for j in b:\n    x\n  x = 1\n", "3 x: 4 ?");
}

#[test]
fn continue_and_break_carry_what_they_have_seen() {
    check("x = 0\nfor i in a:\n  x\n  if b:\n    x = 1\n    continue\n  x = 2\nx\n", "3 x: 1 5 7; 8 x: 1 5 7");
    check("x = 0\nfor i in a:\n  if b:\n    x = 1\n    break\nelse:\n  x = 2\nx\n", "8 x: 4 7");
    check("x = 0\nfor i in a:\n  if b:\n    x = 1\n    break\n  x\n", "6 x: 1");
    check("while True:\n  x = 1\n  if x: break\nx\n", "3 x: 2; 4 x: 2");
    check("while True:\n  try:\n    x = 1\n    break\n  except E:\n    pass\nx\n", "7 x: 3");
}

#[test]
fn nested_code_in_a_loop_that_runs_at_once_sees_earlier_rounds() {
    check("for i in a:\n  class C:\n    x\n  x = 1\n", "3 x: 4 ?");
    check("for i in a:\n  [x for _ in b]\n  x = 1\n", "2 x: 3 ?");
}

#[test]
fn a_with_block_runs_unless_it_swallows() {
    check("with a:\n  x = 1\nx\n", "3 x: 2");
    check("with a as x:\n  x\nx\n", "2 x: 1; 3 x: 1");
    check("with suppress(E):\n  x = 1\n  x\nx\n", "3 x: 2; 4 x: 2 ?");
    check("def f():\n  x = 0\n  with pytest.raises(E):\n    x = 1\n    raise E\n  x\n", "6 x: 2 4");
}

#[test]
fn cases_are_branches() {
    check("match a:\n  case [x, *y]:\n    x\n  case {'k': x, **y}:\n    y\nx\n", "3 x: 2; 5 y: 4; 6 x: 2 4 ?");
    check("match a:\n  case 1:\n    x = 1\n  case _:\n    x = 2\nx\n", "6 x: 3 5");
    check("match a:\n  case C(k=x) if x:\n    pass\n", "2 x: 2");
}

#[test]
fn imports_of_one_package_stand_beside_each_other() {
    check("import a.b\nimport a.c\na\n", "3 a: 1 2");
    check("import a\nimport a.c\na\n", "3 a: 1 2");
    check("import a\nimport a\na\n", "3 a: 2");
    check("import a.b\nimport c.d as a\na\n", "3 a: 2");
}

#[test]
fn stars_can_bind_what_is_not_bound_behind_them() {
    check("x = 1\nfrom m import *\nx\ny\n", "3 x: 1 *2; 4 y: builtin *2");
    check("from m import *\nx = 1\nx\ny\n", "3 x: 2; 4 y: builtin *1");
    check("x = 1\nfrom m import *\ndef f():\n  x\n  y\n", "4 x: 1 *2; 5 y: builtin *2");
    check("y\nfrom m import *\n", "1 y: builtin");
    check("try:\n  from m import *\nexcept E:\n  x = 1\nx\n", "5 x: 4 *2 ?");
}

#[test]
fn very_many_bindings_are_not_listed() {
    let text = "if a:\n  x = 1\n".repeat(300) + "x\n";
    check(&text, "601 x: many");
    let looped = format!("for i in a:\n  x\n{}", "  if a:\n    x = 1\n".repeat(300));
    check(&looped, "2 x: many");
}

#[test]
fn long_files_take_linear_time() {
    let texts = [
        "if a:\n  x = 1\nx\n".repeat(20_000),
        "try:\n  x = 1\nexcept E:\n  x = 2\n".repeat(10_000),
        format!("if a: x = 1\n{}", "elif a: x = 1\n".repeat(20_000)),
        format!("for i in a:\n{}", "  x\n  x = 1\n".repeat(20_000)),
        format!("for i in a:\n{}", "  if x: continue\n  x = 1\n".repeat(5_000)),
        (0..20_000).map(|n| format!("import a.b{n}\n")).collect(),
    ];
    for text in texts {
        super::facts(&text);
    }
}
