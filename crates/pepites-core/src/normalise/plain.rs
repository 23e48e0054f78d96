//! Takes escaped text as it is walked, gives plain text: white space folded, one line for each block.
//! Also its beginning and the number of its words. Never holds markup.

/// The longest lead, in characters.
const LEAD: usize = 280;

/// Room in it for the dots that part lines, of two characters each.
const PARTED: usize = 8;

/// Plain text that is being written.
#[derive(Debug, Default)]
pub(super) struct Plain {
    text: String,
    pending: Option<char>,
}

impl Plain {
    /// Adds escaped text, as the sanitiser writes it: only `&amp;`, `&lt;`, `&gt;`, `&nbsp;` and `&quot;` occur.
    pub(super) fn add_escaped(&mut self, escaped: &str) {
        let mut rest = escaped;
        while let Some((before, after)) = rest.split_once('&') {
            self.add(before);
            let entity = [("amp;", "&"), ("lt;", "<"), ("gt;", ">"), ("nbsp;", " "), ("quot;", "\"")]
                .into_iter()
                .find_map(|(name, plain)| after.strip_prefix(name).map(|tail| (plain, tail)));
            let (plain, tail) = entity.unwrap_or(("&", after));
            self.add(plain);
            rest = tail;
        }
        self.add(rest);
    }

    /// Adds plain text.
    pub(super) fn add(&mut self, text: &str) {
        // White space beyond ASCII begins with one of these bytes; most texts have none, and are taken in long runs.
        let beyond = |byte: u8| (byte == 0xC2) | (0xE1..=0xE3).contains(&byte);
        if text.bytes().fold(false, |any, byte| any | beyond(byte)) {
            for (rank, part) in text.split(is_space).enumerate() {
                if rank > 0 {
                    self.space();
                }
                self.run(part);
            }
        } else if is_evenly_spaced(text) {
            if text.starts_with(' ') {
                self.space();
            }
            self.run(text.trim_matches(' '));
            if text.ends_with(' ') {
                self.space();
            }
        } else {
            self.add_runs(text);
        }
    }

    /// Adds text whose only white space is ASCII. A single blank between two words stays where it is.
    fn add_runs(&mut self, text: &str) {
        let (mut from, mut gap, mut before) = (0, 0, b' ');
        for (at, byte) in text.bytes().enumerate() {
            if is_ascii_space(byte) {
                gap += 1;
            } else if gap > 0 {
                let single = gap == 1 && before == b' ' && at - 1 > from;
                if !single {
                    self.run(text.get(from..at - gap).unwrap_or_default());
                    self.space();
                    from = at;
                }
                gap = 0;
            }
            before = byte;
        }
        self.run(text.get(from..text.len() - gap).unwrap_or_default());
        if gap > 0 {
            self.space();
        }
    }

    /// Adds what is to stand as it is.
    fn run(&mut self, part: &str) {
        if part.is_empty() {
            return;
        }
        if let Some(space) = self.pending.take()
            && !self.text.is_empty()
        {
            self.text.push(space);
        }
        self.text.push_str(part);
    }

    /// What follows is another word.
    pub(super) fn space(&mut self) {
        self.pending.get_or_insert(' ');
    }

    /// What follows is another line.
    pub(super) fn line(&mut self) {
        self.pending = Some('\n');
    }

    /// What was written, without white space at its ends.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// The beginning of `text` on one line, at most [`LEAD`] characters. A line that ends like no sentence (a heading, an
/// entry of a list) is parted from the next by a dot: "La cuisson · Une pincée de vieux pain…".
pub(super) fn lead(text: &str) -> String {
    let beginning = shortened(text, LEAD - PARTED);
    let mut lead = String::with_capacity(beginning.len());
    let mut parted = 0;
    for line in beginning.split('\n') {
        if !lead.is_empty() {
            let ends = lead.ends_with(|c: char| !c.is_alphanumeric());
            let part = if ends || parted == PARTED / 2 { " " } else { " · " };
            parted += usize::from(part.len() > 1);
            lead.push_str(part);
        }
        lead.push_str(line);
    }
    lead
}

/// `text` if it has at most `most` characters, else its beginning up to a word's end, with an ellipsis.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.len() <= most || text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    let room: String = text.chars().take(most.saturating_sub(1)).collect();
    let next_is_space = text.chars().nth(most.saturating_sub(1)).is_some_and(char::is_whitespace);
    let whole =
        if next_is_space { room.as_str() } else { room.rsplit_once(char::is_whitespace).map_or("", |(w, _)| w) };
    // A text without spaces, or with one huge first word, is cut where it must be.
    let kept = if whole.chars().count() * 2 > most { whole } else { room.as_str() };
    let kept =
        kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '('));
    format!("{kept}…")
}

/// Words in `text`. Chinese and Japanese are written without spaces, two characters to a word on average: half their
/// characters count, so that reading times stay comparable.
pub(super) fn count_words(text: &str) -> u32 {
    let (mut words, mut characters, mut inside) = (0_u32, 0_u32, false);
    let mut rest = text;
    while !rest.is_empty() {
        // Byte by byte without a branch for what is ASCII, which most of most texts is.
        let mut length = 0;
        for byte in rest.bytes().take_while(u8::is_ascii) {
            let letter = byte.is_ascii_alphanumeric();
            words += u32::from(letter & !inside);
            // A word ends at white space, not at the apostrophe or hyphen in it: "l’arc-en-ciel" is read as one.
            inside = letter | (inside & !is_ascii_space(byte));
            length += 1;
        }
        let mut beyond = rest.get(length..).unwrap_or_default().chars();
        while let Some(c) = beyond.clone().next().filter(|c| !c.is_ascii()) {
            beyond.next();
            let dense = matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
            let letter = !dense && c.is_alphanumeric();
            characters += u32::from(dense);
            words += u32::from(letter && !inside);
            inside = letter || (inside && !dense && !is_space(c));
        }
        rest = beyond.as_str();
    }
    words + characters.div_ceil(2)
}

/// Escapes plain text for HTML, the way the sanitiser does.
pub(super) fn escape_into(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\u{a0}' => html.push_str("&nbsp;"),
            c => html.push(c),
        }
    }
}

/// Whether `c` may never stand in a post: control characters, and the marks that make text read backwards ("gpj.exe").
pub(super) fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202d}' | '\u{202e}' | '\u{fffe}' | '\u{ffff}')
}

/// Bytes that are looked through at once: without a branch, a processor takes 16 or more in one step.
const STRIDE: usize = 64;

/// Whether one stands in `text`. By its bytes, as every post is looked through: those of ASCII many at once, the rest
/// one by one.
pub(super) fn holds_forbidden(text: &str) -> bool {
    let odd = |byte: u8| (byte < 0x20) & (byte != b'\n') & (byte != b'\t') | (byte >= 0x7F);
    let is_odd = |stride: &[u8]| stride.iter().fold(false, |any, byte| any | odd(*byte));
    let bytes = text.as_bytes();
    (0..bytes.len()).step_by(STRIDE).any(|from| {
        let rest = bytes.get(from..).unwrap_or_default();
        is_odd(rest.get(..STRIDE).unwrap_or(rest)) && one_begins(rest)
    })
}

/// Whether one begins in the first stride of `bytes`.
fn one_begins(bytes: &[u8]) -> bool {
    let at = |place: usize| bytes.get(place).copied().unwrap_or_default();
    bytes.iter().enumerate().take(STRIDE).any(|(place, byte)| match byte {
        b'\n' | b'\t' => false,
        0..=0x1F | 0x7F => true,
        0xC2 => at(place + 1) <= 0x9F,
        0xE2 => at(place + 1) == 0x80 && matches!(at(place + 2), 0xAD | 0xAE),
        0xEF => at(place + 1) == 0xBF && at(place + 2) >= 0xBE,
        _ => false,
    })
}

/// Whether its only white space of ASCII is a single blank between two words each. Without a branch, as above.
fn is_evenly_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let other = bytes.iter().fold(false, |any, byte| any | matches!(byte, b'\t'..=b'\r'));
    !other && !bytes.iter().zip(next).fold(false, |any, (one, next)| any | ((*one == b' ') & (*next == b' ')))
}

fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_ends_at_a_word_and_says_that_it_was_cut() {
        let check = |text: &str, most: usize, expected: &str| {
            let short = shortened(text, most);
            assert_eq!(short, expected, "{text:?} in {most}");
            assert!(short.chars().count() <= most);
        };
        check("one two", 7, "one two");
        check("one two three", 9, "one two…");
        check("one two three", 8, "one two…");
        check("one, two", 5, "one…");
        check("été à la mer", 10, "été à la…");
        check("abcdefghij", 5, "abcd…");
        check("東京会議東京会議", 5, "東京会議…");
        assert_eq!(lead("One ends.\nHeading\nAnother"), "One ends. Heading · Another");
        assert!(lead(&"word ".repeat(100)).chars().count() <= LEAD);
        assert!(lead(&"a\n".repeat(300)).chars().count() <= LEAD);
    }

    #[test]
    fn forbidden_characters_and_white_space_are_seen_by_their_bytes_as_by_themselves() {
        for c in (0..=0x2_FFFF).filter_map(char::from_u32) {
            let text = format!("a{c}b");
            assert_eq!(holds_forbidden(&text), is_forbidden(c), "{c:?}");
            let mut plain = Plain::default();
            plain.add(&text);
            assert_eq!(plain.finish() == "a b", is_space(c), "{c:?}");
        }
    }

    #[test]
    fn forbidden_characters_are_seen_wherever_they_stand() {
        for before in 0..2 * STRIDE {
            for c in ['\u{1}', '\u{7f}', '\u{85}', '\u{202e}', '\u{ffff}', '\n', 'é', '\u{a0}', '—'] {
                let text = format!("{}{c}", "é".repeat(before / 2) + &"a".repeat(before % 2));
                assert_eq!(holds_forbidden(&text), is_forbidden(c), "{c:?} behind {before}");
            }
        }
    }

    #[test]
    fn white_space_is_folded_wherever_it_stands() {
        for (parts, expected) in [
            (&["a b  c\n d", " e"][..], "a b c d e"),
            (&["  a", "b ", " c "], "ab c"),
            (&["a ", "\n", "", "b"], "a b"),
            (&["a\tb", " ", "é è", "\u{a0}x"], "a b é è x"),
            (&[" ", "a  ", "b"], "a b"),
        ] {
            let mut plain = Plain::default();
            parts.iter().for_each(|part| plain.add(part));
            assert_eq!(plain.finish(), expected, "{parts:?}");
        }
    }

    #[test]
    fn words_are_counted_in_every_script() {
        for (text, expected) in [
            ("", 0),
            (" — … ", 0),
            ("One two\nthree", 3),
            ("L’arc-en-ciel, aujourd’hui !", 2),
            ("1.95.0 is out", 3),
            ("été à la mer, où l’on nage", 7),
            ("aé éa a éé a-é\té\u{a0}a", 7),
            ("a会b — c会", 4),
            ("東京会議", 2),
            ("Rust 会議", 2),
            ("한국어 뉴스", 2),
        ] {
            assert_eq!(count_words(text), expected, "{text:?}");
        }
    }
}
