//! Holds which rule speaks of which post, and which wins.

use proptest::prelude::*;

use super::*;

const NOW: Moment = Moment(1_000);

fn rule(wish: Wish, kind: Matter, name: &str) -> Rule {
    Rule { wish, about: About::new(kind, name), shown: name.to_owned(), within: None, until: None }
}

fn told<'a>(title: &'a str, lead: &'a str, author: Option<&'a str>, tags: &'a [String]) -> Told<'a> {
    Told { source: SourceId(7), author, title, lead, tags, language: Some("fr"), words: 500, relay: false }
}

fn hits(kind: Matter, name: &str, told: &Told<'_>) -> bool {
    Rules::new([rule(Wish::Mute, kind, name)], NOW, 230).mute(told).is_some()
}

#[test]
fn a_rule_speaks_of_words_in_a_row_people_tags_and_sources() {
    let tags = ["Rust".to_owned(), "Vie privée".to_owned()];
    let post = told("L’été à Brenne", "Black Friday comes early.", Some("Ada Byron (@ada@town.example)"), &tags);
    let check = |kind: Matter, name: &str, expected: bool| {
        assert_eq!(hits(kind, name, &post), expected, "{kind:?} {name}");
    };
    check(Matter::Word, "ete", true);
    check(Matter::Word, "Été", true);
    check(Matter::Word, "black friday", true);
    check(Matter::Word, "friday black", false);
    check(Matter::Word, "brenne black", false);
    check(Matter::Word, "fri", false);
    check(Matter::Word, "", false);
    check(Matter::Word, "?!", false);
    check(Matter::Person, "ada byron", true);
    check(Matter::Person, "@ada@town.example", true);
    check(Matter::Person, "Ada Byron (@ada@town.example)", true);
    check(Matter::Person, "ada", false);
    check(Matter::Person, "byron", false);
    check(Matter::Tag, "vie privee", true);
    check(Matter::Tag, "vie", false);
    check(Matter::Source, "7", true);
    check(Matter::Source, "8", false);
}

#[test]
fn a_rule_speaks_of_a_language_of_how_long_it_reads_and_of_relays() {
    // 500 words, in French.
    let post = told("Storm", "", None, &[]);
    let check = |matter: Matter, name: &str, expected: bool| {
        assert_eq!(hits(matter, name, &post), expected, "{matter:?} {name}");
    };
    check(Matter::Language, "fr", true);
    check(Matter::Language, "FR-ca", true);
    check(Matter::Language, "en", false);
    check(Matter::Language, "french", false);
    check(Matter::Longer, "2", true);
    check(Matter::Longer, "3", false);
    check(Matter::Longer, "two", false);
    check(Matter::Longer, "0", false);
    check(Matter::Shorter, "3", true);
    check(Matter::Shorter, "2", false);
    check(Matter::Relay, "", false);
    assert!(hits(Matter::Relay, "", &Told { relay: true, ..post }));
    assert!(!hits(Matter::Shorter, "3", &Told { words: 0, ..post }), "a picture is not short");
    assert!(!hits(Matter::Language, "fr", &Told { language: None, ..post }));
    let mute = |matter, name| Rules::new([rule(Wish::Mute, matter, name)], NOW, 230).mute(&post);
    assert_eq!(mute(Matter::Language, "fr"), Some(Muted::Telling), "the story may be told in another language");
    let always = Rules::new([rule(Wish::Always, Matter::Longer, "2")], NOW, 230);
    assert_eq!((always.ask(&post).always, always.mute_something()), (vec!["2".to_owned()], false));
}

#[test]
fn a_mute_of_who_tells_leaves_the_story_to_others_and_one_of_the_subject_does_not() {
    let post = told("Storm over Brenne", "", Some("Ada"), &[]);
    let mute = |rules: &[(Matter, &str)]| {
        Rules::new(rules.iter().map(|(kind, name)| rule(Wish::Mute, *kind, name)), NOW, 230).mute(&post)
    };
    assert_eq!(mute(&[(Matter::Source, "7")]), Some(Muted::Telling));
    assert_eq!(mute(&[(Matter::Person, "Ada"), (Matter::Word, "storm")]), Some(Muted::Story));
    assert_eq!(mute(&[(Matter::Word, "calm")]), None);
}

#[test]
fn a_rule_holds_before_its_end_and_in_its_folder_only() {
    let post = told("Storm", "", None, &[]);
    let check = |change: &dyn Fn(&mut Rule), expected: bool| {
        let mut one = rule(Wish::Mute, Matter::Word, "storm");
        change(&mut one);
        assert_eq!(Rules::new([one.clone()], NOW, 230).mute(&post).is_some(), expected, "{one:?}");
    };
    check(&|_| (), true);
    check(&|rule| rule.until = Some(Moment(1_001)), true);
    check(&|rule| rule.until = Some(NOW), false);
    check(&|rule| rule.within = Some([SourceId(7)].into()), true);
    check(&|rule| rule.within = Some([SourceId(8)].into()), false);
    check(&|rule| rule.within = Some(BTreeSet::new()), false);
}

#[test]
fn each_thing_asked_for_is_named_once_as_the_reader_wrote_it() {
    let tags = ["sea".to_owned()];
    let rules = [
        rule(Wish::Like, Matter::Word, "Été"),
        rule(Wish::Like, Matter::Tag, "Sea"),
        rule(Wish::Dislike, Matter::Source, "7"),
        rule(Wish::Like, Matter::Word, "winter"),
        rule(Wish::Like, Matter::Word, "Été"),
    ];
    let asked = Rules::new(rules, NOW, 230).ask(&told("Un été", "", None, &tags));
    assert_eq!(
        asked,
        Asked { more: vec!["Été".to_owned(), "Sea".to_owned()], less: vec!["7".to_owned()], always: vec![] }
    );
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let wish = prop_oneof![Just(Wish::Mute), Just(Wish::Like), Just(Wish::Dislike)];
    let about = prop_oneof![
        "[a-c]{1,2}( [a-c]{1,2})?".prop_map(|name| About::new(Matter::Word, &name)),
        "[a-c]{1,2}".prop_map(|name| About::new(Matter::Person, &name)),
        "[a-c]{1,2}".prop_map(|name| About::new(Matter::Tag, &name)),
        (0..4_i64).prop_map(|id| About::new(Matter::Source, &id.to_string())),
    ];
    let until = prop::option::of((900..1_100_i64).prop_map(Moment));
    let within = prop::option::of(prop::collection::btree_set((0..4_i64).prop_map(SourceId), 0..3));
    (wish, about, until, within).prop_map(|(wish, about, until, within)| {
        let shown = about.name.clone();
        Rule { wish, about, shown, within, until }
    })
}

proptest! {
    #[test]
    fn a_mute_holds_whatever_else_was_asked_and_in_any_order(
        (rules, shuffled) in prop::collection::vec(any_rule(), 0..12).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        source in 0..4_i64, author in prop::option::of("[a-c]{1,2}"), title in "[a-c ]{0,9}", lead in "[a-c ]{0,20}", tag in "[a-c]{1,2}",
    ) {
        let tags = [tag];
        let post = Told { source: SourceId(source), author: author.as_deref(), ..told(&title, &lead, None, &tags) };
        let holds = |rule: &&Rule| rule.until.is_none_or(|until| NOW < until);
        let said: Vec<&Rule> = rules.iter().filter(holds).filter(|rule| speaks_of(rule, &post, 230)).collect();
        let muted = said.iter().any(|rule| rule.wish == Wish::Mute);
        let (all, again) = (Rules::new(rules.clone(), NOW, 230), Rules::new(shuffled, NOW, 230));
        prop_assert_eq!(all.mute(&post).is_some(), muted);
        prop_assert_eq!(all.mute(&post), again.mute(&post));
        let asked = all.ask(&post);
        for rule in said {
            let names = match rule.wish { Wish::Mute => continue, Wish::Like => &asked.more, Wish::Dislike => &asked.less, Wish::Always => &asked.always, Wish::Notify | Wish::Star | Wish::File => continue };
            prop_assert!(names.contains(&rule.shown));
        }
    }
}
