//! Holds that one address over many entries makes no story of them: changelogs, live blogs, bulletins, comments.

use super::*;
use crate::stories::{Gist, Home};

/// What a source publishes: an hour, its letter, the page, the title and the text.
type Entry<'a> = (i64, i64, &'a str, &'a str, &'a str);

fn telling((hour, source, page, title, text): Entry<'_>) -> Telling {
    Telling {
        post: PostId(hour * 10 + source),
        tie: 0,
        source: SourceId(source),
        at: Moment(hour * Moment::HOUR),
        keys: StoryKey::of_page(&format!("https://gazette.example/{page}")).into_iter().collect(),
        links: Vec::new(),
        gist: Gist::of(title, text, None),
        story: None,
    }
}

/// How many stories these are, whether they arrive together or one by one.
fn stories(entries: &[Entry<'_>]) -> usize {
    let all: Vec<Telling> = entries.iter().map(|entry| telling(*entry)).collect();
    let opened = |homes: &[(PostId, Home)]| homes.iter().filter(|(post, home)| *home == Home::OpenedBy(*post)).count();
    let together = opened(&fold(&all, &[], &[], &Frequencies::default()).homes);
    let (mut known, mut one_by_one): (Vec<Telling>, usize) = (Vec::new(), 0);
    for mut telling in all {
        let homes = fold(std::slice::from_ref(&telling), &known, &[], &Frequencies::default()).homes;
        one_by_one += opened(&homes);
        telling.story = homes.first().map(|(post, home)| match home {
            Home::Known(story) => *story,
            Home::OpenedBy(_) => StoryId(post.0),
        });
        known.push(telling);
    }
    assert_eq!(together, one_by_one, "{entries:?}: together, and one by one");
    together
}

#[test]
fn versions_on_one_page_are_a_release_each() {
    let first = (0, 1, "changelog", "Larkspur 1.2.3 is out", "It opens old archives faster than before.");
    let second = (240, 1, "changelog", "Larkspur 1.2.4 is out", "It no longer forgets the place of its window.");
    assert_eq!(stories(&[first, second]), 2);
    let relay = (241, 2, "changelog", "Larkspur 1.2.4 released", "");
    assert_eq!(stories(&[first, second, relay]), 2);
}

#[test]
fn a_bulletin_of_each_day_and_the_hours_of_a_live_blog_are_stories_of_their_own() {
    let weather = |hour, day, text| (hour, 1, "weather", day, text);
    assert_eq!(
        stories(&[
            weather(0, "Weather for Lima", "Fog in the morning, then sun over the bay."),
            weather(24, "Weather for Lima", "Rain from the north, and a high sea in the evening."),
        ]),
        2
    );
    let live = |hour, title, text| (hour, 1, "live", title, text);
    let entries = [
        live(0, "Mayor speaks to the council", "She promised a new bridge within the year."),
        live(1, "Fishermen block the harbour", "Thirty boats lie across the entrance since noon."),
        (2, 2, "live", "What a day in Lima", "Follow all of it there."),
    ];
    assert_eq!(stories(&entries[..2]), 2);
    assert_eq!(stories(&entries), 2, "who links to the whole page makes one of none");
}

#[test]
fn a_comment_is_no_telling_of_the_page_that_it_stands_under() {
    let article = (0, 1, "harbour", "Harbour reopens after winter storm", "The harbour of Lima is open again.");
    let comment = (2, 1, "harbour", "Comment on Harbour reopens after winter storm", "At last!");
    assert_eq!(stories(&[article, comment]), 2);
}

#[test]
fn a_correction_and_whoever_else_tells_of_the_page_stay_with_it() {
    const TEXT: &str = "The harbour of Lima is open again since this morning, and the first boats went out.";
    let article = (0, 1, "harbour", "Harbour reopens after storm", TEXT);
    assert_eq!(stories(&[article, (5, 1, "harbour", "Harbour of Lima reopens after winter storm", TEXT)]), 1);
    assert_eq!(stories(&[article, (5, 2, "harbour", "Good news for fishermen", "They may go out again.")]), 1);
}

#[test]
fn whether_a_page_joins_its_story_does_not_depend_on_what_else_was_met() {
    const TEXT: &str = "The harbour of Lima is open again since this morning, and the first boats went out.";
    let at = |days: i64, source| (days * 24, source, "harbour", "Harbour reopens after storm", TEXT);
    let known = |entry, story| Telling { story: Some(StoryId(story)), ..telling(entry) };
    let (old, late, new) = (known(at(0, 1), 7), known(at(25, 2), 7), telling(at(40, 3)));
    for known in [vec![late.clone()], vec![old, late]] {
        let homes = fold(std::slice::from_ref(&new), &known, &[], &Frequencies::default()).homes;
        assert_eq!(homes, [(new.post, Home::Known(StoryId(7)))]);
    }
}
