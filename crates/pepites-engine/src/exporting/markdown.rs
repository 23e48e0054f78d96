//! Gives a digest as Markdown: what a text editor, a notebook or a terminal reads.
//! Never lets what a post says be markup of its own: every sign that could begin some is written as itself.

use ego_tree::iter::Edge;
use scraper::{Html, Node};

use super::{Article, Paper, because, origin, relayed, section, sections, summary, title, xhtml};
use crate::catalogue::Language;

pub(super) fn write(paper: &Paper, language: Language) -> String {
    let mut out = format!("# {}\n\n{}\n", line(&title(&paper.line, language)), line(&summary(&paper.line, language)));
    for (name, articles) in sections(paper) {
        out.push_str(&format!("\n## {}\n", line(&section(name, language))));
        for (_, article) in articles {
            story(&mut out, article, paper, language);
        }
    }
    out.push_str(&format!("\n* * *\n\n{}\n", line(&language.text("digest.end_past"))));
    out
}

fn story(out: &mut String, article: &Article, paper: &Paper, language: Language) {
    let face = &article.entry.face;
    let headline = match face.link.as_deref().and_then(xhtml::link) {
        Some(link) => format!("[{}]({})", line(&face.title), target(&link)),
        None => line(&face.title),
    };
    out.push_str(&format!("\n### {headline}\n\n*{}*\n", line(&origin(article, paper, language))));
    if let Some(because) = because(&article.entry, language) {
        out.push_str(&format!("\n◆ {}\n", line(&because)));
    }
    match &article.html {
        Some(html) => out.push_str(&body(html)),
        None => out.push_str(&format!("\n{}\n\n*{}*\n", line(&face.lead), line(&language.text("export.dropped")))),
    }
    if let Some(recording) = article.recording.as_deref().and_then(xhtml::link) {
        out.push_str(&format!("\n[{}]({})\n", line(&language.text("export.recording")), target(&recording)));
    }
    if let Some(relayed) = relayed(&article.entry, language) {
        out.push_str(&format!("\n*{}*\n", line(&relayed)));
    }
}

/// A text as one line of Markdown that says the same.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    guarded(&escaped(&words.join(" ")))
}

/// Signs that could begin markup, each as itself.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A line that begins no heading, list or rule.
fn guarded(text: &str) -> String {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    match text.chars().nth(digits) {
        Some('.' | ')') if digits > 0 => {
            let (number, rest) = text.split_at_checked(digits).unwrap_or((text, ""));
            format!("{number}\\{rest}")
        }
        Some('#' | '+' | '-' | '=') if digits == 0 => format!("\\{text}"),
        _ => text.to_owned(),
    }
}

/// An address as a link's target.
fn target(link: &str) -> String {
    let plain = link.replace('<', "%3C").replace('>', "%3E").replace('\\', "%5C").replace([' ', '\n', '\t'], "%20");
    format!("<{plain}>")
}

/// The body of a post, in blocks that a blank line parts.
fn body(html: &str) -> String {
    let mut writing = Writing::default();
    let mut gone = 0_u32;
    for edge in Html::parse_fragment(html).tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) if xhtml::GONE.contains(&element.name()) => gone += 1,
                Node::Text(text) if gone == 0 => writing.text(text),
                Node::Element(element) if gone == 0 => writing.open(element),
                _ => {}
            },
            Edge::Close(node) => match node.value() {
                Node::Element(element) if xhtml::GONE.contains(&element.name()) => gone = gone.saturating_sub(1),
                Node::Element(element) if gone == 0 => writing.close(element),
                _ => {}
            },
        }
    }
    writing.flush();
    writing.out
}

#[derive(Default)]
struct Writing {
    out: String,
    /// The block under way.
    block: String,
    /// What comes before its first line, once: a bullet, a heading's signs.
    first: String,
    /// Open quotations and lists, outermost first: what each puts before every line.
    depth: Vec<String>,
    /// Open lists: None for bullets, else the next number.
    lists: Vec<Option<u32>>,
    /// Where the text of open links began, and where they lead.
    links: Vec<(usize, Option<String>)>,
    /// Inside text that keeps its lines.
    verbatim: bool,
}

impl Writing {
    fn text(&mut self, text: &str) {
        if self.verbatim {
            self.block.push_str(&text.replace('\r', ""));
            return;
        }
        let space = |at: Option<char>| at.is_some_and(char::is_whitespace);
        let words: Vec<&str> = text.split_whitespace().collect();
        if space(text.chars().next()) {
            self.space();
        }
        self.block.push_str(&escaped(&words.join(" ")));
        if !words.is_empty() && space(text.chars().last()) {
            self.space();
        }
    }

    fn space(&mut self) {
        if !self.block.is_empty() && !self.block.ends_with([' ', '\n']) {
            self.block.push(' ');
        }
    }

    fn open(&mut self, element: &scraper::node::Element) {
        match element.name() {
            "br" if self.verbatim => self.block.push('\n'),
            "br" => self.block.push_str("\\\n"),
            "hr" => {
                self.flush();
                self.block.push_str("* * *");
                self.flush_plain();
            }
            "img" => {
                let words = element.attr("alt").unwrap_or_default().trim();
                if !words.is_empty() {
                    self.block.push_str(&format!("\\[{}\\]", line(words)));
                }
            }
            "a" => self.links.push((self.block.len(), element.attr("href").and_then(xhtml::link))),
            "em" | "i" | "cite" if !self.verbatim => self.block.push('*'),
            "strong" | "b" if !self.verbatim => self.block.push_str("**"),
            "blockquote" => {
                self.flush();
                self.depth.push("> ".to_owned());
            }
            "ul" | "ol" => {
                self.flush();
                self.lists.push((element.name() == "ol").then_some(1));
            }
            "li" => {
                self.flush();
                let bullet = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let bullet = format!("{number}. ");
                        *number = number.saturating_add(1);
                        bullet
                    }
                    _ => "- ".to_owned(),
                };
                self.depth.push(" ".repeat(bullet.len()));
                self.first = bullet;
            }
            "pre" => {
                self.flush();
                self.verbatim = true;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.first.push_str("#### ");
            }
            "td" | "th" if !self.block.trim().is_empty() => self.block.push_str(" \\| "),
            name if is_block(name) => self.flush(),
            _ => {}
        }
    }

    fn close(&mut self, element: &scraper::node::Element) {
        match element.name() {
            "a" => {
                if let Some((start, Some(link))) = self.links.pop() {
                    let words = self.block.get(start..).unwrap_or_default().trim().to_owned();
                    if !words.is_empty() && !self.verbatim && !words.contains("\\\n") {
                        self.block.truncate(start);
                        self.block.push_str(&format!("[{words}]({})", target(&link)));
                    }
                }
            }
            "em" | "i" | "cite" if !self.verbatim => self.block.push('*'),
            "strong" | "b" if !self.verbatim => self.block.push_str("**"),
            "blockquote" => {
                self.flush();
                self.depth.pop();
            }
            "ul" | "ol" => {
                self.flush();
                self.lists.pop();
            }
            "li" => {
                self.flush();
                self.first.clear();
                self.depth.pop();
            }
            "pre" => {
                self.flush();
                self.verbatim = false;
            }
            name if is_block(name) || matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") => self.flush(),
            _ => {}
        }
    }

    /// Ends the block, if there is anything in it.
    fn flush(&mut self) {
        if self.verbatim {
            let text = std::mem::take(&mut self.block);
            let text = text.trim_matches('\n');
            // Longer than any row of backquotes in it: none of it ends the block.
            let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(longest.max(2) + 1);
            if !text.trim().is_empty() {
                self.put(&format!("{fence}\n{text}\n{fence}"));
            }
            return;
        }
        let block = std::mem::take(&mut self.block);
        // Line breaks at either end part nothing.
        let mut text = block.trim_matches(' ');
        while let Some(rest) = text
            .strip_prefix("\\\n")
            .or_else(|| text.strip_suffix("\\\n"))
            .or_else(|| text.strip_prefix('\n'))
            .or_else(|| text.strip_suffix('\n'))
        {
            text = rest.trim_matches(' ');
        }
        let bare = |letter: char| letter == '*' || letter.is_whitespace();
        if !text.is_empty() && !text.chars().all(bare) {
            self.put(&guarded(text));
        }
    }

    /// The block as it is.
    fn flush_plain(&mut self) {
        let block = std::mem::take(&mut self.block);
        self.put(&block);
    }

    fn put(&mut self, text: &str) {
        let first = std::mem::take(&mut self.first);
        let outer: String = self.depth.concat();
        for (at, line) in text.lines().enumerate() {
            let before = match at {
                0 => {
                    // The bullet stands in the place that its list keeps free.
                    let outer = outer
                        .strip_suffix(&" ".repeat(first.len()))
                        .filter(|_| first.starts_with(['-', '1', '2', '3', '4', '5', '6', '7', '8', '9']));
                    format!("{}{first}", outer.unwrap_or(&self.depth.concat()))
                }
                _ => outer.clone(),
            };
            self.out.push_str(if at == 0 { "\n" } else { "" });
            self.out.push_str(format!("{before}{line}").trim_end());
            self.out.push('\n');
        }
        self.links.clear();
    }
}

fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "p",
        "div",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "nav",
        "figure",
        "figcaption",
        "table",
        "tr",
        "caption",
        "dl",
        "dt",
        "dd",
        "details",
        "summary",
        "address",
    ];
    BLOCKS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(body(html), expected, "{html}");
    }

    #[test]
    fn a_body_reads_as_markdown() {
        check("<p>One <b>bold</b> and <i>thin</i>.</p><p>Two</p>", "\nOne **bold** and *thin*.\n\nTwo\n");
        check("<p>a<br>b</p>", "\na\\\nb\n");
        check("<p><br>a <br></p>", "\na\n");
        check("<h2>Head</h2><p>x</p>", "\n#### Head\n\nx\n");
        check("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "\n- a\n\n- b\n\n  1. c\n");
        check("<blockquote><p>said</p><p>more</p></blockquote>", "\n> said\n\n> more\n");
        check("<pre>let x = `a`;\n# no</pre>", "\n```\nlet x = `a`;\n# no\n```\n");
        check("<pre>```\n</pre>", "\n````\n```\n````\n");
        check("<a href=\"https://e.org/a b\">here</a>", "\n[here](<https://e.org/a%20b>)\n");
        check("<p>see<img src=\"https://e.org/x.png\" alt=\"a boat\"></p>", "\nsee\\[a boat\\]\n");
        check("<table><tr><td>a</td><td>b</td></tr></table>", "\na \\| b\n");
        check("", "");
    }

    #[test]
    fn nothing_that_a_post_says_is_markup_of_its_own() {
        check("<p>&lt;script&gt;x&lt;/script&gt;</p>", "\n\\<script\\>x\\</script\\>\n");
        check(
            "<p># no heading</p><p>- no item</p><p>1. no number</p>",
            "\n\\# no heading\n\n\\- no item\n\n1\\. no number\n",
        );
        check(
            "<p>[a](javascript:x) ![b](https://e.org/p.png)</p>",
            "\n\\[a\\](javascript:x) !\\[b\\](https://e.org/p.png)\n",
        );
        check("<a href=\"javascript:x()\">go</a>", "\ngo\n");
        check("<p>&amp;lt;img&amp;gt;</p>", "\n\\&lt;img\\&gt;\n");
        assert_eq!(line("A title\nwith *stars* and <b>"), "A title with \\*stars\\* and \\<b\\>");
    }
}
