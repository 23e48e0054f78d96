//! Gives a small server on loopback with the feeds of one journey. Never answers what was not put there.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
};

/// A picture of 3 pixels by 2.
const DOT: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x00\x00\x00\x00\xb8\x1f9\xc6\x00\x00\x00\x0eIDATx\x9cc\x10h\xf8\xc0\x00\xc4\x00\x0aH\x03\x01{,\x8fm\x00\x00\x00\x00IEND\xaeB`\x82";

/// Feeds and their addresses.
pub(crate) struct Host {
    pub(crate) port: u16,
}

impl Host {
    /// Serves these paths until the test program ends.
    pub(crate) fn serve(pages: impl Fn(u16) -> BTreeMap<String, Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let pages = pages(port);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
                let asked = lines.next().unwrap_or_default();
                while lines.next().is_some_and(|line| !line.is_empty()) {}
                let path = asked.split(' ').nth(1).unwrap_or_default();
                let (status, body) =
                    pages.get(path).map_or(("404 Not Found", [].as_slice()), |page| ("200 OK", page.as_slice()));
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {status}\r\nContent-Type: application/xml\r\nContent-Length: {length}\r\n");
                let whole = [head.as_bytes(), b"Connection: close\r\n\r\n", body].concat();
                let _gone = stream.write_all(&whole);
            }
        });
        Self { port }
    }

    /// Two sources of a few posts each, and a third that answers 404.
    pub(crate) fn papers() -> Self {
        Self::serve(|port| {
            let feeds = [("garden", "Garden notes"), ("harbour", "The harbour")];
            let feeds =
                feeds.iter().map(|(name, title)| (format!("/{name}.xml"), feed(port, name, title).into_bytes()));
            feeds.chain([("/dot.png".to_owned(), DOT.to_vec())]).collect()
        })
    }

    /// The list of [`Host::papers`].
    pub(crate) fn opml(&self) -> String {
        let line = |title: &str, name: &str| {
            format!("<outline type=\"rss\" text=\"{title}\" xmlUrl=\"http://127.0.0.1:{}/{name}.xml\"/>", self.port)
        };
        let lines =
            [line("Garden notes", "garden"), line("The harbour", "harbour"), line("Moved away", "away")].concat();
        format!(
            "<?xml version=\"1.0\"?><opml version=\"2.0\"><body><outline text=\"Morning\">{lines}</outline></body></opml>"
        )
    }
}

/// Posts of this very morning, so that they stand in today's digest.
fn feed(port: u16, name: &str, title: &str) -> String {
    const WORDS: &[&str] = &["Apples", "Boats", "Clouds", "Doors"];
    let items: String = WORDS
        .iter()
        .enumerate()
        .map(|(n, word)| {
            format!(
                "<item><title>{word} of {title}, told at length</title><link>http://127.0.0.1:{port}/{name}/{n}</link>\
                 <guid>{name}-{n}</guid><pubDate>Mon, 23 Nov 2026 0{n}:10:00 GMT</pubDate>\
                 <description>&lt;p&gt;What {word} of {title} did to the {name} in the night, and who saw it happen.\
                 &lt;/p&gt;&lt;img src=\"http://127.0.0.1:{port}/dot.png\" alt=\"A dot\"&gt;</description></item>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{title}</title><link>http://127.0.0.1:{port}/</link>{items}</channel></rss>"
    )
}
