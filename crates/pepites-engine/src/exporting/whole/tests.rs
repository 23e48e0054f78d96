//! Holds that the archive can be read by others, and that a failure leaves what was there.

use std::{io::Read, sync::Arc, time::Duration};

use pepites_core::model::Moment;
use zip::ZipArchive;

use super::*;
use crate::{
    Clock, Place,
    fixture::Library,
    net::{NetError, Replay},
};

#[test]
fn everything_is_in_an_archive_that_others_read() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 3);
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("all.zip");
    std::fs::write(&to, "what was there").unwrap();
    let told = library.engine.export_whole(&to, Language::French).unwrap();
    let mut zip = ZipArchive::new(File::open(&to).unwrap()).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    assert!(read("README.txt").starts_with("Cette archive"));
    assert!(read("sources.opml").contains("https://ana.example/feed"));
    let posts = read("tables/posts.jsonl");
    let posts: Vec<serde_json::Value> = posts.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(posts.len(), 3);
    assert!(read("tables/bodies.jsonl").contains("<p>boat "));
    assert!(told.rows > 3 + 3, "{told:?}");
    assert_eq!(told.bytes, std::fs::metadata(&to).unwrap().len());
}

#[test]
fn what_cannot_be_written_is_said_and_leaves_nothing() {
    let library = Library::new();
    let folder = tempfile::tempdir().unwrap();
    let refused = library.engine.export_whole(&folder.path().join("no/all.zip"), Language::English).unwrap_err();
    assert_eq!(refused.detail.key, "problem.file_unwritable");
    std::fs::create_dir(folder.path().join("all.zip")).unwrap();
    library.engine.export_whole(&folder.path().join("all.zip"), Language::English).unwrap_err();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no part of it is left");
}

#[tokio::test]
async fn the_library_is_no_place_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place { folder: folder.path().to_owned(), wait: Duration::from_secs(5) };
    let offline = Replay::answering(|request| Err(NetError::Offline(request.url.clone())));
    let clock = Clock::stopped(Moment(1_794_999_600_000));
    let engine = Engine::open(place, Arc::new(offline), clock).unwrap();
    for name in ["library.db", "library.db-wal", "library.kept-7.db"] {
        engine.export_whole(&folder.path().join(name), Language::English).unwrap_err();
    }
    assert!(!folder.path().join("library.kept-7.db").exists());
    assert_eq!(engine.sources().unwrap().len(), 0, "it is still one");
}
