//! Takes a seed and a few numbers that name a place in the world, gives the same choices for ever.
//! Never asks the clock or the system for randomness.

/// SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. Chosen because
/// any number is a good seed, so that each post can have a generator of its own.
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

/// The golden ratio in 64 bits: the step of SplitMix64.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Chance {
    /// The generator that belongs to a seed and to the numbers that name a place (a day, a source, a rank).
    pub(crate) fn of(seed: u64, place: &[i64]) -> Self {
        let mut state = scramble(seed ^ STEP);
        for part in place {
            state = scramble(state.wrapping_add(STEP) ^ part.cast_unsigned());
        }
        Self(state)
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        scramble(self.0)
    }

    /// A number from 0 to `end - 1`; 0 when `end` is 0. The bias is below one in a billion for the small ends used here.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(1).max(1);
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).max(0).cast_unsigned().saturating_add(1);
        low.saturating_add((self.next() % span).cast_signed())
    }

    /// True `permille` times in a thousand.
    pub(crate) fn often(&mut self, permille: u64) -> bool {
        self.next() % 1000 < permille
    }

    /// One of them; the default of an empty list.
    pub(crate) fn pick<T: Copy + Default>(&mut self, from: &[T]) -> T {
        at(from, self.below(from.len()))
    }

    /// `count` of them, each at most once, in a new order.
    pub(crate) fn some<T: Copy>(&mut self, from: &[T], count: usize) -> Vec<T> {
        let mut left = from.to_vec();
        let mut taken = Vec::with_capacity(count.min(left.len()));
        while taken.len() < count && !left.is_empty() {
            taken.push(left.swap_remove(self.below(left.len())));
        }
        taken
    }
}

/// The element at `index`, counted round and round; the default of an empty list.
pub(crate) fn at<T: Copy + Default>(from: &[T], index: usize) -> T {
    from.get(index.checked_rem(from.len()).unwrap_or(0)).copied().unwrap_or_default()
}

/// Walks through `0..size` without repeating: the place of the `turn`th visit. Two turns that are equal modulo `size`
/// are the same place, so a list is used up before anything in it comes back.
pub(crate) fn walk(turn: u64, size: u64, shift: u64) -> u64 {
    let size = size.max(1);
    // A golden stride lands far from where it has been lately; without a common divisor it lands everywhere.
    let golden = size.saturating_mul(618) / 1000;
    let stride = (1..=golden).rev().find(|stride| divisor(*stride, size) == 1).unwrap_or(1);
    ((turn % size) * stride + shift % size) % size
}

/// The greatest common divisor (Euclid).
fn divisor(one: u64, other: u64) -> u64 {
    if other == 0 { one } else { divisor(other, one % other) }
}

fn scramble(state: u64) -> u64 {
    let mut mixed = state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_published_sequence() {
        // The first values of SplitMix64 from the state 0, as its reference implementation prints them.
        let mut chance = Chance(0);
        assert_eq!(chance.next(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(chance.next(), 0x6E78_9E6A_A1B9_65F4);
    }

    #[test]
    fn a_walk_visits_everything_before_it_comes_back() {
        for size in [1_u64, 2, 12, 100, 7919, 63_352] {
            let mut seen: Vec<u64> = (1000..1000 + size).map(|turn| walk(turn, size, 5)).collect();
            seen.sort_unstable();
            assert_eq!(seen, (0..size).collect::<Vec<u64>>(), "size {size}");
        }
    }
}
