//! Gives a small server on loopback with the feeds of one journey. Never answers what was not put there.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Condvar, Mutex, PoisonError},
};

/// A picture of 3 pixels by 2.
pub(crate) const DOT: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x00\x00\x00\x00\xb8\x1f9\xc6\x00\x00\x00\x0eIDATx\x9cc\x10h\xf8\xc0\x00\xc4\x00\x0aH\x03\x01{,\x8fm\x00\x00\x00\x00IEND\xaeB`\x82";

/// No form of a journey is longer, in bytes.
const LONGEST_FORM: usize = 10_000;

/// Feeds and their addresses.
pub(crate) struct Host {
    pub(crate) port: u16,
    pages: Pages,
    gate: Arc<Gate>,
    asked: Arc<Mutex<Vec<String>>>,
}

/// What is at each path.
type Pages = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// Holds back the answers to what is below `/held/`, until it is opened.
#[derive(Default)]
struct Gate {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    fn pass(&self) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let _passed = self.opened.wait_while(open, |open| !*open);
    }
}

impl Host {
    /// Serves these paths until the test program ends.
    pub(crate) fn serve(pages: impl Fn(u16) -> BTreeMap<String, Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let pages: Pages = Arc::new(Mutex::new(pages(port)));
        let gate = Arc::<Gate>::default();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let (own, put, heard) = (Arc::clone(&gate), Arc::clone(&pages), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (pages, gate, asked) = (Arc::clone(&pages), Arc::clone(&gate), Arc::clone(&asked));
                std::thread::spawn(move || answer(stream, &pages, &gate, &asked));
            }
        });
        Self { port, pages: put, gate: own, asked: heard }
    }

    /// Puts something else there from now on.
    pub(crate) fn put(&self, path: &str, body: &[u8]) {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), body.to_vec());
    }

    /// How often this path was asked for so far.
    pub(crate) fn asked(&self, path: &str) -> usize {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.iter().filter(|each| *each == path).count()
    }

    /// Lets go what was held back.
    pub(crate) fn release(&self) {
        *self.gate.open.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.gate.opened.notify_all();
    }

    /// Two sources of a few posts each, and a third that answers 404.
    pub(crate) fn papers() -> Self {
        Self::serve(|port| {
            let feeds = [("garden", "Garden notes"), ("harbour", "The harbour")];
            let feeds =
                feeds.iter().map(|(name, title)| (format!("/{name}.xml"), feed(port, name, title).into_bytes()));
            let held = ("/held/tide.xml".to_owned(), feed(port, "tide", "The tide").into_bytes());
            feeds.chain([("/dot.png".to_owned(), DOT.to_vec()), held]).collect()
        })
    }

    /// The list of [`Host::papers`] with a source that answers when it is let go.
    pub(crate) fn opml_held(&self) -> String {
        let held = format!(
            "<outline type=\"rss\" text=\"The tide\" xmlUrl=\"http://127.0.0.1:{}/held/tide.xml\"/>",
            self.port
        );
        self.opml().replace("</body>", &format!("{held}</body>"))
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

fn answer(mut stream: TcpStream, pages: &Pages, gate: &Gate, heard_of: &Mutex<Vec<String>>) {
    let Ok(heard) = stream.try_clone() else { return };
    let mut bytes = BufReader::new(heard);
    let mut lines = bytes.by_ref().lines().map_while(Result::ok);
    let asked = lines.next().unwrap_or_default();
    let mut length = 0;
    while let Some(line) = lines.next().filter(|line| !line.is_empty()) {
        let said = line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        length = said.and_then(|(_, said)| said.trim().parse().ok()).unwrap_or(length);
    }
    // A form that is left unread would break the connection before its answer is heard.
    let mut form = vec![0; length.min(LONGEST_FORM)];
    if bytes.read_exact(&mut form).is_err() {
        return;
    }
    let path = asked.split(' ').nth(1).unwrap_or_default();
    heard_of.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
    if path.starts_with("/held/") {
        gate.pass();
    }
    let page = pages.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
    let (status, body) = page.map_or(("404 Not Found", Vec::new()), |page| ("200 OK", page));
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/xml\r\nContent-Length: {length}\r\n");
    let whole = [head.as_bytes(), b"Connection: close\r\n\r\n", &body].concat();
    let _gone = stream.write_all(&whole);
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
                 &lt;a href=\"http://127.0.0.1:{port}/{name}/{n}/more?n={n}&amp;amp;utm_source=feed\"&gt;More&lt;/a&gt;\
                 &lt;a href=\"javascript:alert(1)\"&gt;less&lt;/a&gt;\
                 &lt;/p&gt;&lt;img src=\"http://127.0.0.1:{port}/dot.png\" alt=\"A dot\"&gt;</description></item>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{title}</title><link>http://127.0.0.1:{port}/</link>{items}</channel></rss>"
    )
}
