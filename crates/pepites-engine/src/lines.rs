//! Takes posts as the library keeps them, gives the lines that lists show.
//! Never keeps a mark: marks are asked for each time a line is shown.

use std::collections::BTreeMap;

use pepites_core::{
    model::{PostId, SourceId},
    text::secret::masked,
};
use pepites_store::{Hit, Marks, StoreError, StoredPost, TellingLine};

use crate::{
    Engine,
    contract::{HitView, MarksView, PostLine, Problem},
};

impl From<Marks> for MarksView {
    fn from(marks: Marks) -> Self {
        Self {
            read: marks.read.is_some(),
            starred: marks.starred.is_some(),
            skipped: marks.skipped.is_some(),
            relay: marks.relay.is_some(),
            put_off: marks.put_off.is_some(),
            starred_by_rule: marks.starred_by_rule,
        }
    }
}

/// Without its marks: see [`Engine::mark_lines`].
pub(crate) fn of_telling(telling: TellingLine) -> PostLine {
    PostLine {
        post: telling.post,
        source: telling.source,
        source_title: shown(&telling.source_title),
        title: telling.title,
        untitled: telling.untitled,
        link: telling.link,
        author: telling.author,
        boosted_by: telling.boosted_by,
        lead: telling.lead,
        words: telling.words,
        published: telling.published,
        marks: MarksView::default(),
    }
}

pub(crate) fn of_post(post: &StoredPost, source_title: &str) -> PostLine {
    PostLine {
        post: post.id,
        source: post.source,
        source_title: shown(source_title),
        title: post.title.clone(),
        untitled: post.untitled,
        link: post.link.clone(),
        author: post.author.clone(),
        boosted_by: post.boosted_by.clone(),
        lead: post.lead.clone(),
        words: post.words,
        published: post.published,
        marks: post.marks.into(),
    }
}

/// A hit shows its snippet instead of its lead.
pub(crate) fn of_hit(hit: Hit) -> HitView {
    let line = PostLine {
        post: hit.post,
        source: hit.source,
        source_title: shown(&hit.source_title),
        title: hit.title,
        untitled: false,
        link: hit.link,
        author: None,
        boosted_by: None,
        lead: String::new(),
        words: 0,
        published: hit.published,
        marks: hit.marks.into(),
    };
    HitView { line, title: hit.marked, snippet: hit.snippet }
}

/// A source without a title is called by its address, which may hold a password.
fn shown(source_title: &str) -> String {
    masked(source_title).into_owned()
}

impl Engine {
    /// Gives lines their marks as they are now.
    pub(crate) fn mark_lines(&self, lines: &mut [&mut PostLine]) -> Result<(), Problem> {
        if lines.is_empty() {
            return Ok(());
        }
        let posts: Vec<PostId> = lines.iter().map(|line| line.post).collect();
        for (line, marks) in lines.iter_mut().zip(self.store.marks(&posts)?) {
            line.marks = marks.into();
        }
        Ok(())
    }

    /// Lines of posts, each with what the reader calls its source, followed or not any more.
    pub(crate) fn lines_of(&self, posts: &[StoredPost]) -> Result<Vec<PostLine>, Problem> {
        let mut titles: BTreeMap<SourceId, String> = BTreeMap::new();
        let mut lines = Vec::with_capacity(posts.len());
        for post in posts {
            let title = match titles.get(&post.source) {
                Some(title) => title.clone(),
                None => {
                    let title = self.store.source(post.source)?.shown().to_owned();
                    titles.insert(post.source, title.clone());
                    title
                }
            };
            lines.push(of_post(post, &title));
        }
        Ok(lines)
    }

    /// The line of one post; None when the keep rule dropped it since.
    pub(crate) fn line_if_kept(&self, id: PostId) -> Result<Option<PostLine>, Problem> {
        match self.store.post(id) {
            Ok(post) => Ok(self.lines_of(std::slice::from_ref(&post))?.pop()),
            Err(StoreError::Missing { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}
