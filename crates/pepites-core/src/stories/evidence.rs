//! Takes the gists of two posts, says how much they tell the same: from 0 to about 1, or never.
//! Never looks further than the two: `gathering` weighs whole stories.

use super::{
    Bond, StoryKey, Telling, UNDATED, copies,
    gist::{Class, Gist, Word},
    signs::Kind,
};
use crate::model::{Moment, SourceId};

/// What bars two posts from one story, whatever else they share: added up, it stays what it is.
pub(super) const NEVER: f32 = f32::NEG_INFINITY;

/// A post as evidence sees it.
pub(super) struct Witness<'a> {
    pub(super) gist: &'a Gist,
    pub(super) source: SourceId,
    /// None when nothing is known of it: then time says nothing.
    pub(super) at: Option<Moment>,
    /// Its words that say something beyond that both have them.
    pub(super) telling: Vec<Word>,
    pub(super) keys: &'a [StoryKey],
    /// The pages that it links to.
    pub(super) links: &'a [StoryKey],
    /// See [`is_mute`] and [`Gist::has_text`], which look along its words: they are asked for each pair.
    pub(super) mute: bool,
    pub(super) textual: bool,
    /// A bit for each of its words: of those that it has not, most are known by it without being looked for.
    seen: [u64; SEEN],
}

/// Words of 64 bits: one in seven bits is set by the gist of a text.
const SEEN: usize = 8;

impl<'a> Witness<'a> {
    pub(super) fn of(telling: &'a Telling) -> Self {
        let dated = telling.at != UNDATED;
        let words: Vec<Word> = telling.gist.words().iter().copied().filter(|word| word.tells()).collect();
        let mut seen = [0; SEEN];
        for hash in telling.gist.hashes() {
            if let Some(bits) = seen.get_mut(bits_of(hash)) {
                *bits |= 1_u64 << (hash % u64::BITS);
            }
        }
        Self {
            gist: &telling.gist,
            source: telling.source,
            at: dated.then_some(telling.at),
            telling: words,
            keys: &telling.keys,
            links: &telling.links,
            mute: is_mute(&telling.gist),
            textual: telling.gist.has_text(),
            seen,
        }
    }

    /// Its word with that hash.
    fn word(&self, hash: u32) -> Option<Word> {
        let may = self.seen.get(bits_of(hash)).is_some_and(|bits| bits >> (hash % u64::BITS) & 1 == 1);
        if may { self.gist.word(hash) } else { None }
    }

    /// It links to the page of `other`.
    pub(super) fn cites(&self, other: &Self) -> bool {
        !self.links.is_empty() && other.keys.iter().any(|key| key.bond() == Bond::Page && self.links.contains(key))
    }

    /// Pages that both link to.
    pub(super) fn links_shared(&self, other: &Self) -> usize {
        self.links.iter().filter(|link| other.links.contains(link)).count()
    }
}

/// In which of [`Witness::seen`] a word has its bit.
fn bits_of(hash: u32) -> usize {
    (hash / u64::BITS) as usize % SEEN
}

/// Apart by so many hours, two tellings are of one event with a third of the likeness (e^-1); twice as far apart, with
/// a fiftieth. Measured: 72 finds a point of B-cubed F1 more in dated headlines, but joins twice as many posts wrongly in
/// the demo world, whose blogs share their subjects; from 24 on the floor of precision is missed.
const FADES_HOURS: f32 = 22.0;

/// Two tellings that are further apart have nothing to say to each other but by their keys: of their likeness less than a
/// fiftieth is left, and a story needs a quarter.
pub const REACH: i64 = 44 * Moment::HOUR;

/// Both titles have numbers, and none is in the other post: "250,000 jobs in October", "136,000 in September".
const NUMBERS_DIFFER: f32 = 0.7;

/// Both titles have names that the other post does not know.
const NAMES_DIFFER: f32 = 0.5;

/// Two texts share no name, number or day: their subject is the same, and maybe nothing happened.
pub(super) const SUBJECT_ALONE: f32 = 0.6;

/// A number in common is worth more than its rarity says: a date, a toll, a price.
pub(super) const NUMBER_SHARED: f32 = 1.3;

/// One links to the page of the other: whoever relays says from where. It strengthens what the words say, and is nothing
/// without them: a post also links to what it contradicts, and to last year's.
pub(super) const CITES: f32 = 1.5;

/// Both link to one page that few others link to: the report, the release, the film.
const LINKS_SHARED: f32 = 1.3;

/// What likeness counts at most, so many times: all that strengthens it comes together, and a little for rounding.
pub(super) const MOST: f32 = ACROSS_LANGUAGES * NUMBER_SHARED * CITES * 1.001;

/// Within one source likeness is a habit of its writer more often than news again: below a copy it counts nothing, and a
/// copy counts half.
pub(super) const ONE_SOURCE: f32 = 0.5;

/// Posts that come back under the same words ("Links of the week", job ads) are the same only when the whole text is;
/// so are two posts of one source.
pub(super) const COPY: f32 = 0.8;

/// Titles that share this part of the words of the shorter one are set in one mould: "… 1.2.3 is out".
pub(super) const ONE_MOULD: f32 = 0.34;

/// The same for titles whose numbers differ without being a series: nearly all words.
const SAME_MOULD: f32 = 0.8;

/// The numbers of one event grow within so long ("12 dead", "15 dead"); later, the mould is that of another event.
const TOLL_GROWS: i64 = 12 * Moment::HOUR;

/// What two posts have in their titles, word for word.
#[derive(Default)]
struct Titles {
    words: [u32; 2],
    shared: u32,
    numbers: [u32; 2],
    numbers_alone: [u32; 2],
    days_alone: [u32; 2],
    marks: [u32; 2],
    marks_shared: u32,
    names_alone: [u32; 2],
    numbers_shared: bool,
    /// Names, numbers and days that both have in their titles.
    anchors: u32,
    /// Both have one, wherever it stands.
    held: bool,
}

/// Across languages only names, numbers and what travels with them can be shared, so likeness counts for more...
pub(super) const ACROSS_LANGUAGES: f32 = 2.0;

/// ...and must rest on so many words: two names meet every day.
pub(super) const ACROSS_LANGUAGES_WORDS: u32 = 3;

/// Two of these are names, numbers or days, and in a title: "night train" and "train de nuit" run in every town. An
/// amount or a date is worth two names, as a name that begins a title is not known to be one.
const ACROSS_LANGUAGES_ANCHORS: u32 = 2;

/// Of one page, two entries: versions in a changelog, days of a bulletin, comments, the hours of a live blog. Within one
/// source, whoever shares less than half of the words of the shorter is another entry, and no correction.
pub(super) fn are_two_of_one_page(one: &Telling, other: &Telling) -> bool {
    let kinds = [one.gist.kind(), other.gist.kind()];
    if kinds.contains(&Kind::Comment) {
        return true;
    }
    let same_source = one.source == other.source;
    if compare(&Witness::of(one), &Witness::of(other)).are_two_of_a_series(kinds, same_source, None) {
        return true;
    }
    if !same_source || copies::is_copy(one, other) {
        return false;
    }
    let shorter = one.gist.words().len().min(other.gist.words().len());
    let unlike = !one.gist.says_little() && !other.gist.says_little() && {
        copies::shared(&one.gist, &other.gist) * 2 < shorter
    };
    unlike || kinds.contains(&Kind::Bulletin) || kinds.into_iter().any(comes_back)
}

/// It says too little to be known by its words, or answers another.
pub(super) fn is_mute(gist: &Gist) -> bool {
    gist.kind() == Kind::Comment || gist.says_little() || !gist.has_title()
}

/// The same words head another of its kind: only the whole text tells.
pub(super) fn comes_back(kind: Kind) -> bool {
    matches!(kind, Kind::Column | Kind::Advert)
}

/// How much the evidence of `alike` (the likeness of the words of both, of which they share so many) counts.
pub(super) fn between(one: &Witness<'_>, other: &Witness<'_>, alike: f32, words: u32) -> f32 {
    let (kinds, same_source) = ([one.gist.kind(), other.gist.kind()], one.source == other.source);
    if one.mute || other.mute {
        return 0.0;
    }
    let apart = match (one.at, other.at) {
        (Some(one), Some(other)) => Some(other.since(one).abs()),
        _ => None,
    };
    let mut titles = compare(one, other);
    // What one site links to in each of its posts says nothing of two of them.
    let cites = !same_source && (one.cites(other) || other.cites(one));
    let links_shared = !same_source && one.links_shared(other) > 0;
    if cites || links_shared {
        titles.anchors += ACROSS_LANGUAGES_ANCHORS;
        titles.held = true;
    }
    if titles.are_two_of_a_series(kinds, same_source, apart) {
        return NEVER;
    }
    if kinds.into_iter().any(comes_back) && (alike < COPY || !one.textual || !other.textual) {
        return 0.0;
    }
    if same_source && alike < COPY {
        return 0.0;
    }
    let bulletin = kinds.contains(&Kind::Bulletin);
    if bulletin && (same_source || titles.numbers_differ() || apart.is_some_and(|apart| apart > TOLL_GROWS)) {
        return 0.0;
    }
    if titles.is_a_release_unnamed([one, other]) {
        return 0.0;
    }
    let mut counts = alike;
    let across = one.gist.in_another_language_than(other.gist);
    if across {
        let held = words >= ACROSS_LANGUAGES_WORDS && titles.anchors >= ACROSS_LANGUAGES_ANCHORS;
        counts *= if held { ACROSS_LANGUAGES } else { 0.0 };
    }
    if titles.numbers_differ() {
        counts *= NUMBERS_DIFFER;
    }
    let shown = !across && one.gist.shows_names() && other.gist.shows_names();
    if shown && titles.names_alone.iter().all(|&alone| alone > 0) {
        counts *= NAMES_DIFFER;
    }
    if !across && !titles.held && one.textual && other.textual {
        counts *= SUBJECT_ALONE;
    }
    if titles.numbers_shared {
        counts *= NUMBER_SHARED;
    }
    if same_source {
        counts *= ONE_SOURCE;
    }
    if cites {
        counts *= CITES;
    } else if links_shared {
        counts *= LINKS_SHARED;
    }
    counts * apart.map_or(1.0, fades)
}

pub(super) fn fades(apart: i64) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "hours of a month")]
    let hours = (apart / (Moment::HOUR / 60)) as f32 / 60.0;
    (-(hours / FADES_HOURS).powi(2)).exp()
}

impl Titles {
    /// One announces a version, and the other, for all its text, never says which: it is about the program, not about its
    /// release ("Larkspur Mail 2.3.1 is out", "Larkspur Mail forgets its window"). Of a headline alone nothing is known:
    /// measured on headlines, the rule loses a point of F1.
    fn is_a_release_unnamed(&self, posts: [&Witness<'_>; 2]) -> bool {
        let [one, other] = posts.map(|post| post.gist);
        let unnamed = |marks: u32, of: &Gist, by: &Gist| of.kind() == Kind::Release && marks > 0 && by.has_text();
        let [marks, its_marks] = self.marks;
        self.marks_shared == 0 && (unnamed(marks, one, other) || unnamed(its_marks, other, one))
    }

    fn numbers_differ(&self) -> bool {
        self.numbers.iter().all(|&numbers| numbers > 0) && self.numbers == self.numbers_alone
    }

    /// Part of the words of the shorter title that the other has too.
    #[expect(clippy::cast_precision_loss, reason = "words of a title")]
    fn overlap(&self) -> f32 {
        let shorter = self.words.iter().copied().min().unwrap_or(0);
        if shorter == 0 { 0.0 } else { self.shared as f32 / shorter as f32 }
    }

    /// One mould, filled twice: version trains, episodes, "the twelfth package", bulletins of two days.
    fn are_two_of_a_series(&self, kinds: [Kind; 2], same_source: bool, apart: Option<i64>) -> bool {
        let marked = self.marks.iter().all(|&marks| marks > 0) && self.marks_shared == 0;
        let release = kinds.contains(&Kind::Release);
        if marked && (self.overlap() >= ONE_MOULD || (release && self.shared > 0)) {
            return true;
        }
        let alone = self.numbers_alone.iter().zip(&self.days_alone).map(|(numbers, days)| numbers + days);
        let differ = alone.min().unwrap_or(0) > 0;
        let soon = apart.is_none_or(|apart| apart <= TOLL_GROWS);
        differ && self.overlap() >= SAME_MOULD && (same_source || !soon || kinds.contains(&Kind::Bulletin))
    }
}

/// Looks up the telling words of each, a dozen, among all of the other: less than half the cost of walking both.
fn compare(one: &Witness<'_>, other: &Witness<'_>) -> Titles {
    let mut titles = Titles::default();
    for (side, from, to) in [(0, one, other), (1, other, one)] {
        for word in &from.telling {
            titles.count(side, *word, to.word(word.hash()));
        }
    }
    titles
}

impl Titles {
    fn count(&mut self, side: usize, word: Word, there: Option<Word>) {
        let add = |counts: &mut [u32; 2]| {
            if let Some(count) = counts.get_mut(side) {
                *count += 1;
            }
        };
        let both_titles = word.in_title() > 0 && there.is_some_and(|there| there.in_title() > 0);
        if let Some(there) = there.filter(|_| both_titles && side == 0) {
            let anchors = [word, there].map(|word| match word.class() {
                Class::Plain => 0,
                Class::Name => 1,
                Class::Number | Class::Day => ACROSS_LANGUAGES_ANCHORS,
            });
            self.anchors += anchors.into_iter().max().unwrap_or(0);
        }
        if word.class() == Class::Number && there.is_some() {
            self.numbers_shared = true;
        }
        self.held |= there.is_some_and(|there| [word, there].iter().any(|word| word.class() != Class::Plain));
        if word.in_title() == 0 {
            return;
        }
        if word.is_mark() {
            add(&mut self.marks);
            self.marks_shared += u32::from(there.is_some());
        }
        match word.class() {
            Class::Number => {
                add(&mut self.numbers);
                if there.is_none() {
                    add(&mut self.numbers_alone);
                }
            }
            Class::Day if there.is_none() => add(&mut self.days_alone),
            Class::Day => {}
            Class::Name if there.is_none() => {
                add(&mut self.words);
                add(&mut self.names_alone);
            }
            Class::Name | Class::Plain => {
                add(&mut self.words);
                // Counted once, from the first side.
                self.shared += u32::from(both_titles && side == 0);
            }
        }
    }
}
