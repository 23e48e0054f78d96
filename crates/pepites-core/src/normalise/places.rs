//! Takes what a source and an item say about where they are, gives the address that others in them are relative to.
//! Never lets through a scheme that runs or reads files: http and https, and mailto where a link may be one.

use url::Url;

use crate::model::{Item, Source};
use crate::text::address;

/// Where a post stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// The post's own page.
    pub page: Option<Url>,
    /// What addresses in its body are relative to.
    pub base: Option<Url>,
    /// Hosts that are its own site, as `address::host_of` gives them.
    pub own: Vec<String>,
    /// No picture is shown before it is asked for.
    pub sensitive: bool,
}

impl Places {
    /// Where `item` of `source` stands; `site` is the page that this batch gives for the source.
    pub(super) fn of(source: &Source, site: Option<&str>, item: &Item) -> Self {
        let feed = web(source.feed.as_deref().unwrap_or(&source.address.locator), None);
        let site = site.or(source.site.as_deref()).and_then(|site| web(site, feed.as_ref()));
        // A podcast may have no page: its file is then what it is known and opened by.
        let link = item.link.as_deref().or_else(|| item.enclosures.first().map(|file| file.url.as_str()));
        let page = link.and_then(|link| web(link, site.as_ref().or(feed.as_ref())));
        let around = page.as_ref().or(site.as_ref()).or(feed.as_ref());
        let base = item.base.as_deref().and_then(|base| web(base, around)).or_else(|| around.cloned());
        let own = [page.as_ref(), site.as_ref(), feed.as_ref()];
        let mut own: Vec<String> = own.into_iter().flatten().filter_map(address::host_of).collect();
        own.dedup();
        Self { page, base, own, sensitive: item.note.sensitive }
    }

    /// The absolute http or https address that `reference` means here.
    pub(super) fn web(&self, reference: &str) -> Option<Url> {
        // "#note-1" is a place on the page itself, whatever the base for pictures is.
        let base = if reference.starts_with('#') { self.page.as_ref() } else { self.base.as_ref() };
        web(reference, base)
    }

    /// Like [`Places::web`], for what a reader may follow: mailto as well.
    pub(super) fn link(&self, reference: &str) -> Option<Url> {
        match Url::parse(reference) {
            Ok(url) if url.scheme() == "mailto" => Some(url),
            _ => self.web(reference),
        }
    }

    /// The canonical form of a link to another site than the post's own.
    pub(super) fn outside(&self, url: &Url) -> Option<String> {
        let host = address::host_of(url)?;
        if self.own.iter().any(|own| address::same_site(own, &host)) {
            return None;
        }
        address::canonical_from(url, self.own.first().map(String::as_str))
    }
}

/// The absolute http or https address that `reference` means beside `base`.
fn web(reference: &str, base: Option<&Url>) -> Option<Url> {
    let url = match Url::parse(reference.trim()) {
        Ok(url) => url,
        Err(_relative) => base?.join(reference.trim()).ok()?,
    };
    let http = matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty());
    http.then_some(url)
}
