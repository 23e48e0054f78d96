//! Journeys of a source that is not open to everybody, over the real network on this machine.

use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use pepites_core::model::Moment;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::*;
use crate::{
    Clock, Place,
    keychain::Memory,
    net::{
        Http,
        http::tests::{Act, limits, redirect, say},
    },
    refresh::tests::{feed, refresh},
};

const NOW: Moment = Moment(1_795_348_800_000);
/// `ada:s3cret` as HTTP writes it.
const ADA: &str = "Basic YWRhOnMzY3JldA==";

/// Requests as they came.
type Heard = Arc<Mutex<Vec<String>>>;

/// A server that gives its feed to who says `wants`, leads away from `/moved`, and says 401 to others.
async fn private(wants: &'static str, leads_to: String) -> (u16, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, heard) = (listener.local_addr().unwrap().port(), Heard::default());
    let list = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = vec![0; 8_192];
            let read = stream.read(&mut bytes).await.unwrap_or(0);
            let asked = String::from_utf8_lossy(&bytes[..read]).into_owned();
            let body = String::from_utf8(feed("private", 2).body).unwrap();
            let answer = if asked.starts_with("GET /moved") {
                redirect(302, &leads_to)
            } else if asked.to_lowercase().contains(&wants.to_lowercase()) {
                vec![say(&format!(
                    "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    body.len()
                ))]
            } else {
                vec![say("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
            };
            list.lock().unwrap().push(asked);
            for act in answer {
                if let Act::Say(bytes) = act {
                    let _closed = stream.write_all(&bytes).await;
                }
            }
        }
    });
    (port, heard)
}

fn over_http(folder: &Path, keychain: &Arc<Memory>) -> Engine {
    let place = Place { folder: folder.to_owned(), wait: Duration::from_secs(60) };
    let net = Http::with(Clock::stopped(NOW), limits()).unwrap();
    let engine = Engine::open(place, Arc::new(net), Clock::stopped(NOW)).unwrap();
    engine.with_keychain(Arc::clone(keychain) as Arc<dyn Keychain>)
}

/// Every byte below the folder.
fn all_bytes(folder: &Path) -> Vec<u8> {
    std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_file())
        .flat_map(|entry| std::fs::read(entry.path()).unwrap())
        .collect()
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[tokio::test]
async fn a_source_that_says_401_is_read_once_the_reader_has_logged_in_and_nobody_else_hears_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(Memory::default());
    let engine = over_http(folder.path(), &keychain);
    let (elsewhere, overheard) = private("nothing", String::new()).await;
    let (port, heard) = private(ADA, format!("http://127.0.0.1:{elsewhere}/feed")).await;
    let (feed, moved) = (format!("http://127.0.0.1:{port}/feed"), format!("http://127.0.0.1:{port}/moved"));

    let refused = engine.add(&feed, None, &[]).await.unwrap_err();
    assert_eq!(refused.detail.key, "problem.no_answer.login");
    engine.import("urls", format!("{feed}\n{moved}\n").as_bytes(), false).unwrap();
    let [of_feed, of_moved] = engine.sources().unwrap().try_into().unwrap();
    refresh(&engine).await;
    assert_eq!(engine.sources().unwrap()[0].trouble.as_ref().unwrap().key, "trouble.login");

    let ada = || Secret::Basic { user: "ada".to_owned(), password: "s3cret".to_owned() };
    engine.log_in(of_feed.id, ada()).unwrap();
    engine.log_in(of_moved.id, ada()).unwrap();
    refresh(&engine).await;
    let [read, led_away] = engine.sources().unwrap().try_into().unwrap();
    assert_eq!((read.trouble, read.posts, read.login.as_deref()), (None, 2, Some("basic")));
    assert_eq!(led_away.trouble.unwrap().key, "trouble.login");
    assert!(heard.lock().unwrap().iter().filter(|asked| asked.contains(ADA)).count() >= 2);
    let overheard = overheard.lock().unwrap().clone();
    assert!(!overheard.is_empty(), "the redirect was followed");
    assert!(overheard.iter().all(|asked| !asked.to_lowercase().contains("authorization")), "{overheard:?}");

    let kept = all_bytes(folder.path());
    assert!(!kept.is_empty() && !holds(&kept, "s3cret") && !holds(&kept, "YWRhOnMz"), "the library knows the secret");
    assert!(!engine.export().unwrap().contains("s3cret"));
    engine.log_out(read.id).unwrap();
    refresh(&engine).await;
    assert_eq!(engine.sources().unwrap()[0].trouble.as_ref().unwrap().key, "trouble.login");
}

#[tokio::test]
async fn a_name_and_password_in_an_address_go_to_the_keychain_and_out_of_the_address() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(Memory::default());
    let engine = over_http(folder.path(), &keychain);
    let (port, _) = private(ADA, String::new()).await;
    let (imported, _) = private(ADA, String::new()).await;
    let typed = format!("http://ada:s3cret@127.0.0.1:{port}/feed");
    let added = engine.add(&typed, None, &[]).await.unwrap().added.unwrap();
    assert_eq!((added.address, added.posts), (format!("http://127.0.0.1:{port}/feed"), 2));
    let list = format!("http://ada:s3cret@127.0.0.1:{imported}/feed\n");
    let report = engine.import("urls", list.as_bytes(), false).unwrap();
    assert_eq!((report.added.len(), report.passwords_lost), (1, 0));
    refresh(&engine).await;
    let sources = engine.sources().unwrap();
    assert!(sources.iter().all(|source| source.posts == 2 && source.trouble.is_none()), "{sources:?}");
    assert!(!engine.export().unwrap().contains("ada"));
    assert!(!holds(&all_bytes(folder.path()), "s3cret"));
}

#[tokio::test]
async fn a_password_comes_out_of_whatever_it_is_wrapped_in_and_logs_in_who_is_followed_already() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(Memory::default());
    let engine = over_http(folder.path(), &keychain);
    let (port, _) = private(ADA, String::new()).await;
    let feed = format!("http://127.0.0.1:{port}/feed");
    engine.import("urls", format!("{feed}\n").as_bytes(), false).unwrap();
    for typed in
        [format!("feed:http://ada:s3cret@127.0.0.1:{port}/feed"), format!("http://ada:s3cret@127.0.0.1:{port}/feed")]
    {
        let report = engine.add(&typed, None, &[]).await.unwrap();
        assert!(report.already, "{typed}: {report:?}");
        let [source] = engine.sources().unwrap().try_into().unwrap();
        assert_eq!((source.login.as_deref(), source.address.as_str()), (Some("basic"), feed.as_str()), "{typed}");
        engine.log_out(source.id).unwrap();
    }
    assert!(!holds(&all_bytes(folder.path()), "s3cret"));
}

#[tokio::test]
async fn an_old_list_neither_changes_a_login_nor_doubles_a_source_that_has_its_password_in_its_address() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(Memory::default());
    let engine = over_http(folder.path(), &keychain);
    let (port, _) = private(ADA, String::new()).await;
    engine.add(&format!("http://ada:s3cret@127.0.0.1:{port}/feed"), None, &[]).await.unwrap();
    // As libraries of before have it.
    let old = Address { kind: "feed".to_owned(), locator: "https://ada:s3cret@old.example/f".to_owned() };
    let new = pepites_store::NewSource {
        address: old.clone(),
        feed: None,
        title: None,
        name: None,
        site: None,
        folders: Vec::new(),
    };
    engine.store.add_sources(&[new], NOW).unwrap();
    let list = format!("http://ada:wrong@127.0.0.1:{port}/feed\n{}\n", old.locator);
    let report = engine.import("urls", list.as_bytes(), false).unwrap();
    assert_eq!((report.added.len(), report.passwords_lost, engine.sources().unwrap().len()), (0, 0, 2), "{report:?}");
    refresh(&engine).await;
    assert_eq!(engine.sources().unwrap()[0].trouble, None);
}

#[tokio::test]
async fn a_login_that_cannot_be_had_is_no_sign_of_a_network() {
    let folder = tempfile::tempdir().unwrap();
    let net = crate::net::Replay::answering(|request| Err(crate::net::NetError::Offline(request.url.clone())));
    let place = Place { folder: folder.path().to_owned(), wait: Duration::from_secs(60) };
    let engine = Engine::open(place, Arc::new(net), Clock::stopped(NOW)).unwrap();
    engine.import("urls", b"http://a.example/feed\nhttp://b.example/feed\n", false).unwrap();
    let [locked, open] = engine.sources().unwrap().try_into().unwrap();
    engine.store.set_login(locked.id, Some("basic"), engine.now()).unwrap();
    let engine = engine.with_keychain(Arc::new(Memory::shut()));
    assert!(refresh(&engine).await.offline);
    let open = engine.store.source(open.id).unwrap();
    assert_eq!((open.failures, open.unreached), (0, Some(NOW)));
}

#[tokio::test]
async fn without_a_keychain_nothing_is_kept_and_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(Memory::shut());
    let engine = over_http(folder.path(), &keychain);
    let (port, _) = private(ADA, String::new()).await;
    let typed = format!("http://ada:s3cret@127.0.0.1:{port}/feed");
    let problem = engine.add(&typed, None, &[]).await.unwrap_err();
    assert_eq!((problem.code, engine.sources().unwrap().len()), (Code::NoKeychain, 0));
    assert!(!format!("{problem:?}").contains("s3cret"));
    let report = engine.import("urls", format!("{typed}\n").as_bytes(), false).unwrap();
    assert_eq!((report.added.len(), report.passwords_lost), (1, 1));
    let [source] = engine.sources().unwrap().try_into().unwrap();
    let token = Secret::Bearer("t0ken".to_owned());
    assert_eq!(engine.log_in(source.id, token).unwrap_err().code, Code::NoKeychain);
    assert_eq!((source.login, source.address), (None, format!("http://127.0.0.1:{port}/feed")));
    assert!(!holds(&all_bytes(folder.path()), "s3cret"));
}
