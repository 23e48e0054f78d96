//! Holds that weights are kept, that a preview says what would change and changes nothing.

use pepites_core::{digest::Budget, score::preset};

use super::*;
use crate::{
    contract::{DigestAsk, DigestView},
    fixture::Library,
};

const TWO: DigestAsk = DigestAsk { budget: Some(Budget::Posts(2)), again: false, more: false };

/// Three stories: one that two tell, one of a rare voice, one an hour old.
fn library() -> Library {
    let library = Library::new();
    let (ana, ben, cleo) = (library.follow("ana"), library.follow("ben"), library.follow("cleo"));
    library.bring(ana, vec![library.item("ana", "Harbour reopens after winter storm", 20)]);
    library.bring(ben, vec![library.item("ben", "Harbour reopens after winter storm", 18)]);
    library.bring(cleo, vec![library.item("cleo", "A letter about bees", 15), library.item("cleo", "Just now", 1)]);
    library
}

fn titles(digest: &DigestView) -> Vec<&str> {
    digest.entries.iter().map(|entry| entry.face.title.as_str()).collect()
}

#[test]
fn weights_are_kept_and_what_makes_no_sense_is_refused() {
    let library = Library::new();
    let engine = &library.engine;
    assert_eq!(engine.weights_view().unwrap().preset.as_deref(), Some("balanced"));
    engine.set_weights(&preset("news").unwrap().weights()).unwrap();
    let view = engine.weights_view().unwrap();
    assert_eq!(view.preset.as_deref(), Some("news"));
    assert!(view.weights.iter().any(|one| one.signal == "covered" && one.weight == 4.0 && one.usual != 4.0));
    engine.set_weights(&Weights::from([("covered".to_owned(), 0.75)])).unwrap();
    let view = engine.weights_view().unwrap();
    assert_eq!((view.preset, view.weights.len()), (None, SIGNALS.len()));
    for (name, weight) in
        [("loudness", 1.0), ("covered", f64::NAN), ("covered", 11.0), ("covered", -1.0), ("disliked", 1.0)]
    {
        let problem = engine.weigh(&Weights::from([(name.to_owned(), weight)])).unwrap_err();
        assert_eq!(problem.code, Code::BadInput, "{name} {weight}");
    }
    engine.store.set_setting(NAME, r#"{"covered":"much","taste":2.5,"gone":1,"yield":1e9,"freshness":-2}"#).unwrap();
    assert_eq!(engine.weights().unwrap(), Weights::from([("taste".to_owned(), 2.5)]), "what makes sense is kept");
}

#[test]
fn a_preview_says_what_enters_leaves_and_moves_and_the_next_edition_has_it() {
    let library = library();
    let made = library.engine.today(&TWO).unwrap();
    let newest = preset("newest").unwrap().weights();
    let report = library.engine.weigh(&newest).unwrap();
    assert_eq!(report.stories, 2);
    let told = |shift: &ShiftView| (shift.line.title.clone(), shift.from.is_some(), shift.to.is_some());
    let shifts: Vec<_> = report.shifts.iter().map(told).collect();
    let enters = ("A letter about bees".to_owned(), false, true);
    assert_eq!(shifts, [enters, ("Harbour reopens after winter storm".to_owned(), true, false)]);
    assert_eq!(library.engine.today(&TWO).unwrap(), made, "a preview changes nothing");
    library.engine.set_weights(&newest).unwrap();
    assert_eq!(library.engine.today(&TWO).unwrap(), made, "a digest is frozen once made");
    let again = library.engine.today(&DigestAsk { again: true, ..TWO }).unwrap();
    assert_eq!(titles(&again)[0], "Just now");
    assert_eq!(library.engine.weigh(&newest).unwrap().shifts, [], "they are what it has");
}

#[test]
fn a_preview_is_of_the_whole_digest_whatever_was_read_of_it() {
    let library = library();
    let made = library.engine.today(&TWO).unwrap();
    let newest = preset("newest").unwrap().weights();
    let before = library.engine.weigh(&newest).unwrap();
    for entry in &made.entries {
        library.engine.open_post(entry.face.post).unwrap();
    }
    let after = library.engine.weigh(&newest).unwrap();
    let places = |report: &WeighReport| -> Vec<_> {
        report.shifts.iter().map(|shift| (shift.line.post, shift.from, shift.to)).collect()
    };
    assert_eq!(places(&after), places(&before));
}

#[test]
fn without_a_digest_the_preview_is_of_the_one_that_would_be_made() {
    let library = library();
    assert_eq!(library.engine.weigh(&preset("news").unwrap().weights()).unwrap().stories, 3);
    assert_eq!(library.engine.digests(9).unwrap(), [], "and none was made");
    let empty = Library::new();
    assert_eq!(empty.engine.weigh(&Weights::new()).unwrap(), WeighReport { stories: 0, shifts: Vec::new() });
}
