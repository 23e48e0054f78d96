//! Takes the day's digest as it was made, gives what is left of it. Never makes one, and is no look at it.

use super::views::snapshot;
use crate::{
    Engine,
    contract::{EntryView, Left, PostLine, Problem},
};

impl Engine {
    /// What is left of the day's digest; None while there is none.
    pub fn left_today(&self) -> Result<Option<Left>, Problem> {
        let today = self.day_at(&self.settings()?, self.now())?;
        let Some(kept) = self.store.digest_of(&today.day)? else { return Ok(None) };
        let mut entries: Vec<EntryView> = kept.entries.iter().filter_map(snapshot).collect();
        let mut faces: Vec<&mut PostLine> = entries.iter_mut().map(|entry| &mut entry.face).collect();
        self.mark_lines(&mut faces)?;
        let (mut stories, mut seconds) = (0, 0_u32);
        for entry in &entries {
            let marks = &entry.face.marks;
            if !(marks.read || marks.skipped || marks.relay || marks.put_off) {
                stories += 1;
                seconds = seconds.saturating_add(entry.seconds);
            }
        }
        Ok(Some(Left { stories, minutes: seconds.div_ceil(60) }))
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        contract::{DigestAsk, MarkView},
        fixture::Library,
    };

    #[test]
    fn what_is_left_counts_down_as_one_reads_and_is_no_look_at_the_digest() {
        let library = Library::new();
        let ana = library.follow("ana");
        library.bring_many(ana, "ana", 3);
        assert_eq!(library.engine.left_today().unwrap(), None, "nothing was made, and nothing is");
        let digest = library.engine.of_today(&DigestAsk::default(), false).unwrap();
        let left = || library.engine.left_today().unwrap().unwrap();
        let seconds: u32 = digest.entries.iter().map(|entry| entry.seconds).sum();
        assert_eq!((left().stories, left().minutes), (3, seconds.div_ceil(60)));
        let opened = library.engine.store.digest_of(&digest.line.day).unwrap().unwrap().line.opened;
        assert_eq!(opened, None, "nobody saw it");
        let mut posts = digest.entries.iter().map(|entry| entry.face.post);
        for (mark, stories) in [(MarkView::Read, 2), (MarkView::PutOff, 1), (MarkView::Skipped, 0)] {
            library.engine.mark(&[posts.next().unwrap()], mark, true).unwrap();
            assert_eq!(left().stories, stories, "{mark:?}");
        }
        assert_eq!(left().minutes, 0);
    }
}
