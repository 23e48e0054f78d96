//! Holds that a visit keeps what is new, changes what was edited, and never doubles, loses or revives a post.

use pepites_core::model::{Item, Moment, Note, Phrase, Quiet, SourceId, Validators};

use crate::{
    How, KeepRule, Kept, Mark, Outcome, Pace, StillThere, Store, Visited,
    tests::{NOW, ago, everywhere, failed, follow, item, number, read, titled, visit},
};

fn one(name: &str, title: &str) -> Item {
    item(name, title, &format!("<p>body of {title}</p>"), ago(1))
}

fn counted(store: &Store, source: SourceId, items: Vec<Item>) -> (u32, u32) {
    let Kept { new, edited, .. } = read(store, source, NOW, items);
    (new, edited)
}

#[test]
fn a_repeat_is_nothing_and_an_edit_changes_the_post_and_never_its_marks() {
    everywhere(|store| {
        let source = follow(store, "a");
        assert_eq!(counted(store, source, vec![one("x", "First"), one("y", "Other")]), (2, 0));
        let post = titled(store, "First");
        store.mark(&[post], Mark::Read, true, How::Opened, NOW, 0).unwrap();
        store.mark(&[post], Mark::Starred, true, How::ByHand, NOW, 0).unwrap();
        assert_eq!(counted(store, source, vec![one("x", "First"), one("y", "Other")]), (0, 0));
        assert_eq!(store.post(post).unwrap().edited, None);
        assert_eq!(counted(store, source, vec![one("x", "Corrected"), one("y", "Other")]), (0, 1));
        let edited = store.post(post).unwrap();
        assert_eq!((edited.title.as_str(), edited.edited), ("Corrected", Some(NOW)));
        assert!(edited.marks.read.is_some() && edited.marks.starred.is_some());
        assert!(edited.html.as_str().contains("body of Corrected"));
        let found = |words| store.search(words, 9, 0).unwrap().len();
        assert_eq!((found("first"), found("corrected"), found("body")), (0, 1, 2));
    });
}

#[test]
fn a_post_is_known_by_any_of_its_identities() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    read(&store, source, NOW, vec![one("x", "First")]);
    let mut other = one("x", "First");
    other.id = Some("guid:changed".to_owned());
    assert_eq!(counted(&store, source, vec![other.clone()]), (0, 0), "by where it is, under which title");
    other.link = Some("https://pages.example/2026/moved.html".to_owned());
    other.title = Some("Rewritten".to_owned());
    assert_eq!(counted(&store, source, vec![other.clone()]), (0, 1), "by the guid that it was given meanwhile");
    other.id = Some("guid:changed again".to_owned());
    assert_eq!(counted(&store, source, vec![other]), (0, 0), "by where it was moved to");
    assert_eq!(store.size().unwrap().posts, 1);
}

#[test]
fn the_same_item_in_two_sources_is_two_posts() {
    let store = Store::memory().unwrap();
    for name in ["a", "b"] {
        let source = follow(&store, name);
        assert_eq!(counted(&store, source, vec![one("x", "Same")]), (1, 0));
    }
}

#[test]
fn a_post_that_takes_over_the_link_of_an_older_one_is_a_new_post() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    let of_the_day =
        |name: &str| Item { link: Some("https://pages.example/today/news.html".to_owned()), ..one(name, name) };
    read(&store, source, NOW, vec![of_the_day("Monday")]);
    let monday = Item { link: Some("https://pages.example/2026/monday.html".to_owned()), ..one("Monday", "Monday") };
    for _ in 0..2 {
        // Whatever the order, and however often: yesterday's post is known by its guid, today's is not taken for it.
        read(&store, source, NOW, vec![of_the_day("Tuesday"), monday.clone()]);
        read(&store, source, NOW, vec![monday.clone(), of_the_day("Tuesday")]);
    }
    assert_eq!(store.size().unwrap().posts, 2);
    let titles: Vec<String> = store.posts_of(source, 9, 0).unwrap().into_iter().map(|post| post.title).collect();
    assert_eq!(titles, ["Tuesday", "Monday"]);
    assert!(store.posts_of(source, 9, 0).unwrap().iter().all(|post| post.edited.is_none()));
}

#[test]
fn a_pause_in_the_middle_of_a_conversation_is_kept_and_nothing_else_is_said_of_the_source() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    let until = NOW.plus(Moment::HOUR);
    let held = |at: Moment| Visited {
        source,
        at,
        outcome: Outcome::Held,
        pace: Pace { hold_until: Some(until), ..Pace::default() },
    };
    store.keep_visits(vec![held(NOW)]).unwrap();
    let kept = store.source(source).unwrap();
    assert_eq!((kept.hold_until, kept.failures, kept.trouble), (Some(until), 0, None));
    assert!(kept.next_visit >= Some(until), "{:?}", kept.next_visit);
    // What was wrong before is still so, and what comes first afterwards is still its backlog.
    let failed = Outcome::Failed { trouble: Phrase::new("trouble.server"), gone: false };
    store.keep_visits(vec![Visited { source, at: NOW, outcome: failed, pace: Pace::default() }]).unwrap();
    store.keep_visits(vec![held(NOW)]).unwrap();
    let kept = store.source(source).unwrap();
    assert_eq!((kept.failures, kept.trouble), (1, Some(Phrase::new("trouble.server"))));
}

#[test]
fn one_post_twice_in_one_visit_is_one_post() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    let twice = visit(&store, source, NOW, vec![one("x", "Twice")]);
    let Outcome::Read { posts, .. } = &twice.outcome else { panic!("not read") };
    let doubled = vec![posts[0].clone(), posts[0].clone()];
    let Outcome::Read { title, site, portrait, pages, icon, feed, validators, body_hash, .. } = twice.outcome.clone()
    else {
        panic!("not read")
    };
    let outcome = Outcome::Read {
        title,
        site,
        portrait,
        pages,
        icon,
        feed,
        validators,
        body_hash,
        posts: doubled,
        notice: None,
        whole: None,
    };
    for new in [1, 0] {
        let kept = store.keep_visits(vec![Visited { outcome: outcome.clone(), ..twice.clone() }]).unwrap();
        assert_eq!((kept[0].new, kept[0].edited), (new, 0));
    }
}

#[test]
fn a_source_visited_twice_in_one_transaction_ends_as_the_second_visit_found_it() {
    everywhere(|store| {
        let source = follow(store, "a");
        let visits = vec![
            visit(store, source, ago(1), vec![one("x", "Before")]),
            visit(store, source, NOW, vec![one("x", "After"), one("y", "More")]),
        ];
        let kept = store.keep_visits(visits).unwrap();
        assert_eq!(kept.iter().map(|kept| (kept.new, kept.edited)).collect::<Vec<_>>(), [(1, 0), (1, 1)]);
        assert_eq!(store.search("before", 9, 0).unwrap().len(), 0);
        assert_eq!(store.search("after", 9, 0).unwrap().len(), 1);
    });
}

#[test]
fn a_dropped_post_that_is_still_in_the_feed_does_not_come_back() {
    everywhere(|store| {
        let source = follow(store, "a");
        read(store, source, ago(50), vec![one("x", "Old"), one("y", "Older")]);
        let rule = KeepRule { read_days: Some(10), unread_days: Some(10) };
        assert_eq!(store.trim(rule, NOW).unwrap().posts, 2);
        assert_eq!(
            counted(store, source, vec![one("x", "Old"), one("y", "Edited meanwhile"), one("z", "New")]),
            (1, 0)
        );
        assert_eq!(store.size().unwrap().posts, 1);
    });
}

#[test]
fn posts_of_the_first_visit_are_the_backlog_of_a_source() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    store.keep_visits(vec![failed(source, ago(3), false)]).unwrap();
    read(&store, source, ago(2), vec![one("x", "First")]);
    read(&store, source, ago(1), vec![one("x", "First"), one("y", "Second")]);
    assert_eq!(number(&store, "SELECT group_concat(title) = 'First' FROM posts WHERE backlog = 1"), 1);
    let post = store.post(titled(&store, "Second")).unwrap();
    assert_eq!((post.arrived, post.source), (ago(1), source));
}

#[test]
fn a_failure_is_counted_and_told_and_forgets_nothing() {
    everywhere(|store| {
        let source = follow(store, "a");
        let validators = Validators { etag: Some("\"v1\"".to_owned()), last_modified: Some("Monday".to_owned()) };
        let mut first = visit(store, source, ago(3), vec![one("x", "First")]);
        let Outcome::Read { validators: kept, body_hash, title, site, feed, .. } = &mut first.outcome else { panic!() };
        (*kept, *body_hash) = (validators.clone(), Some(u64::MAX));
        (*title, *site) = (Some("Own title".to_owned()), Some("https://a.example/".to_owned()));
        *feed = Some("https://a.example/elsewhere".to_owned());
        store.keep_visits(vec![first]).unwrap();
        store.keep_visits(vec![failed(source, ago(2), false), failed(source, ago(1), false)]).unwrap();
        let known = store.source(source).unwrap();
        assert_eq!((known.failures, known.gone, known.visited), (2, false, Some(ago(1))));
        assert_eq!(known.trouble.unwrap().key, "trouble.test");
        assert_eq!((known.validators, known.body_hash), (validators.clone(), Some(u64::MAX)));
        assert_eq!((known.title.as_str(), known.last_new), ("Own title", Some(ago(3))));
        assert_eq!(known.feed.as_deref(), Some("https://a.example/elsewhere"));
        assert!(known.next_visit.unwrap() > ago(1));

        // 304 with a new etag only: what it does not give stays.
        let given = Validators { etag: Some("\"v2\"".to_owned()), last_modified: None };
        let unchanged = Visited { source, at: NOW, outcome: Outcome::Unchanged(given), pace: Pace::default() };
        store.keep_visits(vec![unchanged]).unwrap();
        let known = store.source(source).unwrap();
        assert_eq!((known.failures, known.trouble, known.last_new), (0, None, Some(ago(3))));
        assert_eq!(known.validators, Validators { etag: Some("\"v2\"".to_owned()), ..validators });
        store.keep_visits(vec![failed(source, NOW, true)]).unwrap();
        assert!(store.source(source).unwrap().gone);
    });
}

#[test]
fn the_readers_name_for_a_source_outlives_a_title_that_says_the_same() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    store.rename_source(source, Some("Lima Today"), NOW).unwrap();
    let titled = |title: &str| {
        let mut visit = visit(&store, source, NOW, Vec::new());
        let Outcome::Read { title: own, .. } = &mut visit.outcome else { panic!("not read") };
        *own = Some(title.to_owned());
        store.keep_visits(vec![visit]).unwrap();
        store.source(source).unwrap()
    };
    assert_eq!(titled("Lima").name.as_deref(), Some("Lima Today"));
    assert_eq!(titled("Lima Today").name, None, "it says nothing of its own");
    let later = titled("Lima Tomorrow");
    assert_eq!((later.shown(), later.title.as_str()), ("Lima Today", "Lima Tomorrow"));
    assert_eq!(titled("  ").title, "Lima Tomorrow", "an empty title is none");
}

#[test]
fn a_move_for_good_is_believed_when_it_has_held_for_a_while() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    let hours_ago = |hours: i64| NOW.plus(-hours * Moment::HOUR);
    let feed_after = |hours: i64, to: Option<&str>| {
        let mut visit = visit(&store, source, hours_ago(hours), Vec::new());
        visit.pace.moved = to.map(str::to_owned);
        store.keep_visits(vec![visit]).unwrap();
        store.source(source).unwrap().feed
    };
    let hotel = Some("http://hotel.example/feed");
    let there = Some("https://new.example/feed");
    assert_eq!(feed_after(200, hotel), None);
    assert_eq!(feed_after(190, None), None, "read at its old address: no move");
    assert_eq!(feed_after(140, hotel), None, "counted anew");
    assert_eq!(feed_after(130, there), None, "somewhere else: counted anew");
    store.keep_visits(vec![failed(source, hours_ago(100), false)]).unwrap();
    assert_eq!(feed_after(90, there), None);
    assert_eq!(feed_after(82, there).as_deref(), there, "48 hours");
    assert_eq!(feed_after(80, None).as_deref(), there, "asked at its new place, it moves no more");
}

#[test]
fn a_visit_says_why_the_next_is_when_it_is() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    let why = || store.source(source).unwrap().next_why.map(|why| why.key);
    assert_eq!(why(), None);
    read(&store, source, ago(2), vec![one("x", "First")]);
    assert_eq!(why().as_deref(), Some("next.rhythm"));
    store.keep_visits(vec![failed(source, NOW, false)]).unwrap();
    assert_eq!(why().as_deref(), Some("next.failed"));
}

#[test]
fn a_hold_is_kept_until_a_visit_that_does_not_repeat_it() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    let until = NOW.plus(2 * Moment::DAY);
    let held = Visited { pace: Pace { hold_until: Some(until), ..Pace::default() }, ..failed(source, NOW, false) };
    store.keep_visits(vec![held]).unwrap();
    let known = store.source(source).unwrap();
    assert_eq!(known.hold_until, Some(until));
    assert!(known.next_visit.unwrap() >= until, "asked while on hold");
    read(&store, source, until, Vec::new());
    assert_eq!(store.source(source).unwrap().hold_until, None);
}

#[test]
fn a_visit_to_an_unknown_source_does_not_stop_the_others() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    let visits = vec![failed(SourceId(99), NOW, false), visit(&store, source, NOW, vec![one("x", "Kept")])];
    let kept = store.keep_visits(visits).unwrap();
    assert_eq!(kept, [Kept { source, new: 1, edited: 0 }]);
}

#[test]
fn links_to_other_sites_and_story_keys_follow_an_edit() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    let linking = |page: &str| {
        let html = format!(r#"<p>See <a href="https://elsewhere.example/{page}.html">this page here</a></p>"#);
        item("x", "Linking", &html, ago(1))
    };
    let links = || {
        store
            .read(|library| {
                let mut statement = library.prepare("SELECT link FROM post_links ORDER BY link")?;
                Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?)
            })
            .unwrap()
    };
    read(&store, source, NOW, vec![linking("one")]);
    let before = links();
    read(&store, source, NOW, vec![linking("two")]);
    assert_eq!((before.len(), links().len()), (1, 1));
    assert_ne!(before, links());
    let keys = number(&store, "SELECT count(*) FROM story_keys");
    assert!(keys > 0);
    read(&store, source, NOW, vec![linking("three")]);
    assert_eq!(number(&store, "SELECT count(*) FROM story_keys"), keys);
}

#[test]
fn a_short_link_that_is_followed_late_is_a_vote_all_the_same() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    let short = "https://t.co/AbC";
    let read = |lead: Option<&str>| {
        let html = format!(r#"<p>Worth it: <a href="{short}">this page here</a></p>"#);
        let mut visit = visit(&store, source, NOW, vec![item("x", "Pointing", &html, ago(1))]);
        let Outcome::Read { posts, .. } = &mut visit.outcome else { panic!("not read") };
        let leads = |link: &str| lead.filter(|_| link.starts_with("https://t.co")).map(str::to_owned);
        *posts = std::mem::take(posts).into_iter().map(|post| post.leading(leads)).collect();
        let kept = store.keep_visits(vec![visit]).unwrap()[0];
        let link = number(&store, "SELECT link FROM post_links");
        (kept.new, kept.edited, link)
    };
    let before = read(None);
    let after = read(Some("https://a.example/story"));
    assert_eq!((before.0, before.1, after.0, after.1), (1, 0, 0, 0), "nobody edited it");
    assert_ne!(before.2, after.2, "the vote is for the page");
    assert_eq!(read(Some("https://a.example/story")), after);
}

#[test]
fn what_went_on_with_a_thread_after_it_was_seen_stays_a_post_of_its_own() {
    everywhere(|store| {
        let source = follow(store, "a");
        let note = |name: &str, words: &str, also: &[&str]| {
            let also = also.iter().map(|name| format!("guid:{name}")).collect();
            Item { title: None, note: Note { also, ..Note::default() }, ..item(name, "", words, ago(1)) }
        };
        let alone = note("a", "<p>How it began</p>", &[]);
        let later = note("b", "<p>How it went on</p>", &[]);
        assert_eq!(counted(store, source, vec![alone.clone()]), (1, 0));
        assert_eq!(counted(store, source, vec![later, alone]), (1, 0));
        // By the next visit both were seen, and the page joins them.
        let joined = note("a", "<p>How it began</p><hr><p>How it went on</p>", &["b"]);
        assert_eq!(counted(store, source, vec![joined.clone()]), (0, 0));
        assert_eq!(store.posts_of(source, 9, 0).unwrap().len(), 2);
        assert_eq!(store.search("began", 9, 0).unwrap().len(), 1);
        assert_eq!(store.search("went", 9, 0).unwrap().len(), 1, "read once");
        // Joined from the beginning, it is one post, and an edit shows.
        let other = follow(store, "b");
        assert_eq!(counted(store, other, vec![joined.clone()]), (1, 0));
        let edited = Item { html: Some("<p>How it began</p><hr><p>How it ended</p>".to_owned()), ..joined };
        assert_eq!(counted(store, other, vec![edited]), (0, 1));
    });
}

#[test]
fn posts_of_the_second_in_which_the_page_ends_stay() {
    everywhere(|store| {
        let source = follow(store, "a");
        let at = |name: &str, title: &str, days| item(name, title, "<p>text</p>", ago(days));
        read(store, source, NOW, vec![at("x", "Same second", 2), at("y", "On the page", 2), at("z", "After", 1)]);
        let mut again = visit(store, source, NOW, vec![at("y", "On the page", 2)]);
        let Outcome::Read { posts: seen, whole, .. } = &mut again.outcome else { panic!("not read") };
        let identities = seen.iter().flat_map(|post| post.identities.clone()).collect();
        *whole = Some(Box::new(StillThere { since: ago(2), identities }));
        store.keep_visits(vec![again]).unwrap();
        let titles: Vec<String> = store.posts_of(source, 9, 0).unwrap().into_iter().map(|post| post.title).collect();
        assert!(titles.contains(&"Same second".to_owned()) && !titles.contains(&"After".to_owned()), "{titles:?}");
    });
}

#[test]
fn what_was_taken_back_goes_unless_it_is_starred_older_or_said_to_be_there() {
    everywhere(|store| {
        let source = follow(store, "a");
        let old = item("old", "Old", "<p>old</p>", ago(9));
        let posts = ["Kept", "Starred", "Joined", "Back", "Unread"].map(|title| one(&title.to_lowercase(), title));
        read(store, source, NOW, [vec![old], posts.to_vec()].concat());
        store.mark(&[titled(store, "Starred")], Mark::Starred, true, How::ByHand, NOW, 0).unwrap();
        store.mark(&[titled(store, "Back")], Mark::Read, true, How::Opened, NOW, 0).unwrap();
        let mut again = visit(store, source, NOW, vec![one("kept", "Kept")]);
        let Outcome::Read { posts: seen, whole, .. } = &mut again.outcome else { panic!("not read") };
        let joined = pepites_core::normalise::identity_of("guid:joined");
        let identities = seen.iter().flat_map(|post| post.identities.clone()).chain([joined]).collect();
        *whole = Some(Box::new(StillThere { since: ago(2), identities }));
        store.keep_visits(vec![again]).unwrap();
        let titles: Vec<String> = store.posts_of(source, 9, 0).unwrap().into_iter().map(|post| post.title).collect();
        assert_eq!(titles.len(), 4, "{titles:?}");
        assert!(!titles.contains(&"Back".to_owned()));
        assert_eq!(store.search("back", 9, 0).unwrap().len(), 0);
        assert_eq!(number(store, "SELECT count(*) FROM marks WHERE dropped = 1 AND read IS NOT NULL"), 1);
        // It was a mistake of the server's: what was read stays read, by staying away.
        assert_eq!(counted(store, source, vec![one("unread", "Unread"), one("back", "Back")]), (1, 0));
        let titles: Vec<String> = store.posts_of(source, 9, 0).unwrap().into_iter().map(|post| post.title).collect();
        assert!(titles.contains(&"Unread".to_owned()) && !titles.contains(&"Back".to_owned()), "{titles:?}");
    });
}

#[test]
fn hours_at_which_it_asks_not_to_be_visited_hold_until_it_is_read_again() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    let hour = |at: Moment| u32::try_from(at.0.div_euclid(Moment::HOUR).rem_euclid(24)).unwrap();
    let quiet = Quiet::of((0..24).filter(|other| *other != hour(NOW)), []);
    let read = visit(&store, source, NOW, vec![one("x", "One")]);
    let read = Visited { pace: Pace { quiet, ..Pace::default() }, ..read };
    let same = Visited { outcome: Outcome::Unchanged(Validators::default()), pace: Pace::default(), ..read.clone() };
    let next = |visit: Visited| {
        store.keep_visits(vec![visit]).unwrap();
        let source = store.source(source).unwrap();
        (hour(source.next_visit.unwrap()) == hour(NOW), source.next_why.unwrap().key)
    };
    let in_quiet = (true, "next.quiet_hours".to_owned());
    assert_eq!((next(read.clone()), next(same.clone())), (in_quiet.clone(), in_quiet));
    assert_ne!(next(Visited { pace: Pace::default(), ..read }).1, "next.quiet_hours");
    assert_ne!(next(same).1, "next.quiet_hours", "what was taken back is forgotten");
}
