//! Takes what stands before the root of a feed, and the rest, tells whether its own entities would grow beyond measure.
//! Never expands one: it only adds up what they would come to.

use std::collections::HashMap;

use super::entity::LONGEST_NAME;

/// What all references of a feed may come to, in bytes. Feeds that declare entities spare themselves a few addresses.
const MOST: u64 = 4 << 20;
/// Times that all declarations are added up: where each holds two others, 22 reach [`MOST`].
const PASSES: usize = 24;
/// Declarations that are looked at: HTML has 253 of its own.
const MOST_DECLARED: usize = 2_000;

/// Whether the entities that `head` declares are a bomb, by themselves or as often as `body` names them.
pub(super) fn is_bomb(head: &str, body: &str) -> bool {
    let declared = declared(head);
    if declared.is_empty() {
        return false;
    }
    let mut sizes: HashMap<&str, u64> = HashMap::new();
    for _ in 0..PASSES {
        let mut grew = false;
        for (name, value) in &declared {
            let size =
                references(value).fold(value.len() as u64, |size, name| size.saturating_add(size_of(&sizes, name)));
            grew |= sizes.insert(name, size) != Some(size);
            if size > MOST {
                return true;
            }
        }
        if !grew {
            break;
        }
    }
    references(body)
        .try_fold(0, |sum: u64, name| Some(sum + size_of(&sizes, name)).filter(|sum| *sum <= MOST))
        .is_none()
}

fn size_of(sizes: &HashMap<&str, u64>, name: &str) -> u64 {
    sizes.get(name).copied().unwrap_or_default()
}

/// Names and values of the declared entities. One that stands for a file has no value here: it is never opened.
fn declared(head: &str) -> Vec<(&str, &str)> {
    let declaration = |text: &'_ str| -> Option<(usize, usize, usize, usize)> {
        let named = text.trim_start().trim_start_matches('%').trim_start();
        let from = text.len() - named.len();
        let name = named.find(char::is_whitespace)?;
        let quoted = named.get(name..)?.trim_start();
        let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let value = text.len() - quoted.len() + 1;
        let end = text.get(value..)?.find(quote)?;
        Some((from, from + name, value, value + end))
    };
    let pieces = head.split("<!ENTITY").skip(1).take(MOST_DECLARED);
    pieces
        .filter_map(|text| {
            let (from, to, value, end) = declaration(text)?;
            Some((text.get(from..to)?, text.get(value..end)?))
        })
        .collect()
}

/// The names between `&` (or `%`) and `;`.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split(['&', '%']).skip(1).filter_map(|after| {
        let end = after.bytes().take(LONGEST_NAME + 1).position(|byte| byte == b';')?;
        after.get(..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_that_would_grow_beyond_measure_are_a_bomb_and_others_are_none() {
        let laughs = |levels: usize, times: usize| {
            let level = |n: usize| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(times));
            "<!DOCTYPE r [<!ENTITY l0 \"lol\">".to_owned() + &(1..levels).map(level).collect::<String>() + "]>"
        };
        let backwards = "<!ENTITY a '&b;&b;&b;&b;&b;&b;&b;&b;'>".to_owned()
            + &["bc", "cd", "de", "ef", "fg", "gh"]
                .map(|pair| {
                    let (one, other) = pair.split_at(1);
                    format!("<!ENTITY {one} '{}'>", format!("&{other};").repeat(20))
                })
                .concat()
            + "<!ENTITY h 'x'>";
        let quadratic = format!("<!ENTITY a '{}'>", "x".repeat(50_000));
        let circle = "<!ENTITY a '&b;'><!ENTITY b '&a;'>";
        let doubling_circle = "<!ENTITY a 'x&b;&b;'><!ENTITY b 'x&a;&a;'>";
        for (head, body, bomb) in [
            ("", "&amp;", false),
            ("<!DOCTYPE rss PUBLIC '-//x' 'http://x.example/rss.dtd'>", "", false),
            ("<!DOCTYPE rss [<!ENTITY nbsp \"&#160;\"><!ENTITY % HTMLlat1 PUBLIC \"x\" \"y\">]>", "&nbsp;", false),
            (&laughs(3, 10), "&l2;", false),
            (&laughs(10, 10), "", true),
            (&laughs(40, 2), "", true),
            (&backwards, "", true),
            (&quadratic, &"&a;".repeat(20), false),
            (&quadratic, &"&a;".repeat(200), true),
            (circle, "&a;", false),
            (doubling_circle, "", true),
            ("<!ENTITY x SYSTEM \"file:///etc/hostname\"><!ENTITY", "&x;", false),
            ("<!ENTITY é 'é", "&é", false),
        ] {
            assert_eq!(is_bomb(head, body), bomb, "{}", head.get(..80).unwrap_or(head));
        }
    }
}
