//! Shells load the scripts that complete the command line, and complete with them. A shell that is not here is passed over.

use super::*;

/// Each shell with a program of its own that loads its script and completes three lines.
const SHELLS: [(&str, &[&str], &str); 3] = [
    (
        "bash",
        &["--norc", "-c"],
        "source <(unshim completions bash)
         complete -p unshim >/dev/null || echo 'not registered'
         try() {
             COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
             _unshim unshim \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD - 1]}\"
             printf '%s\\n' \"${COMPREPLY[@]}\"
         }
         try unshim dif; try unshim check --base; try unshim check --output-format sar",
    ),
    (
        "fish",
        &["--no-config", "-c"],
        "unshim completions fish | source
         for line in 'unshim dif' 'unshim check --base' 'unshim check --output-format sar'
             complete -C $line | string split -f1 \\t
         end",
    ),
    (
        // Its completion works at a prompt alone: here, that the script loads and is taken for the program.
        "zsh",
        &["-fc"],
        "autoload -Uz compinit; compinit -u -D; source <(unshim completions zsh)
         [[ $_comps[unshim] == _unshim ]] && print -l diff --baseline sarif",
    ),
];

#[test]
fn shells_complete_commands_options_and_values() {
    let place = Place::new(&[]);
    let programs = Path::new(env!("CARGO_BIN_EXE_unshim")).parent().expect("it is in a folder").display().to_string();
    for (shell, options, script) in SHELLS {
        let path = format!("{programs}:{}", std::env::var("PATH").expect("there are programs"));
        let mut command = Command::new(shell);
        command.args(options).arg(script).env("PATH", path).env("HOME", place.path()).current_dir(place.path());
        let Ok(output) = command.output() else {
            assert_ne!(shell, "bash", "bash is there");
            continue;
        };
        let shown = String::from_utf8_lossy(&output.stdout);
        assert_eq!(shown.lines().collect::<Vec<_>>(), ["diff", "--baseline", "sarif"], "{shell}: {output:?}");
    }
}
