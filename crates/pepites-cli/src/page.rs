//! Takes the safe HTML of a post, gives its blocks of text and its links. Reads markup that the sanitiser wrote, so it
//! never has to guess; whatever it does not know is text.

/// A block of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// What stands before its first line (`• `, `│ `); the others are indented as far.
    pub(crate) before: String,
    /// It is a heading.
    pub(crate) heading: bool,
    /// Its lines are as they are (code, verse).
    pub(crate) verbatim: bool,
    /// It follows the block before without an empty line (items of a list, rows of a table).
    pub(crate) close: bool,
    /// Its text; line ends are meant.
    pub(crate) text: String,
}

/// A post as text.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Its blocks in order.
    pub(crate) blocks: Vec<Block>,
    /// Its links in order; `[1]` in the text is the first.
    pub(crate) links: Vec<String>,
}

/// The text of a post. `picture` stands for a picture that has no words of its own.
pub(crate) fn read(html: &str, picture: &str) -> Page {
    let mut reading = Reading { picture, ..Reading::default() };
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        reading.text(text);
        let (tag, following) = tag(after);
        reading.tag(tag);
        rest = following;
    }
    reading.text(rest);
    reading.close_block();
    reading.page
}

/// A list that is open: None for bullets, else the next number.
type List = Option<u32>;

#[derive(Default)]
struct Reading<'a> {
    page: Page,
    picture: &'a str,
    /// The block being filled.
    block: Block,
    lists: Vec<List>,
    /// Depth of quotations.
    quotes: usize,
    /// The item's bullet or number was not used yet.
    bullet: Option<String>,
    preformatted: bool,
    /// Depth of tables.
    tables: usize,
    /// The block before was an item of a list or a row of a table.
    after_row: bool,
    /// Addresses of the open links and where their text began.
    anchors: Vec<(Option<String>, usize)>,
}

impl Reading<'_> {
    fn text(&mut self, raw: &str) {
        let text = html_escape::decode_html_entities(raw);
        if self.preformatted {
            self.block.text.push_str(&text);
            return;
        }
        for c in text.chars() {
            match c {
                ' ' | '\n' | '\t' | '\r' => {
                    if !self.block.text.is_empty() && !self.block.text.ends_with([' ', '\n']) {
                        self.block.text.push(' ');
                    }
                }
                c => self.block.text.push(c),
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        let (closing, tag) = match tag.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, tag),
        };
        let name = tag.split([' ', '/', '\n', '\t']).next().unwrap_or_default().to_ascii_lowercase();
        match (name.as_str(), closing) {
            ("br", _) => self.block.text.push('\n'),
            ("img", false) => {
                let words = attribute(tag, "alt").filter(|alt| !alt.trim().is_empty());
                let picture = words.unwrap_or_else(|| self.picture.to_owned());
                self.block.text.push_str(&format!("[{picture}]"));
            }
            ("a", false) => self.anchors.push((attribute(tag, "href"), self.block.text.len())),
            ("a", true) => self.close_anchor(),
            ("hr", _) => {
                self.close_block();
                self.block.text.push_str("* * *");
                self.close_block();
            }
            ("ul" | "ol", true) => {
                self.close_block();
                self.lists.pop();
            }
            ("ul", false) => self.open_list(None),
            ("ol", false) => self.open_list(attribute(tag, "start").and_then(|n| n.parse().ok()).or(Some(1))),
            ("li", false) => {
                self.close_block();
                self.bullet = Some(self.next_bullet());
            }
            ("blockquote", closing) => {
                self.close_block();
                self.quotes = if closing { self.quotes.saturating_sub(1) } else { self.quotes + 1 };
            }
            ("pre", closing) => {
                self.close_block();
                self.preformatted = !closing;
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", closing) => {
                self.close_block();
                self.block.heading = !closing;
            }
            ("table", closing) => {
                self.close_block();
                self.tables = if closing { self.tables.saturating_sub(1) } else { self.tables + 1 };
            }
            ("td" | "th", true) => self.text(" "),
            (name, _) if BLOCKS.contains(&name) => self.close_block(),
            _ => {}
        }
    }

    fn open_list(&mut self, list: List) {
        self.close_block();
        self.lists.push(list);
    }

    fn next_bullet(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                let bullet = format!("{number}. ");
                *number = number.saturating_add(1);
                bullet
            }
            _ => "• ".to_owned(),
        }
    }

    fn close_anchor(&mut self) {
        let Some((Some(address), start)) = self.anchors.pop() else { return };
        let words = self.block.text.get(start..).unwrap_or_default().trim();
        if words == address || !(address.starts_with("http://") || address.starts_with("https://")) {
            return;
        }
        let known = self.page.links.iter().position(|link| *link == address);
        let place = known.unwrap_or_else(|| {
            self.page.links.push(address);
            self.page.links.len() - 1
        });
        let mark = format!("\u{a0}[{}]", place + 1);
        // A link around a whole paragraph ends after it.
        match self.page.blocks.last_mut() {
            Some(last) if self.block.text.is_empty() => last.text.push_str(&mark),
            _ => self.block.text.push_str(&mark),
        }
    }

    /// Ends the block, if there is anything in it, and begins the next.
    fn close_block(&mut self) {
        let mut block = std::mem::take(&mut self.block);
        // A link that spans blocks keeps its address; its text begins anew.
        for (_, start) in &mut self.anchors {
            *start = 0;
        }
        block.text = block.text.trim_matches([' ', '\n']).to_owned();
        if block.text.is_empty() {
            return;
        }
        let depth = self.lists.len().saturating_sub(1);
        let quote = "│ ".repeat(self.quotes);
        let indent = "  ".repeat(depth);
        let row = !self.lists.is_empty() || self.tables > 0;
        block.close = row && self.after_row;
        self.after_row = row;
        block.verbatim = self.preformatted;
        block.before = match self.bullet.take() {
            Some(bullet) => format!("{quote}{indent}{bullet}"),
            None if self.lists.is_empty() => quote,
            None => format!("{quote}{indent}  "),
        };
        self.page.blocks.push(block);
    }
}

/// Elements that begin and end a block, besides those with a rule of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "nav",
    "figure",
    "figcaption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "caption",
    "dl",
    "dt",
    "dd",
    "details",
    "summary",
    "address",
    "center",
    "ul",
    "ol",
    "li",
];

/// The inside of a tag and what follows it. A `>` inside quotes does not end it: alt="a > b".
fn tag(after: &str) -> (&str, &str) {
    let mut quote = None;
    for (place, c) in after.char_indices() {
        match (quote, c) {
            (None, '>') => {
                let (tag, rest) = after.split_at(place);
                return (tag, rest.strip_prefix('>').unwrap_or(rest));
            }
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    (after, "")
}

/// The value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    let (value, _) = after.split_once('"')?;
    Some(html_escape::decode_html_entities(value).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let page = read(html, "picture");
        let mut text = String::new();
        for block in &page.blocks {
            text.push_str(&format!("{}{}{}\n", if block.heading { "# " } else { "" }, block.before, block.text));
        }
        for (place, link) in page.links.iter().enumerate() {
            text.push_str(&format!("[{}] {link}\n", place + 1));
        }
        assert_eq!(text, expected, "{html}");
    }

    #[test]
    fn blocks_lists_quotes_and_links_read_as_text() {
        check("plain &amp; simple", "plain & simple\n");
        check("<p>one\n two</p><p>three<br>four</p>", "one two\nthree\nfour\n");
        check("<h2>Head</h2><p>Body <b>bold</b>.</p>", "# Head\nBody bold.\n");
        check("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul><p>d</p>", "• a\n• b\n  1. c\nd\n");
        check("<blockquote><p>said</p><p>more</p></blockquote>after", "│ said\n│ more\nafter\n");
        check("<pre>  let x;\n    y</pre>", "let x;\n    y\n");
        check(
            "<p><a href=\"https://e.org/?a=1&amp;b=2\">here</a> and <a href=\"https://e.org/\">https://e.org/</a></p>",
            "here\u{a0}[1] and https://e.org/\n[1] https://e.org/?a=1&b=2\n",
        );
        check("<img src=\"x\" alt=\"a > b\"><img src=\"y\">", "[a > b][picture]\n");
        check("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc\n");
    }

    #[test]
    fn what_never_ends_or_never_began_is_still_text() {
        check("a < b", "a\n");
        check("</a></ul></blockquote>x", "x\n");
        check("<a href=\"https://e.org/\"><p>spanning</p></a>", "spanning\u{a0}[1]\n[1] https://e.org/\n");
        check("<a href=\"javascript:alert(1)\">no</a>", "no\n");
    }
}
