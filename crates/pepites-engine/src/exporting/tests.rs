//! Holds that an export says what the digest says, and that nothing in it acts, loads or breaks out.

use std::{collections::BTreeMap, fs, io::Read};

use flate2::read::DeflateDecoder;
use pepites_core::model::{Enclosure, Item};
use scraper::{Html, Selector};
use tempfile::TempDir;

use super::*;
use crate::{
    contract::{DigestAsk, DigestView},
    fixture::Library,
};

/// Everything that a hostile post would try, in its title, its author, its words and its address.
const HOSTILE: &str = "<p>Words <b>bold</b> &amp; more</p><script>alert(1)</script>\
    <img src=\"https://tracker.example/pixel.png\" alt=\"a &quot;boat&quot; <x>\" onerror=\"alert(2)\">\
    <img src=\"https://pictures.example/kept.png\" alt=\"kept\">\
    <iframe src=\"https://frame.example/\"></iframe><video src=\"https://v.example/v.mp4\" poster=\"https://v.example/p.png\"></video>\
    <a href=\"javascript:alert(3)\">go</a> <a href=\"https://good.example/?a=1&amp;b=2\">good</a>\
    <div style=\"background:url(https://css.example/x.png)\">styled</div><svg onload=\"alert(4)\"></svg>\
    <form action=\"https://form.example/\"><input name=\"q\"></form><table><tr><td>cell<td>two</table>";
const TITLE: &str = "</h3><script>alert(5)</script> \"Quoted\" & [linked](javascript:alert(6)) ]]>";

const KEPT: &str = "https://pictures.example/kept.png";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\0\0\0\0and so on";

struct Exported {
    library: Library,
    digest: DigestView,
    _folder: TempDir,
}

impl Exported {
    fn new() -> Self {
        let mut library = Library::new();
        let folder = tempfile::tempdir().unwrap();
        library.engine.place.folder = folder.path().to_owned();
        // One picture was shown before; the other never was.
        let url = url::Url::parse(KEPT).unwrap();
        let kept = folder.path().join("cache/pictures").join(format!("{:032x}", xxh3_128(url.as_str().as_bytes())));
        fs::create_dir_all(kept.parent().unwrap()).unwrap();
        fs::write(kept, [KEPT.as_bytes(), b"\n", PNG].concat()).unwrap();
        let (ana, ben) = (library.follow("ana"), library.follow("ben"));
        let hostile = Item {
            html: Some(HOSTILE.to_owned()),
            title: Some("placeholder".to_owned()),
            authors: vec!["<b>Eve</b> & co".to_owned()],
            language: Some("fr".to_owned()),
            enclosures: vec![Enclosure {
                url: "https://audio.example/a.mp3?x=1&y=2".to_owned(),
                media_type: Some("audio/mpeg".to_owned()),
                bytes: None,
                seconds: Some(120),
            }],
            ..library.item("ana", "hostile", 1)
        };
        library.bring(ana, vec![hostile]);
        library.bring_many(ben, "ben", 2);
        let digest = library.engine.today(&DigestAsk::default()).unwrap();
        assert_eq!(digest.entries.len(), 3);
        Self { library, digest, _folder: folder }
    }

    fn paper(&self) -> Paper {
        let mut paper = self.library.engine.paper(self.digest.line.id.unwrap()).unwrap();
        for article in &mut paper.articles {
            if article.entry.face.title == "placeholder" {
                // As if what cleans titles had let it through.
                article.entry.face.title = TITLE.to_owned();
                article.entry.face.source_title = "<img src=x onerror=alert(7)>".to_owned();
                article.html = Some(HOSTILE.to_owned());
            }
        }
        paper
    }

    fn pictures(&self) -> Pictures<'_> {
        Pictures { engine: &self.library.engine, room: ALL_PICTURES }
    }

    fn bytes(&self, format: ExportFormat) -> Vec<u8> {
        let id = self.digest.line.id.unwrap();
        self.library.engine.export_digest(id, format, Language::French).unwrap()
    }
}

/// Nothing of this document acts or is loaded from elsewhere.
fn check_inert(html: &str) {
    let page = Html::parse_document(html);
    let all = Selector::parse("*").unwrap();
    for element in page.select(&all).map(|element| element.value()) {
        assert!(
            !["script", "iframe", "object", "embed", "form", "input", "svg", "math", "video", "audio", "base", "link"]
                .contains(&element.name()),
            "{element:?}"
        );
        for (name, value) in element.attrs() {
            assert!(
                !name.starts_with("on") && !["style", "srcset", "poster", "srcdoc"].contains(&name),
                "{name}={value}"
            );
            match name {
                "src" => assert!(value.starts_with("data:image/"), "{value}"),
                "href" => assert!(value.starts_with("https://") || value.starts_with('#'), "{value}"),
                _ => {}
            }
        }
    }
}

/// Whether this is well-formed XML, with every tag closed.
fn check_xml(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open = 0_i32;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}\n{text}")) {
            quick_xml::events::Event::Start(_) => open += 1,
            quick_xml::events::Event::End(_) => open -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "{text}");
}

#[test]
fn a_page_needs_nothing_beside_itself_and_lets_nothing_act() {
    let exported = Exported::new();
    let html = page::write(&exported.paper(), Language::English, &mut exported.pictures());
    check_inert(&html);
    assert!(html.contains("default-src 'none'"), "{html}");
    assert!(
        !html.contains("tracker.example") && !html.contains("css.example") && !html.contains("v.example"),
        "{html}"
    );
    let page = Html::parse_document(&html);
    let text = |selector: &str| -> Vec<String> {
        page.select(&Selector::parse(selector).unwrap()).map(|element| element.text().collect()).collect()
    };
    assert!(text("h3").iter().any(|headline| headline == TITLE), "the title is its words: {:?}", text("h3"));
    assert!(
        html.contains("<em>[a &quot;boat&quot; &lt;x&gt;]</em>"),
        "a picture that is not at hand is its words: {html}"
    );
    assert_eq!(page.select(&Selector::parse("img[src^='data:image/png;base64,']").unwrap()).count(), 1);
    assert!(html.contains("href=\"https://good.example/?a=1&amp;b=2\""), "{html}");
    assert!(html.contains("https://audio.example/a.mp3?x=1&amp;y=2"), "{html}");
    // And once more through the engine, in the reader's language.
    let html = String::from_utf8(exported.bytes(ExportFormat::Html)).unwrap();
    check_inert(&html);
    assert!(html.contains("<html lang=\"fr\">") && html.contains("lang=\"fr\""), "{html}");
}

#[test]
fn a_page_is_well_formed_enough_for_a_book() {
    let exported = Exported::new();
    let paper = exported.paper();
    let story = page::story(&paper.articles[0], &paper, Language::English, 2, &mut |_| None);
    check_xml(&format!("<body>{story}</body>"));
    for html in [
        "<p>one<p>two<br>three<hr>",
        "<b>a<i>b</b>c</i>",
        "a & b < c \u{1} \u{ffff}",
        "<td>x</td></tr>",
        "<a href=\"https://e.org/?a=1&b=2\">x",
    ] {
        check_xml(&format!("<body>{}</body>", xhtml::write(html, &mut |_| None)));
    }
}

#[test]
fn deep_nesting_is_written_without_recursion() {
    let html = format!("{}x{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
    assert!(xhtml::write(&html, &mut |_| None).contains('x'));
    assert!(markdown::write(&Exported::new().paper(), Language::English).contains("Boat number 1"));
}

#[test]
fn markdown_holds_no_markup_of_a_posts_own() {
    let exported = Exported::new();
    let text = markdown::write(&exported.paper(), Language::English);
    let unescaped = text.replace("\\<", "").replace("\\]", "");
    assert!(!unescaped.contains("<script") && !unescaped.contains("](javascript:"), "{text}");
    assert!(!text.contains("alert(1)") && !text.contains("tracker.example"), "{text}");
    assert!(text.contains("\\<script\\>alert(5)\\</script\\>"), "{text}");
    assert!(text.contains("[good](<https://good.example/?a=1&b=2>)"), "{text}");
    assert!(text.starts_with("# Pépites · "), "{text}");
}

/// The files of an archive, by name, in its order; each stored or deflated.
fn unpacked(bytes: &[u8]) -> Vec<(String, u16, Vec<u8>)> {
    let short = |at: usize| u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap());
    let long = |at: usize| usize::try_from(u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())).unwrap();
    let end = (0..=bytes.len() - 22).rev().find(|at| bytes[*at..].starts_with(b"PK\x05\x06")).unwrap();
    let (count, mut at) = (short(end + 10), long(end + 16));
    let mut files = Vec::new();
    for _ in 0..count {
        assert!(bytes[at..].starts_with(b"PK\x01\x02"));
        let (method, packed, local) = (short(at + 10), long(at + 20), long(at + 42));
        let length = usize::from(short(at + 28));
        let name = String::from_utf8(bytes[at + 46..at + 46 + length].to_vec()).unwrap();
        let begin = local + 30 + usize::from(short(local + 26)) + usize::from(short(local + 28));
        let raw = &bytes[begin..begin + packed];
        let mut content = Vec::new();
        match method {
            0 => content.extend(raw),
            8 => drop(DeflateDecoder::new(raw).read_to_end(&mut content).unwrap()),
            other => panic!("{name} is packed by {other}"),
        }
        files.push((name, method, content));
        at += 46 + length + usize::from(short(at + 30)) + usize::from(short(at + 32));
    }
    files
}

#[test]
fn a_book_is_an_epub_3_that_readers_can_open() {
    let exported = Exported::new();
    let book = epub::write(&exported.paper(), Language::English, &mut exported.pictures()).unwrap();
    let files = unpacked(&book);
    assert_eq!(files[0], ("mimetype".to_owned(), 0, b"application/epub+zip".to_vec()), "first, and not packed");
    let by_name: BTreeMap<&str, &[u8]> =
        files.iter().map(|(name, _, bytes)| (name.as_str(), bytes.as_slice())).collect();
    assert_eq!(by_name.len(), files.len(), "no name twice");
    let text = |name: &str| std::str::from_utf8(by_name[name]).unwrap();
    check_xml(text("META-INF/container.xml"));
    assert!(text("META-INF/container.xml").contains("OEBPS/content.opf"));
    for (name, _, bytes) in &files {
        if [".xhtml", ".opf", ".ncx"].iter().any(|end| name.ends_with(end)) {
            check_xml(std::str::from_utf8(bytes).unwrap());
        }
    }
    let package = Html::parse_document(text("OEBPS/content.opf"));
    let opf = text("OEBPS/content.opf");
    assert!(opf.contains("version=\"3.0\"") && opf.contains("<dc:language"), "{opf}");
    assert!(opf.contains("urn:uuid:") && opf.contains("dcterms:modified\">2026-11-18T11:00:00Z"), "{opf}");
    // Everything that the manifest names is there, and all that is there is named.
    let items = Selector::parse("item[href]").unwrap();
    let named: Vec<String> = package
        .select(&items)
        .filter_map(|item| item.value().attr("href"))
        .map(|href| format!("OEBPS/{href}"))
        .collect();
    for name in &named {
        assert!(by_name.contains_key(name.as_str()), "{name} is missing");
    }
    for name in by_name.keys().filter(|name| name.starts_with("OEBPS/") && **name != "OEBPS/content.opf") {
        assert!(named.iter().any(|other| other == name), "{name} is not named");
    }
    let nav = text("OEBPS/nav.xhtml");
    assert!(nav.contains("epub:type = \"toc\"") && nav.contains("&lt;script&gt;"), "{nav}");
    let story =
        files.iter().find(|(name, _, bytes)| name.contains("story") && bytes.windows(5).any(|some| some == b"Words"));
    let story = std::str::from_utf8(&story.unwrap().2).unwrap();
    assert!(story.contains("<img src=\"pictures/") && !story.contains("tracker.example"), "{story}");
    assert!(by_name.iter().any(|(name, bytes)| name.ends_with(".png") && *bytes == PNG));
    // The same book each time.
    assert!(exported.bytes(ExportFormat::Epub) == exported.bytes(ExportFormat::Epub));
}

#[test]
fn a_feed_holds_the_last_digests_and_another_reader_can_read_it() {
    let exported = Exported::new();
    let text = atom::write(&[exported.paper()], Language::English);
    check_xml(&text);
    let feed = feed_rs::parser::parse(text.as_bytes()).unwrap();
    let content = feed.entries[0].content.as_ref().unwrap().body.as_ref().unwrap();
    check_inert(&format!("<body>{content}</body>"));
    assert!(!content.contains("<img"), "another reader would fetch it: {content}");
    // The next day's feed has both, under the names that they had.
    let library = &exported.library;
    library.wait(Moment::DAY);
    let ben = library.engine.sources().unwrap()[1].id;
    library.bring(ben, vec![library.item("ben", "Whale seen near lighthouse", 1)]);
    let next = library.engine.today(&DigestAsk::default()).unwrap().line.id.unwrap();
    let both = library.engine.export_digest(next, ExportFormat::Atom, Language::English).unwrap();
    let both = feed_rs::parser::parse(both.as_slice()).unwrap();
    assert_eq!((both.entries.len(), &both.entries[1].id), (2, &feed.entries[0].id));
    let first = feed_rs::parser::parse(exported.bytes(ExportFormat::Atom).as_slice()).unwrap();
    assert_eq!(first.entries.len(), 1, "what came after it is not in it");
}

#[test]
fn a_post_that_was_dropped_leaves_its_first_words() {
    let exported = Exported::new();
    let mut paper = exported.paper();
    paper.articles[0].html = None;
    let html = page::write(&paper, Language::English, &mut exported.pictures());
    assert!(html.contains("no longer in the library"), "{html}");
}

#[test]
fn pictures_stop_where_a_file_would_become_too_large() {
    let exported = Exported::new();
    let mut pictures = Pictures { engine: &exported.library.engine, room: PNG.len() };
    assert!(pictures.take(KEPT).is_some());
    assert!(pictures.take(KEPT).is_none(), "the room is taken");
    assert!(exported.pictures().take("https://tracker.example/pixel.png").is_none());
    assert!(exported.pictures().take("file:///etc/passwd").is_none());
}

#[test]
fn the_end_of_a_name_says_the_format() {
    for (name, format) in [
        ("a.html", Some(ExportFormat::Html)),
        ("digest.2026.EPUB", Some(ExportFormat::Epub)),
        ("a.md", Some(ExportFormat::Markdown)),
        ("feed.xml", Some(ExportFormat::Atom)),
        ("a.pdf", None),
        ("html", None),
    ] {
        assert_eq!(ExportFormat::of_file(name), format, "{name}");
    }
    for (format, _) in ExportFormat::ALL {
        assert_eq!(ExportFormat::of_file(&format!("x.{}", format.end())), Some(format));
    }
}
