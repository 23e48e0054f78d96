//! Takes stories best first, fills a budget with them: what was put off, then nuggets, what is searched, the rest, each source within
//! its share and no two too alike. Never takes more than there is room for.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BinaryHeap},
    rc::Rc,
};

use super::{
    Budget, OF_A_SOURCE, fitting,
    variety::{LIKENESS_COSTS, Look},
};
use crate::model::SourceId;

/// The part of the budget that is kept for nuggets while there are any: a quarter, so that a day of big news cannot
/// push them all out. Nuggets beyond it compete like any other story.
const NUGGETS_SHARE: u64 = 4;

/// The part of it that is kept for what the reader's searches find: a quarter as well, whatever there are of them. What
/// they find beyond it competes like any other story.
const SEARCHED_SHARE: u64 = 4;

/// The part of it that is kept from what was put off: half. Who puts all of yesterday off until tomorrow wants
/// tomorrow's paper too; what has no place by right then competes like any other.
const PUT_OFF_LEAVES: u64 = 2;

/// Stories chosen last that a next one is compared with: more than a usual day holds.
const COMPARED: usize = 200;

/// Stories that are looked at ahead of the best one that is unlike all others: one that far behind it is no better.
const AHEAD: usize = 1_000;

/// By which right a story enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// The reader asked for it.
    PutOff,
    /// It is a nugget.
    Nugget,
    /// A search finds it that the reader gave a section.
    Searched,
    /// By its rank.
    Plain,
}

/// A story as it is weighed here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slot {
    /// Of the budget: 1, or seconds.
    pub(super) cost: u64,
    /// Its rank.
    pub(super) total: f64,
    pub(super) tier: Tier,
    pub(super) source: SourceId,
    /// Its source may bring [`OF_A_SOURCE`] and no more.
    pub(super) limited: bool,
}

/// A digest under way.
pub(super) struct Filling<'a> {
    /// Best first.
    slots: &'a [Slot],
    look: &'a dyn Fn(usize) -> Look,
    looks: BTreeMap<usize, Rc<Look>>,
    budget: Budget,
    /// Stories or seconds left.
    room: u64,
    taken: Vec<bool>,
    /// Places taken, in the order in which they were.
    order: Vec<usize>,
    by_source: BTreeMap<SourceId, u32>,
}

/// What may enter in one go.
struct Go<'a> {
    /// So much room stays.
    keep: u64,
    /// Sources keep to their share, and stories apart from each other.
    fair: bool,
    wanted: &'a dyn Fn(&Slot) -> bool,
}

/// A story whose likeness was looked at.
struct Seen {
    place: usize,
    score: f64,
    likeness: f64,
    /// How many of those taken it was compared with.
    compared: usize,
}

impl<'a> Filling<'a> {
    /// `slots`: best first. `look`: how the story in a place looks.
    pub(super) fn new(slots: &'a [Slot], look: &'a dyn Fn(usize) -> Look, budget: Budget) -> Self {
        Self {
            slots,
            look,
            looks: BTreeMap::new(),
            budget,
            room: budget.room(),
            taken: vec![false; slots.len()],
            order: Vec::new(),
            by_source: BTreeMap::new(),
        }
    }

    /// What was put off, whatever its source, in half of the room; nuggets, in a quarter of it; what is searched, in
    /// another; then the best.
    pub(super) fn fill_in_turn(&mut self) {
        let keep = self.room / PUT_OFF_LEAVES;
        // One has it however long it is.
        let fits = |slot: &Slot| slot.tier == Tier::PutOff && slot.cost <= self.room;
        if let Some(first) = self.slots.iter().position(fits) {
            self.take(first);
        }
        self.fill(&Go { keep, fair: false, wanted: &|slot| slot.tier == Tier::PutOff });
        let keep = self.room - self.budget.room().div_ceil(NUGGETS_SHARE).min(self.room);
        self.fill(&Go { keep, fair: true, wanted: &|slot| slot.tier == Tier::Nugget });
        let keep = self.room - self.budget.room().div_ceil(SEARCHED_SHARE).min(self.room);
        self.fill(&Go { keep, fair: true, wanted: &|slot| slot.tier == Tier::Searched });
        self.fill(&Go { keep: 0, fair: true, wanted: &|_| true });
    }

    /// Whatever else one source has.
    pub(super) fn fill_from(&mut self, source: SourceId) {
        self.fill(&Go { keep: 0, fair: false, wanted: &|slot| slot.source == source });
    }

    /// Where too much room is left though something worthwhile would fill it, gives up as few of the last as that takes.
    /// `shares`: no source goes beyond its share for it.
    pub(super) fn fit(&mut self, shares: bool) {
        let slack = self.budget.slack();
        if self.room <= slack {
            return;
        }
        let priced = self.priced();
        if let Some(better) = fitting::closer(&priced, &self.taken, self.room, slack, shares) {
            self.room = better.room;
            self.order.retain(|place| better.taken.get(*place).copied().unwrap_or(false));
            let more = better.taken.iter().enumerate().filter(|(_, taken)| **taken).map(|(place, _)| place);
            let more: Vec<usize> = more.filter(|place| !self.has(*place)).collect();
            self.order.extend(more);
            self.taken = better.taken;
            self.by_source.clear();
            for place in &self.order {
                if let Some(slot) = self.slots.get(*place) {
                    *self.by_source.entry(slot.source).or_default() += 1;
                }
            }
        }
        // What was given up may have left room for something short.
        self.fill(&Go { keep: 0, fair: shares, wanted: &|_| true });
    }

    /// The stories with what fitting may bring in priced as filling does: what is like a story that is in is worth less.
    fn priced(&mut self) -> Vec<Slot> {
        let mut slots = self.slots.to_vec();
        let budget = self.budget.room();
        let open = self.slots.iter().zip(&self.taken).enumerate();
        let open = open.filter(|(_, (slot, taken))| !**taken && slot.total > 0.0 && slot.cost <= budget);
        let places: Vec<usize> = open.map(|(place, _)| place).take(fitting::TRIED).collect();
        for place in places {
            let ahead = Seen { place, score: self.total(place), likeness: 0.0, compared: 0 };
            let score = self.compare(ahead).score;
            if let Some(slot) = slots.get_mut(place) {
                // Still worthwhile: a budget that nothing else fills is filled.
                slot.total = score.max(f64::EPSILON);
            }
        }
        slots
    }

    /// Whether the story in that place is in.
    pub(super) fn has(&self, place: usize) -> bool {
        self.taken.get(place).copied().unwrap_or(false)
    }

    /// The worst place that entered by its rank alone; None when none did.
    pub(super) fn last(&self) -> Option<usize> {
        let plain = |place: &&usize| self.slots.get(**place).is_some_and(|slot| slot.tier == Tier::Plain);
        self.order.iter().filter(plain).max().copied()
    }

    /// Stories of a source that are in.
    pub(super) fn of_source(&self, source: SourceId) -> u32 {
        self.by_source.get(&source).copied().unwrap_or(0)
    }

    /// The story that is in and most like that in `place`, and how much.
    pub(super) fn nearest(&mut self, place: usize) -> Option<(usize, f64)> {
        let (look, order) = (self.looked(place), std::mem::take(&mut self.order));
        let likenesses = order.iter().map(|other| (*other, look.likeness(&self.looked(*other))));
        // The best placed of those that are equally near.
        let nearest = likenesses.max_by(|(one, a), (other, b)| a.total_cmp(b).then(other.cmp(one)));
        self.order = order;
        nearest
    }

    /// Takes the best that are wanted as long as there is room. What does not fit any more is passed over: something
    /// shorter may.
    fn fill(&mut self, go: &Go<'_>) {
        let mut seen: BinaryHeap<Seen> = BinaryHeap::new();
        let mut next = 0;
        while self.room > go.keep {
            while next < self.slots.len() && !self.may(next, go) {
                next += 1;
            }
            // Nothing behind `next` has a higher rank, and likeness only takes away.
            let ahead = Seen { place: next, score: self.total(next), likeness: 0.0, compared: 0 };
            let far = seen.len() >= AHEAD || next >= self.slots.len();
            match seen.peek() {
                Some(top) if far || *top > ahead => {}
                _ if next < self.slots.len() => {
                    let fresh = if go.fair { self.compare(ahead) } else { ahead };
                    seen.push(fresh);
                    next += 1;
                    continue;
                }
                _ => return,
            }
            let Some(top) = seen.pop() else { return };
            if !self.may(top.place, go) {
                continue;
            }
            if go.fair && top.compared < self.order.len() {
                let fresh = self.compare(top);
                seen.push(fresh);
                continue;
            }
            self.take(top.place);
        }
    }

    /// Whether the story may enter in this go. What may not any more never may again in it.
    fn may(&self, place: usize, go: &Go<'_>) -> bool {
        let Some(slot) = self.slots.get(place) else { return false };
        let share = !(go.fair && slot.limited) || self.of_source(slot.source) < OF_A_SOURCE;
        !self.has(place) && share && self.room >= slot.cost.saturating_add(go.keep) && (go.wanted)(slot)
    }

    fn take(&mut self, place: usize) {
        let Some((slot, taken)) = self.slots.get(place).zip(self.taken.get_mut(place)) else { return };
        *taken = true;
        self.room = self.room.saturating_sub(slot.cost);
        *self.by_source.entry(slot.source).or_default() += 1;
        self.order.push(place);
    }

    /// With what was taken since it was compared last.
    fn compare(&mut self, seen: Seen) -> Seen {
        let look = self.looked(seen.place);
        let from = seen.compared.max(self.order.len().saturating_sub(COMPARED));
        let others: Vec<usize> = self.order.get(from..).unwrap_or_default().to_vec();
        let mut likeness = seen.likeness;
        for other in others {
            likeness = likeness.max(look.likeness(&self.looked(other)));
        }
        let score = self.total(seen.place) - LIKENESS_COSTS * likeness;
        Seen { score, likeness, compared: self.order.len(), ..seen }
    }

    fn total(&self, place: usize) -> f64 {
        self.slots.get(place).map_or(f64::NEG_INFINITY, |slot| slot.total)
    }

    fn looked(&mut self, place: usize) -> Rc<Look> {
        Rc::clone(self.looks.entry(place).or_insert_with(|| Rc::new((self.look)(place))))
    }
}

/// The higher score first, then the better place: no two are equal.
impl Ord for Seen {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then(other.place.cmp(&self.place))
    }
}

impl PartialOrd for Seen {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Seen {}
