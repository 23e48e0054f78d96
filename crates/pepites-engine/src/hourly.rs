//! Takes the hour that the reader set, makes the day's digest when it has come: the sources are asked, the stories
//! chosen, their full texts fetched. Never makes a second one for a day, and never wakes the machine: an hour that was
//! slept through is made up for at the first look after it.

use std::time::Duration;

use pepites_core::model::Moment;

use crate::{
    Cancel, Desk, Engine,
    contract::{DigestAsk, DigestView, Event, Problem, Topic, Work},
};

/// How often is looked whether the hour has come. By the clock on the wall and not by a long sleep: a machine that
/// slept wakes with its timers behind.
const LOOK: Duration = Duration::from_secs(20);

/// A morning without anything to read, or without a network, is tried again after this long.
const AGAIN: i64 = 20 * Moment::MINUTE;

impl Engine {
    /// The digest of the day, if its hour has come and it is not made yet: made now, after the sources whose time has
    /// come were asked. None where there is nothing to do, or nothing to put into it.
    pub async fn prepare(&self, cancel: &Cancel) -> Result<Option<DigestView>, Problem> {
        if !self.apart(Self::is_due).await? {
            return Ok(None);
        }
        let progress = |progress| self.tell(Event::Progress(progress));
        self.stop(Some(Work::Visits));
        // Without a network, or while another program asks them, what is there already makes the digest.
        match self.refresh(true, None, &progress, cancel).await {
            Ok(_) => self.tell_changed(&[Topic::Sources, Topic::Posts]),
            Err(problem) => tracing::info!(%problem, "the sources could not be asked before the digest"),
        }
        if cancel.is_cancelled() {
            return Ok(None);
        }
        let digest = self.apart(|engine| engine.of_today(&DigestAsk::default(), false)).await?;
        if digest.line.id.is_none() {
            return Ok(None);
        }
        self.tell_changed(&[Topic::Digests]);
        if let Err(problem) = self.fetch_full_texts(cancel).await {
            tracing::info!(%problem, "full texts could not be fetched ahead");
        }
        if let Err(problem) = self.fetch_pictures(cancel).await {
            tracing::info!(%problem, "pictures could not be fetched ahead");
        }
        Ok(Some(digest))
    }

    /// The reader set an hour, it has come, and the day has no digest.
    fn is_due(&self) -> Result<bool, Problem> {
        let today = self.day_at(&self.settings()?, self.now())?;
        Ok(today.next.is_some() && self.store.digest_of(&today.day)?.is_none())
    }
}

impl Desk {
    /// Makes each day's digest of the reader's own library at its hour, for as long as this is awaited; `made` is told
    /// of each, with whether the reader wants to be. The sample has no hours.
    pub async fn keep_hours(&self, made: impl Fn(&DigestView)) {
        let mut tried: Option<Moment> = None;
        loop {
            tokio::time::sleep(LOOK).await;
            let Some(engine) = self.own() else { continue };
            let now = engine.now();
            // A clock that was set back must not hold it up for ever.
            if tried.is_some_and(|tried| (0..AGAIN).contains(&now.since(tried))) {
                continue;
            }
            match engine.prepare(&engine.stoppable(Work::Refresh)).await {
                Ok(Some(digest)) => {
                    tried = None;
                    if engine.settings().is_ok_and(|settings| settings.notify) {
                        made(&digest);
                    }
                }
                Ok(None) => tried = wants_again(&engine).then_some(now),
                Err(problem) => {
                    tracing::warn!(%problem, "the day's digest could not be made");
                    tried = Some(now);
                }
            }
        }
    }
}

/// The digest of the day is still missing: there was nothing to put into it.
fn wants_again(engine: &Engine) -> bool {
    engine.is_due().unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Library;

    fn prepared(library: &Library) -> Option<DigestView> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(library.engine.prepare(&Cancel::default())).unwrap()
    }

    fn at(library: &Library, hour: Option<&str>) {
        let mut settings = library.engine.settings().unwrap();
        settings.digest_at = hour.map(|hour| hour.parse().unwrap());
        library.engine.change_settings(&settings).unwrap();
    }

    #[test]
    fn a_digest_is_made_at_its_hour_and_once() {
        // It is noon where the reader is.
        let library = Library::new();
        let ana = library.follow("ana");
        library.bring_many(ana, "ana", 3);
        assert_eq!(prepared(&library), None, "no hour was set");
        at(&library, Some("07:00"));
        let digest = prepared(&library).unwrap();
        let (made, day) = (digest.line.made, digest.line.day.clone());
        assert_eq!((made, digest.entries.len()), (library.now(), 3), "it was slept through");
        assert_eq!(prepared(&library), None, "a day has one");
        library.wait(18 * Moment::HOUR);
        library.bring(ana, vec![library.item("ana", "News of the night", 1)]);
        let still = library.engine.today(&DigestAsk::default()).unwrap();
        assert_eq!((&still.line.day, still.line.made), (&day, made), "at six in the morning it is yesterday's still");
        assert_eq!(still.next, Some(library.now().plus(Moment::HOUR)));
        assert_eq!(prepared(&library), None);
        library.wait(Moment::HOUR);
        let next = prepared(&library).unwrap();
        assert_eq!((next.entries.len(), next.entries[0].face.title.as_str()), (1, "News of the night"));
        assert_ne!(next.line.day, day);
    }

    #[test]
    fn what_was_prepared_while_nobody_looked_is_news_on_the_return() {
        let library = Library::new();
        let ana = library.follow("ana");
        at(&library, Some("07:00"));
        let look = || library.engine.today(&DigestAsk::default()).unwrap();
        library.bring(ana, vec![library.item("ana", "Before the journey", 1)]);
        assert_eq!(look().entries.len(), 1);
        for day in ["first", "second", "third"] {
            library.wait(Moment::DAY);
            library.bring(ana, vec![library.item("ana", &format!("News of the {day} day"), 1)]);
            assert!(prepared(&library).is_some());
        }
        let judged = library.engine.store.judged(Moment(0), library.now()).unwrap();
        assert_eq!(judged.len(), 1, "what nobody saw was not passed over: {judged:?}");
        let back = look();
        assert_eq!((back.entries.len(), back.line.away, back.older_unread), (3, 3, 0), "one digest for all of it");
        library.wait(Moment::DAY);
        library.bring(ana, vec![library.item("ana", "News after the return", 1)]);
        let next = look();
        assert_eq!((next.entries.len(), next.line.away), (1, 0));
        let judged = library.engine.store.judged(Moment(0), library.now()).unwrap();
        assert_eq!(judged.len(), 4);
    }

    #[test]
    fn a_morning_without_news_makes_nothing_and_is_tried_again() {
        let library = Library::new();
        at(&library, Some("07:00"));
        assert_eq!(prepared(&library), None);
        assert!(wants_again(&library.engine));
        library.bring_many(library.follow("ana"), "ana", 1);
        assert!(prepared(&library).is_some());
        assert!(!wants_again(&library.engine));
        at(&library, None);
        assert!(!wants_again(&library.engine));
    }
}
