//! A text without the bodies of its functions, for who asks only what runs when a module is imported.

use memchr::memmem;

use super::Scan;

/// The same text, of the same length, where the body of a function is `0` and blanks.
///
/// Bodies that can say what the module is stay: those with `global`, `globals`, `__all__`, and a `__getattr__` of any kind.
pub(in crate::python) fn without_bodies(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for body in bodies(text) {
        bytes[body.start..body.end].fill(b' ');
        bytes[body.start] = b'0';
    }
    String::from_utf8(bytes).expect("whole statements were replaced")
}

/// From the first statement of a function to the end of its last line.
struct Body {
    start: usize,
    end: usize,
}

/// A function whose body has not ended.
struct Open {
    /// Where its header begins, and how far that is indented.
    header: usize,
    width: usize,
    /// Where its body begins, once there is one.
    body: Option<usize>,
}

/// Outermost functions with a suite of their own lines, in order.
fn bodies(text: &str) -> Vec<Body> {
    let mut scan = Scan::new(text);
    let mut found = Vec::new();
    let mut open: Option<Open> = None;
    let mut seen = None;
    loop {
        if seen != Some(scan.first) {
            seen = Some(scan.first);
            let width = scan.width();
            open = match open {
                Some(function) if width > function.width => Some(function.with_body(scan.first)),
                ended => {
                    found.extend(ended.and_then(|function| function.found(text, scan.line)));
                    let is_function = is_function(&text.as_bytes()[scan.first..]);
                    is_function.then_some(Open { header: scan.first, width, body: None })
                }
            };
        }
        if scan.at >= text.len() {
            found.extend(open.and_then(|function| function.found(text, text.len())));
            return found;
        }
        scan.step();
    }
}

impl Open {
    fn with_body(self, start: usize) -> Self {
        Self { body: Some(self.body.unwrap_or(start)), ..self }
    }

    /// The body, which ends before the line at `next`; `None` if it stays.
    fn found(self, text: &str, next: usize) -> Option<Body> {
        let whole = &text.as_bytes()[self.header..next];
        let stays =
            ["global", "__all__", "__getattr__"].iter().any(|word| memmem::find(whole, word.as_bytes()).is_some());
        let end = text[..next].trim_end_matches(['\n', '\r']).len();
        self.body.filter(|_| !stays).map(|start| Body { start, end })
    }
}

/// Whether a statement begins with `def` or `async def`.
fn is_function(statement: &[u8]) -> bool {
    let statement = statement.strip_prefix(b"async").map_or(statement, <[u8]>::trim_ascii_start);
    statement
        .strip_prefix(b"def")
        .is_some_and(|rest| rest.first().is_some_and(|next| matches!(next, b' ' | b'\t' | b'\\')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let short = without_bodies(text);
        assert_eq!(short.len(), text.len());
        short.lines().map(|line| line.trim_end().to_owned()).collect()
    }

    #[test]
    fn bodies_of_functions_go() {
        let text = "import a\n\n@b\ndef f(\n    x=1,\n):\n    \"\"\"Text\ndef g(): pass\n\"\"\"\n    import c\n\n    def h():\n        pass\n# end\nd = 2\n";
        assert_eq!(lines(text), ["import a", "", "@b", "def f(", "    x=1,", "):", "    0", "d = 2"]);
    }

    #[test]
    fn methods_go_and_classes_stay() {
        let text = "class A:\r\n\tasync def f(self):\r\n\t\treturn 1\r\n\r\n\tx = 1\r\n\tdef g(self): return 2\r\n\tdefault = 3\r\n";
        assert_eq!(
            lines(text),
            ["class A:", "\tasync def f(self):", "\t\t0", "", "\tx = 1", "\tdef g(self): return 2", "\tdefault = 3"]
        );
    }

    #[test]
    fn bodies_that_say_what_the_module_is_stay() {
        for text in [
            "def f():\n    global x\n    x = 1\n",
            "def __getattr__(name):\n    return 1\n",
            "def f():\n    __all__.append('x')",
        ] {
            assert_eq!(without_bodies(text), text);
        }
    }

    #[test]
    fn a_body_can_end_with_the_file() {
        assert_eq!(lines("def f():\n  é = 1\n  return é"), ["def f():", "  0"]);
        assert_eq!(lines("def f():\n  # nothing"), ["def f():", "  # nothing"]);
    }
}
