//! Takes an address that a contact gives, says of which sort its host is: somebody's own, or one that everybody has a page
//! on. Never asks it.

use url::Url;

use crate::text::mail::is_for_everyone;

/// Networks whose pages can be read by members only, or say nothing to who is not: they are not asked.
#[rustfmt::skip]
const CLOSED: &[&str] = &[
    "linkedin.com", "facebook.com", "fb.com", "fb.me", "instagram.com", "twitter.com", "x.com", "t.co", "tiktok.com", "snapchat.com", "whatsapp.com",
    "wa.me", "t.me", "telegram.me", "skype.com", "viadeo.com", "xing.com", "pinterest.com", "plus.google.com", "google.com", "goo.gl", "maps.app.goo.gl",
    "threads.net", "threads.com", "linktr.ee", "discord.gg", "discord.com", "vk.com", "weibo.com", "wechat.com", "line.me", "signal.me", "zoom.us",
    "calendly.com", "doodle.com", "dropbox.com", "paypal.me", "paypal.com", "amazon.com", "amazon.fr", "wikipedia.org",
];

/// Hosts where everybody has a page: the host itself says nothing of the person.
#[rustfmt::skip]
const SHARED: &[&str] = &[
    "github.com", "gitlab.com", "medium.com", "youtube.com", "flickr.com", "vimeo.com", "soundcloud.com", "bandcamp.com", "goodreads.com", "about.me",
    "gravatar.com", "wordpress.com", "blogspot.com", "tumblr.com", "substack.com", "livejournal.com", "dev.to", "hashnode.dev", "researchgate.net",
    "academia.edu", "orcid.org", "free.fr", "orange.fr", "wanadoo.fr", "sites.google.com", "notion.site", "carrd.co",
];

/// The web address that a contact's text means; None when it is none, or one of this machine or its neighbours.
pub(super) fn web(text: &str) -> Option<Url> {
    let address = crate::sources::recognise_page(text)?;
    let host = address.host_str()?;
    // A router's page in an address book is no one's site.
    let inside = address.domain().is_none()
        || !host.contains('.')
        || ["local", "lan", "home", "internal", "localhost"].iter().any(|end| host.rsplit('.').next() == Some(end));
    (!inside).then_some(address)
}

/// Whether a site is asked at all.
pub(super) fn is_open(url: &Url) -> bool {
    !url.host_str().is_some_and(|host| is_among(host, CLOSED))
}

/// Whether the whole host is somebody's own: its front page, and not of those where everybody has one.
pub(super) fn is_own(url: &Url) -> bool {
    let bare = url.path() == "/" && url.query().is_none();
    bare && url.host_str().is_some_and(|host| !is_among(host, SHARED) && !is_among(host, CLOSED))
}

fn is_among(host: &str, list: &[&str]) -> bool {
    list.iter().any(|known| host == *known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.')))
}

/// The domain of a mail address, where it is the person's own or their employer's.
#[must_use]
pub fn domain_of(email: &str) -> Option<String> {
    let host = email.rsplit_once('@')?.1.trim().to_ascii_lowercase();
    let plain = host.contains('.')
        && !is_for_everyone(&host)
        && web(&host).is_some_and(|url| url.path() == "/" && url.port().is_none());
    plain.then_some(host)
}

/// What of a host says whose it is: without `www.` and the ending.
pub(super) fn label(host: &str) -> &str {
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.rsplit_once('.').map_or(host, |(name, _)| name)
}

/// `https://www.a.example/x/` and `a.example/x` are one page.
pub(super) fn place(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.split('#').next().unwrap_or(rest).trim_end_matches('/').to_lowercase()
}
