//! Takes a seed and a day, gives the demo world: 155 sources and thirty days of posts, as feeds, pages and pictures.
//! Never reads a clock, a disk or a network; `serve` alone opens sockets, on loopback.

pub mod book;
mod bulk;
mod calendar;
mod chance;
mod compose;
mod feed;
mod key;
mod page;
mod pen;
mod picture;
mod ploy;
mod roster;
mod schedule;
mod serve;
mod trial;
mod words;

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use pepites_core::model::{Batch, Day, Moment, Reply, Request, Validators};

pub use bulk::Bulk;
pub use key::Key;
pub use serve::{ServeError, Serving, serve, serve_late};
pub use trial::Trial;

use crate::net::{NetError, Replay};
use roster::{Role, Site, feed_path, host, roster};
use schedule::{Draft, Event};
use words::Language;

/// How many days a world shows.
pub const DAYS: i64 = 30;

/// The port that a demo asks for first: ids of posts hold it, so that it should be the same tomorrow.
pub const USUAL_PORT: u16 = 8127;

/// A world: the same seed, day and volume give the same bytes; another day gives the same posts where the days overlap.
#[derive(Clone, Debug)]
pub struct World {
    seed: u64,
    volume: i64,
    last: i64,
    until: Moment,
    sites: Vec<Site>,
    /// By source, newest first.
    posts: Vec<Vec<Draft>>,
}

/// A newcomer's library before it is opened: what to import, and the net that answers for it.
pub struct Library {
    /// The OPML of every source, to import.
    pub opml: String,
    /// What answers from memory for all of them: opens an `Engine` without a socket.
    pub net: Replay,
}

impl World {
    /// The world of the thirty days (UTC) that end with `day`. `volume` multiplies the posts: 1 is about 100 a day.
    /// A day that does not exist is taken for 1970-01-01.
    #[must_use]
    pub fn new(seed: u64, day: &Day, volume: u32) -> Self {
        let (volume, last) = (i64::from(volume.max(1)), calendar::number(day));
        let sites = roster(seed);
        let drafts = (last + 1 - DAYS..=last).flat_map(|day| schedule::day(seed, &sites, day, volume)).collect();
        Self { seed, volume, last, until: Moment(i64::MAX), posts: by_source(&sites, drafts), sites }
    }

    /// The world in which the search for nuggets is tried: as loud as `trial` says, with three decoys for each nugget.
    #[must_use]
    pub fn trial(seed: u64, day: &Day, trial: &Trial) -> Self {
        let (last, sites) = (calendar::number(day), trial::roster(seed));
        let drafts = (last + 1 - DAYS - trial.days.clamp(1, DAYS)..=last)
            .flat_map(|day| trial::day(seed, &sites, day, trial))
            .collect();
        Self { seed, volume: 1, last, until: Moment(i64::MAX), posts: by_source(&sites, drafts), sites }
    }

    /// The world of another day: the same posts where the days overlap.
    #[must_use]
    pub fn at(&self, day: &Day) -> Self {
        Self::new(self.seed, day, u32::try_from(self.volume).unwrap_or(1))
    }

    /// The same world without what is published after `now`.
    #[must_use]
    pub fn until(mut self, now: Moment) -> Self {
        self.until = now;
        self
    }

    /// The locator of every source, in the order of their addresses: feeds' addresses and people's profiles.
    #[must_use]
    pub fn locators(&self, port: u16) -> Vec<String> {
        self.sites.iter().map(|site| self.locator(site, port)).collect()
    }

    /// Every source as OPML 2.0: nested folders, people as profile addresses.
    #[must_use]
    pub fn opml(&self, port: u16) -> String {
        let mut root = Branch::default();
        for site in &self.sites {
            let line = self.outline(site, port);
            if site.folders.is_empty() {
                root.lines.push(line.clone());
            }
            for folder in &site.folders {
                let branch = folder.iter().fold(&mut root, |branch, name| branch.folders.entry(name).or_default());
                branch.lines.push(line.clone());
            }
        }
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>Pépites</title></head>\n<body>\n",
        );
        root.write(1, &mut out);
        out.push_str("</body>\n</opml>\n");
        out
    }

    /// What the world answers at an address; None when the host is not of this world, 404 when the path is not.
    #[must_use]
    pub fn reply(&self, url: &str) -> Option<Reply> {
        let (authority, path) =
            url.strip_prefix("http://")?.split_once('/').unwrap_or((url.strip_prefix("http://")?, ""));
        let (name, port) = authority.split_once(':').unwrap_or((authority, "80"));
        let port: u16 = port.parse().ok()?;
        let site = self.sites.iter().find(|site| host(site.index) == name)?;
        let path = format!("/{}", path.split_once('#').map_or(path, |(path, _)| path));
        let answer = self.answer(site, &path, port);
        let (status, kind, body, changed) =
            answer.unwrap_or_else(|| (404, "text/plain; charset=utf-8", b"Not found\n".to_vec(), None));
        let mut headers = vec![("content-type".to_owned(), kind.to_owned())];
        if status == 200 {
            headers.push(("etag".to_owned(), format!("\"{:016x}\"", xxhash_rust::xxh3::xxh3_64(&body))));
        }
        if let Some(changed) = changed {
            headers.push(("last-modified".to_owned(), calendar::http(changed)));
        }
        Some(Reply { asked: url.to_owned(), url: url.to_owned(), status, headers, body, ..Reply::default() })
    }

    /// The truth about every post: its story, and whether it is a nugget. For tests and evaluation only.
    #[must_use]
    pub fn key(&self, port: u16) -> Vec<Key> {
        key::key(self, port)
    }

    /// Exactly `count` posts that end with the last day, oldest first, thirty days of one source at a time.
    #[must_use]
    pub fn bulk(&self, count: usize, port: u16) -> Bulk<'_> {
        bulk::bulk(self, count, port)
    }

    /// What the source of that index published after `since` and up to `until`, oldest first.
    #[must_use]
    pub fn published(&self, index: usize, since: Moment, until: Moment, port: u16) -> Batch {
        bulk::published(self, index, since, until, port)
    }

    pub(crate) fn site(&self, index: usize) -> Option<&Site> {
        self.sites.get(index)
    }

    pub(crate) fn locator(&self, site: &Site, port: u16) -> String {
        match site.role {
            Role::Person => format!("{}/@{}", feed::root(site, port), site.handle),
            _ => format!("{}{}", feed::root(site, port), feed_path(site)),
        }
    }

    /// The address of a post's own page.
    pub(crate) fn address(&self, draft: &Draft, port: u16) -> String {
        self.site(draft.site).map_or_else(String::new, |site| feed::root(site, port) + &page::path(self, site, draft))
    }

    /// The post in which the news site of that language tells an event.
    pub(crate) fn original(&self, language: Language, event: Event) -> Option<Draft> {
        let site = self.sites.iter().find(|site| site.role == Role::News && site.language == language)?;
        Some(schedule::original(self.seed, site, event))
    }

    /// What a source shows, newest first.
    pub(crate) fn shown(&self, index: usize) -> impl Iterator<Item = &Draft> {
        self.posts.get(index).into_iter().flatten().filter(|draft| draft.at <= self.until)
    }

    fn outline(&self, site: &Site, port: u16) -> String {
        let home = format!("{}/", feed::root(site, port));
        format!(
            "<outline type=\"rss\" text=\"{0}\" title=\"{0}\" xmlUrl=\"{1}\" htmlUrl=\"{2}\" language=\"{3}\"/>",
            page::escape(site.title),
            page::escape(&self.locator(site, port)),
            page::escape(&home),
            site.language.code(),
        )
    }

    fn answer(&self, site: &Site, path: &str, port: u16) -> Option<(u16, &'static str, Vec<u8>, Option<Moment>)> {
        const HTML: &str = "text/html; charset=utf-8";
        let shown = || self.shown(site.index).collect::<Vec<&Draft>>();
        if path == feed_path(site) {
            let feed = feed::feed(self, site, &shown(), port);
            return Some((200, feed.kind, feed.bytes, self.shown(site.index).next().map(|draft| draft.at)));
        }
        if path == "/" || (site.role == Role::Person && path == format!("/@{}", site.handle)) {
            return Some((200, HTML, page::front(self, site, &shown(), port).into(), None));
        }
        if let Some(number) = path.strip_prefix("/media/").and_then(|name| name.strip_suffix(".png")) {
            let number = u64::from_str_radix(number, 16).ok()?;
            return Some((200, "image/png", picture::png(number), None));
        }
        // Planets link to the original with the parameters of their own; the page is the same.
        let bare = path.split_once("?utm_").map_or(path, |(bare, _)| bare);
        let draft = self.shown(site.index).find(|draft| page::path(self, site, draft) == bare)?;
        Some((200, HTML, page::article(self, site, draft, port).into(), Some(draft.at)))
    }
}

/// The posts of each source, newest first.
fn by_source(sites: &[Site], drafts: Vec<Draft>) -> Vec<Vec<Draft>> {
    let mut posts: Vec<Vec<Draft>> = vec![Vec::new(); sites.len()];
    for draft in drafts {
        if let Some(list) = posts.get_mut(draft.site) {
            list.push(draft);
        }
    }
    for list in &mut posts {
        list.sort_by_key(|draft| std::cmp::Reverse((draft.at, draft.slot)));
    }
    posts
}

/// The world as a library to open: an engine over `net` imports `opml`, then refreshes.
#[must_use]
pub fn library(world: World, port: u16) -> Library {
    Library { opml: world.opml(port), net: Replay::answering(replay(world)) }
}

/// What a net answers from memory: the world's reply, or 304 where the request's validators still hold; for the people of
/// its address book too. A host that is not of this world is unreachable.
pub fn replay(world: impl Into<Arc<World>>) -> impl Fn(&Request) -> Result<Reply, NetError> + Send + Sync + 'static {
    let world = world.into();
    move |request| {
        let reply = world.reply(&request.url).or_else(|| book::answer(&request.url));
        let reply = reply.ok_or_else(|| NetError::Unreachable(request.url.clone()))?;
        let header = |name: &str| {
            request.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
        };
        let asked = Validators { etag: header("if-none-match"), last_modified: header("if-modified-since") };
        Ok(if unchanged(&asked, &reply) { Reply { status: 304, body: Vec::new(), ..reply } } else { reply })
    }
}

/// Whether what was asked with these validators is still what the reply says (RFC 9110: the tag decides where there
/// is one, the date only otherwise).
#[must_use]
pub fn unchanged(asked: &Validators, reply: &Reply) -> bool {
    if reply.status != 200 {
        return false;
    }
    match (&asked.etag, &asked.last_modified) {
        (Some(tags), _) => reply.header("etag").is_some_and(|etag| {
            tags.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == etag || tag == "*")
        }),
        (None, Some(since)) => {
            let changed = reply.header("last-modified").and_then(calendar::parse_http);
            changed.zip(calendar::parse_http(since)).is_some_and(|(changed, since)| changed <= since)
        }
        (None, None) => false,
    }
}

/// A folder of the OPML being written.
#[derive(Default)]
struct Branch {
    folders: BTreeMap<&'static str, Branch>,
    lines: Vec<String>,
}

impl Branch {
    fn write(&self, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        for (name, folder) in &self.folders {
            out.push_str(&format!("{indent}<outline text=\"{0}\" title=\"{0}\">\n", page::escape(name)));
            folder.write(depth + 1, out);
            out.push_str(&format!("{indent}</outline>\n"));
        }
        for line in &self.lines {
            out.push_str(&format!("{indent}{line}\n"));
        }
    }
}
