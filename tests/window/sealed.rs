//! Takes the window's page, lets it try every way to a network that a page has: none of them arrives.

use std::{
    io::Read,
    net::TcpListener,
    sync::{Arc, Mutex},
    time::Duration,
};

use crate::stage::{ENGLISH, Stage};

/// A connection that was on its way when the last probe had given up would be here by then. The only wait by the clock
/// of all journeys: what must never come cannot be waited for.
pub(crate) const AFTERWARDS: Duration = Duration::from_secs(2);

/// Hears who connects, and what they ask.
pub(crate) struct Ear {
    pub(crate) port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Ear {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let keep = Arc::clone(&heard);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut bytes = [0; 512];
                let _silent = stream.set_read_timeout(Some(Duration::from_millis(300)));
                let read = stream.read(&mut bytes).unwrap_or(0);
                keep.lock().unwrap().push(format!("[{}]", String::from_utf8_lossy(&bytes[..read])));
            }
        });
        Self { port, heard }
    }

    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn the_page_has_no_way_to_a_network() {
    let ear = Ear::open();
    std::net::TcpStream::connect(("127.0.0.1", ear.port)).unwrap();
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", stage.path("library").to_str().unwrap()]).await;
    window.see("body *").await;
    let home = window.client.current_url().await.unwrap();
    assert_eq!(ear.heard().len(), 1, "the ear hears: {:?}", ear.heard());

    let probes = include_str!("sealed.js").replace("PORT", &ear.port.to_string());
    let tried = window.client.execute_async(&probes, Vec::new()).await.unwrap();
    let (tried, refused): (Vec<String>, usize) = serde_json::from_value(tried).unwrap();
    assert!(tried.len() > 60, "only {} probes ran: {tried:?}", tried.len());
    // The dead proxy behind it would hide that the policy is gone.
    assert!(refused > 30, "the page's policy refused {refused} of {} only", tried.len());

    // Those that would leave the page, each by itself.
    let leave = [
        "location = URL",
        "location.assign(URL)",
        "location.replace(URL)",
        "window.open(URL)",
        "window.open(URL, '_self')",
        "const a = document.createElement('a'); a.href = URL; document.body.append(a); a.click()",
        "const a = document.createElement('a'); a.href = URL; a.ping = URL; a.target = '_blank'; document.body.append(a); a.click()",
        "const a = document.createElement('a'); a.href = URL; a.download = 'x'; document.body.append(a); a.click()",
        "const f = document.createElement('form'); f.action = URL; document.body.append(f); f.submit()",
        "const f = document.createElement('form'); f.action = URL; f.method = 'post'; document.body.append(f); f.submit()",
        "const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=' + URL; document.head.append(m)",
        "location = 'javascript:fetch(\"' + URL + '\")'",
        "location = 'data:text/html,<img src=' + URL + '>'",
    ];
    for way in leave {
        let address = format!("'http://127.0.0.1:{}/leave'", ear.port);
        window.run(&way.replace("URL", &address)).await.unwrap_or_else(|error| panic!("{way}: {error}"));
        assert_eq!(window.client.current_url().await.unwrap(), home, "{way} left the page");
    }
    tokio::time::sleep(AFTERWARDS).await;
    assert_eq!(ear.heard()[1..], Vec::<String>::new(), "arrived");
    assert_eq!(window.client.current_url().await.unwrap(), home);
    window.close().await;
}
