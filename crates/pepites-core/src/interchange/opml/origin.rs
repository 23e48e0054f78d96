//! Takes what an OPML file says of itself, gives the program that wrote it, for the import report.

use super::scan::Tag;

/// What stands in the title of each program's export, in lower case.
#[rustfmt::skip]
const TITLES: &[(&str, &str)] = &[
    ("subscriptions in feedly", "Feedly"),
    ("subscriptions in google reader", "Google Reader"),
    ("inoreader", "Inoreader"),
    ("newsboat", "newsboat"),
    ("newsbeuter", "newsbeuter"),
    ("freshrss", "FreshRSS"),
    ("miniflux", "Miniflux"),
    ("the old reader", "The Old Reader"),
    ("newsblur", "NewsBlur"),
    ("feedbin", "Feedbin"),
    ("bazqux", "BazQux Reader"),
    ("liferea", "Liferea"),
    ("thunderbird", "Thunderbird"),
    ("netnewswire", "NetNewsWire"),
    ("rss guard", "RSS Guard"),
    ("rssguard", "RSS Guard"),
    ("quiterss", "QuiteRSS"),
    ("fluent reader", "Fluent Reader"),
    ("newsflash", "NewsFlash"),
    ("akregator", "Akregator"),
    ("tiny tiny rss", "Tiny Tiny RSS"),
    ("nextcloud", "Nextcloud News"),
    ("netvibes", "Netvibes"),
    ("antennapod", "AntennaPod"),
    ("pocket casts", "Pocket Casts"),
    ("pépites", "Pépites"),
];

/// Namespaces that one program alone declares.
#[rustfmt::skip]
const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:frss", "FreshRSS"),
    ("xmlns:fz", "Thunderbird"),
    ("xmlns:miniflux", "Miniflux"),
    ("xmlns:rssguard", "RSS Guard"),
];

/// The program that the title names.
pub(super) fn of_title(title: &str) -> Option<&'static str> {
    let title = title.to_lowercase();
    TITLES.iter().find(|(mark, _)| title.contains(mark)).map(|(_, program)| *program)
}

/// The program whose namespace the file declares.
pub(super) fn of_namespaces(opml: &Tag<'_>) -> Option<&'static str> {
    NAMESPACES.iter().find(|(namespace, _)| opml.has_prefix(namespace)).map(|(_, program)| *program)
}
