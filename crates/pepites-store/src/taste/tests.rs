//! Holds that what was taken out stays out until it is let in again.

use pepites_core::score::taste::Kind;

use super::*;
use crate::tests::{NOW, everywhere, number};

#[test]
fn what_was_taken_out_stays_out_until_it_is_let_in_again() {
    everywhere(|store| {
        let [storm, ada] = [Trait::new(Kind::Word, "Storm"), Trait::new(Kind::Person, "Ada")];
        assert!(store.remove_from_taste(&storm, true, NOW).unwrap());
        assert!(store.remove_from_taste(&ada, true, NOW).unwrap());
        assert!(!store.remove_from_taste(&ada, true, NOW).unwrap(), "it is out already");
        assert_eq!(store.removed_from_taste().unwrap(), [storm.clone(), ada.clone()].into());
        assert!(store.remove_from_taste(&storm, false, NOW).unwrap());
        assert!(!store.remove_from_taste(&storm, false, NOW).unwrap());
        assert_eq!(store.removed_from_taste().unwrap(), [ada].into());
        assert_eq!(number(store, "SELECT count(*) FROM events WHERE what = 'taste'"), 3);
    });
}
