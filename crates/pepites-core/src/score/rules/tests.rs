//! Holds which rule speaks of which post, and which wins.

use proptest::prelude::*;

use super::*;

const NOW: Moment = Moment(1_000);

fn rule(wish: Wish, kind: Kind, name: &str) -> Rule {
    Rule { wish, about: Trait::new(kind, name), shown: name.to_owned(), within: None, until: None }
}

fn told<'a>(title: &'a str, lead: &'a str, author: Option<&'a str>, tags: &'a [String]) -> Told<'a> {
    Told { source: SourceId(7), author, title, lead, tags }
}

fn hits(kind: Kind, name: &str, told: &Told<'_>) -> bool {
    Rules::new([rule(Wish::Mute, kind, name)], NOW).mute(told).is_some()
}

#[test]
fn a_rule_speaks_of_words_in_a_row_people_tags_and_sources() {
    let tags = ["Rust".to_owned(), "Vie privée".to_owned()];
    let post = told("L’été à Brenne", "Black Friday comes early.", Some("Ada Byron (@ada@town.example)"), &tags);
    let check = |kind: Kind, name: &str, expected: bool| {
        assert_eq!(hits(kind, name, &post), expected, "{kind:?} {name}");
    };
    check(Kind::Word, "ete", true);
    check(Kind::Word, "Été", true);
    check(Kind::Word, "black friday", true);
    check(Kind::Word, "friday black", false);
    check(Kind::Word, "brenne black", false);
    check(Kind::Word, "fri", false);
    check(Kind::Word, "", false);
    check(Kind::Word, "?!", false);
    check(Kind::Person, "ada byron", true);
    check(Kind::Person, "@ada@town.example", true);
    check(Kind::Person, "Ada Byron (@ada@town.example)", true);
    check(Kind::Person, "ada", false);
    check(Kind::Person, "byron", false);
    check(Kind::Tag, "vie privee", true);
    check(Kind::Tag, "vie", false);
    check(Kind::Source, "7", true);
    check(Kind::Source, "8", false);
}

#[test]
fn a_mute_of_who_tells_leaves_the_story_to_others_and_one_of_the_subject_does_not() {
    let post = told("Storm over Brenne", "", Some("Ada"), &[]);
    let mute = |rules: &[(Kind, &str)]| {
        Rules::new(rules.iter().map(|(kind, name)| rule(Wish::Mute, *kind, name)), NOW).mute(&post)
    };
    assert_eq!(mute(&[(Kind::Source, "7")]), Some(Muted::Telling));
    assert_eq!(mute(&[(Kind::Person, "Ada"), (Kind::Word, "storm")]), Some(Muted::Story));
    assert_eq!(mute(&[(Kind::Word, "calm")]), None);
}

#[test]
fn a_rule_holds_before_its_end_and_in_its_folder_only() {
    let post = told("Storm", "", None, &[]);
    let check = |change: &dyn Fn(&mut Rule), expected: bool| {
        let mut one = rule(Wish::Mute, Kind::Word, "storm");
        change(&mut one);
        assert_eq!(Rules::new([one.clone()], NOW).mute(&post).is_some(), expected, "{one:?}");
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
        rule(Wish::Like, Kind::Word, "Été"),
        rule(Wish::Like, Kind::Tag, "Sea"),
        rule(Wish::Dislike, Kind::Source, "7"),
        rule(Wish::Like, Kind::Word, "winter"),
        rule(Wish::Like, Kind::Word, "Été"),
    ];
    let asked = Rules::new(rules, NOW).ask(&told("Un été", "", None, &tags));
    assert_eq!(asked, Asked { more: vec!["Été".to_owned(), "Sea".to_owned()], less: vec!["7".to_owned()] });
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let wish = prop_oneof![Just(Wish::Mute), Just(Wish::Like), Just(Wish::Dislike)];
    let about = prop_oneof![
        "[a-c]{1,2}( [a-c]{1,2})?".prop_map(|name| Trait::new(Kind::Word, &name)),
        "[a-c]{1,2}".prop_map(|name| Trait::new(Kind::Person, &name)),
        "[a-c]{1,2}".prop_map(|name| Trait::new(Kind::Tag, &name)),
        (0..4_i64).prop_map(|id| Trait::new(Kind::Source, &id.to_string())),
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
        let post = Told { source: SourceId(source), author: author.as_deref(), title: &title, lead: &lead, tags: &tags };
        let holds = |rule: &&Rule| rule.until.is_none_or(|until| NOW < until);
        let said: Vec<&Rule> = rules.iter().filter(holds).filter(|rule| speaks_of(rule, &post)).collect();
        let muted = said.iter().any(|rule| rule.wish == Wish::Mute);
        let (all, again) = (Rules::new(rules.clone(), NOW), Rules::new(shuffled, NOW));
        prop_assert_eq!(all.mute(&post).is_some(), muted);
        prop_assert_eq!(all.mute(&post), again.mute(&post));
        let asked = all.ask(&post);
        for rule in said {
            let names = match rule.wish { Wish::Mute => continue, Wish::Like => &asked.more, Wish::Dislike => &asked.less };
            prop_assert!(names.contains(&rule.shown));
        }
    }
}
