//! Gives the requests of a reader with 150 feeds and 300 accounts: a first refresh, one with nothing new, one after a tenth
//! of the accounts wrote, and one of what is due by then. Every host is played by one loopback server. What people wrote
//! comes with who likes it, as it does out there: it changes all the time, and says nothing new. A request that tells the
//! reader nothing they could not know is wasted, and fails the check.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::program::Program;
use crate::serve::{Answer, Asked, Loopback};

const FEEDS: usize = 150;
/// On four servers of Mastodon.
const MASTODON: usize = 200;
const SERVERS: usize = 4;
const BLUESKY: usize = 100;
/// Posts that each has written.
const POSTS: usize = 20;

#[derive(Default)]
struct World {
    /// Posts written since, by account.
    more: usize,
    asked: BTreeMap<&'static str, usize>,
    unchanged: usize,
    /// Likes so far, of everything: nothing is liked as often as a moment ago.
    likes: usize,
}

/// One refresh: what it is called, how it is asked for, what was written before it by a tenth of the accounts.
struct Refresh {
    name: &'static str,
    arguments: &'static [&'static str],
    more: usize,
    /// The most requests that it may take.
    most: usize,
    /// Posts that it brings.
    new: usize,
}

const ACCOUNTS: usize = MASTODON + BLUESKY;

#[rustfmt::skip]
const REFRESHES: &[Refresh] = &[
    // Who each account is, once; then what they wrote.
    Refresh { name: "first", arguments: &["refresh"], more: 0, most: FEEDS + 2 * ACCOUNTS, new: (FEEDS + ACCOUNTS) * POSTS },
    Refresh { name: "nothing new", arguments: &["refresh"], more: 0, most: FEEDS + ACCOUNTS, new: 0 },
    Refresh { name: "a tenth wrote", arguments: &["refresh"], more: 1, most: FEEDS + ACCOUNTS, new: ACCOUNTS / 10 },
    // Everyone was asked a moment ago.
    Refresh { name: "what is due", arguments: &["refresh", "--due"], more: 1, most: 0, new: 0 },
];

/// Counts; writes its table to `out`.
///
/// # Errors
/// When the program fails.
pub fn check(out: &mut dyn Write) -> Result<()> {
    let world = Arc::new(Mutex::new(World::default()));
    let played = Arc::clone(&world);
    let server = Loopback::start(Arc::new(move |asked, _| {
        let mut world = played.lock().unwrap_or_else(PoisonError::into_inner);
        let url = asked.headers.get("x-original-url").cloned().unwrap_or_default();
        let (what, answer) = answer(&world, asked, &url);
        *world.asked.entry(what).or_default() += 1;
        world.likes += 1;
        world.unchanged += usize::from(answer.status == 304);
        answer
    }))?;
    let scratch = tempfile::tempdir()?;
    let list = scratch.path().join("crowd.opml");
    std::fs::write(&list, opml())?;
    let program = Program::beside(&scratch.path().join("library"))?;
    program.json(&["import", &list.to_string_lossy()])?;
    writeln!(out, "\n{FEEDS} feeds, {MASTODON} accounts on {SERVERS} servers of Mastodon, {BLUESKY} on Bluesky")?;
    writeln!(
        out,
        "\n| refresh | requests | unchanged (304) | new posts | in trouble | by what |\n| --- | ---: | ---: | ---: | ---: | --- |"
    )?;
    let mut wasted = Vec::new();
    for Refresh { name, arguments, more, most, new } in REFRESHES {
        world.lock().unwrap_or_else(PoisonError::into_inner).more = *more;
        let via = server.url("");
        let report = program.json(&[&["--via", via.as_str()], *arguments].concat())?;
        let mut world = world.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = std::mem::take(&mut world.asked);
        let by: Vec<String> = asked.iter().map(|(what, count)| format!("{count} {what}")).collect();
        let requests: usize = asked.values().sum();
        let unchanged = std::mem::take(&mut world.unchanged);
        let number = |key: &str| report.get(key).and_then(Value::as_u64).unwrap_or(0);
        let failed = report.get("failed").and_then(Value::as_array).map_or(0, Vec::len);
        writeln!(
            out,
            "| {name} | {requests} | {unchanged} | {} | {failed} | {} |",
            number("new_posts"),
            by.join(", ")
        )?;
        let (brought, edited) = (number("new_posts"), number("edited_posts"));
        if requests > *most || brought != *new as u64 || edited > 0 || failed > 0 {
            wasted.push(format!(
                "{name}: {requests} requests for at most {most}, {brought} new posts for {new}, {edited} edited, {failed} in trouble"
            ));
        }
    }
    ensure!(wasted.is_empty(), "requests are wasted, or posts are lost:\n{}", wasted.join("\n"));
    Ok(())
}

fn opml() -> String {
    let mut opml = String::from("<opml version=\"2.0\"><body>\n");
    let addresses = (0..FEEDS)
        .map(|n| format!("https://site{n}.example/feed.xml"))
        .chain((0..MASTODON).map(|n| format!("https://social{}.example/@user{n}", n % SERVERS)))
        .chain((0..BLUESKY).map(|n| format!("https://bsky.app/profile/user{n}.bsky.social")));
    for address in addresses {
        // Writing to a string cannot fail.
        let _written = writeln!(opml, "<outline type=\"rss\" text=\"{address}\" xmlUrl=\"{address}\"/>");
    }
    opml.push_str("</body></opml>\n");
    opml
}

/// What was asked, by sort, and the answer to it.
fn answer(world: &World, asked: &Asked, url: &str) -> (&'static str, Answer) {
    let after = |mark: &str| {
        url.split(mark).nth(1).map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>())
    };
    let number = |mark: &str| after(mark).and_then(|digits| digits.parse::<usize>().ok()).unwrap_or(0);
    let posts = |n: usize| POSTS + if n.is_multiple_of(10) { world.more } else { 0 };
    if url.contains("/feed.xml") {
        let n = number("//site");
        return ("feeds", tagged(asked, "application/rss+xml", &rss(n)));
    }
    if url.contains("/accounts/lookup") {
        let n = number("acct=user");
        return ("lookups", tagged(asked, "application/json", &account(n).to_string()));
    }
    if url.contains("/statuses") {
        let n = number("/accounts/");
        let min = after("min_id=").and_then(|id| id.parse::<usize>().ok()).unwrap_or(0);
        let page: Vec<Value> = (min + 1..=posts(n)).rev().map(|post| status(n, post, world.likes)).collect();
        return ("pages of Mastodon", tagged(asked, "application/json", &Value::Array(page).to_string()));
    }
    if url.contains("getProfile") {
        return ("profiles", tagged(asked, "application/json", &actor(number("actor=user")).to_string()));
    }
    if url.contains("getAuthorFeed") {
        let n = number("plc%3Auser");
        let feed: Vec<Value> = (1..=posts(n)).rev().map(|post| entry(n, post, world.likes)).collect();
        return ("pages of Bluesky", tagged(asked, "application/json", &json!({"feed": feed}).to_string()));
    }
    ("others", Answer::status(404))
}

/// With an `ETag`, as every one of these servers has.
fn tagged(asked: &Asked, kind: &str, body: &str) -> Answer {
    let tag = format!("\"{}-{}\"", body.len(), body.bytes().map(u64::from).sum::<u64>());
    if asked.headers.get("if-none-match") == Some(&tag) {
        return Answer::status(304).with("etag", &tag);
    }
    Answer::ok(kind, body.to_owned()).with("etag", &tag)
}

fn words(n: usize, post: usize) -> String {
    format!("Note {post} of the person of number {n}, about what they saw on day {post} and nobody else did")
}

/// Hours of November 2026, the latest of them before the clock of whoever runs this.
fn at(post: usize) -> String {
    format!("2026-11-{:02}T{:02}:00:00.000Z", 1 + post / 24, post % 24)
}

fn rss(n: usize) -> String {
    let items: String = (1..=POSTS)
        .map(|post| format!("<item><guid>{n}-{post}</guid><title>{}</title></item>", words(n, post)))
        .collect();
    format!("<rss version=\"2.0\"><channel><title>Site {n}</title>{items}</channel></rss>")
}

fn account(n: usize) -> Value {
    json!({"id": n.to_string(), "acct": format!("user{n}"), "display_name": format!("Person {n}"),
           "url": format!("https://social{}.example/@user{n}", n % SERVERS)})
}

fn status(n: usize, post: usize, likes: usize) -> Value {
    json!({"id": post.to_string(), "url": format!("https://social{}.example/@user{n}/{post}", n % SERVERS),
           "created_at": at(post), "content": format!("<p>{}</p>", words(n, post)), "account": account(n),
           "replies_count": likes % 3, "reblogs_count": likes % 7, "favourites_count": likes})
}

fn actor(n: usize) -> Value {
    json!({"did": format!("did:plc:user{n}"), "handle": format!("user{n}.bsky.social"), "displayName": format!("Blue {n}")})
}

fn entry(n: usize, post: usize, likes: usize) -> Value {
    json!({"post": {"uri": format!("at://did:plc:user{n}/app.bsky.feed.post/{post}"), "author": actor(n),
                    "indexedAt": at(post), "likeCount": likes, "repostCount": likes % 7, "record": {"text": words(n + 1_000, post), "createdAt": at(post)}}})
}
