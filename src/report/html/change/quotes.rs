//! Whether a place in Python source lies inside a string: what stands around it decides how a browser colours it.

/// The longer ones first.
const QUOTES: [&str; 4] = ["\"\"\"", "'''", "\"", "'"];

/// A reader of source, from its beginning on.
#[derive(Default)]
pub(super) struct Quotes {
    open: Option<&'static str>,
}

impl Quotes {
    /// The quotes of the string that is open after what was read; nothing if none is.
    pub(super) fn open(&self) -> &'static str {
        self.open.unwrap_or_default()
    }

    pub(super) fn read(&mut self, mut source: &[u8]) {
        while let Some(&first) = source.first() {
            let begins = |quotes: &&str| source.starts_with(quotes.as_bytes());
            let length = match self.open {
                Some(quotes) if begins(&quotes) => {
                    self.open = None;
                    quotes.len()
                }
                Some(_) if first == b'\\' => 2,
                Some(quotes) => {
                    // A string in single quotes ends with its line, whatever stands there.
                    self.open = Some(quotes).filter(|quotes| quotes.len() > 1 || first != b'\n');
                    1
                }
                None if first == b'#' => source.iter().position(|&byte| byte == b'\n').unwrap_or(source.len()),
                None => {
                    self.open = QUOTES.into_iter().find(begins);
                    self.open.map_or(1, str::len)
                }
            };
            source = source.get(length..).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_open_string_is_open() {
        let sources = [
            ("a = 'b'\n", ""),
            ("'''docs\n", "'''"),
            ("'''docs\n'''\n", ""),
            ("# it's\n", ""),
            ("x = '#'  # \"\"\"\n", ""),
            ("\"\"\"a ''' \\\"\"\"\n", "\"\"\""),
            ("x = 'torn\ny = 1\n", ""),
            ("x = r'\\", "'"),
        ];
        for (source, open) in sources {
            let mut quotes = Quotes::default();
            quotes.read(source.as_bytes());
            assert_eq!(quotes.open(), open, "{source}");
        }
    }
}
