//! An account of the reader's own in the window: their browser is sent to the server and comes back here. No journey has a
//! keychain: what a server gave is given back, and the window says why.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use crate::{
    axe,
    host::Host,
    stage::{ENGLISH, NOW, Setting, Stage},
};

/// What is said on the way, in the reader's language.
struct Words {
    own: &'static str,
    sign_in: &'static str,
    waits: &'static str,
    refused: &'static str,
    heard: &'static str,
    no_keychain: &'static str,
}

const ENGLISH_WORDS: Words = Words {
    own: "Your own account",
    sign_in: "Sign in",
    waits: "Say yes in your browser",
    refused: "did not let Pépites in",
    heard: "Pépites has heard from",
    no_keychain: "keychain did not take",
};

const FRENCH_WORDS: Words = Words {
    own: "Votre propre compte",
    sign_in: "Se connecter",
    waits: "Acceptez dans votre navigateur",
    refused: "pas laissé entrer Pépites",
    heard: "Pépites a eu la réponse de",
    no_keychain: "Le trousseau de cet ordinateur",
};

/// What the browser gets when it comes back with `answer` from the page at `url`.
fn come_back(url: &str, answer: &str) -> String {
    let value = |key: &str| {
        let written = url.split(['?', '&']).find_map(|pair| pair.strip_prefix(key)?.strip_prefix('=')).unwrap();
        written.replace("%3A", ":").replace("%2F", "/")
    };
    let back = value("redirect_uri");
    let (at, path) = back.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(at).unwrap();
    let state = value("state");
    write!(stream, "GET /{path}?{answer}&state={state} HTTP/1.1\r\nHost: {at}\r\n\r\n").unwrap();
    let mut shown = String::new();
    stream.read_to_string(&mut shown).unwrap();
    shown
}

#[tokio::test]
async fn signing_in_goes_by_the_browser_and_without_a_keychain_nothing_is_kept() {
    let host = Host::serve(|_| {
        let said = [
            ("/api/v1/apps", r#"{"client_id":"us","client_secret":"hush"}"#),
            ("/oauth/token", r#"{"access_token":"t0ken"}"#),
            ("/oauth/revoke", "{}"),
            ("/api/v1/accounts/verify_credentials", r#"{"username":"ada","acct":"ada","display_name":"Ada"}"#),
        ];
        said.map(|(path, body)| (path.to_owned(), body.as_bytes().to_vec())).into()
    });
    for setting in [ENGLISH, Setting { language: "fr_FR.UTF-8", dark: true }] {
        let said = if setting.dark { &FRENCH_WORDS } else { &ENGLISH_WORDS };
        let stage = Stage::set(setting).await;
        let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
        let (axe, mut offences) = (axe::script(), Vec::new());
        window.find("//h1[.='Pépites']").await;
        window.press("a").await;
        window.push(said.own).await;
        window.see("#server").await.send_keys(&format!("http://127.0.0.1:{}/@ada", host.port)).await.unwrap();
        axe::check(&window, &axe, "signing in", &mut offences).await;
        window.push(said.sign_in).await;
        window.find(&format!("//p[contains(., '{}')]", said.waits)).await;
        axe::check(&window, &axe, "waiting for the browser", &mut offences).await;
        let page = stage.browsing(1).await.remove(0);
        assert!(page.starts_with(&format!("http://127.0.0.1:{}/oauth/authorize?", host.port)), "{page}");
        assert!(page.contains("code_challenge_method=S256") && !page.contains("write"), "{page}");
        let shown = come_back(&page, "error=access_denied");
        assert!(shown.contains(said.refused), "{shown}");
        window.find(&format!("//p[contains(., '{}')]", said.refused)).await;
        window.see("#server").await.send_keys(&format!("http://127.0.0.1:{}/@ada", host.port)).await.unwrap();
        window.push(said.sign_in).await;
        let page = stage.browsing(2).await.remove(1);
        let shown = come_back(&page, "code=c0de");
        assert!(shown.contains(said.heard), "{shown}");
        window.find(&format!("//p[contains(., '{}')]", said.no_keychain)).await;
        axe::check(&window, &axe, "no keychain", &mut offences).await;
        assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
        window.close().await;
    }
}
