//! Takes an address, gives the form in which two tellings of one page are equal, and says whether two are one site.
//! Never asks the network: a short link stays what it is. What it gives is for comparing, never for opening.

use url::Url;

/// Parameters that say where a reader came from, never which page it is: advertising and mailing tools, by name.
#[rustfmt::skip]
const TRACKING: &[&str] = &[
    "__hsfp", "__hssc", "__hstc", "__s", "__twitter_impression", "_ga", "_gl", "_hsenc", "_hsmi", "_openstat", "cmp",
    "cmpid", "dclid", "dm_i", "ef_id", "epik", "fb_action_ids", "fb_action_types", "fb_source", "fbclid", "gbraid",
    "gclid", "gclsrc", "guccounter", "guce_referrer", "guce_referrer_sig", "igsh", "igshid", "li_fat_id", "mbid",
    "mc_cid", "mc_eid", "mkt_tok", "ml_subscriber", "ml_subscriber_hash", "ncid", "ocid", "rb_clickid", "s_cid",
    "s_kwcid", "smid", "smtyp", "sr_share", "srsltid", "ttclid", "twclid", "vero_conv", "vero_id", "wbraid", "wickedid",
    "wt_mc", "xtor", "yclid", "ysclid", "msclkid",
];

/// The same, by how the name begins (Google and kin, Matomo, AT Internet, Omeda, Marin).
const TRACKING_PREFIXES: &[&str] = &["utm_", "mtm_", "matomo_", "pk_", "piwik_", "hsa_", "at_", "oly_", "ns_", "stm_"];

/// The canonical form of `address`; None when it is not http or https.
///
/// The host is lower case, without `www.` and the `m.` of a phone's version; `http` is `https`; no user, no default
/// port, no fragment (but `#!` chooses a page), no tracking parameter, no final slash, no `/amp`. Other parameters
/// stay in their order: tellings of one page copy it, and sites exist where the order counts.
#[must_use]
pub fn canonical(address: &str) -> Option<String> {
    Url::parse(address.trim()).ok().and_then(|url| canonical_from(&url, None))
}

/// [`canonical`] of a link found on the site whose host is `on`: blogs made with Ghost add their own host as `ref`.
#[must_use]
pub fn canonical_from(url: &Url, on: Option<&str>) -> Option<String> {
    let host = host_of(url)?;
    let mut form = format!("https://{host}");
    if let Some(port) = url.port() {
        form.push_str(&format!(":{port}"));
    }
    let (path, mut query) = (path_of(url), query_of(url, on));
    if host == "youtu.be" && path.len() > 1 {
        query.insert(0, format!("v={}", path.trim_start_matches('/')));
        form = "https://youtube.com/watch".to_owned();
    } else {
        form.push_str(&path);
    }
    if !query.is_empty() {
        form.push('?');
        form.push_str(&query.join("&"));
    }
    if let Some(fragment) = url.fragment().filter(|fragment| fragment.starts_with('!')) {
        form.push('#');
        form.push_str(fragment);
    }
    Some(form)
}

/// The host of an http or https address, without `www.` and the like; None for other schemes.
#[must_use]
pub fn host_of(url: &Url) -> Option<String> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.trim_end_matches('.').to_lowercase();
    let mut bare = host.as_str();
    for variant in ["www.", "m.", "mobile.", "amp."] {
        // Two labels at least must remain: "m.fr" and "www.com" are sites.
        if let Some(rest) = bare.strip_prefix(variant).filter(|rest| rest.contains('.')) {
            bare = rest;
        }
    }
    Some(bare.replace(".m.wikipedia.org", ".wikipedia.org"))
}

/// Whether two hosts, as [`host_of`] gives them, are one site: equal, or one under the other.
#[must_use]
pub fn same_site(one: &str, other: &str) -> bool {
    let under = |part: &str, whole: &str| part.strip_suffix(whole).is_some_and(|rest| rest.ends_with('.'));
    one == other || under(one, other) || under(other, one)
}

/// The path, escapes written one way, without what does not choose another page.
fn path_of(url: &Url) -> String {
    let mut path = unescaped(url.path());
    for ending in ["/index.html", "/index.htm", "/amp/", "/amp"] {
        if let Some(rest) = path.strip_suffix(ending) {
            path = rest.to_owned();
        }
    }
    if let Some(rest) = path.strip_suffix(".amp.html") {
        path = format!("{rest}.html");
    }
    path.trim_end_matches('/').to_owned()
}

/// The parameters that choose the page, as they stand.
fn query_of(url: &Url, on: Option<&str>) -> Vec<String> {
    let host = url.host_str().unwrap_or_default();
    let parts = url.query().unwrap_or_default().split('&').filter(|part| !part.is_empty());
    parts.filter(|part| !is_tracking(part, host, on)).map(unescaped).collect()
}

fn is_tracking(part: &str, host: &str, on: Option<&str>) -> bool {
    let (name, value) = part.split_once('=').unwrap_or((part, ""));
    let name = name.to_ascii_lowercase();
    let youtube = host.ends_with("youtube.com") || host == "youtu.be";
    TRACKING.contains(&name.as_str())
        || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || match name.as_str() {
            // "?ref=main" chooses a branch; "?ref=example.org" on a link from example.org chooses nothing.
            "ref" => on.is_some_and(|on| value.trim_start_matches("www.").eq_ignore_ascii_case(on)) || value == "rss",
            "source" | "from" | "via" | "partner" => value.to_ascii_lowercase().starts_with("rss"),
            "amp" => matches!(value, "" | "1" | "true"),
            "outputtype" => value == "amp",
            "m" => value == "1", // the phone's version of Blogger
            "si" | "feature" | "ab_channel" | "pp" => youtube,
            _ => false,
        }
}

/// `part` with escapes of letters, digits and `-._~` undone and the others in capitals (RFC 3986, 6.2.2).
fn unescaped(part: &str) -> String {
    let mut pieces = part.split('%');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => plain.push(char::from(byte)),
            Some(byte) => plain.push_str(&format!("%{byte:02X}")),
            None => {
                plain.push('%');
                plain.push_str(piece);
                continue;
            }
        }
        plain.push_str(piece.get(2..).unwrap_or_default());
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: &str) {
        let form = canonical(address);
        assert_eq!(form.as_deref().unwrap_or("none"), expected, "canonical form of {address}");
        if let Some(form) = form {
            assert_eq!(canonical(&form).as_ref(), Some(&form), "the canonical form is its own canonical form");
        }
    }

    #[test]
    #[rustfmt::skip]
    fn two_tellings_of_one_page_have_one_canonical_address() {
        // Scheme, host, port, user.
        check("https://example.org/a", "https://example.org/a");
        check("http://example.org/a", "https://example.org/a");
        check("HTTP://Example.ORG/A", "https://example.org/A");
        check("  https://example.org/a\n", "https://example.org/a");
        check("https://www.example.org/a", "https://example.org/a");
        check("https://m.example.org/a", "https://example.org/a");
        check("https://www.m.example.org/a", "https://example.org/a");
        check("https://fr.m.wikipedia.org/wiki/P", "https://fr.wikipedia.org/wiki/P");
        check("https://www.com/a", "https://www.com/a");
        check("https://m.fr/a", "https://m.fr/a");
        check("https://example.org:443/a", "https://example.org/a");
        check("http://example.org:80/a", "https://example.org/a");
        check("http://127.0.0.1:8080/a", "https://127.0.0.1:8080/a");
        check("http://127.3.2.1:8081/a", "https://127.3.2.1:8081/a");
        check("http://[::1]:8080/a", "https://[::1]:8080/a");
        check("https://me:secret@example.org/a", "https://example.org/a");
        check("https://example.org./a", "https://example.org/a");
        check("https://bücher.example/a", "https://xn--bcher-kva.example/a");
        // Path.
        check("https://example.org", "https://example.org");
        check("https://example.org/", "https://example.org");
        check("https://example.org/a/", "https://example.org/a");
        check("https://example.org/a/index.html", "https://example.org/a");
        check("https://example.org/a/amp/", "https://example.org/a");
        check("https://example.org/a/amp", "https://example.org/a");
        check("https://example.org/a.amp.html", "https://example.org/a.html");
        check("https://example.org/amplifier", "https://example.org/amplifier");
        check("https://example.org/%7Ejo/%c3%a9", "https://example.org/~jo/%C3%A9");
        check("https://example.org/é", "https://example.org/%C3%A9");
        check("https://example.org/100%", "https://example.org/100%");
        check("https://example.org/a/../b", "https://example.org/b");
        // Parameters.
        check("https://example.org/a?utm_source=x&utm_medium=y", "https://example.org/a");
        check("https://example.org/a?UTM_Source=x", "https://example.org/a");
        check("https://example.org/a?id=3&fbclid=z&p=1", "https://example.org/a?id=3&p=1");
        check("https://example.org/a?b=2&a=1", "https://example.org/a?b=2&a=1");
        check("https://example.org/?p=12", "https://example.org?p=12");
        check("https://example.org/a?", "https://example.org/a");
        check("https://example.org/a?x=1&&y", "https://example.org/a?x=1&y");
        check("https://example.org/a?xtor=RSS-3208#xtor=RSS", "https://example.org/a");
        check("https://example.org/a?at_medium=RSS&at_campaign=K", "https://example.org/a");
        check("https://example.org/a?mtm_campaign=x&gclid=y&mc_eid=z", "https://example.org/a");
        check("https://example.org/a?source=rss----1f2", "https://example.org/a");
        check("https://example.org/a?source=wire", "https://example.org/a?source=wire");
        check("https://example.org/a?ref=main", "https://example.org/a?ref=main");
        check("https://example.org/a?m=1", "https://example.org/a");
        check("https://example.org/a?m=202611", "https://example.org/a?m=202611");
        check("https://www.youtube.com/watch?v=abc&feature=share&si=x", "https://youtube.com/watch?v=abc");
        check("https://youtu.be/abc?si=x", "https://youtube.com/watch?v=abc");
        check("https://example.org/a?si=x", "https://example.org/a?si=x");
        // Fragments.
        check("https://example.org/a#comments", "https://example.org/a");
        check("https://example.org/#!/post/3", "https://example.org#!/post/3");
        // Not pages.
        check("mailto:a@example.org", "none");
        check("javascript:alert(1)", "none");
        check("/a/b", "none");
        check("", "none");
    }

    #[test]
    fn the_ref_of_the_linking_site_is_dropped_and_no_other() {
        let url = Url::parse("https://example.org/a?ref=blog.example").unwrap();
        assert_eq!(canonical_from(&url, Some("blog.example")).as_deref(), Some("https://example.org/a"));
        assert_eq!(
            canonical_from(&url, Some("other.example")).as_deref(),
            Some("https://example.org/a?ref=blog.example")
        );
    }

    #[test]
    fn a_site_is_its_host_and_what_is_under_it() {
        for (one, other, same) in [
            ("example.org", "example.org", true),
            ("blog.example.org", "example.org", true),
            ("example.org", "blog.example.org", true),
            ("badexample.org", "example.org", false),
            ("a.example.org", "b.example.org", false),
        ] {
            assert_eq!(same_site(one, other), same, "{one} and {other}");
        }
    }
}
