//! Takes the words of posts and when each was published, gives the pairs that may tell the same.
//! Finds exactly those that looking at every pair with a telling word in common would find, and looks at few of them.

use std::collections::HashMap;

use super::{
    super::bounds::Bounds,
    vectors::{Entry, SUPPORT, Shared, Sitter, Vectors, of_titles},
};

/// Sums of the same numbers in another order differ by less than this part.
const ROUNDING: f32 = 1e-3;

/// Posts meet by their dozen most telling words: who shares none of these tells another story, whatever else they share.
/// What these bear must make two posts alike enough by itself. Measured on the five labelled sets: with 12 nothing changes
/// in the third digit, with 8 the short headlines lose, and a long text costs a third of what it costs with all of its
/// words.
const TELLING_WORDS: usize = 12;

/// What is known of a post beside its words.
#[derive(Clone, Copy)]
pub(super) struct Guest {
    /// When it was published, in milliseconds; None when nobody knows.
    pub(super) at: Option<i64>,
    /// It is not of a story of the library.
    pub(super) new: bool,
    pub(super) party: usize,
    /// From 0 for a headline to 1 for a text.
    pub(super) rich: f32,
    pub(super) bounds: Bounds,
}

/// Gives each pair of posts that is alike by `least` or more and not further apart than `reach` milliseconds, with what
/// they share: pairs of which one at least is new, and those of one party. Posts of the library do not meet each other:
/// they are many where much came before. `needed`: how alike two posts must be to be of use, without and with what they
/// share; those that are less are left out.
pub(super) fn each_pair(
    vectors: &Vectors,
    guests: &[Guest],
    (least, reach): (f32, i64),
    needed: impl Fn(&Guest, &Guest, Option<&Shared>) -> f32,
    mut give: impl FnMut(usize, usize, Shared),
) {
    // Two posts are as alike as their titles bear: what words say of titles, added up, must come to so much.
    let enough = least / SUPPORT * (1.0 - ROUNDING);
    let mut order: Vec<u32> = (0_u32..).take(guests.len()).collect();
    // Those of which nobody knows when come first: they meet all.
    order.sort_by_key(|&post| guests.get(post as usize).and_then(|guest| guest.at));
    let at = |rank: usize| guests.get(*order.get(rank)? as usize)?.at;
    let telling = Telling::new(vectors, guests);
    let mut crowd = Crowd::new(vectors, guests, &order, &telling.wanted);
    let mut met: Vec<u32> = Vec::new();
    let mut sitter = Sitter::new(vectors);
    let mut of_party: HashMap<usize, Vec<u32>> = HashMap::new();
    // Who has a date and comes before is past: for all that come after, too.
    let mut near = (0..order.len()).take_while(|&rank| at(rank).is_none()).count();
    for (rank, &post) in (0_u32..).zip(&order) {
        let this = post as usize;
        let Some(&guest) = guests.get(this) else { continue };
        let since = guest.at.map(|at| at.saturating_sub(reach));
        while since.is_some() && at(near).is_some_and(|at| Some(at) < since) {
            near += 1;
        }
        // The commonest words say little, and are in most posts: whoever shares only these is not alike enough.
        let mut passed_over = 0.0;
        for &(at_most, entry, weight) in telling.of(this) {
            if passed_over + at_most < enough {
                passed_over += at_most;
                continue;
            }
            crowd.meet(entry, weight, guest.new, near, &mut met);
        }
        sitter.seat(vectors, this);
        for other in met.drain(..) {
            let borne = crowd.leave(other) + passed_over;
            let bears = borne * SUPPORT * (1.0 + ROUNDING);
            let Some(&other) = order.get(other as usize) else { continue };
            let Some(its) = guests.get(other as usize) else { continue };
            if borne >= enough && bears >= needed(&guest, its, None) {
                let shared = vectors.shared_with(&sitter, other as usize);
                let likeness = shared.likeness();
                if likeness >= least && likeness >= needed(&guest, its, Some(&shared)) {
                    give(this, other as usize, shared);
                }
            }
        }
        if !guest.new {
            let others = of_party.entry(guest.party).or_default();
            for &other in &*others {
                let near = guests.get(other as usize).is_some_and(|other| other.at.is_none() || other.at >= since);
                let shared = vectors.shared_with(&sitter, other as usize);
                if near && shared.likeness() >= least {
                    give(this, other as usize, shared);
                }
            }
            others.push(post);
        }
        if !guest.bounds.is_mute() {
            crowd.enter(rank, vectors.of(this), guest);
        }
    }
}

/// Of each post its most telling words, the least of them first.
struct Telling {
    /// What sharing it can bear at most, the word, and its weight.
    words: Vec<(f32, Entry, f32)>,
    /// Where those of each post end in `words`.
    ends: Vec<usize>,
    /// By word: it is a telling one of some post. Nobody is found by another.
    wanted: Vec<bool>,
}

impl Telling {
    fn new(vectors: &Vectors, guests: &[Guest]) -> Self {
        // The largest weight of each word: elsewhere, and where it heads.
        let mut most = vec![[0.0_f32; 2]; vectors.words()];
        for (entry, weight) in (0..guests.len()).flat_map(|post| vectors.weighed(post)) {
            if let Some(most) = most.get_mut(entry.word()).and_then(|most| most.get_mut(usize::from(entry.heads()))) {
                *most = most.max(weight);
            }
        }
        // What sharing this word can add at most to what two titles share.
        let at_most = |entry: Entry, weight: f32| {
            let [elsewhere, heading] = most.get(entry.word()).copied().unwrap_or_default();
            let bears = |other: bool, most: f32| of_titles(entry.heads(), other) * most;
            weight * bears(false, elsewhere).max(bears(true, heading))
        };
        let mut telling =
            Self { words: Vec::new(), ends: Vec::with_capacity(guests.len()), wanted: vec![false; vectors.words()] };
        let mut all: Vec<(f32, Entry, f32)> = Vec::new();
        let order = |one: &(f32, Entry, f32), other: &(f32, Entry, f32)| {
            one.0.total_cmp(&other.0).then_with(|| other.1.word().cmp(&one.1.word()))
        };
        for (post, guest) in guests.iter().enumerate() {
            if !guest.bounds.is_mute() {
                all.clear();
                all.extend(vectors.weighed(post).map(|(entry, weight)| (at_most(entry, weight), entry, weight)));
                let beyond = all.len().saturating_sub(TELLING_WORDS);
                if beyond > 0 {
                    all.select_nth_unstable_by(beyond, order);
                }
                let own = all.get_mut(beyond..).unwrap_or_default();
                own.sort_unstable_by(order);
                for (_, entry, _) in &*own {
                    if let Some(wanted) = telling.wanted.get_mut(entry.word()) {
                        *wanted = true;
                    }
                }
                telling.words.extend_from_slice(own);
            }
            telling.ends.push(telling.words.len());
        }
        telling
    }

    fn of(&self, post: usize) -> &[(f32, Entry, f32)] {
        let begin = post.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(post).copied().unwrap_or(begin);
        self.words.get(begin..end).unwrap_or_default()
    }
}

/// The posts met so far, found by word. Here they are known by their rank: those that are near are together then, and who is
/// past is known by it.
struct Crowd<'a> {
    vectors: &'a Vectors,
    /// By word: somebody is found by it.
    wanted: &'a [bool],
    lists: Lists,
    /// Of each post, 1 over its norm, and what it shares with the one that is looked at.
    sums: Vec<(f32, f32)>,
}

/// Of a word, which list: of posts of the library or new ones, in which it does not head or does.
fn which(new: bool, heads: bool) -> usize {
    usize::from(new) * 2 + usize::from(heads)
}

impl<'a> Crowd<'a> {
    fn new(vectors: &'a Vectors, guests: &[Guest], order: &[u32], wanted: &'a [bool]) -> Self {
        let mut lists = Lists::of(vectors.words());
        let mut sums = Vec::with_capacity(order.len());
        for &post in order {
            let new = guests.get(post as usize).is_some_and(|guest| guest.new);
            let entries = vectors.of(post as usize).iter();
            for entry in entries.filter(|entry| wanted.get(entry.word()).is_some_and(|wanted| *wanted)) {
                lists.expect(entry.word(), which(new, entry.heads()));
            }
            sums.push((1.0 / vectors.norm(post as usize), 0.0));
        }
        lists.make_room();
        Self { vectors, wanted, lists, sums }
    }

    /// Adds up what everybody from rank `near` on, and everybody without a date, shares by this word, and notes who was met.
    fn meet(&mut self, entry: Entry, weight: f32, new: bool, near: usize, met: &mut Vec<u32>) {
        let Self { vectors, lists, sums, .. } = self;
        for (of_new, heads) in [(false, false), (false, true), (true, false), (true, true)] {
            let bears = of_titles(entry.heads(), heads);
            if bears == 0.0 || !(new || of_new) {
                continue;
            }
            let (undated, dated) = lists.near(entry.word(), which(of_new, heads), near);
            if undated.is_empty() && dated.is_empty() {
                continue;
            }
            let each = vectors.each_often(entry.word()).map(|weighs| bears * weight * weighs);
            for &present in undated.iter().chain(dated) {
                let (post, often) = (present >> OFTEN_BITS, present & ((1 << OFTEN_BITS) - 1));
                if let (Some((scale, sum)), Some(each)) = (sums.get_mut(post as usize), each.get(often as usize)) {
                    if *sum == 0.0 {
                        met.push(post);
                    }
                    *sum += *scale * each;
                }
            }
        }
    }

    /// What was added up for that post, and no longer is.
    fn leave(&mut self, post: u32) -> f32 {
        self.sums.get_mut(post as usize).map_or(0.0, |(_, sum)| std::mem::take(sum))
    }

    fn enter(&mut self, post: u32, entries: &[Entry], guest: Guest) {
        for entry in entries.iter().filter(|entry| self.wanted.get(entry.word()).is_some_and(|wanted| *wanted)) {
            let present = post << OFTEN_BITS | entry.often() as u32;
            self.lists.push(entry.word(), which(guest.new, entry.heads()), present, guest.at.is_some());
        }
    }
}

/// Bits that say how often a word stands in a post, below the post's rank.
const OFTEN_BITS: u32 = 4;

/// For each word, the posts that have it, in order, one after the other in one place.
struct Lists {
    of: Vec<OfWord>,
    posts: Vec<u32>,
}

/// The lists of a word, side by side: memory is asked once for all of them.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct OfWord([List; 4]);

#[derive(Clone, Copy, Default)]
struct List {
    begin: u32,
    /// From here on they have a date...
    dated: u32,
    /// ...and from here on they are near.
    near: u32,
    end: u32,
}

impl Lists {
    fn of(words: usize) -> Self {
        Self { of: vec![OfWord::default(); words], posts: Vec::new() }
    }

    /// One more will be pushed there.
    fn expect(&mut self, word: usize, which: usize) {
        if let Some(list) = self.of.get_mut(word).and_then(|of| of.0.get_mut(which)) {
            list.end += 1;
        }
    }

    /// For all that are expected: each list is empty, and has its place.
    fn make_room(&mut self) {
        let mut end = 0;
        for list in self.of.iter_mut().flat_map(|of| &mut of.0) {
            let begin = end;
            end += list.end;
            *list = List { begin, dated: begin, near: begin, end: begin };
        }
        self.posts = vec![0; end as usize];
    }

    fn push(&mut self, word: usize, which: usize, present: u32, dated: bool) {
        let Some(list) = self.of.get_mut(word).and_then(|of| of.0.get_mut(which)) else { return };
        let place = list.end as usize;
        list.end += 1;
        if !dated {
            (list.dated, list.near) = (list.end, list.end);
        }
        if let Some(place) = self.posts.get_mut(place) {
            *place = present;
        }
    }

    /// Those without a date, and those whose rank is `near` or more. Who is past once is past for all that come after.
    fn near(&mut self, word: usize, which: usize, near: usize) -> (&[u32], &[u32]) {
        let Some(list) = self.of.get_mut(word).and_then(|of| of.0.get_mut(which)) else { return (&[], &[]) };
        let dated = self.posts.get(list.near as usize..list.end as usize).unwrap_or_default();
        let past = dated.iter().take_while(|&&present| ((present >> OFTEN_BITS) as usize) < near).count();
        list.near += u32::try_from(past).unwrap_or(0);
        let undated = self.posts.get(list.begin as usize..list.dated as usize).unwrap_or_default();
        (undated, dated.get(past..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stories::{Frequencies, Gist};

    /// Posts about little, so that they share much: some words in every one, titles of one to four.
    fn gists() -> Vec<Gist> {
        let word = |seed: usize| {
            ["harbour", "lima", "storm", "bridge", "sank", "ferry", "mayor", "12", "vote", "tram"][seed % 10]
        };
        let of = |n: usize| {
            let title: Vec<&str> = (0..=n % 4).map(|at| word(n / (at + 1) + 3 * at)).collect();
            let text: Vec<&str> = (0..n % 9).map(|at| word(n * 7 + at * at)).collect();
            Gist::of(&title.join(" "), &format!("everywhere known {} x{}", text.join(" "), n % 30), None)
        };
        (0..300).map(of).collect()
    }

    #[test]
    fn the_pairs_that_are_met_are_those_that_looking_at_each_finds() {
        let gists = gists();
        let vectors = Vectors::new(gists.iter(), &Frequencies::default(), |_| true);
        for (dated, reach, least) in
            [(0, 1, 0.0001), (0, 1, 0.03), (0, 1, 0.2), (0, 1, 0.6), (7, 1_000, 0.03), (7, 50, 0.03), (1, 0, 0.03)]
        {
            let guest = |post: usize| Guest {
                // One in seven has no date; the others come in another order than they have here.
                at: (dated > 0 && (dated == 1 || !post.is_multiple_of(dated)))
                    .then(|| i64::try_from(post * 37 % 300).unwrap()),
                new: post >= 100,
                party: if post >= 100 { post } else { post % 20 },
                rich: 0.0,
                bounds: Bounds::default(),
            };
            let guests: Vec<Guest> = (0..gists.len()).map(guest).collect();
            let mut found = Vec::new();
            each_pair(
                &vectors,
                &guests,
                (least, reach),
                |_, _, _| 0.0,
                |one, other, shared| {
                    found.push((one.max(other), one.min(other), shared.likeness(), shared.words));
                },
            );
            found.sort_by_key(|&(one, other, ..)| (one, other));
            let wanted = |one: usize, other: usize| {
                let (one, other) = (guests[one], guests[other]);
                let near = one.at.zip(other.at).is_none_or(|(one, other)| (one - other).abs() <= reach);
                near && (one.new || other.new || one.party == other.party)
            };
            let all = (0..gists.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
            let expected: Vec<(usize, usize, f32, u32)> = all
                .filter(|&(one, other)| wanted(one, other))
                .map(|(one, other)| (one, other, vectors.shared(one, other)))
                .filter(|(_, _, shared)| shared.likeness() >= least)
                .map(|(one, other, shared)| (one, other, shared.likeness(), shared.words))
                .collect();
            assert!(reach == 0 || expected.len() > 50, "{least}: {}", expected.len());
            assert_eq!(found, expected, "{least}, reach {reach}");
        }
    }
}
