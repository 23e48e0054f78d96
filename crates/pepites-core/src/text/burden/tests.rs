//! The guard against what it guards: bombs are told from pages, and real trees are never larger than it counts.

use std::collections::HashMap;

use scraper::Html;

use super::*;

#[test]
fn html_that_grows_while_parsed_is_told_from_long_articles() {
    let fonts = |open: &str| (0..3_000).map(|n| format!("<font color={n}>{open}")).collect::<String>();
    let cells = "<p>x</p><table><tr><td><b>y</b><table><tr><td><a href=x>z</a></table></table>";
    let icon = "<li><a href=x><svg viewBox='0 0'><title>x</title><path d='M0'/><g><path d='M1'/></g></svg></a>";
    for (name, html, expected) in [
        ("nothing", String::new(), false),
        ("deep", "<div>".repeat(20_000), true),
        ("deep, closed as another", "<div></x></b>".repeat(20_000), true),
        ("deep in raw text", format!("<svg>{}", "<title><div></title>".repeat(3_000)), true),
        ("deep behind a value", "<div title='</div>'>".repeat(3_000), true),
        ("deep behind a comment", "<div><!-- </div> -->".repeat(3_000), true),
        ("deep behind a comment that ends oddly", "<!-- --!><div><!-- -->".repeat(3_000), true),
        ("ends that mean nothing in a cell", "<div><table><tr><td></div></table>".repeat(3_000), true),
        ("ends that mean nothing before a block", "<span><div></span></div>".repeat(3_000), true),
        ("ends that mean nothing before a paragraph", "<span><p></span></p>".repeat(3_000), true),
        ("lists in lists", "<li><dd>".repeat(3_000), true),
        ("notes without words", "<rt>".repeat(3_000), true),
        ("cells of a drawing", format!("<svg>{}", "<td>".repeat(3_000)), true),
        ("a form that stays", "<form><table><tr><td></form></table></form>".repeat(3_000), true),
        ("fonts in every paragraph", fonts("") + &"<p>x".repeat(3_000), true),
        ("fonts closed in a cell", fonts("<table><tr><td></font></table>") + &"<p>x".repeat(3_000), true),
        ("words in one tag", format!("<b {}>", (0..1_000).map(|n| format!("a{n} ")).collect::<String>()), true),
        ("all before one table", format!("<table>{}", "<hr>".repeat(20_000)), true),
        ("a long article", "<p>a <b>b</b> <a href=c>d</a></p>\n".repeat(10_000), false),
        ("unclosed paragraphs", "<p>a<br>b<li>c".repeat(20_000), false),
        ("a long table", format!("<table>{}</table>", "<tr><td><a href=x>y</a></td></tr>".repeat(20_000)), false),
        ("a long table without ends", format!("<table>{}</table>", "<tr><td><b>x</b><td>y".repeat(20_000)), false),
        ("a page laid out by tables", format!("<center>{}</center>", cells.repeat(2_000)), false),
        ("tables ten deep", "<table><tr><td>".repeat(10) + &cells.repeat(1_000), false),
        ("a bold word in each paragraph that stays open", "<p><b>a</p>".repeat(300), false),
        ("formulas", "<math><mrow><mi>x</mi><mo>+</mo></mrow></math>".repeat(9_000), false),
        ("icons", format!("<ul>{}</ul>", icon.repeat(3_000)), false),
        ("scripts and comments", "<script>if (a<b) '</p>'</script><!-- <b> --><i>x</i>".repeat(3_000), false),
        ("no tags", "a < b && c <= d ".repeat(20_000), false),
    ] {
        assert_eq!(is_heavy(&html), expected, "{name}");
    }
}

/// What the guard counts as open at most.
fn counted(html: &str) -> usize {
    let (mut tags, mut nest, mut most) = (Tags::of(html), Nest::default(), 0);
    while let Some(tag) = tags.next() {
        if tag.doubtful {
            return usize::MAX / 8;
        }
        nest.take(&tag);
        tags.foreign = nest.foreign > 0;
        most = most.max(nest.open.len());
    }
    most
}

/// How deep the tree is, and how many elements it has.
fn tree(html: &str) -> (usize, usize) {
    let parsed = Html::parse_fragment(html);
    let (mut depths, mut deepest, mut elements) = (HashMap::new(), 0, 0);
    for node in parsed.tree.root().descendants() {
        let depth = node.parent().and_then(|parent| depths.get(&parent.id())).map_or(0, |depth| depth + 1);
        depths.insert(node.id(), depth);
        deepest = deepest.max(depth);
        elements += usize::from(node.value().is_element());
    }
    (deepest, elements)
}

/// Some tags whose rules are odd, in every order that chance gives, repeated: what grows must be counted as growing.
#[test]
fn a_tree_is_never_deeper_or_larger_than_was_counted() {
    #[rustfmt::skip]
    let pieces = [
        "<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<font a>", "</font>", "<a>", "</a>", "<span>", "</span>",
        "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<caption>", "</caption>", "<li>", "</li>", "<ul>",
        "</ul>", "<dd>", "</dd>", "<h1>", "</h1>", "<button>", "</button>", "<form>", "</form>", "<object>",
        "</object>", "<svg>", "</svg>", "<path/>", "<g>", "</g>", "<math>", "<mi>", "</mi>", "<select>", "</select>",
        "<option>", "</option>", "<ruby>", "<rt>", "</ruby>", "<template>", "</template>", "<title>", "</title>",
        "<desc>", "</desc>", "<style>", "</style>", "<!--", "-->", "<nobr>", "</nobr>", "<q x='", "'>", "</body>", "x",
    ];
    let mut chance = 1_u64;
    let mut next = |below: usize| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(chance >> 33).unwrap() % below
    };
    const TIMES: usize = 40;
    let mut grew = 0;
    for _ in 0..1_500 {
        let soup: String = (0..3 + next(8)).map(|_| pieces[next(pieces.len())]).collect();
        let html = soup.repeat(TIMES);
        let most = 5 * (counted(&html) + 2);
        let (depth, elements) = tree(&html);
        grew += usize::from(depth > TIMES);
        assert!(depth <= most, "{soup} is {depth} deep, counted {most}");
        let tags = html.matches('<').count() + html.matches('x').count();
        assert!(elements <= most.saturating_mul(tags + 1), "{soup} has {elements} elements, counted {most}");
    }
    assert!(grew > 40, "only {grew} soups grew: nothing was tried");
}
