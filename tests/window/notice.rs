//! At the reader's hour the desktop is told, in the language that the window speaks; a press on the notice brings the digest.

use std::{collections::HashMap, sync::mpsc, time::Instant};

use zbus::{blocking::connection, interface, object_server::SignalEmitter, zvariant::OwnedValue};

use crate::{
    host::Host,
    stage::{BLINK, ENGLISH, NOW, PATIENCE, Stage},
};

/// Where every desktop takes notices.
const PLACE: &str = "/org/freedesktop/Notifications";
/// The number that the desktop of this journey gives a notice.
const NUMBER: u32 = 7;

/// A desktop that shows notices: it keeps what they say and what can be pressed on them.
struct Desktop(mpsc::Sender<(String, Vec<String>)>);

#[interface(name = "org.freedesktop.Notifications")]
impl Desktop {
    #[expect(clippy::too_many_arguments, reason = "the shape of the desktop's own call")]
    fn notify(
        &self,
        _app: &str,
        _replaces: u32,
        _icon: &str,
        _summary: &str,
        body: &str,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        let _gone = self.0.send((body.to_owned(), actions));
        NUMBER
    }

    fn get_capabilities(&self) -> Vec<String> {
        vec!["actions".to_owned(), "body".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("journey".to_owned(), "pepites".to_owned(), "1".to_owned(), "1.2".to_owned())
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;
}

#[tokio::test]
async fn the_hour_is_told_in_the_language_of_the_window_and_a_press_brings_the_digest() {
    let host = Host::papers();
    let stage = Stage::set(ENGLISH).await;
    let list = stage.file("papers.opml", &host.opml());
    let run =
        |arguments: &[&str]| assert!(stage.terminal(arguments).output().unwrap().status.success(), "{arguments:?}");
    run(&["import", list.to_str().unwrap()]);
    run(&["settings", "digest-at", "08:00"]);
    run(&["settings", "notify", "on"]);

    let window = stage.open_on_bus(&["--library", &stage.library(), "--now", NOW]).await;
    let address = std::fs::read_to_string(stage.path("bus")).unwrap();
    let (tell, told) = mpsc::channel();
    let desktop = tokio::task::spawn_blocking(move || {
        connection::Builder::address(address.as_str())?
            .name("org.freedesktop.Notifications")?
            .serve_at(PLACE, Desktop(tell))?
            .build()
    });
    let desktop = desktop.await.unwrap().unwrap();
    // The reader chose French, on a desktop that speaks English.
    window.see("main").await;
    window.run("document.querySelector('nav .settings button').click()").await.unwrap();
    window.see("dialog[open] fieldset").await;
    // Not by its place on the screen: what is still on its way to the settings moves it.
    let french = "[...document.querySelectorAll('dialog label')].find((label) => label.textContent.trim() === 'Français').click()";
    window.run(french).await.unwrap();
    window.until("the window speaks French", "return document.documentElement.lang === 'fr'").await;
    window
        .run("document.querySelector('dialog[open] header button').click(); location.hash = '#/starred'")
        .await
        .unwrap();

    let (body, actions) =
        tokio::task::spawn_blocking(move || told.recv_timeout(PATIENCE)).await.unwrap().expect("no notice came");
    assert!(body.starts_with("Le digest du jour est prêt"), "{body}");
    assert_eq!(actions, ["default", "Le lire"]);
    let emitter = SignalEmitter::new(desktop.inner(), PLACE).unwrap();
    let shown = "return location.hash === '#/today' && document.querySelectorAll('[data-post]').length > 0";
    let deadline = Instant::now() + PATIENCE;
    // The program begins to listen just after it told: a hand is slower, and presses once.
    while window.run(shown).await.unwrap() != true {
        assert!(Instant::now() < deadline, "the digest is not shown");
        Desktop::action_invoked(&emitter, NUMBER, "default").await.unwrap();
        tokio::time::sleep(BLINK).await;
    }
    window.close().await;
}
