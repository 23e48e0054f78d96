//! Takes the texts of a story's tellings, says what one of them adds: a passage with the words that no other before has.
//! Never decides anything by it: it is for the reader's eyes.

use std::collections::BTreeSet;

use super::{
    Frequencies,
    gist::{Class, primary},
};

mod standing;

use standing::{Standing, WORD, bare, standing};

/// Where new words begin and end in a passage: private characters, so that no text is taken for markup. The same as in
/// a search's snippets.
const BEGIN: char = '\u{E000}';
const END: char = '\u{E001}';

/// A passage has 26 words: two lines in a margin.
const SHOWN: usize = 26 * WORD;

/// A name, number or day says more of what happened than a word that is only rare...
const TELLING: u32 = 4;

/// ...and such a word more than a character.
const PLAIN: u32 = 2;
const CHARACTER: u32 = 1;

/// A word that is no name says something when it is in one story out of so many at most. What two posts share may be less
/// rare than that: here nothing but rarity speaks for a word.
const RARE: u32 = 500;

/// With less, a passage is another way of putting it: two new names or numbers, or one and two rare words.
const WORTH_SHOWING: u32 = 8;

/// Words named in a reason ("new: Ortega, 12 dead").
const NAMED: usize = 4;

/// Characters of a reason that stand side by side: a name, not a sentence.
const SIDE_BY_SIDE: usize = 8;

/// One text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Its title; empty for a note.
    pub title: String,
    /// Its words, without markup.
    pub text: String,
    /// In which language, where that is known.
    pub language: Option<String>,
}

/// What a telling adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// A passage of it; new words stand between U+E000 and U+E001.
    pub passage: String,
    /// The first of its new words, as they are written: names, numbers and days before others.
    pub words: Vec<String>,
}

/// What `telling` says that none of `before` in its language does; None when that is too little to show, or when none is in
/// its language: then nothing is known of what it adds. `names`: whose words they are, which is no news in any of them.
#[must_use]
pub fn adds(telling: &Text, before: &[&Text], names: &[&str], frequencies: &Frequencies) -> Option<Added> {
    let in_its_language = |text: &&&Text| match (&text.language, &telling.language) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let mut before = before.iter().filter(in_its_language).peekable();
    before.peek()?;
    let of_names = names.iter().flat_map(|name| standing(name, None)).flat_map(|word| word.hashes);
    let known: BTreeSet<u32> = before.flat_map(|text| hashes(text)).chain(of_names).collect();
    // Characters show no names: in a small library, what one story has is all that can speak for them.
    let is_rare = |hash: u32, alone: bool| frequencies.of(hash) <= (frequencies.stories() / RARE).max(alone.into());
    let weight = |word: &Standing<'_>| match word.class {
        _ if word.hashes.is_empty() || word.hashes.iter().any(|hash| known.contains(hash)) => 0,
        Class::Plain if !word.hashes.iter().all(|hash| is_rare(*hash, word.alone)) => 0,
        Class::Plain if word.alone => CHARACTER,
        Class::Plain => PLAIN,
        Class::Name | Class::Number | Class::Day => TELLING,
    };
    let language = primary(telling.language.as_deref());
    let (title, text) = (standing(&telling.title, language), standing(&telling.text, language));
    let weights: Vec<u32> = text.iter().map(weight).collect();
    let (from, to) = from_what_is_new(best(&text, &weights), &text, &weights);
    let (shown, shown_weights) = (text.get(from..to)?, weights.get(from..to)?);
    let title_weights: Vec<u32> = title.iter().map(weight).collect();
    let sum = |weights: &[u32]| weights.iter().sum::<u32>();
    // A telling that is all title adds what its title does.
    let (shown, shown_weights, cut) = match sum(shown_weights) >= sum(&title_weights) {
        true => (shown, shown_weights, (from > 0, to < text.len())),
        false => (title.as_slice(), title_weights.as_slice(), (false, false)),
    };
    if distinct(shown, shown_weights) < WORTH_SHOWING {
        return None;
    }
    let all: Vec<(String, u32)> = [named(&title, &title_weights), named(shown, shown_weights)].concat();
    let mut words: Vec<String> = Vec::new();
    for least in [TELLING, PLAIN, CHARACTER] {
        // One character alone is half a word.
        let says =
            |(word, weight): &&(String, u32)| *weight == least && (least > CHARACTER || word.chars().nth(1).is_some());
        for (word, _) in all.iter().filter(says) {
            if words.len() < NAMED && !words.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                words.push(word.clone());
            }
        }
    }
    Some(Added { passage: marked(shown, shown_weights, cut), words })
}

/// Every word that a text has, as [`Gist`](super::Gist) would know it.
#[must_use]
pub fn text_hashes(text: &Text) -> Vec<u32> {
    let mut all: Vec<u32> = hashes(text).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn hashes(text: &Text) -> impl Iterator<Item = u32> {
    let language = primary(text.language.as_deref());
    let words = standing(&text.title, language).into_iter().chain(standing(&text.text, language));
    words.flat_map(|word| word.hashes).collect::<Vec<_>>().into_iter()
}

/// What the new words of a passage weigh, each counted once.
fn distinct(words: &[Standing<'_>], weights: &[u32]) -> u32 {
    let mut seen = BTreeSet::new();
    words.iter().zip(weights).filter(|(word, _)| seen.insert(&word.hashes)).map(|(_, weight)| weight).sum()
}

/// The new words as they are written, each with what it weighs. Characters side by side are one word, as it is not known
/// where it ends.
fn named(words: &[Standing<'_>], weights: &[u32]) -> Vec<(String, u32)> {
    let mut named: Vec<(String, u32)> = Vec::new();
    let mut goes_on = 0;
    for (word, weight) in words.iter().zip(weights) {
        let core = bare(word.written);
        let joins = goes_on > 0 && *weight == CHARACTER && word.joined;
        match named.last_mut() {
            Some((last, _)) if joins && goes_on < SIDE_BY_SIDE => last.push_str(core),
            Some((last, _)) if joins && goes_on == SIDE_BY_SIDE => last.push('…'),
            Some(_) if joins => {}
            _ if *weight > 0 => named.push((core.to_owned(), *weight)),
            _ => {}
        }
        let open = *weight == CHARACTER && word.written.ends_with(core);
        goes_on = if open { if joins { goes_on + 1 } else { 1 } } else { 0 };
    }
    named
}

/// How far a passage from there reaches.
fn reach(words: &[Standing<'_>], from: usize) -> usize {
    let mut room = 0;
    let fits = |word: &&Standing<'_>| {
        room += word.room;
        room <= SHOWN
    };
    from + words.iter().skip(from).take_while(fits).count()
}

/// The passage with the most new words, from the beginning of a sentence unless none has enough; the first of those that
/// are as good.
fn best(words: &[Standing<'_>], weights: &[u32]) -> (usize, usize) {
    let begins = |at: &usize| *at == 0 || words.get(*at - 1).is_some_and(|word| word.ends);
    let most = |from: &mut dyn Iterator<Item = usize>| {
        let mut found = (0, 0, reach(words, 0));
        for from in from {
            let to = reach(words, from);
            let (Some(shown), Some(weights)) = (words.get(from..to), weights.get(from..to)) else { continue };
            let score = distinct(shown, weights);
            if score > found.0 {
                found = (score, from, to);
            }
        }
        found
    };
    let (score, from, to) = most(&mut (0..words.len()).filter(begins));
    if score >= WORTH_SHOWING {
        return (from, to);
    }
    let (_, from, to) = most(&mut (0..words.len()));
    (from, to)
}

/// The passage from the sentence on that has its first new word: what comes before it is known.
fn from_what_is_new((from, to): (usize, usize), words: &[Standing<'_>], weights: &[u32]) -> (usize, usize) {
    let Some(first) = (from..to).find(|&at| weights.get(at).is_some_and(|weight| *weight > 0)) else {
        return (from, to);
    };
    let begins = |at: &usize| *at == 0 || words.get(*at - 1).is_some_and(|word| word.ends);
    let from = (from..=first).rev().find(begins).unwrap_or(from);
    (from, reach(words, from))
}

/// The passage with its new words marked; neighbours that are both new are one mark.
fn marked(words: &[Standing<'_>], weights: &[u32], (cut_before, cut_after): (bool, bool)) -> String {
    let mut shown = String::new();
    if cut_before {
        shown.push_str("… ");
    }
    let mut goes_on = false;
    for (at, (word, weight)) in words.iter().zip(weights).enumerate() {
        if at > 0 && !word.joined {
            shown.push(' ');
        }
        let next = weights.get(at + 1).is_some_and(|weight| *weight > 0);
        // The signs around a word are not new; between two new words they are.
        let core = bare(word.written);
        let (before, after) = word.written.split_once(core).unwrap_or((word.written, ""));
        let ends = !next || !after.is_empty();
        push_plain(&mut shown, before);
        if *weight > 0 && !goes_on {
            shown.push(BEGIN);
        }
        push_plain(&mut shown, core);
        if *weight > 0 && ends {
            shown.push(END);
        }
        goes_on = *weight > 0 && !ends;
        push_plain(&mut shown, after);
    }
    if cut_after {
        shown.push_str(" …");
    }
    shown
}

/// Without our own two characters.
fn push_plain(shown: &mut String, text: &str) {
    shown.extend(text.chars().filter(|c| !matches!(*c, BEGIN | END)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(title: &str, text: &str) -> Text {
        Text { title: title.to_owned(), text: text.to_owned(), language: None }
    }

    fn added(telling: &Text, before: &[&Text]) -> Option<String> {
        let added = adds(telling, before, &["The Callao Post"], &Frequencies::default())?;
        Some(format!("{} / {}", added.passage.replace(BEGIN, "[").replace(END, "]"), added.words.join(", ")))
    }

    #[test]
    fn what_a_telling_adds_is_a_passage_with_its_new_words() {
        let first = text("Storm closes port of Lima", "The port of Lima was closed on Monday by storm Ida.");
        let more = text(
            "Lima: port still closed",
            "The port of Lima was closed on Monday by storm Ida. Mayor Elena Ortega promised 300 soldiers for Tacna, says the Callao Post.",
        );
        assert_eq!(
            added(&more, &[&first]).unwrap(),
            "… [Mayor Elena Ortega promised 300 soldiers] for [Tacna], says the Callao Post. / Elena, Ortega, 300, Tacna"
        );
        assert_eq!(added(&first, &[&more]), None);
        assert_eq!(added(&text("Port of Lima closed by storm", ""), &[&first]), None);
        assert_eq!(
            added(&text("Lima: Ortega resigns over 300 dead", ""), &[&first]).unwrap(),
            "Lima: [Ortega resigns] over [300 dead] / 300, Ortega, resigns, dead"
        );
    }

    #[test]
    fn of_what_another_language_adds_nothing_is_known() {
        let in_language = |language: &str, text: Text| Text { language: Some(language.to_owned()), ..text };
        let english = in_language("en", text("Storm closes port of Lima", "The port was closed on Monday."));
        let french = in_language("fr", text("Lima : 300 soldats", "Elena Ortega envoie 300 soldats à Callao."));
        assert_eq!(added(&french, &[&english]), None);
        let more = in_language("fr", text("Lima : le port fermé", "Le port est fermé."));
        assert!(added(&french, &[&english, &more]).is_some());
    }

    #[test]
    fn what_is_written_without_blanks_adds_its_new_characters() {
        let first = text("台風で港が閉鎖", "台風の影響で月曜日に港が閉鎖された。");
        let more = text(
            "港はまだ閉鎖中",
            "台風の影響で月曜日に港が閉鎖された。市長は三百人の兵士を派遣すると約束した。死者は12人。",
        );
        let shown = added(&more, &[&first]).unwrap();
        assert!(shown.starts_with("… [市長は三百人の兵士を派遣"), "{shown}");
        assert!(shown.contains("[死者は12]人") && !shown.contains("台風"), "{shown}");
        assert!(shown.ends_with("/ 12, 港はまだ, 市長は三百人の兵…, 死者は"), "{shown}");
        let few = Frequencies::new(6, text_hashes(&more).into_iter().map(|hash| (hash, 1)));
        assert!(adds(&more, &[&first], &[], &few).is_some(), "a library of six stories");
        assert_eq!(added(&text("台風で港が閉鎖", "月曜日に港が閉鎖された。"), &[&first]), None);
        let long = text("", &"天地玄黄宇宙洪荒日月盈昃辰宿列張寒来暑往秋収冬蔵".repeat(40));
        let passage = adds(&long, &[&first], &[], &Frequencies::default()).unwrap().passage;
        assert!(passage.chars().count() < 80, "{passage}");
    }

    #[test]
    fn what_is_written_without_end_fills_no_margin() {
        let endless = text("", &format!("{} Elena Ortega sent 300 soldiers to Callao.", "ไทย".repeat(2_000)));
        let shown = added(&endless, &[&text("", "Nothing")]).unwrap();
        assert!(shown.starts_with("… [Elena Ortega sent 300 soldiers]"), "{shown}");
        assert!(shown.chars().count() < 200, "{shown}");
    }

    #[test]
    fn what_is_no_text_adds_nothing_and_no_text_makes_a_mark() {
        assert_eq!(added(&text("", ""), &[]), None);
        let hostile = text("", "\u{E000}Ortega\u{E001} met \u{E001}Anaïs Zola\u{E000} in Callao on 12 May.");
        let added = adds(&hostile, &[&text("", "Nothing")], &[], &Frequencies::default()).unwrap().passage;
        assert_eq!(added.matches(BEGIN).count(), added.matches(END).count());
        assert!(added.find(BEGIN) < added.find(END), "{added:?}");
    }
}
