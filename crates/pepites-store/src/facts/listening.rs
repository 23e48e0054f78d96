//! Takes the attached files of a post as they are kept, gives how long one listens to them or watches.
//! Never guesses a length that its source does not say.

use pepites_core::model::Enclosure;
use rusqlite::types::ValueRef;

/// Seconds of the longest recording that says its length, and whether there is one that does not. The same episode is
/// often attached in several formats: the longest is heard, not their sum.
pub(crate) fn of(enclosures: ValueRef<'_>) -> (u32, bool) {
    // Most posts have none: not parsed.
    let json = enclosures.as_str().ok().filter(|json| *json != "[]");
    let enclosures: Vec<Enclosure> = json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    let recordings = || enclosures.iter().filter(|enclosure| is_recording(enclosure));
    let seconds = recordings().filter_map(|recording| recording.seconds).max().unwrap_or(0);
    (seconds, seconds == 0 && recordings().next().is_some())
}

fn is_recording(enclosure: &Enclosure) -> bool {
    let kind = enclosure.media_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    kind.starts_with("audio/") || kind.starts_with("video/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_recording_is_heard_and_none_is_guessed() {
        let check = |enclosures: &[(&str, Option<u32>)], expected: (u32, bool)| {
            let each = |(kind, seconds): &(&str, Option<u32>)| Enclosure {
                url: "https://a.example/x".to_owned(),
                media_type: Some((*kind).to_owned()).filter(|kind| !kind.is_empty()),
                bytes: None,
                seconds: *seconds,
            };
            let enclosures: Vec<Enclosure> = enclosures.iter().map(each).collect();
            let json = serde_json::to_string(&enclosures).unwrap();
            assert_eq!(of(ValueRef::Text(json.as_bytes())), expected, "{json}");
        };
        check(&[], (0, false));
        check(&[("audio/mpeg", Some(1_800)), ("audio/ogg", Some(1_801))], (1_801, false));
        check(&[("Video/mp4", None)], (0, true));
        check(&[("audio/mpeg", None), ("audio/ogg", Some(60))], (60, false));
        check(&[("image/png", None), ("", None), ("application/pdf", Some(9))], (0, false));
        assert_eq!(of(ValueRef::Null), (0, false));
        assert_eq!(of(ValueRef::Text(b"no list")), (0, false));
    }
}
