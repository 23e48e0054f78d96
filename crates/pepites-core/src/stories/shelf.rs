//! Takes tellings with their homes, gives those that may tell the same as new ones: what a library does on disk, in memory.
//! Keeps what was published within [`LOOKBACK`] of the newest, so its size follows the window and not the past.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::{
    Frequencies, Gist, Home, LOOKBACK, MOST_WITH_KEY, REACH, Sought, StoryKey, Telling, UNDATED, fold,
    frequencies::ByWord, gist::Outline, index_words,
};
use crate::model::{Moment, PostId, SourceId, StoryId};

/// Tellings of one story that are looked at: the first and the last ones say what it is about.
pub const MOST_OF_STORY: usize = 32;

/// Tellings that are looked at for one word: the newest. A word with more of them is not rare.
pub const MOST_WITH_WORD: usize = 48;

/// What was published longer before the newest is no longer found by its words: whatever arrives is near the newest, or
/// late by no more than [`REACH`].
const FOUND_BY_WORDS: i64 = 2 * REACH;

/// Books for which there is room at first.
const FIRST_BOOKS: usize = 1_024;

/// Stories in memory.
#[derive(Debug, Default)]
pub struct Shelf {
    frequencies: Frequencies,
    /// In order of arrival, for the window.
    books: VecDeque<Book>,
    /// The number of the first of them: each has the next one, for ever.
    first: u32,
    /// The first of them that is found by its words.
    recent: u32,
    /// The last of these with each word; each knows the one before.
    by_word: ByWord<u32>,
    /// The last one with each key; each knows the one before.
    by_key: HashMap<StoryKey, u32>,
    /// The last one of each story.
    by_story: HashMap<StoryId, u32>,
    newest: i64,
    stories: i64,
}

/// A telling, kept: as little as there is to know of it, since there are 100,000.
#[derive(Debug)]
struct Book {
    post: PostId,
    tie: u64,
    source: SourceId,
    at: Moment,
    story: StoryId,
    /// The one before it in its story.
    before: Option<Link>,
    /// Its keys, each with the one before it.
    keys: Box<[(StoryKey, Option<Link>)]>,
    /// How long it is.
    outline: Outline,
    /// What it says, while it is found by its words ([`FOUND_BY_WORDS`]).
    fresh: Option<Box<Fresh>>,
}

/// What only a recent telling is asked for.
#[derive(Debug)]
struct Fresh {
    /// The words that it is found by, each with the one before it.
    words: Box<[(u32, Option<Link>)]>,
    /// The pages that it links to.
    links: Box<[StoryKey]>,
    gist: Gist,
}

/// The number of a book plus one, so that none takes no room.
type Link = std::num::NonZeroU32;

fn link(number: u32) -> Option<Link> {
    Link::new(number.wrapping_add(1))
}

fn linked(link: Link) -> u32 {
    link.get().wrapping_sub(1)
}

impl Shelf {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How common each word is in what came so far.
    #[must_use]
    pub fn frequencies(&self) -> &Frequencies {
        &self.frequencies
    }

    /// Gives each of these tellings a story, by post, and keeps them.
    pub fn arrive(&mut self, new: Vec<Telling>) -> Vec<(PostId, StoryId)> {
        let known = self.known(&new);
        let folded = fold(&new, &known, &[], &self.frequencies);
        drop(known);
        let mut opened: BTreeMap<PostId, StoryId> = BTreeMap::new();
        let mut stories = BTreeMap::new();
        for (post, home) in folded.homes {
            let story = match home {
                Home::Known(story) => story,
                Home::OpenedBy(opener) => *opened.entry(opener).or_insert_with(|| {
                    self.stories += 1;
                    StoryId(self.stories)
                }),
            };
            stories.insert(post, story);
        }
        self.frequencies.learn(&folded.learnt);
        for telling in new {
            if let Some(&story) = stories.get(&telling.post) {
                self.keep(telling, story);
            }
        }
        self.forget();
        stories.into_iter().collect()
    }

    /// Every telling that shares a key, a rare name or two rare words with one of `new`, and those in their stories.
    fn known(&self, new: &[Telling]) -> Vec<Telling> {
        let sought = Sought::of(new, &self.frequencies);
        let of_word = |&(word, from, to): &(u32, Moment, Moment)| {
            let near = |number: &u32| {
                self.book(*number).is_some_and(|book| book.at == UNDATED || (from..=to).contains(&book.at))
            };
            let before = |number: &u32| before_with(&self.book(*number)?.fresh.as_ref()?.words, word).map(linked);
            let found = self.walk(self.by_word.get(&word).copied(), before);
            // Who came before is not found by its words any more.
            let found = found.take_while(|number| *number >= self.recent).filter(near).take(MOST_WITH_WORD);
            found.map(|number| number.wrapping_sub(self.recent)).collect()
        };
        let found: Vec<Vec<u32>> = sought.words.iter().map(of_word).collect();
        let recent = self.books.len().saturating_sub(self.recent.wrapping_sub(self.first) as usize);
        let met = sought.met(&found, recent).into_iter();
        let mut met: Vec<u32> = met.map(|number| number.wrapping_add(self.recent)).collect();
        for key in sought.keys {
            let before = |number: &u32| before_with(&self.book(*number)?.keys, key).map(linked);
            met.extend(self.walk(self.by_key.get(&key).copied(), before).take(MOST_WITH_KEY));
        }
        let mut stories: Vec<StoryId> =
            met.iter().filter_map(|&number| self.book(number)).map(|book| book.story).collect();
        stories.sort_unstable();
        stories.dedup();
        for story in stories {
            let before = |number: &u32| self.book(*number)?.before.map(linked);
            let all: Vec<u32> = self.walk(self.by_story.get(&story).copied(), before).collect();
            met.extend(all.last().into_iter().chain(all.iter().take(MOST_OF_STORY - 1)));
        }
        met.sort_unstable();
        met.dedup();
        met.into_iter().filter_map(|number| self.book(number).map(Book::telling)).collect()
    }

    /// From the last one back, as far as they are kept.
    fn walk(&self, last: Option<u32>, before: impl Fn(&u32) -> Option<u32>) -> impl Iterator<Item = u32> {
        std::iter::successors(last.filter(|&number| self.book(number).is_some()), move |number| {
            before(number).filter(|&number| self.book(number).is_some())
        })
    }

    fn book(&self, number: u32) -> Option<&Book> {
        self.books.get(number.checked_sub(self.first)? as usize)
    }

    fn keep(&mut self, telling: Telling, story: StoryId) {
        let number = self.first.wrapping_add(u32::try_from(self.books.len()).unwrap_or(u32::MAX));
        let words = index_words(&telling.gist, &self.frequencies);
        let words = words.into_iter().map(|word| (word, self.by_word.insert(word, number).and_then(link))).collect();
        let keys = telling.keys.iter().map(|&key| (key, self.by_key.insert(key, number).and_then(link))).collect();
        let before = self.by_story.insert(story, number).and_then(link);
        let Telling { post, tie, source, at, gist, links, .. } = telling;
        let outline = gist.outline();
        let fresh = Some(Box::new(Fresh { words, links: links.into_boxed_slice(), gist }));
        self.newest = self.newest.max(at.0);
        // By an eighth, not by doubling: of 100,000 books half the room would stay empty.
        if self.books.len() == self.books.capacity() {
            self.books.reserve_exact(self.books.len() / 8 + FIRST_BOOKS);
        }
        self.books.push_back(Book { post, tie, source, at, story, before, keys, outline, fresh });
    }

    /// What is older than the window goes, in the order in which it came; before, it is forgotten what it said.
    fn forget(&mut self) {
        for number in self.recent..self.past(self.recent, FOUND_BY_WORDS) {
            let Some(book) = self.books.get_mut(number.wrapping_sub(self.first) as usize) else { break };
            for (word, _) in book.fresh.take().into_iter().flat_map(|fresh| fresh.words) {
                drop_last(&mut self.by_word, word, number);
            }
            self.recent = number.wrapping_add(1);
        }
        for number in self.first..self.past(self.first, LOOKBACK) {
            let Some(book) = self.books.pop_front() else { break };
            for (key, _) in &book.keys {
                drop_last(&mut self.by_key, *key, number);
            }
            drop_last(&mut self.by_story, book.story, number);
            self.first = number.wrapping_add(1);
        }
    }

    /// The number after the last one, from `from` on, that is older than a window; one whose time nobody knows is as old
    /// as the next one.
    fn past(&self, from: u32, window: i64) -> u32 {
        let since = Moment(self.newest).plus(-window);
        let books = self.books.iter().skip(from.wrapping_sub(self.first) as usize);
        let dated = (from..).zip(books).filter(|(_, book)| book.at != UNDATED);
        dated.take_while(|(_, book)| book.at < since).last().map_or(from, |(number, _)| number.wrapping_add(1))
    }
}

impl Book {
    fn telling(&self) -> Telling {
        Telling {
            post: self.post,
            tie: self.tie,
            source: self.source,
            at: self.at,
            keys: self.keys.iter().map(|(key, _)| *key).collect(),
            links: self.fresh.as_ref().map(|fresh| fresh.links.to_vec()).unwrap_or_default(),
            gist: self.fresh.as_ref().map_or_else(|| self.outline.gist(), |fresh| fresh.gist.clone()),
            story: Some(self.story),
        }
    }
}

/// The book before the one with this list, for one of its entries.
fn before_with<K: Copy + Eq>(list: &[(K, Option<Link>)], of: K) -> Option<Link> {
    list.iter().find(|(its, _)| *its == of)?.1
}

/// Forgets a list whose last one is this book.
fn drop_last<K: std::hash::Hash + Eq, S: std::hash::BuildHasher>(lists: &mut HashMap<K, u32, S>, key: K, number: u32) {
    if lists.get(&key) == Some(&number) {
        lists.remove(&key);
    }
}
