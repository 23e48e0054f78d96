//! Takes pictures and what only looks like them, holds what may be shown, asked for and kept.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use pepites_core::model::Reply;
use pepites_store::NewSource;

use super::*;
use crate::{net::Replay, refresh::tests::engine};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\0\0\0\0rest";

fn reply(body: &[u8]) -> Reply {
    Reply { status: 200, body: body.to_vec(), ..Reply::default() }
}

fn world(replies: &[(&str, &[u8])]) -> Replay {
    Replay::new(replies.iter().map(|(url, body)| ((*url).to_owned(), reply(body))).collect::<BTreeMap<_, _>>())
}

#[test]
fn only_what_its_own_bytes_say_is_a_picture_is_one() {
    let cases: &[(&[u8], Option<&str>)] = &[
        (PNG, Some("image/png")),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Some("image/jpeg")),
        (b"GIF89a....", Some("image/gif")),
        (b"\0\0\x01\0\x02\0\x10\x10", Some("image/x-icon")),
        (b"\0\0\x01\0\0\0", None),
        (b"\0\0\x02\0\x01\0", None),
        (b"RIFF\0\0\0\0WEBPVP8 ", Some("image/webp")),
        (b"\0\0\0\x20ftypavif", Some("image/avif")),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", None),
        (b"<?xml version='1.0'?><svg/>", None),
        (b"<html>", None),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"\0\0\0\x20ftypmp42", None),
        (b"%PDF-1.7", None),
        (b"", None),
    ];
    for (bytes, expected) in cases {
        assert_eq!(kind(bytes), *expected, "{bytes:?}");
    }
}

#[tokio::test]
async fn addresses_that_are_not_plainly_of_the_web_are_never_asked() {
    let folder = tempfile::tempdir().unwrap();
    let net = Replay::answering(|request| panic!("{} was asked", request.url));
    let engine = engine(folder.path(), net);
    for address in [
        "file:///etc/passwd",
        "ftp://a.example/p.png",
        "data:image/png;base64,AAAA",
        "http://me:secret@a.example/p.png",
        "p.png",
        "",
        "http://127.0.0.1/p.png",
        "http://192.168.1.1/restart",
        "http://printer.local/p.png",
    ] {
        assert_eq!(engine.picture(address).await, None, "{address}");
    }
}

#[tokio::test]
async fn a_neighbour_that_is_followed_may_show_its_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), world(&[("http://192.168.1.9/p.png", PNG), ("http://192.168.1.8/p.png", PNG)]));
    let source = NewSource {
        address: pepites_core::model::Address {
            kind: "feed".to_owned(),
            locator: "http://192.168.1.9/feed".to_owned(),
        },
        feed: None,
        title: None,
        name: None,
        site: None,
        folders: Vec::new(),
    };
    engine.store.add_sources(&[source], engine.now()).unwrap();
    assert!(engine.picture("http://192.168.1.9/p.png").await.is_some());
    assert!(engine.picture("http://192.168.1.8/p.png").await.is_none());
}

#[tokio::test]
async fn a_picture_is_asked_for_once_and_read_from_the_library_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let net = Replay::answering(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        Ok(reply(PNG))
    });
    let engine = engine(folder.path(), net);
    for _ in 0..3 {
        assert_eq!(engine.picture("http://a.example/p.png").await.unwrap().bytes, PNG);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_site_without_an_icon_is_asked_for_one_once_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let net = Replay::answering(move |request| {
        count.fetch_add(1, Ordering::SeqCst);
        let status = if request.url.contains("busy") { 503 } else { 404 };
        Ok(Reply { status, ..Reply::default() })
    });
    let engine = engine(folder.path(), net);
    let address = "http://a.example/favicon.ico";
    for _ in 0..3 {
        assert_eq!(engine.picture(address).await, None);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    let file = engine.file(&Url::parse(address).unwrap());
    assert_eq!(fs::read(&file).unwrap(), format!("{address}\n").into_bytes(), "only that there is none is kept");
    let yesterday = SystemTime::now() - NONE_FRESH;
    fs::File::options().write(true).open(&file).unwrap().set_modified(yesterday).unwrap();
    assert_eq!(engine.picture(address).await, None);
    assert_eq!(engine.picture(address).await, None);
    assert_eq!(asked.load(Ordering::SeqCst), 2, "and that there is still none is noted");
    for _ in 0..2 {
        assert_eq!(engine.picture("http://busy.example/favicon.ico").await, None);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 4, "who is busy is not taken for one without");
}

#[tokio::test]
async fn a_stale_picture_is_better_than_none() {
    let folder = tempfile::tempdir().unwrap();
    let address = "http://a.example/p.png";
    let engine = engine(folder.path(), Replay::new(BTreeMap::new()));
    let file = engine.file(&Url::parse(address).unwrap());
    keep(&file, address, PNG).unwrap();
    fs::File::options().write(true).open(&file).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(engine.picture(address).await.unwrap().bytes, PNG);
}

#[tokio::test]
async fn what_is_too_large_is_neither_shown_nor_kept_and_of_what_is_no_picture_only_that_it_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut large = PNG.to_vec();
    large.resize(LARGEST + 1, 0);
    let net = world(&[("http://a.example/large.png", &large), ("http://a.example/page.png", b"<html>")]);
    let engine = engine(folder.path(), net);
    for address in ["http://a.example/large.png", "http://a.example/page.png"] {
        assert_eq!(engine.picture(address).await, None, "{address}");
    }
    let kept: Vec<_> = fs::read_dir(folder.path().join(FOLDER)).unwrap().flatten().collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(fs::read(kept[0].path()).unwrap(), b"http://a.example/page.png\n");
}

#[test]
fn the_oldest_go_when_there_are_too_many() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..8_u64 {
        let file = folder.path().join(n.to_string());
        fs::write(&file, [0; 100]).unwrap();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(n);
        fs::File::options().write(true).open(&file).unwrap().set_modified(at).unwrap();
    }
    trim(folder.path(), 800).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 8);
    trim(folder.path(), 799).unwrap();
    let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["3", "4", "5", "6", "7"]);
}

#[test]
fn two_addresses_never_share_a_picture() {
    assert_eq!(opened(b"http://a.example/\nPICTURE", "http://a.example/"), Some(&b"PICTURE"[..]));
    assert_eq!(opened(b"http://a.example/\nPICTURE", "http://b.example/"), None);
    assert_eq!(opened(b"http://a.example/b\nPICTURE", "http://a.example/"), None);
}

#[test]
fn what_the_digest_needs_goes_last() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("pictures");
    fs::create_dir(&folder).unwrap();
    fs::write(place.path().join("pictures.needed"), "0\n1").unwrap();
    for n in 0..8_u64 {
        let file = folder.join(n.to_string());
        fs::write(&file, [0; 100]).unwrap();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(n);
        fs::File::options().write(true).open(&file).unwrap().set_modified(at).unwrap();
    }
    trim(&folder, 500).unwrap();
    let mut left: Vec<_> = fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.file_name()).collect();
    left.sort();
    assert_eq!(left, ["0", "1", "7"]);
}

/// A library of two sources, one of them with a picture that is not for everybody, and what its network was asked.
fn illustrated() -> (crate::fixture::Library, Arc<std::sync::Mutex<Vec<String>>>, tempfile::TempDir) {
    let asked = Arc::<std::sync::Mutex<Vec<String>>>::default();
    let heard = Arc::clone(&asked);
    let net = Replay::answering(move |request| {
        heard.lock().unwrap().push(request.url.clone());
        Ok(reply(PNG))
    });
    let mut library = crate::fixture::Library::with(Arc::new(net));
    let folder = tempfile::tempdir().unwrap();
    library.engine.place.folder = folder.path().to_owned();
    let body = |html: &str| Some(html.to_owned());
    let ana = library.follow("ana");
    let shown = "<p>A harbour</p><img src='/a.png'><img src='/b.png'><video poster='/c.png' src='/c.mp4'></video>";
    let one = pepites_core::model::Item { html: body(shown), ..library.item("ana", "The harbour is open again", 1) };
    library.bring(ana, vec![one]);
    let bob = library.follow("bob");
    let note = pepites_core::model::Note { sensitive: true, ..Default::default() };
    let hidden =
        pepites_core::model::Item { html: body("<img src='/d.png'>"), note, ..library.item("bob", "Mill wheels", 1) };
    library.bring(bob, vec![hidden]);
    library.engine.group().unwrap();
    (library, asked, folder)
}

#[tokio::test]
async fn the_pictures_of_the_digest_are_there_without_a_network() {
    let (library, asked, folder) = illustrated();
    let cancel = crate::Cancel::default();
    assert_eq!(library.engine.fetch_pictures(&cancel).await.unwrap(), 3);
    let mut urls = asked.lock().unwrap().clone();
    urls.sort();
    assert_eq!(
        urls,
        ["a", "b", "c"].map(|name| format!("https://ana.example/{name}.png")),
        "not what is asked for first"
    );
    assert_eq!(library.engine.fetch_pictures(&cancel).await.unwrap(), 3);
    assert_eq!(asked.lock().unwrap().len(), 3, "each is asked for once");
    assert_eq!(library.engine.kept_picture("https://ana.example/b.png").unwrap().bytes, PNG);
    let needed = fs::read_to_string(folder.path().join("cache/pictures.needed")).unwrap();
    assert_eq!(needed.lines().count(), 3);
}

#[tokio::test]
async fn no_picture_is_fetched_ahead_for_who_does_not_want_it_or_stopped_it() {
    let (library, asked, _folder) = illustrated();
    let stopped = crate::Cancel::default();
    stopped.cancel();
    library.engine.fetch_pictures(&stopped).await.unwrap();
    let mut settings = library.engine.settings().unwrap();
    settings.pictures_ahead = false;
    library.engine.change_settings(&settings).unwrap();
    let before = asked.lock().unwrap().len();
    assert_eq!(library.engine.fetch_pictures(&crate::Cancel::default()).await.unwrap(), 0);
    assert_eq!(asked.lock().unwrap().len(), before);
}
