//! Takes the text of a page, gives it without its programs and styles, which are most of it: what is left can be weighed
//! before it is parsed, whatever stood in them. What is said for machines (JSON-LD) stays.
//! Never leaves out what people read.

/// What goes, with all that is in it.
const GONE: [&str; 2] = ["script", "style"];

/// What a script is called that is no program.
const SAID: &str = "ld+json";

/// `page` without programs and styles.
pub(super) fn light(page: &str) -> String {
    let mut light = String::with_capacity(page.len() / 2);
    let mut rest = page;
    while let Some((before, name, from)) = next(rest) {
        light.push_str(before);
        let inside = from.find('>').map_or("", |end| from.get(end..).unwrap_or_default());
        let Some(end) = end_of(inside, name) else { return light };
        let all = from.len() - inside.len() + end;
        let tag = from.split('>').next().unwrap_or_default();
        if tag.to_ascii_lowercase().contains(SAID) {
            light.push_str(from.get(..all).unwrap_or_default());
        }
        rest = from.get(all..).unwrap_or_default();
    }
    light.push_str(rest);
    light
}

/// What stands before the next of them, its name, and what begins with it.
fn next(text: &str) -> Option<(&str, &'static str, &str)> {
    for (place, _) in text.match_indices('<') {
        let after = text.get(place + 1..).unwrap_or_default();
        let named = GONE.iter().find(|name| begins(after, name));
        if let Some(name) = named {
            return Some((text.get(..place).unwrap_or_default(), name, text.get(place..).unwrap_or_default()));
        }
    }
    None
}

fn begins(text: &str, name: &str) -> bool {
    let named = text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    named
        && text.as_bytes().get(name.len()).is_some_and(|next| matches!(next, b'>' | b'/') || next.is_ascii_whitespace())
}

/// One after the `>` of the first end tag of that name.
fn end_of(text: &str, name: &str) -> Option<usize> {
    for (place, _) in text.match_indices("</") {
        let after = text.get(place + 2..).unwrap_or_default();
        if begins(after, name) {
            return after.find('>').map(|end| place + 2 + end + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_and_styles_go_and_what_is_said_for_machines_stays() {
        for (page, expected) in [
            ("a<script>b</script>c", "ac"),
            ("a<SCRIPT src='x'>b</Script >c<style>d</style>e", "ace"),
            ("a<script><!-- <script> --></script>c", "ac"),
            ("a<scripted>b</scripted>", "a<scripted>b</scripted>"),
            ("a<script>b", "a"),
            (
                "<script type='application/ld+json'>{}</script>a<script>b</script>",
                "<script type='application/ld+json'>{}</script>a",
            ),
            ("é<style>é</style>é < b", "éé < b"),
        ] {
            assert_eq!(light(page), expected, "{page}");
        }
    }
}
