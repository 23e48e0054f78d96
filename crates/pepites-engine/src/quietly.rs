//! Takes the sources of the reader's own library, asks each when its time has come, while the window is open: what is said
//! of the next visit is so. Never shows that it does, never holds up what the reader asks for, and never makes a digest.

use std::time::Duration;

use pepites_core::model::{Moment, SourceId};

use crate::{
    Cancel, Desk, Engine,
    contract::{Problem, RefreshReport, Topic, Work},
    refresh::{is_running, plan},
};

/// How often is looked whether the time of any source has come. Seldom, so that what is due is asked together.
const LOOK: Duration = Duration::from_secs(5 * 60);

/// The first look comes soon: a night has passed, and the window was just opened.
const FIRST_LOOK: Duration = Duration::from_secs(60);

/// Sources of one look: those whose time has come longest ago. 1,200 an hour, which no reader follows.
const MOST: usize = 100;

/// Without a network it is tried again after this long: at each look, as what cannot be reached costs nothing, and the
/// network may be back.
const AGAIN: i64 = 5 * Moment::MINUTE;

impl Engine {
    /// Asks the sources whose time has come. None where there is none, where another refresh runs, or where the reader does
    /// not want it. What was never asked waits for the reader: they may still be choosing among what they imported. What they
    /// asked for without a network is asked when it is back.
    pub async fn visit_due(&self, cancel: &Cancel) -> Result<Option<RefreshReport>, Problem> {
        let due = self
            .apart(|engine| {
                let settings = engine.settings()?;
                if !settings.by_itself || settings.net.offline || is_running(&engine.place) {
                    return Ok(Vec::new());
                }
                let asked = plan::plan(engine.store.sources()?, true, None, engine.now()).ask;
                let mut due: Vec<(Moment, SourceId)> = asked
                    .iter()
                    .filter_map(|source| Some((source.next_visit.or(source.unreached)?, source.id)))
                    .collect();
                due.sort();
                Ok(due.into_iter().take(MOST).map(|(_, source)| source).collect())
            })
            .await?;
        if due.is_empty() {
            return Ok(None);
        }
        let report = self.refresh(true, Some(&due), &|_| {}, cancel).await?;
        self.tell_changed(&[Topic::Sources]);
        if report.new_posts > 0 || report.edited_posts > 0 || report.dropped_posts > 0 {
            self.tell_changed(&[Topic::Posts]);
        }
        Ok(Some(report))
    }
}

impl Desk {
    /// Asks the sources of the reader's own library when their time has come, for as long as this is awaited. The sample's
    /// are made up. `tell` is given what the reader wants to be told of among what came: what it is, and how many posts.
    pub async fn keep_visits(&self, tell: impl Fn(Vec<(String, u32)>)) {
        let mut offline: Option<Moment> = None;
        tokio::time::sleep(FIRST_LOOK).await;
        loop {
            if let Some(engine) = self.own() {
                let now = engine.now();
                // A clock that was set back must not hold it up for ever.
                let waits = offline.is_some_and(|offline| (0..AGAIN).contains(&now.since(offline)));
                if !waits {
                    let before = engine.store.newest();
                    offline = match engine.visit_due(&engine.stoppable(Work::Visits)).await {
                        Ok(report) => report.filter(|report| report.offline).map(|_| now),
                        Err(problem) => {
                            tracing::info!(%problem, "sources whose time has come could not be asked");
                            None
                        }
                    };
                    match engine.apart(move |engine| engine.to_tell(before?)).await {
                        Ok(told) if told.is_empty() => {}
                        Ok(told) => tell(told),
                        Err(problem) => tracing::info!(%problem, "what came could not be told"),
                    }
                }
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use pepites_core::model::{Reply, Request};

    use super::*;
    use crate::{contract::Event, fixture::Library, net::Replay, refresh::tests::feed};

    /// A library with a network that counts what it is asked, and its folder.
    fn library() -> (Library, Arc<AtomicUsize>, tempfile::TempDir) {
        let asked = Arc::<AtomicUsize>::default();
        let counted = Arc::clone(&asked);
        let answer = move |request: &Request| {
            counted.fetch_add(1, Ordering::SeqCst);
            Ok(Reply { asked: request.url.clone(), url: request.url.clone(), ..feed("a.example", 2) })
        };
        let mut library = Library::with(Arc::new(Replay::answering(answer)));
        let folder = tempfile::tempdir().unwrap();
        library.engine.place.folder = folder.path().to_owned();
        (library, asked, folder)
    }

    async fn visited(library: &Library) -> Option<u32> {
        library.engine.visit_due(&Cancel::default()).await.unwrap().map(|report| report.new_posts)
    }

    #[tokio::test]
    async fn a_source_is_visited_when_its_time_has_come_and_nobody_is_shown_that() {
        let (library, asked, _folder) = library();
        let source = library.follow("ana");
        assert_eq!(visited(&library).await, None, "what was never asked waits for the reader");
        library.bring_many(source, "ana", 1);
        assert_eq!(visited(&library).await, None, "its time has not come");
        library.wait(8 * Moment::DAY);
        let mut events = library.engine.events();
        assert_eq!((visited(&library).await, asked.load(Ordering::SeqCst)), (Some(2), 1));
        let mut told = Vec::new();
        while let Ok(event) = events.try_recv() {
            told.push(event);
        }
        assert_eq!(told, [Event::Changed(vec![Topic::Sources]), Event::Changed(vec![Topic::Posts])]);
        assert_eq!(visited(&library).await, None, "and not again before the next time");
    }

    #[tokio::test]
    async fn a_first_refresh_that_found_no_network_goes_on_by_itself() {
        let up = Arc::<AtomicUsize>::default();
        let is_up = Arc::clone(&up);
        let answer = move |request: &Request| match is_up.load(Ordering::SeqCst) {
            0 => Err(crate::net::NetError::Offline(request.url.clone())),
            _ => Ok(Reply { asked: request.url.clone(), url: request.url.clone(), ..feed("a.example", 2) }),
        };
        let mut library = Library::with(Arc::new(Replay::answering(answer)));
        let folder = tempfile::tempdir().unwrap();
        library.engine.place.folder = folder.path().to_owned();
        library.follow("ana");
        let first = library.engine.refresh(false, None, &|_| {}, &Cancel::default()).await.unwrap();
        assert!(first.offline);
        assert_eq!(visited(&library).await, Some(0), "it is tried again");
        up.store(1, Ordering::SeqCst);
        assert_eq!(visited(&library).await, Some(2));
        assert_eq!(visited(&library).await, None);
    }

    #[tokio::test]
    async fn who_does_not_want_it_is_not_visited_for() {
        let (library, asked, _folder) = library();
        library.bring_many(library.follow("ana"), "ana", 1);
        library.wait(8 * Moment::DAY);
        let mut settings = library.engine.settings().unwrap();
        settings.by_itself = false;
        library.engine.change_settings(&settings).unwrap();
        assert_eq!((visited(&library).await, asked.load(Ordering::SeqCst)), (None, 0));
    }

    #[tokio::test]
    async fn one_look_asks_no_more_than_its_share_and_the_longest_due_first() {
        let (library, asked, _folder) = library();
        for n in 0..MOST + 5 {
            library.bring_many(library.follow(&format!("s{n}")), "ana", 1);
        }
        library.wait(30 * Moment::DAY);
        visited(&library).await;
        assert_eq!(asked.load(Ordering::SeqCst), MOST);
        visited(&library).await;
        assert_eq!(asked.load(Ordering::SeqCst), MOST + 5);
    }
}
