//! Takes templates of the word tables, gives sentences: slots filled, French contracted and elided, both languages
//! with the quotes, apostrophes and spaces of good printing.
//! Never writes markup.

use super::{
    chance::{Chance, at, walk},
    words::{COMMON_EN, COMMON_FR, Language, Slot},
};

/// Writes one post: remembers what each slot stands for, so that the body speaks of what the title promised.
#[derive(Debug)]
pub(crate) struct Pen {
    language: Language,
    slots: Vec<Slot>,
    bound: Vec<(String, String)>,
    /// Where the next free choice comes from.
    pub chance: Chance,
}

impl Pen {
    /// A pen for one post.
    pub(crate) fn new(language: Language, own: &[Slot], chance: Chance) -> Self {
        let common: &[Slot] = match language {
            Language::Fr => COMMON_FR,
            Language::En => COMMON_EN,
        };
        Self { language, slots: own.iter().chain(common).copied().collect(), bound: Vec::new(), chance }
    }

    /// Decides what a slot stands for.
    pub(crate) fn bind(&mut self, slot: &str, word: impl Into<String>) {
        self.bound.push((slot.to_owned(), word.into()));
    }

    /// The title whose turn it is. Equal titles are as far apart as the templates and their slots allow: the order of
    /// templates changes at each round, and a template goes through all its words before it repeats any.
    pub(crate) fn title(&mut self, templates: &[&'static str], turn: u64, shift: u64) -> String {
        let count = u64::try_from(templates.len()).unwrap_or(1).max(1);
        let round = turn / count;
        let order = Chance::of(shift, &[round.cast_signed()]).next();
        let place = walk(turn % count, count, order);
        let template = at(templates, usize::try_from(place).unwrap_or(0));
        let free = |name: &str| mentions(template, name) && !self.bound.iter().any(|(bound, _)| bound == name);
        let named: Vec<Slot> = self.slots.iter().filter(|(name, _)| free(name)).copied().collect();
        let size: u64 = named.iter().map(|(_, words)| u64::try_from(words.len()).unwrap_or(1)).product();
        let mut rest = walk(round, size, shift.wrapping_add(place));
        for (name, words) in named {
            let base = u64::try_from(words.len()).unwrap_or(1).max(1);
            self.bind(name, at(words, usize::try_from(rest % base).unwrap_or(0)));
            rest /= base;
        }
        self.say(template)
    }

    /// The template as a finished sentence.
    pub(crate) fn say(&mut self, template: &str) -> String {
        let mut out = String::with_capacity(template.len() + 32);
        self.expand(template, &mut out);
        polish(self.language, &out)
    }

    /// One of the templates, said.
    pub(crate) fn one(&mut self, templates: &[&'static str]) -> String {
        let template = self.chance.pick(templates);
        self.say(template)
    }

    /// Some of the templates, each at most once, said.
    pub(crate) fn several(&mut self, templates: &[&'static str], count: usize) -> Vec<String> {
        let chosen = self.chance.some(templates, count);
        chosen.into_iter().map(|template| self.say(template)).collect()
    }

    fn expand(&mut self, template: &str, out: &mut String) {
        let mut rest = template;
        while let Some(open) = rest.find(['{', '[']) {
            let (before, from) = rest.split_at(open);
            out.push_str(before);
            let close = if from.starts_with('{') { '}' } else { ']' };
            let Some((inside, after)) = from.get(1..).and_then(|inside| inside.split_once(close)) else {
                out.push_str(from);
                return;
            };
            if close == '}' {
                let word = self.word(inside);
                self.join(&word, out);
            } else {
                let choices: Vec<&str> = inside.split('|').collect();
                let choice = self.chance.pick(&choices);
                self.expand(choice, out);
            }
            rest = after;
        }
        out.push_str(rest);
    }

    fn word(&mut self, slot: &str) -> String {
        if let Some((low, high)) = slot.split_once("..") {
            let (low, high) = (low.parse().unwrap_or(2), high.parse().unwrap_or(9));
            return self.chance.between(low, high).to_string();
        }
        let name = slot.to_lowercase();
        let known = self.bound.iter().find(|(bound, _)| *bound == name).map(|(_, word)| word.clone());
        let raw = known.unwrap_or_else(|| {
            let words = self.slots.iter().find(|(slot, _)| *slot == name).map_or(&[][..], |(_, words)| words);
            let word = self.chance.pick(words);
            self.bind(&name, word);
            word.to_owned()
        });
        let mut word = String::with_capacity(raw.len());
        self.expand(&raw, &mut word);
        if slot.starts_with(char::is_uppercase) { capital(&word) } else { word }
    }

    /// French contracts `de le`, `à les`, and elides before a vowel; the tables need not know what follows what.
    fn join(&self, word: &str, out: &mut String) {
        /// What stands before, how the word begins, what both become.
        const JOINTS: &[(&str, &str, &str)] = &[
            ("de ", "le ", "du "),
            ("de ", "les ", "des "),
            ("à ", "le ", "au "),
            ("à ", "les ", "aux "),
            ("De ", "le ", "Du "),
            ("De ", "les ", "Des "),
            ("À ", "le ", "Au "),
            ("À ", "les ", "Aux "),
        ];
        if self.language == Language::Fr {
            for (before, start, both) in JOINTS {
                if ends_with_word(out, before)
                    && let Some(rest) = word.strip_prefix(start)
                {
                    out.truncate(out.len() - before.len());
                    out.push_str(both);
                    out.push_str(rest);
                    return;
                }
            }
            let vowel =
                word.starts_with(['a', 'e', 'i', 'o', 'u', 'é', 'è', 'ê', 'A', 'E', 'I', 'O', 'U', 'É', 'à', 'î']);
            if vowel && ["de ", "que ", "De ", "Que "].iter().any(|before| ends_with_word(out, before)) {
                out.truncate(out.len() - "e ".len());
                out.push('\'');
            }
        }
        out.push_str(word);
    }
}

/// The text with its first letter as a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Typographic apostrophes and quotes; in French also the spaces that do not break.
pub(crate) fn polish(language: Language, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut open = false;
    for c in text.chars() {
        match c {
            '\'' => out.push('’'),
            '"' => {
                open = !open;
                out.push(if open { '“' } else { '”' });
            }
            ':' | ';' | '!' | '?' | '»' | '%' if language == Language::Fr && out.ends_with(' ') => {
                out.pop();
                out.push('\u{a0}');
                out.push(c);
            }
            ' ' if out.ends_with('«') => out.push('\u{a0}'),
            _ => out.push(c),
        }
    }
    out
}

fn ends_with_word(out: &str, word: &str) -> bool {
    out.strip_suffix(word).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// Whether a template has that slot.
pub(crate) fn mentions(template: &str, name: &str) -> bool {
    let mut rest = template;
    while let Some((_, from)) = rest.split_once('{') {
        let Some((inside, after)) = from.split_once('}') else { return false };
        if inside.to_lowercase() == name {
            return true;
        }
        rest = after;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, slots: &[Slot], template: &str, expected: &str) {
        assert_eq!(Pen::new(language, slots, Chance::of(1, &[])).say(template), expected);
    }

    #[test]
    fn french_contracts_elides_and_keeps_its_spaces() {
        let slots: &[Slot] = &[("m", &["le merle"]), ("f", &["les fèves"]), ("o", &["l'ail"]), ("a", &["Arles"])];
        check(Language::Fr, slots, "Retour de {m} : grâce à {f} ?", "Retour du merle\u{a0}: grâce aux fèves\u{a0}?");
        check(Language::Fr, slots, "Semis de {o} près de {a}", "Semis de l’ail près d’Arles");
        check(Language::Fr, slots, "« {M} » avec {f}", "«\u{a0}Le merle\u{a0}» avec les fèves");
    }

    #[test]
    fn english_gets_its_quotes_and_a_slot_keeps_its_word() {
        let slots: &[Slot] = &[("bird", &["a wren"])];
        check(Language::En, slots, "\"{Bird}\", she said: {bird}", "“A wren”, she said: a wren");
        check(Language::En, slots, "An open { stays", "An open { stays");
    }

    #[test]
    fn titles_do_not_repeat_before_their_words_are_used_up() {
        let slots: &[Slot] = &[("x", &["a", "b", "c"]), ("y", &["1", "2", "3", "4"])];
        let mut seen = std::collections::BTreeSet::new();
        for turn in 700..724 {
            let mut pen = Pen::new(Language::En, slots, Chance::of(turn, &[]));
            assert!(seen.insert(pen.title(&["{x} of {y}", "{y} in {x}"], turn, 9)), "turn {turn} repeats");
        }
    }
}
