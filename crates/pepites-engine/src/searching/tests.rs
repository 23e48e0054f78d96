//! Holds what a search shows, what it says that it understood, and that searches are kept.

use super::*;
use crate::fixture::Library;

#[test]
fn a_hit_shows_its_title_its_source_and_the_words_around() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 3);
    library.bring(ana, vec![library.item("ana", "Whale seen near lighthouse", 1)]);
    let [hit] = library.engine.search("whale", 10, 0).unwrap().try_into().unwrap();
    assert_eq!((hit.line.title.as_str(), hit.line.source_title.as_str()), ("Whale seen near lighthouse", "ana"));
    let boats = library.engine.search("boat", 2, 2).unwrap();
    assert_eq!(boats.len(), 2);
    let all = library.engine.search("boat", 99, 0).unwrap();
    assert!(all.len() > 2 && library.engine.hits("boat").unwrap() as usize == all.len());
    library.engine.unfollow(ana).unwrap();
    assert_eq!(library.engine.hits("boat").unwrap(), 0, "as the search has it");
    library.engine.follow_again(ana).unwrap();
    assert!(boats.iter().all(|hit| hit.snippet.contains("\u{e000}boat")), "{boats:?}");
    assert_eq!(library.engine.search("albatross", 10, 0).unwrap(), []);
}

fn understand(library: &Library, words: &str) -> UnderstoodView {
    library.engine.understand(&UnderstandAsk { words: words.to_owned(), language: "en".to_owned() }).unwrap()
}

#[test]
fn a_nugget_of_a_digest_is_found_as_one() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring(ana, vec![library.item("ana", "Whale seen near lighthouse", 1)]);
    assert_eq!(library.engine.hits("is:nugget").unwrap(), 0, "it was in no digest");
    let ask = crate::contract::DigestAsk { budget: None, again: false, more: false };
    let nuggets = library.engine.today(&ask).unwrap().entries.iter().filter(|entry| entry.nugget).count();
    assert_eq!(library.engine.hits("is:nugget").unwrap() as usize, nuggets);
    assert_eq!(library.engine.hits("whale -is:nugget").unwrap() as usize, 1 - nuggets);
}

#[test]
fn what_was_understood_is_said_and_each_filter_can_be_taken_out() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring(ana, vec![library.item("ana", "Whale seen near lighthouse", 1)]);
    let view = understand(&library, "whale source:ana -is:read sauce:x");
    let filters: Vec<(&str, bool, &str)> =
        view.filters.iter().map(|filter| (filter.said.key.as_str(), filter.not, filter.without.as_str())).collect();
    assert_eq!(
        filters,
        [
            ("search.said.source", false, "whale -is:read sauce:x"),
            ("search.said.read", true, "whale source:ana sauce:x")
        ]
    );
    let note = Phrase::new("search.note.unknown").with("name", "sauce").with("value", "x");
    assert_eq!(view.notes, [note]);
    assert_eq!(understand(&library, "whale sou").completions[0].words, "whale source:");
    assert_eq!(library.engine.doubts("whale source:bob").unwrap()[0].key, "search.said.no_source");
    assert_eq!(library.engine.operators("fr")[1].name, "dossier:");
}

#[test]
fn a_search_is_kept_under_a_name_changed_and_taken_back() {
    let library = Library::new();
    let ask = |id, name: &str, words: &str| {
        let (name, words) = (name.to_owned(), words.to_owned());
        library.engine.keep_search(&KeepSearchAsk { id, name, words, section: false })
    };
    let kept = ask(None, "  ", " whale is:unread ").unwrap();
    assert_eq!((kept.name.as_str(), kept.words.as_str()), ("whale is:unread", "whale is:unread"));
    let named = ask(Some(kept.id), "Whales", &kept.words).unwrap();
    assert_eq!((named.id, named.name.as_str()), (kept.id, "Whales"));
    assert_eq!(library.engine.searches().unwrap(), [named]);
    assert_eq!(ask(None, "x", " \" ").unwrap_err().code, Code::BadInput);
    library.engine.drop_search(kept.id).unwrap();
    assert_eq!(library.engine.searches().unwrap(), []);
    assert_eq!(library.engine.drop_search(kept.id).unwrap_err().code, Code::Missing);
}

#[test]
fn a_search_feeds_a_section_of_the_next_digest_and_none_that_was_made() {
    let library = Library::new();
    let (ana, ben) = (library.follow("ana"), library.follow("ben"));
    library.bring(ana, vec![library.item("ana", "Storm over Brenne", 2), library.item("ana", "A quiet letter", 3)]);
    library.bring(ben, vec![library.item("ben", "Harbour reopens", 4)]);
    let digest = |again| {
        let ask = crate::contract::DigestAsk { budget: None, again, more: false };
        let entries = library.engine.today(&ask).unwrap().entries;
        let searched = entries.into_iter().filter_map(|entry| Some((entry.search?, entry.face.title)));
        searched.collect::<Vec<_>>()
    };
    assert_eq!(digest(true), []);
    let ask = |id, name: &str, section| KeepSearchAsk { id, name: name.to_owned(), words: "storm".to_owned(), section };
    let kept = library.engine.keep_search(&ask(None, "Weather", false)).unwrap();
    assert_eq!(digest(true), [], "it is kept, and no more");
    library.engine.keep_search(&ask(Some(kept.id), "Weather", true)).unwrap();
    assert_eq!(digest(false), [], "what was made stays as it was");
    let with = [("Weather".to_owned(), "Storm over Brenne".to_owned())];
    assert_eq!(digest(true), with);
    library.engine.drop_search(kept.id).unwrap();
    assert_eq!(digest(false), with, "and so does this one");
    assert_eq!(digest(true), []);
}
