//! Takes a page, and CSS selectors or none, asks the page once, gives what they select, or what lists it seems to hold.
//! Never follows and never keeps anything.

use std::sync::Arc;

use pepites_core::{
    model::{Address, Reply, Source},
    sources::{
        self,
        list::{Selectors, lists},
    },
};
use pepites_store::Outcome;

use crate::{
    Cancel, Engine,
    adding::{nothing, unknown},
    contract::{Code, ListOffer, Preview, PreviewLine, Problem},
    net::Rooms,
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
        self.selected(address, Vec::new()).await.map_err(|why| nothing(&why, page))
    }

    /// The lists that a page without a feed seems to hold, the likeliest first; none when it holds none.
    pub async fn lists(&self, page: &str) -> Result<Vec<ListOffer>, Problem> {
        let any = Selectors { item: "a".to_owned(), ..Selectors::default() };
        let Some(address) = any.address(page.trim()) else { return Err(unknown(page)) };
        let source = Source::unvisited(address, self.now());
        let asked = sources::kind(&source.address.kind).and_then(|kind| (kind.ask)(&source, &[]));
        let Some(request) = asked else { return Err(unknown(page)) };
        let reply = self.net.send_within(request, &Rooms::default().room(), None).await;
        let reply = reply.map_err(|error| nothing(&Why::Net(error), page))?;
        if !(200..=299).contains(&reply.status) {
            return Err(nothing(&Why::Status(reply.status), page));
        }
        let (reply, found) = self
            .apart(move |_| {
                let found = lists(&reply);
                Ok((reply, found))
            })
            .await?;
        let mut offers = Vec::with_capacity(found.len());
        for selectors in found {
            let Some(address) = selectors.address(page.trim()) else { continue };
            // What these do not give after all is none.
            let preview = self.selected(address, vec![reply.clone()]).await;
            offers.extend(preview.ok().map(|preview| ListOffer { selectors, preview }));
        }
        Ok(offers)
    }

    /// What the selectors of an address give of its page, after what was `heard` of it already.
    async fn selected(&self, address: Address, heard: Vec<Reply>) -> Result<Preview, Why> {
        let locator = address.locator.clone();
        let source = Arc::new(Source::unvisited(address, self.now()));
        let visits = self.visits(Cancel::default());
        let visited = match visits.visit(&source, heard).await {
            Verdict::Good(visited) => *visited,
            Verdict::Bad(why, _) => return Err(why),
            Verdict::Stopped => return Err(Why::Fault),
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

#[cfg(test)]
mod tests {
    use pepites_core::model::Reply;

    use crate::{contract::Code, net::Replay, refresh::tests::engine};

    #[tokio::test]
    async fn the_lists_of_a_page_come_with_what_they_give_and_an_address_that_can_be_followed() {
        let entry = |n| {
            format!("<li class=news><h3><a href=/{n}>The bridge is closed for {n} days</a></h3><p>Until May.</p></li>")
        };
        let page = format!("<title>Town hall</title><ul>{}</ul>", (1..5).map(entry).collect::<String>());
        let reply = |url: &str, body: &str| {
            let headers = vec![("content-type".to_owned(), "text/html".to_owned())];
            Reply { asked: url.into(), url: url.into(), status: 200, headers, body: body.into(), ..Reply::default() }
        };
        let pages = [("https://town.example/news", page.as_str()), ("https://none.example/", "<p>Nothing</p>")];
        let replies = pages.map(|(url, body)| (url.to_owned(), reply(url, body)));
        let folder = tempfile::tempdir().unwrap();
        let engine = engine(folder.path(), Replay::new(replies.into()));
        let offers = engine.lists("town.example/news").await.unwrap();
        assert_eq!(offers.len(), 1, "{offers:?}");
        let preview = &offers[0].preview;
        assert_eq!((preview.title.as_deref(), preview.entries.len()), (Some("Town hall"), 4));
        assert_eq!(preview.entries[0].title, "The bridge is closed for 1 days");
        assert_eq!(preview.entries[0].link.as_deref(), Some("https://town.example/1"));
        assert_eq!(engine.preview("town.example/news", &offers[0].selectors).await.unwrap(), *preview);
        assert_eq!(engine.lists("https://none.example/").await.unwrap(), []);
        assert_eq!(engine.lists("not an address").await.unwrap_err().code, Code::AddressUnknown);
        assert_eq!(engine.sources().unwrap().len(), 0, "nothing is followed by a look");
    }
}
