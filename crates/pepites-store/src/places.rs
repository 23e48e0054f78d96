//! Keeps where the reader is in a story that they began. Bounded: who comes back after many others begins it anew.

use pepites_core::model::{Moment, PostId};
use rusqlite::params;

use crate::{Store, StoreError, store::Durability};

/// Stories of which the place is kept: the latest.
const MOST: u32 = 300;

/// The paragraph at the upper edge of what is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Which, from 0.
    pub block: u32,
    /// How much of it is above the edge, 0 to 1.
    pub part: f64,
    /// How many the text had.
    pub of: u32,
}

/// Where the reader is in a story.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadingPlace {
    /// The post.
    pub post: PostId,
    /// How much of its height is above the edge, 0 to 1.
    pub share: f64,
    /// The paragraph there, where it is known.
    pub spot: Option<Spot>,
}

const KEEP: &str = "
    INSERT INTO places (post, share, block, part, blocks, at)
    SELECT id, ?2, ?3, ?4, ?5, ?6 FROM posts WHERE id = ?1
    ON CONFLICT (post) DO UPDATE
    SET share = excluded.share, block = excluded.block, part = excluded.part, blocks = excluded.blocks, at = excluded.at";

const BOUND: &str = "
    DELETE FROM places WHERE post IN (SELECT post FROM places ORDER BY at DESC, post DESC LIMIT -1 OFFSET ?1)";

impl Store {
    /// The places that are kept, the oldest first.
    pub fn reading_places(&self) -> Result<Vec<ReadingPlace>, StoreError> {
        self.read(|library| {
            let mut statement =
                library.prepare_cached("SELECT post, share, block, part, blocks FROM places ORDER BY at, post")?;
            let places = statement.query_map([], |row| {
                let (block, part, of): (Option<u32>, Option<f64>, Option<u32>) =
                    (row.get(2)?, row.get(3)?, row.get(4)?);
                let spot = block.zip(part).zip(of).map(|((block, part), of)| Spot { block, part, of });
                Ok(ReadingPlace { post: PostId(row.get(0)?), share: row.get(1)?, spot })
            })?;
            Ok(places.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps a place; a post that is not there has none.
    pub fn keep_reading_place(&self, place: ReadingPlace, now: Moment) -> Result<(), StoreError> {
        self.write(Durability::Process, move |library| {
            let ReadingPlace { post, share, spot } = place;
            let (block, part, of) = (spot.map(|it| it.block), spot.map(|it| it.part), spot.map(|it| it.of));
            library.prepare_cached(KEEP)?.execute(params![post.0, share, block, part, of, now.0])?;
            library.prepare_cached(BOUND)?.execute([MOST])?;
            Ok(())
        })
    }

    /// Forgets the place of one post: it is at its beginning, or read to its end.
    pub fn drop_reading_place(&self, post: PostId) -> Result<(), StoreError> {
        self.write(Durability::Process, move |library| {
            library.prepare_cached("DELETE FROM places WHERE post = ?1")?.execute([post.0])?;
            Ok(())
        })
    }

    /// Forgets every place. Cannot be undone.
    pub fn erase_reading_places(&self) -> Result<(), StoreError> {
        self.write(Durability::Power, move |library| {
            library.execute("DELETE FROM places", [])?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{NOW, ago, everywhere, follow, item, number, read};

    #[test]
    fn places_are_kept_the_latest_of_them_and_forgotten() {
        everywhere(|store| {
            let source = follow(store, "a");
            let items = (0..=MOST).map(|n| item(&n.to_string(), &format!("Post {n}"), "<p>x</p>", ago(1)));
            read(store, source, NOW, items.collect());
            let spot = Spot { block: 3, part: 0.5, of: 9 };
            let at = |post| ReadingPlace { post: PostId(post), share: 0.25, spot: None };
            store.keep_reading_place(at(1), NOW).unwrap();
            store.keep_reading_place(at(2), NOW.plus(1)).unwrap();
            store.keep_reading_place(ReadingPlace { spot: Some(spot), ..at(1) }, NOW.plus(2)).unwrap();
            store.keep_reading_place(at(99_999), NOW).unwrap();
            let kept = store.reading_places().unwrap();
            assert_eq!(kept, [at(2), ReadingPlace { spot: Some(spot), ..at(1) }]);
            store.drop_reading_place(PostId(2)).unwrap();
            assert_eq!(store.reading_places().unwrap().len(), 1);
            for post in 2..=i64::from(MOST) + 1 {
                store.keep_reading_place(at(post), NOW.plus(post + 2)).unwrap();
            }
            let kept = store.reading_places().unwrap();
            assert_eq!((kept.len(), kept[0].post), (MOST as usize, PostId(2)), "the oldest makes room");
            store.erase_reading_places().unwrap();
            assert_eq!(number(store, "SELECT count(*) FROM places"), 0);
        });
    }
}
