//! Takes what the reader does to posts, keeps it, gives posts to read.
//! Never marks a post that was not named as read: the other tellings of its story stay down, which is not to be read.

use pepites_core::model::PostId;
use pepites_store::{How, Mark, StoredPost};

use crate::{
    Engine,
    contract::{MarkReport, MarkView, PostLine, PostView, Problem},
    lines,
};

impl Engine {
    /// Marks or unmarks posts; on the disk when it returns.
    pub fn mark(&self, posts: &[PostId], mark: MarkView, on: bool) -> Result<MarkReport, Problem> {
        // Told apart in the trends: a whole page marked at once was not read one by one.
        let how = if posts.len() == 1 { How::ByHand } else { How::InBulk };
        self.mark_how(posts, mark, on, how)
    }

    /// The same where it takes back what the reader did last: what a rule starred is starred by it again.
    pub fn undo_mark(&self, posts: &[PostId], mark: MarkView, on: bool) -> Result<MarkReport, Problem> {
        let again = mark == MarkView::Starred && on;
        let given = if again { self.store.give_stars_back(posts, self.now())? } else { Vec::new() };
        let own: Vec<PostId> = posts.iter().copied().filter(|post| !given.contains(post)).collect();
        let report = self.mark(&own, mark, on)?;
        Ok(MarkReport { changed: [given, report.changed].concat(), ..report })
    }

    /// The same for a list that was marked as one, however long it is.
    pub(crate) fn mark_in_bulk(&self, posts: &[PostId], mark: MarkView, on: bool) -> Result<MarkReport, Problem> {
        self.mark_how(posts, mark, on, How::InBulk)
    }

    /// One post, whole; opening it marks it read. Where it cannot be marked (a full disk, a library that is busy or
    /// read-only), it is given all the same, with the reason.
    pub fn open_post(&self, id: PostId) -> Result<PostView, Problem> {
        // First whether there is such a post: a mark on nothing would go unsaid.
        self.store.post(id)?;
        let marked = self.mark_how(&[id], MarkView::Read, true, How::Opened);
        Ok(PostView { unmarked: marked.err(), ..self.post(id)? })
    }

    /// One post, whole; changes nothing.
    pub fn post(&self, id: PostId) -> Result<PostView, Problem> {
        let post = self.store.post(id)?;
        let source = self.store.source(post.source)?;
        let relays = self.relays_of(&post)?;
        Ok(PostView {
            line: lines::of_post(&post, source.shown()),
            portrait: post.portrait,
            html: post.html,
            language: post.language,
            tags: post.tags,
            enclosures: post.enclosures,
            relays,
            unmarked: None,
            wants_full: source.full_text,
            is_full: false,
        })
    }

    /// Starred posts, newest star first.
    pub fn starred(&self, limit: u32, offset: u32) -> Result<Vec<PostLine>, Problem> {
        self.lines_of(&self.store.starred(limit, offset)?)
    }

    fn mark_how(&self, posts: &[PostId], mark: MarkView, on: bool, how: How) -> Result<MarkReport, Problem> {
        let mark = match mark {
            MarkView::Read => Mark::Read,
            MarkView::Starred => Mark::Starred,
            MarkView::Skipped => Mark::Skipped,
            MarkView::Relay => Mark::Relay,
            MarkView::PutOff => Mark::PutOff,
        };
        let now = (self.clock.now)();
        let marked = self.store.mark(posts, mark, on, how, now, (self.clock.offset_minutes)(now))?;
        Ok(MarkReport { changed: marked.changed, relays: marked.relays, missing: marked.missing })
    }

    fn relays_of(&self, post: &StoredPost) -> Result<Vec<PostLine>, Problem> {
        let Some(story) = post.story else { return Ok(Vec::new()) };
        let tellings = self.store.tellings_of(&[story])?;
        let others = tellings.into_iter().filter(|telling| telling.post != post.id);
        let mut relays: Vec<PostLine> = others.map(lines::of_telling).collect();
        self.mark_lines(&mut relays.iter_mut().collect::<Vec<_>>())?;
        Ok(relays)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        contract::{Code, MarksView},
        fixture::Library,
    };

    fn marks(library: &Library, post: PostId) -> MarksView {
        library.engine.post(post).unwrap().line.marks
    }

    #[test]
    fn opening_a_post_marks_it_read_and_looking_at_it_does_not() {
        let library = Library::new();
        let ana = library.follow("ana");
        library.bring_many(ana, "ana", 1);
        let post = library.posts(ana)[0];
        assert!(!marks(&library, post).read);
        assert!(library.engine.open_post(post).unwrap().line.marks.read);
        assert!(marks(&library, post).read);
        assert_eq!(library.engine.open_post(PostId(999)).unwrap_err().code, Code::Missing);
    }

    #[test]
    fn a_marking_says_what_changed_and_what_is_missing() {
        let library = Library::new();
        let ana = library.follow("ana");
        library.bring_many(ana, "ana", 2);
        let posts = library.posts(ana);
        let check = |named: &[PostId], on: bool, changed: &[PostId], missing: &[PostId]| {
            let report = library.engine.mark(named, MarkView::Starred, on).unwrap();
            assert_eq!((report.changed.as_slice(), report.missing.as_slice()), (changed, missing));
        };
        check(&posts[..1], true, &posts[..1], &[]);
        check(&[posts[0], posts[1], PostId(999)], true, &posts[1..], &[PostId(999)]);
        let starred = library.engine.starred(10, 0).unwrap();
        assert_eq!(starred.len(), 2);
        assert!(starred.iter().all(|line| line.marks.starred && line.source_title == "ana"));
        check(&posts, false, &posts, &[]);
        check(&[], true, &[], &[]);
        assert_eq!(library.engine.starred(10, 0).unwrap(), []);
    }
}
