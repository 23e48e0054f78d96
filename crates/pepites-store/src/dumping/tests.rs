//! Holds that what is told is whole and can be read without this program.

use std::collections::BTreeMap;

use crate::{
    How, Mark, Store, StoreError,
    tests::{NOW, everywhere, follow, item, read, titled},
};

type Told = BTreeMap<String, Vec<super::Dumped>>;

fn told(store: &Store) -> Told {
    let mut told = Told::new();
    let tell = |table: &str, row| {
        told.entry(table.to_owned()).or_default().push(row);
        Ok::<_, StoreError>(())
    };
    store.dump(tell).unwrap();
    told
}

#[test]
fn posts_come_with_their_text_and_marks_and_what_is_computed_stays() {
    everywhere(|store| {
        let source = follow(store, "ana");
        let long = format!("<p>{}</p>", "A long enough text to be packed. ".repeat(40));
        read(store, source, NOW, vec![item("one", "First", &long, NOW)]);
        store.mark(&[titled(store, "First")], Mark::Starred, true, How::ByHand, NOW, 60).unwrap();
        let told = told(store);
        assert_eq!(told["posts"][0]["title"], "First");
        assert_eq!(told["bodies"][0]["html"].as_str().map(|html| html.matches("long enough").count()), Some(40));
        assert!(!told["bodies"][0].contains_key("packed"));
        assert_eq!(told["marks"][0]["starred"], NOW.0);
        assert!(told["events"].iter().any(|event| event["what"] == "starred"), "{:?}", told["events"]);
        for computed in ["gists", "post_words", "post_words_data", "trend_days", "story_words"] {
            assert!(!told.contains_key(computed), "{computed}");
        }
        let bytes = told.values().flatten().flat_map(|row| row.values()).find(|value| value.is_array());
        assert_eq!(bytes, None, "nothing that only this program can read");
    });
}

#[test]
fn who_hears_enough_ends_it() {
    let store = Store::memory().unwrap();
    follow(&store, "ana");
    let mut heard = 0;
    let ended = store.dump(|_, _| {
        heard += 1;
        Err(StoreError::Fault("enough".to_owned()))
    });
    assert!(matches!(ended, Err(StoreError::Fault(why)) if why == "enough"));
    assert_eq!(heard, 1);
}
