//! Takes a digest that was just made, says so on the desktop, in the system's language.
//! Never says what is in it: a screen that others see shows no headline.

use notify_rust::Notification;
use pepites_core::model::Phrase;
use pepites_engine::{catalogue::Language, contract::DigestView};

use crate::language::language;

/// Says that the day's digest is ready. A desktop that takes no notices is no trouble: the digest is there.
pub(crate) fn tell(digest: &DigestView) {
    let said = said(digest, Language::from_locale(language(|name| std::env::var(name).ok())));
    // It waits for the desktop: not where other work does.
    std::thread::spawn(move || {
        let _unheard = Notification::new().appname("Pépites").summary("Pépites").body(&said).show();
    });
}

/// "The day's digest is ready: 38 stories, 31 minutes, 3 nuggets."
fn said(digest: &DigestView, language: Option<Language>) -> String {
    let language = language.unwrap_or(Language::English);
    let count = |key: &str, count: u32| language.say(&Phrase::new(key).with("count", count));
    let phrase = Phrase::new("notify.digest")
        .with("stories", count("digest.stories", digest.line.stories))
        .with("minutes", count("digest.minutes", digest.line.minutes))
        .with("nuggets", count("digest.nuggets", digest.line.nuggets));
    language.say(&phrase)
}
