//! Takes the title and the beginning of a text, gives its gist: what grouping needs to know of it, in about 200 bytes.
//! Never keeps a text: its words are there as hashes.

use std::sync::Arc;

use super::{
    reading::{Token, tokens},
    signs::{Kind, kind_of, resolve},
};

/// Words of the text that are looked at, empty ones not counted: the first paragraphs say what happened, the rest
/// tells the background that other stories share. Measured: 40 loses a point of B-cubed F1 on long texts, 200 wins none.
const LEAD_WORDS: usize = 60;

/// A title with more of its words in capitals is set in Title Case: its capitals say nothing of names.
const TITLE_CASE: f32 = 0.6;

/// With fewer different words a post cannot be known by them.
const TELLING_WORDS: usize = 3;

/// Counts are kept up to here: a word that comes back says more, but not without end.
const MOST: u32 = 3;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Anything else.
    Plain,
    /// Written with a capital inside a sentence.
    Name,
    /// An amount, a version, a year.
    Number,
    /// A weekday or a month.
    Day,
}

/// One word of a gist: 25 bits of its hash, then what it is and how often it stands in the title and in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word(u32);

impl Word {
    const BELOW: u32 = 7;

    /// The hash: what one word has in common with itself in another post.
    pub(super) fn hash(self) -> u32 {
        self.0 >> Self::BELOW
    }

    pub(super) fn in_title(self) -> u32 {
        self.0 & 3
    }

    pub(super) fn in_text(self) -> u32 {
        (self.0 >> 2) & 3
    }

    /// It may say something of two posts beyond that they share it: it stands in a title, or is a name, number or day.
    pub(super) fn tells(self) -> bool {
        self.in_title() > 0 || self.class() != Class::Plain
    }

    /// It tells one of a series from the next: a version, "the twelfth", "#45".
    pub(super) fn is_mark(self) -> bool {
        self.0 & 16 != 0
    }

    pub(super) fn class(self) -> Class {
        match (self.0 >> 5) & 3 {
            0 => Class::Plain,
            1 => Class::Name,
            2 => Class::Number,
            _ => Class::Day,
        }
    }
}

/// What grouping knows of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gist {
    language: [u8; 2],
    kind: Kind,
    /// Different words; an outline has it without them.
    length: u16,
    /// Shared by all that look at the same post: a batch looks at some ten thousand.
    words: Arc<[Word]>,
}

/// What is left of a gist once nobody asks for its words: a fifth of its room.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outline {
    language: [u8; 2],
    kind: Kind,
    length: u16,
}

impl Outline {
    /// The gist, without its words.
    pub(super) fn gist(self) -> Gist {
        Gist { language: self.language, kind: self.kind, length: self.length, words: Arc::default() }
    }
}

/// A word while its post is read.
struct Seen {
    hash: u32,
    class: Class,
    mark: bool,
    title: bool,
}

impl Gist {
    /// The gist of a post. Of `text` only the beginning is read.
    #[must_use]
    pub fn of(title: &str, text: &str, language: Option<&str>) -> Self {
        let mut seen: Vec<Seen> = Vec::with_capacity(LEAD_WORDS + 24);
        let mut bare: Vec<String> = Vec::new();
        let spoken = primary(language);
        read(title, usize::MAX, (true, spoken), &mut seen, Some(&mut bare));
        let kind = kind_of(title, &bare);
        if kind == Kind::Release {
            seen.iter_mut().filter(|word| word.class == Class::Number).for_each(|word| word.mark = true);
        }
        read(text, LEAD_WORDS, (false, spoken), &mut seen, None);
        let language = match language.map(str::as_bytes) {
            Some(&[first, second, ..]) => [first, second],
            _ => [0, 0],
        };
        Self::with(language, kind, packed(&mut seen))
    }

    fn with(language: [u8; 2], kind: Kind, words: Arc<[Word]>) -> Self {
        Self { language, kind, length: u16::try_from(words.len()).unwrap_or(u16::MAX), words }
    }

    /// How long it is, without what it says.
    pub(super) fn outline(&self) -> Outline {
        Outline { language: self.language, kind: self.kind, length: self.length }
    }

    /// As it is kept.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.language[0], self.language[1], self.kind as u8, 0];
        bytes.extend(self.words.iter().flat_map(|word| word.0.to_le_bytes()));
        bytes
    }

    /// As [`Gist::to_bytes`] wrote it; what it did not write gives an empty gist, which groups with nothing.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let Some((&[first, second, kind, _], rest)) = bytes.split_first_chunk::<4>() else { return Self::default() };
        let words = rest.as_chunks::<4>().0.iter().map(|word| Word(u32::from_le_bytes(*word))).collect();
        Self::with([first, second], Kind::from_byte(kind), words)
    }

    /// The hashes of its words, in order.
    pub fn hashes(&self) -> impl Iterator<Item = u32> {
        self.words.iter().map(|word| word.hash())
    }

    /// Its words, by hash.
    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    /// The word with that hash, if it is there.
    pub(super) fn word(&self, hash: u32) -> Option<Word> {
        let at = self.words.binary_search_by_key(&hash, |word| word.hash()).ok()?;
        self.words.get(at).copied()
    }

    /// How many different words it has, or had.
    pub(super) fn length(&self) -> f32 {
        f32::from(self.length)
    }

    /// So few words that they are in another post by accident: "First of them".
    pub(super) fn says_little(&self) -> bool {
        self.words.len() < TELLING_WORDS
    }

    /// A note without a title is known by its keys alone: what it says in passing many say.
    pub(super) fn has_title(&self) -> bool {
        self.words.iter().any(|word| word.in_title() > 0)
    }

    /// More than a title is known of it.
    pub(super) fn has_text(&self) -> bool {
        self.words.iter().any(|word| word.in_text() > 0)
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Two letters; nothing when it is not known.
    pub(super) fn language(&self) -> [u8; 2] {
        self.language
    }

    /// Both say in which language they are, and it is not the same.
    pub(super) fn in_another_language_than(&self, other: &Self) -> bool {
        self.language != other.language && self.language != [0, 0] && other.language != [0, 0]
    }

    /// German writes every noun with a capital.
    pub(super) fn shows_names(&self) -> bool {
        self.language != *b"de"
    }
}

/// "en" of "en-GB".
pub(super) fn primary(language: Option<&str>) -> Option<&str> {
    language.and_then(|language| language.get(..2))
}

/// Reads the words of one part (a title or not, in a language) into `seen`, at most `most` that are not empty.
fn read(
    part: &str,
    most: usize,
    (title, language): (bool, Option<&str>),
    seen: &mut Vec<Seen>,
    mut bare: Option<&mut Vec<String>>,
) {
    let (mut all, mut capitals, mut kept) = (0_u32, 0_u32, 0_usize);
    let from = seen.len();
    let mut scratch = String::new();
    let mut before = String::new();
    tokens(part, |token: &Token<'_>| {
        all += 1;
        capitals += u32::from(token.capital);
        if let Some(bare) = bare.as_deref_mut() {
            bare.push(token.folded.to_owned());
        }
        if let Some(found) = resolve(token, &before, language, &mut scratch) {
            let class = match found.class {
                Class::Plain if token.capital && !token.begins => Class::Name,
                class => class,
            };
            seen.push(Seen { hash: word_hash(&scratch), class, mark: found.mark, title });
            kept += 1;
        }
        before.clear();
        before.push_str(token.folded);
        kept < most
    });
    #[expect(clippy::cast_precision_loss, reason = "words of a title")]
    let title_case = capitals as f32 > TITLE_CASE * all as f32;
    if title_case {
        seen.iter_mut().skip(from).filter(|word| word.class == Class::Name).for_each(|word| word.class = Class::Plain);
    }
}

/// What a resolved word is known by in every gist.
pub(super) fn word_hash(word: &str) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "25 of its bits: two words in 33 million are taken for one")]
    let low = xxhash_rust::xxh3::xxh3_64(word.as_bytes()) as u32;
    low >> Word::BELOW
}

/// One entry a word, by hash.
fn packed(seen: &mut [Seen]) -> Arc<[Word]> {
    // What is made of equal ones does not depend on their order.
    seen.sort_unstable_by_key(|word| word.hash);
    let mut words = Vec::with_capacity(seen.len());
    for same in seen.chunk_by(|one, other| one.hash == other.hash) {
        let Some(first) = same.first() else { continue };
        let count = |title: bool| {
            u32::try_from(same.iter().filter(|word| word.title == title).count()).unwrap_or(MOST).min(MOST)
        };
        let class = same.iter().map(|word| word.class as u32).max().unwrap_or(0);
        let mark = u32::from(same.iter().any(|word| word.mark && word.title));
        words.push(Word(first.hash << Word::BELOW | class << 5 | mark << 4 | count(false) << 2 | count(true)));
    }
    words.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(one: &str, other: &str) -> usize {
        let (one, other) = (Gist::of(one, "", None), Gist::of(other, "", None));
        one.words.iter().filter(|word| other.words.iter().any(|its| its.hash() == word.hash())).count()
    }

    #[test]
    fn a_word_is_the_same_in_every_dress() {
        for (one, other, count) in [
            ("Storms over Lima", "A storm in LIMA", 2),
            ("L’orage d’Anaïs", "ANAIS: orages", 2),
            ("15,000 troops", "15 000 Troops", 1),
            ("3,5 % in January", "janvier : 3.5", 2),
            ("Two die in Germany", "Deux en Allemagne", 2),
            ("The U.S. Senate votes", "US senate", 2),
            ("twelfth package", "12th package", 2),
            ("douzième paquet", "le 12e paquet", 2),
            ("東京地震", "東京で地震", 2),
            ("서울에서 지진", "서울 지진이", 2),
            ("Die Stürme über Köln", "Kölner Sturm", 2),
            ("Zwölf Tote in Deutschland", "12 dead in Germany", 2),
            ("Las tormentas cierran Perú", "Tormenta en Peru", 2),
            ("Elezioni in Germania", "German elections: Germany votes", 2),
            ("A greve para Lisboa", "Greve em Lisbon", 2),
            ("Verkiezingen in Duitsland", "Election in Germany", 2),
            ("Rust v1.2.3", "rust 1.2.3", 2),
        ] {
            assert_eq!(shared(one, other), count, "{one} | {other}");
        }
    }

    #[test]
    fn a_word_that_is_another_elsewhere_is_read_in_the_language_of_its_post() {
        for (word, other, language, same) in [
            ("Island", "Iceland", Some("de"), true),
            ("Island", "Iceland", Some("en-GB"), false),
            ("island", "iceland", None, false),
            ("seize", "16", Some("fr"), true),
            ("seize", "16", Some("en"), false),
            ("mars", "m3", Some("en"), false),
            ("due", "2", Some("it"), true),
            ("due", "2", Some("en"), false),
            ("onze", "11", Some("pt"), true),
            ("onze", "11", Some("nl"), false),
            ("otto", "8", None, false),
            ("january", "enero", None, true),
        ] {
            let (one, other) = (Gist::of(word, "", language), Gist::of(other, "", None));
            let shared = one.words.iter().any(|word| other.word(word.hash()).is_some());
            assert_eq!(shared, same, "{word} in {language:?}");
        }
    }

    #[test]
    fn a_gist_is_kept_and_read_back() {
        let gist =
            Gist::of("Harbour reopens in Lima after 12 days", "The harbour of Lima, closed since 3 May", Some("en"));
        assert_eq!(Gist::from_bytes(&gist.to_bytes()), gist);
        assert!(gist.words.len() > 5 && gist.to_bytes().len() < 60, "{gist:?}");
        for bytes in [&[][..], &[1, 2, 3], &[101, 110, 250, 0, 1]] {
            assert_eq!(Gist::from_bytes(bytes).words(), []);
        }
    }

    #[test]
    fn names_are_what_has_a_capital_inside_a_sentence() {
        let names = |title: &str| Gist::of(title, "", None).words.iter().filter(|w| w.class() == Class::Name).count();
        assert_eq!(names("Storm closes the harbour of Lima"), 1);
        assert_eq!(names("Storm Closes Harbour Of Lima"), 0);
        assert_eq!(names("STORM CLOSES THE HARBOUR OF LIMA"), 0);
        assert_eq!(names("It rains. Storm next"), 0);
    }
}
