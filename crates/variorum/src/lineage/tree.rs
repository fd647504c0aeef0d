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
