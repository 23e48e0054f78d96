//! What windows and terminals see: commands, views, problems, events. Exported to TypeScript and checked there.
//! Views hold facts and phrases, never sentences.

use pepites_core::{
    digest::{Budget, Section},
    model::{Day, DigestId, Enclosure, Flaw, Moment, Phrase, PostId, SafeHtml, SourceId, StoryId},
    score::Part,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an edge tells a person when something could not be done: one translated sentence (`problem.<code>`) and at
/// most one remedy (`problem.<code>.remedy`) each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Another program wrote to the library for longer than the bound.
    LibraryBusy,
    /// No room on the disk.
    DiskFull,
    /// The library cannot be written.
    LibraryReadOnly,
    /// The library is damaged.
    LibraryDamaged,
    /// The library was made by a newer version.
    LibraryNewer,
    /// A refresh runs in another process.
    RefreshRunning,
    /// There is no such post, source or digest.
    Missing,
    /// The file cannot be read at all.
    FileUnreadable,
    /// Nothing to follow in the file.
    FileEmpty,
    /// The file is of no kind that is known.
    FileUnknown,
    /// The file is larger than what is read.
    FileTooLarge,
    /// The address is not one that can be followed.
    AddressUnknown,
    /// Nothing to follow was found at the address.
    NothingFound,
    /// The network, or the server at the address, did not answer.
    NoAnswer,
    /// What was asked makes no sense (a bad date, a bad number).
    BadInput,
    /// A fault of the program.
    Fault,
}

/// A problem: the code and the values of its sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{code:?}: {detail:?}")]
pub struct Problem {
    /// Which.
    pub code: Code,
    /// Values for its sentence.
    pub detail: Phrase,
}

/// Topics of the library that changed: the states concerned ask again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /** The sources and folders. */
    Sources,
    /** Posts. */
    Posts,
    /** Read marks, stars, skips. */
    Marks,
    /** Digests. */
    Digests,
    /** Settings. */
    Settings,
}

/// What long work says while it runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Progress {
    /// Sources done.
    pub done: u32,
    /// Sources in all.
    pub total: u32,
    /// The source that was just finished.
    pub current: Option<String>,
    /// New posts so far.
    pub new_posts: u32,
    /// Sources in trouble so far.
    pub failed: u32,
}

/// A flaw as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FlawView {
    /// The line of the file, from 1.
    pub line: Option<u32>,
    /// What it was about.
    pub subject: String,
    /// What was wrong.
    pub why: Phrase,
}
impl From<Flaw> for FlawView {
    fn from(flaw: Flaw) -> Self {
        Self { line: flaw.line, subject: flaw.subject, why: flaw.why }
    }
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportReport {
    /// The file's name.
    pub file: String,
    /// The dialect that read it.
    pub dialect: String,
    /// The program that wrote it, when it says so.
    pub origin: Option<String>,
    /// Sources added.
    pub added: Vec<ImportedSource>,
    /// Sources that were followed already (perhaps put into more folders).
    pub already: Vec<ImportedSource>,
    /// Lines skipped and why.
    pub skipped: Vec<FlawView>,
    /// The file ends early or is damaged: what could be read was taken (or is offered, when asked first), the rest is named here.
    pub partial: Option<Phrase>,
    /// The sources were only counted, not added: the file is damaged and the reader was not asked yet.
    pub offered: bool,
}

/// A source in an import report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportedSource {
    /// The line it stands on.
    pub line: u32,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub address: String,
    /// Its folders, each a path.
    pub folders: Vec<Vec<String>>,
}

/// Something found at an address, to choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FoundSource {
    /// The kind of source.
    pub kind: String,
    /// Where it is.
    pub address: String,
    /// Its title.
    pub title: String,
    /// Posts that it shows now.
    pub posts: u32,
    /// Its newest post.
    pub last_post: Option<Moment>,
    /// Posts a week, over what it shows.
    pub posts_a_week: Option<f64>,
    /// It is followed already.
    pub followed: bool,
}

/// What adding an address did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AddReport {
    /// The source that is now followed; None when there are several to choose from.
    pub added: Option<FoundSource>,
    /// Its row.
    pub source: Option<SourceId>,
    /// It was followed already.
    pub already: bool,
    /// Everything found there.
    pub found: Vec<FoundSource>,
}

/// A source as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SourceView {
    /// Its row.
    pub id: SourceId,
    /// Its kind.
    pub kind: String,
    /// Where it is.
    pub address: String,
    /// What the reader calls it.
    pub title: String,
    /// Its page for people.
    pub site: Option<String>,
    /// Its folders, each a path.
    pub folders: Vec<Vec<String>>,
    /// Posts kept.
    pub posts: u32,
    /// Of these, neither read nor skipped.
    pub unread: u32,
    /// Of these, starred.
    pub starred: u32,
    /// Posts of the last 30 days.
    pub posts_30d: u32,
    /// When it was last asked.
    pub visited: Option<Moment>,
    /// When it last brought something new.
    pub last_new: Option<Moment>,
    /// When the schedule will ask it.
    pub next_visit: Option<Moment>,
    /// Until when it asked to be left alone.
    pub hold_until: Option<Moment>,
    /// It has gone for good (410).
    pub gone: bool,
    /// Failed visits in a row.
    pub failures: u32,
    /// What is wrong, in plain words.
    pub trouble: Option<Phrase>,
}

/// What a refresh did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RefreshReport {
    /// Sources that were to be asked.
    pub total: u32,
    /// Sources that answered.
    pub answered: u32,
    /// Of these, with nothing new since last time.
    pub unchanged: u32,
    /// Sources left alone: gone, on hold, or (with `due`) not due.
    pub left_alone: u32,
    /// New posts.
    pub new_posts: u32,
    /// Posts that changed.
    pub edited_posts: u32,
    /// Sources in trouble, each with why.
    pub failed: Vec<SourceTrouble>,
    /// It was stopped before the end.
    pub cancelled: bool,
    /// Posts dropped by the keep rule afterwards.
    pub dropped_posts: u32,
}

/// A source in trouble.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SourceTrouble {
    /// Its row.
    pub source: SourceId,
    /// What the reader calls it.
    pub title: String,
    /// Where it is.
    pub address: String,
    /// Why.
    pub trouble: Phrase,
}

/// Which digest is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DigestAsk {
    /// A budget other than the settings'. Differing from that of today's digest, it makes a new edition.
    pub budget: Option<Budget>,
    /// Make a new edition from everything unread, even when today's is made.
    pub again: bool,
    /// Make the next edition from what today's editions left out.
    pub more: bool,
}

/// A digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DigestView {
    /// Its line.
    pub line: DigestLineView,
    /// Its stories in reading order.
    pub entries: Vec<EntryView>,
    /// Posts that arrived since it was made.
    pub arrived_since: u32,
}

/// A digest in a list. `id` is None (and nothing is kept) when there was nothing to put into it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DigestLineView {
    /// Its row.
    pub id: Option<DigestId>,
    /// The reader's day.
    pub day: Day,
    /// 1 for the first of the day.
    pub edition: u32,
    /// When it was made.
    pub made: Moment,
    /// Where its window opens.
    pub since: Moment,
    /// What it had to fit.
    pub budget: Budget,
    /// Stories in it.
    pub stories: u32,
    /// Of these, nuggets.
    pub nuggets: u32,
    /// Reading time of its faces, in minutes, rounded up.
    pub minutes: u32,
    /// Stories left out.
    pub left_out: u32,
}

/// A story in a digest: as it was when made, but for its marks, which are as they are now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct EntryView {
    /// Its story.
    pub story: StoryId,
    /// Where it stands.
    pub section: Section,
    /// The telling that stands for it.
    pub face: PostLine,
    /// The other tellings, oldest first.
    pub relays: Vec<PostLine>,
    /// The sum of the parts' points.
    pub rank: f64,
    /// What each signal gave.
    pub parts: Vec<Part>,
    /// It is a nugget.
    pub nugget: bool,
    /// Why it is here, strongest first, at most three.
    pub reasons: Vec<Phrase>,
    /// Reading time of the face, in seconds.
    pub seconds: u32,
}

/// A post in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PostLine {
    /// Its row.
    pub post: PostId,
    /// Its source.
    pub source: SourceId,
    /// What the reader calls the source.
    pub source_title: String,
    /// Its title.
    pub title: String,
    /// The title was made from its first words.
    pub untitled: bool,
    /// Its address.
    pub link: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its first words.
    pub lead: String,
    /// Words in it.
    pub words: u32,
    /// When it was published.
    pub published: Moment,
    /// Its marks.
    pub marks: MarksView,
}

/// Marks as they are now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarksView {
    /// It was read.
    pub read: bool,
    /// It is starred.
    pub starred: bool,
    /// It was let go.
    pub skipped: bool,
}

/// A post, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PostView {
    /// Its line.
    pub line: PostLine,
    /// Its body.
    pub html: SafeHtml,
    /// Its language.
    pub language: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its attachments.
    pub enclosures: Vec<Enclosure>,
    /// Other tellings of its story.
    pub relays: Vec<PostLine>,
}

/// A search hit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct HitView {
    /// The post (its lead is empty).
    pub line: PostLine,
    /// Words around the match; matches stand between U+E000 and U+E001.
    pub snippet: String,
}

/// What a post can be marked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MarkView {
    /// Read.
    Read,
    /// Starred.
    Starred,
    /// Let go.
    Skipped,
}

/// What a marking did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MarkReport {
    /// Posts whose mark changed.
    pub changed: Vec<PostId>,
    /// Ids that are not in the library.
    pub missing: Vec<PostId>,
}

/// What the reader can set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Settings {
    /// The budget of a day's digest.
    pub budget: Budget,
    /// Days that read or skipped posts are kept; None: for ever.
    pub keep_read_days: Option<u32>,
    /// Days that unread posts are kept; None: for ever.
    pub keep_unread_days: Option<u32>,
}

/// The library, weighed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LibraryView {
    /// Its folder.
    pub folder: String,
    /// Bytes on the disk.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Posts kept.
    #[ts(type = "number")]
    pub posts: u64,
    /// Sources followed.
    #[ts(type = "number")]
    pub sources: u64,
    /// Posts starred.
    #[ts(type = "number")]
    pub starred: u64,
}
impl From<pepites_store::StoreError> for Problem {
    fn from(_: pepites_store::StoreError) -> Self {
        todo!()
    }
}
