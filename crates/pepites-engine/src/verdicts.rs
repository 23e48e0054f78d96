//! Takes two posts, says why they are one story or not, and obeys what the reader says of them.
//! Never moves a post by itself: grouping gives new posts a home, the reader moves those that have one.

use pepites_core::{
    model::{Phrase, PostId},
    stories,
};
use pepites_store::{StoreError, Verdict};

use crate::{
    Engine,
    contract::{Code, Problem, VerdictReport, WhyView},
};

impl Engine {
    /// What two posts have in common, and what bars them from one story.
    pub fn why(&self, one: PostId, other: PostId) -> Result<WhyView, Problem> {
        let telling = |post: PostId| {
            let missing = || StoreError::Missing { noun: "post", id: post.to_string() };
            self.store.telling(post)?.ok_or_else(missing)
        };
        let (one, other) = (telling(one)?, telling(other)?);
        let frequencies = self.store.frequencies(one.gist.hashes())?;
        let mut reasons = stories::why(&one, &other, &frequencies);
        if reasons.is_empty() {
            reasons.push(Phrase::new("why.nothing"));
        }
        Ok(WhyView { together: one.story == other.story, reasons })
    }

    /// "These belong together"; with `undo`, takes that back.
    pub fn together(&self, one: PostId, other: PostId, undo: bool) -> Result<VerdictReport, Problem> {
        self.verdict(one, other, Verdict::Together, undo)
    }

    /// "These are not the same": the second leaves the story; with `undo`, takes that back.
    pub fn put_apart(&self, one: PostId, other: PostId, undo: bool) -> Result<VerdictReport, Problem> {
        self.verdict(one, other, Verdict::Apart, undo)
    }

    fn verdict(&self, one: PostId, other: PostId, verdict: Verdict, undo: bool) -> Result<VerdictReport, Problem> {
        if one == other {
            return Err(Problem::new(Code::BadInput).with("input", other.to_string()));
        }
        let moved = match undo {
            false => Some(self.store.say(one, other, verdict, self.now())?),
            true => self.store.unsay(one, other, verdict, self.now())?,
        };
        self.relate_again(&[one, other])?;
        Ok(VerdictReport { found: moved.is_some(), moved: moved.unwrap_or_default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Library;

    #[test]
    fn the_reader_is_told_why_and_has_the_last_word() {
        let library = Library::new();
        let (ana, bruno) = (library.follow("ana"), library.follow("bruno"));
        library.bring_many(ana, "ana", 1);
        library.bring_many(bruno, "bruno", 1);
        library.engine.group().unwrap();
        let (one, other) = (library.posts(ana)[0], library.posts(bruno)[0]);
        assert!(!library.engine.why(one, other).unwrap().reasons.is_empty());
        let together = || library.engine.why(one, other).unwrap().together;
        let before = together();
        if before {
            library.engine.put_apart(one, other, false).unwrap();
        }
        assert!(!together());
        assert_eq!(library.engine.together(one, other, false).unwrap().moved.len(), 1);
        assert!(together());
        assert!(library.engine.together(one, other, true).unwrap().found);
        assert!(!together());
        assert!(!library.engine.together(one, other, true).unwrap().found);
        assert_eq!(library.engine.why(one, PostId(999)).unwrap_err().code, Code::Missing);
        assert_eq!(library.engine.put_apart(one, one, false).unwrap_err().code, Code::BadInput);
    }
}
