//! Copies and near copies: equal hashes for the ones, MinHash with banding for the others, so that no two definitions
//! are compared that have nothing in common.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::python::fingerprint::Fingerprint;

/// Definitions with fewer parts are alike by chance.
pub(super) const FEWEST_PARTS: usize = 6;
/// From here on two definitions are near copies.
pub(super) const NEAR: f64 = 0.8;

/// Each definition is drawn this often; bands of equal draws bring two together. With 16 bands of 4 rows, two definitions
/// that are 80 % alike meet with a chance of 99.98 %.
const BANDS: usize = 16;
const ROWS: usize = 4;
/// A band that more share is compared with its first only: what all have in common tells nothing.
const MOST_IN_BAND: usize = 24;

/// What is compared of a definition.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Print {
    pub(super) of: Arc<Fingerprint>,
    /// Empty if it is no near copy of anything: too small, or in a test.
    bands: Box<[u32]>,
}

impl Print {
    pub(super) fn new(of: Arc<Fingerprint>, is_test: bool) -> Self {
        let bands = if of.parts.len() < FEWEST_PARTS || is_test { Box::default() } else { bands(&of.parts) };
        Self { of, bands }
    }
}

/// The pairs that are near copies, each with its likeness, the smaller index first; sorted.
pub(super) fn near_pairs(prints: &[&Print]) -> Vec<(usize, usize, f64)> {
    let large: Vec<usize> = (0..prints.len()).filter(|index| !prints[*index].bands.is_empty()).collect();
    let mut candidates: FxHashSet<(usize, usize)> = FxHashSet::default();
    for band in 0..BANDS {
        let mut together: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for index in &large {
            together.entry(prints[*index].bands[band]).or_default().push(*index);
        }
        for group in together.into_values() {
            let firsts = if group.len() > MOST_IN_BAND { 1 } else { group.len() };
            for (place, one) in group[..firsts].iter().enumerate() {
                candidates.extend(group[place + 1..].iter().map(|other| (*one, *other)));
            }
        }
    }
    let likeness = |(one, other): (usize, usize)| (one, other, prints[one].of.likeness(&prints[other].of));
    let mut pairs: Vec<_> = candidates.into_par_iter().map(likeness).filter(|(.., alike)| *alike >= NEAR).collect();
    pairs.sort_by_key(|(one, other, _)| (*one, *other));
    pairs
}

/// The smallest part under each of several orders of all parts, hashed band by band (Broder 1997).
fn bands(parts: &[u32]) -> Box<[u32]> {
    let smallest = |order: u64| {
        let order = mixed(order + 1);
        parts.iter().map(|part| mixed(u64::from(*part) ^ order)).min().unwrap_or_default()
    };
    let band = |band: usize| {
        let rows = (0..ROWS).map(|row| smallest((band * ROWS + row) as u64));
        rows.fold(band as u64, |all, row| mixed(all ^ row)) as u32
    };
    (0..BANDS).map(band).collect()
}

/// A permutation of all numbers that leaves no trace of their order (the finaliser of SplitMix64).
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::parse_with_fingerprints;

    fn class(name: &str, seed: usize, changed: usize) -> String {
        let line = |index: usize| {
            let value = if index < changed { format!("{name}_{index}") } else { format!("{}", seed * 100 + index) };
            format!("    a{index} = {value}\n")
        };
        format!("class {name}:\n{}", (0..20).map(line).collect::<String>())
    }

    #[test]
    fn near_copies_are_found_among_many_others() {
        let mut text: String = (0..200).map(|seed| class(&format!("C{seed}"), seed, 0)).collect();
        text += &class("Near", 7, 2);
        text += &class("Far", 8, 12);
        let (_, prints) = parse_with_fingerprints(&text).expect("Python");
        let prints: Vec<Print> = prints.into_iter().map(|of| Print::new(of.into(), false)).collect();
        let pairs = near_pairs(&prints.iter().collect::<Vec<_>>());
        let shown: Vec<_> = pairs.iter().map(|(one, other, alike)| (*one, *other, (alike * 100.0) as u32)).collect();
        assert_eq!(shown, [(7, 200, 82)]);
    }
}
