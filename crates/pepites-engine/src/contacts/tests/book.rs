//! Holds that everybody of the made-up address book who can be found is, by the stage that can, and nobody else.

use super::*;
use crate::sample::book;

/// The address book of 426 over the web that is theirs.
fn book(folder: &tempfile::TempDir) -> Engine {
    let answer =
        |request: &Request| book::answer(&request.url).ok_or_else(|| NetError::Offline("no records found".to_owned()));
    let place = Place { folder: folder.path().to_owned(), wait: Duration::ZERO };
    let engine =
        Engine::over(Store::memory().unwrap(), place, Arc::new(Replay::answering(answer)), Clock::stopped(NOW));
    let report = engine.import_contacts("contacts.csv", book::file().as_bytes(), None).unwrap();
    assert_eq!((report.added, report.skipped.len()), (426, 0), "{:?}", report.skipped);
    engine
}

#[tokio::test]
async fn of_426_people_each_who_can_be_found_is_found_by_the_stage_that_can_and_nobody_is_taken_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let engine = book(&folder);
    let ask = FindAsk { stages: Some(Stage::ALL.to_vec()), server: Some(book::SERVER.to_owned()), most: Some(20_000) };
    let report = engine.find_contacts(&ask, &|_| {}, &Cancel::default()).await.unwrap();
    let key = book::key();
    assert_eq!(key.len(), 150);
    let mut wrong = Vec::new();
    let views = engine.contacts(&ContactsAsk { limit: 1_000, ..ContactsAsk::default() }).unwrap();
    for view in &views {
        let expected = key.iter().find(|findable| findable.name == view.name);
        let sure: Vec<&MatchView> = view.matches.iter().filter(|found| found.confidence >= 90).collect();
        let place = |found: &MatchView| found.address.replace("https:", "");
        match expected {
            Some(expected) => {
                let found = sure.iter().any(|found| place(found) == expected.place && found.stage == expected.stage);
                if !found || sure.iter().any(|found| place(found) != expected.place) {
                    wrong.push(format!("{expected:?}: {:?}", view.matches));
                }
            }
            None if !sure.is_empty() => wrong.push(format!("{} is nowhere: {sure:?}", view.name)),
            None => {}
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(
        (report.people, report.found, report.found + report.unsure + report.missing),
        (426, 150, 426),
        "{report:?}"
    );
    assert!(report.unsure >= 22 && !report.unfinished, "{report:?}");
    // Asked again, nothing is due.
    assert_eq!(engine.find_contacts(&ask, &|_| {}, &Cancel::default()).await.unwrap().sent, Some(0));
}
