//! Takes two posts, says why they are one story or not, and obeys what the reader says of them.
//! Never moves a post by itself: grouping gives new posts a home, the reader moves those that have one.

use pepites_core::{
    model::{Phrase, PostId},
    stories::{self, Telling},
};
use pepites_store::Verdict;

use crate::{
    Engine,
    contract::{Code, Problem, VerdictReport, WhyView},
};

/// Titles of what lies between two tellings that are named: more say less.
const MOST_BETWEEN: usize = 2;

impl Engine {
    /// What two posts have in common, what bars them from one story, and what the reader said of them: why they are together,
    /// or apart.
    pub fn why(&self, one: PostId, other: PostId) -> Result<WhyView, Problem> {
        let telling = |post: PostId| match self.store.telling(post)? {
            // It is there, or that it is not is told.
            None => self.store.post(post).map(|_| None),
            found => Ok(found),
        };
        let (Some(one), Some(other)) = (telling(one)?, telling(other)?) else {
            return Ok(WhyView { together: false, reasons: vec![Phrase::new("why.waits")] });
        };
        let together = one.story == other.story;
        let frequencies = self.store.frequencies(one.gist.hashes().chain(other.gist.hashes()))?;
        let mut reasons = stories::why(&one, &other, &frequencies);
        let more = match together {
            true => self.why_together(&one, &other, stories::would_join(&one, &other, &frequencies))?,
            false => match self.why_put_apart(&one, &other)? {
                None => stories::why_apart(&one, &other, &frequencies),
                said => said,
            },
        };
        // The reader's own word comes first where it brought them together; what keeps apart comes behind what is alike.
        reasons.splice(if together { 0..0 } else { reasons.len()..reasons.len() }, more);
        if reasons.is_empty() {
            reasons.push(Phrase::new("why.nothing"));
        }
        Ok(WhyView { together, reasons })
    }

    /// That the reader said so, or else, where the two are not together by `themselves`, which tellings lie between.
    fn why_together(&self, one: &Telling, other: &Telling, themselves: bool) -> Result<Option<Phrase>, Problem> {
        let own = self.store.verdicts_on(&[one.post])?;
        if own.iter().any(|said| is_of(said, one.post, other.post) && said.2 == Verdict::Together) {
            return Ok(Some(Phrase::new("why.you_together")));
        }
        if themselves {
            return Ok(None);
        }
        let mut told: Vec<Telling> = self.store.told(&[one.post])?.into_iter().flat_map(|told| told.tellings).collect();
        for both in [one, other] {
            if !told.iter().any(|telling| telling.post == both.post) {
                told.push(both.clone());
            }
        }
        let posts: Vec<PostId> = told.iter().map(|telling| telling.post).collect();
        let said = self.store.verdicts_on(&posts)?.into_iter();
        let joined: Vec<(PostId, PostId)> =
            said.filter(|said| said.2 == Verdict::Together).map(|(one, other, _)| (one, other)).collect();
        let frequencies = self.store.frequencies(told.iter().flat_map(|telling| telling.gist.hashes()))?;
        let way = stories::by_way_of(one.post, other.post, &told, &joined, &frequencies);
        let mut titles = Vec::new();
        for post in way.iter().take(MOST_BETWEEN) {
            titles.push(self.store.post(*post)?.title);
        }
        Ok(Some(match titles.as_slice() {
            [] => Phrase::new("why.by_others"),
            [title] => Phrase::new("why.through").with("title", title.as_str()),
            [title, other, ..] => {
                Phrase::new("why.through_two").with("title", title.as_str()).with("other", other.as_str())
            }
        }))
    }

    /// That the reader put the two, or two others of their stories, apart.
    fn why_put_apart(&self, one: &Telling, other: &Telling) -> Result<Option<Phrase>, Problem> {
        let (Some(mine), Some(theirs)) = (one.story, other.story) else { return Ok(None) };
        let posts: Vec<PostId> = self.store.tellings_of(&[mine])?.into_iter().map(|telling| telling.post).collect();
        let said: Vec<(PostId, PostId, Verdict)> =
            self.store.verdicts_on(&posts)?.into_iter().filter(|said| said.2 == Verdict::Apart).collect();
        if said.iter().any(|said| is_of(said, one.post, other.post)) {
            return Ok(Some(Phrase::new("why.you_apart")));
        }
        let named: Vec<PostId> = said.iter().flat_map(|(one, other, _)| [*one, *other]).collect();
        let stories = self.store.stories_of(&named)?;
        let parts = |said: &(PostId, PostId, Verdict)| {
            let both = [said.0, said.1].map(|post| stories.get(&post).copied());
            both == [Some(mine), Some(theirs)] || both == [Some(theirs), Some(mine)]
        };
        Ok(said.iter().any(parts).then(|| Phrase::new("why.you_apart_others")))
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
        self.group_waiting(&[one, other])?;
        let moved = match undo {
            false => Some(self.store.say(one, other, verdict, self.now())?),
            true => self.store.unsay(one, other, verdict, self.now())?,
        };
        self.relate_again(&[one, other])?;
        Ok(VerdictReport { found: moved.is_some(), moved: moved.unwrap_or_default() })
    }
}

impl Engine {
    /// A post that came by itself (an address that was added) or whose refresh was stopped waits for its story: it gets it
    /// now, as only who has one can be moved.
    fn group_waiting(&self, posts: &[PostId]) -> Result<(), Problem> {
        for post in posts {
            if self.store.telling(*post)?.is_none_or(|telling| telling.story.is_none()) {
                // That there is no such post is told, and nothing is grouped for it.
                self.store.post(*post)?;
                self.group()?;
                return Ok(());
            }
        }
        Ok(())
    }
}

fn is_of(said: &(PostId, PostId, Verdict), one: PostId, other: PostId) -> bool {
    (said.0, said.1) == (one, other) || (said.0, said.1) == (other, one)
}

#[cfg(test)]
mod tests {
    use pepites_core::model::Item;

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

    #[test]
    fn a_post_that_waits_for_its_story_is_not_missing() {
        let library = Library::new();
        let ana = library.follow("ana");
        library.bring_many(ana, "ana", 1);
        library.engine.group().unwrap();
        let bruno = library.follow("bruno");
        library.bring_many(bruno, "bruno", 1);
        let (one, other) = (library.posts(ana)[0], library.posts(bruno)[0]);
        for (one, other) in [(one, other), (other, one)] {
            let view = library.engine.why(one, other).unwrap();
            let keys: Vec<String> = view.reasons.into_iter().map(|reason| reason.key).collect();
            assert_eq!((view.together, keys), (false, vec!["why.waits".to_owned()]));
        }
        assert_eq!(library.engine.why(one, PostId(999)).unwrap_err().code, Code::Missing);
    }

    #[test]
    fn what_is_said_of_a_post_that_waits_for_its_story_holds() {
        for verdict in [Verdict::Together, Verdict::Apart] {
            let library = Library::new();
            let ana = library.follow("ana");
            library.bring_many(ana, "ana", 2);
            let posts = library.posts(ana);
            let report = library.engine.verdict(posts[0], posts[1], verdict, false).unwrap();
            assert_eq!(report.moved.len(), usize::from(verdict == Verdict::Together), "{verdict:?}");
            let view = library.engine.why(posts[0], posts[1]).unwrap();
            assert_eq!(view.together, verdict == Verdict::Together);
            assert_eq!(library.engine.verdict(posts[0], PostId(999), verdict, false).unwrap_err().code, Code::Missing);
        }
    }

    #[test]
    fn the_readers_own_word_and_what_lies_between_are_reasons() {
        let library = Library::new();
        let mut posts = Vec::new();
        for (name, title) in [
            ("ana", "Quiet day at the pier"),
            ("bruno", "A museum opens in Bergen"),
            ("carla", "Elections in Utopia near"),
        ] {
            let source = library.follow(name);
            library.bring(source, vec![Item { html: None, ..library.item(name, title, 1) }]);
            posts.push(library.posts(source)[0]);
        }
        library.engine.group().unwrap();
        let [a, b, c] = [posts[0], posts[1], posts[2]];
        let keys = |one, other| {
            let view = library.engine.why(one, other).unwrap();
            view.reasons.into_iter().map(|reason| reason.key).collect::<Vec<_>>()
        };
        library.engine.together(a, b, false).unwrap();
        library.engine.together(b, c, false).unwrap();
        assert_eq!(keys(a, b)[0], "why.you_together");
        assert!(keys(a, c).contains(&"why.through".to_owned()), "{:?}", keys(a, c));
        library.engine.put_apart(a, c, false).unwrap();
        assert!(keys(a, c).contains(&"why.you_apart".to_owned()), "{:?}", keys(a, c));
        assert!(keys(b, c).contains(&"why.you_apart_others".to_owned()), "{:?}", keys(b, c));
    }
}
