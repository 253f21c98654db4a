//! `__all__` and other lists of strings.

use super::super::{EditError, ListChange, ListEntry, change_list};
use crate::text::{Edits, Span};

/// `source` holds the list between `«` and `»`; entries as `-`, `x` or a new name; `+A` joins.
fn changed(source: &str, wish: &str, width: usize) -> Result<String, EditError> {
    let (head, rest) = source.split_once('«').unwrap();
    let (list, tail) = rest.split_once('»').unwrap();
    let mut change = ListChange::default();
    for word in wish.split_whitespace() {
        match word {
            "-" => change.entries.push(ListEntry::Keep),
            "x" => change.entries.push(ListEntry::Drop),
            _ => match word.strip_prefix('+') {
                Some(name) => change.add.push(name.to_owned()),
                None => change.entries.push(ListEntry::Rename(word.to_owned())),
            },
        }
    }
    let text = format!("{head}{list}{tail}");
    let edits = change_list(&text, Span::new(head.len(), head.len() + list.len()), &change, width)?;
    let found = Edits::new(edits).expect("the edits are disjoint").apply(&text);
    assert!(ruff_python_parser::parse_module(&found).is_ok(), "no valid Python:\n{found}");
    Ok(found)
}

fn check(cases: &[(&str, &str, &str)]) {
    for (before, wish, after) in cases {
        for newline in ["\n", "\r\n", "\r"] {
            let found = changed(&before.replace('\n', newline), wish, 88).unwrap();
            assert_eq!(found.replace(newline, "\n"), *after, "{wish} on {before:?} with {newline:?}");
        }
    }
}

#[test]
fn an_entry_goes_or_is_renamed_in_every_layout() {
    check(&[
        ("__all__ = «[\"b\", \"Old\"]»\n", "- Ace", "__all__ = [\"Ace\", \"b\"]\n"),
        ("__all__ = «['b', 'Old', 'a']»\n", "- New -", "__all__ = ['b', 'New', 'a']\n"),
        ("__all__ = «[\"a\", \"Old\"]»\n", "- x", "__all__ = [\"a\"]\n"),
        ("__all__ = «[\"Old\"]»  # c\n", "x", "__all__ = []  # c\n"),
        ("__all__ = «[\n    \"Old\",\n]»\n", "x", "__all__ = []\n"),
        ("__all__ = «('Old', 'b')»\n", "x -", "__all__ = ('b',)\n"),
        ("__all__ = «('a', 'Old')»\n", "- x", "__all__ = ('a',)\n"),
        ("__all__ = «('Old',)»\n", "x", "__all__ = ()\n"),
        ("__all__ = «('Old',)»\n", "New", "__all__ = ('New',)\n"),
        ("__all__ = «'a', 'Old'»\n", "- x", "__all__ = 'a',\n"),
        ("__all__ = «'Old', 'a'»\n", "x -", "__all__ = 'a',\n"),
        ("__all__ = «'a', 'Old', 'z'»\n", "- x -", "__all__ = 'a', 'z'\n"),
        ("__all__ = «'a', \\\n    'Old', \\\n    'z'»\n", "- x -", "__all__ = 'a', \\\n    'z'\n"),
        ("__all__ = «'Old',»\n", "x", "__all__ = ()\n"),
        ("__all__ += «['Old', 'z']»\n", "x -", "__all__ += ['z']\n"),
        ("__all__.extend(«('Old', 'z')»)\n", "x -", "__all__.extend(('z',))\n"),
        ("__all__ = «[u'Old', r'z']»\n", "New -", "__all__ = [u'New', r'z']\n"),
        ("__all__ = «['Old', *m.__all__]»\n", "x -", "__all__ = [*m.__all__]\n"),
        ("__all__ = «[*m.__all__, 'Old']»\n", "- New", "__all__ = [*m.__all__, 'New']\n"),
        ("__all__ = «['New', 'Old']»\n", "- New", "__all__ = ['New']\n"),
        ("__all__ = «['Old', 'New']»\n", "New -", "__all__ = ['New']\n"),
    ]);
}

#[test]
fn comments_and_commas_of_the_others_stay() {
    check(&[
        (
            "__all__ = «[\n    # the a\n    'a',  # a\n    # the old\n    'Old',  # old\n    'z',  # z\n]»\n",
            "- x -",
            "__all__ = [\n    # the a\n    'a',  # a\n    'z',  # z\n]\n",
        ),
        ("__all__ = «[\n    'a',\n    'Old'\n]»\n", "- x", "__all__ = [\n    'a'\n]\n"),
        (
            "__all__ = «[  # public\n    'a', 'Old',\n    'z',\n]»\n",
            "- x -",
            "__all__ = [  # public\n    'a',\n    'z',\n]\n",
        ),
        ("__all__ = «['a',\n           'Old',\n           'z']»\n", "- - x", "__all__ = ['a',\n           'Old']\n"),
        (
            "__all__ = «[\n    'b',  # b\n    'Old',  # old\n]»\n",
            "- Ace",
            "__all__ = [\n    'Ace',  # old\n    'b',  # b\n]\n",
        ),
    ]);
}

#[test]
fn the_headline_of_a_section_stays_while_the_section_does() {
    let list = "__all__ = «[\n    # One\n    'c',\n    'b',\n\n    # Two\n    'a',\n]»\n";
    check(&[
        (list, "x - -", "__all__ = [\n    # One\n    'b',\n\n    # Two\n    'a',\n]\n"),
        (list, "x x -", "__all__ = [\n    # Two\n    'a',\n]\n"),
        (list, "- - x", "__all__ = [\n    # One\n    'c',\n    'b',\n]\n"),
    ]);
}

#[test]
fn a_name_joins_in_order_and_style() {
    check(&[
        ("__all__ = «['a', 'c']»\n", "- - +b", "__all__ = ['a', 'b', 'c']\n"),
        ("__all__ = «[\n    'b',\n    'a',\n]»\n", "- - +c", "__all__ = [\n    'b',\n    'a',\n    'c',\n]\n"),
        ("__all__ = «[]»\n", "+a", "__all__ = [\"a\"]\n"),
        ("__all__ = «()»\n", "+a", "__all__ = (\"a\",)\n"),
        ("__all__ = «['Old']»\n", "x +New", "__all__ = ['New']\n"),
        ("__all__ = «('Old',)»\n", "x +New +Z", "__all__ = ('New', 'Z',)\n"),
        ("__all__ = «'a', 'c'»\n", "- - +b", "__all__ = 'a', 'b', 'c'\n"),
        ("__all__ = «'a', \\\n    'c'»\n", "- - +b", "__all__ = 'a', \\\n    'b', 'c'\n"),
        ("__all__ = «['a']»\n", "- +a", "__all__ = ['a']\n"),
        ("__all__ = «['a', *x]»\n", "- - +A", "__all__ = ['a', *x, 'A']\n"),
    ]);
    let found = changed("__all__ = «['aaaa', 'bbbb']»\n", "- - +cccc", 30).unwrap();
    assert_eq!(found, "__all__ = [\n    'aaaa',\n    'bbbb',\n    'cccc',\n]\n");
}

#[test]
fn what_is_no_plain_list_is_refused() {
    for (source, wish) in [
        ("__all__ = «[name for name in x]»\n", "x"),
        ("__all__ = «list(x)»\n", "x"),
        ("__all__ = «['a' 'b']»\n", "New"),
        ("__all__ = «[f'a']»\n", "New"),
        ("__all__ = «['a', 'b']»\n", "x"),
        ("__all__ = «('a')»\n", "x"),
    ] {
        assert!(changed(source, wish, 88).is_err(), "{source}");
    }
}
