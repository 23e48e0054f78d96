//! Gives the one list of what may stand in a post's HTML. Never a tag that runs, submits, embeds, frames or styles.

/// What a tag does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Begins and ends a paragraph of the plain text.
    Block,
    /// Sets its text apart by a space only: two cells of a row are two words.
    Cell,
    /// Leaves the text as it runs.
    Inline,
    /// Has no content; written once.
    Void,
}

/// One tag that the sanitiser lets through.
#[derive(Debug)]
pub(super) struct Tag {
    /// Its name in the source.
    pub name: &'static str,
    /// Its name in the post: empty when only its content is kept.
    pub into: &'static str,
    /// What it does to the text.
    pub flow: Flow,
    /// Attributes copied when their value passes [`super::rewrite`]; addresses are handled there, by tag.
    pub keep: &'static [&'static str],
}

/// Attributes in which lazy-loading scripts keep the picture that `src` only stands in for, best first.
pub(super) const LAZY: &[&str] = &["data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-src"];

/// On what is not shown before it is asked for.
pub(super) const SENSITIVE: &str = "data-sensitive";

/// Tags that vanish with all that is in them: programs, styles, forms' lists, and drawings whose text is for machines.
pub(super) const GONE: &[&str] = &[
    "script",
    "style",
    "noembed",
    "noframes",
    "noscript",
    "template",
    "title",
    "textarea",
    "select",
    "datalist",
    "svg",
    "canvas",
    "map",
    "annotation",
    "annotation-xml",
];

const fn tag(name: &'static str, into: &'static str, flow: Flow, keep: &'static [&'static str]) -> Tag {
    Tag { name, into, flow, keep }
}

/// The tag of that name, if it is let through.
pub(super) fn find(name: &str) -> Option<&'static Tag> {
    TAGS.binary_search_by(|tag| tag.name.cmp(name)).ok().and_then(|at| TAGS.get(at))
}

/// Sorted by name, for [`find`].
#[rustfmt::skip]
pub(super) const TAGS: &[Tag] = &[
    tag("a", "a", Flow::Inline, &["title"]),
    tag("abbr", "abbr", Flow::Inline, &["title"]),
    tag("acronym", "abbr", Flow::Inline, &["title"]),
    tag("address", "address", Flow::Block, &[]),
    tag("article", "article", Flow::Block, &[]),
    tag("aside", "aside", Flow::Block, &[]),
    tag("audio", "audio", Flow::Block, &[]),
    tag("b", "b", Flow::Inline, &[]),
    tag("bdi", "bdi", Flow::Inline, &[]),
    tag("bdo", "bdo", Flow::Inline, &[]),
    tag("blockquote", "blockquote", Flow::Block, &[]),
    tag("br", "br", Flow::Void, &[]),
    tag("caption", "caption", Flow::Block, &[]),
    tag("center", "div", Flow::Block, &[]),
    tag("cite", "cite", Flow::Inline, &[]),
    tag("code", "code", Flow::Inline, &["class"]),
    tag("col", "col", Flow::Void, &["span"]),
    tag("colgroup", "colgroup", Flow::Block, &["span"]),
    tag("dd", "dd", Flow::Block, &[]),
    tag("del", "del", Flow::Inline, &[]),
    tag("details", "details", Flow::Block, &[]),
    tag("dfn", "dfn", Flow::Inline, &["title"]),
    tag("div", "div", Flow::Block, &[]),
    tag("dl", "dl", Flow::Block, &[]),
    tag("dt", "dt", Flow::Block, &[]),
    tag("em", "em", Flow::Inline, &[]),
    tag("embed", "", Flow::Void, &[]),
    tag("fieldset", "div", Flow::Block, &[]),
    tag("figcaption", "figcaption", Flow::Block, &[]),
    tag("figure", "figure", Flow::Block, &[]),
    tag("footer", "footer", Flow::Block, &[]),
    tag("form", "div", Flow::Block, &[]),
    tag("h1", "h1", Flow::Block, &[]),
    tag("h2", "h2", Flow::Block, &[]),
    tag("h3", "h3", Flow::Block, &[]),
    tag("h4", "h4", Flow::Block, &[]),
    tag("h5", "h5", Flow::Block, &[]),
    tag("h6", "h6", Flow::Block, &[]),
    tag("header", "header", Flow::Block, &[]),
    tag("hgroup", "div", Flow::Block, &[]),
    tag("hr", "hr", Flow::Void, &[]),
    tag("i", "i", Flow::Inline, &[]),
    tag("iframe", "", Flow::Void, &[]),
    tag("img", "img", Flow::Void, &["alt", "title", "width", "height", SENSITIVE]),
    tag("ins", "ins", Flow::Inline, &[]),
    tag("kbd", "kbd", Flow::Inline, &[]),
    tag("legend", "div", Flow::Block, &[]),
    tag("li", "li", Flow::Block, &["value"]),
    tag("main", "div", Flow::Block, &[]),
    tag("mark", "mark", Flow::Inline, &[]),
    tag("math", "", Flow::Inline, &[]),
    tag("mfenced", "", Flow::Inline, &[]),
    tag("mfrac", "", Flow::Inline, &[]),
    tag("mi", "", Flow::Inline, &[]),
    tag("mn", "", Flow::Inline, &[]),
    tag("mo", "", Flow::Inline, &[]),
    tag("mover", "", Flow::Inline, &[]),
    tag("mpadded", "", Flow::Inline, &[]),
    tag("mphantom", "", Flow::Inline, &[]),
    tag("mroot", "", Flow::Inline, &[]),
    tag("mrow", "", Flow::Inline, &[]),
    tag("ms", "", Flow::Inline, &[]),
    tag("msqrt", "", Flow::Inline, &[]),
    tag("mstyle", "", Flow::Inline, &[]),
    tag("msub", "", Flow::Inline, &[]),
    tag("msubsup", "", Flow::Inline, &[]),
    tag("msup", "", Flow::Inline, &[]),
    tag("mtable", "", Flow::Inline, &[]),
    tag("mtd", "", Flow::Cell, &[]),
    tag("mtext", "", Flow::Inline, &[]),
    tag("mtr", "", Flow::Inline, &[]),
    tag("munder", "", Flow::Inline, &[]),
    tag("munderover", "", Flow::Inline, &[]),
    tag("nav", "nav", Flow::Block, &[]),
    tag("ol", "ol", Flow::Block, &["start", "reversed"]),
    tag("p", "p", Flow::Block, &[]),
    tag("pre", "pre", Flow::Block, &[]),
    tag("q", "q", Flow::Inline, &[]),
    tag("rp", "rp", Flow::Inline, &[]),
    tag("rt", "rt", Flow::Inline, &[]),
    tag("ruby", "ruby", Flow::Inline, &[]),
    tag("s", "s", Flow::Inline, &[]),
    tag("samp", "samp", Flow::Inline, &[]),
    tag("section", "section", Flow::Block, &[]),
    tag("semantics", "", Flow::Inline, &[]),
    tag("small", "small", Flow::Inline, &[]),
    tag("source", "source", Flow::Void, &["type"]),
    tag("span", "", Flow::Inline, &[]),
    tag("strike", "s", Flow::Inline, &[]),
    tag("strong", "strong", Flow::Inline, &[]),
    tag("sub", "sub", Flow::Inline, &[]),
    tag("summary", "summary", Flow::Block, &[]),
    tag("sup", "sup", Flow::Inline, &[]),
    tag("table", "table", Flow::Block, &[]),
    tag("tbody", "tbody", Flow::Block, &[]),
    tag("td", "td", Flow::Cell, &["colspan", "rowspan"]),
    tag("tfoot", "tfoot", Flow::Block, &[]),
    tag("th", "th", Flow::Cell, &["colspan", "rowspan"]),
    tag("thead", "thead", Flow::Block, &[]),
    tag("time", "time", Flow::Inline, &["datetime"]),
    tag("tr", "tr", Flow::Block, &[]),
    tag("tt", "code", Flow::Inline, &[]),
    tag("u", "u", Flow::Inline, &[]),
    tag("ul", "ul", Flow::Block, &[]),
    tag("var", "var", Flow::Inline, &[]),
    tag("video", "video", Flow::Block, &["width", "height", SENSITIVE]),
    tag("wbr", "wbr", Flow::Void, &[]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_found_and_none_is_both_kept_and_gone() {
        for tag in TAGS {
            assert_eq!(find(tag.name).map(|found| found.name), Some(tag.name), "TAGS is sorted");
            assert!(!GONE.contains(&tag.name), "{}", tag.name);
            assert!(tag.into.is_empty() || find(tag.into).is_some(), "{} becomes a known tag", tag.name);
        }
    }
}
