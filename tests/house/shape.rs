//! Shape: what a file opens with, how long it and its functions are, what its folders are called.

use crate::files::{RepoFile, code_of};
use crate::{assert_none, problems};

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;
const MOST_PARAMETERS: usize = 4;
const VAGUE_FOLDERS: [&str; 4] = ["utils", "helpers", "models", "common"];

fn says_nothing_first(file: &RepoFile) -> Vec<String> {
    let says =
        file.text.strip_prefix("//! ").is_some_and(|text| !text.starts_with(char::is_whitespace) && !text.is_empty());
    if says || !file.is_rust() {
        Vec::new()
    } else {
        vec!["the first line does not say what the file is for".to_owned()]
    }
}

fn is_too_long(file: &RepoFile) -> Vec<String> {
    let lines = file.text.lines().count();
    let is_fine = !file.is_rust() || lines <= LONGEST_FILE;
    if is_fine { Vec::new() } else { vec![format!("{lines} lines, {LONGEST_FILE} at most")] }
}

/// Functions that are too long or take too much.
fn large_functions(file: &RepoFile) -> Vec<String> {
    if !file.is_rust() {
        return Vec::new();
    }
    let code = code_of(&file.text);
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let length = function_length(&lines[number..]);
        if length > LONGEST_FUNCTION {
            found.push(format!("`{name}` has {length} lines, {LONGEST_FUNCTION} at most"));
        }
        let parameters = parameter_count(&lines[number..].join("\n"));
        if parameters > MOST_PARAMETERS {
            found.push(format!("`{name}` takes {parameters} parameters, {MOST_PARAMETERS} at most"));
        }
    }
    found
}

/// The name of the function that begins on this line.
fn function_name(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    let is_modifier =
        |word: &str| word.starts_with("pub") || ["const", "async", "unsafe", "extern", "in", "default"].contains(&word);
    let word = words.by_ref().find(|word| !is_modifier(word))?;
    if word != "fn" {
        return None;
    }
    words.next()?.split(['(', '<']).next()
}

/// The number of lines up to the brace that closes the function.
fn function_length(lines: &[&str]) -> usize {
    let mut depth = 0_i32;
    for (number, line) in lines.iter().enumerate() {
        for character in line.chars() {
            match character {
                '{' | '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                '}' => {
                    depth -= 1;
                    if depth == 0 {
                        return number + 1;
                    }
                }
                ';' if depth == 0 => return number + 1,
                _ => {}
            }
        }
    }
    lines.len()
}

/// The number of parameters, without `self`, of the function with which `code` begins.
fn parameter_count(code: &str) -> usize {
    let (mut round, mut angle, mut previous) = (0_i32, 0_i32, ' ');
    let mut parameters = vec![String::new()];
    for character in code.chars() {
        let is_list = round == 1 && angle == 0;
        match character {
            '(' | '[' | '{' => round += 1,
            ')' | ']' | '}' => round -= 1,
            '<' => angle += 1,
            '>' if previous != '-' && previous != '=' => angle -= 1,
            _ => {}
        }
        if round == 0 && character == ')' && angle == 0 {
            break;
        }
        if is_list && character == ',' {
            parameters.push(String::new());
        } else if round > 0 {
            parameters.last_mut().expect("starts with one").push(character);
        }
        previous = character;
    }
    let is_self =
        |text: &str| text.trim_start_matches('(').split([' ', ':', '&', '\n', '\'']).any(|word| word == "self");
    parameters.iter().filter(|text| !text.trim_matches(['(', ' ', '\n']).is_empty() && !is_self(text)).count()
}

fn vague_folders(file: &RepoFile) -> Vec<String> {
    let is_code = file.path.starts_with("src/") || file.path.starts_with("tests/");
    let folders = file.path.rsplit_once('/').map_or("", |(folders, _)| folders);
    let vague = folders.split('/').find(|folder| VAGUE_FOLDERS.contains(folder));
    vague.filter(|_| is_code).map(|folder| format!("the folder name `{folder}` says nothing")).into_iter().collect()
}

#[test]
fn every_file_says_what_it_is_for() {
    assert_none(says_nothing_first);
    for text in ["", "use a;\n", "//!\n", "// Words.\n", "//! \n//! Late.\n"] {
        assert_eq!(problems(says_nothing_first, "src/a.rs", text).len(), 1, "{text:?}");
    }
}

#[test]
fn no_file_is_too_long() {
    assert_none(is_too_long);
    assert_eq!(problems(is_too_long, "src/a.rs", &"\n".repeat(401)).len(), 1);
    assert!(problems(is_too_long, "src/a.rs", &"\n".repeat(400)).is_empty());
}

#[test]
fn no_function_is_too_large() {
    assert_none(large_functions);
}

#[test]
fn large_functions_are_found_and_others_are_not() {
    let of_lines =
        |lines: usize| format!("    pub(crate) fn f(x: [u8; 2]) {{\n{}    }}\n", "        \"{\";\n".repeat(lines - 2));
    assert!(problems(large_functions, "src/a.rs", &of_lines(60)).is_empty());
    assert_eq!(problems(large_functions, "src/a.rs", &of_lines(61)).len(), 1);
    for many in
        ["fn f(a: A, b: (B, C), c: D, d: E, e: F) {}", "fn g<T>(&mut self, a: A, b: B<C, D>, c: T, d: &'a U, e: V);"]
    {
        assert_eq!(problems(large_functions, "src/a.rs", many).len(), 1, "{many}");
    }
    for few in ["fn f(&'a self, a: A, b: (B, C), c: D, d: impl Fn(E, F) -> G,) {}", "fn g() -> (A, B, C, D, E) {}"] {
        assert_eq!(problems(large_functions, "src/a.rs", few), Vec::<String>::new(), "{few}");
    }
}

#[test]
fn no_folder_is_vague() {
    assert_none(vague_folders);
    assert_eq!(problems(vague_folders, "src/plan/helpers/a.rs", "").len(), 1);
    assert!(problems(vague_folders, "src/plan/common.rs", "").is_empty());
}
