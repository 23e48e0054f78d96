//! Gives a digest as an EPUB 3: a chapter for each section, a page for each story, pictures inside.
//! Never a picture that e-readers need not know how to show: its words stand there.

use std::collections::BTreeMap;

use chrono::DateTime;
use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ReferenceType, ZipLibrary};

use super::{Paper, Pictures, page, section, sections, summary, title, uuid, xhtml};
use crate::catalogue::Language;

const STYLE: &str = "body { line-height: 1.5; }\nh1, h2 { line-height: 1.25; }\n\
                     .origin, .nugget { font-size: 0.85em; }\n.nugget { font-weight: bold; }\n\
                     img { max-width: 100%; }\npre { white-space: pre-wrap; font-size: 0.85em; }\n\
                     blockquote { margin-left: 1em; font-style: italic; }\n";

/// What every e-reader shows, with the end of its files' names.
const SHOWN: [(&str, &str); 4] =
    [("image/jpeg", "jpg"), ("image/png", "png"), ("image/gif", "gif"), ("image/webp", "webp")];

pub(super) fn write(
    paper: &Paper,
    language: Language,
    pictures: &mut Pictures<'_>,
) -> Result<Vec<u8>, epub_builder::Error> {
    let mut book = EpubBuilder::new(ZipLibrary::new()?)?;
    let head = title(&paper.line, language);
    book.epub_version(EpubVersion::V30);
    book.set_title(head.as_str());
    book.add_author("Pépites");
    book.set_languages(vec![language.code().to_owned()]);
    book.set_toc_name(language.text("export.contents"));
    book.set_generator("Pépites");
    book.set_uuid(uuid(&paper.line));
    // The same file each time: no clock is asked.
    if let Some(made) = DateTime::from_timestamp_millis(paper.line.made.0) {
        book.set_modified_date(made);
        book.set_publication_date(made);
    }
    book.stylesheet(STYLE.as_bytes())?;
    let summary = xhtml::escaped(&summary(&paper.line, language));
    let first = document(&head, language.code(), &format!("<h1>{}</h1>\n<p>{summary}</p>\n", xhtml::escaped(&head)));
    book.add_content(
        EpubContent::new("title.xhtml", first.as_bytes()).title(head.as_str()).reftype(ReferenceType::TitlePage),
    )?;
    let mut shelf = Shelf { pictures, kept: BTreeMap::new() };
    for (at, (name, articles)) in sections(paper).into_iter().enumerate() {
        let name = section(name, language);
        let chapter = document(&name, language.code(), &format!("<h1>{}</h1>\n", xhtml::escaped(&name)));
        book.add_content(EpubContent::new(format!("section{at}.xhtml"), chapter.as_bytes()).title(name.as_str()))?;
        for (place, article) in articles {
            let story = page::story(article, paper, language, 2, &mut |address| shelf.take(address));
            let code = article.language.as_deref().unwrap_or(language.code());
            let page = document(&article.entry.face.title, code, &story);
            let content = EpubContent::new(format!("story{place}.xhtml"), page.as_bytes());
            book.add_content(content.title(article.entry.face.title.as_str()).level(2))?;
        }
    }
    for (bytes, name, media_type) in shelf.kept.values().flatten() {
        book.add_resource(name, bytes.as_slice(), *media_type)?;
    }
    let mut file = Vec::new();
    book.generate(&mut file)?;
    Ok(file)
}

fn document(title: &str, code: &str, body: &str) -> String {
    let (title, code) = (xhtml::escaped(title), xhtml::escaped(code));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{code}\" xml:lang=\"{code}\">\n<head>\n\
         <title>{title}</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"stylesheet.css\"/>\n</head>\n\
         <body>\n{body}</body>\n</html>\n"
    )
}

/// The pictures of the book, each once.
struct Shelf<'a, 'b> {
    pictures: &'a mut Pictures<'b>,
    /// By address; None for one that is not there.
    kept: BTreeMap<String, Option<Plate>>,
}

/// The bytes of a picture, its name and its kind.
type Plate = (Vec<u8>, String, &'static str);

impl Shelf<'_, '_> {
    fn take(&mut self, address: &str) -> Option<String> {
        let number = self.kept.len();
        let pictures = &mut *self.pictures;
        let kept = self.kept.entry(address.to_owned()).or_insert_with(|| {
            let picture = pictures.take(address)?;
            let (media_type, end) = SHOWN.into_iter().find(|(shown, _)| *shown == picture.media_type)?;
            Some((picture.bytes, format!("pictures/{number}.{end}"), media_type))
        });
        kept.as_ref().map(|(_, name, _)| name.clone())
    }
}
