//! Holds what goes on with what happened days before, as sentences.

use super::*;
use crate::{model::SourceId, stories::Frequencies};

fn telling(post: i64, source: i64, hours: i64, title: &str) -> Telling {
    Telling {
        post: PostId(post),
        tie: 0,
        source: SourceId(source),
        at: Moment(hours * Moment::HOUR),
        keys: Vec::new(),
        links: Vec::new(),
        gist: Gist::of(title, "", Some("en")),
        story: None,
    }
}

/// The telling that the last one goes on with; each is a story of its own.
fn found(tellings: &[Telling]) -> Option<i64> {
    let all: Vec<(i64, &Telling)> = tellings.iter().map(|telling| (telling.post.0, telling)).collect();
    let last = tellings.last().unwrap().post.0;
    let all_opened: BTreeSet<i64> = all.iter().map(|(story, _)| *story).collect();
    let of_last = earlier(&all, &BTreeSet::from([last]), &Frequencies::default()).get(&last).map(|post| post.0);
    // Whether the others were there or came with it changes nothing.
    assert_eq!(earlier(&all, &all_opened, &Frequencies::default()).get(&last).map(|post| post.0), of_last);
    of_last
}

fn check(before: &str, after: &str, hours: i64, expected: bool) {
    let two = [telling(1, 1, 0, before), telling(2, 2, hours, after)];
    assert_eq!(found(&two), expected.then_some(1), "{before} | {after}, {hours} h later");
}

#[test]
fn a_follow_up_of_days_later_goes_on_with_what_happened() {
    let before = "Storm Ida closes the port of Lima";
    check(before, "Port of Lima reopens after storm Ida", 72, true);
    check(before, "Port of Lima reopens after storm Ida", 12, false);
    check(before, "Storm Berta closes the port of Bergen", 72, false);
    check(before, "Museum opens in Lima", 72, false);
}

#[test]
fn what_comes_back_goes_on_with_nothing() {
    check("Links of the week: harbours and storms", "Links of the week: harbours and storms", 168, false);
    check("Larkspur Mail 2.3.1 released", "Larkspur Mail 2.3.2 released", 72, false);
    check("Publication de Bobbin 0.57", "Publication de Copeau 0.57", 72, false);
    check("Weather in Lima: rain on Monday", "Weather in Lima: rain on Tuesday", 72, false);
    check("Lima port is hiring crane drivers (m/f)", "Lima port is hiring crane drivers (m/f)", 72, false);
}

#[test]
fn the_most_alike_is_the_one_and_it_is_never_later() {
    let all = [
        telling(1, 1, 0, "Storm Ida closes the port of Lima"),
        telling(2, 2, 1, "Storm Ida sinks a ferry off Lima"),
        telling(3, 3, 200, "Port of Lima stays closed a week after storm Ida"),
        telling(4, 4, 90, "Port of Lima reopens after storm Ida"),
    ];
    assert_eq!(found(&all), Some(1));
    // Side by side: only the later one goes on with the other.
    let tellings =
        [telling(1, 1, 0, "Storm Ida closes port of Lima"), telling(2, 2, 30, "Storm Ida: port of Lima closed")];
    let again =
        [telling(3, 3, 60, "Storm Ida keeps port of Lima closed"), telling(4, 4, 90, "Storm Ida: Lima port closed")];
    let stories: Vec<(i64, &Telling)> =
        [(1, &tellings[0]), (2, &tellings[1]), (1, &again[0]), (2, &again[1])].into_iter().collect();
    let found = earlier(&stories, &BTreeSet::from([1, 2]), &Frequencies::default());
    assert_eq!(found.get(&1), None);
    assert!(found.contains_key(&2));
}
