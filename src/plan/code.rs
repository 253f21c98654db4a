//! The codes of findings. They are part of the machine output and never change meaning.

use std::fmt;

/// What a finding of `check` is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub enum Code {
    /// an import or a use goes through an alias
    #[serde(rename = "US101")]
    ThroughAlias,
    /// a declared shim still exists
    #[serde(rename = "US102")]
    ShimExists,
    /// an import of a declared alias that no longer resolves
    #[serde(rename = "US103")]
    AliasGone,
    /// a shim of a canonical symbol that no rule declares
    #[serde(rename = "US104")]
    NewShim,
    /// a deprecated shim still exists after its deadline
    #[serde(rename = "US105")]
    DeadlinePassed,
    /// a class or function is defined a second time
    #[serde(rename = "US106")]
    SecondDefinition,
    /// a string or a value in a configuration file is a path through an alias
    #[serde(rename = "US107")]
    NamedInText,
    /// a comment ignores a finding and gives no reason
    #[serde(rename = "US201")]
    IgnoreWithoutReason,
    /// a comment ignores what is not there
    #[serde(rename = "US202")]
    UnusedIgnore,
    /// a comment that should ignore a finding cannot be read
    #[serde(rename = "US203")]
    WrongIgnore,
    /// the baseline has more findings than there are
    #[serde(rename = "US301")]
    StaleBaseline,
}

impl Code {
    pub const ALL: [Code; 11] = [
        Code::ThroughAlias,
        Code::ShimExists,
        Code::AliasGone,
        Code::NewShim,
        Code::DeadlinePassed,
        Code::SecondDefinition,
        Code::NamedInText,
        Code::IgnoreWithoutReason,
        Code::UnusedIgnore,
        Code::WrongIgnore,
        Code::StaleBaseline,
    ];

    /// The code as it is printed: `US101`.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::ThroughAlias => "US101",
            Code::ShimExists => "US102",
            Code::AliasGone => "US103",
            Code::NewShim => "US104",
            Code::DeadlinePassed => "US105",
            Code::SecondDefinition => "US106",
            Code::NamedInText => "US107",
            Code::IgnoreWithoutReason => "US201",
            Code::UnusedIgnore => "US202",
            Code::WrongIgnore => "US203",
            Code::StaleBaseline => "US301",
        }
    }

    /// The code that is printed so.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == text)
    }

    /// Whether a comment may ignore it: what is wrong with comments and baselines is put right there.
    pub fn can_be_ignored(self) -> bool {
        !matches!(self, Code::IgnoreWithoutReason | Code::UnusedIgnore | Code::WrongIgnore | Code::StaleBaseline)
    }

    /// The finding appeared after the rules were written: no rule declares it.
    pub fn is_new(self) -> bool {
        matches!(self, Code::NewShim | Code::SecondDefinition)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_serialised_as_it_is_printed() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{code}\""));
        }
    }
}
