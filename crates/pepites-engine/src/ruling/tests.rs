//! Holds that a mute holds, that a rule says what it does, and that it ends where the reader's day ends.

use pepites_core::{digest::Budget, model::Item, score::rules::Wish};
use proptest::prelude::*;

use super::*;
use crate::{
    contract::{DigestAsk, DigestView},
    fixture::Library,
};

fn ask(wish: Wish, kind: Kind, name: &str) -> RuleAsk {
    RuleAsk { id: None, wish, kind, name: name.to_owned(), folder: None, until: None }
}

fn again(library: &Library) -> DigestView {
    let ask = DigestAsk { budget: Some(Budget::Posts(50)), again: true, more: false };
    library.engine.today(&ask).unwrap()
}

fn titles(digest: &DigestView) -> Vec<&str> {
    digest.entries.iter().map(|entry| entry.face.title.as_str()).collect()
}

#[test]
fn what_is_muted_is_in_no_digest_and_stays_in_its_source() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring(ana, vec![library.item("ana", "Storm over Brenne", 2), library.item("ana", "A quiet letter", 3)]);
    let mute = library.engine.set_rule(&ask(Wish::Mute, Kind::Word, " Storm ")).unwrap();
    assert_eq!((mute.shown.as_str(), mute.posts_30d, mute.over), ("Storm", 1, false));
    assert_eq!(titles(&again(&library)), ["A quiet letter"]);
    assert_eq!(library.engine.posts_of(ana, 9, 0).unwrap().len(), 2);
    library.engine.drop_rule(mute.id).unwrap();
    assert_eq!(again(&library).entries.len(), 2);
}

#[test]
fn a_muted_source_is_neither_the_face_nor_among_the_relays() {
    let library = Library::new();
    let (ana, ben) = (library.follow("ana"), library.follow("ben"));
    library.bring(ana, vec![library.item("ana", "Harbour reopens after winter storm", 5)]);
    library.bring(ben, vec![library.item("ben", "Harbour reopens after winter storm", 3)]);
    let sources = |digest: &DigestView| -> Vec<SourceId> {
        let lines = digest.entries.iter().flat_map(|entry| std::iter::once(&entry.face).chain(&entry.relays));
        lines.map(|line| line.source).collect()
    };
    assert_eq!(sources(&again(&library)), [ana, ben]);
    let rule = library.engine.set_rule(&ask(Wish::Mute, Kind::Source, &ana.to_string())).unwrap();
    assert_eq!(rule.shown, "ana");
    assert_eq!(sources(&again(&library)), [ben]);
}

#[test]
fn a_like_lifts_a_dislike_and_both_say_so() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring(ana, vec![library.item("ana", "Storm over Brenne", 2), library.item("ana", "Calm over Brenne", 3)]);
    library.engine.set_rule(&ask(Wish::Dislike, Kind::Source, &ana.to_string())).unwrap();
    library.engine.set_rule(&ask(Wish::Like, Kind::Word, "Calm")).unwrap();
    let digest = again(&library);
    assert_eq!(titles(&digest), ["Calm over Brenne", "Storm over Brenne"]);
    let first = |place: usize| digest.entries[place].reasons[0].clone();
    assert_eq!(first(0), Phrase::new("reason.liked_lifts").with("names", "Calm").with("less", "ana"));
    assert_eq!(first(1), Phrase::new("reason.disliked").with("names", "ana"));
}

#[test]
fn a_rule_for_a_folder_holds_in_it_and_in_those_within() {
    let library = Library::new();
    let (ana, ben) = (library.follow("ana"), library.follow("ben"));
    library.engine.move_to(ana, &[vec!["Sea".to_owned(), "Ports".to_owned()]]).unwrap();
    library.bring(ana, vec![library.item("ana", "Storm over Brenne", 2)]);
    library.bring(ben, vec![library.item("ben", "A storm in a teacup", 3)]);
    let within = |path: &[&str]| {
        let folder = Some(path.iter().map(|&name| name.to_owned()).collect());
        let rule = library.engine.set_rule(&RuleAsk { folder, ..ask(Wish::Mute, Kind::Word, "storm") }).unwrap();
        let left = again(&library).entries.len();
        library.engine.drop_rule(rule.id).unwrap();
        (left, rule.posts_30d)
    };
    assert_eq!(within(&["Sea"]), (1, 1));
    assert_eq!(within(&["Sea", "Ports"]), (1, 1));
    assert_eq!(within(&["Sea", "Beaches"]), (2, 0));
    assert_eq!(within(&[]), (0, 2), "no folder: everywhere");
}

#[test]
fn what_is_muted_in_one_folder_is_told_by_the_sources_of_another() {
    let library = Library::new();
    let (ana, ben) = (library.follow("ana"), library.follow("ben"));
    library.engine.move_to(ana, &[vec!["Sea".to_owned()]]).unwrap();
    library.bring(ana, vec![library.item("shared", "Storm Ciara over Brenne and Orvault", 2)]);
    library.bring(ben, vec![library.item("shared", "Storm Ciara over Brenne and Orvault", 3)]);
    let both = again(&library);
    assert_eq!((both.entries.len(), both.entries[0].relays.len(), both.line.muted), (1, 1, 0), "one story, told twice");
    let folder = Some(vec!["Sea".to_owned()]);
    library.engine.set_rule(&RuleAsk { folder, ..ask(Wish::Mute, Kind::Word, "storm") }).unwrap();
    let left = again(&library);
    assert_eq!((left.entries.len(), left.entries[0].face.source, left.line.muted), (1, ben, 0));
    library.engine.set_rule(&ask(Wish::Mute, Kind::Word, "ciara")).unwrap();
    let none = again(&library);
    assert_eq!((none.entries.len(), none.line.muted), (0, 1), "and the digest says so");
}

#[test]
fn a_rule_holds_through_its_last_day_where_the_reader_is() {
    let library = Library::new();
    let today = Day::of(library.now(), 60);
    let rule = RuleAsk { until: Some(today.clone()), ..ask(Wish::Mute, Kind::Word, "storm") };
    let made = library.engine.set_rule(&rule).unwrap();
    assert_eq!((made.until, made.over), (Some(today), false));
    // It is noon: eleven hours later the day still lasts, twelve later it is over.
    library.wait(11 * Moment::HOUR + 59 * Moment::MINUTE);
    assert!(!library.engine.rules().unwrap()[0].over);
    library.wait(Moment::MINUTE);
    assert!(library.engine.rules().unwrap()[0].over);
    assert!(!library.engine.rules_at(library.now()).unwrap().mute_something());
}

#[test]
fn a_rule_is_changed_in_its_place_and_what_makes_no_sense_is_refused() {
    let library = Library::new();
    let rule = library.engine.set_rule(&ask(Wish::Mute, Kind::Word, "storm")).unwrap();
    let changed = RuleAsk { id: Some(rule.id), ..ask(Wish::Like, Kind::Tag, "sea") };
    assert_eq!(library.engine.set_rule(&changed).unwrap().id, rule.id);
    assert_eq!(library.engine.rules().unwrap().len(), 1);
    for (kind, name, code) in [
        (Kind::Word, " ?! ", Code::BadInput),
        (Kind::Tag, "", Code::BadInput),
        (Kind::Source, "99", Code::Missing),
        (Kind::Source, "ana", Code::Missing),
    ] {
        assert_eq!(library.engine.set_rule(&ask(Wish::Mute, kind, name)).unwrap_err().code, code, "{name}");
    }
    let never = RuleAsk { until: Some(Day("2026-02-30".to_owned())), ..ask(Wish::Mute, Kind::Word, "storm") };
    assert_eq!(library.engine.set_rule(&never).unwrap_err().code, Code::BadInput);
    assert_eq!(library.engine.drop_rule(RuleId(99)).unwrap_err().code, Code::Missing);
}

const WORDS: [&str; 4] = ["storm", "calm", "harbour", "letter"];

fn any_rule() -> impl Strategy<Value = (Wish, Kind, usize)> {
    let wish = prop_oneof![Just(Wish::Mute), Just(Wish::Like), Just(Wish::Dislike)];
    let kind = prop_oneof![Just(Kind::Word), Just(Kind::Person), Just(Kind::Tag), Just(Kind::Source)];
    (wish, kind, 0..3_usize)
}

proptest! {
    // Each case makes a library.
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_asked_for_nothing_that_is_muted_is_in_the_digest(
        posts in prop::collection::vec((0..3_usize, 0..4_usize, 0..4_usize, 0..3_usize), 1..10),
        rules in prop::collection::vec(any_rule(), 0..6),
    ) {
        let library = Library::new();
        let names = ["ana", "ben", "cleo"];
        let sources = names.map(|name| library.follow(name));
        for (turn, &(source, one, other, author)) in posts.iter().enumerate() {
            let title = format!("{} and {} again number {turn}", WORDS[one], WORDS[other]);
            let item = library.item(names[source], &title, 2);
            let tags = vec![names[author].to_owned()];
            library.bring(sources[source], vec![Item { authors: vec![names[author].to_owned()], tags, ..item }]);
        }
        let mut mutes: Vec<(Kind, String)> = Vec::new();
        for &(wish, kind, which) in &rules {
            let name = match kind {
                Kind::Word => WORDS[which].to_owned(),
                Kind::Person | Kind::Tag => names[which].to_owned(),
                Kind::Source => sources[which].to_string(),
            };
            library.engine.set_rule(&ask(wish, kind, &name)).unwrap();
            // The last word on one thing holds.
            mutes.retain(|mute| *mute != (kind, name.clone()));
            if wish == Wish::Mute {
                mutes.push((kind, name));
            }
        }
        for line in again(&library).entries.iter().flat_map(|entry| std::iter::once(&entry.face).chain(&entry.relays)) {
            let post = library.engine.post(line.post).unwrap();
            for (kind, name) in &mutes {
                let is_it = match kind {
                    Kind::Word => line.title.contains(name.as_str()) || line.lead.contains(name.as_str()),
                    Kind::Person => line.author.as_ref() == Some(name),
                    Kind::Tag => post.tags.contains(name),
                    Kind::Source => line.source.to_string() == *name,
                };
                prop_assert!(!is_it, "{kind:?} {name} is muted: {line:?}");
            }
        }
    }
}
