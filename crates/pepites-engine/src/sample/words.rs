//! Gives everything that the demo world can say: tables by topic and language, written for this project.
//! Never names a real person, company, product or site.
//!
//! In a table, `{slot}` stands for one of the slot's words (`{Slot}` with a capital; the same word throughout a post),
//! `{10..40}` for a number, and `[this|that]` for either. `*word*` is emphasised, `` `word` `` is code.

mod common;
mod desk_en;
mod desk_fr;
mod forum;
mod makers_en;
mod makers_fr;
mod nature_en;
mod nature_fr;
mod releases;
mod table_en;
mod table_fr;

pub(crate) use common::{
    COMMON_EN, COMMON_FR, FIRST_NAMES_EN, FIRST_NAMES_FR, PEOPLE, POINTERS_EN, POINTERS_FR, TAILS_EN, TAILS_FR,
};
pub(crate) use releases::{EVENTS, EventWords, PRODUCTS, Product};

/// A slot and the words that it may stand for.
pub(crate) type Slot = (&'static str, &'static [&'static str]);

/// What a source writes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Language {
    /// French.
    Fr,
    /// English.
    #[default]
    En,
}

impl Language {
    /// ISO 639-1.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

/// A table of measured things: a head, the name of each row, and what the figures lie between.
#[derive(Debug)]
pub(crate) struct Figures {
    /// The head of the three columns.
    pub head: [&'static str; 3],
    /// The first cell of each row.
    pub rows: &'static [&'static str],
    /// Lowest and highest figure of the second column, and its unit.
    pub second: (i64, i64, &'static str),
    /// Lowest and highest figure of the third column, and its unit.
    pub third: (i64, i64, &'static str),
}

/// What can be said about one thing in one language.
#[derive(Debug)]
pub(crate) struct Topic {
    /// The language.
    pub language: Language,
    /// Tags, the first of which names the topic.
    pub tags: &'static [&'static str],
    /// Where its sources stand in the OPML.
    pub folder: &'static [&'static str],
    /// Blogs of a few posts a week.
    pub blogs: &'static [&'static str],
    /// Blogs of one to three posts a month.
    pub rare: &'static [&'static str],
    /// The words of its own.
    pub slots: &'static [Slot],
    /// Titles of everyday posts.
    pub titles: &'static [&'static str],
    /// Titles of long posts that are found nowhere else.
    pub deep: &'static [&'static str],
    /// First paragraphs.
    pub openings: &'static [&'static str],
    /// Paragraphs that stand in any order.
    pub paragraphs: &'static [&'static str],
    /// Last paragraphs.
    pub closings: &'static [&'static str],
    /// Headings between paragraphs.
    pub heads: &'static [&'static str],
    /// Points of a list.
    pub points: &'static [&'static str],
    /// Things worth quoting.
    pub quotes: &'static [&'static str],
    /// What a picture shows.
    pub pictures: &'static [&'static str],
    /// Short posts without a title.
    pub notes: &'static [&'static str],
    /// Something measured.
    pub figures: Option<Figures>,
    /// A piece of code, whole.
    pub code: Option<&'static str>,
}

/// The topics that people write blogs about, by language.
#[rustfmt::skip]
pub(crate) const TOPICS: &[&Topic] = &[
    &nature_fr::GARDEN,
    &nature_en::GARDEN,
    &makers_fr::TYPE,
    &makers_en::TYPE,
    &makers_fr::RETRO,
    &makers_en::RETRO,
    &table_fr::BICYCLE,
    &table_en::BICYCLE,
    &table_fr::BREAD,
    &table_en::BREAD,
    &nature_fr::BIRDS,
    &nature_en::BIRDS,
    &makers_fr::OPEN_DATA,
    &makers_en::OPEN_DATA,
    &nature_fr::SKY,
    &nature_en::SKY,
    &makers_fr::CRAFT,
    &makers_en::CRAFT,
    &table_fr::MUSIC,
    &table_en::MUSIC,
];

/// What the two news sites write about beside releases, by language.
pub(crate) fn desk(language: Language) -> &'static [&'static Topic] {
    match language {
        Language::Fr => desk_fr::SECTIONS,
        Language::En => desk_en::SECTIONS,
    }
}

/// What the support forum writes about.
pub(crate) const FORUM: &Topic = &forum::FORUM;
