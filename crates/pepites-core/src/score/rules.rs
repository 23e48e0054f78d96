//! Takes what the reader asked for outright and what is known of a post, gives what was asked of it:
//! a mute wins over a like, a like over a dislike. Never looks at a signal, so that a mute always holds.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    model::{Moment, SourceId},
    text,
};

mod about;

pub use about::{About, Matter};

/// What the reader asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Nothing of it in digests.
    Mute,
    /// More of it.
    Like,
    /// Less of it.
    Dislike,
    /// A place in each digest, as what was put off has one.
    Always,
    /// A word on the desktop when it comes. Digests are as they were.
    Notify,
    /// A star when it comes, which says so. Digests are as they were.
    Star,
    /// A place in a folder, beside that of its source. Digests are as they were.
    File,
}

/// What the rule about what only relays is called until it is said in a language: no word that a reader types.
pub const RELAYS: &str = "\u{1f}relays";

impl Wish {
    /// It speaks in digests, where two wishes about one thing would contradict each other.
    #[must_use]
    pub fn is_of_digests(self) -> bool {
        matches!(self, Self::Mute | Self::Like | Self::Dislike | Self::Always)
    }

    /// It does something to a post when it comes, and that stays.
    #[must_use]
    pub fn leaves_traces(self) -> bool {
        matches!(self, Self::Star | Self::File)
    }
}

/// One thing that the reader asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is asked.
    pub wish: Wish,
    /// Of what.
    pub about: About,
    /// What it is about as the reader knows it: "Black Friday", the title of the source.
    pub shown: String,
    /// The sources that it is for; None: all.
    pub within: Option<BTreeSet<SourceId>>,
    /// It holds before this moment; None: for ever.
    pub until: Option<Moment>,
}

/// What rules look at in one post.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// Its source.
    pub source: SourceId,
    /// Who wrote it: a name, or "Ada (@ada@town.example)".
    pub author: Option<&'a str>,
    /// Its title.
    pub title: &'a str,
    /// Its first words.
    pub lead: &'a str,
    /// Its tags.
    pub tags: &'a [String],
    /// Its language, as two letters, where it is known.
    pub language: Option<&'a str>,
    /// The words of its text.
    pub words: u32,
    /// It tells what another told before it.
    pub relay: bool,
}

/// How far a mute reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Muted {
    /// This telling: who told it is muted. The story may be told by somebody else.
    Telling,
    /// The whole story: what it is about is muted.
    Story,
}

/// What was asked of a post, each thing as the reader knows it, in the order of the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// More of these.
    pub more: Vec<String>,
    /// Less of these.
    pub less: Vec<String>,
    /// Always these.
    pub always: Vec<String>,
}

/// The rules that hold.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    mutes: Vec<Ready>,
    others: Vec<Ready>,
    /// What one reads in a minute.
    words_per_minute: u32,
}

/// A rule, and the words that it looks for.
#[derive(Clone, Debug)]
struct Ready {
    rule: Rule,
    words: Vec<String>,
}

impl Rules {
    /// Those of `rules` that hold at `now`, for who reads so many words in a minute. A rule about nothing is none.
    #[must_use]
    pub fn new(rules: impl IntoIterator<Item = Rule>, now: Moment, words_per_minute: u32) -> Self {
        // What is told, starred or filed when it comes changes no digest.
        let rules = rules.into_iter().filter(|rule| rule.wish.is_of_digests());
        let holds = |rule: &Rule| rule.until.is_none_or(|until| now < until) && !rule.about.name.is_empty();
        let ready = |rule: Rule| Ready { words: text::words(&rule.about.name), rule };
        let ready = rules.filter(holds).map(ready);
        let (mutes, others) = ready.partition(|ready| ready.rule.wish == Wish::Mute);
        Self { mutes, others, words_per_minute }
    }

    /// Whether anything is muted at all.
    #[must_use]
    pub fn mute_something(&self) -> bool {
        !self.mutes.is_empty()
    }

    /// How far the post is muted; None: it is not.
    #[must_use]
    pub fn mute(&self, told: &Told<'_>) -> Option<Muted> {
        let words = Words::of(told, &self.mutes);
        let hit = self.mutes.iter().filter(|ready| ready.hits(told, &words, self.words_per_minute));
        hit.map(|ready| match ready.rule.about.matter {
            // What is muted in one folder may be told by the sources of another.
            _ if ready.rule.within.is_some() => Muted::Telling,
            Matter::Word | Matter::Tag => Muted::Story,
            // How it is told, not what: another may tell it otherwise.
            _ => Muted::Telling,
        })
        .max()
    }

    /// What else was asked of it.
    #[must_use]
    pub fn ask(&self, told: &Told<'_>) -> Asked {
        let words = Words::of(told, &self.others);
        let mut asked = Asked::default();
        for ready in self.others.iter().filter(|ready| ready.hits(told, &words, self.words_per_minute)) {
            let names = match ready.rule.wish {
                Wish::Always => &mut asked.always,
                Wish::Like => &mut asked.more,
                Wish::Dislike | Wish::Mute | Wish::Notify | Wish::Star | Wish::File => &mut asked.less,
            };
            if !names.contains(&ready.rule.shown) {
                names.push(ready.rule.shown.clone());
            }
        }
        asked
    }
}

/// Whether one rule alone would speak of the post, for who reads so many words in a minute.
#[must_use]
pub fn speaks_of(rule: &Rule, told: &Told<'_>, words_per_minute: u32) -> bool {
    let ready = Ready { words: text::words(&rule.about.name), rule: rule.clone() };
    ready.hits(told, &Words::of(told, std::slice::from_ref(&ready)), words_per_minute)
}

impl Ready {
    fn hits(&self, told: &Told<'_>, words: &Words, words_per_minute: u32) -> bool {
        let name = self.rule.about.name.as_str();
        let within = self.rule.within.as_ref().is_none_or(|sources| sources.contains(&told.source));
        within
            && match self.rule.about.matter {
                Matter::Source => told.source.to_string() == name,
                Matter::Person => told.author.is_some_and(|author| names_of(author).any(|one| one == self.words)),
                Matter::Tag => told.tags.iter().any(|tag| About::new(Matter::Tag, tag).name == name),
                Matter::Word => words.0.iter().any(|text| text.windows(self.words.len()).any(|run| run == self.words)),
                Matter::Language => told.language.is_some_and(|own| own == name),
                Matter::Longer => name.parse().is_ok_and(|minutes: u32| told.words > minutes * words_per_minute),
                // What has no words at all is a picture or a recording: nobody calls it short.
                Matter::Shorter => {
                    told.words > 0 && name.parse().is_ok_and(|minutes: u32| told.words < minutes * words_per_minute)
                }
                Matter::Relay => told.relay,
            }
    }
}

/// The words of a post's texts, each in order; none where no rule looks at them.
struct Words(Vec<Vec<String>>);

impl Words {
    fn of(told: &Told<'_>, rules: &[Ready]) -> Self {
        let wanted = rules.iter().any(|ready| ready.rule.about.matter == Matter::Word);
        // Apart: the last word of the title and the first of the text are no phrase.
        Self(if wanted { vec![text::words(told.title), text::words(told.lead)] } else { Vec::new() })
    }
}

/// What someone is known by: "Ada (@ada@town.example)" is herself whole, by her name, and by her handle.
fn names_of(author: &str) -> impl Iterator<Item = Vec<String>> {
    let (name, handle) = author.split_once(" (@").unwrap_or((author, ""));
    [author, name, handle.trim_end_matches(')')].map(text::words).into_iter().filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests;
