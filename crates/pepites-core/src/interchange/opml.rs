//! Takes an OPML file of any program, gives its feeds with their folders; and writes our own. Attribute names and
//! nesting are read as exporters really write them (field notes: Feedly, newsboat, FreshRSS, Thunderbird, Flym, …).

mod origin;
mod scan;
mod write;
mod xpath;

pub use write::write;

use super::{
    Dialect, Harvest, Head, clean,
    gather::{Gather, Line},
};
use crate::model::{Folder, Phrase};
use scan::{Scan, Tag, Token};

pub(super) const DIALECT: Dialect = Dialect { name: "opml", recognise, read };

/// Folders below this depth are not named. No person nests so; a file of a million opened outlines does.
const DEEPEST: usize = 1_000;

/// Whether a file is OPML: by its root, or, where the beginning is missing or preceded by rubbish, by its outlines.
pub(super) fn recognise(head: &Head<'_>) -> bool {
    let start = head.start();
    match root(start).map(str::to_ascii_lowercase).as_deref() {
        Some("opml") => true,
        Some("html" | "rss" | "feed" | "rdf") => false,
        Some(_) => opens(start, &["opml", "outline"]),
        None => opens(start, &["opml"]),
    }
}

fn opens(start: &str, names: &[&str]) -> bool {
    Scan::new(start).any(|token| matches!(token, Token::Open(tag) if names.iter().any(|name| is(tag.name, name))))
}

/// The name of the first element of a text that begins with one, without its prefix.
pub(super) fn root(start: &str) -> Option<&str> {
    Scan::new(start).find_map(|token| match token {
        Token::Open(tag) => Some(Some(tag.name)),
        Token::Text(text) if text.trim_start_matches('\u{feff}').trim().is_empty() => None,
        Token::Text(_) | Token::Close(_) | Token::Cut(_) => Some(None),
    })?
}

fn read(text: &str) -> Harvest {
    let mut reader = Reader::default();
    let mut scan = Scan::new(text);
    for token in scan.by_ref() {
        match token {
            Token::Open(tag) => reader.open(&tag),
            Token::Close(name) => reader.close(name),
            Token::Text(text) if reader.in_title => reader.title.push_str(text),
            Token::Text(_) => {}
            Token::Cut(line) => reader.gather.damaged(line, Phrase::new("flaw.file_cut_off")),
        }
    }
    if reader.opened && !reader.ended {
        reader.gather.damaged(scan.line(), Phrase::new("flaw.file_cut_off"));
    } else if reader.ended && !reader.opened {
        reader.gather.damaged(1, Phrase::new("flaw.no_beginning"));
    }
    reader.finish()
}

/// An outline that is open.
struct Open {
    /// It gave the path a name.
    named: bool,
    /// Outlines directly in it.
    children: u32,
    /// The place in the harvest of the first feed directly in it.
    feed: Option<usize>,
    /// It says that it is a feed, has no address, and holds nothing so far: where it stands.
    lost: Option<u32>,
}

#[derive(Default)]
struct Reader {
    gather: Gather,
    open: Vec<Open>,
    path: Vec<String>,
    opened: bool,
    ended: bool,
    in_body: bool,
    in_title: bool,
    too_deep: bool,
    thunderbird: bool,
    title: String,
}

impl Reader {
    fn open(&mut self, tag: &Tag<'_>) {
        if is(tag.name, "outline") {
            self.in_body = true;
            self.outline(tag);
        } else if is(tag.name, "opml") {
            self.opened = true;
            self.thunderbird = tag.has_prefix("xmlns:fz");
            if let Some(program) = origin::of_namespaces(tag) {
                self.gather.written_by(program);
            }
        } else if is(tag.name, "body") {
            self.in_body = true;
        } else if is(tag.name, "title") && !self.in_body {
            self.in_title = !tag.empty;
        }
    }

    fn close(&mut self, name: &str) {
        if is(name, "outline") {
            self.close_outline();
        } else if is(name, "title") {
            self.in_title = false;
            self.thunderbird |= self.title.contains("Thunderbird");
        } else if is(name, "body") || is(name, "opml") {
            self.ended = true;
            self.open.clear();
            self.path.clear();
        }
    }

    fn outline(&mut self, tag: &Tag<'_>) {
        let title = tag.value("title").and_then(|title| clean::name(&title));
        let title = title.or_else(|| tag.value("text").and_then(|text| clean::name(&text)));
        let kind = tag.value("type").unwrap_or_default();
        let address = tag.value("xmlUrl").or_else(|| tag.value("url"));
        let search = is(&kind, "vfolder");
        let by_path = address.as_deref().and_then(|page| xpath::read(tag, &kind, page));
        let place = match &address {
            Some(_) if search => {
                let subject = title.as_deref().unwrap_or_default();
                self.gather.skip(tag.line, subject, Phrase::new("flaw.saved_search"));
                None
            }
            Some(address) if is_other_list(&kind, address) => {
                self.gather.skip(tag.line, address, Phrase::new("flaw.other_list"));
                None
            }
            Some(address) if by_path == Some(xpath::Read::Not) => {
                self.gather.skip(tag.line, address, Phrase::new("flaw.xpath"));
                None
            }
            Some(address) => self.gather.take(Line {
                line: tag.line,
                address: match &by_path {
                    Some(xpath::Read::List(list)) => list,
                    _ => address,
                },
                title: title.clone(),
                site: tag.value("htmlUrl").as_deref(),
                path: &self.path,
                // newsboat has no other folders.
                folders: tag.value("category").map(|list| clean::folders(&list).collect()).unwrap_or_default(),
            }),
            None => None,
        };
        if let Some(parent) = self.open.last_mut() {
            parent.children = parent.children.saturating_add(1);
            parent.feed = parent.feed.or(place);
            parent.lost = None;
        }
        // Flym and others write type="rss" on folders too, and some an xmlUrl="": only one that holds nothing is a feed
        // without an address.
        let lost = (address.is_none() && (is(&kind, "rss") || tag.has("xmlUrl"))).then_some(tag.line);
        if tag.empty {
            if let Some(line) = lost {
                self.gather.skip(line, title.as_deref().unwrap_or_default(), Phrase::new("flaw.no_address"));
            }
        } else {
            let name = title.filter(|_| address.is_none() && !search);
            let named = name.is_some() && self.path.len() < DEEPEST;
            if name.is_some() && !named && !self.too_deep {
                self.too_deep = true;
                self.gather.skip(tag.line, name.as_deref().unwrap_or_default(), Phrase::new("flaw.too_deep"));
            }
            self.path.extend(name.filter(|_| named));
            self.open.push(Open { named, children: 0, feed: None, lost });
        }
    }

    fn close_outline(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if let Some(line) = open.lost {
            let title = self.path.last().filter(|_| open.named).map(String::as_str).unwrap_or_default();
            self.gather.skip(line, title, Phrase::new("flaw.no_address"));
        }
        if !open.named {
            return;
        }
        // Thunderbird puts each feed alone into a folder of the feed's own name: that folder says nothing.
        if let (true, 1, Some(place)) = (self.thunderbird, open.children, open.feed) {
            let path = Folder(self.path.clone());
            if let Some(found) = self.gather.found(place).filter(|found| found.title.as_ref() == path.0.last()) {
                found.folders.retain(|folder| *folder != path);
                let parent = self.path.get(..self.path.len() - 1).unwrap_or_default();
                if !parent.is_empty() {
                    found.folders.push(Folder(parent.to_vec()));
                }
            }
        }
        self.path.pop();
    }

    fn finish(mut self) -> Harvest {
        if let Some(program) = origin::of_title(&clean::unescaped(&self.title)) {
            self.gather.written_by(program);
        }
        self.gather.finish()
    }
}

fn is(name: &str, wanted: &str) -> bool {
    name.eq_ignore_ascii_case(wanted)
}

/// `include` and links to `….opml` name another list; following it as a feed would fail at every visit.
fn is_other_list(kind: &str, address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    is(kind, "include") || (is(kind, "link") && path.ends_with(".opml"))
}

#[cfg(test)]
mod tests;
