//! Gives the views of what is followed: sources, and what an import, an adding or a refresh did.

use pepites_core::{
    digest::{Budget, Hour, WORDS_PER_MINUTE},
    model::{Flaw, ImportId, Mode, Moment, Phrase, SourceId, Value},
    sources::list::Selectors,
    text::secret::masked_typed,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::NetRules;

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
        Self { line: flaw.line, subject: masked_typed(&flaw.subject).into_owned(), why: flaw.why }
    }
}

/// What an import did. What the file lists is `added`, `already`, `repeated` and `skipped` together.
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
    /// Lines that name a source which the file had named before, perhaps by http where it was https.
    pub repeated: u32,
    /// Lines skipped and why; the last may say how many more there are (`flaw.more`).
    pub skipped: Vec<FlawView>,
    /// Passwords in addresses that were left out, as no keychain took them.
    pub passwords_lost: u32,
    /// The file ends early or is damaged: what could be read was taken (or is offered, when asked first), the rest is named here.
    pub partial: Option<Phrase>,
    /// The sources were only counted, not added: the file is damaged and the reader was not asked yet.
    pub offered: bool,
    /// Takes it back; null where nothing came that was not there.
    pub import: Option<ImportId>,
    /// The file is of people, not of sources: what it brought. Then nothing above was added.
    pub contacts: Option<super::ContactsImport>,
}

impl ImportReport {
    /// How many lines were skipped, with those that are not listed one by one.
    #[must_use]
    pub fn lines_skipped(&self) -> usize {
        let counted = |flaw: &FlawView| match flaw.why.values.get("count") {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of lines of one file")]
            Some(Value::Number(count)) if flaw.why.key == "flaw.more" => *count as usize,
            _ => 1,
        };
        self.skipped.iter().map(counted).sum()
    }
}

/// A source in an import report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportedSource {
    /// The line it stands on.
    pub line: u32,
    /// What it is called.
    pub title: String,
    /// Where it is; a password in it is covered.
    pub address: String,
    /// Its folders, each a path.
    pub folders: Vec<Vec<String>>,
}

/// What taking an import back did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct UndoneImport {
    /// Sources that are followed no more.
    pub sources: u32,
    /// Sources that are out of folders that the file had put them into.
    pub folders: u32,
    /// People who are gone.
    pub people: u32,
    /// Rows that are gone of people who stay.
    pub rows: u32,
    /// Sources that stay, as the reader has made them theirs since.
    pub kept: Vec<KeptSource>,
    /// People who stay, as the reader said something of them since.
    pub kept_people: Vec<String>,
    /// It was taken back before: nothing was done now.
    pub before: bool,
}

/// A source that stays when its import is taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct KeptSource {
    /// Which.
    pub source: SourceId,
    /// What it is called.
    pub title: String,
    /// What the reader did with it since.
    pub why: Phrase,
}

/// Something found at an address, to choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FoundSource {
    /// The kind of source.
    pub kind: String,
    /// The format that the page which offers it says it has: RSS, Atom, JSON Feed.
    pub format: Option<String>,
    /// Where it is; a password in it is covered.
    pub address: String,
    /// Its title.
    pub title: String,
    /// The address of a small picture that stands for it.
    pub portrait: Option<String>,
    /// Posts that it shows now.
    pub posts: u32,
    /// Its newest post.
    pub last_post: Option<Moment>,
    /// Posts a week, over what it shows.
    pub posts_a_week: Option<f64>,
    /// Its newest posts by title, to see what it is like.
    pub sample: Vec<String>,
    /// It is followed already.
    pub followed: bool,
}

/// Someone in a circle: whom an account, a list or a file follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CirclePerson {
    /// As it is typed to follow them.
    pub address: String,
    /// The name they show.
    pub name: String,
    /// They are followed already.
    pub followed: bool,
}

/// A circle, to choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CircleReport {
    /// Everyone, in the order of the network or the file.
    pub people: Vec<CirclePerson>,
    /// How many the account says that it follows; more than are here when it hides some.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
    /// It was stopped before the end.
    pub cancelled: bool,
    /// Why it ended before its end.
    pub trouble: Option<Phrase>,
    /// How many are followed from now on who were not before; null when nobody was chosen yet.
    pub added: Option<u32>,
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
    /// Where it is; a password in it is covered.
    pub address: String,
    /// What the reader calls it.
    pub title: String,
    /// Their own name for it; null when it goes by its title.
    pub name: Option<String>,
    /// Its page for people.
    pub site: Option<String>,
    /// The address of a small picture that stands for it.
    pub portrait: Option<String>,
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
    /// When it was last to be asked and there was no network; null once it was asked since.
    pub unreached: Option<Moment>,
    /// When it last brought something new.
    pub last_new: Option<Moment>,
    /// When the schedule will ask it.
    pub next_visit: Option<Moment>,
    /// Why then, or why not at all, in plain words.
    pub next_why: Phrase,
    /// Until when it asked to be left alone.
    pub hold_until: Option<Moment>,
    /// Its posts are opened with their full text.
    pub full_text: bool,
    /// The reader lifted its share of a digest.
    pub unlimited: bool,
    /// It has gone for good (410).
    pub gone: bool,
    /// Failed visits in a row.
    pub failures: u32,
    /// What is wrong, in plain words.
    pub trouble: Option<Phrase>,
    /// How one logs in there (`basic`, `bearer`, `headers`); null where nothing is needed.
    pub login: Option<String>,
    /// The address of its small picture, if it may have one.
    pub icon: Option<String>,
    /// Of a story that several tell, the reader wants its telling.
    pub preferred: bool,
    /// How much of it the reader wants.
    #[serde(default)]
    pub mode: Mode,
}

/// What a refresh did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RefreshReport {
    /// Sources that were to be asked.
    pub total: u32,
    /// Sources that answered with what could be read, new or not.
    pub answered: u32,
    /// Of these, with nothing new since last time.
    pub unchanged: u32,
    /// Sources left alone: gone, on hold (perhaps since their host said so in this refresh), or (with `due`) not due.
    pub left_alone: u32,
    /// New posts.
    pub new_posts: u32,
    /// Posts that changed.
    pub edited_posts: u32,
    /// Sources in trouble, each with why.
    pub failed: Vec<SourceTrouble>,
    /// It was stopped before the end.
    pub cancelled: bool,
    /// There was no network: nothing was heard from anywhere, and nothing is held against the sources.
    pub offline: bool,
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
    /// Where it is; a password in it is covered.
    pub address: String,
    /// Why.
    pub trouble: Phrase,
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
    /// Where a bridge shows the posts of an account of X, whose name stands for `USER` in it.
    #[serde(default)]
    pub x_bridge: Option<String>,
    /// How fast the reader reads.
    #[serde(default = "usual_speed")]
    pub words_per_minute: u32,
    /// The hour at which the day's digest is made, where the reader is; None: whenever it is first asked for.
    #[serde(default)]
    pub digest_at: Option<Hour>,
    /// The window says so when it made the day's digest.
    #[serde(default)]
    pub notify: bool,
    /// The window asks each source when its time has come, without being asked to.
    #[serde(default = "wanted")]
    pub by_itself: bool,
    /// How sources are asked.
    #[serde(default)]
    pub net: NetRules,
    /// The pictures of the day's digest are fetched when it is made, and not only when they are looked at.
    #[serde(default = "wanted")]
    pub pictures_ahead: bool,
}

fn wanted() -> bool {
    true
}

fn usual_speed() -> u32 {
    WORDS_PER_MINUTE
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
    /// Bytes of the pictures that are kept beside it.
    #[ts(type = "number")]
    pub pictures: u64,
}

/// What CSS selectors give of a page, before it is followed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Preview {
    /// The address that follows the page by these selectors.
    pub address: String,
    /// The page's own title.
    pub title: Option<String>,
    /// What was selected, in the order of the page.
    pub entries: Vec<PreviewLine>,
}

/// A list that a page without a feed seems to hold, before it is followed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ListOffer {
    /// What it is selected by.
    pub selectors: Selectors,
    /// What these give.
    pub preview: Preview,
}

/// One entry of a preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PreviewLine {
    /// Its title.
    pub title: String,
    /// Its address.
    pub link: Option<String>,
    /// Its date, where the page gives one.
    pub published: Option<Moment>,
    /// Its first words.
    pub lead: String,
}
