//! Takes the tree of an article, gives its blocks in order: what stands on lines of its own.

use dom_query::NodeRef;

/// Elements that begin a line.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "iframe", "li", "main", "nav", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video",
];

const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"];

/// One block, and what its words say of it.
pub(super) struct Block<'a> {
    /// Where it is.
    pub node: NodeRef<'a>,
    /// Its text, with single blanks.
    pub text: String,
    /// Its words.
    pub words: usize,
    /// Of these, words of links.
    pub linked: usize,
    /// It is a heading.
    pub heading: bool,
    /// It is code or a cell: nothing is told by its words.
    pub exact: bool,
    /// It is the caption of a picture.
    pub caption: bool,
    /// It holds a picture or a film.
    pub shows: bool,
}

impl Block<'_> {
    /// All of it is links.
    pub(super) fn is_link(&self) -> bool {
        self.words > 0 && self.linked >= self.words
    }

    /// Most of it is links.
    pub(super) fn is_linked(&self) -> bool {
        self.words > 0 && self.linked * 10 >= self.words * 6
    }

    /// A paragraph that is read, rather than a label.
    pub(super) fn is_running(&self) -> bool {
        !self.heading && !self.caption && !self.is_linked() && (self.exact || counted(&self.text, self.words) >= 12)
    }
}

/// Words; of a script without blanks between words, as many as its letters make.
pub(super) fn counted(text: &str, words: usize) -> usize {
    words.max(text.chars().filter(|letter| ('\u{3040}'..'\u{e000}').contains(letter)).count() / 2)
}

/// The blocks of the tree that hold no other.
pub(super) fn of<'a>(root: &NodeRef<'a>) -> Vec<Block<'a>> {
    root.descendants_it().filter(is_leaf).map(block).collect()
}

fn is_block(node: &NodeRef<'_>) -> bool {
    node.qual_name_ref().is_some_and(|name| BLOCKS.contains(&name.local.as_ref()))
}

fn is_leaf(node: &NodeRef<'_>) -> bool {
    node.is_element() && is_block(node) && !node.descendants_it().any(|inner| is_block(&inner))
}

fn block<'a>(node: NodeRef<'a>) -> Block<'a> {
    let text = node.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let links = node.descendants_it().filter(|inner| inner.has_name("a"));
    let linked = links.map(|link| link.text().split_whitespace().count()).sum();
    let inside = |names: &[&str]| {
        let of = |node: &NodeRef<'_>| node.qual_name_ref().is_some_and(|name| names.contains(&name.local.as_ref()));
        of(&node) || node.ancestors_it(None).any(|outer| of(&outer))
    };
    Block {
        words: text.split(' ').filter(|word| !word.is_empty()).count(),
        linked,
        heading: node.qual_name_ref().is_some_and(|name| HEADINGS.contains(&name.local.as_ref())),
        exact: inside(&["pre", "td", "th"]),
        caption: inside(&["figcaption"]),
        shows: node
            .descendants_it()
            .any(|inner| ["img", "video", "audio", "iframe"].iter().any(|name| inner.has_name(name))),
        text,
        node,
    }
}
