//! Delta debugging: the smallest set of items that still makes something fail.
//!
//! Zeller, Hildebrandt: Simplifying and Isolating Failure-Inducing Input, IEEE TSE 28 (2002): `ddmin`.

/// A part of `items` that fails and of which no single item can be left out; `items` as a whole must fail.
///
/// # Errors
/// Those of `fails`.
pub(super) fn smallest<E>(
    items: Vec<String>,
    mut fails: impl FnMut(&[String]) -> Result<bool, E>,
) -> Result<Vec<String>, E> {
    let mut items = items;
    let mut parts = 2;
    while items.len() > 1 {
        let size = items.len().div_ceil(parts);
        let chunks: Vec<Vec<String>> = items.chunks(size).map(<[String]>::to_vec).collect();
        let without = |chunk: &Vec<String>| items.iter().filter(|item| !chunk.contains(item)).cloned().collect();
        let complements: Vec<Vec<String>> =
            if chunks.len() > 2 { chunks.iter().map(without).collect() } else { vec![] };
        let mut smaller = None;
        for (index, candidate) in chunks.iter().chain(&complements).enumerate() {
            if fails(candidate)? {
                smaller = Some((candidate.clone(), index < chunks.len()));
                break;
            }
        }
        match smaller {
            Some((part, is_chunk)) => {
                parts = if is_chunk { 2 } else { (parts - 1).max(2) };
                items = part;
            }
            None if parts >= items.len() => break,
            None => parts = (parts * 2).min(items.len()),
        }
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_together_is_found() {
        let items: Vec<String> = (0..40).map(|number| number.to_string()).collect();
        for needed in [vec!["7"], vec!["0", "39"], vec!["3", "17", "18", "30"]] {
            let mut runs = 0;
            let found = smallest(items.clone(), |part| {
                runs += 1;
                Ok::<_, ()>(needed.iter().all(|item| part.iter().any(|other| other == item)))
            });
            assert_eq!(found.unwrap(), needed);
            assert!(runs < 150, "{runs}");
        }
    }
}
