//! Takes a desk, lays the sample on it and takes it off: nothing of one library is ever seen in the other.

use std::{path::Path, time::Duration};

use pepites_core::model::{Moment, Request};
use serde_json::json;

use super::*;
use crate::net::{NetError, Replying};

/// 2026-11-23T09:00:00Z.
const NOW: Moment = Moment(1_795_424_400_000);

struct Nothing;

impl Net for Nothing {
    fn send(&self, request: Request) -> Replying<'_> {
        Box::pin(async move { Err(NetError::Unreachable(request.url)) })
    }
}

fn desk(folder: &Path) -> Desk {
    let place = Place { folder: folder.to_owned(), wait: Duration::from_millis(500) };
    Desk::new(place, Arc::new(Nothing), Clock::stopped(NOW))
}

async fn sources(desk: &Desk) -> usize {
    desk.call("sources", Value::Null).await.unwrap().as_array().unwrap().len()
}

#[tokio::test]
async fn the_sample_lies_on_the_desk_until_it_is_left_and_nothing_of_it_stays() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path());
    assert_eq!((desk.is_sample(), sources(&desk).await), (false, 0));
    desk.enter_sample().await.unwrap();
    assert!(desk.is_sample() && sources(&desk).await > 100);
    let today = desk.call("today", json!({"budget": null, "again": false, "more": false})).await.unwrap();
    assert!(!today["entries"].as_array().unwrap().is_empty(), "{today}");
    desk.leave_sample().await;
    assert_eq!((desk.is_sample(), sources(&desk).await), (false, 0));
    let hits = desk.call("search", json!({"words": "the", "limit": 5, "offset": 0})).await.unwrap();
    assert_eq!(hits, json!([]));
}

#[tokio::test]
async fn the_sample_keeps_what_was_read_there_for_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path());
    desk.enter_sample().await.unwrap();
    let today = desk.call("today", json!({"budget": null, "again": false, "more": false})).await.unwrap();
    let post = &today["entries"][0]["face"]["post"];
    desk.call("mark", json!({"posts": [post], "mark": "starred", "on": true})).await.unwrap();
    desk.leave_sample().await;
    desk.enter_sample().await.unwrap();
    let starred = desk.call("starred", json!({"limit": 5, "offset": 0})).await.unwrap();
    assert_eq!(&starred[0]["post"], post);
}

#[tokio::test]
async fn getting_the_sample_ready_tells_how_far_it_is_and_then_what_changes_there() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path());
    let mut events = desk.events();
    desk.enter_sample().await.unwrap();
    let mut last = None;
    while let Ok(event) = events.try_recv() {
        let Event::Progress(progress) = event else { panic!("{event:?}") };
        last = Some(progress);
    }
    let last = last.unwrap();
    assert_eq!((last.done, last.failed), (last.total, 0));
    let settings = desk.call("settings", Value::Null).await.unwrap();
    desk.call("change_settings", settings).await.unwrap();
    assert_eq!(events.recv().await.unwrap(), Event::Changed(vec![Topic::Settings]));
}

#[tokio::test]
async fn a_library_that_could_not_be_opened_is_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("library");
    std::fs::write(&taken, "a file where the folder should be").unwrap();
    let desk = desk(&taken);
    desk.call("sources", Value::Null).await.unwrap_err();
    std::fs::remove_file(&taken).unwrap();
    assert_eq!(sources(&desk).await, 0);
}

#[tokio::test]
async fn what_was_made_ready_is_given_once_and_never_once_something_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let names = |desk: &Desk| desk.ready().iter().map(|ready| ready.name).collect::<Vec<_>>();
    let today = json!({"budget": null, "again": false, "more": false});
    let asked = desk(folder.path());
    asked.make_ready();
    assert_eq!(names(&asked), ["today", "settings"]);
    for beside in ["places", "folder_order"] {
        asked.call(beside, Value::Null).await.unwrap();
    }
    // What is given is what was made ready, and no other answer.
    let is_settings = |ready: &Ready| ready.name == "settings";
    asked.ready().iter_mut().find(|ready| is_settings(ready)).unwrap().answer =
        tokio::spawn(async { Ok(json!("made ready")) });
    assert_eq!(asked.call("settings", Value::Null).await.unwrap(), json!("made ready"));
    let made = asked.call("today", today.clone()).await.unwrap();
    assert_eq!(names(&asked), [""; 0], "what a window asks beside it changes nothing: {made}");
    assert_eq!(asked.call("today", today).await.unwrap()["line"]["day"], made["line"]["day"]);
    asked.make_ready();
    asked.call("sources", Value::Null).await.unwrap();
    assert_eq!(names(&asked), [""; 0], "another question may have changed something");

    let changed = desk(folder.path());
    changed.make_ready();
    let mut settings = changed.call("settings", Value::Null).await.unwrap();
    settings["words_per_minute"] = json!(321);
    changed.make_ready();
    changed.call("change_settings", settings).await.unwrap();
    assert_eq!(changed.call("settings", Value::Null).await.unwrap()["words_per_minute"], 321);

    let sample = desk(folder.path());
    sample.make_ready();
    sample.enter_sample().await.unwrap();
    assert!(sources(&sample).await > 100, "what was made ready was of the reader's own library");
}
