//! Messages as they go over a pipe: headers, a blank line, JSON (Language Server Protocol, "Base Protocol").

use std::io::{self, BufRead, Read, Write};

use gen_lsp_types::ErrorCodes;
use gen_lsp_types::json_rpc::{Error, Id, RequestObject, ResponseObject};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The longest line of a header.
const LONGEST_HEADER: u64 = 8 << 10;

/// What comes in.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A request, a notification, or, without a method, an answer.
    Message(RequestObject),
    /// What cannot be understood, and whose it is; what follows can.
    Garbled(ResponseObject),
    /// What cannot be understood: where the next message begins is unknown.
    Lost(String),
}

/// The next message; `None` at the end of the input. A message is held in memory only as far as it has come.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let length = match read_length(input)? {
        None => return Ok(None),
        Some(Err(why)) => return Ok(Some(Incoming::Lost(why))),
        Some(Ok(length)) => length,
    };
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    Ok((body.len() as u64 == length).then(|| understood(&body)))
}

/// How long the body is, by the headers before it, or why nobody knows.
fn read_length(input: &mut impl BufRead) -> io::Result<Option<Result<u64, String>>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.take(LONGEST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let header = line.trim_end();
        if header.is_empty() && line.ends_with('\n') {
            return Ok(Some(length.ok_or_else(|| "a message has no `Content-Length`".to_owned())));
        }
        let Some((name, value)) = header.split_once(':').filter(|_| line.ends_with('\n')) else {
            return Ok(Some(Err("a header is no `name: value`".to_owned())));
        };
        if name.eq_ignore_ascii_case("content-length") {
            let Ok(found) = value.trim().parse() else {
                return Ok(Some(Err("a `Content-Length` is no number".to_owned())));
            };
            length = Some(found);
        }
    }
}

fn understood(body: &[u8]) -> Incoming {
    let value: Value = match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(error) => {
            return Incoming::Garbled(failure(Id::Null, ErrorCodes::ParseError, format!("no JSON: {error}")));
        }
    };
    RequestObject::deserialize(&value).map_or_else(
        |error| {
            let id = value.get("id").and_then(|id| Id::deserialize(id).ok()).unwrap_or(Id::Null);
            Incoming::Garbled(failure(id, ErrorCodes::InvalidRequest, format!("no request: {error}")))
        },
        Incoming::Message,
    )
}

/// The answer to a request that fails.
pub(super) fn failure(id: Id, code: ErrorCodes, message: String) -> ResponseObject {
    ResponseObject::from_error(id, Error { code, message, data: None })
}

/// Writes a message, all of it.
pub(super) fn write(out: &mut dyn Write, message: &impl Serialize) -> io::Result<()> {
    let body = serde_json::to_vec(message)?;
    write!(out, "Content-Length: {}\r\n\r\n", body.len())?;
    out.write_all(&body)?;
    out.flush()
}
