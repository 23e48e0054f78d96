//! Takes how far a refresh or a search is, tells it to other processes on the same library by a small file beside the lock.
//! Never more than a courtesy: what cannot be written or read is not told.

use std::{
    fs,
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use super::lock::{self, Sole};
use crate::{Place, contract::Progress};

/// Who looks does so a few times a second. A file for each feed took more of a refresh's processor time than asking for it.
const BETWEEN: Duration = Duration::from_millis(100);

/// What stands in the file.
#[derive(Serialize, Deserialize)]
struct Told {
    /// The process that does it.
    by: u32,
    progress: Progress,
}

/// The file of long work; gone when the work ends.
pub(crate) struct Telling {
    file: PathBuf,
    /// Written here first: who reads sees a whole line or none.
    draft: PathBuf,
    /// When it was told last, and how much was done.
    last: Mutex<Option<(Instant, u32)>>,
}

impl Telling {
    /// To be called by who holds the lock.
    pub(crate) fn begin(place: &Place, work: Sole) -> Self {
        let (file, draft) = work.told();
        Self { file: place.folder.join(file), draft: place.folder.join(draft), last: Mutex::default() }
    }

    /// Tells it, where a hundredth of all was done since it was told last, or that is longer than [`BETWEEN`] ago: nothing may
    /// come for long after what hangs, and of a few sources each is seen.
    pub(crate) fn tell(&self, progress: &Progress) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let moved = |before: u32| u64::from(progress.done.abs_diff(before)) * 100 >= u64::from(progress.total);
        if last.is_some_and(|(at, before)| at.elapsed() < BETWEEN && !moved(before)) && progress.done < progress.total {
            return;
        }
        *last = Some((Instant::now(), progress.done));
        let told = Told { by: std::process::id(), progress: progress.clone() };
        let written = serde_json::to_vec(&told).map(|line| fs::write(&self.draft, line));
        if let Ok(Ok(())) = written {
            let _untold = fs::rename(&self.draft, &self.file);
        }
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        let _never_told = (fs::remove_file(&self.file), fs::remove_file(&self.draft));
    }
}

/// How far that work of another process on this library is; None when none runs.
pub(crate) fn elsewhere(place: &Place, work: Sole) -> Option<Progress> {
    let file = place.folder.join(work.told().0);
    let told: Told = serde_json::from_slice(&fs::read(&file).ok()?).ok()?;
    if told.by == std::process::id() {
        return None;
    }
    if lock::is_taken(place, work) {
        return Some(told.progress);
    }
    // It was killed.
    let _gone = fs::remove_file(&file);
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Work;

    fn progress(done: u32) -> Progress {
        Progress {
            work: Work::Refresh,
            done,
            total: 9,
            current: Some("Tide".to_owned()),
            new_posts: 4,
            failed: 1,
            silent: false,
        }
    }

    #[tokio::test]
    async fn what_another_process_tells_is_heard_for_as_long_as_it_holds_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder: folder.path().to_owned(), wait: Duration::ZERO };
        const WORK: Sole = Sole::Search;
        assert_eq!(elsewhere(&place, WORK), None);
        let alone = lock::take(&place, WORK).await.unwrap();
        let telling = Telling::begin(&place, WORK);
        telling.tell(&progress(3));
        assert_eq!(elsewhere(&place, WORK), None, "one's own is not elsewhere");
        let file = folder.path().join(WORK.told().0);
        let other = Told { by: u32::MAX, progress: progress(5) };
        fs::write(&file, serde_json::to_vec(&other).unwrap()).unwrap();
        assert_eq!(elsewhere(&place, WORK), Some(progress(5)));
        assert_eq!(elsewhere(&place, Sole::Refresh), None, "a search is no refresh");
        // Killed: nothing tidies up but the system, which frees the lock.
        drop(alone);
        assert_eq!(elsewhere(&place, WORK), None);
        assert!(!file.exists(), "what was left behind is cleared away");
        drop(telling);
    }

    #[test]
    fn of_a_few_sources_each_is_told_and_of_thousands_what_comes_after_a_while_or_ends_all() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder: folder.path().to_owned(), wait: Duration::ZERO };
        let telling = Telling::begin(&place, Sole::Refresh);
        let told = || serde_json::from_slice::<Told>(&fs::read(&telling.file).unwrap()).unwrap().progress.done;
        // As if what was told was told just now, however slow this machine is.
        let tell = |done: u32, total: u32| {
            telling.tell(&Progress { total, ..progress(done) });
            let told = told();
            let mut last = telling.last.lock().unwrap();
            *last = last.map(|(_, before)| (Instant::now() + Duration::from_secs(60), before));
            told
        };
        assert_eq!([1, 2, 3].map(|done| tell(done, 4)), [1, 2, 3], "the next may hang for long");
        assert_eq!([1_001, 1_002, 1_049, 1_051].map(|done| tell(done, 5_000)), [1_001, 1_001, 1_001, 1_051]);
        assert_eq!(tell(4_999, 5_000), 4_999);
        assert_eq!(tell(5_000, 5_000), 5_000, "all are done");
        *telling.last.lock().unwrap() = Instant::now().checked_sub(BETWEEN).map(|at| (at, 5_000));
        assert_eq!(tell(4_990, 5_000), 4_990);
    }

    #[test]
    fn a_refresh_that_ends_leaves_nothing_behind_and_a_folder_that_is_gone_stops_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder: folder.path().to_owned(), wait: Duration::ZERO };
        let telling = Telling::begin(&place, Sole::Refresh);
        telling.tell(&progress(1));
        drop(telling);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let gone = Place { folder: folder.path().join("gone"), wait: Duration::ZERO };
        Telling::begin(&gone, Sole::Refresh).tell(&progress(1));
        assert_eq!(elsewhere(&gone, Sole::Refresh), None);
    }
}
