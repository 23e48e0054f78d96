//! Takes a page without its frame, gives the parts of it that may be the article, by several ways of looking.
//! Never decides between them.

use dom_query::Document;
use dom_smoothie::{Config, ParsePolicy, Readability, ReadabilityError};

/// A part of a page that may be the article.
pub(super) struct Candidate {
    /// Its tree, with its classes, which say what its parts are.
    pub tree: Document,
    /// How far it is believed before it is looked at, in percent.
    pub trust: usize,
    /// The title that was taken out of it.
    pub title: String,
}

/// Where pages say that their article is, most telling first.
const SAID: &[&str] = &["[itemprop=articleBody]", "article", "[role=main]", "main"];

/// The ways of looking. The first is what the library itself settles on after trying its policies in turn; the last
/// leaves nothing out, which is right where the article is made of what looks unlikely (tweets, lists of links).
const WAYS: &[(Option<ParsePolicy>, usize)] =
    &[(None, 100), (Some(ParsePolicy::Moderate), 97), (Some(ParsePolicy::Raw), 94)];

/// Those that are found.
pub(super) fn of(page: &Document, base: &str) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = WAYS.iter().filter_map(|(policy, trust)| by(page, base, *policy, *trust)).collect();
    if let Some(said) = SAID.iter().find_map(|place| only(page, place)) {
        let title = found.first().map(|first| first.title.clone()).unwrap_or_default();
        found.push(Candidate { tree: said, trust: 90, title });
    }
    found
}

fn by(page: &Document, base: &str, policy: Option<ParsePolicy>, trust: usize) -> Option<Candidate> {
    let config = Config { keep_classes: true, ..Config::default() };
    let looked = || {
        let mut reader = Readability::with_document(page.clone(), Some(base), Some(config))?;
        match policy {
            None => reader.parse(),
            Some(policy) => reader.parse_with_policy(policy),
        }
    };
    let article = looked().inspect_err(|_: &ReadabilityError| {}).ok()?;
    Some(Candidate { tree: Document::fragment(article.content), trust, title: article.title })
}

/// The one element of that kind; where there are several, it is a list of articles.
fn only(page: &Document, place: &str) -> Option<Document> {
    match page.select(place).nodes() {
        [one] => Some(Document::fragment(one.html())),
        _ => None,
    }
}
