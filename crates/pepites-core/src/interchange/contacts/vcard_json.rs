//! Takes vCards as JSON (jCard, RFC 7095): `["vcard", [["fn", {}, "text", "Ada"], …]]`, one or several in a list; gives a
//! person a card. Never builds the tree of a file that is larger than any such card.

use super::{
    Book, Dialect,
    draft::Gather,
    vcard::{self, property::Property},
};
use crate::{interchange::Head, model::Phrase};

pub(super) const DIALECT: Dialect = Dialect { name: "vcard_json", of_people: true, recognise, read };

fn recognise(head: &Head<'_>) -> bool {
    let start: String = head.start().chars().filter(|c| !c.is_whitespace()).take(12).collect();
    start.starts_with("[\"vcard\"") || start.starts_with("[[\"vcard\"")
}

/// What is read of such a file: more would be a tree of many times its size.
const LARGEST_JCARD: usize = 4 << 20;

fn read(head: &Head<'_>) -> Book {
    let mut gather = Gather::default();
    cards(head.text, &mut gather);
    gather.finish()
}

fn cards(text: &str, gather: &mut Gather) {
    let value: serde_json::Value = match text.get(..LARGEST_JCARD) {
        Some(_) => return gather.damaged(1, Phrase::new("flaw.people_many").with("count", 0_u32)),
        None => serde_json::from_str(text).unwrap_or_default(),
    };
    let all = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let one = all.first().is_some_and(serde_json::Value::is_string);
    let cards: Vec<&serde_json::Value> = if one { vec![&value] } else { all.iter().collect() };
    if cards.is_empty() {
        gather.damaged(1, Phrase::new("flaw.file_cut_off"));
    }
    for (row, properties) in (1..).zip(cards.iter().filter_map(|card| card.get(1)?.as_array())) {
        let properties: Vec<Property> = properties.iter().filter_map(|property| of_json(property, row)).collect();
        vcard::card(gather, row, &properties);
    }
}

fn of_json(value: &serde_json::Value, line: u32) -> Option<Property> {
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.replace('\\', "\\\\").replace(';', "\\;"),
        serde_json::Value::Array(parts) => parts.first().and_then(|part| part.as_str()).unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    let list = value.as_array()?;
    let value = match list.get(3)? {
        serde_json::Value::Array(parts) => parts.iter().map(text).collect::<Vec<_>>().join(";"),
        one => text(one),
    };
    let parameter = |(key, value): (&String, &serde_json::Value)| (key.to_ascii_uppercase(), text(value));
    let parameters = list.get(1)?.as_object()?.iter().map(parameter).collect();
    Some(Property { line, group: None, name: list.first()?.as_str()?.to_ascii_uppercase(), parameters, value })
}
