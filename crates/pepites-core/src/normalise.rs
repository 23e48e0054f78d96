//! Takes a batch of items, gives clean posts: the only place where a [`Post`] is made.

use crate::model::{Batch, Moment, Post, PostKey, PostParts, SafeHtml, Source};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// Every item of `batch` as a post, in the same order. `arrived` is when it was fetched: no post is dated later.
#[must_use]
pub fn normalise(source: &Source, batch: Batch, arrived: Moment) -> Vec<Post> {
    let hash = |text: &str| xxh3_64(text.as_bytes()).cast_signed();
    let mut posts: Vec<PostParts> = Vec::new();
    for item in batch.items {
        let html = item.html.or(item.summary).unwrap_or_default();
        let mut text = String::new();
        for piece in html.split('<') {
            text.push_str(piece.rsplit('>').next().unwrap_or_default());
            text.push(' ');
        }
        let untitled = item.title.is_none();
        let title = item.title.unwrap_or_else(|| text.split_whitespace().take(8).collect::<Vec<_>>().join(" "));
        let content = hash(&format!("{title}\n{html}"));
        let mut identities = Vec::new();
        identities.extend(item.id.as_deref().map(|id| hash(&format!("guid {id}"))));
        identities.extend(item.link.as_deref().map(|link| hash(&format!("link {link}"))));
        identities.push(content);
        let own = item.id.clone().or_else(|| item.link.clone()).unwrap_or_else(|| content.to_string());
        let links_out = html
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(str::to_owned)
            .take(30)
            .collect();
        posts.push(PostParts {
            key: PostKey(format!("{:032x}", xxh3_128(format!("{} {own}", source.address.locator).as_bytes()))),
            identities,
            content_hash: content,
            canonical: item.link.clone(),
            link: item.link,
            lead: text.split_whitespace().take(40).collect::<Vec<_>>().join(" "),
            title,
            untitled,
            author: if item.authors.is_empty() { None } else { Some(item.authors.join(", ")) },
            words: u32::try_from(text.split_whitespace().count()).unwrap_or(0),
            html: SafeHtml::cleaned(html),
            text,
            language: item.language,
            published: item.published.unwrap_or(arrived).min(arrived),
            dated: item.published.is_some(),
            tags: item.tags,
            enclosures: item.enclosures,
            links_out,
        });
    }
    let all: Vec<i64> = posts.iter().flat_map(|post| post.identities.clone()).collect();
    for post in &mut posts {
        post.identities.retain(|hash| all.iter().filter(|other| *other == hash).count() == 1);
    }
    posts.into_iter().map(Post::proven).collect()
}
