//! Holds that an import that is taken back leaves the library as it was, but for what the reader has touched since.

use pepites_core::{
    interchange::contacts::{Card, Place, Said},
    model::{ContactId, Folder, Mode, SourceId},
    people::Own,
};

use super::*;
use crate::{
    How, Mark,
    tests::{NOW, ago, everywhere, item, new_source, read, titled},
};

mod several;

fn within(name: &str, folders: &[&str]) -> NewSource {
    let folders = folders.iter().map(|path| Folder(path.split('/').map(str::to_owned).collect())).collect();
    NewSource { folders, ..new_source(name) }
}

fn go_on() -> Step {
    Box::new(|_| true)
}

fn import(store: &Store, sources: &[NewSource], at: Moment) -> Imported<Vec<Added>> {
    store.import_sources("list.opml", sources.to_vec(), at, go_on()).unwrap()
}

fn people(store: &Store, cards: &[Card]) -> Imported<Carded> {
    store.import_cards("people.csv", cards.to_vec(), NOW, go_on()).unwrap()
}

fn back(store: &Store, import: Option<ImportId>) -> TakenBack {
    store.take_import_back(import.unwrap(), NOW.plus(5)).unwrap().unwrap()
}

fn card(row: u32, name: &str, email: &str, site: &str) -> Card {
    let said = Said { text: site.to_owned(), place: Place::Website };
    Card {
        row,
        name: Some(name.to_owned()),
        emails: vec![email.to_owned()],
        said: Some(said).into_iter().filter(|said| !said.text.is_empty()).collect(),
        ..Card::default()
    }
}

/// All that a reader could see of what is followed, and of people.
fn seen(store: &Store) -> String {
    let followed: Vec<String> = store
        .sources()
        .unwrap()
        .into_iter()
        .map(|source| format!("{} {:?} {:?} {:?}", source.id, source.name, source.folders, source.site))
        .collect();
    let rows = |sql: &str| {
        let rows = store.read(|library| {
            let mut statement = library.prepare(sql)?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        });
        rows.unwrap().join("\n")
    };
    format!(
        "{}\n{}\n{}\n{}",
        followed.join("\n"),
        rows(
            "SELECT id || coalesce(name, '') || unfollowed || gone FROM sources WHERE unfollowed IS NOT NULL AND id < 4"
        ),
        rows("SELECT id || ' ' || coalesce(removed, '') || ' ' || struck FROM contacts ORDER BY id"),
        rows(
            "SELECT id || ' ' || contact || ' ' || file || ' ' || line || ' ' || hash || card FROM contact_cards ORDER BY id"
        ),
    )
}

#[test]
fn an_import_that_is_taken_back_leaves_everything_as_it_was() {
    everywhere(|store| {
        let named = NewSource { name: Some("Old name".to_owned()), ..within("left", &["Old"]) };
        let there = store.add_sources(&[within("a", &["News"]), named, within("quiet", &[])], ago(9)).unwrap();
        store.unfollow(there[1].id, ago(8)).unwrap();
        let before = seen(store);
        let list = [
            within("a", &["News", "Morning"]),
            NewSource { name: Some("New name".to_owned()), ..within("left", &["New/Deep"]) },
            within("b", &["Morning"]),
            within("quiet", &[]),
            within("c", &[]),
        ];
        let imported = import(store, &list, NOW);
        assert_eq!(store.sources().unwrap().len(), 5);
        let expected = TakenBack { sources: 3, folders: 1, ..TakenBack::default() };
        assert_eq!(back(store, imported.import), expected);
        assert_eq!(seen(store), before);
        let again = store.take_import_back(imported.import.unwrap(), NOW).unwrap();
        assert_eq!(again, None, "twice is once");
    });
}

#[test]
fn what_was_there_already_is_nothing_to_take_back() {
    let store = Store::memory().unwrap();
    assert_ne!(import(&store, &[within("a", &["News"])], ago(1)).import, None);
    assert_eq!(import(&store, &[within("a", &["News"])], NOW).import, None);
    let (first, second) = (people(&store, &[card(1, "Ada", "ada@a.example", "")]), people(&store, &[]));
    assert_eq!((first.what.added, second.import), (1, None));
}

#[test]
fn what_the_reader_touched_since_stays_and_is_named() {
    everywhere(|store| {
        let names = ["starred", "moved", "renamed", "thinned", "put", "ruled", "plain", "left", "tied", "again"];
        let list: Vec<NewSource> = names.iter().map(|name| within(name, &["File"])).collect();
        let imported = import(store, &list, NOW);
        let id = |name: &str| imported.what[names.iter().position(|each| *each == name).unwrap()].id;
        for name in ["starred", "put", "plain"] {
            read(store, id(name), NOW, vec![item(name, name, "<p>words</p>", ago(1))]);
        }
        let mark = |name: &str, mark| store.mark(&[titled(store, name)], mark, true, How::ByHand, NOW, 0).unwrap();
        mark("starred", Mark::Starred);
        mark("put", Mark::PutOff);
        mark("plain", Mark::Read);
        store.move_source(id("moved"), &[Folder(vec!["Mine".to_owned()])], NOW).unwrap();
        store.rename_source(id("renamed"), Some("Mine"), NOW).unwrap();
        store.set_mode(id("thinned"), Mode::Daily(3), NOW).unwrap();
        store.unfollow(id("left"), NOW).unwrap();
        store.tie(id("tied"), id("ruled"), Some(true), NOW).unwrap();
        store.unfollow(id("again"), NOW.plus(1)).unwrap();
        store.follow_again(id("again"), NOW.plus(2)).unwrap();
        let undone = back(store, imported.import);
        let mut kept = undone.kept.clone();
        kept.sort();
        assert_eq!(
            kept,
            [
                (id("starred"), Touch::Starred),
                (id("moved"), Touch::Moved),
                (id("renamed"), Touch::Renamed),
                (id("thinned"), Touch::Set),
                (id("put"), Touch::Starred),
                (id("ruled"), Touch::Set),
                (id("tied"), Touch::Set),
                (id("again"), Touch::Set),
            ]
        );
        assert_eq!(undone.sources, 1, "one was left by hand, one is taken back");
        let followed: Vec<SourceId> = store.sources().unwrap().into_iter().map(|source| source.id).collect();
        assert!(!followed.contains(&id("plain")) && !followed.contains(&id("left")));
        // What was read of it stays read, should it be followed again.
        store.follow_again(id("plain"), NOW).unwrap();
        assert!(store.marks(&[titled(store, "plain")]).unwrap()[0].read.is_some());
    });
}

#[test]
fn a_folder_that_the_reader_changed_since_is_left_alone() {
    let store = Store::memory().unwrap();
    let source = import(&store, &[within("a", &["News"])], ago(2)).what[0].id;
    let imported = import(&store, &[within("a", &["Morning"])], NOW);
    let mine = [Folder(vec!["Mine".to_owned()])];
    store.move_source(source, &mine, NOW).unwrap();
    assert_eq!(back(&store, imported.import).kept, [(source, Touch::Moved)]);
    assert_eq!(store.sources().unwrap()[0].folders, mine);
}

#[test]
fn people_go_as_they_came_and_those_who_were_there_lose_only_the_rows_of_the_file() {
    everywhere(|store| {
        let known = vec![card(1, "Ada Byron", "ada@a.example", ""), card(2, "Bo Diddley", "bo@a.example", "")];
        store.add_cards("first.csv", known.clone(), ago(3)).unwrap();
        // Bo was taken off the list: the new file brings him back, and its undo takes him off again.
        store.remove_contacts(&[ContactId(2)], false, ago(2)).unwrap();
        let before = seen(store);
        let cards = [
            card(5, "Bo Diddley", "bo@a.example", ""),
            card(6, "Ada Byron", "ada@a.example", "https://ada.example/"),
            card(7, "Cy Twombly", "cy@a.example", ""),
            card(8, "Cy Twombly", "cy@a.example", "https://cy.example/"),
        ];
        let imported = people(store, &cards);
        assert_eq!(imported.what, Carded { added: 2, joined: 2, repeated: 0 });
        let expected = TakenBack { people: 2, rows: 1, ..TakenBack::default() };
        assert_eq!(back(store, imported.import), expected);
        assert_eq!(seen(store), before);
        store.remove_contacts(&[ContactId(2)], true, NOW).unwrap();
        assert_eq!(store.contact(ContactId(2)).unwrap().person.shown(), "Bo Diddley");
    });
}

#[test]
fn people_of_whom_the_reader_said_something_since_stay() {
    let store = Store::memory().unwrap();
    let names = ["Ada", "Bo", "Cy", "Di", "Ed"];
    let cards: Vec<Card> =
        names.iter().zip(1..).map(|(name, row)| card(row, name, &format!("{name}@a.example"), "")).collect();
    let imported = people(&store, &cards);
    let own = Own { name: Some("Ada Byron".to_owned()), ..Own::default() };
    store.change_contact(ContactId(1), &own, None, NOW).unwrap();
    let address = new_source("bo").address;
    store.say_not(ContactId(2), &address, true, NOW).unwrap();
    store.join_contacts(ContactId(3), ContactId(4), NOW).unwrap();
    let undone = back(&store, imported.import);
    assert_eq!((undone.people, undone.kept_people.as_slice()), (1, [1, 2, 3].map(ContactId).as_slice()));
    let left: Vec<String> = store.contacts().unwrap().iter().map(|one| one.person.shown().to_owned()).collect();
    assert_eq!(left, ["Ada Byron", "Bo", "Cy"]);
    assert_eq!(store.contact(ContactId(3)).unwrap().cards.len(), 2, "who is one person stays one");
}

#[test]
fn an_import_that_is_stopped_brought_nothing() {
    everywhere(|store| {
        let before = seen(store);
        let list: Vec<NewSource> = (0..9).map(|n| within(&format!("s{n}"), &["File"])).collect();
        let stop = |at: usize| -> Step { Box::new(move |done| done < at) };
        let stopped = store.import_sources("list.opml", list.clone(), NOW, stop(5));
        assert!(matches!(stopped, Err(StoreError::Stopped)), "{stopped:?}");
        let cards = vec![card(1, "Ada", "ada@a.example", ""), card(2, "Bo", "bo@a.example", "")];
        let stopped = store.import_cards("people.csv", cards, NOW, stop(1));
        assert!(matches!(stopped, Err(StoreError::Stopped)), "{stopped:?}");
        assert_eq!((seen(store), store.last_import().unwrap()), (before, None));
        assert_eq!(import(store, &list, NOW).what.len(), 9);
    });
}

#[test]
fn the_latest_imports_are_kept_and_those_of_people_are_forgotten_with_them() {
    let store = Store::memory().unwrap();
    let imports: Vec<ImportId> =
        (0..=KEPT).map(|n| import(&store, &[within(&format!("s{n}"), &[])], NOW).import.unwrap()).collect();
    let gone = store.take_import_back(imports[0], NOW);
    assert!(matches!(gone, Err(StoreError::Missing { noun: "import", .. })), "{gone:?}");
    let last = people(&store, &[card(1, "Ada", "ada@a.example", "")]).import.unwrap();
    assert_eq!(
        store.last_import().unwrap().map(|kept| (kept.import, kept.file)),
        Some((last, "people.csv".to_owned()))
    );
    store.forget_contacts().unwrap();
    assert_eq!(store.last_import().unwrap().map(|kept| kept.import), imports.last().copied());
    assert_eq!(back(&store, imports.last().copied()).sources, 1);
}
