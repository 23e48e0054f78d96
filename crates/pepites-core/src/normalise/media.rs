//! Takes the addresses of pictures and frames, says which are there to count readers and what page a frame shows.
//! Never loads anything.

use url::Url;

/// Hosts, or beginnings of host and path, from which only counters come.
const COUNTERS: &[&str] = &[
    "ad.doubleclick.net/",
    "analytics.google.com/",
    "b.scorecardresearch.com/",
    "bat.bing.com/",
    "blogger.googleusercontent.com/tracker/",
    "counter.theconversation.com/",
    "feeds.feedburner.com/~ff/",
    "feeds.feedburner.com/~r/",
    "googleads.g.doubleclick.net/",
    "medium.com/_/stat",
    "pixel.quantserve.com/",
    "pixel.wp.com/",
    "sb.scorecardresearch.com/",
    "stats.g.doubleclick.net/",
    "stats.wordpress.com/",
    "www.facebook.com/tr",
    "www.google-analytics.com/",
    "www.googletagmanager.com/",
];

/// Ends of paths that count readers, whatever the host.
const COUNTING_PATHS: &[&str] =
    &["/matomo.php", "/piwik.php", "/mf.gif", "/b.gif", "/track/open.php", "/wf/open", "/pixel.gif", "/count.gif"];

/// Names of pictures that show nothing: they hold a place until a script runs, or count readers.
const EMPTY: &[&str] = &["blank.", "spacer.", "pixel.", "1x1.", "transparent.", "placeholder.", "lazy.", "grey.gif"];

/// Whether what stands at `url` is there to count readers.
pub(super) fn counts_readers(url: &Url) -> bool {
    let place = format!("{}{}", url.host_str().unwrap_or_default(), url.path());
    COUNTERS.iter().any(|start| place.starts_with(start)) || COUNTING_PATHS.iter().any(|end| url.path().ends_with(end))
}

/// Whether a picture's address says that it shows nothing.
pub(super) fn is_empty_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    EMPTY.iter().any(|start| name.starts_with(start))
}

/// Whether a picture of that width and height, as written, is too small to be seen.
pub(super) fn is_pixel(width: Option<&str>, height: Option<&str>) -> bool {
    let tiny = |size: Option<&str>| size.map(|size| matches!(size.trim().trim_end_matches("px"), "0" | "1"));
    matches!((tiny(width), tiny(height)), (Some(true), Some(true) | None) | (None, Some(true)))
}

/// The page on which people watch what a frame at `url` shows, else `url`.
pub(super) fn page_of_frame(url: Url) -> Url {
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.");
    let id = |start: &str| url.path().strip_prefix(start).map(|id| id.trim_matches('/')).filter(|id| !id.is_empty());
    let page = match host {
        "youtube.com" | "youtube-nocookie.com" => {
            id("/embed/").filter(|id| *id != "videoseries").map(|id| format!("https://www.youtube.com/watch?v={id}"))
        }
        "player.vimeo.com" => id("/video/").map(|id| format!("https://vimeo.com/{id}")),
        _ => None,
    };
    page.and_then(|page| Url::parse(&page).ok()).unwrap_or(url)
}

/// A still of the film that people watch at `page`, where its address says where one is.
pub(super) fn still_of(page: &Url) -> Option<Url> {
    if !matches!(page.host_str(), Some("www.youtube.com" | "youtube.com")) || page.path() != "/watch" {
        return None;
    }
    let (_, id) = page.query_pairs().find(|(name, _)| name == "v")?;
    let plain = !id.is_empty()
        && id.len() <= 20
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if plain { Url::parse(&format!("https://i.ytimg.com/vi/{id}/hqdefault.jpg")).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_known_by_their_address() {
        for (address, counts) in [
            ("https://pixel.wp.com/b.gif?v=noscript", true),
            ("https://feeds.feedburner.com/~r/blog/~4/x", true),
            ("https://feeds.feedburner.com/blog/picture.png", false),
            ("https://stats.example.org/matomo.php?idsite=1", true),
            ("https://example.org/pixel-art.png", false),
        ] {
            assert_eq!(counts_readers(&Url::parse(address).unwrap()), counts, "{address}");
        }
        assert!(is_empty_picture("/img/blank.gif?x=1"));
        assert!(!is_empty_picture("/img/blanket.gif"));
    }

    #[test]
    fn a_pixel_is_known_by_its_size() {
        for (width, height, pixel) in [
            (Some("1"), Some("1"), true),
            (Some("1px"), None, true),
            (None, Some("0"), true),
            (Some("1"), Some("80"), false),
            (Some("600"), Some("1"), false),
            (None, None, false),
            (Some("100%"), None, false),
        ] {
            assert_eq!(is_pixel(width, height), pixel, "{width:?} x {height:?}");
        }
    }

    #[test]
    fn a_film_has_a_still_where_its_address_says_so() {
        for (page, still) in [
            ("https://www.youtube.com/watch?v=a-B_9", Some("https://i.ytimg.com/vi/a-B_9/hqdefault.jpg")),
            ("https://www.youtube.com/watch?v=a/../b", None),
            ("https://www.youtube.com/watch", None),
            ("https://www.youtube.com.example/watch?v=a", None),
            ("https://vimeo.com/12", None),
        ] {
            assert_eq!(still_of(&Url::parse(page).unwrap()).as_ref().map(Url::as_str), still, "{page}");
        }
    }

    #[test]
    fn a_frame_becomes_the_page_that_it_shows() {
        for (frame, page) in [
            ("https://www.youtube.com/embed/abc?rel=0", "https://www.youtube.com/watch?v=abc"),
            ("https://www.youtube-nocookie.com/embed/abc", "https://www.youtube.com/watch?v=abc"),
            ("https://player.vimeo.com/video/12", "https://vimeo.com/12"),
            ("https://example.org/player/3", "https://example.org/player/3"),
        ] {
            assert_eq!(page_of_frame(Url::parse(frame).unwrap()).as_str(), page);
        }
    }
}
