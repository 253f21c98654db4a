//! Fuzzing without a special toolchain: seeds with bytes, lines and names changed by chance have no right outcome, but
//! the laws hold for whatever comes out, and nothing panics.
//!
//! `FUZZ_RUNS=2000 cargo test --test cases fuzz` runs each target so often instead of 40 times, `FUZZ_SECONDS=1800` so long; `FUZZ_SEED=…`
//! begins elsewhere. A failure names the seed that brings it back.

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::time::{Duration, Instant};

use super::{seeds, targets};
use crate::STACK;

/// Runs of a target in the tests of every day, whatever the machine.
const RUNS: u64 = 40;

/// Numbers by chance that come again with the same seed. Steele, Lea, Flood: SplitMix64, OOPSLA 2014.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Pieces of Python that change what a file means.
const PIECES: &[&str] = &[
    "from . import *\n",
    "import ",
    " as Old",
    "class Old:\n    pass\n",
    "if True:\n    ",
    "try:\n    ",
    "except ImportError:\n",
    "global Old\n",
    "del Old\n",
    "Old = ",
    "__all__ = [\"Old\"]\n",
    "__all__ += [\"New\"]\n",
    "(",
    ")",
    "[",
    "]",
    "'",
    "\"\"\"",
    "\\\n",
    ";",
    ":",
    ",",
    "#",
    "\t",
    "\r",
    "\r\n",
    "\x0c",
    "\u{feff}",
    "\0",
    "lambda Old: ",
    "f\"{Old}\"",
    "*",
    "@",
    ".Old",
    "async ",
    "await ",
    "match x:\n    case Old():\n        pass\n",
    "type Old = New\n",
    "# coding: latin-1\n",
    "def f(Old=Old):\n    ",
    "    ",
    "\n",
    "\n\n",
    "while Old:\n    break\n",
    "with Old() as Old:\n    pass\n",
    "nonlocal Old\n",
    "yield Old",
    "print Old\n",
];

/// One change by chance.
fn mutate(bytes: &mut Vec<u8>, others: &[u8], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let lines: Vec<&[u8]> = others.split_inclusive(|byte| *byte == b'\n').collect();
    match chance.below(7) {
        0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        1 => drop(bytes.drain(at..(at + chance.below(12)).min(bytes.len()))),
        2 | 3 => drop(bytes.splice(at..at, chance.one_of(PIECES).bytes())),
        4 if !lines.is_empty() => {
            let line = chance.one_of(&lines).to_vec();
            let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |found| found + 1);
            drop(bytes.splice(start..start, line));
        }
        5 => {
            let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |found| found + 1);
            let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |found| at + found + 1);
            drop(bytes.drain(start..end));
        }
        _ => bytes.truncate(at),
    }
}

/// Runs the target by chance until the time is over; each run has its own seed.
fn fuzz(name: &str) {
    let number = |name: &str| std::env::var(name).ok().and_then(|set| set.parse::<u64>().ok());
    let time = number("FUZZ_SECONDS").map(Duration::from_secs);
    let target = targets::ALL.iter().find(|target| target.name == name).unwrap();
    let seeds = seeds::of(name);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build().unwrap();
    let (begin, mut seed, mut runs) = (Instant::now(), number("FUZZ_SEED").unwrap_or(1), 0);
    let most = number("FUZZ_RUNS").unwrap_or(RUNS);
    while time.map_or(runs < most, |time| begin.elapsed() < time) {
        let mut chance = Chance(seed);
        let mut bytes = chance.one_of(&seeds).clone();
        let others = chance.one_of(&seeds).clone();
        for _ in 0..=chance.below(4) {
            mutate(&mut bytes, &others, &mut chance);
        }
        let judged = panic::catch_unwind(AssertUnwindSafe(|| pool.install(|| (target.run)(&bytes))));
        let problems = judged.unwrap_or_else(|_| vec!["panics".to_owned()]);
        assert!(problems.is_empty(), "FUZZ_SEED={seed} on {}:\n{}", bytes.escape_ascii(), problems.join("\n"));
        seed += 1;
        runs += 1;
    }
    println!("{runs} runs");
}

macro_rules! targets {
    ($($target:ident)*) => {
        $(#[test]
        fn $target() {
            fuzz(stringify!($target));
        })*

        #[test]
        fn every_target_is_run() {
            assert_eq!(targets::ALL.map(|target| target.name), [$(stringify!($target)),*]);
        }
    };
}

targets! { collect resolve compose rules diff journal }

/// Writes the seeds of each target into a folder, for a fuzzer that is guided: see `run`.
#[test]
fn seeds_are_written_where_they_are_asked_for() {
    let Some(folder) = std::env::var_os("FUZZ_SEEDS") else { return };
    for target in targets::ALL {
        let folder = Path::new(&folder).join(target.name);
        fs::create_dir_all(&folder).unwrap();
        for (number, seed) in seeds::of(target.name).iter().enumerate() {
            fs::write(folder.join(format!("seed-{number:04}")), seed).unwrap();
        }
    }
}
