//! The cheapest way to give each report one parent or none.
//!
//! In: the costs of edges from parent to child, and of having no parent. Out: a parent for each, without a cycle.
//! Method: a minimum spanning arborescence under one artificial root (Chu and Liu 1965, Edmonds 1967).

/// One possible edge.
#[derive(Copy, Clone, Debug)]
pub struct Arc {
    /// Where it comes from.
    pub parent: usize,
    /// Where it goes.
    pub child: usize,
    /// What it costs.
    pub cost: i64,
}

/// The parent of each of `0..count`, `None` for a root; the sum of costs is the smallest possible.
///
/// `alone[child]` is the cost of having no parent. Ties fall to the arc that comes first.
pub fn parents(count: usize, arcs: &[Arc], alone: &[i64]) -> Vec<Option<usize>> {
    let root = count;
    let mut all: Vec<Arc> = arcs.iter().copied().filter(|arc| arc.parent != arc.child).collect();
    all.extend((0..count).map(|child| Arc { parent: root, child, cost: alone[child] }));
    let chosen = arborescence(count + 1, root, &all);
    let mut parents = vec![None; count];
    for arc in chosen.into_iter().map(|at| all[at]).filter(|arc| arc.parent != root) {
        parents[arc.child] = Some(arc.parent);
    }
    parents
}

/// Indices of the arcs of the cheapest arborescence. Every node but the root has an arc coming in.
fn arborescence(count: usize, root: usize, arcs: &[Arc]) -> Vec<usize> {
    let mut best: Vec<Option<usize>> = vec![None; count];
    for (at, arc) in arcs.iter().enumerate() {
        let better = best[arc.child].is_none_or(|known: usize| arc.cost < arcs[known].cost);
        if arc.child != root && arc.parent != arc.child && better {
            best[arc.child] = Some(at);
        }
    }
    let Some(cycle) = cycle(count, arcs, &best) else { return best.into_iter().flatten().collect() };
    // The cycle becomes one node; an arc into it pays for the arc it pushes out.
    let mut label = vec![usize::MAX; count];
    let mut next = 0;
    for node in (0..count).filter(|node| !cycle.contains(node)) {
        label[node] = next;
        next += 1;
    }
    cycle.iter().for_each(|&node| label[node] = next);
    let (mut inner, mut origin) = (Vec::new(), Vec::new());
    for (at, arc) in arcs.iter().enumerate() {
        if label[arc.parent] != label[arc.child] {
            let pushed = best[arc.child].filter(|_| label[arc.child] == next).map_or(0, |out| arcs[out].cost);
            inner.push(Arc { parent: label[arc.parent], child: label[arc.child], cost: arc.cost - pushed });
            origin.push(at);
        }
    }
    let mut chosen: Vec<usize> =
        arborescence(next + 1, label[root], &inner).into_iter().map(|at| origin[at]).collect();
    let entered: Vec<usize> = chosen.iter().map(|&at| arcs[at].child).collect();
    chosen.extend(cycle.iter().filter(|node| !entered.contains(node)).filter_map(|&node| best[node]));
    chosen
}

/// A cycle among the best arcs, if there is one.
fn cycle(count: usize, arcs: &[Arc], best: &[Option<usize>]) -> Option<Vec<usize>> {
    let mut seen = vec![usize::MAX; count];
    for start in 0..count {
        let mut node = start;
        while seen[node] == usize::MAX {
            seen[node] = start;
            match best[node] {
                Some(at) => node = arcs[at].parent,
                None => break,
            }
        }
        if seen[node] == start && best[node].is_some() {
            let mut cycle = vec![node];
            let mut at = arcs[best[node]?].parent;
            while at != node {
                cycle.push(at);
                at = arcs[best[at]?].parent;
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(alone: &[i64], arcs: &[(usize, usize, i64)], expected: &[Option<usize>]) {
        let arcs: Vec<Arc> = arcs.iter().map(|&(parent, child, cost)| Arc { parent, child, cost }).collect();
        assert_eq!(parents(alone.len(), &arcs, alone), expected);
    }

    #[test]
    fn the_cheapest_parents_make_no_circle() {
        check(&[9, 9], &[(0, 1, 2), (1, 0, 1)], &[Some(1), None]);
        check(&[5, 9], &[(0, 1, 2), (1, 0, 1)], &[None, Some(0)]);
        // Each of three would rather come from the next; one has to stand alone, the one for which it costs least.
        check(&[9, 5, 9], &[(0, 1, 1), (1, 2, 1), (2, 0, 1)], &[Some(2), None, Some(1)]);
        check(&[9, 9, 9], &[], &[None, None, None]);
        check(
            &[10, 10, 10, 10],
            &[(0, 1, 1), (1, 0, 1), (1, 2, 3), (2, 1, 2), (3, 2, 8)],
            &[Some(1), Some(2), Some(3), None],
        );
    }

    /// The smallest sum of costs over all ways to give parents, by trying each.
    fn smallest(alone: &[i64], arcs: &[Arc]) -> i64 {
        let count = alone.len();
        (0..(count + 1).pow(count as u32))
            .filter_map(|choice| {
                let parents: Vec<usize> =
                    (0..count).map(|child| choice / (count + 1).pow(child as u32) % (count + 1)).collect();
                let is_rooted = |mut at: usize| {
                    (0..=count).any(|_| {
                        at == count || {
                            at = parents[at];
                            at == count
                        }
                    })
                };
                (0..count).all(is_rooted).then_some(())?;
                parents
                    .iter()
                    .enumerate()
                    .map(|(child, &parent)| cost(alone, arcs, child, (parent < count).then_some(parent)))
                    .sum()
            })
            .min()
            .unwrap_or_default()
    }

    fn cost(alone: &[i64], arcs: &[Arc], child: usize, parent: Option<usize>) -> Option<i64> {
        let Some(parent) = parent else { return Some(alone[child]) };
        arcs.iter().filter(|arc| arc.parent == parent && arc.child == child).map(|arc| arc.cost).min()
    }

    proptest::proptest! {
        #[test]
        fn no_other_choice_costs_less(
            alone in proptest::collection::vec(0..20i64, 4),
            arcs in proptest::collection::vec((0..4usize, 0..4usize, 0..20i64), 0..14),
        ) {
            let arcs: Vec<Arc> = arcs.into_iter().filter(|(parent, child, _)| parent != child)
                .map(|(parent, child, cost)| Arc { parent, child, cost }).collect();
            let found = parents(4, &arcs, &alone);
            let sum: Option<i64> = found.iter().enumerate().map(|(child, &parent)| cost(&alone, &arcs, child, parent)).sum();
            proptest::prop_assert_eq!(sum, Some(smallest(&alone, &arcs)));
        }
    }
}
