//! The built-in project: paths and texts.

macro_rules! project {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("project/", $path)))),*]
    };
}

/// The files of the project without its rules, sorted by path.
pub(super) const PROJECT: &[(&str, &str)] = project![
    "harbor/__init__.py"
    "harbor/api.py"
    "harbor/berths.py"
    "harbor/docks/__init__.py"
    "harbor/docks/compat.py"
    "harbor/docks/core.py"
    "harbor/docks/fast.py"
    "harbor/docks/legacy.py"
    "harbor/docks/manager.py"
    "harbor/docks/modes.py"
    "harbor/docks/protocol.py"
    "harbor/docks/registry.py"
    "harbor/pilot.py"
    "harbor/reports.py"
    "staging.log"
    "tests/test_pilot.py"
];

/// The rules, which this repository ships too.
pub(super) const RULES: (&str, &str) = ("rules/demo.toml", include_str!("../../../rules/demo.toml"));

/// The log whose warning the walk begins with.
pub(super) const LOG: &str = include_str!("project/staging.log");
