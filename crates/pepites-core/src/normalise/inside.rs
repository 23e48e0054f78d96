//! Takes a body as the sanitiser wrote it, gives the places in it that its own links lead to: a note and the way back, the
//! parts of a long text. Never keeps a name that nothing leads to, and none without [`PREFIX`]: no name of the window's
//! own, and none that a script could ask for, is one of a post.

use std::collections::BTreeSet;

use super::{
    attributes::{Attributes, get, split, unescape},
    places::Places,
};

/// Before every name of a post. Names that have it keep it, so that cleaning twice is cleaning once.
const PREFIX: &str = "n-";

/// A longer name is none that a person or a program for notes gives.
const LONGEST: usize = 100;

/// Names of places, as they will be written.
#[derive(Debug, Default)]
pub(super) struct Inside {
    /// Those that links lead to and that are there.
    led_to: BTreeSet<String>,
    /// Those that were written: the second place of a name is none.
    written: BTreeSet<String>,
}

/// The places in `clean` that its own links lead to.
pub(super) fn of(clean: &str, places: &Places) -> Inside {
    // Most posts have none: nothing of them is looked at twice.
    if !clean.contains('#') || !(clean.contains(" id=\"") || clean.contains(" name=\"")) {
        return Inside::default();
    }
    let (mut there, mut led_to) = (BTreeSet::new(), BTreeSet::new());
    for piece in clean.split('<').skip(1) {
        let tag = piece.split_once('>').map_or("", |(tag, _)| tag);
        let Some((name, attributes)) = tag.split_once(' ') else { continue };
        let attributes = split(attributes);
        there.extend(name_of(&attributes));
        if name == "a" {
            led_to.extend(get(&attributes, "href").and_then(|href| target(href, places)));
        }
    }
    Inside { led_to: led_to.intersection(&there).cloned().collect(), written: BTreeSet::new() }
}

impl Inside {
    /// The name under which an element is a place; None where no link leads to it.
    pub(super) fn place(&mut self, attributes: &Attributes<'_>) -> Option<String> {
        let name = name_of(attributes).filter(|name| self.led_to.contains(name))?;
        self.written.insert(name.clone()).then_some(name)
    }

    /// The name of the place that `href`, still escaped, leads to inside of the body.
    pub(super) fn target(&self, href: &str, places: &Places) -> Option<String> {
        target(href, places).filter(|name| self.led_to.contains(name))
    }
}

fn name_of(attributes: &Attributes<'_>) -> Option<String> {
    named(&unescape(get(attributes, "id").or_else(|| get(attributes, "name"))?))
}

/// "#fn:1", or the same behind the address of the post's own page.
fn target(href: &str, places: &Places) -> Option<String> {
    let href = unescape(href);
    let (page, name) = href.split_once('#')?;
    let own = || {
        let (mut to, mut here) = (places.web(page)?, places.page.clone()?);
        to.set_fragment(None);
        here.set_fragment(None);
        Some(to == here)
    };
    if page.is_empty() || own()? { named(&plain(name)) } else { None }
}

/// A name of a post as one of ours.
fn named(name: &str) -> Option<String> {
    let good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    let name = name.trim();
    if name.is_empty() || name.len() > LONGEST || !name.chars().all(good) {
        return None;
    }
    Some(if name.starts_with(PREFIX) { name.to_owned() } else { format!("{PREFIX}{name}") })
}

/// Without the escapes of addresses: "#fn%3A1" leads to "fn:1".
fn plain(name: &str) -> String {
    let pair = format!("n={}", name.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, name)| name.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ours_or_none() {
        for (name, ours) in [
            ("fn1", Some("n-fn1")),
            ("fn:1", Some("n-fn:1")),
            ("n-fn1", Some("n-fn1")),
            ("é", Some("n-é")),
            ("", None),
            ("a b", None),
            ("a\"b", None),
        ] {
            assert_eq!(named(name).as_deref(), ours, "{name}");
        }
        assert_eq!(plain("fn%3A1+x"), "fn:1+x");
    }
}
