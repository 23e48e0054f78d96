//! Takes the text of an XML document, however broken, gives its outline: the elements that feeds are made of.
//! Never fails, never recurses, never expands a declared entity: each `<` is looked at once.

use std::{collections::HashMap, ops::Range};

use super::{
    entity::unescape,
    namespace::{Spaces, is_text},
    token::{Tokens, What, attributes, flatten},
};

/// Entries of one feed that are read. The longest archive feeds seen carry about 2,000; the rest is an attack or a
/// mistake, and would only push a digest's worth of memory around.
pub(super) const MOST_ENTRIES: usize = 5_000;

/// Elements that are kept of one document: 80 for each of the most entries. The richest podcasts have 40 in an entry.
const MOST_ELEMENTS: usize = 80 * MOST_ENTRIES;

/// How deep below an entry its parts are kept: `entry/media:group/media:content/media:thumbnail` is three.
const DEEPEST_PART: usize = 3;

/// How deep elements outside entries are kept: `rdf/channel/image/url` is four.
const DEEPEST_HEAD: usize = 4;

/// One element that was kept.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// Its name in lower case with a well-known prefix (`dc:date`), without one for the feed's own vocabulary.
    pub key: String,
    /// The place of its parent in [`Outline::elements`].
    pub parent: Option<usize>,
    /// Its end was seen: what is inside is whole.
    pub whole: bool,
    attributes: &'a str,
    inner: &'a str,
    starts: usize,
    /// One after the place of its last descendant.
    end: usize,
}

/// The elements that were kept, in order of the document.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    /// Heads, entries and their parts.
    pub elements: Vec<Element<'a>>,
    /// Places of the entries among them.
    pub entries: Vec<usize>,
    /// Entries beyond [`MOST_ENTRIES`], not kept.
    pub beyond: usize,
    /// The prefix that stands for XHTML, as the document declares it.
    pub xhtml_prefix: Option<String>,
}

struct Open<'a> {
    name: &'a str,
    place: Option<usize>,
    /// Nothing below is kept: it is the text of a post, not the outline of a feed.
    opaque: bool,
}

struct Reading<'a> {
    text: &'a str,
    outline: Outline<'a>,
    spaces: Spaces,
    open: Vec<Open<'a>>,
    /// How many elements of each name are open: an end tag without a beginning must not cost a walk up the stack.
    counts: HashMap<&'a str, usize>,
    /// How many elements were open when the current entry began, and its place.
    entry: Option<(usize, Option<usize>)>,
}

impl<'a> Outline<'a> {
    /// The outline of `text`.
    pub(super) fn of(text: &'a str) -> Self {
        let mut reading = Reading {
            text,
            outline: Outline::default(),
            spaces: Spaces::default(),
            open: Vec::new(),
            counts: HashMap::new(),
            entry: None,
        };
        for token in Tokens::of(text) {
            match token.what {
                What::Start { name, attributes, empty } => {
                    reading.start(name, attributes, empty, token.at..token.after);
                }
                What::End { name } => reading.end(name, token.at),
                What::Section | What::Other => {}
            }
        }
        while !reading.open.is_empty() {
            reading.pop(text.len(), false);
        }
        reading.outline.xhtml_prefix = reading.spaces.prefix_of("xhtml");
        reading.outline
    }

    /// The elements directly inside the one at `place`, with their places.
    pub(super) fn children(&self, place: usize) -> impl Iterator<Item = (usize, &Element<'a>)> {
        let end = self.elements.get(place).map_or(place, |element| element.end);
        let range = self.elements.get(place + 1..end).unwrap_or_default();
        (place + 1..).zip(range).filter(move |(_, child)| child.parent == Some(place))
    }

    /// The elements of that name directly inside the one at `place`.
    pub(super) fn named<'s>(&'s self, place: usize, key: &'s str) -> impl Iterator<Item = &'s Element<'a>> {
        self.children(place).map(|(_, child)| child).filter(move |child| child.key == key)
    }

    /// The first text, not blank, of the first of those names that has one inside the element at `place`.
    pub(super) fn first_text(&self, place: usize, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| self.named(place, key).find_map(Element::text))
    }
}

impl<'a> Reading<'a> {
    fn start(&mut self, name: &'a str, attributes: &'a str, empty: bool, tag: Range<usize>) {
        self.spaces.learn(attributes);
        let opaque = self.open.last().is_some_and(|open| open.opaque);
        let key = if opaque && !name.ends_with("item") && !name.ends_with("entry") {
            None
        } else {
            Some(self.spaces.key(name, attributes))
        };
        let is_entry = key.as_deref().is_some_and(|key| key == "item" || key == "entry");
        // `<item />` inside an item is seen in the wild, and says nothing; an item that begins inside an item means
        // that the end of the first was forgotten.
        if is_entry && let Some((depth, _)) = self.entry {
            if empty {
                return;
            }
            while self.open.len() > depth {
                self.pop(tag.start, true);
            }
        }
        let place = key.and_then(|key| self.keep(key, attributes, is_entry, opaque, tag.end));
        if empty {
            if let Some(element) = place.and_then(|place| self.outline.elements.get_mut(place)) {
                element.whole = true;
            }
            return;
        }
        if is_entry {
            self.entry = Some((self.open.len(), place));
        }
        let kept_key = place.and_then(|place| self.outline.elements.get(place)).map(|element| element.key.as_str());
        let opaque = opaque && !is_entry || kept_key.is_some_and(is_text);
        *self.counts.entry(name).or_default() += 1;
        self.open.push(Open { name, place, opaque });
    }

    fn keep(&mut self, key: String, attributes: &'a str, is_entry: bool, opaque: bool, after: usize) -> Option<usize> {
        let place = self.outline.elements.len();
        let kept = match self.entry {
            _ if is_entry => {
                let room = self.outline.entries.len() < MOST_ENTRIES;
                if !room {
                    self.outline.beyond += 1;
                }
                room
            }
            _ if opaque || place >= MOST_ELEMENTS => false,
            Some((depth, entry)) => entry.is_some() && self.open.len() - depth <= DEEPEST_PART,
            None => self.open.len() < DEEPEST_HEAD,
        };
        if !kept {
            return None;
        }
        let parent = self.open.iter().rev().find_map(|open| open.place);
        if is_entry {
            self.outline.entries.push(place);
        }
        self.outline.elements.push(Element {
            key,
            parent,
            whole: false,
            attributes,
            inner: "",
            starts: after,
            end: place + 1,
        });
        Some(place)
    }

    fn end(&mut self, name: &'a str, at: usize) {
        if self.counts.get(name).copied().unwrap_or_default() == 0 {
            return;
        }
        while self.open.last().is_some_and(|open| open.name != name) {
            self.pop(at, true);
        }
        self.pop(at, true);
    }

    fn pop(&mut self, at: usize, whole: bool) {
        let Some(open) = self.open.pop() else { return };
        if let Some(count) = self.counts.get_mut(open.name) {
            *count -= 1;
        }
        if self.entry.is_some_and(|(depth, _)| depth == self.open.len()) {
            self.entry = None;
        }
        let end = self.outline.elements.len();
        if let Some(element) = open.place.and_then(|place| self.outline.elements.get_mut(place)) {
            element.inner = self.text.get(element.starts..at).unwrap_or_default();
            element.whole = whole;
            element.end = end;
        }
    }
}

impl<'a> Element<'a> {
    /// The value of an attribute, unescaped and trimmed; None when blank.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        attributes(self.attributes)
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| unescape(value).trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    /// Something is said in its tag.
    pub(super) fn has_attributes(&self) -> bool {
        attributes(self.attributes).next().is_some()
    }

    /// What it says, without the tags inside it, trimmed; None when blank or cut off.
    pub(super) fn text(&self) -> Option<String> {
        if !self.whole {
            return None;
        }
        let (text, _) = flatten(self.inner, false);
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// What it holds as markup: its text unescaped once, or, when tags stand in it unescaped, what stands there.
    pub(super) fn markup(&self) -> Option<String> {
        if !self.whole {
            return None;
        }
        let (text, tags) = flatten(self.inner, false);
        let text = if tags { flatten(self.inner, true).0 } else { text };
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// What stands between its tags, byte for byte.
    pub(super) fn raw(&self) -> Option<&'a str> {
        self.whole.then_some(self.inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each entry's title and link, one entry a line.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let outline = Outline::of(text);
        let lines: Vec<String> = outline
            .entries
            .iter()
            .map(|place| {
                ["title", "link"].map(|key| outline.first_text(*place, &[key]).unwrap_or("-".into())).join(" ")
            })
            .collect();
        assert_eq!(lines.join("|"), expected);
    }

    #[test]
    fn whole_entries_survive_whatever_is_wrong_around_them() {
        check("<rss><channel><item><title>a</title><link>b</link></item></channel></rss>", "a b");
        check("<item><title>a</title><link>b</link></item><item><title>c</ti", "a b|- -");
        check("<item><title>a</title><item><title>c</title></item>", "a -|c -");
        check("<item><title>a</title><item /><link>b</link></item>", "a b");
        check("<item><description><p>x<br>y</description><title>a</title></item>", "a -");
        check("<item><title>AT&T & co < 3 <3</title></item>", "AT&T & co < 3 <3 -");
        check("<item><title><![CDATA[a <b> c]]></title></b></c></item><item><title>d</title></item>", "a <b> c -|d -");
        check("<!DOCTYPE rss [<!ENTITY x \"<item>\">]><item><title>&x;</title></item>", "&x; -");
        check("<item a=\"x>y\" b='un><title>a</title></item>", "a -");
        check("<item><!-- <title>no</title> --><title>a</title></item>", "a -");
    }

    #[test]
    fn hostile_markup_costs_no_more_than_its_length() {
        for pattern in
            ["<a>", "</b>", "<a", "<!-- >", "<? >", "<!x[>", "<a b=\"", "<![CDATA[", "&", "<item>", "<item a='<"]
        {
            let text = pattern.repeat(60_000);
            assert!(Outline::of(&text).entries.len() <= MOST_ENTRIES, "{pattern}");
        }
    }

    #[test]
    fn entries_beyond_the_most_are_counted_not_kept() {
        let text = "<item><title>a</title></item>".repeat(MOST_ENTRIES + 7);
        let outline = Outline::of(&text);
        assert_eq!((outline.entries.len(), outline.beyond), (MOST_ENTRIES, 7));
    }
}
