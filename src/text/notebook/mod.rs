//! Jupyter notebooks: the code of their cells as one text, and that text back in the JSON, of which all else stays byte for byte.
//!
//! The cells stand in the text in their order, each behind a line of its own that marks where it begins. Blank lines keep each
//! line of code on the line where its JSON has it, as far as the JSON has it on a line of its own. What only IPython
//! understands is masked by numbers that stand nowhere else.
//!
//! ```text
//! 0xCE1100000000                 marks the cell
//! from old import Old
//! 0xCE1100000001; x = Old()      %time x = Old()
//! ```

mod cell;
mod json;
#[cfg(test)]
mod tests;

use super::Span;
use cell::Cell;
use json::Broken;

/// A notebook as it was read: its bytes, and its code cells.
#[derive(Debug, PartialEq, Eq)]
pub struct Notebook {
    bytes: Vec<u8>,
    cells: Vec<Cell>,
    /// What all marks begin with.
    prefix: String,
    laid: Vec<Laid>,
}

/// A cell whose code is part of the text.
#[derive(Debug, PartialEq, Eq)]
struct Laid {
    cell: usize,
    mark: String,
    /// The code with its masks, as it stands in the text.
    code: String,
    /// What stands in the text, and what it stands for.
    masks: Vec<(String, String)>,
}

/// A part of a cell that is no Python: a number takes its place, between two pieces of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mask {
    pub span: Span,
    pub lead: &'static str,
    pub trail: &'static str,
}

/// What is to be made of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Python, but for the masks, which are sorted; and what they hide that may name something.
    Code { masks: Vec<Mask>, hidden: Vec<String> },
    /// No part of the text, and may name something.
    Unreadable,
    /// No part of the text.
    Foreign,
}

/// A cell that cannot be read, or a line of one: before which place of the text it stands, and what it says.
pub type Beside = (usize, String);

impl Notebook {
    /// The notebook that these bytes are, or the offset at which they are no JSON.
    pub fn read(bytes: Vec<u8>) -> Result<Self, (Vec<u8>, usize)> {
        match std::str::from_utf8(&bytes).map_err(|error| Broken(error.valid_up_to())).and_then(|_| cells(&bytes)) {
            Ok(cells) => {
                let is_taken = |prefix: &String| cells.iter().any(|cell| cell.text.contains(prefix.as_str()));
                let mut prefixes = (0xCE11..).map(|number| format!("0x{number:X}"));
                let prefix = prefixes.find(|prefix| !is_taken(prefix)).expect("some number stands nowhere");
                Ok(Self { bytes, cells, prefix, laid: Vec::new() })
            }
            Err(Broken(offset)) => Err((bytes, offset)),
        }
    }

    /// The code of each cell.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.text.as_str())
    }

    /// The code of a cell with its masks, for a look.
    pub fn masked(&self, cell: usize, masks: &[Mask]) -> String {
        self.mask(cell, masks, &mut 0).0
    }

    /// The text that the cells make, and where the cells that are left would stand in it.
    pub fn laid_out(mut self, contents: &[Content]) -> (String, Self, Vec<Beside>) {
        let (mut text, mut line, mut count, mut beside) = (String::new(), 1, 0, Vec::new());
        let (mut counted, mut at) = (1, 0);
        for (index, content) in contents.iter().enumerate() {
            let begin = self.cells[index].lines.first().map_or(at, |line| line.bytes.start);
            counted += memchr::memchr_iter(b'\n', &self.bytes[at.min(begin)..begin]).count();
            at = begin;
            while line + 1 < counted {
                text.push('\n');
                line += 1;
            }
            match content {
                Content::Foreign => {}
                Content::Unreadable => beside.push((text.len(), self.cells[index].text.clone())),
                Content::Code { masks, hidden } => {
                    beside.extend(hidden.iter().map(|hidden| (text.len(), hidden.clone())));
                    let mark = self.mark(&mut count);
                    let (code, masks) = self.mask(index, masks, &mut count);
                    [mark.as_str(), "\n", &code].iter().for_each(|part| text.push_str(part));
                    if !code.ends_with('\n') {
                        text.push('\n');
                    }
                    line += 1 + code.lines().count().max(1);
                    self.laid.push(Laid { cell: index, mark, code, masks });
                }
            }
        }
        (text, self, beside)
    }

    fn mark(&self, count: &mut u32) -> String {
        *count += 1;
        format!("{}{count:08X}", self.prefix)
    }

    fn mask(&self, cell: usize, masks: &[Mask], count: &mut u32) -> (String, Vec<(String, String)>) {
        let source = &self.cells[cell].text;
        let (mut code, mut made, mut at) = (String::new(), Vec::new(), 0);
        for mask in masks {
            let stands = format!("{}{}{}", mask.lead, self.mark(count), mask.trail);
            code.push_str(&source[at..mask.span.start()]);
            code.push_str(&stands);
            made.push((stands, mask.span.of(source).to_owned()));
            at = mask.span.end();
        }
        code.push_str(&source[at..]);
        (code, made)
    }

    /// The bytes of the notebook with this text; `None` if the text does not hold its cells as they were laid out.
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(self.bytes.len() + text.len());
        let (mut at, mut rest) = (0, text);
        for (index, laid) in self.laid.iter().enumerate() {
            rest = rest.split_once(laid.mark.as_str())?.1.strip_prefix('\n')?;
            let end = match self.laid.get(index + 1) {
                Some(next) => rest.find(next.mark.as_str())?,
                None => rest.len(),
            };
            let Some(code) = laid.changed(&rest[..end]) else { continue };
            let source = laid.unmasked(code, &self.prefix)?;
            let (span, bytes) = self.cells[laid.cell].written(&self.bytes, &source);
            out.extend_from_slice(&self.bytes[at..span.start]);
            out.extend(bytes);
            at = span.end;
        }
        out.extend_from_slice(&self.bytes[at..]);
        Some(out)
    }

    /// Where the line of code at `offset` of the text stands in the bytes.
    pub(super) fn file_offset(&self, text: &str, offset: usize) -> usize {
        let before = &text[..offset];
        // The marks of cells and of masks are numbered in one row.
        let cell_at = |(at, _): (usize, &str)| {
            let found =
                self.laid.partition_point(|laid| !before[at..].starts_with(&laid.mark) && *laid.mark < before[at..]);
            let laid = self.laid.get(found).filter(|laid| before[at..].starts_with(&laid.mark))?;
            Some((laid, at + laid.mark.len() + 1))
        };
        let Some((laid, begin)) = before.rmatch_indices(&self.prefix).find_map(cell_at) else { return 0 };
        let code = text.get(begin..offset).unwrap_or_default();
        let cell = &self.cells[laid.cell];
        let line = code.matches('\n').count();
        let Some(bytes) = cell.lines.get(line).map(|line| line.bytes.clone()) else {
            return cell.lines.last().map_or(0, |line| line.bytes.end);
        };
        let mut at = bytes.start;
        for _ in code.rsplit('\n').next().unwrap_or_default().chars() {
            at += cell::character(&self.bytes[at..bytes.end]).map_or(0, |(_, length)| length);
        }
        at
    }
}

impl Laid {
    /// The new code of the cell, without the blank lines behind it; `None` if it is the old one.
    fn changed<'t>(&self, new: &'t str) -> Option<Changed<'t>> {
        let trimmed = |code: &str| code.trim_end_matches('\n').len();
        let (old_end, new_end) = (trimmed(&self.code), trimmed(new));
        if self.code[..old_end] == new[..new_end] {
            return None;
        }
        let begins_blank = self.code.starts_with('\n');
        let code = if begins_blank { &new[..new_end] } else { new[..new_end].trim_start_matches('\n') };
        Some(Changed { code, ends: self.code.len() - old_end })
    }

    /// The code with what IPython understands in place of the masks; `None` if a mask is torn.
    fn unmasked(&self, changed: Changed, prefix: &str) -> Option<String> {
        let mut source = changed.code.to_owned();
        if source.contains(prefix) {
            for (stands, original) in &self.masks {
                source = source.replacen(stands.as_str(), original, 1);
            }
        }
        if source.contains(prefix) {
            return None;
        }
        if !source.is_empty() {
            source.push_str(&"\n".repeat(changed.ends));
        }
        Some(source)
    }
}

/// New code of a cell, and how many line feeds end it.
struct Changed<'t> {
    code: &'t str,
    ends: usize,
}

/// The code cells of a notebook of format 3 or 4, if its language is Python.
fn cells(bytes: &[u8]) -> Result<Vec<Cell>, Broken> {
    let root = json::blank(bytes, 0);
    let end = json::blank(bytes, json::end(bytes, root)?);
    if end < bytes.len() || bytes.get(root) != Some(&b'{') {
        return Err(Broken(end.min(bytes.len())));
    }
    if !is_python(bytes, root)? {
        return Ok(Vec::new());
    }
    let mut lists: Vec<usize> = json::member(bytes, root, "cells")?.into_iter().collect();
    for sheet in json::member(bytes, root, "worksheets")?.map_or(Ok(Vec::new()), |sheets| json::items(bytes, sheets))? {
        lists.extend(json::member(bytes, sheet, "cells")?);
    }
    let mut found = Vec::new();
    for list in lists {
        for cell in json::items(bytes, list)? {
            let members = json::members(bytes, cell)?;
            let value = |key: &str| members.iter().rev().find(|(name, _)| *name == key.as_bytes()).map(|(_, at)| *at);
            let text = |key: &str| value(key).and_then(|at| json::spelled(bytes, at));
            let is_code = text("cell_type") == Some(b"code") && text("language").is_none_or(|name| name == b"python");
            if let Some(source) = value("source").or(value("input")).filter(|_| is_code) {
                found.push(Cell::read(bytes, source).ok_or(Broken(source))?);
            }
        }
    }
    Ok(found)
}

/// Whether the notebook says no other language.
fn is_python(bytes: &[u8], root: usize) -> Result<bool, Broken> {
    let Some(metadata) = json::member(bytes, root, "metadata")? else { return Ok(true) };
    for (holder, key) in [("kernelspec", "language"), ("language_info", "name")] {
        let Some(holder) = json::member(bytes, metadata, holder)? else { continue };
        let language = json::member(bytes, holder, key)?.and_then(|at| json::spelled(bytes, at));
        if language.is_some_and(|language| !language.starts_with(b"python") && !language.starts_with(b"ipython")) {
            return Ok(false);
        }
    }
    Ok(true)
}
