//! Takes a batch of items, gives clean posts: the only place where a [`Post`] is made.

use crate::model::{Batch, Moment, Post, Source};

/// Every item of `batch` as a post, in the same order. `arrived` is when it was fetched: no post is dated later.
#[must_use]
pub fn normalise(source: &Source, batch: Batch, arrived: Moment) -> Vec<Post> {
    let _ = (source, batch, arrived);
    Vec::new()
}
