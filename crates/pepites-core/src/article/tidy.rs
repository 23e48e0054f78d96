//! Takes a part of a page that may be the article, leaves out of it what is not: links to other articles, buttons,
//! bylines above it, what is asked and told below it. What a caption is becomes one.
//! Never leaves out a paragraph that is read: only labels, links and what asks for something.

use std::collections::{HashMap, HashSet};

use dom_query::NodeRef;

use super::{
    blocks::{self, Block, counted},
    candidates::Candidate,
    marks, said,
};

/// A tidied part of a page.
pub(super) struct Tidied {
    /// Its HTML.
    pub html: String,
    /// Its text.
    pub text: String,
    /// Its words.
    pub words: usize,
    /// Words of its paragraphs, less those of its links: how much an article it is.
    pub running: usize,
    /// It ends where the rest costs something.
    pub asks_to_pay: bool,
}

/// Words of a block that can be a label, a byline, a request. Longer ones are read.
const SHORT: usize = 12;
/// Words of a block that can ask for something.
const A_REQUEST: usize = 60;
/// Words that two blocks have in common by no accident.
const THE_SAME: usize = 12;
/// Blocks between two that say the same: further apart, a text repeats itself.
const NEAR: usize = 4;
/// Words of a picture with all that is told of it.
const A_PICTURE: usize = 120;
/// The share of an article's words, in percent, that may follow the heading that ends it.
const TAIL: usize = 25;

/// Tidies it.
pub(super) fn tidy(candidate: &Candidate) -> Tidied {
    let root = candidate.tree.root();
    caption(&root);
    caption_by_credit(&root);
    let blocks = blocks::of(&root);
    let asks_to_pay = blocks.iter().any(|block| block.words <= A_REQUEST && said::asks_to_pay(&block.text));
    let mut kept = vec![true; blocks.len()];
    drop_single(&blocks, &mut kept);
    drop_head(&blocks, &mut kept, &candidate.title);
    drop_tail(&blocks, &mut kept);
    drop_empty_headings(&blocks, &mut kept);
    let mut left: Vec<&Block<'_>> = Vec::new();
    for (block, kept) in blocks.iter().zip(&kept) {
        if *kept { left.push(block) } else { remove(&block.node) }
    }
    let words = left.iter().filter(|block| !block.caption).map(|block| counted(&block.text, block.words)).sum();
    let running: usize =
        left.iter().filter(|block| block.is_running()).map(|block| counted(&block.text, block.words)).sum();
    let linked: usize = left.iter().filter(|block| block.is_linked()).map(|block| block.words).sum();
    let text = left.iter().filter(|block| !block.caption).map(|block| block.text.as_str());
    Tidied {
        text: text.collect::<Vec<_>>().join("\n"),
        html: root.html().to_string(),
        words,
        running: running.saturating_sub(linked),
        asks_to_pay,
    }
}

/// What is named a caption, or names who made a picture, becomes one.
fn caption(root: &NodeRef<'_>) {
    let named = |node: &NodeRef<'_>| {
        ["p", "div", "span", "small", "cite", "em"].iter().any(|name| node.has_name(name)) && marks::names_caption(node)
    };
    for node in root.descendants().into_iter().filter(named) {
        // A whole figure may be named after its caption.
        if node.text().split_whitespace().count() <= A_REQUEST
            && !node.descendants_it().any(|inner| inner.has_name("img"))
        {
            node.rename("figcaption");
        }
    }
}

/// Who made a picture is told beside what it shows.
fn caption_by_credit(root: &NodeRef<'_>) {
    // What is around one credit is around others: looked at once, whatever the page has of them.
    let (mut known, mut seen) = (HashMap::new(), HashSet::new());
    for block in blocks::of(root) {
        if block.heading || block.exact || block.caption || block.words > SHORT || !said::credits(&block.text) {
            continue;
        }
        let few =
            |outer: &NodeRef<'_>| outer.is_element() && *known.entry(outer.id).or_insert_with(|| has_few_words(outer));
        let around = block.node.ancestors_it(None).take_while(few).last();
        block.node.rename("figcaption");
        let Some(around) = around.filter(|around| seen.insert(around.id) && pictures(around)) else { continue };
        for told in blocks::of(&around).iter().filter(|told| !told.heading && !told.shows && told.words > 0) {
            told.node.rename("figcaption");
        }
    }
}

/// No more words than a picture has with all that is told of it. What no blank parts but an element does is two words.
fn has_few_words(node: &NodeRef<'_>) -> bool {
    let texts = node.descendants_it().filter(|inner| inner.is_text()).map(|inner| inner.text());
    let mut left = A_PICTURE;
    for text in texts {
        let words = text.split_whitespace().take(left + 1).count();
        let Some(fewer) = left.checked_sub(words) else { return false };
        left = fewer;
    }
    true
}

/// It holds a picture, or is named after some that a script brings.
fn pictures(node: &NodeRef<'_>) -> bool {
    node.descendants_it().any(|inner| inner.has_name("img")) || marks::names_pictures(node)
}

/// What is told by itself alone.
fn drop_single(blocks: &[Block<'_>], kept: &mut [bool]) {
    for (place, (block, kept)) in blocks.iter().zip(kept.iter_mut()).enumerate() {
        if block.exact || block.words == 0 {
            continue;
        }
        let label =
            said::is_label(&block.text) && (block.is_linked() || block.words <= 3 || block.linked * 3 >= block.words);
        let shouted = block.is_link()
            && block.words >= 3
            && !block.text.chars().any(char::is_lowercase)
            && block.text.chars().any(char::is_uppercase);
        let asks = block.words <= A_REQUEST && !block.heading && said::asks(&block.text);
        let before = blocks.get(place.saturating_sub(NEAR)..place).unwrap_or_default();
        let again = block.words >= THE_SAME && before.iter().any(|before| before.text == block.text);
        if label || shouted || asks || again || said::is_control(&block.text) {
            *kept = false;
        }
    }
}

/// No title that a person wrote is longer, in bytes.
const LONGEST_TITLE: usize = 2_000;

/// What stands above the first paragraph and is no beginning of it.
fn drop_head(blocks: &[Block<'_>], kept: &mut [bool], title: &str) {
    // What is longer is no title; and a page of nothing but headings would look through it for each of them.
    let title = if title.len() <= LONGEST_TITLE { same(title) } else { String::new() };
    for (block, kept) in blocks.iter().zip(kept.iter_mut()) {
        if block.is_running() && block.words > SHORT && !(said::dates(&block.text) && block.words <= 20) {
            break;
        }
        if block.exact || block.caption {
            continue;
        }
        let repeats = !title.is_empty() && block.words > 1 && block.text.len() <= LONGEST_TITLE && {
            let text = same(&block.text);
            text == title || block.heading && title.contains(&text)
        };
        let crumb = block.is_link() && block.words <= SHORT && !block.shows;
        if repeats || crumb || (said::dates(&block.text) && !block.heading) {
            *kept = false;
        }
    }
}

fn same(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What follows the last paragraph: other articles, who wrote it.
fn drop_tail(blocks: &[Block<'_>], kept: &mut [bool]) {
    let all: usize = blocks.iter().map(|block| block.words).sum();
    let mut after: usize = 0;
    let mut ended = None;
    for (place, block) in blocks.iter().enumerate().rev() {
        after += block.words;
        if after * 100 > all * TAIL {
            break;
        }
        if block.words <= SHORT / 2 && !block.exact && said::ends(&block.text) {
            ended = Some(place);
        }
    }
    if let Some(ended) = ended {
        kept.iter_mut().skip(ended).for_each(|kept| *kept = false);
    }
    for (block, kept) in blocks.iter().zip(kept.iter_mut()).rev() {
        if block.words == 0 || !*kept || block.caption {
            continue;
        }
        if block.exact || block.shows || !(block.is_linked() || (block.heading && block.words > 0)) {
            break;
        }
        *kept = false;
    }
}

/// A heading below which nothing is left.
fn drop_empty_headings(blocks: &[Block<'_>], kept: &mut [bool]) {
    let mut dropped_since = false;
    let mut heading: Option<usize> = None;
    for place in 0..blocks.len() {
        let (Some(block), Some(stays)) = (blocks.get(place), kept.get(place).copied()) else { break };
        if block.words == 0 {
            continue;
        }
        if !stays {
            dropped_since = true;
        } else if block.heading {
            if let Some(empty) = heading.filter(|_| dropped_since).and_then(|at| kept.get_mut(at)) {
                *empty = false;
            }
            (heading, dropped_since) = (Some(place), false);
        } else {
            (heading, dropped_since) = (None, false);
        }
    }
}

/// With what holds nothing else.
fn remove(node: &NodeRef<'_>) {
    let mut top = *node;
    while let Some(outer) = top.parent() {
        let sole = top.next_element_sibling().is_none() && top.prev_element_sibling().is_none();
        let alone = sole && !outer.is_document() && outer.parent().is_some();
        if !alone || outer.immediate_text().chars().any(|letter| !letter.is_whitespace()) {
            break;
        }
        top = outer;
    }
    top.remove_from_parent();
}
