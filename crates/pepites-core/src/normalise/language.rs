//! Takes what was declared and the text itself, gives a language of two letters. Never guesses from a few words.

/// With fewer words, common words are there by accident.
const ENOUGH_WORDS: usize = 12;

/// Below this length, in bytes, letters say too little to tell Portuguese from Galician.
const ENOUGH_TEXT: usize = 150;

/// What is looked at, in characters: the quotations of a long article come later.
const SAMPLE: usize = 300;

/// After that many posts in a row in one language, other than French and English, the rest of the batch is in it:
/// trigrams cost as much as all other cleaning.
const ASKED: usize = 4;

/// Of the words of a French or English text, at least one in this many is among the telling ones.
const ONE_IN: usize = 12;

/// The other language has this many times fewer.
const TIMES: usize = 4;

/// Frequent in French, rare in every language near it: not "la", "que", "en", which are Spanish too.
const FRENCH: &[&str] =
    &["dans", "pour", "une", "avec", "aux", "cette", "sont", "mais", "nous", "vous", "leur", "ses", "les", "est", "du"];

/// Frequent in English, rare in every language near it: not "is", "of", "in", which are Dutch too.
const ENGLISH: &[&str] =
    &["the", "and", "with", "this", "that", "are", "from", "you", "have", "it", "not", "to", "for", "has", "be"];

/// The language of each of `posts` (its text and what it declares) of one source, which declares `usual` itself: what
/// a text is seen to be in, else what was declared. Half of the French blogs made with WordPress declare `en-US`, so
/// the text has the last word where it is clear.
pub(super) fn of_batch(posts: &[(&str, Option<&str>)], usual: Option<&str>) -> Vec<Option<String>> {
    let usual = usual.and_then(two_letters);
    let mut seen: Vec<String> = Vec::new();
    posts
        .iter()
        .map(|(text, declared)| {
            let declared = declared.and_then(two_letters).or_else(|| usual.clone());
            let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(at, _)| at);
            let sample = text.get(..end).unwrap_or_default();
            if let Some(clear) = french_or_english(sample) {
                return Some(clear.to_owned());
            }
            // Only English is ever declared by mistake, as the default of an engine.
            if sample.len() < ENOUGH_TEXT || declared.as_deref().is_some_and(|declared| declared != "en") {
                return declared;
            }
            if let [first, .., last] = seen.as_slice()
                && seen.len() == ASKED
                && first == last
            {
                return Some(first.clone());
            }
            let info = whatlang::detect(sample).filter(whatlang::Info::is_reliable);
            let found = info.and_then(|info| two_letters(info.lang().code()));
            if let Some(found) = &found {
                // Keeps asking where a source is seen to write in several.
                if seen.last().is_some_and(|last| last != found) {
                    seen.clear();
                }
                if seen.len() < ASKED {
                    seen.push(found.clone());
                }
            }
            found.or(declared)
        })
        .collect()
}

/// Decides the two languages that the reader reads without the cost of trigrams.
fn french_or_english(sample: &str) -> Option<&'static str> {
    let (mut words, mut french, mut english) = (0_usize, 0_usize, 0_usize);
    for word in sample.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let is = |list: &[&str]| list.iter().any(|one| one.eq_ignore_ascii_case(word));
        words += 1;
        french += usize::from(is(FRENCH));
        english += usize::from(is(ENGLISH));
    }
    if words < ENOUGH_WORDS {
        return None;
    }
    let wins = |one: usize, other: usize| one >= 2 && one * ONE_IN >= words && one >= other * TIMES;
    if wins(french, english) {
        Some("fr")
    } else if wins(english, french) {
        Some("en")
    } else {
        None
    }
}

/// `fr` of `fr`, `fr-CA`, `FR_fr`, `fra`.
fn two_letters(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let short = match first.len() {
        2 if first.bytes().all(|b| b.is_ascii_lowercase()) => first.as_str(),
        3 => LETTERS.iter().find(|(three, _)| *three == first).map(|(_, two)| *two)?,
        _ => return None,
    };
    Some(short.to_owned())
}

/// ISO 639-3 (and the three that ISO 639-2 spells otherwise) to ISO 639-1, for what the detector knows.
#[rustfmt::skip]
const LETTERS: &[(&str, &str)] = &[
    ("afr", "af"), ("aka", "ak"), ("amh", "am"), ("ara", "ar"), ("aze", "az"), ("bel", "be"), ("ben", "bn"),
    ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("cmn", "zh"), ("cym", "cy"), ("dan", "da"), ("deu", "de"),
    ("ell", "el"), ("eng", "en"), ("epo", "eo"), ("est", "et"), ("fin", "fi"), ("fra", "fr"), ("fre", "fr"),
    ("ger", "de"), ("guj", "gu"), ("heb", "he"), ("hin", "hi"), ("hrv", "hr"), ("hun", "hu"), ("hye", "hy"),
    ("ind", "id"), ("ita", "it"), ("jav", "jv"), ("jpn", "ja"), ("kan", "kn"), ("kat", "ka"), ("khm", "km"),
    ("kor", "ko"), ("lat", "la"), ("lav", "lv"), ("lit", "lt"), ("mal", "ml"), ("mar", "mr"), ("mkd", "mk"),
    ("mya", "my"), ("nep", "ne"), ("nld", "nl"), ("nob", "nb"), ("ori", "or"), ("pan", "pa"), ("pes", "fa"),
    ("pol", "pl"), ("por", "pt"), ("ron", "ro"), ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slv", "sl"),
    ("sna", "sn"), ("spa", "es"), ("srp", "sr"), ("swe", "sv"), ("tam", "ta"), ("tel", "te"), ("tgl", "tl"),
    ("tha", "th"), ("tuk", "tk"), ("tur", "tr"), ("ukr", "uk"), ("urd", "ur"), ("uzb", "uz"), ("vie", "vi"),
    ("yid", "yi"), ("zho", "zh"), ("zul", "zu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    const FR: &str = "Le conseil municipal a voté hier soir la rénovation du pont, mais les travaux ne commenceront \
                      pas avant le printemps et dureront sans doute deux ans.";
    const EN: &str = "The town council voted last night to repair the old bridge, but the work will not begin before \
                      spring and is likely to take two years.";
    const ES: &str = "El ayuntamiento votó anoche la reparación del puente viejo, pero las obras no empezarán antes de \
                      la primavera y es probable que duren dos años enteros.";
    const DE: &str = "Der Gemeinderat hat gestern Abend beschlossen, die alte Brücke zu reparieren, doch die Arbeiten \
                      beginnen nicht vor dem Frühling und dauern wohl zwei Jahre.";

    #[test]
    fn the_text_has_the_last_word_where_it_is_clear() {
        for (text, declared, expected) in [
            (FR, [None, None], Some("fr")),
            (EN, [None, None], Some("en")),
            (FR, [Some("en-US"), Some("en")], Some("fr")),
            (EN, [None, Some("fr")], Some("en")),
            (ES, [Some("en"), None], Some("es")),
            (DE, [None, None], Some("de")),
            (DE, [None, Some("nl")], Some("nl")),
            ("Bonjour", [None, None], None),
            ("Bonjour", [None, Some("fr-FR")], Some("fr")),
            ("Hello", [Some("EN_gb"), Some("fr")], Some("en")),
            ("", [Some("fra"), None], Some("fr")),
            ("", [Some("French"), Some("fr")], Some("fr")),
            ("", [Some(""), Some("x")], None),
        ] {
            let found = of_batch(&[(text, declared[0])], declared[1]);
            assert_eq!(found[0].as_deref(), expected, "{text:?} declared {declared:?}");
        }
    }

    #[test]
    fn a_source_in_one_language_is_believed_after_a_few_posts_and_one_in_several_is_asked_again() {
        let check = |texts: &[&str], expected: &str| {
            let posts: Vec<(&str, Option<&str>)> = texts.iter().map(|text| (*text, None)).collect();
            let found = of_batch(&posts, None);
            assert_eq!(found.iter().map(|one| one.as_deref().unwrap_or("?")).collect::<Vec<_>>().join(" "), expected);
        };
        check(&[DE, ES, DE, ES, DE, ES], "de es de es de es");
        check(&[DE, DE, DE, DE, FR, EN, "kurz", DE], "de de de de fr en ? de");
        check(&[DE, ES, ES, ES, ES, ES, DE], "de es es es es es es");
    }

    #[test]
    fn every_language_of_the_detector_has_two_letters() {
        for lang in whatlang::Lang::all() {
            assert!(two_letters(lang.code()).is_some(), "{lang:?}");
        }
    }
}
