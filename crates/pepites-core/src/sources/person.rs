//! Takes what a source calls itself and where it is, gives what its person is known by on every network: the same name
//! and the same handle. The reader's own names join what they make equal, and part what they make differ.

use url::Url;

/// Names with fewer letters are too many people's.
const SHORTEST_NAME: usize = 3;

/// What tells a person; None for what is no person, or says too little. `own` is the reader's own name for the source.
#[must_use]
pub fn person(kind: &str, page: &str, title: Option<&str>, own: Option<&str>) -> Option<String> {
    if !matches!(kind, "mastodon" | "bluesky") {
        return None;
    }
    if let Some(own) = own {
        return Some(format!("named {}", own.trim().to_lowercase()));
    }
    let name = letters(without_brackets(title?));
    let user = user(page)?;
    (name.chars().count() >= SHORTEST_NAME).then(|| format!("{name} @{user}"))
}

/// `ada` of `https://example.social/@ada`, of `https://bsky.app/profile/ada.bsky.social` and of `…/profile/ada.example.org`.
fn user(page: &str) -> Option<String> {
    let url = Url::parse(page).ok()?;
    let path: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    let handle = match path.as_slice() {
        [user] => user.strip_prefix('@')?,
        ["users", user] => user,
        ["profile", handle] if !handle.starts_with("did:") => handle.split('.').next()?,
        _ => return None,
    };
    Some(letters(handle)).filter(|user| !user.is_empty())
}

/// "Ada (she/her)" is Ada.
fn without_brackets(name: &str) -> &str {
    name.split(['(', '[', '|']).next().unwrap_or_default()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_the_same_on_two_networks_by_name_and_handle() {
        let masto = |title, own| person("mastodon", "https://example.social/@Ada", Some(title), own);
        let bsky = |title, own| person("bluesky", "https://bsky.app/profile/ada.bsky.social", Some(title), own);
        assert!(masto("Ada Lovelace 🦋", None).is_some());
        assert_eq!(masto("Ada Lovelace 🦋", None), bsky("ada lovelace (she/her)", None));
        assert_ne!(masto("Ada Lovelace", None), bsky("Ada Byron", None));
        let other = person("bluesky", "https://bsky.app/profile/bo.bsky.social", Some("Ada Lovelace"), None);
        assert_ne!(masto("Ada Lovelace", None), other);
        assert_eq!(masto("Ada", Some("Countess")), bsky("Byron", Some("countess")), "the reader joins them");
        assert_ne!(masto("Ada", Some("Ada of code")), bsky("Ada", None), "the reader parts them");
    }

    #[test]
    fn what_says_too_little_is_nobody_else() {
        assert_eq!(person("mastodon", "https://example.social/@ada", Some("🦋"), None), None);
        assert_eq!(person("bluesky", "https://bsky.app/profile/did:plc:abc", Some("Ada Lovelace"), None), None);
        assert_eq!(person("feed", "https://example.social/@ada", Some("Ada Lovelace"), None), None);
        let tag = "https://example.social/api/v1/timelines/tag/sea";
        assert_eq!(person("mastodon", tag, Some("Ada Lovelace"), None), None);
    }
}
