//! Gives a digest as one page: its style and its pictures are in it, and its own policy lets it load nothing else.

use std::fmt::Write;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{Article, Paper, Pictures, because, origin, relayed, section, sections, summary, title, xhtml};
use crate::catalogue::Language;

/// On paper as on a screen; nothing in it names an address.
const STYLE: &str = include_str!("page.css");

pub(super) fn write(paper: &Paper, language: Language, pictures: &mut Pictures<'_>) -> String {
    let mut out = String::new();
    let head = xhtml::escaped(&title(&paper.line, language));
    // A page that is opened from a disk may do what its words say; this one may show itself and its own pictures.
    let policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    let _infallible = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width\"/>\n<title>{head}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{head}</h1>\n<p>{summary}</p>\n</header>\n",
        code = language.code(),
        summary = xhtml::escaped(&summary(&paper.line, language)),
    );
    contents(&mut out, paper, language);
    for (name, articles) in sections(paper) {
        let _infallible = writeln!(out, "<section>\n<h2>{}</h2>", xhtml::escaped(&section(name, language)));
        for (place, article) in articles {
            let _infallible = writeln!(out, "<article id=\"s{place}\"{}>", lang(article));
            out.push_str(&story(article, paper, language, 3, &mut |address| inlined(pictures, address)));
            out.push_str("</article>\n");
        }
        out.push_str("</section>\n");
    }
    let _infallible = write!(
        out,
        "<footer>\n<p>{}</p>\n</footer>\n</body>\n</html>\n",
        xhtml::escaped(&language.text("digest.end_past"))
    );
    out
}

/// Each headline, leading to its story.
fn contents(out: &mut String, paper: &Paper, language: Language) {
    let _infallible = writeln!(out, "<nav>\n<h2>{}</h2>\n<ol>", xhtml::escaped(&language.text("export.contents")));
    for (place, article) in paper.articles.iter().enumerate() {
        let headline = xhtml::escaped(&article.entry.face.title);
        let _infallible = writeln!(out, "<li><a href=\"#s{place}\">{headline}</a></li>");
    }
    out.push_str("</ol>\n</nav>\n");
}

/// One story, its headline a heading of that level.
pub(super) fn story(
    article: &Article,
    paper: &Paper,
    language: Language,
    level: u8,
    picture: &mut dyn FnMut(&str) -> Option<String>,
) -> String {
    let mut out = String::new();
    let face = &article.entry.face;
    let headline = xhtml::escaped(&face.title);
    let link = face.link.as_deref().and_then(xhtml::link).map(|link| xhtml::escaped(&link));
    let headline = match &link {
        Some(link) => format!("<a href=\"{link}\">{headline}</a>"),
        None => headline,
    };
    let _infallible = writeln!(out, "<h{level}>{headline}</h{level}>");
    let mut line = |class: &str, text: &str| {
        let _infallible = writeln!(out, "<p class=\"{class}\">{}</p>", xhtml::escaped(text));
    };
    line("origin", &origin(article, paper, language));
    if let Some(because) = because(&article.entry, language) {
        line("nugget", &format!("◆ {because}"));
    }
    match &article.html {
        Some(html) => {
            let _infallible = writeln!(out, "<div class=\"body\">{}</div>", xhtml::write(html, picture));
        }
        None => {
            line("body", &face.lead);
            line("origin", &language.text("export.dropped"));
        }
    }
    if let Some(recording) = article.recording.as_deref().and_then(xhtml::link) {
        let (at, words) = (xhtml::escaped(&recording), xhtml::escaped(&language.text("export.recording")));
        let _infallible = writeln!(out, "<p class=\"origin\"><a href=\"{at}\">{words}</a></p>");
    }
    if let Some(relayed) = relayed(&article.entry, language) {
        let _infallible = writeln!(out, "<p class=\"origin\">{}</p>", xhtml::escaped(&relayed));
    }
    out
}

/// The language of a story, for hyphens and voices.
pub(super) fn lang(article: &Article) -> String {
    match &article.language {
        Some(code) => format!(" lang=\"{}\"", xhtml::escaped(code)),
        None => String::new(),
    }
}

fn inlined(pictures: &mut Pictures<'_>, address: &str) -> Option<String> {
    let picture = pictures.take(address)?;
    Some(format!("data:{};base64,{}", picture.media_type, STANDARD.encode(&picture.bytes)))
}
