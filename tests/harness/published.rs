//! The published schema of the machine output, one kind of output at a time.

use jsonschema::Validator;
use serde_json::{Value, json};
use unshim::report::json::schema;

/// Takes what the schema defines under this name, without a key that it does not name.
pub(crate) fn validator(definition: &str) -> Validator {
    let mut schema: Value = serde_json::from_str(&schema()).expect("the schema is JSON");
    let mut definitions = schema["definitions"].take();
    for one in definitions.as_object_mut().expect("an object").values_mut().filter(|one| one["properties"].is_object())
    {
        one["additionalProperties"] = false.into();
    }
    let reference = format!("#/definitions/{definition}");
    let own = json!({ "$schema": schema["$schema"], "allOf": [{ "$ref": reference }], "definitions": definitions });
    jsonschema::validator_for(&own).expect("the schema is one")
}
