//! An editor that follows a script: it speaks to `unshim lsp` over pipes, and makes the edits that it is given.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// What became of the files of a tree, by path; `None` if it is gone.
pub(crate) type Changed = BTreeMap<String, Option<String>>;

/// A tree in a temporary folder.
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary folder"));
        files.iter().for_each(|(path, text)| place.write(path, text));
        let mut git = Command::new("git");
        git.args(["init", "--quiet"]).current_dir(place.path()).env("GIT_CONFIG_GLOBAL", "/dev/null");
        assert!(git.status().expect("git is there").success());
        place
    }

    pub(crate) fn path(&self) -> PathBuf {
        fs::canonicalize(self.0.path()).expect("the folder is there")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).expect("the file is there")
    }

    pub(crate) fn uri(&self, path: &str) -> String {
        let escaped = path.replace('%', "%25").replace(' ', "%20").replace('é', "%C3%A9");
        format!("file://{}/{escaped}", self.path().display())
    }

    fn path_of(&self, uri: &str) -> String {
        let path = uri.strip_prefix(&self.uri("")).expect("a file of the tree");
        path.replace("%20", " ").replace("%C3%A9", "é").replace("%25", "%")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unshim"));
        command.args(arguments).current_dir(self.path()).env("XDG_STATE_HOME", self.path().join(".git"));
        command
    }

    /// What `unshim diff` shows for a path.
    pub(crate) fn diff(&self, path: &str) -> Changed {
        let output = self.command(&["diff", "--output-format", "json", path]).output().expect("the program runs");
        let diff: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let changed = |change: &Value| {
            let path = text(&change["path"]);
            let mut edits: Vec<&Value> = change["edits"].as_array().into_iter().flatten().collect();
            edits.reverse();
            let mut changed = self.read(&path);
            for edit in edits {
                let offset = |key: &str| edit[key].as_u64().expect("an offset") as usize;
                changed.replace_range(offset("start")..offset("end"), &text(&edit["text"]));
            }
            (path, (change["action"] != "delete").then_some(changed))
        };
        diff["changes"].as_array().expect("a list").iter().map(changed).collect()
    }
}

pub(crate) struct Editor<'p> {
    place: &'p Place,
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    requests: i64,
    is_utf8: bool,
}

impl<'p> Editor<'p> {
    /// An editor that counts in UTF-16 and can do what is needed.
    pub(crate) fn new(place: &'p Place) -> Self {
        Self::with(place, &["utf-16"])
    }

    pub(crate) fn with(place: &'p Place, encodings: &[&str]) -> Self {
        let mut editor = Self::silent(place, &["lsp"]);
        editor.is_utf8 = encodings.contains(&"utf-8");
        let capabilities = json!({
            "general": { "positionEncodings": encodings },
            "workspace": {
                "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] },
                "didChangeWatchedFiles": { "dynamicRegistration": true },
            },
            "textDocument": { "publishDiagnostics": { "codeDescriptionSupport": true } },
        });
        let root = place.uri("").trim_end_matches('/').to_owned();
        let greeting =
            editor.ask("initialize", json!({ "processId": null, "rootUri": root, "capabilities": capabilities }));
        let chosen = if editor.is_utf8 { "utf-8" } else { "utf-16" };
        assert_eq!(greeting["result"]["capabilities"]["positionEncoding"], chosen, "{greeting}");
        editor.tell("initialized", json!({}));
        let watch = editor.wait(|message| message["method"] == "client/registerCapability");
        editor.send(&json!({ "jsonrpc": "2.0", "id": watch["id"], "result": null }));
        editor
    }

    /// An editor that has not said anything yet.
    pub(crate) fn silent(place: &'p Place, arguments: &[&str]) -> Self {
        let mut command = place.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program runs");
        let input = child.stdin.take().expect("a pipe");
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || {
            while let Some(message) = received(&mut output)
                && sender.send(message).is_ok()
            {}
        });
        Self { place, child, input, messages, requests: 100, is_utf8: false }
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        self.input.write_all(bytes).expect("the server listens");
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The answer to a request, with `result` or `error`.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    /// The next message that is meant.
    pub(crate) fn wait(&mut self, is_meant: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("the server answers");
            if is_meant(&message) {
                return message;
            }
        }
    }

    pub(crate) fn open(&mut self, path: &str) {
        let (uri, text) = (self.place.uri(path), self.place.read(path));
        let document = json!({ "uri": uri, "languageId": "python", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn change(&mut self, path: &str, version: i32, text: &str) {
        let document = json!({ "uri": self.place.uri(path), "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [{ "text": text }] }));
    }

    pub(crate) fn save(&mut self, path: &str, text: &str) {
        self.place.write(path, text);
        self.tell("textDocument/didSave", json!({ "textDocument": { "uri": self.place.uri(path) } }));
    }

    pub(crate) fn close(&mut self, path: &str) {
        self.tell("textDocument/didClose", json!({ "textDocument": { "uri": self.place.uri(path) } }));
    }

    /// What is shown of a file next: `line:start-end CODE first line of the message`.
    pub(crate) fn shown(&mut self, path: &str) -> Vec<String> {
        self.diagnostics(path).iter().map(brief).collect()
    }

    pub(crate) fn diagnostics(&mut self, path: &str) -> Vec<Value> {
        let uri = self.place.uri(path);
        let message = self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri.as_str()
        });
        message["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    /// The fixes for a place, as line and column from 0.
    pub(crate) fn actions(&mut self, path: &str, (line, column): (u32, u32), only: Option<&str>) -> Vec<Value> {
        let position = json!({ "line": line, "character": column });
        let mut context = json!({ "diagnostics": [] });
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let answer = self.ask(
            "textDocument/codeAction",
            json!({
                "textDocument": { "uri": self.place.uri(path) },
                "range": { "start": position, "end": position },
                "context": context,
            }),
        );
        answer["result"].as_array().unwrap_or_else(|| panic!("a list: {answer}")).clone()
    }

    /// What the files are after an action; open documents have the texts of the disk.
    pub(crate) fn changed_by(&self, action: &Value) -> Changed {
        let mut changed = Changed::new();
        for change in action["edit"]["documentChanges"].as_array().expect("versioned changes") {
            if change["kind"] == "delete" {
                changed.insert(self.place.path_of(&text(&change["uri"])), None);
                continue;
            }
            let path = self.place.path_of(&text(&change["textDocument"]["uri"]));
            let mut whole = self.place.read(&path);
            let mut edits: Vec<&Value> = change["edits"].as_array().expect("a list").iter().collect();
            edits.reverse();
            for edit in edits {
                let at = |key: &str| self.offset(&whole, &edit["range"][key]);
                let span = at("start")..at("end");
                whole.replace_range(span, &text(&edit["newText"]));
            }
            changed.insert(path, Some(whole));
        }
        changed
    }

    fn offset(&self, text: &str, position: &Value) -> usize {
        let number = |key: &str| position[key].as_u64().expect("a number") as usize;
        let start: usize = text.split_inclusive('\n').take(number("line")).map(str::len).sum();
        let line = &text[start..];
        if self.is_utf8 {
            return start + number("character");
        }
        let mut units = 0;
        let found = line.char_indices().find(|(_, character)| {
            let is_it = units == number("character");
            units += character.len_utf16();
            is_it
        });
        start + found.map_or(line.len(), |(offset, _)| offset)
    }

    /// Ends the input, and gives the exit code.
    pub(crate) fn end(self) -> i32 {
        let Self { mut child, input, .. } = self;
        drop(input);
        child.wait().expect("the program ends").code().expect("by itself")
    }

    /// Ends the conversation as it should be, and gives the exit code.
    pub(crate) fn quit(mut self) -> i32 {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        self.tell("exit", Value::Null);
        self.end()
    }
}

/// `line:start-end CODE first line of the message`
pub(crate) fn brief(diagnostic: &Value) -> String {
    let (start, end) = (&diagnostic["range"]["start"], &diagnostic["range"]["end"]);
    let message = text(&diagnostic["message"]);
    let first = message.lines().next().unwrap_or_default();
    let code = diagnostic["code"].as_str().unwrap_or("-");
    format!("{}:{}-{} {code} {first}", start["line"], start["character"], end["character"])
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("a string: {value}")).to_owned()
}

fn received(output: &mut impl BufRead) -> Option<Value> {
    let mut header = String::new();
    output.read_line(&mut header).ok()?;
    let length = header.strip_prefix("Content-Length: ")?.trim().parse().ok()?;
    output.read_line(&mut header).ok()?;
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// Whether two paths are one file.
pub(crate) fn link(target: &Path, link: &Path) {
    std::os::unix::fs::symlink(target, link).expect("a link can be made");
}
