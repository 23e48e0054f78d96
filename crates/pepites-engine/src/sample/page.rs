//! Takes the words of a post, gives HTML: the body in a feed, the page of an article, the front page of a site.
//! Never knows feed formats.

use super::{
    World, calendar,
    compose::{Block, Text, compose, headline},
    roster::{Role, Site, feed_path, habit},
    schedule::{Draft, Matter},
    words::Language,
};

/// The path of a post on its site. Each site keeps to its own style.
pub(crate) fn path(world: &World, site: &Site, draft: &Draft) -> String {
    let (year, month, day) = calendar::ymd(draft.at);
    let id = format!("{}-{}", draft.day, draft.slot);
    match site.role {
        Role::Person => format!("/@{}/11{:06}{:07}", site.handle, draft.day, draft.slot),
        Role::Forum => format!("/t/{}/{id}", slug(&headline(world, draft))),
        Role::News => format!("/{year}/{month:02}/{}-{id}", slug(&headline(world, draft))),
        _ => match habit(site, 12, 4) {
            0 => format!("/{year}/{month:02}/{day:02}/{}/", slug(&headline(world, draft))),
            1 => format!("/posts/{}", slug(&headline(world, draft))),
            2 => format!("/?p={}{:04}", draft.day, draft.slot),
            _ => format!("/{year}/{month:02}/{}.html", slug(&headline(world, draft))),
        },
    }
}

/// The body as HTML. `root` stands before the paths of the post's own site (empty makes them relative to it),
/// `world_root` gives the root of another site.
pub(crate) fn body(text: &Text, root: &str, address: &dyn Fn(&Draft) -> String) -> String {
    let mut out = String::new();
    for block in &text.blocks {
        match block {
            Block::Paragraph(words) => wrap(&mut out, "p", &inline(words)),
            Block::Heading(words) => wrap(&mut out, "h2", &escape(words)),
            Block::Quote(words) => wrap(&mut out, "blockquote", &format!("<p>{}</p>", inline(words))),
            Block::Code(code) => wrap(&mut out, "pre", &format!("<code>{}</code>", escape(code))),
            Block::List(points) => {
                let points: String = points.iter().map(|point| format!("<li>{}</li>", inline(point))).collect();
                wrap(&mut out, "ul", &points);
            }
            Block::Table(head, rows) => {
                let head: String = head.iter().map(|cell| format!("<th>{}</th>", escape(cell))).collect();
                let rows: String = rows.iter().map(|row| format!("<tr>{}</tr>", cells(row))).collect();
                wrap(&mut out, "table", &format!("<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"));
            }
            Block::Picture(number, shown) => {
                let alt = escape(shown);
                let image = format!(
                    "<img src=\"{root}/media/{number:016x}.png\" alt=\"{alt}\" width=\"640\" height=\"360\"><figcaption>{alt}</figcaption>"
                );
                wrap(&mut out, "figure", &image);
            }
            Block::Away(sentence, address) => {
                let linked = format!("<a href=\"{}\">{}</a>", escape(address), escape(sentence));
                wrap(&mut out, "p", &linked);
            }
            Block::Link(sentence, to) => {
                let address = escape(&address(to));
                // The words after the first colon are the link; without one, the whole sentence is.
                let (before, linked) = sentence.split_once(": ").unwrap_or(("", sentence));
                let before = if before.is_empty() { String::new() } else { format!("{}: ", inline(before)) };
                wrap(&mut out, "p", &format!("{before}<a href=\"{address}\">{}</a>", escape(linked)));
            }
        }
    }
    out
}

/// The page of one article.
pub(crate) fn article(world: &World, site: &Site, draft: &Draft, port: u16) -> String {
    let text = compose(world, draft);
    let body = body(&text, "", &|to| world.address(to, port));
    let title = text.title.unwrap_or_else(|| site.title.to_owned());
    let date = calendar::zoned(draft.at).strftime("%Y-%m-%d").to_string();
    let main = format!(
        "<article><h1>{}</h1><p class=\"by\"><a rel=\"author\" href=\"/\">{}</a>, <time datetime=\"{}\">{date}</time></p>{body}</article>",
        escape(&title),
        escape(super::feed::author(site, draft)),
        calendar::iso(draft.at, 0),
    );
    document(site, &title, &main)
}

/// The front page of a site, or the profile of a person: the last posts, and where the feed is.
pub(crate) fn front(world: &World, site: &Site, drafts: &[&Draft], port: u16) -> String {
    let mut list = String::new();
    for draft in drafts.iter().take(20) {
        let address = escape(&path(world, site, draft));
        if matches!(draft.matter, Matter::Note { .. } | Matter::Pointer { .. }) {
            let body = body(&compose(world, draft), "", &|to| world.address(to, port));
            wrap(&mut list, "li", &format!("{body}<a href=\"{address}\">#</a>"));
        } else {
            let title = escape(&headline(world, draft));
            wrap(&mut list, "li", &format!("<a href=\"{address}\">{title}</a>"));
        }
    }
    document(site, site.title, &format!("<h1>{}</h1><ul>{list}</ul>", escape(site.title)))
}

/// Text with `&`, `<`, `>` and `"` as entities.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

/// Lower case, plain letters, hyphens; at most 60 characters, ended at a word.
pub(crate) fn slug(title: &str) -> String {
    let mut out = String::new();
    for c in title.chars() {
        let plain = match c.to_ascii_lowercase() {
            'à' | 'â' | 'À' | 'Â' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            'ç' | 'Ç' => 'c',
            letter if letter.is_ascii_alphanumeric() => letter,
            _ => '-',
        };
        if plain == '-' && out.len() >= 60 {
            break;
        }
        if plain != '-' || !(out.is_empty() || out.ends_with('-')) {
            out.push(plain);
        }
    }
    out.trim_end_matches('-').to_owned()
}

fn document(site: &Site, title: &str, main: &str) -> String {
    let kind = match site.format {
        super::roster::Format::Rss => "application/rss+xml",
        super::roster::Format::Atom => "application/atom+xml",
        super::roster::Format::Json => "application/feed+json",
    };
    let back = if site.language == Language::Fr { "Toutes les pages" } else { "All posts" };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title><link rel=\"alternate\" type=\"{kind}\" title=\"{}\" href=\"{}\"></head><body><main>{main}</main><footer><a href=\"/\">{back}</a></footer></body></html>\n",
        site.language.code(),
        escape(title),
        escape(site.title),
        escape(&feed_path(site)),
    )
}

fn wrap(out: &mut String, tag: &str, inside: &str) {
    out.push('<');
    out.push_str(tag);
    out.push('>');
    out.push_str(inside);
    out.push_str("</");
    out.push_str(tag);
    out.push_str(">\n");
}

fn cells(row: &[String]) -> String {
    row.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect()
}

fn inline(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    let (mut emphasised, mut code) = (false, false);
    for c in escape(words).chars() {
        match c {
            '*' if !code => {
                emphasised = !emphasised;
                out.push_str(if emphasised { "<em>" } else { "</em>" });
            }
            '`' => {
                code = !code;
                out.push_str(if code { "<code>" } else { "</code>" });
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain_and_ends_at_a_word() {
        assert_eq!(slug("L’œuvre : à l’été, déjà 3 €"), "l-uvre-a-l-ete-deja-3");
        let long = slug("one two three four five six seven eight nine ten eleven twelve thirteen fourteen");
        assert_eq!(long, "one-two-three-four-five-six-seven-eight-nine-ten-eleven-twelve");
    }

    #[test]
    fn markup_in_words_is_escaped_and_emphasis_is_made() {
        assert_eq!(inline("a < b & *c* `d`"), "a &lt; b &amp; <em>c</em> <code>d</code>");
    }
}
