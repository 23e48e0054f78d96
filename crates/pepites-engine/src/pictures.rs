//! Takes the address of a picture in a post, gives the picture: from the library's folder, else over the net.
//! Never trusts what a server calls it: its own bytes say what it is, and only kinds that cannot act are given.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use pepites_core::model::Request;
use url::Url;
use xxhash_rust::xxh3::xxh3_128;

use crate::{
    Engine, Place,
    net::{host_key, near},
};

mod ahead;
mod room;

/// Where pictures are kept, inside the library's folder. Anyone may empty it.
const FOLDER: &str = "cache/pictures";
/// A larger picture (a whole poster, a raw photograph) is not shown.
const LARGEST: usize = 8 << 20;
/// Bytes kept in all. A week of a hundred illustrated posts a day is about half of that.
const KEPT: u64 = 256 << 20;
/// A comic's "today.png" shows another picture next week.
const FRESH: Duration = Duration::from_secs(7 * 24 * 3600);
/// Where there is none (a site without an icon) is looked again after this long.
const NONE_FRESH: Duration = Duration::from_secs(24 * 3600);
/// What we would like to get, so that servers that can choose send no SVG.
const ACCEPT: &str = "image/avif,image/webp,image/png,image/jpeg,image/gif;q=0.9,image/*;q=0.1";
/// Longer addresses carry a picture in themselves, or nothing good.
const LONGEST_ADDRESS: usize = 4_096;

/// A picture that may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its MIME type, by its own bytes.
    pub media_type: &'static str,
    /// It.
    pub bytes: Vec<u8>,
}

impl Engine {
    /// The picture at an http or https address; None when there is none that may be shown.
    pub async fn picture(&self, address: &str) -> Option<Picture> {
        let url = Url::parse(address).ok().filter(|_| address.len() <= LONGEST_ADDRESS)?;
        if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        let kept = self.kept(&url).await;
        match kept {
            Some((picture, true)) => picture,
            stale => match self.fetched(&url).await {
                Some(picture) => Some(picture),
                None => stale.and_then(|(picture, _)| picture),
            },
        }
    }

    /// The picture at an address that was shown before and is still kept; nothing is asked for.
    pub(crate) fn kept_picture(&self, address: &str) -> Option<Picture> {
        let url = Url::parse(address).ok().filter(|_| address.len() <= LONGEST_ADDRESS)?;
        let kept = fs::read(self.file(&url)).ok()?;
        shown(opened(&kept, url.as_str())?.to_vec())
    }

    /// What is kept of that address (perhaps that there is no picture), and whether it is fresh.
    async fn kept(&self, url: &Url) -> Option<(Option<Picture>, bool)> {
        let (file, address) = (self.file(url), url.to_string());
        let look = move |_: &Self| {
            let age = fs::metadata(&file).and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
            let bytes = fs::read(&file).ok().and_then(|kept| opened(&kept, &address).map(<[u8]>::to_vec));
            Ok(bytes.and_then(|bytes| {
                let (none, picture) = (bytes.is_empty(), shown(bytes));
                let long = if none { NONE_FRESH } else { FRESH };
                (none || picture.is_some()).then_some((picture, age.is_some_and(|age| age < long)))
            }))
        };
        self.apart(look).await.ok().flatten()
    }

    async fn fetched(&self, url: &Url) -> Option<Picture> {
        if !self.may_ask(url).await {
            tracing::debug!(%url, "a picture inside the own network is not asked for");
            return None;
        }
        let headers = vec![("accept".to_owned(), ACCEPT.to_owned())];
        let reply = self.net.send(Request { url: url.to_string(), headers }).await;
        let reply = reply.inspect_err(|error| tracing::debug!(%url, %error, "no picture came")).ok()?;
        let none = matches!(reply.status, 403 | 404 | 410);
        if !none && (reply.status != 200 || reply.cut || reply.body.len() > LARGEST) {
            tracing::debug!(%url, reply.status, bytes = reply.body.len(), "no picture that can be shown came");
            return None;
        }
        // A page of words under 200, an SVG: as good as none, and not asked for again at each showing.
        let picture = if none { None } else { shown(reply.body) };
        let (file, address) = (self.file(url), url.to_string());
        let bytes = picture.as_ref().map(|picture| picture.bytes.clone()).unwrap_or_default();
        let keep = move |_: &Self| {
            // What was good is better than the news that there is none now.
            if bytes.is_empty() && file.exists() {
                let looked = fs::File::options().append(true).open(&file);
                if let Err(error) = looked.and_then(|file| file.set_modified(SystemTime::now())) {
                    tracing::debug!(%error, "a look cannot be noted");
                }
                return Ok(());
            }
            // A full disk must not keep a picture from being shown.
            if let Err(error) = keep(&file, &address, &bytes) {
                tracing::debug!(%error, "a picture could not be kept");
            }
            Ok(())
        };
        self.apart(keep).await.ok()?;
        picture
    }

    /// A post of the wide world must not make us ask this machine or its neighbours (a router's "restart" is a GET);
    /// who follows a source there wants its pictures.
    pub(crate) async fn may_ask(&self, url: &Url) -> bool {
        if !near::is_near(url) {
            return true;
        }
        let host = host_key(url);
        let followed = move |engine: &Self| {
            let sources = engine.store.sources()?;
            let mut addresses = sources.iter().flat_map(|source| [Some(&source.address.locator), source.feed.as_ref()]);
            Ok(addresses.any(|at| at.and_then(|at| Url::parse(at).ok()).is_some_and(|at| host_key(&at) == host)))
        };
        self.apart(followed).await.unwrap_or(false)
    }

    fn file(&self, url: &Url) -> PathBuf {
        self.place.folder.join(FOLDER).join(format!("{:032x}", xxh3_128(url.as_str().as_bytes())))
    }
}

/// Bytes of the pictures that are kept; none where they cannot be looked at.
pub(crate) fn kept_bytes(place: &Place) -> u64 {
    let files = fs::read_dir(place.folder.join(FOLDER)).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).map(|about| about.len()).sum()
}

/// Drops every picture that is kept.
pub(crate) fn erase(place: &Place) -> io::Result<()> {
    let folder = place.folder.join(FOLDER);
    let files = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        files => files?,
    };
    for file in files.flatten() {
        match fs::remove_file(file.path()) {
            // Gone already is as good as dropped.
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The picture that these bytes are; None for everything else, and where there is no room to draw it.
fn shown(bytes: Vec<u8>) -> Option<Picture> {
    let media_type = kind(&bytes).filter(|_| room::has_room(&bytes))?;
    Some(Picture { media_type, bytes })
}

/// The MIME type of the picture that these bytes are; None for everything else. SVG is none: it is a page that can act.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    Some(match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => "image/gif",
        // What sites show in the browser's tab; a picture as the others are.
        [0, 0, 1, 0, 1..=64, 0, ..] => "image/x-icon",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => "image/avif",
        _ => return None,
    })
}

/// A kept file is the address, a line's end, the picture: two addresses may share a name, never a picture.
fn opened<'a>(kept: &'a [u8], address: &str) -> Option<&'a [u8]> {
    kept.strip_prefix(address.as_bytes())?.strip_prefix(b"\n")
}

fn keep(file: &Path, address: &str, picture: &[u8]) -> io::Result<()> {
    let Some(folder) = file.parent() else { return Ok(()) };
    fs::create_dir_all(folder)?;
    let whole = [address.as_bytes(), b"\n", picture].concat();
    // Another window may be reading: the name stands for the whole picture or for none.
    let part = file.with_extension(format!("{}.part", std::process::id()));
    fs::write(&part, whole)?;
    fs::rename(&part, file)?;
    trim(folder, KEPT)
}

/// Drops the oldest until a quarter is free again, once there are more than `most` bytes; what the digest of the day needs
/// goes last.
fn trim(folder: &Path, most: u64) -> io::Result<()> {
    let mut files: Vec<(bool, SystemTime, PathBuf, u64)> = Vec::new();
    for entry in fs::read_dir(folder)?.flatten() {
        if let Ok(about) = entry.metadata() {
            files.push((false, about.modified().unwrap_or(SystemTime::UNIX_EPOCH), entry.path(), about.len()));
        }
    }
    let mut bytes: u64 = files.iter().map(|(.., size)| size).sum();
    if bytes <= most {
        return Ok(());
    }
    let needed = ahead::needed(folder);
    for (last, _, path, _) in &mut files {
        *last = path.file_name().and_then(|name| name.to_str()).is_some_and(|name| needed.contains(name));
    }
    files.sort();
    for (.., path, size) in files {
        if bytes <= most / 4 * 3 {
            break;
        }
        // Gone already is as good as dropped.
        let _ = fs::remove_file(path);
        bytes = bytes.saturating_sub(size);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
