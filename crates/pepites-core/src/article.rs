//! Takes the page that a post links to, gives the article on it as HTML that is not clean yet, or why there is none.
//! Never fetches, never makes a post: `normalise::full_text` cleans what is given here like every other body.

mod blocks;
mod candidates;
mod choose;
mod frame;
mod lighten;
mod marks;
mod said;
mod structured;
mod tidy;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;

use crate::{sources, text::burden};

/// Elements that may stand in each other: a walk over a tree may recurse.
const DEEPEST: usize = 200;

/// Elements of a page: so many paragraphs take about two seconds.
const MOST_ELEMENTS: usize = 60_000;

/// Bytes of a page without its programs and styles. Of 91 pages of papers and blogs the largest had a quarter of that.
const MOST_MARKUP: usize = 1 << 20;

/// Words below which a page that asks to be paid for gave its beginning only.
const A_TEASER: usize = 250;

/// Words below which what stands on a page whose article is closed is its beginning, where it does not say how many there
/// are: papers were seen to give up to half of that.
const A_BEGINNING: usize = 600;

/// The share of its words, in percent, below which an article is not whole: captions and notes count or do not.
const WHOLE: usize = 75;

/// Words below which a page holds no article: a notice, a form.
const SHORTEST: usize = 30;

/// What was fetched.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// As it came.
    pub body: &'a [u8],
    /// The header of that name, whole.
    pub content_type: Option<&'a str>,
    /// The address that answered, after all redirects.
    pub address: &'a str,
}

/// The article on a page: hostile HTML still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its body.
    pub html: String,
    /// What relative addresses in it are relative to.
    pub base: String,
    /// It is only the beginning: the page shows the rest to those who pay.
    pub teaser: bool,
}

/// Why a page gives no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoArticle {
    /// It is no HTML: a file, a feed, data.
    NotAPage,
    /// It takes too much work to read.
    Tangled,
    /// No article is found on it.
    Nothing,
}

impl Page<'_> {
    /// The article on this page.
    pub fn article(&self) -> Result<Article, NoArticle> {
        if !self.is_html() {
            return Err(NoArticle::NotAPage);
        }
        let text = lighten::light(&sources::text_of(self.body, self.content_type));
        if text.len() > MOST_MARKUP || is_heavy(&text) {
            return Err(NoArticle::Tangled);
        }
        // A panic in a parser costs its page and nothing more.
        catch_unwind(AssertUnwindSafe(|| self.read(&text))).unwrap_or(Err(NoArticle::Nothing))
    }

    fn read(&self, text: &str) -> Result<Article, NoArticle> {
        let page = Document::from(text);
        if !is_walkable(&page) {
            return Err(NoArticle::Tangled);
        }
        let said = structured::of(&page);
        let base = frame::base(&page, self.address);
        frame::uncover(&page);
        if !is_walkable(&page) {
            return Err(NoArticle::Tangled);
        }
        frame::remove(&page);
        let found = choose::best(candidates::of(&page, &base), &said);
        let words = found.as_ref().map_or(0, |found| found.words);
        let asks = said.closed || found.as_ref().is_some_and(|found| found.asks_to_pay);
        // A paper may send the whole text to everybody and cover it by a script: what it says is closed is there then.
        let beginning = match said.words {
            Some(all) => words.saturating_mul(100) < all.saturating_mul(WHOLE),
            None => words < A_BEGINNING,
        };
        let teaser = (asks && words < A_TEASER) || (said.closed && !said.covered && beginning);
        let found = found.filter(|found| teaser || found.words >= SHORTEST);
        // What the page says its article to be, where no part of it shows it: a page that a script fills.
        let html = match (found, said.body.filter(|_| !said.closed)) {
            (Some(found), _) => found.html,
            (None, Some(body)) => structured::paragraphs(&body),
            (None, None) => return Err(NoArticle::Nothing),
        };
        Ok(Article { html, base, teaser })
    }

    fn is_html(&self) -> bool {
        let kind = self.content_type.and_then(|kind| kind.split(';').next()).map(|kind| kind.trim().to_lowercase());
        match kind.as_deref() {
            Some("text/html" | "application/xhtml+xml") => true,
            Some("" | "text/plain" | "application/xml" | "text/xml" | "application/octet-stream") | None => {
                let start = self.body.get(..LOOKED_AT).unwrap_or(self.body);
                let start = String::from_utf8_lossy(start).to_lowercase();
                ["<!doctype html", "<html", "<head", "<body"].iter().any(|mark| start.contains(mark))
            }
            Some(_) => false,
        }
    }
}

/// Bytes in which a page that was not declared as one begins.
const LOOKED_AT: usize = 1_024;

/// Whether parsing it could take time or memory out of proportion. Our parser runs no scripts: to it `<noscript>` is an
/// element like any other, whose content is no text.
fn is_heavy(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    burden::is_heavy(&lower.replace("<noscript", "<x-noscript").replace("</noscript", "</x-noscript"))
}

/// Neither too many elements nor too deep. By hand: a walk that recurses would end the thread on a page made for that.
fn is_walkable(page: &Document) -> bool {
    let (mut elements, mut level) = (0, page.root().element_children());
    for _ in 0..DEEPEST {
        elements += level.len();
        if level.is_empty() || elements > MOST_ELEMENTS {
            break;
        }
        level = level.iter().flat_map(|node| node.element_children()).collect();
    }
    level.is_empty()
}

#[cfg(test)]
mod tests;
