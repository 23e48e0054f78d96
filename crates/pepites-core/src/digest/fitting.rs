//! Takes a digest that ends too early, gives one that comes closer to its budget: the last stories make room for others
//! that fill it better. Never one that is longer than the budget, and gives up no more of the best than that takes.
//!
//! A knapsack by dynamic programming over a core: the stories that a choice by rank was unsure about, as Balas and Zemel
//! do ("An algorithm for large zero-one knapsack problems", 1980). The core is the last story chosen, then the last two,
//! four, eight…, with the best that were left out.

use std::collections::BTreeMap;

use super::{
    OF_A_SOURCE,
    filling::{Slot, Tier},
};
use crate::model::SourceId;

/// Left-out stories that are tried: the best of those that would fit.
pub(super) const TRIED: usize = 200;

/// Steps that the room is divided into. Up to an hour and eight minutes each is a second.
const STEPS: u64 = 4_096;

/// Stories of one source that a choice can tell apart: those beyond count as the last.
const TURNS: usize = OF_A_SOURCE as usize + 1;

/// A digest that is closer to its budget.
pub(super) struct Closer {
    pub(super) taken: Vec<bool>,
    /// What is left.
    pub(super) room: u64,
}

/// `slots`: best first. `room`: what is left with those `taken`. Gives the closest that is within `slack` of the budget;
/// where none is, the fullest that gives up no nugget; None when nothing is fuller than what there is.
pub(super) fn closer(slots: &[Slot], taken: &[bool], room: u64, slack: u64, shares: bool) -> Option<Closer> {
    let mut open: Vec<usize> = places(taken, slots, |slot, taken| taken && slot.tier != Tier::PutOff);
    // The last of the stories that came in by rank go first, nuggets after all of them.
    open.sort_by_key(|place| (slots.get(*place).map(|slot| std::cmp::Reverse(slot.tier)), std::cmp::Reverse(*place)));
    let worthwhile = |slot: &Slot, taken: bool| !taken && slot.total > 0.0 && slot.cost > 0;
    let left_out = places(taken, slots, worthwhile);
    let mut fullest: Option<Closer> = None;
    let mut many = 1;
    while !open.is_empty() {
        let given: Vec<usize> = open.iter().take(many).copied().collect();
        let found = Core::of(slots, taken, room, &given, &left_out, shares).solve(slack);
        if let Some(found) = found {
            if found.room <= slack {
                return Some(found);
            }
            let gives_nugget =
                given.iter().any(|place| slots.get(*place).is_some_and(|slot| slot.tier == Tier::Nugget));
            if !gives_nugget && found.room < fullest.as_ref().map_or(room, |fullest| fullest.room) {
                fullest = Some(found);
            }
        }
        if many >= open.len() {
            break;
        }
        many *= 2;
    }
    fullest
}

fn places(taken: &[bool], slots: &[Slot], wanted: impl Fn(&Slot, bool) -> bool) -> Vec<usize> {
    let each = slots.iter().zip(taken).enumerate();
    each.filter(|(_, (slot, taken))| wanted(slot, **taken)).map(|(place, _)| place).collect()
}

/// Stories that can be chosen anew, and the room that there is for them.
struct Core<'a> {
    slots: &'a [Slot],
    /// Without the stories that were given up.
    kept: Vec<bool>,
    room: u64,
    /// By source, so that each can be held to its share.
    groups: Vec<(u32, Vec<usize>)>,
}

impl<'a> Core<'a> {
    fn of(slots: &'a [Slot], taken: &[bool], room: u64, given: &[usize], left_out: &[usize], shares: bool) -> Self {
        let mut kept = taken.to_vec();
        let mut all = room;
        for place in given {
            if let Some((kept, slot)) = kept.get_mut(*place).zip(slots.get(*place)) {
                *kept = false;
                all = all.saturating_add(slot.cost);
            }
        }
        let mut used: BTreeMap<SourceId, u32> = BTreeMap::new();
        for slot in slots.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(slot, _)| slot) {
            *used.entry(slot.source).or_default() += 1;
        }
        let fits = |place: &&usize| slots.get(**place).is_some_and(|slot| slot.cost <= all);
        let tried = given.iter().chain(left_out.iter().filter(fits).take(TRIED)).copied();
        let mut groups: BTreeMap<SourceId, (u32, Vec<usize>)> = BTreeMap::new();
        for place in tried {
            let Some(slot) = slots.get(place) else { continue };
            let share = if shares && slot.limited {
                OF_A_SOURCE.saturating_sub(used.get(&slot.source).copied().unwrap_or(0))
            } else {
                u32::MAX
            };
            groups.entry(slot.source).or_insert_with(|| (share, Vec::new())).1.push(place);
        }
        Self { slots, kept, room: all, groups: groups.into_values().collect() }
    }

    /// The best of those within `slack` of the room, else the fullest.
    fn solve(self, slack: u64) -> Option<Closer> {
        // Costs are rounded up to whole steps: what fits in steps fits.
        let step = self.room.div_ceil(STEPS).max(1);
        let width = usize::try_from(self.room / step).ok()?;
        let mut table = Table::new(width);
        for (share, members) in &self.groups {
            for place in members {
                let slot = self.slots.get(*place)?;
                let cost = usize::try_from(slot.cost.div_ceil(step)).unwrap_or(usize::MAX);
                table.offer(*place, cost, slot.total, *share);
            }
            table.close();
        }
        let near = u64::try_from(width).ok()?.saturating_sub(slack / step);
        let chosen = table.best(usize::try_from(near).ok()?)?;
        let mut taken = self.kept;
        let mut room = self.room;
        for place in chosen {
            if let Some((taken, slot)) = taken.get_mut(place).zip(self.slots.get(place)) {
                *taken = true;
                room = room.checked_sub(slot.cost)?;
            }
        }
        Some(Closer { taken, room })
    }
}

/// The best way to fill exactly so many steps, for each number of them, and for each number of stories of the source
/// that is being offered.
struct Table {
    width: usize,
    /// By turn (stories of this source so far, those beyond [`TURNS`] as the last), then by steps.
    ways: Vec<Vec<Option<Way>>>,
    /// Stories that ways are made of, each with the one before it: ways share what they have in common.
    links: Vec<(u32, Option<u32>)>,
}

#[derive(Clone, Copy)]
struct Way {
    total: f64,
    last: Option<u32>,
}

impl Table {
    fn new(width: usize) -> Self {
        let mut first = vec![None; width + 1];
        if let Some(none) = first.first_mut() {
            *none = Some(Way { total: 0.0, last: None });
        }
        let mut ways = vec![first];
        ways.resize(TURNS, vec![None; width + 1]);
        Self { width, ways, links: Vec::new() }
    }

    /// One more story that may be chosen, of a source that may bring `share`.
    fn offer(&mut self, place: usize, cost: usize, total: f64, share: u32) {
        let Some(highest) = self.width.checked_sub(cost) else { return };
        let share = usize::try_from(share).unwrap_or(usize::MAX);
        let Ok(place) = u32::try_from(place) else { return };
        // From the most turns down, and from the most steps down: no story is taken twice.
        for turn in (0..TURNS).rev() {
            // Without a bound the last turn stands for all that come after it.
            let next = (turn + 1).min(TURNS - 1);
            if turn >= share {
                continue;
            }
            for steps in (0..=highest).rev() {
                let Some(way) = self.ways.get(turn).and_then(|ways| ways.get(steps)).copied().flatten() else {
                    continue;
                };
                let better = Way { total: way.total + total, last: way.last };
                let Some(there) = self.ways.get_mut(next).and_then(|ways| ways.get_mut(steps + cost)) else { continue };
                if there.is_none_or(|there| better.total > there.total) {
                    let Ok(link) = u32::try_from(self.links.len()) else { return };
                    self.links.push((place, way.last));
                    *there = Some(Way { last: Some(link), ..better });
                }
            }
        }
    }

    /// The source that was offered is done: its turns are forgotten.
    fn close(&mut self) {
        let Some((first, others)) = self.ways.split_first_mut() else { return };
        for ways in others {
            for (best, way) in first.iter_mut().zip(ways.iter_mut()) {
                if let Some(way) = way.take()
                    && best.is_none_or(|best| way.total > best.total)
                {
                    *best = Some(way);
                }
            }
        }
    }

    /// The places of the best way that fills at least `near` steps; where there is none, of the fullest.
    fn best(&self, near: usize) -> Option<Vec<usize>> {
        let ways = self.ways.first()?;
        let there = |steps: usize| ways.get(steps).copied().flatten();
        let within = (near..=self.width).rev().filter_map(there);
        let best = within.reduce(|best, way| if way.total > best.total { way } else { best });
        let way = best.or_else(|| (0..near).rev().find_map(there))?;
        let mut places = Vec::new();
        let mut last = way.last;
        while let Some((place, before)) = last.and_then(|link| self.links.get(usize::try_from(link).ok()?)).copied() {
            places.extend(usize::try_from(place));
            last = before;
        }
        Some(places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `A60 B120*`: a story of source A of 60 seconds that is in (`*`: is left out), best first.
    fn slots(text: &str) -> (Vec<Slot>, Vec<bool>) {
        let count = text.split_whitespace().count();
        let one = |(place, word): (usize, &str)| {
            let (source, cost) = word.split_at(1);
            let taken = !cost.ends_with('*');
            let total = f64::from(u32::try_from(count - place).unwrap());
            let cost = cost.trim_end_matches('*').parse().unwrap();
            let source = SourceId(i64::from(source.as_bytes()[0]));
            (Slot { cost, total, tier: Tier::Plain, source, limited: true }, taken)
        };
        text.split_whitespace().enumerate().map(one).unzip()
    }

    fn check(text: &str, room: u64, slack: u64, expected: Option<&str>) {
        let (slots, taken) = slots(text);
        let found = closer(&slots, &taken, room, slack, true);
        let said = found.map(|found| {
            let words = text.split_whitespace().zip(found.taken).filter(|(_, taken)| *taken);
            words.map(|(word, _)| word.trim_end_matches('*')).collect::<Vec<_>>().join(" ")
        });
        assert_eq!(said.as_deref(), expected, "{text}, {room} left");
    }

    #[test]
    fn the_last_story_makes_room_for_one_that_fits_better() {
        check("A600 B300 C500*", 240, 20, Some("A600 C500"));
        // The best that comes near enough, not the nearest.
        check("A600 B300 C525* D540*", 240, 20, Some("A600 C525"));
        check("A600 B300 C900*", 240, 20, None);
    }

    #[test]
    fn no_more_of_the_best_is_given_up_than_that_takes() {
        check("A300 B300 C300 D520* E840*", 240, 20, Some("A300 B300 D520"));
        check("A300 B300 C300 D900*", 300, 20, Some("A300 D900"));
    }

    #[test]
    fn where_nothing_comes_near_enough_the_fullest_is_taken() {
        check("A600 B300 C400*", 240, 20, Some("A600 C400"));
        check("A600", 240, 20, None);
    }

    #[test]
    fn no_source_goes_beyond_its_share() {
        check("A60 A60 A60 B60 A300*", 240, 20, Some("A60 A60 B60 A300"));
        check("A60 A60 A60 B60 C300*", 240, 20, Some("A60 A60 A60 C300"));
    }
}
