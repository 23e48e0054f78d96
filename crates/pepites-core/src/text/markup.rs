//! Takes HTML, gives its tags where a parser of HTML sees them: not in comments, in values, in scripts.
//! Never builds a tree, never fails, and looks at each letter a few times at most.

/// Elements whose content is text up to their own end tag.
const RAW: [&str; 9] = ["iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"];

/// One tag; of an element whose content is text, all of it up to and with its end tag.
pub(crate) struct Tag<'a> {
    /// Where its `<` is.
    pub at: usize,
    /// One after its `>`.
    pub after: usize,
    /// Its name as it is written.
    pub name: &'a str,
    /// It is an end tag.
    pub ends: bool,
    /// `<name/>`, which means something in drawings and formulas only.
    pub empty: bool,
    /// How many attributes it has.
    pub attributes: usize,
    /// An element whose content is text: it is over after this tag.
    pub raw: bool,
    /// Where its content ends depends on more than can be seen here.
    pub doubtful: bool,
}

/// The tags of a text, in order.
pub(crate) struct Tags<'a> {
    html: &'a str,
    at: usize,
    /// For the tags that follow: a drawing, a formula or a choice is open, in which `<title>` may be an element like
    /// any other. The caller knows.
    pub foreign: bool,
}

/// A tag up to its `>`.
struct Read {
    name_end: usize,
    attributes: usize,
    empty: bool,
    after: usize,
}

impl<'a> Tags<'a> {
    /// The tags of `html`.
    pub(crate) fn of(html: &'a str) -> Self {
        Self { html, at: 0, foreign: false }
    }

    fn tag(&mut self, at: usize, ends: bool) -> Option<Tag<'a>> {
        let begins = at + 1 + usize::from(ends);
        let read = read(self.html.as_bytes(), begins)?;
        let name = self.html.get(begins..read.name_end)?;
        let mut tag = Tag {
            at,
            after: read.after,
            name,
            ends,
            empty: read.empty,
            attributes: read.attributes,
            raw: !ends && RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)),
            doubtful: false,
        };
        let plaintext = !ends && name.eq_ignore_ascii_case("plaintext");
        if tag.raw || plaintext {
            let whole = self.html.len();
            let (end, after) = if plaintext { (whole, whole) } else { self.raw_end(name, read.after) };
            let content = self.html.get(read.after..end).unwrap_or_default();
            tag.doubtful = (self.foreign && content.contains('<'))
                || (name.eq_ignore_ascii_case("script") && holds_itself(content));
            (tag.after, tag.raw) = (after, true);
        }
        Some(tag)
    }

    /// Where the content that begins at `from` ends, and one after its end tag.
    fn raw_end(&self, name: &str, from: usize) -> (usize, usize) {
        let whole = self.html.len();
        let mut at = from;
        while let Some(end) = self.seek("</", at) {
            let named = end + 2..end + 2 + name.len();
            at = named.start;
            let closes = self.html.get(named.clone()).is_some_and(|found| found.eq_ignore_ascii_case(name))
                && self.html.as_bytes().get(named.end).is_some_and(|byte| ends_name(*byte));
            if closes {
                return (end, read(self.html.as_bytes(), at).map_or(whole, |read| read.after));
            }
        }
        (whole, whole)
    }

    fn seek(&self, what: &str, from: usize) -> Option<usize> {
        self.html.get(from..)?.find(what).map(|found| from + found)
    }

    /// One after the comment whose text begins at `from`. `<!-->`, `<!--->` and `--!>` end one too.
    fn comment_end(&self, from: usize) -> Option<usize> {
        let rest = self.html.get(from..)?;
        if rest.starts_with('>') || rest.starts_with("->") {
            return self.seek(">", from).map(|end| end + 1);
        }
        let mut at = from;
        loop {
            at = self.seek("--", at)?;
            let after = self.html.get(at + 2..)?;
            if after.starts_with('>') || after.starts_with("!>") {
                return self.seek(">", at).map(|end| end + 1);
            }
            at += 1;
        }
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let at = self.seek("<", self.at)?;
            let mut following = self.html.get(at + 1..)?.bytes();
            let letter = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic());
            let tag = match following.next()? {
                b'/' => {
                    let first = following.next();
                    if !letter(first) {
                        // `</>` is nothing, `</ x>` a comment.
                        self.at = self.seek(">", at)? + 1;
                        continue;
                    }
                    self.tag(at, true)
                }
                b'!' if self.html.get(at + 1..)?.starts_with("!--") => {
                    self.at = self.comment_end(at + 4)?;
                    continue;
                }
                b'!' if self.foreign && self.html.get(at + 1..)?.starts_with("![CDATA[") => {
                    // A section in a drawing, a comment up to the first `>` elsewhere: the shorter one hides less.
                    self.at = self.seek(">", at)? + 1;
                    let same = self.html.get(at..self.at)?.ends_with("]]>");
                    if same {
                        continue;
                    }
                    let name = self.html.get(at + 1..at + 1)?;
                    let doubt = Tag {
                        at,
                        after: self.at,
                        name,
                        ends: true,
                        empty: false,
                        attributes: 0,
                        raw: false,
                        doubtful: true,
                    };
                    return Some(doubt);
                }
                b'!' | b'?' => {
                    self.at = self.seek(">", at)? + 1;
                    continue;
                }
                first if letter(Some(first)) => self.tag(at, false),
                _ => {
                    self.at = at + 1;
                    continue;
                }
            };
            self.at = tag.as_ref().map_or(self.html.len(), |tag| tag.after);
            return tag;
        }
    }
}

/// Reads a tag whose name begins at `from`; None when it does not end.
fn read(bytes: &[u8], from: usize) -> Option<Read> {
    let until = |from: usize, is_end: &dyn Fn(u8) -> bool| {
        bytes.get(from..)?.iter().position(|byte| is_end(*byte)).map(|found| from + found)
    };
    let name_end = until(from, &ends_name)?;
    let (mut at, mut attributes) = (name_end, 0);
    loop {
        let gap = at;
        at = until(at, &|byte| !is_space(byte) && byte != b'/')?;
        if bytes.get(at) == Some(&b'>') {
            let empty = at > gap && bytes.get(at - 1) == Some(&b'/');
            return Some(Read { name_end, attributes, empty, after: at + 1 });
        }
        attributes += 1;
        // A name may begin with `=`.
        at = until(at + 1, &|byte| ends_name(byte) || byte == b'=')?;
        let equals = until(at, &|byte| !is_space(byte))?;
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        at = until(equals + 1, &|byte| !is_space(byte))?;
        match *bytes.get(at)? {
            b'>' => {}
            quote @ (b'"' | b'\'') => at = until(at + 1, &|byte| byte == quote)? + 1,
            _ => at = until(at, &|byte| is_space(byte) || byte == b'>')?,
        }
    }
}

/// A script within a comment of a script: `</script>` ends only the inner one.
fn holds_itself(content: &str) -> bool {
    let is_script = |piece: &str| piece.get(..6).is_some_and(|name| name.eq_ignore_ascii_case("script"));
    content.contains("<!--") && content.split('<').any(is_script)
}

fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, foreign: bool, expected: &str) {
        let mut tags = Tags::of(html);
        tags.foreign = foreign;
        let said = |tag: Tag<'_>| {
            let sign = if tag.doubtful {
                "?"
            } else if tag.ends {
                "/"
            } else {
                ""
            };
            let close = if tag.empty { "/" } else { "" };
            format!("{sign}{}{close}{}", tag.name, ".".repeat(tag.attributes))
        };
        assert_eq!(tags.map(said).collect::<Vec<_>>().join(" "), expected, "{html}");
    }

    #[test]
    fn tags_are_seen_where_a_parser_sees_them() {
        check("a < b <p>c</p><BR/>", false, "p /p BR/");
        check("<a href='</b>' title=\"<i>\" x=y/>z", false, "a...");
        check("<a =x b = c>", false, "a..");
        check("<!-- <p> --><i><!--><b><!---><u><!-- --!><s><!----><q>", false, "i b u s q");
        check("<![CDATA[<p>]]><?x <i>?></ <b>></><u>", false, "u");
        check("<![CDATA[<p>]]><![CDATA[ ]]>", true, "?");
        check("<style><p></stylex></STYLE ><p>", false, "style p");
        check("<title><p></title><i>", true, "?title i");
        check("<title>x</title><i>", true, "title i");
        check("<script>'<p>'</script><i>", false, "script i");
        check("<script><!-- <script> </script><i>", false, "?script i");
        check("<b><textarea><i>", false, "b textarea");
        check("<b><i x='", false, "b");
        check("<b><!-- <i>", false, "b");
    }
}
