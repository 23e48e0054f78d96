//! Keeps the webview off the network: it may show our own pages and nothing else. The policy of `tauri.conf.json`
//! alone lets preconnections and navigations through; a test in the real window holds the three together.

use tauri::Url;

/// Where the vite server is while the window is developed.
const DEVELOPMENT: &str = "http://127.0.0.1:5173";

/// Whether the webview may go there.
pub(crate) fn may_go_to(url: &Url, development: bool) -> bool {
    let ours = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // How Windows spells the same.
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    ours || (development && url.origin().ascii_serialization() == DEVELOPMENT)
}

/// A proxy where nothing listens, on the discard port, for whatever finds a way past the policy and [`may_go_to`].
pub(crate) fn dead_proxy() -> Option<Url> {
    Url::parse("http://127.0.0.1:9").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_gone_to() {
        for (address, built, developed) in [
            ("tauri://localhost/", true, true),
            ("tauri://localhost/index.html#x", true, true),
            ("http://tauri.localhost/", true, true),
            ("http://127.0.0.1:5173/", false, true),
            ("http://127.0.0.1:5174/", false, false),
            ("http://127.0.0.1:5173.a.example/", false, false),
            ("https://a.example/", false, false),
            ("tauri://a.example/", false, false),
            ("http://a.example/tauri.localhost", false, false),
            ("about:blank", false, false),
            ("data:text/html,x", false, false),
            ("javascript:x()", false, false),
            ("file:///etc/passwd", false, false),
            ("img://localhost/x", false, false),
        ] {
            let url = Url::parse(address).unwrap();
            assert_eq!((may_go_to(&url, false), may_go_to(&url, true)), (built, developed), "{address}");
        }
    }

    #[test]
    fn the_dead_proxy_is_an_address() {
        assert!(dead_proxy().is_some());
    }
}
