//! Takes the posts of one visit, keeps those that are new, changes those that were edited, ignores those that were
//! dropped. Never touches a mark.

use std::collections::BTreeSet;

use pepites_core::{
    model::{Moment, Post, SourceId},
    stories::{self, Gist},
};
use rusqlite::{Connection, OptionalExtension, ToSql, params};
use xxhash_rust::xxh3::xxh3_64;

use super::{
    Kept,
    rows::{Content, insert},
    words::{Texts, Words},
};
use crate::{bodies::Packer, error::Trouble};

/// How the posts of a visit came.
#[derive(Clone, Copy)]
pub(super) struct Arrival<'a> {
    pub(super) source: SourceId,
    /// What the source calls itself: cut off the titles that repeat it.
    pub(super) source_title: &'a str,
    pub(super) at: Moment,
    /// It was the first visit that could be read.
    pub(super) backlog: bool,
}

/// What the library already knows of a post.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    /// It is this one.
    As(i64),
    /// It was dropped.
    Dropped,
}

/// The date stays: a post that is corrected is not published again.
const EDIT: &str = "
    UPDATE posts
    SET content_hash = ?1, title = ?2, untitled = ?3, author = ?4, boosted_by = ?5, portrait = ?6, link = ?7, canonical = ?8,
        page = ?9, language = ?10, words = ?11, illustrated = ?12, lead = ?13, tags = ?14, enclosures = ?15, edited = ?17
    WHERE id = ?16";

pub(super) fn keep_posts(
    library: &Connection,
    arrival: Arrival<'_>,
    posts: Vec<Post>,
    words: &mut Words,
    packer: &mut Packer,
) -> Result<Kept, Trouble> {
    let mut kept = Kept { source: arrival.source, new: 0, edited: 0 };
    let known = recognise(library, arrival.source, &posts)?;
    let mut new = Vec::new();
    for (post, known) in posts.into_iter().zip(known) {
        match known {
            Some(Known::Dropped) => {}
            Some(Known::As(id)) => {
                // It may be looked for among those that came before it in the same visit.
                kept.new += keep_new(library, arrival, &mut new, words, packer)?;
                keep_identities(library, arrival.source, &post, id)?;
                let before: i64 = library
                    .prepare_cached("SELECT content_hash FROM posts WHERE id = ?1")?
                    .query_row([id], |row| row.get(0))?;
                if before != post.content_hash && !is_held_apart(library, arrival.source, &post, id)? {
                    edit(library, arrival, id, &post, packer)?;
                    words.add(id, texts(post, true));
                    kept.edited += 1;
                } else if post.led && !has_links(library, id, &post)? {
                    point(library, arrival, id, &post)?;
                }
            }
            None => new.push(post),
        }
    }
    kept.new += keep_new(library, arrival, &mut new, words, packer)?;
    Ok(kept)
}

/// Keeps posts that the library does not know, in order, gives how many they were, and leaves none.
fn keep_new(
    library: &Connection,
    arrival: Arrival<'_>,
    posts: &mut Vec<Post>,
    words: &mut Words,
    packer: &mut Packer,
) -> Result<u32, Trouble> {
    let (ids, mut kept) = (insert(library, arrival, posts)?, 0);
    let judged = crate::verdicts::are_any(library)?;
    for (post, id) in posts.drain(..).zip(ids) {
        // The same post twice in one visit.
        let Some(id) = id else { continue };
        packer.keep(library, id, post.html.as_str())?;
        keep_links_and_keys(library, arrival, (id, post.published), &post)?;
        if judged {
            crate::verdicts::known_again(library, id, &post.key.0)?;
        }
        keep_identities(library, arrival.source, &post, id)?;
        words.add(id, texts(post, false));
        kept += 1;
    }
    Ok(kept)
}

/// Which post of the library each is. The most telling identity of every post speaks before the others do: where a
/// site gives one link to its post of every day, yesterday's is still known by its guid, and today's, which is known
/// by that link only, is a new one. No two posts of a visit are the same.
fn recognise(library: &Connection, source: SourceId, posts: &[Post]) -> Result<Vec<Option<Known>>, Trouble> {
    let mut found = vec![None; posts.len()];
    let mut taken = BTreeSet::new();
    let met_before =
        library.prepare_cached("SELECT 1 FROM post_identities WHERE source = ?1 LIMIT 1")?.exists([source.0])?;
    for (post, known) in posts.iter().zip(&mut found) {
        *known = by_key(library, post)?.or(match identities(post).first() {
            Some(hash) if met_before => by_identity(library, source, *hash)?,
            _ => None,
        });
        if let Some(Known::As(id)) = known
            && !taken.insert(*id)
        {
            *known = None;
        }
    }
    if !met_before {
        return Ok(found);
    }
    for (post, known) in posts.iter().zip(&mut found) {
        for hash in identities(post).iter().skip(1) {
            if known.is_some() {
                break;
            }
            *known = by_identity(library, source, *hash)?.filter(|known| match known {
                Known::As(id) => taken.insert(*id),
                Known::Dropped => true,
            });
        }
    }
    Ok(found)
}

fn by_key(library: &Connection, post: &Post) -> Result<Option<Known>, Trouble> {
    let id = library
        .prepare_cached("SELECT id FROM posts WHERE key = ?1")?
        .query_row([&post.key.0], |row| row.get(0))
        .optional()?;
    Ok(id.map(Known::As))
}

fn by_identity(library: &Connection, source: SourceId, hash: i64) -> Result<Option<Known>, Trouble> {
    let post: Option<Option<i64>> = library
        .prepare_cached("SELECT post FROM post_identities WHERE source = ?1 AND hash = ?2")?
        .query_row([source.0, hash], |row| row.get(0))
        .optional()?;
    Ok(post.map(|post| post.map_or(Known::Dropped, Known::As)))
}

/// A post that shares every identity with others of its batch is known by its key alone, dropped or not.
fn identities(post: &Post) -> Vec<i64> {
    if post.identities.is_empty() { vec![hash(&post.key.0)] } else { post.identities.clone() }
}

/// A part of the thread that `post` joins came later, and is a post by itself: joined to the first, it would be read twice,
/// and a post that was read would change.
fn is_held_apart(library: &Connection, source: SourceId, post: &Post, id: i64) -> Result<bool, Trouble> {
    for part in &post.joins {
        if by_identity(library, source, *part)?.is_some_and(|known| known != Known::As(id)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// It is kept as pointing to what it points to.
fn has_links(library: &Connection, id: i64, post: &Post) -> Result<bool, Trouble> {
    let mut statement = library.prepare_cached("SELECT link FROM post_links WHERE post = ?1")?;
    let kept = statement.query_map([id], |row| row.get(0))?.collect::<Result<BTreeSet<i64>, _>>()?;
    Ok(kept == post.links_out.iter().map(|link| hash(link)).collect())
}

fn keep_identities(library: &Connection, source: SourceId, post: &Post, id: i64) -> Result<(), Trouble> {
    // An identity that another post of the source had first stays with that one.
    let mut statement =
        library.prepare_cached("INSERT OR IGNORE INTO post_identities (source, hash, post) VALUES (?1, ?2, ?3)")?;
    for identity in identities(post) {
        statement.execute([source.0, identity, id])?;
    }
    Ok(())
}

fn edit(library: &Connection, arrival: Arrival<'_>, id: i64, post: &Post, packer: &mut Packer) -> Result<(), Trouble> {
    let content = Content::of(post)?;
    let own: [&dyn ToSql; 2] = [&id, &arrival.at.0];
    library.prepare_cached(EDIT)?.execute(&*[&content.values()[..], &own].concat())?;
    packer.keep(library, id, post.html.as_str())?;
    point(library, arrival, id, post)
}

/// What a post points to, anew: it was edited, or a short link was only now followed to its page.
fn point(library: &Connection, arrival: Arrival<'_>, id: i64, post: &Post) -> Result<(), Trouble> {
    library.prepare_cached("DELETE FROM post_links WHERE post = ?1")?.execute([id])?;
    library.prepare_cached("DELETE FROM story_keys WHERE post = ?1")?.execute([id])?;
    // What it says now is compared with its story when grouping comes by; it stays in it. Where it was not compared yet,
    // whoever does so may have read it before: then it is compared once more (2).
    forget_words(library, id)?;
    library
        .prepare_cached(
            "INSERT INTO unrelated (post, edited) SELECT id, 1 FROM posts WHERE id = ?1 AND story IS NOT NULL
             ON CONFLICT (post) DO UPDATE SET edited = 2 WHERE edited = 0",
        )?
        .execute([id])?;
    // An edited post keeps its date, which the window of its keys goes by.
    let published = library
        .prepare_cached("SELECT published FROM posts WHERE id = ?1")?
        .query_row([id], |row| row.get(0).map(Moment))?;
    keep_links_and_keys(library, arrival, (id, published), post)
}

/// It is no longer found by what it said: by its words one by one, as the words know their posts and not the reverse.
fn forget_words(library: &Connection, id: i64) -> Result<(), Trouble> {
    let old: Option<(Vec<u8>, i64)> = library
        .prepare_cached("SELECT gist, published FROM gists CROSS JOIN posts ON posts.id = gists.post WHERE post = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((gist, at)) = old else { return Ok(()) };
    let mut forget = library.prepare_cached("DELETE FROM story_words WHERE word = ?1 AND at = ?2 AND post = ?3")?;
    for word in Gist::from_bytes(&gist).hashes() {
        forget.execute(params![word, at, id])?;
    }
    Ok(())
}

fn keep_links_and_keys(
    library: &Connection,
    arrival: Arrival<'_>,
    (id, published): (i64, Moment),
    post: &Post,
) -> Result<(), Trouble> {
    let mut link =
        library.prepare_cached("INSERT OR IGNORE INTO post_links (post, link, source) VALUES (?1, ?2, ?3)")?;
    for address in &post.links_out {
        link.execute([id, hash(address), arrival.source.0])?;
    }
    let mut key = library.prepare_cached("INSERT OR IGNORE INTO story_keys (post, key, at) VALUES (?1, ?2, ?3)")?;
    for story_key in stories::keys(post, arrival.source_title) {
        key.execute([id, story_key.0, published.0])?;
    }
    // As with bodies.
    library
        .prepare_cached(
            "INSERT INTO gists (post, gist) VALUES (?1, ?2) ON CONFLICT (post) DO UPDATE SET gist = excluded.gist",
        )?
        .execute(params![id, stories::gist(post).to_bytes()])?;
    Ok(())
}

/// How a canonical address is written in `posts.page` and `post_links.link`. Kept in libraries: never change it.
pub(super) fn hash(text: &str) -> i64 {
    xxh3_64(text.as_bytes()).cast_signed()
}

/// Only its texts are held until the end of the transaction: its HTML is in the library already.
fn texts(post: Post, known: bool) -> Texts {
    let post = post.into_parts();
    Texts {
        title: post.title,
        body: post.text,
        author: post.author.unwrap_or_default(),
        tags: post.tags.join(" "),
        known,
    }
}
