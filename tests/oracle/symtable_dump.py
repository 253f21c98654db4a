"""Print what CPython's compiler knows about the names of files: one JSON line a file.

Usage: symtable_dump.py [LIST]

LIST holds one path a line; without it the files are the standard library and the first installed packages.
A line is [path, scope], a scope [type, name, line, {name: letters}, [scope, ...]], and the letters say:
l local, g global, G declared global, f free, p parameter, m imported, a assigned, r referenced.
Files that CPython does not compile are left out, and so are those that are not UTF-8.
"""

import json
import pathlib
import symtable
import sys
import sysconfig
import warnings


PACKAGE_FILES = 1_500


def paths():
    if len(sys.argv) > 1:
        return pathlib.Path(sys.argv[1]).read_text().splitlines()
    library, packages = (pathlib.Path(sysconfig.get_path(kind)) for kind in ("stdlib", "purelib"))
    installed = sorted(map(str, packages.rglob("*.py")))
    own = sorted({str(path) for path in library.rglob("*.py") if packages not in path.parents})
    return own + installed[:PACKAGE_FILES]


def letters(flags, is_module):
    scope = flags >> symtable.SCOPE_OFF & symtable.SCOPE_MASK
    bound = is_module and flags & symtable.DEF_BOUND
    known = {
        "l": scope in (symtable.LOCAL, symtable.CELL) or bound,
        "g": scope in (symtable.GLOBAL_IMPLICIT, symtable.GLOBAL_EXPLICIT) and not bound,
        # A `global` in a function is noted at the module too.
        "G": scope == symtable.GLOBAL_EXPLICIT and not is_module,
        "f": scope == symtable.FREE,
        "p": flags & symtable.DEF_PARAM,
        "m": flags & symtable.DEF_IMPORT,
        "a": flags & symtable.DEF_LOCAL,
        "r": flags & symtable.USE,
    }
    return "".join(letter for letter, is_so in known.items() if is_so)


def dump(table):
    """The raw table, which `symtable` wraps: its objects for each name are slow."""
    public = symtable.SymbolTable(table, "")
    names = {name: letters(flags, public.get_type() == "module") for name, flags in table.symbols.items()}
    return [str(public.get_type()), table.name, table.lineno, names, [dump(child) for child in table.children]]


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(10_000)
    for path in paths():
        source = pathlib.Path(path).read_bytes()
        try:
            source.decode("utf-8")
            table = symtable.symtable(source, path, "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        print(json.dumps([path, dump(table._table)]))


main()
