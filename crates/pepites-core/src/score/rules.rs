//! Takes what the reader asked for outright and what is known of a post, gives what was asked of it:
//! a mute wins over a like, a like over a dislike. Never looks at a signal, so that a mute always holds.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::taste::{Kind, Trait};
use crate::{
    model::{Moment, SourceId},
    text,
};

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
}

/// One thing that the reader asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is asked.
    pub wish: Wish,
    /// Of what: a word or several in a row, a person, a source, a tag.
    pub about: Trait,
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
}

/// The rules that hold.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    mutes: Vec<Ready>,
    others: Vec<Ready>,
}

/// A rule, and the words that it looks for.
#[derive(Clone, Debug)]
struct Ready {
    rule: Rule,
    words: Vec<String>,
}

impl Rules {
    /// Those of `rules` that hold at `now`. A rule about nothing is none.
    #[must_use]
    pub fn new(rules: impl IntoIterator<Item = Rule>, now: Moment) -> Self {
        let holds = |rule: &Rule| rule.until.is_none_or(|until| now < until) && !rule.about.name.is_empty();
        let ready = |rule: Rule| Ready { words: text::words(&rule.about.name), rule };
        let ready = rules.into_iter().filter(holds).map(ready);
        let (mutes, others) = ready.partition(|ready| ready.rule.wish == Wish::Mute);
        Self { mutes, others }
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
        let hit = self.mutes.iter().filter(|ready| ready.hits(told, &words));
        hit.map(|ready| match ready.rule.about.kind {
            // What is muted in one folder may be told by the sources of another.
            _ if ready.rule.within.is_some() => Muted::Telling,
            Kind::Person | Kind::Source => Muted::Telling,
            Kind::Word | Kind::Tag => Muted::Story,
        })
        .max()
    }

    /// What else was asked of it.
    #[must_use]
    pub fn ask(&self, told: &Told<'_>) -> Asked {
        let words = Words::of(told, &self.others);
        let mut asked = Asked::default();
        for ready in self.others.iter().filter(|ready| ready.hits(told, &words)) {
            let names = if ready.rule.wish == Wish::Like { &mut asked.more } else { &mut asked.less };
            if !names.contains(&ready.rule.shown) {
                names.push(ready.rule.shown.clone());
            }
        }
        asked
    }
}

/// Whether one rule alone would speak of the post.
#[must_use]
pub fn speaks_of(rule: &Rule, told: &Told<'_>) -> bool {
    let ready = Ready { words: text::words(&rule.about.name), rule: rule.clone() };
    ready.hits(told, &Words::of(told, std::slice::from_ref(&ready)))
}

impl Ready {
    fn hits(&self, told: &Told<'_>, words: &Words) -> bool {
        let name = self.rule.about.name.as_str();
        let within = self.rule.within.as_ref().is_none_or(|sources| sources.contains(&told.source));
        within
            && match self.rule.about.kind {
                Kind::Source => told.source.to_string() == name,
                Kind::Person => told.author.is_some_and(|author| names_of(author).any(|one| one == self.words)),
                Kind::Tag => told.tags.iter().any(|tag| Trait::new(Kind::Tag, tag).name == name),
                Kind::Word => words.0.iter().any(|text| text.windows(self.words.len()).any(|run| run == self.words)),
            }
    }
}

/// The words of a post's texts, each in order; none where no rule looks at them.
struct Words(Vec<Vec<String>>);

impl Words {
    fn of(told: &Told<'_>, rules: &[Ready]) -> Self {
        let wanted = rules.iter().any(|ready| ready.rule.about.kind == Kind::Word);
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
