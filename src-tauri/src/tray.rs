//! Takes the day's digest, gives an icon in the desktop's tray that says what is left of it and lets one open, refresh and
//! quit. Never there unless the reader asked for it, nor where no tray would show it, and never blinks.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use pepites_core::model::Phrase;
use pepites_engine::{
    Desk,
    catalogue::Language,
    contract::{Event, Left, Topic},
};
use serde_json::json;
use tauri::{
    AppHandle, Manager, Wry,
    menu::{MenuBuilder, MenuEvent, MenuItem},
    tray::TrayIconBuilder,
};
use tokio::sync::broadcast::error::RecvError;

use crate::{language::Speech, manners::Manners, window};

/// Who shows the icons of a tray.
#[cfg(target_os = "linux")]
const WATCHER: &str = "org.kde.StatusNotifierWatcher";
/// Its name among the tray's icons.
const ID: &str = "today";
/// What the lines of its menu are called; the first only says something.
const LINES: [(&str, &str); 4] =
    [("left", "tray.none"), ("open", "tray.open"), ("refresh", "tray.refresh"), ("quit", "tray.quit")];
/// Marks come in bursts; the tray need not follow each.
const REST: Duration = Duration::from_millis(400);
/// A day begins without an event.
const LOOK: Duration = Duration::from_secs(5 * 60);

/// The lines of the menu, once there is one, and whether its icon is to be seen.
#[derive(Default)]
pub(crate) struct Lines(Mutex<(Vec<MenuItem<Wry>>, bool)>);

/// Whether this desktop shows icons in a tray. It may begin or cease to: asked each time.
pub(crate) fn is_possible() -> bool {
    #[cfg(target_os = "linux")]
    {
        // Without it, the icon would be drawn for nobody, and a closed window would be lost.
        let watched = zbus::blocking::Connection::session().and_then(|bus| {
            let bus = zbus::blocking::fdo::DBusProxy::new(&bus)?;
            Ok(bus.name_has_owner(WATCHER.try_into()?)?)
        });
        watched.unwrap_or(false)
    }
    #[cfg(not(target_os = "linux"))]
    {
        true
    }
}

/// The icon is there, and to be seen.
pub(crate) fn is_there(app: &AppHandle) -> bool {
    app.state::<Lines>().are_shown()
}

/// Shows the icon when the program starts, where the reader wants it, and keeps it true. A window that was to begin hidden
/// is shown small where there is no icon to bring it back by. A session may start this program before its tray: the icon
/// comes when the tray does.
pub(crate) fn begin(app: &AppHandle, hidden: bool) {
    // Once, and not with each icon: none is forgotten when its icon goes, and the next one's would act beside it.
    app.on_menu_event(pressed);
    await_tray(app);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        follow(&app).await;
        if hidden && !is_there(&app) {
            window::small(&app);
        }
        let desk = app.state::<Desk>().inner().clone();
        keep(app, desk).await;
    });
}

/// Shows the icon, where it is wanted, as soon as this desktop has a tray, however late that is.
#[cfg(target_os = "linux")]
fn await_tray(app: &AppHandle) {
    let app = app.clone();
    let hear = move || -> zbus::Result<()> {
        let bus = zbus::blocking::Connection::session()?;
        let bus = zbus::blocking::fdo::DBusProxy::new(&bus)?;
        for change in bus.receive_name_owner_changed_with_args(&[(0, WATCHER)])? {
            if change.args()?.new_owner.is_some() {
                tauri::async_runtime::block_on(follow(&app));
            }
        }
        Ok(())
    };
    let heard = std::thread::Builder::new().name("tray".to_owned()).spawn(move || {
        // Without a bus there is no tray either.
        let _none = hear();
    });
    if let Err(error) = heard {
        log(&error);
    }
}

/// There, it is there from the start.
#[cfg(not(target_os = "linux"))]
fn await_tray(_app: &AppHandle) {}

/// Shows the icon or takes it away, as the reader chose.
pub(crate) async fn follow(app: &AppHandle) {
    let wanted = app.state::<Manners>().tray();
    let wanted = wanted && tauri::async_runtime::spawn_blocking(is_possible).await.unwrap_or(false);
    let own = app.clone();
    let (tell, done) = tokio::sync::oneshot::channel();
    let _closing = app.run_on_main_thread(move || {
        // It is hidden, and not made anew: Linux shows a second one of the same name nowhere.
        if let Some(icon) = own.tray_by_id(ID) {
            let put = icon.set_visible(wanted);
            own.state::<Lines>().show(wanted && put.is_ok());
        } else if wanted {
            // On Linux the library that draws it may not be installed, which ends in a panic.
            match catch_unwind(AssertUnwindSafe(|| show(&own))) {
                Ok(Ok(())) => {}
                Ok(Err(error)) => log(&error),
                Err(_panic) => log(&"its library is missing"),
            }
        }
        let _gone = tell.send(());
    });
    let _closing = done.await;
    say(app).await;
}

fn log(why: &dyn std::fmt::Display) {
    crate::say(&format!("no icon in the tray: {why}"));
}

fn show(app: &AppHandle) -> tauri::Result<()> {
    let language = app.state::<Speech>().now();
    let mut lines = Vec::new();
    for (id, key) in LINES {
        lines.push(MenuItem::with_id(app, id, language.say(&Phrase::new(key)), id != "left", None::<&str>)?);
    }
    let mut menu = MenuBuilder::new(app);
    for (at, line) in lines.iter().enumerate() {
        menu = if at == 1 { menu.separator().item(line) } else { menu.item(line) };
    }
    let mut icon = TrayIconBuilder::with_id(ID).menu(&menu.build()?);
    if let Some(picture) = app.default_window_icon() {
        icon = icon.icon(picture.clone());
    }
    icon.build(app)?;
    app.state::<Lines>().set(lines);
    Ok(())
}

fn pressed(app: &AppHandle, event: MenuEvent) {
    match event.id().as_ref() {
        "open" => window::to_front(app),
        "quit" => app.exit(0),
        "refresh" => {
            let desk = app.state::<Desk>().inner().clone();
            tauri::async_runtime::spawn(async move {
                // The window shows how it goes; without a network there is nothing new, and nothing to say here.
                let _report = desk.call("refresh", json!({ "due": false, "only": null })).await;
            });
        }
        _ => {}
    }
}

/// Keeps what the icon says true, for as long as this is awaited.
async fn keep(app: AppHandle, desk: Desk) {
    let mut events = desk.events();
    loop {
        match tokio::time::timeout(LOOK, events.recv()).await {
            Ok(Ok(Event::Changed(topics))) if topics.iter().any(counts) => tokio::time::sleep(REST).await,
            Ok(Ok(_)) => continue,
            Ok(Err(RecvError::Closed)) => return,
            Ok(Err(RecvError::Lagged(_))) | Err(_) => {}
        }
        // What came while it rested is told by this look too.
        while events.try_recv().is_ok() {}
        say(&app).await;
    }
}

fn counts(topic: &Topic) -> bool {
    matches!(topic, Topic::Marks | Topic::Digests | Topic::Posts | Topic::Settings)
}

/// Says what is left, in the language that the window speaks.
pub(crate) async fn say(app: &AppHandle) {
    let lines = app.state::<Lines>().all();
    if lines.is_empty() {
        return;
    }
    let (language, left) = (app.state::<Speech>().now(), app.state::<Desk>().left().await);
    let said = said(left, language);
    if let Some(icon) = app.tray_by_id(ID) {
        // Linux has no tips; the line in the menu says the same.
        let _none = icon.set_tooltip(Some(&said));
    }
    for (line, (id, key)) in lines.iter().zip(LINES) {
        let _gone = line.set_text(if id == "left" { said.clone() } else { language.say(&Phrase::new(key)) });
    }
}

/// "12 stories left, 9 minutes".
fn said(left: Option<Left>, language: Language) -> String {
    let Some(Left { stories, minutes }) = left else { return language.say(&Phrase::new("tray.none")) };
    if stories == 0 {
        return language.say(&Phrase::new("tray.all"));
    }
    let count = |key: &str, count: u32| language.say(&Phrase::new(key).with("count", count));
    let phrase = Phrase::new("tray.left")
        .with("stories", count("digest.stories", stories))
        .with("minutes", count("digest.minutes", minutes));
    language.say(&phrase)
}

impl Lines {
    fn set(&self, lines: Vec<MenuItem<Wry>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (lines, true);
    }

    fn show(&self, shown: bool) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1 = shown;
    }

    fn are_shown(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1
    }

    fn all(&self) -> Vec<MenuItem<Wry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_is_left_in_the_reader_s_language() {
        let left = |stories, minutes| Some(Left { stories, minutes });
        for (left, language, expected) in [
            (left(12, 9), Language::English, "Left today: 12 stories, 9 minutes"),
            (left(1, 1), Language::French, "Reste aujourd’hui\u{a0}: 1 histoire, 1 minute"),
            (left(0, 0), Language::English, "All read for today"),
            (None, Language::French, "Pas encore de digest aujourd’hui"),
        ] {
            assert_eq!(said(left, language), expected);
        }
    }
}
