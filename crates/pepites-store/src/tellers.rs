//! Those who tell a story, as the choice of its face sees them.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    model::{Moment, PostId, SourceId, StoryId},
    stories::{Teller, face},
};
use rusqlite::Connection;

use crate::{Store, StoreError, error::Trouble, stories::tie};

/// Every telling by a followed source. What stays down stands for nothing as long as another does not: `down`. What is
/// `news` was shown to nobody yet.
const TELLERS: &str = "
    SELECT posts.id, key, posts.source, published, words, untitled, copy_of, page, link,
           coalesce(sources.site, sources.locator) AS home, sources.preferred IS NOT NULL AS preferred,
           sources.unfollowed IS NULL AND sources.mode IS NOT 'muted' AS followed,
           coalesce(sources.mode, 'digest') <> 'digest' AS thin, news,
           marks.post IS NOT NULL AS touched, marks.read IS NOT NULL AS read, marks.skipped IS NOT NULL AS skipped, marks.relay IS NOT NULL AS relay
    FROM posts JOIN sources ON sources.id = posts.source LEFT JOIN marks ON marks.post = posts.id
    WHERE posts.story = ?1 ORDER BY published, key";

/// As many are looked at as in the facts: see there.
const LINKING: &str = "
    SELECT post, source FROM post_links WHERE link = ?1 LIMIT 100";

/// A telling and its marks.
struct Row {
    teller: Teller,
    page: Option<i64>,
    untitled: bool,
    followed: bool,
    /// Its source is not read whole.
    thin: bool,
    news: bool,
    /// It was marked once, and maybe is no more.
    touched: bool,
    read: bool,
    skipped: bool,
    relay: bool,
}

impl Store {
    /// The telling that stands for a story, whatever the reader has read of it; None when no followed source tells it.
    pub fn face(&self, story: StoryId) -> Result<Option<PostId>, StoreError> {
        self.read(|library| {
            let tellers: Vec<Teller> =
                rows(library, story.0)?.into_iter().filter(|row| row.followed).map(|row| row.teller).collect();
            Ok(face(&tellers).map(|face| face.post))
        })
    }
}

/// The telling that stands for a story in a digest, none of those that are `out`: of a story of which something was read, what is
/// news of it or was marked unread; else one that does not stay down. With `settled_too`, whatever the reader did with it.
pub(crate) fn face_to_show(
    library: &Connection,
    story: i64,
    out: &BTreeSet<i64>,
    settled_too: bool,
) -> Result<Option<PostId>, Trouble> {
    let rows = rows(library, story)?;
    let was_read = rows.iter().any(|row| row.read);
    let waits = |row: &Row| !row.read && !row.skipped && !row.relay && (!was_read || row.news || row.touched);
    let may = |row: &Row| row.followed && !out.contains(&row.teller.post.0) && (settled_too || waits(row));
    let (thin, whole): (Vec<Row>, Vec<Row>) = rows.into_iter().filter(may).partition(|row| row.thin);
    // Another stands for the story than a source that is not read whole, where there is one.
    let stands =
        |rows: Vec<Row>| face(&rows.into_iter().map(|row| row.teller).collect::<Vec<_>>()).map(|face| face.post);
    Ok(stands(whole).or_else(|| stands(thin)))
}

fn rows(library: &Connection, story: i64) -> Result<Vec<Row>, Trouble> {
    let mut rows = tellings(library, story)?;
    let posts: BTreeSet<i64> = rows.iter().map(|row| row.teller.post.0).collect();
    // A page that several tell under their own names is of all of them: none of these links to another by linking to it.
    let mut tell: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for row in &rows {
        if let Some(page) = row.page {
            tell.entry(page).or_default().insert(row.teller.source.0);
        }
    }
    let mut pointing = BTreeSet::new();
    let mut statement = library.prepare_cached(LINKING)?;
    for row in &mut rows {
        let Some(tell) = row.page.and_then(|page| tell.get(&page)) else { continue };
        let linking = statement.query_map([row.page], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let linking: Vec<(i64, i64)> = linking.collect::<Result<_, _>>()?;
        let from_outside = |source: &i64| *source != row.teller.source.0;
        pointing.extend(linking.iter().filter(|(_, source)| from_outside(source)).map(|(post, _)| *post));
        let by: BTreeSet<i64> = linking.into_iter().map(|(_, source)| source).collect();
        row.teller.linked_by = u32::try_from(by.difference(tell).count()).unwrap_or(u32::MAX);
    }
    for row in &mut rows {
        row.teller.points = row.untitled && pointing.contains(&row.teller.post.0);
        // An original that went elsewhere, or was dropped, is none here.
        row.teller.copy_of = row.teller.copy_of.filter(|original| posts.contains(&original.0));
    }
    Ok(rows)
}

fn tellings(library: &Connection, story: i64) -> Result<Vec<Row>, Trouble> {
    let mut statement = library.prepare_cached(TELLERS)?;
    let rows = statement.query_map([story], |row| {
        let (link, home): (Option<String>, String) = (row.get("link")?, row.get("home")?);
        let teller = Teller {
            post: PostId(row.get("id")?),
            tie: tie(row.get_ref("key")?.as_str().unwrap_or_default()),
            source: SourceId(row.get("source")?),
            at: Moment(row.get("published")?),
            preferred: row.get("preferred")?,
            points: false,
            copy_of: row.get::<_, Option<i64>>("copy_of")?.map(PostId),
            at_home: link.is_none_or(|link| host(&link) == host(&home)),
            linked_by: 0,
            words: row.get("words")?,
        };
        Ok(Row {
            teller,
            page: row.get("page")?,
            untitled: row.get("untitled")?,
            followed: row.get("followed")?,
            thin: row.get("thin")?,
            news: row.get("news")?,
            touched: row.get("touched")?,
            read: row.get("read")?,
            skipped: row.get("skipped")?,
            relay: row.get("relay")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The host of an address, as sites write their own: with and without `www.` it is one.
fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("//")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}
