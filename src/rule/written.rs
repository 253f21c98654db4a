//! Rule files as written: every key with its type, default and one sentence. The JSON Schema is made of these types.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::pattern;
use super::{LocalNames, Modules, Shims, Strings};
use crate::text::Span;

/// A value and where it is written.
#[derive(Clone, Debug)]
pub(super) struct Written<T> {
    pub(super) span: Span,
    pub(super) value: T,
}

/// The value of a key that may be missing.
#[derive(Debug)]
pub(super) struct Key<T> {
    pub(super) written: Option<Written<T>>,
    /// Something about the key is reported already: what is missing may be no more than that.
    pub(super) is_reported: bool,
}

impl<T> Default for Key<T> {
    fn default() -> Self {
        Self { written: None, is_reported: false }
    }
}

impl<T> Key<T> {
    /// Neither there nor spelled wrong.
    pub(super) fn is_missing(&self) -> bool {
        self.written.is_none() && !self.is_reported
    }
}

impl<T> Key<Vec<T>> {
    /// Missing, or a list of nothing.
    pub(super) fn is_empty(&self) -> bool {
        !self.is_reported && self.written.as_ref().is_none_or(|written| written.value.is_empty())
    }
}

impl<T: Default> Key<T> {
    /// The value, or the default of its type.
    pub(super) fn or_default(self) -> T {
        self.written.map(|written| written.value).unwrap_or_default()
    }
}

/// The tables `[[rule]]`: each keeps one canonical symbol or module and says what becomes of its aliases.
#[derive(JsonSchema)]
#[schemars(title = "unshim rules", deny_unknown_fields)]
pub(super) struct RuleFile {
    /// The rules of this file; all rules of all files run in one pass and give one plan.
    #[schemars(length(min = 1))]
    pub(super) rule: Key<Vec<Written<RuleTable>>>,
}

/// One canonical symbol or module, and what shall become of its aliases.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("anyOf" = [
    { "required": ["aliases"], "properties": { "aliases": { "minItems": 1 } } },
    { "required": ["merge"], "properties": { "merge": { "minItems": 1 } } },
    { "required": ["move"] },
]))]
#[schemars(extend("dependencies" = { "members": ["merge"], "calls": ["merge"], "runtime-path-changes": ["move"] }))]
#[schemars(extend("allOf" = [
    {
        "if": { "required": ["move"] },
        "then": {
            "properties": { "canonical": { "type": "string", "pattern": "^[^:]*:[^.]*$" }, "external": { "const": false } },
        },
    },
    {
        "if": { "properties": { "partial": { "const": true } }, "required": ["partial"] },
        "then": { "required": ["merge"] },
    },
    {
        "if": { "required": ["deadline"] },
        "then": { "properties": { "shims": { "const": "deprecate" } }, "required": ["shims"] },
    },
    {
        "if": { "properties": { "canonical": { "type": "string", "pattern": "^[^:]*$" } } },
        "then": { "properties": { "aliases": { "items": { "pattern": "^[^:]*$" } }, "merge": { "maxItems": 0 } } },
        "else": { "properties": { "aliases": { "items": { "pattern": ":" } } } },
    },
]))]
pub(super) struct RuleTable {
    /// Names the rule in reports and on the command line; unique among all rules, in kebab case.
    #[schemars(regex(pattern = pattern::ID), example = &"user-service")]
    pub(super) id: Key<String>,

    /// Says to people, in one line, why the rule exists.
    #[schemars(default, extend("default" = ""), regex(pattern = pattern::LINE))]
    #[schemars(example = &"Two names for one class; see the warning in the start-up log.")]
    pub(super) why: Key<String>,

    /// The one symbol (`pkg.mod:Name`) or module (`pkg.mod`) that is kept.
    #[schemars(regex(pattern = pattern::CANONICAL), example = &"app.users.service:UserService")]
    pub(super) canonical: Key<String>,

    /// Where the definition of the canonical symbol goes, `pkg.new.place:Name`; the same module renames it.
    #[serde(rename = "move")]
    #[schemars(default, extend("default" = null), regex(pattern = pattern::PLACE))]
    #[schemars(example = &"app.users.accounts:UserService")]
    pub(super) moves: Key<String>,

    /// Lets a definition move although its path is stored elsewhere, or its code asks where it stands.
    #[schemars(default, extend("default" = false))]
    pub(super) runtime_path_changes: Key<bool>,

    /// Names of it that shall go: `pkg.mod:Name`, `pkg.mod`, or `pkg.mod:*` for all that is the canonical there.
    #[schemars(default, extend("default" = [], "uniqueItems" = true), inner(regex(pattern = pattern::ALIAS)))]
    #[schemars(example = ["app.legacy.user_service:UserService", "app.compat:*"])]
    pub(super) aliases: Key<Vec<Written<String>>>,

    /// Symbols that are other objects and shall become the canonical one all the same, each all or nothing.
    #[schemars(default, extend("default" = [], "uniqueItems" = true), inner(regex(pattern = pattern::SYMBOL)))]
    #[schemars(example = ["app.util.retry:RetryPolicy"])]
    pub(super) merge: Key<Vec<Written<String>>>,

    /// Lets a merge leave refused sites behind.
    #[schemars(default, extend("default" = false))]
    pub(super) partial: Key<bool>,

    /// Whether uses take the canonical name or imports keep the old one as their local name.
    #[schemars(default, extend("default" = "canonical"))]
    pub(super) local_names: Key<LocalNames>,

    /// What happens to the statements that make the aliases exist.
    #[schemars(default, extend("default" = "remove"))]
    pub(super) shims: Key<Shims>,

    /// With `shims = "deprecate"`, the last day on which the shims may be there: `check` fails after it; empty for none.
    #[schemars(default, extend("default" = ""), regex(pattern = pattern::DAY), example = &"2027-03-01")]
    pub(super) deadline: Key<String>,

    /// What happens to a file that holds nothing but shims.
    #[schemars(default, extend("default" = "delete-empty"))]
    pub(super) modules: Key<Modules>,

    /// Which strings and configuration values that name an alias are rewritten; the others hold their shim.
    #[schemars(default, extend("default" = "safe"))]
    pub(super) strings: Key<Strings>,

    /// Whether mentions in docstrings, comments, Markdown and reST are rewritten; they never hold a shim.
    #[schemars(default, extend("default" = false))]
    pub(super) docs: Key<bool>,

    /// Files that are not edited: they hold the shims that they use, and are listed without a finding.
    #[schemars(default, extend("default" = []))]
    #[schemars(example = serde_json::json!([{ "paths": ["**/migrations/**"], "why": "frozen" }]))]
    pub(super) except: Key<Vec<Written<ExceptTable>>>,

    /// The canonical belongs to an installed package and is not looked for in the tree.
    #[schemars(default, extend("default" = false))]
    pub(super) external: Key<bool>,

    /// Attributes of merged classes by their old name, each with the canonical's attribute that takes its place.
    #[schemars(default, extend("default" = {}), example = BTreeMap::from([("create", "connect")]))]
    pub(super) members: Key<Members>,

    /// Calls of merged symbols, each with the call that takes its place; the names among the arguments are placeholders.
    #[schemars(default, extend("default" = {}))]
    #[schemars(example = BTreeMap::from([("Factory.create(ctx)", "get_manager(ctx)")]))]
    pub(super) calls: Key<Calls>,

    /// Globs of test files whose assertions about the old names may go together with the shims.
    #[schemars(default, extend("default" = []), inner(regex(pattern = pattern::GLOB)))]
    #[schemars(example = ["tests/compat/**"])]
    pub(super) drop_tests: Key<Vec<Written<String>>>,

    /// Small trees by which `unshim test` shows that the rule does what it should.
    #[schemars(default, extend("default" = []))]
    #[schemars(example = serde_json::json!([{ "before": { "old.py": "from new import New as Old\n" } }]))]
    pub(super) example: Key<Vec<Written<ExampleTable>>>,
}

/// A small tree before the change and after it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ExampleTable {
    /// Says to people, in one line, what the example shows.
    #[schemars(default, extend("default" = ""), regex(pattern = pattern::LINE), example = &"the shim goes")]
    pub(super) why: Key<String>,

    /// Every file of the tree by its path, with its text.
    #[schemars(extend("minProperties" = 1), example = BTreeMap::from([("shop/old.py", "from .new import New\n")]))]
    pub(super) before: Key<Files>,

    /// Every file that shall be there afterwards; without it nothing changes.
    #[schemars(default, extend("default" = {}), example = BTreeMap::from([("shop/new.py", "class New: ...\n")]))]
    pub(super) after: Key<Files>,

    /// The places that are left alone, each as `path:line reason`.
    #[schemars(default, extend("default" = [], "uniqueItems" = true), inner(regex(pattern = pattern::REFUSAL)))]
    #[schemars(example = ["shop/api.py:3 probe"])]
    pub(super) refusals: Key<Vec<Written<String>>>,
}

/// Pattern, template.
#[derive(Debug, Default)]
pub(super) struct Calls(pub(super) Vec<(Written<String>, Written<String>)>);

impl JsonSchema for Calls {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Calls".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let call = r"^\s*[^\s().].*[)]\s*$";
        json_schema!({
            "type": "object",
            "propertyNames": { "pattern": call },
            "additionalProperties": { "type": "string", "pattern": call },
        })
    }
}

/// Files by their path, each with its text.
#[derive(Debug, Default)]
pub(super) struct Files(pub(super) Vec<(Written<String>, Written<String>)>);

impl JsonSchema for Files {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Files".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": { "pattern": pattern::PATH },
            "additionalProperties": { "type": "string" },
        })
    }
}

/// Files that stay as they are.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ExceptTable {
    /// Globs over `/`-separated paths relative to the tree: `*` stays within one folder, `**` crosses folders.
    #[schemars(length(min = 1), inner(regex(pattern = pattern::GLOB)), example = ["**/migrations/**"])]
    pub(super) paths: Key<Vec<Written<String>>>,

    /// Says to people, in one line, why these files stay.
    #[schemars(regex(pattern = pattern::FULL_LINE), example = &"frozen")]
    pub(super) why: Key<String>,
}

/// Old attribute, new attribute.
#[derive(Debug, Default)]
pub(super) struct Members(pub(super) Vec<(Written<String>, Written<String>)>);

impl JsonSchema for Members {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Members".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let name = pattern::NAME;
        json_schema!({
            "type": "object",
            "propertyNames": { "pattern": name },
            "additionalProperties": { "type": "string", "pattern": name },
        })
    }
}

impl<T: JsonSchema> JsonSchema for Written<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for Key<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
