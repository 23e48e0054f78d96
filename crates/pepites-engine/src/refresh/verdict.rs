//! Takes what was heard from a source, gives what its visit comes to. Pure: this is where a refresh decides.

use pepites_core::{
    model::{Moment, Phrase, Post, Quiet, Reply, Source, SourceId, Unreadable, Validators, Whole},
    normalise::{identity_of, normalise},
    sources::{SourceKind, account::Account},
};
use pepites_store::{Outcome, Pace, StillThere, Visited};
use url::Url;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::plan::asked_at;
use crate::{
    accounts::needs,
    net::{NetError, headers},
};

/// Kinds that are asked at their own address: what it answers is said of the source.
const ITSELF: &[&str] = &["feed", "list"];

/// What a visit comes to.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// It answered, with or without something new.
    Good(Box<Visited>),
    /// Nothing could be had.
    Bad(Why, Pace),
    /// The refresh was stopped before it had answered.
    Stopped,
}

/// Why nothing could be had.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Why {
    /// No reply.
    Net(NetError),
    /// A reply that says no.
    Status(u16),
    /// A reply that its kind cannot read.
    Unreadable(Phrase),
    /// Its login is kept, and the keychain does not give it: nothing was asked.
    Keychain,
    /// It is seen with an account of the reader's own, which is signed out: nothing was asked.
    SignedOut,
    /// Its kind is not of this version.
    UnknownKind,
    /// Reading it made a fault of ours come out.
    Fault,
}

impl Why {
    /// In words, for the person who follows `source`.
    pub(crate) fn trouble(&self, source: &Source) -> Phrase {
        let host = Url::parse(asked_at(source)).ok().and_then(|url| url.host_str().map(str::to_owned));
        let account = || Account::of(&source.address);
        let phrase = |key: &str| Phrase::new(key).with("host", host.clone().unwrap_or_default());
        match self {
            Self::Net(error) => match error {
                NetError::Offline(_) => phrase("trouble.offline"),
                NetError::Slow(_) => phrase("trouble.slow"),
                NetError::Unreachable(_) | NetError::Refused(_) => phrase("trouble.unreachable"),
                NetError::Insecure(_) => phrase("trouble.insecure"),
                NetError::Broken(detail) => phrase("trouble.broken").with("detail", detail.as_str()),
                NetError::Forbidden(detail) => phrase("trouble.never_asked").with("detail", detail.as_str()),
                NetError::Held { .. } => phrase("trouble.too_many"),
            },
            // Its server takes back the leave that it gave.
            Self::Status(401 | 403) if account().is_some() => {
                account().map_or_else(|| phrase("trouble.login"), |account| needs(&account, true))
            }
            // The same words as the kinds have for what they hear on the way.
            Self::Status(status) => phrase(match status {
                401 | 407 => "trouble.login",
                403 => "trouble.forbidden",
                404 => "trouble.not_found",
                410 => "trouble.gone",
                429 | 503 => "trouble.too_many",
                500.. => "trouble.server",
                _ => "trouble.refused",
            })
            .with("status", u32::from(*status)),
            Self::Unreadable(why) => why.clone(),
            Self::Keychain => Phrase::new("trouble.keychain"),
            Self::SignedOut => account().map_or_else(|| phrase("trouble.login"), |account| needs(&account, false)),
            Self::UnknownKind => Phrase::new("trouble.unknown_kind").with("kind", source.address.kind.as_str()),
            Self::Fault => Phrase::new("trouble.fault"),
        }
    }
}

/// What the visit comes to, when that needs no look into the body: nothing new, or a clear no.
pub(super) fn at_a_glance(source: &Source, heard: &[Reply], at: Moment) -> Option<Verdict> {
    let reply = heard.last()?;
    let pace = Pace { moved: moved(source, heard), ..pace(reply, None, at) };
    let unchanged = |pace| {
        let outcome = Outcome::Unchanged(validators(reply));
        Some(Verdict::Good(Box::new(Visited { source: source.id, at, outcome, pace })))
    };
    match reply.status {
        304 if source.body_hash.is_some() => unchanged(pace),
        // Only where the address of the source itself was asked: 410 at a guessed address, or at what a kind asks on its
        // behalf (the API of a microblog), says nothing about the source.
        410 if heard.len() == 1 && is_itself(source) => Some(Verdict::Bad(Why::Status(410), pace)),
        429 | 503 if pace.hold_until.is_some() => Some(Verdict::Bad(Why::Status(reply.status), pace)),
        200..=299 if source.body_hash == Some(body_hash(heard)) => unchanged(pace),
        _ => None,
    }
}

/// It is asked at its own address, first.
fn is_itself(source: &Source) -> bool {
    ITSELF.contains(&source.address.kind.as_str())
}

/// What an ended conversation comes to: read, cleaned, ready to be kept. May take long; may panic as parsers do.
pub(super) fn conclude(kind: &SourceKind, source: &Source, heard: &[Reply], at: Moment) -> Verdict {
    let Some(last) = heard.last() else { return Verdict::Bad(Why::UnknownKind, Pace::default()) };
    // After several replies the kind knows better what to say: a guess that was not found says nothing of the source.
    let is_no = !(200..=299).contains(&last.status) && (last.status != 410 || is_itself(source));
    // Bluesky answers so to a question about an account that left: what it says of it is more than the number.
    let says_why = last.status == SAYS_WHY && !is_itself(source);
    if heard.len() == 1 && is_no && !says_why {
        return Verdict::Bad(Why::Status(last.status), pace(last, None, at));
    }
    let mut batch = match (kind.read)(source, heard) {
        Ok(batch) => batch,
        Err(Unreadable { why }) => return Verdict::Bad(Why::Unreadable(why), pace(last, None, at)),
    };
    let pace = Pace { moved: moved(source, heard), quiet: batch.quiet, ..pace(last, batch.every_minutes, at) };
    let feed = feed_now(source, heard, batch.feed.take());
    // Validators belong to the one address that the next visit asks first.
    let is_asked_next = heard.len() == 1
        || feed.as_deref().is_some_and(|feed| {
            // What a kind keeps behind the address is for itself.
            let feed = feed.split('#').next().unwrap_or_default();
            feed == last.asked || feed == last.url
        });
    let (title, site, portrait, icon) =
        (batch.title.take(), batch.site.take(), batch.portrait.take(), batch.icon.take());
    let pages = std::mem::take(&mut batch.pages);
    let (notice, whole) = (batch.notice.take(), batch.whole.take());
    let posts = normalise(source, batch, at);
    let whole = whole.map(|whole| Box::new(still_there(&whole, &posts)));
    let outcome = Outcome::Read {
        title,
        site,
        portrait,
        pages,
        icon,
        feed,
        validators: if is_asked_next { validators(last) } else { Validators::default() },
        body_hash: Some(if is_asked_next { body_hash(std::slice::from_ref(last)) } else { body_hash(heard) }),
        posts,
        notice: notice.map(Box::new),
        whole,
    };
    Verdict::Good(Box::new(Visited { source: source.id, at, outcome, pace }))
}

/// Everything that is there, as posts of their own or in others.
fn still_there(whole: &Whole, posts: &[Post]) -> StillThere {
    let of_posts = posts.iter().flat_map(|post| post.identities.iter().copied());
    let identities = of_posts.chain(whole.still.iter().map(|id| identity_of(id))).collect();
    StillThere { since: whole.since, identities }
}

/// The status of an API that says in its body what is wrong with the question.
const SAYS_WHY: u16 = 400;

/// A visit that brought nothing, as it is kept.
pub(crate) fn failed(source: SourceId, trouble: Phrase, why: &Why, pace: Pace, at: Moment) -> Visited {
    let outcome = Outcome::Failed { trouble, gone: *why == Why::Status(410) };
    Visited { source, at, outcome, pace }
}

/// Where to ask from now on, when that is not where it was asked: the feed that was found; or the same place under
/// https, which nobody but its owner can make it say.
fn feed_now(source: &Source, heard: &[Reply], found: Option<String>) -> Option<String> {
    let secured = moved(source, heard).filter(|moved| {
        moved.strip_prefix("https:").is_some_and(|to| asked_at(source).strip_prefix("http:") == Some(to))
    });
    found.or(secured).filter(|feed| feed != asked_at(source))
}

/// Where it says that it has moved: the end of a chain of moves that are all for good, from where it is asked first.
fn moved(source: &Source, heard: &[Reply]) -> Option<String> {
    match heard {
        [only] if only.asked == asked_at(source) => only.moved.clone(),
        _ => None,
    }
}

/// As the server gave them, byte for byte.
fn validators(reply: &Reply) -> Validators {
    Validators {
        etag: reply.header("etag").map(str::to_owned),
        last_modified: reply.header("last-modified").map(str::to_owned),
    }
}

fn body_hash(heard: &[Reply]) -> u64 {
    if let [only] = heard {
        return xxh3_64(&only.body);
    }
    let mut hash = Xxh3::new();
    for reply in heard {
        hash.update(&reply.body);
    }
    hash.digest()
}

fn pace(reply: &Reply, every_minutes: Option<u32>, at: Moment) -> Pace {
    Pace {
        every_minutes,
        quiet: Quiet::default(),
        fresh_seconds: headers::fresh_seconds(reply, at),
        hold_until: headers::hold_until(reply.status, &reply.headers, at),
        moved: None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use pepites_core::model::{Address, Batch};

    const NOW: Moment = Moment(1_795_348_800_000);
    const HERE: &str = "http://a.example/feed";

    pub(in crate::refresh) fn source(address: &str) -> Source {
        let address = Address { kind: "feed".to_owned(), locator: address.to_owned() };
        Source::unvisited(address, NOW)
    }

    fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
        Reply {
            asked: HERE.to_owned(),
            url: HERE.to_owned(),
            status,
            headers: headers.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: body.as_bytes().to_vec(),
            ..Reply::default()
        }
    }

    /// Reads any body that is not "bad"; "found NAME" says that the feed lives elsewhere.
    const PLAIN: SourceKind = SourceKind {
        name: "feed",
        examples: &[],
        recognise: |_| None,
        ask: |_, _| None,
        read: |_, heard| match heard.last().map(|reply| String::from_utf8_lossy(&reply.body).into_owned()) {
            Some(body) if body == "bad" => Err(Unreadable { why: Phrase::new("unreadable.test") }),
            Some(body) => Ok(Batch {
                title: Some(body.clone()),
                feed: body.strip_prefix("found ").map(str::to_owned),
                every_minutes: Some(30),
                ..Batch::default()
            }),
            None => Ok(Batch::default()),
        },
    };

    #[test]
    fn nothing_new_needs_no_look_into_the_body() {
        let known = Source { body_hash: Some(xxh3_64(b"same")), ..source(HERE) };
        let fresh = [("etag", "W/\"a\""), ("cache-control", "max-age=60")];
        for answer in [reply(304, &fresh, ""), reply(200, &fresh, "same")] {
            let Some(Verdict::Good(visited)) = at_a_glance(&known, &[answer], NOW) else { panic!("not good") };
            let Outcome::Unchanged(validators) = visited.outcome else { panic!("changed") };
            assert_eq!(validators.etag.as_deref(), Some("W/\"a\""));
            assert_eq!(visited.pace.fresh_seconds, Some(60));
        }
        assert!(at_a_glance(&known, &[reply(200, &[], "other")], NOW).is_none());
        assert!(at_a_glance(&source(HERE), &[reply(304, &[], "")], NOW).is_none(), "304 to what was never read");
        assert!(at_a_glance(&known, &[reply(500, &[], "same")], NOW).is_none());
    }

    #[test]
    fn a_clear_no_is_final() {
        let glance = |heard: &[Reply]| match at_a_glance(&source(HERE), heard, NOW) {
            Some(Verdict::Bad(why, pace)) => Some((why, pace.hold_until)),
            _ => None,
        };
        assert_eq!(glance(&[reply(410, &[], "")]), Some((Why::Status(410), None)));
        assert_eq!(glance(&[reply(200, &[], ""), reply(410, &[], "")]), None);
        let of_kind = |kind: &str| {
            let mut of_kind = source(HERE);
            of_kind.address.kind = kind.to_owned();
            let gone = [reply(410, &[], "bad")];
            let at_once = at_a_glance(&of_kind, &gone, NOW).is_some();
            let in_the_end = matches!(conclude(&PLAIN, &of_kind, &gone, NOW), Verdict::Bad(Why::Status(410), _));
            assert_eq!(at_once, in_the_end, "{kind}");
            at_once
        };
        let final_for = ["feed", "list", "mastodon", "bluesky", "lemmy"].map(of_kind);
        assert_eq!(final_for, [true, true, false, false, false], "an API that moved is not a source that is gone");
        let held = Some(NOW.plus(90_000));
        assert_eq!(glance(&[reply(429, &[("retry-after", "90")], "")]), Some((Why::Status(429), held)));
        assert_eq!(glance(&[reply(503, &[("retry-after", "90")], "")]), Some((Why::Status(503), held)));
        assert_eq!(glance(&[reply(503, &[], "")]), None);
    }

    /// What `conclude` gives for a source asked at [`HERE`]: its new feed and whether validators are kept, or why not.
    fn concluded(heard: &[Reply]) -> Result<(Option<String>, bool), Why> {
        match conclude(&PLAIN, &source(HERE), heard, NOW) {
            Verdict::Good(visited) => {
                let Visited { outcome, pace, .. } = *visited;
                let Outcome::Read { feed, validators, body_hash, .. } = outcome else { panic!("{outcome:?}") };
                assert_eq!((body_hash.is_some(), pace.every_minutes), (true, Some(30)));
                Ok((feed, validators.etag.is_some()))
            }
            Verdict::Bad(why, _) => Err(why),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_feed_is_asked_elsewhere_when_it_was_found_there_or_is_the_same_under_https() {
        let etag = [("etag", "\"1\"")];
        let there = || Some("http://b.example/feed".to_owned());
        assert_eq!(concluded(&[reply(200, &etag, "x")]), Ok((None, true)));
        let moved = Reply { moved: there(), ..reply(200, &etag, "x") };
        assert_eq!(concluded(std::slice::from_ref(&moved)), Ok((None, true)), "a move is noted, not yet believed");
        let Verdict::Good(visited) = conclude(&PLAIN, &source(HERE), std::slice::from_ref(&moved), NOW) else {
            panic!()
        };
        assert_eq!(visited.pace.moved, there());
        let secured = || Some("https://a.example/feed".to_owned());
        assert_eq!(concluded(&[Reply { moved: secured(), ..reply(200, &etag, "x") }]), Ok((secured(), true)));
        let elsewhere =
            Reply { asked: "http://b.example/feed".to_owned(), ..reply(200, &etag, "found http://b.example/feed") };
        assert_eq!(concluded(&[reply(200, &[], "page"), elsewhere]), Ok((there(), true)));
        let second_page = Reply { asked: "http://a.example/2".to_owned(), ..moved };
        assert_eq!(concluded(&[reply(200, &[], "x"), second_page]), Ok((None, false)));
        assert_eq!(concluded(&[reply(200, &[], &format!("found {HERE}"))]), Ok((None, false)));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        assert_eq!(concluded(&[reply(404, &[], "x")]), Err(Why::Status(404)));
        assert_eq!(concluded(&[reply(304, &[], "")]), Err(Why::Status(304)));
        assert_eq!(concluded(&[reply(200, &[], "bad")]), Err(Why::Unreadable(Phrase::new("unreadable.test"))));
        assert_eq!(concluded(&[]), Err(Why::UnknownKind));
    }

    #[test]
    fn every_trouble_has_its_words() {
        let text = String::new;
        let cases = [
            (Why::Net(NetError::Offline(text())), "trouble.offline"),
            (Why::Net(NetError::Slow(text())), "trouble.slow"),
            (Why::Net(NetError::Unreachable(text())), "trouble.unreachable"),
            (Why::Net(NetError::Refused(text())), "trouble.unreachable"),
            (Why::Net(NetError::Insecure(text())), "trouble.insecure"),
            (Why::Net(NetError::Broken(text())), "trouble.broken"),
            (Why::Net(NetError::Forbidden(text())), "trouble.never_asked"),
            (Why::Net(NetError::Held { until: NOW }), "trouble.too_many"),
            (Why::Status(401), "trouble.login"),
            (Why::Status(403), "trouble.forbidden"),
            (Why::Status(404), "trouble.not_found"),
            (Why::Status(410), "trouble.gone"),
            (Why::Status(429), "trouble.too_many"),
            (Why::Status(503), "trouble.too_many"),
            (Why::Status(502), "trouble.server"),
            (Why::Status(418), "trouble.refused"),
            (Why::UnknownKind, "trouble.unknown_kind"),
            (Why::Fault, "trouble.fault"),
        ];
        let catalogue = include_str!("../../../../ui/src/lib/i18n/en.json");
        for (why, key) in cases {
            assert_eq!(why.trouble(&source(HERE)).key, key, "{why:?}");
            assert!(catalogue.contains(&format!("\"{key}\"")), "{key} has no sentence");
        }
    }
}
