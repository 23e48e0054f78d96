//! Takes posts in order of arrival, gives stories, incrementally.
//! Never looks at scores, so ranking cannot feed back into grouping.

mod adds;
mod bounds;
mod copies;
mod earlier;
mod evidence;
mod face;
mod folding;
mod frequencies;
mod gathering;
mod gist;
mod news;
mod pages;
mod reading;
mod shelf;
mod signs;
mod sought;
mod tongue;
mod why;

use xxhash_rust::xxh3::xxh3_64;

use crate::{
    model::{Moment, Post, PostId, SourceId, StoryId},
    text,
};

pub use adds::{Added, Text, adds, text_hashes};
pub use copies::copies;
pub use earlier::earlier;
pub use evidence::REACH;
pub use face::{Teller, face};
pub use folding::{Folded, MOST_WITH_KEY, fold};
pub use frequencies::{Frequencies, Learnt};
pub use gist::Gist;
pub use news::adds_much;
pub use shelf::{MOST_OF_STORY, MOST_WITH_WORD, Shelf};
pub use sought::Sought;
pub use why::{by_way_of, why, why_apart, would_join};

use signs::Kind;

/// How far back a new telling looks for its story, in milliseconds: what to ask the library for.
/// A page that comes back after a month comes back as news: a living page, an anniversary.
pub const LOOKBACK: i64 = 30 * Moment::DAY;

/// A note with fewer words says too little to be known by ("Good morning, everyone!").
const TELLING_NOTE_WORDS: u32 = 8;

/// A key under which two posts may be tellings of one story: a hash whose lowest bit says of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryKey(pub i64);

/// What a key was made from, and so how far it can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bond {
    /// The address of a page: one page is one story, whoever tells it.
    Page,
    /// The words of a title: only across sources, and not for long.
    Title,
}

impl StoryKey {
    /// The key of a page; None when the address names none.
    #[must_use]
    pub fn of_page(canonical: &str) -> Option<Self> {
        pages::names_a_page(canonical).then(|| Self::page(canonical))
    }

    /// The key of a title; None when it says too little, or heads what comes back under one title.
    #[must_use]
    pub fn of_title(title: &str, source_title: &str) -> Option<Self> {
        let words = text::words(title);
        if matches!(signs::kind_of(title, &words), Kind::Comment | Kind::Column | Kind::Bulletin | Kind::Advert) {
            return None;
        }
        text::title_key_of(title, words, source_title).map(|key| Self::title(&key))
    }

    /// The key of a page that is known by the hash of its canonical address, as libraries keep outbound links.
    #[must_use]
    pub fn of_link(hash: i64) -> Self {
        Self(hash & !1)
    }

    fn page(canonical: &str) -> Self {
        Self(xxh3_64(canonical.as_bytes()).cast_signed() & !1)
    }

    fn title(words: &str) -> Self {
        Self(xxh3_64(words.as_bytes()).cast_signed() | 1)
    }

    fn bond(self) -> Bond {
        if self.0 & 1 == 0 { Bond::Page } else { Bond::Title }
    }
}

/// One post as grouping sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// Which post.
    pub post: PostId,
    /// Of its identity, which is the same on every device: of tellings that were published together, the lowest comes first.
    pub tie: u64,
    /// Who tells it.
    pub source: SourceId,
    /// When it was published.
    pub at: Moment,
    /// What it may be grouped by, from [`keys`].
    pub keys: Vec<StoryKey>,
    /// The pages that it links to, as [`StoryKey::of_link`] gives them.
    pub links: Vec<StoryKey>,
    /// What it says.
    pub gist: Gist,
    /// The story that it already belongs to, for posts grouped before.
    pub story: Option<StoryId>,
}

impl Telling {
    /// Tellings come in this order: by when they were published, then by what they are, never by when they came.
    #[must_use]
    pub fn order(&self) -> (Moment, u64, PostId) {
        (self.at, self.tie, self.post)
    }
}

/// What the reader said of two posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// The one.
    pub one: PostId,
    /// The other.
    pub other: PostId,
    /// "These belong together"; else "these are not the same".
    pub together: bool,
}

/// The keys of a post, kept beside it: its page, its title without the name of its source, and, for a note that is
/// little more than a link, the page that it points to. At most three, sorted.
#[must_use]
pub fn keys(post: &Post, source_title: &str) -> Vec<StoryKey> {
    let page = post.canonical.as_deref().filter(|address| pages::names_a_page(address));
    // A note is known by its beginning: the same words from one person on two networks are one note.
    let title = match post.untitled {
        false => StoryKey::of_title(&post.title, source_title),
        true if post.words >= TELLING_NOTE_WORDS => StoryKey::of_title(&post.lead, source_title),
        true => None,
    };
    let mut keys: Vec<StoryKey> = page.into_iter().chain(pages::pointed(post)).map(StoryKey::page).collect();
    keys.extend(title);
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The moment of a telling whose time is not known, in material from elsewhere: the library gives every post one.
pub const UNDATED: Moment = Moment(i64::MIN);

/// Words under which a telling is found again: its rarest.
const INDEX_WORDS: usize = 10;

/// Words under which a new telling looks for others: a few more, as what is rare changes.
const SEARCH_WORDS: usize = 16;

/// The words to keep a telling under, so that later ones find it.
#[must_use]
pub fn index_words(gist: &Gist, frequencies: &Frequencies) -> Vec<u32> {
    rarest(gist, frequencies, INDEX_WORDS)
}

/// For so long a post of the library is found by its words by one that comes late: later, its page or its title leads to
/// it. Within the week nearly all arrive that tell of an event; the words of a whole archive would be a tenth of the
/// library.
pub const FOUND_BY_WORDS: i64 = 7 * Moment::DAY;

/// What was published before is found by no word any more, by whatever arrives from `now` on.
#[must_use]
pub fn found_by_since(now: Moment) -> Moment {
    now.plus(-FOUND_BY_WORDS).plus(-sought::GOES_ON_AFTER)
}

/// The words by which later tellings find those that arrived together now, each with when the post was published: of
/// recent posts, and of those that what is grouped next (what was published after them) can still reach.
#[must_use]
pub fn found_by(new: &[Telling], frequencies: &Frequencies, now: Moment) -> Vec<(u32, Moment, PostId)> {
    let latest = new.iter().map(|telling| telling.at).max().unwrap_or(now);
    let since = latest.min(now.plus(-FOUND_BY_WORDS)).plus(-REACH);
    let lasting = new.iter().filter(|telling| telling.at >= since);
    lasting
        .flat_map(|telling| {
            index_words(&telling.gist, frequencies).into_iter().map(|word| (word, telling.at, telling.post))
        })
        .collect()
}

/// The words to look under for tellings like this one.
#[must_use]
pub fn search_words(gist: &Gist, frequencies: &Frequencies) -> Vec<u32> {
    rarest(gist, frequencies, SEARCH_WORDS)
}

fn rarest(gist: &Gist, frequencies: &Frequencies, most: usize) -> Vec<u32> {
    // The title first: among words that are as rare, what is in it is what the post is about.
    let mut words: Vec<(u32, bool, u32)> =
        gist.words().iter().map(|word| (frequencies.of(word.hash()), word.in_title() == 0, word.hash())).collect();
    if words.len() > most {
        words.select_nth_unstable(most);
        words.truncate(most);
    }
    words.sort_unstable();
    words.into_iter().map(|(_, _, word)| word).collect()
}

/// The gist of a post, kept beside it.
#[must_use]
pub fn gist(post: &Post) -> Gist {
    // The title of a note is made of its first words, which its text has.
    let title = if post.untitled { "" } else { &post.title };
    Gist::of(title, &post.text, post.language.as_deref())
}

/// Where a new telling goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// Into a story that the library has.
    Known(StoryId),
    /// Into a new story, the one that this post (itself or an earlier new one) opens.
    OpenedBy(PostId),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PostKey, PostParts};

    fn post(change: impl FnOnce(&mut PostParts)) -> Post {
        let mut parts = PostParts {
            led: false,
            joins: Vec::new(),
            key: PostKey("00".to_owned()),
            identities: Vec::new(),
            content_hash: 0,
            link: None,
            canonical: None,
            title: "Harbour reopens after winter storm".to_owned(),
            untitled: false,
            author: None,
            boosted_by: None,
            portrait: None,
            html: crate::model::SafeHtml::default(),
            text: String::new(),
            lead: String::new(),
            words: 100,
            language: None,
            published: Moment(0),
            dated: true,
            tags: Vec::new(),
            enclosures: Vec::new(),
            links_out: Vec::new(),
        };
        change(&mut parts);
        Post::proven(parts)
    }

    fn note(lead: &str, links: &[&str]) -> Post {
        post(|parts| {
            parts.untitled = true;
            parts.title = lead.to_owned();
            parts.lead = lead.to_owned();
            parts.words = u32::try_from(lead.split_whitespace().count()).unwrap();
            parts.links_out = links.iter().map(|&link| link.to_owned()).collect();
        })
    }

    fn share(one: &Post, other: &Post) -> bool {
        keys(one, "Harbour Gazette").iter().any(|key| keys(other, "The Mole").contains(key))
    }

    #[test]
    fn two_posts_of_one_page_share_a_key() {
        let at = |address: &str, title: &str| {
            post(|parts| {
                parts.canonical = Some(address.to_owned());
                parts.title = title.to_owned();
            })
        };
        let page = "https://gazette.example/harbour/42";
        assert!(share(&at(page, "Harbour reopens after storm"), &at(page, "Good news for fishermen today")));
        let front = "https://gazette.example/";
        assert!(!share(&at(front, "Harbour reopens after storm"), &at(front, "Good news for fishermen today")));
    }

    #[test]
    fn the_name_of_the_source_does_not_tell_two_titles_apart() {
        let named = post(|parts| parts.title = "Harbour reopens after winter storm - Harbour Gazette".to_owned());
        assert!(share(&named, &post(|_| ())));
    }

    #[test]
    fn a_note_that_is_little_more_than_a_link_tells_the_story_of_its_page() {
        let page = post(|parts| parts.canonical = Some("https://gazette.example/harbour/42".to_owned()));
        let check = |note: &Post, expected: bool, why: &str| assert_eq!(share(&page, note), expected, "{why}");
        let link = "https://gazette.example/harbour/42";
        check(&note("At last, the harbour is open again:", &[link]), true, "a few words and the link");
        check(&note("Two things to read today", &[link, "https://b.example/x"]), false, "two links are a list");
        let opinion = "I was there when it closed and I can tell you that nothing of what the council promised has \
                       been done since then, as you will see when you stand on the north pier";
        check(&note(opinion, &[link]), false, "an opinion is more than a link");
    }

    #[test]
    fn the_same_note_on_two_networks_shares_a_key_unless_it_says_nothing() {
        let check =
            |lead: &str, expected: bool| assert_eq!(share(&note(lead, &[]), &note(lead, &[])), expected, "{lead}");
        check("Three seals on the north pier this morning, first time since the storm", true);
        check("Seals on pier!", false);
    }
}
