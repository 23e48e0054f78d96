//! Takes what the sanitiser wrote, gives the post's HTML, its plain text and its links in one walk.
//! Never parses HTML again: the sanitiser's serialiser writes one form only (every value quoted, `<` and `>` escaped).
//! Writes no tag and no attribute by any other way than the list in `tags`, so an error here cannot widen it.

use url::Url;

use super::attributes::{Attributes, escape_text_into, fitting, get, split, unescape};
use super::formula;
use super::inside::{self, Inside};
use super::media;
use super::nesting::{fits, holds_rows};
use super::places::Places;
use super::plain::{Plain, escape_into};
use super::tags::{self, Flow, LAZY, SENSITIVE, Tag};

/// Links that a post is known to make; more are navigation.
pub(super) const MOST_LINKS: usize = 30;

/// Deeper tags are dropped and their text kept: no article needs them, and every later reader walks them.
const DEEPEST: usize = 128;

/// What stands on every link.
const REL: &str = " rel=\"noopener noreferrer nofollow\"";

/// What one walk gives.
#[derive(Debug)]
pub(super) struct Walked {
    /// The HTML.
    pub html: String,
    /// Its plain text.
    pub text: String,
    /// Canonical addresses of other sites that it links to.
    pub links: Vec<String>,
    /// Every parser reads the HTML as it is written: cleaning it once more would change nothing.
    pub steady: bool,
    /// It has formulas: cleaned once more, their plain text would be that of their letters.
    pub formulas: bool,
}

/// What an open tag of the source turned into.
struct Open<'a> {
    name: &'a str,
    into: &'static str,
    flow: Flow,
    /// Mastodon shortens the text of a link by a class: an ellipsis follows.
    ellipsis: bool,
    /// Mastodon hides the rest of it by another.
    hidden: bool,
}

struct Walk<'a> {
    places: &'a Places,
    html: String,
    plain: Plain,
    links: Vec<String>,
    steady: bool,
    open: Vec<Open<'a>>,
    /// The tags written and not yet closed, outermost first.
    written: Vec<&'static str>,
    hidden: usize,
    /// What its links lead to inside it.
    inside: Inside,
    /// Where the last formula was written up to, and its plain text is no longer what stands in the HTML.
    formula_ends: Option<usize>,
    /// Where the last `<pre>` was written up to: a parser drops a line break that follows at once.
    pre_begins: usize,
    /// The last picture: a lazy-loading script's twin of it follows in `<noscript>`.
    picture: Option<Url>,
}

/// Walks `clean`, as the sanitiser wrote it.
pub(super) fn rewrite(clean: &str, places: &Places) -> Walked {
    let mut walk = Walk {
        places,
        html: String::with_capacity(clean.len() + clean.len() / 8),
        plain: Plain::default(),
        links: Vec::new(),
        steady: true,
        open: Vec::new(),
        written: Vec::new(),
        hidden: 0,
        inside: inside::of(clean, places),
        formula_ends: None,
        pre_begins: usize::MAX,
        picture: None,
    };
    let mut rest = clean;
    while let Some((text, after)) = rest.split_once('<') {
        walk.text(text);
        let Some((tag, after)) = after.split_once('>') else { break };
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            walk.close(name);
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if name == "math" {
            let (formula, after) = formula::read(attributes, after);
            walk.formula(&formula);
            rest = after;
            continue;
        }
        walk.open(name, attributes);
        if name == "iframe" {
            // Its content is raw text, for browsers that know no frames.
            rest = rest.split_once("</iframe>").map_or("", |(_, after)| after);
        }
    }
    walk.text(rest);
    while let Some(name) = walk.open.last().map(|open| open.name) {
        walk.close(name);
    }
    let html = if walk.html.starts_with(char::is_whitespace) {
        walk.html.trim().to_owned()
    } else {
        walk.html.truncate(walk.html.trim_end().len());
        walk.html
    };
    let formulas = walk.formula_ends.is_some();
    Walked { html, text: walk.plain.finish(), links: walk.links, steady: walk.steady, formulas }
}

impl<'a> Walk<'a> {
    fn text(&mut self, mut text: &str) {
        if self.html.len() == self.pre_begins {
            text = text.trim_start_matches('\n');
        }
        if text.is_empty() || self.hidden > 0 {
            return;
        }
        if self.written.last().is_some_and(|name| holds_rows(name)) && !text.trim().is_empty() {
            self.steady = false;
        }
        self.html.push_str(text);
        self.plain.add_escaped(text);
    }

    fn open(&mut self, name: &'a str, attributes: &'a str) {
        let Some(tag) = tags::find(name) else { return };
        let attributes: Attributes<'a> = split(attributes);
        if tag.flow == Flow::Void {
            if self.hidden == 0 {
                self.void(tag, &attributes);
            }
            return;
        }
        let class = |wanted: &str| get(&attributes, "class").is_some_and(|all| all.split(' ').any(|one| one == wanted));
        let in_link = self.written.contains(&"a");
        // What KaTeX draws beside the formula that it draws.
        let twin = self.formula_ends.is_some() && class("katex-html");
        let hidden = tag.name == "span" && (twin || (in_link && class("invisible")));
        let ellipsis = tag.name == "span" && in_link && class("ellipsis");
        self.hidden += usize::from(hidden);
        let mut into = "";
        if self.hidden == 0 {
            self.set_apart(tag.flow);
            if self.written.len() < DEEPEST
                && let Some(begun) = self.begin(tag, &attributes)
            {
                into = begun;
                self.written.push(into);
            }
        }
        self.open.push(Open { name, into, flow: tag.flow, ellipsis, hidden });
        if into == "pre" {
            self.pre_begins = self.html.len();
        }
    }

    fn close(&mut self, name: &str) {
        if self.open.last().is_none_or(|open| open.name != name) {
            return;
        }
        let Some(open) = self.open.pop() else { return };
        if open.ellipsis && self.hidden == 0 {
            self.html.push('…');
            self.plain.add("…");
        }
        if !open.into.is_empty() {
            self.written.pop();
            self.html.push_str("</");
            self.html.push_str(open.into);
            self.html.push('>');
        }
        if self.hidden == 0 {
            self.set_apart(open.flow);
        }
        self.hidden -= usize::from(open.hidden);
    }

    fn set_apart(&mut self, flow: Flow) {
        match flow {
            Flow::Block => self.plain.line(),
            Flow::Cell => self.plain.space(),
            Flow::Inline | Flow::Void => {}
        }
    }

    /// A formula: its brackets and signs are text, what is above and below stands there.
    fn formula(&mut self, formula: &formula::Formula) {
        if self.hidden > 0 || formula.html.is_empty() {
            return;
        }
        let apart = formula.apart && fits(&self.written, "div");
        if self.written.last().is_some_and(|name| holds_rows(name)) {
            self.steady = false;
        }
        if apart {
            self.plain.line();
            self.html.push_str("<div>");
        }
        self.html.push_str(&formula.html);
        self.plain.add_escaped(&formula.plain);
        if apart {
            self.html.push_str("</div>");
            self.plain.line();
        }
        self.formula_ends = Some(self.html.len());
    }

    /// Writes the start tag of an element with content, gives its name; None when only its content is kept.
    fn begin(&mut self, tag: &'static Tag, attributes: &Attributes<'_>) -> Option<&'static str> {
        let place = self.inside.place(attributes);
        let href = (tag.into == "a" && !self.written.contains(&"a")).then(|| get(attributes, "href")).flatten();
        let within = href.and_then(|href| self.inside.target(href, self.places));
        let target = href.filter(|_| within.is_none()).and_then(|href| self.places.link(&unescape(href)));
        match (tag.into, &within, &target) {
            ("a", Some(within), _) => {
                self.start("a");
                self.attribute("href", &format!("#{within}"));
                self.html.push_str(REL);
            }
            ("a", _, Some(target)) => self.begin_link(target),
            // Nothing but a place that a link leads to.
            ("" | "a", ..) => {
                self.start(place.as_ref().map(|_| "span")?);
                self.attribute("id", &place?);
                self.html.push('>');
                return Some("span");
            }
            (into, ..) => self.start(into),
        }
        if matches!(tag.into, "audio" | "video") {
            self.address("src", attributes);
            self.address("poster", attributes);
            // Nothing is fetched before the reader asks to play it.
            self.html.push_str(" controls=\"\" preload=\"none\"");
        }
        if let Some(place) = place {
            self.attribute("id", &place);
        }
        self.plain_attributes(tag, attributes);
        self.html.push('>');
        Some(tag.into)
    }

    fn void(&mut self, tag: &'static Tag, attributes: &Attributes<'_>) {
        match tag.name {
            "img" => self.picture(tag, attributes),
            "iframe" | "embed" => self.frame(attributes),
            "source" => {
                let inside = self.written.last().is_some_and(|name| matches!(*name, "audio" | "video"));
                if inside && get(attributes, "src").is_some_and(|src| self.places.web(&unescape(src)).is_some()) {
                    self.start(tag.into);
                    self.address("src", attributes);
                    self.plain_attributes(tag, attributes);
                    self.html.push('>');
                }
            }
            _ => {
                if matches!(tag.name, "br" | "hr") {
                    self.plain.line();
                }
                self.start(tag.into);
                self.plain_attributes(tag, attributes);
                self.html.push('>');
            }
        }
    }

    fn picture(&mut self, tag: &'static Tag, attributes: &Attributes<'_>) {
        let given = get(attributes, "src").filter(|src| !src.trim().is_empty());
        let shown = given.filter(|src| !media::is_empty_picture(src));
        let lazy = || LAZY.iter().find_map(|name| get(attributes, name)).filter(|src| !src.trim().is_empty());
        let first_of_set = || {
            let set = ["srcset", "data-srcset"].iter().find_map(|name| get(attributes, name))?;
            set.split_whitespace().next().map(|first| first.trim_end_matches(','))
        };
        let Some(url) = shown.or_else(lazy).or_else(first_of_set).and_then(|src| self.places.web(&unescape(src)))
        else {
            return;
        };
        // What Wikipedia draws for browsers that know no formulas.
        let twin = self.formula_ends == Some(self.html.len())
            && get(attributes, "class").is_some_and(|class| class.contains("mwe-math-fallback-image"));
        if twin {
            return;
        }
        let small = media::is_pixel(get(attributes, "width"), get(attributes, "height"));
        if small || media::counts_readers(&url) || self.picture.as_ref() == Some(&url) {
            return;
        }
        self.start(tag.into);
        self.attribute("src", url.as_str());
        self.plain_attributes(tag, attributes);
        self.html.push('>');
        self.picture = Some(url);
    }

    /// A frame becomes a link to what it shows, named by its title or its host.
    fn frame(&mut self, attributes: &Attributes<'_>) {
        let src = get(attributes, "src").filter(|src| !src.is_empty()).or_else(|| get(attributes, "data-src"));
        let Some(url) = src.and_then(|src| self.places.web(&unescape(src))) else { return };
        if media::counts_readers(&url) {
            return;
        }
        let page = media::page_of_frame(url);
        let title = get(attributes, "title").map(unescape).filter(|title| !title.trim().is_empty());
        let label = title.or_else(|| page.host_str().map(str::to_owned)).unwrap_or_default();
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        self.plain.space();
        let inside = self.written.contains(&"a");
        if !inside {
            self.begin_link(&page);
            self.html.push('>');
            if let Some(still) = media::still_of(&page) {
                self.start("img");
                self.attribute("src", still.as_str());
                self.html.push_str(" alt=\"\">");
            }
        }
        escape_text_into(&mut self.html, &label);
        self.plain.add(&label);
        if !inside {
            self.html.push_str("</a>");
        }
        self.plain.space();
    }

    fn begin_link(&mut self, target: &Url) {
        self.start("a");
        self.attribute("href", target.as_str());
        self.html.push_str(REL);
        if self.links.len() < MOST_LINKS
            && let Some(link) = self.places.outside(target)
            && !self.links.contains(&link)
        {
            self.links.push(link);
        }
    }

    fn start(&mut self, name: &'static str) {
        if !fits(&self.written, name) {
            self.steady = false;
        }
        self.html.push('<');
        self.html.push_str(name);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        escape_into(&mut self.html, value);
        self.html.push('"');
    }

    fn address(&mut self, name: &str, attributes: &Attributes<'_>) {
        if let Some(url) = get(attributes, name).and_then(|value| self.places.web(&unescape(value))) {
            self.attribute(name, url.as_str());
        }
    }

    /// The attributes that every tag may have, then those of this one, each with a value of its kind.
    fn plain_attributes(&mut self, tag: &'static Tag, attributes: &Attributes<'_>) {
        for name in ["lang", "dir"].iter().chain(tag.keep) {
            let Some(value) = get(attributes, name).and_then(|value| fitting(name, value)) else { continue };
            self.html.push(' ');
            self.html.push_str(name);
            self.html.push_str("=\"");
            self.html.push_str(value); // escaped as the sanitiser wrote it
            self.html.push('"');
        }
        if self.places.sensitive && tag.keep.contains(&SENSITIVE) && get(attributes, SENSITIVE).is_none() {
            self.attribute(SENSITIVE, "");
        }
    }
}
