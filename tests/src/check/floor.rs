//! Gives what `bench` compares with: the least that a refresh has to do, a bare client, and other readers where they
//! are installed. Each is a command that runs as a process of its own.

use std::{collections::BTreeMap, io::Write, path::Path, time::Duration};

use ammonia::Builder;
use anyhow::{Context, Result};
use futures::StreamExt;
use pepites_store::Store;
use reqwest::{Client, StatusCode, header};
use rusqlite::{Connection, params};

/// As many at once as a refresh asks.
const AT_ONCE: usize = 24;

/// How long a library is waited for.
const WAIT: Duration = Duration::from_secs(5);

/// What one answer is.
struct Answer {
    address: String,
    status: StatusCode,
    etag: Option<String>,
    body: Vec<u8>,
}

/// The addresses of the feeds that an OPML names.
///
/// # Errors
/// When it cannot be read.
pub(super) fn addresses(opml: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(opml)?;
    let named = text.split("xmlUrl=\"").skip(1).filter_map(|rest| rest.split('"').next());
    // People are given by their profile; their feed is beside it.
    Ok(named
        .map(|address| if address.contains("/@") { format!("{address}.rss") } else { address.to_owned() })
        .collect())
}

/// Asks every address, with the etag that is known of it.
async fn ask(addresses: &[String], etags: &BTreeMap<String, String>) -> Result<Vec<Answer>> {
    let client = Client::builder().gzip(true).build()?;
    let mut answers = futures::stream::iter(addresses.iter().map(|address| {
        let mut request = client.get(address);
        if let Some(etag) = etags.get(address) {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        async move {
            let reply = request.send().await?;
            let status = reply.status();
            let etag = reply.headers().get(header::ETAG).and_then(|etag| etag.to_str().ok()).map(str::to_owned);
            let body = reply.bytes().await?.to_vec();
            Ok::<_, reqwest::Error>(Answer { address: address.clone(), status, etag, body })
        }
    }))
    .buffer_unordered(AT_ONCE);
    let mut all = Vec::new();
    while let Some(answer) = answers.next().await {
        all.push(answer?);
    }
    Ok(all)
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

/// Receives and unpacks every feed, reads it with feed-rs, cleans every text with ammonia, and inserts all posts in one
/// transaction into a table with a full-text index: what no reader that shows safe HTML and searches it can leave out.
///
/// # Errors
/// When a feed does not come, or the database in `folder` cannot be written.
pub fn floor(opml: &Path, folder: &Path, out: &mut dyn Write) -> Result<()> {
    let answers = runtime()?.block_on(ask(&addresses(opml)?, &BTreeMap::new()))?;
    std::fs::create_dir_all(folder)?;
    let mut library = Connection::open(folder.join("floor.db"))?;
    library.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    library.execute_batch(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, guid TEXT UNIQUE, title TEXT, link TEXT, published INTEGER, html TEXT);
         CREATE VIRTUAL TABLE words USING fts5 (title, body, content = '', tokenize = 'unicode61 remove_diacritics 2');",
    )?;
    let (safe, bare) = (Builder::default(), Builder::empty());
    let transaction = library.transaction()?;
    let mut posts = 0;
    for Answer { address, body, .. } in answers {
        // Some feeds of the demo world are broken on purpose: feed-rs gives up, and so does the floor.
        let Ok(feed) = feed_rs::parser::parse(body.as_slice()) else { continue };
        for entry in feed.entries {
            let title = entry.title.map(|title| title.content).unwrap_or_default();
            let text = entry.content.and_then(|content| content.body).or(entry.summary.map(|text| text.content));
            let html = safe.clean(&text.unwrap_or_default()).to_string();
            let link = entry.links.into_iter().next().map(|link| link.href);
            let published = entry.published.or(entry.updated).map(|date| date.timestamp_millis());
            let guid = format!("{address} {}", entry.id);
            let sql = "INSERT OR IGNORE INTO posts (guid, title, link, published, html) VALUES (?1, ?2, ?3, ?4, ?5)";
            transaction.prepare_cached(sql)?.execute(params![guid, title, link, published, html])?;
            let words = bare.clean(&html).to_string();
            transaction
                .prepare_cached("INSERT INTO words (rowid, title, body) VALUES (?1, ?2, ?3)")?
                .execute(params![transaction.last_insert_rowid(), title, words])?;
            posts += 1;
        }
    }
    transaction.commit()?;
    writeln!(out, "{posts} posts")?;
    Ok(())
}

/// The bytes of a library's file, and of the titles and HTML in it, unpacked.
///
/// # Errors
/// When it cannot be read.
pub(super) fn weights(library: &Path) -> Result<(u64, u64)> {
    // Closed by the program that wrote it: all is in the one file.
    let file = std::fs::metadata(library.join("library.db"))?.len();
    let store = Store::open(library, WAIT)?;
    let mut texts = 0;
    for source in store.sources()? {
        for post in store.posts_of(source.id, u32::MAX, 0)? {
            texts += post.title.len() + post.html.as_str().len();
        }
    }
    Ok((file, u64::try_from(texts)?))
}

/// Asks every feed whether it has changed, and does nothing else. `etags` holds what an earlier run was given.
///
/// # Errors
/// When a feed does not answer.
pub fn conditional(opml: &Path, etags: &Path, out: &mut dyn Write) -> Result<()> {
    let known: BTreeMap<String, String> = match std::fs::read_to_string(etags) {
        Ok(text) => serde_json::from_str(&text).context("the etags are damaged")?,
        Err(_none) => BTreeMap::new(),
    };
    let answers = runtime()?.block_on(ask(&addresses(opml)?, &known))?;
    let unchanged = answers.iter().filter(|answer| answer.status == StatusCode::NOT_MODIFIED).count();
    if known.is_empty() {
        let given: BTreeMap<String, String> =
            answers.into_iter().filter_map(|answer| Some((answer.address, answer.etag?))).collect();
        std::fs::write(etags, serde_json::to_string(&given)?)?;
    }
    writeln!(out, "{unchanged} unchanged")?;
    Ok(())
}

/// The commands that make other readers refresh the same feeds with a store in `folder`, where they are installed.
///
/// # Errors
/// When their settings cannot be written.
pub(super) fn others(opml: &Path, folder: &Path) -> Result<Vec<(&'static str, Vec<String>)>> {
    std::fs::create_dir_all(folder)?;
    let addresses = addresses(opml)?;
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::write(&path, text).map(|()| path.to_string_lossy().into_owned())
    };
    let home = format!("HOME={}", folder.display());
    let urls = write("urls", addresses.join("\n"))?;
    let config = write("config", String::new())?;
    let config_8t = write("config-8t", "reload-threads 8\n".to_owned())?;
    let cache = folder.join("cache.db").to_string_lossy().into_owned();
    let cache_8t = folder.join("cache-8t.db").to_string_lossy().into_owned();
    let feeds: String =
        addresses.iter().enumerate().map(|(place, address)| format!("\tfeed 'feed{place}' '{address}'\n")).collect();
    let sfeed = write("sfeedrc", format!("sfeedpath='{}/sfeed'\nfeeds() {{\n{feeds}}}\n", folder.display()))?;
    // Some feeds of the demo world are broken on purpose, which others end in failure for.
    let command = |words: &[&str]| {
        ["sh", "-c", "\"$@\" || true", "sh", "env", &home].iter().chain(words).map(|word| (*word).to_owned()).collect()
    };
    let known: [(&'static str, Vec<String>); 3] = [
        ("newsboat", command(&["newsboat", "-u", &urls, "-c", &cache, "-C", &config, "-x", "reload"])),
        ("newsboat-8t", command(&["newsboat", "-u", &urls, "-c", &cache_8t, "-C", &config_8t, "-x", "reload"])),
        ("sfeed", command(&["sfeed_update", &sfeed])),
    ];
    let installed = |program: &str| {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
    };
    let program = |words: &[String]| words.get(6).is_some_and(|program| installed(program));
    Ok(known.into_iter().filter(|(_, words)| program(words)).collect())
}
