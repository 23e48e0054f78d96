//! The window as a guest of its desktop: links from outside are offered and not followed, the page is enlarged, the tray says
//! what is left, and the session starts it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, mpsc},
    time::{Duration, Instant},
};

use serde_json::json;
use zbus::{
    blocking::{Connection, Proxy, connection},
    interface,
    message::Header,
    zvariant::{OwnedObjectPath, OwnedValue, Structure, Value},
};

use crate::{
    host::Host,
    reading::first_digest,
    stage::{BLINK, ENGLISH, NOW, PATIENCE, Stage, Window, until},
    stories::ask,
};

#[tokio::test]
async fn a_link_to_a_feed_is_offered_in_the_window_that_is_open_and_nothing_is_asked_yet() {
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open_on_bus(&["--library", &stage.library(), "--now", NOW, "feed://first.example/feed"]).await;
    let typed = |address: &str| format!("return document.querySelector('#address')?.value === '{address}'");
    window.until("the link of the start is offered", &typed("http://first.example/feed")).await;
    let second = ["--library", &stage.library(), "web+follow:%40ada%40quay.example"];
    assert!(stage.start_again(&second, &stage.path("home")).await.success());
    window.until("the link of the second start is offered", &typed("@ada@quay.example")).await;
    let sources = ask(&window, "sources", json!(null)).await;
    assert_eq!(sources, json!([]), "nothing was followed");
    let looked = "return !!document.querySelector('.answer p')";
    assert_eq!(window.run(looked).await.unwrap(), false, "nothing was asked of anybody");
    window.close().await;
}

#[tokio::test]
async fn the_page_is_enlarged_step_by_step_and_back() {
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("//h1[.='Pépites']").await;
    let width = async || window.run("return innerWidth").await.unwrap().as_i64().unwrap();
    let press = |key: &str| {
        format!("dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', ctrlKey: true, bubbles: true }}))")
    };
    let usual = width().await;
    window.run(&press("+")).await.unwrap();
    window.run(&press("=")).await.unwrap();
    let quarter = (usual as f64 / 1.25).round() as i64;
    window.until("it is 125 %", &format!("return Math.abs(innerWidth - {quarter}) <= 1")).await;
    window.run(&press("-")).await.unwrap();
    window.until("it is 110 %", &format!("return innerWidth > {quarter} + 1 && innerWidth < {usual}")).await;
    window.run(&press("0")).await.unwrap();
    window.until("it is as usual", &format!("return innerWidth === {usual}")).await;
    window.close().await;
}

#[tokio::test]
async fn a_story_is_shared_by_mail_with_a_subject_and_a_text_alone() {
    let stage = Stage::set(ENGLISH).await;
    let window = first_digest(&stage).await;
    window.press("j").await;
    window.see(".story .body a").await;
    window.press("S").await;
    window.push("Write a mail").await;
    let opened = stage.browsing(1).await;
    let (start, rest) = opened[0].split_at("mailto:?subject=".len());
    assert_eq!(start, "mailto:?subject=");
    let (subject, body) = rest.split_once("&body=").unwrap();
    assert!(!subject.is_empty() && body.contains("http%3A%2F%2F127.0.0.1"), "{rest}");
    assert_eq!(rest.matches('&').count(), 1, "{rest}");
    window.close().await;
}

/// A desktop that shows icons in a tray: it is told of each.
struct Watcher(mpsc::Sender<(String, String)>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: &str, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let _gone = self.0.send((sender, service.to_owned()));
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        Vec::new()
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

/// An icon in the tray, by the name of its program on the bus and its place there.
#[derive(Clone)]
struct Icon {
    bus: Connection,
    program: String,
    place: String,
    menu: OwnedObjectPath,
}

type Line = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

impl Icon {
    fn of(bus: Connection, program: String, place: String) -> Self {
        let item = Proxy::new(&bus, program.clone(), place.clone(), "org.kde.StatusNotifierItem").unwrap();
        let menu = item.get_property("Menu").unwrap();
        Self { bus: bus.clone(), program, place, menu }
    }

    fn door(&self) -> Proxy<'_> {
        Proxy::new(&self.bus, self.program.clone(), self.menu.clone(), "com.canonical.dbusmenu").unwrap()
    }

    /// The lines of its menu: their numbers and words.
    fn lines(&self) -> Vec<(i32, String)> {
        let asked = (0_i32, -1_i32, Vec::<String>::new());
        let (_, (_, _, children)): (u32, Line) = self.door().call("GetLayout", &asked).unwrap();
        let line = |child: OwnedValue| {
            let line: Line = Structure::try_from(Value::from(child)).unwrap().try_into().unwrap();
            let words = line.1.get("label").and_then(|label| String::try_from(label.try_clone().unwrap()).ok());
            (line.0, words.unwrap_or_default())
        };
        children.into_iter().map(line).collect()
    }

    /// Whether it is to be seen.
    fn is_shown(&self) -> bool {
        let item =
            Proxy::new(&self.bus, self.program.clone(), self.place.clone(), "org.kde.StatusNotifierItem").unwrap();
        item.get_property::<String>("Status").unwrap() == "Active"
    }

    /// Chooses the line of its menu that says this.
    fn press(&self, words: &str) {
        let (line, _) = self.lines().into_iter().find(|(_, own)| own == words).expect("no such line");
        let pressed = (line, "clicked", Value::from(0_i32), 0_u32);
        let () = self.door().call("Event", &pressed).unwrap();
    }
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

/// Waits until the first line of the icon's menu fits.
async fn says(icon: &Icon, fits: impl Fn(&str) -> bool) -> String {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let own = icon.clone();
        let lines = apart(move || own.lines()).await;
        let first = lines.first().map(|(_, words)| words.clone()).unwrap_or_default();
        if fits(&first) {
            return first;
        }
        assert!(Instant::now() < deadline, "the tray says {lines:?}");
        tokio::time::sleep(BLINK).await;
    }
}

async fn settings(window: &Window) {
    window.run("document.querySelector('nav .settings button').click()").await.unwrap();
    window.see("dialog[open] fieldset").await;
}

#[tokio::test]
async fn the_tray_says_what_is_left_and_follows_what_is_read() {
    let host = Host::papers();
    let stage = Stage::set(ENGLISH).await;
    let list = stage.file("papers.opml", &host.opml());
    let run =
        |arguments: &[&str]| assert!(stage.terminal(arguments).output().unwrap().status.success(), "{arguments:?}");
    run(&["import", list.to_str().unwrap()]);
    run(&["refresh"]);
    run(&["today"]);
    let window = stage.open_on_bus(&["--library", &stage.library(), "--now", NOW]).await;
    window.see("[data-post]").await;
    settings(&window).await;
    let tray = "//dialog//label[contains(., 'Stay in the tray')]/input";
    window.find(tray).await;
    assert!(!window.find(tray).await.is_enabled().await.unwrap(), "there is no tray yet");
    window.run("document.querySelector('dialog[open] header button').click()").await.unwrap();

    let (bus, told) = tray_of(&stage).await;
    settings(&window).await;
    window.until("the tray can be chosen", "return [...document.querySelectorAll('dialog label')].some((l) => /in the tray/.test(l.textContent) && !l.querySelector('input').disabled)").await;
    window.run("[...document.querySelectorAll('dialog label')].find((l) => /in the tray/.test(l.textContent)).querySelector('input').click()").await.unwrap();
    window.run("document.querySelector('dialog[open] header button').click()").await.unwrap();
    let icon = comes(&bus, &told).await;
    let first = says(&icon, |words| words.starts_with("Left today: ")).await;

    // One is read: the tray follows.
    let post = window.run("return Number(document.querySelector('[data-post]').dataset.post)").await.unwrap();
    ask(&window, "mark", json!({ "posts": [post], "mark": "read", "on": true })).await;
    says(&icon, |words| words.starts_with("Left today: ") && words != first).await;
    window.close().await;
}

/// One of the feeds of the journey.
const GARDEN: &str = "/garden.xml";
/// A second refresh would have begun by then.
const SECOND_LOOK: Duration = Duration::from_secs(2);

/// Waits for the icon that the program shows next.
async fn comes(bus: &Connection, told: &Arc<Mutex<mpsc::Receiver<(String, String)>>>) -> Icon {
    let (bus, told) = (bus.clone(), Arc::clone(told));
    apart(move || {
        let (program, place) = told.lock().unwrap().recv_timeout(PATIENCE).expect("no icon came");
        Icon::of(bus, program, place)
    })
    .await
}

/// A desktop with a tray, from now on; who comes there is told.
async fn tray_of(stage: &Stage) -> (Connection, Arc<Mutex<mpsc::Receiver<(String, String)>>>) {
    let address = std::fs::read_to_string(stage.path("bus")).unwrap();
    let (tell, told) = mpsc::channel();
    let bus = apart(move || {
        connection::Builder::address(address.as_str())
            .and_then(|bus| bus.name("org.kde.StatusNotifierWatcher"))
            .and_then(|bus| bus.serve_at("/StatusNotifierWatcher", Watcher(tell)))
            .and_then(connection::Builder::build)
            .unwrap()
    });
    (bus.await, Arc::new(Mutex::new(told)))
}

#[tokio::test]
async fn an_icon_that_was_wanted_before_there_was_a_tray_comes_with_it_and_each_line_of_its_menu_acts_once() {
    let host = Host::papers();
    let stage = Stage::set(ENGLISH).await;
    let list = stage.file("papers.opml", &host.opml());
    assert!(stage.terminal(&["import", list.to_str().unwrap()]).output().unwrap().status.success());
    let kept = stage.path("config/app.pepites.desktop");
    std::fs::create_dir_all(&kept).unwrap();
    std::fs::write(kept.join("manners.json"), r#"{"tray":true}"#).unwrap();
    let window = stage.open_on_bus(&["--library", &stage.library(), "--now", NOW]).await;
    window.see("nav .settings button").await;
    let (bus, told) = tray_of(&stage).await;
    let icon = comes(&bus, &told).await;

    // Off and on again.
    let set = async |on: bool| {
        let set = format!("return window.__TAURI_INTERNALS__.invoke('set_tray', {{ on: {on} }}).then(() => true)");
        window.run(&set).await.unwrap();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let own = icon.clone();
            if apart(move || own.is_shown()).await == on {
                break;
            }
            assert!(Instant::now() < deadline, "the icon does not follow: {on}");
            tokio::time::sleep(BLINK).await;
        }
    };
    set(false).await;
    set(true).await;
    let before = host.asked(GARDEN);
    let own = icon.clone();
    apart(move || own.press("Refresh")).await;
    let deadline = Instant::now() + PATIENCE;
    while host.asked(GARDEN) == before {
        assert!(Instant::now() < deadline, "nothing was asked");
        tokio::time::sleep(BLINK).await;
    }
    // What acts twice waits for the first refresh to end, and begins another at once.
    window.until("the refresh has ended", "return !document.querySelector('[role=progressbar]')").await;
    tokio::time::sleep(SECOND_LOOK).await;
    assert_eq!(host.asked(GARDEN), before + 1, "the feed was asked once");
    window.close().await;
}

#[tokio::test]
async fn the_session_starts_it_when_the_reader_says_so_and_not_otherwise() {
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("//h1[.='Pépites']").await;
    let entry = stage.path("config/autostart/app.pepites.desktop.desktop");
    assert!(!entry.exists(), "off until it is asked for");
    settings(&window).await;
    let at_login = "//dialog//label[contains(., 'with my session')]/input";
    window.find(at_login).await.click().await.unwrap();
    let checked = "return [...document.querySelectorAll('dialog label')].find((l) => /with my session/.test(l.textContent)).querySelector('input').checked";
    window.until("it is on", &format!("{checked} === true")).await;
    // The box shows the click at once: what it asks for comes after.
    let kept = until("the entry", || std::fs::read_to_string(&entry).ok().filter(|kept| kept.ends_with('\n'))).await;
    let line = kept.lines().find_map(|line| line.strip_prefix("Exec=")).unwrap();
    assert_eq!(line, format!("\"{}\" --hidden", env!("CARGO_BIN_EXE_pepites-desktop")));
    window.find(at_login).await.click().await.unwrap();
    window.until("it is off", &format!("return !({})", checked.trim_start_matches("return "))).await;
    until("the end of the entry", || (!entry.exists()).then_some(())).await;
    window.close().await;
}
