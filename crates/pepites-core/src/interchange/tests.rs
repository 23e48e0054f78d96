//! Takes files that are no lists, hostile bytes and real lists; holds what comes of each. Real ones are skipped where absent.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::{Address, Moment, Source, SourceId, Validators};

#[test]
fn a_file_that_is_something_else_is_named_as_what_it_is() {
    let check = |name: &str, bytes: &[u8], expect: &'static str| {
        assert_eq!(harvest(name, bytes).unwrap_err(), Refused::Other(expect), "{name}");
        assert!(Refused::KINDS.contains(&expect), "{expect}");
    };
    check("a.opml", b"PK\x03\x04....", "zip");
    check("a.xlsx", b"PK\x03\x04....", "office");
    check("a.zip", b"PK\x03\x04\x14\0\x06\0........[Content_Types].xml", "office");
    check("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office");
    check("a.opml.gz", b"\x1f\x8b\x08", "compressed");
    check("a.pdf", b"%PDF-1.4", "pdf");
    check("a.opml", b"\x89PNG\r\n\x1a\n\0\0", "image");
    check("a.opml", b"RIFF\x10\0\0\0WEBPVP8 ", "image");
    check("library.db", b"SQLite format 3\0\x10", "database");
    check("a.opml", b"\x01\x02\x03\x04\x05garbage\x06\x0e\x0f", "binary");
    check("a.opml", b"<!DOCTYPE html>\n<p>Sign in", "html_page");
    check("a.opml", b"<?xml version='1.0'?><html xmlns='x'><body/></html>", "html_page");
    check("a.html", b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><DT><A HREF='https://a.example/'>", "bookmarks");
    check("a.xml", b"<?xml version='1.0'?>\n<!-- x --><rss version='2.0'><channel/></rss>", "feed");
    check("a.xml", b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "feed");
    check("a.xml", b"<rdf:RDF xmlns:rdf='x'/>", "feed");
    check("a.xml", b"<plist><dict/></plist>", "xml");
    check("a.json", b" {\"feeds\": []}", "json");
    check("a.json", b"[\n{\"url\": \"https://a.example/\"}]", "json");
    check("a.vcf", b"BEGIN:VCARD\nVERSION:3.0\n", "vcard");
    check("a.txt", "Chère Élodie,\nrien à suivre ici.".as_bytes(), "text");
    check(
        "a.txt",
        b"Dear list, please read\nhttps://a.example/feed\nand tell me, soon,\nwhat you think\nof it\n",
        "prose",
    );
}

#[test]
fn a_file_with_nothing_in_it_is_empty() {
    let check = |bytes: &[u8]| assert_eq!(harvest("a.opml", bytes).unwrap_err(), Refused::Empty, "{bytes:?}");
    check(b"");
    check(b" \r\n\t");
    check(b"\xef\xbb\xbf");
    check(b"\xff\xfe");
}

#[test]
fn every_dialect_has_a_name_of_its_own() {
    let names: std::collections::BTreeSet<_> = DIALECTS.iter().map(|dialect| dialect.name).collect();
    assert_eq!(names.len(), DIALECTS.len());
}

proptest! {
    #[test]
    fn no_bytes_bring_a_dialect_down(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = harvest("a", &bytes);
        let text = decode::decode(&bytes);
        for dialect in DIALECTS {
            let head = Head { name: "a", text: &text };
            let _ = (dialect.recognise)(&head);
            let _ = (dialect.read)(&text);
        }
    }

    #[test]
    fn no_text_made_of_the_pieces_of_lists_brings_a_dialect_down(
        text in "(<opml>|<outline|</outline>|<!--|<!\\[CDATA\\[|<!DOCTYPE|\\[|\\]>|<\\?| text=| xmlUrl=|/>|>|\"|'|\"\"|,|;|\t|\n|\r|&|#|é|\u{0}|http://a|@a@b.c|~|\\|){0,60}"
    ) {
        for dialect in DIALECTS {
            let head = Head { name: "a", text: &text };
            let _ = (dialect.recognise)(&head);
            let harvest = (dialect.read)(&text);
            let lines = u32::try_from(text.matches('\n').count()).unwrap() + 1;
            prop_assert!(harvest.flaws.iter().filter_map(|flaw| flaw.line).all(|line| (1..=lines).contains(&line)));
            prop_assert!(harvest.found.iter().all(|found| (1..=lines).contains(&found.line)));
        }
    }
}

/// Material that is not part of the project. Tests of it say so when it is absent.
fn material(folder: &str) -> Option<std::path::PathBuf> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    if !root.is_dir() {
        println!("skipped: no {folder} beside the project");
        return None;
    }
    Some(root)
}

fn files(folder: &std::path::Path, into: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|end| end == "opml" || end == "xml") {
            into.push(path);
        }
    }
    into.sort();
}

/// A count that knows nothing of tags: how often each address stands in the file. (A parser of HTML loses six.)
fn counted(text: &str) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for rest in text.split("xmlUrl=\"").skip(1) {
        let address = html_escape::decode_html_entities(rest.split('"').next().unwrap().trim()).into_owned();
        *counts.entry(address).or_default() += 1;
    }
    counts
}

fn as_source(found: &Found) -> Source {
    Source {
        id: SourceId(0),
        address: Address { kind: "feed".into(), locator: found.address.clone() },
        feed: None,
        title: found.title.clone().unwrap_or_else(|| found.address.clone()),
        name: None,
        site: found.site.clone(),
        portrait: None,
        folders: found.folders.clone(),
        added: Moment(0),
        validators: Validators::default(),
        body_hash: None,
        visited: None,
        unreached: None,
        last_new: None,
        next_visit: None,
        next_why: None,
        hold_until: None,
        gone: false,
        failures: 0,
        trouble: None,
        full_text: false,
        login: None,
        icon: None,
        preferred: false,
        mode: crate::model::Mode::All,
    }
}

#[test]
fn every_real_list_comes_in_and_goes_out_without_loss() {
    let Some(root) = material("opml-dev") else { return };
    let mut paths = Vec::new();
    files(&root, &mut paths);
    assert!(paths.len() > 100, "{} lists", paths.len());
    let (mut all, mut outlines, mut refused) = (0, 0, 0);
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let (dialect, first) = harvest("x.opml", &bytes).unwrap();
        assert_eq!((dialect.name, &first.partial), ("opml", &None), "{}", path.display());
        let mut expect = counted(&String::from_utf8_lossy(&bytes));
        for flaw in &first.flaws {
            assert!(
                ["flaw.scheme", "flaw.no_address", "flaw.saved_search"].contains(&flaw.why.key.as_str()),
                "{}: {flaw:?}",
                path.display()
            );
            // Liferea's searches all have the one address "vfolder", and are named by their titles.
            let saved = flaw.why.key == "flaw.saved_search";
            let address = if saved { "vfolder" } else { flaw.subject.as_str() };
            refused += u32::from(expect.remove(address).is_some());
        }
        let got: std::collections::BTreeSet<&String> = first.found.iter().map(|found| &found.address).collect();
        let wanted: std::collections::BTreeSet<&String> = expect.keys().collect();
        assert_eq!(got, wanted, "{}", path.display());
        let times: u32 = expect.values().sum();
        assert_eq!(u32::try_from(first.found.len()).unwrap() + first.repeated, times, "{}", path.display());
        let written =
            opml::write(&first.found.iter().map(as_source).collect::<Vec<_>>(), &crate::model::FolderOrder::default());
        let (_, second) = harvest("x.opml", written.as_bytes()).unwrap();
        let sorted = |harvest: &Harvest| {
            let mut found = harvest.found.clone();
            found.iter_mut().for_each(|found| {
                found.line = 0;
                found.folders.sort();
            });
            found.sort_by(|a, b| a.address.cmp(&b.address));
            found
        };
        assert_eq!(sorted(&second), sorted(&first), "{}", path.display());
        all += 1;
        outlines += times;
    }
    println!("{all} lists, {outlines} outlines with an address, {refused} refused by scheme");
}

#[test]
fn the_made_up_contact_tables_are_read_for_what_they_are() {
    let Some(root) = material("contacts-dev/synthetic") else { return };
    let check = |name: &str, dialect: &str, expect: &[&str]| {
        let (read_by, harvest) = harvest(name, &std::fs::read(root.join(name)).unwrap()).unwrap();
        let addresses: Vec<&str> = harvest.found.iter().map(|found| found.address.as_str()).collect();
        assert_eq!((read_by.name, addresses.as_slice()), (dialect, expect), "{name}");
    };
    let (alice, bob) = ("@alice@example.social", "@bob@autre.example");
    check("mastodon-following_accounts.csv", "mastodon_following", &[alice, bob]);
    check("mastodon-following_accounts-old.csv", "mastodon_following", &[alice]);
    check("google-contacts-utf16le.csv", "addresses_csv", &["https://elodie.example/"]);
    check("outlook-fr-semicolon.csv", "addresses_csv", &["https://elodie.example/"]);
}
