//! Gives a small server on loopback with the feeds of one journey. Never answers what was not put there.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
};

/// Feeds and their addresses.
pub(crate) struct Host {
    pub(crate) port: u16,
}

impl Host {
    /// Serves these paths until the test program ends.
    pub(crate) fn serve(pages: impl Fn(u16) -> BTreeMap<String, String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let pages = pages(port);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
                let asked = lines.next().unwrap_or_default();
                while lines.next().is_some_and(|line| !line.is_empty()) {}
                let path = asked.split(' ').nth(1).unwrap_or_default();
                let (status, body) = pages.get(path).map_or(("404 Not Found", ""), |page| ("200 OK", page.as_str()));
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {status}\r\nContent-Type: application/xml\r\nContent-Length: {length}\r\n");
                let _gone = write!(stream, "{head}Connection: close\r\n\r\n{body}");
            }
        });
        Self { port }
    }

    /// Two sources of a few posts each, and a third that answers 404.
    pub(crate) fn papers() -> Self {
        Self::serve(|port| {
            let feeds = [("garden", "Garden notes"), ("harbour", "The harbour")];
            feeds.iter().map(|(name, title)| (format!("/{name}.xml"), feed(port, name, title))).collect()
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
                 &lt;/p&gt;</description></item>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{title}</title><link>http://127.0.0.1:{port}/</link>{items}</channel></rss>"
    )
}
