//! Takes a telling that comes to a story which the reader has read, says whether it adds so much that they want to know.
//! Never looks further than gists: what a title and the first words do not say is no reason to disturb.

use super::{
    Frequencies, Telling,
    copies::is_copy,
    gist::{Class, Word},
};
use crate::model::Moment;

/// Sooner after the story began, other words are another hand, not another state of things.
const HOURS_LATER: i64 = 6 * Moment::HOUR;

/// Of what the words of its title weigh, and of what all its words do, so much must be in no telling before. Measured on
/// the labelled set whose days are true: about one in ten of the tellings that come so much later passes.
const NEW: f32 = 0.5;

/// New words in the title at least: one is a synonym.
const NEW_WORDS: usize = 2;

/// Whether `new` adds much to `told`, the tellings that its story had: hours after it began, the title says with a new name,
/// number or day, and for its larger part, what none of them said; and so does the text, where there is one. A copy adds
/// nothing; nor is it known what is added by the first telling in a language.
#[must_use]
pub fn adds_much(new: &Telling, told: &[&Telling], frequencies: &Frequencies) -> bool {
    let late = told.iter().any(|telling| new.at.since(telling.at) >= HOURS_LATER);
    let in_its_language = |telling: &&Telling| !new.gist.in_another_language_than(&telling.gist);
    if !late || !told.iter().any(in_its_language) || told.iter().any(|telling| is_copy(new, telling)) {
        return false;
    }
    // Names and numbers are known from any language.
    let is_new = |word: &Word| told.iter().all(|telling| telling.gist.word(word.hash()).is_none());
    let of_new: Vec<(&Word, bool)> = new.gist.words().iter().map(|word| (word, is_new(word))).collect();
    let heads = || of_new.iter().filter(|(word, _)| word.in_title() > 0);
    let words = heads().filter(|(_, is_new)| *is_new).count();
    let named = heads().any(|(word, is_new)| *is_new && word.class() != Class::Plain);
    let larger_part = |words: &mut dyn Iterator<Item = &(&Word, bool)>| {
        let (mut all, mut fresh) = (0.0_f32, 0.0_f32);
        for (word, is_new) in words {
            let weight = frequencies.rarity(word.hash(), 0, 0);
            all += weight;
            fresh += if *is_new { weight } else { 0.0 };
        }
        fresh >= NEW * all
    };
    named && words >= NEW_WORDS && larger_part(&mut heads()) && larger_part(&mut of_new.iter())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{PostId, SourceId},
        stories::Gist,
    };

    fn telling(hours: i64, title: &str, language: &str) -> Telling {
        Telling {
            post: PostId(hours),
            tie: 0,
            source: SourceId(hours),
            at: Moment(hours * Moment::HOUR),
            keys: Vec::new(),
            links: Vec::new(),
            gist: Gist::of(title, "", Some(language)),
            story: None,
        }
    }

    fn check(hours: i64, title: &str, expected: bool, why: &str) {
        let told =
            [telling(0, "Storm Ida closes the port of Lima", "en"), telling(1, "Ida: Lima shuts its port", "en")];
        let told: Vec<&Telling> = told.iter().collect();
        assert_eq!(adds_much(&telling(hours, title, "en"), &told, &Frequencies::default()), expected, "{why}: {title}");
    }

    #[test]
    fn a_telling_that_says_later_what_nobody_said_is_news_of_a_story_that_was_read() {
        check(10, "Port of Lima reopens after 12 people die in floods at Callao", true, "names, a number, a new turn");
        check(10, "Lima port: mayor Ortega resigns over closure", true, "a name and what it does");
        check(
            2,
            "Port of Lima reopens after 12 people die in floods at Callao",
            false,
            "another hand, not another state",
        );
        check(10, "Storm Ida shuts the port of Lima", false, "the same in other words");
        check(10, "Storm Ida closes the port of Lima on Tuesday", false, "one word more");
        check(10, "What the closing of a large port does to trade", false, "no name, number or day that is new");
    }

    #[test]
    fn what_a_copy_or_another_language_adds_is_not_known() {
        let told = telling(0, "Storm Ida closes the port of Lima", "en");
        let late =
            |title: &str, language: &str| adds_much(&telling(10, title, language), &[&told], &Frequencies::default());
        assert!(late("Mayor Ortega of Lima resigns", "en"));
        assert!(!late("Le maire Ortega de Lima démissionne", "fr"));
        assert!(!adds_much(&telling(10, "Mayor Ortega of Lima resigns", "en"), &[], &Frequencies::default()));
    }

    #[test]
    fn a_telling_in_another_language_silences_no_later_news_of_its_story_and_what_it_named_is_known() {
        let told =
            [telling(0, "Storm Ida closes the port of Lima", "en"), telling(1, "La tempête Ida frappe Lima", "fr")];
        let told: Vec<&Telling> = told.iter().collect();
        let late = |title: &str, told: &[&Telling]| adds_much(&telling(10, title, "en"), told, &Frequencies::default());
        assert!(late("Mayor Ortega of Lima resigns", &told));
        assert!(!late("Storm Ida shuts the port of Lima", &told));
        let named = [told[0], &telling(2, "Lima : le maire Ortega démissionne", "fr")];
        assert!(!late("Mayor Ortega of Lima resigns", &named), "the name is known from the other");
    }
}
