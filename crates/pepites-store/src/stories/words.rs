//! Words as a grouping knows them: how common each is in stories, and which posts are found by it.
//! Says nothing of which posts tell the same: the core does.

use std::collections::BTreeSet;

use pepites_core::{
    model::{Moment, PostId},
    stories::Learnt,
};
use rusqlite::{Connection, params};

use crate::error::Trouble;

/// The word whose row counts all stories.
pub(super) const ALL: i64 = -1;

/// Past so many stories every count is halved: what was rare years ago may be common now, and words that came once are
/// forgotten.
const HALVED_AT: i64 = 200_000;

/// Words are 25 bits of a hash; so many of them are a slice, looked through in a moment even where there are millions.
const SLICE: i64 = 1 << 19;
const SLICES: i64 = 1 << 6;
/// Posts that come, by their numbers, for a slice to go: every slice has its turn within about a thousand posts, whether
/// they come one by one or as an archive of years.
const POSTS_A_SLICE: i64 = 1 << 4;

const PAST_WORDS: &str = "
    DELETE FROM story_words WHERE word >= ?1 AND word < ?2 AND at < ?3";

/// What a grouping found of words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// How common each is in what came.
    pub learnt: Learnt,
    /// The words by which its posts are to be found, each with when the post was published.
    pub found_by: Vec<(u32, Moment, PostId)>,
    /// Nothing is found any more by words of what was published before.
    pub past: Moment,
}

/// `open` of `all` posts that it was learnt from have no story yet: its counts are theirs by that share.
pub(super) fn learn(library: &Connection, learnt: &Learnt, (open, all): (usize, usize)) -> Result<(), Trouble> {
    if open == 0 {
        return Ok(());
    }
    let share = |count: u32| (u64::from(count) * open as u64 + all as u64 / 2) / all.max(1) as u64;
    let mut count = library.prepare_cached(
        "INSERT INTO word_counts (word, stories) VALUES (?1, ?2)
         ON CONFLICT (word) DO UPDATE SET stories = stories + excluded.stories",
    )?;
    for (word, stories) in learnt.words.iter().map(|&(word, stories)| (i64::from(word), share(stories))) {
        count.execute(params![word, stories.cast_signed()])?;
    }
    count.execute(params![ALL, share(learnt.stories).cast_signed()])?;
    let halved = "UPDATE word_counts SET stories = stories / 2
                  WHERE (SELECT stories FROM word_counts WHERE word = ?1) > ?2";
    if library.prepare_cached(halved)?.execute([ALL, HALVED_AT])? > 0 {
        library.prepare_cached("DELETE FROM word_counts WHERE stories = 0")?.execute([])?;
    }
    Ok(())
}

/// Of the words of what was published before `past`, slices go with each grouping: those that the numbers of its posts fall
/// in.
pub(super) fn drop_past(library: &Connection, words: &Words) -> Result<(), Trouble> {
    let turns: BTreeSet<i64> = words.found_by.iter().map(|(_, _, post)| post.0.div_euclid(POSTS_A_SLICE)).collect();
    let slices: BTreeSet<i64> = turns.iter().map(|turn| turn.rem_euclid(SLICES)).collect();
    let mut drop = library.prepare_cached(PAST_WORDS)?;
    for slice in slices {
        let slice = slice * SLICE;
        drop.execute(params![slice, slice + SLICE, words.past.0])?;
    }
    Ok(())
}

/// Keeps the words by which posts are found.
pub(crate) fn keep_found_by(library: &Connection, mut found_by: Vec<(u32, Moment, PostId)>) -> Result<(), Trouble> {
    // In the order of the table: a page of it is looked for once, and not once for each of its rows.
    found_by.sort_unstable();
    let mut found = library.prepare_cached("INSERT OR IGNORE INTO story_words (word, at, post) VALUES (?1, ?2, ?3)")?;
    for (word, at, post) in &found_by {
        found.execute(params![word, at.0, post.0])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    #[test]
    fn words_of_the_past_go_whether_posts_come_one_by_one_or_by_thousands() {
        let every_slice: Vec<u32> = (0..64).map(|slice| slice << 19).collect();
        for step in [1, 3, 16, 90, 4_000] {
            let store = Store::memory().unwrap();
            let kept = |words: Words| store.settle(&[], words).unwrap();
            let old = every_slice.iter().map(|&word| (word, Moment(5), PostId(1)));
            kept(Words { found_by: old.collect(), ..Words::default() });
            let mut post = 1;
            // Groupings of `step` posts each.
            while post < 1_200 {
                let found_by = (post..post + step).map(|post| (9, Moment(20), PostId(post)));
                kept(Words { found_by: found_by.collect(), past: Moment(10), ..Words::default() });
                post += step;
            }
            let past = "SELECT count(*) FROM story_words WHERE at < 10";
            let left: i64 = store.read(|library| Ok(library.query_row(past, [], |row| row.get(0))?)).unwrap();
            assert_eq!(left, 0, "posts by {step}");
        }
    }
}
