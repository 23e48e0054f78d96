//! Says whether a text comes from a mill: a press release, or a teaser that only leads elsewhere.
//! Looks at its title and its first words; never at who sent it.

use super::words;

/// What the wires and those who write for them begin with, folded.
const PRESS: [&[&str]; 9] = [
    &["for", "immediate", "release"],
    &["press", "release"],
    &["prnewswire"],
    &["globe", "newswire"],
    &["business", "wire"],
    &["communique", "de", "presse"],
    &["pour", "diffusion", "immediate"],
    &["pressemitteilung"],
    &["comunicado", "de", "prensa"],
];

/// What a teaser ends with, folded.
const LEADS_ON: [&[&str]; 9] = [
    &["read", "more"],
    &["continue", "reading"],
    &["read", "the", "full", "story"],
    &["read", "the", "rest"],
    &["click", "here"],
    &["lire", "la", "suite"],
    &["cliquez", "ici"],
    &["en", "savoir", "plus"],
    &["weiterlesen"],
];

/// A teaser is short: at the end of a long text, "read more" leads to another one.
const TEASER_WORDS: usize = 80;

/// Words after it that may still follow: "Read more on our site".
const AFTER: usize = 4;

/// Bytes in which a press release says that it is one, and in which a teaser leads on.
const BEGINNING: usize = 80;
const ENDING: usize = 48;

/// Without any of these letters in a row nothing is cut into words: a hundred thousand posts are looked at for one digest.
const SIGNS_OF_PRESS: [&str; 6] = ["release", "wire", "communiqu", "diffusion", "pressemitt", "comunicado"];
const SIGNS_OF_TEASERS: [&str; 7] = ["read", "click", "suite", "cliquez", "savoir", "weiterlesen", "continue"];

fn may_hold(text: &str, signs: &[&str]) -> bool {
    let first = |byte: u8| 1_u32.checked_shl(u32::from((byte | 0x20).wrapping_sub(b'a'))).unwrap_or_default();
    let firsts = signs.iter().filter_map(|sign| sign.bytes().next()).fold(0, |all, byte| all | first(byte));
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter(|(_, byte)| first(**byte) & firsts != 0).any(|(at, _)| {
        let rest = bytes.get(at..).unwrap_or_default();
        signs.iter().any(|sign| rest.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign.as_bytes())))
    })
}

/// Whether a post with this title and these first words is a press release.
#[must_use]
pub(crate) fn is_press_release(title: &str, lead: &str) -> bool {
    let of = |text: &str| {
        let start = text.get(..text.floor_char_boundary(BEGINNING)).unwrap_or_default();
        if !may_hold(start, &SIGNS_OF_PRESS) {
            return false;
        }
        let words = words(start);
        PRESS.iter().any(|run| words.windows(run.len()).any(|window| window == *run))
    };
    of(title) || of(lead)
}

/// Whether these first words of a post are all there is of it, and only lead elsewhere.
#[must_use]
pub(crate) fn is_teaser(lead: &str) -> bool {
    let tail = lead.get(lead.floor_char_boundary(lead.len().saturating_sub(ENDING))..).unwrap_or_default();
    if !may_hold(tail, &SIGNS_OF_TEASERS) {
        return false;
    }
    let words = words(lead);
    let end = words.len().saturating_sub(AFTER + 4);
    words.len() <= TEASER_WORDS
        && LEADS_ON
            .iter()
            .any(|run| words.get(end..).unwrap_or_default().windows(run.len()).any(|window| window == *run))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_a_mill_is_known_by_its_words() {
        let press = |title, lead| assert!(is_press_release(title, lead), "{title} {lead}");
        press("FOR IMMEDIATE RELEASE: Acme opens a plant", "");
        press("Acme opens a plant", "LYON, France, Nov. 23 /PRNewswire/ -- Acme, a leader in anvils, today");
        press("Acme ouvre une usine", "Communiqué de presse. Lyon, le 23 novembre.");
        assert!(!is_press_release(
            "How I read a press",
            "Last week I took a hand press apart, and the release of its lever."
        ));
        assert!(!is_press_release("Newsrooms are busy", "The business of wire services is old."));
    }

    #[test]
    fn a_teaser_is_short_and_leads_on() {
        for teaser in [
            "The harbour was quiet that night. Read more",
            "The harbour was quiet that night… Continue reading Harbour nights →",
            "Le port était calme cette nuit-là. Lire la suite sur notre site",
        ] {
            assert!(is_teaser(teaser), "{teaser}");
        }
        assert!(!is_teaser("I read more this year than ever before, and here is what I made of all of it in the end."));
        assert!(!is_teaser(""));
        let long = "word ".repeat(100) + "read more";
        assert!(!is_teaser(&long), "at the end of a long text it leads to another one");
    }
}
