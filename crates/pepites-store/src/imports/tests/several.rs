//! Holds what one import that is taken back leaves to another, and what the reader gave a source since.

use pepites_core::score::rules::{About, Matter, Wish};

use super::*;
use crate::NewRule;

fn folders(store: &Store) -> Vec<String> {
    store.sources().unwrap()[0].folders.iter().map(|folder| folder.0.join("/")).collect()
}

#[test]
fn a_source_with_a_rule_or_a_login_of_the_reader_s_own_stays() {
    everywhere(|store| {
        let imported = import(store, &["ruled", "locked", "given", "plain"].map(|name| within(name, &[])), NOW);
        let ids: Vec<SourceId> = imported.what.iter().map(|added| added.id).collect();
        let name = ids[0].to_string();
        let about = About::new(Matter::Source, &name);
        let rule = NewRule { wish: Wish::Always, about, name, folder: None, into: None, until: None };
        store.keep_rule(None, &rule, NOW.plus(1)).unwrap();
        store.set_login(ids[1], Some("basic"), NOW.plus(1)).unwrap();
        // The file's own password is noted at its own moment.
        store.set_login(ids[2], Some("basic"), NOW).unwrap();
        let undone = back(store, imported.import);
        let mut kept = undone.kept.clone();
        kept.sort();
        assert_eq!((kept.as_slice(), undone.sources), ([(ids[0], Touch::Set), (ids[1], Touch::Set)].as_slice(), 2));
    });
}

#[test]
fn folders_of_two_files_go_one_by_one_in_any_order() {
    for oldest_first in [true, false] {
        let store = Store::memory().unwrap();
        store.add_sources(&[within("a", &["Mine"])], ago(9)).unwrap();
        let one = import(&store, &[within("a", &["News"])], ago(2)).import;
        let two = import(&store, &[within("a", &["Morning"])], ago(1)).import;
        let (first, left, second) = if oldest_first { (one, "Morning", two) } else { (two, "News", one) };
        assert_eq!(back(&store, first), TakenBack { folders: 1, ..TakenBack::default() });
        assert_eq!(folders(&store), ["Mine", left]);
        assert_eq!(back(&store, second), TakenBack { folders: 1, ..TakenBack::default() });
        assert_eq!(folders(&store), ["Mine"]);
    }
}

#[test]
fn a_source_that_another_file_names_too_stays_until_that_goes_as_well() {
    let store = Store::memory().unwrap();
    let one = import(&store, &[within("a", &["News"])], ago(2));
    let two = import(&store, &[within("a", &["Morning"]), within("b", &[])], ago(1));
    assert_eq!(back(&store, one.import).kept, [(one.what[0].id, Touch::Named)]);
    assert_eq!(folders(&store), ["Morning"]);
    assert_eq!(back(&store, two.import), TakenBack { sources: 2, ..TakenBack::default() });
    assert_eq!(store.sources().unwrap(), []);
}

#[test]
fn a_file_that_brought_nothing_holds_nothing() {
    for file in ["list.opml", "other.opml"] {
        let store = Store::memory().unwrap();
        let one = import(&store, &[within("a", &["News"])], ago(2));
        let again = store.import_sources(file, vec![within("a", &["News"])], ago(1), go_on()).unwrap();
        assert_eq!((again.import, back(&store, one.import).sources), (None, 1), "{file}");
    }
}

#[test]
fn of_people_of_two_files_nobody_is_left_whichever_goes_first() {
    for oldest_first in [true, false] {
        let store = Store::memory().unwrap();
        let one = people(&store, &[card(1, "Ada Byron", "ada@a.example", "")]).import;
        let two = people(&store, &[card(1, "Ada Byron", "ada@a.example", "https://ada.example/")]).import;
        let (first, second) = if oldest_first { (one, two) } else { (two, one) };
        back(&store, first);
        assert_eq!(store.contact_count().unwrap(), 1);
        assert_eq!(back(&store, second).people, 1);
        assert_eq!(store.contact_count().unwrap(), 0);
    }
}

#[test]
fn nobody_gets_the_number_of_who_is_gone() {
    let store = Store::memory().unwrap();
    let first = people(&store, &[card(1, "Ada Byron", "ada@a.example", "")]).import;
    let before = store.contacts().unwrap()[0].clone();
    back(&store, first);
    people(&store, &[card(1, "Bo Diddley", "bo@a.example", "")]);
    let after = store.contacts().unwrap()[0].clone();
    assert!(after.person.id != before.person.id && after.cards[0] > before.cards[0]);
}

#[test]
fn what_the_reader_left_between_two_imports_is_left_again() {
    let store = Store::memory().unwrap();
    let one = import(&store, &[within("a", &["News"])], ago(9));
    store.unfollow(one.what[0].id, ago(5)).unwrap();
    let two = import(&store, &[within("a", &["News"])], ago(2));
    let undone = back(&store, two.import);
    assert_eq!((undone.sources, undone.kept.as_slice()), (1, [].as_slice()));
    assert_eq!(store.sources().unwrap(), []);
}

#[test]
fn folders_of_three_files_go_in_any_order() {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let store = Store::memory().unwrap();
        let mut left: Vec<&str> = vec!["News", "Morning", "Evening"];
        let files: Vec<_> = [9, 5, 2]
            .iter()
            .zip(&left)
            .map(|(days, folder)| import(&store, &[within("a", &[folder])], ago(*days)).import)
            .collect();
        for (nth, file) in order.into_iter().enumerate() {
            let gone = ["News", "Morning", "Evening"][file];
            back(&store, files[file]);
            left.retain(|folder| *folder != gone);
            match nth {
                2 => assert_eq!(store.sources().unwrap(), [], "{order:?}"),
                _ => assert_eq!(folders(&store), left, "{order:?} after {nth}"),
            }
        }
    }
}

#[test]
fn who_was_taken_off_the_list_goes_with_their_import_and_who_got_a_name_keeps_their_rows() {
    let store = Store::memory().unwrap();
    let off = people(&store, &[card(1, "Bo Diddley", "bo@a.example", "")]).import;
    let bo = store.contacts().unwrap()[0].person.id;
    store.remove_contacts(&[bo], false, NOW).unwrap();
    assert_eq!(back(&store, off).people, 1);
    let gone = store.remove_contacts(&[bo], true, NOW);
    assert!(matches!(gone, Err(StoreError::Missing { .. })), "an empty row waits there: {gone:?}");

    let one = people(&store, &[card(1, "Ada Byron", "ada@a.example", "")]).import;
    let two = people(&store, &[card(1, "Ada Byron", "ada@a.example", "https://ada.example/")]).import;
    back(&store, one);
    let ada = store.contacts().unwrap()[0].person.id;
    let own = Own { name: Some("Ada Lovelace".to_owned()), ..Own::default() };
    store.change_contact(ada, &own, None, NOW).unwrap();
    assert_eq!(back(&store, two).kept_people, [ada]);
    assert_eq!(store.contact(ada).unwrap().cards.len(), 1);
}
