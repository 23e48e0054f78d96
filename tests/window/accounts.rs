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
    for dark in [false, true] {
        let stage = Stage::set(Setting { dark, ..ENGLISH }).await;
        let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
        let (axe, mut offences) = (axe::script(), Vec::new());
        window.find("//h1[.='Pépites']").await;
        window.press("a").await;
        window.push("Your own account").await;
        window.see("#server").await.send_keys(&format!("http://127.0.0.1:{}/@ada", host.port)).await.unwrap();
        axe::check(&window, &axe, "signing in", &mut offences).await;
        window.push("Sign in").await;
        window.find("//p[contains(., 'Say yes in your browser')]").await;
        axe::check(&window, &axe, "waiting for the browser", &mut offences).await;
        let page = stage.browsing(1).await.remove(0);
        assert!(page.starts_with(&format!("http://127.0.0.1:{}/oauth/authorize?", host.port)), "{page}");
        assert!(page.contains("code_challenge_method=S256") && !page.contains("write"), "{page}");
        let shown = come_back(&page, "error=access_denied");
        assert!(shown.contains("did not let Pépites in"), "{shown}");
        window.find("//p[contains(., 'did not let Pépites in')]").await;
        window.see("#server").await.send_keys(&format!("http://127.0.0.1:{}/@ada", host.port)).await.unwrap();
        window.push("Sign in").await;
        let page = stage.browsing(2).await.remove(1);
        let shown = come_back(&page, "code=c0de");
        assert!(shown.contains("Pépites has heard from"), "{shown}");
        window.find("//p[contains(., 'keychain did not take')]").await;
        axe::check(&window, &axe, "no keychain", &mut offences).await;
        assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
        window.close().await;
    }
}
