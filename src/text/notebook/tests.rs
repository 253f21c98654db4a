//! Notebooks to text and back, byte for byte.

use super::*;

fn laid(json: &str) -> (String, Notebook) {
    let notebook = Notebook::read(json.as_bytes().to_vec()).unwrap();
    let contents: Vec<_> =
        notebook.sources().map(|_| Content::Code { masks: Vec::new(), hidden: Vec::new() }).collect();
    let (text, notebook, _) = notebook.laid_out(&contents);
    (text, notebook)
}

fn changed(json: &str, old: &str, new: &str) -> String {
    let (text, notebook) = laid(json);
    assert_eq!(notebook.encode(&text).as_deref(), Some(json.as_bytes()));
    String::from_utf8(notebook.encode(&text.replace(old, new)).unwrap()).unwrap()
}

fn cell(source: &str) -> String {
    format!(
        "{{\"cells\": [{{\"cell_type\": \"code\", \"outputs\": [{{\"text\": \"Old\"}}], \"source\": {source}}}]}}\n"
    )
}

#[test]
fn only_the_lines_that_change_are_spelled_anew() {
    for (before, after) in [
        (r#"["import a\n", "Old()"]"#, r#"["import a\n", "New()"]"#),
        (r#""a = 1\nOld()""#, r#""a = 1\nNew()""#),
        (
            r#"["x = '\u00e9'\n", "Old('\u00e9', '\/', \"é\")"]"#,
            r#"["x = '\u00e9'\n", "New('\u00e9', '\/', \"\u00e9\")"]"#,
        ),
        (r#"["\u004fld", "()\n", "b"]"#, r#"["New()\n", "b"]"#),
        (r#"["a\n",  "Old\n" , "b"]"#, r#"["a\n",  "New\n" , "b"]"#),
        (r#"["Old = '\ud83d\ude00'"]"#, r#"["New = '\ud83d\ude00'"]"#),
        (r#"["\tOld\n", "\n"]"#, r#"["\tNew\n", "\n"]"#),
    ] {
        assert_eq!(changed(&cell(before), "Old", "New"), cell(after), "{before}");
    }
}

#[test]
fn lines_come_and_go_with_what_stands_between_them() {
    let list = cell("[\n    \"import old\\n\",\n    \"x\"\n   ]");
    assert_eq!(changed(&list, "import old\n", ""), cell("[\n    \"x\"\n   ]"));
    assert_eq!(
        changed(&list, "import old\n", "import a\nimport b\n"),
        cell("[\n    \"import a\\n\",\n    \"import b\\n\",\n    \"x\"\n   ]")
    );
    assert_eq!(changed(&list, "\nx", ""), cell("[\n    \"import old\"\n   ]"));
    assert_eq!(changed(&cell("[\n    \"old\"\n   ]"), "old", "a\nb"), cell("[\n    \"a\\n\",\n    \"b\"\n   ]"));
    assert_eq!(changed(&cell("[\n    \"old\"\n   ]"), "old", ""), cell("[]"));
    assert_eq!(changed(&cell("\"old\""), "old", ""), cell("\"\""));
}

#[test]
fn code_stands_on_the_lines_of_its_json() {
    let json = "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"source\": [\n    \"a\\n\",\n    \"b\"\n   ]\n  }\n ]\n}";
    let (text, _) = laid(json);
    assert_eq!(text.lines().position(|line| line == "b"), Some(6));
}

#[test]
fn formats_three_and_four_and_other_languages() {
    let three =
        r#"{"worksheets": [{"cells": [{"cell_type": "code", "language": "python", "input": ["a"]}]}], "nbformat": 3}"#;
    assert_eq!(Notebook::read(three.into()).unwrap().sources().collect::<Vec<_>>(), ["a"]);
    let other = r#"{"metadata": {"kernelspec": {"language": "R"}}, "cells": [{"cell_type": "code", "source": "a"}]}"#;
    assert_eq!(Notebook::read(other.into()).unwrap().sources().count(), 0);
    assert!(Notebook::read(r#"{"cells": [{"cell_type": "code", "source": "\ud800"}]}"#.into()).is_err());
    assert!(Notebook::read(b"{\"cells\": [".to_vec()).is_err());
}
