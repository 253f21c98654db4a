//! The byte-exact shape of a source file: its byte-order mark and the encoding that it declares (PEP 263).

/// How the decoded text becomes the bytes of the file again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Shape {
    /// The file starts with the UTF-8 byte-order mark, which is no part of the decoded text.
    pub mark: bool,
    encoding: Encoding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Encoding {
    #[default]
    Utf8,
    Latin1,
}

/// Why the bytes of a file cannot be mapped to text and back without a loss.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    #[error("byte {offset} is not valid UTF-8 and no encoding is declared")]
    NotUtf8 { offset: usize },
    #[error("encoding `{name}` is not supported")]
    Unsupported { name: String },
    #[error("holds a NUL byte at {offset}, which Python refuses in source")]
    Nul { offset: usize },
}
