//! Takes a library that other programs may use too, tells windows when one of them writes to it or refreshes it.
//! Never says what this process did itself: its commands do.

use std::time::Duration;

use pepites_store::Elsewhere;

use crate::{
    Engine, Place,
    contract::{Event, Progress},
    desk::EVERYTHING,
    refresh::{lock::Sole, telling},
};

/// How often is looked: soon enough to be believed, and a few microseconds each time.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What was seen of the others so far.
#[derive(Default)]
struct Watch {
    written: Option<i64>,
    progress: Option<Progress>,
    search: Option<Progress>,
}

impl Watch {
    /// What the others did since the last look.
    fn look(&mut self, elsewhere: &Elsewhere, place: &Place) -> Vec<Event> {
        let mut told = Vec::new();
        let progress = telling::elsewhere(place, Sole::Refresh);
        if progress != self.progress {
            self.progress.clone_from(&progress);
            told.push(Event::Elsewhere(progress));
        }
        let search = telling::elsewhere(place, Sole::Search);
        if search != self.search {
            self.search.clone_from(&search);
            told.push(Event::SearchElsewhere(search));
        }
        // While this process writes itself, the answer comes at the next look.
        if let Some(written) = elsewhere.writes()
            && self.written.replace(written).is_some_and(|before| before != written)
        {
            told.push(Event::Changed(EVERYTHING.to_vec()));
        }
        told
    }
}

impl Engine {
    /// Looks after the others until this engine is gone, and tells what they do.
    pub(crate) fn watch(&self) {
        let (events, place, elsewhere) = (self.teller(), self.place.clone(), self.store.elsewhere());
        tokio::spawn(async move {
            let mut watch = Watch::default();
            while elsewhere.is_open() {
                let (at, others) = (place.clone(), elsewhere.clone());
                let looked = tokio::task::spawn_blocking(move || {
                    let told = watch.look(&others, &at);
                    (watch, told)
                });
                let Ok((kept, told)) = looked.await else { return };
                watch = kept;
                for event in told {
                    // Nobody listening is not an error.
                    let _unheard = events.send(event);
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use pepites_store::Store;

    use super::*;

    #[test]
    fn what_another_process_writes_is_told_once_and_what_this_one_writes_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder: folder.path().to_owned(), wait: Duration::from_secs(5) };
        let open = || Store::open(folder.path(), place.wait).unwrap();
        // Two stores on one file are to SQLite what two processes are.
        let (own, other) = (open(), open());
        let elsewhere = own.elsewhere();
        let mut watch = Watch::default();
        assert_eq!(watch.look(&elsewhere, &place), [], "the first look is where it begins");
        own.set_setting("test.own", "1").unwrap();
        assert_eq!(watch.look(&elsewhere, &place), []);
        other.set_setting("test.other", "1").unwrap();
        assert_eq!(watch.look(&elsewhere, &place), [Event::Changed(EVERYTHING.to_vec())]);
        assert_eq!(watch.look(&elsewhere, &place), []);
        drop(own);
        assert!(!elsewhere.is_open(), "looking keeps no library open");
    }
}
