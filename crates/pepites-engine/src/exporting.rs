//! Takes a digest that was made, gives it as a file for elsewhere: a page to print, Markdown, an e-book, a feed.
//! Never reaches a network: what is not in the library, or among the pictures that were shown, stands there in words.

use pepites_core::{
    digest::Section,
    model::{DigestId, Moment, Phrase, PostId},
};
use pepites_store::StoreError;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use xxhash_rust::xxh3::xxh3_128;

use crate::{
    Engine,
    catalogue::Language,
    contract::{DigestLineView, EntryView, Problem},
    pictures::Picture,
};

mod atom;
mod epub;
mod markdown;
mod page;
mod whole;
mod xhtml;

#[cfg(test)]
mod tests;

/// Digests in the feed of digests: a month of them.
const IN_FEED: u32 = 30;

/// Editions looked through for them: more than anybody makes in that time.
const LOOKED_AT: u32 = 400;

/// A larger picture is left to the web: three fill an e-book that takes a minute to send.
const LARGEST_PICTURE: usize = 1 << 20;

/// Bytes of pictures in one file, before they are packed.
const ALL_PICTURES: usize = 12 << 20;

/// What a digest is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// A page that needs nothing beside itself: to print, to keep, to read without a network.
    Html,
    /// Markdown.
    Markdown,
    /// An EPUB 3 for an e-reader.
    Epub,
    /// An Atom feed of the last digests.
    Atom,
}

impl ExportFormat {
    /// Every format, with the ends of names that mean it; the first is the usual one.
    pub const ALL: [(Self, &'static [&'static str]); 4] = [
        (Self::Html, &["html", "htm", "xhtml"]),
        (Self::Markdown, &["md", "markdown"]),
        (Self::Epub, &["epub"]),
        (Self::Atom, &["atom", "xml"]),
    ];

    /// By the end of a file's name.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Self> {
        let (_, end) = name.rsplit_once('.')?;
        let end = end.to_ascii_lowercase();
        Self::ALL.iter().find(|(_, ends)| ends.contains(&end.as_str())).map(|(format, _)| *format)
    }

    /// The usual end of its files' names.
    #[must_use]
    pub fn end(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(format, _)| *format == self)
            .and_then(|(_, ends)| ends.first())
            .copied()
            .unwrap_or("txt")
    }
}

/// A digest with all that is written of it.
struct Paper {
    line: DigestLineView,
    articles: Vec<Article>,
    /// The reader's time zone, in minutes east of Greenwich.
    offset_minutes: i32,
}

/// A story of it.
struct Article {
    entry: EntryView,
    /// The body of its face, as it was cleaned; None when the keep rule dropped it since.
    html: Option<String>,
    language: Option<String>,
    /// The first audio or video attached to it.
    recording: Option<String>,
}

impl Engine {
    /// A digest as a file; as a feed, with those before it.
    pub fn export_digest(&self, id: DigestId, format: ExportFormat, language: Language) -> Result<Vec<u8>, Problem> {
        let paper = self.paper(id)?;
        let mut pictures = Pictures { engine: self, room: ALL_PICTURES };
        match format {
            ExportFormat::Html => Ok(page::write(&paper, language, &mut pictures).into_bytes()),
            ExportFormat::Markdown => Ok(markdown::write(&paper, language).into_bytes()),
            ExportFormat::Epub => epub::write(&paper, language, &mut pictures).map_err(Problem::fault),
            ExportFormat::Atom => Ok(atom::write(&self.papers_until(&paper)?, language).into_bytes()),
        }
    }

    fn paper(&self, id: DigestId) -> Result<Paper, Problem> {
        let view = self.digest(id)?;
        let articles = view.entries.into_iter().map(|entry| self.article(entry)).collect::<Result<_, _>>()?;
        let offset_minutes = (self.clock.offset_minutes)(view.line.made);
        Ok(Paper { line: view.line, articles, offset_minutes })
    }

    fn article(&self, entry: EntryView) -> Result<Article, Problem> {
        let post = match self.store.post(entry.face.post) {
            Ok(post) => post,
            Err(StoreError::Missing { .. }) => {
                return Ok(Article { entry, html: None, language: None, recording: None });
            }
            Err(error) => return Err(error.into()),
        };
        let html = match self.full_text_if_kept(entry.face.post, entry.face.source)? {
            Some(full) => full,
            None => post.html.as_str().to_owned(),
        };
        let is_recording = |kind: &str| kind.starts_with("audio/") || kind.starts_with("video/");
        let recording = post.enclosures.into_iter().find(|file| file.media_type.as_deref().is_some_and(is_recording));
        Ok(Article { entry, html: Some(html), language: post.language, recording: recording.map(|file| file.url) })
    }

    /// What the reader would see who opens it: the full text, where its source is opened so and it was fetched.
    fn full_text_if_kept(
        &self,
        post: PostId,
        source: pepites_core::model::SourceId,
    ) -> Result<Option<String>, Problem> {
        if !self.store.source(source)?.full_text {
            return Ok(None);
        }
        Ok(self.store.full_text(post)?.map(|full| full.html.as_str().to_owned()))
    }

    /// The last edition of each day until that of `paper`, newest first, with `paper` itself for its day.
    fn papers_until(&self, paper: &Paper) -> Result<Vec<Paper>, Problem> {
        let mut papers: Vec<Paper> = Vec::new();
        let mut days = std::collections::BTreeSet::new();
        for line in self.digests(LOOKED_AT)? {
            let is_it = line.id == paper.line.id;
            let before = line.day < paper.line.day;
            if papers.len() < IN_FEED as usize
                && (is_it || before)
                && days.insert(line.day.clone())
                && let Some(id) = line.id
            {
                papers.push(self.paper(id)?);
            }
        }
        Ok(papers)
    }
}

/// Pictures that were shown and kept, as long as there is room for them.
struct Pictures<'a> {
    engine: &'a Engine,
    room: usize,
}

impl Pictures<'_> {
    fn take(&mut self, address: &str) -> Option<Picture> {
        let picture = self.engine.kept_picture(address)?;
        let size = picture.bytes.len();
        if size > LARGEST_PICTURE || size > self.room {
            return None;
        }
        self.room -= size;
        Some(picture)
    }
}

/// "Pépites · Monday 23 November 2026", with the edition where it is not the first.
fn title(line: &DigestLineView, language: Language) -> String {
    let edition = match line.edition {
        0 | 1 => String::new(),
        number => format!(" · {}", language.say(&Phrase::new("digest.edition").with("number", number))),
    };
    format!("Pépites · {}{edition}", language.long_date(&line.day))
}

/// "38 stories, 31 minutes."
fn summary(line: &DigestLineView, language: Language) -> String {
    let count = |key: &str, count: u32| language.say(&Phrase::new(key).with("count", count));
    let phrase = Phrase::new("export.summary")
        .with("stories", count("digest.stories", line.stories))
        .with("minutes", count("digest.minutes", line.minutes));
    language.say(&phrase)
}

/// What the section is called that an entry stands in.
fn section(entry: &EntryView, language: Language) -> String {
    language.text(match entry.section {
        Section::Searched => match &entry.search {
            Some(name) => return name.clone(),
            None => "section.searched",
        },
        Section::Nuggets => "section.nuggets",
        Section::Covered => "section.covered",
        Section::People => "section.people",
        Section::Long => "section.long",
        Section::Others => "section.others",
    })
}

/// "Source · Author · 22 November, 18:30 · 4 min".
fn origin(article: &Article, paper: &Paper, language: Language) -> String {
    let face = &article.entry.face;
    let author = face.author.as_ref().filter(|author| **author != face.source_title);
    let when = language.date_and_time(face.published, paper.offset_minutes);
    let long = language.reading_time(article.entry.seconds);
    let parts = [Some(face.source_title.clone()), author.cloned(), Some(when), Some(long)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Why it is a nugget, as one sentence; None for what is none.
fn because(entry: &EntryView, language: Language) -> Option<String> {
    if !entry.nugget || entry.reasons.is_empty() {
        return None;
    }
    let said: Vec<String> =
        entry.reasons.iter().map(|reason| language.say(reason).trim_end_matches('.').to_owned()).collect();
    let sentence = said.join(if language == Language::French { "\u{a0}; " } else { "; " });
    let mut letters = sentence.chars();
    letters.next().map(|first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

/// "Relayed by 3: A, B, C"; None where nobody else tells it.
fn relayed(entry: &EntryView, language: Language) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for relay in &entry.relays {
        if !names.contains(&relay.source_title.as_str()) {
            names.push(&relay.source_title);
        }
    }
    let phrase = Phrase::new("digest.relayed").with("count", names.len()).with("names", names.join(", "));
    (!names.is_empty()).then(|| language.say(&phrase))
}

/// The sections of a paper, each by its first entry, with its articles and their places.
fn sections(paper: &Paper) -> Vec<(&EntryView, Vec<(usize, &Article)>)> {
    let mut sections: Vec<(&EntryView, Vec<(usize, &Article)>)> = Vec::new();
    for (place, article) in paper.articles.iter().enumerate() {
        match sections.last_mut() {
            Some((first, articles)) if is_beside(first, &article.entry) => articles.push((place, article)),
            _ => sections.push((&article.entry, vec![(place, article)])),
        }
    }
    sections
}

/// Whether two entries stand in one section.
fn is_beside(one: &EntryView, other: &EntryView) -> bool {
    one.section == other.section && one.search == other.search
}

/// What a digest is known by wherever it is sent, the same each time it is exported.
fn uuid(line: &DigestLineView) -> Uuid {
    let name = format!("pepites digest {} {} {}", line.day, line.edition, line.made.0);
    uuid::Builder::from_custom_bytes(xxh3_128(name.as_bytes()).to_be_bytes()).into_uuid()
}

/// `2026-11-23T06:00:00Z`.
fn rfc3339(at: Moment) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(
        |_| "1970-01-01T00:00:00Z".to_owned(),
        |stamp| stamp.round(jiff::Unit::Second).unwrap_or(stamp).to_string(),
    )
}
