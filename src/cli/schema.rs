//! `unshim schema`: prints a JSON Schema.

use super::arguments::{Schema, SchemaOf};
use super::failure::Failure;
use super::session::{Outcome, Session};
use crate::{report, rule};

pub(super) fn run(schema: &Schema, session: &mut Session) -> Result<Outcome, Failure> {
    let text = match schema.of {
        SchemaOf::Rules => rule::schema(),
        SchemaOf::Output => report::json::schema(),
    };
    session.out.write_all(text.as_bytes())?;
    Ok(Outcome::Done)
}
