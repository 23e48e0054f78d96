//! Says whether a tag may stand where it is written, so that every parser reads the post as it was cleaned.
//! Never changes anything: what does not fit is cleaned once more (a `<p>` inside a `<p>` that held a `<button>`).

/// Whether a parser, with `open` elements around it (outermost first), would put `tag` right there: without closing
/// one of them, and without moving it out of a table (HTML, "in body" and "in table").
pub(super) fn fits(open: &[&str], tag: &str) -> bool {
    let parent = open.last().copied().unwrap_or_default();
    match tag {
        "tr" => return matches!(parent, "tbody" | "thead" | "tfoot"),
        "td" | "th" => return parent == "tr",
        "tbody" | "thead" | "tfoot" | "caption" | "colgroup" => return parent == "table",
        "col" => return parent == "colgroup",
        _ if holds_rows(parent) => return false,
        _ => {}
    }
    match tag {
        "a" => !scope(open).any(|name| name == "a"),
        "rt" | "rp" => parent == "ruby",
        "li" => !in_scope_p(open) && !item_open(open, &["li"]),
        "dd" | "dt" => !in_scope_p(open) && !item_open(open, &["dd", "dt"]),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => !in_scope_p(open) && !is_heading(parent),
        _ => !closes_p(tag) || !in_scope_p(open),
    }
}

/// Elements of a table in which text and other elements may not stand.
pub(super) fn holds_rows(name: &str) -> bool {
    matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "colgroup")
}

/// The open elements up to the nearest wall that a start tag cannot close through, innermost first.
fn scope<'a>(open: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    open.iter().rev().copied().take_while(|name| !matches!(*name, "td" | "th" | "caption" | "table"))
}

fn in_scope_p(open: &[&str]) -> bool {
    scope(open).any(|name| name == "p")
}

/// Whether one of `items` is open with nothing but phrases, `div`, `p` and `address` between.
fn item_open(open: &[&str], items: &[&str]) -> bool {
    for name in scope(open) {
        if items.contains(&name) {
            return true;
        }
        if closes_p(name) && !matches!(name, "div" | "p" | "address") {
            return false;
        }
    }
    false
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn closes_p(name: &str) -> bool {
    is_heading(name)
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "details"
                | "div"
                | "dl"
                | "figcaption"
                | "figure"
                | "footer"
                | "header"
                | "hr"
                | "nav"
                | "ol"
                | "p"
                | "pre"
                | "section"
                | "summary"
                | "table"
                | "ul"
                | "li"
                | "dd"
                | "dt"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_fits_where_a_parser_leaves_it() {
        for (open, tag, expected) in [
            ("", "p", true),
            ("p", "p", false),
            ("p b", "div", false),
            ("p", "b", true),
            ("p table tbody tr td", "p", true),
            ("ul li", "li", false),
            ("ul li ul", "li", true),
            ("ul li b", "li", false),
            ("h1", "h2", false),
            ("h1 b", "h2", true),
            ("a", "a", false),
            ("a table tbody tr td", "a", true),
            ("", "tr", false),
            ("table", "tr", false),
            ("table tbody", "tr", true),
            ("table", "p", false),
            ("dl dd", "dt", false),
            ("ruby", "rt", true),
            ("", "rt", false),
        ] {
            let open: Vec<&str> = open.split_whitespace().collect();
            assert_eq!(fits(&open, tag), expected, "<{tag}> in {open:?}");
        }
    }
}
