//! Takes a source and its posts, gives its feed: RSS 2.0, Atom or JSON Feed, with the habits of real ones (no guid,
//! relative links, CDATA or entities, windows-1252, five ways to write a date).
//! Never decides what is in it.

use pepites_core::model::Moment;
use serde_json::json;

use super::{
    World, calendar,
    chance::Chance,
    compose::{Block, Text, compose},
    page::{body, escape},
    roster::{Format, Role, Site, Telling, feed_path, habit, host},
    schedule::{Draft, Matter},
    trial::Ploy,
    words::{FIRST_NAMES_EN, FIRST_NAMES_FR, Language},
};

/// A feed, ready to be sent.
pub(crate) struct Feed {
    /// Its Content-Type.
    pub kind: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The one source whose feed is still written in windows-1252.
const OLD_ENCODING: &str = "Terminal vert";

/// What a feed says about one post.
pub(crate) struct Entry<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// Its words.
    pub text: Text,
    /// The guid, where there is one.
    pub id: Option<String>,
    /// The address, absolute.
    pub link: String,
    /// Who wrote it: on a forum and in a newsroom not always the same person.
    pub author: &'static str,
    /// The body that the feed carries.
    pub html: String,
}

/// The feed of a source with these posts, newest first.
pub(crate) fn feed(world: &World, site: &Site, drafts: &[&Draft], port: u16) -> Feed {
    let mut entries: Vec<Entry<'_>> = drafts.iter().map(|draft| entry(world, site, draft, port)).collect();
    if site.role == Role::Blog && habit(site, 25, 12) == 0 {
        entries.reverse();
    }
    let newest = drafts.first().map_or(Moment(0), |draft| draft.at);
    match site.format {
        Format::Rss => rss(site, &entries, port, newest),
        Format::Atom => {
            Feed { kind: "application/atom+xml; charset=utf-8", bytes: atom(site, &entries, port, newest).into() }
        }
        Format::Json => Feed { kind: "application/feed+json", bytes: json_feed(site, &entries, port).into() },
    }
}

/// One post as the feed of its source tells it.
pub(crate) fn entry<'a>(world: &World, site: &Site, draft: &'a Draft, port: u16) -> Entry<'a> {
    let mut text = compose(world, draft);
    let (id, link) = names(world, site, draft, port);
    if site.role == Role::News || (site.role == Role::Blog && habit(site, 23, 7) == 0) {
        // The beginning only: the rest is on the page.
        text.blocks.truncate(2);
    }
    let html = body(&text, &root(site, port), &|to| world.address(to, port));
    Entry { draft, text, id, link, author: author(site, draft), html }
}

/// The guid of a post, where it has one, and its address.
pub(crate) fn names(world: &World, site: &Site, draft: &Draft, port: u16) -> (Option<String>, String) {
    let own = world.address(draft, port);
    match &draft.matter {
        Matter::Release { event, telling: Some(Telling::SameLink) } => {
            let original = world.original(site.language, *event).map_or(own, |first| world.address(&first, port));
            (
                Some(original.clone()),
                if habit(site, 27, 2) == 0 { original } else { original + "?utm_source=planet&utm_medium=rss" },
            )
        }
        Matter::Ploy(Ploy::Echo(to, true)) => {
            let original = world.address(to, port);
            (Some(original.clone()), original)
        }
        _ => (identity(site, draft, &own), own),
    }
}

/// Who wrote a post.
pub(crate) fn author(site: &Site, draft: &Draft) -> &'static str {
    let names = match site.language {
        Language::Fr => FIRST_NAMES_FR,
        Language::En => FIRST_NAMES_EN,
    };
    match site.role {
        Role::Forum | Role::News => Chance::of(9, &[draft.day, draft.slot]).pick(names),
        _ => site.author,
    }
}

/// Where a site's pages begin.
pub(crate) fn root(site: &Site, port: u16) -> String {
    format!("http://{}:{port}", host(site.index))
}

fn identity(site: &Site, draft: &Draft, link: &str) -> Option<String> {
    if matches!(site.role, Role::Person | Role::News) {
        return Some(link.to_owned());
    }
    match habit(site, 20, 9) {
        0 if site.format == Format::Rss => None,
        1..5 => Some(link.to_owned()),
        _ => Some(format!("tag:{},2024:{}.{}", slug_of(site), draft.day, draft.slot)),
    }
}

fn slug_of(site: &Site) -> String {
    super::page::slug(site.title)
}

fn rss(site: &Site, entries: &[Entry<'_>], port: u16, newest: Moment) -> Feed {
    let old = site.title == OLD_ENCODING;
    let (root, dates) = (root(site, port), habit(site, 26, 5));
    let iso = dates == 4;
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"{}\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n",
        if old { "windows-1252" } else { "UTF-8" }
    );
    let home = if site.role == Role::Person { format!("{root}/@{}", site.handle) } else { format!("{root}/") };
    tag(&mut out, "title", site.title);
    tag(&mut out, "link", &home);
    tag(&mut out, "description", &about(site));
    tag(&mut out, "language", site.language.code());
    tag(&mut out, "lastBuildDate", &calendar::http(newest));
    let itself = escape(&format!("{root}{}", feed_path(site)));
    out.push_str(&format!("<atom:link href=\"{itself}\" rel=\"self\" type=\"application/rss+xml\"/>\n"));
    for entry in entries {
        out.push_str("<item>\n");
        if let Some(title) = &entry.text.title {
            tag(&mut out, "title", title);
        }
        let relative = site.role == Role::Blog && habit(site, 21, 8) == 0;
        tag(
            &mut out,
            "link",
            if relative { entry.link.strip_prefix(&root).unwrap_or(&entry.link) } else { &entry.link },
        );
        if let Some(id) = &entry.id {
            let permalink = *id == entry.link;
            out.push_str(&format!("<guid isPermaLink=\"{permalink}\">{}</guid>\n", escape(id)));
        }
        let date = calendar::feed(entry.draft.at, dates);
        tag(&mut out, if iso { "dc:date" } else { "pubDate" }, &date);
        if site.role != Role::Person {
            tag(&mut out, "dc:creator", entry.author);
        }
        for label in &entry.text.tags {
            tag(&mut out, "category", label);
        }
        rss_body(&mut out, site, entry);
        out.push_str("</item>\n");
    }
    out.push_str("</channel>\n</rss>\n");
    if old {
        return Feed { kind: "text/xml", bytes: windows_1252(&out) };
    }
    let kind = if habit(site, 28, 4) == 0 { "text/xml" } else { "application/rss+xml; charset=utf-8" };
    Feed { kind, bytes: out.into() }
}

fn rss_body(out: &mut String, site: &Site, entry: &Entry<'_>) {
    let cdata = site.role != Role::Person && habit(site, 22, 2) == 0;
    let quoted = |html: &str| if cdata { format!("<![CDATA[{html}]]>") } else { escape(html) };
    if site.role == Role::Blog && habit(site, 24, 3) == 0 {
        if let Some(Block::Paragraph(first)) = entry.text.blocks.first() {
            tag(out, "description", first);
        }
        out.push_str(&format!("<content:encoded>{}</content:encoded>\n", quoted(&entry.html)));
    } else {
        out.push_str(&format!("<description>{}</description>\n", quoted(&entry.html)));
    }
    if site.role == Role::Person
        && let Some(Block::Picture(number, shown)) =
            entry.text.blocks.iter().find(|block| matches!(block, Block::Picture(..)))
        && let Some((root, _)) = entry.link.split_once("/@")
    {
        out.push_str(&format!(
            "<media:content url=\"{root}/media/{number:016x}.png\" type=\"image/png\" medium=\"image\"><media:description>{}</media:description></media:content>\n",
            escape(shown)
        ));
    }
}

fn atom(site: &Site, entries: &[Entry<'_>], port: u16, newest: Moment) -> String {
    let (root, dates) = (root(site, port), habit(site, 26, 2));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\" xml:base=\"{root}/\">\n",
        site.language.code()
    );
    tag(&mut out, "title", site.title);
    tag(&mut out, "subtitle", &about(site));
    tag(&mut out, "id", &format!("tag:{},2024:feed", slug_of(site)));
    tag(&mut out, "updated", &calendar::iso(newest, dates));
    out.push_str(&format!("<link href=\"{root}/\"/>\n<link rel=\"self\" href=\"{}\"/>\n", escape(&feed_path(site))));
    out.push_str(&format!("<author><name>{}</name></author>\n", escape(site.author)));
    for entry in entries {
        out.push_str("<entry>\n");
        tag(&mut out, "title", entry.text.title.as_deref().unwrap_or_default());
        out.push_str(&format!("<link rel=\"alternate\" href=\"{}\"/>\n", escape(&entry.link)));
        tag(&mut out, "id", entry.id.as_deref().unwrap_or(&entry.link));
        let date = calendar::iso(entry.draft.at, dates);
        tag(&mut out, "published", &date);
        tag(&mut out, "updated", &date);
        for label in &entry.text.tags {
            out.push_str(&format!("<category term=\"{}\"/>\n", escape(label)));
        }
        out.push_str(&format!("<content type=\"html\">{}</content>\n</entry>\n", escape(&entry.html)));
    }
    out.push_str("</feed>\n");
    out
}

fn json_feed(site: &Site, entries: &[Entry<'_>], port: u16) -> String {
    let root = root(site, port);
    let items: Vec<serde_json::Value> = entries
        .iter()
        .map(|entry| {
            json!({
                "id": entry.id.as_deref().unwrap_or(&entry.link),
                "url": entry.link,
                "title": entry.text.title,
                "content_html": entry.html,
                "date_published": calendar::iso(entry.draft.at, 1),
                "authors": [{ "name": entry.author }],
                "tags": entry.text.tags,
            })
        })
        .collect();
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title,
        "description": about(site),
        "home_page_url": format!("{root}/"),
        "feed_url": format!("{root}{}", feed_path(site)),
        "language": site.language.code(),
        "items": items,
    })
    .to_string()
}

fn about(site: &Site) -> String {
    let tags = site.topic.tags.join(", ");
    match site.role {
        Role::Person => format!("@{}: {tags}", site.handle),
        _ => format!("{}: {tags}", site.author),
    }
}

fn tag(out: &mut String, name: &str, text: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    out.push_str(&escape(text));
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}

/// The bytes of windows-1252; a reference for what it cannot say.
fn windows_1252(text: &str) -> Vec<u8> {
    /// What the range 0x80 to 0x9f holds of what the tables use.
    const HIGH: &[(char, u8)] = &[
        ('€', 0x80),
        ('…', 0x85),
        ('Œ', 0x8c),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('–', 0x96),
        ('—', 0x97),
        ('œ', 0x9c),
    ];
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        let code = u32::from(c);
        let latin = u8::try_from(code).ok().filter(|byte| *byte < 0x80 || *byte >= 0xa0);
        match latin.or_else(|| HIGH.iter().find(|(high, _)| *high == c).map(|(_, byte)| *byte)) {
            Some(byte) => out.push(byte),
            None => out.extend(format!("&#{code};").bytes()),
        }
    }
    out
}
