//! Takes the body of a hit and what was looked for, gives a few words around the match, as plain text.

use std::ops::Range;

use pepites_core::search::{Term, fold, is_in_word};

/// Where a match begins and ends in a snippet: private characters, so that no text is taken for markup.
const BEGIN: char = '\u{E000}';
const END: char = '\u{E001}';

/// Words shown, and how many of them before the first match.
const SHOWN: usize = 32;
const BEFORE: usize = 8;

/// Words of a body that are looked at: a match further down is not worth the time.
const LOOKED_AT: usize = 20_000;

/// A word of the body, with what stands between it and the next one.
struct Word {
    text: String,
    after: String,
    folded: String,
}

pub(super) fn snippet(html: &str, terms: &[&Term]) -> String {
    let words = cut(&plain(html));
    let matched = matches(&words, terms);
    let first = matched.iter().position(|is| *is).unwrap_or(0);
    let start = first.saturating_sub(BEFORE);
    let end = words.len().min(start + SHOWN);
    let mut shown = String::new();
    if start > 0 {
        shown.push_str("… ");
    }
    write(&mut shown, &words, &matched, start..end);
    let mut shown = shown.trim_end().to_owned();
    if end < words.len() {
        shown.push_str(" …");
    }
    shown
}

/// A title whole, with its matches.
pub(super) fn marked(title: &str, terms: &[&Term]) -> String {
    let title: String = title.chars().filter(|char| ![BEGIN, END].contains(char)).collect();
    let before = title.find(is_in_word).unwrap_or(title.len());
    let words = cut(&title);
    let matched = matches(&words, terms);
    let mut shown = title.get(..before).unwrap_or_default().to_owned();
    write(&mut shown, &words, &matched, 0..words.len());
    shown
}

/// Writes words, what matched between its two characters.
fn write(shown: &mut String, words: &[Word], matched: &[bool], range: Range<usize>) {
    let mut within = false;
    let window = words.iter().zip(matched).enumerate().take(range.end).skip(range.start);
    for (at, (word, is_match)) in window {
        // Neighbours that both match are one match: "new york", not "new" and "york".
        let goes_on = word.after == " " && at + 1 < range.end && matched.get(at + 1) == Some(&true);
        if *is_match && !within {
            shown.push(BEGIN);
        }
        shown.push_str(&word.text);
        if *is_match && !goes_on {
            shown.push(END);
        }
        within = *is_match && goes_on;
        shown.push_str(&word.after);
    }
}

/// Which words belong to a match of a term.
fn matches(words: &[Word], terms: &[&Term]) -> Vec<bool> {
    let mut matched = vec![false; words.len()];
    for term in terms {
        for (start, window) in words.windows(term.words.len()).enumerate() {
            if fits(window, term) {
                matched.iter_mut().skip(start).take(term.words.len()).for_each(|is| *is = true);
            }
        }
    }
    matched
}

fn fits(window: &[Word], term: &Term) -> bool {
    let last = term.words.len() - 1;
    window.iter().zip(&term.words).enumerate().all(|(at, (word, wanted))| {
        if term.prefix && at == last { word.folded.starts_with(wanted.as_str()) } else { word.folded == *wanted }
    })
}

fn cut(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut rest = text.trim_start_matches(|char| !is_in_word(char));
    while !rest.is_empty() && words.len() < LOOKED_AT {
        let (word, tail) = split(rest, |char| !is_in_word(char));
        let (after, tail) = split(tail, is_in_word);
        words.push(Word { text: word.to_owned(), after: after.to_owned(), folded: fold(word) });
        rest = tail;
    }
    words
}

/// Before and from the first character that `ends` says.
fn split(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

/// Markup that the sanitiser wrote without what is folded in it: what its author warns of stands in no list. Of a fold,
/// its summary stays.
pub(crate) fn unfolded(html: &str) -> String {
    const OPENS: &str = "<details";
    const CLOSES: &str = "</details>";
    let mut shown = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, inside)) = rest.split_once(OPENS) {
        shown.push_str(before);
        let (mut depth, mut end) = (1_u32, 0);
        while depth > 0 {
            let tail = inside.get(end..).unwrap_or_default();
            let close = tail.find(CLOSES).map_or(tail.len(), |at| at + CLOSES.len());
            match tail.find(OPENS).filter(|open| open + CLOSES.len() <= close) {
                Some(open) => (depth, end) = (depth + 1, end + open + OPENS.len()),
                None => (depth, end) = (depth - 1, end + close),
            }
        }
        let (fold, after) = inside.split_at(end);
        let summary = fold.split_once("<summary>").and_then(|(_, summary)| summary.split_once("</summary>"));
        shown.push_str(summary.map_or("", |(summary, _)| summary));
        shown.push(' ');
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// The text of markup that the sanitiser wrote: tags become blanks, its five entities characters, blanks one blank.
/// What is not shown as it is (our own two characters) is left out.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, tail) = rest.split_at(at);
        push(&mut text, before);
        rest = if tail.starts_with('<') {
            let (tag, after) = tail.split_once('>').unwrap_or((tail, ""));
            if breaks_words(tag) {
                push(&mut text, " ");
            }
            after
        } else {
            let entity = ENTITIES.iter().find(|(name, _)| tail.starts_with(name));
            let (name, stands_for) = entity.copied().unwrap_or(("&", "&"));
            push(&mut text, stands_for);
            tail.strip_prefix(name).unwrap_or("")
        };
    }
    push(&mut text, rest);
    text
}

const ENTITIES: &[(&str, &str)] =
    &[("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", " "), ("&#39;", "'")];

/// Tags that stand inside words: `<b>W</b>ords` is one word.
const INLINE: &[&str] =
    &["a", "abbr", "b", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"];

fn breaks_words(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|char: char| !char.is_ascii_alphanumeric()).next().unwrap_or("");
    !INLINE.contains(&name)
}

fn push(text: &mut String, more: &str) {
    for char in more.chars() {
        match char {
            BEGIN | END => {}
            char if char.is_whitespace() || char.is_control() => {
                if !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            char => text.push(char),
        }
    }
}
