//! Takes what is known of two posts before or after their words are compared, says how alike they must be to count.
//! Never says that they are one story: it spares [`super::evidence`] the pairs that cannot be.

use std::sync::LazyLock;

use super::{
    StoryKey,
    evidence::{
        ACROSS_LANGUAGES, ACROSS_LANGUAGES_WORDS, CITES, COPY, NUMBER_SHARED, ONE_MOULD, ONE_SOURCE, REACH,
        SUBJECT_ALONE, Witness, comes_back, fades,
    },
    gist::{Class, Word},
    signs::Kind,
};
use crate::model::Moment;

/// What bounds the evidence of a post with any other: as little as can be, since it is looked at for each that is met.
#[derive(Clone, Copy, Default)]
pub(super) struct Bounds {
    /// Nothing is known by its words.
    mute: bool,
    /// Its title has something that tells one of a series from the next.
    serial: bool,
    release: bool,
    /// Words of its title that are no number and no day.
    titled: u16,
    numbered: bool,
    /// Its own pages, and the pages that it links to, each as one bit of this many: what two posts have in common, they have
    /// in these too.
    pages: u64,
    links: u64,
    textual: bool,
    /// It comes back under the same words.
    comes_back: bool,
    language: [u8; 2],
    /// In whole [`STEP`]s; None when nobody knows.
    steps: Option<i32>,
    source: i64,
}

/// What is known of the words that two posts share.
#[derive(Clone, Copy)]
pub(super) struct Common {
    /// How many they are.
    pub(super) words: u32,
    /// How many of them are words in both titles.
    pub(super) heading: u32,
    /// One is a name, a number or a day.
    pub(super) anchored: bool,
    /// One is a number.
    pub(super) numbered: bool,
}

/// What cannot be counted out before the words are compared.
const ANYTHING: Common = Common { words: u32::MAX, heading: u32::MAX, anchored: true, numbered: true };

/// Products of the same numbers in another order differ by less than this part.
const ROUNDING: f32 = 1e-3;

impl Bounds {
    pub(super) fn of(post: &Witness<'_>) -> Self {
        let counts = |word: &Word| word.is_mark() || matches!(word.class(), Class::Number | Class::Day);
        let names = |word: &Word| matches!(word.class(), Class::Plain | Class::Name);
        Self {
            mute: post.mute,
            serial: post.telling.iter().any(|word| word.in_title() > 0 && counts(word)),
            release: post.gist.kind() == Kind::Release,
            titled: u16::try_from(post.telling.iter().filter(|word| word.in_title() > 0 && names(word)).count())
                .unwrap_or(u16::MAX),
            numbered: post.telling.iter().any(|word| word.class() == Class::Number),
            pages: bits(post.keys),
            links: bits(post.links),
            textual: post.textual,
            comes_back: comes_back(post.gist.kind()),
            language: post.gist.language(),
            steps: post.at.and_then(|at| i32::try_from(at.0.div_euclid(STEP)).ok()),
            source: post.source.0,
        }
    }

    /// Whatever is alike in another post counts nothing.
    pub(super) fn is_mute(&self) -> bool {
        self.mute
    }

    /// How alike two posts must be for their evidence to count `held`, so that [`super::evidence::between`] need not be
    /// asked of others; 0 where one may bar the other. `common`: None before their words are compared.
    pub(super) fn needed(&self, other: &Self, held: f32, common: Option<Common>) -> f32 {
        if self.mute || other.mute {
            return f32::INFINITY;
        }
        let common = common.unwrap_or(ANYTHING);
        if self.may_be_of_a_series_with(other, common.heading) {
            return 0.0;
        }
        // Languages that are not known may differ or not.
        let across = self.language != other.language;
        let one_source = self.source == other.source;
        // One may link to the other, or both to one page.
        let linked = self.links & (other.pages | other.links) != 0 || other.links & self.pages != 0;
        if across && self.language != [0, 0] && other.language != [0, 0] && common.words < ACROSS_LANGUAGES_WORDS {
            return f32::INFINITY;
        }
        let alone = !across && !linked && !common.anchored && self.textual && other.textual;
        let faded = match (self.steps, other.steps) {
            // As it fades, never less than what is: in steps that are one apart, moments may be next to each other.
            (Some(one), Some(other)) => FADED.get((one.abs_diff(other) as usize).saturating_sub(1)),
            _ => None,
        };
        let counts = [
            (across, ACROSS_LANGUAGES),
            (linked && !one_source, CITES),
            (common.numbered && self.numbered && other.numbered, NUMBER_SHARED),
            (alone, SUBJECT_ALONE),
            (one_source, ONE_SOURCE),
        ];
        let factors = counts.into_iter().filter_map(|(holds, factor)| holds.then_some(factor));
        let most = factors.product::<f32>() * faded.copied().unwrap_or(1.0);
        let copy = if one_source || self.comes_back || other.comes_back { COPY } else { 0.0 };
        (held / most * (1.0 - ROUNDING)).max(copy)
    }

    /// Both have something that tells one of a series from the next, and titles of one mould.
    #[expect(clippy::cast_precision_loss, reason = "words of a title")]
    fn may_be_of_a_series_with(&self, other: &Self, heading: u32) -> bool {
        let shorter = f32::from(self.titled.min(other.titled));
        let one_mould = heading as f32 >= ONE_MOULD * (1.0 - ROUNDING) * shorter || self.release || other.release;
        self.serial && other.serial && heading > 0 && one_mould
    }
}

/// One bit for each of these, by its hash.
fn bits(keys: &[StoryKey]) -> u64 {
    keys.iter().fold(0, |bits, key| bits | 1 << (key.0.cast_unsigned() >> 58))
}

/// Of fading, in milliseconds: a quarter of an hour.
const STEP: i64 = Moment::HOUR / 4;

/// [`fades`] after each whole [`STEP`].
static FADED: LazyLock<Vec<f32>> = LazyLock::new(|| (0..=REACH / STEP).map(|steps| fades(steps * STEP)).collect());
