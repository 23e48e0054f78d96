//! Holds that a rule is kept as it was made, that the last word on one thing holds, and that the log knows.

use super::*;
use crate::{
    How, Mark,
    tests::{NOW, ago, everywhere, follow, group, item, number, read, titled},
};

fn rule(wish: Wish, kind: Matter, name: &str, folder: Option<&str>) -> NewRule {
    let folder = folder.map(|name| vec![name.to_owned()]);
    NewRule { wish, about: About::new(kind, name), name: name.to_owned(), folder, into: None, until: None }
}

#[test]
fn a_rule_is_kept_changed_and_taken_back() {
    everywhere(|store| {
        let storm = NewRule { until: Some(NOW), ..rule(Wish::Mute, Matter::Word, "Été à Brenne", Some("Tech")) };
        let id = store.keep_rule(None, &storm, ago(1)).unwrap().unwrap();
        assert_eq!(store.rules().unwrap(), [StoredRule { id, rule: storm.clone(), made: ago(1), after: PostId(0) }]);

        let tag = rule(Wish::Like, Matter::Tag, "rust", None);
        assert_eq!(store.keep_rule(Some(id), &tag, NOW).unwrap().unwrap(), id);
        assert_eq!(store.rules().unwrap(), [StoredRule { id, rule: tag.clone(), made: NOW, after: PostId(0) }]);

        assert_eq!(store.drop_rule(id, NOW).unwrap().rule, tag);
        assert_eq!(store.rules().unwrap(), []);
        assert!(matches!(store.drop_rule(id, NOW), Err(StoreError::Missing { noun: "rule", .. })));
        assert!(matches!(store.keep_rule(Some(id), &tag, NOW), Err(StoreError::Missing { noun: "rule", .. })));
        assert_eq!(number(store, "SELECT count(*) FROM events WHERE what = 'rule'"), 3);
    });
}

#[test]
fn the_last_word_on_one_thing_in_one_folder_holds() {
    everywhere(|store| {
        let keep =
            |wish, name, folder| store.keep_rule(None, &rule(wish, Matter::Word, name, folder), NOW).unwrap().unwrap();
        let first = keep(Wish::Like, "storm", None);
        assert_eq!(keep(Wish::Mute, "Storm", None), first);
        let other = keep(Wish::Dislike, "storm", Some("Tech"));
        assert_ne!(other, first);
        let wishes = || store.rules().unwrap().iter().map(|one| one.rule.wish).collect::<Vec<_>>();
        assert_eq!(wishes(), [Wish::Mute, Wish::Dislike]);
        // Not changed into one that is there already: an undo could not bring that back.
        let moved = rule(Wish::Dislike, Matter::Word, "storm", None);
        assert_eq!(store.keep_rule(Some(other), &moved, NOW).unwrap(), None);
        assert_eq!(wishes(), [Wish::Mute, Wish::Dislike]);
    });
}

#[test]
fn what_acts_on_what_comes_stands_beside_what_speaks_in_digests() {
    everywhere(|store| {
        let keep = |wish, into: Option<&str>| {
            let into = into.map(|name| vec![name.to_owned()]);
            store.keep_rule(None, &NewRule { into, ..rule(wish, Matter::Word, "storm", None) }, NOW).unwrap().unwrap()
        };
        keep(Wish::Always, None);
        keep(Wish::Notify, None);
        let star = keep(Wish::Star, None);
        keep(Wish::File, Some("Sea"));
        keep(Wish::File, Some("Air"));
        keep(Wish::Mute, None);
        let wishes = || store.rules().unwrap().iter().map(|one| one.rule.wish).collect::<Vec<_>>();
        assert_eq!(wishes(), [Wish::Mute, Wish::Notify, Wish::Star, Wish::File, Wish::File]);
        // Made again, it is the rule that it was.
        store.drop_rule(star, NOW).unwrap();
        assert_eq!(wishes(), [Wish::Mute, Wish::Notify, Wish::File, Wish::File]);
        assert!(matches!(store.drop_rule(star, NOW), Err(StoreError::Missing { noun: "rule", .. })));
        assert_eq!(keep(Wish::Star, None), star);
    });
}

/// A library with two posts that no rule was asked about yet, and a rule of each wish that acts.
fn acting(store: &Store) -> ([PostId; 2], RuleId, RuleId) {
    let source = follow(store, "a");
    let items = ["Storm", "Storm again"].map(|title| item(title, title, "<p>x</p>", ago(1)));
    let star = store.keep_rule(None, &rule(Wish::Star, Matter::Word, "storm", None), NOW).unwrap().unwrap();
    let sea = NewRule { into: Some(vec!["Sea".to_owned()]), ..rule(Wish::File, Matter::Word, "storm", None) };
    let file = store.keep_rule(None, &sea, NOW).unwrap().unwrap();
    read(store, source, NOW, items.to_vec());
    group(store);
    (["Storm", "Storm again"].map(|title| titled(store, title)), star, file)
}

/// As if both posts came now.
fn obey(store: &Store, posts: &[PostId; 2], stars: Vec<(PostId, RuleId)>, filed: Vec<(PostId, RuleId)>) -> Vec<PostId> {
    let after = store.unruled().unwrap().map_or(posts[1], |(after, _)| after);
    store.obey(Obeyed { after, upto: posts[1], stars, filed }, NOW).unwrap().unwrap()
}

#[test]
fn rules_are_asked_once_about_what_came_and_never_about_what_was_there() {
    everywhere(|store| {
        assert_eq!(store.unruled().unwrap(), None);
        let (posts, star, file) = acting(store);
        let (after, upto) = store.unruled().unwrap().unwrap();
        let spoken = store.spoken_between(after, upto, NOW).unwrap();
        assert_eq!(spoken.iter().map(|one| one.post).collect::<Vec<_>>(), [posts[1], posts[0]]);
        assert_eq!(store.spoken_between(posts[0], upto, NOW).unwrap().len(), 1);
        assert_eq!(store.spoken_between(after, upto, NOW.plus(40 * Moment::DAY)).unwrap(), [], "an archive");
        let obeyed = Obeyed { after, upto, stars: vec![(posts[0], star)], filed: vec![(posts[1], file)] };
        assert_eq!(store.obey(obeyed.clone(), NOW).unwrap().unwrap(), [posts[0]]);
        // Another process had read the same and comes later, with other rules.
        let late = Obeyed { stars: vec![(posts[1], star)], ..obeyed };
        assert_eq!(store.obey(late, NOW).unwrap(), None);
        assert_eq!(store.unruled().unwrap(), None);
        assert_eq!(store.done_by_rules().unwrap(), [(star, 1), (file, 1)].into());
        assert_eq!(store.filing().unwrap(), [(file, vec!["Sea".to_owned()])]);
    });
}

#[test]
fn a_star_of_a_rule_is_told_apart_and_the_reader_has_the_last_word_on_it() {
    everywhere(|store| {
        let (posts, star, _) = acting(store);
        let again = || {
            let stars = posts.iter().map(|post| (*post, star)).collect();
            obey(store, &posts, stars, vec![])
        };
        let mark = |post, on| store.mark(&[post], Mark::Starred, on, How::ByHand, NOW, 0).unwrap().changed;
        let stars = || {
            let marks = store.marks(&posts).unwrap();
            marks.iter().map(|marks| (marks.starred.is_some(), marks.starred_by_rule)).collect::<Vec<_>>()
        };
        assert_eq!(again(), posts);
        assert_eq!(stars(), [(true, true); 2]);
        // Taken off, it stays off; starred by the reader, it is theirs, and no undo of theirs takes it away.
        assert_eq!(mark(posts[0], false), [posts[0]]);
        assert_eq!(mark(posts[1], true), []);
        assert_eq!(again(), []);
        assert_eq!(stars(), [(false, false), (true, false)]);
        assert_eq!(store.take_stars_back(star, NOW).unwrap(), []);
        assert_eq!(stars(), [(false, false), (true, false)]);
        let figures = number(store, "SELECT coalesce(sum(starred), 0) FROM trend_days");
        assert_eq!(figures, 1, "only the reader's own counts");
    });
}

#[test]
fn undone_a_rule_takes_back_only_the_stars_that_it_gave() {
    everywhere(|store| {
        let (posts, star, file) = acting(store);
        store.mark(&posts[..1], Mark::Starred, true, How::ByHand, NOW, 0).unwrap();
        let both = |rule| posts.iter().map(|post| (*post, rule)).collect::<Vec<_>>();
        assert_eq!(obey(store, &posts, both(star), both(file)), posts[1..]);
        let judged = || store.judged(ago(100), NOW).unwrap().len();
        assert_eq!(judged(), 1, "nothing is learned from what a rule did");
        store.drop_rule(file, NOW).unwrap();
        assert_eq!(store.filing().unwrap(), []);
        store.drop_rule(star, NOW).unwrap();
        let starred = || store.marks(&posts).unwrap().iter().filter(|marks| marks.starred.is_some()).count();
        assert_eq!(starred(), 2, "taken back, a rule leaves what it starred");
        assert_eq!(store.take_stars_back(star, NOW).unwrap(), posts[1..]);
        assert_eq!((starred(), judged()), (1, 1));
        // A rule that is gone stars nothing more.
        assert_eq!(obey(store, &posts, both(star), both(file)), []);
        let back = NewRule { into: Some(vec!["Sea".to_owned()]), ..rule(Wish::File, Matter::Word, "storm", None) };
        assert_eq!(store.keep_rule(None, &back, NOW).unwrap().unwrap(), file);
        assert_eq!(store.done_by_rules().unwrap().get(&file), Some(&2), "made again, it has what it filed");
        // Changed into another, it is another; changed back, it is the first.
        let sky = NewRule { into: Some(vec!["Sky".to_owned()]), ..back.clone() };
        let other = store.keep_rule(Some(file), &sky, NOW).unwrap().unwrap();
        assert_eq!(store.filing().unwrap(), [(other, vec!["Sky".to_owned()])]);
        assert_eq!(store.keep_rule(Some(other), &back, NOW).unwrap().unwrap(), file);
        assert_eq!(store.rules().unwrap().len(), 1);
    });
}

#[test]
fn made_again_a_rule_begins_anew_and_its_undo_leaves_what_it_starred_before() {
    everywhere(|store| {
        let (posts, star, _) = acting(store);
        let asked = |post| obey(store, &posts, vec![(post, star)], vec![]);
        assert_eq!(asked(posts[0]), [posts[0]]);
        store.drop_rule(star, NOW).unwrap();
        let storm = rule(Wish::Star, Matter::Word, "storm", None);
        let again = || assert_eq!(store.keep_rule(None, &storm, NOW).unwrap(), Some(star));
        again();
        assert_eq!(asked(posts[1]), [], "it came before");
        assert_eq!(store.take_stars_back(star, NOW).unwrap(), []);
        assert!(store.marks(&posts).unwrap()[0].starred.is_some());
        let source = store.post(posts[0]).unwrap().source;
        read(store, source, NOW, vec![item("Storm at last", "Storm at last", "<p>x</p>", ago(1))]);
        group(store);
        let third = titled(store, "Storm at last");
        again();
        let obeyed = Obeyed { after: posts[1], upto: third, stars: vec![(third, star)], filed: vec![] };
        assert_eq!(store.obey(obeyed, NOW).unwrap().unwrap(), [third], "set again while it holds, it goes on");
        assert_eq!(store.take_stars_back(star, NOW).unwrap(), [third]);
    });
}

#[test]
fn a_rules_star_that_was_taken_off_is_given_back_as_the_rules_and_the_readers_own_is_not() {
    everywhere(|store| {
        let (posts, star, _) = acting(store);
        let mark = |post, on| store.mark(&[post], Mark::Starred, on, How::ByHand, NOW, 0).unwrap().changed;
        assert_eq!(obey(store, &posts, posts.iter().map(|post| (*post, star)).collect(), vec![]), posts);
        mark(posts[0], false);
        mark(posts[1], true);
        mark(posts[1], false);
        assert_eq!(store.give_stars_back(&posts, NOW).unwrap(), posts[..1]);
        let first = store.marks(&posts).unwrap()[0];
        assert!(first.starred.is_some() && first.starred_by_rule);
        assert_eq!(store.done_by_rules().unwrap(), [(star, 1)].into());
        assert_eq!(number(store, "SELECT coalesce(sum(starred), 0) FROM trend_days"), 0);
        // Starred anew instead, it is theirs.
        mark(posts[0], false);
        mark(posts[0], true);
        mark(posts[0], false);
        assert_eq!(store.give_stars_back(&posts, NOW).unwrap(), []);
    });
}

#[test]
fn the_log_names_a_source_by_its_address() {
    everywhere(|store| {
        let id = follow(store, "a").to_string();
        store.keep_rule(None, &rule(Wish::Mute, Matter::Source, &id, None), NOW).unwrap().unwrap();
        let told = "SELECT count(*) FROM events WHERE what = 'rule' AND source_locator = 'https://a.example/feed'";
        assert_eq!(number(store, told), 1);
    });
}
