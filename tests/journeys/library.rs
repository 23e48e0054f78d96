//! A library that cannot be used says why in a sentence, and loses nothing.

use super::world::{Scratch, feed, list, opml, rss, serve};

#[test]
fn a_newer_or_damaged_library_is_refused_in_words_and_left_as_it_is() {
    let newer = Scratch::new();
    newer.json(&["library"]);
    let file = newer.library().join("library.db");
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 9_999).unwrap();
    let said = newer.run(&["sources"]);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(said.err.contains("newer"), "{}", said.err);

    let damaged = Scratch::new();
    std::fs::create_dir_all(damaged.library()).unwrap();
    let file = damaged.library().join("library.db");
    let noise = b"this was never a library, but it was somebody's file".repeat(200);
    std::fs::write(&file, &noise).unwrap();
    let said = damaged.run(&["sources"]);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(said.err.contains("library.db"), "{}", said.err);
    assert_eq!(std::fs::read(&file).unwrap(), noise);

    let in_the_way = Scratch::new();
    std::fs::write(in_the_way.library(), "a file where the folder should be").unwrap();
    let said = in_the_way.run(&["sources"]);
    assert_eq!(said.code, 4, "{said:?}");
}

/// A library with three posts; their numbers.
fn three_posts(scratch: &Scratch) -> Vec<String> {
    let server = serve(vec![("a", rss(feed("a", &["Bees swarm", "Bees rest", "A comet"])))]);
    let file = scratch.file("a.opml", opml(&server, &["a"]));
    scratch.json(&["import", &file]);
    scratch.json(&["refresh"]);
    let today = scratch.json(&["today"]);
    let posts =
        list(today.get("entries").unwrap()).iter().map(|entry| entry.pointer("/face/post").unwrap().to_string());
    posts.collect()
}

#[test]
fn a_post_that_cannot_be_marked_can_still_be_read() {
    let scratch = Scratch::new();
    let posts = three_posts(&scratch);
    let other = rusqlite::Connection::open(scratch.library().join("library.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let said = scratch.run(&["--wait", "0", "read", &posts[0]]);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(said.out.contains("has to say about"), "{said:?}");
    assert!(said.err.contains("Another program"), "{said:?}");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(scratch.json(&["read", &posts[0]])[0]["unmarked"], serde_json::Value::Null);
}

#[test]
fn a_post_that_cannot_be_read_hides_neither_those_before_it_nor_those_after() {
    let scratch = Scratch::new();
    let posts = three_posts(&scratch);
    let library = rusqlite::Connection::open(scratch.library().join("library.db")).unwrap();
    library.execute("UPDATE posts SET tags = '{cut' WHERE id = ?1", [&posts[1]]).unwrap();
    drop(library);
    let said = scratch.run(&["read", &posts[0], &posts[1], &posts[2]]);
    assert_eq!(said.code, 70, "{said:?}");
    assert_eq!(said.out.matches("has to say about").count(), 2, "{said:?}");
    assert!(!said.err.is_empty());
}

#[test]
fn settings_are_kept_and_the_size_is_shown() {
    let scratch = Scratch::new();
    let library = scratch.json(&["library"]);
    assert!(library["bytes"].as_u64().unwrap() > 0, "{library}");
    let said = scratch.run(&["library"]);
    assert!(said.out.contains(&*scratch.library().to_string_lossy()), "{}", said.out);
}

#[test]
fn wrong_words_are_usage_and_help_teaches_in_both_languages() {
    let scratch = Scratch::new();
    assert_eq!(scratch.run(&["dance"]).code, 2);
    assert_eq!(scratch.run(&["star", "xyzzy"]).code, 2);
    assert_eq!(scratch.run(&["star", "999999"]).code, 3);
    for (language, word) in [("en", "digest that ends"), ("fr", "digest qui a une fin")] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_pepites"));
        let output = command.args(["--lang", language, "--help"]).output().unwrap();
        assert!(output.status.success());
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(help.contains(word), "{language}:\n{help}");
    }
}
