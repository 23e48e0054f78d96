//! Takes those who tell one story, says which of them stands for it.
//! Never looks at what they say: only at who tells, who was copied or linked to, how much, and when.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::model::{Moment, PostId, SourceId};

/// One telling, as the choice of a face sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Teller {
    /// Which post.
    pub post: PostId,
    /// See [`super::Telling::tie`].
    pub tie: u64,
    /// Who tells it.
    pub source: SourceId,
    /// When it was published.
    pub at: Moment,
    /// The reader prefers its source to others.
    pub preferred: bool,
    /// It only points to another telling: a note with a link.
    pub points: bool,
    /// The telling whose text it has again.
    pub copy_of: Option<PostId>,
    /// Its page is on the site of its own source; a planet's posts are on the sites of others.
    pub at_home: bool,
    /// Other sources whose posts link to its page.
    pub linked_by: u32,
    /// Words of its text.
    pub words: u32,
}

/// A text is as full as the fullest with this part of its words, in fifths: a few words more are a matter of style.
const AS_FULL_FIFTHS: u64 = 4;

/// Which of `tellers` stands for the story: one that tells it rather than points to it; of a source that the reader
/// prefers; else the origin, which most others copy from or link to; else the fullest text; else the first. None when
/// there is none. Does not depend on their order.
#[must_use]
pub fn face(tellers: &[Teller]) -> Option<&Teller> {
    let heads = heads(tellers);
    let votes = votes(tellers);
    let most = tellers.iter().filter(|teller| !teller.points).map(|teller| teller.words).max().unwrap_or(0);
    let is_full = |teller: &Teller| u64::from(teller.words) * (AS_FULL_FIFTHS + 1) >= u64::from(most) * AS_FULL_FIFTHS;
    tellers.iter().min_by_key(|teller| {
        let text = text_of(teller);
        (
            teller.points,
            !teller.preferred,
            // A copy stands for the story only when the reader prefers its source.
            heads.get(&text) != Some(&teller.post),
            Reverse(votes.get(&text).copied().unwrap_or(0)),
            !is_full(teller),
            teller.at,
            teller.tie,
            teller.post,
        )
    })
}

/// What its text is known by: the post that had it first.
fn text_of(teller: &Teller) -> PostId {
    teller.copy_of.unwrap_or(teller.post)
}

/// Who had each text: of those that have it, one at home before a planet, then the first.
fn heads(tellers: &[Teller]) -> BTreeMap<PostId, PostId> {
    let mut best: BTreeMap<PostId, &Teller> = BTreeMap::new();
    let order = |teller: &Teller| (teller.points, !teller.at_home, teller.at, teller.tie, teller.post);
    for teller in tellers {
        let head = best.entry(text_of(teller)).or_insert(teller);
        if order(teller) < order(head) {
            *head = teller;
        }
    }
    best.into_iter().map(|(text, head)| (text, head.post)).collect()
}

/// Sources that took each text: those that copied it, and those that link to it.
fn votes(tellers: &[Teller]) -> BTreeMap<PostId, u32> {
    let mut by: BTreeMap<PostId, (Vec<SourceId>, u32)> = BTreeMap::new();
    for teller in tellers {
        let (sources, linked) = by.entry(text_of(teller)).or_default();
        if !sources.contains(&teller.source) {
            sources.push(teller.source);
        }
        *linked = (*linked).max(teller.linked_by);
    }
    let copied = |sources: &[SourceId]| u32::try_from(sources.len().saturating_sub(1)).unwrap_or(u32::MAX);
    by.into_iter().map(|(text, (sources, linked))| (text, copied(&sources).saturating_add(linked))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `A 3h 200w` : source A, at hour 3, 200 words; `*` preferred, `>` only points, `=1` a copy of post 1, `~` not at
    /// home, `2<` two sources link to it, `^5` its identity.
    fn tellers(text: &str) -> Vec<Teller> {
        text.split('|').zip(1..).map(|(words, post)| teller(words, post)).collect()
    }

    fn teller(text: &str, post: i64) -> Teller {
        let mut teller = Teller {
            post: PostId(post),
            tie: 0,
            source: SourceId(0),
            at: Moment(0),
            preferred: false,
            points: false,
            copy_of: None,
            at_home: true,
            linked_by: 0,
            words: 100,
        };
        for word in text.split_whitespace() {
            let number = |text: &str| text.parse::<i64>().unwrap();
            match word {
                "*" => teller.preferred = true,
                ">" => teller.points = true,
                "~" => teller.at_home = false,
                _ if let Some(tie) = word.strip_prefix('^') => teller.tie = tie.parse().unwrap(),
                _ if let Some(post) = word.strip_prefix('=') => teller.copy_of = Some(PostId(number(post))),
                _ if let Some(by) = word.strip_suffix('<') => teller.linked_by = number(by).try_into().unwrap(),
                _ if let Some(hours) = word.strip_suffix('h') => teller.at = Moment(number(hours) * Moment::HOUR),
                _ if let Some(words) = word.strip_suffix('w') => teller.words = number(words).try_into().unwrap(),
                _ => teller.source = SourceId(i64::from(word.as_bytes()[0])),
            }
        }
        teller
    }

    fn check(text: &str, expected: i64, why: &str) {
        let mut all = tellers(text);
        for _ in 0..all.len() {
            assert_eq!(face(&all).map(|face| face.post), Some(PostId(expected)), "{why}: {text}");
            all.rotate_left(1);
        }
        all.reverse();
        assert_eq!(face(&all).map(|face| face.post), Some(PostId(expected)), "{why}, backwards: {text}");
    }

    #[test]
    fn the_face_of_a_story_is_the_preferred_one_else_the_origin_else_the_fullest_else_the_first() {
        check("A 0h | B 1h | C 2h", 1, "the first");
        check("A 0h 100w | B 1h 124w", 1, "a few words more are no fuller text");
        check("A 0h 100w | B 1h 126w | C 2h 130w", 2, "the fullest, the first of those");
        check("A 0h 300w | B 1h 100w 1<", 2, "the origin, which another links to");
        check("A 0h 3< | B 1h 2<", 1, "the one that more link to");
        check("A 0h 300w | B 1h 100w | C 2h =2 100w", 2, "the origin, which another copies from");
        check("A 0h 300w | B 1h 100w | B 2h =2 100w", 1, "who copies oneself is no witness");
        check("A 0h 900w 5< | B 1h * 10w", 2, "the preferred one whatever else");
        check("A 0h | B 1h * | C 2h * 1<", 3, "of two that are preferred, the origin");
        check("A 0h | B 1h =1 *", 2, "a preferred copy");
        check("A 0h | B 1h =1", 1, "never a copy before its original");
        check("A 0h ~ | B 0h =1", 2, "the one at home before the planet that had it first");
        check("A 0h > 9< * | B 1h", 2, "who tells before who points");
        check("A 1h > | B 0h >", 2, "the first of those that point when nobody tells");
        check("A 1h ^9 | B 1h ^3", 2, "of one time, the one of the lower identity, whichever came first");
        assert_eq!(face(&[]), None);
    }
}
