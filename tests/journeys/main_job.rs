//! Import, refresh, read, restart: the main job, with feeds that are slow to change, rude and broken among good ones.

use super::world::{Scratch, feed, list, opml, rss, serve};
use pepites_tests::serve::Answer;

#[test]
fn one_broken_source_never_stops_the_rest_and_says_what_is_wrong() {
    let scratch = Scratch::new();
    let server = serve(vec![
        ("good", rss(feed("good", &["Bees swarm over the old bridge", "A second hive is found"]))),
        ("gone", Answer::status(410)),
        ("angry", Answer::status(500)),
        ("noise", Answer::ok("application/xml", "\u{0}\u{1}not a feed <<<")),
        ("empty", Answer::ok("application/xml", "")),
        ("cut", rss(feed("cut", &["Whole before the end"]).replace("</channel></rss>", "<item><title>Half"))),
        ("late", rss(feed("late", &["The last of them all"]))),
    ]);
    // On a server of its own: 429 is obeyed for the whole host.
    let held = serve(vec![("hold", Answer::status(429).with("retry-after", "3600"))]);
    let names = ["good", "gone", "angry", "noise", "empty", "cut", "late", "missing", "hold"];
    let file = scratch.file("all.opml", opml(&server, &names[..8]));
    scratch.json(&["import", &file]);
    let file = scratch.file("hold.opml", opml(&held, &names[8..]));
    assert_eq!(list(&scratch.json(&["import", &file])["added"]).len(), 1);

    let report = scratch.json(&["refresh"]);
    assert_eq!(report["total"], 9);
    assert!(report["new_posts"].as_u64().unwrap() >= 4, "{report}");
    let troubled: Vec<String> =
        list(&report["failed"]).iter().map(|failed| failed["title"].as_str().unwrap().to_owned()).collect();
    for name in ["gone", "hold", "angry", "noise", "empty", "missing"] {
        assert!(troubled.contains(&name.to_owned()), "{name} has no trouble: {report}");
    }
    let said = scratch.run(&["sources"]).out;
    for name in names {
        assert!(said.contains(name), "{name} is not shown:\n{said}");
    }

    // 410 and the hold stand, even for a refresh that was asked for.
    let before = server.served();
    let again = scratch.json(&["refresh"]);
    assert_eq!(again["left_alone"], 2, "{again}");
    assert_eq!(again["new_posts"], 0, "{again}");
    assert!(server.served() > before);
}

#[test]
fn what_was_read_today_reads_the_same_after_a_restart_and_a_refresh() {
    let scratch = Scratch::new();
    let titles = ["Bees swarm over the old bridge", "How to set type by hand", "The comet that came back twice"];
    let server = serve(vec![("one", rss(feed("one", &titles)))]);
    let file = scratch.file("one.opml", opml(&server, &["one"]));
    scratch.json(&["import", &file]);
    scratch.json(&["refresh"]);
    let made = scratch.json(&["today"]);
    assert_eq!(list(&made["entries"]).len(), 3, "{made}");

    let post = made["entries"][0]["face"]["post"].to_string();
    assert_eq!(list(&scratch.json(&["star", &post])["changed"]).len(), 1);
    let read = scratch.run(&["read", &post]);
    assert_eq!(read.code, 0, "{}", read.err);
    assert!(read.out.contains("has to say about"), "{}", read.out);

    scratch.json(&["refresh"]);
    let mut again = scratch.json(&["today"]);
    let marks = again["entries"][0]["face"]["marks"].take();
    assert_eq!((&marks["read"], &marks["starred"]), (&true.into(), &true.into()), "{marks}");
    let mut made = made;
    made["entries"][0]["face"]["marks"].take();
    assert_eq!(made, again);

    scratch.json(&["star", "--undo", &post]);
    assert_eq!(scratch.json(&["today"])["entries"][0]["face"]["marks"]["starred"], false);
}

#[test]
fn a_search_gives_one_line_a_hit_and_nothing_else() {
    let scratch = Scratch::new();
    let server = serve(vec![("one", rss(feed("one", &["Bees swarm", "Bees rest", "A comet"])))]);
    let file = scratch.file("one.opml", opml(&server, &["one"]));
    scratch.json(&["import", &file]);
    scratch.json(&["refresh"]);
    for (words, hits) in [("bees", 2), ("BÉES", 2), ("comet", 1), ("bees comet", 0), ("\"", 0), ("one AND NOT (", 0)] {
        let said = scratch.run(&["search", words]);
        assert_eq!(said.code, 0, "{words}: {}", said.err);
        assert_eq!(said.out.lines().count(), hits, "{words}:\n{}", said.out);
    }
}

#[test]
fn what_is_exported_comes_back_whole() {
    let first = Scratch::new();
    let file = first.file(
        "nested.opml",
        "<opml version='1.0'><body><outline text='A'><outline text='B &amp; C'><outline title='Deep' \
         xmlUrl='http://127.0.0.1:9/deep'/><outline text='Again' xmlURL='http://127.0.0.1:9/both'/></outline></outline>\
         <outline text='Again' XMLURL='http://127.0.0.1:9/both' htmlUrl='http://127.0.0.1:9/'/>\
         <outline text='Run' xmlUrl='|rm -rf x'/><outline text='Mail' xmlUrl='newsletter:me'/></body></opml>",
    );
    let report = first.json(&["import", &file]);
    assert_eq!(list(&report["added"]).len(), 2, "{report}");
    assert_eq!(list(&report["skipped"]).len(), 2, "{report}");
    assert_eq!(list(&first.json(&["import", &file])["already"]).len(), 2);

    let second = Scratch::new();
    let exported = second.file("out.opml", first.run(&["export"]).out);
    second.json(&["import", &exported]);
    let followed = |scratch: &Scratch| {
        let mut all: Vec<String> = list(&scratch.json(&["sources"]))
            .iter()
            .map(|source| format!("{} {} {}", source["address"], source["title"], source["folders"]))
            .collect();
        all.sort();
        all
    };
    assert_eq!(followed(&first), followed(&second));
    assert!(followed(&first).iter().any(|line| line.contains("[[\"A\",\"B & C\"]]")), "{:?}", followed(&first));
}

#[test]
fn a_file_that_is_not_what_it_says_gets_a_sentence_and_changes_nothing() {
    let scratch = Scratch::new();
    let good = scratch.file("good.opml", "<opml><body><outline xmlUrl='http://127.0.0.1:9/a'/></body></opml>");
    scratch.json(&["import", &good]);
    for (name, content) in [
        ("empty.opml", Vec::new()),
        ("picture.opml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("page.opml", b"<!DOCTYPE html><html><body><p>Sign in to export</p></body></html>".to_vec()),
        ("folders.opml", b"<opml><body><outline text='Only a folder'/></body></opml>".to_vec()),
    ] {
        let file = scratch.file(name, content);
        let said = scratch.run(&["import", &file]);
        assert_eq!(said.code, 3, "{name}: {} {}", said.out, said.err);
        assert!(said.err.contains(&file), "{file} is not named as it was typed: {}", said.err);
        assert_eq!(list(&scratch.json(&["sources"])).len(), 1, "{name}");
    }
    let missing = scratch.run(&["import", "no-such-file.opml"]);
    assert_eq!(missing.code, 3);
    assert!(missing.err.contains("no-such-file.opml"), "{}", missing.err);

    // Cut off in the middle: offered first, taken when told to.
    let cut = scratch.file(
        "cut.opml",
        "<opml><body>\n<outline xmlUrl='http://127.0.0.1:9/b'/>\n<outline xmlUrl='http://127.0.0.1:9/c'/>\n<outline xmlU",
    );
    let offer = scratch.run(&["import", &cut]);
    assert!(offer.out.contains("--even-damaged") || offer.err.contains("--even-damaged"), "{offer:?}");
    assert_eq!(list(&scratch.json(&["sources"])).len(), 1);
    scratch.json(&["import", &cut, "--even-damaged"]);
    assert_eq!(list(&scratch.json(&["sources"])).len(), 3);
}

#[test]
fn two_columns_or_a_list_of_accounts_come_in_by_the_same_door() {
    let scratch = Scratch::new();
    let accounts = scratch.file(
        "following_accounts.csv",
        "Account address,Show boosts,Notify on new posts,Languages\nada@social.example,true,false,\n@bo@other.example,true,false,fr\n",
    );
    let report = scratch.json(&["import", &accounts]);
    assert_eq!(list(&report["added"]).len(), 2, "{report}");
    let table = scratch.file("liens.csv", "Nom;Adresse\r\nUn journal;https://journal.example/feed\r\nRien;bonjour\r\n");
    let report = scratch.json(&["import", &table]);
    assert_eq!((list(&report["added"]).len(), list(&report["skipped"]).len()), (1, 1), "{report}");
    assert_eq!(report["skipped"][0]["line"], 3, "{report}");
}

#[test]
fn a_password_in_an_address_is_in_no_list_no_export_and_no_file() {
    let scratch = Scratch::new();
    // Whether or not this machine has a keychain, nothing of ours holds the password.
    let list = scratch.file("urls", "https://ada:secret@a.example/feed\n");
    scratch.json(&["import", &list]);
    for command in ["sources", "export"] {
        let said = scratch.run(&[command]);
        assert!(said.out.contains("https://a.example/feed") && !format!("{said:?}").contains("secret"), "{said:?}");
    }
    let source = scratch.run(&["login", "1", "--forget"]);
    assert!(!format!("{source:?}").contains("secret"), "{source:?}");
    for file in std::fs::read_dir(scratch.library()).unwrap().flatten().filter(|file| file.path().is_file()) {
        let bytes = std::fs::read(file.path()).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"secret"), "{}", file.path().display());
    }
}
