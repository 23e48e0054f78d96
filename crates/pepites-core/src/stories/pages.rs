//! Takes addresses, says which of them name a page that a story could be about.
//! Never looks at the network: only the form of the address speaks.

use crate::model::Post;

/// Up to so many words a note only announces its link; beyond, it has something of its own to say.
const BARE_WORDS: u32 = 25;

/// First steps of the path under which sites put people and lists, not stories ("/users/ana", "/tags/sea").
const PEOPLE_AND_LISTS: &[&str] = &[
    "author", "authors", "c", "category", "channel", "hashtag", "profile", "r", "search", "tag", "tags", "u", "user",
    "users",
];

/// Whether a canonical address names one page. A front door does not: a feed whose items all link to it would
/// become one story.
pub(super) fn names_a_page(canonical: &str) -> bool {
    let rest = canonical.split_once("//").map_or(canonical, |(_, rest)| rest);
    let Some((_, path)) = rest.split_once('/') else { return rest.contains('?') };
    let path = path.split('#').next().unwrap_or_default();
    let bare = path.trim_end_matches('/');
    !bare.is_empty() && !matches!(bare, "index.html" | "index.php" | "index.htm")
}

/// The page that a note announces, if that is nearly all it does. "@ana thanks!" links to a person, not to a story.
pub(super) fn pointed(post: &Post) -> Option<&str> {
    // Whom it greets or thanks is not what it announces.
    let mut links = post.links_out.iter().filter(|link| !names_people(link));
    let (link, None) = (links.next()?, links.next()) else { return None };
    let bare = post.untitled && post.words <= BARE_WORDS && post.enclosures.is_empty();
    (bare && names_a_page(link)).then_some(link.as_str())
}

fn names_people(canonical: &str) -> bool {
    let rest = canonical.split_once("//").map_or(canonical, |(_, rest)| rest);
    let mut steps = rest.split(['/', '?', '#']).skip(1).filter(|step| !step.is_empty());
    match (steps.next(), steps.next(), steps.next()) {
        (Some(first), None, _) => first.starts_with('@'),
        (Some(first), Some(_), None) => PEOPLE_AND_LISTS.contains(&first),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_front_door_is_no_page() {
        let check = |address: &str, expected: bool| assert_eq!(names_a_page(address), expected, "{address}");
        check("https://a.example/2026/11/harbour", true);
        check("https://a.example/?p=42", true);
        check("https://a.example?p=42", true);
        check("//a.example/harbour", true);
        check("a.example/harbour", true);
        check("https://a.example/", false);
        check("https://a.example", false);
        check("https://a.example/#comments", false);
        check("https://a.example/index.html", false);
        check("", false);
    }

    #[test]
    fn people_and_lists_are_no_stories() {
        let check = |address: &str, expected: bool| assert_eq!(names_people(address), expected, "{address}");
        check("https://social.example/@ana", true);
        check("https://social.example/users/ana", true);
        check("https://social.example/tags/sea", true);
        check("https://social.example/@ana/1234", false);
        check("https://social.example/profile/ana/post/3k2", false);
        check("https://a.example/harbour", false);
    }
}
