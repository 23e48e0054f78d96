//! Holds that what was learned is shown, that each part of it can be taken out, and all of it forgotten.

use super::*;
use crate::{contract::MarkView, fixture::Library};

/// A library whose reader starred twelve posts on bees and let as many on boats go.
fn taught() -> Library {
    let library = Library::new();
    let ana = library.follow("ana");
    for turn in 0..12 {
        let bees = library.item("ana", &format!("Bees of the hive number {turn}"), 2);
        let boats = library.item("ana", &format!("Regatta results for week {turn}"), 3);
        library.bring(ana, vec![bees, boats]);
    }
    library.engine.group().unwrap();
    for post in library.engine.posts_of(ana, 99, 0).unwrap() {
        let mark = if post.title.starts_with("Bees") { MarkView::Starred } else { MarkView::Skipped };
        library.engine.mark(&[post.post], mark, true).unwrap();
    }
    library
}

fn weight(taste: &TasteView, name: &str) -> Option<f64> {
    taste.learned.iter().find(|one| one.kind == Kind::Word && one.name == name).map(|one| one.weight)
}

#[test]
fn what_was_learned_is_shown_the_heaviest_first() {
    let library = taught();
    let taste = library.engine.learned_taste().unwrap();
    assert_eq!((taste.starred, taste.needed, taste.since), (12, 10, None));
    assert!(weight(&taste, "bees").unwrap() > 0.0 && weight(&taste, "regatta").unwrap() < 0.0);
    assert!(taste.learned.windows(2).all(|pair| pair[0].weight.abs() >= pair[1].weight.abs()));
    assert!(taste.learned.iter().all(|one| one.weight.abs() <= 1.0));
}

#[test]
fn what_is_taken_out_is_gone_until_it_is_let_in_again() {
    let library = taught();
    let ask = |out| TraitAsk { kind: Kind::Word, name: "Bees".to_owned(), out };
    let before = library.engine.learned_taste().unwrap();
    library.engine.remove_trait(&ask(true)).unwrap();
    let without = library.engine.learned_taste().unwrap();
    assert_eq!(weight(&without, "bees"), None);
    assert_eq!(without.removed.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["bees"]);
    library.engine.remove_trait(&ask(false)).unwrap();
    assert_eq!(library.engine.learned_taste().unwrap(), before, "to the last bit");
}

#[test]
fn all_is_forgotten_later_marks_teach_and_forgetting_is_undone() {
    let library = taught();
    let before = library.engine.learned_taste().unwrap();
    library.wait(1);
    assert_eq!(library.engine.forget_taste(None).unwrap(), None);
    let forgotten = library.engine.learned_taste().unwrap();
    assert_eq!((forgotten.starred, forgotten.learned.len(), forgotten.since), (0, 0, Some(library.now())));
    library.wait(1);
    let post = library.engine.starred(1, 0).unwrap()[0].post;
    library.engine.mark(&[post], MarkView::Starred, false).unwrap();
    library.engine.mark(&[post], MarkView::Starred, true).unwrap();
    assert_eq!(library.engine.learned_taste().unwrap().starred, 1);
    assert_eq!(library.engine.forget_taste(Some(Moment(0))).unwrap(), forgotten.since);
    let again = library.engine.learned_taste().unwrap();
    assert_eq!((again.starred, again.since), (before.starred, None));
}

#[test]
fn a_source_is_shown_by_its_title() {
    let library = taught();
    let ben = library.follow("ben");
    let ask = TraitAsk { kind: Kind::Source, name: ben.to_string(), out: true };
    library.engine.remove_trait(&ask).unwrap();
    assert_eq!(library.engine.learned_taste().unwrap().removed[0].shown, "ben");
    let nothing = TraitAsk { kind: Kind::Word, name: "!".to_owned(), out: true };
    assert!(library.engine.remove_trait(&nothing).is_err());
}
