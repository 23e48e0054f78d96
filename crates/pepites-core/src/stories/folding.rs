//! Takes new tellings and those that may tell the same, gives each new one a home: first by keys, then by words.
//! Never moves a telling that has a home: what the reader saw as one story stays one.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Bond, Home, LOOKBACK, REACH, Said, StoryKey, Telling, UNDATED, copies,
    evidence::{self, Witness},
    frequencies::{Frequencies, Learnt},
    gathering::{self, Gathered},
};
use crate::model::{Moment, PostId, SourceId, StoryId};

/// A title speaks of one event for so long, counted from its first telling in the story and not from the last,
/// so that chains do not drift: "Strike enters its second week" comes back, about another strike.
const TITLE_WINDOW: i64 = 5 * Moment::DAY;

/// A source that uses one title twice, further apart than a correction takes, has a column of that name
/// ("Links of the week"), not a story.
const COLUMN_GAP: i64 = 12 * Moment::HOUR;

/// A source that gives one key to more posts than this gives it to all: a changelog of one page, a site whose items
/// all link to "/news".
const MOST_BY_ONE_SOURCE: usize = 3;

/// An address under more posts than this lost on its way what told its pages apart.
const MOST_OF_ONE_PAGE: usize = 100;

/// A title over more posts than this within the month is a custom ("Happy new year to all"), not a story.
const MOST_OF_ONE_TITLE: usize = 30;

/// Tellings that are looked at for one key: the latest. With so many of them, it is believed by nobody.
pub const MOST_WITH_KEY: usize = MOST_OF_ONE_PAGE + 1;

/// Shares of words are told apart by so many steps.
const FIFTHS: u32 = 5;

/// What a fold gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Folded {
    /// A home for each new telling, by date of publication, so that a post comes after the one that opens its story.
    pub homes: Vec<(PostId, Home)>,
    /// What its stories say of words, to be added to the frequencies.
    pub learnt: Learnt,
}

/// Gives each of `new` a home, knowing `known`: every telling already grouped that shares a key, a rare name or two rare words
/// with one of them, those in their stories, and those of which `said` speaks. What the reader said of two posts is obeyed.
/// The result depends neither on the order of `new` nor on that of `known`.
#[must_use]
pub fn fold(new: &[Telling], known: &[Telling], said: &[Said], frequencies: &Frequencies) -> Folded {
    let new: BTreeMap<Order, &Telling> = new.iter().map(|telling| (telling.order(), telling)).collect();
    let fresh: BTreeSet<PostId> = new.values().map(|telling| telling.post).collect();
    let known: BTreeMap<Order, (StoryId, &Telling)> = known
        .iter()
        .filter(|telling| !fresh.contains(&telling.post))
        .filter_map(|telling| Some((telling.order(), (telling.story?, telling))))
        .collect();

    let trusted = trusted(new.values().copied(), known.values().map(|&(_, telling)| telling));
    let mut table = Table { word: Word::of(said), ..Table::default() };
    let mut seated: Vec<(&Telling, usize)> = Vec::with_capacity(new.len() + known.len());
    for (story, telling) in known.into_values() {
        seated.push((telling, table.seat_known(story, telling, &trusted)));
    }
    let settled = seated.len();
    for telling in new.into_values() {
        let seat = table.seat_new(telling, &trusted);
        seated.push((telling, seat));
    }
    let gathered = table.gather(&seated, settled, frequencies);
    let home = |&(telling, seat): &(&Telling, usize)| {
        let seat = gathered.into.get(table.root(seat)).copied().unwrap_or(seat);
        (telling.post, table.home(seat).unwrap_or(Home::OpenedBy(telling.post)))
    };
    let homes = seated.iter().skip(settled).map(home).collect();
    Folded { homes, learnt: gathered.learnt }
}

/// See [`Telling::order`].
type Order = (Moment, u64, PostId);

/// The reader's word: who belongs with whom, and who does not; each pair from both sides.
#[derive(Default)]
struct Word {
    together: BTreeMap<PostId, Vec<PostId>>,
    apart: BTreeMap<PostId, Vec<PostId>>,
    /// Where those of whom it speaks sit.
    seats: BTreeMap<PostId, usize>,
}

impl Word {
    fn of(said: &[Said]) -> Self {
        let mut word = Self::default();
        for said in said {
            let list = if said.together { &mut word.together } else { &mut word.apart };
            list.entry(said.one).or_default().push(said.other);
            list.entry(said.other).or_default().push(said.one);
        }
        word
    }

    fn note(&mut self, post: PostId, seat: usize) {
        if self.together.contains_key(&post) || self.apart.contains_key(&post) {
            self.seats.insert(post, seat);
        }
    }

    /// The seats of those with whom `post` belongs, or does not.
    fn seats(&self, list: &BTreeMap<PostId, Vec<PostId>>, post: PostId) -> Vec<usize> {
        list.get(&post).into_iter().flatten().filter_map(|other| self.seats.get(other).copied()).collect()
    }

    /// Every two seats that must not become one.
    fn parted(&self) -> impl Iterator<Item = (usize, usize)> {
        self.apart.keys().flat_map(|post| {
            let own = self.seats.get(post).copied();
            self.seats(&self.apart, *post).into_iter().filter_map(move |other| Some((own?, other)))
        })
    }
}

/// The keys that say something, each with the sources from which it does; in order.
type Trusted = Vec<(StoryKey, SourceId)>;

fn trusted<'a>(new: impl Iterator<Item = &'a Telling>, known: impl Iterator<Item = &'a Telling>) -> Trusted {
    let uses = |telling: &'a Telling| telling.keys.iter().map(|&key| (key, telling.source, telling.at));
    let mut uses_of_new: Vec<(StoryKey, SourceId, Moment)> = new.flat_map(uses).collect();
    uses_of_new.sort_unstable_by_key(|(key, _, at)| (*key, *at));
    // Of a key, what came more than a month before all that arrives with it is no use of today.
    let near = |&(key, _, at): &(StoryKey, SourceId, Moment)| {
        let first =
            uses_of_new.get(uses_of_new.partition_point(|(its, ..)| *its < key)).filter(|(its, ..)| *its == key);
        first.is_none_or(|(_, _, first)| first.since(at) <= LOOKBACK)
    };
    let mut uses: Vec<(StoryKey, SourceId, Moment)> = known.flat_map(uses).filter(near).collect();
    uses.append(&mut uses_of_new);
    uses.sort_unstable();
    let mut trusted = Vec::with_capacity(uses.len());
    for of_key in uses.chunk_by(|one, other| one.0 == other.0) {
        for of_source in of_key.chunk_by(|one, other| one.1 == other.1) {
            if let Some(&(key, source, first)) = of_source.first()
                && let Some(&(_, _, last)) = of_source.last()
                && of_key.len() <= most(key)
                && !is_habit(key, of_source.len(), last.since(first))
            {
                trusted.push((key, source));
            }
        }
    }
    trusted
}

fn most(key: StoryKey) -> usize {
    match key.bond() {
        Bond::Page => MOST_OF_ONE_PAGE,
        Bond::Title => MOST_OF_ONE_TITLE,
    }
}

/// Whether one source gives `key` to its posts, so many and the last so long after the first, by habit.
fn is_habit(key: StoryKey, posts: usize, apart: i64) -> bool {
    posts > MOST_BY_ONE_SOURCE || (key.bond() == Bond::Title && apart > COLUMN_GAP)
}

/// A story at the table: its home, its first telling seen here, and the seat that it was merged into.
struct Story<'a> {
    home: Home,
    first: Order,
    into: Option<usize>,
    told: Vec<&'a Telling>,
}

/// What was seated, found by key.
#[derive(Default)]
struct Table<'a> {
    stories: Vec<Story<'a>>,
    of_known: BTreeMap<StoryId, usize>,
    by_key: BTreeMap<StoryKey, Vec<(usize, &'a Telling)>>,
    word: Word,
}

impl<'a> Table<'a> {
    /// Called in order of publication, so the first telling seen of a story is its earliest.
    fn seat_known(&mut self, story: StoryId, telling: &'a Telling, trusted: &[(StoryKey, SourceId)]) -> usize {
        let seat = match self.of_known.get(&story) {
            Some(&seat) => seat,
            None => {
                let seat = self.open(Home::Known(story), telling.order());
                self.of_known.insert(story, seat);
                seat
            }
        };
        self.sit(seat, telling, trusted);
        seat
    }

    /// Called in order of publication. A telling that belongs to two new stories makes them one; stories that the
    /// library has stay apart, and the one that says the same takes it, else the earliest. The reader's word comes before
    /// all keys.
    fn seat_new(&mut self, telling: &'a Telling, trusted: &[(StoryKey, SourceId)]) -> usize {
        let barred: Vec<usize> = self.roots(&self.word.apart, telling.post);
        let mut called: Vec<usize> = self.roots(&self.word.together, telling.post);
        let mut joined = self.joined(telling, trusted);
        for list in [&mut called, &mut joined] {
            list.retain(|seat| !barred.contains(seat));
        }
        let known = |seat: &usize| self.stories.get(*seat).is_some_and(|story| matches!(story.home, Home::Known(_)));
        let choice = joined.iter().filter(|seat| known(seat)).count() > 1;
        let unlike = |seat: usize| if choice { u32::MAX - self.likeness(seat, telling) } else { 0 };
        joined.sort_by_key(|&seat| (!known(&seat), unlike(seat), self.order(seat)));
        called.sort_by_key(|&seat| self.order(seat));
        let all: Vec<usize> = called.into_iter().chain(joined).collect();
        let seat = match all.first() {
            Some(&seat) => seat,
            None => self.open(Home::OpenedBy(telling.post), telling.order()),
        };
        for other in all.into_iter().skip(1).filter(|other| *other != seat) {
            if self.are_parted(seat, other) || self.tell_two_of_one_page(seat, other) {
                continue;
            }
            if let Some(story) = self.stories.get_mut(other)
                && matches!(story.home, Home::OpenedBy(_))
            {
                story.into = Some(seat);
            }
        }
        self.sit(seat, telling, trusted);
        seat
    }

    fn roots(&self, list: &BTreeMap<PostId, Vec<PostId>>, post: PostId) -> Vec<usize> {
        let mut seats: Vec<usize> = self.word.seats(list, post).into_iter().map(|seat| self.root(seat)).collect();
        seats.sort_unstable();
        seats.dedup();
        seats
    }

    fn are_parted(&self, one: usize, other: usize) -> bool {
        self.word.parted().any(|(a, b)| (self.root(a), self.root(b)) == (one, other))
    }

    /// Both stories have an entry of one page: who links to the page tells neither of them in particular.
    fn tell_two_of_one_page(&self, one: usize, other: usize) -> bool {
        let told = |seat: usize| self.stories.get(seat).map(|story| story.told.as_slice()).unwrap_or_default();
        let shared = |one: &Telling, other: &Telling| {
            one.keys.iter().any(|key| other.keys.contains(key) && are_two(*key, one, other))
        };
        told(one).iter().any(|one| told(other).iter().any(|other| shared(one, other)))
    }

    /// How much of its words a telling shares with the one of the story that is most like it, in fifths; a copy is more
    /// than that. What differs by less is a matter of style, and the earliest story has it.
    fn likeness(&self, seat: usize, telling: &Telling) -> u32 {
        let alike = |other: &&Telling| {
            if copies::is_copy(telling, other) {
                return FIFTHS + 1;
            }
            let shared = copies::shared(&telling.gist, &other.gist);
            let all = telling.gist.words().len() + other.gist.words().len() - shared;
            u32::try_from(shared * FIFTHS as usize / all.max(1)).unwrap_or(FIFTHS)
        };
        self.stories.get(seat).into_iter().flat_map(|story| story.told.iter().map(alike)).max().unwrap_or(0)
    }

    /// The stories that `telling` may join: for one of its keys, all tellings of the story with that key are near.
    fn joined(&self, telling: &Telling, trusted: &[(StoryKey, SourceId)]) -> Vec<usize> {
        let mut joined = BTreeSet::new();
        for key in trusted_keys(telling, trusted) {
            let window = match key.bond() {
                Bond::Page => LOOKBACK,
                Bond::Title => TITLE_WINDOW,
            };
            // By seat: whether another source is there, and whether all are near. What is older than a month is another
            // matter, whether or not it was met for the sake of others that arrived.
            let mut seats: BTreeMap<usize, (bool, bool)> = BTreeMap::new();
            let told = self.by_key.get(&key).into_iter().flatten();
            for (seat, its) in told.filter(|(_, its)| telling.at.since(its.at) <= LOOKBACK) {
                let (other, near) = seats.entry(self.root(*seat)).or_insert((false, true));
                *other |= its.source != telling.source;
                *near &= telling.at.since(its.at).abs() <= window && !are_two(key, telling, its);
            }
            let fits = |&(_, (other, near)): &(usize, (bool, bool))| near && (other || key.bond() == Bond::Page);
            joined.extend(seats.into_iter().filter(fits).map(|(seat, _)| seat));
        }
        joined.into_iter().collect()
    }

    /// Brings together the stories that tell the same in other words. Of `seated`, the first `known` are of the library.
    fn gather(&self, seated: &[(&Telling, usize)], known: usize, frequencies: &Frequencies) -> Gathered {
        let within_reach = self.within_reach(seated, known);
        let near = seated.iter().map(|&(telling, seat)| (telling, self.root(seat)));
        let (witnesses, party): (Vec<Witness<'_>>, Vec<usize>) = near
            .filter(|(_, root)| within_reach.get(*root).is_some_and(|near| *near))
            .map(|(telling, root)| (Witness::of(telling), root))
            .unzip();
        let settled: Vec<bool> = self.stories.iter().map(|story| matches!(story.home, Home::Known(_))).collect();
        let parted: Vec<(usize, usize)> = self.word.parted().map(|(a, b)| (self.root(a), self.root(b))).collect();
        gathering::gather(&witnesses, &party, &settled, &parted, frequencies)
    }

    /// By seat: something new is in the story, or near to one of its tellings by time. Words say nothing of any other, which
    /// is here because its title leads on from there: it need not be weighed.
    fn within_reach(&self, seated: &[(&Telling, usize)], known: usize) -> Vec<bool> {
        let mut within = vec![false; self.stories.len()];
        let (known, new) = seated.split_at_checked(known).unwrap_or((seated, &[]));
        let near = |at: Moment| {
            // In order of publication, those that nobody knows when first.
            let from = new.partition_point(|(telling, _)| telling.at < at.plus(-REACH));
            let meets = |of: Option<&(&Telling, usize)>, until| of.is_some_and(|(telling, _)| telling.at <= until);
            at == UNDATED || meets(new.first(), UNDATED) || meets(new.get(from), at.plus(REACH))
        };
        for (_, seat) in known.iter().filter(|(telling, _)| near(telling.at)).chain(new) {
            if let Some(within) = within.get_mut(self.root(*seat)) {
                *within = true;
            }
        }
        within
    }

    fn open(&mut self, home: Home, first: Order) -> usize {
        self.stories.push(Story { home, first, into: None, told: Vec::new() });
        self.stories.len() - 1
    }

    fn sit(&mut self, seat: usize, telling: &'a Telling, trusted: &[(StoryKey, SourceId)]) {
        if let Some(story) = self.stories.get_mut(seat) {
            story.told.push(telling);
        }
        self.word.note(telling.post, seat);
        for key in trusted_keys(telling, trusted) {
            self.by_key.entry(key).or_default().push((seat, telling));
        }
    }

    /// Stories of the library before new ones, then the earliest.
    fn order(&self, seat: usize) -> (bool, Option<Order>) {
        self.stories
            .get(seat)
            .map_or((true, None), |story| (matches!(story.home, Home::OpenedBy(_)), Some(story.first)))
    }

    fn root(&self, mut seat: usize) -> usize {
        while let Some(into) = self.stories.get(seat).and_then(|story| story.into) {
            seat = into;
        }
        seat
    }

    fn home(&self, seat: usize) -> Option<Home> {
        self.stories.get(self.root(seat)).map(|story| story.home)
    }
}

/// One page stands over both, and they are two of its entries all the same.
fn are_two(key: StoryKey, one: &Telling, other: &Telling) -> bool {
    key.bond() == Bond::Page && evidence::are_two_of_one_page(one, other)
}

fn trusted_keys<'a>(telling: &'a Telling, trusted: &'a [(StoryKey, SourceId)]) -> impl Iterator<Item = StoryKey> + 'a {
    let by = |key: &StoryKey| trusted.binary_search(&(*key, telling.source)).is_ok();
    telling.keys.iter().copied().filter(by)
}

#[cfg(test)]
mod entries;
#[cfg(test)]
mod tests;
