//! Holds what is a copy and what tells in its own words, as sentences.

use super::*;
use crate::{
    model::{Moment, SourceId},
    stories::{Gist, StoryKey},
};

const TITLE: &str = "Storm Ida closes the port of Lima";
const TEXT: &str = "The port of Lima was closed on Monday afternoon by storm Ida, which tore four cranes from their rails and \
                    left two freighters adrift outside the mole. Pilots refused to board, the harbour master said, and no \
                    ship will berth before Thursday. Fishermen of Callao hauled their boats into the streets, where waves \
                    had broken shop windows the night before.";

fn telling(post: i64, title: &str, text: &str) -> Telling {
    Telling {
        post: PostId(post),
        tie: 0,
        source: SourceId(post),
        at: Moment(post * Moment::HOUR),
        keys: Vec::new(),
        links: Vec::new(),
        gist: Gist::of(title, text, Some("en")),
        story: None,
    }
}

fn check(one: (&str, &str), other: (&str, &str), expected: bool, why: &str) {
    let (one, other) = (telling(1, one.0, one.1), telling(2, other.0, other.1));
    assert_eq!(is_copy(&one, &other), expected, "{why}");
    assert_eq!(is_copy(&other, &one), expected, "{why}, the other way round");
}

#[test]
fn the_same_text_under_another_dress_is_a_copy() {
    check((TITLE, TEXT), (TITLE, TEXT), true, "the same");
    check((TITLE, TEXT), ("Port in Peru shut as storm hits", TEXT), true, "another headline");
    let dressed = format!("By A. Reporter. {TEXT} This article first appeared in The Mole.");
    check((TITLE, TEXT), (TITLE, &dressed), true, "a byline and a credit");
    let excerpt: String = TEXT.split_inclusive(' ').take(30).collect();
    check((TITLE, TEXT), (TITLE, &format!("{excerpt}…")), true, "an excerpt");
    check(("", TEXT), ("", &format!("{TEXT} #storm #lima")), true, "a note on two networks");
    check((TITLE, ""), (TITLE, ""), true, "a headline and nothing more, twice");
}

#[test]
fn what_tells_in_its_own_words_is_no_copy() {
    let own = "Storm Ida reached Peru before dusk. In Lima, where the port is shut since Monday, the mayor asked people \
               to stay at home; three of the cranes that fell were new. Two freighters wait outside, and Callao's fishing \
               fleet has been pulled ashore, street by street, by the neighbours.";
    check((TITLE, TEXT), (TITLE, own), false, "the same title over another text");
    check((TITLE, ""), ("Storm closes Lima's port, cranes fall", ""), false, "two headlines");
    check((TITLE, TEXT), (TITLE, ""), false, "a headline alone says who else tells it");
    check(("", "Lima's port is closed"), ("", TEXT), false, "few words that another has too");
}

#[test]
fn another_number_is_another_state_of_things() {
    let dead = |number: &str| format!("{number} people died when storm Ida came to Lima. {TEXT}");
    let title = |number: &str| format!("Storm Ida: {number} dead in Lima");
    check((&title("12"), &dead("12")), (&title("15"), &dead("15")), false, "the toll grew");
    check((TITLE, &dead("12")), (TITLE, &dead("15")), false, "in the text alone");
}

#[test]
fn a_link_to_the_page_under_its_title_is_a_copy_and_a_word_about_it_is_not() {
    let page = StoryKey::of_page("https://gazette.example/harbour/42").unwrap();
    let of_page = |telling: Telling| Telling { keys: vec![page], ..telling };
    let post = of_page(telling(1, TITLE, TEXT));
    assert!(is_copy(&post, &of_page(telling(2, TITLE, ""))));
    assert!(!is_copy(&post, &telling(2, TITLE, "")), "of another page");
    assert!(!is_copy(&post, &of_page(telling(2, "", "At last someone says what happened to the cranes"))));
}

#[test]
fn copies_are_those_of_the_first_that_had_the_text_in_whatever_order_they_come() {
    let own =
        telling(2, "Peru: Lima shut by a storm called Ida", "Nobody was hurt, said the mayor, when the wind came.");
    let mut all = vec![telling(3, TITLE, TEXT), own, telling(1, TITLE, TEXT), telling(4, "Ports", TEXT)];
    let expected = BTreeMap::from([(PostId(3), PostId(1)), (PostId(4), PostId(1))]);
    for _ in 0..all.len() {
        assert_eq!(copies(&all), expected);
        all.rotate_left(1);
    }
    all.reverse();
    assert_eq!(copies(&all), expected);
}

#[test]
fn a_comment_is_no_copy_of_what_it_comments() {
    check(("Comment on Harbour by Ana", TEXT), ("Comment on Harbour by Ana", TEXT), false, "a comment");
}
