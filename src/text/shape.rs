//! The byte-exact shape of a source file: its byte-order mark and the encoding that it declares (PEP 263).

use std::sync::Arc;

use super::Notebook;
use super::cookie::declared_encoding;
use super::single_byte::Table;

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// How the decoded text becomes the bytes of the file again.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Shape {
    /// The file starts with the UTF-8 byte-order mark, which is no part of the decoded text.
    pub mark: bool,
    encoding: Encoding,
}

#[derive(Clone, Debug, PartialEq, Eq, Default)]
enum Encoding {
    #[default]
    Utf8,
    SingleByte(&'static Table),
    /// The text is the code of the cells.
    Cells(Arc<Notebook>),
}

/// Why the bytes of a file cannot be mapped to text and back without a loss.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    #[error("byte {offset} is not valid UTF-8 and no other encoding is declared")]
    NotUtf8 { offset: usize },
    #[error("encoding `{name}` is not supported")]
    Unsupported { name: String },
    #[error("byte {offset} means nothing in the declared encoding `{name}`")]
    NotInEncoding { name: String, offset: usize },
    #[error("encoding `{name}` is declared after a UTF-8 byte-order mark")]
    MarkContradicted { name: String },
    #[error("holds a NUL byte at {offset}, which Python refuses in source")]
    Nul { offset: usize },
    #[error("is no notebook: not valid JSON at byte {offset}")]
    NotANotebook { offset: usize },
}

/// Bytes that are no text, given back with the reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct Undecoded {
    pub bytes: Vec<u8>,
    pub error: ShapeError,
}

impl Shape {
    /// The text of a file, without its byte-order mark, and the shape that gives exactly `bytes` back.
    ///
    /// Line ends stay as they are. UTF-8 is not copied.
    pub fn decode(bytes: Vec<u8>) -> Result<(String, Shape), Undecoded> {
        match Self::declared(&bytes) {
            Ok(shape) => shape.text_of(bytes),
            Err(error) => Err(Undecoded { bytes, error }),
        }
    }

    /// The same for a file that is not Python: UTF-8, with or without a mark, whatever its first lines say.
    pub fn decode_utf8(bytes: Vec<u8>) -> Result<(String, Shape), Undecoded> {
        let shape = Shape { mark: bytes.starts_with(MARK), encoding: Encoding::Utf8 };
        shape.text_of(bytes)
    }

    /// The bytes of `text` in this shape; `None` if a character has no byte in the encoding.
    pub fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let body = match &self.encoding {
            Encoding::Cells(notebook) => return notebook.encode(text),
            Encoding::Utf8 if !self.mark => return Some(text.as_bytes().to_vec()),
            Encoding::Utf8 => return Some([MARK, text.as_bytes()].concat()),
            Encoding::SingleByte(table) => table.encode(text)?,
        };
        Some(body)
    }

    /// Whether the file is UTF-8, and its text is all of it but the byte-order mark.
    pub fn is_utf8(&self) -> bool {
        self.encoding == Encoding::Utf8
    }

    /// Where the byte at `offset` of the text stands in the file; in a notebook its line of code.
    pub fn file_offset(&self, text: &str, offset: usize) -> Option<usize> {
        match &self.encoding {
            Encoding::Cells(notebook) => Some(notebook.file_offset(text, offset)),
            _ => Some(self.encode(&text[..offset])?.len()),
        }
    }

    /// The shape of a notebook of which the text has been laid out.
    pub fn cells(notebook: Notebook) -> Shape {
        Shape { mark: false, encoding: Encoding::Cells(Arc::new(notebook)) }
    }

    /// The shape that the first two lines ask for.
    fn declared(bytes: &[u8]) -> Result<Shape, ShapeError> {
        if let Some(offset) = memchr::memchr(0, bytes) {
            return Err(ShapeError::Nul { offset });
        }
        let body = bytes.strip_prefix(MARK);
        let mark = body.is_some();
        let Some(name) = declared_encoding(body.unwrap_or(bytes)) else {
            return Ok(Shape { mark, encoding: Encoding::Utf8 });
        };
        let spelled = || name.to_owned();
        match encoding_named(name) {
            // After a mark CPython compares spellings: `utf_8` agrees with it, `utf8` does not.
            _ if mark && tokenizer_name(name) != "utf-8" => Err(ShapeError::MarkContradicted { name: spelled() }),
            Some(encoding) => Ok(Shape { mark, encoding }),
            None => Err(ShapeError::Unsupported { name: spelled() }),
        }
    }

    fn text_of(self, mut bytes: Vec<u8>) -> Result<(String, Shape), Undecoded> {
        match self.encoding {
            Encoding::Cells(_) | Encoding::Utf8 => {
                let start = if self.mark { MARK.len() } else { 0 };
                bytes.drain(..start);
                String::from_utf8(bytes).map(|text| (text, self)).map_err(|error| {
                    let offset = start + error.utf8_error().valid_up_to();
                    let bytes = [&MARK[..start], error.as_bytes()].concat();
                    Undecoded { bytes, error: ShapeError::NotUtf8 { offset } }
                })
            }
            Encoding::SingleByte(table) => match table.decode(&bytes) {
                Ok(text) => Ok((text, self)),
                Err(offset) => {
                    let name = declared_encoding(&bytes).unwrap_or_default().to_owned();
                    Err(Undecoded { bytes, error: ShapeError::NotInEncoding { name, offset } })
                }
            },
        }
    }
}

/// The encoding that Python finds under a spelled name, if it maps byte for byte both ways.
fn encoding_named(name: &str) -> Option<Encoding> {
    const UTF8: [&str; 7] = ["u8", "utf", "utf8", "utf8_ucs2", "utf8_ucs4", "cp65001", "utf_8"];
    let name = codec_name(&tokenizer_name(name));
    if UTF8.contains(&name.as_str()) {
        return Some(Encoding::Utf8);
    }
    Table::named(&name).map(Encoding::SingleByte)
}

/// What CPython's tokenizer makes of a name before it asks for a codec: a suffix such as `-unix` goes.
fn tokenizer_name(name: &str) -> String {
    let plain: String = name.chars().take(12).map(|c| if c == '_' { '-' } else { c.to_ascii_lowercase() }).collect();
    let is = |known: &str| plain.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    if is("utf-8") {
        "utf-8".to_owned()
    } else if ["latin-1", "iso-8859-1", "iso-latin-1"].into_iter().any(is) {
        "iso-8859-1".to_owned()
    } else {
        name.to_owned()
    }
}

/// A name as Python's `encodings` package looks it up: lower case, other characters collapsed to one underscore.
fn codec_name(name: &str) -> String {
    let is_kept = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let parts: Vec<&str> = name.split(|c| !is_kept(c)).filter(|part| !part.is_empty()).collect();
    parts.join("_").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(bytes: &[u8]) -> Result<&'static str, String> {
        let (text, shape) = Shape::decode(bytes.to_vec()).map_err(|undecoded| {
            assert_eq!(undecoded.bytes, bytes);
            undecoded.error.to_string()
        })?;
        assert_eq!(shape.encode(&text).as_deref(), Some(bytes));
        Ok(match shape.encoding {
            Encoding::Utf8 | Encoding::Cells(_) => "utf-8",
            Encoding::SingleByte(_) => "single byte",
        })
    }

    /// Each answer is what CPython 3.11 gives for the file.
    #[test]
    fn declarations_are_read_as_cpython_reads_them() {
        for bytes in [
            b"# coding: latin-1-unix\nx='\xe9'\n".as_slice(),
            b"\x0c # coding: latin-1\rx='\xe9'\r",
            b"#!x\r# coding: latin-1\rx='\xe9'\r",
            b"#!x\r\n# coding: latin-1\r\nx='\xe9'\r\n",
            b"# coding:\n# coding: latin-1\nx='\xe9'\n",
            b"# encoding=latin-1\nx='\xe9'\n",
            b"# coding: ISO_8859-1\nx='\xe9'\n",
            b"# coding: latin--1\nx='\xe9'\n",
            b"\x0c\n# coding: latin-1\nx='\xe9'\n",
            b" \t\n# coding: latin-1\nx='\xe9'\n",
            b"# coding: iso-latin-1-unix\nx='\xe9'\n",
            b"# vim: set fileencoding=cp1252 :\nx='\xe9'\n",
        ] {
            assert_eq!(name_of(bytes), Ok("single byte"), "{}", bytes.escape_ascii());
        }
        for bytes in [
            b"".as_slice(),
            b"\xef\xbb\xbf",
            b"\xef\xbb\xbf# coding: utf-8\n",
            b"\xef\xbb\xbf# coding: utf_8\n",
            b"\xef\xbb\xbf# coding: utf-8-sig\n",
            b"# coding: u8\nx='\xc3\xa9'\n",
            b"# coding: utf-8-unix\nx='\xc3\xa9'\n",
            b"# coding: utf_8_sig\nx='\xc3\xa9'\n",
            b"# Coding: latin-1\n",
            b"x = 1 # coding: latin-1\n",
        ] {
            assert_eq!(name_of(bytes), Ok("utf-8"), "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn what_cpython_refuses_is_refused_by_name() {
        for (bytes, why) in [
            (b"\xef\xbb\xbf# coding: utf8\n".as_slice(), "encoding `utf8` is declared after a UTF-8 byte-order mark"),
            (b"\xef\xbb\xbf# coding: latin-1\n", "encoding `latin-1` is declared after a UTF-8 byte-order mark"),
            (b"# coding: utf8-x\n", "encoding `utf8-x` is not supported"),
            (b"# coding: coding: latin-1\n", "encoding `coding` is not supported"),
            (b"# coding: shift-jis\n", "encoding `shift-jis` is not supported"),
            (b"x=1\n# coding: latin-1\ny='\xe9'\n", "byte 25 is not valid UTF-8 and no other encoding is declared"),
            (b"'''\n# coding: latin-1\n\xe9'''\n", "byte 22 is not valid UTF-8 and no other encoding is declared"),
            (b"\n\n# coding: latin-1\nx='\xe9'\n", "byte 23 is not valid UTF-8 and no other encoding is declared"),
            (b"\xef\xbb\xbfx='\xe9'\n", "byte 6 is not valid UTF-8 and no other encoding is declared"),
            (b"# coding : latin-1\nx='\xe9'\n", "byte 22 is not valid UTF-8 and no other encoding is declared"),
            (b"# coding: ascii\nx='\xe9'\n", "byte 19 means nothing in the declared encoding `ascii`"),
            (b"# coding: cp1252\nx='\x81'\n", "byte 20 means nothing in the declared encoding `cp1252`"),
            (b"x='\x00'\n", "holds a NUL byte at 3, which Python refuses in source"),
        ] {
            assert_eq!(name_of(bytes), Err(why.to_owned()), "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn a_new_text_keeps_every_byte_that_it_shares_with_the_old_one() {
        let (text, shape) = Shape::decode(b"# coding: cp1252\r\n\x0cOld = '\x80'\r\xa0x".to_vec()).unwrap();
        let changed = shape.encode(&text.replace("Old", "New")).unwrap();
        assert_eq!(changed, b"# coding: cp1252\r\n\x0cNew = '\x80'\r\xa0x");
        assert_eq!(shape.encode("日本"), None);
    }
}
