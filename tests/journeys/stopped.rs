//! A refresh that is stopped, held off or cut short by the system ends in words, keeps what came, and goes on later.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, channel},
    },
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use pepites_tests::serve::{Answer, Loopback};

use super::world::{Said, Scratch, feed, list, opml, rss, serve};

/// A server that never answers `/slow` before it is told to.
fn never(go_on: Receiver<()>) -> Loopback {
    let go_on = Mutex::new(go_on);
    Loopback::start(Arc::new(move |_, _| {
        let _told = go_on.lock().unwrap().recv();
        rss(feed("slow", &["Too late"]))
    }))
    .unwrap()
}

#[test]
fn ctrl_c_keeps_what_came_says_so_last_and_ends_with_130() {
    let scratch = Scratch::new();
    let quick = serve(vec![("quick", rss(feed("quick", &["Bees swarm", "A comet"])))]);
    let (go_on, told) = channel();
    let slow = never(told);
    for (server, name) in [(&quick, "quick"), (&slow, "slow")] {
        let file = scratch.file("one.opml", opml(server, &[name]));
        scratch.json(&["import", &file]);
    }

    let mut refresh = scratch.command(&["refresh"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut aside = BufReader::new(refresh.stderr.take().unwrap()).lines();
    let half = aside.by_ref().map(Result::unwrap).find(|line| line.starts_with("1 / 2"));
    assert!(half.is_some(), "no word of the first source");
    kill(Pid::from_raw(refresh.id().try_into().unwrap()), Signal::SIGINT).unwrap();
    let rest: Vec<String> = aside.map(Result::unwrap).collect();
    let said = Said::from(refresh.wait_with_output().unwrap());
    go_on.send(()).unwrap();

    assert_eq!(said.code, 130, "{said:?}");
    assert!(said.out.starts_with("2 new posts, 1 source answered"), "{said:?}");
    assert!(said.out.contains("Stopped before the end; what came is kept."), "{said:?}");
    assert!(rest.iter().any(|line| line.contains("Stopping cleanly")), "{rest:?}");
    assert!(!rest.iter().any(|line| line.starts_with("2 / 2")), "not all was done: {rest:?}");
    assert_eq!(list(&scratch.json(&["unread"])).len(), 2);
    // Nothing is held against the source that was not waited for.
    assert_eq!(scratch.run(&["sources"]).out.lines().next(), Some("2 sources"));
}

#[test]
fn a_server_that_asks_for_rest_is_left_alone_until_the_time_that_sources_shows() {
    let scratch = Scratch::new();
    let server = Loopback::start(Arc::new(|_, number| match number {
        1 => Answer::status(429).with("retry-after", "5400"),
        _ => rss(feed("busy", &["At last"])),
    }))
    .unwrap();
    let file = scratch.file("busy.opml", opml(&server, &["busy"]));
    scratch.json(&["import", &file]);
    // The last `--now` of a command counts.
    let at = |time: &str, arguments: &[&str]| {
        let now = format!("2026-11-23T{time}Z");
        Said::from(scratch.command(arguments).args(["--now", &now]).env("TZ", "UTC").output().unwrap())
    };
    let refused = at("12:00:00", &["refresh"]);
    assert!(refused.out.contains("1 in trouble"), "{refused:?}");

    let shown = at("12:00:01", &["sources"]).out;
    assert!(shown.contains("13:30"), "no time of the end of the hold:\n{shown}");
    assert!(at("13:29:00", &["refresh"]).out.contains("1 left alone"));
    assert_eq!(server.served(), 1, "asked within its hold");
    assert!(at("13:31:00", &["refresh"]).out.starts_with("1 new post, 1 source answered"));
    assert_eq!(server.served(), 2);
    assert!(!at("13:31:01", &["sources"]).out.contains("13:30"));
}

/// Blocks of 512 bytes that a file may have: none, less than a page of the library, and more and more of a refresh.
const FILE_LIMITS: [u32; 6] = [0, 4, 64, 256, 512, 1024];

#[test]
fn a_file_that_may_not_grow_ends_a_command_in_words_and_never_by_a_signal() {
    let titles: Vec<String> = (0..600).map(|number| format!("Bees swarm over bridge {number}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let server = serve(vec![("long", rss(feed("long", &titles)))]);
    let mut in_words = 0;
    for blocks in FILE_LIMITS {
        let scratch = Scratch::new();
        let file = scratch.file("long.opml", opml(&server, &["long"]));
        scratch.json(&["import", &file]);
        let program = scratch.command(&["refresh", "--quiet"]);
        let mut limited = Command::new("sh");
        limited.args(["-c", &format!("ulimit -f {blocks}; exec \"$@\""), "sh"]).arg(program.get_program());
        let said = Said::from(limited.args(program.get_args()).output().unwrap());
        assert!([0, 4].contains(&said.code), "{blocks} blocks: {said:?}");
        if said.code == 4 {
            in_words += 1;
            assert!(said.err.contains("allows no file to become as large"), "{blocks} blocks: {said:?}");
        }
        let again = scratch.run(&["refresh", "--quiet"]);
        assert_eq!(again.code, 0, "{blocks} blocks, then none: {again:?}");
        assert_eq!(list(&scratch.json(&["unread", "--limit", "1000"])).len(), titles.len(), "{blocks} blocks");
    }
    assert!(in_words > 1, "no limit was met");
}
