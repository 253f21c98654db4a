//! The JSON Schema of rule files, by which editors complete and check them.

use schemars::generate::SchemaSettings;

use super::written::RuleFile;

/// The schema as JSON (draft-07, which all TOML editors know), with a newline at its end.
pub fn schema() -> String {
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<RuleFile>();
    let text = serde_json::to_string_pretty(&schema).expect("a schema is made of JSON values");
    text + "\n"
}
