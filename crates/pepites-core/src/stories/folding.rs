//! Takes new tellings and those that may tell the same, gives each new one a home: first by keys, then by words.
//! Never moves a telling that has a home: what the reader saw as one story stays one.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Bond, Home, LOOKBACK, StoryKey, Telling,
    evidence::Witness,
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

/// What a fold gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Folded {
    /// A home for each new telling, by date of publication, so that a post comes after the one that opens its story.
    pub homes: Vec<(PostId, Home)>,
    /// What its stories say of words, to be added to the frequencies.
    pub learnt: Learnt,
}

/// Gives each of `new` a home, knowing `known`: every telling already grouped that shares a key or a rare word with one
/// of them, and those in their stories. The result depends neither on the order of `new` nor on that of `known`.
#[must_use]
pub fn fold(new: &[Telling], known: &[Telling], frequencies: &Frequencies) -> Folded {
    let new: BTreeMap<(Moment, PostId), &Telling> =
        new.iter().map(|telling| ((telling.at, telling.post), telling)).collect();
    let fresh: BTreeSet<PostId> = new.values().map(|telling| telling.post).collect();
    let known: BTreeMap<(Moment, PostId), (StoryId, &Telling)> = known
        .iter()
        .filter(|telling| !fresh.contains(&telling.post))
        .filter_map(|telling| Some(((telling.at, telling.post), (telling.story?, telling))))
        .collect();

    let trusted = trusted(new.values().copied().chain(known.values().map(|&(_, telling)| telling)));
    let mut table = Table::default();
    let mut seated: Vec<(&Telling, usize)> = Vec::with_capacity(new.len() + known.len());
    for (story, telling) in known.into_values() {
        seated.push((telling, table.seat_known(story, telling, &trusted)));
    }
    let settled = seated.len();
    for telling in new.into_values() {
        let seat = table.seat_new(telling, &trusted);
        seated.push((telling, seat));
    }
    let gathered = table.gather(&seated, frequencies);
    let home = |&(telling, seat): &(&Telling, usize)| {
        let seat = gathered.into.get(table.root(seat)).copied().unwrap_or(seat);
        (telling.post, table.home(seat).unwrap_or(Home::OpenedBy(telling.post)))
    };
    let homes = seated.iter().skip(settled).map(home).collect();
    Folded { homes, learnt: gathered.learnt }
}

/// The keys that say something, each with the sources from which it does.
type Trusted = BTreeMap<StoryKey, BTreeSet<SourceId>>;

fn trusted<'a>(tellings: impl Iterator<Item = &'a Telling>) -> Trusted {
    let mut uses: BTreeMap<StoryKey, BTreeMap<SourceId, Vec<Moment>>> = BTreeMap::new();
    for telling in tellings {
        for &key in &telling.keys {
            uses.entry(key).or_default().entry(telling.source).or_default().push(telling.at);
        }
    }
    uses.into_iter()
        .filter(|(key, by)| by.values().map(Vec::len).sum::<usize>() <= most(*key))
        .map(|(key, by)| (key, by.into_iter().filter(|(_, at)| !is_habit(key, at)).map(|(source, _)| source).collect()))
        .collect()
}

fn most(key: StoryKey) -> usize {
    match key.bond() {
        Bond::Page => MOST_OF_ONE_PAGE,
        Bond::Title => MOST_OF_ONE_TITLE,
    }
}

/// Whether one source gives `key` to its posts by habit.
fn is_habit(key: StoryKey, at: &[Moment]) -> bool {
    let apart = match (at.iter().min(), at.iter().max()) {
        (Some(first), Some(last)) => last.since(*first),
        _ => 0,
    };
    at.len() > MOST_BY_ONE_SOURCE || (key.bond() == Bond::Title && apart > COLUMN_GAP)
}

/// A story at the table: its home, its first telling seen here, and the seat that it was merged into.
struct Story {
    home: Home,
    first: Moment,
    into: Option<usize>,
}

/// What was seated, found by key.
#[derive(Default)]
struct Table {
    stories: Vec<Story>,
    of_known: BTreeMap<StoryId, usize>,
    by_key: BTreeMap<StoryKey, Vec<(usize, Moment, SourceId)>>,
}

impl Table {
    /// Called in order of publication, so the first telling seen of a story is its earliest.
    fn seat_known(&mut self, story: StoryId, telling: &Telling, trusted: &Trusted) -> usize {
        let seat = match self.of_known.get(&story) {
            Some(&seat) => seat,
            None => {
                let seat = self.open(Home::Known(story), telling.at);
                self.of_known.insert(story, seat);
                seat
            }
        };
        self.index(seat, telling, trusted);
        seat
    }

    /// Called in order of publication. A telling that belongs to two new stories makes them one; stories that the
    /// library has stay apart, and the earliest takes it.
    fn seat_new(&mut self, telling: &Telling, trusted: &Trusted) -> usize {
        let mut joined = self.joined(telling, trusted);
        joined.sort_by_key(|&seat| self.order(seat));
        let seat = match joined.first() {
            Some(&seat) => seat,
            None => self.open(Home::OpenedBy(telling.post), telling.at),
        };
        for other in joined.into_iter().skip(1) {
            if let Some(story) = self.stories.get_mut(other)
                && matches!(story.home, Home::OpenedBy(_))
            {
                story.into = Some(seat);
            }
        }
        self.index(seat, telling, trusted);
        seat
    }

    /// The stories that `telling` may join: for one of its keys, all tellings of the story with that key are near.
    fn joined(&self, telling: &Telling, trusted: &Trusted) -> Vec<usize> {
        let mut joined = BTreeSet::new();
        for key in trusted_keys(telling, trusted) {
            let window = match key.bond() {
                Bond::Page => LOOKBACK,
                Bond::Title => TITLE_WINDOW,
            };
            // By seat: whether another source is there, and whether all are near.
            let mut seats: BTreeMap<usize, (bool, bool)> = BTreeMap::new();
            for &(seat, at, source) in self.by_key.get(&key).into_iter().flatten() {
                let (other, near) = seats.entry(self.root(seat)).or_insert((false, true));
                *other |= source != telling.source;
                *near &= telling.at.since(at).abs() <= window;
            }
            let fits = |&(_, (other, near)): &(usize, (bool, bool))| near && (other || key.bond() == Bond::Page);
            joined.extend(seats.into_iter().filter(fits).map(|(seat, _)| seat));
        }
        joined.into_iter().collect()
    }

    /// Brings together the stories that tell the same in other words.
    fn gather(&self, seated: &[(&Telling, usize)], frequencies: &Frequencies) -> Gathered {
        let witnesses: Vec<Witness<'_>> = seated.iter().map(|(telling, _)| Witness::of(telling)).collect();
        let party: Vec<usize> = seated.iter().map(|&(_, seat)| self.root(seat)).collect();
        let settled: Vec<bool> = self.stories.iter().map(|story| matches!(story.home, Home::Known(_))).collect();
        gathering::gather(&witnesses, &party, &settled, frequencies)
    }

    fn open(&mut self, home: Home, first: Moment) -> usize {
        self.stories.push(Story { home, first, into: None });
        self.stories.len() - 1
    }

    fn index(&mut self, seat: usize, telling: &Telling, trusted: &Trusted) {
        for key in trusted_keys(telling, trusted) {
            self.by_key.entry(key).or_default().push((seat, telling.at, telling.source));
        }
    }

    /// Stories of the library before new ones, then the earliest, then the lowest id.
    fn order(&self, seat: usize) -> (bool, Moment, i64) {
        self.stories.get(seat).map_or((true, Moment(i64::MAX), i64::MAX), |story| match story.home {
            Home::Known(id) => (false, story.first, id.0),
            Home::OpenedBy(post) => (true, story.first, post.0),
        })
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

fn trusted_keys<'a>(telling: &'a Telling, trusted: &'a Trusted) -> impl Iterator<Item = StoryKey> + 'a {
    let by = |key: &StoryKey| trusted.get(key).is_some_and(|sources| sources.contains(&telling.source));
    telling.keys.iter().copied().filter(by)
}

#[cfg(test)]
mod tests;
