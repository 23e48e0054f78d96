//! Takes the article of a post's page, gives it clean, through the same sanitiser as the body of a post.
//! Never makes a post: what a post is known by comes from its source alone.

use super::{Places, plain, sanitise};
use crate::{
    article::Article,
    model::{FullText, Item, Source},
};

/// The article of the page at `page`, which a post of `source` links to.
#[must_use]
pub fn full_text(source: &Source, page: &str, article: &Article) -> FullText {
    let item = Item { link: Some(page.to_owned()), base: Some(article.base.clone()), ..Item::default() };
    let clean = sanitise::clean(&article.html, &Places::of(source, None, &item));
    FullText { html: clean.html, words: plain::count_words(&clean.text), text: clean.text }
}
