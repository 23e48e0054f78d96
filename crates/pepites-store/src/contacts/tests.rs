//! Holds that people come together over files, are changed without their files, and stay who the reader says they are.

use pepites_core::interchange::contacts::{Place, Said};

use super::*;
use crate::tests::NOW;

fn card(row: u32, name: &str, email: &str, site: &str) -> Card {
    let said = Said { text: site.to_owned(), place: Place::Website };
    Card {
        row,
        name: Some(name.to_owned()).filter(|name| !name.is_empty()),
        emails: Some(email.to_owned()).into_iter().filter(|email| !email.is_empty()).collect(),
        said: Some(said).into_iter().filter(|said| !said.text.is_empty()).collect(),
        ..Card::default()
    }
}

fn names(store: &Store) -> Vec<String> {
    store.contacts().unwrap().iter().map(|contact| contact.person.shown().to_owned()).collect()
}

#[test]
fn people_come_together_over_files_by_what_is_theirs_alone() {
    let store = Store::memory().unwrap();
    let first = vec![card(2, "Léa Martin", "lea@mail.example", ""), card(3, "Paul Martin", "martin@home.example", "")];
    assert_eq!(store.add_cards("a.csv", first.clone(), NOW).unwrap(), Carded { added: 2, joined: 0, repeated: 0 });
    assert_eq!(store.add_cards("a.csv", first, NOW).unwrap(), Carded { added: 0, joined: 0, repeated: 2 });
    let second = vec![
        card(1, "MARTIN Léa", "LEA@mail.example", "https://lea.example/"),
        card(2, "Anne Martin", "martin@home.example", ""),
        card(3, "Léa Martin", "", "http://www.lea.example"),
        card(4, "Léa Martin", "", ""),
    ];
    assert_eq!(store.add_cards("b.vcf", second, NOW).unwrap(), Carded { added: 2, joined: 2, repeated: 0 });
    assert_eq!(names(&store), ["Léa Martin", "Paul Martin", "Anne Martin", "Léa Martin"], "a name alone joins nobody");
    let lea = store.contact(ContactId(1)).unwrap().person;
    assert_eq!(lea.rows, [("a.csv".to_owned(), 2), ("b.vcf".to_owned(), 1), ("b.vcf".to_owned(), 3)]);
    assert_eq!((lea.emails.len(), lea.said.len()), (1, 2));
}

#[test]
fn what_the_reader_changes_wins_and_can_be_undone() {
    let store = Store::memory().unwrap();
    store.add_cards("a.csv", vec![card(2, "L M", "l@mail.example", "https://wrong.example/")], NOW).unwrap();
    let id = ContactId(1);
    let own =
        Own { name: Some("Léa".to_owned()), organisation: None, struck: vec!["https://wrong.example/".to_owned()] };
    store.change_contact(id, &own, Some(card(0, "", "", "https://right.example/")), NOW).unwrap();
    let person = store.contact(id).unwrap().person;
    assert_eq!((person.shown(), person.said[0].text.as_str(), person.said.len()), ("Léa", "https://right.example/", 1));
    store.remove_contacts(&[id], false, NOW).unwrap();
    assert_eq!((store.contact_count().unwrap(), store.contact(id).is_err()), (0, true));
    store.remove_contacts(&[id], true, NOW).unwrap();
    assert_eq!(store.contact(id).unwrap().person, person);
}

#[test]
fn who_was_taken_off_the_list_comes_back_with_the_file() {
    let store = Store::memory().unwrap();
    let cards = vec![card(2, "Léa", "l@mail.example", "")];
    store.add_cards("a.csv", cards.clone(), NOW).unwrap();
    store.remove_contacts(&[ContactId(1)], false, NOW).unwrap();
    assert_eq!(store.add_cards("a.csv", cards, NOW).unwrap().added, 1);
    assert_eq!(names(&store), ["Léa"]);
    store.forget_contacts().unwrap();
    assert_eq!(names(&store), Vec::<String>::new());
}

#[test]
fn two_are_made_one_and_a_source_is_not_theirs_for_ever() {
    let store = Store::memory().unwrap();
    store
        .add_cards("a.csv", vec![card(2, "Léa", "a@mail.example", ""), card(3, "L.", "b@mail.example", "")], NOW)
        .unwrap();
    let address = Address { kind: "feed".to_owned(), locator: "https://x.example/feed".to_owned() };
    store.say_not(ContactId(2), &address, true, NOW).unwrap();
    store.join_contacts(ContactId(1), ContactId(2), NOW).unwrap();
    let lea = store.contact(ContactId(1)).unwrap();
    assert_eq!((lea.person.emails.len(), lea.not.len()), (2, 1));
    store
        .say_not(ContactId(1), &Address { locator: "http://x.example/feed".to_owned(), ..address }, false, NOW)
        .unwrap();
    assert_eq!(store.contact(ContactId(1)).unwrap().not.len(), 0);
    assert!(store.join_contacts(ContactId(1), ContactId(2), NOW).is_err());
}

#[test]
fn who_was_joined_is_parted_again_and_a_row_of_somebody_else_becomes_somebody() {
    let store = Store::memory().unwrap();
    let cards = vec![card(2, "Léa", "a@mail.example", ""), card(3, "Bo", "b@mail.example", "")];
    store.add_cards("a.csv", cards, NOW).unwrap();
    let (lea, bo) = (ContactId(1), ContactId(2));
    let own = Own { name: Some("Bobby".to_owned()), ..Own::default() };
    store.change_contact(bo, &own, None, NOW).unwrap();
    let of_bo = store.contact(bo).unwrap().cards;
    store.join_contacts(lea, bo, NOW).unwrap();
    assert_eq!((names(&store), store.contact(lea).unwrap().cards.len()), (vec!["Léa".to_owned()], 2));
    assert_eq!(store.part_contact(lea, &of_bo, Some(bo), NOW).unwrap(), bo);
    assert_eq!(names(&store), ["Léa", "Bobby"], "what the reader called them is still there");
    assert!(store.part_contact(lea, &of_bo, None, NOW).is_err(), "these rows are not theirs");
    assert_eq!(names(&store), ["Léa", "Bobby"], "and nobody was made of it");
    store.join_contacts(lea, bo, NOW).unwrap();
    let fresh = store.part_contact(lea, &of_bo, None, NOW).unwrap();
    assert_eq!((fresh != bo, names(&store)), (true, vec!["Léa".to_owned(), "Bo".to_owned()]));
}

#[test]
fn an_answer_is_asked_again_after_its_time_and_one_not_had_takes_nothing_away() {
    let store = Store::memory().unwrap();
    let row = |again: i64, answer: Option<Answer>| AnswerRow {
        question: "page a.example".to_owned(),
        again: NOW.plus(again),
        answer,
    };
    let good = Answer { bare: true, ..Answer::default() };
    store.keep_answers(vec![row(10, Some(good.clone()))], NOW).unwrap();
    assert_eq!(store.answers(NOW).unwrap().fresh.len(), 1);
    store.keep_answers(vec![row(20, None)], NOW.plus(11)).unwrap();
    let Heard { answers, fresh, .. } = store.answers(NOW.plus(30)).unwrap();
    assert_eq!((answers.get("page a.example"), fresh.len()), (Some(&good), 0));
}
