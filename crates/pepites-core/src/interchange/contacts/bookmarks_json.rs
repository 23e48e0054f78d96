//! Takes a backup of bookmarks as JSON (Firefox's, and the file that Chrome keeps), gives a card for each, in its folders.
//! Never builds the tree: each bookmark is taken as it is read, so a file that nests for ever ends in an error.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Book, Dialect, Place, draft::Gather};
use crate::{interchange::Head, model::Phrase};

pub(super) const DIALECT: Dialect = Dialect { name: "bookmarks_json", of_people: true, recognise, read };

fn recognise(head: &Head<'_>) -> bool {
    let start = head.start().trim_start();
    let firefox = start.starts_with('{') && start.contains("text/x-moz-place");
    let chrome = start.starts_with('{') && start.contains("\"roots\"") && start.contains("\"children\"");
    firefox || chrome
}

fn read(head: &Head<'_>) -> Book {
    let mut gather = Gather::default();
    let mut reader = serde_json::Deserializer::from_str(head.text);
    let mut count = 0;
    let read = Node { gather: &mut gather, path: String::new(), count: &mut count }.deserialize(&mut reader);
    if let Err(error) = read {
        let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
        gather.damaged(line, Phrase::new("flaw.file_cut_off"));
    }
    gather.finish()
}

/// A bookmark, a folder, or an object that holds some.
struct Node<'a> {
    gather: &'a mut Gather,
    path: String,
    /// Bookmarks so far: the file is one line, so each is named by its place.
    count: &'a mut u32,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a bookmark")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut title, mut address): (Option<String>, Option<String>) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "title" | "name" => title = map.next_value::<Option<String>>()?,
                "uri" | "url" => address = map.next_value::<Option<String>>()?,
                "children" | "roots" | "bookmark_bar" | "other" | "synced" => {
                    let named = title.as_deref().filter(|title| !title.is_empty() && self.path.len() < 500);
                    let path = match named {
                        Some(title) if self.path.is_empty() => title.to_owned(),
                        Some(title) => format!("{} / {title}", self.path),
                        None => self.path.clone(),
                    };
                    map.next_value_seed(Node { gather: &mut *self.gather, path, count: &mut *self.count })?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if let Some(address) =
            address.filter(|address| !address.starts_with("place:") && !address.starts_with("about:"))
        {
            *self.count += 1;
            let mut draft = self.gather.draft(*self.count);
            draft.name(title.as_deref().unwrap_or_default());
            draft.url(&address, Place::Entry);
            draft.group(&self.path);
            draft.done();
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let (gather, path, count) = (self.gather, self.path, self.count);
        while list.next_element_seed(Node { gather: &mut *gather, path: path.clone(), count: &mut *count })?.is_some() {
        }
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
}
