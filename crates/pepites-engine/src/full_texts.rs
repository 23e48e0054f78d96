//! Takes a post, gives the article on the page that it links to: from the library, else over the net, once.
//! Never shows a page as it is: what comes goes through `normalise` like every body. Never asks the own network for
//! what a post of the wide world links to.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    article::{NoArticle, Page},
    model::{FullText, Moment, PostId, Request, Source, SourceId},
    normalise,
};
use pepites_store::{StoredFullText, StoredPost};
use url::Url;

use crate::{
    Cancel, Engine,
    adding::nothing,
    contract::{Code, DigestAsk, FullTextView, Problem},
    net::NetError,
    refresh::{plan::asked_at, verdict::Why, visit::leads_inside},
};

#[cfg(test)]
mod tests;

/// A larger page is no article: the heaviest were seen to have 2 MB, most of it programs.
const LARGEST_PAGE: usize = 6 << 20;

/// A larger text is not kept and not shown: a whole book has 1 MB.
const LARGEST_TEXT: usize = 2 << 20;

/// A page that gave no full text is not asked again ahead of its reader for that long.
const NOT_AGAIN: i64 = Moment::DAY;

/// What we would like to get.
const ACCEPT: &str = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1";

impl Engine {
    /// The full text of a post: kept, else fetched and kept. Where it cannot be had the reader has the feed's text, and
    /// the problem says why.
    pub async fn full_text(&self, id: PostId) -> Result<FullTextView, Problem> {
        let look = move |engine: &Self| {
            let post = engine.store.post(id)?;
            Ok((engine.store.source(post.source)?, engine.store.full_text(id)?, post))
        };
        let (source, kept, post) = self.apart(look).await?;
        // An edit of the post says that its page was edited.
        let is_fresh = |kept: &StoredFullText| post.edited.is_none_or(|edited| edited <= kept.at);
        if let Some(kept) = kept.as_ref().filter(|kept| is_fresh(kept)) {
            return Ok(view(kept));
        }
        match (self.read_page(post, source).await, kept) {
            (Ok(text), _) => Ok(text),
            // Better the text of yesterday than none.
            (Err(_), Some(kept)) => Ok(view(&kept)),
            (Err(problem), None) => Err(problem),
        }
    }

    /// Whether the posts of a source are opened with their full text.
    pub fn set_full_text(&self, source: SourceId, on: bool) -> Result<(), Problem> {
        Ok(self.store.set_full_text(source, on, self.now())?)
    }

    /// Fetches the full texts that the digest of the day will be opened with, so that they are there without a network.
    /// Gives how many came. One run at a time: the next finds what this one kept.
    pub async fn fetch_full_texts(&self, cancel: &Cancel) -> Result<u32, Problem> {
        let mut gave_none = self.gave_none.lock().await;
        let now = self.now();
        gave_none.retain(|_, at| now.0 - at.0 < NOT_AGAIN);
        let known = gave_none.clone();
        let wanted = self.apart(move |engine| engine.wanted_full_texts(&known)).await?;
        let mut came = 0;
        for post in wanted {
            if cancel.is_cancelled() {
                break;
            }
            let text = tokio::select! {
                text = self.full_text(post) => text,
                () = cancel.cancelled() => break,
            };
            // One that does not come says so when it is opened. What did not answer may do next time.
            match text {
                Ok(_) => came += 1,
                Err(problem) if matches!(problem.code, Code::NoFullText | Code::NothingFound) => {
                    gave_none.insert(post, now);
                }
                Err(_) => {}
            }
        }
        Ok(came)
    }

    fn wanted_full_texts(&self, gave_none: &BTreeMap<PostId, Moment>) -> Result<Vec<PostId>, Problem> {
        // Asked at each new digest, and most readers want none: nothing is counted for it.
        let sources = self.store.sources()?;
        let followed = sources.iter().filter(|source| source.full_text);
        let wanting: BTreeSet<SourceId> = followed.map(|source| source.id).collect();
        if wanting.is_empty() {
            return Ok(Vec::new());
        }
        // Prepared is not looked at.
        let digest = self.of_today(&DigestAsk::default(), false)?;
        let faces = digest.entries.iter().map(|entry| &entry.face).filter(|face| wanting.contains(&face.source));
        let mut posts = Vec::new();
        for face in faces {
            if !gave_none.contains_key(&face.post) && self.store.full_text(face.post)?.is_none() {
                posts.push(face.post);
            }
        }
        Ok(posts)
    }

    async fn read_page(&self, post: StoredPost, source: Source) -> Result<FullTextView, Problem> {
        let link = post.link.as_deref().and_then(|link| Url::parse(link).ok());
        let Some(url) = link.filter(|url| matches!(url.scheme(), "http" | "https")) else {
            return Err(none("no_link", ""));
        };
        let site = url.host_str().unwrap_or_default().to_owned();
        // Who follows a source at home wants its pages; a post of the wide world must not lead to them.
        if leads_inside(asked_at(&source), url.as_str()) || !self.may_ask(&url).await {
            return Err(nothing(&Why::Net(NetError::Forbidden(url.to_string())), &site));
        }
        let request = Request { url: url.to_string(), headers: vec![("accept".to_owned(), ACCEPT.to_owned())] };
        let reply = self.net.send(request).await.map_err(|error| nothing(&Why::Net(error), &site))?;
        match reply.status {
            200 if reply.cut || reply.body.len() > LARGEST_PAGE => return Err(none("too_large", &site)),
            200 => {}
            // What these say is that the page is not for everybody.
            401 | 402 | 403 | 451 => return Err(none("closed", &site)),
            status => return Err(nothing(&Why::Status(status), &site)),
        }
        let words = post.words;
        let read = move |_: &Self| {
            let kind = reply.header("content-type");
            let page = Page { body: &reply.body, content_type: kind, address: &reply.url };
            let article = page.article().map_err(|why| none(key(why), &site))?;
            let text = normalise::full_text(&source, &reply.url, &article);
            check(&text, article.teaser, words).map_err(|key| none(key, &site))?;
            Ok(text)
        };
        let text = self.apart(read).await?;
        let (id, kept, at) = (post.id, text.clone(), self.now());
        let keep = move |engine: &Self| {
            // A full disk must not keep it from being read.
            if let Err(error) = engine.store.keep_full_text(id, &kept, at) {
                tracing::debug!(%error, "a full text could not be kept");
            }
            Ok(())
        };
        self.apart(keep).await?;
        Ok(FullTextView { html: text.html, words: text.words })
    }
}

/// Why this text does not take the place of the feed's, which has `words`.
fn check(text: &FullText, teaser: bool, words: u32) -> Result<(), &'static str> {
    match text {
        _ if teaser => Err("paywall"),
        text if text.html.as_str().len() > LARGEST_TEXT => Err("too_large"),
        text if text.words < words => Err("shorter"),
        _ => Ok(()),
    }
}

fn key(why: NoArticle) -> &'static str {
    match why {
        NoArticle::NotAPage => "not_a_page",
        NoArticle::Tangled => "tangled",
        NoArticle::Nothing => "nothing",
    }
}

/// There is no full text, in the words of `problem.no_full_text.<key>`.
fn none(key: &str, site: &str) -> Problem {
    let problem = Problem::new(Code::NoFullText);
    let detail = pepites_core::model::Phrase::new(format!("{}.{key}", Code::NoFullText.key()));
    Problem { detail: detail.with("input", site), ..problem }
}

fn view(kept: &StoredFullText) -> FullTextView {
    FullTextView { html: kept.html.clone(), words: kept.words }
}
