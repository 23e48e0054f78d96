//! Takes posts of which some are together already, gathers those that tell the same, best likeness first.
//! Never brings two stories together that the library has, and does not depend on the order of the posts.

use std::{cmp::Ordering, collections::BinaryHeap};

use super::{
    bounds::Bounds,
    evidence::{self, NEVER, Witness},
    frequencies::{Frequencies, Learnt},
    gist::Gist,
};

mod meeting;
mod roots;
#[cfg(test)]
mod spared;
mod vectors;

use meeting::Guest;
use roots::Roots;
use vectors::{Shared, Sitter, Vectors};

/// Parties at least so much alike are one story. The likeness of two parties is the mean likeness of their posts, over
/// how much each is alike in itself. Measured on five labelled sets, each left out in turn: between 0.20 and 0.24 all of
/// them agree; below, French stories of one subject run together.
const TOGETHER: f32 = 0.24;

/// Of long texts, a party must hold together by itself too, or one common name draws everything to it ("McConnell"):
/// the power to which its inner likeness counts. Headlines have too few words for that.
const INNER: f32 = 0.8;

/// Words of a headline, and of a text with its lead, between which that power grows.
const HEADLINE: f32 = 9.0;
const WITH_LEAD: f32 = 30.0;

/// A likeness below this is noise, and most pairs are: they are not even kept.
const NOISE: f32 = 0.03;

/// A pair that counts for less, once all evidence is weighed, is not held. Measured: at the noise of words, one in two
/// hundred joins of short headlines is lost; at a third of it, none. Of long texts, none is lost at the noise either.
const HELD: f32 = 0.01;

/// The least that a pair must count for, by how rich the two are.
fn held(one: f32, other: f32) -> f32 {
    HELD + (NOISE - HELD) * f32::midpoint(one, other)
}

/// From 0 for a headline to 1 for a text.
fn richness(gist: &Gist) -> f32 {
    ((gist.length() - HEADLINE) / (WITH_LEAD - HEADLINE)).clamp(0.0, 1.0)
}

/// Two posts that have one word in common, however rare, count half; those that have two, a little less than others.
const ONE_WORD: f32 = 0.5;
const TWO_WORDS: f32 = 0.75;

/// Posts this much alike are surely one story, when words are counted by story before it is known which there are.
const SURELY: f32 = 0.4;

/// What was found.
pub(super) struct Gathered {
    /// For each party, the one that it is part of now.
    pub(super) into: Vec<usize>,
    /// What the new stories say of words.
    pub(super) learnt: Learnt,
}

/// A post that is like so many of its own source is like all of them: a source that brings a thousand times the same.
const LIKE_OF_ONE_SOURCE: u32 = 64;

/// A pair of posts and its likeness: as little as can be, since a batch has millions.
struct Pair {
    one: u32,
    other: u32,
    words: u32,
    /// By how much the likeness of words counts.
    factor: f32,
    counts: f32,
}

impl Pair {
    /// The parties of its posts.
    fn parties(&self, party: &[usize]) -> Option<[usize; 2]> {
        Some([*party.get(self.one as usize)?, *party.get(self.other as usize)?])
    }
}

/// What speaks for and against.
#[derive(Default)]
struct Pairs {
    all: Vec<Pair>,
    /// Posts that are one of a series with another of their source: what such a pair would say is looked up when it is
    /// needed, as a source that fills one mould four thousand times has eight million of them.
    in_series: Vec<bool>,
}

/// Gathers. `party`: which party each of `posts` is in; `settled`: whether a party is a story of the library; `parted`:
/// two parties that never become one, whatever they say.
pub(super) fn gather(
    posts: &[Witness<'_>],
    party: &[usize],
    settled: &[bool],
    parted: &[(usize, usize)],
    frequencies: &Frequencies,
) -> Gathered {
    let is_new = |post: usize| party.get(post).and_then(|&party| settled.get(party)).is_some_and(|settled| !settled);
    let mut vectors = Vectors::new(posts.iter().map(|post| post.gist), frequencies, is_new);
    let Pairs { all: mut pairs, in_series } = pairs(posts, party, &vectors, is_new);
    let surely = sure(&pairs, party, settled.len());
    // Posts of the library were counted when they came.
    let counted = |roots: &Roots, post: usize| {
        let root = roots.root(*party.get(post)?);
        settled.get(root).is_some_and(|settled| !settled).then_some(root)
    };
    vectors.weigh_by_story(frequencies, |post| counted(&surely, post));
    // They come by their first post.
    let mut sitter = Sitter::new(&vectors);
    for pair in &mut pairs {
        sitter.seat(&vectors, pair.one as usize);
        pair.counts = pair.factor * vectors.shared_with(&sitter, pair.other as usize).likeness();
    }
    let mut parties = Parties::new(posts, party, settled, &in_series);
    parties.part(parted);
    parties.join(pairs, party);
    let learnt = vectors.learn(|post| counted(&parties.roots, post));
    Gathered { into: (0..settled.len()).map(|party| parties.roots.root(party)).collect(), learnt }
}

/// Every pair that says something: of two posts of which one at least is new, or of one party.
fn pairs(posts: &[Witness<'_>], party: &[usize], vectors: &Vectors, is_new: impl Fn(usize) -> bool) -> Pairs {
    let mut pairs = Pairs { all: Vec::new(), in_series: vec![false; posts.len()] };
    let mut of_source = vec![0_u32; posts.len()];
    let guest = |(place, (post, &party)): (usize, (&Witness<'_>, &usize))| Guest {
        at: post.at.map(|at| at.0),
        new: is_new(place),
        party,
        rich: richness(post.gist),
        bounds: Bounds::of(post),
    };
    let guests: Vec<Guest> = posts.iter().zip(party).enumerate().map(guest).collect();
    let needed = |one: &Guest, other: &Guest, shared: Option<&Shared>| {
        one.bounds.needed(&other.bounds, held(one.rich, other.rich), shared.map(Shared::common))
    };
    meeting::each_pair(vectors, &guests, (NOISE, evidence::REACH), needed, |one, other, shared| {
        let (alike, words) = (shared.likeness(), shared.words);
        let (Some(a), Some(b)) = (posts.get(one), posts.get(other)) else { return };
        let counts = evidence::between(a, b, alike, words);
        // What bars two from one story is below everything, and is kept.
        if (0.0..held(richness(a.gist), richness(b.gist))).contains(&counts) {
            return;
        }
        if a.source == b.source {
            if counts == NEVER {
                for post in [one, other] {
                    if let Some(in_series) = pairs.in_series.get_mut(post) {
                        *in_series = true;
                    }
                }
                return;
            }
            if let Some(count) = of_source.get_mut(one) {
                *count += 1;
                if *count > LIKE_OF_ONE_SOURCE {
                    return;
                }
            }
        }
        if let (Ok(one), Ok(other)) = (u32::try_from(one), u32::try_from(other)) {
            pairs.all.push(Pair { one, other, words, factor: counts / alike, counts });
        }
    });
    pairs
}

/// Parties that are surely one story.
fn sure(pairs: &[Pair], party: &[usize], parties: usize) -> Roots {
    let mut roots = Roots::new(parties);
    for pair in pairs.iter().filter(|pair| pair.counts >= SURELY) {
        if let Some([one, other]) = pair.parties(party) {
            roots.unite(one, other);
        }
    }
    roots
}

/// One party as it grows.
#[derive(Clone, Default)]
struct Party {
    size: f32,
    /// Likeness of every post to every other in it, itself included, added up.
    inner: f32,
    /// From 0 for headlines to 1 for texts, over its posts.
    rich: f32,
    settled: bool,
    /// Grows with every change, so that what was said of it before is known to be old.
    stamp: u32,
    /// Likeness to other parties (some of which are part of others now), added up by party when it is looked at.
    to: Vec<(u32, f32)>,
    /// Its posts that are one of a series of their source.
    series: Vec<u32>,
}

/// Two parties that may become one.
struct Match {
    likeness: f32,
    one: usize,
    other: usize,
    stamps: (u32, u32),
}

impl Ord for Match {
    fn cmp(&self, other: &Self) -> Ordering {
        self.likeness.total_cmp(&other.likeness).then_with(|| (other.one, other.other).cmp(&(self.one, self.other)))
    }
}

impl PartialOrd for Match {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Match {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Match {}

struct Parties<'a> {
    posts: &'a [Witness<'a>],
    all: Vec<Party>,
    roots: Roots,
    /// Sums under way, by party.
    sums: Vec<f32>,
    matches: BinaryHeap<Match>,
}

impl<'a> Parties<'a> {
    fn new(posts: &'a [Witness<'a>], party: &[usize], settled: &[bool], in_series: &[bool]) -> Self {
        let mut all: Vec<Party> = settled.iter().map(|&settled| Party { settled, ..Party::default() }).collect();
        for (place, ((post, &party), &in_series)) in (0_u32..).zip(posts.iter().zip(party).zip(in_series)) {
            if let Some(party) = all.get_mut(party) {
                party.series.extend(in_series.then_some(place));
                party.size += 1.0;
                party.inner += 1.0;
                party.rich += richness(post.gist);
            }
        }
        for party in &mut all {
            party.rich /= party.size.max(1.0);
        }
        let (roots, sums) = (Roots::new(settled.len()), vec![0.0; settled.len()]);
        Self { posts, all, roots, sums, matches: BinaryHeap::new() }
    }

    fn part(&mut self, parted: &[(usize, usize)]) {
        for &(one, other) in parted {
            self.note(one, other, NEVER);
        }
    }

    fn note(&mut self, from: usize, to: usize, counts: f32) {
        if let (Some(party), Ok(to)) = (self.all.get_mut(from), u32::try_from(to)) {
            party.to.push((to, counts));
        }
    }

    /// A post of the one and a post of the other are two of a series of their source.
    fn are_two_of_a_series(&self, one: usize, other: usize) -> bool {
        let series = |party: usize| self.all.get(party).map(|party| party.series.as_slice()).unwrap_or_default();
        let witness = |post: &u32| self.posts.get(*post as usize);
        let theirs: Vec<&Witness<'_>> = series(other).iter().filter_map(witness).collect();
        let bars = |mine: &Witness<'_>| {
            let near = |its: &Witness<'_>| match (its.at, mine.at) {
                (Some(its), Some(own)) => its.since(own).abs() <= evidence::REACH,
                _ => true,
            };
            let mut same = theirs.iter().filter(|its| its.source == mine.source && near(its));
            // As if they were word for word the same: what bars them is in their titles.
            same.any(|theirs| evidence::between(mine, theirs, 1.0, u32::MAX) == NEVER)
        };
        series(one).iter().filter_map(witness).any(bars)
    }

    /// Takes the pairs, whose room is free again while parties grow.
    fn join(&mut self, pairs: Vec<Pair>, party: &[usize]) {
        // Room for what comes, and for no more: lists that grow by doubling are half empty.
        let mut room = vec![0_usize; self.all.len()];
        for [one, other] in pairs.iter().filter_map(|pair| pair.parties(party)).filter(|[one, other]| one != other) {
            for party in [one, other] {
                if let Some(room) = room.get_mut(party) {
                    *room += 1;
                }
            }
        }
        self.all.iter_mut().zip(room).for_each(|(party, room)| party.to.reserve_exact(room));
        for pair in &pairs {
            let Some([one, other]) = pair.parties(party) else { continue };
            if one == other {
                if let Some(party) = self.all.get_mut(one) {
                    party.inner += 2.0 * pair.counts.max(0.0);
                }
                continue;
            }
            let alone = [one, other].iter().all(|&party| self.all.get(party).is_some_and(|party| party.size == 1.0));
            let counts = match pair.words {
                1 if alone => pair.counts * ONE_WORD,
                2 if alone => pair.counts * TWO_WORDS,
                _ => pair.counts,
            };
            self.note(one, other, counts);
            self.note(other, one, counts);
        }
        drop(pairs);
        for party in 0..self.all.len() {
            self.look_around(party, true);
        }
        while let Some(best) = self.matches.pop() {
            if self.is_current(&best) && !self.are_two_of_a_series(best.one, best.other) {
                self.merge(best.one, best.other);
            }
        }
    }

    fn is_current(&self, of: &Match) -> bool {
        let stamp =
            |party: usize| self.all.get(party).filter(|_| self.roots.root(party) == party).map(|party| party.stamp);
        stamp(of.one) == Some(of.stamps.0) && stamp(of.other) == Some(of.stamps.1)
    }

    /// Adds up the likeness of a party to each other one, and notes the matches. `once`: each pair from its lower side.
    fn look_around(&mut self, party: usize, once: bool) {
        let Some(to) = self.all.get_mut(party).map(|party| std::mem::take(&mut party.to)) else { return };
        let mut met: Vec<usize> = Vec::with_capacity(to.len());
        for (other, counts) in to {
            let other = self.roots.root(other as usize);
            if other == party {
                continue;
            }
            if let Some(sum) = self.sums.get_mut(other) {
                if *sum == 0.0 {
                    met.push(other);
                }
                *sum += counts;
            }
        }
        met.sort_unstable();
        met.dedup();
        let mut to = Vec::with_capacity(met.len());
        for other in met {
            let Some(sum) = self.sums.get_mut(other).map(std::mem::take) else { continue };
            to.extend(u32::try_from(other).ok().map(|other| (other, sum)));
            if once && other < party {
                continue;
            }
            if let Some(found) = self.matching(party, other, sum) {
                self.matches.push(found);
            }
        }
        if let Some(party) = self.all.get_mut(party) {
            party.to = to;
        }
    }

    fn matching(&self, one: usize, other: usize, sum: f32) -> Option<Match> {
        let (a, b) = (self.all.get(one)?, self.all.get(other)?);
        if a.settled && b.settled {
            return None;
        }
        let inner = (a.inner * b.inner).sqrt();
        let held = (inner / (a.size * b.size)).powf(INNER * f32::midpoint(a.rich, b.rich));
        let likeness = sum / inner * held;
        let (one, other, stamps) =
            if one < other { (one, other, (a.stamp, b.stamp)) } else { (other, one, (b.stamp, a.stamp)) };
        (likeness >= TOGETHER).then_some(Match { likeness, one, other, stamps })
    }

    /// A story of the library stays itself; else the lower one does.
    fn merge(&mut self, one: usize, other: usize) {
        let other_stays = self.all.get(other).is_some_and(|party| party.settled);
        let (stays, goes) = if other_stays { (other, one) } else { (one, other) };
        self.roots.put(goes, stays);
        let Some(gone) = self.all.get_mut(goes).map(std::mem::take) else { return };
        let Some(party) = self.all.get_mut(stays) else { return };
        let between: f32 = gone.to.iter().filter(|(to, _)| *to as usize == stays).map(|(_, counts)| counts).sum();
        let size = party.size + gone.size;
        party.rich = (party.rich * party.size + gone.rich * gone.size) / size;
        party.size = size;
        party.inner += gone.inner + 2.0 * between;
        party.stamp += 1;
        party.to.extend(gone.to);
        party.series.extend(gone.series);
        self.look_around(stays, false);
    }
}
