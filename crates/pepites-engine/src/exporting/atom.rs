//! Gives the last digests as an Atom feed: one entry a day, for any other reader. Never a picture: another reader would
//! fetch it.

use std::fmt::Write;

use super::{Paper, page, rfc3339, section, sections, summary, title, uuid, xhtml};
use crate::catalogue::Language;

/// The feed itself is known by one name, wherever it is put.
const FEED: &str = "urn:uuid:7e0c2f5a-3a5b-4f2d-9f0e-5a1d4c6b8e21";

/// `papers`: newest first.
pub(super) fn write(papers: &[Paper], language: Language) -> String {
    let updated = papers.iter().map(|paper| paper.line.made).max().unwrap_or_default();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <id>{FEED}</id>\n<title>{}</title>\n<updated>{}</updated>\n<author><name>Pépites</name></author>\n\
         <generator>Pépites</generator>\n",
        language.code(),
        xhtml::escaped(&language.text("export.feed")),
        rfc3339(updated),
    );
    for paper in papers {
        let made = rfc3339(paper.line.made);
        let _infallible = write!(
            out,
            "<entry>\n<id>urn:uuid:{}</id>\n<title>{}</title>\n<updated>{made}</updated>\n<published>{made}</published>\n\
             <summary>{}</summary>\n<content type=\"html\">{}</content>\n</entry>\n",
            uuid(&paper.line),
            xhtml::escaped(&title(&paper.line, language)),
            xhtml::escaped(&summary(&paper.line, language)),
            xhtml::escaped(&content(paper, language)),
        );
    }
    out.push_str("</feed>\n");
    out
}

fn content(paper: &Paper, language: Language) -> String {
    let mut out = String::new();
    for (name, articles) in sections(paper) {
        let _infallible = writeln!(out, "<h2>{}</h2>", xhtml::escaped(&section(name, language)));
        for (_, article) in articles {
            out.push_str(&page::story(article, paper, language, 3, &mut |_| None));
        }
    }
    out
}
