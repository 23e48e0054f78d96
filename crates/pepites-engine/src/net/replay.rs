//! Takes replies that were recorded or made up, gives them again: the net of tests and of the sample library.

use std::collections::BTreeMap;

use pepites_core::model::{Reply, Request};

use super::{Net, NetError, Replying};

type Answer = dyn Fn(&Request) -> Result<Reply, NetError> + Send + Sync;

/// A net in memory.
pub struct Replay(Box<Answer>);

impl Replay {
    /// Answers each address with its reply (304 without a body when the request shows the reply's `ETag` or
    /// `Last-Modified`), every other address with 404.
    #[must_use]
    pub fn new(replies: BTreeMap<String, Reply>) -> Self {
        Self::answering(move |request| {
            let mut reply = match replies.get(&request.url) {
                Some(reply) if is_known(reply, request) => {
                    Reply { status: 304, headers: reply.headers.clone(), ..Reply::default() }
                }
                Some(reply) => reply.clone(),
                None => Reply { status: 404, ..Reply::default() },
            };
            reply.asked.clone_from(&request.url);
            if reply.url.is_empty() {
                reply.url.clone_from(&request.url);
            }
            Ok(reply)
        })
    }

    /// Answers as `answer` does.
    #[must_use]
    pub fn answering(answer: impl Fn(&Request) -> Result<Reply, NetError> + Send + Sync + 'static) -> Self {
        Self(Box::new(answer))
    }
}

impl Net for Replay {
    fn send(&self, request: Request) -> Replying<'_> {
        Box::pin(async move { (self.0)(&request) })
    }
}

fn is_known(reply: &Reply, request: &Request) -> bool {
    let shows = |asked: &str, given: &str| {
        let shown = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(asked));
        shown.is_some_and(|(_, value)| reply.header(given) == Some(value))
    };
    reply.status == 200 && (shows("if-none-match", "etag") || shows("if-modified-since", "last-modified"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_reply_that_is_known_comes_without_its_body() {
        let body = b"<rss/>".to_vec();
        let headers = vec![("etag".to_owned(), "\"1\"".to_owned())];
        let reply = Reply { status: 200, headers, body, ..Reply::default() };
        let net = Replay::new(BTreeMap::from([("http://a.example/".to_owned(), reply)]));
        let ask = |url: &str, etag: Option<&str>| {
            let headers = etag.map(|etag| ("If-None-Match".to_owned(), etag.to_owned())).into_iter().collect();
            net.send(Request { url: url.to_owned(), headers })
        };
        let first = ask("http://a.example/", None).await.unwrap();
        assert_eq!((first.status, first.body.len(), first.url.as_str()), (200, 6, "http://a.example/"));
        let again = ask("http://a.example/", Some("\"1\"")).await.unwrap();
        assert_eq!((again.status, again.body.len()), (304, 0));
        assert_eq!(ask("http://a.example/", Some("\"2\"")).await.unwrap().status, 200);
        assert_eq!(ask("http://b.example/", None).await.unwrap().status, 404);
    }
}
