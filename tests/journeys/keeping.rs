//! A library that is saved, put back and taken away whole, beside other programs that work on it.

use std::{
    process::Stdio,
    sync::{Arc, Mutex, mpsc::channel},
};

use pepites_tests::serve::Loopback;

use super::world::{Scratch, feed, list, opml, rss, serve};

#[test]
fn a_backup_in_the_middle_of_a_refresh_is_whole_and_a_restoring_loses_nothing() {
    let scratch = Scratch::new();
    let quick = serve(vec![("a", rss(feed("a", &["Bees swarm", "A comet"])))]);
    let file = scratch.file("a.opml", opml(&quick, &["a"]));
    scratch.json(&["import", &file]);
    scratch.json(&["refresh"]);
    let (begun, has_begun) = channel();
    let (tell, go_on) = channel();
    let (begun, go_on) = (Mutex::new(begun), Mutex::new(go_on));
    let slow = Loopback::start(Arc::new(move |_, _| {
        let _heard = begun.lock().unwrap().send(());
        let _told = go_on.lock().unwrap().recv();
        rss(feed("b", &["Something new"]))
    }))
    .unwrap();
    let file = scratch.file("b.opml", opml(&slow, &["b"]));
    scratch.json(&["import", &file]);
    let mut refresh = scratch.command(&["refresh"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    has_begun.recv().unwrap();

    let saved = scratch.library().with_file_name("saved.db").display().to_string();
    let made = scratch.json(&["backup", &saved]);
    assert_eq!((&made["posts"], &made["sources"]), (&2.into(), &2.into()), "{made}");
    assert_eq!(scratch.run(&["backup", &saved]).code, 3, "a file that is there is not replaced unasked");
    // The refresh of another program is not cut short by a restoring: it is waited for.
    let held = scratch.run(&["--wait", "0", "restore", &saved]);
    assert_eq!(held.code, 4, "{held:?}");
    tell.send(()).unwrap();
    assert!(refresh.wait().unwrap().success());
    assert_eq!(list(&scratch.json(&["unread"])).len(), 3);

    let checked = scratch.run(&["restore", "--check", &saved]);
    assert!(checked.out.contains("is sound: 2 posts of 2 sources"), "{checked:?}");
    assert_eq!(list(&scratch.json(&["unread"])).len(), 3, "a look changes nothing");
    let report = scratch.json(&["restore", &saved]);
    assert_eq!(list(&scratch.json(&["unread"])).len(), 2);
    let kept = report["kept"].as_str().unwrap();
    let back = scratch.run(&["restore", kept]);
    assert!(back.out.contains("What was here is kept in"), "{back:?}");
    assert_eq!(list(&scratch.json(&["unread"])).len(), 3, "it is taken back");
}

#[test]
fn what_is_no_backup_is_refused_in_words() {
    let scratch = Scratch::new();
    scratch.json(&["library"]);
    let words = scratch.file("words.txt", "a list of things to buy, and nothing that a program wrote. ".repeat(9));
    for (file, said) in [(words.as_str(), "is no library of Pépites"), ("/nowhere/x.db", "cannot be read")] {
        let refused = scratch.run(&["restore", file]);
        assert_eq!(refused.code, 3, "{refused:?}");
        assert!(refused.err.contains(said) && refused.err.contains("Nothing was changed"), "{refused:?}");
    }
}

#[test]
fn everything_is_taken_away_in_one_archive() {
    let scratch = Scratch::new();
    let server = serve(vec![("a", rss(feed("a", &["Bees swarm", "A comet"])))]);
    let file = scratch.file("a.opml", opml(&server, &["a"]));
    scratch.json(&["import", &file]);
    scratch.json(&["refresh"]);
    let archive = scratch.library().with_file_name("all.zip").display().to_string();
    let told = scratch.json(&["export", "--everything", &archive]);
    assert!(told["rows"].as_u64().unwrap() > 4, "{told}");
    assert!(std::fs::read(&archive).unwrap().starts_with(b"PK"));
    assert_eq!(scratch.run(&["export", "--everything", &archive]).code, 3);
    assert_eq!(scratch.run(&["export", "--everything"]).code, 2, "it needs a file");
}

#[test]
fn who_works_offline_asks_nobody_until_they_say_so() {
    let scratch = Scratch::new();
    let server = serve(vec![("a", rss(feed("a", &["Bees swarm"])))]);
    let file = scratch.file("a.opml", opml(&server, &["a"]));
    scratch.json(&["import", &file]);
    scratch.json(&["settings", "offline", "on"]);
    let refused = scratch.run(&["refresh"]);
    assert_eq!((refused.code, server.served()), (5, 0), "{refused:?}");
    assert!(refused.err.contains("switched off") && refused.err.contains("offline off"), "{refused:?}");
    assert!(scratch.run(&["add", &server.url("/other")]).err.contains("switched off"));
    scratch.json(&["settings", "offline", "off"]);
    assert_eq!(scratch.json(&["refresh"])["new_posts"], 1);
    let refused = scratch.run(&["settings", "proxy", "http://me:secret@proxy.example"]);
    assert!(refused.code == 2 && !refused.err.contains("secret@"), "{refused:?}");
}
