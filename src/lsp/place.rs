//! Paths of the tree and the URIs that an editor has for them (RFC 8089).

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;

use crate::report::sarif::escaped;

/// Where the tree lies, as the disk says and as the editor says.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// The tree's top; no part of it is a link.
    pub(super) top: PathBuf,
    /// The editor's folder, with whatever links it goes through.
    pub(super) asked: PathBuf,
    /// The same folder below the top.
    pub(super) real: PathBuf,
    /// Where the names of rule files start from.
    pub(super) rules: PathBuf,
}

impl Places {
    /// The path relative to the tree, `/`-separated; `None` if the URI names nothing in it.
    pub(super) fn path_of(&self, uri: &Uri) -> Option<String> {
        let path = self.real_path_of(uri)?;
        let inside = path.strip_prefix(&self.top).ok()?;
        inside.to_str().filter(|inside| !inside.is_empty()).map(str::to_owned)
    }

    /// The path of a file without the links that the editor goes through.
    pub(super) fn real_path_of(&self, uri: &Uri) -> Option<PathBuf> {
        let path = path_of(uri)?;
        Some(path.strip_prefix(&self.asked).map_or_else(|_| path.clone(), |rest| self.real.join(rest)))
    }

    /// The URI of a path relative to the tree.
    pub(super) fn uri_of(&self, path: &str) -> Uri {
        self.uri_of_file(&self.top.join(path))
    }

    /// The URI of a file, as the editor would spell it.
    pub(super) fn uri_of_file(&self, path: &Path) -> Uri {
        uri_of(&path.strip_prefix(&self.real).map_or_else(|_| path.to_owned(), |rest| self.asked.join(rest)))
    }
}

/// The absolute path that a `file:` URI names on this machine.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let (scheme, rest) = uri.0.split_once("://")?;
    let rest = rest.split(['?', '#']).next()?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let is_here = scheme.eq_ignore_ascii_case("file") && (host.is_empty() || host.eq_ignore_ascii_case("localhost"));
    let path = decoded(path)?;
    (is_here && !path.contains('\0')).then(|| PathBuf::from(path))
}

/// The `file:` URI of an absolute path.
fn uri_of(path: &Path) -> Uri {
    Uri(format!("file://{}", escaped(&path.to_string_lossy())))
}

/// The text with `%41` read as `A`; `None` if it is escaped wrongly or no UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, after) = rest.split_at_checked(2)?;
        let digit = |byte: u8| char::from(byte).to_digit(16);
        bytes.push((digit(digits[0])? * 16 + digit(digits[1])?) as u8);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_comes_back_from_its_uri() {
        for path in ["/a b/c%20d/é\u{1f600}.py", "/x#y?z/[1]/+&=.py", "/plain/~file_-.py"] {
            let uri = uri_of(Path::new(path));
            assert_eq!(path_of(&uri).as_deref(), Some(Path::new(path)), "{uri:?}");
            assert!(uri.0.is_ascii());
        }
        assert_eq!(uri_of(Path::new("/a b/%.py")).0, "file:///a%20b/%25.py");
    }

    #[test]
    fn what_names_no_file_of_this_machine_is_none() {
        for uri in [
            "",
            "file:",
            "file://",
            "file://other/a",
            "untitled:a",
            "http://a/b",
            "file:///%",
            "file:///%f",
            "file:///%ff",
        ] {
            assert_eq!(path_of(&uri.into()), None, "{uri}");
        }
        assert_eq!(path_of(&"FILE://localhost/a%2Fb?c#d".into()), Some("/a/b".into()));
    }

    #[test]
    fn the_folder_that_the_editor_names_may_go_through_a_link() {
        let places =
            Places { top: "/real".into(), asked: "/link/pkg".into(), real: "/real/pkg".into(), ..Places::default() };
        assert_eq!(places.path_of(&"file:///link/pkg/a.py".into()).as_deref(), Some("pkg/a.py"));
        assert_eq!(places.path_of(&"file:///real/b.py".into()).as_deref(), Some("b.py"));
        assert_eq!(places.path_of(&"file:///other/b.py".into()), None);
        assert_eq!(places.uri_of("pkg/a.py").0, "file:///link/pkg/a.py");
        assert_eq!(places.uri_of("b.py").0, "file:///real/b.py");
    }
}
