//! Holds which stories are candidates, and that each fact counts what it says.

use pepites_core::{
    model::{Address, Day, Enclosure, Item, Moment, Note, PostId, SourceId, Validators},
    score::{
        Facts, Weights, rank,
        rules::{About, Asked, Matter, Rule, Rules, Wish},
    },
    stories::Home,
};

use super::{StoryFacts, Window};
use crate::{
    EntryRow, How, Mark, NewDigest, NewSource, Outcome, Pace, Store, Visited, Words,
    digests::tests::{digest, entry},
    tests::{NOW, ago, everywhere, follow, group, item, new_source, read, story, titled, visit},
};

pub(crate) fn window() -> Window {
    Window {
        since: ago(7),
        after: None,
        undated: false,
        day: Day("2026-11-23".into()),
        not_shown_today: false,
        settled_too: false,
    }
}

fn facts(store: &Store, window: &Window) -> Vec<Facts> {
    let found = store.facts(window, &Rules::default(), NOW).unwrap();
    found.stories.into_iter().map(|StoryFacts { facts, .. }| facts).collect()
}

/// Titles of the faces of the candidates, in order.
fn faces(store: &Store, window: &Window) -> String {
    facts(store, window).into_iter().map(|facts| facts.title).collect::<Vec<_>>().join(" | ")
}

fn of(store: &Store, title: &str) -> Facts {
    facts(store, &window()).into_iter().find(|facts| facts.title == title).unwrap()
}

fn tell(store: &Store, source: SourceId, page: &str, title: &str, at: Moment) {
    read(store, source, NOW, vec![item(page, title, &format!("<p>{title}, told in some words</p>"), at)]);
}

#[test]
fn a_story_is_shown_until_it_was_read_skipped_left_or_shown_before() {
    everywhere(|store| {
        let (a, b, c) = (follow(store, "a"), follow(store, "b"), follow(store, "c"));
        tell(store, a, "quake", "Quake in Lima", ago(2));
        tell(store, b, "quake", "Lima shaken", ago(1));
        tell(store, b, "only", "Only of b", ago(1));
        tell(store, c, "old", "Too old", ago(30));
        group(store);
        let both = "Quake in Lima | Only of b";
        assert_eq!(faces(store, &window()), both);

        let mark = |title, mark, on| store.mark(&[titled(store, title)], mark, on, How::Opened, NOW, 0).unwrap();
        for kind in [Mark::Read, Mark::Skipped] {
            mark("Lima shaken", kind, true);
            assert_eq!(faces(store, &window()), "Only of b", "a story read in one telling is read: {kind:?}");
            mark("Lima shaken", kind, false);
            if kind == Mark::Read {
                assert_eq!(
                    faces(store, &window()),
                    "Lima shaken | Only of b",
                    "un-reading one brings back that one alone"
                );
                mark("Quake in Lima", kind, false);
            }
            assert_eq!(faces(store, &window()), both);
        }
        mark("Quake in Lima", Mark::Starred, true);
        assert_eq!(faces(store, &window()), both, "a star is not a reading");

        store.unfollow(b, NOW).unwrap();
        assert_eq!(faces(store, &window()), "Quake in Lima");
        store.unfollow(a, NOW).unwrap();
        assert_eq!(faces(store, &window()), "");
        store.follow_again(b, NOW).unwrap();
        assert_eq!(faces(store, &window()), "Lima shaken | Only of b", "the face is of a followed source");
        let lima = of(store, "Lima shaken");
        assert_eq!((lima.first, lima.tellings, lima.sources), (false, 1, 1));
        store.follow_again(a, NOW).unwrap();

        let shown = entry(story(store, "Quake in Lima"), titled(store, "Quake in Lima"));
        store.keep_digest(&digest("2026-11-23", vec![shown.clone()]), None).unwrap();
        assert_eq!(faces(store, &window()), both, "today's digest may be made again");
        assert_eq!(faces(store, &Window { not_shown_today: true, ..window() }), "Only of b");
        store.keep_digest(&digest("2026-11-22", vec![shown]), None).unwrap();
        assert_eq!(faces(store, &window()), "Only of b", "shown on another day");
    });
}

#[test]
fn what_arrived_late_is_in_the_window_but_not_the_backlog_of_a_new_source() {
    everywhere(|store| {
        let source = follow(store, "a");
        read(store, source, ago(3), vec![item("1", "Backlog", "<p>one</p>", ago(40))]);
        read(store, source, ago(2), vec![item("2", "Slow", "<p>two</p>", ago(20))]);
        read(store, source, ago(1), vec![item("3", "Fresh", "<p>three</p>", ago(1))]);
        read(store, source, ago(1), vec![item("4", "Found in a cellar", "<p>four</p>", ago(38))]);
        group(store);
        assert_eq!(faces(store, &window()), "Fresh");
        let after = |title: &str| {
            let after = (!title.is_empty()).then(|| titled(store, title));
            let mut faces: Vec<String> =
                facts(store, &Window { after, ..window() }).into_iter().map(|facts| facts.title).collect();
            faces.sort();
            faces.join(" | ")
        };
        assert_eq!(after("Backlog"), "Fresh | Slow");
        assert_eq!(after("Slow"), "Fresh");
        assert_eq!(after(""), "Fresh");
        let all = Window { after: Some(PostId(0)), ..window() };
        assert_eq!(facts(store, &all).len(), 2, "neither the backlog nor what is a month late");
    });
}

#[test]
fn posts_without_a_story_are_no_candidates_yet() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    tell(&store, source, "x", "Waiting", ago(1));
    assert_eq!(faces(&store, &window()), "");
    group(&store);
    assert_eq!(faces(&store, &window()), "Waiting");
}

#[test]
fn what_a_source_published_while_it_was_left_is_a_backlog() {
    let check = |left_days: i64, unchanged: bool, again: fn(&Store, SourceId), expected: &str| {
        everywhere(|store| {
            let source = follow(store, "a");
            read(store, source, ago(25), vec![item("0", "Before", "<p>before</p>", ago(25))]);
            let seen = titled(store, "Before");
            store.unfollow(source, ago(left_days)).unwrap();
            again(store, source);
            if unchanged {
                let outcome = Outcome::Unchanged(Validators::default());
                store.keep_visits(vec![Visited { source, at: NOW, outcome, pace: Pace::default() }]).unwrap();
            }
            let items = [("1", "Meanwhile", 20), ("2", "Lately", 1)];
            let items = items.map(|(name, title, days)| item(name, title, &format!("<p>{title}</p>"), ago(days)));
            read(store, source, NOW, items.to_vec());
            group(store);
            let mut faces: Vec<String> =
                facts(store, &Window { after: Some(seen), ..window() }).into_iter().map(|facts| facts.title).collect();
            faces.sort();
            assert_eq!(faces.join(" | "), expected, "left {left_days} days ago");
        });
    };
    let undo = |store: &Store, source| store.follow_again(source, NOW).unwrap();
    let anew = |store: &Store, _| drop(store.add_sources(&[new_source("a")], NOW).unwrap());
    for again in [undo, anew as fn(&Store, SourceId)] {
        check(24, false, again, "Lately");
        check(0, false, again, "Lately | Meanwhile");
        check(24, true, again, "Lately | Meanwhile");
    }
}

#[test]
fn an_archive_without_dates_did_not_happen_just_now() {
    everywhere(|store| {
        let source = follow(store, "a");
        let undated = |name: &str, title: &str| Item { published: None, ..item(name, title, "<p>some words</p>", NOW) };
        read(store, source, ago(1), vec![undated("1", "Archive"), item("2", "Dated", "<p>dated words</p>", ago(1))]);
        read(store, source, NOW, vec![undated("3", "New")]);
        group(store);
        assert_eq!(facts(store, &window()).len(), 2);
        assert_eq!(faces(store, &window()), "Dated | New");
        assert_eq!(facts(store, &Window { undated: true, ..window() }).len(), 3);
    });
}

#[test]
fn what_was_fetched_before_a_digest_and_grouped_after_it_is_for_the_next() {
    everywhere(|store| {
        let source = follow(store, "a");
        assert_eq!(store.facts(&window(), &Rules::default(), NOW).unwrap().seen, PostId(0));
        read(store, source, ago(3), vec![item("1", "First", "<p>one</p>", ago(3))]);
        group(store);
        read(store, source, ago(2), vec![item("2", "Waiting", "<p>two</p>", ago(9))]);
        read(store, source, ago(2), vec![item("3", "Grouped", "<p>three</p>", ago(9))]);
        let grouped = titled(store, "Grouped");
        store.settle(&[(grouped, Home::OpenedBy(grouped))], Words::default()).unwrap();
        let seen = store.facts(&window(), &Rules::default(), NOW).unwrap().seen;
        assert_eq!(seen, titled(store, "First"), "the one that waits is not seen");
        group(store);
        assert_eq!(store.facts(&window(), &Rules::default(), NOW).unwrap().seen, grouped);
        let next = Window { since: ago(1), after: Some(seen), ..window() };
        assert_eq!(faces(store, &next), "Grouped | Waiting");
    });
}

#[test]
fn each_fact_counts_what_it_says() {
    everywhere(|store| {
        let [a, b, c, d] = ["a", "b", "c", "d"].map(|name| follow(store, name));
        let link = |page: &str| format!(r#"<a href="https://elsewhere.example/{page}.html">a page elsewhere</a>"#);
        let to_face = r#"<a href="https://pages.example/2026/face.html">the page itself</a>"#;
        // On a site of its own: links within a site do not point.
        let at_home = |site: &str, item: Item| {
            let link = Some(format!("https://{site}.example/{}.html", item.id.clone().unwrap().replace(':', "-")));
            Item { link, ..item }
        };
        let by = |name: &str, item: Item| Item { authors: vec![name.to_owned()], ..item };

        let html = format!("<p>The face: {} and {}</p><pre>code</pre>", link("rare"), link("common"));
        let picture =
            Enclosure { url: "https://media.example/p.jpg".into(), media_type: None, bytes: None, seconds: None };
        let face = Item { enclosures: vec![picture], ..by("Ada", item("face", "The face", &html, ago(2))) };
        read(
            store,
            a,
            NOW,
            vec![
                face,
                by("Ada", item("a1", "Another of Ada", "<p>one</p>", ago(5))),
                by("Bob", item("a2", "One of Bob", "<p>two</p>", ago(9))),
                by("Ada", item("a3", "Long ago", "<p>three</p>", ago(50))),
            ],
        );
        // A relay, and a page of the same source that links to it: neither points from outside.
        read(store, b, NOW, vec![item("face", "The relay", "<p>relayed</p>", ago(1))]);
        read(store, a, NOW, vec![at_home("a", item("a4", "Myself again", &format!("<p>See {to_face}</p>"), ago(45)))]);
        read(
            store,
            c,
            NOW,
            vec![
                by("Ada", at_home("c", item("c1", "Pointing", &format!("<p>See {to_face}</p>"), ago(1)))),
                at_home(
                    "c",
                    item("c2", "Pointing twice", &format!("<p>See {to_face} and {}</p>", link("common")), ago(1)),
                ),
            ],
        );
        read(store, d, NOW, vec![at_home("d", item("d1", "Pointing too", &format!("<p>See {to_face}</p>"), ago(60)))]);
        group(store);
        // Grouping may take a note that only points for a relay; here these are posts of their own.
        let pointing = story(store, "Pointing");
        let mark = |title, mark, how, at| store.mark(&[titled(store, title)], mark, true, how, at, 0).unwrap();
        mark("Another of Ada", Mark::Read, How::Opened, ago(3));
        mark("One of Bob", Mark::Read, How::ByHand, ago(80));
        mark("Long ago", Mark::Read, How::InBulk, ago(3));
        mark("Myself again", Mark::Read, How::Opened, ago(91));
        mark("Long ago", Mark::Starred, How::ByHand, ago(300));
        let show = |title: &str, made| {
            let entry = EntryRow { posts: Vec::new(), ..entry(story(store, title), titled(store, title)) };
            store.keep_digest(&NewDigest { made, ..digest("2026-10-01", vec![entry]) }, None).unwrap();
        };
        show("Long ago", ago(20));
        show("Long ago", ago(19));
        show("One of Bob", ago(89));
        show("Myself again", ago(95));

        let facts = of(store, "The face");
        assert_ne!(facts.story, pointing);
        assert_eq!((facts.face, facts.source, facts.kind.as_str()), (titled(store, "The face"), a, "feed"));
        assert_eq!((facts.published, facts.now, facts.untitled), (ago(2), NOW, false));
        assert_eq!((facts.source_posts_30d, facts.source_days), (3, 30));
        assert_eq!(facts.author_posts_30d, Some(3), "over all sources");
        assert_eq!((facts.sources, facts.tellings, facts.first), (2, 2, true));
        assert_eq!(facts.pointed_at_by, 2);
        assert_eq!((facts.links_out, facts.rare_links), (2, 1));
        assert_eq!(facts.illustrations, 2, "a picture and a listing of code");
        assert_eq!(facts.words, store.post(facts.face).unwrap().words);
        assert_eq!(facts.usual_words, (facts.words + 1 + 1) / 3, "of the face and two posts of a word");
        assert_eq!((facts.source_read_90d, facts.source_starred, facts.source_shown_90d), (2, 1, 2));
    });
}

#[test]
fn a_note_that_only_points_neither_tells_nor_stands_for_what_it_points_to() {
    everywhere(|store| {
        let [page, planet, ada, bob] = ["page", "planet", "ada", "bob"].map(|name| follow(store, name));
        let link = r#"<p>Read this <a href="https://pages.example/2026/find.html">find</a></p>"#;
        let note = |name: &str, at| Item {
            title: None,
            link: Some(format!("https://{name}.example/note")),
            ..item(name, "", link, at)
        };
        // The note came first: its page has no date of its own.
        read(store, ada, NOW, vec![note("ada", ago(3))]);
        read(store, page, NOW, vec![item("find", "The find", "<p>found</p>", ago(2))]);
        read(store, bob, NOW, vec![note("bob", ago(1))]);
        let posts: Vec<_> = store.ungrouped(10).unwrap().into_iter().map(|telling| telling.post).collect();
        let together =
            |posts: &[PostId]| posts.iter().map(|&post| (post, Home::OpenedBy(posts[0]))).collect::<Vec<_>>();
        store.settle(&together(&posts), Words::default()).unwrap();
        let found = of(store, "The find");
        assert_eq!((found.sources, found.tellings, found.pointed_at_by, found.untitled), (1, 3, 2, false));

        // A relay that links to what it relays tells it too.
        read(store, planet, NOW, vec![item("other", "The find, relayed", link, ago(1))]);
        let relay = titled(store, "The find, relayed");
        store.settle(&[(relay, Home::Known(found.story))], Words::default()).unwrap();
        let found = of(store, "The find");
        assert_eq!((found.sources, found.tellings, found.pointed_at_by), (2, 4, 2));

        // Nobody followed tells it: the first who points stands for it.
        store.unfollow(page, NOW).unwrap();
        store.unfollow(planet, NOW).unwrap();
        let [pointing] = facts(store, &window()).try_into().unwrap();
        assert_eq!((pointing.source, pointing.sources, pointing.pointed_at_by), (ada, 1, 1));
    });
}

#[test]
fn who_passes_on_votes_once_on_however_many_networks_and_writes_nothing_by_it() {
    everywhere(|store| {
        let page = follow(store, "page");
        let person = |kind: &str, locator: &str| {
            let address = Address { kind: kind.to_owned(), locator: locator.to_owned() };
            let new = NewSource { address, title: Some("Ada Lovelace".to_owned()), ..new_source("ada") };
            store.add_sources(&[new], ago(100)).unwrap()[0].id
        };
        let there = person("mastodon", "https://social.example/@ada");
        let here = person("bluesky", "https://bsky.app/profile/ada.bsky.social");
        let found = "https://pages.example/2026/find.html";
        let boost = |name: &str| Item {
            title: None,
            link: Some(found.to_owned()),
            note: Note { boosted_by: Some("Ada".to_owned()), points_to: vec![found.to_owned()], ..Note::default() },
            ..item(name, "", "<p>found</p>", ago(1))
        };
        read(store, page, NOW, vec![item("find", "The find", "<p>found</p>", ago(2))]);
        read(store, there, NOW, vec![boost("one")]);
        read(store, here, NOW, vec![boost("two")]);
        group(store);
        let fact = of(store, "The find");
        assert_eq!((fact.sources, fact.tellings, fact.pointed_at_by), (1, 3, 1), "one person, one vote");
        store.rename_source(here, Some("Another Ada"), NOW).unwrap();
        assert_eq!(of(store, "The find").pointed_at_by, 2, "the reader parted them");
        store.unfollow(page, NOW).unwrap();
        let [passed_on] = facts(store, &window()).try_into().unwrap();
        assert_eq!((passed_on.source, passed_on.source_posts_30d), (there, 1), "what it passes on is what it brings");
        assert_eq!(store.post(passed_on.face).unwrap().boosted_by.as_deref(), Some("Ada"));
    });
}

#[test]
fn who_proves_one_page_on_two_networks_votes_once_under_whatever_name() {
    everywhere(|store| {
        let page = follow(store, "page");
        let found = "https://pages.example/2026/find.html";
        read(store, page, NOW, vec![item("find", "The find", "<p>found</p>", ago(2))]);
        let vouches = |name: &str, proven: &[&str]| {
            let source = follow(store, name);
            let note = Note { points_to: vec![found.to_owned()], boosted_by: Some(name.to_owned()), ..Note::default() };
            let post =
                Item { title: None, link: Some(found.to_owned()), note, ..item(name, "", "<p>found</p>", ago(1)) };
            let mut visited = visit(store, source, NOW, vec![post]);
            let Outcome::Read { title, pages, .. } = &mut visited.outcome else { panic!("not read") };
            (*title, *pages) = (Some(name.to_owned()), Some(proven.iter().map(|&page| page.to_owned()).collect()));
            store.keep_visits(vec![visited]).unwrap();
        };
        vouches("ada", &["https://ada.example"]);
        vouches("countess", &["https://club.example", "https://ada.example"]);
        vouches("bo", &["https://bo.example"]);
        group(store);
        assert_eq!(of(store, "The find").pointed_at_by, 2);
    });
}

#[test]
fn who_passes_on_a_lot_is_heard_often_there_and_seldom_in_their_own_words() {
    everywhere(|store| {
        let ada = follow(store, "ada");
        let note = |name: String, author: &str, boosted_by: Option<&str>| Item {
            title: None,
            authors: vec![author.to_owned()],
            note: Note { boosted_by: boosted_by.map(str::to_owned), ..Note::default() },
            ..item(&name, "", &format!("<p>{name} {}</p>", "careful ".repeat(60)), ago(1))
        };
        let boosts = (0..40).map(|at| note(format!("boost{at}"), &format!("Stranger {at}"), Some("Ada")));
        read(store, ada, NOW, boosts.chain([note("own".to_owned(), "Ada", None)]).collect());
        group(store);
        let found = facts(store, &window());
        assert_eq!(found.len(), 41);
        for facts in found {
            let own = facts.author.as_deref() == Some("Ada");
            let expected = if own { (1, Some(1)) } else { (41, None) };
            assert_eq!((facts.source_posts_30d, facts.author_posts_30d), expected, "{:?}", facts.author);
            // As if she had been followed for a month: one note then is rare, forty are not.
            let ranked = rank(&Facts { source_days: 30, ..facts }, &Weights::new());
            assert_eq!(ranked.nugget, own, "{:?}", ranked.nugget_reasons);
        }
    });
}

#[test]
fn what_is_muted_is_nowhere_and_another_telling_stands_for_the_story() {
    everywhere(|store| {
        let (a, b) = (follow(store, "a"), follow(store, "b"));
        tell(store, a, "quake", "Quake in Lima", ago(2));
        tell(store, b, "quake", "Lima shaken", ago(1));
        tell(store, b, "only", "Only of b", ago(1));
        group(store);
        let check = |kind: Matter, name: &str, expected: &str| {
            let about = About::new(kind, name);
            let rule = Rule { wish: Wish::Mute, about, shown: name.to_owned(), within: None, until: None };
            let stories = store.facts(&window(), &Rules::new([rule], NOW, 230), NOW).unwrap().stories;
            let faces: Vec<String> = stories.iter().map(|story| story.facts.title.clone()).collect();
            assert_eq!(faces.join(" | "), expected, "{kind:?} {name}");
            assert!(stories.iter().all(|story| kind != Matter::Source || story.facts.sources == 1));
        };
        check(Matter::Word, "hail", "Quake in Lima | Only of b");
        check(Matter::Word, "lima", "Only of b");
        check(Matter::Word, "quake", "Only of b");
        check(Matter::Source, &a.to_string(), "Lima shaken | Only of b");
        check(Matter::Source, &b.to_string(), "Quake in Lima");
    });
}

#[test]
fn what_the_reader_asked_for_stands_in_the_facts() {
    everywhere(|store| {
        tell(store, follow(store, "a"), "quake", "Quake in Lima", ago(2));
        group(store);
        let rule = |wish, name: &str| {
            let about = About::new(Matter::Word, name);
            Rule { wish, about, shown: name.to_owned(), within: None, until: None }
        };
        let rules = Rules::new([rule(Wish::Like, "Lima"), rule(Wish::Dislike, "quake")], NOW, 230);
        let stories = store.facts(&window(), &rules, NOW).unwrap().stories;
        assert_eq!(
            stories[0].facts.asked,
            Asked { more: vec!["Lima".to_owned()], less: vec!["quake".to_owned()], always: vec![] }
        );
    });
}

#[test]
fn links_to_what_was_read_or_shown_on_another_day_are_counted() {
    everywhere(|store| {
        let (a, b) = (follow(store, "a"), follow(store, "b"));
        tell(store, a, "read", "Read", ago(3));
        tell(store, a, "shown", "Shown", ago(3));
        let links = ["read", "shown", "new"]
            .map(|page| format!("<a href=\"https://pages.example/2026/{page}.html\">{page}</a>"));
        let html = format!("<p>Links of the week: {}</p>", links.join(", "));
        read(
            store,
            b,
            NOW,
            vec![Item { link: Some("https://b.example/links".to_owned()), ..item("links", "Links", &html, ago(1)) }],
        );
        group(store);
        assert_eq!(of(store, "Links").seen_links, 0);
        store.mark(&[titled(store, "Read")], Mark::Read, true, How::Opened, ago(1), 0).unwrap();
        assert_eq!(of(store, "Links").seen_links, 1);
        let shown = entry(story(store, "Shown"), titled(store, "Shown"));
        let mut earlier = digest("2026-11-22", vec![shown]);
        earlier.made = ago(1);
        store.keep_digest(&earlier, None).unwrap();
        assert_eq!(of(store, "Links").seen_links, 2);
        store.mark(&[titled(store, "Read")], Mark::Read, true, How::InBulk, ago(1), 0).unwrap();
    });
}

#[test]
fn what_was_read_since_can_be_counted_too() {
    everywhere(|store| {
        tell(store, follow(store, "a"), "quake", "Quake in Lima", ago(2));
        group(store);
        store.mark(&[titled(store, "Quake in Lima")], Mark::Read, true, How::Opened, NOW, 0).unwrap();
        assert_eq!(faces(store, &window()), "");
        assert_eq!(faces(store, &Window { settled_too: true, ..window() }), "Quake in Lima");
    });
}

#[test]
fn a_post_that_a_timeline_carries_too_is_told_once_whichever_came_first() {
    for timeline_first in [true, false] {
        everywhere(|store| {
            let follow = |kind: &str, locator: &str| {
                let address = Address { kind: kind.to_owned(), locator: locator.to_owned() };
                store.add_sources(&[NewSource { address, ..new_source("a") }], ago(100)).unwrap()[0].id
            };
            let home = || follow("mastodon", "https://social.example/api/v1/timelines/home?of=me");
            let ada = || follow("mastodon", "https://social.example/@ada");
            let (home, ada) = if timeline_first {
                (home(), ada())
            } else {
                let ada = ada();
                (home(), ada)
            };
            let note = || vec![item("lamp", "The lamp burns", "<p>words</p>", ago(1))];
            for source in if timeline_first { [home, ada] } else { [ada, home] } {
                assert_eq!(read(store, source, NOW, note()).new, 1);
            }
            group(store);
            let lamp = of(store, "The lamp burns");
            assert_eq!((lamp.sources, lamp.tellings, lamp.source, lamp.first), (1, 1, ada, true), "{timeline_first}");
            store.unfollow(ada, NOW).unwrap();
            let lamp = of(store, "The lamp burns");
            assert_eq!((lamp.sources, lamp.tellings, lamp.source), (1, 1, home), "alone, the timeline tells it");
        });
    }
}
