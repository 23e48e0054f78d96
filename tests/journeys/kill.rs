//! Signal 9 in the middle of a refresh, at moments that the server decides: nothing acknowledged is lost.

use std::{
    process::Stdio,
    sync::{
        Arc, Mutex,
        mpsc::{Sender, channel},
    },
};

use pepites_tests::serve::{Answer, Loopback};

use super::world::{Scratch, feed, list, opml, rss};

const NAMES: &[&str] = &["a", "b", "c", "d", "e", "f", "g", "h"];

/// Serves eight feeds; tells when the request of that number has come.
fn telling(when: u64, tell: Sender<()>) -> Loopback {
    let tell = Mutex::new(tell);
    Loopback::start(Arc::new(move |asked, number| {
        if number == when {
            let _heard = tell.lock().unwrap().send(());
        }
        let name = asked.path.trim_start_matches('/').to_owned();
        if NAMES.contains(&name.as_str()) {
            rss(feed(&name, &["First of them", "Second of them"].map(|title| title)))
        } else {
            Answer::status(404)
        }
    }))
    .unwrap()
}

#[test]
fn a_refresh_killed_at_any_request_leaves_a_sound_library_with_every_mark() {
    for when in 1..=NAMES.len() as u64 {
        let scratch = Scratch::new();
        let (tell, told) = channel();
        // The first refresh makes as many requests as there are feeds; the second is the one that dies.
        let server = telling(NAMES.len() as u64 + when, tell);
        let file = scratch.file("all.opml", opml(&server, NAMES));
        scratch.json(&["import", &file]);
        scratch.json(&["refresh"]);
        let today = scratch.json(&["today"]);
        let posts: Vec<String> =
            list(&today["entries"]).iter().map(|entry| entry["face"]["post"].to_string()).take(3).collect();
        let numbers: Vec<i64> = posts.iter().map(|post| post.parse().unwrap()).collect();
        scratch.json(&["star", &posts[0]]);
        scratch.json(&["skip", &posts[1]]);
        assert_eq!(scratch.run(&["read", &posts[2]]).code, 0);

        let mut refresh = scratch.command(&["refresh"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        told.recv().unwrap();
        refresh.kill().unwrap();
        refresh.wait().unwrap();

        let after = scratch.json(&["today"]);
        for (place, mark) in ["starred", "skipped", "read"].iter().enumerate() {
            let entry = list(&after["entries"]).iter().find(|entry| entry["face"]["post"] == numbers[place]);
            assert_eq!(entry.unwrap()["face"]["marks"][mark], true, "killed at {when}");
        }
        let library = rusqlite::Connection::open(scratch.library().join("library.db")).unwrap();
        let sound: String = library.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok", "killed at {when}");
        let again = scratch.json(&["refresh"]);
        assert_eq!(again["new_posts"], 0, "killed at {when}: doubled");
        assert_eq!(list(&again["failed"]).len(), 0, "{again}");
    }
}
