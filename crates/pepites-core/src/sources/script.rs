//! Takes a source and a server made of a function, holds the whole conversation: for the tests of the kinds.

use super::kind;
use crate::model::{Address, Batch, Moment, Reply, Source, Unreadable};

/// Requests after which a conversation never ends.
const ENDLESS: usize = 12;

pub(super) fn source(kind: &str, locator: &str) -> Source {
    Source::unvisited(Address { kind: kind.to_owned(), locator: locator.to_owned() }, Moment(0))
}

pub(super) fn reply(status: u16, body: &str) -> Reply {
    Reply { status, body: body.as_bytes().to_vec(), ..Reply::default() }
}

/// What was asked, and what it came to. The source is told where to go on, as the library would keep it.
pub(super) fn visit(source: &mut Source, answer: impl Fn(&str) -> Reply) -> (Vec<String>, Result<Batch, Unreadable>) {
    let kind = kind(&source.address.kind).unwrap();
    let (mut asked, mut heard) = (Vec::new(), Vec::new());
    while let Some(request) = (kind.ask)(source, &heard) {
        if heard.len() >= ENDLESS {
            break;
        }
        let reply = answer(&request.url);
        heard.push(Reply { asked: request.url.clone(), url: request.url.clone(), ..reply });
        asked.push(request.url);
    }
    let read = (kind.read)(source, &heard);
    if let Ok(batch) = &read {
        source.feed = batch.feed.clone().or(source.feed.take());
        source.failures = 0;
    } else {
        source.failures += 1;
    }
    (asked, read)
}
