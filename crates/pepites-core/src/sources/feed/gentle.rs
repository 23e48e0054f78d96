//! Takes the text of a feed in XML, says whether feed-rs can read it in time and on a bounded stack.
//! Never judges what it says: a feed that is refused here is read by the lenient reader.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

/// Nested elements. feed-rs calls itself for groups of media in groups of media, and a stack that overflows cannot be
/// caught. Pages inside entries nest about 30 deep.
const DEEPEST: usize = 96;

/// Bytes of one start tag. quick-xml compares each attribute with all those before it.
const LONGEST_TAG: usize = 8 * 1_024;

/// Prefixes that one tag declares. Each is looked at for each name that has one; the richest podcasts declare 20.
const MOST_PREFIXES: usize = 64;

/// Media elements of one entry. feed-rs copies those of the entry into each of its groups.
const MOST_MEDIA: usize = 200;

/// Whether feed-rs is asked at all. What cannot be read to its end is not: feed-rs would give up as well.
pub(super) fn gentle(text: &str) -> bool {
    // A declaration inside would make feed-rs decode the rest by another encoding.
    if text.contains("<?xml ") {
        return false;
    }
    // The same parser with the same rules as feed-rs has inside, so that none can hide from it what the other sees.
    let mut reader = Reader::from_str(text);
    reader.config_mut().trim_markup_names_in_closing_tags = true;
    let (mut depth, mut media) = (0_usize, 0_usize);
    loop {
        let tag = match reader.read_event() {
            Ok(Event::Start(tag)) => {
                depth += 1;
                tag
            }
            Ok(Event::Empty(tag)) => tag,
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Ok(Event::Eof) => return true,
            Ok(_) => continue,
            Err(_) => return false,
        };
        match tag.local_name().as_ref() {
            "item" | "entry" => media = 0,
            "group" | "thumbnail" | "credit" | "text" => media += 1,
            _ => {}
        }
        if depth > DEEPEST || media > MOST_MEDIA || heavy(&tag) {
            return false;
        }
    }
}

fn heavy(tag: &BytesStart<'_>) -> bool {
    tag.len() > LONGEST_TAG || tag.matches("xmlns").count() > MOST_PREFIXES
}
