//! Takes the JSON of a reply, gives its fields one by one. Never asks for more than a field: one of a wrong type is a
//! field that is not there, and the rest is read.

use serde_json::Value;

use super::feed::dates;
use crate::model::{Moment, Phrase, Reply, Request, Unreadable};

/// Longer lines (names, addresses, alternative texts) are cut: nobody reads them in a list.
const LONGEST_LINE: usize = 4_000;

/// No answer of an API is longer, in bytes: as a tree it takes many times that of memory. What is longer is not understood.
const LONGEST_ANSWER: usize = 4_000_000;

/// A question that is answered in JSON.
pub(super) fn get(url: impl Into<String>) -> Request {
    Request { url: url.into(), headers: vec![("Accept".to_owned(), "application/json".to_owned())] }
}

/// The JSON of a good reply.
pub(super) fn of(reply: &Reply) -> Option<Value> {
    is_good(reply).then(|| said(reply)).flatten()
}

/// The JSON of a reply, a good one or not.
pub(super) fn said(reply: &Reply) -> Option<Value> {
    (reply.body.len() <= LONGEST_ANSWER).then(|| serde_json::from_slice(&reply.body).ok()).flatten()
}

pub(super) fn is_good(reply: &Reply) -> bool {
    (200..300).contains(&reply.status)
}

/// What is at `path`, one key a step.
pub(super) fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, key| value.get(key)).filter(|value| !value.is_null())
}

/// A text that is not empty.
pub(super) fn text<'a>(value: &'a Value, path: &[&str]) -> Option<&'a str> {
    at(value, path)?.as_str().filter(|text| !text.trim().is_empty())
}

/// A text of one line, as long as anyone reads.
pub(super) fn line(value: &Value, path: &[&str]) -> Option<String> {
    let text = text(value, path)?.trim();
    let end = text.floor_char_boundary(LONGEST_LINE);
    text.get(..end).map(str::to_owned)
}

/// An id, which some servers write as a number.
pub(super) fn id(value: &Value, path: &[&str]) -> Option<String> {
    match at(value, path)? {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

pub(super) fn moment(value: &Value, path: &[&str]) -> Option<Moment> {
    text(value, path).and_then(dates::moment)
}

pub(super) fn flag(value: &Value, path: &[&str]) -> bool {
    at(value, path).and_then(Value::as_bool).unwrap_or(false)
}

pub(super) fn number(value: &Value, path: &[&str]) -> Option<u64> {
    at(value, path)?.as_u64()
}

/// What a list holds; nothing when it is none.
pub(super) fn list<'a>(value: &'a Value, path: &[&str]) -> &'a [Value] {
    at(value, path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn unreadable(key: &str) -> Unreadable {
    Unreadable { why: Phrase::new(key) }
}

/// What a status means to the person who follows the source.
pub(super) fn refused(status: u16) -> Unreadable {
    let key = match status {
        401 | 407 => "trouble.login",
        403 => "trouble.forbidden",
        404 => "trouble.not_found",
        410 => "trouble.gone",
        429 => "trouble.too_many",
        500.. => "trouble.server",
        200..300 => "trouble.not_understood",
        _ => "trouble.refused",
    };
    Unreadable { why: Phrase::new(key).with("status", u32::from(status)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::script::reply;

    #[test]
    fn an_answer_longer_than_any_is_not_read() {
        let padded = |length: usize| reply(200, &format!("{}[1]", " ".repeat(length - 3)));
        assert!(of(&padded(LONGEST_ANSWER)).is_some());
        assert_eq!(of(&padded(LONGEST_ANSWER + 1)), None);
        assert_eq!(refused(200).why.key, "trouble.not_understood");
    }
}
