//! Takes tellings with their homes, gives those that may tell the same as new ones: what a library does on disk, in memory.
//! Keeps what was published within [`LOOKBACK`] of the newest, so its size follows the window and not the past.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::{
    Frequencies, Gist, Home, LOOKBACK, MOST_WITH_KEY, REACH, Sought, StoryKey, Telling, UNDATED, fold,
    frequencies::ByWord, index_words,
};
use crate::model::{Moment, PostId, SourceId, StoryId};

/// Tellings of one story that are looked at: the first and the last ones say what it is about.
pub const MOST_OF_STORY: usize = 32;

/// Tellings that are looked at for one word: the newest. A word with more of them is not rare.
pub const MOST_WITH_WORD: usize = 48;

/// What was published longer before the newest is no longer found by its words: whatever arrives is near the newest, or
/// late by no more than [`REACH`].
const FOUND_BY_WORDS: i64 = 2 * REACH;

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
    by_word: ByWord<VecDeque<u32>>,
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
    /// The pages that it links to.
    links: Box<[StoryKey]>,
    /// Only how long it is, once it is no longer found by its words.
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

    /// Every telling that shares a key or a rare word with one of `new`, and those in their stories.
    fn known(&self, new: &[Telling]) -> Vec<Telling> {
        let sought = Sought::of(new, &self.frequencies);
        let mut met: BTreeSet<u32> = BTreeSet::new();
        for (word, from, to) in sought.words {
            let near = |number: &u32| {
                self.book(*number).is_some_and(|book| book.at == UNDATED || (from..=to).contains(&book.at))
            };
            met.extend(self.by_word.get(&word).into_iter().flatten().rev().copied().filter(near).take(MOST_WITH_WORD));
        }
        for key in sought.keys {
            let before = |number: &u32| self.book(*number)?.before_with(key).map(linked);
            met.extend(self.walk(self.by_key.get(&key).copied(), before).take(MOST_WITH_KEY));
        }
        let stories: BTreeSet<StoryId> = met.iter().filter_map(|&number| Some(self.book(number)?.story)).collect();
        for story in stories {
            let before = |number: &u32| self.book(*number)?.before.map(linked);
            let all: Vec<u32> = self.walk(self.by_story.get(&story).copied(), before).collect();
            met.extend(all.last().into_iter().chain(all.iter().take(MOST_OF_STORY - 1)));
        }
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
        for word in index_words(&telling.gist, &self.frequencies) {
            self.by_word.entry(word).or_default().push_back(number);
        }
        let keys = telling.keys.iter().map(|&key| (key, self.by_key.insert(key, number).and_then(link))).collect();
        let before = self.by_story.insert(story, number).and_then(link);
        let Telling { post, tie, source, at, gist, links, .. } = telling;
        let links = links.into_boxed_slice();
        self.newest = self.newest.max(at.0);
        self.books.push_back(Book { post, tie, source, at, story, before, keys, links, gist });
    }

    /// What is older than the window goes, in the order in which it came; before, it is forgotten what it said.
    fn forget(&mut self) {
        let is_past = |book: &Book, window: i64| book.at != UNDATED && book.at < Moment(self.newest).plus(-window);
        while let Some(book) = self.books.get_mut(self.recent.wrapping_sub(self.first) as usize)
            && is_past(book, FOUND_BY_WORDS)
        {
            let outline = book.gist.outline();
            for hash in std::mem::replace(&mut book.gist, outline).hashes() {
                drop_first(&mut self.by_word, hash, self.recent);
            }
            self.recent += 1;
        }
        while let Some(book) = self.books.front()
            && is_past(book, LOOKBACK)
        {
            for (key, _) in &book.keys {
                drop_last(&mut self.by_key, *key, self.first);
            }
            drop_last(&mut self.by_story, book.story, self.first);
            self.books.pop_front();
            self.first += 1;
        }
    }
}

impl Book {
    fn before_with(&self, key: StoryKey) -> Option<Link> {
        self.keys.iter().find(|(its, _)| *its == key)?.1
    }

    fn telling(&self) -> Telling {
        Telling {
            post: self.post,
            tie: self.tie,
            source: self.source,
            at: self.at,
            keys: self.keys.iter().map(|(key, _)| *key).collect(),
            links: self.links.to_vec(),
            gist: self.gist.clone(),
            story: Some(self.story),
        }
    }
}

/// Takes a book out of a list that it is the first of, or not in.
fn drop_first(lists: &mut ByWord<VecDeque<u32>>, word: u32, number: u32) {
    if let Some(list) = lists.get_mut(&word)
        && list.front() == Some(&number)
    {
        list.pop_front();
        if list.is_empty() {
            lists.remove(&word);
        }
    }
}

/// Forgets a list whose last one is this book.
fn drop_last<K: std::hash::Hash + Eq>(lists: &mut HashMap<K, u32>, key: K, number: u32) {
    if lists.get(&key) == Some(&number) {
        lists.remove(&key);
    }
}
