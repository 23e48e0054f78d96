//! Takes tellings with their homes, gives those that may tell the same as new ones: what a library does on disk, in memory.
//! Keeps what was published within [`LOOKBACK`] of the newest, so its size follows the window and not the past.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::{Frequencies, Home, LOOKBACK, StoryKey, Telling, UNDATED, fold, index_words, search_words};
use crate::model::{Moment, PostId, StoryId};

/// Tellings of one story that are looked at: the first and the last ones say what it is about.
pub const MOST_OF_STORY: usize = 32;

/// Tellings that are looked at for one word: the newest. A word with more of them is not rare.
pub const MOST_WITH_WORD: usize = 48;

/// Stories in memory.
#[derive(Debug, Default)]
pub struct Shelf {
    frequencies: Frequencies,
    tellings: BTreeMap<PostId, Telling>,
    by_word: HashMap<u32, VecDeque<PostId>>,
    by_key: HashMap<StoryKey, VecDeque<PostId>>,
    by_story: HashMap<StoryId, VecDeque<PostId>>,
    /// In order of arrival, for the window.
    order: VecDeque<PostId>,
    newest: i64,
    stories: i64,
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
        let folded = fold(&new, &known, &self.frequencies);
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
        for mut telling in new {
            telling.story = stories.get(&telling.post).copied();
            self.keep(telling);
        }
        self.forget();
        stories.into_iter().collect()
    }

    /// Every telling that shares a key or a rare word with one of `new`, and those in their stories.
    fn known(&self, new: &[Telling]) -> Vec<Telling> {
        let mut met: BTreeSet<PostId> = BTreeSet::new();
        let words: BTreeSet<u32> = new.iter().flat_map(|new| search_words(&new.gist, &self.frequencies)).collect();
        for word in words {
            met.extend(self.by_word.get(&word).into_iter().flatten().rev().take(MOST_WITH_WORD));
        }
        for key in new.iter().flat_map(|new| &new.keys) {
            met.extend(self.by_key.get(key).into_iter().flatten());
        }
        let stories: BTreeSet<StoryId> =
            met.iter().filter_map(|post| self.tellings.get(post).and_then(|telling| telling.story)).collect();
        for story in stories {
            let Some(all) = self.by_story.get(&story) else { continue };
            met.extend(all.front().into_iter().chain(all.iter().rev().take(MOST_OF_STORY - 1)));
        }
        met.iter().filter_map(|post| self.tellings.get(post).cloned()).collect()
    }

    fn keep(&mut self, telling: Telling) {
        let post = telling.post;
        for word in index_words(&telling.gist, &self.frequencies) {
            self.by_word.entry(word).or_default().push_back(post);
        }
        for &key in &telling.keys {
            self.by_key.entry(key).or_default().push_back(post);
        }
        if let Some(story) = telling.story {
            self.by_story.entry(story).or_default().push_back(post);
        }
        self.newest = self.newest.max(telling.at.0);
        self.order.push_back(post);
        self.tellings.insert(post, telling);
    }

    /// What is older than the window goes, in the order in which it came.
    fn forget(&mut self) {
        let since = Moment(self.newest).plus(-LOOKBACK);
        while let Some(telling) = self.order.front().and_then(|post| self.tellings.get(post))
            && telling.at < since
            && telling.at != UNDATED
        {
            let post = telling.post;
            let Some(telling) = self.tellings.remove(&post) else { break };
            self.order.pop_front();
            for word in telling.gist.words() {
                drop_first(&mut self.by_word, word.hash(), post);
            }
            for &key in &telling.keys {
                drop_first(&mut self.by_key, key, post);
            }
            if let Some(story) = telling.story {
                drop_first(&mut self.by_story, story, post);
            }
        }
    }
}

/// Takes `post` out of a list that it is the first of, or not in.
fn drop_first<K: std::hash::Hash + Eq>(lists: &mut HashMap<K, VecDeque<PostId>>, key: K, post: PostId) {
    if let Some(list) = lists.get_mut(&key)
        && list.front() == Some(&post)
    {
        list.pop_front();
        if list.is_empty() {
            lists.remove(&key);
        }
    }
}
