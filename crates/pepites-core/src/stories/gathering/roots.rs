//! Knows which parties are one by now. Never says which should be.

/// Who is part of whom.
pub(super) struct Roots(Vec<usize>);

impl Roots {
    pub(super) fn new(parties: usize) -> Self {
        Self((0..parties).collect())
    }

    pub(super) fn root(&self, mut party: usize) -> usize {
        while let Some(&into) = self.0.get(party)
            && into != party
        {
            party = into;
        }
        party
    }

    /// The lower of the two is the root of both.
    pub(super) fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(into) = self.0.get_mut(one.max(other)) {
            *into = one.min(other);
        }
    }

    pub(super) fn put(&mut self, party: usize, into: usize) {
        if let Some(place) = self.0.get_mut(party) {
            *place = into;
        }
    }
}
