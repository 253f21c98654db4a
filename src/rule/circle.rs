//! Circles in a graph in which each node points to one other at most.

/// Every circle once, each beginning with its smallest node; `next[node]` is where the node points.
pub(super) fn find_circles(next: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut seen_from = vec![usize::MAX; next.len()];
    let mut circles = Vec::new();
    for start in 0..next.len() {
        let mut node = Some(start);
        while let Some(here) = node.filter(|&here| seen_from[here] == usize::MAX) {
            seen_from[here] = start;
            node = next[here];
        }
        if let Some(met) = node.filter(|&met| seen_from[met] == start) {
            circles.push(circle(met, next));
        }
    }
    circles
}

/// The circle through `met`, which is on one.
fn circle(met: usize, next: &[Option<usize>]) -> Vec<usize> {
    let after = |&node: &usize| next[node].filter(|&node| node != met);
    let mut circle: Vec<_> = std::iter::successors(Some(met), after).collect();
    let smallest = circle.iter().enumerate().min_by_key(|(_, node)| **node).map_or(0, |(index, _)| index);
    circle.rotate_left(smallest);
    circle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_once_and_what_leads_to_them_is_none() {
        assert_eq!(find_circles(&[Some(2), None, Some(3), Some(2), Some(4)]), [vec![2, 3], vec![4]]);
        assert!(find_circles(&[Some(1), Some(2), None]).is_empty());
    }
}
