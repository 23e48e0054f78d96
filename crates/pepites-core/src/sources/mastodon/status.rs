//! Takes a status as Mastodon, Pleroma, Akkoma, GoToSocial, Pixelfed and Friendica have it, gives a note.
//! Never fails on a field: one that is missing or of another type is left out.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    sources::{
        json,
        notes::{Author, Card, Media, Note, Sort, escaped},
    },
    text::address::canonical,
};

/// Quotes inside quotes are links.
const DEEPEST_QUOTE: u8 = 1;

/// Height of a custom emoji, in pixels: that of the words around it.
const EMOJI: &str = "20";

/// More are a joke on whoever shows them.
const MOST_EMOJIS: usize = 100;

/// Servers allow four to ten.
const MOST_FIELDS: usize = 20;

/// What stands for a quote where it is not understood.
const QUOTE_INLINE: (&str, &str) = ("<p class=\"quote-inline\">", "</p>");

/// What a page of statuses is read with.
pub(super) struct Reading<'a> {
    /// The domain of accounts that name none.
    pub domain: &'a str,
    /// What people say to others is left out, as the feeds of their profiles leave it out.
    pub only_own: bool,
    /// It is what an account of the reader's own sees: what was told to followers only was told to the reader too.
    pub mine: bool,
    /// The `id` of the notes that are there, by the id of their server.
    pub ids: BTreeMap<String, String>,
}

impl Reading<'_> {
    /// The note that `status` is; None when it is not for the reader, or said to someone else, or has no address.
    pub(super) fn note(&self, status: &Value) -> Option<Note> {
        match json::at(status, &["reblog"]).filter(|inner| inner.is_object()) {
            Some(inner) => {
                let by = self.author(status);
                let note = self.written(inner, 0)?;
                Some(Note {
                    at: json::moment(status, &["created_at"]).unwrap_or(note.at),
                    answers: None,
                    boosted_by: Some(by.shown()),
                    ..note
                })
            }
            None if self.only_own && answers_someone_else(status) => None,
            None => self.written(status, 0),
        }
    }

    fn written(&self, status: &Value, depth: u8) -> Option<Note> {
        match json::text(status, &["visibility"]) {
            Some("direct") => return None,
            Some("private") if !self.mine => return None,
            _ => {}
        }
        let emojis = emojis(status);
        let quote = (depth < DEEPEST_QUOTE).then(|| self.quote(status, depth)).flatten();
        let mut html = json::text(status, &["content"]).unwrap_or_default().to_owned();
        if quote.is_some() {
            html = without_inline_quote(&html);
        }
        Some(Note {
            id: address(status)?,
            link: address(status)?,
            author: self.author(status),
            at: json::moment(status, &["created_at"])?,
            edited: json::moment(status, &["edited_at"]),
            html: with_emojis(&html, &emojis),
            warning: json::line(status, &["spoiler_text"]),
            sensitive: json::flag(status, &["sensitive"]),
            media: json::list(status, &["media_attachments"]).iter().filter_map(media).collect(),
            poll: json::list(status, &["poll", "options"])
                .iter()
                .filter_map(|option| Some((json::line(option, &["title"])?, json::number(option, &["votes_count"]))))
                .collect(),
            poll_over: json::flag(status, &["poll", "expired"]),
            card: json::at(status, &["card"]).and_then(card).filter(|card| {
                // Where a quote is not understood, its card is what stands for it.
                quote.as_ref().is_none_or(|quote| quote.link != card.url)
            }),
            quote: quote.map(Box::new),
            tags: json::list(status, &["tags"]).iter().filter_map(|tag| json::line(tag, &["name"])).collect(),
            language: json::line(status, &["language"]),
            answers: self.answers(status),
            known: false,
            boosted_by: None,
        })
    }

    /// What it goes on with. A part of a thread whose beginning is not there keeps a name that nothing has.
    fn answers(&self, status: &Value) -> Option<String> {
        let before = json::id(status, &["in_reply_to_id"])?;
        let own = json::id(status, &["in_reply_to_account_id"]) == json::id(status, &["account", "id"]);
        self.ids.get(&before).cloned().or_else(|| own.then_some(before))
    }

    /// Mastodon wraps what is quoted in how its author takes it; Akkoma and Pleroma give it bare.
    fn quote(&self, status: &Value, depth: u8) -> Option<Note> {
        let wrapped = json::at(status, &["quote", "quoted_status"]);
        let bare = || json::at(status, &["quote"]).or_else(|| json::at(status, &["pleroma", "quote"]));
        self.written(wrapped.or_else(bare)?, depth + 1)
    }

    pub(super) fn author(&self, status: &Value) -> Author {
        json::at(status, &["account"]).map(|account| self.account(account)).unwrap_or_default()
    }

    pub(super) fn account(&self, account: &Value) -> Author {
        let acct = json::line(account, &["acct"]).or_else(|| json::line(account, &["username"])).unwrap_or_default();
        let handle = if acct.contains('@') { format!("@{acct}") } else { format!("@{acct}@{}", self.domain) };
        Author {
            key: json::id(account, &["id"]).unwrap_or_else(|| handle.clone()),
            name: json::line(account, &["display_name"]).map(|name| without_codes(&name)).unwrap_or_default(),
            page: json::line(account, &["url"]).unwrap_or_default(),
            portrait: portrait(account),
            handle,
        }
    }
}

/// Pages of which its server has seen that they point back to the profile, by `rel=me`.
pub(super) fn proven(account: &Value) -> Vec<String> {
    let checked = |field: &&Value| json::text(field, &["verified_at"]).is_some();
    let page = |field: &Value| {
        let html = json::text(field, &["value"])?;
        let (_, rest) = html.split_once("href=\"")?;
        let (href, _) = rest.split_once('"')?;
        canonical(&html_escape::decode_html_entities(href))
    };
    let fields = json::list(account, &["fields"]).iter().take(MOST_FIELDS);
    fields.filter(checked).filter_map(page).collect()
}

/// Still, where it moves: a list of people is no fair.
fn portrait(account: &Value) -> Option<String> {
    let web = |key: &str| json::line(account, &[key]).filter(|url| url.starts_with("http"));
    web("avatar_static").or_else(|| web("avatar"))
}

/// What its feed has as guid and link.
pub(super) fn address(status: &Value) -> Option<String> {
    let web = |key: &str| json::line(status, &[key]).filter(|url| url.starts_with("http"));
    web("url").or_else(|| web("uri"))
}

fn answers_someone_else(status: &Value) -> bool {
    let to = json::id(status, &["in_reply_to_account_id"]);
    to.is_some() && to != json::id(status, &["account", "id"])
}

fn media(file: &Value) -> Option<Media> {
    let address = |key: &str| json::line(file, &[key]).filter(|url| url.starts_with("http"));
    let (sort, url) = match json::text(file, &["type"]).unwrap_or("unknown") {
        "video" | "gifv" => (Sort::Film, address("url").or_else(|| address("remote_url"))),
        "audio" => (Sort::Sound, address("url").or_else(|| address("remote_url"))),
        "image" => (Sort::Picture, address("url").or_else(|| address("remote_url"))),
        // A server that did not fetch it has a small picture of it at most.
        _ => (Sort::Picture, address("preview_url").or_else(|| address("url"))),
    };
    let poster = address("preview_url").filter(|_| sort == Sort::Film);
    Some(Media { url: url?, sort, poster, alt: json::line(file, &["description"]), plays_at: None })
}

fn card(card: &Value) -> Option<Card> {
    let line = |key: &str| json::line(card, &[key]);
    Some(Card {
        url: line("url").filter(|url| url.starts_with("http"))?,
        title: line("title").unwrap_or_default(),
        text: line("description").unwrap_or_default(),
        picture: line("image").filter(|url| url.starts_with("http")),
    })
}

/// The pictures that stand for `:name:`.
fn emojis(status: &Value) -> BTreeMap<String, String> {
    let emoji = |emoji: &Value| {
        let url = json::line(emoji, &["static_url"]).or_else(|| json::line(emoji, &["url"]))?;
        Some((json::line(emoji, &["shortcode"])?, url))
    };
    json::list(status, &["emojis"]).iter().take(MOST_EMOJIS).filter_map(emoji).collect()
}

/// `html` with pictures for the `:name:` in its text; what stands inside tags stays.
fn with_emojis(html: &str, emojis: &BTreeMap<String, String>) -> String {
    if emojis.is_empty() {
        return html.to_owned();
    }
    let mut shown = String::with_capacity(html.len());
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        pictured(&mut shown, text, emojis);
        let end = tag.find('>').map_or(tag.len(), |at| at + 1);
        let (tag, after) = tag.split_at(end);
        shown.push_str(tag);
        rest = after;
    }
    shown
}

fn pictured(shown: &mut String, text: &str, emojis: &BTreeMap<String, String>) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(':') {
        shown.push_str(before);
        let found = after.split_once(':').and_then(|(name, tail)| Some((name, emojis.get(name)?, tail)));
        match found {
            Some((name, url, tail)) => {
                let (name, url) = (escaped(name), html_escape::encode_double_quoted_attribute(url));
                shown.push_str(&format!(
                    "<img src=\"{url}\" alt=\":{name}:\" title=\":{name}:\" width=\"{EMOJI}\" height=\"{EMOJI}\">"
                ));
                rest = tail;
            }
            None => {
                shown.push(':');
                rest = after;
            }
        }
    }
    shown.push_str(rest);
}

/// A name in a list without the codes that only pictures make sense of: `Ada :verified:`.
fn without_codes(name: &str) -> String {
    let is_code = |word: &&str| word.len() > 2 && word.starts_with(':') && word.ends_with(':');
    let plain: Vec<&str> = name.split_whitespace().filter(|word| !is_code(word)).collect();
    plain.join(" ")
}

fn without_inline_quote(html: &str) -> String {
    let (begin, end) = QUOTE_INLINE;
    let Some((before, rest)) = html.split_once(begin) else { return html.to_owned() };
    let after = rest.split_once(end).map_or("", |(_, after)| after);
    format!("{before}{after}")
}
