//! A proven plan as an edit of the editor's workspace.

use gen_lsp_types::{
    CreateFile, DeleteFile, DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier, Position, Range,
    TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};

use super::desk::Desk;
use super::position::Ruler;
use crate::plan::{Action, FileChange, Plan};
use crate::project::Project;
use crate::text::Edits;

/// The plan as one edit; `None` if the editor could not make it exactly so.
pub(super) fn workspace_edit(plan: &Plan, project: &Project, desk: &Desk) -> Option<WorkspaceEdit> {
    let changes: Option<Vec<_>> = plan.changes.iter().map(|change| document_changes(change, project, desk)).collect();
    let document_changes = changes.filter(|_| desk.client.edits_versions)?.concat();
    Some(WorkspaceEdit { document_changes: Some(document_changes), ..WorkspaceEdit::default() })
}

fn document_changes(change: &FileChange, project: &Project, desk: &Desk) -> Option<Vec<DocumentChange>> {
    let (uri, version) = desk.known_as(&change.path);
    match &change.action {
        Action::Edit { edits, .. } => {
            let is_plain = project.shape(&change.path).is_some_and(|shape| shape.is_utf8());
            let ruler = Ruler::new(&change.before, desk.client.units);
            (is_plain || version.is_some()).then(|| vec![document_edit((uri, version), text_edits(edits, &ruler))])
        }
        Action::Create { text, .. } => {
            let create = CreateFile { uri: uri.clone(), options: None, annotation_id: None };
            let start = Position { line: 0, character: 0 };
            let all = TextEdit { range: Range { start, end: start }, new_text: text.clone() };
            desk.client.creates.then(|| vec![create.into(), document_edit((uri, None), vec![all.into()])])
        }
        Action::Delete { .. } => {
            desk.client.deletes.then(|| vec![DeleteFile { uri, options: None, annotation_id: None }.into()])
        }
    }
}

fn text_edits(edits: &Edits, ruler: &Ruler) -> Vec<Edit> {
    let edits = edits.as_slice().iter();
    edits.map(|edit| TextEdit { range: ruler.range(edit.span), new_text: edit.text.clone() }.into()).collect()
}

fn document_edit((uri, version): (Uri, Option<i32>), edits: Vec<Edit>) -> DocumentChange {
    let text_document_identifier = TextDocumentIdentifier { uri };
    let text_document = OptionalVersionedTextDocumentIdentifier { version, text_document_identifier };
    TextDocumentEdit { text_document, edits }.into()
}
