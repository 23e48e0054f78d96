//! Takes a formula in MathML, gives it as text with `<sup>`, `<sub>` and `<i>`: "c<sup>2</sup>", "(a + b)/c"; and as plain
//! text. Never writes MathML: markup of two kinds in one post is what parsers disagree about. The plain text is that of
//! Unicode Technical Note 28 ("UnicodeMath"): `^` above, `_` below, `/` a fraction, `¦` one without its line.

/// Deeper structure is text of what holds it: no formula on paper has as much.
const DEEPEST: usize = 40;

/// Signs that stand between two sides, set apart by blanks; escaped.
const RELATIONS: &[&str] = &[
    "=", "&lt;", "&gt;", "≤", "≥", "≠", "≈", "≡", "∼", "≃", "≅", "∝", "∈", "∉", "⊂", "⊆", "→", "⇒", "⇔", "↦", ":=",
    "+", "−", "±", "∓", "×", "⋅", "∧", "∨", "∪", "∩",
];

/// A sign above one letter, and what joins the two.
#[rustfmt::skip]
const ACCENTS: &[(&str, char)] = &[
    ("¯", '\u{304}'), ("‾", '\u{304}'), ("^", '\u{302}'), ("ˆ", '\u{302}'), ("~", '\u{303}'), ("˜", '\u{303}'),
    ("˙", '\u{307}'), ("¨", '\u{308}'), ("→", '\u{20d7}'),
];

/// A formula, written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Formula {
    /// As HTML, of tags that every post may have.
    pub html: String,
    /// As plain text, still escaped.
    pub plain: String,
    /// It stands on a line of its own.
    pub apart: bool,
}

/// How a part may stand beside others without brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bond {
    /// A letter, a number, something in brackets.
    Whole,
    /// A sign.
    Sign,
    /// Holds beside others and not below or above them: "x^2".
    Tight,
    /// Holds beside signs only: "1/2".
    Fraction,
    /// Holds nowhere: "a + b".
    Loose,
}

#[derive(Clone, Debug)]
struct Part {
    html: String,
    plain: String,
    bond: Bond,
}

/// An open element and what was written of it.
struct Open<'a> {
    name: &'a str,
    /// A fraction without its line.
    bare: bool,
    text: String,
    parts: Vec<Part>,
}

impl<'a> Open<'a> {
    fn new(name: &'a str, attributes: &str) -> Self {
        let bare = name == "mfrac" && attributes.contains("linethickness=\"0");
        Self { name, bare, text: String::new(), parts: Vec::new() }
    }
}

/// Whether an element holds letters and no other.
fn is_leaf(name: &str) -> bool {
    matches!(name, "mi" | "mn" | "mo" | "ms" | "mtext")
}

/// Elements with a meaning here; any other is what it holds.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "math", "mfenced", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "ms", "msqrt", "mstyle",
    "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "semantics",
];

/// Reads the formula whose start tag had these `attributes` and ended just before `rest`, as the sanitiser wrote both;
/// gives what follows its end tag too.
pub(super) fn read<'a>(attributes: &str, mut rest: &'a str) -> (Formula, &'a str) {
    let apart = attributes.contains("display=\"block\"");
    let mut open = vec![Open::new("math", "")];
    // Names of elements inside, known or not: where each end tag belongs.
    let mut names: Vec<(&str, bool)> = Vec::new();
    while let Some((text, after)) = rest.split_once('<') {
        add_text(&mut open, text);
        let Some((tag, after)) = after.split_once('>') else { break };
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if let Some(at) = names.iter().rposition(|(open, _)| *open == name) {
                for (_, opened) in names.drain(at..).rev() {
                    if opened {
                        close(&mut open);
                    }
                }
            } else if name == "math" {
                let formula = finished(open, apart);
                return (formula, rest);
            }
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if matches!(name, "img" | "br" | "hr" | "wbr" | "col" | "source" | "embed") {
            continue;
        }
        if name == "iframe" {
            // Its content is raw text, for browsers that know no frames.
            rest = rest.split_once("</iframe>").map_or("", |(_, after)| after);
            continue;
        }
        let leaf = open.last().is_some_and(|open| is_leaf(open.name));
        let opens = !leaf && KNOWN.contains(&name) && open.len() < DEEPEST;
        if opens {
            open.push(Open::new(name, attributes));
        }
        names.push((name, opens));
    }
    add_text(&mut open, rest);
    (finished(open, apart), "")
}

fn finished(mut open: Vec<Open<'_>>, apart: bool) -> Formula {
    while open.len() > 1 {
        close(&mut open);
    }
    let part = open.pop().map(made).unwrap_or_else(|| row(Vec::new()));
    let trimmed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Formula { html: trimmed(&part.html), plain: trimmed(&part.plain), apart }
}

fn add_text(open: &mut [Open<'_>], text: &str) {
    let Some(open) = open.last_mut() else { return };
    if is_leaf(open.name) {
        open.text.push_str(text);
    } else if !text.trim().is_empty() {
        open.parts.push(letters("mtext", text));
    }
}

fn close(open: &mut Vec<Open<'_>>) {
    let Some(closed) = open.pop() else { return };
    let part = made(closed);
    if let Some(around) = open.last_mut() {
        around.parts.push(part);
    }
}

fn made(open: Open<'_>) -> Part {
    let Open { name, bare, text, mut parts } = open;
    if is_leaf(name) {
        return letters(name, &text);
    }
    let (third, second) = match (name, parts.len()) {
        ("mfrac" | "msup" | "msub" | "mover" | "munder" | "mroot", 2) => (None, parts.pop()),
        ("msubsup" | "munderover", 3) => {
            let third = parts.pop();
            (third, parts.pop())
        }
        _ => (None, None),
    };
    let (Some(second), Some(first)) = (second, (parts.len() == 1).then(|| parts.first().cloned()).flatten()) else {
        return of_many(name, parts);
    };
    match name {
        "mfrac" => fraction(first, second, bare),
        "mroot" => root(first, Some(second)),
        "msup" => raised(first, None, Some(second)),
        "mover" => accented(&first, &second).unwrap_or_else(|| raised(first, None, Some(second))),
        "msub" | "munder" => raised(first, Some(second), None),
        _ => raised(first, Some(second), third),
    }
}

/// Elements with any number of parts, and those that have another number than they must.
fn of_many(name: &str, parts: Vec<Part>) -> Part {
    let all = |parts: Vec<Part>, between: &str| Part {
        html: joined(&parts, between, |part| &part.html),
        plain: joined(&parts, between, |part| &part.plain),
        bond: Bond::Loose,
    };
    match name {
        // It takes room and shows nothing.
        "mphantom" => row(Vec::new()),
        "msqrt" => root(row(parts), None),
        "mfenced" => {
            let inner = all(parts, ", ");
            Part { html: format!("({})", inner.html), plain: format!("({})", inner.plain), bond: Bond::Whole }
        }
        "mtable" => all(parts, "; "),
        "mtr" => all(parts, ", "),
        _ => row(parts),
    }
}

/// Parts between which `between` stands, but not before a sign: in "a = b; = c" the columns are for the eye.
fn joined(parts: &[Part], between: &str, of: impl Fn(&Part) -> &String) -> String {
    let mut all = String::new();
    for part in parts {
        let text = of(part).trim();
        if text.is_empty() {
            continue;
        }
        let sign = between == ", " && RELATIONS.iter().any(|sign| text.starts_with(sign));
        if !all.is_empty() {
            all.push_str(if sign { " " } else { between });
        }
        all.push_str(text);
    }
    all
}

fn letters(name: &str, text: &str) -> Part {
    // Signs that are heard and not seen: times, a comma of indices; that a function is applied is a blank.
    let text = text.replace(['\u{2062}', '\u{2063}', '\u{2064}'], "").replace('\u{2061}', " ");
    let trimmed = text.trim();
    let plain = match name {
        "mo" if RELATIONS.contains(&trimmed) => format!(" {trimmed} "),
        "mo" if matches!(trimmed, "," | ";") => format!("{trimmed} "),
        "mo" if trimmed.is_empty() => text.clone(),
        "mtext" => text.replace("&nbsp;", " "),
        _ => trimmed.to_owned(),
    };
    let mut letters = trimmed.chars();
    let one = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    let html = if name == "mi" && one { format!("<i>{trimmed}</i>") } else { plain.clone() };
    let bond = match name {
        "mo" => Bond::Sign,
        "mtext" if plain.trim().contains(' ') => Bond::Loose,
        _ => Bond::Whole,
    };
    Part { html, plain, bond }
}

fn row(parts: Vec<Part>) -> Part {
    let shown = |part: &&Part| !part.plain.is_empty();
    if let (1, Some(part)) = (parts.iter().filter(shown).count(), parts.iter().find(shown)) {
        return part.clone();
    }
    let mut whole = Part { html: String::new(), plain: String::new(), bond: Bond::Loose };
    for (at, part) in parts.iter().enumerate() {
        let beside = |at: Option<usize>| at.and_then(|at| parts.get(at)).is_some_and(|part| part.bond != Bond::Sign);
        let alone = part.bond == Bond::Fraction && (beside(at.checked_sub(1)) || beside(Some(at + 1)));
        let part = if alone { bracketed(part.clone()) } else { part.clone() };
        // "sin x" are two words.
        let word = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let long = part.plain.chars().filter(|c| c.is_alphabetic()).count() > 1
            || whole.plain.chars().rev().take_while(|c| c.is_alphabetic()).count() > 1;
        if long && word(whole.plain.chars().next_back()) && word(part.plain.chars().next()) {
            whole.html.push(' ');
            whole.plain.push(' ');
        }
        whole.html.push_str(&part.html);
        whole.plain.push_str(&part.plain);
    }
    let inside = whole.plain.trim();
    let (from, to) = (inside.chars().next(), inside.chars().next_back());
    let closed = matches!((from, to), (Some('('), Some(')')) | (Some('['), Some(']')) | (Some('{'), Some('}')));
    let inner = inside.get(1..inside.len().saturating_sub(1)).unwrap_or_default();
    if closed && !inner.contains(['(', ')', '[', ']', '{', '}']) {
        whole.bond = Bond::Whole;
    }
    whole
}

fn bracketed(part: Part) -> Part {
    let (html, plain) = (part.html.trim(), part.plain.trim());
    Part { html: format!("({html})"), plain: format!("({plain})"), bond: Bond::Whole }
}

/// Above or below a line, or before what is raised.
fn held(part: Part, tight: bool) -> Part {
    let holds = matches!(part.bond, Bond::Whole | Bond::Sign) || (tight && part.bond == Bond::Tight);
    if holds { part } else { bracketed(part) }
}

fn fraction(above: Part, below: Part, bare: bool) -> Part {
    let (above, below) = (held(above, true), held(below, true));
    let line = if bare { "¦" } else { "/" };
    let with = |above: &str, below: &str| format!("{}{line}{}", above.trim(), below.trim());
    Part {
        html: with(&above.html, &below.html),
        plain: with(&above.plain, &below.plain),
        bond: if bare { Bond::Loose } else { Bond::Fraction },
    }
}

fn root(of: Part, degree: Option<Part>) -> Part {
    let of = held(of, false);
    let Some(degree) = degree else {
        return Part { html: format!("√{}", of.html), plain: format!("√{}", of.plain), bond: Bond::Tight };
    };
    let html = format!("<sup>{}</sup>√{}", degree.html.trim(), of.html);
    let plain = format!("{}^(1/{})", of.plain, held(degree, false).plain);
    Part { html, plain, bond: Bond::Tight }
}

fn raised(base: Part, below: Option<Part>, above: Option<Part>) -> Part {
    let base = held(base, false);
    let (mut html, mut plain) = (base.html.trim().to_owned(), base.plain.trim().to_owned());
    for (tag, sign, part) in [("sub", '_', below), ("sup", '^', above)] {
        let Some(part) = part.filter(|part| !part.plain.trim().is_empty()) else { continue };
        html.push_str(&format!("<{tag}>{}</{tag}>", part.html.trim()));
        plain.push(sign);
        plain.push_str(held(part, false).plain.trim());
    }
    Part { html, plain, bond: Bond::Tight }
}

/// A letter with a sign above it.
fn accented(base: &Part, above: &Part) -> Option<Part> {
    let (_, joins) = ACCENTS.iter().find(|(sign, _)| *sign == above.plain.trim())?;
    let mut letters = base.plain.chars();
    let letter = letters.next().filter(|letter| letter.is_alphabetic() && letters.next().is_none())?;
    let plain = format!("{letter}{joins}");
    Some(Part { html: format!("<i>{plain}</i>"), plain, bond: Bond::Whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(math: &str) -> (String, String) {
        let whole = format!("{math}</math>rest");
        let (formula, rest) = read("", &whole);
        assert_eq!(rest, "rest", "{math}");
        (formula.html, formula.plain)
    }

    #[test]
    #[rustfmt::skip]
    fn a_formula_reads_as_it_is_written() {
        let x = "<mi>x</mi>";
        let two = "<mn>2</mn>";
        let sum = "<mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>";
        for (math, html, text) in [
            (format!("<msup>{x}{two}</msup>"), "<i>x</i><sup>2</sup>", "x^2"),
            (format!("<msub>{x}<mi>i</mi></msub>"), "<i>x</i><sub><i>i</i></sub>", "x_i"),
            (format!("<msubsup>{x}<mn>1</mn>{two}</msubsup>"), "<i>x</i><sub>1</sub><sup>2</sup>", "x_1^2"),
            (format!("<mfrac><mn>1</mn>{two}</mfrac>"), "1/2", "1/2"),
            (format!("<mfrac><mn>1</mn>{two}</mfrac>{x}"), "(1/2)<i>x</i>", "(1/2)x"),
            (format!("<mfrac>{sum}<mi>c</mi></mfrac>"), "(<i>a</i> + <i>b</i>)/<i>c</i>", "(a + b)/c"),
            ("<mfrac linethickness=\"0\"><mi>n</mi><mi>k</mi></mfrac>".to_owned(), "<i>n</i>¦<i>k</i>", "n¦k"),
            (format!("<msqrt>{sum}</msqrt>"), "√(<i>a</i> + <i>b</i>)", "√(a + b)"),
            (format!("<msqrt>{x}</msqrt>"), "√<i>x</i>", "√x"),
            (format!("<mroot>{x}<mn>3</mn></mroot>"), "<sup>3</sup>√<i>x</i>", "x^(1/3)"),
            (format!("<msup>{x}{sum}</msup>"), "<i>x</i><sup><i>a</i> + <i>b</i></sup>", "x^(a + b)"),
            (format!("<msup><mrow><mo>(</mo>{sum}<mo>)</mo></mrow>{two}</msup>"), "(<i>a</i> + <i>b</i>)<sup>2</sup>", "(a + b)^2"),
            (format!("<msup>{sum}{two}</msup>"), "(<i>a</i> + <i>b</i>)<sup>2</sup>", "(a + b)^2"),
            (format!("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>{x}"), "∑<sub><i>i</i> = 1</sub><sup><i>n</i></sup><i>x</i>", "∑_(i = 1)^nx"),
            (format!("<mover>{x}<mo>¯</mo></mover>"), "<i>x\u{304}</i>", "x\u{304}"),
            (format!("<mi>sin</mi><mo>\u{2061}</mo>{x}"), "sin <i>x</i>", "sin x"),
            (format!("<mn>2</mn><mo>\u{2062}</mo>{x}<mo>&lt;</mo><mi>y</mi>"), "2<i>x</i> &lt; <i>y</i>", "2x &lt; y"),
            (format!("<mtable><mtr><mtd>{x}</mtd><mtd><mo>=</mo>{two}</mtd></mtr><mtr><mtd>{x}</mtd><mtd>{two}</mtd></mtr></mtable>"), "<i>x</i> = 2; <i>x</i>, 2", "x = 2; x, 2"),
            (format!("<semantics><mrow>{x}</mrow></semantics>"), "<i>x</i>", "x"),
        ] {
            assert_eq!(plain(&math), (html.to_owned(), text.to_owned()), "{math}");
        }
    }

    #[test]
    fn what_is_no_formula_is_its_text() {
        for (math, text) in [
            ("", ""),
            ("loose <b>text</b>", "loose text"),
            ("<msup><mi>x</mi></msup>", "x"),
            ("<msup><mi>x</mi><mn>1</mn><mn>2</mn></msup>", "x12"),
            ("<mtext><p>a</p><table><tbody><tr><td>b</td></tr></tbody></table></mtext>", "ab"),
            ("<mi><iframe><img src=x></iframe>y</mi>", "y"),
            ("<mi>a<math><mi>b</mi></math></mi>", "ab"),
        ] {
            assert_eq!(plain(math).1, text, "{math}");
        }
        let deep = "<msup>".repeat(5_000) + "x" + &"</msup>".repeat(5_000);
        assert_eq!(plain(&deep).1, "x");
        assert!(read("display=\"block\"", "<mi>x").0.apart);
    }
}
