//! Gives what a source's kind read from its replies: items as they came, hostile and incomplete.

use super::{Moment, Phrase, Quiet};

/// Something wrong with one item, row or line that did not stop the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Flaw {
    /// The line of the file, counted from 1, where it has lines; else the rank of the item, counted from 1.
    pub line: Option<u32>,
    /// What it was about: an address, a title, the beginning of the row. At most 200 characters.
    pub subject: String,
    /// What was wrong.
    pub why: Phrase,
}

/// A whole reply, or conversation, of which nothing could be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("unreadable: {}", why.key)]
pub struct Unreadable {
    /// What was wrong, for the person who follows the source.
    pub why: Phrase,
}

/// What one visit brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// The source's own title, as plain text.
    pub title: Option<String>,
    /// The page for people.
    pub site: Option<String>,
    /// The address of a small picture that stands for the source, where it has one.
    pub portrait: Option<String>,
    /// Pages elsewhere that are proven to be of the person whose posts these are: their network has checked that page and
    /// profile point to each other. None where nothing was said of any.
    pub pages: Option<Vec<String>>,
    /// The language that the source declares (`fr`, `en-GB`).
    pub language: Option<String>,
    /// Newest first or not: in the order of the source.
    pub items: Vec<Item>,
    /// Items that could not be read, and repairs worth knowing about.
    pub flaws: Vec<Flaw>,
    /// How long the source itself asks to be left alone, in minutes (`ttl`, `sy:updatePeriod`).
    pub every_minutes: Option<u32>,
    /// When it asks not to be visited at all (`skipHours`, `skipDays`).
    pub quiet: Quiet,
    /// The address of its own small picture.
    pub icon: Option<String>,
    /// Where the feed was found, when that is not where the source was asked first (discovery).
    pub feed: Option<String>,
    /// Something that the reader should know though all was read: a person who moved.
    pub notice: Option<Phrase>,
    /// How to tell what was taken back at its source; None where a source only forgets its oldest.
    pub whole: Option<Whole>,
}

/// The batch is all that its source has of a time: what the library keeps of that time, and is not in it, was deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// Since when.
    pub since: Moment,
    /// The `id` of what is still there without being an item of the batch by itself.
    pub still: Vec<String>,
}

/// One entry of a source as it came: unsafe HTML, relative links, dates that may lie.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// `guid`, `id`: opaque.
    pub id: Option<String>,
    /// The address of the entry, absolute where the feed gave enough to make it so.
    pub link: Option<String>,
    /// The title, HTML or text, exactly as given; None for a microblog post.
    pub title: Option<String>,
    /// The fullest body, as HTML.
    pub html: Option<String>,
    /// The shorter body beside it, as HTML, when there are two.
    pub summary: Option<String>,
    /// Names of people, as plain text.
    pub authors: Vec<String>,
    /// The date that it claims to be published at.
    pub published: Option<Moment>,
    /// The date that it claims to be changed at.
    pub updated: Option<Moment>,
    /// Categories, tags.
    pub tags: Vec<String>,
    /// Attached audio, video, pictures.
    pub enclosures: Vec<Enclosure>,
    /// The language that the item declares.
    pub language: Option<String>,
    /// What relative addresses in it are relative to.
    pub base: Option<String>,
    /// What only a post of a microblog says.
    pub note: Note,
}

/// What a post of a microblog says beside its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    /// The `id` of other posts that were joined to this one: a thread by one person.
    pub also: Vec<String>,
    /// What is shown below it and is not its author's words, as HTML: what it quotes, the card of a link.
    pub below: Option<String>,
    /// What of its HTML is not folded, as HTML, where some of it is: a list shows no more of it. None where all is shown.
    pub unfolded: Option<String>,
    /// Addresses that it vouches for beyond the links in its words: what it quotes, what a card shows.
    pub points_to: Vec<String>,
    /// Who passed it on, when that is why it is here: someone else wrote it.
    pub boosted_by: Option<String>,
    /// The address of a small picture that stands for its author.
    pub portrait: Option<String>,
    /// Its source says that its pictures are not for everybody: none is shown before it is asked for.
    pub sensitive: bool,
}

/// A file attached to a post.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
pub struct Enclosure {
    /// Its absolute http or https address.
    pub url: String,
    /// Its MIME type, as declared.
    pub media_type: Option<String>,
    /// Its size in bytes, as declared.
    #[ts(type = "number | null")]
    pub bytes: Option<u64>,
    /// Its length in seconds, as declared.
    pub seconds: Option<u32>,
}
