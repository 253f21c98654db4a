//! `unshim check --baseline FILE`: what the file does not list is new; what is settled must leave it.

use std::path::Path;

use super::arguments::Check;
use super::failure::Failure;
use super::flow::{self, Input};
use super::session::Session;
use crate::disk;
use crate::plan::Finding;
use crate::report::baseline::{Baseline, NoBaseline};
use crate::report::{counted, shown_path};

/// The findings that the baseline does not know, and its entries that are settled, unless they are written out of it now.
pub(super) fn unknown(
    file: &Path,
    check: &Check,
    (input, findings): (&Input, Vec<Finding>),
    session: &Session,
) -> Result<Vec<Finding>, Failure> {
    let tree = flow::tree(&check.path, session)?;
    let full = session.folder.join(file);
    let name = file.display().to_string();
    let failed = |cause| Failure::BaselineFile { path: name.clone(), cause };
    let is_looked_at = |path: &str| flow::is_looked_at(&input.world.project, &tree, path);
    let Some((path, bytes)) = disk::read_baseline(&tree, &full).map_err(failed)? else {
        if !check.write_baseline {
            return Err(Failure::MissingBaseline { path: name });
        }
        disk::write_baseline(&full, None, &Baseline::of(&findings).write()).map_err(failed)?;
        session.note(&format!("{} in the new baseline {}", counted(findings.len(), "finding"), shown_path(&name)));
        return Ok(Vec::new());
    };
    let wrong = |NoBaseline { line, what }| Failure::WrongBaseline { path: name.clone(), line, what };
    let baseline = Baseline::read(&bytes).map_err(wrong)?;
    let mut new = baseline.unknown(&findings);
    if check.write_baseline {
        let smaller = baseline.smaller(&findings, is_looked_at).write();
        if smaller != bytes {
            disk::write_baseline(&full, Some(&bytes), &smaller).map_err(failed)?;
        }
    } else {
        new.extend(baseline.stale(&path, &findings, is_looked_at));
        new.sort();
    }
    Ok(new)
}
