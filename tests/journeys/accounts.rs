//! An account of the reader's own in the terminal: where no keychain takes it, nothing is kept and the leave is given back.
//! And who is one person, by the reader's word.

use std::{
    io::Write,
    process::Stdio,
    sync::{Arc, Mutex},
};

use pepites_tests::serve::{Answer, Loopback};

use super::world::{Said, Scratch, feed, rss, serve};

/// A server that lets everybody in who has the code.
fn door() -> (Loopback, Arc<Mutex<Vec<String>>>) {
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let log = Arc::clone(&asked);
    let server = Loopback::start(Arc::new(move |asked, _| {
        let path = asked.path.split('?').next().unwrap_or_default().to_owned();
        log.lock().unwrap().push(format!("{} {path}", asked.method));
        let body = match path.as_str() {
            "/api/v1/apps" => r#"{"client_id":"us","client_secret":"hush"}"#,
            "/oauth/token" => r#"{"access_token":"t0ken"}"#,
            "/api/v1/accounts/verify_credentials" => r#"{"username":"ada","acct":"ada"}"#,
            "/oauth/revoke" => "{}",
            _ => return Answer::status(404),
        };
        Answer::ok("application/json", body)
    }));
    (server.unwrap(), asked)
}

// Elsewhere the keychain is the system's own, and no test reaches for it.
#[cfg(target_os = "linux")]
#[test]
fn without_a_keychain_nobody_is_signed_in_and_the_leave_is_given_back() {
    let (server, asked) = door();
    let scratch = Scratch::new();
    let mut command = scratch.command(&["--via", &server.url(""), "sign-in", "https://social.example/@ada", "--code"]);
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent").stdin(Stdio::piped());
    let mut run = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    run.stdin.take().unwrap().write_all(b" c0de \n").unwrap();
    let said = Said::from(run.wait_with_output().unwrap());
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("https://social.example/oauth/authorize?") && said.err.contains("keychain"), "{said:?}");
    for secret in ["hush", "t0ken", "c0de"] {
        assert!(!said.err.contains(secret) && !said.out.contains(secret), "{secret}: {said:?}");
    }
    let asked = asked.lock().unwrap();
    assert_eq!(asked.last().map(String::as_str), Some("POST /oauth/revoke"), "{asked:?}");
    assert_eq!(
        scratch.run(&["accounts"]).out,
        "No account is signed in. To sign in: pepites --library ".to_owned()
            + &format!("{} sign-in @NAME@SERVER\n", scratch.library().display())
    );
}

#[test]
fn what_only_an_account_sees_says_that_it_needs_one() {
    let (server, _) = door();
    let scratch = Scratch::new();
    let home = "https://social.example/api/v1/timelines/home?of=ada";
    let refused = scratch.run(&["--via", &server.url(""), "add", home]);
    assert!(refused.code != 0 && refused.err.contains("Sign in first"), "{refused:?}");
    let file = scratch.file("a.txt", format!("{home}\n"));
    scratch.json(&["import", &file]);
    let sources = scratch.json(&["sources"]);
    let trouble = sources.pointer("/0/trouble/key").and_then(serde_json::Value::as_str);
    assert_eq!((trouble, sources.pointer("/0/kind")), (Some("trouble.signed_out"), Some(&"mastodon".into())));
    let unknown = scratch.run(&["sign-out", "@ada@social.example"]);
    assert!(unknown.code == 3 && unknown.err.contains("is not signed in"), "{unknown:?}");
}

#[test]
fn two_sources_are_one_person_as_the_reader_says_and_takes_back() {
    let scratch = Scratch::new();
    let server = serve(["ada", "countess"].map(|name| (name, rss(feed(name, &["A note"])))).into());
    for name in ["ada", "countess"] {
        scratch.json(&["add", &server.url(&format!("/{name}"))]);
    }
    assert!(scratch.run(&["people"]).out.starts_with("Nobody has several sources."));
    let joined = scratch.json(&["people", "1", "2"]);
    assert_eq!(joined.pointer("/together/0/1/source"), Some(&2.into()), "{joined}");
    let shown = scratch.run(&["people"]).out;
    assert!(
        shown.contains("  = 2 countess") && shown.contains("You said: ada and countess are one person."),
        "{shown}"
    );
    let parted = scratch.json(&["people", "1", "2", "--apart"]);
    assert_eq!((parted.pointer("/together/0"), parted.pointer("/said/0/together")), (None, Some(&false.into())));
    let nothing = scratch.json(&["people", "1", "2", "--undo"]);
    assert_eq!(nothing.pointer("/said/0"), None, "{nothing}");
    assert_eq!(scratch.run(&["people", "1"]).code, 2);
    assert_eq!(scratch.run(&["people", "1", "1"]).code, 2);
}
