//! Takes HTML before it is parsed, says whether that could take time or memory out of proportion to its length.
//! Never counts too little: what a tag really closes depends on every rule of a parser, so an end tag counts only
//! where all rules agree.

use super::markup::{Tag, Tags};

/// The sum over all tags of what is open there. A parser looks at every open element for each tag.
/// A long article has 5,000 tags, 20 deep: 100,000.
const MOST_WORK: usize = 4_000_000;

/// What an open `<b>` weighs: left open, it is made anew in each paragraph that follows, with its attributes.
/// 250,000 such copies are 50 MB.
const FORMATTING: usize = 16;

/// Attributes of one tag: a parser compares each with all before it. None was seen to have 50.
pub(crate) const MOST_ATTRIBUTES: usize = 100;

/// A tag between a table and its cells is put before the table, after a look at all that was put there before; that
/// many looks are as much work as one open element.
const LOOKS: usize = 16;

/// Elements that are opened again when their parent was closed before them. Of `<a>` only one is ever open.
#[rustfmt::skip]
const REOPENED: &[&str] = &[
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements whose end tag closes them whatever stands open inside.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "button", "center", "details", "div", "dl", "fieldset", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "main", "nav", "object", "ol", "pre", "section",
    "select", "summary", "table", "template", "ul",
];

/// Elements that have no end, or that one another end: they never nest but in others. Not so `<rt>`, which nests
/// without `<ruby>`, and `<dd>`, which nests with `<li>`.
#[rustfmt::skip]
const NEVER_NEST: &[&str] = &[
    "area", "base", "body", "br", "col", "embed", "head", "hr", "html", "img", "input", "link", "meta", "option",
    "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Those of them that nest in a drawing or a formula.
#[rustfmt::skip]
const NEST_IN_DRAWINGS: &[&str] = &[
    "area", "base", "col", "html", "input", "link", "option", "param", "source", "tbody", "td", "tfoot", "th", "thead",
    "tr", "track", "wbr",
];

/// Elements that only drawings have. `<path/>` is over at once there, and only there.
#[rustfmt::skip]
const DRAWN: &[&str] = &[
    "circle", "clippath", "defs", "ellipse", "g", "line", "lineargradient", "mask", "path", "polygon", "polyline",
    "radialgradient", "rect", "stop", "symbol", "use",
];

const CELLS: &[&str] = &["caption", "td", "th"];
const ROWS: &[&str] = &["colgroup", "tbody", "tfoot", "thead", "tr"];
const FOREIGN: &[&str] = &["frameset", "math", "select", "svg"];

/// Whether parsing `html` could take time or memory out of proportion.
pub(crate) fn is_heavy(html: &str) -> bool {
    let (mut tags, mut nest, mut work) = (Tags::of(html), Nest::default(), 0_usize);
    while let Some(tag) = tags.next() {
        if tag.doubtful || tag.attributes > MOST_ATTRIBUTES {
            return true;
        }
        nest.take(&tag);
        tags.foreign = nest.foreign > 0;
        work += nest.weight + nest.strays / LOOKS;
        if work > MOST_WORK {
            return true;
        }
    }
    false
}

/// An element that a parser may have open.
struct Open<'a> {
    name: &'a str,
    weight: usize,
    inside: Inside,
    /// Whether the table stands in a cell of another.
    in_cell: bool,
}

/// What may be open directly inside an element, so that its end tag means nothing: `<b><p></b>`.
#[derive(Clone, Copy, Default)]
struct Inside {
    paragraph: bool,
    item: bool,
}

/// All that a parser may have open, and more: never less.
#[derive(Default)]
struct Nest<'a> {
    open: Vec<Open<'a>>,
    weight: usize,
    foreign: usize,
    /// Outside of all that is open.
    inside: Inside,
    /// How many of the innermost are surely a drawing.
    drawn: usize,
    tables: usize,
    in_cell: bool,
    /// Tags between a table and its cells.
    strays: usize,
    /// A form ended at an odd place: from now on a parser may leave them open.
    forms_stay: bool,
}

impl<'a> Nest<'a> {
    fn take(&mut self, tag: &Tag<'a>) {
        let of_table = is(tag.name, CELLS) || is(tag.name, ROWS);
        self.strays += usize::from(self.tables > 0 && !self.in_cell && !tag.ends && !of_table);
        if tag.ends {
            self.end(tag.name);
        } else if !tag.raw {
            self.start(tag);
        }
    }

    fn start(&mut self, tag: &Tag<'a>) {
        let is = |list: &[&str]| is(tag.name, list);
        let outside = self.in_cell;
        if is(CELLS) || is(ROWS) || is(&["table"]) {
            self.in_cell = is(CELLS);
        }
        if is(&["p"]) {
            self.inside().paragraph = true;
        } else if is(&["li"]) {
            self.inside().item = true;
        }
        let drawn = self.drawn;
        self.drawn = 0;
        let svg = is(&["svg"]);
        if is(&["p", "li"]) || is(NEVER_NEST) && !(self.foreign > 0 && is(NEST_IN_DRAWINGS)) {
            return;
        }
        if svg || (drawn > 0 && is(DRAWN)) {
            self.drawn = drawn;
            // Whether an `<svg/>` is over at once is as sure as that it is not in a choice.
            if tag.empty && (drawn > 0 || self.foreign == 0) {
                return;
            }
            self.drawn += usize::from(drawn > 0 || self.foreign == 0);
        }
        // `<dt>a<dd>b` ends the first, unless it is in a `<li>` in it.
        let next_of = |open: &Open<'_>| self::is(open.name, &["dd", "dt"]) && !open.inside.item;
        if is(&["dd", "dt"]) && self.open.last().is_some_and(next_of) {
            return;
        }
        let weight = if is(REOPENED) { FORMATTING + tag.attributes } else { 1 };
        self.weight += weight;
        self.foreign += usize::from(is(FOREIGN));
        self.tables += usize::from(is(&["table"]));
        self.open.push(Open { name: tag.name, weight, inside: Inside::default(), in_cell: outside });
    }

    fn end(&mut self, name: &'a str) {
        let is = |list: &[&str]| is(name, list);
        if is(CELLS) || is(ROWS) {
            self.in_cell = false;
        }
        if is(&["p"]) {
            self.inside().paragraph = false;
        } else if is(&["li"]) {
            self.inside().item = false;
        }
        let sure = self.open.last().is_some_and(|open| {
            open.name.eq_ignore_ascii_case(name) && (is(BLOCKS) || !(open.inside.paragraph || open.inside.item))
        });
        self.forms_stay |= is(&["form"]) && !sure;
        if !sure || (is(&["form"]) && self.forms_stay) {
            self.drawn = 0;
            return;
        }
        let Some(closed) = self.open.pop() else { return };
        self.weight -= closed.weight;
        self.drawn = self.drawn.saturating_sub(1);
        self.foreign -= usize::from(is(FOREIGN));
        if is(&["table"]) {
            self.tables -= 1;
            self.in_cell = closed.in_cell;
        }
        let inside = self.inside();
        inside.paragraph |= closed.inside.paragraph;
        inside.item |= closed.inside.item;
    }

    /// What may be open directly inside the innermost element.
    fn inside(&mut self) -> &mut Inside {
        self.open.last_mut().map_or(&mut self.inside, |open| &mut open.inside)
    }
}

fn is(name: &str, list: &[&str]) -> bool {
    list.iter().any(|one| one.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests;
