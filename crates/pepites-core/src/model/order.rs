//! Takes the folders that the reader put into an order of their own, compares two folders by it.
//! Those that were never moved come after, by name: a new folder stands where it is looked for.

use std::{cmp::Ordering, collections::BTreeMap};

/// The order of folders, each among those beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderOrder(BTreeMap<Vec<String>, usize>);

impl FolderOrder {
    /// The folders in their order, each as its path; of one that is named twice, the first place holds.
    #[must_use]
    pub fn new(paths: impl IntoIterator<Item = Vec<String>>) -> Self {
        let mut places = BTreeMap::new();
        for (place, path) in paths.into_iter().enumerate() {
            places.entry(path).or_insert(place);
        }
        Self(places)
    }

    /// Which of two folders stands first: a folder before those in it, then by the order, then by name.
    #[must_use]
    pub fn compare(&self, one: &[String], other: &[String]) -> Ordering {
        let shared = one.iter().zip(other).take_while(|(a, b)| a == b).count();
        match (one.get(..=shared), other.get(..=shared)) {
            (Some(a), Some(b)) => {
                let place = |path: &[String]| self.0.get(path).copied().unwrap_or(usize::MAX);
                place(a).cmp(&place(b)).then_with(|| a.cmp(b))
            }
            // One of them is the other, or holds it.
            _ => one.len().cmp(&other.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn path(typed: &str) -> Vec<String> {
        typed.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    #[test]
    fn folders_stand_as_they_were_put_and_the_others_after_by_name() {
        let order = FolderOrder::new(["Work", "Home/Garden", "Home", "Work"].map(path));
        let mut folders = ["Air", "Home/Attic", "Work/B", "Zoo", "Home", "", "Home/Garden", "Work", "Work/A"].map(path);
        folders.sort_by(|a, b| order.compare(a, b));
        let sorted = folders.map(|folder| folder.join("/"));
        assert_eq!(sorted, ["", "Work", "Work/A", "Work/B", "Home", "Home/Garden", "Home/Attic", "Air", "Zoo"]);
    }

    proptest! {
        #[test]
        fn it_is_an_order(
            known in prop::collection::vec(prop::collection::vec("[ab]", 1..3), 0..5),
            mut some in prop::collection::vec(prop::collection::vec("[ab]", 0..3), 0..9),
        ) {
            let order = FolderOrder::new(known);
            // It would panic where it were none.
            some.sort_by(|a, b| order.compare(a, b));
            for pair in some.windows(2) {
                prop_assert_ne!(order.compare(&pair[0], &pair[1]), Ordering::Greater);
            }
            for (a, b) in some.iter().zip(some.iter().skip(1)) {
                prop_assert_eq!(order.compare(a, b) == Ordering::Equal, a == b);
            }
        }
    }
}
