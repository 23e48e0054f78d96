//! Gives what the fuzzer begins with: small feeds of every format and bodies of posts, all written here, and the pieces
//! that it puts into them.

/// What a server may say of any of them.
pub(super) const CONTENT_TYPES: &[&str] = &[
    "text/xml",
    "application/rss+xml; charset=utf-8",
    "application/atom+xml; charset=\"iso-8859-1\"",
    "text/html",
    "application/feed+json",
    "text/plain; charset=utf-16",
];

/// Feeds and bodies.
pub(super) const SEEDS: &[&str] = &[
    r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>The Pond</title><link>https://pond.example/</link><language>en</language><ttl>60</ttl>
<item><title>Frogs &amp; toads</title><link>https://pond.example/1</link><guid isPermaLink="false">1</guid>
<pubDate>Tue, 03 Feb 2026 18:30:00 GMT</pubDate><description>Short.</description><category>frogs</category>
<content:encoded><![CDATA[<p>They <b>sing</b> <img src="/f.png" width="3"> at <a href="?x=1&y=2">night</a>.]]></content:encoded>
<enclosure url="https://pond.example/f.mp3" length="123" type="audio/mpeg"/><itunes:duration>1:02:03</itunes:duration>
<media:group><media:content url="/v.mp4" medium="video"/><media:thumbnail url="/t.jpg"/></media:group></item>
<item><guid>https://pond.example/2</guid><description>&lt;p&gt;No title&lt;/p&gt;</description></item></channel></rss>"#,
    r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://loom.example/" xml:lang="fr"><title>Le métier</title>
<author><name>Aude</name></author><link rel="alternate" href="/"/><link rel="self" href="/atom.xml"/><entry>
<id>tag:loom.example,2026:1</id><title type="html">Trame &lt;i&gt;et&lt;/i&gt; chaîne</title><link href="1"/>
<published>2026-02-03T18:30:00+01:00</published><updated>2026-02-04T00:00:00Z</updated><summary>Un fil.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un <em>fil</em><br/></p></div></content>
<category term="fil" label="Fil"/></entry></feed>"#,
    r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://kiln.example/"><title>Kiln</title></channel>
<item rdf:about="https://kiln.example/1"><title>Glaze</title><link>https://kiln.example/1</link>
<dc:date>2026-02-03</dc:date><dc:creator>Ivo</dc:creator><description>Ash.</description></item></rdf:RDF>"#,
    r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><entry><title mode="escaped">A &amp;amp; B</title>
<link rel="alternate" type="text/html" href="http://old.example/1"/><issued>2004-02-03T10:00:00Z</issued>
<content mode="xml" type="application/xhtml+xml"><p>x</p></content></entry></feed>"#,
    r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Jar", "home_page_url": "https://jar.example/",
"authors": [{"name": "Bea"}], "items": [{"id": "1", "url": "/1", "title": "Plum", "content_html": "<p>Jam</p>",
"date_published": "2026-02-03T18:30:00Z", "tags": ["jam"], "attachments": [{"url": "/a.mp3", "mime_type": "audio/mpeg",
"duration_in_seconds": 3}]}, {"id": 2, "content_text": "a < b", "external_url": "https://x.example/"}]}"#,
    r#"<html><head><base href="/b/"><link rel="alternate" type="application/rss+xml" href="feed"><title>Page</title></head>
<body><a href="/atom.xml">Atom</a><p>Text</body></html>"#,
    r#"<h2>Two</h2><p>One <a href="https://x.example/?utm_source=y">link</a><ul><li>a<li>b</ul><table><tr><td>c<td>d</table>
<pre><code class="language-rust">fn main() {}</code></pre><blockquote>e</blockquote><iframe src="https://v.example/embed/1">
</iframe><noscript><img src="https://x.example/p.png"></noscript><video src="/v.mp4" poster="/p.jpg"></video>"#,
    r#"<p><svg><style><img src=x onerror=a></style></svg><math><mi><table><tr><td>x</math><form><button formaction=x>y
</form><details open ontoggle=a><summary>z</summary></details><a href=" java&#10;script:a">q</a><template><p>t</template>"#,
];

/// Pieces of markup, of dates and of broken text.
#[rustfmt::skip]
pub(super) const PIECES: &[&str] = &[
    "<item>", "</item>", "<entry>", "</entry>", "<channel>", "<title>", "</title>", "<link>", "<link href='", "<guid>",
    "<description>", "</description>", "<content:encoded>", "<![CDATA[", "]]>", "<!--", "-->", "--!>", "<!DOCTYPE x [", "]>",
    "<?xml version='1.0' encoding='utf-16'?>", "?>", "<pubDate>32 Mai 99 25:61 CEST</pubDate>", "0000-00-00T99:99:99+99:99",
    "<media:group>", "<media:content url='//['/>", "<media:title/>", "&", "&#x110000;", "&#0;", "&eacute;", "&lol;", "<", ">",
    "\"", "'", "=", "/", "\u{feff}", "\u{202e}", "\u{0}", "\u{ffff}", "é", "\u{1f600}", "{", "}", "[", "]", ",", "\\u0000",
    "xmlns:a='http://www.w3.org/2005/Atom'", "xml:base='javascript:a'", "<b>", "</b>", "<p>", "<div>", "</div>", "<table>",
    "<tr>", "<td>", "</table>", "<a href='javascript:a'>", "<a href='data:text/html,a'>", "<svg>", "<math>", "<mtext>",
    "<mglyph>", "<style>", "</style>", "<script>", "</script>", "<noscript>", "<template>", "<select>", "<option>", "<iframe ",
    "<form>", "<img src=x onerror=a ", "<img srcset='a 1x, b 2x' ", " style='position:fixed'", " onload=a", "<plaintext>",
    "<xmp>", "<textarea>", "<foreignObject>", "<annotation-xml encoding='text/html'>", "<base href='//e.example'>",
    "<meta http-equiv=refresh content='0;url=//e.example'>", "<object data=x>", "<embed src=x>", "<body onload=a>",
];
