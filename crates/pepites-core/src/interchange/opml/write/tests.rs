//! Holds that an export is the same for the same sources, and comes back as them.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use crate::{
    interchange::{Found, clean, harvest},
    model::{Address, Folder, Moment, Source, SourceId, Validators},
};

/// By the names of folders.
fn write(sources: &[Source]) -> String {
    super::write(sources, &crate::model::FolderOrder::default())
}

fn source(address: &str, title: &str, folders: &[&[&str]]) -> Source {
    Source {
        id: SourceId(1),
        address: Address { kind: "feed".into(), locator: address.into() },
        feed: None,
        title: title.into(),
        name: None,
        site: None,
        portrait: None,
        folders: folders.iter().map(|path| Folder(path.iter().map(|&name| name.to_owned()).collect())).collect(),
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

fn back(sources: &[Source]) -> Vec<Found> {
    let (dialect, harvest) = harvest("x.opml", write(sources).as_bytes()).unwrap();
    assert_eq!((dialect.name, harvest.origin.as_deref()), ("opml", Some("Pépites")));
    assert_eq!((harvest.partial, harvest.flaws), (None, vec![]));
    harvest.found
}

#[test]
fn a_list_is_written_in_one_order_whatever_the_order_of_its_sources() {
    let mut sources = vec![
        source("https://b.example/", "B", &[&["News", "Lyon"], &["Amis"]]),
        source("https://a.example/?x=1&y=2", "A \"quoted\" <b> & co", &[&["News"]]),
        source("https://c.example/", "C", &[]),
    ];
    sources[1].site = Some("https://a.example/".into());
    let expect = r#"<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Pépites</title>
  </head>
  <body>
    <outline text="C" title="C" type="rss" xmlUrl="https://c.example/"/>
    <outline text="Amis" title="Amis">
      <outline text="B" title="B" type="rss" xmlUrl="https://b.example/"/>
    </outline>
    <outline text="News" title="News">
      <outline text="A &quot;quoted&quot; &lt;b&gt; &amp; co" title="A &quot;quoted&quot; &lt;b&gt; &amp; co" type="rss" xmlUrl="https://a.example/?x=1&amp;y=2" htmlUrl="https://a.example/"/>
      <outline text="Lyon" title="Lyon">
        <outline text="B" title="B" type="rss" xmlUrl="https://b.example/"/>
      </outline>
    </outline>
  </body>
</opml>
"#;
    assert_eq!(write(&sources), expect);
    sources.reverse();
    assert_eq!(write(&sources), expect);
    assert_eq!(back(&[]), []);
}

/// Addresses, titles and folder sets, however they are ordered.
type Kept = BTreeMap<String, (Option<String>, Option<String>, BTreeSet<Vec<String>>)>;

fn kept(found: &[Found]) -> Kept {
    let paths = |found: &Found| found.folders.iter().map(|folder| folder.0.clone()).collect();
    found.iter().map(|at| (at.address.clone(), (at.title.clone(), at.site.clone(), paths(at)))).collect()
}

fn any_name() -> impl Strategy<Value = String> {
    // Everything that breaks XML, names that look like our own markup, and any other characters at all.
    prop_oneof![
        "[ \"'<>&;=/\\]a-z]{1,12}",
        "\\PC{1,12}",
        any::<String>(),
        Just("\" xmlUrl=\"x".to_owned()),
        Just("&amp;lt;".to_owned())
    ]
    .prop_filter_map("a name has something in it", |raw| clean::name(&raw))
}

fn any_source() -> impl Strategy<Value = Source> {
    let folders = prop::collection::vec(prop::collection::vec(any_name(), 1..4), 0..4);
    (0..30_u8, any_name(), folders, prop::option::of("[a-z]{1,8}")).prop_map(|(number, title, folders, site)| {
        let mut source = source(&format!("https://{number}.example/?a=1&b=é"), &title, &[]);
        source.folders = folders.into_iter().map(Folder).collect();
        source.site = site.map(|host| format!("https://{host}.example/"));
        source
    })
}

proptest! {
    #[test]
    fn what_is_written_and_read_again_loses_nothing(sources in prop::collection::vec(any_source(), 0..12)) {
        // A library has each address once.
        let sources: BTreeMap<String, Source> = sources.into_iter().map(|at| (at.address.locator.clone(), at)).collect();
        let sources: Vec<Source> = sources.into_values().collect();
        let expect: Kept = sources.iter().map(|at| {
            let title = Some(at.title.clone()).filter(|title| *title != at.address.locator);
            let folders = at.folders.iter().map(|folder| folder.0.clone()).collect();
            (at.address.locator.clone(), (title, at.site.clone(), folders))
        }).collect();
        prop_assert_eq!(kept(&back(&sources)), expect);
    }

    #[test]
    fn a_list_that_was_read_is_written_and_read_again_as_the_same(body in "([ \"'<>=/&;a-z]|<outline|</outline>| text=| xmlUrl=\"http://[a-c]\"){0,40}") {
        let Ok((_, first)) = harvest("x.opml", format!("<opml><body>{body}</body></opml>").as_bytes()) else { return Ok(()) };
        let sources: Vec<Source> = first.found.iter().map(|found| {
            let mut source = source(&found.address, found.title.as_deref().unwrap_or(&found.address), &[]);
            source.site.clone_from(&found.site);
            source.folders.clone_from(&found.folders);
            source
        }).collect();
        prop_assert_eq!(kept(&back(&sources)), kept(&first.found));
    }
}
