//! Holds what a reader sees of a story: who tells it, what each adds, what stays down, what comes back.

use pepites_core::model::{Item, SourceId};

use super::*;
use crate::{
    contract::{DigestAsk, MarkView},
    fixture::Library,
};

const STORM: &str = "The port of Lima was closed on Monday afternoon by storm Ida, which tore four cranes from their rails \
                     and left two freighters adrift outside the mole. Pilots refused to board, the harbour master said, \
                     and no ship will berth before Thursday.";

/// A story as it comes in: sources `a`, `b`, … each bring a post of that title and text, so many hours ago.
fn tell(library: &Library, source: &str, title: &str, text: &str, hours_ago: i64) -> (SourceId, PostId) {
    let id = known(library, source).unwrap_or_else(|| library.follow(source));
    let item = Item { html: Some(format!("<p>{text}</p>")), ..library.item(source, title, hours_ago) };
    library.bring(id, vec![item]);
    library.engine.group().unwrap();
    (id, library.posts(id)[0])
}

fn known(library: &Library, source: &str) -> Option<SourceId> {
    let sources: Vec<_> = library.engine.store.sources().unwrap();
    sources.into_iter().find(|known| known.title == source).map(|known| known.id)
}

/// `a* [b c] d!`: the face, copies in brackets behind what they copy, `!` what is new.
fn shown(view: &StoryView) -> String {
    let one = |telling: &TellingView| {
        let face = if telling.line.post == view.face { "*" } else { "" };
        let new = if telling.is_new { "!" } else { "" };
        let also: Vec<&str> = telling.also.iter().map(|line| line.source_title.as_str()).collect();
        let also = if also.is_empty() { String::new() } else { format!(" [{}]", also.join(" ")) };
        format!("{}{face}{new}{also}", telling.line.source_title)
    };
    view.tellings.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn story(library: &Library, post: PostId) -> StoryView {
    library.engine.story(post).unwrap()
}

fn faces(library: &Library) -> Vec<PostId> {
    let ask = DigestAsk { again: true, ..DigestAsk::default() };
    library.engine.today(&ask).unwrap().entries.iter().map(|entry| entry.face.post).collect()
}

#[test]
fn copies_collapse_and_other_tellings_stay_with_what_they_add() {
    let library = Library::new();
    let (_, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 9);
    tell(&library, "planet", "Storm Ida closes the port of Lima", STORM, 8);
    tell(
        &library,
        "daily",
        "Storm Ida: port of Lima closed",
        "Storm Ida closed the port of Lima. Mayor Elena Ortega asked 300 \
         soldiers to help in Callao.",
        7,
    );
    let view = story(&library, first);
    assert_eq!(shown(&view), "gazette* [planet] daily");
    let adds = view.tellings[1].adds.as_ref().unwrap();
    assert!(adds.contains("Elena Ortega") && adds.contains('\u{e000}'), "{adds}");
    assert_eq!(view.tellings[0].adds, None);
}

#[test]
fn the_preferred_source_stands_for_the_story_in_the_window_and_in_the_digest() {
    let library = Library::new();
    let (_, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 9);
    let (planet, copy) = tell(&library, "planet", "Storm Ida closes the port of Lima", STORM, 8);
    assert_eq!(faces(&library), [first]);
    library.engine.set_preferred(planet, true).unwrap();
    assert_eq!(shown(&story(&library, first)), "planet* [gazette]");
    assert_eq!(faces(&library), [copy]);
    library.engine.set_preferred(planet, false).unwrap();
    assert_eq!(faces(&library), [first]);
}

#[test]
fn reading_one_puts_the_others_down_and_unreading_brings_back_that_one_alone() {
    let library = Library::new();
    let (_, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 9);
    let (_, other) =
        tell(&library, "daily", "Storm Ida: port of Lima closed", "Storm Ida closed the port of Lima today.", 7);
    let (_, alone) = tell(&library, "museum", "A new museum opens in Bergen", "It shows boats.", 7);
    let marks = |post| library.engine.post(post).unwrap().line.marks;
    let unread = || library.engine.unread(10, 0).unwrap().into_iter().map(|line| line.post).collect::<BTreeSet<_>>();
    let report = library.engine.mark(&[first], MarkView::Read, true).unwrap();
    assert_eq!((report.changed, report.relays), (vec![first], vec![other]));
    assert!(marks(other).relay && !marks(other).read);
    assert_eq!(unread(), BTreeSet::from([alone]));
    assert_eq!(faces(&library), [alone]);
    library.engine.mark(&[first], MarkView::Read, false).unwrap();
    assert_eq!(unread(), BTreeSet::from([alone, first]), "that one alone");
    library.engine.mark(&[first], MarkView::Read, true).unwrap();
    assert_eq!(library.engine.mark(&[other], MarkView::Read, false).unwrap().changed, [other]);
    assert_eq!(unread(), BTreeSet::from([alone, other]), "a relay comes back as what was read does");
    library.engine.mark(&[other], MarkView::Relay, true).unwrap();
    assert_eq!(unread(), BTreeSet::from([alone]), "and stays down again");
    let counted: u32 = library.engine.sources().unwrap().iter().map(|source| source.unread).sum();
    assert_eq!(counted, 1);
}

#[test]
fn what_comes_to_a_story_read_stays_down_unless_it_adds_much_and_then_says_what() {
    let library = Library::new();
    let (_, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 9);
    library.engine.open_post(first).unwrap();
    library.wait(10 * Moment::HOUR);
    let (_, same) =
        tell(&library, "late", "Storm Ida shuts the port of Lima", "The port of Lima is shut by storm Ida.", 1);
    assert_eq!(story(&library, first).tellings.len(), 2, "they are one story");
    assert!(library.engine.post(same).unwrap().line.marks.relay);
    assert_eq!(faces(&library), []);
    let (_, news) = tell(
        &library,
        "daily",
        "Storm Ida: 12 dead as port of Lima floods Callao",
        "Storm Ida killed 12 people when the port of Lima flooded the streets of Callao, mayor Elena Ortega said.",
        0,
    );
    assert_eq!(story(&library, first).tellings.len(), 3, "they are one story");
    assert!(!library.engine.post(news).unwrap().line.marks.relay);
    assert_eq!(faces(&library), [news]);
    let today = library.engine.today(&DigestAsk::default()).unwrap();
    let said = today.entries[0].news.as_ref().unwrap();
    assert_eq!(said.key, "story.news_words");
    assert!(format!("{:?}", said.values).contains("12"), "{said:?}");
    assert!(shown(&story(&library, first)).contains("daily!"), "{}", shown(&story(&library, first)));
    library.engine.mark(&[news], MarkView::Skipped, true).unwrap();
    assert_eq!(faces(&library), [], "what is let go is let go");
}

#[test]
fn a_follow_up_of_days_later_is_linked_both_ways_and_no_part_of_the_story() {
    let library = Library::new();
    let (_, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 1);
    library.wait(3 * Moment::DAY);
    let (_, later) = tell(
        &library,
        "daily",
        "Port of Lima reopens after storm Ida",
        "The port of Lima was opened again today, three days after storm Ida tore cranes from their rails.",
        1,
    );
    let (before, after) = (story(&library, first), story(&library, later));
    assert_eq!((shown(&before), shown(&after)), ("gazette*".to_owned(), "daily*".to_owned()));
    let posts = |lines: &[PostLine]| lines.iter().map(|line| line.post).collect::<Vec<_>>();
    assert_eq!((posts(&before.earlier), posts(&before.later)), (vec![], vec![later]));
    assert_eq!((posts(&after.earlier), posts(&after.later)), (vec![first], vec![]));
}

#[test]
fn copies_follow_the_readers_word_on_what_belongs_together() {
    let library = Library::new();
    let (_, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 9);
    let (_, copy) = tell(&library, "planet", "Storm Ida closes the port of Lima", STORM, 8);
    library.engine.put_apart(first, copy, false).unwrap();
    assert_eq!(shown(&story(&library, first)), "gazette*");
    assert_eq!(shown(&story(&library, copy)), "planet*");
    library.engine.put_apart(first, copy, true).unwrap();
    assert_eq!(shown(&story(&library, first)), "gazette* [planet]");
}

#[test]
fn a_story_without_followed_sources_is_the_post_alone_and_an_unknown_post_is_missing() {
    let library = Library::new();
    let (source, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 9);
    library.engine.unfollow(source).unwrap();
    assert_eq!(shown(&story(&library, first)), "gazette*");
    assert_eq!(library.engine.story(PostId(999)).unwrap_err().code, crate::contract::Code::Missing);
}

#[test]
fn the_latest_of_many_tellings_can_be_new_and_nothing_is_added_to_a_face_that_stands_late() {
    let library = Library::new();
    let (_, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 12);
    for n in 0..44 {
        // Each with a word or two of its own, so that none is a copy.
        let text =
            format!("The port of Lima was closed by storm Ida, as w{n}a and w{n}b saw from the mole on that morning.");
        tell(&library, &format!("s{n}"), "Storm Ida: port of Lima closed", &text, 11 - n / 4);
    }
    library.engine.open_post(first).unwrap();
    library.wait(Moment::HOUR);
    let text = "Storm Ida closed the port of Lima. Mayor Elena Ortega asked 300 soldiers to help in Callao.";
    let (source, last) = tell(&library, "daily", "Storm Ida closes port of Lima", text, 0);
    let view = story(&library, first);
    assert!(view.tellings.len() > 40, "{}", view.tellings.len());
    let its = |view: &StoryView| view.tellings.iter().find(|telling| telling.line.post == last).cloned().unwrap();
    assert!(its(&view).is_new, "{:?}", its(&view));
    // Shown for all though it stands among the last ones: what it says is said, by whoever repeats it.
    library.engine.set_preferred(source, true).unwrap();
    let (_, again) = tell(&library, "echo", "Storm Ida closes port", &text.replace("asked", "begged"), 0);
    let view = story(&library, first);
    let echo = view
        .tellings
        .iter()
        .flat_map(|t| std::iter::once((&t.line, &t.adds)).chain(t.also.iter().map(|line| (line, &None))));
    let adds: Vec<_> = echo.filter(|(line, _)| line.post == again).map(|(_, adds)| adds.clone()).collect();
    assert_eq!((view.face, adds), (last, vec![None]));
}

#[test]
fn copies_of_a_text_whose_source_left_are_one_telling() {
    let library = Library::new();
    let (source, _) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 9);
    let (_, copy) = tell(&library, "planet", "Storm Ida closes the port of Lima", STORM, 8);
    tell(&library, "mirror", "Storm Ida closes the port of Lima", STORM, 7);
    library.engine.unfollow(source).unwrap();
    assert_eq!(shown(&story(&library, copy)), "planet* [mirror]");
}

#[test]
fn a_telling_put_apart_after_its_story_was_read_is_in_the_next_digest_as_a_story_of_its_own() {
    let library = Library::new();
    let (_, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 9);
    let (_, other) =
        tell(&library, "daily", "Storm Ida: port of Lima closed", "Storm Ida closed the port of Lima today.", 7);
    assert_eq!(library.engine.today(&DigestAsk::default()).unwrap().entries.len(), 1);
    library.engine.open_post(first).unwrap();
    let relays = || library.engine.today(&DigestAsk::default()).unwrap().entries[0].relays.len();
    assert_eq!(relays(), 1);
    library.engine.put_apart(first, other, false).unwrap();
    assert_eq!(relays(), 0, "a figure counts what it opens");
    library.wait(Moment::DAY);
    assert_eq!(faces(&library), [other]);
    library.wait(Moment::DAY);
    tell(&library, "museum", "A new museum opens in Bergen", "It shows boats.", 1);
    library.engine.today(&DigestAsk::default()).unwrap();
    library.wait(Moment::DAY);
    assert!(!faces(&library).contains(&other), "it had its place");
}

#[test]
fn a_telling_that_was_marked_unread_comes_back_in_a_digest_though_another_is_read() {
    let library = Library::new();
    let (_, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 9);
    let (_, other) =
        tell(&library, "daily", "Storm Ida: port of Lima closed", "Storm Ida closed the port of Lima today.", 7);
    library.engine.mark(&[first], MarkView::Read, true).unwrap();
    library.engine.mark(&[other], MarkView::Read, true).unwrap();
    assert_eq!(faces(&library), []);
    library.engine.mark(&[first], MarkView::Read, false).unwrap();
    assert_eq!(faces(&library), [first]);
}

#[test]
fn a_later_copy_of_what_was_put_apart_goes_with_it_and_what_comes_again_stays_apart() {
    let library = Library::new();
    let (_, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 9);
    let orchestra = "The orchestra of Bergen plays a symphony of that name by Elena Ortega, and 300 musicians sit on the mole \
                     while the conductor stands in a boat that is moored for the evening.";
    let (_, other) = tell(&library, "daily", "Storm Ida closes the port of Lima", orchestra, 8);
    assert_eq!(story(&library, first).tellings.len(), 2, "one title, one story");
    library.engine.put_apart(first, other, false).unwrap();
    let (_, copy) = tell(&library, "planet", "Storm Ida closes the port of Lima", orchestra, 7);
    assert_eq!(shown(&story(&library, other)), "daily* [planet]");
    assert!(library.engine.why(first, copy).unwrap().reasons.iter().any(|reason| reason.key == "why.you_apart_others"));
}

#[test]
fn a_stop_between_giving_a_story_and_comparing_loses_no_mark() {
    let library = Library::new();
    let (_, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 9);
    library.engine.open_post(first).unwrap();
    let late = library.follow("late");
    library.bring(late, vec![library.item("late", "Storm Ida closes the port of Lima", 1)]);
    // What a grouping does before it is stopped.
    let post = library.posts(late)[0];
    let home = library.engine.store.stories_of(&[first]).unwrap()[&first];
    library.engine.store.settle(&[(post, stories::Home::Known(home))], Default::default()).unwrap();
    assert!(!library.engine.post(post).unwrap().line.marks.relay);
    library.engine.group().unwrap();
    assert!(library.engine.post(post).unwrap().line.marks.relay, "it stays down");
    library.engine.mark(&[post], MarkView::Relay, false).unwrap();
    library.engine.group().unwrap();
    assert!(!library.engine.post(post).unwrap().line.marks.relay, "once");
}

#[test]
fn an_edit_that_makes_a_copy_of_a_telling_is_seen_when_it_comes() {
    let library = Library::new();
    let (_, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 9);
    let (late, _) =
        tell(&library, "planet", "Storm Ida closes the port of Lima", "We write of it soon, says Elena Ortega.", 8);
    assert_eq!(shown(&story(&library, first)), "gazette* planet");
    let html = Some(format!("<p>{STORM}</p>"));
    library.bring(late, vec![Item { html, ..library.item("planet", "Storm Ida closes the port of Lima", 8) }]);
    library.engine.group().unwrap();
    assert_eq!(shown(&story(&library, first)), "gazette* [planet]");
}

#[test]
fn news_that_two_bring_is_named_by_both() {
    let library = Library::new();
    let (_, first) = tell(&library, "gazette", "Storm Ida closes the port of Lima", STORM, 9);
    library.engine.open_post(first).unwrap();
    library.wait(10 * Moment::HOUR);
    tell(&library, "echo", "Storm Ida shuts the port of Lima", "The port of Lima is shut by storm Ida.", 2);
    let (_, news) = tell(
        &library,
        "daily",
        "Storm Ida: 12 dead as port of Lima floods Callao",
        "Storm Ida killed 12 people when the port of Lima flooded the streets of Callao, mayor Elena Ortega said.",
        1,
    );
    tell(
        &library,
        "late",
        "Storm Ida floods Callao: 12 dead at port of Lima",
        "The mayor of Lima, Elena Ortega, said that 12 people died in Callao when storm Ida flooded the port.",
        0,
    );
    assert_eq!(story(&library, first).tellings.len(), 4, "they are one story");
    let today = library.engine.today(&DigestAsk { again: true, ..DigestAsk::default() }).unwrap();
    let entry = today.entries.iter().find(|entry| entry.face.post == news).unwrap();
    let said = entry.news.as_ref().unwrap();
    assert_eq!(said.key, "story.news_words", "{said:?}");
    assert!(format!("{:?}", said.values).contains("12"), "{said:?}");
}

/// `count` tellings of one page, an hour apart, the last of them an hour ago; each says the same in words of its own.
fn many(library: &Library, name: &str, count: i64, ago: i64) -> Vec<PostId> {
    let posts = (0..count).map(|n| {
        let source = library.follow(&format!("{name}{n}"));
        let text: Vec<String> = (0..30).map(|w| format!("{name}{n}w{w}")).collect();
        let link = Some("https://port.example/storm".to_owned());
        let html = Some(format!("<p>{}</p>", text.join(" ")));
        let title = format!("Storm Ida closes the port of Lima, {name}{n} says");
        library
            .bring(source, vec![Item { html, link, ..library.item(&format!("{name}{n}"), &title, ago + count - n) }]);
        library.posts(source)[0]
    });
    posts.collect()
}

#[test]
fn of_a_story_that_very_many_tell_what_comes_late_and_was_told_early_stays_down_too() {
    let library = Library::new();
    let told = many(&library, "s", 40, 1);
    library.engine.group().unwrap();
    assert_eq!(story(&library, told[0]).tellings.len(), 40, "they are one story");
    library.engine.open_post(told[0]).unwrap();
    // Published among the first, found by the refresh after.
    let late = many(&library, "late", 3, 34);
    library.engine.group().unwrap();
    assert_eq!(story(&library, told[0]).tellings.len(), 43, "they are one story");
    let down: Vec<bool> = late.iter().map(|post| library.engine.post(*post).unwrap().line.marks.relay).collect();
    assert_eq!(down, [true, true, true]);
}

#[test]
fn of_a_story_that_very_many_tell_a_copy_stays_one_when_its_original_is_long_past() {
    let library = Library::new();
    let told = many(&library, "s", 3, 40);
    library.engine.group().unwrap();
    let link = Some("https://port.example/storm".to_owned());
    let html = Some((0..30).map(|w| format!("s1w{w} ")).collect::<String>());
    let mirror = library.follow("mirror");
    let title = "Storm Ida closes the port of Lima, s1 says";
    library.bring(mirror, vec![Item { html, link, ..library.item("mirror", title, 2) }]);
    library.engine.group().unwrap();
    let copies = |view: StoryView| -> Vec<(PostId, usize)> {
        let also = view.tellings.into_iter().filter(|telling| !telling.also.is_empty());
        also.map(|telling| (telling.line.post, telling.also.len())).collect()
    };
    assert_eq!(copies(story(&library, told[0])), [(told[1], 1)]);
    many(&library, "t", 31, 3);
    library.engine.group().unwrap();
    let view = story(&library, told[0]);
    let all: usize = view.tellings.iter().map(|telling| 1 + telling.also.len()).sum();
    assert_eq!(all, 35, "they are one story");
    assert_eq!(copies(view), [(told[1], 1)]);
}
