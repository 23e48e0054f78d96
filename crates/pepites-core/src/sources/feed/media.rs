//! Takes an entry, gives the files attached to it: enclosures of RSS and Atom, Media RSS in and out of groups.
//! Never keeps two under one address, nor any that is not http or https.

use url::Url;

use super::{
    entry::{Head, join, text},
    markup::{Element, Outline},
};
use crate::model::Enclosure;

/// Files of one post: a gallery; more is a mistake of the feed.
const MOST_FILES: usize = 50;

/// What Media RSS and enclosures say of an entry.
#[derive(Debug, Default)]
pub(super) struct Attached {
    /// The files, each address once.
    pub files: Vec<Enclosure>,
    /// The title that comes with them.
    pub title: Option<String>,
    /// The description that comes with them, as HTML.
    pub text: Option<String>,
    /// The page that plays them.
    pub page: Option<String>,
    /// They are rated "adult".
    pub sensitive: bool,
}

/// What is attached to the entry at `place`.
pub(super) fn of_entry(outline: &Outline<'_>, place: usize, base: Option<&Url>) -> Attached {
    let mut attached = Attached::default();
    let mut pictures = Vec::new();
    let mut inside: Vec<usize> = vec![place];
    // Groups and contents hold contents, pictures and descriptions; the outline keeps three levels of them.
    while let Some(at) = inside.pop() {
        let mut deeper = Vec::new();
        for (child_at, child) in outline.children(at) {
            match child.key.as_str() {
                "enclosure" => attached.files.extend(file(child, "url", base)),
                "link" if child.attribute("rel").is_some_and(|rel| rel == "enclosure") => {
                    attached.files.extend(file(child, "href", base));
                }
                "media:content" => {
                    attached.files.extend(file(child, "url", base));
                    deeper.push(child_at);
                }
                "media:group" => deeper.push(child_at),
                "media:thumbnail" => pictures.extend(file(child, "url", base).map(as_picture)),
                "media:rating" => attached.sensitive |= is_adult(child),
                "media:title" if attached.title.is_none() => attached.title = text(child, &Head::default()),
                "media:description" if attached.text.is_none() => attached.text = text(child, &Head::default()),
                "media:player" if attached.page.is_none() => {
                    attached.page = child.attribute("url").and_then(|href| join(base, &href)).map(String::from);
                }
                _ => {}
            }
        }
        inside.extend(deeper.into_iter().rev());
    }
    let seconds = outline.first_text(place, &["itunes:duration"]).and_then(|text| duration(&text));
    if let Some(first) = attached.files.first_mut().filter(|file| file.seconds.is_none() && !is_picture(file)) {
        first.seconds = seconds;
    }
    attached.files.extend(pictures);
    attached.files = distinct(attached.files);
    attached
}

/// "adult" by the simple scheme, which is the one where none is named (Media RSS 1.5.1). A mature film of another scheme
/// ("urn:mpaa") may have a harmless still.
fn is_adult(rating: &Element<'_>) -> bool {
    let simple = rating.attribute("scheme").is_none_or(|scheme| scheme.trim() == "urn:simple");
    simple && rating.text().is_some_and(|text| text.trim().eq_ignore_ascii_case("adult"))
}

/// Each address once, in order, at most [`MOST_FILES`].
pub(super) fn distinct(files: Vec<Enclosure>) -> Vec<Enclosure> {
    let mut kept: Vec<Enclosure> = Vec::new();
    for file in files {
        if kept.len() >= MOST_FILES {
            break;
        }
        if !kept.iter().any(|known| known.url == file.url) {
            kept.push(file);
        }
    }
    kept
}

/// The same file, known to be a picture: thumbnails rarely say their type.
pub(super) fn as_picture(mut file: Enclosure) -> Enclosure {
    if file.media_type.is_none() {
        let path = file.url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        let kind = match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("png") => "image/png",
            Some("gif") => "image/gif",
            Some("webp") => "image/webp",
            Some("jpg" | "jpeg") => "image/jpeg",
            _ => "image/*",
        };
        file.media_type = Some(kind.to_owned());
    }
    file
}

/// Seconds of `1:02:03`, `62:03` or `3723`.
pub(super) fn duration(text: &str) -> Option<u32> {
    let fields = text.trim().split(':').map(|field| field.trim().parse::<f64>().ok().filter(|number| *number >= 0.0));
    let fields: Option<Vec<f64>> = fields.collect();
    let seconds = fields?.iter().fold(0.0, |total, field| total * 60.0 + field);
    // Longer than a week is no duration: some feeds write milliseconds or a date there.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and a week")]
    (seconds > 0.0 && seconds < 604_800.0).then_some(seconds as u32)
}

fn file(element: &Element<'_>, address: &str, base: Option<&Url>) -> Option<Enclosure> {
    let url = join(base, &element.attribute(address)?)?;
    let media_type = element.attribute("type").filter(|kind| kind.contains('/')).or_else(|| {
        let medium = element.attribute("medium")?;
        matches!(medium.as_str(), "image" | "audio" | "video").then(|| format!("{medium}/*"))
    });
    // A player that a page embeds is no file: YouTube's feeds carry one each.
    if media_type.as_deref() == Some("application/x-shockwave-flash") {
        return None;
    }
    Some(Enclosure {
        url: url.into(),
        media_type,
        bytes: element
            .attribute("length")
            .or_else(|| element.attribute("fileSize"))
            .and_then(|text| text.parse().ok())
            .filter(|bytes| *bytes > 0),
        seconds: element.attribute("duration").and_then(|text| duration(&text)),
    })
}

/// Whether the file says that it is a picture.
pub(super) fn is_picture(file: &Enclosure) -> bool {
    file.media_type.as_deref().is_some_and(|kind| kind.starts_with("image/"))
}
