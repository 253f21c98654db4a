//! The editor: what it can do, and what it is told of us.

use std::path::{Path, PathBuf};

use gen_lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, InitializeParams, InitializeResult, PositionEncodingKind,
    ResourceOperationKind, ServerCapabilities, ServerInfo, TextDocumentContentOptions, TextDocumentSyncKind,
    TextDocumentSyncOptions, WorkspaceFolders, WorkspaceOptions,
};

use super::place::path_of;
use super::position::Units;

/// What fixes all of a file that can be proven.
pub(super) const FIX_ALL: &str = "source.fixAll.unshim";
/// The scheme of the pages of codes: `unshim:///US101.md`.
pub(super) const PAGES: &str = "unshim";

#[derive(Clone, Debug)]
pub(super) struct Client {
    /// The folder that it works in.
    pub(super) folder: PathBuf,
    pub(super) units: Units,
    /// It shows a link at a code.
    pub(super) links_codes: bool,
    /// It makes changes of documents of which it knows the version.
    pub(super) edits_versions: bool,
    pub(super) creates: bool,
    pub(super) deletes: bool,
    /// It tells of files that change on the disk, once it is asked to.
    pub(super) watches: bool,
}

impl Client {
    /// What `initialize` says; an editor without a folder works in `folder`.
    pub(super) fn new(params: &InitializeParams, folder: &Path) -> Self {
        let capabilities = &params.capabilities;
        let workspace = capabilities.workspace.as_ref();
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let operations = edits.and_then(|edits| edits.resource_operations.as_deref()).unwrap_or_default();
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        Self {
            folder: asked_folder(params).unwrap_or_else(|| folder.to_owned()),
            units: Units::chosen(encodings(capabilities)),
            links_codes: links_codes(capabilities),
            edits_versions: edits.and_then(|edits| edits.document_changes).unwrap_or(false),
            creates: operations.contains(&ResourceOperationKind::Create),
            deletes: operations.contains(&ResourceOperationKind::Delete),
            watches: watched.and_then(|watched| watched.dynamic_registration).unwrap_or(false),
        }
    }

    /// The answer to `initialize`.
    pub(super) fn greeting(&self) -> InitializeResult {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Full),
            save: Some(true.into()),
            ..TextDocumentSyncOptions::default()
        };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QuickFix, CodeActionKind::from(FIX_ALL.to_owned())]),
            ..CodeActionOptions::default()
        };
        let pages = TextDocumentContentOptions { schemes: vec![PAGES.to_owned()] };
        let capabilities = ServerCapabilities {
            position_encoding: Some(self.units.kind()),
            text_document_sync: Some(sync.into()),
            code_action_provider: Some(actions.into()),
            workspace: Some(WorkspaceOptions {
                text_document_content: Some(pages.into()),
                ..WorkspaceOptions::default()
            }),
            ..ServerCapabilities::default()
        };
        let version = Some(env!("CARGO_PKG_VERSION").to_owned());
        InitializeResult { capabilities, server_info: Some(ServerInfo { name: "unshim".to_owned(), version }) }
    }
}

/// The first folder of the workspace, as the editor spells it.
#[allow(deprecated, reason = "older editors name the folder by `rootUri` alone")]
fn asked_folder(params: &InitializeParams) -> Option<PathBuf> {
    let folders = match &params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolders::WorkspaceFolderList(folders)) => folders.as_slice(),
        Some(WorkspaceFolders::Null) | None => &[],
    };
    let uri = folders.first().map(|folder| &folder.uri).or(params.root_uri.as_ref())?;
    path_of(uri)
}

fn encodings(capabilities: &ClientCapabilities) -> &[PositionEncodingKind] {
    let general = capabilities.general.as_ref();
    general.and_then(|general| general.position_encodings.as_deref()).unwrap_or_default()
}

fn links_codes(capabilities: &ClientCapabilities) -> bool {
    let documents = capabilities.text_document.as_ref();
    let diagnostics = documents.and_then(|documents| documents.publish_diagnostics.as_ref());
    diagnostics.and_then(|diagnostics| diagnostics.diagnostics_capabilities.code_description_support).unwrap_or(false)
}
