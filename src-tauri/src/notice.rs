//! Takes a digest that was just made, says so on the desktop, in the language that the window speaks; a press on it opens
//! the digest. Never says what is in it: a screen that others see shows no headline.

use notify_rust::Notification;
use pepites_core::model::Phrase;
use pepites_engine::{catalogue::Language, contract::DigestView};
use tauri::{AppHandle, Emitter, Manager};

use crate::{language::Speech, window};

/// What a desktop calls a press on the notice itself.
const PRESSED: &str = "default";
/// The event that asks the page for today's digest.
const TODAY: &str = "today";

/// Says that the day's digest is ready. A desktop that takes no notices is no trouble: the digest is there.
pub(crate) fn tell(app: &AppHandle, digest: &DigestView) {
    let language = app.state::<Speech>().now();
    show(app, said(digest, language), language);
}

/// Says that something came of what the reader wants to be told of, by the names of their own rules: no headline here either.
pub(crate) fn tell_came(app: &AppHandle, came: &[(String, u32)]) {
    let language = app.state::<Speech>().now();
    let one = |(name, count): &(String, u32)| {
        language.say(&Phrase::new("notify.came").with("name", plain(name)).with("count", *count))
    };
    show(app, came.iter().map(one).collect::<Vec<_>>().join("\n"), language);
}

/// A name as a notice shows it: where its text is markup, none of the name's own is.
fn plain(name: &str) -> String {
    if cfg!(all(unix, not(target_os = "macos"))) {
        name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    } else {
        name.to_owned()
    }
}

fn show(app: &AppHandle, said: String, language: Language) {
    let open = language.say(&Phrase::new("notify.open"));
    let app = app.clone();
    // It waits for the desktop, and then for the reader: not where other work does.
    std::thread::spawn(move || {
        let mut notice = Notification::new();
        notice.appname("Pépites").summary("Pépites").body(&said).action(PRESSED, &open);
        let Ok(shown) = notice.show() else { return };
        when_pressed(shown, move || {
            window::to_front(&app);
            let _gone = app.emit(TODAY, ());
        });
    });
}

/// Waits until the notice is pressed, or gone.
#[cfg(all(unix, not(target_os = "macos")))]
fn when_pressed(shown: notify_rust::NotificationHandle, act: impl FnOnce()) {
    shown.wait_for_action(|action| {
        if action == PRESSED {
            act();
        }
    });
}

/// Elsewhere the system brings the program to the front by itself.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn when_pressed(_shown: notify_rust::NotificationHandle, _act: impl FnOnce()) {}

/// "The day's digest is ready: 38 stories, 31 minutes, 3 nuggets."
fn said(digest: &DigestView, language: Language) -> String {
    let count = |key: &str, count: u32| language.say(&Phrase::new(key).with("count", count));
    let phrase = Phrase::new("notify.digest")
        .with("stories", count("digest.stories", digest.line.stories))
        .with("minutes", count("digest.minutes", digest.line.minutes))
        .with("nuggets", count("digest.nuggets", digest.line.nuggets));
    language.say(&phrase)
}
