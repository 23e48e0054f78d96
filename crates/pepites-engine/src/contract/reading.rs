//! Gives the views of what is read: digests, posts, hits, marks.

use pepites_core::{
    digest::{Budget, Section},
    model::{Day, DigestId, Enclosure, Moment, Phrase, PostId, SafeHtml, SourceId, StoryId},
    score::Part,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Problem;

/// Which digest is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DigestAsk {
    /// A budget other than the settings'. Differing from that of today's digest, it makes a new edition.
    pub budget: Option<Budget>,
    /// Make a new edition from everything unread, even when today's is made.
    pub again: bool,
    /// Make the next edition from what today's editions left out, and then from the older posts that still wait.
    pub more: bool,
}

/// A digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DigestView {
    /// Its line.
    pub line: DigestLineView,
    /// Its stories in reading order.
    pub entries: Vec<EntryView>,
    /// Stories that it left out, as many as are neither read, skipped nor put off by now.
    pub left_out: u32,
    /// Posts that arrived since it was made.
    pub arrived_since: u32,
    /// Unread posts from before its window, which no digest showed: `more` reaches back to them.
    pub older_unread: u32,
    /// When the next digest is due, in the answer to `today`; null where the reader set no hour.
    pub next: Option<Moment>,
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
    /// Stories of its window left out, when it was made.
    pub left_out: u32,
    /// Days since the digest before it, when it is for a whole absence; else 0.
    pub away: u32,
    /// Posts that came in those days.
    pub posts: u32,
    /// Stories that the reader's rules kept out of it.
    pub muted: u32,
}

/// A story that a digest left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LeftOutView {
    /// Its face.
    pub line: PostLine,
    /// Why; null in digests of before this was kept.
    pub why: Option<Phrase>,
}

/// Which limits left out how much of a digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LeftOutSum {
    /// The digest.
    pub line: DigestLineView,
    /// Each limit with how many stories it left out (`count`), most first; none where it was not kept.
    pub limits: Vec<Phrase>,
}

/// A shorter cut of a digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CutView {
    /// Its stories, in the order of the digest.
    pub stories: Vec<StoryId>,
    /// What they take, in minutes, rounded up.
    pub minutes: u32,
}

/// A story in a digest: as it was when made, but for its marks, which are as they are now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct EntryView {
    /// Its story.
    pub story: StoryId,
    /// Where it stands.
    pub section: Section,
    /// What the search is called whose section it stands in.
    #[serde(default)]
    pub search: Option<String>,
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
    /// What the face takes to read and to listen to, in seconds.
    pub seconds: u32,
    /// Its story was read already: what is new in it.
    #[serde(default)]
    pub news: Option<Phrase>,
    /// Of these, for listening or watching.
    #[serde(default)]
    pub listening: u32,
    /// It has audio or video whose length nobody says, which is not counted.
    #[serde(default)]
    pub unmeasured: bool,
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
    /// Who passed it on, when that is why its source has it.
    #[serde(default)]
    pub boosted_by: Option<String>,
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
    /// Another telling of its story was read: it stays down, and is not read.
    #[serde(default)]
    pub relay: bool,
    /// It is put off until the next day's digest.
    #[serde(default)]
    pub put_off: bool,
    /// A rule starred it, and the reader did not.
    #[serde(default)]
    pub starred_by_rule: bool,
}

/// Where the reader is in a story that they began.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PlaceView {
    /// The post.
    pub post: PostId,
    /// How much of its height is above the upper edge of what is seen: more than 0, less than 1; else its place is forgotten.
    pub share: f64,
    /// The paragraph at that edge, where it is known.
    pub spot: Option<SpotView>,
}

/// A paragraph of a text, and how much of it was read.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SpotView {
    /// Which, from 0.
    pub block: u32,
    /// How much of it is above the edge, 0 to 1.
    pub part: f64,
    /// How many paragraphs the text had: the full text of a story has others than its feed's.
    pub of: u32,
}

/// A post, whole. Only ever given: its body is safe because nobody can send one in.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PostView {
    /// Its line.
    pub line: PostLine,
    /// The address of a small picture that stands for its author.
    pub portrait: Option<String>,
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
    /// Why opening it could not mark it read.
    pub unmarked: Option<Problem>,
    /// Its source asks for its full text at once.
    pub wants_full: bool,
    /// Its body is the full text, not what its source gave.
    pub is_full: bool,
}

/// The article on the page that a post links to.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FullTextView {
    /// Its body.
    pub html: SafeHtml,
    /// Words in it.
    pub words: u32,
}

/// A search hit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct HitView {
    /// The post (its lead is empty).
    pub line: PostLine,
    /// Its title, matches between the same two characters.
    pub title: String,
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
    /// Down, because another telling of its story was read.
    Relay,
    /// Put off until the next day's digest.
    PutOff,
}

/// What a marking did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MarkReport {
    /// Posts whose mark changed.
    pub changed: Vec<PostId>,
    /// Other tellings of their stories, which are relays of a story read from now on.
    pub relays: Vec<PostId>,
    /// Ids that are not in the library.
    pub missing: Vec<PostId>,
}

/// Two posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PairAsk {
    /// The one.
    pub one: PostId,
    /// The other.
    pub other: PostId,
}

/// What the reader says of two posts, or takes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VerdictAsk {
    /// The one: it stays where it is.
    pub one: PostId,
    /// The other.
    pub other: PostId,
    /// It no longer holds.
    pub undo: bool,
}

/// Why two posts are one story, or are not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WhyView {
    /// They are.
    pub together: bool,
    /// What they share and what bars them, strongest first; never empty.
    pub reasons: Vec<Phrase>,
}

/// What a verdict did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VerdictReport {
    /// Posts that went to another story.
    pub moved: Vec<PostId>,
    /// False when there was nothing to take back.
    pub found: bool,
}
