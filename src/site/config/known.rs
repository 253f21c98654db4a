//! The places in configuration files from which tools and frameworks are known to import what a value names.

/// Keys by which a tool of this file is told a path, from the top; `*` is any key. `mypy.ini` stands for files of the
/// same shape: the sections of `setup.cfg`, `tox.ini` and `pytest.ini` name their tool.
const OF_FILES: [(&str, &str); 26] = [
    ("pyproject.toml", "project/scripts/*"),
    ("pyproject.toml", "project/gui-scripts/*"),
    ("pyproject.toml", "project/entry-points/*/*"),
    ("pyproject.toml", "build-system/build-backend"),
    ("pyproject.toml", "tool/poetry/scripts/*"),
    ("pyproject.toml", "tool/poetry/scripts/*/reference"),
    ("pyproject.toml", "tool/poetry/plugins/*/*"),
    ("pyproject.toml", "tool/flit/scripts/*"),
    ("pyproject.toml", "tool/flit/entrypoints/*/*"),
    ("pyproject.toml", "tool/pdm/scripts/*/call"),
    ("pyproject.toml", "tool/setuptools/dynamic/*/attr"),
    ("pyproject.toml", "tool/setuptools/cmdclass/*"),
    ("pyproject.toml", "tool/pytest/ini_options/*"),
    ("pyproject.toml", "tool/mypy/plugins"),
    ("pyproject.toml", "tool/mypy/overrides/module"),
    ("pyproject.toml", "tool/django-stubs/*"),
    ("*", "options.entry_points/*"),
    ("*", "options.entry_points/*/*"),
    ("*", "options/cmdclass"),
    ("*", "options/cmdclass/*"),
    ("*", "metadata/version"),
    ("*", "pytest/*"),
    ("*", "tool:pytest/*"),
    ("*", "mypy/plugins"),
    ("*", "mypy.plugins.django-stubs/*"),
    ("*", "celery/*"),
];

/// The lists of a logging configuration whose entries name classes and factories.
const LOGGING: [&str; 3] = ["handlers", "formatters", "filters"];

/// Settings of Django and Celery that name modules, classes or functions; also those that end like the last ones.
const SETTINGS: [&str; 30] = [
    "DJANGO_SETTINGS_MODULE",
    "ROOT_URLCONF",
    "WSGI_APPLICATION",
    "ASGI_APPLICATION",
    "MIDDLEWARE",
    "INSTALLED_APPS",
    "DEFAULT_AUTO_FIELD",
    "SESSION_ENGINE",
    "SESSION_SERIALIZER",
    "DEFAULT_FILE_STORAGE",
    "STATICFILES_STORAGE",
    "MESSAGE_STORAGE",
    "TEST_RUNNER",
    "FORM_RENDERER",
    "PASSWORD_HASHERS",
    "LOGGING_CONFIG",
    "CSRF_FAILURE_VIEW",
    "DEFAULT_EXCEPTION_REPORTER",
    "DEFAULT_EXCEPTION_REPORTER_FILTER",
    "MIGRATION_MODULES",
    "CELERY_IMPORTS",
    "CELERY_INCLUDE",
    "CELERY_CONFIG_MODULE",
    "FLASK_APP",
    "BACKEND",
    "EXCEPTION_HANDLER",
    "STATICFILES_FINDERS",
    "AUTHENTICATION_BACKENDS",
    "EMAIL_BACKEND",
    "DATABASE_ROUTERS",
];

const SETTING_ENDS: [&str; 3] = ["_CLASS", "_CLASSES", "_BACKEND"];

/// Whether the value below `keys` (the nearest first) is a path that something imports.
pub(super) fn is_known(path: &str, keys: &[&str]) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let mut from_top = keys.to_vec();
    from_top.reverse();
    let of_file = |(name, place): &(&str, &str)| {
        (*name == "*" || *name == file)
            && place.split('/').count() == from_top.len()
            && place.split('/').zip(&from_top).all(|(wanted, key)| wanted == "*" || wanted == *key)
    };
    OF_FILES.iter().any(of_file) || is_setting(keys) || is_logging(keys)
}

fn is_setting(keys: &[&str]) -> bool {
    let Some(key) = keys.first() else { return false };
    SETTINGS.contains(key) || SETTING_ENDS.iter().any(|end| key.ends_with(end))
}

/// `handlers: {file: {class: …}}` in TOML, YAML and JSON, `class=` in `[handler_file]` in INI.
fn is_logging(keys: &[&str]) -> bool {
    match keys {
        ["class" | "()", _, list, ..] if LOGGING.contains(list) => true,
        ["class", section, ..] => ["handler_", "formatter_", "logger_"].iter().any(|kind| section.starts_with(kind)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_by_their_keys() {
        let known = |path: &str, keys: &str| {
            let mut keys: Vec<_> = keys.split('/').collect();
            keys.reverse();
            is_known(path, &keys)
        };
        for (path, keys) in [
            ("a/pyproject.toml", "project/scripts/run"),
            ("setup.cfg", "options.entry_points/console_scripts/run"),
            ("x.yaml", "logging/handlers/file/class"),
            ("logging.ini", "handler_file/class"),
            (".env", "DJANGO_SETTINGS_MODULE"),
            ("s.json", "REST_FRAMEWORK/DEFAULT_PERMISSION_CLASSES"),
        ] {
            assert!(known(path, keys), "{path} {keys}");
        }
        for (path, keys) in [
            ("other.toml", "project/scripts/run"),
            ("pyproject.toml", "project/scripts"),
            ("x.yaml", "pets/file/class"),
            ("x.yaml", "class"),
            ("x.json", "message"),
        ] {
            assert!(!known(path, keys), "{path} {keys}");
        }
    }
}
