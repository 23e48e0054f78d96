//! Takes a page, leaves out of its tree what is the site's and not the article's, before an article is looked for.
//! Never removes what holds much of the page's running text: a name is only a name.

use dom_query::{Document, NodeRef};
use url::Url;

use super::{is_heavy, marks};

/// What never holds an article, by what it is.
const NEVER: &str = "script, style, noembed, noframes, template, nav, dialog, button, select, textarea, input, \
                     [role=navigation], [role=dialog], [role=alertdialog], [role=search], [role=menu], [role=tablist]";

/// At most that share of the page's running text, in percent, goes with one element.
const MOST_SHARE: usize = 20;

/// Comments may be longer than what they are about, but for that many letters.
const LEAST_LEFT: usize = 500;

/// What relative addresses on the page are relative to.
pub(super) fn base(page: &Document, address: &str) -> String {
    let own = Url::parse(address).ok();
    let said = page.select("base[href]").nodes().first().and_then(|base| base.attr("href"));
    let joined = said.and_then(|said| own.as_ref()?.join(said.trim()).ok());
    let web = joined.filter(|url| matches!(url.scheme(), "http" | "https"));
    web.map_or_else(|| address.to_owned(), String::from)
}

/// Leaves out what never is an article's, shows what waits for a script: the tree may have more in it than before.
pub(super) fn uncover(page: &Document) {
    page.select(NEVER).remove();
    show_lazy(page);
}

/// Leaves out what is not the article's.
pub(super) fn remove(page: &Document) {
    free_quotes(page);
    let mut all = running(&page.root());
    for node in page.select("div, section, aside, ul, ol, p, footer, header, span, figure, form, a, h2, h3, h4").nodes()
    {
        // In one that was removed already.
        if !is_attached(node) || !marks::names_frame(node) || quotes(node) {
            continue;
        }
        let own = running(node);
        let talk = marks::names_comments(node) && all.saturating_sub(own) >= LEAST_LEFT;
        if talk || own * 100 <= all * MOST_SHARE {
            node.remove_from_parent();
            all = all.saturating_sub(own);
        }
    }
}

fn is_attached(node: &NodeRef<'_>) -> bool {
    node.ancestors_it(None).last().is_some_and(|top| top.is_document())
}

/// Letters of running text in a node: of its paragraphs.
fn running(node: &NodeRef<'_>) -> usize {
    let paragraphs = node.descendants_it().filter(|inner| inner.has_name("p"));
    let own = if node.has_name("p") { node.normalized_char_count() } else { 0 };
    own + paragraphs.map(|paragraph| paragraph.normalized_char_count()).sum::<usize>()
}

/// What is quoted or shown word for word is the article's, whatever it is wrapped in.
fn quotes(node: &NodeRef<'_>) -> bool {
    node.descendants_it().any(|inner| inner.has_name("blockquote") || inner.has_name("pre"))
}

/// A quoted post is a quotation: what it is wrapped in, and called, would make it look like links to elsewhere.
fn free_quotes(page: &Document) {
    for quote in page.select("blockquote").nodes() {
        quote.remove_attrs(&["class", "id"]);
        while let Some(around) = quote.parent().filter(|around| around.has_name("div")) {
            // Not by its parent's children: a page of nothing but quotations would count them for each.
            let sole = quote.next_element_sibling().is_none() && quote.prev_element_sibling().is_none();
            let alone = sole && around.immediate_text().trim().is_empty();
            if !alone {
                break;
            }
            around.replace_with(quote);
        }
    }
}

/// What stands in `<noscript>` is shown, as text or as elements (in the head of a page a parser reads one, in its body the
/// other): pictures mostly, and all of the text on some pages.
fn show_lazy(page: &Document) {
    let hidden = page.select("noscript");
    let written = |node: &NodeRef<'_>| {
        let text = node.text();
        if shows(&text) { text.to_string() } else { node.inner_html().to_string() }
    };
    let texts: Vec<String> = hidden.nodes().iter().map(written).collect();
    // Weighed by itself, for the parser of the page it was text; and all of it, for each may be as heavy as it can.
    let all: String = texts.iter().map(String::as_str).filter(|text| shows(text)).collect();
    let heavy = is_heavy(&all);
    for (node, text) in hidden.nodes().iter().zip(texts) {
        if shows(&text) && !heavy {
            node.replace_with_html(text);
        } else {
            node.remove_from_parent();
        }
    }
}

/// A picture is in it, in whatever letters it is written.
fn shows(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| text.get(at + 1..at + 4).is_some_and(|name| name.eq_ignore_ascii_case("img")))
}
