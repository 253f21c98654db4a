//! The conversation: which message asks for what, and in which order.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use gen_lsp_types::json_rpc::{Id, RequestObject, ResponseObject};
use gen_lsp_types::{
    CodeActionRequest, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWatchedFilesRegistrationOptions, DidCloseTextDocumentParams, DidOpenTextDocumentParams, ErrorCodes,
    FileEvent, FileSystemWatcher, InitializeRequest, LspNotificationMethod, LspRequestMethod, MessageType,
    PublishDiagnosticsNotification, Registration, RegistrationParams, RegistrationRequest, Request,
    ShowMessageNotification, ShowMessageParams, ShutdownRequest, TextDocumentContentChangeEvent,
    TextDocumentContentRequest, TextDocumentContentResult,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::action::Stale;
use super::client::Client;
use super::desk::{Desk, Document};
use super::ground::Reading;
use super::place::Places;
use super::wire::{self, Incoming, failure};
use super::work::{News, Read, Work};
use crate::report::page::page;

/// How long an editor is silent before the tree is looked at.
const SILENCE: Duration = Duration::from_millis(120);
/// How long until it is asked why findings stay, which takes a plan of the whole tree.
const LONG_SILENCE: Duration = Duration::from_millis(500);
/// The files of which the editor is asked to tell when they change.
const WATCHED: &str = "**/*.{py,pyi,ipynb,toml,cfg,ini,conf,properties,env,yaml,yml,json,md,markdown,rst}";

/// How a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// With `shutdown`.
    Orderly,
    /// Without.
    CutOff,
}

/// Serves the editor that writes `input` and reads `out`. It works in `folder` if it names none. `read` looks at the disk, for
/// the tree around a folder; its error is a sentence for people.
///
/// # Errors
/// Only if `out` cannot be written.
pub fn serve(
    input: impl BufRead + Send + 'static,
    out: &mut dyn Write,
    folder: &Path,
    read: &mut dyn FnMut(&Path) -> Result<Reading, String>,
) -> io::Result<Ended> {
    let messages = received(input);
    let mut server = Server { out, folder, read, work: None, is_down: false, complaint: None };
    loop {
        let (is_new, is_unexplained) =
            server.work.as_ref().map_or((false, false), |work| (work.is_new, work.is_unexplained));
        let next = match (is_new, is_unexplained) {
            (true, _) => messages.recv_timeout(SILENCE),
            (false, true) => messages.recv_timeout(LONG_SILENCE),
            (false, false) => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let ended = match next {
            Ok(incoming) => server.take(incoming)?,
            Err(RecvTimeoutError::Timeout) if is_new => server.look()?,
            Err(RecvTimeoutError::Timeout) => server.explain()?,
            Err(RecvTimeoutError::Disconnected) => Some(server.ended()),
        };
        if let Some(ended) = ended {
            return Ok(ended);
        }
    }
}

/// The messages of the input, in a queue that does not keep the editor waiting.
fn received(mut input: impl BufRead + Send + 'static) -> Receiver<Incoming> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        while let Ok(Some(incoming)) = wire::read(&mut input) {
            let is_lost = matches!(incoming, Incoming::Lost(_));
            if sender.send(incoming).is_err() || is_lost {
                break;
            }
        }
    });
    receiver
}

struct Server<'s> {
    out: &'s mut dyn Write,
    folder: &'s Path,
    read: &'s mut Read<'s>,
    /// From `initialize` on.
    work: Option<Work>,
    /// From `shutdown` on.
    is_down: bool,
    /// What the editor was told last of why nothing is found.
    complaint: Option<String>,
}

/// The result of a request, or why there is none.
type Answer = Result<ResponseObject, (ErrorCodes, String)>;

impl Server<'_> {
    fn ended(&self) -> Ended {
        if self.is_down { Ended::Orderly } else { Ended::CutOff }
    }

    fn take(&mut self, incoming: Incoming) -> io::Result<Option<Ended>> {
        match incoming {
            Incoming::Garbled(answer) => wire::write(self.out, &answer)?,
            Incoming::Lost(why) => {
                wire::write(self.out, &failure(Id::Null, ErrorCodes::ParseError, why))?;
                return Ok(Some(Ended::CutOff));
            }
            Incoming::Message(message) => match message.into_parts() {
                // The answer to a question of ours.
                (method, ..) if method.is_empty() => {}
                (method, None, params) => return self.notified(&method, params.unwrap_or_default()),
                (method, Some(id), params) => {
                    let answer = self.answer(&method, id.clone(), params.unwrap_or_default());
                    let answer = answer.unwrap_or_else(|(code, message)| failure(id, code, message));
                    wire::write(self.out, &answer)?;
                }
            },
        }
        Ok(None)
    }

    fn answer(&mut self, method: &str, id: Id, params: Value) -> Answer {
        let method = LspRequestMethod::from(method);
        match (&mut self.work, method) {
            _ if self.is_down => Err((ErrorCodes::InvalidRequest, "the server is shut down".to_owned())),
            (None, LspRequestMethod::Initialize) => {
                let client = Client::new(&parsed(params)?, self.folder);
                let greeting = client.greeting();
                let desk = Desk { client, places: Places::default(), documents: BTreeMap::new() };
                self.work = Some(Work::new(desk));
                Ok(ResponseObject::from_success::<InitializeRequest>(id, greeting))
            }
            (None, _) => Err((ErrorCodes::ServerNotInitialized, "`initialize` comes first".to_owned())),
            (Some(_), LspRequestMethod::Shutdown) => {
                self.is_down = true;
                Ok(ResponseObject::from_success::<ShutdownRequest>(id, ()))
            }
            (Some(_), LspRequestMethod::TextDocumentCodeAction) => self.fixes(id, params),
            (Some(_), LspRequestMethod::WorkspaceTextDocumentContent) => {
                let uri = parsed::<<TextDocumentContentRequest as Request>::Params>(params)?.uri.0;
                let word = uri.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
                let text = page(word).ok_or_else(|| (ErrorCodes::InvalidParams, "there is no such page".to_owned()))?;
                let result = TextDocumentContentResult { text };
                Ok(ResponseObject::from_success::<TextDocumentContentRequest>(id, result))
            }
            (Some(_), LspRequestMethod::Initialize) => {
                Err((ErrorCodes::InvalidRequest, "`initialize` comes once".to_owned()))
            }
            (Some(_), method) => Err((ErrorCodes::MethodNotFound, format!("`{method}` is not served"))),
        }
    }

    /// The fixes for a place, of the tree as the editor has it by now.
    fn fixes(&mut self, id: Id, params: Value) -> Answer {
        let params = parsed(params)?;
        let broken = || (ErrorCodes::InternalError, BROKEN.to_owned());
        let mut fixes = Vec::new();
        // A file that nobody told of is seen at the first try, and read for the second.
        for _ in 0..2 {
            if self.work.as_ref().is_some_and(|work| work.is_new) {
                self.look().map_err(|error| (ErrorCodes::InternalError, error.to_string()))?;
            }
            let Some(work) = &mut self.work else { break };
            match guarded(|| work.actions(&params)).ok_or_else(broken)? {
                Ok(found) => {
                    fixes = found;
                    break;
                }
                Err(Stale) => (work.is_stale, work.is_new) = (true, true),
            }
        }
        let fixes = fixes.into_iter().map(Into::into).collect();
        Ok(ResponseObject::from_success::<CodeActionRequest>(id, Some(fixes)))
    }

    /// Takes up what the editor tells. What cannot be understood is left, as nobody waits for an answer.
    fn notified(&mut self, method: &str, params: Value) -> io::Result<Option<Ended>> {
        let method = LspNotificationMethod::from(method);
        let Some(work) = self.work.as_mut().filter(|_| !self.is_down && method != LspNotificationMethod::Exit) else {
            return Ok((method == LspNotificationMethod::Exit).then(|| self.ended()));
        };
        match method {
            LspNotificationMethod::Initialized if work.desk.client.watches => {
                let watch = RequestObject::from_request::<RegistrationRequest>(0.into(), watched_files());
                wire::write(self.out, &watch)?;
            }
            LspNotificationMethod::TextDocumentDidOpen => opened(work, params),
            LspNotificationMethod::TextDocumentDidChange => changed(work, params),
            LspNotificationMethod::TextDocumentDidClose => closed(work, params),
            LspNotificationMethod::TextDocumentDidSave => (work.is_stale, work.is_new) = (true, true),
            LspNotificationMethod::WorkspaceDidChangeWatchedFiles => {
                let files = parsed::<DidChangeWatchedFilesParams>(params).map(|params| params.changes);
                let is_ours = |file: &FileEvent| work.desk.places.path_of(&file.uri).is_some();
                if files.unwrap_or_default().iter().any(is_ours) {
                    (work.is_stale, work.is_new) = (true, true);
                }
            }
            _ => {}
        }
        Ok(None)
    }

    /// Looks at what is new, and tells what is found.
    fn look(&mut self) -> io::Result<Option<Ended>> {
        let Some(work) = &mut self.work else { return Ok(None) };
        let read = &mut *self.read;
        let news = guarded(|| work.look(read));
        self.tell(news)
    }

    /// Looks for the reasons of what was found, and tells them.
    fn explain(&mut self) -> io::Result<Option<Ended>> {
        let Some(work) = &mut self.work else { return Ok(None) };
        let news = guarded(|| work.explain());
        self.tell(news)
    }

    fn tell(&mut self, news: Option<News>) -> io::Result<Option<Ended>> {
        // What was put aside to be freed is freed, even if no other thread is there for it.
        while rayon::yield_now() == Some(rayon::Yield::Executed) {}
        let News { diagnostics, complaint } =
            news.unwrap_or_else(|| News { complaint: Some(BROKEN.to_owned()), ..News::default() });
        for one in diagnostics {
            wire::write(self.out, &RequestObject::from_notification::<PublishDiagnosticsNotification>(one))?;
        }
        if let Some(message) = complaint.clone().filter(|_| complaint != self.complaint) {
            let message = ShowMessageParams { kind: MessageType::Error, message };
            wire::write(self.out, &RequestObject::from_notification::<ShowMessageNotification>(message))?;
        }
        self.complaint = complaint;
        Ok(None)
    }
}

/// What the editor is told of a fault of ours.
const BROKEN: &str = "a law of the program itself is broken: please report it, with what stands in the server's log";

/// What `work` gives; `None` if it fails by a fault of ours, which is no reason for the editor to lose the server.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

fn parsed<T: DeserializeOwned>(params: Value) -> Result<T, (ErrorCodes, String)> {
    serde_json::from_value(params).map_err(|error| (ErrorCodes::InvalidParams, error.to_string()))
}

fn watched_files() -> RegistrationParams {
    let watchers = vec![FileSystemWatcher { glob_pattern: WATCHED.to_owned().into(), kind: None }];
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    let registration = Registration {
        id: "files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    RegistrationParams { registrations: vec![registration] }
}

fn opened(work: &mut Work, params: Value) {
    let Ok(DidOpenTextDocumentParams { text_document: item }) = parsed(params) else { return };
    work.desk.documents.insert(item.uri.0, Document { version: item.version, text: item.text });
    work.is_new = true;
}

/// A change comes as the whole text. One that comes otherwise was not agreed on, and the document is unknown from then on.
fn changed(work: &mut Work, params: Value) {
    let Ok(DidChangeTextDocumentParams { text_document: named, content_changes }) = parsed(params) else { return };
    let (uri, version) = (named.text_document_identifier.uri.0, named.version);
    match content_changes.into_iter().next_back() {
        Some(TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole)) => {
            work.desk.documents.insert(uri, Document { version, text: whole.text });
        }
        Some(TextDocumentContentChangeEvent::TextDocumentContentChangePartial(_)) => {
            work.desk.documents.remove(&uri);
        }
        None => {}
    }
    work.is_new = true;
}

fn closed(work: &mut Work, params: Value) {
    let Ok(DidCloseTextDocumentParams { text_document }) = parsed(params) else { return };
    work.desk.documents.remove(&text_document.uri.0);
    work.is_new = true;
}
