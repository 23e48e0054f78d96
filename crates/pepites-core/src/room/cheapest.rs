//! Takes for each source what its changes free and cost, gives the choice that frees enough at the least cost: a knapsack
//! with one change a source. Never approximates below [`UNITS`]; beyond, what is freed is rounded down, never up.

/// The goal is cut into at most so many parts, so that two thousand sources are decided in milliseconds.
const UNITS: u64 = 2_000;

/// For each source the place of its change, or None to leave it as it is. Where `wanted` is out of reach, as much as
/// can be freed.
pub(super) fn cheapest(sources: &[Vec<(u64, u64)>], wanted: u64) -> Vec<Option<usize>> {
    let most: u64 = sources.iter().map(|changes| changes.iter().map(|(frees, _)| *frees).max().unwrap_or(0)).sum();
    if most <= wanted {
        return most_freed(sources);
    }
    let grain = wanted.div_ceil(UNITS).max(1);
    let units = |freed: u64| usize::try_from(freed / grain).unwrap_or(usize::MAX);
    // Rounded down, all together may fall short of what they free.
    let reach: usize =
        sources.iter().map(|changes| changes.iter().map(|(frees, _)| units(*frees)).max().unwrap_or(0)).sum();
    let goal = usize::try_from(wanted.div_ceil(grain)).unwrap_or(usize::MAX).min(reach);
    // least[u]: the least cost that frees u units at least; u stops at the goal.
    let mut least: Vec<Option<u64>> = vec![None; goal + 1];
    if let Some(first) = least.first_mut() {
        *first = Some(0);
    }
    let mut taken: Vec<Vec<Option<usize>>> = Vec::with_capacity(sources.len());
    for changes in sources {
        let mut next = least.clone();
        let mut taking = vec![None; goal + 1];
        for (at, (frees, cost)) in changes.iter().enumerate() {
            let frees = units(*frees);
            for (to, (best, taking)) in next.iter_mut().zip(&mut taking).enumerate() {
                // What is freed beyond the goal counts as the goal: all that reach `to` come from here down to 0.
                let from = to.saturating_sub(frees);
                let Some(Some(before)) = least.get(from) else { continue };
                let price = before + cost;
                if best.is_none_or(|best| price < best) {
                    *best = Some(price);
                    *taking = Some(at);
                }
            }
        }
        least = next;
        taken.push(taking);
    }
    let mut chosen = vec![None; sources.len()];
    let mut left = goal;
    for ((changes, taking), chosen) in sources.iter().zip(&taken).zip(&mut chosen).rev() {
        let Some(at) = taking.get(left).copied().flatten() else { continue };
        *chosen = Some(at);
        left = left.saturating_sub(changes.get(at).map_or(0, |(frees, _)| units(*frees)));
    }
    let frees = |(changes, at): (&Vec<(u64, u64)>, &Option<usize>)| {
        at.and_then(|at| changes.get(at)).map_or(0, |(frees, _)| *frees)
    };
    let freed: u64 = sources.iter().zip(&chosen).map(frees).sum();
    // Only what was rounded away was missing: the goal is within a grain of all that there is.
    if freed < wanted { most_freed(sources) } else { chosen }
}

/// Of each source the change that frees most, the cheapest such.
fn most_freed(sources: &[Vec<(u64, u64)>]) -> Vec<Option<usize>> {
    let best = |changes: &Vec<(u64, u64)>| {
        let order = |&(_, &(frees, cost)): &(usize, &(u64, u64))| (frees, std::cmp::Reverse(cost));
        changes.iter().enumerate().max_by_key(order).map(|(at, _)| at)
    };
    sources.iter().map(best).collect()
}
