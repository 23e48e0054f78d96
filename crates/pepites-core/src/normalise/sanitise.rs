//! Takes hostile HTML, gives safe HTML, its plain text and its links.
//! Never keeps what runs, submits, embeds, frames, styles or counts: `tags` is the whole list of what stays.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::bulk;
use super::places::Places;
use super::plain::{Plain, holds_forbidden, is_forbidden};
use super::rewrite::{Walked, rewrite};
use super::tags::{GONE, LAZY, TAGS};
use crate::{model::SafeHtml, text::burden};

/// A body that every parser does not read alike is cleaned again; none was seen to need more than three rounds.
const MOST_ROUNDS: usize = 4;

/// A cleaned body.
#[derive(Debug, Default)]
pub(super) struct Clean {
    /// Safe to show.
    pub html: SafeHtml,
    /// The same as plain text, one line for each block.
    pub text: String,
    /// Canonical addresses of other sites that it links to.
    pub links: Vec<String>,
}

/// Built once: it costs more than cleaning a short post.
static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut attributes: HashMap<&str, HashSet<&str>> = TAGS
        .iter()
        .filter(|tag| !tag.keep.is_empty())
        .map(|tag| (tag.name, tag.keep.iter().copied().collect::<HashSet<&str>>()))
        .collect();
    // Read by `rewrite`, which writes none of them as they are.
    for (tag, names) in [
        ("a", &["href", "name"] as &[&str]),
        ("audio", &["src"]),
        ("embed", &["src", "title"]),
        ("iframe", &["src", "title", "data-src"]),
        ("img", &["src", "srcset", "data-srcset", "class"]),
        ("math", &["display"]),
        ("mfrac", &["linethickness"]),
        ("img", LAZY),
        ("source", &["src"]),
        ("span", &["class"]),
        ("video", &["src", "poster"]),
    ] {
        attributes.entry(tag).or_default().extend(names);
    }
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().map(|tag| tag.name).collect())
        .clean_content_tags(GONE.iter().copied().collect())
        .tag_attributes(attributes)
        .generic_attributes(HashSet::from(["lang", "dir", "id"]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
});

/// Cleans `html`, the body of a post that stands at `places`.
pub(super) fn clean(html: &str, places: &Places) -> Clean {
    let html = bulk::capped(html).trim();
    if !html.contains(['<', '&']) {
        return without_markup(html);
    }
    // As it will be parsed.
    let shown = show_noscript(html);
    if burden::is_heavy(&shown) {
        return without_tags(html);
    }
    let Some(mut walked) = round(&shown, places) else { return without_tags(html) };
    let mut rounds = 1;
    while !walked.steady {
        let Some(again) = round(&show_noscript(&walked.html), places) else { return without_tags(html) };
        let settled = again.html == walked.html;
        // The first round knows the links and hidden parts; what follows only settles the nesting.
        let text = if walked.formulas { walked.text } else { again.text };
        walked = Walked { links: walked.links, steady: settled, text, formulas: walked.formulas, ..again };
        rounds += 1;
        if rounds > MOST_ROUNDS {
            return without_tags(html);
        }
    }
    Clean { html: SafeHtml::cleaned(walked.html), text: walked.text, links: walked.links }
}

/// One pass of the sanitiser and the rewriter over what [`show_noscript`] gave; None when a parser panicked.
fn round(html: &str, places: &Places) -> Option<Walked> {
    let clean = catch_unwind(AssertUnwindSafe(|| SANITISER.clean(html).to_string())).ok()?;
    // After parsing, as `&#1;` is a control character only then.
    let clean = if holds_forbidden(&clean) { clean.replace(is_forbidden, "") } else { clean };
    Some(rewrite(&clean, places))
}

/// Nothing runs in a post: what stands there for browsers without scripts is its content, and is parsed as such.
fn show_noscript(html: &str) -> std::borrow::Cow<'_, str> {
    const NAME: &str = "noscript";
    let mut shown = String::new();
    let mut written = 0;
    for (at, _) in html.match_indices('<') {
        let tag = html.get(at + 1..).unwrap_or_default();
        let name = tag.strip_prefix('/').unwrap_or(tag);
        if name.as_bytes().get(..NAME.len()).is_some_and(|name| name.eq_ignore_ascii_case(NAME.as_bytes())) {
            let at = html.len() - name.len();
            shown.push_str(html.get(written..at).unwrap_or_default());
            shown.push_str("x-");
            written = at;
        }
    }
    if written == 0 {
        return html.into();
    }
    shown.push_str(html.get(written..).unwrap_or_default());
    shown.into()
}

fn without_markup(text: &str) -> Clean {
    let text = if holds_forbidden(text) { text.replace(is_forbidden, "") } else { text.to_owned() };
    let mut plain = Plain::default();
    plain.add(&text);
    // As the sanitiser would write it.
    let html = text.replace('>', "&gt;").replace('\u{a0}', "&nbsp;");
    Clean { html: SafeHtml::cleaned(html), text: plain.finish(), links: Vec::new() }
}

fn without_tags(html: &str) -> Clean {
    let text = bulk::bare_text(html);
    Clean { html: SafeHtml::cleaned(bulk::paragraphs(&text)), text, links: Vec::new() }
}
