//! Holds that a body comes back as it was, packed or not, and that damage is an error.

use super::*;
use crate::Store;

fn kept(store: &Store, post: i64, html: &str) -> (String, Option<Vec<u8>>) {
    let html = html.to_owned();
    store
        .write(crate::store::Durability::Process, move |library| {
            library.pragma_update(None, "defer_foreign_keys", true)?;
            Packer::new().keep(library, post, &html)?;
            let columns = library.query_row("SELECT html, packed FROM bodies WHERE post = ?1", [post], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            assert_eq!(of(library, post)?, html);
            library.execute("DELETE FROM bodies", [])?;
            Ok(columns)
        })
        .unwrap()
}

#[test]
fn a_body_comes_back_as_it_was_packed_or_not() {
    let store = Store::memory().unwrap();
    for (html, packs) in [
        (String::new(), false),
        ("<p>Short.</p>".to_owned(), false),
        ("<p>A word, and again a word – été 🌊.</p>".repeat(50), true),
        ("x".repeat(3 << 20), true),
    ] {
        let (text, packed) = kept(&store, 1, &html);
        assert_eq!((packed.is_some(), text.is_empty()), (packs, packs || html.is_empty()), "{} bytes", html.len());
        assert!(packed.is_none_or(|packed| packed.len() < html.len() / 2));
    }
}

#[test]
fn a_body_of_before_the_packing_is_read_as_it_is_and_none_is_empty() {
    let store = Store::memory().unwrap();
    let read = store.write(crate::store::Durability::Process, |library| {
        library.pragma_update(None, "defer_foreign_keys", true)?;
        library.execute("INSERT INTO bodies (post, html) VALUES (7, '<p>old</p>')", [])?;
        let read = (of(library, 7)?, of(library, 8)?);
        library.execute("DELETE FROM bodies", [])?;
        Ok(read)
    });
    assert_eq!(read.unwrap(), ("<p>old</p>".to_owned(), String::new()));
}

#[test]
fn a_damaged_body_is_an_error_and_sets_no_memory_aside() {
    let sound = Packer::new().columns(&"<p>words</p>".repeat(40)).1.unwrap();
    assert_eq!(unpacked(&sound).unwrap(), "<p>words</p>".repeat(40));
    let cut = sound[..sound.len() / 2].to_vec();
    // A frame head that promises 2^62 bytes.
    let huge = [&[0x28, 0xB5, 0x2F, 0xFD, 0xC0, 0x58][..], &(1_u64 << 62).to_le_bytes(), &[1, 0, 0]].concat();
    for damaged in [Vec::new(), b"no frame".to_vec(), cut, huge] {
        assert!(unpacked(&damaged).is_err(), "{damaged:?}");
    }
}
