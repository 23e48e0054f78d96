//! Takes vCards as XML (xCard, RFC 6351), gives a person a card. Never expands an entity, and goes no deeper than such a card
//! does.

use quick_xml::{Reader, events::Event};

use super::{
    Book, Dialect,
    draft::Gather,
    vcard::{self, property::Property},
};
use crate::{
    interchange::{Head, clean},
    model::Phrase,
};

pub(super) const DIALECT: Dialect = Dialect { name: "vcard_xml", of_people: true, recognise, read };

/// The namespace of such files, of every version.
const NAMESPACE: &str = "urn:ietf:params:xml:ns:vcard";
/// `vcards`, `vcard`, `group`, a property, its parameters, one of them, its value.
const DEEPEST: usize = 16;
/// Properties of one card that are looked at.
const MOST_PROPERTIES: usize = 400;
/// The parts of a name, in the order that the text form has.
const NAME: [&str; 3] = ["surname", "given", "additional"];

fn recognise(head: &Head<'_>) -> bool {
    let start = head.start().trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    start.starts_with('<')
        && start.get(..start.floor_char_boundary(1_000)).is_some_and(|start| start.contains(NAMESPACE))
}

/// A property in the making: its values, each with the element that holds it.
#[derive(Default)]
struct Open {
    name: String,
    depth: usize,
    values: Vec<(String, String)>,
    kind: Option<String>,
}

fn read(head: &Head<'_>) -> Book {
    let mut gather = Gather::default();
    let mut reader = Reader::from_str(head.text);
    let mut path: Vec<String> = Vec::new();
    let mut card: Option<(u32, Vec<Property>)> = None;
    let mut open: Option<Open> = None;
    let (mut line, mut counted) = (1_u32, 0_usize);
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(counted);
        let passed = head.text.as_bytes().get(counted..at).unwrap_or_default();
        line = line
            .saturating_add(u32::try_from(passed.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX));
        counted = at;
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                let name = element.local_name().as_ref().to_ascii_lowercase();
                if name == "vcard" && card.is_none() {
                    card = Some((line, Vec::new()));
                } else if card.is_some() && open.is_none() && name != "group" {
                    open = Some(Open { name: name.clone(), depth: path.len(), ..Open::default() });
                }
                path.push(name);
                if path.len() > DEEPEST {
                    gather.damaged(line, Phrase::new("flaw.file_cut_off"));
                    break;
                }
            }
            Ok(Event::Text(text)) => {
                let text = clean::unescaped(&text).trim().to_owned();
                let (last, in_parameters) =
                    (path.last().cloned().unwrap_or_default(), path.iter().any(|name| name == "parameters"));
                if let Some(open) = open.as_mut().filter(|_| !text.is_empty()) {
                    if in_parameters {
                        open.kind = open.kind.take().or(Some(text));
                    } else {
                        open.values.push((last, text));
                    }
                }
            }
            Ok(Event::End(_)) => {
                path.pop();
                if open.as_ref().is_some_and(|open| open.depth == path.len()) {
                    if let (Some(open), Some((_, properties))) = (open.take(), &mut card)
                        && properties.len() < MOST_PROPERTIES
                    {
                        properties.push(property(open, line));
                    }
                } else if path.last().is_none_or(|name| name == "vcards")
                    && let Some((line, properties)) = card.take()
                {
                    vcard::card(&mut gather, line, &properties);
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => {
                gather.damaged(line, Phrase::new("flaw.file_cut_off"));
                break;
            }
        }
        if gather.is_full() {
            break;
        }
    }
    gather.finish()
}

fn property(open: Open, line: u32) -> Property {
    let escaped = |text: &str| text.replace('\\', "\\\\").replace(';', "\\;");
    let value = if open.name == "n" {
        let part = |wanted: &&str| open.values.iter().find(|(name, _)| name == *wanted).map(|(_, text)| escaped(text));
        NAME.iter().map(|wanted| part(wanted).unwrap_or_default()).collect::<Vec<_>>().join(";")
    } else {
        open.values.iter().map(|(_, text)| escaped(text)).collect::<Vec<_>>().join(";")
    };
    let parameters = open.kind.map(|kind| ("TYPE".to_owned(), kind)).into_iter().collect();
    Property { line, group: None, name: open.name.to_ascii_uppercase(), parameters, value }
}
