//! `__all__`.

use super::facts;

/// The names of `__all__`, then its includes, then `…` if it is dynamic.
#[track_caller]
fn check(text: &str, expected: &str) {
    let facts = facts(text);
    let shown = facts.exports.as_ref().map_or("none".to_owned(), |exports| {
        let mut parts: Vec<String> = exports.entries.iter().map(|entry| entry.name.to_string()).collect();
        parts
            .extend(exports.includes.iter().map(|chain| facts.syntax.chains[chain.index()].span().of(text).to_owned()));
        parts.extend(exports.dynamic.then(|| "…".to_owned()));
        parts.join(" ")
    });
    assert_eq!(shown, expected, "\n{text}");
}

#[test]
fn all_forms_are_read() {
    check("x = 1", "none");
    check("__all__ = []", "");
    check("__all__ = ['a', \"b\"]", "a b");
    check("__all__ = 'a', 'b'", "a b");
    check("__all__: list[str] = ['a']", "a");
    check("__all__ = ('a',) + ('b',)", "a b");
    check(
        "__all__ = ['a']\n__all__ += ['b']\n__all__.extend(('c',))\n__all__.append('d')\n__all__.remove('a')",
        "b c d",
    );
    check("__all__ = ['a']\n__all__ = __all__ + ['b']", "a b");
    check("__all__ = ['a']\n__all__ = [*__all__, 'b']", "a b");
    check("__all__ = ['a']\n__all__ = ['b']", "b");
    check("__all__ = sorted(['b', 'a'])", "b a");
    check("class C:\n  __all__ = ['a']", "none");
}

#[test]
fn other_modules_are_included() {
    check("__all__ = [*m.__all__, 'a']", "a m.__all__");
    check("__all__ = ['a'] + a.b.__all__", "a a.b.__all__");
    check("__all__ = []\n__all__ += m.__all__\n__all__.extend(n.__all__)", "m.__all__ n.__all__");
}

#[test]
fn branches_add() {
    check("__all__ = ['a']\nif x:\n  __all__ += ['b']", "a b");
    check("try:\n  __all__ = ['a']\nexcept E:\n  __all__ = ['b']", "a b");
    check("__all__ = ['a']\nif x:\n  __all__.remove('a')", "a …");
}

#[test]
fn everything_else_is_dynamic() {
    check("__all__ = [n for n in dir()]", "…");
    check("__all__ = ['a'] + names()", "a …");
    check("__all__ = ['a', name]", "a …");
    check("__all__ = ['a', f'{x}']", "a …");
    check("from m import __all__", "…");
    check("__all__ = []\ndef f(x):\n  __all__.append(x)", "…");
    check("__all__ = []\n__all__[:] = x", "…");
    check("__all__ = []\nfor __all__ in x: pass", "…");
    check("__all__, x = [], 1", "…");
    check("__all__ = ['a']\nprint(len(__all__), __all__[0])", "a");
}
