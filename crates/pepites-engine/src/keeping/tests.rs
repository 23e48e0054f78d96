//! Holds the doors of backup and restoring: what is said of a file, and that what was restored is what the engine goes by.

use std::{collections::BTreeMap, sync::Mutex, time::Duration};

use pepites_core::model::{Moment, Request};

use super::*;
use crate::{
    Clock, Place,
    contract::{NetRules, Settings},
    net::{Net, Replay, Replying},
    refresh::tests::feed,
};

/// A net that notes the rules that it was told.
struct Obedient(Mutex<Vec<NetRules>>, Replay);

impl Net for Obedient {
    fn obey(&self, rules: &NetRules) {
        self.0.lock().unwrap().push(rules.clone());
    }

    fn send(&self, request: Request) -> Replying<'_> {
        self.1.send(request)
    }
}

fn open(folder: &Path) -> (Engine, std::sync::Arc<Obedient>) {
    let feeds = BTreeMap::from([("https://a.example/feed".to_owned(), feed("a.example", 2))]);
    let net = std::sync::Arc::new(Obedient(Mutex::default(), Replay::new(feeds)));
    let place = Place { folder: folder.to_owned(), wait: Duration::from_millis(200) };
    let clock = Clock::stopped(Moment(1_795_390_200_000));
    (Engine::open(place, std::sync::Arc::<Obedient>::clone(&net), clock).unwrap(), net)
}

#[tokio::test]
async fn what_was_restored_is_what_the_engine_goes_by_and_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (engine, net) = open(folder.path());
    let offline = Settings { net: NetRules { offline: true, ..NetRules::USUAL }, ..engine.settings().unwrap() };
    engine.change_settings(&offline).unwrap();
    let file = folder.path().join("saved.db");
    assert_eq!(engine.back_up(&file).unwrap().sources, 0);
    engine.change_settings(&Settings { net: NetRules::USUAL, ..offline.clone() }).unwrap();
    engine.add("https://a.example/feed", None, &[]).await.unwrap();

    let report = engine.restore(&file).await.unwrap();
    assert_eq!((report.backup.sources, engine.sources().unwrap().len()), (0, 0));
    assert!(net.0.lock().unwrap().last().unwrap().offline, "the rules of the backup are kept");
    let refused = engine.refresh(false, None, &|_| {}, &crate::Cancel::default()).await.unwrap_err();
    assert_eq!(refused.detail.key, "problem.no_answer.switched_off");

    let copies = engine.copies().unwrap();
    assert_eq!(copies.iter().map(|copy| copy.file.as_str()).collect::<Vec<_>>(), [report.kept.as_str()]);
    engine.restore(Path::new(&report.kept)).await.unwrap();
    assert_eq!(engine.sources().unwrap().len(), 1);
    assert!(!net.0.lock().unwrap().last().unwrap().offline);
    engine.erase_copy(&copies[0].name).unwrap();
    assert_eq!(engine.copies().unwrap().len(), 1, "that of the second restoring");
}

#[tokio::test]
async fn a_restoring_waits_for_a_refresh_of_another_program() {
    let folder = tempfile::tempdir().unwrap();
    let (engine, _) = open(folder.path());
    let file = folder.path().join("saved.db");
    engine.back_up(&file).unwrap();
    let running = lock::take(&engine.place, Sole::Refresh).await.unwrap();
    let refused = engine.restore(&file).await.unwrap_err();
    assert_eq!(refused.code, Code::RefreshRunning);
    drop(running);
    engine.restore(&file).await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_said_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (engine, _) = open(folder.path());
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("list.opml"), "<opml/>".repeat(40)).unwrap();
    let saved = engine.back_up(&at("saved.db")).unwrap();
    let whole = std::fs::read(at("saved.db")).unwrap();
    std::fs::write(at("cut.db"), &whole[..whole.len() / 2]).unwrap();
    assert_eq!(saved.bytes, whole.len() as u64);
    for (name, key) in [
        ("list.opml", "problem.backup.no_library"),
        ("cut.db", "problem.backup.damaged"),
        ("none.db", "problem.backup.unreadable"),
    ] {
        let problem = engine.restore(&at(name)).await.unwrap_err();
        assert_eq!((problem.code, problem.detail.key.as_str()), (Code::FileUnreadable, key), "{name}");
        assert!(format!("{:?}", problem.detail.values["file"]).contains(name), "{problem}");
    }
    let nowhere = engine.back_up(&at("no/such/folder/x.db")).unwrap_err();
    assert_eq!(nowhere.detail.key, "problem.file_unwritable");
    assert_eq!(engine.copies().unwrap(), []);
}

#[tokio::test]
async fn pictures_are_erased_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (engine, _) = open(folder.path());
    engine.erase_pictures().unwrap();
    let cache = folder.path().join("cache/pictures");
    std::fs::create_dir_all(&cache).unwrap();
    std::fs::write(cache.join("one"), [0; 10]).unwrap();
    assert_eq!(engine.library().unwrap().pictures, 10);
    engine.erase_pictures().unwrap();
    assert_eq!(engine.library().unwrap().pictures, 0);
    assert!(folder.path().join("library.db").exists());
}
