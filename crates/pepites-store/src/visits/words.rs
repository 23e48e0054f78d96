//! Takes the words of posts as they are kept, writes them to the full-text index at the end of the transaction.
//!
//! The index gathers the words of a transaction in memory and sorts them once, as long as its rows come in order and
//! no statement that may be undone half-way stands between them: each of these makes it write what it has. So its
//! rows are written last, by rising id.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::error::Trouble;

#[derive(Default)]
pub(super) struct Words(BTreeMap<i64, Texts>);

/// What can be found of a post.
pub(super) struct Texts {
    pub(super) title: String,
    pub(super) body: String,
    pub(super) author: String,
    pub(super) tags: String,
    /// The index has words of this post already.
    pub(super) known: bool,
}

impl Words {
    pub(super) fn add(&mut self, post: i64, texts: Texts) {
        // Twice in one transaction: the later text counts, and whether the index knows it was said by the first.
        let known = self.0.get(&post).map_or(texts.known, |first| first.known);
        self.0.insert(post, Texts { known, ..texts });
    }

    pub(super) fn write(self, library: &Connection) -> Result<(), Trouble> {
        for (post, texts) in &self.0 {
            let sql = if texts.known {
                "UPDATE post_words SET title = ?2, body = ?3, author = ?4, tags = ?5 WHERE rowid = ?1"
            } else {
                "INSERT INTO post_words (rowid, title, body, author, tags) VALUES (?1, ?2, ?3, ?4, ?5)"
            };
            library.prepare_cached(sql)?.execute(params![post, texts.title, texts.body, texts.author, texts.tags])?;
        }
        Ok(())
    }
}
