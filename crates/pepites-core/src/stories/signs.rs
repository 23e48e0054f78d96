//! Takes a word where it stands, says what it stands for; takes a title, says what sort of post it heads.
//! Never decides what belongs together: `evidence` does.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    gist::Class,
    reading::Token,
    tongue::{EMPTY, EMPTY_ELSEWHERE, MEANS, ONLY_IN},
};
use crate::text;

/// What a word stands for; the word itself is in the buffer that was given.
pub(super) struct Found {
    pub(super) class: Class,
    /// It tells one of a series from the next.
    pub(super) mark: bool,
}

/// What sort of post a title heads: most of them come back every day under nearly the same words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// News, an article, a note.
    #[default]
    News = 0,
    /// A version of something is out.
    Release = 1,
    /// A column that comes back, one of a tale in instalments: "Links of the week", "The boat (3)".
    Column = 2,
    /// Weather, stock exchanges.
    Bulletin = 3,
    /// A comment on a post.
    Comment = 4,
    /// A job that is offered.
    Advert = 5,
}

impl Kind {
    pub(super) fn from_byte(byte: u8) -> Self {
        match byte {
            1 => Self::Release,
            2 => Self::Column,
            3 => Self::Bulletin,
            4 => Self::Comment,
            5 => Self::Advert,
            _ => Self::News,
        }
    }
}

/// A number after one of these is that of one in a series: "episode 12", "nº 45".
#[rustfmt::skip]
const SERIES: &[&str] = &[
    "ausgabe", "build", "cap", "capitulo", "chapitre", "chapter", "day", "deel", "edition", "ep", "episode", "episodio",
    "etape", "folge", "issue", "jour", "journee", "kapitel", "lesson", "matchday", "n", "no", "nr", "numero", "part",
    "parte", "partie", "puntata", "round", "saison", "season", "semaine", "stage", "teil", "tome", "v", "version",
    "vol", "volume", "week",
];

/// Ends of ordinals written with digits: "12th", "3e", "21st".
const ORDINAL_ENDS: &[&str] = &["e", "eme", "er", "ere", "ieme", "nd", "rd", "st", "th"];

/// Ends that words take in number, gender, tense, longest first. One list for all languages, as the language of a title
/// is often unknown and names must be cut alike in all. Measured: as good as cutting by language, or at six letters.
const ENDS: &[&str] = &[
    "ements", "ations", "itions", "ement", "ation", "ition", "iques", "ment", "ings", "ique", "ites", "ives", "euse",
    "elle", "ales", "ing", "ity", "ite", "ies", "ive", "eux", "aux", "ale", "ed", "es", "er", "en", "em", "as", "os",
    "al", "ly", "e", "s", "x", "o", "a", "i", "y",
];

/// A stem keeps so many letters: with three, "care" and "cars" would be one.
const STEM: usize = 4;

/// What two or three capitals stand for, where small letters would be another word.
const SHOUTS: &[(&str, &str)] =
    &[("eu", "ue"), ("un", "onu"), ("us", "usa"), ("usa", "usa"), ("uk", "uk"), ("who", "who")];

/// Something for each word of a list of ours: no stranger chooses these, so that the quickest hash does.
type ByText<T> = HashMap<&'static str, T, foldhash::fast::FixedState>;

/// What the lists say of a word: what it stands for, or that it is empty (None). One look for each word of each post.
static LISTED: LazyLock<ByText<Option<&str>>> = LazyLock::new(|| {
    let empty = EMPTY.iter().map(|word| (*word, None));
    empty.chain(MEANS.iter().map(|(word, stands_for)| (*word, Some(*stands_for)))).collect()
});

/// Words of which the lists speak in some languages only.
static LOCAL: LazyLock<ByText<&[&str]>> = LazyLock::new(|| ONLY_IN.iter().copied().collect());

/// Writes what `token` stands for into `out`; None when it is empty. `before`: the word before it; `language`: of the text,
/// where that is known ("en").
pub(super) fn resolve(token: &Token<'_>, before: &str, language: Option<&str>, out: &mut String) -> Option<Found> {
    out.clear();
    let word = token.folded;
    let plain = |class| Some(Found { class, mark: false });
    if token.shouted
        && let Some((_, stands_for)) = SHOUTS.iter().find(|(shout, _)| *shout == word)
    {
        out.push_str(stands_for);
        return plain(Class::Name);
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return number(token, before, out);
    }
    if let Some(version) = word.strip_prefix('v').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        out.push_str(version);
        return Some(Found { class: Class::Number, mark: true });
    }
    let spoken_here = |&of: &&[&str]| of.contains(&language.unwrap_or_default());
    let elsewhere = |meant: &Option<&str>| meant.is_some() && LOCAL.get(word).is_some_and(|of| !spoken_here(of));
    let listed = match LISTED.get(word).copied() {
        Some(meant) if elsewhere(&meant) => EMPTY_ELSEWHERE.contains(&word).then_some(None),
        listed => listed,
    };
    if let Some(Some(stands_for)) = listed {
        let digits = stands_for.bytes().filter(u8::is_ascii_digit).count();
        let class = match (stands_for.as_bytes().first(), digits) {
            (Some(b'd' | b'm'), 1..) => Class::Day,
            (Some(b'0'..=b'9'), _) => Class::Number,
            _ => Class::Plain,
        };
        // Cut like the word itself where it stands for itself: "Germany".
        out.push_str(if class == Class::Plain { stem(stands_for) } else { stands_for });
        return Some(Found { class, mark: class == Class::Number && stands_for.ends_with("th") });
    }
    if word.len() < 2 || listed.is_some() {
        return None;
    }
    out.push_str(stem(word));
    plain(Class::Plain)
}

fn number(token: &Token<'_>, before: &str, out: &mut String) -> Option<Found> {
    let word = token.folded;
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (head, tail) = word.split_at_checked(digits)?;
    if ORDINAL_ENDS.contains(&tail) {
        out.push_str(head.trim_start_matches('0'));
        out.push_str("th");
        return Some(Found { class: Class::Number, mark: true });
    }
    if tail.starts_with(char::is_alphabetic) {
        out.push_str(word); // "4k", "3d": a word
        return Some(Found { class: Class::Plain, mark: false });
    }
    let by_thousands = |sign: char| {
        let mut groups = word.split(sign);
        groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && first != "0")
            && word.contains(sign)
            && groups.all(|group| group.len() == 3)
    };
    if by_thousands(',') || by_thousands('.') {
        out.extend(word.chars().filter(char::is_ascii_digit));
    } else {
        out.extend(word.chars().map(|c| if c == ',' { '.' } else { c }));
    }
    let of_series =
        token.sign == '#' || token.sign == '°' || token.sign == 'º' || SERIES.binary_search(&before).is_ok();
    let mark = of_series || word.matches('.').count() > 1;
    Some(Found { class: Class::Number, mark })
}

/// An end with its bytes in one number, the last one lowest: words are cut millions of times.
#[derive(Clone, Copy)]
struct End {
    bytes: u64,
    mask: u64,
    length: usize,
}

/// [`ENDS`] by their last byte, in the same order.
static BY_LAST: LazyLock<Vec<Vec<End>>> = LazyLock::new(|| {
    let packed = |end: &str| {
        let bytes = end.bytes().fold(0, |bytes, byte| bytes << 8 | u64::from(byte));
        End { bytes, mask: (1 << (8 * end.len())) - 1, length: end.len() }
    };
    let ending = |last: u8| ENDS.iter().filter(move |end| end.as_bytes().last() == Some(&last));
    (0..=u8::MAX).map(|last| ending(last).map(|end| packed(end)).collect()).collect()
});

/// The word without its ends, cut twice at most ("strikings" is "strik").
fn stem(word: &str) -> &str {
    let mut stem = word;
    for _ in 0..2 {
        let Some(ends) = stem.as_bytes().last().and_then(|last| BY_LAST.get(usize::from(*last))) else { break };
        if ends.is_empty() {
            break;
        }
        let tail =
            stem.bytes().rev().take(8).zip(0_u32..).fold(0, |tail, (byte, at)| tail | u64::from(byte) << (8 * at));
        let fits = |end: &&End| tail & end.mask == end.bytes && stem.len() >= end.length + STEM;
        match ends.iter().find(fits).and_then(|end| stem.get(..stem.len() - end.length)) {
            Some(rest) => stem = rest,
            None => break,
        }
    }
    stem
}

/// What columns are called, where it is the first word that tells.
#[rustfmt::skip]
const COLUMNS: &[&str] = &[
    "briefing", "briefs", "digest", "hebdo", "infolettre", "liens", "linkdump", "links", "newsletter", "presse",
    "presseschau", "roundup", "selection", "veille", "weeknotes", "wochenruckblick",
];

/// What bulletins are about.
#[rustfmt::skip]
const BULLETINS: &[&str] = &[
    "borsa", "bourse", "bovespa", "cac", "dax", "eurostoxx", "forecast", "ftse", "ibex", "meteo", "nasdaq", "nikkei",
    "pollen", "stoxx", "tides", "weather", "wetter", "wettervorhersage",
];

/// What only job ads have in their title.
const OFFERS: &[&str] = &["cdd", "cdi", "hiring", "recrute", "recrutement", "recruiting", "stellenangebot", "vacancy"];

/// Signs of a job ad that are no word.
const ADVERT_SIGNS: &[&str] = &["(h/f)", "(f/h)", "(m/w/d)", "(f/m/d)", "(m/f/d)", "h/f", "(remote)", "(m/f)"];

/// How the titles of comment feeds begin.
const COMMENTS: &[&[&str]] = &[
    &["comment", "on"],
    &["comment", "by"],
    &["comments", "on"],
    &["commentaire", "sur"],
    &["commentaires", "sur"],
    &["reply", "to"],
    &["in", "reply"],
    &["reponse", "a"],
    &["kommentar", "zu"],
    &["kommentare", "zu"],
    &["comentario", "en"],
    &["comentarios", "en"],
    &["comentario", "em"],
    &["comentarios", "em"],
    &["commento", "su"],
    &["commenti", "su"],
    &["reactie", "op"],
    &["reacties", "op"],
];

/// What "by" is before the name of who comments, in the feeds of WordPress in other languages.
const COMMENTS_BY: &[&str] = &["par", "von", "por", "di", "door"];

/// Words of a name at most, with what stands before it: what is longer after "Von:" is a title.
const NAMED: usize = 5;

/// Two words in a row that make a column of a title, among its first four.
#[rustfmt::skip]
const COLUMN_PAIRS: &[[&str; 2]] = &[
    ["cette", "semaine"], ["daily", "digest"], ["liens", "de"], ["liens", "du"], ["links", "for"], ["links", "of"],
    ["news", "roundup"], ["open", "thread"], ["revue", "de"], ["semaine", "en"], ["this", "week"], ["week", "in"],
    ["weekly", "digest"], ["weekly", "roundup"], ["year", "in"],
];

/// What the last word before the number of an instalment is called; of what else comes by number ("day 3", "season 2")
/// many tell.
const INSTALMENTS: &[&str] = &["deel", "part", "parte", "partie", "teil"];

/// What sort of post `title` heads; `words`: its words, folded.
pub(super) fn kind_of(title: &str, words: &[String]) -> Kind {
    let first = words.first().map_or("", String::as_str);
    if is_comment(title, words) {
        Kind::Comment
    } else if is_advert(title, words) {
        Kind::Advert
    } else if text::announce_release(words) {
        Kind::Release
    } else if text::says_nothing(words) || COLUMNS.contains(&first) || has_pair(words) || is_instalment(title, words) {
        Kind::Column
    } else if words.iter().take(3).any(|word| BULLETINS.contains(&word.as_str())) {
        Kind::Bulletin
    } else {
        Kind::News
    }
}

fn is_comment(title: &str, words: &[String]) -> bool {
    let begins = |with: &[&str]| words.len() > with.len() && words.iter().zip(with).all(|(word, want)| word == want);
    // "Re:" is an answer, "By:" heads a comment; without the colon, which French sets apart, they are words.
    let has_colon =
        title.trim_start().trim_start_matches(char::is_alphanumeric).trim_start().starts_with([':', '\u{ff1a}']);
    let named = words.len() <= NAMED && COMMENTS_BY.iter().any(|by| begins(&[by]));
    (has_colon && (named || begins(&["re"]) || begins(&["by"]))) || COMMENTS.iter().any(|with| begins(with))
}

fn is_advert(title: &str, words: &[String]) -> bool {
    // All these signs have a stroke or a bracket, and few titles do.
    let signed = title.contains(['(', '/']) && {
        let lower = title.to_lowercase();
        ADVERT_SIGNS.iter().any(|sign| lower.contains(sign))
    };
    signed || words.iter().any(|word| OFFERS.contains(&word.as_str()))
}

/// One of a tale that its teller goes on with: "The boat, plank by plank (3)", "… part 2". Nobody else tells it.
fn is_instalment(title: &str, words: &[String]) -> bool {
    let counts = |number: &str| {
        let (at, of) = number.split_once('/').unwrap_or((number, "1"));
        [at, of].iter().all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let bracketed = title.trim_end().strip_suffix(')').and_then(|title| title.rsplit_once('('));
    if bracketed.is_some_and(|(before, number)| !before.trim().is_empty() && counts(number)) {
        return true;
    }
    matches!(words, [_, .., called, number] if INSTALMENTS.contains(&called.as_str()) && counts(number))
}

fn has_pair(words: &[String]) -> bool {
    words.windows(2).take(3).any(|two| COLUMN_PAIRS.iter().any(|pair| two.iter().eq(pair)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_known_in_every_language_and_spacing_and_what_only_begins_so_is_none() {
        let is_comment = |title: &str| kind_of(title, &text::words(title)) == Kind::Comment;
        for title in [
            "Re: harbour",
            "Re : le port ferme",
            "RE\u{a0}: le port",
            "Re\u{202f}: le port",
            "By: Zoe",
            "Par : Zoé",
            "Von: Zoë Maier",
            "Por: Inês",
            "Di: Anna",
            "Door: Jan",
            "Comment on The harbour",
            "Comentários em O porto",
            "Comentario en El puerto",
            "Commento su Il porto",
            "Commenti su Il porto",
            "Commentaires sur : Le port",
            "Kommentare zu Der Hafen",
            "Reactie op De haven",
        ] {
            assert!(is_comment(title), "{title}");
        }
        for title in [
            "Re-opening of the harbour",
            "Par la fenêtre : un port",
            "Von Lima bis Bergen: eine Reise",
            "Von: wie ein Wort von Adel zu einem Zeichen wurde",
            "By the sea: a walk",
            "Di nuovo aperto il porto",
            "Comments of the week",
            "Par",
        ] {
            assert!(!is_comment(title), "{title}");
        }
    }
}
