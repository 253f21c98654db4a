//! The codes of findings. They are part of the machine output and never change meaning.

use std::fmt;

/// What a finding of `check` is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
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
}

impl Code {
    pub const ALL: [Code; 5] =
        [Code::ThroughAlias, Code::ShimExists, Code::AliasGone, Code::NewShim, Code::DeadlinePassed];

    /// The code as it is printed: `US101`.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::ThroughAlias => "US101",
            Code::ShimExists => "US102",
            Code::AliasGone => "US103",
            Code::NewShim => "US104",
            Code::DeadlinePassed => "US105",
        }
    }

    /// The finding appeared after the rules were written: no rule declares it.
    pub fn is_new(self) -> bool {
        self == Code::NewShim
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
