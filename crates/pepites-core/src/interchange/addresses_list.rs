//! Takes a text with an address on each line, gives the addresses: a list typed by hand, or newsboat's `urls` file with
//! its tags and titles. Never runs newsboat's `exec:` and `filter:` lines.

use super::{
    Dialect, Harvest, Head,
    address::{self, Likeness},
    clean,
    gather::{Gather, Line},
};
use crate::model::{Folder, Phrase};

pub(super) const DIALECT: Dialect = Dialect { name: "addresses_list", recognise, read };

/// Lines that are looked at.
const SAMPLE_LINES: usize = 200;

fn recognise(head: &Head<'_>) -> bool {
    let (mut lines, mut strong, mut weak) = (0, 0, 0);
    for (_, line) in lines_of(head.start()).take(SAMPLE_LINES) {
        let (first, rest) = first_word(line);
        lines += 1;
        match address::likeness(&first) {
            Likeness::Strong => strong += 1,
            // `example.org` is an address; the file name that begins a sentence is not.
            Likeness::Weak if rest.is_empty() || rest.starts_with('"') => weak += 1,
            Likeness::Weak | Likeness::None => {}
        }
    }
    // Half, for what people write between their addresses; prose that begins a line with one has far less.
    strong * 2 >= lines && strong > 0 || (strong + weak) * 4 >= lines * 3 && weak > 0
}

/// Whether most lines are an address, or one with a blank after it: then a comma is part of a tag of newsboat's, or of
/// an address, and not what parts the cells of a table.
pub(super) fn leads(head: &Head<'_>) -> bool {
    const DELIMITERS: [char; 4] = [',', ';', '|', '\t'];
    let (mut lines, mut led) = (0, 0);
    for (_, line) in lines_of(head.start()).take(SAMPLE_LINES) {
        let (first, rest) = first_word(line);
        let parted = line.contains('\t') || first.contains(DELIMITERS) || rest.starts_with(DELIMITERS);
        lines += 1;
        led += u32::from(!parted && address::likeness(&first) == Likeness::Strong);
    }
    led * 2 > lines
}

fn read(text: &str) -> Harvest {
    let mut gather = Gather::default();
    for (number, line) in lines_of(text) {
        let (first, mut rest) = first_word(line);
        // A list that comes from a table of one column begins with its header; other text that is no address is named.
        if address::likeness(&first) == Likeness::None && !first.contains("//") {
            let header = number == 1 && rest.is_empty();
            if !header {
                gather.skip(number, line, Phrase::new("flaw.not_an_address"));
            }
            continue;
        }
        let mut taken = Line { line: number, address: &first, ..Line::default() };
        while !rest.is_empty() {
            let (word, after) = first_word(rest);
            rest = after;
            if let Some(title) = word.strip_prefix('~') {
                taken.title = clean::name(title);
            } else if !word.starts_with('!') {
                // newsboat's tags are names, not paths.
                taken.folders.extend(clean::name(&word).map(|name| Folder(vec![name])));
            }
        }
        gather.take(taken);
    }
    gather.finish()
}

/// Lines that say something, with their numbers, without the bullets of a list in prose.
fn lines_of(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1_u32..).zip(text.lines()).filter_map(|(number, line)| {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c.is_control());
        let line = ["- ", "* ", "• "].iter().find_map(|bullet| line.strip_prefix(bullet)).unwrap_or(line).trim();
        (!line.is_empty() && !line.starts_with('#')).then_some((number, line))
    })
}

/// The first word, or what stands in quotes, and the rest.
fn first_word(line: &str) -> (String, &str) {
    let (word, rest) = match line.strip_prefix('"').and_then(|inner| inner.split_once('"')) {
        Some(quoted) => quoted,
        None => line.split_once(char::is_whitespace).unwrap_or((line, "")),
    };
    (word.to_owned(), rest.trim())
}

#[cfg(test)]
mod tests {
    use super::super::harvest;

    fn check(text: &str, expect: &[(u32, &str, Option<&str>, &[&str])], flaws: &[(u32, &str)]) {
        let (dialect, harvest) = harvest("urls", text.as_bytes()).unwrap();
        assert_eq!(dialect.name, "addresses_list", "{text:?}");
        let found: Vec<_> = harvest
            .found
            .iter()
            .map(|found| {
                let folders: Vec<&str> = found.folders.iter().map(|folder| folder.0[0].as_str()).collect();
                (found.line, found.address.as_str(), found.title.as_deref(), folders)
            })
            .collect();
        let expect: Vec<_> =
            expect.iter().map(|(line, at, title, folders)| (*line, *at, *title, folders.to_vec())).collect();
        assert_eq!(found, expect, "{text:?}");
        let skipped: Vec<_> = harvest.flaws.iter().map(|flaw| (flaw.line.unwrap(), flaw.why.key.as_str())).collect();
        assert_eq!(skipped, flaws, "{text:?}");
    }

    #[test]
    fn an_address_a_line_is_a_list() {
        check("https://example.org/feed", &[(1, "https://example.org/feed", None, &[])], &[]);
        check(
            "# mine\n\nhttps://example.org/feed\n- <https://b.example/rss>\n@alice@social.example\nsome words\nc.example/atom\n",
            &[
                (3, "https://example.org/feed", None, &[]),
                (4, "https://b.example/rss", None, &[]),
                (5, "@alice@social.example", None, &[]),
                (7, "c.example/atom", None, &[]),
            ],
            &[(6, "flaw.not_an_address")],
        );
        check("url\nhttps://example.org/feed\n", &[(2, "https://example.org/feed", None, &[])], &[]);
        check("example.org\nb.example\n", &[(1, "example.org", None, &[]), (2, "b.example", None, &[])], &[]);
    }

    #[test]
    fn the_urls_file_of_newsboat_is_a_list_with_tags_and_titles() {
        check(
            concat!(
                "https://example.org/feed tech \"vie locale\" \"~Le Blog\"\n",
                "https://b.example/rss \"!\" \"~!Caché\"\n",
                "\"exec:~/bin/feed.sh arg\" tech\n",
                "\"filter:~/bin/f:https://example.org/x\"\n",
                "\"query:Unread:unread = \\\"yes\\\"\"\n",
            ),
            &[
                (1, "https://example.org/feed", Some("Le Blog"), &["tech", "vie locale"]),
                (2, "https://b.example/rss", Some("!Caché"), &[]),
            ],
            &[(3, "flaw.scheme"), (4, "flaw.scheme"), (5, "flaw.scheme")],
        );
        // Commas in titles and addresses do not make a table of it.
        check(
            "https://a.example/feed \"~Port, wind\" sea\nhttps://b.example/rss \"~Bread, salt\" food\nhttps://c.example/1,2.xml\n",
            &[
                (1, "https://a.example/feed", Some("Port, wind"), &["sea"]),
                (2, "https://b.example/rss", Some("Bread, salt"), &["food"]),
                (3, "https://c.example/1,2.xml", None, &[]),
            ],
            &[],
        );
    }

    #[test]
    fn prose_is_not_a_list() {
        let check = |text: &str| assert!(harvest("x.txt", text.as_bytes()).is_err(), "{text:?}");
        check("Dear all,\nplease read\nhttps://example.org/feed\nand tell me\nwhat you think\n");
        check("lorem ipsum\n");
        check("alice@example.org\tAlice\n");
    }
}
