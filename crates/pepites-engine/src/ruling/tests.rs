//! Holds that a mute holds, that a rule says what it does, and that it ends where the reader's day ends.

use pepites_core::{digest::Budget, model::Item, score::rules::Wish};
use proptest::prelude::*;

use super::*;
use crate::{
    catalogue::Language,
    contract::{DigestAsk, DigestView, MarkView},
    fixture::Library,
};

fn ask(wish: Wish, kind: Matter, name: &str) -> RuleAsk {
    RuleAsk { id: None, wish, kind, name: name.to_owned(), folder: None, into: None, until: None }
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
    let mute = library.engine.set_rule(&ask(Wish::Mute, Matter::Word, " Storm ")).unwrap();
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
    let rule = library.engine.set_rule(&ask(Wish::Mute, Matter::Source, &ana.to_string())).unwrap();
    assert_eq!(rule.shown, "ana");
    assert_eq!(sources(&again(&library)), [ben]);
}

#[test]
fn a_like_lifts_a_dislike_and_both_say_so() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring(ana, vec![library.item("ana", "Storm over Brenne", 2), library.item("ana", "Calm over Brenne", 3)]);
    library.engine.set_rule(&ask(Wish::Dislike, Matter::Source, &ana.to_string())).unwrap();
    library.engine.set_rule(&ask(Wish::Like, Matter::Word, "Calm")).unwrap();
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
        let rule = library.engine.set_rule(&RuleAsk { folder, ..ask(Wish::Mute, Matter::Word, "storm") }).unwrap();
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
    library.engine.set_rule(&RuleAsk { folder, ..ask(Wish::Mute, Matter::Word, "storm") }).unwrap();
    let left = again(&library);
    assert_eq!((left.entries.len(), left.entries[0].face.source, left.line.muted), (1, ben, 0));
    library.engine.set_rule(&ask(Wish::Mute, Matter::Word, "ciara")).unwrap();
    let none = again(&library);
    assert_eq!((none.entries.len(), none.line.muted), (0, 1), "and the digest says so");
}

#[test]
fn a_rule_holds_through_its_last_day_where_the_reader_is() {
    let library = Library::new();
    let today = Day::of(library.now(), 60);
    let rule = RuleAsk { until: Some(today.clone()), ..ask(Wish::Mute, Matter::Word, "storm") };
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
    let rule = library.engine.set_rule(&ask(Wish::Mute, Matter::Word, "storm")).unwrap();
    let changed = RuleAsk { id: Some(rule.id), ..ask(Wish::Like, Matter::Tag, "sea") };
    assert_eq!(library.engine.set_rule(&changed).unwrap().id, rule.id);
    assert_eq!(library.engine.rules().unwrap().len(), 1);
    for (kind, name, code) in [
        (Matter::Word, " ?! ", Code::BadInput),
        (Matter::Tag, "", Code::BadInput),
        (Matter::Source, "99", Code::Missing),
        (Matter::Source, "ana", Code::Missing),
    ] {
        assert_eq!(library.engine.set_rule(&ask(Wish::Mute, kind, name)).unwrap_err().code, code, "{name}");
    }
    let never = RuleAsk { until: Some(Day("2026-02-30".to_owned())), ..ask(Wish::Mute, Matter::Word, "storm") };
    assert_eq!(library.engine.set_rule(&never).unwrap_err().code, Code::BadInput);
    assert_eq!(library.engine.drop_rule(RuleId(99)).unwrap_err().code, Code::Missing);
}

const WORDS: [&str; 4] = ["storm", "calm", "harbour", "letter"];

fn any_rule() -> impl Strategy<Value = (Wish, Matter, usize)> {
    let wish = prop_oneof![Just(Wish::Mute), Just(Wish::Like), Just(Wish::Dislike)];
    let kind = prop_oneof![Just(Matter::Word), Just(Matter::Person), Just(Matter::Tag), Just(Matter::Source)];
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
        let mut mutes: Vec<(Matter, String)> = Vec::new();
        for &(wish, kind, which) in &rules {
            let name = match kind {
                Matter::Word => WORDS[which].to_owned(),
                Matter::Person | Matter::Tag => names[which].to_owned(),
                _ => sources[which].to_string(),
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
                    Matter::Word => line.title.contains(name.as_str()) || line.lead.contains(name.as_str()),
                    Matter::Person => line.author.as_ref() == Some(name),
                    Matter::Tag => post.tags.contains(name),
                    _ => line.source.to_string() == *name,
                };
                prop_assert!(!is_it, "{kind:?} {name} is muted: {line:?}");
            }
        }
    }
}

#[test]
fn a_rule_that_is_tried_shows_what_it_speaks_of_and_keeps_nothing() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring(ana, vec![library.item("ana", "Storm over Brenne", 2), library.item("ana", "A quiet letter", 3)]);
    let tried = library.engine.try_rule(&ask(Wish::Mute, Matter::Word, "storm")).unwrap();
    let titles: Vec<&str> = tried.examples.iter().map(|line| line.title.as_str()).collect();
    assert_eq!((tried.posts_30d, titles), (1, vec!["Storm over Brenne"]));
    assert_eq!(library.engine.rules().unwrap(), []);
    for (matter, name) in [(Matter::Longer, "soon"), (Matter::Language, "french"), (Matter::Word, "?")] {
        assert_eq!(library.engine.try_rule(&ask(Wish::Mute, matter, name)).unwrap_err().code, Code::BadInput);
    }
}

#[test]
fn what_is_always_wanted_has_a_place_before_better_ones_and_says_why() {
    let library = Library::new();
    let (ana, ben) = (library.follow("ana"), library.follow("ben"));
    library.bring(ana, vec![library.item("ana", "A quiet letter", 3)]);
    library.bring(ben, vec![library.item("ben", "Storm over Brenne", 2)]);
    let one = || {
        let ask = DigestAsk { budget: Some(Budget::Posts(1)), again: true, more: false };
        library.engine.today(&ask).unwrap().entries.remove(0)
    };
    let best = one().face.title;
    let (word, other) =
        if best == "A quiet letter" { ("storm", "Storm over Brenne") } else { ("letter", "A quiet letter") };
    library.engine.set_rule(&ask(Wish::Always, Matter::Word, word)).unwrap();
    let entry = one();
    assert_eq!(entry.face.title, other);
    assert_eq!(entry.reasons[0], Phrase::new("reason.always").with("names", word));
    library.engine.set_rule(&ask(Wish::Mute, Matter::Source, &entry.face.source.to_string())).unwrap();
    assert_eq!(one().face.title, best, "none wins");
}

#[test]
fn what_comes_is_starred_by_a_rule_and_what_was_there_is_not() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring(ana, vec![library.item("ana", "Storm over Brenne", 3)]);
    let rule = library.engine.set_rule(&ask(Wish::Star, Matter::Word, "storm")).unwrap();
    assert_eq!((rule.posts_30d, rule.done), (1, 0));
    library.bring(ana, vec![library.item("ana", "Storm over Orvault", 2), library.item("ana", "A quiet letter", 1)]);
    library.engine.group().unwrap();
    let starred = || {
        let starred = library.engine.starred(9, 0).unwrap();
        starred.into_iter().map(|line| (line.title, line.marks.starred_by_rule)).collect::<Vec<_>>()
    };
    assert_eq!(starred(), [("Storm over Orvault".to_owned(), true)]);
    assert_eq!(library.engine.rules().unwrap()[0].done, 1);
    assert_eq!(library.engine.learned_taste().unwrap().starred, 0, "nothing is learned from it");
    library.engine.undo_rule(rule.id).unwrap();
    assert_eq!((starred(), library.engine.rules().unwrap()), (vec![], vec![]));
    let over = RuleAsk { until: Some(Day("2020-01-01".to_owned())), ..ask(Wish::Star, Matter::Word, "storm") };
    library.engine.set_rule(&over).unwrap();
    library.bring(ana, vec![library.item("ana", "Storm over Vannes", 1)]);
    library.engine.group().unwrap();
    assert_eq!(starred(), []);
}

#[test]
fn what_a_rule_files_is_found_in_its_folder_from_its_last_thirty_days_on() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring(ana, vec![library.item("ana", "Storm over Brenne", 3), library.item("ana", "A quiet letter", 1)]);
    let file =
        RuleAsk { into: Some(vec![" Sea ".to_owned(), "Storms".to_owned()]), ..ask(Wish::File, Matter::Word, "storm") };
    let rule = library.engine.set_rule(&file).unwrap();
    assert_eq!((rule.into.as_ref().unwrap().join("/"), rule.done), ("Sea/Storms".to_owned(), 1));
    library.bring(ana, vec![library.item("ana", "Storm over Orvault", 2)]);
    library.engine.group().unwrap();
    let found = |words: &str| library.engine.hits(words).unwrap();
    assert_eq!(
        (found("folder:sea"), found("folder:storms orvault"), found("-folder:sea"), found("folder:sky")),
        (2, 1, 1, 0)
    );
    assert_eq!(library.engine.doubts("folder:sea").unwrap(), []);
    assert_eq!(library.engine.rules().unwrap()[0].done, 2);
    let nowhere = RuleAsk { into: Some(vec![" ".to_owned()]), ..file };
    assert_eq!(library.engine.set_rule(&nowhere).unwrap_err().code, Code::BadInput);
    library.engine.drop_rule(rule.id).unwrap();
    assert_eq!(found("folder:sea"), 0);
}

#[test]
fn a_word_rule_about_relays_is_told_from_the_rule_about_what_only_relays() {
    let library = Library::new();
    library.engine.set_rule(&ask(Wish::Like, Matter::Word, "relay")).unwrap();
    library.engine.set_rule(&ask(Wish::Like, Matter::Relay, "relay")).unwrap();
    let shown: Vec<String> = library.engine.rules().unwrap().into_iter().map(|rule| rule.shown).collect();
    assert_eq!(shown[0], "relay");
    let said = |language: Language| language.say(&Phrase::new("reason.liked").with("names", shown.join(", ")));
    assert!(said(Language::English).contains("relay, Relays"), "{}", said(Language::English));
    assert!(said(Language::French).contains("relay, Relais"), "{}", said(Language::French));
}

#[test]
fn what_the_reader_wants_to_be_told_of_is_counted_among_what_came_and_changes_no_digest() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring(ana, vec![library.item("ana", "Storm over Brenne", 3)]);
    let before = library.engine.store.newest().unwrap();
    library.bring(ana, vec![library.item("ana", "Storm over Orvault", 2), library.item("ana", "A quiet letter", 1)]);
    let asked = again(&library);
    assert_eq!(library.engine.to_tell(before).unwrap(), [], "nothing is asked for");
    library.engine.set_rule(&ask(Wish::Notify, Matter::Word, "storm")).unwrap();
    library.engine.set_rule(&ask(Wish::Notify, Matter::Word, "lottery")).unwrap();
    assert_eq!(library.engine.to_tell(before).unwrap(), [("storm".to_owned(), 1)]);
    assert_eq!(titles(&again(&library)), titles(&asked));
    let over = RuleAsk { until: Some(Day("2020-01-01".to_owned())), ..ask(Wish::Notify, Matter::Word, "storm") };
    library.engine.set_rule(&over).unwrap();
    assert_eq!(library.engine.to_tell(before).unwrap(), []);
}

#[test]
fn an_archive_without_dates_is_neither_counted_nor_starred_nor_filed() {
    let library = Library::new();
    library.engine.set_rule(&ask(Wish::Star, Matter::Word, "storm")).unwrap();
    let ana = library.follow("ana");
    let undated = |title: &str| Item { published: None, ..library.item("ana", title, 1) };
    library.bring(ana, vec![undated("Storm over Brenne"), undated("Storm over Orvault")]);
    library.engine.group().unwrap();
    assert_eq!(library.engine.starred(9, 0).unwrap(), []);
    let file = RuleAsk { into: Some(vec!["Sea".to_owned()]), ..ask(Wish::File, Matter::Word, "storm") };
    assert_eq!(library.engine.try_rule(&file).unwrap().posts_30d, 0);
    let filed = library.engine.set_rule(&file).unwrap();
    assert_eq!((filed.posts_30d, filed.done), (0, 0));
    library.wait(Moment::HOUR);
    library.bring(ana, vec![undated("Storm over Vannes")]);
    library.engine.group().unwrap();
    let titles: Vec<String> = library.engine.starred(9, 0).unwrap().into_iter().map(|line| line.title).collect();
    assert_eq!(titles, ["Storm over Vannes"], "what comes later came then");
    assert_eq!(library.engine.rules().unwrap()[1].done, 1);
}

#[test]
fn a_rule_waits_for_no_grouping_and_stars_none_of_what_waits_for_it() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring(ana, vec![library.item("ana", "Storm over Brenne", 3)]);
    for wish in [Wish::Dislike, Wish::Star] {
        library.engine.set_rule(&ask(wish, Matter::Word, "storm")).unwrap();
    }
    assert_eq!(library.engine.store.ungrouped(9).unwrap().len(), 1);
    library.engine.group().unwrap();
    assert_eq!(library.engine.starred(9, 0).unwrap(), []);
}

#[test]
fn an_undo_gives_a_rules_star_back_as_the_rules() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.engine.set_rule(&ask(Wish::Star, Matter::Word, "storm")).unwrap();
    library.bring(ana, vec![library.item("ana", "A quiet letter", 3), library.item("ana", "Storm over Brenne", 2)]);
    library.engine.group().unwrap();
    let posts = library.posts(ana);
    let star = MarkView::Starred;
    library.engine.mark(&posts[1..], star, true).unwrap();
    let by_rule = || library.engine.starred(9, 0).unwrap().iter().filter(|line| line.marks.starred_by_rule).count();
    assert_eq!((library.engine.mark(&posts, star, false).unwrap().changed.len(), by_rule()), (2, 0));
    let back = library.engine.undo_mark(&posts, star, true).unwrap();
    assert_eq!((back.changed, library.engine.starred(9, 0).unwrap().len(), by_rule()), (posts, 2, 1));
}

#[test]
fn a_rule_is_not_changed_into_another_that_is_there() {
    let library = Library::new();
    let first = library.engine.set_rule(&ask(Wish::Star, Matter::Word, "storm")).unwrap();
    let other = library.engine.set_rule(&ask(Wish::Mute, Matter::Word, "calm")).unwrap();
    for (id, like) in
        [(other.id, ask(Wish::Star, Matter::Word, "Storm")), (first.id, ask(Wish::Like, Matter::Word, "calm"))]
    {
        let problem = library.engine.set_rule(&RuleAsk { id: Some(id), ..like }).unwrap_err();
        assert_eq!(problem.detail.key, "problem.bad_input.rule_twice");
    }
    assert_eq!(library.engine.rules().unwrap(), [first, other]);
}

#[test]
fn posts_go_into_no_folder_that_no_search_would_find() {
    let library = Library::new();
    for (name, fits) in [("★", false), ("My \"best\"", false), ("« Mer »", false), ("C++", true), ("海", true)] {
        let file =
            RuleAsk { into: Some(vec!["Sea".to_owned(), name.to_owned()]), ..ask(Wish::File, Matter::Word, "storm") };
        match library.engine.set_rule(&file) {
            Ok(_) => assert!(fits, "{name}"),
            Err(problem) => {
                assert_eq!(
                    (fits, problem.detail.key.as_str()),
                    (false, "problem.bad_input.rule_folder_name"),
                    "{name}"
                );
            }
        }
    }
}
