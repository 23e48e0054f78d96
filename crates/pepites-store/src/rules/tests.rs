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
        let id = store.keep_rule(None, &storm, ago(1)).unwrap();
        assert_eq!(store.rules().unwrap(), [StoredRule { id, rule: storm.clone(), made: ago(1) }]);

        let tag = rule(Wish::Like, Matter::Tag, "rust", None);
        assert_eq!(store.keep_rule(Some(id), &tag, NOW).unwrap(), id);
        assert_eq!(store.rules().unwrap(), [StoredRule { id, rule: tag.clone(), made: NOW }]);

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
        let keep = |wish, name, folder| store.keep_rule(None, &rule(wish, Matter::Word, name, folder), NOW).unwrap();
        let first = keep(Wish::Like, "storm", None);
        assert_eq!(keep(Wish::Mute, "Storm", None), first);
        let other = keep(Wish::Dislike, "storm", Some("Tech"));
        assert_ne!(other, first);
        let wishes = || store.rules().unwrap().iter().map(|one| one.rule.wish).collect::<Vec<_>>();
        assert_eq!(wishes(), [Wish::Mute, Wish::Dislike]);
        // Moved to where there is one already: one of them is left.
        store.keep_rule(Some(other), &rule(Wish::Dislike, Matter::Word, "storm", None), NOW).unwrap();
        assert_eq!(wishes(), [Wish::Dislike]);
    });
}

#[test]
fn what_acts_on_what_comes_stands_beside_what_speaks_in_digests() {
    everywhere(|store| {
        let keep = |wish, into: Option<&str>| {
            let into = into.map(|name| vec![name.to_owned()]);
            store.keep_rule(None, &NewRule { into, ..rule(wish, Matter::Word, "storm", None) }, NOW).unwrap()
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
    let star = store.keep_rule(None, &rule(Wish::Star, Matter::Word, "storm", None), NOW).unwrap();
    let sea = NewRule { into: Some(vec!["Sea".to_owned()]), ..rule(Wish::File, Matter::Word, "storm", None) };
    let file = store.keep_rule(None, &sea, NOW).unwrap();
    read(store, source, NOW, items.to_vec());
    group(store);
    (["Storm", "Storm again"].map(|title| titled(store, title)), star, file)
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
        let obeyed = Obeyed { upto, stars: vec![(posts[0], star)], filed: vec![(posts[1], file)] };
        assert_eq!(store.obey(obeyed, NOW).unwrap(), [posts[0]]);
        assert_eq!(store.unruled().unwrap(), None);
        assert_eq!(store.done_by_rules().unwrap(), [(star, 1), (file, 1)].into());
        assert_eq!(store.filing().unwrap(), [(file, vec!["Sea".to_owned()])]);
    });
}

#[test]
fn a_star_of_a_rule_is_told_apart_and_the_reader_has_the_last_word_on_it() {
    everywhere(|store| {
        let (posts, star, _) = acting(store);
        let obey = || {
            let stars = posts.iter().map(|post| (*post, star)).collect();
            store.obey(Obeyed { upto: posts[1], stars, filed: vec![] }, NOW).unwrap()
        };
        let mark = |post, on| store.mark(&[post], Mark::Starred, on, How::ByHand, NOW, 0).unwrap().changed;
        let stars = || {
            let marks = store.marks(&posts).unwrap();
            marks.iter().map(|marks| (marks.starred.is_some(), marks.starred_by_rule)).collect::<Vec<_>>()
        };
        assert_eq!(obey(), posts);
        assert_eq!(stars(), [(true, true); 2]);
        // Taken off, it stays off; starred by the reader, it is theirs, and no undo of theirs takes it away.
        assert_eq!(mark(posts[0], false), [posts[0]]);
        assert_eq!(mark(posts[1], true), []);
        assert_eq!(obey(), []);
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
        let obeyed = Obeyed { upto: posts[1], stars: both(star), filed: both(file) };
        assert_eq!(store.obey(obeyed, NOW).unwrap(), posts[1..]);
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
        assert_eq!(store.obey(Obeyed { upto: posts[1], stars: both(star), filed: both(file) }, NOW).unwrap(), []);
        let back = NewRule { into: Some(vec!["Sea".to_owned()]), ..rule(Wish::File, Matter::Word, "storm", None) };
        assert_eq!(store.keep_rule(None, &back, NOW).unwrap(), file);
        assert_eq!(store.done_by_rules().unwrap().get(&file), Some(&2), "made again, it has what it filed");
        // Changed into another, it is another; changed back, it is the first.
        let sky = NewRule { into: Some(vec!["Sky".to_owned()]), ..back.clone() };
        let other = store.keep_rule(Some(file), &sky, NOW).unwrap();
        assert_eq!(store.filing().unwrap(), [(other, vec!["Sky".to_owned()])]);
        assert_eq!(store.keep_rule(Some(other), &back, NOW).unwrap(), file);
        assert_eq!(store.rules().unwrap().len(), 1);
    });
}

#[test]
fn the_log_names_a_source_by_its_address() {
    everywhere(|store| {
        let id = follow(store, "a").to_string();
        store.keep_rule(None, &rule(Wish::Mute, Matter::Source, &id, None), NOW).unwrap();
        let told = "SELECT count(*) FROM events WHERE what = 'rule' AND source_locator = 'https://a.example/feed'";
        assert_eq!(number(store, told), 1);
    });
}
