//! Takes the digest of the day, fetches the pictures that its stories show, so that they are there without a network; and
//! keeps them from being dropped while it is read. Never for who does not want it, and never what is to be asked for first.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use futures::StreamExt as _;
use scraper::{Html, Selector};
use url::Url;

use super::FOLDER;
use crate::{
    Cancel, Engine,
    contract::{DigestAsk, Problem},
};

/// Pictures of one digest: a hundred stories with three each.
const MOST: usize = 300;
/// Pictures of one story; a gallery has more, and its first are seen.
const MOST_OF_ONE: usize = 20;
/// Bytes of them all. A fourth of what is kept: the rest is what was shown before.
const MOST_BYTES: usize = 64 << 20;
/// So many at once, two of them at one host: nobody waits for them.
const AT_ONCE: usize = 4;
/// What a body shows, but not what is shown only when it is asked for.
const SHOWN: &str = "img[src]:not([data-sensitive]), video[poster]:not([data-sensitive])";

impl Engine {
    /// Fetches the pictures of the digest of the day, the first stories first. Gives how many are there now. One run at a
    /// time.
    pub async fn fetch_pictures(&self, cancel: &Cancel) -> Result<u32, Problem> {
        let _one_run = self.gave_none.lock().await;
        let wanted = self.apart(Self::wanted_pictures).await?;
        let (mut bytes, mut names) = (0, Vec::new());
        let fetch = |address: String| async move {
            let picture = self.picture(&address).await?;
            Some((self.file(&Url::parse(&address).ok()?), picture.bytes.len()))
        };
        let mut coming = futures::stream::iter(wanted).map(fetch).buffered(AT_ONCE);
        while bytes < MOST_BYTES {
            let next = tokio::select! {
                next = coming.next() => next,
                () = cancel.cancelled() => break,
            };
            let Some(came) = next else { break };
            if let Some((file, size)) = came {
                bytes += size;
                names.extend(file.file_name().map(|name| name.to_string_lossy().into_owned()));
            }
        }
        let came = u32::try_from(names.len()).unwrap_or(u32::MAX);
        let note = move |engine: &Self| {
            let folder = engine.place.folder.join(FOLDER);
            // Without it the oldest may go before they are read: no reason to fail.
            if !names.is_empty()
                && let Err(error) = fs::write(needed_file(&folder), names.join("\n"))
            {
                tracing::debug!(%error, "what the digest needs could not be noted");
            }
            Ok(())
        };
        self.apart(note).await?;
        Ok(came)
    }

    /// The addresses of the pictures, in the order of the digest, each once.
    fn wanted_pictures(&self) -> Result<Vec<String>, Problem> {
        if !self.settings()?.pictures_ahead {
            return Ok(Vec::new());
        }
        let digest = self.of_today(&DigestAsk::default(), false)?;
        let (mut seen, mut wanted) = (BTreeSet::new(), Vec::new());
        for entry in &digest.entries {
            let post = self.store.post(entry.face.post)?;
            // As it will be opened: with its full text, where that was fetched.
            let full = self.store.full_text(entry.face.post)?;
            let html = full.as_ref().map_or(post.html.as_str(), |full| full.html.as_str());
            let sensitive = post.html.as_str().contains("data-sensitive");
            let shown = if sensitive { Vec::new() } else { pictures_in(html) };
            for address in post.portrait.into_iter().chain(shown.into_iter().take(MOST_OF_ONE)) {
                if wanted.len() < MOST && seen.insert(address.clone()) {
                    wanted.push(address);
                }
            }
        }
        Ok(wanted)
    }
}

/// The addresses of what a body shows.
fn pictures_in(html: &str) -> Vec<String> {
    if !html.contains("<img") && !html.contains("<video") {
        return Vec::new();
    }
    let Ok(shown) = Selector::parse(SHOWN) else { return Vec::new() };
    let body = Html::parse_fragment(html);
    let address = |element: scraper::ElementRef<'_>| {
        let name = if element.value().name() == "video" { "poster" } else { "src" };
        element.value().attr(name).map(str::to_owned)
    };
    body.select(&shown).filter_map(address).collect()
}

/// Where the names of what the digest needs stand, beside the folder of pictures.
fn needed_file(folder: &Path) -> PathBuf {
    folder.with_extension("needed")
}

/// The names of the files that the digest needs.
pub(super) fn needed(folder: &Path) -> BTreeSet<String> {
    let names = fs::read_to_string(needed_file(folder)).unwrap_or_default();
    names.lines().map(str::to_owned).collect()
}
