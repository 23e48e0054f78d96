//! Takes two tellings, says in phrases what speaks for one story and what against.
//! Never decides: it looks at what `folding` and `evidence` look at.

use std::collections::{BTreeMap, VecDeque};

use super::{
    Bond, Frequencies, Home, Telling, UNDATED,
    evidence::{self, NEVER, REACH, Witness},
    fold,
    gist::Class,
    signs::Kind,
};
use crate::model::{Moment, Phrase, PostId, StoryId};

/// A word in more than one story out of so many is not rare.
const RARE: u32 = 50;

/// In a small library, a word in so many stories is still rare.
const FEW: u32 = 3;

/// What bars two tellings from one story, however alike they are: [`why`] says at most one of these, last.
const AGAINST: &[&str] = &["why.comment", "why.series", "why.comes_back", "why.languages", "why.unnamed"];

/// What two tellings have in common, strongest first, then what bars them from one story. Empty: nothing.
#[must_use]
pub fn why(one: &Telling, other: &Telling, frequencies: &Frequencies) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let shares = |bond: Bond| one.keys.iter().any(|key| key.bond() == bond && other.keys.contains(key));
    if shares(Bond::Page) {
        phrases.push(Phrase::new("why.page"));
    }
    if shares(Bond::Title) {
        phrases.push(Phrase::new("why.title"));
    }
    let [witness, witness_of_other] = [one, other].map(Witness::of);
    if witness.cites(&witness_of_other) || witness_of_other.cites(&witness) {
        phrases.push(Phrase::new("why.cites"));
    }
    let links = u32::try_from(witness.links_shared(&witness_of_other)).unwrap_or(u32::MAX);
    let (mut words, mut names, mut numbers) = (0_u32, 0_u32, 0_u32);
    for word in one.gist.words() {
        let Ok(there) = other.gist.words().binary_search_by_key(&word.hash(), |word| word.hash()) else { continue };
        let named = word.class() == Class::Name
            || other.gist.words().get(there).is_some_and(|there| there.class() == Class::Name);
        match word.class() {
            Class::Number | Class::Day => numbers += 1,
            _ if named => names += 1,
            _ if is_rare(word.hash(), frequencies) => words += 1,
            _ => {}
        }
    }
    for (key, count) in [("why.links", links), ("why.words", words), ("why.names", names), ("why.numbers", numbers)] {
        if count > 0 {
            phrases.push(Phrase::new(key).with("count", f64::from(count)));
        }
    }
    phrases.extend(against([witness, witness_of_other]).map(Phrase::new));
    phrases
}

/// What bars two from one story, as `evidence` sees it. That they are far apart in time is no such thing: see [`why_apart`].
fn against([mut one, mut other]: [Witness<'_>; 2]) -> Option<&'static str> {
    // As if they were word for word the same: what still bars them is not in their likeness.
    let counts = |one: &Witness<'_>, other: &Witness<'_>| evidence::between(one, other, 1.0, u32::MAX);
    let dated = counts(&one, &other);
    // After days nothing is left of any likeness.
    (one.at, other.at) = (None, None);
    let timeless = counts(&one, &other);
    let gists = [one.gist, other.gist];
    let either = |kinds: &[Kind]| gists.iter().any(|gist| kinds.contains(&gist.kind()));
    let release_unnamed = || unnamed(&one, &other) || unnamed(&other, &one);
    match () {
        () if either(&[Kind::Comment]) => Some("why.comment"),
        () if gists.iter().any(|gist| !gist.has_title() || gist.says_little()) => None,
        () if dated == NEVER => Some("why.series"),
        // A bulletin of another hour is another one.
        () if dated == 0.0 && either(&[Kind::Bulletin]) => Some("why.comes_back"),
        () if timeless != 0.0 => None,
        () if either(&[Kind::Column, Kind::Advert]) => Some("why.comes_back"),
        () if release_unnamed() => Some("why.unnamed"),
        () => Some("why.languages"),
    }
}

/// `release` announces a version that `other`, for all its text, never names.
fn unnamed(release: &Witness<'_>, other: &Witness<'_>) -> bool {
    let mut marks = release.gist.words().iter().filter(|word| word.in_title() > 0 && word.is_mark()).peekable();
    let announces = release.gist.kind() == Kind::Release && marks.peek().is_some();
    announces && other.gist.has_text() && !marks.any(|mark| other.gist.word(mark.hash()).is_some())
}

/// Why two tellings that have something in common are two stories all the same; None where [`why`] says it, as nothing in
/// what they say would have brought them together.
#[must_use]
pub fn why_apart(one: &Telling, other: &Telling, frequencies: &Frequencies) -> Option<Phrase> {
    let said = why(one, other, frequencies);
    if said.is_empty() || said.iter().any(is_against) {
        return None;
    }
    let (first, second) = in_order(one, other);
    let apart = second.at.since(first.at);
    let dated = ![first, second].iter().any(|telling| telling.at == UNDATED);
    Some(match would_join(one, other, frequencies) {
        true => Phrase::new("why.two_already"),
        _ if dated && apart > REACH => {
            let days = u32::try_from(apart / Moment::DAY).unwrap_or(u32::MAX).max(2);
            Phrase::new("why.far").with("count", f64::from(days))
        }
        _ if one.source == other.source => Phrase::new("why.one_source"),
        _ => Phrase::new("why.too_little"),
    })
}

fn is_against(phrase: &Phrase) -> bool {
    AGAINST.contains(&phrase.key.as_str())
}

/// Whether two tellings would be one story if there were none but them.
#[must_use]
pub fn would_join(one: &Telling, other: &Telling, frequencies: &Frequencies) -> bool {
    let (first, second) = in_order(one, other);
    // As if the one came now, and the other was there.
    let new = Telling { story: None, ..second.clone() };
    let known = Telling { story: Some(StoryId(0)), ..first.clone() };
    matches!(fold(&[new], &[known], &[], frequencies).homes.first(), Some((_, Home::Known(_))))
}

fn in_order<'a>(one: &'a Telling, other: &'a Telling) -> (&'a Telling, &'a Telling) {
    if one.order() < other.order() { (one, other) } else { (other, one) }
}

/// By which other tellings of their story two are together that would not be by themselves, from the one to the other, as
/// few as can be; empty where no such course leads there. `told`: the tellings of the story, both among them; `joined`:
/// pairs of it that the reader brought together.
#[must_use]
pub fn by_way_of(
    one: PostId,
    other: PostId,
    told: &[Telling],
    joined: &[(PostId, PostId)],
    frequencies: &Frequencies,
) -> Vec<PostId> {
    let by_word = |a: &Telling, b: &Telling| joined.contains(&(a.post, b.post)) || joined.contains(&(b.post, a.post));
    let surely = |a: &Telling, b: &Telling| by_word(a, b) || would_join(a, b, frequencies);
    let way = course(one, other, told, surely);
    if !way.is_empty() {
        return way;
    }
    course(one, other, told, |a, b| by_word(a, b) || share(a, b, frequencies))
}

/// The shortest course over tellings that `speak` for each other, without its ends.
fn course(one: PostId, other: PostId, told: &[Telling], speak: impl Fn(&Telling, &Telling) -> bool) -> Vec<PostId> {
    let mut before: BTreeMap<PostId, Option<PostId>> = BTreeMap::from([(one, None)]);
    let mut waiting = VecDeque::from([one]);
    while let Some(at) = waiting.pop_front().filter(|at| *at != other) {
        let Some(here) = told.iter().find(|telling| telling.post == at) else { continue };
        let direct = |next: &Telling| at == one && next.post == other;
        for next in told {
            if !before.contains_key(&next.post) && !direct(next) && speak(here, next) {
                before.insert(next.post, Some(at));
                waiting.push_back(next.post);
            }
        }
    }
    let mut way = Vec::new();
    let mut at = before.get(&other).copied().flatten();
    while let Some(post) = at.filter(|post| *post != one) {
        way.push(post);
        at = before.get(&post).copied().flatten();
    }
    way.reverse();
    way
}

/// They have something in common, and nothing is against.
fn share(one: &Telling, other: &Telling, frequencies: &Frequencies) -> bool {
    let said = why(one, other, frequencies);
    !said.is_empty() && !said.iter().any(is_against)
}

/// Few stories have this word.
fn is_rare(word: u32, frequencies: &Frequencies) -> bool {
    frequencies.of(word) <= (frequencies.stories() / RARE).max(FEW)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Moment, PostId, SourceId},
        stories::{Gist, StoryKey},
    };

    #[test]
    fn what_two_tellings_share_is_said_in_words() {
        let telling = |title: &str, keys: &[StoryKey]| Telling {
            post: PostId(1),
            tie: 0,
            source: SourceId(1),
            at: Moment(0),
            keys: keys.to_vec(),
            links: Vec::new(),
            gist: Gist::of(title, "", None),
            story: None,
        };
        let check = |one: &str, other: &str, keys: &[StoryKey], expected: &str| {
            let phrases = why(&telling(one, keys), &telling(other, keys), &Frequencies::default());
            let said: Vec<String> = phrases
                .iter()
                .map(|phrase| match phrase.values.get("count") {
                    Some(count) => format!("{} {count:?}", phrase.key),
                    None => phrase.key.clone(),
                })
                .collect();
            assert_eq!(said.join(", "), expected, "{one} | {other}");
        };
        let page = StoryKey::page("https://a.example/1");
        check("The pier is open", "Bad luck at sea", &[page], "why.page");
        check(
            "Storm Ida closes the harbour of Lima for 12 days",
            "After storm Ida, harbour in Lima closed 12 days",
            &[StoryKey::title("t")],
            "why.title, why.words Number(4.0), why.names Number(2.0), why.numbers Number(1.0)",
        );
        check("Rust 1.95.0 released", "Rust 1.95.1 released", &[], "why.words Number(2.0), why.series");
        // A note comes back under its own words, not under those of a title.
        check("", "Two seals on the north pier this morning", &[page], "why.page");
        check("Tea", "Ships", &[], "");
    }

    fn told(post: i64, hours: i64, title: &str) -> Telling {
        Telling {
            post: PostId(post),
            tie: 0,
            source: SourceId(post),
            at: Moment(hours * Moment::HOUR),
            keys: Vec::new(),
            links: Vec::new(),
            gist: Gist::of(title, "", None),
            story: None,
        }
    }

    #[test]
    fn what_keeps_two_apart_that_have_something_in_common_is_said_too() {
        let check = |hours: i64, other: &str, expected: Option<&str>| {
            let one = told(1, 0, "Storm Ida closes the harbour of Lima for 12 days");
            let phrase = why_apart(&told(2, hours, other), &one, &Frequencies::default());
            assert_eq!(phrase.as_ref().map(|phrase| phrase.key.as_str()), expected, "{hours} {other}");
        };
        check(1, "After storm Ida, harbour in Lima closed 12 days", Some("why.two_already"));
        check(90, "After storm Ida, harbour in Lima closed 12 days", Some("why.far"));
        // So far apart that nothing is left of their likeness.
        check(400, "After storm Ida, harbour in Lima closed 12 days", Some("why.far"));
        check(1, "Lima votes for a mayor, a tram and a longer pier", Some("why.too_little"));
        check(1, "Ships without sails", None);
    }

    #[test]
    fn what_bars_two_from_one_story_is_said_for_what_it_is() {
        let post = |source: i64, hours: i64, title: &str, text: &str, language: &str| Telling {
            source: SourceId(source),
            gist: Gist::of(title, text, Some(language)),
            ..told(source, hours, "")
        };
        let check = |one: &Telling, other: &Telling, expected: &str| {
            let bars = why(one, other, &Frequencies::default());
            let bars = bars.into_iter().filter(is_against).map(|phrase| phrase.key);
            let apart = why_apart(one, other, &Frequencies::default()).map(|phrase| phrase.key);
            let said: Vec<String> = bars.chain(apart).collect();
            assert_eq!(said.join(", "), expected, "{:?} {:?}", one.gist, other.gist);
        };
        let storm = post(1, 0, "Storm Ida closes the harbour of Lima", "", "en");
        check(&storm, &post(2, 1, "Le port de pêche de Lima après la tempête", "", "fr"), "why.languages");
        check(&storm, &post(2, 1, "Comment on Storm Ida closes the harbour of Lima", "", "en"), "why.comment");
        check(&storm, &post(1, 1, "Harbour of Lima: boats lost to storm Ida", "", "en"), "why.one_source");
        let weather = |hours| post(hours, hours, "Weather for Lima and Callao: rain", "", "en");
        check(&weather(0), &weather(20), "why.comes_back");
        let links = |hours| post(hours, hours, "Links of the week: boats and piers", "", "en");
        check(&links(0), &links(1), "why.comes_back");
        let release = post(1, 0, "Larkspur Mail 2.3.1 released", "", "en");
        let question =
            post(2, 1, "Larkspur Mail forgets its window", "Since this morning Larkspur Mail opens too small.", "en");
        check(&release, &question, "why.unnamed");
        check(&release, &post(2, 1, "Larkspur Mail 2.3.2 released", "", "en"), "why.series");
    }

    #[test]
    fn two_of_a_story_that_lie_weeks_apart_are_together_by_way_of_what_lies_between() {
        let all = [
            told(1, 0, "Storm Ida closes the harbour"),
            told(2, 300, "Harbour closed, says mayor Ortega"),
            told(3, 600, "Ortega resigns"),
        ];
        assert_eq!(by_way_of(PostId(1), PostId(3), &all, &[], &Frequencies::default()), [PostId(2)]);
    }

    #[test]
    fn two_that_share_nothing_are_together_by_way_of_what_lies_between() {
        let all = [
            told(1, 0, "Storm Ida closes the harbour"),
            told(2, 1, "Harbour closed, says mayor Ortega"),
            told(3, 2, "Ortega resigns"),
            told(4, 3, "Boats of Bergen"),
        ];
        let way = |other: i64, joined: &[(PostId, PostId)]| {
            by_way_of(PostId(1), PostId(other), &all, joined, &Frequencies::default())
        };
        assert_eq!(way(3, &[]), [PostId(2)]);
        assert_eq!(way(4, &[]), []);
        assert_eq!(way(4, &[(PostId(4), PostId(3))]), [PostId(2), PostId(3)]);
    }
}
