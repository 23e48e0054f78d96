//! Takes a digest that was made and the minutes that there are, gives the shorter cut of it. Never ranks anew: each entry
//! has the rank that it was kept with.

use super::{
    Budget,
    filling::{Filling, Slot, Tier},
    variety::Look,
};
use crate::model::SourceId;

/// An entry of a digest that could be read now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// What it takes, in seconds.
    pub seconds: u32,
    /// Its rank, as it was.
    pub rank: f64,
    /// It is a nugget.
    pub nugget: bool,
}

/// Which of `entries` make the best use of so many minutes, as places in them, in their order. Within the minutes, and
/// at most a twentieth below while something fits.
#[must_use]
pub fn cut(entries: &[Held], minutes: u32) -> Vec<usize> {
    let mut best: Vec<(usize, &Held)> = entries.iter().enumerate().collect();
    // Stable: of equal ranks the earlier in the digest is the better.
    best.sort_by(|(_, a), (_, b)| b.rank.total_cmp(&a.rank));
    let slots: Vec<Slot> = best
        .iter()
        .map(|(_, entry)| Slot {
            cost: u64::from(entry.seconds),
            total: entry.rank,
            tier: if entry.nugget { Tier::Nugget } else { Tier::Plain },
            // Sources were held to their share, and stories kept apart, when the digest was made.
            source: SourceId(0),
            limited: false,
        })
        .collect();
    let unlike = |_| Look::default();
    let mut filling = Filling::new(&slots, &unlike, Budget::Minutes(minutes));
    filling.fill_in_turn();
    filling.fit(false);
    let mut places: Vec<usize> =
        best.iter().enumerate().filter(|(place, _)| filling.has(*place)).map(|(_, (index, _))| *index).collect();
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn held(seconds: u32, rank: f64, nugget: bool) -> Held {
        Held { seconds, rank, nugget }
    }

    #[test]
    fn the_cut_is_the_best_of_the_digest_in_its_order() {
        let entries = [held(120, 1.0, true), held(300, 5.0, false), held(250, 3.0, false), held(60, 4.0, false)];
        assert_eq!(cut(&entries, 10), [0, 1, 3], "the nugget has its part, then by rank; 250 does not fit any more");
        assert_eq!(cut(&entries, 60), [0, 1, 2, 3]);
        assert_eq!(cut(&entries, 0), Vec::<usize>::new());
        assert_eq!(cut(&[], 10), Vec::<usize>::new());
    }

    #[test]
    fn a_long_one_makes_room_where_the_minutes_would_stay_empty() {
        // By rank 420 s alone: a third would be lost.
        let entries = [held(420, 5.0, false), held(300, 4.0, false), held(290, 3.0, false)];
        assert_eq!(cut(&entries, 10), [1, 2]);
    }

    proptest! {
        #[test]
        fn a_cut_never_exceeds_its_minutes_and_leaves_nothing_out_that_fits(
            rows in prop::collection::vec((10..2_000_u32, 1..9_u8, any::<bool>()), 0..60), minutes in 0..90_u32,
        ) {
            let entries: Vec<Held> = rows.iter().map(|(seconds, rank, nugget)| held(*seconds, f64::from(*rank), *nugget)).collect();
            let places = cut(&entries, minutes);
            let room = u64::from(minutes) * 60;
            let spent: u64 = places.iter().map(|place| u64::from(entries[*place].seconds)).sum();
            prop_assert!(spent <= room);
            prop_assert!(places.is_sorted());
            if spent + room / 20 < room {
                for (place, entry) in entries.iter().enumerate() {
                    prop_assert!(places.contains(&place) || u64::from(entry.seconds) + spent > room);
                }
            }
        }
    }
}
