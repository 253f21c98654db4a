//! In which order a list of names is kept, and where one more name goes.

use std::cmp::Ordering;

/// A way in which people and formatters sort names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Order {
    /// Constants, then classes, then the rest, as isort and ruff do.
    by_type: bool,
    ignore_case: bool,
    /// `a9` before `a10`.
    natural: bool,
}

/// The orders that are recognised, the most usual first.
const ORDERS: [Order; 6] = [
    Order { by_type: true, ignore_case: true, natural: true },
    Order { by_type: true, ignore_case: true, natural: false },
    Order { by_type: false, ignore_case: true, natural: true },
    Order { by_type: false, ignore_case: true, natural: false },
    Order { by_type: false, ignore_case: false, natural: false },
    Order { by_type: true, ignore_case: false, natural: true },
];

/// The first recognised order in which `names` are sorted.
fn order_of(names: &[&str]) -> Option<Order> {
    ORDERS.into_iter().find(|order| is_in_order(names, *order))
}

fn is_in_order(names: &[&str], order: Order) -> bool {
    names.windows(2).all(|pair| order.compare(pair[0], pair[1]) != Ordering::Greater)
}

/// Whether `after` is sorted as `before` was; true if that was not sorted.
fn stays_sorted(before: &[&str], after: &[&str]) -> bool {
    order_of(before).is_none()
        || ORDERS.into_iter().any(|order| is_in_order(before, order) && is_in_order(after, order))
}

/// Which names of a sorted list break its order once they read `after` (`None`: the name leaves) and must be put in anew.
/// One name if that is enough; at least one name stays where it is.
pub(super) fn misplaced(before: &[&str], after: &[Option<&str>]) -> Vec<usize> {
    let without = |left_out: Option<usize>| -> Vec<&str> {
        let names = after.iter().enumerate().filter(|(index, _)| Some(*index) != left_out);
        names.filter_map(|(_, name)| *name).collect()
    };
    if stays_sorted(before, &without(None)) {
        return Vec::new();
    }
    let is_renamed = |index: &usize| after[*index].is_some_and(|name| name != before[*index]);
    let mut renamed: Vec<usize> = (0..after.len()).filter(is_renamed).collect();
    if let Some(&alone) = renamed.iter().find(|&&index| stays_sorted(before, &without(Some(index)))) {
        return vec![alone];
    }
    if renamed.len() == after.iter().flatten().count() {
        renamed.remove(0);
    }
    renamed
}

/// Where `name` joins `names`: its place if they are sorted as `before` was, else the end.
pub(super) fn place(before: &[&str], names: &[&str], name: &str) -> usize {
    match order_of(before) {
        Some(order) => {
            names.iter().position(|other| order.compare(other, name) == Ordering::Greater).unwrap_or(names.len())
        }
        None => names.len(),
    }
}

impl Order {
    fn compare(self, left: &str, right: &str) -> Ordering {
        let (left_name, right_name) = (first_word(left), first_word(right));
        let by_type = if self.by_type { kind(left_name).cmp(&kind(right_name)) } else { Ordering::Equal };
        by_type
            .then_with(|| self.spelled(left_name, right_name))
            .then_with(|| left_name.cmp(right_name))
            .then_with(|| left.cmp(right))
    }

    fn spelled(self, left: &str, right: &str) -> Ordering {
        let fold = |name: &str| if self.ignore_case { name.to_lowercase() } else { name.to_owned() };
        let (left, right) = (fold(left), fold(right));
        if self.natural { natural(&left).cmp(&natural(&right)) } else { left.cmp(&right) }
    }
}

/// `Name` of `Name as Other`.
fn first_word(entry: &str) -> &str {
    entry.split_whitespace().next().unwrap_or(entry)
}

/// 0 for a CONSTANT, 1 for a Class, 2 for the rest.
fn kind(name: &str) -> u8 {
    let has_lower = name.chars().any(char::is_lowercase);
    let has_upper = name.chars().any(char::is_uppercase);
    match name.chars().next() {
        Some(_) if name.len() > 1 && has_upper && !has_lower => 0,
        Some(first) if first.is_uppercase() => 1,
        _ => 2,
    }
}

/// The name as text and numbers in turn.
fn natural(name: &str) -> Vec<(&str, usize, &str)> {
    let mut pieces = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let text = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let digits = rest[text..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |length| text + length);
        let number = rest[text..digits].trim_start_matches('0');
        pieces.push((&rest[..text], number.len(), number));
        rest = &rest[digits..];
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_where_the_order_of_the_list_says() {
        for (names, name, expected) in [
            ("A C", "B", 1),
            ("MAX Class func", "Zoo", 2),
            ("MAX Class func", "MIN", 1),
            ("alpha Beta gamma", "Delta", 2),
            ("Alpha Zeta beta", "Gamma", 1),
            ("a9 a10", "a11", 2),
            ("b a", "A", 2),
            ("Z", "A", 0),
            ("", "A", 0),
        ] {
            let names: Vec<_> = names.split_whitespace().collect();
            assert_eq!(place(&names, &names, name), expected, "{name} into {names:?}");
        }
    }

    #[test]
    fn a_renamed_name_may_break_the_order() {
        assert_eq!(misplaced(&["A", "C"], &[Some("B"), Some("C")]), [0; 0]);
        assert_eq!(misplaced(&["A", "C"], &[Some("D"), Some("C")]), [0]);
        assert_eq!(misplaced(&["A", "B", "C"], &[Some("F"), Some("E"), Some("D")]), [1, 2]);
        assert_eq!(misplaced(&["C", "A", "B"], &[Some("D"), Some("A"), Some("B")]), [0; 0]);
    }
}
