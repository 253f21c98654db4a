//! The encoding that a source file declares in its first two lines (PEP 263), read as CPython's tokenizer reads it.

/// The name after `coding:` or `coding=` in a comment that fills line 1, or line 2 if line 1 says nothing else.
///
/// ```python
/// #!/usr/bin/env python
/// # -*- coding: latin-1 -*-
/// ```
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&str> {
    let mut lines = bytes.split(|&byte| byte == b'\n' || byte == b'\r');
    let first = lines.next()?;
    if let Some(name) = named_in(first) {
        return Some(name);
    }
    let mut second = lines.next()?;
    let ended_by_both = bytes.get(first.len()..first.len() + 2) == Some(b"\r\n".as_slice());
    if ended_by_both {
        second = lines.next()?;
    }
    if is_blank_or_comment(first) { named_in(second) } else { None }
}

/// The encoding named in one line, if the line is a comment that names one.
fn named_in(line: &[u8]) -> Option<&str> {
    let comment = after(line, is_blank);
    if comment.first() != Some(&b'#') {
        return None;
    }
    memchr::memmem::find_iter(comment, "coding").find_map(|found| {
        let rest = &comment[found + "coding".len()..];
        let value = rest.strip_prefix(b":").or_else(|| rest.strip_prefix(b"="))?;
        let value = after(value, |byte| byte == b' ' || byte == b'\t');
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let length = value.iter().take_while(|byte| is_name(byte)).count();
        (length > 0).then(|| std::str::from_utf8(&value[..length]).expect("a name is ASCII"))
    })
}

fn is_blank_or_comment(line: &[u8]) -> bool {
    after(line, is_blank).first().is_none_or(|&byte| byte == b'#')
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\x0c')
}

/// What follows the first bytes of `line` that `is_skipped`.
fn after(line: &[u8], is_skipped: fn(u8) -> bool) -> &[u8] {
    let start = line.iter().position(|&byte| !is_skipped(byte)).unwrap_or(line.len());
    &line[start..]
}
