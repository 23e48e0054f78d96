//! Takes the reader's rules, says which tellings of a story are muted; and which pages were seen, and how a note is built.

use std::collections::{BTreeSet, HashSet};

use pepites_core::{
    model::{Moment, SourceId},
    score::rules::{Muted, Rules, Told},
};
use rusqlite::{Connection, params};

use super::Telling;
use crate::{bodies, error::Trouble, judged::tags, sources::MONTH};

const TEXTS: &str = "
    SELECT title, lead, author, tags, language, words, EXISTS (SELECT 1 FROM relays WHERE relays.post = posts.id) AS relay
    FROM posts WHERE id = ?1";

/// Pages that were read (what was swept away with others was not), or stood in a digest of another day that the reader
/// saw.
const SEEN: &str = "
    SELECT page FROM posts WHERE page IS NOT NULL AND id IN (
        SELECT post FROM marks WHERE read >= ?1 AND read IS NOT NULL AND read_how <> 'in_bulk'
        UNION
        SELECT post FROM digests CROSS JOIN digest_posts ON digest_posts.digest = digests.id
        WHERE made >= ?1 AND day <> ?2 AND opened IS NOT NULL)";

/// A note with fewer words is a remark, however it is broken up.
const WORTH_LOOKING: u32 = 20;

/// A paragraph with fewer words is a greeting, a signature, or a row of tags.
const SAYS_SOMETHING: usize = 5;

/// The paragraphs of a note that say something.
pub(super) fn paragraphs(library: &Connection, post: i64, words: u32) -> Result<u32, Trouble> {
    if words < WORTH_LOOKING {
        return Ok(1);
    }
    let html = bodies::of(library, post)?;
    Ok(u32::try_from(paragraphs_in(&html).max(1)).unwrap_or(u32::MAX))
}

/// What is in no paragraph, as the words beneath a picture, is none.
fn paragraphs_in(html: &str) -> usize {
    let inside = html.split("</p>").filter_map(|piece| Some(piece.rsplit_once("<p")?.1.split_once('>')?.1));
    let says = |piece: &&str| plain(piece).split_whitespace().count() >= SAYS_SOMETHING;
    inside.flat_map(|piece| piece.split("<br><br>")).filter(says).count()
}

/// What is left of a piece of HTML without its tags.
fn plain(html: &str) -> String {
    html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_tag, text)| text)).collect::<Vec<_>>().join(" ")
}

const LINKS: &str = "
    SELECT link FROM post_links WHERE post = ?1";

/// The tellings that are muted; None when the story is.
pub(super) fn muted(
    library: &Connection,
    tellings: &[Telling],
    rules: &Rules,
) -> Result<Option<BTreeSet<i64>>, Trouble> {
    let mut muted = BTreeSet::new();
    if !rules.mute_something() {
        return Ok(Some(muted));
    }
    let mut statement = library.prepare_cached(TEXTS)?;
    for telling in tellings {
        let far = statement.query_row([telling.post], |row| {
            let (title, lead): (String, String) = (row.get("title")?, row.get("lead")?);
            let author: Option<String> = row.get("author")?;
            let tags = tags(row.get_ref("tags")?);
            let language: Option<String> = row.get("language")?;
            Ok(rules.mute(&Told {
                source: SourceId(telling.source),
                author: author.as_deref(),
                title: &title,
                lead: &lead,
                tags: &tags,
                language: language.as_deref(),
                words: row.get("words")?,
                relay: row.get("relay")?,
            }))
        })?;
        match far {
            Some(Muted::Story) => return Ok(None),
            Some(Muted::Telling) => muted.insert(telling.post),
            None => false,
        };
    }
    Ok(Some(muted))
}

/// The pages that were seen in the last 30 days.
pub(super) fn seen_pages(library: &Connection, day: &str, now: Moment) -> Result<HashSet<i64>, Trouble> {
    let mut statement = library.prepare_cached(SEEN)?;
    let pages = statement.query_map(params![now.plus(-MONTH).0, day], |row| row.get(0))?;
    Ok(pages.collect::<Result<_, _>>()?)
}

/// Of the links that a post makes to other sites, how many lead to a page that was seen.
pub(super) fn seen_links(library: &Connection, post: i64, seen: &HashSet<i64>) -> Result<usize, Trouble> {
    if seen.is_empty() {
        return Ok(0);
    }
    let mut statement = library.prepare_cached(LINKS)?;
    let mut rows = statement.query([post])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += usize::from(seen.contains(&row.get(0)?));
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_those_that_say_something() {
        let check = |html: &str, expected: usize| assert_eq!(paragraphs_in(html), expected, "{html}");
        check("", 0);
        check("<p>One two three four five.</p>", 1);
        check("<p>One two three four five.</p><p dir=\"ltr\">Six <b>seven</b> eight nine ten.</p>", 2);
        check("<p>One two three four five.<br><br>Six seven eight nine ten.</p>", 2);
        check("<p>One two three four five.</p><p>#sea #rust</p><p>Bye!</p>", 1);
        check("<p>One two three four five.</p><figure><figcaption>A cat on the low wall.</figcaption></figure>", 1);
        check("No paragraph in it at all.", 0);
    }
}
