//! Gives the post: an item that was cleaned. Holding one *is* the proof, as only `normalise` can make it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Enclosure, Moment};

/// HTML that went through the sanitiser. Only `normalise` makes it, and the library gives back what `normalise` made:
/// it goes out as JSON and never comes in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(transparent)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// For the sanitiser alone.
    pub(crate) fn cleaned(html: String) -> Self {
        Self(html)
    }

    /// What was cleaned, then something else that was.
    pub(crate) fn followed_by(self, other: &Self) -> Self {
        Self(self.0 + &other.0)
    }

    /// For the library alone, which kept what [`SafeHtml::as_str`] gave it.
    #[must_use]
    pub fn from_library(html: String) -> Self {
        Self(html)
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a post is known by on every device: 32 hexadecimal digits made from its source's address and its own
/// identity (guid, else link, else content).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct PostKey(pub String);

/// A clean post. Reads like its [`PostParts`]; cannot be built outside `normalise`.
#[derive(Clone, Debug, PartialEq)]
pub struct Post(PostParts);

impl Post {
    /// For `normalise` alone.
    pub(crate) fn proven(parts: PostParts) -> Self {
        Self(parts)
    }

    /// Its fields, for who keeps them: a post cannot be made of them again.
    #[must_use]
    pub fn into_parts(self) -> PostParts {
        self.0
    }

    /// With the pages that some of its links stand for in their place, by what `leads` knows of them. What it says, and
    /// where who reads it is led, stay as they are.
    #[must_use]
    pub fn leading(mut self, leads: impl Fn(&str) -> Option<String>) -> Self {
        let mut links: Vec<String> = Vec::with_capacity(self.0.links_out.len());
        for link in std::mem::take(&mut self.0.links_out) {
            let led = leads(&link);
            self.0.led |= led.is_some();
            let link = led.unwrap_or(link);
            // It may lead to a page that it names in full as well, or back to itself.
            if !links.contains(&link) && self.0.canonical.as_ref() != Some(&link) {
                links.push(link);
            }
        }
        self.0.links_out = links;
        self
    }
}

impl std::ops::Deref for Post {
    type Target = PostParts;
    fn deref(&self) -> &PostParts {
        &self.0
    }
}

/// The fields of a post.
#[derive(Clone, Debug, PartialEq)]
pub struct PostParts {
    /// Its identity on every device.
    pub key: PostKey,
    /// Hashes under which the same post of the same source is known again (guid, link where there is no guid, place
    /// and title and day, else words), most telling first, never empty. A post that shares any of them with a kept
    /// post of its source is that post. A hash that two items of one batch share is not among them.
    pub identities: Vec<i64>,
    /// Changes when title or body change: tells an edit from a repeat.
    pub content_hash: i64,
    /// Absolute http or https address.
    pub link: Option<String>,
    /// `link` without tracking parameters, scheme differences and the like: equal for two tellings of one page.
    pub canonical: Option<String>,
    /// Plain text, never empty: a post without a title is given its first words.
    pub title: String,
    /// The title was made from the first words.
    pub untitled: bool,
    /// Names of people, joined with ", ".
    pub author: Option<String>,
    /// Who passed it on, when that is why its source has it: it is a vote for what its author wrote.
    pub boosted_by: Option<String>,
    /// The absolute http or https address of a small picture that stands for its author.
    pub portrait: Option<String>,
    /// The body.
    pub html: SafeHtml,
    /// The body as plain text, for search.
    pub text: String,
    /// The beginning of `text`, at most 280 characters, ended at a word.
    pub lead: String,
    /// Words in `text`.
    pub words: u32,
    /// ISO 639-1, lower case, declared or recognised.
    pub language: Option<String>,
    /// When it was published: never later than its arrival, its arrival when unknown or absurd.
    pub published: Moment,
    /// The source gave a believable date.
    pub dated: bool,
    /// Categories, lower case, at most 20.
    pub tags: Vec<String>,
    /// At most 10.
    pub enclosures: Vec<Enclosure>,
    /// Canonical addresses that the body links to on other sites, at most 30, in order.
    pub links_out: Vec<String>,
    /// Some of them were short, and stand for the pages that they lead to.
    pub led: bool,
    /// Those of `identities` under which the parts of a thread that follow its first are known.
    pub joins: Vec<i64>,
}
