//! Takes the new posts of one visit, gives each its row, several with one statement.
//! Never writes anywhere else: bodies, identities, keys and words know a post by the id that it got here.
//!
//! What a statement changes is copied first, page by page, so that it can be undone alone: for one row a dozen pages, of the
//! table, its indexes and the rollups that triggers keep. Most of them are the same for the next row.

use std::{collections::BTreeSet, sync::LazyLock};

use pepites_core::model::Post;
use rusqlite::{Connection, OptionalExtension, ToSql};

use super::incoming::{Arrival, hash};
use crate::error::Trouble;

/// Rows that one statement takes, the most first: each is compiled once. A feed has twenty to fifty posts.
const AT_ONCE: [usize; 3] = [16, 4, 1];

/// For each of [`AT_ONCE`], the statement.
static INSERTS: LazyLock<[String; 3]> = LazyLock::new(|| {
    AT_ONCE.map(|rows| {
        let row = format!("({})", vec!["?"; CHANGEABLE + OWN].join(", "));
        format!(
            "INSERT INTO posts (content_hash, title, untitled, author, boosted_by, portrait, link, canonical, page, language,
                                words, illustrated, lead, tags, enclosures, source, key, published, arrived, backlog, dated)
             VALUES {} ON CONFLICT (key) DO NOTHING",
            vec![row; rows].join(", ")
        )
    })
});

/// What an edit may change.
const CHANGEABLE: usize = 15;
/// What it may not.
const OWN: usize = 6;

/// What an edit may change of a post, as its row has it.
pub(super) struct Content<'a> {
    post: &'a Post,
    page: Option<i64>,
    illustrated: u8,
    tags: String,
    enclosures: String,
}

impl<'a> Content<'a> {
    pub(super) fn of(post: &'a Post) -> Result<Self, Trouble> {
        Ok(Self {
            post,
            page: post.canonical.as_deref().map(hash),
            illustrated: illustrations(post),
            tags: serde_json::to_string(&post.tags)?,
            enclosures: serde_json::to_string(&post.enclosures)?,
        })
    }

    /// From `content_hash` to `enclosures`. By place: finding 21 parameters by name took as long as some of the indexes.
    pub(super) fn values(&self) -> [&dyn ToSql; CHANGEABLE] {
        let Self { post, page, illustrated, tags, enclosures } = self;
        [
            &post.content_hash,
            &post.title,
            &post.untitled,
            &post.author,
            &post.boosted_by,
            &post.portrait,
            &post.link,
            &post.canonical,
            page,
            &post.language,
            &post.words,
            illustrated,
            &post.lead,
            tags,
            enclosures,
        ]
    }
}

/// Inserts these in order; the id of each, None for one whose key is there already, in the library or before it.
pub(super) fn insert(library: &Connection, arrival: Arrival<'_>, posts: &[Post]) -> Result<Vec<Option<i64>>, Trouble> {
    let (mut ids, mut left) = (Vec::with_capacity(posts.len()), posts);
    for (sql, rows) in INSERTS.iter().zip(AT_ONCE) {
        while let Some((some, rest)) = left.split_at_checked(rows) {
            ids.extend(insert_by(library, sql, arrival, some)?);
            left = rest;
        }
    }
    Ok(ids)
}

fn insert_by(
    library: &Connection,
    sql: &str,
    arrival: Arrival<'_>,
    posts: &[Post],
) -> Result<Vec<Option<i64>>, Trouble> {
    let contents = posts.iter().map(Content::of).collect::<Result<Vec<_>, _>>()?;
    let mut values: Vec<&dyn ToSql> = Vec::with_capacity(posts.len() * (CHANGEABLE + OWN));
    for content in &contents {
        let post = content.post;
        let own: [&dyn ToSql; OWN] =
            [&arrival.source.0, &post.key.0, &post.published.0, &arrival.at.0, &arrival.backlog, &post.dated];
        values.extend(content.values());
        values.extend(own);
    }
    let before: i64 =
        library.prepare_cached("SELECT coalesce(max(id), 0) FROM posts")?.query_row([], |row| row.get(0))?;
    let inserted = library.prepare_cached(sql)?.execute(&*values)?;
    if inserted == posts.len() {
        // Ids rise by one (AUTOINCREMENT).
        let last = library.last_insert_rowid();
        let first = last - i64::try_from(inserted).unwrap_or(last) + 1;
        return Ok((first..=last).map(Some).collect());
    }
    let mut given = BTreeSet::new();
    let id = |post: &Post| {
        let id: Option<i64> = library
            .prepare_cached("SELECT id FROM posts WHERE key = ?1")?
            .query_row([&post.key.0], |row| row.get(0))
            .optional()?;
        Ok(id.filter(|&id| id > before && given.insert(id)))
    };
    posts.iter().map(id).collect()
}

/// More pictures and listings say nothing more of a post.
const MOST_ILLUSTRATIONS: u8 = 9;

/// Pictures, recordings and listings of code. A picture often stands among the enclosures and in the text too.
fn illustrations(post: &Post) -> u8 {
    // In one look along all tags: this is asked of every post.
    let (mut pictures, mut listings) = (0, 0);
    for tag in post.html.as_str().split('<').skip(1) {
        pictures += usize::from(tag.starts_with("img"));
        listings += usize::from(tag.starts_with("pre"));
    }
    let most = usize::from(MOST_ILLUSTRATIONS);
    let all = post.enclosures.len().max(pictures.min(most)) + listings.min(most);
    u8::try_from(all).unwrap_or(u8::MAX).min(MOST_ILLUSTRATIONS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Outcome, Store,
        store::Durability,
        tests::{NOW, ago, everywhere, follow, item, number, read, visit},
    };

    #[test]
    fn however_many_come_each_has_its_own_row_and_body_in_the_order_of_the_feed() {
        for count in (0..40).chain([64, 77]) {
            let store = Store::memory().unwrap();
            let source = follow(&store, "a");
            let item = |n: u32| item(&n.to_string(), &format!("Post {n} tells"), &format!("<p>It tells {n}.</p>"), NOW);
            assert_eq!(read(&store, source, NOW, (0..count).map(item).collect()).new, count);
            let own = "SELECT count(DISTINCT posts.id) FROM posts JOIN post_words ON post_words.rowid = posts.id
                JOIN post_identities ON post_identities.post = posts.id AND post_identities.source = posts.source
                WHERE posts.title = format('Post %d tells', posts.id - 1)";
            assert_eq!(number(&store, own), i64::from(count), "{count}");
            for post in store.posts_of(source, 99, 0).unwrap() {
                let html = store.post(post.id).unwrap().html.as_str().to_owned();
                assert_eq!(post.title.replace(" tells", ".</p>").replace("Post", "<p>It tells"), html);
            }
        }
    }

    #[test]
    fn a_key_that_is_there_already_gets_no_row_wherever_it_stands() {
        everywhere(|store| {
            let source = follow(store, "a");
            let item = |n: usize| item(&n.to_string(), &format!("Post {n} tells"), "<p>It tells.</p>", ago(1));
            let Outcome::Read { posts, .. } = visit(store, source, NOW, (0..22).map(item).collect()).outcome else {
                panic!("not read")
            };
            let arrival = Arrival { source, source_title: "a", at: NOW, backlog: true };
            let titles = |some: &[Post]| {
                let some = some.to_vec();
                let of = move |library: &rusqlite::Transaction<'_>| {
                    let ids = insert(library, arrival, &some)?;
                    let mut title = library.prepare("SELECT title FROM posts WHERE id = ?1")?;
                    let titles = ids.into_iter().flatten().map(|id| Ok(title.query_row([id], |row| row.get(0))?));
                    titles.collect::<Result<Vec<String>, Trouble>>()
                };
                store.write(Durability::Process, of).unwrap()
            };
            let expected = |numbers: &[usize]| numbers.iter().map(|n| format!("Post {n} tells")).collect::<Vec<_>>();
            // Twice within sixteen, within four, and in another statement; then in another visit.
            let twice = [0, 1, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 16, 2, 17];
            let mut some: Vec<Post> = twice.iter().map(|&n| posts[n].clone()).collect();
            assert_eq!(titles(&some), expected(&(0..18).collect::<Vec<_>>()));
            assert_eq!(titles(&some), expected(&[]));
            some.splice(2..9, posts[18..].iter().cloned());
            assert_eq!(titles(&some), expected(&[18, 19, 20, 21]));
            assert_eq!(number(store, "SELECT count(*) FROM posts"), 22);
        });
    }
}
