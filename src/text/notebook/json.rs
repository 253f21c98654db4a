//! JSON by its places: values are found and stepped over, never changed. As Python's `json` reads it (`NaN` and `Infinity`
//! included), in linear time and without recursion over its depth.

/// The offset at which a text is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Broken(pub(super) usize);

type At = Result<usize, Broken>;

/// The first byte at or after `at` that is no blank.
pub(super) fn blank(json: &[u8], at: usize) -> usize {
    let rest = json.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).unwrap_or(rest.len())
}

/// Where the value ends that begins at `at`.
pub(super) fn end(json: &[u8], at: usize) -> At {
    let mut open = Vec::new();
    let mut at = at;
    loop {
        let opened = json.get(at).copied().filter(|byte| matches!(byte, b'{' | b'['));
        if let Some(bracket) = opened {
            let inner = blank(json, at + 1);
            let closing = if bracket == b'{' { b'}' } else { b']' };
            if json.get(inner) != Some(&closing) {
                open.push(closing);
                at = if bracket == b'{' { value_of_key(json, inner)? } else { inner };
                continue;
            }
            at = inner + 1;
        } else {
            at = if json.get(at) == Some(&b'"') { string_end(json, at)? } else { scalar_end(json, at)? };
        }
        loop {
            let Some(closing) = open.last().copied() else { return Ok(at) };
            at = blank(json, at);
            match json.get(at) {
                Some(b',') => {
                    let next = blank(json, at + 1);
                    at = if closing == b'}' { value_of_key(json, next)? } else { next };
                    break;
                }
                Some(byte) if *byte == closing => {
                    open.pop();
                    at += 1;
                }
                _ => return Err(Broken(at)),
            }
        }
    }
}

/// The members of the object at `at`: each key as it is spelled, with the place of its value. No members in what is none.
pub(super) fn members(json: &[u8], at: usize) -> Result<Vec<(&[u8], usize)>, Broken> {
    let mut members = Vec::new();
    let mut next = blank(json, at + 1);
    while json.get(at) == Some(&b'{') && json.get(next) != Some(&b'}') {
        let key = &json[next + 1..string_end(json, next)? - 1];
        let value = value_of_key(json, next)?;
        members.push((key, value));
        next = blank(json, end(json, value)?);
        if json.get(next) == Some(&b',') {
            next = blank(json, next + 1);
        }
    }
    Ok(members)
}

/// The value of the last member with this key.
pub(super) fn member(json: &[u8], at: usize, key: &str) -> Result<Option<usize>, Broken> {
    let found = members(json, at)?.into_iter().rev().find(|(name, _)| *name == key.as_bytes());
    Ok(found.map(|(_, value)| value))
}

/// The places of the items of the array at `at`. No items in what is none.
pub(super) fn items(json: &[u8], at: usize) -> Result<Vec<usize>, Broken> {
    let mut items = Vec::new();
    let mut next = blank(json, at + 1);
    while json.get(at) == Some(&b'[') && json.get(next) != Some(&b']') {
        items.push(next);
        next = blank(json, end(json, next)?);
        if json.get(next) == Some(&b',') {
            next = blank(json, next + 1);
        }
    }
    Ok(items)
}

/// What stands between the quotes of the string at `at`, as it is spelled.
pub(super) fn spelled(json: &[u8], at: usize) -> Option<&[u8]> {
    (json.get(at) == Some(&b'"')).then(|| string_end(json, at).ok().map(|end| &json[at + 1..end - 1]))?
}

fn value_of_key(json: &[u8], key: usize) -> At {
    let colon = blank(json, string_end(json, key)?);
    match json.get(colon) {
        Some(b':') => Ok(blank(json, colon + 1)),
        _ => Err(Broken(colon)),
    }
}

fn string_end(json: &[u8], at: usize) -> At {
    if json.get(at) != Some(&b'"') {
        return Err(Broken(at));
    }
    let mut next = at + 1;
    loop {
        match json.get(next) {
            Some(b'"') => return Ok(next + 1),
            Some(b'\\') => {
                let length = match json.get(next + 1) {
                    Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
                    Some(b'u') if is_hex(json.get(next + 2..next + 6)) => 6,
                    _ => return Err(Broken(next)),
                };
                next += length;
            }
            Some(0..=0x1f) | None => return Err(Broken(next)),
            Some(_) => next += 1,
        }
    }
}

fn is_hex(digits: Option<&[u8]>) -> bool {
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

fn scalar_end(json: &[u8], at: usize) -> At {
    let rest = json.get(at..).unwrap_or_default();
    let is_end = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r');
    let scalar = &rest[..rest.iter().position(is_end).unwrap_or(rest.len())];
    let is_word = matches!(scalar, b"true" | b"false" | b"null" | b"NaN" | b"Infinity" | b"-Infinity");
    if is_word || is_number(scalar) { Ok(at + scalar.len()) } else { Err(Broken(at)) }
}

fn is_number(scalar: &[u8]) -> bool {
    let digits = scalar.strip_prefix(b"-").unwrap_or(scalar);
    let starts = digits.first().is_some_and(u8::is_ascii_digit)
        && !(digits.len() > 1 && digits[0] == b'0' && digits[1].is_ascii_digit());
    let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    let text = std::str::from_utf8(digits).ok();
    starts && digits.iter().all(is_part) && text.is_some_and(|text| text.parse::<f64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_python_reads_is_stepped_over() {
        for json in
            ["{}", "[]", r#"{"a": [1, -2.5e+3, {"b": "\u00e9\"\\"}], "c": null}"#, "[NaN, -Infinity, true]", "0"]
        {
            assert_eq!(end(json.as_bytes(), 0), Ok(json.len()), "{json}");
        }
    }

    #[test]
    fn what_python_refuses_is_broken() {
        for json in
            ["", "{", "[1,]", "{\"a\" 1}", "{\"a\": 1,}", "[tru]", "\"\\x\"", "\"\n\"", "[01]", "[1}", "{1: 2}", "-"]
        {
            assert!(end(json.as_bytes(), 0).is_err(), "{json}");
        }
    }

    #[test]
    fn depth_takes_no_stack() {
        let json = ["[".repeat(200_000), "]".repeat(200_000)].concat();
        assert_eq!(end(json.as_bytes(), 0), Ok(json.len()));
    }
}
