//! Takes a page and CSS selectors, asks the page once, gives what they select. Never follows and never keeps anything.

use std::sync::Arc;

use pepites_core::{model::Source, sources::list::Selectors};
use pepites_store::Outcome;

use crate::{
    Cancel, Engine,
    adding::{nothing, unknown},
    contract::{Code, Preview, PreviewLine, Problem},
    refresh::verdict::{Verdict, Why},
};

impl Engine {
    /// What the selectors give of the page now, and the address that follows it by them.
    pub async fn preview(&self, page: &str, selectors: &Selectors) -> Result<Preview, Problem> {
        let Some(address) = selectors.address(page.trim()) else {
            // A page that is an address by itself has a selector that is none.
            let is_page = Selectors { item: "a".to_owned(), ..Selectors::default() }.address(page.trim()).is_some();
            return Err(if is_page {
                Problem::new(Code::BadInput).with("input", selectors.item.as_str())
            } else {
                unknown(page)
            });
        };
        let locator = address.locator.clone();
        let source = Arc::new(Source::unvisited(address, self.now()));
        let visits = self.visits(Cancel::default());
        let visited = match visits.visit(&source, Vec::new()).await {
            Verdict::Good(visited) => *visited,
            Verdict::Bad(why, _) => return Err(nothing(&why, page)),
            Verdict::Stopped => return Err(nothing(&Why::Fault, page)),
        };
        let (title, posts) = match visited.outcome {
            Outcome::Read { title, posts, .. } => (title, posts),
            _ => (None, Vec::new()),
        };
        let line = |post: &pepites_core::model::Post| PreviewLine {
            title: post.title.clone(),
            link: post.link.clone(),
            published: post.dated.then_some(post.published),
            lead: post.lead.clone(),
        };
        Ok(Preview { address: locator, title, entries: posts.iter().map(line).collect() })
    }
}
