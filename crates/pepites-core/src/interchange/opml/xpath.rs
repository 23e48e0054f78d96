//! Takes the outline of a page that FreshRSS reads by XPath, gives the address of the same list by CSS selectors.
//! Never guesses: what CSS cannot say as exactly is said to be so.

use url::form_urlencoded;

use super::scan::Tag;

/// What stands between a page and its selectors in an address; `sources::list` reads it, and a test there holds both.
const MARK: &str = "#pepites:";

/// FreshRSS's names for how a page is read that is no feed.
const HTML: &str = "HTML+XPath";
/// The others: no page, so no selectors.
const OTHERS: [&str; 3] = ["XML+XPath", "JSON+DotNotation", "HTML+XPath+JSON+DotNotation"];
/// No path that a person writes is longer.
const LONGEST: usize = 400;

/// What an outline of FreshRSS's own kinds is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// Followed by this address.
    List(String),
    /// In a way that is not ours.
    Not,
}

/// None for an outline of any other kind.
pub(super) fn read(tag: &Tag<'_>, kind: &str, page: &str) -> Option<Read> {
    if OTHERS.iter().any(|other| kind.eq_ignore_ascii_case(other)) {
        return Some(Read::Not);
    }
    if !kind.eq_ignore_ascii_case(HTML) {
        return None;
    }
    Some(list(tag, page).map_or(Read::Not, Read::List))
}

fn list(tag: &Tag<'_>, page: &str) -> Option<String> {
    let given = |name: &str| tag.value(&format!("frss:xPath{name}")).filter(|path| !path.trim().is_empty());
    // Whatever is not written has its usual place; what is written must be understood.
    let part = |name: &str| given(name).map_or(Some(None), |path| css(&path).map(|css| (css != ".").then_some(css)));
    let item = css(&given("Item")?).filter(|css| css != ".")?;
    let rest = [("title", "ItemTitle"), ("link", "ItemUri"), ("date", "ItemTimestamp"), ("text", "ItemContent")];
    let mut written = form_urlencoded::Serializer::new(String::new());
    written.append_pair("item", &item);
    for (name, attribute) in rest {
        if let Some(selector) = part(attribute)? {
            written.append_pair(name, &selector);
        }
    }
    Some(format!("{}{MARK}{}", page.split('#').next().unwrap_or_default(), written.finish()))
}

/// The CSS that selects what a simple XPath does; `.` for the node itself.
fn css(path: &str) -> Option<String> {
    let path = path.trim();
    if path.len() > LONGEST {
        return None;
    }
    let path = unwrapped(path);
    let mut css = String::new();
    for (deep, step) in steps(path)? {
        let step = step.strip_prefix("descendant::").map_or((deep, step.as_str()), |rest| (true, rest));
        let (deep, step) = (step.0, step.1.strip_prefix("child::").unwrap_or(step.1));
        match step {
            "." | "" => continue,
            // What a selected element says is its text, or where it leads.
            "text()" | "@href" | "@datetime" | "@title" | "@src" => break,
            _ => {}
        }
        if !css.is_empty() {
            css.push_str(if deep { " " } else { " > " });
        }
        css.push_str(&element(step)?);
    }
    Some(if css.is_empty() { ".".to_owned() } else { css })
}

/// Without what only makes a text of what is found: `normalize-space(…)`, `string(…)`.
fn unwrapped(path: &str) -> &str {
    let inner = |name: &str| path.strip_prefix(name)?.trim_start().strip_prefix('(')?.trim_end().strip_suffix(')');
    ["normalize-space", "string"].iter().find_map(|name| inner(name)).map_or(path, str::trim)
}

/// The steps of a path, each with whether it goes down by any number of generations.
fn steps(path: &str) -> Option<Vec<(bool, String)>> {
    let mut steps = vec![(path.starts_with("//") || path.starts_with(".//"), String::new())];
    let (mut depth, mut quote, mut slashes) = (0_u32, None, 0);
    if path.starts_with("..") || path.contains("/..") {
        return None;
    }
    for letter in path.strip_prefix('.').unwrap_or(path).chars() {
        let inside = depth > 0 || quote.is_some();
        match letter {
            '/' if !inside => {
                slashes += 1;
                continue;
            }
            '\'' | '"' if quote == Some(letter) => quote = None,
            '\'' | '"' if quote.is_none() => quote = Some(letter),
            '[' | '(' if quote.is_none() => depth += 1,
            ']' | ')' if quote.is_none() => depth = depth.checked_sub(1)?,
            '|' if !inside => return None,
            _ => {}
        }
        if slashes > 0 {
            if steps.last().is_some_and(|(_, step)| !step.is_empty()) {
                steps.push((slashes > 1, String::new()));
            }
            slashes = 0;
        }
        steps.last_mut()?.1.push(letter);
    }
    (depth == 0 && quote.is_none()).then_some(steps)
}

/// `div[@class="a b"][contains(@id, 'x')]`.
fn element(step: &str) -> Option<String> {
    let (name, mut rest) = step.split_at(step.find('[').unwrap_or(step.len()));
    let plain = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if name != "*" && (name.is_empty() || !plain(name)) {
        return None;
    }
    let mut css = name.to_owned();
    while !rest.is_empty() {
        let (test, after) = rest.strip_prefix('[')?.split_once(']')?;
        for test in test.split(" and ") {
            css.push_str(&attribute(test.trim())?);
        }
        rest = after;
    }
    Some(css)
}

fn attribute(test: &str) -> Option<String> {
    // The usual way of asking for one class among several.
    let spaced = test.replace(' ', "");
    if let Some(class) = spaced.strip_prefix("contains(concat('',normalize-space(@class),''),'") {
        let class = class.strip_suffix("')")?;
        return is_word(class).then(|| format!("[class~=\"{class}\"]"));
    }
    let (name, sign, value) = if let Some(inner) = call(test, "contains") {
        let (name, value) = inner.split_once(',')?;
        (name, "*=", Some(value))
    } else if let Some(inner) = call(test, "starts-with") {
        let (name, value) = inner.split_once(',')?;
        (name, "^=", Some(value))
    } else {
        test.split_once('=').map_or((test, "", None), |(name, value)| (name, "=", Some(value)))
    };
    let name = name.trim().strip_prefix('@').filter(|name| is_word(name))?;
    let Some(value) = value else { return Some(format!("[{name}]")) };
    let value = value.trim();
    let value = ['\'', '"'].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote))?;
    let fits = !value.is_empty() && !value.contains(['"', '\\', '\n', ']']);
    fits.then(|| format!("[{name}{sign}\"{value}\"]"))
}

fn call<'a>(test: &'a str, name: &str) -> Option<&'a str> {
    test.strip_prefix(name)?.trim_start().strip_prefix('(')?.trim_end().strip_suffix(')')
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_simple_path_is_a_selector_and_any_other_is_none() {
        for (path, expected) in [
            ("//article", Some("article")),
            ("//div[@class=\"post entry\"]", Some("div[class=\"post entry\"]")),
            ("//ul[@id='news']/li", Some("ul[id=\"news\"] > li")),
            ("//main//li[contains(@class, 'item')]", Some("main li[class*=\"item\"]")),
            ("//li[contains(concat(' ', normalize-space(@class), ' '), ' item ')]", Some("li[class~=\"item\"]")),
            ("//*[starts-with(@id,'p-') and @data-x]", Some("*[id^=\"p-\"][data-x]")),
            ("descendant::h2", Some("h2")),
            ("./a/@href", Some("a")),
            (".//h2/a/text()", Some("h2 > a")),
            ("descendant::time/@datetime", Some("time")),
            ("normalize-space(.//h3)", Some("h3")),
            (".", Some(".")),
            ("@href", Some(".")),
            ("//li[1]", None),
            ("//a | //b", None),
            ("//li[position()<3]", None),
            ("../a", None),
            ("following-sibling::p", None),
            ("concat('a', 'b')", None),
            ("//li[@class='x]", None),
            ("//li[@class=\"a]b\"]", None),
        ] {
            assert_eq!(css(path).as_deref(), expected, "{path}");
        }
    }
}
