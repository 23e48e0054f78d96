//! Holds that a rule is kept as it was made, that the last word on one thing holds, and that the log knows.

use super::*;
use crate::tests::{NOW, ago, everywhere, follow, number};

fn rule(wish: Wish, kind: Matter, name: &str, folder: Option<&str>) -> NewRule {
    let folder = folder.map(|name| vec![name.to_owned()]);
    NewRule { wish, about: About::new(kind, name), name: name.to_owned(), folder, until: None }
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
fn the_log_names_a_source_by_its_address() {
    everywhere(|store| {
        let id = follow(store, "a").to_string();
        store.keep_rule(None, &rule(Wish::Mute, Matter::Source, &id, None), NOW).unwrap();
        let told = "SELECT count(*) FROM events WHERE what = 'rule' AND source_locator = 'https://a.example/feed'";
        assert_eq!(number(store, told), 1);
    });
}
