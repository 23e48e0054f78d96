//! Gives what is followed, and the two halves of asking it: a request and a reply.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Moment, SourceId};

/// Where a source is, as its kind writes it. Two of the same [`Address::place`] are the same source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct Address {
    /// The `name` of the entry of `sources::KINDS` that recognised it.
    pub kind: String,
    /// The canonical http or https address: a feed's own, or a person's profile.
    pub locator: String,
}

impl Address {
    /// What tells one source from another: its kind and its locator without `http:` or `https:`. A list of ten years
    /// ago names most feeds by http that a list of today names by https.
    #[must_use]
    pub fn place(&self) -> (&str, &str) {
        (&self.kind, without_scheme(&self.locator))
    }

    /// The locator of the same place under the other of http and https; None when it has neither.
    #[must_use]
    pub fn other_spelling(&self) -> Option<String> {
        let rest = without_scheme(&self.locator);
        let scheme = match self.locator.strip_suffix(rest)? {
            "http:" => "https:",
            "https:" => "http:",
            _ => return None,
        };
        Some(format!("{scheme}{rest}"))
    }
}

fn without_scheme(locator: &str) -> &str {
    ["https:", "http:"].iter().find_map(|scheme| locator.strip_prefix(scheme)).unwrap_or(locator)
}

/// A folder as the path of names from the top, never empty. Folders nest at any depth.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Folder(pub Vec<String>);

/// What a server gave to be asked "has it changed?" with, kept byte for byte and sent back verbatim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag` header, quotes included.
    pub etag: Option<String>,
    /// The `Last-Modified` header.
    pub last_modified: Option<String>,
}

impl Validators {
    /// The headers that ask "has it changed?".
    #[must_use]
    pub fn headers(&self) -> Vec<(String, String)> {
        let conditions = [("If-None-Match", &self.etag), ("If-Modified-Since", &self.last_modified)];
        conditions.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))).collect()
    }
}

/// Something that is followed, with what its last visits taught.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its row.
    pub id: SourceId,
    /// Where it is.
    pub address: Address,
    /// Where its kind is to ask, when an earlier visit found that the feed lives elsewhere than at the address
    /// (a site's feed found by discovery, a permanent redirect).
    pub feed: Option<String>,
    /// The title that it gives itself; its address until it was first read.
    pub title: String,
    /// The title that the reader gave it, which wins.
    pub name: Option<String>,
    /// The page for people.
    pub site: Option<String>,
    /// The address of a small picture that stands for it.
    pub portrait: Option<String>,
    /// Every folder that it is in; none is the top level.
    pub folders: Vec<Folder>,
    /// When it was first followed.
    pub added: Moment,
    /// For the next conditional request.
    pub validators: Validators,
    /// A hash of the last body that was read, so that the same bytes are not parsed again.
    pub body_hash: Option<u64>,
    /// When it was last asked.
    pub visited: Option<Moment>,
    /// When it was last to be asked and there was no network; None once it was asked since.
    pub unreached: Option<Moment>,
    /// When it last brought a new post.
    pub last_new: Option<Moment>,
    /// When the schedule wants it asked again.
    pub next_visit: Option<Moment>,
    /// Why then.
    pub next_why: Option<super::Phrase>,
    /// Until when it must not be asked, because the server said so (`Retry-After`, 429). Obeyed by every refresh.
    pub hold_until: Option<Moment>,
    /// It answered 410: never asked again unless the reader adds it anew.
    pub gone: bool,
    /// Visits that failed, in a row.
    pub failures: u32,
    /// What the last visit said when it failed.
    pub trouble: Option<super::Phrase>,
    /// Its posts are opened with the full text of the pages that they link to.
    pub full_text: bool,
    /// How one logs in there (`basic`, `bearer`, `headers`); the secret itself is in the system's keychain.
    pub login: Option<String>,
    /// The address of its own small picture, as its feed names it.
    pub icon: Option<String>,
    /// Of a story that several tell, the reader wants its telling.
    pub preferred: bool,
    /// How much of it the reader wants.
    pub mode: super::Mode,
}

impl Source {
    /// What is at `address`, not followed and never asked.
    #[must_use]
    pub fn unvisited(address: Address, now: Moment) -> Self {
        Self {
            id: SourceId(0),
            title: address.locator.clone(),
            address,
            feed: None,
            name: None,
            site: None,
            portrait: None,
            folders: Vec::new(),
            added: now,
            validators: Validators::default(),
            body_hash: None,
            visited: None,
            unreached: None,
            last_new: None,
            next_visit: None,
            next_why: None,
            hold_until: None,
            gone: false,
            failures: 0,
            trouble: None,
            full_text: false,
            login: None,
            icon: None,
            preferred: false,
            mode: super::Mode::All,
        }
    }

    /// What the reader calls it: their own name for it, else its title.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.title)
    }
}

/// One GET to send. Nothing else is ever sent to a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The full http or https address.
    pub url: String,
    /// Headers beyond those that every request carries (user agent, encodings).
    pub headers: Vec<(String, String)>,
}

impl Request {
    /// A plain GET.
    #[must_use]
    pub fn get(url: impl Into<String>) -> Self {
        Self { url: url.into(), headers: Vec::new() }
    }
}

/// What came back, whatever its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The address that was asked.
    pub asked: String,
    /// The address that answered, after redirects.
    pub url: String,
    /// Where a chain of permanent redirects (301, 308) from `asked` leads, when the whole chain was permanent.
    pub moved: Option<String>,
    /// The HTTP status.
    pub status: u16,
    /// Header names in lower case, in order of arrival.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed and capped; empty for 304.
    pub body: Vec<u8>,
    /// The body was longer than the cap: what is here is its beginning.
    pub cut: bool,
}

impl Reply {
    /// The first header of that name (given in lower case).
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_and_https_are_two_spellings_of_one_place() {
        let check = |locator: &str, place: &str, other: Option<&str>| {
            let address = Address { kind: "feed".to_owned(), locator: locator.to_owned() };
            assert_eq!(address.place(), ("feed", place), "{locator}");
            assert_eq!(address.other_spelling().as_deref(), other, "{locator}");
        };
        check("http://a.example/feed", "//a.example/feed", Some("https://a.example/feed"));
        check("https://a.example/feed", "//a.example/feed", Some("http://a.example/feed"));
        check("https://a.example/http:", "//a.example/http:", Some("http://a.example/http:"));
        check("@ada@social.example", "@ada@social.example", None);
    }
}
