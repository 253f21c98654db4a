"""Random small projects, rewritten by random rules, with CPython as the judge.

    projects.py [--seed N] [--count N] [--unshim PROGRAM]

Every project is imported, and every function in it called, before the change and after it: a module that imported still
does, and what a function returns or a surviving name holds is the object that it was. A second run changes nothing.
A project that breaks this is made smaller as long as it still does, and printed.
"""

import pathlib
import random
import sys
import tempfile

import running

MODULES = ["a", "a.b", "a.b.m", "a.b.p", "a.b.p.q", "a.n", "c", "d"]
PACKAGES = {"a", "a.b", "a.b.p"}
CLASSES = ["Alpha", "Beta", "Gamma", "Delta"]
LOCALS = [*CLASSES, "Old", "Legacy"]


class Maker:
    """Makes the statements of a project, module by module; a module mostly names what stands above it."""

    def __init__(self, draw):
        self.draw = draw
        self.names = {}
        self.count = 0
        self.functions = []
        self.homes = {}

    def project(self):
        modules = {}
        order = self.draw.sample(MODULES, len(MODULES))
        for module in order:
            self.names[module] = []
            modules[module] = [self.statement(module) for _ in range(self.draw.randint(1, 7))]
        if self.draw.random() < 0.4:  # now every module has names: this one may close a cycle
            module = self.draw.choice(MODULES)
            place = self.draw.choice([0, len(modules[module])])
            modules[module].insert(place, self.draw.choice([Maker.from_import, Maker.star, Maker.import_module])(self, module))
        for module in MODULES:
            modules[module] += [self.function(module) for _ in range(self.draw.randint(0, 3))]
        return modules

    def statement(self, module):
        return self.draw.choice(self.STATEMENTS)(self, module)

    def bind(self, module, name):
        if name not in self.names[module]:
            self.names[module].append(name)
        return name

    def local(self):
        return self.draw.choice(LOCALS)

    def other(self, module):
        """A module that has names, and one of them."""
        others = [name for name in self.names if name != module and self.names[name]]
        if not others:
            return None
        other = self.draw.choice(others)
        return other, self.draw.choice(self.names[other])

    def spelled(self, module, other):
        """The module part of a `from` statement: absolute or relative."""
        if module.partition(".")[0] != other.partition(".")[0] or self.draw.random() < 0.5:
            return other
        base = module.split(".") if module in PACKAGES else module.split(".")[:-1]
        target = other.split(".")
        shared = 0
        while shared < min(len(base), len(target)) and base[shared] == target[shared]:
            shared += 1
        if not shared:
            return other
        return "." * (len(base) - shared + 1) + ".".join(target[shared:])

    def mark(self):
        self.count += 1
        return self.count

    def define(self, module):
        return f"class {self.bind(module, self.draw.choice(CLASSES))}:\n    mark = {self.mark()}"

    def derive(self, module):
        if not self.names[module]:
            return self.define(module)
        base = self.draw.choice(self.names[module])
        name = self.bind(module, self.local())
        return f"class {name}({base}):\n    mark = {self.mark()}\n    kind = {base}"

    def from_import(self, module):
        found = self.other(module)
        if not found:
            return self.define(module)
        other, name = found
        entries = [self.entry(module, name)]
        if self.draw.random() < 0.4:
            entries.append(self.entry(module, self.draw.choice(self.names[other])))
        source = self.spelled(module, other)
        if self.draw.random() < 0.2:
            lines = "".join(f"    {entry},  # {entry[0]}\n" for entry in entries)
            return f"from {source} import (\n{lines})"
        return f"from {source} import {', '.join(entries)}"

    def entry(self, module, name):
        if self.draw.random() < 0.4:
            return f"{name} as {self.bind(module, self.local())}"
        self.bind(module, name)
        return name

    def import_module(self, module):
        found = self.other(module)
        if not found:
            return self.define(module)
        other, name = found
        form = self.draw.randint(0, 2)
        if form == 0:
            self.bind(module, "Held")
            return f"import {other}\nHeld = {other}.{name}"
        if form == 1 or "." not in other:
            return f"import {other} as mod\n{self.bind(module, self.local())} = mod.{name}"
        parent, _, last = other.rpartition(".")
        return f"from {self.spelled(module, parent)} import {last}\n{self.bind(module, self.local())} = {last}.{name}"

    def assign(self, module):
        if not self.names[module]:
            return self.define(module)
        value, name = self.draw.choice(self.names[module]), self.bind(module, self.local())
        forms = [f"{name} = {value}", f"{name}: type = {value}", f"{name} = Twin = {value}", f"{name}, Pair = {value}, 1"]
        return self.draw.choice(forms)

    def star(self, module):
        found = self.other(module)
        if not found:
            return self.define(module)
        for name in self.names[found[0]]:
            self.bind(module, name)
        return f"from {self.spelled(module, found[0])} import *"

    def export(self, module):
        if not self.names[module]:
            return self.define(module)
        names = self.draw.sample(self.names[module], self.draw.randint(1, len(self.names[module])))
        return "__all__ = [" + ", ".join(f'"{name}"' for name in names) + "]"

    def export_more(self, module):
        if not self.names[module]:
            return self.define(module)
        one, other = self.draw.choice(self.names[module]), self.draw.choice(self.names[module])
        more = [f'__all__ += ["{other}"]', f'__all__.append("{other}")', f'__all__.extend(("{other}",))']
        return f'__all__ = ["{one}"]\n{self.draw.choice(more)}'

    def nest(self, module):
        name = self.bind(module, self.draw.choice(CLASSES))
        inner = self.draw.choice(self.names[module])
        return f"class {name}:\n    mark = {self.mark()}\n    class Inner:\n        mark = {self.mark()}\n    try:\n        other = {inner}\n    except NameError:\n        other = None"

    def decorate(self, module):
        if not self.names[module]:
            return self.define(module)
        held = self.draw.choice(self.names[module])
        name = self.bind(module, self.draw.choice(CLASSES))
        return f"@(lambda made, held={held}: setattr(made, 'held', held) or made)\nclass {name}:\n    mark = {self.mark()}"

    def fallback(self, module):
        found = self.other(module)
        if not found:
            return self.define(module)
        other, name = found
        local = self.bind(module, name)
        return f"try:\n    from {self.spelled(module, other)} import {name}\nexcept ImportError:\n    {local} = None"

    def typing_only(self, module):
        found = self.other(module)
        if not found:
            return self.define(module)
        other, name = found
        function = f"g{self.mark()}"
        return (
            "from typing import TYPE_CHECKING\n"
            f"if TYPE_CHECKING:\n    from {self.spelled(module, other)} import {name} as Typed\n"
            f'def {function}(x: "Typed | None" = None):\n    return 1'
        )

    STATEMENTS = [define, from_import, from_import, from_import, import_module, assign, assign, derive, star, export]
    STATEMENTS += [fallback, typing_only, export_more, nest, decorate]

    def patched(self, other, far, name):
        """Bodies that replace a name by its path and look at it through what reads it."""
        head = f"    from unittest.mock import patch\n    with patch('{other}.{far}', 7):\n"
        bodies = [f"{head}        import {other}\n        return {other}.{far}, {name}"]
        if self.functions:
            called = self.draw.choice(self.functions)
            bodies.append(f"{head}        from {self.homes[called]} import {called}\n        return {called}()")
        return bodies

    def function(self, module):
        name = self.draw.choice(self.names[module]) if self.names[module] else "int"
        found = self.other(module) or ("builtins", "int")
        other, far = found
        source, local = self.spelled(module, other), self.local()
        bodies = [
            f"    return {name}",
            f"    from {source} import {far}\n    return {far}, {name if name != far else 0}",
            f"    from {source} import {far} as {local}\n    return {local}",
            f"    import {other}\n    return {other}.{far}",
            f"    import {other} as {local}\n    return {local}.{far}, [{local} for {local} in [1]]",
            f"    {local} = 1\n    return {local}, {name if name != local else 0}",
            f"    return [{name} for _ in [1]], [{local} for {local} in [2]], (lambda {local}: {local})(3)",
            f"    def inner():\n        return {name}\n    return inner()",
            f'    return f"{{{name}.__name__}}", {name}.mark',
            f"    class Inner({name}):\n        kind = {name}\n    return Inner.kind, Inner.__mro__[1]",
            f"    global {name}\n    return {name}",
            f"    match {name}():\n        case {name}():\n            return {name}\n    return 0",
            f"    return isinstance({name}(), {name}), {name}",
            f"    import importlib\n    return importlib.import_module('{other}').{far}",
            f"    from importlib import import_module as load\n    found = load('{other}')\n    return found.{far}",
            f"    return __import__('{other}', fromlist=['x']).{far}",
            f"    import sys\n    import {other}\n    return sys.modules['{other}'].{far}, {name}",
            f"    import {other}\n    return getattr({other}, '{far}')",
            f"    import {other} as {local}\n    return getattr({local}, '{far}', 0), hasattr({local}, '{far}')",
            f"    if (found := {name}) and [kept := one for one in [{name}]]:\n        return found, kept\n    return 0",
            f"    return {{{name}: {local} for {local} in [1]}}[{name}], [one for one in ({name},) if one is {name}]",
            f"    import {other}\n    match {other}.{far}():\n        case {other}.{far}(mark=found):\n            return found",
            f"    {local} = {name if name != local else 1}\n    def inner():\n        nonlocal {local}\n        {local} = 2\n        return {local}\n    return inner()",
            f"    global {name}\n    from {source} import {far} as found\n    kept, {name} = {name}, found\n    try:\n        return {name}, kept\n    finally:\n        {name} = kept",
            f"    import typing\n    return typing.cast('{name}', 1), {name}.__qualname__",
            *self.patched(other, far, name),
        ]
        self.functions.append(f"f{self.count + 1}")
        self.homes[self.functions[-1]] = module
        heads = ["()", f"(x: {name} = None)", f"(x=({name}))", f'(x: "list[{name}]" = None)', f"({local}=1)"]
        return f"def f{self.mark()}{self.draw.choice(heads)}:\n{self.draw.choice(bodies)}"


def text_of(statements):
    return "".join(f"{statement}\n" for statement in statements)


def files_of(modules):
    paths = {m: m.replace(".", "/") + ("/__init__.py" if m in PACKAGES else ".py") for m in MODULES}
    return {paths[module]: text_of(statements) for module, statements in modules.items()}


def draw_rule(draw, before):
    """A canonical name and some of the others of an object that has several; `None` if none has."""
    groups = [(value, group) for value, group in sorted(before["groups"].items()) if len(group) > 1]
    if not groups:
        return None
    value, group = draw.choice(groups)
    return running.draw_rule(draw, group, before["defined"].get(value))


def trial(program, modules, rule):
    """What goes wrong, in a sentence; "" if nothing does, `None` if the rule does not fit the tree."""
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder, "tree")
        running.write(tree, files_of(modules))
        before = running.snapshot(tree, MODULES)
        rules = pathlib.Path(folder, "rule.toml")
        told = running.apply_fitting(program, tree, [rule], rules)
        if told is None:
            return None
        if told:
            return told
        return running.damage(before, running.snapshot(tree, MODULES)) or running.second_run(program, tree, rules)


def shrink(program, modules, rule, kind):
    """The smallest project that still goes wrong in the same way, by leaving out what can be left out."""
    smaller = True
    while smaller:
        smaller = False
        for module in MODULES:
            for place in reversed(range(len(modules[module]))):
                fewer = {**modules, module: modules[module][:place] + modules[module][place + 1 :]}
                told = trial(program, fewer, rule)
                if told and told.split(":")[0] == kind:
                    modules, smaller = fewer, True
        for alias in list(rule["aliases"]):
            fewer = {**rule, "aliases": [other for other in rule["aliases"] if other != alias]}
            told = trial(program, modules, fewer) if fewer["aliases"] else None
            if told and told.split(":")[0] == kind:
                rule, smaller = fewer, True
    return modules, rule


def show(seed, modules, rule, told):
    print(f"seed {seed}: {told}\n{running.rules_text([rule])}")
    for path, text in sorted(files_of(modules).items()):
        if text:
            print(f"## {path}\n{text}")


def run(program, seed):
    """One project: "applied", "unfit", "plain" or "wrong"."""
    draw = random.Random(seed)
    modules = Maker(draw).project()
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder, "tree")
        running.write(tree, files_of(modules))
        rule = draw_rule(draw, running.snapshot(tree, MODULES))
    if not rule:
        return "plain"
    told = trial(program, modules, rule)
    if told is None:
        return "unfit"
    if not told:
        return "applied"
    modules, rule = shrink(program, modules, rule, told.split(":")[0])
    show(seed, modules, rule, trial(program, modules, rule))
    return "wrong"


if __name__ == "__main__":
    sys.exit(running.main(__doc__, run))
